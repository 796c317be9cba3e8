//! What the administrator sees and does.

use base::Role;
use db::testing::BOTH;
use db::values;
use house::House;
use house::outbox::{MailSettings, ServerOptions, Tls, deliver};
use house::testing::Browser;
use http::StatusCode;
use web::Route;

use super::office::{Office, Plain, office};
use super::server::{Deed, Server, Step};

/// A browser that asks this node.
fn browser(office: &mut Office, node: House) -> Browser {
    office.stage.house = node;
    let none: Vec<Route<House>> = Vec::new();
    office.stage.browser(none, office.stage.house.clone())
}

#[tokio::test]
async fn what_did_not_arrive_is_shown_and_sent_again_by_one_press() {
    for backend in BOTH {
        let mut office = office(backend).await;
        let deeds = [
            Deed::TakeAndClose,
            Deed::Say(Step::Receiver, "550 5.1.1 no such mailbox"),
        ];
        let server = Server::start(&deeds).await;
        let node = office.node(&server);
        let unclear = office.writes(0, Some("Chưa rõ")).await;
        let refused = office.writes(1, Some("Bị từ chối")).await;
        deliver(&node, &Plain).await.unwrap();
        let mut quan = browser(&mut office, node.clone()).of("quan").await;
        let page = quan.get("/desk/mail").await;
        assert!(page.shows("Chưa rõ đã đến hay chưa"), "{}", page.text());
        assert!(
            page.shows("no such mailbox"),
            "the server's word is not shown"
        );
        let one = quan.get(&format!("/desk/mail/{unclear}")).await;
        assert!(
            one.shows(&format!("{unclear}@stp.example")),
            "no Message-ID to look for"
        );
        assert!(one.shows("không tự gửi lại"));

        let answer = quan
            .post(&format!("/desk/mail/{unclear}/resend"), &[])
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        deliver(&node, &Plain).await.unwrap();
        assert_eq!(office.state(unclear).await, "sent");
        let ids: Vec<String> = server.taken().into_iter().map(|taken| taken.id).collect();
        assert_eq!(ids.len(), 2);
        assert_eq!(
            ids[0], ids[1],
            "a letter that is sent again is another letter"
        );

        let answer = quan
            .post(&format!("/desk/mail/{refused}/settle"), &[])
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(office.state(refused).await, "dropped");
        let answer = quan
            .post(&format!("/desk/mail/{unclear}/resend"), &[])
            .await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "a sent letter was sent again"
        );
        let mut read = node.db.read().await.unwrap();
        let sql = "SELECT COUNT(*) AS n FROM audit_entry WHERE act = ?";
        for (act, n) in [("mail.resend", 1), ("mail.settle", 1)] {
            assert_eq!(read.count(sql, &values![act]).await.unwrap(), n, "{act}");
        }
    }
}

#[tokio::test]
async fn an_administrator_writes_a_letter_to_themselves() {
    for backend in BOTH {
        let mut office = office(backend).await;
        let server = Server::start(&[]).await;
        let node = office.node(&server);
        let mut quan = browser(&mut office, node.clone()).of("quan").await;
        let answer = quan.post("/desk/mail/test", &[]).await;
        assert!(
            quan.get(answer.location())
                .await
                .shows("Đã viết một thư thử")
        );
        deliver(&node, &Plain).await.unwrap();
        let taken = server.taken();
        assert_eq!(taken.len(), 1);
        assert_eq!(taken[0].to, "quan@loa.example");
        assert!(quan.get("/desk/mail?shelf=past").await.shows("Thư thử"));
    }
}

#[tokio::test]
async fn the_mail_page_is_the_administrators_and_never_shows_the_password() {
    for backend in BOTH {
        let mut office = office(backend).await;
        office
            .stage
            .person("minh", "Trần Minh", &[Role::Officer, Role::Director], 0)
            .await;
        let options = ServerOptions {
            address: "mail.example".to_owned(),
            tls: Tls::Starttls,
            user: Some("loa".to_owned()),
            password: Some("mật-khẩu-của-thư".to_owned()),
            authority: None,
        };
        let settings = MailSettings::server("Loa <loa@stp.example>", options).unwrap();
        let node = office.node_with(settings);
        let door = browser(&mut office, node);
        let page = door.of("quan").await.get("/desk/mail").await;
        for shown in ["mail.example:587", "STARTTLS", "loa@stp.example"] {
            assert!(page.shows(shown), "{shown}");
        }
        assert!(!page.shows("mật-khẩu-của-thư"));
        let mut minh = door.of("minh").await;
        assert_eq!(minh.get("/desk/mail").await.status, StatusCode::FORBIDDEN);
        assert_eq!(
            minh.post("/desk/mail/test", &[]).await.status,
            StatusCode::FORBIDDEN
        );
    }
}

#[tokio::test]
async fn a_letter_in_the_folder_can_be_read() {
    for backend in BOTH {
        let mut office = office(backend).await;
        let folder = office.stage.dir().join("mail");
        let node = office.node_with(MailSettings::folder("loa@stp.example", folder).unwrap());
        let id = office.writes(0, Some("Nội dung của thư")).await;
        deliver(&node, &Plain).await.unwrap();
        let mut quan = browser(&mut office, node).of("quan").await;
        assert!(
            quan.get(&format!("/desk/mail/{id}"))
                .await
                .shows("Nội dung của thư")
        );
    }
}
