//! A plan: what it is called, who issued it, what it stands on, and how far it is.

use base::calendar::period::ReportingYear;
use base::id::{AgencyId, PlanId, RowId};
use base::limits::LINE_CHARS_MAX;
use base::{Problem, Refusal};
use jiff::civil::Date;
use serde::Serialize;
use web::Form;

/// How far a plan is. People move it by acts (`life::rules`); nobody types it.
///
/// That an issued plan runs is no state: it follows from its days ([`Plan::is_running`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanState {
    /// Being prepared: the public does not see it.
    Draft,
    /// The units have been asked for their opinions; its words stand still meanwhile.
    Opinions,
    /// Laid before the director.
    Submitted,
    /// Issued: it binds, and changes only by an amendment.
    Issued,
    /// Over: nothing of it changes any more.
    Closed,
    /// No plan of its own but the working copy of an open amendment: no list shows it.
    Amendment,
}

impl PlanState {
    /// Every state, in order.
    pub const ALL: [PlanState; 6] = [
        PlanState::Draft,
        PlanState::Opinions,
        PlanState::Submitted,
        PlanState::Issued,
        PlanState::Closed,
        PlanState::Amendment,
    ];

    /// The word that tables use.
    pub fn as_str(self) -> &'static str {
        match self {
            PlanState::Draft => "draft",
            PlanState::Opinions => "opinions",
            PlanState::Submitted => "submitted",
            PlanState::Issued => "issued",
            PlanState::Closed => "closed",
            PlanState::Amendment => "amendment",
        }
    }

    /// The state of a word, if there is one.
    pub fn parse(word: &str) -> Option<PlanState> {
        PlanState::ALL
            .into_iter()
            .find(|state| state.as_str() == word)
    }

    /// Whether it was issued, be it over or not: what the public may see.
    pub fn is_issued(self) -> bool {
        matches!(self, PlanState::Issued | PlanState::Closed)
    }
}

/// Where a plan was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanSource {
    /// SHA-256 of the file, if there was one.
    pub file: Option<String>,
    /// Name of the file.
    pub name: String,
    /// Author of the article that made the plan known, as credited.
    pub author: Option<String>,
    /// When that article was published, milliseconds since 1970.
    pub published_at: Option<i64>,
}

/// A plan (*kế hoạch truyền thông*).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Its id.
    pub id: PlanId,
    /// Whose.
    pub agency: AgencyId,
    /// What a person may write about it.
    pub details: PlanDetails,
    /// Where it was read from.
    pub source: PlanSource,
    /// Whether an amendment of it is open.
    pub is_amending: bool,
    /// Counts its saves, so that two people do not overwrite each other.
    pub version: i64,
}

impl Plan {
    /// The day whose names of units the plan bears: today, or the last day of its year once that
    /// is over (domain 6: a plan of 2023 keeps the names of 2023).
    pub fn names_on(&self, today: Date) -> Date {
        today.min(ReportingYear(self.details.year).last())
    }

    /// Whether the public may see it: only what is said to be public, once it was issued.
    pub fn is_shown(&self) -> bool {
        self.details.is_public && self.details.state.is_issued()
    }

    /// The day from which an issued plan runs: that of its issue, and not before its reporting
    /// year begins (581/BNV-CCHC: 15 December).
    pub fn runs_from(&self) -> Date {
        let first = ReportingYear(self.details.year).first();
        self.details.issued_on.map_or(first, |day| day.max(first))
    }

    /// Whether its activities are due: it was issued, its time has come, and it is not closed.
    pub fn is_running(&self, today: Date) -> bool {
        self.details.state == PlanState::Issued && today >= self.runs_from()
    }

    /// How far it is on a day, as people and programs read it: the word of its state, or `running`.
    pub fn stage(&self, today: Date) -> &'static str {
        if self.is_running(today) {
            "running"
        } else {
            self.details.state.as_str()
        }
    }
}

