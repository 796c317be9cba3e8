//! A plan: its tree with progress, what is overdue first, what it still fails to say beside it.

use askama::Template;
use axum::extract::{Path, State};
use base::Error;
use db::Conn;
use jiff::civil::Date;
use web::{By, Frame, Page, Say, render};

use super::{address, open};
use crate::Editorial;
use crate::plan::board::Board;
use crate::plan::finding::{self, Finding, Way};
use crate::plan::finding_store::{self, severity_word};
use crate::plan::import::finding_message;
use crate::plan::life::amendment::AmendmentState;
use crate::plan::life::amendment_store;
use crate::plan::lines::{ActivityLine, Bar, Line, Lines, head_words};
use crate::plan::plan::{Plan, PlanState};
use crate::plan::plan_store;
use crate::plan::progress::Summary;
use crate::plan::rules::{Deed, On, may};

#[derive(Template)]
#[template(path = "plan/desk/plan_show.html")]
struct PlanShowPage {
    frame: Frame,
    base: String,
    facts: Facts,
    tabs: Vec<Tab>,
    sum: Summary,
    bar: Bar,
    late: Vec<ActivityLine>,
    lines: Vec<Line>,
    findings: Vec<Card>,
    settled: Vec<Card>,
    can_edit: bool,
    can_edit_plan: bool,
    can_settle: bool,
    /// Of a working copy: the page that compares it with its plan. Of a plan: its open amendment.
    amendment: Option<String>,
    is_copy: bool,
    /// What a plan waits for before it is issued.
    waiting: Option<String>,
    /// The public page, if there is one.
    public_page: Option<String>,
}

/// What a plan says of itself.
struct Facts {
    head: String,
    state: &'static str,
    state_words: String,
    public_words: String,
    bases: Vec<String>,
    purposes: Vec<String>,
    audiences: Vec<String>,
    channels: Vec<(String, String)>,
    source: Option<(String, String)>,
}

/// One view of a plan: the whole, or a unit's.
pub(super) struct Tab {
    pub text: String,
    pub href: String,
    pub n: usize,
    pub is_current: bool,
}

/// A finding as a card.
struct Card {
    pub code: String,
    pub severity: &'static str,
    pub kind: String,
    pub words: String,
    pub quotes: Vec<String>,
    /// Where it is mended: words and address.
    pub ways: Vec<(String, String)>,
}

/// The page.
pub async fn show(State(editorial): State<Editorial>, by: By, Path(id): Path<String>) -> Page {
    let mut read = editorial.db.read().await?;
    let plan = open(&mut read, &by, &id, Deed::See).await?;
    let frame = editorial.desk(&by, "nav-plans").await?;
    let base = address(plan.id);
    let list = frame.t("nav-plans");
    let frame = frame
        .titled(plan.details.title.clone())
        .at(&base)
        .under(list, "/desk/plans");
    let say = frame.say;
    let stored = finding_store::list(&mut read, plan.id).await?;
    let facts = facts(&mut read, &plan, editorial.today(), &say).await?;
    let amendment = amendment(&mut read, &plan).await?;
    let board = Board::load(&mut read, plan, editorial.today()).await?;
    let found = finding::standing(&stored, &board.plan, &board.activities);
    let (settled, open): (Vec<&Finding>, Vec<&Finding>) =
        found.iter().partition(|finding| finding.is_settled);
    let cards = |all: Vec<&Finding>| -> Vec<Card> {
        all.into_iter()
            .map(|finding| card(finding, &board, &say))
            .collect()
    };
    let lines = Lines::new(&board, &say);
    let sum = lines.summary();
    let allows = |deed| may(by.actor(), deed, On::Plan(&board.plan)).is_ok();
    render(&PlanShowPage {
        base,
        facts,
        tabs: tabs(&board, &say, None),
        bar: lines.bar_of(&sum, &board.plan.details.title),
        late: lines.late(),
        lines: lines.tree(),
        findings: cards(open),
        settled: cards(settled),
        can_edit: allows(Deed::EditContent),
        can_edit_plan: allows(Deed::EditPlan),
        can_settle: allows(Deed::SettleFinding),
        amendment,
        is_copy: board.plan.details.state == PlanState::Amendment,
        waiting: waiting(&board, &say),
        public_page: board
            .plan
            .is_shown()
            .then(|| format!("/ke-hoach/{}", board.plan.details.year)),
        sum,
        frame,
    })
}

