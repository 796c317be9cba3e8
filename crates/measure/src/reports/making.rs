//! Making a report: its figures are gathered from one moment of the database, stored, and their
//! hash goes into the log.

use std::collections::{BTreeSet, HashMap};

use base::calendar::at_local;
use base::id::{AccountId, AgencyId, ItemId, PlanId, UnitId};
use base::{Actor, Error, Fault, Refusal, Subject, SubjectKind};
use db::Conn;
use editorial::Editorial;
use editorial::plan::plan::LegalBasis;
use editorial::plan::progress::Summary;
use editorial::plan::{self, ActivityResult, FigureResult, PlanResult, TargetResult, TaskResult};
use house::audit::{Checkpoint, Doer, audit_store};
use house::evidence::capture::rfc3339;
use house::people::agency_store;
use jiff::civil::Date;
use serde_json::json;
use sha2::{Digest, Sha256};
use web::Lang;

use super::figures::{
    self, ActivityFigures, AgencyFacts, BasisFacts, FORMAT, Figures, HandFigure, LogHead,
    PlanFacts, Standing, TargetFigures, TaskFigures,
};
use super::periods::PeriodName;
use super::report::{self, SourceItem};
use super::report_store::{self, Report};
use super::window::Window;
use super::{
    MAKERS, dressing, period_store, periods, report_words, source_store, statistic, statistic_store,
};

/// Who makes a report.
#[derive(Clone, Copy, Debug)]
pub enum Maker<'a> {
    /// A person who signed in.
    Person(&'a Actor),
    /// The house itself, for an agency: a command at the machine.
    House(AgencyId),
}

impl Maker<'_> {
    /// In whose rows.
    pub fn agency(&self) -> AgencyId {
        match self {
            Maker::Person(actor) => actor.agency,
            Maker::House(agency) => *agency,
        }
    }

    /// The name; empty for the house.
    pub(super) fn name(&self) -> &str {
        match self {
            Maker::Person(actor) => &actor.name,
            Maker::House(_) => "",
        }
    }

    /// As the log names it.
    pub(crate) fn doer(&self) -> Doer {
        match self {
            Maker::Person(actor) => (*actor).into(),
            Maker::House(_) => Doer::System,
        }
    }

    fn account(&self) -> Option<AccountId> {
        match self {
            Maker::Person(actor) => Some(actor.account),
            Maker::House(_) => None,
        }
    }
}

/// Makes the report of a plan for a period, keeps it, and writes the hash of its figures into the
/// log (`report.make`).
///
/// # Refusals
/// `refusal-role`; `report-period-future` before the period has begun; not found for a plan of
/// another agency.
pub async fn make(
    editorial: &Editorial,
    plan: PlanId,
    period: PeriodName,
    maker: Maker<'_>,
) -> Result<Report, Error> {
    if let Maker::Person(actor) = maker
        && !actor.roles.meets(MAKERS)
    {
        return Err(Refusal::Forbidden("refusal-role").into());
    }
    let mut read = editorial.db.snapshot().await?;
    let window = window_of(&mut read, maker.agency(), &period).await?;
    if editorial.today() < window.first {
        return Err(Refusal::because("report-period-future").into());
    }
    let figures = figures_of(editorial, &mut read, plan, window, maker).await?;
    drop(read);
    let json = figures::to_json(&figures)?;
    let report = Report {
        id: editorial.ids.next(&editorial.clock),
        figures,
        json,
        dress: dressing::of_new(editorial, maker.agency()).await?,
    };
    let mut act = editorial.db.act().await?;
    let (agency, now) = (maker.agency(), editorial.clock.now_ms());
    report_store::add(&mut act, agency, &report, maker.account(), now).await?;
    let subject = Subject::new(SubjectKind::Report, report.id);
    let data = json!({
        "plan": plan.to_string(),
        "period": period.to_string(),
        "sha256": hex::encode(Sha256::digest(report.json.as_bytes())),
    });
    editorial
        .record_of(
            &mut act,
            agency,
            maker.doer(),
            ("report.make", subject, data),
        )
        .await?;
    act.commit().await?;
    Ok(report)
}

