//! The office in which the stories play, and what its people do there.
#![expect(clippy::unwrap_used, reason = "a story that cannot be told fails")]

use base::Role;
use base::id::{ActivityId, AgencyId, ArticleId, PlanId, RowId, UnitId};
use db::{Backend, values};
use editorial::newsroom::category_store::{self, Category};
use editorial::newsroom::{self, fill_index};
use editorial::plan::activity::ActivityDetails;
use editorial::plan::target::Target;
use editorial::plan::{self, importing, starting};
use editorial::testing::EditorialStage;
use house::audit::Doer;
use house::people::account::Details;
use house::people::account_store::{self, NewPassword};
use house::people::agency::AgencyNames;
use house::people::agency_store;
use house::testing::{Answer, Browser, PASSWORD};
use http::StatusCode;
use jiff::civil::date;

const PLAN: &str = "SỞ TƯ PHÁP\n\nKẾ HOẠCH\nTruyền thông công tác cải cách hành chính năm 2023\n\n\
I. MỤC ĐÍCH\n1. Người dân biết và dùng dịch vụ công trực tuyến.\n\n\
II. NHIỆM VỤ\n1. Viết và đăng tin, bài về cải cách hành chính.\n";

/// The title of the article that the stories write.
pub const TITLE: &str = "Một cửa làm việc cả sáng thứ bảy";
/// Its lead.
pub const LEAD: &str = "Từ tuần này, người dân nộp hồ sơ được cả sáng thứ bảy.";
/// Its body, as the plain field takes it.
pub const BODY: &str = "Bộ phận một cửa mở thêm một buổi.\n\n## Ai được lợi\n\nNgười đi làm giờ hành chính, nhất là ở đường xa.";

/// The newsroom with its people: ha and lan write, tu edits, duyet approves, binh directs, minh keeps
/// the plan, tham appraises, quan administers.
pub struct Office {
    pub at: EditorialStage,
    pub plan: PlanId,
    pub activity: ActivityId,
    pub categories: [RowId; 2],
    browser: Browser,
}

pub async fn office(backend: Backend) -> Office {
    let at = EditorialStage::open(backend).await;
    for (word, name, role) in [
        ("ha", "Võ Hà", Role::Writer),
        ("lan", "Đỗ Lan", Role::Writer),
        ("tu", "Lê Anh Tú", Role::Editor),
        ("duyet", "Phạm Văn Duy", Role::Approver),
        ("binh", "Lê Bình", Role::Director),
        ("minh", "Trần Thị Minh", Role::Officer),
        ("tham", "Ngô Thẩm", Role::Appraiser),
        ("quan", "Bùi Quân", Role::Administrator),
    ] {
        at.stage.person(word, name, &[role], 0).await;
    }
    let categories = categories(&at).await;
    let (plan, activity) = promised(&at).await;
    let browser = at.browser();
    Office {
        at,
        plan,
        activity,
        categories,
        browser,
    }
}

async fn categories(at: &EditorialStage) -> [RowId; 2] {
    let house = &at.stage.house;
    let mut act = house.db.act().await.unwrap();
    let mut ids = Vec::new();
    for (slug, name_vi, name_en) in [
        ("tin-tuc", "Tin tức", "News"),
        ("huong-dan", "Hướng dẫn thủ tục", "How-to"),
    ] {
        let category = Category {
            id: house.ids.next(&house.clock),
            slug: slug.to_owned(),
            name_vi: name_vi.to_owned(),
            name_en: name_en.to_owned(),
        };
        let agency = at.stage.agency;
        category_store::add(&mut act, agency, &category)
            .await
            .unwrap();
        ids.push(category.id);
    }
    act.commit().await.unwrap();
    [ids[0], ids[1]]
}

async fn promised(at: &EditorialStage) -> (PlanId, ActivityId) {
    let (house, agency) = (&at.stage.house, at.stage.agency);
    let bytes = PLAN.as_bytes();
    let read = importing::read_plan(bytes.to_vec(), "ke-hoach.txt".into(), "file", "vi");
    let read = read.await.unwrap();
    let bringing = importing::Bringing {
        agency,
        doer: Doer::System,
        by: None,
        name: "ke-hoach.txt",
        bytes,
    };
    let plan = importing::store(house, &read, bringing);
    let plan = plan.await.unwrap();
    let details = ActivityDetails {
        title: "Đăng tin trên cổng".to_owned(),
        targets: vec![Target::new(4, "tin, bài")],
        ..ActivityDetails::default()
    };
    let wanted = vec![("1".to_owned(), details)];
    let activities = starting::start(house, (agency, plan), Doer::System, wanted);
    (plan, activities.await.unwrap()[0])
}

impl Office {
    /// A browser in which this person has signed in.
    pub async fn of(&self, word: &str) -> Browser {
        self.browser.of(word).await
    }

    /// A browser of somebody from the street.
    pub fn reader(&self) -> Browser {
        self.browser.stranger()
    }

