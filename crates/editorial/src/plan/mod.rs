//! Plans (*kế hoạch truyền thông*): what is promised, by whom, by when, and how far it is.
//!
//! It serves the officer who brings a plan in, assigns and chases; the heads of units; everybody
//! who asks how far it is; and the public, who see what was promised and done. Its words: *kế
//! hoạch* (plan), *căn cứ* (legal basis), *nhiệm vụ* (task), *hoạt động* (activity), *chỉ tiêu*
//! (target), *đơn vị chủ trì, phối hợp* (lead and supporting units). Its law: the agency's own
//! yearly decision; the reporting year of 581/BNV-CCHC (`base::calendar::period`).
//!
//! [`import`] reads a plan that another program wrote and knows no database. `plan`, `task`,
//! `activity`, `target`, `figure`, `programme`, `finding` and `progress` are pure; nobody types a
//! status, [`progress`] derives it from the items, from figures entered by hand with evidence, and
//! from the calendar.
//!
//! What is not here: the items that fulfil activities (`items`), reports (measure).

pub mod activity;
mod activity_store;
mod activity_unit_store;
mod annex;
mod awaited;
pub mod board;
mod desk;
mod due_days;
pub mod figure;
mod figure_store;
pub mod figuring;
pub mod files;
pub mod finding;
mod finding_store;
pub mod import;
pub mod importing;
mod intake;
pub mod life;
mod lines;
mod month;
mod open_activities;
mod owing;
mod paper;
mod paper_store;
#[expect(
    clippy::module_inception,
    reason = "a feature and its first thing share a word"
)]
pub mod plan;
mod plan_store;
mod portal;
pub mod programme;
mod programme_store;
pub mod progress;
mod result;
pub mod rules;
pub mod starting;
mod status;
mod tally_store;
pub mod target;
mod target_store;
mod task;
mod task_store;
mod timeline;

use base::id::{ActivityId, AgencyId, ItemId, PlanId, ProgrammeId};
use base::{Fault, Role};
use db::{Act, Conn};
use web::{NavItem, Policy, Route, WordFile, get, post};

use crate::Editorial;
use plan::PlanState;

pub use activity_store::DoneItem;
pub use awaited::{Awaited, awaited};
pub use due_days::{DueDay, MovedDeadline, due_days, moved_deadlines};
pub use life::life_store::SubmittedPlan;
pub use life::opinion::AwaitedOpinion;
pub use open_activities::OpenActivities;
pub use owing::{Owing, owing};
pub use result::{ActivityResult, FigureResult, PlanResult, TargetResult, TaskResult, result};
pub use status::{LateActivity, PlanStanding, Standing, status};

/// The words of this feature.
pub const WORDS: WordFile = WordFile {
    name: "plan",
    vi: include_str!("plan.vi.ftl"),
    en: include_str!("plan.en.ftl"),
};

/// Where the desk shows it.
pub const NAV: [NavItem; 1] = [NavItem {
    key: "nav-plans",
    path: "/desk/plans",
    icon: "plan",
    roles: rules::STAFF,
}];

const STAFF: Policy = Policy::Roles(rules::STAFF);
const ADMINISTRATORS: Policy = Policy::roles(&[Role::Administrator]);
const OFFICERS: Policy = Policy::roles(&[Role::Officer]);
const OFFICERS_AND_HEADS: Policy = Policy::roles(&[Role::Officer, Role::Head]);
const DIRECTORS: Policy = Policy::roles(&[Role::Director]);
const SIGNING: Policy = Policy::Roles(life::rules::SIGNING);

/// Every route of this feature.
pub fn routes() -> Vec<Route<Editorial>> {
    let mut routes = plan_routes();
    routes.extend(life_routes());
    routes.extend(amendment_routes());
    routes.extend(tree_routes());
    routes.extend(file_routes());
    routes.extend(counting_routes());
    routes.extend(public_routes());
    routes
}

