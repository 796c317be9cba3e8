//! The agency, its units and its people.

use std::collections::HashMap;

use base::id::{AccountId, AgencyId, UnitId};
use base::{Actor, Error, Refusal, Role, Roles};
use editorial::items::item::Channel;
use editorial::items::item_store;
use editorial::newsroom::category_store::{self, Category};
use house::people::account::{Details, initials};
use house::people::account_store::NewPassword;
use house::people::agency::AgencyNames;

use super::content::Content;
use crate::Office;
use crate::commands::init;

/// A person of the demonstration.
pub struct Person {
    word: &'static str,
    /// The name.
    pub name: &'static str,
    title: &'static str,
    unit: &'static str,
    /// What they may be; the first is what they stand for in the list.
    pub roles: &'static [Role],
}

impl Person {
    /// The address to sign in with.
    pub fn email(&self) -> String {
        format!("{}@stp.example.gov.vn", self.word)
    }

    /// The password, which everybody may know.
    pub fn password(&self) -> String {
        format!("xem-thu-loa-{}-2023", self.word)
    }
}

/// The office's unit.
const OFFICE: &str = "Văn phòng Sở";
const EDUCATION: &str = "Phòng Phổ biến, giáo dục pháp luật";
const ADMINISTRATION: &str = "Phòng Hành chính và Bổ trợ tư pháp";
const DRAFTING: &str = "Phòng Xây dựng và Kiểm tra văn bản";
const INSPECTION: &str = "Thanh tra Sở";
const LEGAL_AID: &str = "Trung tâm Trợ giúp pháp lý nhà nước";

const UNITS: [&str; 6] = [
    OFFICE,
    EDUCATION,
    ADMINISTRATION,
    DRAFTING,
    INSPECTION,
    LEGAL_AID,
];

macro_rules! person {
    ($word:literal, $name:literal, $title:literal, $unit:expr, $($role:ident)+) => {
        Person {
            word: $word,
            name: $name,
            title: $title,
            unit: $unit,
            roles: &[$(Role::$role),+],
        }
    };
}

/// Everybody. Names are invented.
pub const ACCOUNTS: [Person; 18] = [
    person!("vo.ha", "Võ Hà", "Chuyên viên", OFFICE, Writer),
    person!("bien.tap", "Trần Thị Minh", "Ban Biên tập", EDUCATION, Editor Writer),
    person!("duyet", "Phan Văn Lộc", "Phó Giám đốc", OFFICE, Approver),
    person!("dau.moi", "Lê Thu An", "Đầu mối cải cách hành chính", OFFICE, Officer Writer),
    person!(
        "chanh.vp",
        "Đinh Công Thành",
        "Chánh Văn phòng Sở",
        OFFICE,
        Head
    ),
    person!("giam.doc", "Nguyễn Quốc Bảo", "Giám đốc", OFFICE, Director),
    person!("tham.dinh", "Hồ Sỹ Nguyên", "Sở Nội vụ", "", Appraiser),
    person!(
        "quan.tri",
        "Bùi Khắc Huy",
        "Quản trị hệ thống",
        OFFICE,
        Administrator
    ),
    person!("van.thu", "Ngô Thị Duyên", "Văn thư", OFFICE, Clerk),
    person!("hoang.my", "Hoàng My", "Chuyên viên", EDUCATION, Writer),
    person!(
        "pham.tuyet",
        "Phạm Tuyết",
        "Chuyên viên",
        ADMINISTRATION,
        Writer
    ),
    person!("trinh.lan", "Trịnh Lan", "Chuyên viên", DRAFTING, Writer),
    person!(
        "nguyen.quy",
        "Nguyễn Quý",
        "Thanh tra viên",
        INSPECTION,
        Writer
    ),
    person!(
        "dang.khoi",
        "Đặng Khôi",
        "Trợ giúp viên pháp lý",
        LEGAL_AID,
        Writer
    ),
    person!(
        "tp.pbgdpl",
        "Mai Xuân Hòa",
        "Trưởng phòng Phổ biến, giáo dục pháp luật",
        EDUCATION,
        Head
    ),
    person!(
        "tp.hcbttp",
        "Tô Thị Yến",
        "Trưởng phòng Hành chính và Bổ trợ tư pháp",
        ADMINISTRATION,
        Head
    ),
    person!(
        "chanh.tt",
        "Cao Văn Nghĩa",
        "Chánh Thanh tra Sở",
        INSPECTION,
        Head
    ),
    person!(
        "gd.tgpl",
        "Lương Thị Ánh",
        "Giám đốc Trung tâm Trợ giúp pháp lý nhà nước",
        LEGAL_AID,
        Head
    ),
];

/// The office once everybody is there.
pub struct Staff {
    /// The agency.
    pub agency: AgencyId,
    /// Its units by name.
    pub units: HashMap<&'static str, UnitId>,
    people: Vec<Actor>,
    titles: HashMap<&'static str, AccountId>,
    /// The units' names by who writes for them.
    writers: HashMap<&'static str, usize>,
}

