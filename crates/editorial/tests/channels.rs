//! Stories of what was published elsewhere, told on both databases.
#![expect(clippy::unwrap_used, reason = "a story that cannot be told fails")]

use base::Role;
use base::id::{ActivityId, ItemId, PlanId, RowId};
use db::Backend;
use db::testing::BOTH;
use editorial::items::item_store;
use editorial::newsroom::article::{Genre, Text};
use editorial::newsroom::category_store::{self, Category};
use editorial::newsroom::{self, Draft, Way};
use editorial::plan::activity::ActivityDetails;
use editorial::plan::target::Target;
use editorial::plan::{self, importing, starting};
use editorial::testing::EditorialStage;
use house::audit::{Doer, SigningKey, seal};
use house::evidence::evidence_store;
use house::people::account_store;
use house::testing::{Answer, Browser};
use http::StatusCode;
use jiff::civil::date;

const PLAN: &str = "SỞ TƯ PHÁP\n\nKẾ HOẠCH\nTruyền thông công tác cải cách hành chính năm 2023\n\n\
I. MỤC ĐÍCH\n1. Người dân biết và dùng dịch vụ công trực tuyến.\n\n\
II. NHIỆM VỤ\n1. Viết và đăng tin, bài về cải cách hành chính.\n2. Tổ chức hội nghị quán triệt kế hoạch.\n";
const PDF: &[u8] = b"%PDF-1.7 a page of a newspaper";
const LINK: &str = "https://bao.example/tin/mot-cua-1";

struct Office {
    at: EditorialStage,
    plan: PlanId,
    activities: Vec<ActivityId>,
    browser: Browser,
}

async fn office(backend: Backend) -> Office {
    let at = EditorialStage::open(backend).await;
    for (word, name, role) in [
        ("minh", "Trần Thị Minh", Role::Officer),
        ("ha", "Võ Hà", Role::Writer),
        ("duyet", "Phạm Văn Duy", Role::Approver),
        ("binh", "Lê Bình", Role::Director),
    ] {
        at.stage.person(word, name, &[role], 0).await;
    }
    let bytes = PLAN.as_bytes();
    let read = importing::read_plan(bytes.to_vec(), "ke-hoach.txt".into(), "file", "vi");
    let read = read.await.unwrap();
    let (house, agency) = (&at.stage.house, at.stage.agency);
    let bringing = importing::Bringing {
        agency,
        doer: Doer::System,
        by: None,
        name: "ke-hoach.txt",
        bytes,
    };
    let plan = importing::store(house, &read, bringing).await.unwrap();
    let promised = |title: &str, target| ActivityDetails {
        title: title.to_owned(),
        targets: vec![Target::new(target, "tin, bài")],
        ..ActivityDetails::default()
    };
    let wanted = vec![
        ("1".to_owned(), promised("Đăng tin trên báo", 4)),
        ("2".to_owned(), promised("Hội nghị quán triệt", 1)),
    ];
    let activities = starting::start(house, (agency, plan), Doer::System, wanted)
        .await
        .unwrap();
    let browser = at.browser();
    Office {
        at,
        plan,
        activities,
        browser,
    }
}

impl Office {
    /// The form as a person fills it, with these fields instead of or beside the usual ones.
    async fn register(
        &self,
        who: &mut Browser,
        other: &[(&str, &str)],
        file: (&str, &[u8]),
    ) -> Answer {
        let activity = self.activities[0].to_string();
        let usual = [
            ("title", "Một cửa làm việc sáng thứ bảy"),
            ("channel", "new"),
            ("channel_name", "Báo Bình Định"),
            ("channel_kind", "newspaper"),
            ("published_on", "02/03/2023"),
            ("link", LINK),
            ("author", "Thu Hà"),
            ("activities", activity.as_str()),
        ];
        let is_given = |name: &str| other.iter().any(|(given, _)| *given == name);
        let mut fields: Vec<(&str, &str)> = usual
            .into_iter()
            .filter(|(name, _)| !is_given(name))
            .collect();
        fields.extend_from_slice(other);
        who.upload("/desk/items/new", &fields, ("file", file.0, file.1))
            .await
    }

