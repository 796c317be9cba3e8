//! Stories of the administrator: accounts, units and the agency's names.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot be set up fails"
)]

use base::id::{AccountId, AgencyId, RowId, UnitId};
use base::{Role, Roles};
use db::testing::BOTH;
use db::{Backend, values};
use house::House;
use house::people::account::Details;
use house::people::account_store::{self, NewPassword};
use house::people::agency::{AgencyNames, UnitNames};
use house::people::agency_store::{self, From};
use house::testing::{Answer, Browser, PASSWORD, Stage, UNITS};
use http::StatusCode;
use jiff::civil::date;

const OK: StatusCode = StatusCode::OK;
const SENT_ON: StatusCode = StatusCode::SEE_OTHER;
const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// An office with an administrator (`quy`) and a writer (`ha`).
struct Office {
    stage: Stage,
    browser: Browser,
    quy: AccountId,
    ha: AccountId,
}

impl Office {
    async fn open(backend: Backend) -> Self {
        let stage = Stage::open(backend, &[]).await;
        let quy = stage
            .person("quy", "Trần Quý", &[Role::Administrator], 0)
            .await;
        let ha = stage.person("ha", "Võ Hà", &[Role::Writer], 1).await;
        let browser = stage.browser::<House>(Vec::new(), stage.house.clone());
        Self {
            stage,
            browser,
            quy,
            ha,
        }
    }

    /// Signs somebody in with another password than everybody's.
    async fn enter(&self, email: &str, password: &str) -> (Browser, Answer) {
        let mut browser = self.browser.stranger();
        let fields = [("email", email), ("password", password)];
        let answer = browser.post("/desk/sign-in", &fields).await;
        (browser, answer)
    }

    /// How many acts of this name the log holds about this thing.
    async fn n_recorded(&self, act: &str, subject: &str) -> i64 {
        let mut read = self.stage.house.db.read().await.unwrap();
        let sql = "SELECT COUNT(*) AS n FROM audit_entry WHERE act = ? AND subject_id = ?";
        read.count(sql, &values![act, subject]).await.unwrap()
    }

    /// Another agency with a unit and an account.
    async fn neighbour(&self) -> (AgencyId, UnitId, AccountId) {
        let house = &self.stage.house;
        let (agency, unit, account): (AgencyId, UnitId, AccountId) = (
            house.ids.next(&house.clock),
            house.ids.next(&house.clock),
            house.ids.next(&house.clock),
        );
        let from = || From {
            row: house.ids.next::<RowId>(&house.clock),
            day: date(2016, 1, 1),
        };
        let names = AgencyNames {
            name: "Sở Nội vụ".to_owned(),
            ..AgencyNames::default()
        };
        let unit_names = UnitNames {
            name: "Phòng Cải cách hành chính".to_owned(),
            short_name: "Phòng CCHC".to_owned(),
            symbol: String::new(),
        };
        let details = Details {
            email: "ngoai@khac.example".to_owned(),
            name: "Lê Ngoại".to_owned(),
            pen_name: String::new(),
            job_title: String::new(),
            unit: Some(unit),
            roles: Roles::of(&[Role::Administrator]),
        };
        let hash = house.passwords.hash(PASSWORD).await.unwrap();
        let password = NewPassword {
            hash: &hash,
            must_change: false,
        };
        let mut act = house.db.act().await.unwrap();
        // Later than the stage's own agency, which the portal shows.
        let now = house.clock.now_ms() + 1;
        agency_store::add(&mut act, agency, &names, from(), now)
            .await
            .unwrap();
        agency_store::add_unit(&mut act, agency, unit, &unit_names, from(), now)
            .await
            .unwrap();
        account_store::add(&mut act, account, agency, &details, password, now)
            .await
            .unwrap();
        act.commit().await.unwrap();
        (agency, unit, account)
    }
}

