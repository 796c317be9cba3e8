//! Stories of units that merge and split.
#![expect(clippy::unwrap_used, reason = "a story that cannot be told fails")]

use base::Role;
use base::id::{AccountId, UnitId};
use db::testing::BOTH;
use db::values;
use house::people::agency_store;
use house::people::succession::lineage;
use house::testing::{Browser, Stage, UNITS};
use http::StatusCode;
use jiff::civil::date;

struct Office {
    stage: Stage,
    browser: Browser,
    ha: AccountId,
    tu: AccountId,
}

impl Office {
    async fn open(backend: db::Backend) -> Self {
        let stage = Stage::open(backend, &[]).await;
        stage
            .person("quy", "Đỗ Quý", &[Role::Administrator], 0)
            .await;
        let ha = stage.person("ha", "Võ Hà", &[Role::Writer], 1).await;
        let tu = stage.person("tu", "Lê Anh Tú", &[Role::Head], 2).await;
        let browser = stage.browser::<house::House>(Vec::new(), stage.house.clone());
        Self {
            stage,
            browser,
            ha,
            tu,
        }
    }

    async fn unit_of(&self, person: AccountId) -> UnitId {
        let mut read = self.stage.house.db.read().await.unwrap();
        let sql = "SELECT unit_id FROM account WHERE id = ?";
        let row = read.row(sql, &values![person]).await.unwrap();
        row.parse("unit_id").unwrap()
    }

    async fn unit_named(&self, name: &str) -> house::people::agency::Unit {
        let mut read = self.stage.house.db.read().await.unwrap();
        let today = self.stage.house.today();
        let units = agency_store::units(&mut read, self.stage.agency, today).await;
        let mut units = units.unwrap().into_iter().filter(|unit| unit.name == name);
        units.next().unwrap_or_else(|| panic!("no unit {name}"))
    }

    async fn n_recorded(&self, act: &str) -> i64 {
        let mut read = self.stage.house.db.read().await.unwrap();
        let sql = "SELECT COUNT(*) AS n FROM audit_entry WHERE act = ?";
        read.count(sql, &values![act]).await.unwrap()
    }

    /// The form of a merger of the second and third unit.
    fn merger(&self) -> Vec<(&'static str, String)> {
        vec![
            ("units", self.stage.units[1].to_string()),
            ("units", self.stage.units[2].to_string()),
            ("into", String::new()),
            ("name", "Phòng Nghiệp vụ".to_owned()),
            ("day", "01/03/2023".to_owned()),
            ("decision_number", "12/QĐ-STP".to_owned()),
            ("decision_on", "20/02/2023".to_owned()),
        ]
    }
}

async fn send(
    browser: &mut Browser,
    path: &str,
    form: &[(&'static str, String)],
    step: &str,
) -> house::testing::Answer {
    let mut fields: Vec<(&str, &str)> = form
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    fields.push(("step", step));
    browser.post(path, &fields).await
}

#[tokio::test]
async fn two_units_merge_after_a_look_and_their_people_go_along() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        let mut quy = office.browser.of("quy").await;
        assert!(quy.get("/desk/units/merge").await.shows(UNITS[1]));
        let look = send(&mut quy, "/desk/units/merge", &office.merger(), "preview").await;
        assert_eq!(look.status, StatusCode::OK, "{}", look.text());
        assert!(look.shows("2 người") && look.shows("Võ Hà") && look.shows("Lê Anh Tú"));
        assert_eq!(
            office.unit_of(office.ha).await,
            office.stage.units[1],
            "a look moves nobody"
        );

        let done = send(&mut quy, "/desk/units/merge", &office.merger(), "act").await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let new = office.unit_named("Phòng Nghiệp vụ").await;
        assert_eq!(new.opened_on, date(2023, 3, 1));
        for person in [office.ha, office.tu] {
            assert_eq!(office.unit_of(person).await, new.id);
        }
        let log = quy.get(done.location()).await;
        assert!(log.shows("Võ Hà") && log.shows(UNITS[1]) && log.shows("Lê Anh Tú"));
        assert!(log.shows("theo 12/QĐ-STP ngày 20/02/2023"));
        assert_eq!(office.n_recorded("unit.merge").await, 2);
        assert_eq!(office.n_recorded("unit.move").await, 2);

        let list = quy.get("/desk/units").await;
        assert!(list.shows("Đơn vị đã kết thúc") && list.shows("Phòng Nghiệp vụ"));
        let closed = office.unit_named(UNITS[2]).await;
        assert_eq!(closed.closed_on, Some(date(2023, 3, 1)));
        assert!(!closed.is_open(date(2023, 3, 1)) && closed.is_open(date(2023, 2, 28)));
    }
}

#[tokio::test]
async fn a_unit_takes_another_in_and_keeps_its_name() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        let mut quy = office.browser.of("quy").await;
        let form = [
            ("units", office.stage.units[2].to_string()),
            ("into", office.stage.units[1].to_string()),
            ("day", "01/03/2023".to_owned()),
        ];
        let done = send(&mut quy, "/desk/units/merge", &form, "act").await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        assert_eq!(office.unit_of(office.tu).await, office.stage.units[1]);
        assert_eq!(office.unit_named(UNITS[1]).await.closed_on, None);
        assert!(office.unit_named(UNITS[2]).await.closed_on.is_some());
        let mut read = office.stage.house.db.read().await.unwrap();
        let joined = lineage(
            &mut read,
            office.stage.agency,
            date(2022, 12, 31),
            date(2023, 12, 31),
        );
        let joined = joined.await.unwrap();
        assert_eq!(joined.heir(office.stage.units[2]), office.stage.units[1]);
    }
}