impl Staff {
    /// Somebody with a role.
    ///
    /// # Refusals
    /// Nobody has it.
    pub fn with(&self, role: Role) -> Result<&Actor, Error> {
        Ok(self
            .people
            .iter()
            .find(|actor| actor.is(role))
            .ok_or(Refusal::NotFound)?)
    }

    /// Somebody by job title.
    ///
    /// # Refusals
    /// Nobody bears it.
    pub fn by_title(&self, title: &str) -> Result<&Actor, Error> {
        let id = self.titled(title);
        let found = self.people.iter().find(|actor| Some(actor.account) == id);
        Ok(found.ok_or(Refusal::NotFound)?)
    }

    /// Who writes for a unit.
    ///
    /// # Refusals
    /// Nobody does.
    pub fn writer_of(&self, unit: &str) -> Result<&Actor, Error> {
        let found = self
            .writers
            .get(unit)
            .and_then(|index| self.people.get(*index));
        Ok(found.ok_or(Refusal::NotFound)?)
    }

    /// The account of a job title.
    pub fn titled(&self, title: &str) -> Option<AccountId> {
        self.titles.get(title).copied()
    }

    /// The unit of a name.
    pub fn unit(&self, name: &str) -> Option<UnitId> {
        self.units.get(name).copied()
    }
}

/// The names of the agency.
fn names() -> AgencyNames {
    AgencyNames {
        name: "Sở Tư pháp tỉnh Bình Định".to_owned(),
        short_name: "Sở Tư pháp".to_owned(),
        symbol: "STP".to_owned(),
        superior: "Ủy ban nhân dân tỉnh Bình Định".to_owned(),
        place: "Bình Định".to_owned(),
        address: "01 đường Mẫu, thành phố Quy Nhơn".to_owned(),
        responsible: "Ông Phan Văn Lộc, Phó Giám đốc".to_owned(),
        phone: "0256 000 0000".to_owned(),
        email: "stp@example.gov.vn".to_owned(),
    }
}

/// Founds the agency and lets everybody in.
///
/// # Faults
/// The database refuses.
pub async fn hire(office: &Office, content: &Content) -> Result<Staff, Error> {
    let editorial = &office.editorial;
    let mut hashes = Vec::new();
    for person in &ACCOUNTS {
        hashes.push(editorial.passwords.hash(&person.password()).await?);
    }
    let mut act = editorial.db.act().await?;
    let agency = init::found_agency(editorial, &mut act, &names()).await?;
    let mut units = HashMap::new();
    for name in UNITS {
        units.insert(
            name,
            init::add_unit(editorial, &mut act, agency, name).await?,
        );
    }
    let mut staff = Staff {
        agency,
        units,
        people: Vec::new(),
        titles: HashMap::new(),
        writers: HashMap::new(),
    };
    for (person, hash) in ACCOUNTS.iter().zip(&hashes) {
        let details = Details {
            email: person.email(),
            name: person.name.to_owned(),
            pen_name: initials(person.name),
            job_title: person.title.to_owned(),
            unit: staff.unit(person.unit),
            roles: Roles::of(person.roles),
        };
        let password = NewPassword {
            hash,
            must_change: false,
        };
        let id = init::add_account(editorial, &mut act, agency, &details, password).await?;
        if person.roles[0] == Role::Writer {
            staff.writers.insert(person.unit, staff.people.len());
        }
        staff.titles.insert(person.title, id);
        staff.people.push(Actor {
            account: id,
            agency,
            unit: details.unit,
            name: details.name,
            roles: details.roles,
        });
    }
    for category in &content.categories {
        let category = Category {
            id: editorial.ids.next(&editorial.clock),
            slug: category.slug.clone(),
            name_vi: category.vi.clone(),
            name_en: category.en.clone(),
        };
        category_store::add(&mut act, agency, &category).await?;
    }
    add_channels(office, &mut act, agency).await?;
    act.commit().await?;
    Ok(staff)
}

/// The channels that the plan names, beside the own portal.
async fn add_channels(office: &Office, act: &mut db::Act, agency: AgencyId) -> Result<(), Error> {
    for (kind, name, url) in [
        ("bulletin", "Bản tin tư pháp", ""),
        ("newspaper", "Báo Bình Định", "https://bao.example"),
        (
            "website",
            "Cổng thông tin điện tử của tỉnh",
            "https://tinh.example",
        ),
        ("social", "Trang Fanpage của Sở", "https://mang.example/stp"),
        ("loudspeaker", "Truyền thanh cơ sở", ""),
        ("legal_education", "Tuyên truyền, phổ biến pháp luật", ""),
        ("legal_aid", "Trợ giúp pháp lý lưu động", ""),
        ("conference", "Hội nghị của Sở", ""),
        ("workshop", "Hội thảo của Sở", ""),
        (
            "broadcast",
            "Đài Phát thanh và Truyền hình tỉnh",
            "https://dai.example",
        ),
    ] {
        let channel = Channel {
            id: office.editorial.ids.next(&office.editorial.clock),
            kind: kind.to_owned(),
            name: name.to_owned(),
            url: url.to_owned(),
            is_own_portal: false,
        };
        item_store::add_channel(act, agency, &channel).await?;
    }
    Ok(())
}