fn fields<'a>(email: &'a str, name: &'a str, roles: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![("email", email), ("name", name)];
    all.extend(roles.iter().map(|role| ("roles", *role)));
    all
}

/// The first password that an answer shows.
fn password_in(answer: &Answer) -> String {
    let text = answer.text();
    let (_, rest) = text
        .split_once("<code translate=\"no\">")
        .expect("no password is shown");
    rest.split_once('<').unwrap().0.to_owned()
}

#[tokio::test]
async fn a_new_person_gets_a_password_once_and_must_choose_another() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        let mut quy = office.browser.of("quy").await;
        assert!(quy.get("/desk/accounts/new").await.shows("Ban biên tập"));
        let mut form = fields("Minh@LOA.example", "Trần Thị Minh", &["editor", "clerk"]);
        let unit = office.stage.units[1].to_string();
        form.push(("unit", &unit));
        let answer = quy.post("/desk/accounts/new", &form).await;
        assert_eq!(answer.status, OK);
        assert_eq!(answer.headers["cache-control"], "private, no-store");
        let password = password_in(&answer);
        assert!(password.len() >= 14, "{password}");

        let list = quy.get("/desk/accounts").await;
        for shown in [
            "Trần Thị Minh",
            "minh@loa.example",
            UNITS[1],
            "Ban biên tập, Văn thư",
        ] {
            assert!(list.shows(shown), "the list does not show {shown}");
        }
        assert!(list.shows("Chưa đăng nhập") && list.shows("Thứ hai - 06/03/2023 16:41"));
        assert!(!list.shows(&password));

        let (mut minh, entered) = office.enter("minh@loa.example", &password).await;
        assert_eq!(entered.status, SENT_ON);
        assert!(
            minh.get("/desk/password")
                .await
                .shows("Mật khẩu này do người khác đặt")
        );
        let again = quy.post("/desk/accounts/new", &form).await;
        assert_eq!(again.status, REFUSED);
        assert!(again.shows("email-error") && again.shows("value=\"Minh@LOA.example\""));
    }
}

#[tokio::test]
async fn a_wrong_account_form_is_answered_whole_and_keeps_what_was_typed() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        let mut quy = office.browser.of("quy").await;
        let answer = quy
            .post("/desk/accounts/new", &fields("không phải thư", "", &[]))
            .await;
        assert_eq!(answer.status, REFUSED);
        for field in ["email-error", "name-error", "roles-error"] {
            assert!(answer.shows(field), "{field}");
        }
        assert!(answer.shows("value=\"không phải thư\""));
        let (_, unit, _) = office.neighbour().await;
        for unit in [unit.to_string(), "x".to_owned()] {
            let mut form = fields("moi@loa.example", "Mới", &["writer"]);
            form.push(("unit", &unit));
            let answer = quy.post("/desk/accounts/new", &form).await;
            assert_eq!(answer.status, REFUSED);
            assert!(
                answer.shows("unit-error"),
                "a unit of another agency is accepted"
            );
            let path = format!("/desk/accounts/{}", office.ha);
            assert!(quy.post(&path, &form).await.shows("unit-error"));
        }
        assert!(!quy.get("/desk/accounts").await.shows("moi@loa.example"));
    }
}

#[tokio::test]
async fn an_account_is_changed_and_the_log_tells_it() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        let mut quy = office.browser.of("quy").await;
        let path = format!("/desk/accounts/{}", office.ha);
        let page = quy.get(&path).await;
        assert!(page.shows("value=\"Võ Hà\" required") && page.shows("value=\"writer\" checked"));
        let form = fields("ha@loa.example", "Võ Thu Hà", &["writer", "head"]);
        let answer = quy.post(&path, &form).await;
        assert_eq!(
            (answer.status, answer.location()),
            (SENT_ON, "/desk/accounts?done=account")
        );
        let list = quy.get(answer.location()).await;
        assert!(list.shows("Võ Thu Hà") && list.shows("Người viết, Người đứng đầu đơn vị"));
        assert!(list.shows("Đã lưu tài khoản."));
        assert_eq!(
            office
                .n_recorded("account.save", &office.ha.to_string())
                .await,
            1
        );
    }
}

