//! What Loa knows of a year by itself, and which input it makes of it for a component.
//!
//! Gathering reads the database once for a whole set; what an input is made of it is pure. Nothing is
//! stored: the input of today is asked for today, and a round freezes it when it is submitted.

use base::calendar::local;
use base::calendar::period::{Period, PeriodKind, ReportingYear};
use base::calendar::working::WorkCalendar;
use base::id::{AgencyId, PlanId};
use base::text::fold;
use base::{Error, Fault};
use db::Conn;
use editorial::Editorial;
use editorial::plan::{self, ActivityResult, PlanResult};
use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::facts_store::{self, FormUsed};
use super::input::Input;
use super::rule::Way;
use super::set::Component;
use super::source::Source;
use crate::indices;
use crate::reports::{self, MadeReport};

/// The stages of a plan in which its targets count: a draft promises nothing yet.
const ISSUED: [&str; 3] = ["issued", "running", "closed"];

/// A plan of the year, and how far its targets are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanFact {
    /// The plan.
    pub id: PlanId,
    /// Its title.
    pub title: String,
    /// Activities with a target that are done.
    pub n_done: i64,
    /// Activities with a target.
    pub n_targets: i64,
}

/// Figures that were entered by hand, added up by their unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureFact {
    /// The unit.
    pub unit: String,
    /// Their sum.
    pub number: i64,
}

/// A report of the year with its due day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportFact {
    /// The period.
    pub kind: PeriodKind,
    /// Its later due day: only after it a report is late.
    pub due: Date,
    /// The day of the first report that was made after the period was over.
    pub made_on: Option<Date>,
}

/// A published value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexFact {
    /// The index, by its code.
    pub index: String,
    /// The body, by its name as published.
    pub body: String,
    /// Whether the body is the agency itself.
    pub is_own: bool,
    /// The value.
    pub value: Decimal,
    /// The most that the index can be.
    pub out_of: Decimal,
}

/// What Loa knows of a reporting year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The year.
    pub year: i16,
    /// Its plans that were issued.
    pub plans: Vec<PlanFact>,
    /// In which ways something was done.
    pub forms: Vec<FormUsed>,
    /// Figures by unit.
    pub figures: Vec<FigureFact>,
    /// Reports by period.
    pub reports: Vec<ReportFact>,
    /// Published values.
    pub indices: Vec<IndexFact>,
}

impl Facts {
    /// Gathers what is known of a reporting year, as far as it has come today.
    ///
    /// # Faults
    /// The database does not answer.
    pub async fn gather(
        editorial: &Editorial,
        conn: &mut Conn,
        agency: AgencyId,
        year: i16,
    ) -> Result<Self, Error> {
        let today = editorial.today();
        let reporting = ReportingYear(year);
        let days = (reporting.first(), reporting.last());
        let standing = plan::status(conn, agency, Some(year), today).await?;
        let issued = standing.plans.iter();
        let issued = issued.filter(|plan| ISSUED.contains(&plan.state));
        let mut facts = Self {
            year,
            plans: Vec::new(),
            forms: facts_store::forms_used(conn, agency, days).await?,
            figures: Vec::new(),
            reports: Vec::new(),
            indices: Vec::new(),
        };
        for plan in issued {
            let result = plan::result(conn, agency, plan.plan, days, today).await?;
            facts.add_plan(&result);
        }
        let calendar = house::calendar::of(conn, agency).await?;
        let made = reports::made_in(conn, agency, reporting).await?;
        facts.reports = report_facts(reporting, &made, &calendar);
        facts.indices = index_facts(conn, agency, year).await?;
        Ok(facts)
    }

    fn add_plan(&mut self, result: &PlanResult) {
        self.plans.push(PlanFact {
            id: result.plan,
            title: result.title.clone(),
            n_done: result.summary.n_done,
            n_targets: result.summary.n_with_target,
        });
        let of_tasks = result.tasks.iter().flat_map(|task| &task.activities);
        let figures = of_tasks
            .chain(&result.activities)
            .flat_map(|activity: &ActivityResult| &activity.figures);
        for figure in figures {
            let own = self.figures.iter_mut();
            let mut own = own.filter(|known| fold(&known.unit) == fold(&figure.unit));
            match own.next() {
                Some(known) => known.number = known.number.saturating_add(figure.number),
                None => self.figures.push(FigureFact {
                    unit: figure.unit.clone(),
                    number: figure.number,
                }),
            }
        }
    }

