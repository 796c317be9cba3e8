//! Reminders: before, after, to the head, to the director; never of what is done, never twice.

use db::testing::BOTH;
use db::values;
use editorial::owed;
use jiff::civil::date;

use super::office::{TITLE, office};

#[tokio::test]
async fn a_promise_is_told_before_its_day_after_it_to_the_head_and_to_the_director() {
    for backend in BOTH {
        // Due on Thursday 16 March.
        let office = office(backend, date(2023, 3, 16)).await;
        let mut told = Vec::new();
        let mut day = date(2023, 3, 7);
        while day <= date(2023, 3, 31) {
            office.morning(day).await;
            day = day.tomorrow().unwrap();
        }
        for word in ["ha", "truong", "binh"] {
            told.push(office.letters(word).await);
        }
        let ha = &told[0];
        assert!(
            ha[0].contains("SẮP ĐẾN HẠN") && ha[0].contains(TITLE),
            "{}",
            ha[0]
        );
        assert!(ha[0].contains("còn thiếu 2 tin, bài"), "{}", ha[0]);
        assert!(
            ha.iter().any(|letter| letter.contains("ĐÃ ĐẾN LÚC LÀM")),
            "{ha:#?}"
        );
        for who in [1, 2] {
            let escalated = told[who]
                .iter()
                .filter(|letter| letter.contains("CẦN BẠN ĐÔN ĐỐC"));
            assert_eq!(escalated.count(), 1, "{who}: {:#?}", told[who]);
        }
        let twice =
            "SELECT COUNT(*) AS n FROM (SELECT account_id, about, due, urgency FROM reminder
             GROUP BY account_id, about, due, urgency HAVING COUNT(*) > 1) twice";
        assert_eq!(office.count(twice, &[]).await, 0);
    }
}

#[tokio::test]
async fn nobody_gets_two_letters_on_one_day_however_often_the_job_runs() {
    for backend in BOTH {
        let office = office(backend, date(2023, 3, 3)).await;
        let day = date(2023, 3, 13);
        office.morning_of(day);
        let (a, b) = tokio::join!(
            owed::remind(&office.editorial),
            owed::remind(&office.editorial)
        );
        assert!(a.unwrap() + b.unwrap() > 0);
        for _ in 0..3 {
            assert_eq!(office.morning(day).await, 0);
        }
        for word in ["ha", "truong"] {
            let letters = office.letters(word).await;
            assert_eq!(letters.len(), 1, "{word}: {letters:#?}");
            assert!(
                letters[0].contains("VIỆC TRONG TUẦN"),
                "the list of Monday is apart: {}",
                letters[0]
            );
        }
    }
}

#[tokio::test]
async fn what_is_done_before_the_letter_leaves_is_not_asked_for() {
    for backend in BOTH {
        let office = office(backend, date(2023, 3, 9)).await;
        office.morning_of(date(2023, 3, 7));
        assert_eq!(owed::remind(&office.editorial).await.unwrap(), 1);
        office.does_one(date(2023, 3, 7)).await;
        office.does_one(date(2023, 3, 7)).await;
        office.send().await;
        assert!(office.letters("ha").await.is_empty());
        let why = "SELECT COUNT(*) AS n FROM outbox WHERE state = 'dropped' AND why = ?";
        assert_eq!(office.count(why, &values!["done"]).await, 1);
        assert_eq!(
            office.morning(date(2023, 3, 13)).await,
            0,
            "it is asked for again"
        );
    }
}

#[tokio::test]
async fn who_no_longer_answers_for_it_gets_no_letter_that_was_waiting() {
    for backend in BOTH {
        let office = office(backend, date(2023, 3, 9)).await;
        office.morning_of(date(2023, 3, 7));
        assert_eq!(owed::remind(&office.editorial).await.unwrap(), 1);
        office.hand_over("minh", 1).await;
        office.send().await;
        assert!(office.letters("ha").await.is_empty());
        let why = "SELECT COUNT(*) AS n FROM outbox WHERE state = 'dropped' AND why = ?";
        assert_eq!(office.count(why, &values!["done"]).await, 1);
        assert_eq!(
            office.morning(date(2023, 3, 8)).await,
            1,
            "the next one is told"
        );
        assert!(office.letters("minh").await[0].contains(TITLE));
    }
}

#[tokio::test]
async fn a_letter_that_could_not_leave_is_told_with_the_next_one() {
    for backend in BOTH {
        let office = office(backend, date(2023, 3, 9)).await;
        office.morning_of(date(2023, 3, 7));
        assert_eq!(owed::remind(&office.editorial).await.unwrap(), 1);
        // No server that day; on the next morning there is one, before and after the job.
        office
            .editorial
            .clock
            .set("2023-03-08T05:00:00+07:00".parse().unwrap());
        office.send().await;
        assert!(
            office.letters("ha").await.is_empty(),
            "yesterday's letter left at night"
        );
        office.morning(date(2023, 3, 8)).await;
        let letters = office.letters("ha").await;
        assert_eq!(letters.len(), 1, "{letters:#?}");
        assert!(letters[0].contains(TITLE));
        let joined = "SELECT COUNT(*) AS n FROM outbox WHERE state = 'dropped' AND why = 'joined'";
        assert_eq!(office.count(joined, &[]).await, 1);
    }
}

#[tokio::test]
async fn who_wants_no_letters_gets_none_but_escalations() {
    for backend in BOTH {
        let office = office(backend, date(2023, 3, 3)).await;
        for word in ["ha", "truong"] {
            let mut who = office.of(word).await;
            let answer = who.post("/desk/owed/settings", &[("mail", "none")]).await;
            assert!(who.get(answer.location()).await.shows("Đã lưu lựa chọn"));
        }
        office.morning(date(2023, 3, 13)).await;
        assert!(office.letters("ha").await.is_empty());
        let letters = office.letters("truong").await;
        assert_eq!(letters.len(), 1);
        assert!(letters[0].contains("CẦN BẠN ĐÔN ĐỐC") && !letters[0].contains("VIỆC TRONG TUẦN"));
    }
}
