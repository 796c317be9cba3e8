//! The office in which the stories play, and what its people do there.
#![expect(clippy::unwrap_used, reason = "a story that cannot be told fails")]

use base::Role;
use base::id::{ActivityId, ItemId};
use db::Backend;
use editorial::items::item::{Item, ItemForm, ItemKind};
use editorial::items::item_store;
use editorial::testing::EditorialStage;
use house::people::account_store;
use house::testing::{Answer, Browser};
use http::StatusCode;
use jiff::civil::Date;

/// A plan with two tasks and three activities in its annex; it gives no number.
pub const PLAN: &str = "<html><body>
<p>SỞ TƯ PHÁP</p>
<p>KẾ HOẠCH</p>
<p>Truyền thông công tác cải cách hành chính năm 2023</p>
<p>Thực hiện Quyết định số 77/QĐ-STP ngày 20 tháng 12 năm 2022 của Sở Tư pháp ban hành Kế hoạch
cải cách hành chính năm 2023; Sở Tư pháp ban hành Kế hoạch truyền thông như sau:</p>
<p>I. MỤC ĐÍCH, YÊU CẦU</p>
<p>1. Để người dân biết và sử dụng dịch vụ công trực tuyến.</p>
<p>II. NHIỆM VỤ</p>
<p>1. Viết và đăng tin, bài về cải cách hành chính.</p>
<p>2. Tổ chức hội nghị quán triệt kế hoạch.</p>
<p>PHỤ LỤC</p>
<table>
<tr><th>STT</th><th>Nội dung</th><th>Sản phẩm</th><th>Đơn vị chủ trì</th><th>Đơn vị phối hợp</th><th>Thời gian</th></tr>
<tr><td>1</td><td>Đăng tin trên trang thông tin điện tử của Sở</td><td>04 tin, bài</td><td>Văn phòng Sở</td><td>Thanh tra Sở</td><td>Quý I/2023</td></tr>
<tr><td>2</td><td>Hội nghị quán triệt kế hoạch tới công chức</td><td>01 hội nghị</td><td>Phòng Phổ biến, giáo dục pháp luật</td><td></td><td>Trước 28/02/2023</td></tr>
<tr><td>3</td><td>Phát tờ gấp tại bộ phận một cửa</td><td></td><td>Phòng Một cửa liên thông</td><td></td><td>Quý II/2023</td></tr>
</table>
</body></html>";

pub async fn stage(backend: Backend) -> (EditorialStage, Browser) {
    let at = EditorialStage::open(backend).await;
    at.stage
        .person("minh", "Trần Thị Minh", &[Role::Officer], 0)
        .await;
    at.stage.person("ha", "Võ Hà", &[Role::Writer], 0).await;
    at.stage.person("tu", "Lê Anh Tú", &[Role::Head], 1).await;
    let browser = at
        .stage
        .browser(editorial::plan::routes(), at.editorial.clone());
    (at, browser)
}

/// Brings the plan in; the address of its page.
pub async fn import(officer: &mut Browser) -> String {
    let file = ("file", "ke-hoach.html", PLAN.as_bytes());
    let answer = officer.upload("/desk/plans/import", &[], file).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer
        .location()
        .split('?')
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// The addresses of the activities that a page shows, in order, each once.
pub fn activities(page: &Answer, plan: &str) -> Vec<String> {
    let text = page.text();
    let mark = format!("href=\"{plan}/activities/");
    let mut found: Vec<String> = Vec::new();
    for part in text.split(&mark).skip(1) {
        let id = part.split(['"', '/', '?']).next().unwrap_or_default();
        let address = format!("{plan}/activities/{id}");
        if id.len() == 36 && !found.contains(&address) {
            found.push(address);
        }
    }
    found
}

/// The activity whose page has this title.
pub async fn activity_of(browser: &mut Browser, plan: &str, title: &str) -> String {
    let page = browser.get(plan).await;
    for address in activities(&page, plan) {
        if browser.get(&address).await.shows(title) {
            return address;
        }
    }
    panic!("no activity {title}: {}", page.text());
}

/// The value that a field of a form has.
pub fn value(page: &Answer, name: &str) -> String {
    let text = page.text();
    let field = text.split(&format!("name=\"{name}\" value=\"")).nth(1);
    field
        .and_then(|rest| rest.split('"').next())
        .unwrap_or_default()
        .to_owned()
}

pub fn id<T: std::str::FromStr>(address: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    address.rsplit('/').next().unwrap().parse().unwrap()
}

pub async fn add_item(at: &EditorialStage, activity: &str, title: &str, done_on: Option<Date>) {
    let house = &at.stage.house;
    let item = Item {
        id: house.ids.next::<ItemId>(&house.clock),
        agency: at.stage.agency,
        kind: ItemKind::External,
        // A conference that was held is an event; everything else is a piece that was written.
        form: if title.starts_with("Hội nghị") {
            ItemForm::Event
        } else {
            ItemForm::Piece
        },
        title: title.to_owned(),
        unit: None,
        author: "V.H".to_owned(),
        done_on,
    };
    let mut read = house.db.read().await.unwrap();
    let by = account_store::maybe_by_email(&mut read, "ha@loa.example")
        .await
        .unwrap()
        .unwrap()
        .0
        .id;
    drop(read);
    let mut act = house.db.act().await.unwrap();
    item_store::add(&mut act, &item, 0).await.unwrap();
    let activity: ActivityId = id(activity);
    item_store::save_activities(&mut act, &item, &[activity], by, 0)
        .await
        .unwrap();
    act.commit().await.unwrap();
}

pub const PLAN_FORM: [(&str, &str); 5] = [
    (
        "title",
        "Kế hoạch truyền thông cải cách hành chính năm 2023",
    ),
    ("number", "05/KH-STP"),
    ("issued_on", "03/02/2023"),
    ("issuer", "Sở Tư pháp"),
    ("year", "2023"),
];

/// Saves the head of a draft and leads the plan on: taken as issued (`running`), or closed too.
pub async fn save_plan(officer: &mut Browser, plan: &str, stage: &str) -> Answer {
    let version = value(&officer.get(&format!("{plan}/edit")).await, "version");
    let mut fields = PLAN_FORM.to_vec();
    fields.extend([("is_public", "1"), ("version", version.as_str())]);
    let saved = officer.post(&format!("{plan}/edit"), &fields).await;
    if stage == "draft" {
        return saved;
    }
    let signed = [
        ("number", "05/KH-STP"),
        ("day", "03/02/2023"),
        ("signer", "Nguyễn Quốc Bảo"),
    ];
    let issued = officer.post(&format!("{plan}/issue"), &signed).await;
    assert_eq!(issued.status, StatusCode::SEE_OTHER, "{}", issued.text());
    if stage == "closed" {
        let lesson = [("lesson", "Ban hành sớm hơn")];
        return officer.post(&format!("{plan}/close"), &lesson).await;
    }
    issued
}
