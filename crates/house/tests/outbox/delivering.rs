//! Letters that are taken, refused, delayed, dropped.

use base::id::RowId;
use db::testing::BOTH;
use house::outbox::{MailSettings, deliver, post, text_of};

use super::office::{Plain, office, settings};
use super::server::{Deed, Server, Step};

#[tokio::test]
async fn what_is_written_leaves_once() {
    for backend in BOTH {
        let office = office(backend).await;
        let server = Server::start(&[]).await;
        let node = office.node(&server);
        let first = office.writes(0, Some("Nhắc việc một")).await;
        let second = office.writes(1, Some("Nhắc việc hai")).await;
        assert_eq!(deliver(&node, &Plain).await.unwrap(), 2);
        assert_eq!(deliver(&node, &Plain).await.unwrap(), 0, "sent again");
        office.later(60 * 24 * 9);
        assert_eq!(deliver(&node, &Plain).await.unwrap(), 0, "sent again later");
        let taken = server.taken();
        assert_eq!(taken.len(), 2);
        assert_eq!(taken[0].id, format!("<{first}@stp.example>"));
        assert_eq!(taken[0].to, "ha@loa.example");
        assert!(text_of(&taken[1].bytes).contains("Nhắc việc hai"));
        let (state, reply) = office.stands(second).await;
        assert_eq!(
            (state.as_str(), reply.as_str()),
            ("sent", "2.0.0 taken as 42")
        );
    }
}

#[tokio::test]
async fn a_letter_of_an_act_that_did_not_happen_is_not_there() {
    for backend in BOTH {
        let office = office(backend).await;
        let server = Server::start(&[]).await;
        let node = office.node(&server);
        let new = office.letter(0, Some("Không có thật"));
        let mut act = node.db.act().await.unwrap();
        assert!(post(&node, &mut act, &new).await.unwrap());
        drop(act);
        let mut act = node.db.act().await.unwrap();
        let again = office.letter(1, Some("Hai lần"));
        assert!(post(&node, &mut act, &again).await.unwrap());
        let same = house::outbox::NewMessage {
            id: node.ids.next::<RowId>(&node.clock),
            ..again
        };
        assert!(
            !post(&node, &mut act, &same).await.unwrap(),
            "written twice"
        );
        act.commit().await.unwrap();
        assert_eq!(deliver(&node, &Plain).await.unwrap(), 1);
        assert_eq!(server.taken().len(), 1);
    }
}

#[tokio::test]
async fn what_the_server_puts_off_is_tried_again_later_and_arrives_once() {
    for backend in BOTH {
        let office = office(backend).await;
        let put_off = [
            Deed::Say(Step::Mail, "451 4.3.0 later please"),
            Deed::Say(Step::Receiver, "450 4.2.1 mailbox busy"),
            Deed::Say(Step::Data, "451 4.3.0 no room"),
            Deed::Say(Step::Content, "452 4.3.1 disk full"),
            Deed::Close(Step::Mail),
            Deed::Close(Step::Data),
            Deed::Say(Step::Mail, "550 5.7.1 we do not know you"),
        ];
        let server = Server::start(&put_off).await;
        let node = office.node(&server);
        let id = office.writes(0, Some("Kiên nhẫn")).await;
        for deed in &put_off {
            assert_eq!(deliver(&node, &Plain).await.unwrap(), 1, "{deed:?}");
            let (state, reply) = office.stands(id).await;
            assert_eq!(state, "waiting", "{deed:?}");
            assert!(!reply.is_empty(), "{deed:?}");
            assert_eq!(
                deliver(&node, &Plain).await.unwrap(),
                0,
                "not before its time: {deed:?}"
            );
            office.later(3 * 60);
        }
        deliver(&node, &Plain).await.unwrap();
        assert_eq!(office.state(id).await, "sent");
        assert_eq!(server.taken().len(), 1);
    }
}

#[tokio::test]
async fn a_receiver_whom_the_server_refuses_keeps_nobody_else_waiting() {
    for backend in BOTH {
        let office = office(backend).await;
        let refused = [
            Deed::Say(Step::Receiver, "550 5.1.1 no such mailbox"),
            Deed::Say(Step::Content, "554 5.7.1 looks like spam"),
        ];
        let server = Server::start(&refused).await;
        let node = office.node(&server);
        let gone = office.writes(0, Some("Hộp thư không còn")).await;
        let spam = office.writes(0, Some("Bị coi là thư rác")).await;
        let fine = office.writes(1, Some("Thư thường")).await;
        assert_eq!(deliver(&node, &Plain).await.unwrap(), 3);
        for (id, words) in [(gone, "no such mailbox"), (spam, "looks like spam")] {
            let (state, reply) = office.stands(id).await;
            assert_eq!(state, "refused");
            assert!(reply.contains(words), "{reply}");
        }
        assert_eq!(office.state(fine).await, "sent");
        office.later(60 * 24 * 9);
        deliver(&node, &Plain).await.unwrap();
        assert_eq!(
            server.taken().len(),
            1,
            "a refused letter was sent again by itself"
        );
    }
}