    /// The input of a component as Loa computes it; [`Input::Nothing`] when a person must answer, or
    /// when there is nothing to compute it from yet.
    pub fn input(&self, component: &Component) -> Input {
        match &component.source {
            Source::ByHand => Input::Nothing,
            Source::PlanTargets => {
                let n_targets: i64 = self.plans.iter().map(|plan| plan.n_targets).sum();
                let n_done: i64 = self.plans.iter().map(|plan| plan.n_done).sum();
                figures_or_nothing(n_done.into(), n_targets.into())
            }
            Source::Forms => self.forms_met(&component.rule.way),
            Source::Report { period } => self.report_of(period),
            Source::Figures { part, whole } => {
                figures_or_nothing(self.figure(part).into(), self.figure(whole).into())
            }
            Source::Index { index, body } => self.index_value(index, body),
        }
    }

    fn forms_met(&self, way: &Way) -> Input {
        let Way::Checklist { items, .. } = way else {
            return Input::Nothing;
        };
        let is_used = |kind: &String| {
            let own = self.forms.iter();
            own.filter(|form| form.kind == *kind)
                .any(|form| form.n_items > 0)
        };
        let met = items.iter().filter(|item| item.kinds.iter().any(is_used));
        Input::Checked {
            codes: met.map(|item| item.code.clone()).collect(),
        }
    }

    fn report_of(&self, period: &str) -> Input {
        let own = self.reports.iter();
        let mut own = own.filter(|report| period_word(report.kind) == period);
        own.next().map_or(Input::Nothing, |report| Input::Sent {
            due: report.due,
            sent: report.made_on,
        })
    }

    fn figure(&self, unit: &str) -> i64 {
        let own = self.figures.iter();
        let mut own = own.filter(|figure| fold(&figure.unit) == fold(unit));
        own.next().map_or(0, |figure| figure.number)
    }

    fn index_value(&self, index: &str, body: &str) -> Input {
        let own = self.indices.iter().filter(|fact| fact.index == index);
        let mut own = own.filter(|fact| match body.is_empty() {
            true => fact.is_own,
            false => fold(&fact.body) == fold(body),
        });
        own.next().map_or(Input::Nothing, |fact| {
            figures_or_nothing(fact.value, fact.out_of)
        })
    }
}

fn figures_or_nothing(part: Decimal, whole: Decimal) -> Input {
    match whole > Decimal::ZERO {
        true => Input::Figures { part, whole },
        false => Input::Nothing,
    }
}

/// The word of a period in sources: `Q1`, `H1`, `Q3`, `year`.
pub fn period_word(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Q1 => "Q1",
        PeriodKind::H1 => "H1",
        PeriodKind::Q3 => "Q3",
        PeriodKind::Year => "year",
    }
}

fn report_facts(
    year: ReportingYear,
    made: &[MadeReport],
    calendar: &WorkCalendar,
) -> Vec<ReportFact> {
    let fact = |kind: &PeriodKind| {
        let period: Period = year.period(*kind);
        let own = made.iter().filter(|report| report.period == period);
        let days = own.map(|report| day_of(report.made_at));
        ReportFact {
            kind: *kind,
            due: calendar.deadline(period.due()).after,
            // A report that was made before the period was over cannot be the one that was due.
            made_on: days.filter(|day| *day > period.last()).min(),
        }
    };
    PeriodKind::ALL.iter().map(fact).collect()
}

fn day_of(ms: i64) -> Date {
    local(Timestamp::from_millisecond(ms).unwrap_or_default()).date()
}

async fn index_facts(
    conn: &mut Conn,
    agency: AgencyId,
    year: i16,
) -> Result<Vec<IndexFact>, Fault> {
    let found = indices::values_of_year(conn, agency, year).await?;
    let fact = |value: indices::YearValue| IndexFact {
        index: value.index,
        body: value.body,
        is_own: value.is_own,
        value: value.value,
        out_of: value.out_of,
    };
    Ok(found.into_iter().map(fact).collect())
}
