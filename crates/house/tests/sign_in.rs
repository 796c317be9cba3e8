//! Stories of signing in.

use base::{Error, Refusal, Role};
use db::testing::BOTH;
use house::people::sign_in::{Attempt, sign_in};
use house::testing::{Browser, PASSWORD, Stage};
use http::StatusCode;

async fn stage(backend: db::Backend) -> (Stage, Browser) {
    let stage = Stage::open(backend, &[]).await;
    stage.person("ha", "Võ Hà", &[Role::Writer], 0).await;
    let browser = stage.browser::<house::House>(Vec::new(), stage.house.clone());
    (stage, browser)
}

#[tokio::test]
async fn a_person_signs_in_and_out_and_the_session_is_over() {
    for backend in BOTH {
        let (_stage, browser) = stage(backend).await;
        let mut ha = browser.of("ha").await;
        assert_eq!(ha.get("/desk/password").await.status, StatusCode::OK);
        let stolen = ha.clone();
        ha.post("/desk/sign-out", &[]).await;
        let mut thief = stolen;
        let answer = thief.get("/desk/password").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.location(), "/desk/sign-in?next=/desk/password");
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_answered_alike() {
    for backend in BOTH {
        let (_stage, mut browser) = stage(backend).await;
        let wrong = [
            ("email", "ha@loa.example"),
            ("password", "không phải mật khẩu này"),
        ];
        let unknown = [
            ("email", "ai@loa.example"),
            ("password", "không phải mật khẩu này"),
        ];
        let first = browser.post("/desk/sign-in", &wrong).await;
        let second = browser.post("/desk/sign-in", &unknown).await;
        assert_eq!(first.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(first.shows("Thư điện tử hoặc mật khẩu không đúng"));
        assert!(
            first.shows("value=\"ha@loa.example\""),
            "what was typed is lost"
        );
        assert_eq!(
            first.text().replace("ha@", "ai@").len(),
            second.text().len()
        );
    }
}

#[tokio::test]
async fn guessing_is_slowed_down_after_five_tries() {
    for backend in BOTH {
        let (_stage, browser) = stage(backend).await;
        let wrong = [
            ("email", "ha@loa.example"),
            ("password", "không phải mật khẩu này"),
        ];
        let right = [("email", "ha@loa.example"), ("password", PASSWORD)];
        let mut guesser = browser.stranger();
        for _ in 0..5 {
            let answer = guesser.post("/desk/sign-in", &wrong).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let answer = guesser.post("/desk/sign-in", &right).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(answer.headers.contains_key("retry-after") || answer.shows("giây"));
    }
}

#[tokio::test]
async fn a_machine_that_two_people_share_is_known_for_both() {
    for backend in BOTH {
        let (stage, _) = stage(backend).await;
        let house = &stage.house;
        stage.person("my", "Hoàng My", &[Role::Writer], 0).await;
        let attempt = |email, network: &str, device| Attempt {
            email,
            password: PASSWORD,
            network: network.to_owned(),
            device,
        };
        let ha = sign_in(house, attempt("ha@loa.example", "office", None)).await;
        let machine = Some(ha.unwrap().device);
        let my = attempt("my@loa.example", "office", machine.clone());
        assert!(sign_in(house, my).await.is_ok());
        guess_from_everywhere(house, "my@loa.example").await;
        let elsewhere = attempt("my@loa.example", "elsewhere", None);
        assert!(matches!(
            sign_in(house, elsewhere).await,
            Err(Error::Refusal(Refusal::TooMany { .. }))
        ));
        let here = attempt("my@loa.example", "office", machine);
        assert!(sign_in(house, here).await.is_ok());
    }
}

/// As many wrong passwords as make everybody wait who is not at a known machine.
async fn guess_from_everywhere(house: &house::House, email: &str) {
    for n in 0..50 {
        let guess = Attempt {
            email,
            password: "không phải mật khẩu này",
            network: format!("network {n}"),
            device: None,
        };
        assert!(sign_in(house, guess).await.is_err());
    }
}

#[tokio::test]
async fn an_idle_session_ends_and_a_busy_one_stays() {
    for backend in BOTH {
        let (stage, browser) = stage(backend).await;
        let mut ha = browser.of("ha").await;
        for _ in 0..3 {
            stage.house.clock.advance_ms(10 * 60 * 1000);
            let alive = ha.post("/desk/session/alive", &[]).await;
            assert_eq!(alive.status, StatusCode::NO_CONTENT);
        }
        stage.house.clock.advance_ms(17 * 60 * 1000);
        assert_eq!(ha.get("/desk/password").await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn a_new_password_is_checked_all_at_once_and_ends_other_sessions() {
    for backend in BOTH {
        let (_stage, browser) = stage(backend).await;
        let (mut here, mut elsewhere) = (browser.of("ha").await, browser.of("ha").await);
        let wrong = [("current", "sai"), ("new", "ngắn"), ("again", "khác")];
        let answer = here.post("/desk/password", &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for problem in ["current-error", "new-error", "again-error"] {
            assert!(answer.shows(problem), "{problem} is not at its field");
        }
        let good = "mưa rơi trên mái ngói đỏ";
        let right = [("current", PASSWORD), ("new", good), ("again", good)];
        assert_eq!(
            here.post("/desk/password", &right).await.status,
            StatusCode::SEE_OTHER
        );
        assert_eq!(here.get("/desk/password").await.status, StatusCode::OK);
        assert_eq!(
            elsewhere.get("/desk/password").await.status,
            StatusCode::SEE_OTHER
        );
    }
}

#[tokio::test]
async fn a_form_from_another_site_changes_nothing() {
    for backend in BOTH {
        let (_stage, browser) = stage(backend).await;
        let mut ha = browser.of("ha").await;
        let request = http::Request::post("/desk/language")
            .header("sec-fetch-site", "cross-site")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(axum::body::Body::from("lang=en"))
            .unwrap();
        assert_eq!(ha.send(request).await.status, StatusCode::FORBIDDEN);
        assert!(ha.get("/desk/password").await.shows("lang=\"vi\""));
    }
}
