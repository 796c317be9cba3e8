//! A figure (*số liệu nhập tay*): what no item counts, entered by a person with evidence: people
//! reached, leaflets handed out, a conference that nobody has published.
//!
//! Without a file or an address there is no figure. One that was wrong is withdrawn with a reason
//! and entered anew; both stay in the log, and the withdrawn one stays with its evidence.

use base::id::UnitId;
use base::limits::TITLE_CHARS_MAX;
use base::{Problem, Refusal};
use jiff::civil::Date;
use web::Form;

use super::target::{TARGET_MAX, Target};
use crate::items::proof::link_key;

/// Longest reason of a withdrawal, in characters.
pub const REASON_CHARS_MAX: usize = 500;

/// What a person enters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The number of the target that it counts for.
    pub target_no: i64,
    /// How many: 1 to [`TARGET_MAX`].
    pub number: i64,
    /// The day from which it counts.
    pub day: Date,
    /// What it is, as the evidence shows it.
    pub title: String,
    /// Which unit did it.
    pub unit: Option<UnitId>,
    /// Where it can be looked up; empty when a file proves it.
    pub link: String,
}

/// What a figure may be entered for.
#[derive(Clone, Copy, Debug)]
pub struct Allowed<'a> {
    /// The targets of the activity with their numbers.
    pub targets: &'a [(i64, Target)],
    /// The units that may be named; a figure of a target that each unit owes must name one.
    pub units: &'a [UnitId],
    /// Whether it must name a unit.
    pub is_per_unit: bool,
    /// Whether a file came with it.
    pub has_file: bool,
    /// Today: what is to come has not been done.
    pub today: Date,
}

impl Figure {
    /// Reads the form of a figure.
    ///
    /// # Refusals
    /// Everything that is missing or wrong, each at its field; `plan-figure-proof-missing` at `file`
    /// without a file and an address.
    pub fn of(form: &Form, allowed: Allowed<'_>) -> Result<Self, Refusal> {
        let mut check = form.check();
        let target_no = form.value("target").parse::<i64>().ok();
        let is_known = |no: &i64| allowed.targets.iter().any(|(found, _)| found == no);
        let target_no = target_no.filter(is_known);
        if target_no.is_none() {
            check.add(Problem::at("target", "field-choice"));
        }
        let number = check.number("number", 1, TARGET_MAX);
        if form.value("number").trim().is_empty() {
            check.missing("number");
        }
        let day = check.date("day");
        if form.value("day").trim().is_empty() {
            check.missing("day");
        }
        if day.is_some_and(|day| day > allowed.today) {
            check.add(Problem::at("day", "plan-figure-day-to-come"));
        }
        let title = check.required_line("title", TITLE_CHARS_MAX);
        let unit = form.value("unit").parse::<UnitId>().ok();
        let is_ours = unit.is_none_or(|unit| allowed.units.contains(&unit));
        if !is_ours || (unit.is_none() && !form.value("unit").is_empty()) {
            check.add(Problem::at("unit", "field-choice"));
        } else if unit.is_none() && allowed.is_per_unit {
            check.missing("unit");
        }
        let link = check.line_of("link", 2_000);
        if !link.is_empty() && link_key(&link).is_none() {
            check.add(Problem::at("link", "item-link-bad"));
        }
        if link.is_empty() && !allowed.has_file {
            check.add(Problem::at("file", "plan-figure-proof-missing"));
        }
        check.done()?;
        Ok(Self {
            target_no: target_no.ok_or(Refusal::NotFound)?,
            number: number.ok_or(Refusal::NotFound)?,
            day: day.ok_or(Refusal::NotFound)?,
            title,
            unit,
            link,
        })
    }
}

/// Reads why a figure is withdrawn.
///
/// # Refusals
/// No reason, or one that is too long.
pub fn reason(form: &Form) -> Result<String, Refusal> {
    let mut check = form.check();
    let reason = check.required_text("reason", REASON_CHARS_MAX);
    check.done()?;
    Ok(reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::id::Uuid;
    use jiff::civil::date;

    const TODAY: Date = date(2023, 6, 1);

    fn read(values: &[(&str, &str)], has_file: bool, is_per_unit: bool) -> Result<Figure, Refusal> {
        let values = values
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()));
        let targets = [(3, Target::new(2_000, "người"))];
        let units = [UnitId::from(Uuid::from_u128(7))];
        let allowed = Allowed {
            targets: &targets,
            units: &units,
            is_per_unit,
            has_file,
            today: TODAY,
        };
        Figure::of(&Form::filled(values), allowed)
    }

    fn fields(found: Result<Figure, Refusal>) -> Vec<&'static str> {
        let Err(Refusal::Invalid(problems)) = found else {
            panic!("{found:?}")
        };
        problems.iter().filter_map(|found| found.field).collect()
    }

    const RIGHT: [(&str, &str); 4] = [
        ("target", "3"),
        ("number", "1.250"),
        ("day", "31/05/2023"),
        ("title", "Ngày hội chuyển đổi số"),
    ];

    #[test]
    fn a_figure_without_evidence_is_refused_at_the_file() {
        assert_eq!(fields(read(&RIGHT, false, false)), ["file"]);
        let found = read(&RIGHT, true, false).unwrap();
        assert_eq!((found.number, found.day), (1_250, date(2023, 5, 31)));
        let linked = [&RIGHT[..], &[("link", "https://bao.example/1")]].concat();
        assert!(read(&linked, false, false).is_ok());
        let wrong = [&RIGHT[..], &[("link", "trang chủ")]].concat();
        assert_eq!(fields(read(&wrong, false, false)), ["link"]);
    }

    #[test]
    fn everything_wrong_is_named_at_once() {
        let empty = fields(read(&[], false, true));
        assert_eq!(empty, ["target", "number", "day", "title", "unit", "file"]);
        let stranger = Uuid::from_u128(8).to_string();
        let wrong = [
            ("target", "1"),
            ("number", "0"),
            ("day", "02/06/2023"),
            ("title", "x"),
            ("unit", stranger.as_str()),
        ];
        let found = fields(read(&wrong, true, false));
        assert_eq!(found, ["target", "number", "day", "unit"]);
    }
}