/// What a person writes about a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanDetails {
    /// Its title.
    pub title: String,
    /// Its number, such as `12/KH-STP`.
    pub number: Option<String>,
    /// Day of issue.
    pub issued_on: Option<Date>,
    /// Who issued it.
    pub issuer: String,
    /// The year it is for.
    pub year: i16,
    /// How far it is.
    pub state: PlanState,
    /// Whether the public sees what was promised and done.
    pub is_public: bool,
}

impl PlanDetails {
    /// Reads the plan form. Of a plan that has left its draft only the publicity is read: what it
    /// says was issued, or others have it before them.
    ///
    /// # Refusals
    /// A missing title or year, a day or number that is none, a day of issue that is not in the
    /// plan's year or the one before it.
    pub fn of(form: &Form, saved: &PlanDetails) -> Result<Self, Refusal> {
        let is_public = form.has("is_public", "1");
        if saved.state != PlanState::Draft {
            return Ok(Self {
                is_public,
                ..saved.clone()
            });
        }
        let mut check = form.check();
        let title = check.required_line("title", 1_000);
        let number = check.line_of("number", 60);
        let issued_on = check.date("issued_on");
        let issuer = check.line_of("issuer", LINE_CHARS_MAX);
        let year = check.number("year", 2000, 2100);
        if form.value("year").trim().is_empty() {
            check.missing("year");
        }
        let year = year.and_then(|year| i16::try_from(year).ok());
        if let (Some(day), Some(year)) = (issued_on, year)
            && !may_issue_in(year, day)
        {
            check.add(Problem::at("issued_on", "plan-issued-elsewhen").with("year", year));
        }
        check.done()?;
        Ok(Self {
            title,
            number: Some(number).filter(|number| !number.is_empty()),
            issued_on,
            issuer,
            year: year.ok_or(Refusal::NotFound)?,
            state: saved.state,
            is_public,
        })
    }

    /// The form that shows these details.
    pub fn form(&self) -> Vec<(&'static str, String)> {
        let mut values = vec![
            ("title", self.title.clone()),
            ("number", self.number.clone().unwrap_or_default()),
            ("issued_on", shown(self.issued_on)),
            ("issuer", self.issuer.clone()),
            ("year", self.year.to_string()),
        ];
        if self.is_public {
            values.push(("is_public", "1".to_owned()));
        }
        values
    }
}

/// Whether a plan for a year may bear this day of issue: plans come late, or in the year before.
pub fn may_issue_in(year: i16, day: Date) -> bool {
    (year - 1..=year).contains(&day.year())
}

/// A day as forms show it; empty when there is none.
pub fn shown(day: Option<Date>) -> String {
    day.map(base::calendar::date_short).unwrap_or_default()
}

/// A document that a plan stands on (*căn cứ*).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LegalBasis {
    /// Its row.
    pub id: RowId,
    /// Number and symbol.
    pub number: Option<String>,
    /// Abbreviation of its kind, such as `QĐ`.
    pub kind: Option<String>,
    /// Day of issue.
    pub issued_on: Option<Date>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// What it is about.
    pub title: String,
}