/// The window of a period of an agency, its due day read by the agency's calendar.
///
/// # Refusals
/// `report-period-unknown`: the agency has no such period.
pub async fn window_of(
    conn: &mut Conn,
    agency: AgencyId,
    period: &PeriodName,
) -> Result<Window, Error> {
    let calendar = house::calendar::of(conn, agency).await?;
    let kinds = period_store::all(conn, agency).await?;
    Ok(periods::window(&kinds, period)?.read_by(&calendar))
}

/// The figures of a plan in a window, as the rows are now; nothing is stored.
///
/// # Refusals
/// Not found: no such plan of the maker's agency.
pub async fn figures_of(
    editorial: &Editorial,
    conn: &mut Conn,
    plan: PlanId,
    window: Window,
    maker: Maker<'_>,
) -> Result<Figures, Error> {
    let agency = maker.agency();
    let days = (window.first, window.last);
    let result = plan::result(conn, agency, plan, days, editorial.today()).await?;
    let as_of = result.as_of;
    let days = (window.first, as_of);
    let items = named(
        source_store::items(conn, plan, days).await?,
        conn,
        agency,
        as_of,
    )
    .await?;
    let publications = source_store::publications(conn, plan, as_of).await?;
    let counted = report::count(&items, &publications, &fulfils(&result));
    let mut figures = Figures {
        format: FORMAT.to_owned(),
        agency: agency_facts(conn, agency, as_of).await?,
        plan: plan_facts(&result),
        legal_bases: result.bases.iter().map(basis_facts).collect(),
        as_of,
        definitions: report_words::definitions(&editorial.say(Lang::Vi)),
        standing: standing(&result.summary),
        tasks: result.tasks.iter().map(task_figures).collect(),
        activities: result.activities.iter().map(activity_figures).collect(),
        counted,
        unlinked_items: source_store::count_unlinked(conn, agency, days).await?,
        unlinked: source_store::unlinked(conn, agency, days).await?,
        statistics: Vec::new(),
        late_items: Vec::new(),
        forced: source_store::forced(conn, plan, milliseconds(days)).await?,
        evidence: source_store::evidence(conn, plan, days).await?,
        checkpoint: log_head(conn).await?,
        signer: source_store::signer(conn, agency).await?,
        made_at: rfc3339(editorial.clock.now_ms())?,
        made_by: maker.name().to_owned(),
        window,
    };
    let typed = statistic_store::list(conn, (agency, plan), days).await?;
    let typed = typed.into_iter().map(|figure| (figure.code, figure.row));
    let activities: Vec<&ActivityFigures> = figures.all_activities().collect();
    let late_items = report::late_items(&figures.counted.items, &activities);
    let statistics = statistic::statistics(&figures.counted, &activities, typed.collect());
    (figures.late_items, figures.statistics) = (late_items, statistics);
    Ok(figures)
}

/// The items with the names that their units bore on a day.
pub(super) async fn named(
    items: Vec<(SourceItem, Option<UnitId>)>,
    conn: &mut Conn,
    agency: AgencyId,
    on: Date,
) -> Result<Vec<SourceItem>, Fault> {
    let units = agency_store::units(conn, agency, on).await?;
    let names: HashMap<UnitId, String> =
        units.into_iter().map(|unit| (unit.id, unit.name)).collect();
    let named = items.into_iter().map(|(mut item, unit)| {
        item.unit = unit
            .and_then(|unit| names.get(&unit).cloned())
            .unwrap_or_default();
        item
    });
    Ok(named.collect())
}

/// The numbers of the activities that each item fulfils.
fn fulfils(result: &PlanResult) -> HashMap<ItemId, BTreeSet<String>> {
    let mut found: HashMap<ItemId, BTreeSet<String>> = HashMap::new();
    let of_tasks = result.tasks.iter().flat_map(|task| &task.activities);
    for activity in of_tasks.chain(&result.activities) {
        for item in &activity.items {
            found
                .entry(item.item)
                .or_default()
                .insert(activity.no.clone());
        }
    }
    found
}

