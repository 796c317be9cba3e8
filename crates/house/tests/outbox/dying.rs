//! Nodes and servers that die in the middle: nothing is lost, nobody is mailed twice.

use std::sync::Arc;

use db::testing::BOTH;
use house::outbox::deliver;
use tokio::sync::Notify;

use super::office::{Plain, office};
use super::server::{Deed, Server, Step};

const STEPS: [Step; 4] = [Step::Mail, Step::Receiver, Step::Data, Step::Content];

#[tokio::test]
async fn a_node_that_is_killed_at_any_step_loses_nothing_and_sends_nothing_twice() {
    for backend in BOTH {
        for step in STEPS {
            let office = office(backend).await;
            let never = Arc::new(Notify::new());
            let server = Server::start(&[Deed::Wait(step, never)]).await;
            let node = office.node(&server);
            let id = office.writes(0, Some("Giữa chừng")).await;
            let other = office.writes(1, Some("Thư khác")).await;
            let killed = tokio::spawn(async move { deliver(&node, &Plain).await });
            server.reached().await;
            killed.abort();
            assert!(killed.await.is_err());

            let node = office.node(&server);
            deliver(&node, &Plain).await.unwrap();
            assert_eq!(
                office.state(other).await,
                "sent",
                "{step:?}: another letter waits"
            );
            office.later(60 * 24);
            deliver(&node, &Plain).await.unwrap();
            let expected = if step == Step::Content {
                "unclear"
            } else {
                "sent"
            };
            assert_eq!(office.state(id).await, expected, "{step:?}");
            let mine = format!("<{id}@stp.example>");
            let n = server
                .taken()
                .iter()
                .filter(|taken| taken.id == mine)
                .count();
            assert_eq!(n, usize::from(step != Step::Content), "{step:?}");
        }
    }
}

#[tokio::test]
async fn a_letter_without_an_answer_is_unclear_and_waits_for_a_person() {
    for backend in BOTH {
        for deed in [
            Deed::TakeAndClose,
            Deed::TakeAndHang,
            Deed::Close(Step::Content),
        ] {
            let office = office(backend).await;
            let server = Server::start(std::slice::from_ref(&deed)).await;
            let node = office.hasty_node(&server);
            let id = office.writes(0, Some("Không có câu trả lời")).await;
            deliver(&node, &Plain).await.unwrap();
            let (state, reply) = office.stands(id).await;
            assert_eq!(state, "unclear", "{deed:?}");
            assert!(!reply.is_empty(), "{deed:?}");
            for _ in 0..5 {
                office.later(60 * 24);
                deliver(&node, &Plain).await.unwrap();
            }
            assert!(server.taken().len() <= 1, "{deed:?}: sent twice by itself");
            assert_eq!(office.state(id).await, "unclear");
        }
    }
}

#[tokio::test]
async fn a_server_that_says_nothing_before_the_content_is_asked_again() {
    for backend in BOTH {
        for step in [Step::Mail, Step::Receiver, Step::Data] {
            let office = office(backend).await;
            let never = Arc::new(Notify::new());
            let server = Server::start(&[Deed::Wait(step, never)]).await;
            let node = office.hasty_node(&server);
            let id = office.writes(0, Some("Máy chủ chậm")).await;
            deliver(&node, &Plain).await.unwrap();
            let (state, reply) = office.stands(id).await;
            assert_eq!(state, "waiting", "{step:?}");
            assert!(reply.contains("no answer"), "{step:?}: {reply}");
            office.later(5);
            deliver(&node, &Plain).await.unwrap();
            assert_eq!(
                (office.state(id).await.as_str(), server.taken().len()),
                ("sent", 1)
            );
        }
    }
}

#[tokio::test]
async fn a_node_that_slept_through_its_lease_sends_nothing() {
    for backend in BOTH {
        let office = office(backend).await;
        let wake = Arc::new(Notify::new());
        let server = Server::start(&[Deed::Wait(Step::Data, wake.clone())]).await;
        let id = office.writes(0, Some("Ngủ quên")).await;
        let slow = office.node(&server);
        let sleeping = tokio::spawn(async move { deliver(&slow, &Plain).await });
        server.reached().await;
        office.later(10);
        let quick = office.node(&server);
        deliver(&quick, &Plain).await.unwrap();
        assert_eq!(office.state(id).await, "sent");
        wake.notify_one();
        sleeping.await.unwrap().unwrap();
        assert_eq!(server.taken().len(), 1, "the node that slept sent it again");
        assert_eq!(office.state(id).await, "sent");
    }
}

#[tokio::test]
async fn an_orderly_end_waits_for_the_letter_that_is_on_its_way() {
    for backend in BOTH {
        let office = office(backend).await;
        let wake = Arc::new(Notify::new());
        let server = Server::start(&[Deed::Wait(Step::Content, wake.clone())]).await;
        let node = office.node(&server);
        let id = office.writes(0, Some("Thư cuối")).await;
        let next = office.writes(1, Some("Thư sau")).await;
        let sending = node.clone();
        let round = tokio::spawn(async move { deliver(&sending, &Plain).await });
        server.reached().await;
        let ending = tokio::spawn(async move { node.mail.end().await });
        tokio::task::yield_now().await;
        assert!(!ending.is_finished(), "the end did not wait");
        wake.notify_one();
        ending.await.unwrap();
        round.await.unwrap().unwrap();
        assert_eq!(office.state(id).await, "sent");
        assert_eq!(
            office.state(next).await,
            "waiting",
            "a letter was begun at the end"
        );
    }
}