    /// How many items the first activity has done, by today.
    async fn done(&self) -> i64 {
        let mut read = self.at.stage.house.db.read().await.unwrap();
        let days = (date(2022, 12, 15), date(2023, 12, 14));
        let today = self.at.stage.house.today();
        let agency = self.at.stage.agency;
        let result = plan::result(&mut read, agency, self.plan, days, today)
            .await
            .unwrap();
        result.tasks[0].activities[0].progress.done
    }
}

/// The address that an answer leads to, without its query.
fn led(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer
        .location()
        .split('?')
        .next()
        .unwrap_or_default()
        .to_owned()
}

fn id_of(address: &str) -> ItemId {
    address.rsplit('/').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn what_appeared_elsewhere_is_registered_counted_and_provable() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut ha = office.browser.of("ha").await;
        let answer = office.register(&mut ha, &[], ("bao.pdf", PDF)).await;
        let address = led(&answer);
        assert_eq!(office.done().await, 1);
        let page = ha.get(answer.location()).await;
        for words in [
            "Đã đăng ký sản phẩm",
            "Một cửa làm việc sáng thứ bảy",
            "Báo Bình Định",
            "02/03/2023",
            "bao.pdf",
            "Đăng tin trên báo",
            "Chờ niêm phong",
        ] {
            assert!(page.shows(words), "{words} is not shown: {}", page.text());
        }
        let mut read = office.at.stage.house.db.read().await.unwrap();
        let kept = evidence_store::list_of_item(&mut read, id_of(&address))
            .await
            .unwrap();
        drop(read);
        assert_eq!(kept.len(), 1);
        let file = &kept[0].capture.files[0];
        assert!(page.shows(&file.sha256), "the hash is not shown");
        assert_eq!(kept[0].capture.url, LINK);
        let download = ha.get(&format!("/desk/files/{}", file.sha256)).await;
        assert_eq!(download.bytes, PDF);
        let key = SigningKey::from_seed("loa.example", [7; 32]).unwrap();
        seal(&office.at.stage.house.db, &key).await.unwrap();
        let sealed = ha.get(&address).await;
        assert!(!sealed.shows("Chờ niêm phong"), "{}", sealed.text());
        let list = ha.get("/desk/items?kind=external").await;
        assert!(list.shows("Một cửa làm việc sáng thứ bảy") && list.shows(&address));
    }
}

#[tokio::test]
async fn every_mistake_is_answered_at_once_and_the_file_is_not_lost() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut ha = office.browser.of("ha").await;
        let wrong = [
            ("title", " "),
            ("channel_name", ""),
            ("published_on", "07/03/2023"),
            ("link", "bao chí"),
        ];
        let answer = office.register(&mut ha, &wrong, ("bao.pdf", PDF)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for field in ["title", "channel_name", "published_on", "link"] {
            assert!(
                answer.shows(&format!("id=\"{field}-error\"")),
                "{field} has no message"
            );
        }
        assert!(!answer.shows("id=\"file-error\""), "the file was right");
        assert!(answer.shows("value=\"bao chí\"") && answer.shows("value=\"Thu Hà\""));
        assert!(answer.shows("Đã nhận tệp “bao.pdf”"), "{}", answer.text());
        let text = answer.text();
        let sha256 = text.split("name=\"file_sha256\" value=\"").nth(1).unwrap();
        let sha256 = sha256.split('"').next().unwrap();
        let kept = [("file_sha256", sha256), ("file_name", "bao.pdf")];
        let answer = office.register(&mut ha, &kept, ("", b"")).await;
        let address = led(&answer);
        assert!(
            ha.get(&address).await.shows(sha256),
            "the kept file is no evidence"
        );
        assert_eq!(office.done().await, 1);
    }
}

