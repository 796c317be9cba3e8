//! The yearly round of the demonstration: a set that was put in force late in the year it judges, and
//! a round by it, open for the office itself and being scored.

use base::{Error, Fault, Role};
use jiff::civil::{Date, DateTime, date};
use measure::criteria::arithmetic::Kept;
use measure::criteria::guide::Guide;
use measure::criteria::set::SetDetails;
use measure::criteria::set_json::SetFile;
use measure::criteria::{self, Bringer};
use measure::rounds::running::{self, Begun, Wanted};
use measure::rounds::{Class, Details, Phase, Stretch};
use rust_decimal::Decimal;

use super::people::Staff;
use crate::Office;

/// When the round was opened.
const OPENED: DateTime = date(2023, 12, 11).at(10, 0, 0, 0);

/// The year that is judged.
const YEAR: i16 = 2023;

/// What the round is called.
const TITLE: &str = "Chấm điểm truyền thông cải cách hành chính năm 2023";

/// Puts a set in force, opens the round of the year by it and begins the self-score.
///
/// # Faults
/// The database refuses.
pub async fn open(office: &Office, staff: &Staff) -> Result<(), Error> {
    let editorial = &office.editorial;
    editorial.clock.set(base::calendar::at_local(OPENED));
    let officer = staff.with(Role::Officer)?;
    let mut act = editorial.db.act().await?;
    let bringer = Bringer {
        agency: officer.agency,
        actor: Some(officer),
    };
    let set = criteria::store(&editorial.house, &mut act, bringer, (set()?, None)).await?;
    act.commit().await?;
    criteria::put_in_force(editorial, officer, set, "1").await?;
    let begun = Begun {
        set,
        year: YEAR,
        title: TITLE.to_owned(),
    };
    let round = running::begin(editorial, officer, &begun).await?;
    running::save(editorial, officer, round, &details()).await?;
    let wanted = Wanted {
        agencies: vec![staff.agency],
        ..Wanted::default()
    };
    running::add_bodies(editorial, officer, round, &wanted).await?;
    running::advance(editorial, officer, round, Phase::Opening).await?;
    Ok(())
}

/// The guide that comes with Loa, as if the office's province had decided on it: its two defects stay
/// and say why.
fn set() -> Result<SetFile, Error> {
    let guide = Guide::named("xuan-loc-2022");
    let mut file = guide
        .ok_or_else(|| Fault::new("the demonstration has no guide"))?
        .read()?;
    file.details = SetDetails {
        title: "Bộ tiêu chí truyền thông cải cách hành chính năm 2023 (xem thử)".to_owned(),
        number: "2023/QĐ-XT".to_owned(),
        issued_on: Some(date(2023, 10, 31)),
        issuer: "UBND tỉnh (dữ liệu xem thử)".to_owned(),
        level: "cấp sở".to_owned(),
        year_from: YEAR,
        year_to: Some(YEAR),
        ..file.details
    };
    let kept = |code: &str, note: &str| Kept {
        code: code.to_owned(),
        note: note.to_owned(),
    };
    let components = file
        .areas
        .iter_mut()
        .flat_map(|area| &mut area.criteria)
        .flat_map(|criterion| &mut criterion.components);
    for component in components {
        component.kept = vec![
            kept(
                "example-second",
                "Giữ cả hai cách hiểu để so sánh khi tự chấm.",
            ),
            kept("told-points", "Giữ nguyên như hướng dẫn đã ban hành."),
        ];
    }
    Ok(file)
}

fn details() -> Details {
    let stretch = |phase, from: Date, to: Date| Stretch {
        phase,
        from: Some(from),
        to: Some(to),
    };
    let class = |name: &str, from: i64| Class {
        name: name.to_owned(),
        from_percent: Decimal::from(from),
    };
    Details {
        title: TITLE.to_owned(),
        is_surveyed: true,
        classes: vec![class("Tốt", 90), class("Khá", 80), class("Trung bình", 65)],
        stretches: vec![
            stretch(Phase::SelfScore, date(2023, 12, 1), date(2023, 12, 20)),
            stretch(Phase::Appraisal, date(2023, 12, 21), date(2024, 1, 15)),
            stretch(Phase::Appeal, date(2024, 1, 16), date(2024, 1, 26)),
        ],
    }
}