#[tokio::test]
async fn a_server_that_is_away_loses_nothing_until_it_has_been_away_for_days() {
    for backend in BOTH {
        let office = office(backend).await;
        let server = Server::start(&[]).await;
        // Nobody listens at the port after the one that was just given back.
        let away = std::net::TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        let nowhere = Server {
            address: away,
            ..server.clone()
        };
        let node = office.node(&nowhere);
        let id = office.writes(0, Some("Máy chủ nghỉ")).await;
        for _ in 0..20 {
            deliver(&node, &Plain).await.unwrap();
            assert_eq!(office.state(id).await, "waiting");
            office.later(3 * 60);
        }
        let back = office.node(&server);
        deliver(&back, &Plain).await.unwrap();
        assert_eq!(office.state(id).await, "sent");

        let lost = office.writes(0, Some("Nghỉ quá lâu")).await;
        for _ in 0..30 {
            deliver(&node, &Plain).await.unwrap();
            office.later(3 * 60);
        }
        assert_eq!(office.state(lost).await, "given_up");
        assert_eq!(server.taken().len(), 1);
    }
}

#[tokio::test]
async fn what_is_done_meanwhile_is_not_said_and_whom_nobody_may_write_is_not_written() {
    for backend in BOTH {
        let office = office(backend).await;
        let server = Server::start(&[]).await;
        let node = office.node(&server);
        let done = office.writes(0, None).await;
        let suspended = office.writes(1, Some("Tài khoản đã khóa")).await;
        let mut act = node.db.act().await.unwrap();
        let state = house::people::account::State::Suspended;
        house::people::account_store::save_state(&mut act, office.people[1], state)
            .await
            .unwrap();
        act.commit().await.unwrap();
        assert_eq!(deliver(&node, &Plain).await.unwrap(), 2);
        for id in [done, suspended] {
            assert_eq!(office.state(id).await, "dropped");
        }
        assert!(server.taken().is_empty());
    }
}

#[tokio::test]
async fn without_settings_letters_are_kept_until_there_are_some() {
    for backend in BOTH {
        let office = office(backend).await;
        let id = office.writes(0, Some("Chưa có máy chủ")).await;
        assert_eq!(deliver(&office.stage.house, &Plain).await.unwrap(), 0);
        assert_eq!(office.state(id).await, "waiting");
        let folder = office.stage.dir().join("mail");
        let node =
            office.node_with(MailSettings::folder("loa@stp.example", folder.clone()).unwrap());
        assert_eq!(deliver(&node, &Plain).await.unwrap(), 1);
        let bytes = std::fs::read(folder.join(format!("{id}.eml"))).unwrap();
        assert!(text_of(&bytes).contains("Chưa có máy chủ"));
        assert_eq!(
            std::fs::read_dir(&folder).unwrap().count(),
            1,
            "something else lies there"
        );
    }
}

#[tokio::test]
async fn two_nodes_share_the_letters_and_nobody_gets_two() {
    for backend in BOTH {
        let office = office(backend).await;
        let server = Server::start(&[]).await;
        let mut ids = Vec::new();
        for n in 0..24 {
            ids.push(office.writes(n % 2, Some(&format!("Thư {n}"))).await);
        }
        let nodes: Vec<_> = (0..3)
            .map(|_| office.node_with(settings(&server)))
            .collect();
        let rounds = nodes.iter().map(|node| async move {
            // A node that lost the race for one letter asks again, as its job does.
            for _ in 0..30 {
                deliver(node, &Plain).await.unwrap();
            }
        });
        let rounds: Vec<_> = rounds.collect();
        let mut all = rounds.into_iter();
        let (a, b, c) = (
            all.next().unwrap(),
            all.next().unwrap(),
            all.next().unwrap(),
        );
        tokio::join!(a, b, c);
        let mut taken: Vec<String> = server.taken().into_iter().map(|taken| taken.id).collect();
        taken.sort();
        let mut wanted: Vec<String> = ids.iter().map(|id| format!("<{id}@stp.example>")).collect();
        wanted.sort();
        assert_eq!(taken, wanted);
    }
}