#[tokio::test]
async fn a_link_alone_is_asked_for_a_file_and_nothing_at_all_is_refused() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut ha = office.browser.of("ha").await;
        let answer = office.register(&mut ha, &[], ("", b"")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            answer.shows("Liên kết rồi sẽ chết: hãy kèm"),
            "{}",
            answer.text()
        );
        let nothing = [("link", ""), ("without_file", "1")];
        let answer = office.register(&mut ha, &nothing, ("", b"")).await;
        assert!(answer.shows("Cần liên kết hoặc tệp"), "{}", answer.text());
        let answer = office
            .register(&mut ha, &[("without_file", "1")], ("", b""))
            .await;
        let page = ha.get(&led(&answer)).await;
        assert!(
            page.shows("Đăng nơi khác"),
            "the link is kept in the log at least"
        );
    }
}

#[tokio::test]
async fn the_same_link_or_the_same_bytes_again_are_asked_about() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut ha = office.browser.of("ha").await;
        led(&office.register(&mut ha, &[], ("bao.pdf", PDF)).await);
        let again = [("link", "http://www.bao.example/tin/mot-cua-1/")];
        let answer = office.register(&mut ha, &again, ("khac.pdf", PDF)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for field in ["link", "file"] {
            assert!(
                answer.shows(&format!("id=\"{field}-error\"")),
                "{field}: {}",
                answer.text()
            );
        }
        assert!(
            answer.shows("name=\"anyway\""),
            "there is no way to mean it"
        );
        assert_eq!(office.done().await, 1);
        let meant = [again[0], ("anyway", "1")];
        led(&office.register(&mut ha, &meant, ("khac.pdf", PDF)).await);
        assert_eq!(office.done().await, 2);
    }
}

#[tokio::test]
async fn one_thing_on_three_channels_counts_once() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut ha = office.browser.of("ha").await;
        let address = led(&office.register(&mut ha, &[], ("bao.pdf", PDF)).await);
        for (channel, kind, day) in [
            ("Trang mạng xã hội", "social", "01/03/2023"),
            ("Bản tin tư pháp", "bulletin", "05/03/2023"),
        ] {
            let fields = [
                ("channel", "new"),
                ("channel_name", channel),
                ("channel_kind", kind),
                ("published_on", day),
            ];
            let file = ("file", "anh.pdf", format!("%PDF-1.7 {channel}"));
            let file = (file.0, file.1, file.2.as_bytes());
            let answer = ha
                .upload(&format!("{address}/publications"), &fields, file)
                .await;
            assert_eq!(led(&answer), address);
        }
        assert_eq!(office.done().await, 1);
        let mut read = office.at.stage.house.db.read().await.unwrap();
        let item = id_of(&address);
        let publications = item_store::publications(&mut read, item).await.unwrap();
        assert_eq!(publications.len(), 3);
        let found = item_store::find(&mut read, office.at.stage.agency, item)
            .await
            .unwrap();
        assert_eq!(
            found.done_on,
            Some(date(2023, 3, 1)),
            "it counts from its first day"
        );
        drop(read);
        let bad = ha
            .upload(&format!("{address}/publications"), &[], ("file", "", b""))
            .await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(bad.shows("id=\"channel-error\"") && bad.shows("id=\"published_on-error\""));
    }
}

#[tokio::test]
async fn a_picture_is_kept_without_what_the_camera_wrote_and_a_web_page_is_no_proof() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut ha = office.browser.of("ha").await;
        let answer = office.register(&mut ha, &[], ("anh.png", &picture())).await;
        let page = ha.get(&led(&answer)).await.text();
        let sha256 = page
            .split("/desk/files/")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        let kept = ha.get(&format!("/desk/files/{sha256}")).await.bytes;
        assert!(kept.starts_with(b"\x89PNG"));
        assert!(
            !kept.windows(4).any(|part| part == b"tEXt"),
            "metadata is still there"
        );
        let page = ("trang.html", "<html>trang</html>".as_bytes());
        let answer = office
            .register(&mut ha, &[("link", "https://x.example/2")], page)
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.shows("Chọn tệp PDF, ảnh"), "{}", answer.text());
        assert!(
            !answer.shows("Cần liên kết hoặc tệp"),
            "there was a file, only a wrong one"
        );
    }
}