/// What a plan waits for: the units, or the director.
fn waiting(board: &Board, say: &Say) -> Option<String> {
    let stage = board.plan.stage(board.today);
    matches!(stage, "opinions" | "submitted").then(|| say.t(&format!("life-now-{stage}")))
}

/// The open amendment that a plan or a working copy belongs to.
async fn amendment(conn: &mut Conn, plan: &Plan) -> Result<Option<String>, Error> {
    let found = if plan.details.state == PlanState::Amendment {
        amendment_store::of_copy(conn, plan.id).await?
    } else {
        let all = amendment_store::list(conn, plan.id).await?;
        all.into_iter()
            .find(|found| found.state == AmendmentState::Open)
    };
    Ok(found.map(|found| format!("{}/amendments/{}", address(found.plan), found.id)))
}

/// The views of a plan: the whole, and that of each unit that has to do with it.
pub(super) fn tabs(board: &Board, say: &Say, current: Option<base::id::UnitId>) -> Vec<Tab> {
    let base = address(board.plan.id);
    let whole = Tab {
        text: say.t("plan-all-units"),
        href: base.clone(),
        n: board.activities.len(),
        is_current: current.is_none(),
    };
    let units = board.units.iter().map(|unit| Tab {
        text: unit.short_name.clone(),
        href: format!("{base}/units/{}", unit.id),
        n: board
            .activities
            .iter()
            .filter(|found| Board::is_of(found, unit.id))
            .count(),
        is_current: current == Some(unit.id),
    });
    std::iter::once(whole)
        .chain(units.filter(|tab| tab.n > 0 || tab.is_current))
        .collect()
}

async fn facts(conn: &mut Conn, plan: &Plan, today: Date, say: &Say) -> Result<Facts, Error> {
    let bases = plan_store::bases(conn, plan.id).await?;
    let passages = plan_store::passages(conn, plan.id).await?;
    let channels = plan_store::channels(conn, plan.id).await?;
    let of = |kind: &str| -> Vec<String> {
        let own = passages.iter().filter(|passage| passage.kind == kind);
        own.map(|passage| passage.text.clone()).collect()
    };
    let details = &plan.details;
    let public = if details.is_public {
        "plan-public"
    } else {
        "plan-internal"
    };
    let source = plan
        .source
        .file
        .as_ref()
        .map(|file| (plan.source.name.clone(), format!("/desk/files/{file}")));
    Ok(Facts {
        head: head_words(plan, say),
        state: plan.stage(today),
        state_words: say.t(&format!("plan-state-{}", plan.stage(today))),
        public_words: say.t(public),
        bases: bases
            .iter()
            .map(|basis| super::basis_edit::words(basis, say))
            .collect(),
        purposes: of("purpose"),
        audiences: of("audience"),
        channels: channels
            .into_iter()
            .map(|(kind, name)| (say.t(&format!("channel-kind-{kind}")), name))
            .collect(),
        source,
    })
}

/// More activities than a finding links to.
const WAYS_MAX: usize = 5;

fn card(finding: &Finding, board: &Board, say: &Say) -> Card {
    let severity = severity_word(finding.severity);
    let base = address(board.plan.id);
    let ways = match &finding.way {
        Way::Field(_) if board.plan.details.state.is_issued() => {
            vec![(say.t("plan-finding-fill"), format!("{base}/issue"))]
        }
        Way::Field(field) => vec![(say.t("plan-finding-fill"), format!("{base}/edit#{field}"))],
        Way::Activities(all) => {
            let first = all.iter().take(WAYS_MAX);
            first
                .map(|id| {
                    (
                        say.t1("plan-activity-no", "no", board.number(*id)),
                        format!("{base}/activities/{id}/edit"),
                    )
                })
                .collect()
        }
        Way::NewActivity => vec![(say.t("plan-activity-add"), format!("{base}/activities/new"))],
        Way::Nowhere => Vec::new(),
    };
    let message = finding_message(&finding.code, say.lang.as_str());
    let mut words = message.map_or_else(|| finding.message.clone(), str::to_owned);
    if finding.n_places > 0 {
        let n = i64::try_from(finding.n_places).unwrap_or(i64::MAX);
        words = format!("{words} {}", say.n("plan-finding-places", n));
    }
    Card {
        code: finding.code.clone(),
        severity,
        kind: say.t(&format!("plan-severity-{severity}")),
        words,
        quotes: finding.quotes.clone(),
        ways,
    }
}
