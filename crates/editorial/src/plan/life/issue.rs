//! Issuing a plan, or deciding on its amendment: number, day, signer, signed scan.

use base::citation::parse_number;
use base::{Actor, Problem, Refusal, Role};
use jiff::civil::Date;
use web::Form;

use crate::plan::plan::{Plan, may_issue_in};

/// What was signed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signed {
    /// Number and symbol, such as `12/KH-STP`; empty while it is not known.
    pub number: String,
    /// The day it bears.
    pub day: Option<Date>,
    /// Who signed.
    pub signer: String,
    /// The signed scan, once it was kept.
    pub scan: Option<Scan>,
}

/// A signed scan among the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its name.
    pub name: String,
}

/// What is known around a paper that was signed.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// The plan that it issues or changes.
    pub plan: &'a Plan,
    /// Today.
    pub today: Date,
    /// The day that it cannot be older than, and the message that says why.
    pub not_before: Option<(Date, &'static str)>,
    /// Numbers of the issuer's other papers of the same year.
    pub taken: &'a [String],
}

/// How a paper is read: the form's requirements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// A plan that is issued now.
    Issue,
    /// A plan that was issued before it came in: its number may be unknown, its day not.
    Adopted,
    /// A decision on an amendment.
    Decision,
}

impl Signed {
    /// Reads the form of something that was signed; the scan comes apart, as a file.
    ///
    /// # Refusals
    /// A missing number, day or signer; a number that is none (domain 8.7) or is taken: it is
    /// unique with issuer and year; a day in the future, outside the plan's years (domain 3.1), or
    /// older than what it stands on.
    pub fn of(form: &Form, paper: Paper, around: Around<'_>) -> Result<Self, Refusal> {
        let mut check = form.check();
        let mut number = check.line_of("number", 60);
        let day = check.date("day");
        let signer = check.line_of("signer", 200);
        if number.is_empty() && paper != Paper::Adopted {
            check.missing("number");
        }
        if form.value("day").trim().is_empty() {
            check.missing("day");
        }
        if signer.is_empty() && paper != Paper::Adopted {
            check.missing("signer");
        }
        match number_of(&number, around.taken) {
            Ok(written) => number = written,
            Err(problem) => check.add(problem),
        }
        if let Some(problem) = day.and_then(|day| day_problem(day, paper, around)) {
            check.add(problem);
        }
        check.done()?;
        Ok(Self {
            number,
            day,
            signer,
            scan: None,
        })
    }

    /// The form that shows it.
    pub fn form(&self) -> Vec<(&'static str, String)> {
        vec![
            ("number", self.number.clone()),
            ("day", crate::plan::plan::shown(self.day)),
            ("signer", self.signer.clone()),
        ]
    }
}

/// A number as it should be written. Empty stays empty.
///
/// # Refusals
/// `life-number-malformed`, `life-number-taken`.
pub fn number_of(number: &str, taken: &[String]) -> Result<String, Problem> {
    if number.is_empty() {
        return Ok(String::new());
    }
    let Some(found) = parse_number(number) else {
        return Err(Problem::at("number", "life-number-malformed").with("value", number));
    };
    if taken.contains(&found.text) {
        return Err(Problem::at("number", "life-number-taken").with("value", &found.text));
    }
    Ok(found.text)
}

fn day_problem(day: Date, paper: Paper, around: Around<'_>) -> Option<Problem> {
    let year = around.plan.details.year;
    if day > around.today {
        return Some(Problem::at("day", "life-day-to-come"));
    }
    if paper != Paper::Decision && !may_issue_in(year, day) {
        return Some(Problem::at("day", "plan-issued-elsewhen").with("year", year));
    }
    let (first, key) = around.not_before?;
    let shown = base::calendar::date_short(first);
    (day < first).then(|| Problem::at("day", key).with("day", shown))
}