/// A small PNG with a text chunk.
fn picture() -> Vec<u8> {
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x02\0\0\0\x02\x08\x02\0\0\0\xfd\xd4\x9as\
        \0\0\0\x10tEXtGPS\x0013.77,109.22\x94\xa5\x07\x10\
        \0\0\0\x16IDATx\x9cc\xe0\x12\x91;\xb1e\x01C\x45\x94\x0d\x03\xc3\x7f\0\x1co\x04f\xda`\xb7\xb2\
        \0\0\0\0IEND\xaeB`\x82";
    PNG.to_vec()
}

#[tokio::test]
async fn who_only_reads_registers_nothing() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut binh = office.browser.of("binh").await;
        assert_eq!(binh.get("/desk/items").await.status, StatusCode::OK);
        assert!(!binh.get("/desk/items").await.shows("/desk/items/new"));
        assert_eq!(
            binh.get("/desk/items/new").await.status,
            StatusCode::FORBIDDEN
        );
        let answer = office.register(&mut binh, &[], ("bao.pdf", PDF)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert_eq!(office.done().await, 0);
    }
}

#[tokio::test]
async fn a_published_article_is_an_item_with_its_page_as_evidence() {
    for backend in BOTH {
        let office = office(backend).await;
        let article = publish(&office).await;
        let mut minh = office.browser.of("minh").await;
        let page = minh.get(&format!("/desk/items/{article}")).await;
        for words in [
            "Tin của cổng",
            "page.html",
            "Bản chụp trang của cổng",
            "/desk/newsroom/articles/",
            "06/03/2023",
        ] {
            assert!(page.shows(words), "{words} is not shown: {}", page.text());
        }
        assert_eq!(office.done().await, 1);
    }
}

async fn publish(office: &Office) -> base::id::ArticleId {
    let (editorial, agency) = (&office.at.editorial, office.at.stage.agency);
    let mut act = editorial.db.act().await.unwrap();
    let category = Category {
        id: editorial.ids.next::<RowId>(&editorial.clock),
        slug: "tin-moi".to_owned(),
        name_vi: "Tin mới".to_owned(),
        name_en: "News".to_owned(),
    };
    category_store::add(&mut act, agency, &category)
        .await
        .unwrap();
    let mut actors = Vec::new();
    for word in ["ha", "duyet"] {
        let found = account_store::maybe_by_email(&mut act, &format!("{word}@loa.example")).await;
        actors.push(found.unwrap().unwrap().0.actor());
    }
    act.commit().await.unwrap();
    let id = newsroom::begin(editorial, &actors[0]).await.unwrap();
    let draft = Draft {
        text: Text {
            title: "Tin của cổng".to_owned(),
            lead: "Một câu dẫn đề đủ ý cho bản tin thử.".to_owned(),
            author: "V.H".to_owned(),
            body: prose::markup::parse("Nội dung của tin."),
            image: None,
        },
        genre: Genre::News,
        category: Some(category.id),
        activities: vec![office.activities[0]],
        change_note: String::new(),
        version: 1,
        problems: Vec::new(),
    };
    newsroom::save_and_submit(editorial, &actors[0], id, &draft)
        .await
        .unwrap();
    let seen = newsroom::hash_of_newest(editorial, agency, id)
        .await
        .unwrap();
    let way = Way::Released { seen: &seen };
    newsroom::publish(editorial, &actors[1], id, way)
        .await
        .unwrap();
    id
}
