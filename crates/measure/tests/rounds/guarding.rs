//! Who may not do what, and when.

use base::Role;
use db::testing::BOTH;
use http::StatusCode;

use crate::office::{office, to};

#[tokio::test]
async fn what_does_not_belong_to_the_phase_is_refused() {
    for backend in BOTH {
        let office = office(backend).await;
        let open = office.round().await;
        office.score_all(&open).await;
        office.submit(&open).await;
        let first = office.component(&open, 0);
        let mut noivu = office.of("noivu").await;
        let accept = [("step", "accept")];
        let early = noivu.post(&format!("{first}/appraisal"), &accept).await;
        assert_eq!(early.status, StatusCode::FORBIDDEN);
        office.advance(&open.round, "self_score").await;
        to(&noivu.post(&format!("{first}/appraisal"), &accept).await);
        let mut minh = office.of("minh").await;
        let late = minh
            .post(&first, &[("version", "2"), ("part", "5"), ("whole", "5")])
            .await;
        assert_eq!(late.status, StatusCode::FORBIDDEN);
        // Two components are not appraised: the round stays.
        let stays = minh
            .post(&format!("{}/phase", open.round), &[("from", "appraisal")])
            .await;
        assert_eq!(stays.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(stays.shows("Còn 2 thành phần chưa thẩm định."));
    }
}

#[tokio::test]
async fn who_claimed_a_score_does_not_appraise_it_under_another_role() {
    for backend in BOTH {
        let office = office(backend).await;
        let open = office.round().await;
        office.score_all(&open).await;
        let mut both = office.of("haivai").await;
        let third = office.component(&open, 2);
        to(&both
            .post(
                &third,
                &[("version", "1"), ("yes", "1"), ("explanation", "Có.")],
            )
            .await);
        office.submit(&open).await;
        office.advance(&open.round, "self_score").await;
        let own = both
            .post(&format!("{third}/appraisal"), &[("step", "accept")])
            .await;
        assert_eq!(own.status, StatusCode::FORBIDDEN);
        assert!(own.shows("không thẩm định điểm của chính mình"));
    }
}

#[tokio::test]
async fn an_appraiser_sees_only_what_was_submitted() {
    for backend in BOTH {
        let office = office(backend).await;
        let open = office.round().await;
        office.score_all(&open).await;
        let mut noivu = office.of("noivu").await;
        assert_eq!(noivu.get(&open.body).await.status, StatusCode::FORBIDDEN);
        let first = office.component(&open, 0);
        assert_eq!(noivu.get(&first).await.status, StatusCode::FORBIDDEN);
        office.submit(&open).await;
        assert_eq!(noivu.get(&open.body).await.status, StatusCode::OK);
        // Neither answers nor settings are an appraiser's.
        assert_eq!(
            noivu.post(&first, &[("yes", "1")]).await.status,
            StatusCode::FORBIDDEN
        );
        assert_eq!(
            noivu.get("/desk/rounds/risk").await.status,
            StatusCode::FORBIDDEN
        );
    }
}

#[tokio::test]
async fn two_who_save_the_same_component_do_not_overwrite_each_other() {
    for backend in BOTH {
        let office = office(backend).await;
        let open = office.round().await;
        let third = office.component(&open, 2);
        let mut minh = office.of("minh").await;
        let mut hoa = office.of("hoa").await;
        to(&minh.post(&third, &[("version", "0"), ("yes", "1")]).await);
        let second = hoa.post(&third, &[("version", "0"), ("yes", "0")]).await;
        assert_eq!(second.status, StatusCode::CONFLICT);
    }
}

#[tokio::test]
async fn strangers_and_other_agencies_find_nothing() {
    for backend in BOTH {
        let office = office(backend).await;
        let open = office.round().await;
        office
            .stage
            .person("tien", "Võ Tiến", &[Role::Writer], 0)
            .await;
        let mut writer = office.of("tien").await;
        assert_eq!(writer.get(&open.round).await.status, StatusCode::FORBIDDEN);
        // A ranking that is not decided is nobody's outside.
        let public = open.round.replace("/desk/rounds", "/xep-hang");
        let mut citizen = office.browser.stranger();
        assert_eq!(citizen.get(&public).await.status, StatusCode::NOT_FOUND);
        assert_eq!(
            citizen.get(&format!("{public}/csv")).await.status,
            StatusCode::NOT_FOUND
        );
    }
}

#[tokio::test]
async fn a_refused_form_beside_the_answer_leaves_the_answer_as_it_was_saved() {
    for backend in BOTH {
        let office = office(backend).await;
        let open = office.round().await;
        office.score_all(&open).await;
        let mut minh = office.of("minh").await;
        let third = office.component(&open, 2);
        let file = ("file", "", &b""[..]);
        let fields = [("evidence_title", "Ảnh hội nghị"), ("link", "")];
        let refused = minh
            .upload(&format!("{third}/evidence"), &fields, file)
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.shows("Ảnh hội nghị") && refused.shows("Đã ban hành."));
    }
}
