//! Two houses witness each other over a real connection.

use std::net::SocketAddr;

use db::testing::BOTH;
use house::House;
use house::audit::{Checkpoint, WitnessKey};
use house::witness;
use http::StatusCode;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::office::Office;

/// A house that answers at an address, until the value is dropped.
struct Served {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Drop for Served {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(house: &House) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (router, _) = web::mount(house::routes(), house.clone(), &house.site);
    let site = house.site.clone();
    let task = tokio::spawn(async move {
        let options = web::ServeOptions::default();
        let forever = std::future::pending();
        let _ = web::serve(listener, site, router, options, forever).await;
    });
    Served { address, task }
}

/// `us` asks `them` to witness: each administrator enters the other at the desk.
async fn acquaint(us: &Office, them: &Office, url: &str) {
    let log_key = us.house().log.key().verifier().to_string();
    let mut their_quy = them.browser().of("quy").await;
    let answer = their_quy
        .post("/desk/log/witnessed", &[("log_key", &log_key)])
        .await;
    assert_eq!(
        answer.location(),
        "/desk/log/witnesses?done=witnessed-added"
    );
    let key = them.house().log.cosigner().witness().to_string();
    let mut quy = us.browser().of("quy").await;
    let fields = [("url", url), ("key", key.as_str())];
    let answer = quy.post("/desk/log/witnesses", &fields).await;
    assert_eq!(answer.location(), "/desk/log/witnesses?done=witness-added");
}

#[tokio::test]
async fn a_witness_cosigns_what_continues_and_its_line_stands_under_the_checkpoint() {
    for backend in BOTH {
        let (us, them) = (
            Office::open(backend).await,
            Office::neighbour(backend).await,
        );
        let served = serve(them.house()).await;
        let url = format!("http://{}/api/v1/log", served.address);
        acquaint(&us, &them, &url).await;
        for n in [3, 300, 1] {
            us.acts(n).await;
            witness::ask_all(us.house()).await.unwrap();
        }
        let mut stranger = us.browser();
        let note = stranger.get("/api/v1/log/checkpoint").await.text();
        let key = us.house().log.key().verifier();
        let head = Checkpoint::open(&note, key).unwrap();
        let witness: &WitnessKey = them.house().log.cosigner().witness();
        let lines = note.split_once("\n\n").unwrap().1;
        let (_, at_s) = witness
            .find(&head.to_text(), lines)
            .expect("the witness's line");
        assert!(
            at_s > 1_678_000_000,
            "the time of the witness's clock: {at_s}"
        );

        let mut quy = us.browser().of("quy").await;
        let page = quy.get("/desk/log/witnesses").await;
        assert!(page.shows("snv.example.vn/loa") && page.shows("Đã ký"));
        let mut their_quy = them.browser().of("quy").await;
        let page = their_quy.get("/desk/log/witnesses").await;
        assert!(page.shows("stp.example.vn/loa"));
        let log = us.count("SELECT COUNT(*) AS n FROM cosignature").await;
        assert_eq!(log, 3);
        let cosigned = "SELECT COUNT(*) AS n FROM audit_entry WHERE act LIKE 'witness.cos%'";
        assert_eq!(
            them.count(cosigned).await,
            0,
            "cosigning makes nothing new to cosign"
        );
    }
}

#[tokio::test]
async fn a_witness_alone_remembers_and_gives_the_proof_back() {
    for backend in BOTH {
        let (mut us, them) = (
            Office::open(backend).await,
            Office::neighbour(backend).await,
        );
        let served = serve(them.house()).await;
        let url = format!("http://{}/api/v1/log", served.address);
        acquaint(&us, &them, &url).await;
        us.acts(5).await;
        let older = i64::try_from(us.length().await).unwrap();
        us.acts(30).await;
        witness::ask_all(us.house()).await.unwrap();
        let signed = us.note().await;
        let size = us.length().await;
        us.roll_back_rows(older).await;
        // Who put the database back knew of the note in the folder too.
        us.stage
            .restart(|dir| std::fs::remove_file(dir.join("log.seen")).unwrap())
            .await;
        witness::look(us.house()).await.unwrap();
        assert_eq!(us.count("SELECT COUNT(*) AS n FROM log_alarm").await, 0);

        witness::ask_all(us.house()).await.unwrap();
        let mut read = us.house().db.read().await.unwrap();
        let alarm = witness::open_alarm(&mut read)
            .await
            .unwrap()
            .expect("an alarm");
        drop(read);
        assert_eq!(alarm.source, "snv.example.vn/loa");
        assert_eq!(alarm.known_note, signed, "our own signature, and no other");
        let mut quy = us.browser().of("quy").await;
        let page = quy.get("/desk/log/witnesses").await;
        assert!(page.shows("Nhớ nhiều hơn") && page.shows(&size.to_string()));
    }
}

#[tokio::test]
async fn two_histories_are_refused_by_the_witness_and_kept_as_proof() {
    for backend in BOTH {
        let (mut us, them) = (
            Office::open(backend).await,
            Office::neighbour(backend).await,
        );
        let served = serve(them.house()).await;
        let url = format!("http://{}/api/v1/log", served.address);
        acquaint(&us, &them, &url).await;
        us.acts(5).await;
        let older = i64::try_from(us.length().await).unwrap();
        us.acts(10).await;
        witness::ask_all(us.house()).await.unwrap();
        us.roll_back_rows(older).await;
        us.stage
            .restart(|dir| std::fs::remove_file(dir.join("log.seen")).unwrap())
            .await;
        // Nobody on this machine remembers: another history is written and signed.
        us.acts(60).await;
        witness::ask_all(us.house()).await.unwrap();
        let forks = "SELECT COUNT(*) AS n FROM log_alarm WHERE kind = 'forked'";
        assert_eq!(us.count(forks).await, 1);
        let mut their_quy = them.browser().of("quy").await;
        let page = their_quy.get("/desk/log/witnesses").await;
        assert!(page.shows("đã ký một lịch sử khác"));
        let kept = "SELECT COUNT(*) AS n FROM witnessed_log WHERE refused_note <> '' AND size < 30";
        assert_eq!(
            them.count(kept).await,
            1,
            "what was cosigned stays what it was"
        );
    }
}

#[tokio::test]
async fn a_house_answers_requests_as_the_specification_says() {
    for backend in BOTH {
        let (us, them) = (
            Office::open(backend).await,
            Office::neighbour(backend).await,
        );
        us.acts(4).await;
        let note = us.note().await;
        let mut house = them.browser();
        let ask = |body: String| {
            http::Request::post("/api/v1/log/add-checkpoint")
                .body(axum::body::Body::from(body))
                .unwrap()
        };
        let first = format!("old 0\n\n{note}");
        let answer = house.send(ask(first.clone())).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "an unknown log");
        let mut their_quy = them.browser().of("quy").await;
        let key = us.house().log.key().verifier().to_string();
        their_quy
            .post("/desk/log/witnessed", &[("log_key", &key)])
            .await;
        assert_eq!(
            house.send(ask("x".to_owned())).await.status,
            StatusCode::BAD_REQUEST
        );
        let forged = first.replacen("\n4\n", "\n5\n", 1);
        let forged = if forged == first {
            first.replacen("loa\n", "loa\n1", 1)
        } else {
            forged
        };
        assert_eq!(house.send(ask(forged)).await.status, StatusCode::FORBIDDEN);
        assert_eq!(house.send(ask(first.clone())).await.status, StatusCode::OK);
        let answer = house.send(ask(first)).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert_eq!(answer.headers["content-type"], "text/x.tlog.size");
        assert_eq!(answer.text(), format!("{}\n", us.length().await));
        let seen = house
            .get("/api/v1/log/witnessed?origin=stp.example.vn/loa")
            .await;
        assert!(seen.text().starts_with(&note), "with our line below");
        let other = house.get("/api/v1/log/witnessed?origin=x").await;
        assert_eq!(other.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn only_an_administrator_enters_a_witness_and_every_problem_is_told() {
    let office = Office::open(db::Backend::Sqlite).await;
    let mut son = office.browser().of("son").await;
    assert_eq!(son.get("/desk/log/witnesses").await.status, StatusCode::OK);
    let answer = son
        .post("/desk/log/witnesses", &[("url", "https://a.vn")])
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let mut ha = office.browser().of("ha").await;
    assert_eq!(ha.get("/desk/log").await.status, StatusCode::FORBIDDEN);
    let mut quy = office.browser().of("quy").await;
    let answer = quy
        .post(
            "/desk/log/witnesses",
            &[("url", "gopher://a"), ("key", "x")],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.shows("url-error") && answer.shows("key-error"));
    let own = office.house().log.key().verifier().to_string();
    let answer = quy.post("/desk/log/witnessed", &[("log_key", &own)]).await;
    assert!(answer.shows("không ai tự chứng kiến"));
}

#[tokio::test]
async fn a_witness_that_is_not_there_is_told_and_asked_again() {
    let (us, them) = (
        Office::open(db::Backend::Sqlite).await,
        Office::neighbour(db::Backend::Sqlite).await,
    );
    us.acts(2).await;
    let served = serve(them.house()).await;
    let url = format!("http://{}/api/v1/log", served.address);
    acquaint(&us, &them, &url).await;
    drop(served);
    tokio::task::yield_now().await;
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = closed.local_addr().unwrap();
    drop(closed);
    let other = format!("http://{address}/api/v1/log");
    us.run("UPDATE witness SET url = ?", &db::values![other])
        .await;
    witness::ask_all(us.house()).await.unwrap();
    let mut quy = us.browser().of("quy").await;
    assert!(quy.get("/desk/log/witnesses").await.shows("Không trả lời"));
}