fn plan_routes() -> Vec<Route<Editorial>> {
    use desk::{
        basis_edit, deadline_moves, finding_settle, plan_edit, plan_import, plan_list, plan_remove,
        plan_show, plan_unit,
    };
    vec![
        get("/desk/plans", STAFF, plan_list::show),
        get("/desk/plans/import", OFFICERS, plan_import::show),
        post("/desk/plans/import", OFFICERS, plan_import::save).act("plan.import"),
        get("/desk/plans/deadlines", STAFF, deadline_moves::show),
        post(
            "/desk/plans/deadlines",
            ADMINISTRATORS,
            deadline_moves::preview,
        )
        .act("calendar.preview"),
        get("/desk/plans/{plan}", STAFF, plan_show::show),
        get("/desk/plans/{plan}/units/{unit}", STAFF, plan_unit::show),
        get("/desk/plans/{plan}/edit", OFFICERS, plan_edit::show),
        post("/desk/plans/{plan}/edit", OFFICERS, plan_edit::save).act("plan.edit"),
        post("/desk/plans/{plan}/remove", OFFICERS, plan_remove::save).act("plan.remove"),
        post("/desk/plans/{plan}/bases", OFFICERS, basis_edit::add).act("legal_basis.add"),
        post(
            "/desk/plans/{plan}/bases/{basis}/remove",
            OFFICERS,
            basis_edit::remove,
        )
        .act("legal_basis.remove"),
        post(
            "/desk/plans/{plan}/findings/{code}",
            OFFICERS,
            finding_settle::save,
        )
        .act("plan.finding"),
    ]
}

fn life_routes() -> Vec<Route<Editorial>> {
    use desk::{plan_close, plan_copy, plan_issue, plan_life, plan_opinion, plan_opinions};
    vec![
        get("/desk/plans/{plan}/life", STAFF, plan_life::show),
        get("/desk/plans/{plan}/opinions", STAFF, plan_opinions::show),
        post("/desk/plans/{plan}/opinions", OFFICERS, plan_opinions::save).act("plan.ask"),
        post(
            "/desk/plans/{plan}/opinions/end",
            OFFICERS,
            plan_opinions::end,
        )
        .act("plan.end_round"),
        get(
            "/desk/plans/{plan}/opinions/{unit}",
            STAFF,
            plan_opinion::show,
        ),
        post(
            "/desk/plans/{plan}/opinions/{unit}",
            OFFICERS_AND_HEADS,
            plan_opinion::save,
        )
        .act("plan.answer"),
        post(
            "/desk/plans/{plan}/opinions/{unit}/resolution",
            OFFICERS,
            plan_opinion::resolve,
        )
        .act("plan.resolve"),
        post("/desk/plans/{plan}/submission", OFFICERS, plan_life::submit).act("plan.submit"),
        post("/desk/plans/{plan}/recall", OFFICERS, plan_life::recall).act("plan.recall"),
        post("/desk/plans/{plan}/return", DIRECTORS, plan_life::give_back).act("plan.return"),
        get("/desk/plans/{plan}/issue", SIGNING, plan_issue::show),
        post("/desk/plans/{plan}/issue", SIGNING, plan_issue::save).act("plan.issue"),
        get("/desk/plans/{plan}/close", OFFICERS, plan_close::show),
        post("/desk/plans/{plan}/close", OFFICERS, plan_close::save).act("plan.close"),
        post("/desk/plans/{plan}/reopening", OFFICERS, plan_life::reopen).act("plan.reopen"),
        get("/desk/plans/{plan}/copy", OFFICERS, plan_copy::show),
        post("/desk/plans/{plan}/copy", OFFICERS, plan_copy::save).act("plan.copy"),
    ]
}

fn amendment_routes() -> Vec<Route<Editorial>> {
    use desk::plan_amend;
    vec![
        post(
            "/desk/plans/{plan}/amendments",
            OFFICERS,
            plan_amend::open_new,
        )
        .act("plan.amend"),
        get(
            "/desk/plans/{plan}/amendments/{amendment}",
            STAFF,
            plan_amend::show,
        ),
        post(
            "/desk/plans/{plan}/amendments/{amendment}/decision",
            SIGNING,
            plan_amend::decide,
        )
        .act("plan.amend_decide"),
        post(
            "/desk/plans/{plan}/amendments/{amendment}/drop",
            OFFICERS,
            plan_amend::drop_it,
        )
        .act("plan.amend_drop"),
    ]
}