#[tokio::test]
async fn a_unit_that_ended_takes_nobody_in_and_is_not_renamed() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        let mut quy = office.browser.of("quy").await;
        send(&mut quy, "/desk/units/merge", &office.merger(), "act").await;
        let again = send(&mut quy, "/desk/units/merge", &office.merger(), "act").await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(
            office.n_recorded("unit.merge").await,
            2,
            "it is merged twice"
        );
        let ended = office.stage.units[1].to_string();
        let path = format!("/desk/units/{ended}");
        let named = quy.post(&path, &[("name", "Tên khác")]).await;
        assert_eq!(named.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(quy.get(&path).await.shows("Đơn vị này đã kết thúc"));
        let split = quy.get(&format!("{path}/split")).await;
        assert_eq!(split.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fields = [
            ("email", "ha@loa.example"),
            ("name", "Võ Hà"),
            ("roles", "writer"),
            ("unit", ended.as_str()),
        ];
        let account = quy
            .post(&format!("/desk/accounts/{}", office.ha), &fields)
            .await;
        assert!(
            account.shows("unit-error"),
            "a person is put into a unit that ended"
        );
    }
}

#[tokio::test]
async fn a_split_shares_people_as_chosen() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        office
            .stage
            .person("my", "Hoàng My", &[Role::Writer], 1)
            .await;
        let mut quy = office.browser.of("quy").await;
        let path = format!("/desk/units/{}/split", office.stage.units[1]);
        let form = vec![
            ("name_1", "Phòng Phổ biến pháp luật".to_owned()),
            ("name_2", "Phòng Hòa giải cơ sở".to_owned()),
            ("day", "06/03/2023".to_owned()),
        ];
        let look = send(&mut quy, &path, &form, "preview").await;
        let field = format!("to-account-{}", office.ha);
        assert!(look.shows(&format!("name=\"{field}\"")), "{}", look.text());
        let mut fields: Vec<(&str, &str)> = form
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        fields.extend([("step", "act"), (field.as_str(), "1")]);
        let done = quy.post(&path, &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let first = office.unit_named("Phòng Phổ biến pháp luật").await;
        let second = office.unit_named("Phòng Hòa giải cơ sở").await;
        assert_eq!(office.unit_of(office.ha).await, second.id);
        let log = quy.get(done.location()).await;
        assert!(log.shows("chia thành") && log.shows(&first.name) && log.shows(&second.name));
        let mut read = office.stage.house.db.read().await.unwrap();
        let sql = "SELECT unit_id FROM account WHERE email = 'my@loa.example'";
        let row = read.row(sql, &[]).await.unwrap();
        assert_eq!(row.parse::<UnitId>("unit_id").unwrap(), first.id);
        let joined = lineage(
            &mut read,
            office.stage.agency,
            date(2022, 12, 31),
            date(2023, 12, 31),
        );
        let joined = joined.await.unwrap();
        let old = office.stage.units[1];
        assert_eq!(
            joined.heir(old),
            old,
            "what a split unit did cannot be told apart"
        );
    }
}

#[tokio::test]
async fn a_wrong_merger_is_answered_whole_and_keeps_what_was_typed() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        let mut quy = office.browser.of("quy").await;
        let form = [
            ("units", office.stage.units[1].to_string()),
            ("day", "07/03/2023".to_owned()),
            ("decision_number", "12/QĐ-STP".to_owned()),
        ];
        let answer = send(&mut quy, "/desk/units/merge", &form, "preview").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for field in ["units-error", "name-error", "day-error"] {
            assert!(answer.shows(field), "{field}");
        }
        assert!(answer.shows("value=\"12/QĐ-STP\"") && answer.shows("value=\"07/03/2023\""));
    }
}

#[tokio::test]
async fn only_administrators_change_units() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        let mut ha = office.browser.of("ha").await;
        for path in ["/desk/units/merge", "/desk/units"] {
            assert_eq!(ha.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        let answer = send(&mut ha, "/desk/units/merge", &office.merger(), "act").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        let path = format!("/desk/units/{}/split", office.stage.units[1]);
        assert_eq!(ha.post(&path, &[]).await.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn the_signer_of_reports_is_set_on_the_agencys_page() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        let mut quy = office.browser.of("quy").await;
        let fields = [
            ("signer_title", "Giám đốc"),
            ("signer_name", "Nguyễn Quốc Bảo"),
        ];
        let done = quy.post("/desk/agency/signer", &fields).await;
        assert_eq!(done.location(), "/desk/agency?done=signer");
        let page = quy.get(done.location()).await;
        assert!(page.shows("value=\"Nguyễn Quốc Bảo\"") && page.shows("value=\"STP\""));
        assert_eq!(office.n_recorded("agency.signer").await, 1);
        let long = "x".repeat(121);
        let answer = quy
            .post("/desk/agency/signer", &[("signer_name", &long)])
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.shows(&long) && answer.shows("value=\"STP\""));
        quy.post("/desk/agency/signer", &[("signer_name", "")])
            .await;
        let page = quy.get("/desk/agency").await;
        assert!(!page.shows("Nguyễn Quốc Bảo"));
        let mut ha = office.browser.of("ha").await;
        let answer = ha.post("/desk/agency/signer", &fields).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    }
}