/// Whether this person may record what was signed without its scan.
///
/// # Refusals
/// `life-scan-missing`: only the director is believed without the paper.
pub fn needs_scan(actor: &Actor, scan: Option<&Scan>) -> Result<(), Refusal> {
    if scan.is_some() || actor.is(Role::Director) {
        Ok(())
    } else {
        Err(Refusal::at("scan", "life-scan-missing"))
    }
}

/// Whether a scan is a scan: a PDF or a picture.
///
/// # Refusals
/// `life-scan-kind`.
pub fn scan_kind(media_type: &str) -> Result<(), Refusal> {
    match media_type {
        "application/pdf" | "image/png" | "image/jpeg" => Ok(()),
        _ => Err(Refusal::at("scan", "life-scan-kind")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan::{PlanDetails, PlanSource, PlanState};
    use base::Roles;
    use base::id::{AccountId, AgencyId, PlanId, Uuid};
    use jiff::civil::date;

    fn plan() -> Plan {
        Plan {
            id: PlanId::from(Uuid::nil()),
            agency: AgencyId::from(Uuid::nil()),
            details: PlanDetails {
                title: "Kế hoạch".to_owned(),
                number: None,
                issued_on: None,
                issuer: "Sở Tư pháp".to_owned(),
                year: 2023,
                state: PlanState::Submitted,
                is_public: false,
            },
            source: PlanSource::default(),
            is_amending: false,
            version: 1,
        }
    }

    fn read(number: &str, day: &str, paper: Paper) -> Result<Signed, Refusal> {
        let form = Form::filled([
            ("number", number.to_owned()),
            ("day", day.to_owned()),
            ("signer", "Nguyễn Quốc Bảo".to_owned()),
        ]);
        let around = Around {
            plan: &plan(),
            today: date(2023, 3, 6),
            not_before: Some((date(2022, 12, 29), "life-day-before-basis")),
            taken: &["05/KH-STP".to_owned()],
        };
        Signed::of(&form, paper, around)
    }

    #[test]
    fn a_number_and_a_day_are_checked_as_the_law_writes_them() {
        let right = read(" 12/KH-STP ", "03/03/2023", Paper::Issue).unwrap();
        assert_eq!(
            (right.number.as_str(), right.day),
            ("12/KH-STP", Some(date(2023, 3, 3)))
        );
        for (number, day, code) in [
            ("mười hai", "03/03/2023", "life-number-malformed"),
            ("29/12/2022", "03/03/2023", "life-number-malformed"),
            ("05/KH-STP", "03/03/2023", "life-number-taken"),
            ("", "03/03/2023", "field-required"),
            ("12/KH-STP", "", "field-required"),
            ("12/KH-STP", "31/02/2023", "field-date"),
            ("12/KH-STP", "07/03/2023", "life-day-to-come"),
            ("12/KH-STP", "28/12/2021", "plan-issued-elsewhen"),
            ("12/KH-STP", "28/12/2022", "life-day-before-basis"),
        ] {
            let refusal = read(number, day, Paper::Issue).unwrap_err();
            assert_eq!(refusal.code(), code, "{number} {day}");
        }
    }

    #[test]
    fn a_plan_that_came_in_issued_may_lack_its_number_but_not_its_day() {
        assert!(read("", "03/03/2023", Paper::Adopted).is_ok());
        assert!(read("12/KH-STP", "", Paper::Adopted).is_err());
    }

    #[test]
    fn only_the_director_is_believed_without_the_paper() {
        let actor = |role| Actor {
            account: AccountId::from(Uuid::nil()),
            agency: AgencyId::from(Uuid::nil()),
            unit: None,
            name: String::new(),
            roles: Roles::of(&[role]),
        };
        let scan = Scan {
            sha256: String::new(),
            name: String::new(),
        };
        assert!(needs_scan(&actor(Role::Director), None).is_ok());
        assert!(needs_scan(&actor(Role::Clerk), None).is_err());
        assert!(needs_scan(&actor(Role::Clerk), Some(&scan)).is_ok());
        assert!(scan_kind("application/pdf").is_ok() && scan_kind("text/plain").is_err());
    }
}