impl LegalBasis {
    /// Reads the form of one more basis.
    ///
    /// # Refusals
    /// Neither a number nor a title, a day that is none.
    pub fn of(form: &Form, id: RowId) -> Result<Self, Refusal> {
        let mut check = form.check();
        let number = check.line_of("basis_number", 60);
        let issued_on = check.date("basis_issued_on");
        let issuer = check.line("basis_issuer");
        let title = check.line("basis_title");
        if number.is_empty() && title.is_empty() {
            check.add(Problem::at("basis_number", "plan-basis-empty"));
        }
        check.done()?;
        let kind = number
            .split_once('/')
            .map(|(_, symbol)| symbol.split('-').next().unwrap_or_default().to_owned())
            .filter(|kind| !kind.is_empty() && kind.chars().all(char::is_alphabetic));
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        Ok(Self {
            id,
            number: some(number),
            kind,
            issued_on,
            issuer: some(issuer),
            title,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn form(values: &[(&str, &str)]) -> Form {
        Form::filled(
            values
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned())),
        )
    }

    #[test]
    fn every_wrong_field_of_a_plan_is_named_at_once() {
        let wrong = form(&[("issued_on", "32/01/2023"), ("year", "hai nghìn")]);
        let Err(Refusal::Invalid(problems)) = PlanDetails::of(&wrong, &details()) else {
            panic!("accepted")
        };
        let fields: Vec<_> = problems
            .iter()
            .filter_map(|problem| problem.field)
            .collect();
        assert_eq!(fields, ["title", "issued_on", "year"]);
    }

    fn details() -> PlanDetails {
        PlanDetails {
            title: "Kế hoạch truyền thông".to_owned(),
            number: Some("12/KH-STP".to_owned()),
            issued_on: Some(date(2023, 3, 3)),
            issuer: "Sở Tư pháp".to_owned(),
            year: 2023,
            state: PlanState::Draft,
            is_public: true,
        }
    }

    fn plan(state: PlanState, issued_on: Option<Date>) -> Plan {
        Plan {
            id: PlanId::from(base::id::Uuid::nil()),
            agency: AgencyId::from(base::id::Uuid::nil()),
            details: PlanDetails {
                state,
                issued_on,
                ..details()
            },
            source: PlanSource::default(),
            is_amending: false,
            version: 1,
        }
    }

    #[test]
    fn details_come_back_from_their_form() {
        let details = details();
        let form = Form::filled(details.form());
        assert_eq!(PlanDetails::of(&form, &details), Ok(details));
    }

    #[test]
    fn what_was_issued_is_not_written_anew_but_its_publicity_is() {
        for state in PlanState::ALL {
            let saved = PlanDetails { state, ..details() };
            let typed = form(&[("title", "Tên khác"), ("year", "2023")]);
            let next = PlanDetails::of(&typed, &saved).unwrap();
            assert_eq!(
                next.title == "Tên khác",
                state == PlanState::Draft,
                "{state:?}"
            );
            assert!(!next.is_public, "{state:?}");
        }
    }

    #[test]
    fn an_issued_plan_runs_from_its_issue_and_not_before_its_year() {
        let late = plan(PlanState::Issued, Some(date(2023, 3, 3)));
        assert_eq!(late.stage(date(2023, 3, 2)), "issued");
        assert_eq!(late.stage(date(2023, 3, 3)), "running");
        let early = plan(PlanState::Issued, Some(date(2022, 11, 20)));
        assert_eq!(early.stage(date(2022, 12, 14)), "issued");
        assert_eq!(early.stage(date(2022, 12, 15)), "running");
        let undated = plan(PlanState::Issued, None);
        assert!(undated.is_running(date(2022, 12, 15)));
        for state in PlanState::ALL {
            let found = plan(state, Some(date(2023, 3, 3))).is_running(date(2023, 6, 1));
            assert_eq!(found, state == PlanState::Issued, "{state:?}");
        }
    }

    #[test]
    fn a_plan_is_issued_in_its_year_or_the_year_before() {
        for (day, is_right) in [
            ("15/12/2022", true),
            ("03/03/2023", true),
            ("01/01/2024", false),
        ] {
            let found = PlanDetails::of(
                &form(&[("title", "Kế hoạch"), ("issued_on", day), ("year", "2023")]),
                &details(),
            );
            assert_eq!(found.is_ok(), is_right, "{day}");
        }
    }

    #[test]
    fn a_basis_has_a_number_or_a_title_and_tells_its_kind() {
        let id = RowId::from(base::id::Uuid::nil());
        assert!(LegalBasis::of(&form(&[]), id).is_err());
        let found = LegalBasis::of(&form(&[("basis_number", "152/QĐ-STP")]), id).unwrap();
        assert_eq!(found.kind.as_deref(), Some("QĐ"));
    }
}