#[tokio::test]
async fn a_suspended_person_is_out_at_once_and_comes_back_when_let_in() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        let (mut quy, mut ha) = (
            office.browser.of("quy").await,
            office.browser.of("ha").await,
        );
        assert_eq!(ha.get("/desk/password").await.status, OK);
        let path = format!("/desk/accounts/{}/suspension", office.ha);
        let answer = quy.post(&path, &[("state", "suspended")]).await;
        assert_eq!(answer.status, SENT_ON);
        assert!(quy.get(answer.location()).await.shows("Đã tạm khóa"));
        assert_eq!(ha.get("/desk/password").await.status, SENT_ON);
        assert_eq!(
            office.enter("ha@loa.example", PASSWORD).await.1.status,
            REFUSED
        );
        assert_eq!(quy.post(&path, &[("state", "xoá")]).await.status, REFUSED);
        assert_eq!(
            quy.post(&path, &[("state", "active")]).await.status,
            SENT_ON
        );
        // The session of before is gone for good, not only asleep.
        assert_eq!(ha.get("/desk/password").await.status, SENT_ON);
        assert_eq!(
            office.enter("ha@loa.example", PASSWORD).await.1.status,
            SENT_ON
        );
        assert_eq!(
            office
                .n_recorded("account.suspend", &office.ha.to_string())
                .await,
            2
        );
    }
}

#[tokio::test]
async fn a_reset_ends_the_sessions_and_the_old_password() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        let (mut quy, mut ha) = (
            office.browser.of("quy").await,
            office.browser.of("ha").await,
        );
        let answer = quy
            .post(&format!("/desk/accounts/{}/password", office.ha), &[])
            .await;
        assert_eq!(answer.status, OK);
        let password = password_in(&answer);
        assert_eq!(ha.get("/desk/password").await.status, SENT_ON);
        assert_eq!(
            office.enter("ha@loa.example", PASSWORD).await.1.status,
            REFUSED
        );
        let (mut ha, entered) = office.enter("ha@loa.example", &password).await;
        assert_eq!(entered.status, SENT_ON);
        assert!(
            ha.get("/desk/password")
                .await
                .shows("Mật khẩu này do người khác đặt")
        );
        assert_eq!(
            office
                .n_recorded("account.reset", &office.ha.to_string())
                .await,
            1
        );
    }
}

#[tokio::test]
async fn the_last_administrator_cannot_be_lost_and_nobody_acts_on_their_own_account() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        let mut quy = office.browser.of("quy").await;
        let own = format!("/desk/accounts/{}", office.quy);
        let stripped = fields("quy@loa.example", "Trần Quý", &["writer"]);
        let answer = quy.post(&own, &stripped).await;
        assert_eq!(answer.status, REFUSED);
        assert!(answer.shows("roles-error") && answer.shows("quản trị đang hoạt động duy nhất"));
        let suspension = format!("{own}/suspension");
        let answer = quy.post(&suspension, &[("state", "suspended")]).await;
        assert_eq!(answer.status, REFUSED);
        assert!(answer.shows("Bạn không thể tự khóa tài khoản của mình"));
        let answer = quy.post(&format!("{own}/password"), &[]).await;
        assert_eq!(answer.status, REFUSED);
        assert!(answer.shows("Bạn không thể tự đặt lại mật khẩu của mình"));

        let nam = office
            .stage
            .person("nam", "Lê Nam", &[Role::Administrator], 0)
            .await;
        let mut other = office.browser.of("nam").await;
        let of_nam = format!("/desk/accounts/{nam}/suspension");
        assert_eq!(
            other
                .post(&suspension, &[("state", "suspended")])
                .await
                .status,
            SENT_ON
        );
        assert_eq!(
            other.post(&suspension, &[("state", "active")]).await.status,
            SENT_ON
        );
        let mut quy = office.browser.of("quy").await;
        assert_eq!(
            quy.post(&of_nam, &[("state", "suspended")]).await.status,
            SENT_ON
        );
        // With a second administrator suspended, the first is the last again.
        assert_eq!(quy.post(&own, &stripped).await.status, REFUSED);
        assert_eq!(
            quy.post(&of_nam, &[("state", "active")]).await.status,
            SENT_ON
        );
        assert_eq!(quy.post(&own, &stripped).await.status, SENT_ON);
        assert_eq!(
            quy.get("/desk/accounts").await.status,
            StatusCode::FORBIDDEN
        );
    }
}

