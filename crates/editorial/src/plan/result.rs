//! What a plan came to between two days: what the report is made of.

use base::Error;
use base::id::{ActivityId, AgencyId, ItemId, PlanId};
use db::Conn;
use jiff::civil::Date;
use serde::Serialize;

use super::activity::{Activity, ActivityDetails};
use super::activity_store::{self, DoneItem};
use super::board::Board;
use super::figure_store::{self, EnteredFigure};
use super::plan::{LegalBasis, Plan};
use super::plan_store;
use super::progress::{Progress, Summary, TargetProgress, WHOLE};
use super::target;
use crate::items::item::ItemKind;

/// What a plan came to, as of the last day of the period (or today, while the period runs).
#[derive(Clone, Debug, Serialize)]
pub struct PlanResult {
    /// The plan.
    pub plan: PlanId,
    /// Its title.
    pub title: String,
    /// Its number.
    pub number: Option<String>,
    /// Day of issue.
    pub issued_on: Option<Date>,
    /// Who issued it.
    pub issuer: String,
    /// The year it is for.
    pub year: i16,
    /// First day of the period.
    pub first: Date,
    /// Last day of the period.
    pub last: Date,
    /// The day that everything is counted on.
    pub as_of: Date,
    /// What the plan stands on.
    pub bases: Vec<LegalBasis>,
    /// How far the whole is.
    pub summary: Summary,
    /// Its tasks in the order of the tree.
    pub tasks: Vec<TaskResult>,
    /// Activities that belong to no task.
    pub activities: Vec<ActivityResult>,
}

/// What a task came to, with all its parts.
#[derive(Clone, Debug, Serialize)]
pub struct TaskResult {
    /// Its number in the tree.
    pub no: String,
    /// How deep it stands, from 1.
    pub depth: usize,
    /// What was to be done.
    pub title: String,
    /// How far it is, its parts included.
    pub summary: Summary,
    /// Its own activities.
    pub activities: Vec<ActivityResult>,
}

/// What an activity came to.
#[derive(Clone, Debug, Serialize)]
pub struct ActivityResult {
    /// Its id.
    pub id: ActivityId,
    /// Its number in the tree.
    pub no: String,
    /// What was to be done.
    pub title: String,
    /// Who leads, as the plan calls them.
    pub lead_unit: String,
    /// Who answers for it.
    pub accountable: String,
    /// When, as written.
    pub when: String,
    /// Of what the first target counts.
    pub target_unit: String,
    /// How many of the first target were done within the period; items, when it has no target.
    pub done_within: usize,
    /// How far it is as of the day.
    pub progress: Progress,
    /// How far each of its targets is, in their order.
    pub targets: Vec<TargetResult>,
    /// The items done within the period.
    pub items: Vec<DoneItem>,
    /// The figures entered by hand that count within the period.
    pub figures: Vec<FigureResult>,
}

/// How far a target is, and what was done for it within the period.
#[derive(Clone, Debug, Serialize)]
pub struct TargetResult {
    /// How far it is as of the day.
    #[serde(flatten)]
    pub progress: TargetProgress,
    /// How many were done within the period, whole ones, those entered by hand among them.
    pub done_within: i64,
    /// How many of these were entered by hand.
    pub by_hand_within: i64,
}

/// A figure entered by hand.
#[derive(Clone, Debug, Serialize)]
pub struct FigureResult {
    /// Its item, which has the evidence.
    pub item: ItemId,
    /// What it is.
    pub title: String,
    /// How many.
    pub number: i64,
    /// Of what.
    pub unit: String,
    /// The day from which it counts.
    pub day: Date,
}