async fn agency_facts(conn: &mut Conn, id: AgencyId, on: Date) -> Result<AgencyFacts, Error> {
    let names = agency_store::find(conn, id, on).await?.names;
    Ok(AgencyFacts {
        id: id.to_string(),
        name: names.name,
        short_name: names.short_name,
        symbol: names.symbol,
        superior: names.superior,
        place: names.place,
    })
}

async fn log_head(conn: &mut Conn) -> Result<Option<LogHead>, Fault> {
    let Some(note) = audit_store::newest_checkpoint(conn).await? else {
        return Ok(None);
    };
    let head = Checkpoint::peek(&note)
        .map_err(|error| Fault::new(format!("the newest checkpoint: {}", error.code())))?;
    Ok(Some(LogHead {
        origin: head.origin,
        size: i64::try_from(head.size).unwrap_or(i64::MAX),
        root: head.root.to_base64(),
        note,
    }))
}

/// The window in milliseconds since 1970: the start belongs to it, the end does not.
fn milliseconds((first, last): (Date, Date)) -> (i64, i64) {
    let at = |day: Date| at_local(day.at(0, 0, 0, 0)).as_millisecond();
    let end = last.tomorrow().map_or(i64::MAX, at);
    (at(first), end)
}

fn plan_facts(result: &PlanResult) -> PlanFacts {
    PlanFacts {
        id: result.plan,
        title: result.title.clone(),
        number: result.number.clone(),
        issued_on: result.issued_on,
        issuer: result.issuer.clone(),
        year: result.year,
    }
}

fn basis_facts(basis: &LegalBasis) -> BasisFacts {
    BasisFacts {
        number: basis.number.clone(),
        kind: basis.kind.clone(),
        issued_on: basis.issued_on,
        issuer: basis.issuer.clone(),
        title: basis.title.clone(),
    }
}

fn standing(summary: &Summary) -> Standing {
    Standing {
        activities: summary.n_activities,
        with_target: summary.n_with_target,
        done: summary.n_done,
        on_course: summary.n_on_course,
        at_risk: summary.n_at_risk,
        late: summary.n_late,
        not_started: summary.n_not_started,
        percent: summary.percent,
        percent_due: summary.percent_due,
    }
}

fn task_figures(task: &TaskResult) -> TaskFigures {
    TaskFigures {
        no: task.no.clone(),
        depth: task.depth,
        title: task.title.clone(),
        standing: standing(&task.summary),
        activities: task.activities.iter().map(activity_figures).collect(),
    }
}

fn activity_figures(activity: &ActivityResult) -> ActivityFigures {
    let progress = activity.progress;
    ActivityFigures {
        id: activity.id,
        no: activity.no.clone(),
        title: activity.title.clone(),
        lead_unit: activity.lead_unit.clone(),
        accountable: activity.accountable.clone(),
        when: activity.when.clone(),
        from: progress.from,
        to: progress.to,
        target: progress.target,
        target_unit: activity.target_unit.clone(),
        targets: activity.targets.iter().map(target_figures).collect(),
        by_hand: activity.figures.iter().map(hand_figure).collect(),
        done_in_window: i64::try_from(activity.done_within).unwrap_or(i64::MAX),
        done_in_total: progress.done,
        due: progress.due,
        days_late: progress.days_late,
        status: progress.status.as_str().to_owned(),
    }
}

fn target_figures(target: &TargetResult) -> TargetFigures {
    let progress = &target.progress;
    TargetFigures {
        number: progress.number,
        unit: progress.unit.clone(),
        done_in_window: target.done_within,
        done_in_total: progress.done,
        by_hand: progress.by_hand,
        due: progress.due,
        missed_slots: progress.n_missed,
        status: progress.status.as_str().to_owned(),
    }
}

fn hand_figure(figure: &FigureResult) -> HandFigure {
    HandFigure {
        item: figure.item,
        title: figure.title.clone(),
        number: figure.number,
        unit: figure.unit.clone(),
        day: figure.day,
    }
}
