//! The office in which the stories play: a plan that runs, people, things done for it.

use std::sync::Arc;

use base::id::{ActivityId, ArticleId, ItemId, PlanId, RowId};
use base::{Actor, Role};
use db::Backend;
use editorial::Editorial;
use editorial::channels::{self, Appearance, ChosenChannel, Proof, Registration};
use editorial::items::item::Channel;
use editorial::items::item_store;
use editorial::newsroom::article::{Genre, Text};
use editorial::newsroom::category_store::{self, Category};
use editorial::newsroom::{self, Draft, Way};
use editorial::plan::activity::{ActivityDetails, When};
use editorial::plan::target::Target;
use editorial::plan::{importing, starting};
use house::audit::{Doer, SigningKey, seal};
use house::people::account_store;
use house::testing::{Browser, Stage};
use jiff::civil::{Date, date};
use web::WordFile;

const PLAN: &str = "SỞ TƯ PHÁP\n\nKẾ HOẠCH\nTruyền thông công tác cải cách hành chính năm 2023\n\n\
I. MỤC ĐÍCH\n1. Người dân biết và dùng dịch vụ công trực tuyến.\n\n\
II. NHIỆM VỤ\n1. Viết và đăng tin, bài về cải cách hành chính.\n2. Tổ chức hội nghị quán triệt kế hoạch.\n";

pub struct Office {
    pub stage: Stage,
    pub editorial: Editorial,
    pub key: SigningKey,
    pub plan: PlanId,
    pub activities: Vec<ActivityId>,
    pub browser: Browser,
    category: RowId,
}

/// An office at 16:41 on 6 March 2023, with a plan of two activities: four news items by the end of
/// April, one conference before the end of February.
pub async fn office(backend: Backend) -> Office {
    let mut words: Vec<WordFile> = editorial::WORDS.to_vec();
    words.extend(measure::WORDS);
    let mut stage = Stage::open(backend, &words).await;
    stage.house.followers = &editorial::FOLLOWERS;
    for (word, name, role, unit) in [
        ("minh", "Trần Thị Minh", Role::Officer, 0),
        ("ha", "Võ Hà", Role::Writer, 1),
        ("duyet", "Phạm Văn Duy", Role::Approver, 0),
        ("binh", "Lê Bình", Role::Director, 0),
        ("noivu", "Đặng Thẩm", Role::Appraiser, 0),
    ] {
        stage.person(word, name, &[role], unit).await;
    }
    let search = Arc::new(search::Index::in_memory().unwrap());
    let editorial = Editorial {
        house: stage.house.clone(),
        search,
        views: Arc::default(),
    };
    let (plan, activities) = plan(&stage).await;
    let category = furnish(&stage).await;
    let mut routes = measure::routes();
    routes.extend(editorial::routes());
    let browser = stage.browser(routes, editorial.clone());
    let key = SigningKey::from_seed("loa.example", [7; 32]).unwrap();
    Office {
        stage,
        editorial,
        key,
        plan,
        activities,
        browser,
        category,
    }
}

async fn plan(stage: &Stage) -> (PlanId, Vec<ActivityId>) {
    let bytes = PLAN.as_bytes();
    let reading = importing::read_plan(bytes.to_vec(), "ke-hoach.txt".into(), "file", "vi");
    let read = reading.await.unwrap();
    let bringing = importing::Bringing {
        agency: stage.agency,
        doer: Doer::System,
        by: None,
        name: "ke-hoach.txt",
        bytes,
    };
    let plan = importing::store(&stage.house, &read, bringing)
        .await
        .unwrap();
    let promised = |title: &str, (target, unit): (i64, &str), to: Date| ActivityDetails {
        title: title.to_owned(),
        targets: vec![Target::new(target, unit)],
        lead_unit: stage.units.first().copied(),
        when: When {
            from: Some(date(2023, 1, 1)),
            to: Some(to),
            ..When::default()
        },
        ..ActivityDetails::default()
    };
    let wanted = vec![
        (
            "1".to_owned(),
            promised("Đăng tin trên cổng", (4, "tin, bài"), date(2023, 4, 30)),
        ),
        (
            "2".to_owned(),
            promised("Hội nghị quán triệt", (1, "sản phẩm"), date(2023, 2, 28)),
        ),
    ];
    let place = (stage.agency, plan);
    let ids = starting::start(&stage.house, place, Doer::System, wanted)
        .await
        .unwrap();
    (plan, ids)
}