#[tokio::test]
async fn two_administrators_who_suspend_each_other_do_not_both_succeed() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        let nam = office
            .stage
            .person("nam", "Lê Nam", &[Role::Administrator], 0)
            .await;
        for _ in 0..5 {
            let (mut a, mut b) = (
                office.browser.of("quy").await,
                office.browser.of("nam").await,
            );
            let (of_nam, of_quy) = (
                format!("/desk/accounts/{nam}/suspension"),
                format!("/desk/accounts/{}/suspension", office.quy),
            );
            let state = [("state", "suspended")];
            tokio::join!(a.post(&of_nam, &state), b.post(&of_quy, &state));
            let house = &office.stage.house;
            let mut read = house.db.read().await.unwrap();
            let n = account_store::count_administrators(&mut read, office.stage.agency).await;
            assert_eq!(n.unwrap(), 1);
            drop(read);
            let mut act = house.db.act().await.unwrap();
            for id in [nam, office.quy] {
                let active = house::people::account::State::Active;
                account_store::save_state(&mut act, id, active)
                    .await
                    .unwrap();
            }
            act.commit().await.unwrap();
            house.clock.advance_ms(60_000);
        }
    }
}

#[tokio::test]
async fn what_belongs_to_another_agency_is_not_there() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        let (agency, unit, account) = office.neighbour().await;
        let mut quy = office.browser.of("quy").await;
        assert!(!quy.get("/desk/accounts").await.shows("Lê Ngoại"));
        assert!(
            !quy.get("/desk/units")
                .await
                .shows("Phòng Cải cách hành chính")
        );
        let account_form = fields("chiem@loa.example", "Chiếm", &["administrator"]);
        let nobody = "0186b5e0-0000-7000-8000-000000000000".to_owned();
        for id in [account.to_string(), nobody, "no-id".to_owned()] {
            let path = format!("/desk/accounts/{id}");
            for answer in [
                quy.get(&path).await,
                quy.post(&path, &account_form).await,
                quy.post(&format!("{path}/suspension"), &[("state", "suspended")])
                    .await,
                quy.post(&format!("{path}/password"), &[]).await,
            ] {
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            }
        }
        let path = format!("/desk/units/{unit}");
        assert_eq!(quy.get(&path).await.status, StatusCode::NOT_FOUND);
        let stolen = quy.post(&path, &[("name", "Chiếm")]).await;
        assert_eq!(stolen.status, StatusCode::NOT_FOUND);

        let house = &office.stage.house;
        let mut read = house.db.read().await.unwrap();
        let kept = account_store::find(&mut read, agency, account)
            .await
            .unwrap();
        assert_eq!(
            (kept.name.as_str(), kept.email.as_str()),
            ("Lê Ngoại", "ngoai@khac.example")
        );
        let units = agency_store::units(&mut read, agency, house.today())
            .await
            .unwrap();
        assert_eq!(units[0].name, "Phòng Cải cách hành chính");
    }
}

