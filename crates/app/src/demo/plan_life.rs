//! The life of the plan of 2023: the units' opinions, a return, the issue, an amendment in July.
//! Every step is taken by its person through the same function that the desk calls.

use base::calendar::at_local;
use base::id::{PlanId, UnitId};
use base::{Actor, Error, Refusal, Role};
use documents::paper::{Number, Paper, Part, Signer};
use editorial::plan::activity::{ActivityDetails, When};
use editorial::plan::life::taking::Taking;
use editorial::plan::life::{amending, amendment_store, issuing, opinions, signing};
use editorial::plan::starting;
use editorial::plan::target::Target;
use house::audit::Doer;
use jiff::civil::{Date, DateTime, date};
use web::{Form, Upload};

use super::people::Staff;
use crate::Office;

/// What the units answered: day, unit, who, what, remarks.
const ANSWERS: [(i8, &str, &str, &str, &str); 5] = [
    (15, "Văn phòng Sở", "Chánh Văn phòng Sở", "agree", ""),
    (
        16,
        "Phòng Phổ biến, giáo dục pháp luật",
        "Trưởng phòng Phổ biến, giáo dục pháp luật",
        "agree_with_remarks",
        "Đề nghị chia chỉ tiêu Bản tin tư pháp theo quý, mỗi quý một số, để kịp biên tập.",
    ),
    (
        16,
        "Phòng Hành chính và Bổ trợ tư pháp",
        "Trưởng phòng Hành chính và Bổ trợ tư pháp",
        "disagree",
        "Đề nghị giảm số bài hướng dẫn còn 6 bài vì phòng chỉ có một người viết.",
    ),
    (17, "Thanh tra Sở", "Chánh Thanh tra Sở", "agree", ""),
    (
        20,
        "Trung tâm Trợ giúp pháp lý nhà nước",
        "Giám đốc Trung tâm Trợ giúp pháp lý nhà nước",
        "agree",
        "",
    ),
];

const LEAFLETS: &str = "Tờ gấp hướng dẫn nộp hồ sơ, trả phí trực tuyến";
const SIGNER: &str = "Nguyễn Quốc Bảo, Giám đốc";

/// Who lives through it.
struct Told<'a> {
    office: &'a Office,
    staff: &'a Staff,
    plan: PlanId,
}

/// Leads the plan through its year.
///
/// # Faults
/// A step is refused, which the tests would show.
pub async fn live(office: &Office, staff: &Staff, plan: PlanId) -> Result<(), Error> {
    let told = Told {
        office,
        staff,
        plan,
    };
    told.ask().await?;
    told.sign().await?;
    told.amend().await
}