/// What a plan came to between two days, both included.
///
/// The status is that of the last day, or of today while the period runs: a report of the first
/// quarter that is made in May says what was so on 14 March.
///
/// # Refusals
/// Not found: no such plan of this agency.
pub async fn result(
    conn: &mut Conn,
    agency: AgencyId,
    plan: PlanId,
    (first, last): (Date, Date),
    today: Date,
) -> Result<PlanResult, Error> {
    let plan = plan_store::find(conn, agency, plan).await?;
    let as_of = last.min(today);
    let bases = plan_store::bases(conn, plan.id).await?;
    let items = activity_store::done_between(conn, plan.id, first, as_of).await?;
    let figures = figure_store::between(conn, plan.id, (first, as_of)).await?;
    let board = Board::load(conn, plan, as_of).await?;
    let within = Within { items, figures };
    let tasks = board
        .tasks
        .iter()
        .map(|task| TaskResult {
            no: task.no.clone(),
            depth: task.no.split('.').count(),
            title: task.title.clone(),
            summary: board.summary_of(task),
            activities: of_task(&board, &within, |activity| activity.task == Some(task.id)),
        })
        .collect();
    let Plan { id, details, .. } = board.plan.clone();
    Ok(PlanResult {
        plan: id,
        title: details.title,
        number: details.number,
        issued_on: details.issued_on,
        issuer: details.issuer,
        year: details.year,
        first,
        last,
        as_of,
        bases,
        summary: board.summary(),
        tasks,
        activities: of_task(&board, &within, |activity| activity.task.is_none()),
    })
}

/// What was done within the period.
struct Within {
    items: Vec<DoneItem>,
    figures: Vec<EnteredFigure>,
}

fn of_task(
    board: &Board,
    within: &Within,
    is_of: impl Fn(&Activity) -> bool,
) -> Vec<ActivityResult> {
    board
        .activities
        .iter()
        .filter(|activity| is_of(activity))
        .map(|activity| of_activity(board, within, activity))
        .collect()
}

fn of_activity(board: &Board, within: &Within, activity: &Activity) -> ActivityResult {
    let details = &activity.details;
    let items = within.items.iter();
    let items: Vec<DoneItem> = items
        .filter(|item| item.activity == activity.id)
        .cloned()
        .collect();
    let figures = within.figures.iter();
    let figures: Vec<&EnteredFigure> = figures
        .filter(|figure| figure.activity == activity.id)
        .collect();
    let targets: Vec<TargetResult> = board
        .targets(activity)
        .iter()
        .enumerate()
        .map(|(place, progress)| of_target(details, place, progress, (&items, &figures)))
        .collect();
    let done_within = match targets.first() {
        Some(first) => usize::try_from(first.done_within).unwrap_or(0),
        None => items.len(),
    };
    ActivityResult {
        id: activity.id,
        no: board.number(activity.id).to_owned(),
        title: details.title.clone(),
        lead_unit: board.lead(activity),
        accountable: board.accountable(activity).to_owned(),
        when: details.when.text.clone(),
        target_unit: details
            .first_target()
            .map(|target| target.unit.clone())
            .unwrap_or_default(),
        done_within,
        progress: board.progress(activity),
        targets,
        figures: figures.into_iter().map(of_figure).collect(),
        items,
    }
}

fn of_target(
    details: &ActivityDetails,
    place: usize,
    progress: &TargetProgress,
    (items, figures): (&[DoneItem], &[&EnteredFigure]),
) -> TargetResult {
    let is_own = |item: &&DoneItem| {
        let kind = ItemKind::of(item.kind);
        target::chosen(&details.targets, kind, item.form) == Some(place)
    };
    let of_items: i64 = items
        .iter()
        .filter(is_own)
        .map(|item| item.share_percent)
        .sum();
    let own = figures.iter().filter(|figure| figure.place == place);
    let by_hand_within: i64 = own.map(|figure| figure.number).sum();
    TargetResult {
        progress: progress.clone(),
        done_within: of_items / WHOLE + by_hand_within,
        by_hand_within,
    }
}

fn of_figure(figure: &EnteredFigure) -> FigureResult {
    FigureResult {
        item: figure.item,
        title: figure.title.clone(),
        number: figure.number,
        unit: figure.unit.clone(),
        day: figure.day,
    }
}