#[tokio::test]
async fn the_markup_of_every_page_holds_together() {
    let office = Office::open(Backend::Sqlite).await;
    let mut quy = office.browser.of("quy").await;
    let (account, unit) = (
        format!("/desk/accounts/{}", office.ha),
        format!("/desk/units/{}", office.stage.units[0]),
    );
    let mut pages = Vec::new();
    for path in [
        "/desk/accounts",
        "/desk/accounts/new",
        &account,
        "/desk/units",
        "/desk/units/new",
    ] {
        pages.push(quy.get(path).await);
    }
    for path in [
        unit.as_str(),
        "/desk/agency",
        "/desk/password",
        "/desk/sign-in",
    ] {
        pages.push(quy.get(path).await);
    }
    for path in [
        "/desk/accounts/new",
        &account,
        "/desk/units/new",
        "/desk/agency",
        "/desk/password",
    ] {
        pages.push(quy.post(path, &[]).await);
    }
    for page in pages {
        let text = page.text();
        assert!(text.contains("</html>"), "{text}");
        assert_eq!(glued(&text), None, "{text}");
        for key in ["account-", "unit-", "agency-", "name-", "role-"] {
            // An unknown key is shown as itself, between tags.
            assert!(
                !text.contains(&format!(">{key}")),
                "words are missing in {text}"
            );
        }
    }
}

/// The first place where an attribute sticks to what stands before it.
fn glued(html: &str) -> Option<&str> {
    let (mut is_tag, mut is_quoted) = (false, false);
    for (at, c) in html.char_indices() {
        match c {
            '<' if !is_quoted => is_tag = true,
            '>' if !is_quoted => is_tag = false,
            '"' if is_tag => {
                is_quoted = !is_quoted;
                let next = html[at + 1..].chars().next();
                if !is_quoted && next.is_some_and(|next| !matches!(next, ' ' | '>' | '/' | '\n')) {
                    return html
                        .get(at.saturating_sub(60)..at + 20)
                        .or(Some(&html[at..]));
                }
            }
            _ => {}
        }
    }
    ["requiredaria", "requiredid", "inputinput"]
        .into_iter()
        .find(|word| html.contains(word))
}

#[tokio::test]
async fn only_administrators_come_in() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        let mut ha = office.browser.of("ha").await;
        let account = format!("/desk/accounts/{}", office.quy);
        for path in [
            "/desk/accounts",
            "/desk/accounts/new",
            &account,
            "/desk/units",
            "/desk/agency",
        ] {
            assert_eq!(ha.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
            let stranger = office.browser.stranger().get(path).await;
            assert_eq!(stranger.status, SENT_ON, "{path}");
        }
        for path in [
            format!("{account}/suspension"),
            format!("{account}/password"),
        ] {
            let answer = ha.post(&path, &[("state", "suspended")]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        }
    }
}

#[tokio::test]
async fn a_long_list_has_pages() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        for n in 0..25 {
            let word = format!("p{n}");
            office
                .stage
                .person(&word, &format!("Nguyễn Bê {n:02}"), &[Role::Writer], 0)
                .await;
        }
        let mut quy = office.browser.of("quy").await;
        let first = quy.get("/desk/accounts").await;
        assert!(first.shows("27 tài khoản") && first.shows("?page=2"));
        assert_eq!(first.text().matches("<th scope=\"row\">").count(), 25);
        let second = quy.get("/desk/accounts?page=2").await;
        assert_eq!(second.text().matches("<th scope=\"row\">").count(), 2);
        assert_eq!(
            quy.get("/desk/accounts?page=99")
                .await
                .text()
                .matches("scope=\"row\"")
                .count(),
            2
        );
    }
}