impl Told<'_> {
    fn at(&self, at: DateTime) {
        self.office.editorial.clock.set(at_local(at));
    }

    fn by<'a>(&'a self, actor: &'a Actor) -> Taking<'a> {
        Taking {
            house: &self.office.editorial.house,
            actor,
            plan: self.plan,
        }
    }

    fn unit(&self, name: &str) -> Result<UnitId, Error> {
        Ok(self.staff.unit(name).ok_or(Refusal::NotFound)?)
    }

    async fn ask(&self) -> Result<(), Error> {
        let officer = self.staff.with(Role::Officer)?;
        self.at(date(2023, 2, 14).at(8, 30, 0, 0));
        let form = filled(&[
            ("deadline", "21/02/2023"),
            (
                "note",
                "Đề nghị các đơn vị xem kỹ phần việc được giao chủ trì và thời hạn.",
            ),
        ]);
        opinions::ask(self.by(officer), &form).await?;
        for (day, unit, title, answer, text) in ANSWERS {
            self.at(date(2023, 2, day).at(10, 0, 0, 0));
            let head = self.staff.by_title(title)?;
            let form = filled(&[("answer", answer), ("text", text)]);
            opinions::answer(self.by(head), self.unit(unit)?, &form).await?;
        }
        self.at(date(2023, 2, 22).at(9, 0, 0, 0));
        opinions::end(self.by(officer)).await?;
        let taken = filled(&[("taken", "yes"), ("reply", "Đã ghi chỉ tiêu theo quý.")]);
        let unit = self.unit("Phòng Phổ biến, giáo dục pháp luật")?;
        opinions::resolve(self.by(officer), unit, &taken).await?;
        let refused = filled(&[
            ("taken", "no"),
            (
                "reply",
                "Giữ 10 bài vì đây là nội dung trọng tâm của tỉnh; Văn phòng Sở phối hợp viết 4 bài.",
            ),
        ]);
        let unit = self.unit("Phòng Hành chính và Bổ trợ tư pháp")?;
        opinions::resolve(self.by(officer), unit, &refused).await
    }

    async fn sign(&self) -> Result<(), Error> {
        let officer = self.staff.with(Role::Officer)?;
        let director = self.staff.with(Role::Director)?;
        self.at(date(2023, 2, 24).at(15, 0, 0, 0));
        signing::submit(self.by(officer)).await?;
        self.at(date(2023, 2, 27).at(8, 15, 0, 0));
        let why = "Ghi rõ người chịu trách nhiệm của từng hoạt động trước khi ký.";
        signing::give_back(self.by(director), &filled(&[("reason", why)])).await?;
        self.at(date(2023, 3, 1).at(14, 0, 0, 0));
        signing::submit(self.by(officer)).await?;
        self.at(date(2023, 3, 3).at(15, 0, 0, 0));
        let about = "Truyền thông công tác cải cách hành chính năm 2023";
        let form = signed("12/KH-STP", date(2023, 3, 3), about)?;
        issuing::issue(self.by(self.staff.with(Role::Clerk)?), &form).await?;
        self.show().await
    }

    /// The officer lets the public see the plan.
    async fn show(&self) -> Result<(), Error> {
        let house = &self.office.editorial.house;
        let doer = Doer::from(self.staff.with(Role::Officer)?);
        starting::show(house, (self.staff.agency, self.plan), doer).await
    }

    async fn amend(&self) -> Result<(), Error> {
        let house = &self.office.editorial.house;
        let officer = self.staff.with(Role::Officer)?;
        self.at(date(2023, 7, 10).at(9, 0, 0, 0));
        let why = "Bổ sung việc truyền thông chính sách theo Chỉ thị 07/CT-TTg ngày 21/03/2023; lùi thời \
                   hạn tờ gấp vì mức phí trực tuyến thay đổi trong tháng 6.";
        let copy = amending::open(self.by(officer), &filled(&[("reason", why)])).await?;
        let whose = (self.staff.agency, copy);
        let doer = || Doer::from(officer);
        starting::revise(house, whose, doer(), LEAFLETS, |details| {
            details.when.to = Some(date(2023, 9, 30));
        })
        .await?;
        let talk = ("2".to_owned(), self.talk());
        starting::promise(house, whose, doer(), vec![talk]).await?;
        self.at(date(2023, 7, 17).at(10, 0, 0, 0));
        let about = "Điều chỉnh Kế hoạch truyền thông công tác cải cách hành chính năm 2023";
        let form = signed("58/KH-STP", date(2023, 7, 17), about)?;
        let mut read = house.db.read().await?;
        let amendments = amendment_store::list(&mut read, self.plan).await?;
        drop(read);
        let amendment = amendments.last().ok_or(Refusal::NotFound)?.id;
        amending::decide(self.by(self.staff.with(Role::Clerk)?), amendment, &form).await
    }

    /// The activity that the amendment adds.
    fn talk(&self) -> ActivityDetails {
        ActivityDetails {
            title: "Tọa đàm về truyền thông chính sách với các cơ quan báo chí".to_owned(),
            form: "Tọa đàm".to_owned(),
            targets: vec![Target::new(1, "tọa đàm")],
            lead_unit: self.staff.unit("Văn phòng Sở"),
            accountable: self.staff.titled("Chánh Văn phòng Sở"),
            when: When {
                text: "Quý IV/2023".to_owned(),
                from: Some(date(2023, 10, 1)),
                to: Some(date(2023, 12, 14)),
                recurs: None,
            },
            ..ActivityDetails::default()
        }
    }
}

fn filled(values: &[(&str, &str)]) -> Form {
    Form::filled(
        values
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned())),
    )
}

/// The form of something signed, with its paper as the scan.
fn signed(number: &str, day: Date, about: &str) -> Result<Form, Error> {
    let mut form = filled(&[
        ("number", number),
        ("day", &base::calendar::date_short(day)),
        ("signer", SIGNER),
    ]);
    let mut paper = Paper::new("Kế hoạch", about, "Sở Tư pháp");
    paper.superior = Some("Ủy ban nhân dân tỉnh Bình Định".to_owned());
    paper.number = Number::read(number);
    paper.place = "Bình Định".to_owned();
    paper.issued_on = Some(day);
    paper.body = vec![Part::paragraph(
        "Bản ký dựng để xem thử; nội dung đầy đủ ở trang kế hoạch.",
    )];
    paper.signer = Some(Signer::new("Giám đốc", "Nguyễn Quốc Bảo"));
    let upload = Upload {
        name: format!("{}.pdf", base::text::slug(number)),
        bytes: documents::pdf::write(&paper)?.into(),
    };
    form.attach("scan", upload);
    Ok(form)
}
