//! What a plan still fails to say: what the import found, as far as it still stands, and what the
//! plan as it is now does not say.
//!
//! Findings about the number, the day of issue, deadlines, leading units and targets follow from
//! the plan itself: they go when the words are filled in, and come back when they are taken out.
//! The others stay as they were found. A person may settle any of them.

use base::calendar::period::{PeriodKind, ReportingYear};
use base::id::{ActivityId, RowId};

use super::activity::Activity;
use super::import::Severity;
use super::plan::Plan;

/// A finding as it was stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFinding {
    /// Its row.
    pub id: RowId,
    /// Its code, such as `plan.no_deadline`.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// Its words at the import, in Vietnamese: for codes that this binary does not know.
    pub message: String,
    /// The words of the document that it is about; empty when it is about the whole.
    pub quote: String,
    /// First character and one past the last, in the source's text.
    pub span: (i64, i64),
    /// Whether a person settled it.
    pub is_settled: bool,
}

/// Where a finding is mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// In this field of the plan.
    Field(&'static str),
    /// In these activities.
    Activities(Vec<ActivityId>),
    /// By giving the plan activities.
    NewActivity,
    /// In the document, or not at all: it can only be settled.
    Nowhere,
}

/// All findings of one code, as a page shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The code.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// Its words at the import.
    pub message: String,
    /// In how many places; 0 when it is about the whole plan.
    pub n_places: usize,
    /// The first words of the document that it is about.
    pub quotes: Vec<String>,
    /// Where it is mended.
    pub way: Way,
    /// Whether a person settled it.
    pub is_settled: bool,
}

/// How many quotes of one finding a page shows.
pub const QUOTES_MAX: usize = 5;

/// Findings that follow from the plan itself.
const LIVE: [(&str, Severity); 6] = [
    ("plan.number_missing", Severity::Ask),
    ("plan.issue_date_missing", Severity::Ask),
    ("plan.no_deadline", Severity::Ask),
    ("plan.no_lead_unit", Severity::Ask),
    ("plan.no_target", Severity::Ask),
    ("plan.late_issue", Severity::Note),
];

/// How much a finding of this code matters when the import has not said so.
pub fn severity_of(code: &str) -> Option<Severity> {
    LIVE.iter()
        .find(|(found, _)| *found == code)
        .map(|(_, severity)| *severity)
}

/// What still stands, in the order of severity; settled ones last.
pub fn standing(stored: &[StoredFinding], plan: &Plan, activities: &[Activity]) -> Vec<Finding> {
    let mut found: Vec<Finding> = LIVE
        .iter()
        .filter_map(|(code, severity)| {
            let rows: Vec<&StoredFinding> = stored.iter().filter(|row| row.code == *code).collect();
            let way = live(code, !rows.is_empty(), plan, activities)?;
            let n_places = if let Way::Activities(all) = &way {
                all.len()
            } else {
                0
            };
            let mut finding = gathered(code, *severity, &rows);
            finding.n_places = n_places;
            finding.way = way;
            finding.quotes.clear();
            Some(finding)
        })
        .collect();
    for row in stored.iter().filter(|row| severity_of(&row.code).is_none()) {
        if found.iter().all(|finding| finding.code != row.code) {
            let rows: Vec<&StoredFinding> = stored
                .iter()
                .filter(|other| other.code == row.code)
                .collect();
            found.push(gathered(&row.code, row.severity, &rows));
        }
    }
    found.sort_by_key(|finding| (finding.is_settled, rank(finding.severity)));
    found
}

fn rank(severity: Severity) -> u8 {
    match severity {
        Severity::Ask => 0,
        Severity::Warn => 1,
        Severity::Note => 2,
    }
}

fn gathered(code: &str, severity: Severity, rows: &[&StoredFinding]) -> Finding {
    let quotes = rows.iter().filter(|row| !row.quote.is_empty());
    let mut quotes: Vec<String> = quotes.map(|row| row.quote.clone()).collect();
    quotes.dedup();
    quotes.truncate(QUOTES_MAX);
    Finding {
        code: code.to_owned(),
        severity,
        message: rows
            .first()
            .map(|row| row.message.clone())
            .unwrap_or_default(),
        n_places: if rows.len() > 1 { rows.len() } else { 0 },
        quotes,
        way: Way::Nowhere,
        is_settled: !rows.is_empty() && rows.iter().all(|row| row.is_settled),
    }
}