    /// Begins an article; its address at the desk.
    pub async fn begin(&self, who: &mut Browser) -> String {
        let answer = who.post("/desk/newsroom/articles", &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        answer.location().trim_end_matches("/edit").to_owned()
    }

    /// Fills in the form of an article as a person does, with these fields instead of the usual ones,
    /// and presses the button `deed`.
    pub async fn write(
        &self,
        who: &mut Browser,
        address: &str,
        deed: &str,
        other: &[(&str, &str)],
    ) -> Answer {
        let revision = match other.iter().find(|(name, _)| *name == "revision") {
            Some((_, revision)) => (*revision).to_owned(),
            None => value(&who.get(&format!("{address}/edit")).await, "revision"),
        };
        let (category, activity) = (self.categories[0].to_string(), self.activity.to_string());
        let usual = [
            ("title", TITLE),
            ("lead", LEAD),
            ("author", "V.H"),
            ("genre", "news"),
            ("category", category.as_str()),
            ("body_text", BODY),
            ("activities", activity.as_str()),
            ("revision", revision.as_str()),
            ("deed", deed),
        ];
        let is_given = |name: &str| other.iter().any(|(given, _)| *given == name);
        let mut fields: Vec<(&str, &str)> = usual
            .into_iter()
            .filter(|(name, _)| !is_given(name))
            .collect();
        fields.extend_from_slice(other);
        let place = if deed == "draft" { "draft" } else { "edit" };
        who.post(&format!("{address}/{place}"), &fields).await
    }

    /// An article that ha has written and sent; its address at the desk.
    pub async fn submitted(&self, other: &[(&str, &str)]) -> String {
        let mut ha = self.of("ha").await;
        let address = self.begin(&mut ha).await;
        done(&self.write(&mut ha, &address, "submit", other).await);
        address
    }

    /// Releases what was sent, as tu, who has seen it; the public address.
    pub async fn release(&self, address: &str) -> String {
        let mut tu = self.of("tu").await;
        let seen = value(&tu.get(address).await, "seen");
        let fields = [("seen", seen.as_str())];
        done(&tu.post(&format!("{address}/publication"), &fields).await);
        self.public_path(address).await
    }

    /// An article that ha has written and tu released: its address at the desk and the public one.
    pub async fn published(&self, other: &[(&str, &str)]) -> (String, String) {
        let address = self.submitted(other).await;
        let path = self.release(&address).await;
        (address, path)
    }

    /// Where the public finds an article, or would.
    pub async fn public_path(&self, address: &str) -> String {
        let mut read = self.at.stage.house.db.read().await.unwrap();
        let id = id(address).to_string();
        let row = read
            .row(
                "SELECT slug, number FROM article WHERE id = ?",
                &values![id],
            )
            .await
            .unwrap();
        let (slug, number) = (row.text("slug").unwrap(), row.int("number").unwrap());
        format!("/tin/{slug}-{number}")
    }

    /// How many rows a statement counts.
    pub async fn count(&self, sql: &'static str, values: &[db::Value]) -> i64 {
        let mut read = self.at.stage.house.db.read().await.unwrap();
        read.count(sql, values).await.unwrap()
    }

    /// How many entries of this act the log has.
    pub async fn entries(&self, act: &str) -> i64 {
        let sql = "SELECT COUNT(*) AS n FROM audit_entry WHERE act = ?";
        self.count(sql, &values![act]).await
    }

    /// How many items the activity has done, by today.
    pub async fn n_done(&self) -> i64 {
        let mut read = self.at.stage.house.db.read().await.unwrap();
        let days = (date(2022, 12, 15), date(2023, 12, 14));
        let today = self.at.stage.house.today();
        let agency = self.at.stage.agency;
        let result = plan::result(&mut read, agency, self.plan, days, today);
        result.await.unwrap().tasks[0].activities[0].progress.done
    }

    /// What the search finds, as programs are told; the index follows first.
    pub async fn found(&self, words: &str) -> serde_json::Value {
        fill_index(&self.at.editorial).await.unwrap();
        let words = words.replace(' ', "%20");
        let answer = self
            .reader()
            .get(&format!("/api/v1/search?q={words}"))
            .await;
        serde_json::from_slice(&answer.bytes).unwrap()
    }

    /// Another agency of the same house with an editor who signs in as `la`.
    pub async fn neighbours(&self) -> AgencyId {
        let house = &self.at.stage.house;
        house.clock.advance_ms(1000);
        let agency: AgencyId = house.ids.next(&house.clock);
        let from = agency_store::From {
            row: house.ids.next::<RowId>(&house.clock),
            day: date(2016, 1, 1),
        };
        let names = AgencyNames {
            name: "Sở Nội vụ".to_owned(),
            ..AgencyNames::default()
        };
        let hash = house.passwords.hash(PASSWORD).await.unwrap();
        let details = Details {
            email: "la@loa.example".to_owned(),
            name: "Trịnh Lã".to_owned(),
            pen_name: "T.L".to_owned(),
            job_title: String::new(),
            unit: None::<UnitId>,
            roles: base::Roles::of(&[Role::Editor, Role::Director]),
        };
        let password = NewPassword {
            hash: &hash,
            must_change: false,
        };
        let now = house.clock.now_ms();
        let account = house.ids.next(&house.clock);
        let mut act = house.db.act().await.unwrap();
        agency_store::add(&mut act, agency, &names, from, now)
            .await
            .unwrap();
        account_store::add(&mut act, account, agency, &details, password, now)
            .await
            .unwrap();
        act.commit().await.unwrap();
        agency
    }

    /// The hash of the text that waits: what a release names as seen.
    pub async fn hash(&self, address: &str) -> String {
        let agency = self.at.stage.agency;
        newsroom::hash_of_newest(&self.at.editorial, agency, id(address))
            .await
            .unwrap()
    }
}

/// A form was taken: it leads on.
pub fn done(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}

/// The article of an address at the desk.
pub fn id(address: &str) -> ArticleId {
    address.rsplit('/').next().unwrap().parse().unwrap()
}

/// The value that a hidden or plain field of a page has.
pub fn value(page: &Answer, name: &str) -> String {
    between(&page.text(), &format!("name=\"{name}\" value=\""), "\"")
}

/// What stands between two marks; empty if the first is not there.
pub fn between(text: &str, from: &str, to: &str) -> String {
    let rest = text.split_once(from).map(|(_, rest)| rest);
    rest.and_then(|rest| rest.split(to).next())
        .unwrap_or_default()
        .to_owned()
}