#[tokio::test]
async fn a_unit_keeps_its_old_name_for_old_days() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        let mut quy = office.browser.of("quy").await;
        let form = [
            ("name", "Phòng Bổ trợ tư pháp"),
            ("symbol", "BTTP"),
            ("valid_from", ""),
        ];
        assert_eq!(quy.post("/desk/units/new", &form).await.status, SENT_ON);
        let list = quy.get("/desk/units?done=unit").await;
        assert!(list.shows("Phòng Bổ trợ tư pháp") && list.shows("Đã lưu đơn vị."));

        let unit = office.stage.units[0];
        let path = format!("/desk/units/{unit}");
        assert!(quy.get(&path).await.shows("value=\"06/03/2023\""));
        let wrong = quy
            .post(&path, &[("name", ""), ("valid_from", "31/02/2023")])
            .await;
        assert_eq!(wrong.status, REFUSED);
        assert!(wrong.shows("name-error") && wrong.shows("valid_from-error"));
        let later = [("name", "Văn phòng mới"), ("valid_from", "01/07/2023")];
        assert_eq!(quy.post(&path, &later).await.status, SENT_ON);
        let between = [("name", "Văn phòng giữa"), ("valid_from", "01/05/2023")];
        assert_eq!(quy.post(&path, &between).await.status, SENT_ON);
        let house = &office.stage.house;
        let mut read = house.db.read().await.unwrap();
        for (day, name) in [
            (date(2023, 3, 6), UNITS[0]),
            (date(2023, 5, 1), "Văn phòng giữa"),
            (date(2023, 6, 30), "Văn phòng giữa"),
            (date(2023, 7, 1), "Văn phòng mới"),
        ] {
            let unit = agency_store::find_unit(&mut read, office.stage.agency, unit, day).await;
            assert_eq!(unit.unwrap().name, name, "on {day}");
        }
        let rows = read
            .rows(
                "SELECT valid_to FROM unit_version WHERE unit_id = ? ORDER BY valid_from",
                &values![unit],
            )
            .await
            .unwrap();
        let ends: Vec<_> = rows
            .iter()
            .map(|row| row.maybe_text("valid_to").unwrap())
            .collect();
        assert_eq!(
            ends,
            [
                Some("2023-05-01".to_owned()),
                Some("2023-07-01".to_owned()),
                None
            ]
        );
        drop(read);
        assert!(quy.get(&path).await.shows("01/07/2023"));
        assert_eq!(office.n_recorded("unit.save", &unit.to_string()).await, 2);
    }
}

#[tokio::test]
async fn the_agency_takes_another_name_from_a_day_on() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        let mut quy = office.browser.of("quy").await;
        assert!(
            quy.get("/desk/agency")
                .await
                .shows("value=\"Sở Tư pháp tỉnh Bình Định\"")
        );
        let wrong = quy
            .post("/desk/agency", &[("name", "Sở Tư pháp tỉnh Gia Lai")])
            .await;
        assert_eq!(wrong.status, REFUSED);
        assert!(wrong.shows("symbol-error") && wrong.shows("place-error"));
        let form = [
            ("name", "Sở Tư pháp tỉnh Gia Lai"),
            ("short_name", "Sở Tư pháp"),
            ("symbol", "STP"),
            ("place", "Gia Lai"),
            ("valid_from", "2025-07-01"),
        ];
        let answer = quy.post("/desk/agency", &form).await;
        assert_eq!(
            (answer.status, answer.location()),
            (SENT_ON, "/desk/units?done=agency")
        );
        let page = quy.get("/desk/agency").await;
        assert!(
            page.shows("<small>Sở Tư pháp tỉnh Bình Định</small>"),
            "the name came too early"
        );
        assert!(page.shows("Sở Tư pháp tỉnh Gia Lai") && page.shows("01/07/2025"));
        office
            .stage
            .house
            .clock
            .set("2025-07-01T08:00:00+07:00".parse().unwrap());
        let mut quy = office.browser.of("quy").await;
        let page = quy.get("/desk/agency").await;
        assert!(page.shows("<small>Sở Tư pháp tỉnh Gia Lai</small>"));
        assert_eq!(
            office
                .n_recorded("agency.save", &office.stage.agency.to_string())
                .await,
            1
        );
    }
}
