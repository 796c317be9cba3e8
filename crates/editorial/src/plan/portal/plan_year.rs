//! What was promised for a year, what changed, and what is done.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use base::Refusal;
use base::calendar::{date_long, date_long_en};
use jiff::civil::Date;
use web::{AskamaPage, Cacheable, Frame, Lang, Page, Public, Say};

use super::promised::{ChangeLine, Promised, PromisedLine};
use crate::Editorial;
use crate::plan::board::Board;
use crate::plan::lines::{Bar, Line, Lines, head_words};
use crate::plan::progress::Summary;
use crate::plan::timeline::{Timeline, timeline};
use crate::plan::{activity_store, plan_store};

/// Things done that are shown for each activity.
const DONE_PER_ACTIVITY: i64 = 10;

#[derive(Template)]
#[template(path = "plan/portal/plan_year.html")]
struct PlanYearPage {
    frame: Frame,
    as_of: String,
    plans: Vec<Shown>,
    years: Vec<(i16, bool)>,
}

struct Shown {
    id: String,
    title: String,
    head: String,
    state: String,
    signer: String,
    scan: Option<(String, String)>,
    promised: Vec<PromisedLine>,
    sha256: String,
    changes: Vec<ChangeLine>,
    sum: Summary,
    bar: Bar,
    lines: Vec<Line>,
    chart: Timeline,
}

/// The page.
///
/// # Refusals
/// Not found: no plan of that year is public.
pub async fn show(
    State(editorial): State<Editorial>,
    public: Public,
    Path(year): Path<String>,
) -> Page {
    let year = super::year_of(&year)?;
    let today = editorial.today();
    let portal = editorial.portal(&public, "").await?;
    let say = portal.frame.say;
    let mut read = editorial.db.read().await?;
    let plans = plan_store::list_public(&mut read, portal.agency, year).await?;
    if plans.is_empty() {
        return Err(Refusal::NotFound.into());
    }
    let mut tags = vec!["plans".to_owned(), format!("agency/{}", portal.agency)];
    let mut shown = Vec::new();
    for plan in plans {
        tags.push(format!("plan/{}", plan.id));
        let done = activity_store::last_done(&mut read, plan.id, today, DONE_PER_ACTIVITY).await?;
        let promised = Promised::load(&mut read, &plan).await?;
        let board = Board::load(&mut read, plan, today).await?;
        let lines = Lines {
            public: Some(&done),
            ..Lines::new(&board, &say)
        };
        shown.push(of_plan(&lines, &promised));
    }
    let years = plan_store::public_years(&mut read, portal.agency).await?;
    let page = PlanYearPage {
        frame: portal
            .frame
            .titled(say.t1("plan-public-title", "year", year)),
        as_of: say.t1("plan-as-of", "day", day_words(today, &say)),
        plans: shown,
        years: years
            .into_iter()
            .map(|other| (other, other == year))
            .collect(),
    };
    Ok(Cacheable::html(page.html()?, tags).into_response())
}

fn of_plan(lines: &Lines<'_>, promised: &Promised) -> Shown {
    let (plan, say) = (&lines.board.plan, lines.say);
    let sum = lines.summary();
    Shown {
        id: plan.id.to_string(),
        title: plan.details.title.clone(),
        head: head_words(plan, say),
        state: say.t(&format!("plan-state-{}", plan.stage(lines.board.today))),
        signer: promised.signer().to_owned(),
        scan: promised.scan(),
        promised: promised.lines(say),
        sha256: promised.sha256(),
        changes: promised.changes(say),
        bar: lines.bar_of(&sum, &plan.details.title),
        lines: lines.tree(),
        chart: timeline(lines.board, lines.say, |id| format!("#a-{id}")),
        sum,
    }
}

fn day_words(day: Date, say: &Say) -> String {
    match say.lang {
        Lang::Vi => date_long(day),
        Lang::En => date_long_en(day),
    }
}
