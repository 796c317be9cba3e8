//! How far the running plans are, for the command line: data, and the same in words.

use base::Error;
use base::id::{AgencyId, PlanId};
use db::Conn;
use jiff::civil::Date;
use serde::Serialize;
use web::Say;

use super::board::Board;
use super::plan_store;
use super::progress::{Progress, Summary};

/// How far the running plans of an agency are on a day.
#[derive(Clone, Debug, Serialize)]
pub struct Standing {
    /// The day.
    pub today: Date,
    /// The plans, newest year first.
    pub plans: Vec<PlanStanding>,
}

/// How far one plan is.
#[derive(Clone, Debug, Serialize)]
pub struct PlanStanding {
    /// The plan.
    pub plan: PlanId,
    /// Its title.
    pub title: String,
    /// The year it is for.
    pub year: i16,
    /// How far it is: the word of its stage.
    pub state: &'static str,
    /// Its activities together.
    pub summary: Summary,
    /// What is late, the longest late first.
    pub late: Vec<LateActivity>,
}

/// An activity that is late.
#[derive(Clone, Debug, Serialize)]
pub struct LateActivity {
    /// Its number in the tree.
    pub no: String,
    /// What was to be done.
    pub title: String,
    /// Who leads.
    pub lead_unit: String,
    /// Who answers for it.
    pub accountable: String,
    /// How far it is.
    pub progress: Progress,
}

/// How far the running plans of an agency are; with a year, all its plans of that year.
///
/// # Faults
/// The database does not answer.
pub async fn status(
    conn: &mut Conn,
    agency: AgencyId,
    year: Option<i16>,
    today: Date,
) -> Result<Standing, Error> {
    let mut plans = Vec::new();
    for plan in plan_store::list(conn, agency).await? {
        let is_asked = match year {
            Some(year) => plan.details.year == year,
            None => plan.is_running(today),
        };
        if is_asked {
            plans.push(of_plan(&Board::load(conn, plan, today).await?));
        }
    }
    Ok(Standing { today, plans })
}

fn of_plan(board: &Board) -> PlanStanding {
    let late = board
        .late()
        .into_iter()
        .map(|(activity, progress)| LateActivity {
            no: board.number(activity.id).to_owned(),
            title: activity.details.title.clone(),
            lead_unit: board.lead(activity),
            accountable: board.accountable(activity).to_owned(),
            progress,
        })
        .collect();
    PlanStanding {
        plan: board.plan.id,
        title: board.plan.details.title.clone(),
        year: board.plan.details.year,
        state: board.plan.stage(board.today),
        summary: board.summary(),
        late,
    }
}

impl Standing {
    /// The same in words, for a terminal.
    pub fn text(&self, say: &Say) -> String {
        let day = base::calendar::date_short(self.today);
        let mut lines = vec![say.t1("plan-standing-on", "day", day)];
        if self.plans.is_empty() {
            lines.push(say.t("plan-standing-none"));
        }
        for plan in &self.plans {
            let sum = &plan.summary;
            let n = |number: i64| number.to_string();
            lines.push(String::new());
            lines.push(plan.title.clone());
            lines.push(say.with(
                "plan-standing-sum",
                &[
                    ("percent", &n(sum.percent)),
                    ("due", &n(sum.percent_due)),
                    ("done", &n(sum.n_done)),
                    ("counted", &n(sum.n_with_target)),
                    ("risk", &n(sum.n_at_risk)),
                    ("late", &n(sum.n_late)),
                ],
            ));
            lines.extend(plan.late.iter().map(|late| {
                say.with(
                    "plan-standing-late",
                    &[
                        ("no", &late.no),
                        ("title", &late.title),
                        ("days", &n(late.progress.days_late)),
                        ("unit", &late.lead_unit),
                    ],
                )
            }));
        }
        lines.push(String::new());
        lines.join("\n")
    }
}