fn tree_routes() -> Vec<Route<Editorial>> {
    use desk::{activity_edit, activity_remove, activity_show, task_edit, task_remove};
    vec![
        get("/desk/plans/{plan}/tasks/new", OFFICERS, task_edit::begin),
        post("/desk/plans/{plan}/tasks/new", OFFICERS, task_edit::add).act("task.add"),
        get("/desk/plans/{plan}/tasks/{task}", OFFICERS, task_edit::show),
        post("/desk/plans/{plan}/tasks/{task}", OFFICERS, task_edit::save).act("task.edit"),
        post(
            "/desk/plans/{plan}/tasks/{task}/remove",
            OFFICERS,
            task_remove::save,
        )
        .act("task.remove"),
        get(
            "/desk/plans/{plan}/activities/new",
            OFFICERS,
            activity_edit::begin,
        ),
        post(
            "/desk/plans/{plan}/activities/new",
            OFFICERS,
            activity_edit::add,
        )
        .act("activity.add"),
        get(
            "/desk/plans/{plan}/activities/{activity}",
            STAFF,
            activity_show::show,
        ),
        get(
            "/desk/plans/{plan}/activities/{activity}/edit",
            OFFICERS_AND_HEADS,
            activity_edit::show,
        ),
        post(
            "/desk/plans/{plan}/activities/{activity}/edit",
            OFFICERS_AND_HEADS,
            activity_edit::save,
        )
        .act("activity.edit"),
        post(
            "/desk/plans/{plan}/activities/{activity}/remove",
            OFFICERS,
            activity_remove::save,
        )
        .act("activity.remove"),
    ]
}

fn file_routes() -> Vec<Route<Editorial>> {
    use desk::{plan_annex, plan_calendar, plan_file, plan_timeline};
    vec![
        get("/desk/plans/{plan}/timeline", STAFF, plan_timeline::show),
        get("/desk/plans/{plan}/calendar", STAFF, plan_calendar::show),
        get("/desk/plans/{plan}/document.docx", STAFF, plan_file::docx),
        get("/desk/plans/{plan}/document.pdf", STAFF, plan_file::pdf),
        get("/desk/plans/{plan}/annex.xlsx", STAFF, plan_file::xlsx),
        get("/desk/plans/{plan}/annex.csv", STAFF, plan_file::csv),
        get("/desk/plans/{plan}/annex", OFFICERS, plan_annex::show),
        post("/desk/plans/{plan}/annex", OFFICERS, plan_annex::read).act("plan.annex_read"),
        get(
            "/desk/plans/{plan}/annex/{file}",
            OFFICERS,
            plan_annex::preview,
        ),
        post(
            "/desk/plans/{plan}/annex/{file}",
            OFFICERS,
            plan_annex::save,
        )
        .act("plan.annex"),
    ]
}

fn counting_routes() -> Vec<Route<Editorial>> {
    use desk::{
        figure_new, figure_withdraw, plan_weights, programme_edit, programme_list, programme_show,
    };
    vec![
        get("/desk/plans/{plan}/weights", STAFF, plan_weights::show),
        post("/desk/plans/{plan}/weights", OFFICERS, plan_weights::save).act("plan.weights"),
        get(
            "/desk/plans/{plan}/activities/{activity}/figures/new",
            OFFICERS_AND_HEADS,
            figure_new::show,
        ),
        post(
            "/desk/plans/{plan}/activities/{activity}/figures/new",
            OFFICERS_AND_HEADS,
            figure_new::save,
        )
        .act("figure.add"),
        get(
            "/desk/plans/{plan}/activities/{activity}/figures/{item}/withdraw",
            OFFICERS_AND_HEADS,
            figure_withdraw::show,
        ),
        post(
            "/desk/plans/{plan}/activities/{activity}/figures/{item}/withdraw",
            OFFICERS_AND_HEADS,
            figure_withdraw::save,
        )
        .act("figure.withdraw"),
        get("/desk/programmes", STAFF, programme_list::show),
        post("/desk/programmes", OFFICERS, programme_list::add).act("programme.add"),
        get("/desk/programmes/{programme}", STAFF, programme_show::show),
        get(
            "/desk/programmes/{programme}/edit",
            OFFICERS,
            programme_edit::show,
        ),
        post(
            "/desk/programmes/{programme}/edit",
            OFFICERS,
            programme_edit::save,
        )
        .act("programme.edit"),
    ]
}