/// Whether a finding that follows from the plan stands, and where it is mended.
fn live(code: &str, was_found: bool, plan: &Plan, activities: &[Activity]) -> Option<Way> {
    let details = &plan.details;
    let lacking = |lacks: fn(&Activity) -> bool| {
        if activities.is_empty() {
            return was_found.then_some(Way::NewActivity);
        }
        let all: Vec<ActivityId> = activities
            .iter()
            .filter(|activity| lacks(activity))
            .map(|found| found.id)
            .collect();
        (!all.is_empty()).then_some(Way::Activities(all))
    };
    match code {
        "plan.number_missing" => details.number.is_none().then_some(Way::Field("number")),
        "plan.issue_date_missing" => details
            .issued_on
            .is_none()
            .then_some(Way::Field("issued_on")),
        "plan.no_deadline" => lacking(|activity| activity.details.when.is_open()),
        "plan.no_lead_unit" => lacking(|activity| {
            activity.details.lead_unit.is_none() && activity.details.lead_unit_text.is_empty()
        }),
        "plan.no_target" => lacking(|activity| activity.details.targets.is_empty()),
        "plan.late_issue" => {
            let first_report = ReportingYear(details.year).period(PeriodKind::Q1).last();
            details
                .issued_on
                .is_some_and(|day| day > first_report)
                .then_some(Way::Field("issued_on"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::activity::{ActivityDetails, When};
    use crate::plan::plan::{PlanDetails, PlanSource, PlanState};
    use crate::plan::target::Target;
    use base::id::{AgencyId, PlanId, Uuid};
    use jiff::civil::date;

    fn plan() -> Plan {
        Plan {
            id: PlanId::from(Uuid::nil()),
            agency: AgencyId::from(Uuid::nil()),
            details: PlanDetails {
                title: "Kế hoạch".to_owned(),
                number: None,
                issued_on: Some(date(2023, 3, 3)),
                issuer: String::new(),
                year: 2023,
                state: PlanState::Draft,
                is_public: false,
            },
            source: PlanSource::default(),
            is_amending: false,
            version: 1,
        }
    }

    fn activity(target: Option<i64>) -> Activity {
        let when = When {
            to: Some(date(2023, 6, 15)),
            ..When::default()
        };
        let lead_unit_text = "Các phòng".to_owned();
        let details = ActivityDetails {
            targets: target.map(|n| Target::new(n, "tin")).into_iter().collect(),
            when,
            lead_unit_text,
            ..Default::default()
        };
        let id = ActivityId::from(Uuid::nil());
        Activity {
            id,
            plan: plan().id,
            task: None,
            position: 1,
            details,
            version: 1,
        }
    }

    fn row(code: &str, quote: &str) -> StoredFinding {
        StoredFinding {
            id: RowId::from(Uuid::nil()),
            code: code.to_owned(),
            severity: Severity::Warn,
            message: String::new(),
            quote: quote.to_owned(),
            span: (0, 0),
            is_settled: false,
        }
    }

    fn codes(found: &[Finding]) -> Vec<&str> {
        found.iter().map(|finding| finding.code.as_str()).collect()
    }

    #[test]
    fn a_finding_goes_when_its_words_are_filled_in() {
        let stored = [row("plan.number_missing", ""), row("plan.no_target", "")];
        let mut plan = plan();
        assert_eq!(
            codes(&standing(&stored, &plan, &[])),
            ["plan.number_missing", "plan.no_target"]
        );
        plan.details.number = Some("12/KH-STP".to_owned());
        assert_eq!(
            codes(&standing(&stored, &plan, &[activity(None)])),
            ["plan.no_target"]
        );
        assert!(standing(&stored, &plan, &[activity(Some(3))]).is_empty());
    }

    #[test]
    fn what_a_new_activity_does_not_say_is_found_too() {
        let mut plan = plan();
        plan.details.number = Some("12/KH-STP".to_owned());
        let found = standing(&[], &plan, &[activity(None), activity(Some(1))]);
        assert_eq!(codes(&found), ["plan.no_target"]);
        assert_eq!(found.first().map(|finding| finding.n_places), Some(1));
    }

    #[test]
    fn places_of_one_kind_stand_together_and_settled_ones_last() {
        let mut settled = row("style.collocation", "đi với");
        settled.is_settled = true;
        let stored = [
            settled,
            row("style.date_zero", "tháng 03"),
            row("style.date_zero", "tháng 06"),
        ];
        let found = standing(&stored, &plan(), &[activity(Some(1))]);
        assert_eq!(
            codes(&found),
            [
                "plan.number_missing",
                "style.date_zero",
                "style.collocation"
            ]
        );
        let zero = found.get(1).unwrap();
        assert_eq!((zero.n_places, zero.quotes.len()), (2, 2));
    }

    #[test]
    fn a_plan_issued_after_the_first_report_is_late() {
        let mut plan = plan();
        plan.details.number = Some("1/KH".to_owned());
        plan.details.issued_on = Some(date(2023, 3, 15));
        assert_eq!(codes(&standing(&[], &plan, &[])), ["plan.late_issue"]);
        plan.details.issued_on = Some(date(2023, 3, 14));
        assert!(standing(&[], &plan, &[]).is_empty());
    }
}