async fn furnish(stage: &Stage) -> RowId {
    let house = &stage.house;
    let mut act = house.db.act().await.unwrap();
    let category = Category {
        id: house.ids.next::<RowId>(&house.clock),
        slug: "tin-moi".to_owned(),
        name_vi: "Tin mới".to_owned(),
        name_en: "News".to_owned(),
    };
    category_store::add(&mut act, stage.agency, &category)
        .await
        .unwrap();
    let portal = Channel {
        id: house.ids.next(&house.clock),
        kind: "website".to_owned(),
        name: "Cổng thông tin của Sở".to_owned(),
        url: "http://loa.example".to_owned(),
        is_own_portal: true,
    };
    item_store::add_channel(&mut act, stage.agency, &portal)
        .await
        .unwrap();
    act.commit().await.unwrap();
    category.id
}

impl Office {
    /// The person who signs in under this word.
    pub async fn actor(&self, word: &str) -> Actor {
        let mut read = self.editorial.db.read().await.unwrap();
        let email = format!("{word}@loa.example");
        let found = account_store::maybe_by_email(&mut read, &email).await;
        found.unwrap().unwrap().0.actor()
    }

    /// Makes leaves of everything that was done.
    pub async fn seal(&self) {
        seal(&self.editorial.db, &self.key).await.unwrap();
    }

    async fn submitted(&self, title: &str, activity: usize) -> ArticleId {
        let ha = self.actor("ha").await;
        let id = newsroom::begin(&self.editorial, &ha).await.unwrap();
        let draft = Draft {
            text: Text {
                title: title.to_owned(),
                lead: "Một câu dẫn đề đủ ý cho bản tin thử.".to_owned(),
                author: "V.H".to_owned(),
                body: prose::markup::parse("Nội dung của tin."),
                image: None,
            },
            genre: Genre::News,
            category: Some(self.category),
            activities: vec![self.activities[activity]],
            change_note: String::new(),
            version: 1,
            problems: Vec::new(),
        };
        newsroom::save_and_submit(&self.editorial, &ha, id, &draft)
            .await
            .unwrap();
        id
    }

    /// An article that one person wrote and another released today.
    pub async fn published(&self, title: &str, activity: usize) -> ArticleId {
        let id = self.submitted(title, activity).await;
        let agency = self.stage.agency;
        let seen = newsroom::hash_of_newest(&self.editorial, agency, id)
            .await
            .unwrap();
        let way = Way::Released { seen: &seen };
        let duyet = self.actor("duyet").await;
        newsroom::publish(&self.editorial, &duyet, id, way)
            .await
            .unwrap();
        id
    }

    /// An article that the director forced.
    pub async fn forced(&self, title: &str, reason: &str) -> ArticleId {
        let id = self.submitted(title, 0).await;
        let binh = self.actor("binh").await;
        newsroom::publish(&self.editorial, &binh, id, Way::Forced { reason })
            .await
            .unwrap();
        id
    }

    /// Something that appeared in a newspaper on a day, with a PDF.
    pub async fn registered(&self, title: &str, day: Date, activity: usize) -> ItemId {
        let registration = Registration {
            title: title.to_owned(),
            author: "Thu Hà".to_owned(),
            unit: self.stage.units.get(1).copied(),
            activities: vec![self.activities[activity]],
            appearance: appearance("Báo Bình Định", "newspaper", day, title),
        };
        let proof = Proof::of("bao.pdf", format!("%PDF-1.7 {title}").as_bytes()).unwrap();
        let minh = self.actor("minh").await;
        channels::register(&self.editorial, &minh, &registration, Some(&proof))
            .await
            .unwrap()
    }

    /// The same thing on another channel.
    pub async fn again(&self, item: ItemId, channel: &str, day: Date) {
        let minh = self.actor("minh").await;
        let appearance = appearance(channel, "social", day, &format!("{item}-{channel}"));
        let proof = Proof::of("anh.pdf", format!("%PDF-1.7 {item} {channel}").as_bytes()).unwrap();
        let (editorial, proof) = (&self.editorial, Some(&proof));
        channels::add_appearance(editorial, &minh, item, &appearance, proof)
            .await
            .unwrap();
    }
}

fn appearance(channel: &str, kind: &str, day: Date, path: &str) -> Appearance {
    Appearance {
        channel: ChosenChannel::New {
            kind: kind.to_owned(),
            name: channel.to_owned(),
        },
        published_on: day,
        link: format!("https://{kind}.example/{}", base::text::slug(path)),
        is_repeat_meant: false,
    }
}
