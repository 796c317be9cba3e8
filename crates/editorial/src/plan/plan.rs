//! A plan: what it is called, who issued it, what it stands on, and how far it is.

use base::calendar::period::ReportingYear;
use base::id::{AgencyId, PlanId, RowId};
use base::limits::LINE_CHARS_MAX;
use base::{Problem, Refusal};
use jiff::civil::Date;
use serde::Serialize;
use web::Form;

/// How far a plan is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanState {
    /// Being prepared: the public does not see it.
    Draft,
    /// In force: its activities are counted.
    Running,
    /// Over: nothing of it changes any more.
    Closed,
}

impl PlanState {
    /// Every state, in order.
    pub const ALL: [PlanState; 3] = [PlanState::Draft, PlanState::Running, PlanState::Closed];

    /// The word that tables and forms use.
    pub fn as_str(self) -> &'static str {
        match self {
            PlanState::Draft => "draft",
            PlanState::Running => "running",
            PlanState::Closed => "closed",
        }
    }

    /// The state of a word, if there is one.
    pub fn parse(word: &str) -> Option<PlanState> {
        PlanState::ALL
            .into_iter()
            .find(|state| state.as_str() == word)
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
    /// Counts its saves, so that two people do not overwrite each other.
    pub version: i64,
}

impl Plan {
    /// The day whose names of units the plan bears: today, or the last day of its year once that
    /// is over (domain 6: a plan of 2023 keeps the names of 2023).
    pub fn names_on(&self, today: Date) -> Date {
        today.min(ReportingYear(self.details.year).last())
    }

    /// Whether the public may see it: only what is said to be public, and no draft.
    pub fn is_shown(&self) -> bool {
        self.details.is_public && self.details.state != PlanState::Draft
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
    /// Reads the plan form.
    ///
    /// # Refusals
    /// A missing title or year, a day or number that is none, a day of issue that is not in the
    /// plan's year or the one before it.
    pub fn of(form: &Form) -> Result<Self, Refusal> {
        let mut check = form.check();
        let title = check.required_line("title", 1_000);
        let number = check.line_of("number", 60);
        let issued_on = check.date("issued_on");
        let issuer = check.line_of("issuer", LINE_CHARS_MAX);
        let year = check.number("year", 2000, 2100);
        if form.value("year").trim().is_empty() {
            check.missing("year");
        }
        let state = PlanState::parse(form.value("state"));
        if state.is_none() {
            check.add(Problem::at("state", "field-choice"));
        }
        let year = year.and_then(|year| i16::try_from(year).ok());
        if let (Some(day), Some(year)) = (issued_on, year)
            && !(year - 1..=year).contains(&day.year())
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
            state: state.ok_or(Refusal::NotFound)?,
            is_public: form.has("is_public", "1"),
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
            ("state", self.state.as_str().to_owned()),
        ];
        if self.is_public {
            values.push(("is_public", "1".to_owned()));
        }
        values
    }
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
        let wrong = form(&[
            ("issued_on", "32/01/2023"),
            ("year", "hai nghìn"),
            ("state", "over"),
        ]);
        let Err(Refusal::Invalid(problems)) = PlanDetails::of(&wrong) else {
            panic!("accepted")
        };
        let fields: Vec<_> = problems
            .iter()
            .filter_map(|problem| problem.field)
            .collect();
        assert_eq!(fields, ["title", "issued_on", "year", "state"]);
    }

    #[test]
    fn details_come_back_from_their_form() {
        let details = PlanDetails {
            title: "Kế hoạch truyền thông".to_owned(),
            number: Some("12/KH-STP".to_owned()),
            issued_on: Some(date(2023, 3, 3)),
            issuer: "Sở Tư pháp".to_owned(),
            year: 2023,
            state: PlanState::Running,
            is_public: true,
        };
        assert_eq!(PlanDetails::of(&Form::filled(details.form())), Ok(details));
    }

    #[test]
    fn a_plan_is_issued_in_its_year_or_the_year_before() {
        for (day, is_right) in [
            ("15/12/2022", true),
            ("03/03/2023", true),
            ("01/01/2024", false),
        ] {
            let found = PlanDetails::of(&form(&[
                ("title", "Kế hoạch"),
                ("issued_on", day),
                ("year", "2023"),
                ("state", "draft"),
            ]));
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