fn public_routes() -> Vec<Route<Editorial>> {
    use portal::{plan_api, plan_newest, plan_year};
    vec![
        get("/ke-hoach", Policy::Public, plan_newest::show),
        get("/ke-hoach/{year}", Policy::Public, plan_year::show),
        get("/api/v1/plans/{year}", Policy::Public, plan_api::show),
    ]
}

/// What an item may fulfil: the activities of plans that are not closed, as `1.2 · title`, newest
/// plan first. With several plans, the year stands before.
///
/// # Faults
/// The database does not answer.
pub async fn choices(
    conn: &mut Conn,
    agency: AgencyId,
) -> Result<Vec<(ActivityId, String)>, Fault> {
    let plans = plan_store::list(conn, agency).await?;
    let open: Vec<_> = plans
        .into_iter()
        .filter(|plan| plan.details.state != PlanState::Closed)
        .collect();
    let is_one = open.len() == 1;
    let mut choices = Vec::new();
    for plan in open {
        let year = plan.details.year;
        let tasks = task_store::list(conn, plan.id).await?;
        let mut activities = activity_store::list(conn, plan.id).await?;
        let numbers = board::numbered(&tasks, &mut activities);
        choices.extend(activities.iter().map(|activity| {
            let title = &activity.details.title;
            let no = numbers.get(&activity.id).map_or("", String::as_str);
            let text = if is_one {
                format!("{no} · {title}")
            } else {
                format!("{year} · {no} · {title}")
            };
            (activity.id, text)
        }));
    }
    Ok(choices)
}

/// The forms of communication that a text names, such as `conference` for `hội nghị`: words of
/// [`CHANNEL_KINDS`](crate::items::item::CHANNEL_KINDS), each once.
pub fn forms_in(text: &str) -> Vec<&'static str> {
    let kinds = import::channel_kinds_in(text);
    kinds.into_iter().map(intake::channel_word).collect()
}

/// A programme that an item may belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgrammeChoice {
    /// Its id.
    pub id: ProgrammeId,
    /// Its short name.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// The programmes of an agency, in their order.
///
/// # Faults
/// The database does not answer.
pub async fn programmes(conn: &mut Conn, agency: AgencyId) -> Result<Vec<ProgrammeChoice>, Fault> {
    let all = programme_store::list(conn, agency).await?;
    let choice = |found: programme::Programme| ProgrammeChoice {
        id: found.id,
        code: found.details.code,
        name: found.details.name,
    };
    Ok(all.into_iter().map(choice).collect())
}

/// The programmes that an item belongs to by itself.
///
/// # Faults
/// The database does not answer.
pub async fn programmes_of_item(conn: &mut Conn, item: ItemId) -> Result<Vec<ProgrammeId>, Fault> {
    programme_store::of_item(conn, item).await
}

/// Makes these the programmes that an item belongs to by itself; all of its agency.
///
/// # Faults
/// The database refuses.
pub async fn save_programmes_of_item(
    act: &mut Act,
    item: ItemId,
    programmes: &[ProgrammeId],
) -> Result<(), Fault> {
    programme_store::save_of_item(act, item, programmes).await
}

/// The plans of these activities, each once: whose pages change when an item is done.
///
/// # Faults
/// The database does not answer.
pub async fn plans_of_activities(
    conn: &mut Conn,
    activities: &[ActivityId],
) -> Result<Vec<PlanId>, Fault> {
    let mut plans: Vec<PlanId> = Vec::new();
    for activity in activities {
        if let Some(plan) = activity_store::plan_of(conn, *activity).await?
            && !plans.contains(&plan)
        {
            plans.push(plan);
        }
    }
    Ok(plans)
}
