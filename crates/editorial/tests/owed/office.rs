//! An office with one promise, its people, and letters that lie in a folder.
#![expect(clippy::unwrap_used, reason = "a story that cannot be told fails")]

use base::Role;
use base::id::{AccountId, ActivityId, ItemId, PlanId};
use db::{Backend, Value, values};
use editorial::items::item::{Item, ItemForm, ItemKind};
use editorial::items::item_store;
use editorial::newsroom::category_store::{self, Category};
use editorial::owed;
use editorial::plan::activity::{ActivityDetails, When};
use editorial::plan::target::Target;
use editorial::plan::{importing, starting};
use editorial::testing::EditorialStage;
use editorial::{Composer, Editorial};
use house::audit::Doer;
use house::outbox::{self, MailSettings, text_of};
use house::testing::Browser;
use jiff::civil::{Date, date};

const PLAN: &str = "SỞ TƯ PHÁP\n\nKẾ HOẠCH\nTruyền thông công tác cải cách hành chính năm 2023\n\n\
I. MỤC ĐÍCH\n1. Người dân biết và dùng dịch vụ công trực tuyến.\n\n\
II. NHIỆM VỤ\n1. Viết và đăng tin, bài về cải cách hành chính.\n";

/// What the office promises.
pub const TITLE: &str = "Đăng hai tin trên cổng";

/// The people: ha writes and answers for the promise, tu edits, duyet approves, truong heads the
/// unit, binh directs, minh keeps the plan.
pub struct Office {
    pub at: EditorialStage,
    pub editorial: Editorial,
    pub plan: PlanId,
    pub activity: ActivityId,
    pub people: Vec<(&'static str, AccountId)>,
    browser: Browser,
}

/// The office on Monday 6 March 2023 at 16:41; its promise is due on a day.
pub async fn office(backend: Backend, due: Date) -> Office {
    let mut at = EditorialStage::open(backend).await;
    let folder = at.stage.dir().join("mail");
    let mail = MailSettings::folder("Loa <loa@stp.example>", folder).unwrap();
    at.stage.house.mail = outbox::Mail::by(mail);
    at.editorial.house = at.stage.house.clone();
    let mut people = Vec::new();
    for (word, name, role, unit) in [
        ("ha", "Võ Hà", Role::Writer, 0),
        ("tu", "Lê Anh Tú", Role::Editor, 1),
        ("duyet", "Phạm Văn Duy", Role::Approver, 0),
        ("truong", "Mai Trường", Role::Head, 0),
        ("binh", "Lê Bình", Role::Director, 0),
        ("minh", "Trần Thị Minh", Role::Officer, 1),
    ] {
        people.push((word, at.stage.person(word, name, &[role], unit).await));
    }
    category(&at).await;
    let (plan, activity) = promised(&at, people[0].1, due).await;
    let browser = at.browser();
    Office {
        editorial: at.editorial.clone(),
        at,
        plan,
        activity,
        people,
        browser,
    }
}

async fn category(at: &EditorialStage) {
    let house = &at.stage.house;
    let category = Category {
        id: house.ids.next(&house.clock),
        slug: "tin-tuc".to_owned(),
        name_vi: "Tin tức".to_owned(),
        name_en: "News".to_owned(),
    };
    let mut act = house.db.act().await.unwrap();
    category_store::add(&mut act, at.stage.agency, &category)
        .await
        .unwrap();
    act.commit().await.unwrap();
}

async fn promised(at: &EditorialStage, who: AccountId, due: Date) -> (PlanId, ActivityId) {
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
    let plan = importing::store(house, &read, bringing).await.unwrap();
    let details = ActivityDetails {
        title: TITLE.to_owned(),
        targets: vec![Target::new(2, "tin, bài")],
        lead_unit: at.stage.units.first().copied(),
        accountable: Some(who),
        when: When {
            from: Some(date(2023, 1, 2)),
            to: Some(due),
            ..When::default()
        },
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

    /// The officer brings in a second plan, a draft; the address of its page.
    pub async fn draft(&self, officer: &mut Browser) -> String {
        let file = ("file", "ke-hoach.txt", PLAN.as_bytes());
        let answer = officer.upload("/desk/plans/import", &[], file).await;
        let address = answer.location();
        address.split('?').next().unwrap_or_default().to_owned()
    }

    /// A browser of somebody from the street.
    pub fn stranger(&self) -> Browser {
        self.browser.stranger()
    }

    /// The account of a person.
    pub fn account(&self, word: &str) -> AccountId {
        self.people
            .iter()
            .find(|(found, _)| *found == word)
            .unwrap()
            .1
    }

    /// It is eight o'clock in the morning of this day.
    pub fn morning_of(&self, day: Date) {
        let at = base::calendar::at_local(day.at(8, 0, 0, 0));
        self.editorial.clock.set(at);
    }

    /// The job of the morning: letters are written, and those that are due leave.
    pub async fn morning(&self, day: Date) -> usize {
        self.morning_of(day);
        let n = owed::remind(&self.editorial).await.unwrap();
        self.send().await;
        n
    }

    /// What is written leaves.
    pub async fn send(&self) {
        let composer = Composer(self.editorial.clone());
        outbox::deliver(&self.editorial, &composer).await.unwrap();
    }

    /// The letters that this person got, in order: their texts.
    pub async fn letters(&self, word: &str) -> Vec<String> {
        let sql =
            "SELECT id FROM outbox WHERE account_id = ? AND state = 'sent' ORDER BY changed_at, id";
        let mut read = self.editorial.db.read().await.unwrap();
        let rows = read
            .rows(sql, &db::values![self.account(word)])
            .await
            .unwrap();
        rows.iter()
            .map(|row| {
                let id = row.text("id").unwrap();
                let path = self.at.stage.dir().join("mail").join(format!("{id}.eml"));
                text_of(&std::fs::read(path).unwrap())
            })
            .collect()
    }

    /// Somebody does one thing for the promise.
    pub async fn does_one(&self, day: Date) {
        let house = &self.at.stage.house;
        let item = Item {
            id: house.ids.next::<ItemId>(&house.clock),
            agency: self.at.stage.agency,
            kind: ItemKind::External,
            form: ItemForm::Piece,
            title: "Một tin đã đăng".to_owned(),
            unit: None,
            author: String::new(),
            done_on: Some(day),
        };
        let now = house.clock.now_ms();
        let mut act = house.db.act().await.unwrap();
        item_store::add(&mut act, &item, now).await.unwrap();
        let who = self.account("ha");
        item_store::save_activities(&mut act, &item, &[self.activity], who, now)
            .await
            .unwrap();
        act.commit().await.unwrap();
    }

    /// Another person, of a unit by its place, answers for the promise from now on.
    pub async fn hand_over(&self, word: &str, unit: usize) {
        let mut act = self.editorial.db.act().await.unwrap();
        let unit = self.at.stage.units[unit];
        let new = values![self.account(word), unit, self.activity];
        act.run(
            "UPDATE activity SET accountable_id = ?, lead_unit_id = ? WHERE id = ?",
            &new,
        )
        .await
        .unwrap();
        act.commit().await.unwrap();
    }

    /// How many rows a statement counts.
    pub async fn count(&self, sql: &'static str, values: &[Value]) -> i64 {
        let mut read = self.editorial.db.read().await.unwrap();
        read.count(sql, values).await.unwrap()
    }
}
