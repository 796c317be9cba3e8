//! An activity: its facts, how far it is, its slots, the items that fulfil it and the figures that
//! were entered for it.

use askama::Template;
use axum::extract::{Path, Query, State};
use base::Error;
use base::calendar::date_short;
use base::id::{ActivityId, AgencyId};
use base::limits::PAGE_ROWS;
use base::text::number::whole;
use db::Conn;
use serde::Deserialize;
use web::{By, Frame, Page, Pager, Say, render};

use super::activity_facts::{facts, words};
use super::activity_slots::{self, SlotRow};
use super::{address, open, under_plan};
use crate::Editorial;
use crate::items::item::{Item, ItemKind};
use crate::items::{REGISTRARS, item_store, requirement_store};
use crate::plan::board::Board;
use crate::plan::figure_store::{self, EnteredFigure};
use crate::plan::lines::{Bar, Lines};
use crate::plan::plan::PlanState;
use crate::plan::rules::{Deed, On, may};
use crate::plan::tally_store::Scope;
use crate::plan::{activity_store, programme_store};

#[derive(Template)]
#[template(path = "plan/desk/activity_show.html")]
struct ActivityShowPage {
    frame: Frame,
    address: String,
    no: String,
    tag: String,
    state: &'static str,
    bars: Vec<Bar>,
    bar_words: Vec<String>,
    facts: Vec<(String, String)>,
    slots: Vec<SlotRow>,
    items: Vec<Row>,
    items_words: String,
    pager: Pager,
    figures: Vec<FigureRow>,
    /// The page of its evidence, and what is there in words.
    evidence: (String, String),
    version: i64,
    can_edit: bool,
    can_remove: bool,
    can_count: bool,
    can_register: bool,
    id: ActivityId,
}

struct Row {
    title: String,
    href: String,
    kind: String,
    author: String,
    day: String,
}

struct FigureRow {
    href: String,
    title: String,
    number: String,
    by: String,
    day: String,
    /// Why it was withdrawn; empty while it stands.
    withdrawal: String,
    /// Where it is withdrawn; empty for who may not, and when it is.
    withdraw: String,
}

/// What the address asks for.
#[derive(Deserialize)]
pub struct Asked {
    page: Option<i64>,
}

/// The page.
pub async fn show(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, activity)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Page {
    let activity: ActivityId = activity.parse()?;
    let mut read = editorial.db.read().await?;
    let plan = open(&mut read, &by, &id, Deed::See).await?;
    let scope = Scope::Activity(activity);
    let board = Board::load_scope(&mut read, plan, editorial.today(), scope).await?;
    let activity = board.activity(activity)?;
    let address = format!("{}/activities/{}", address(board.plan.id), activity.id);
    let total = activity_store::count_items(&mut read, activity.id).await?;
    let pager = Pager::new(asked.page.unwrap_or(1), total, PAGE_ROWS, address.clone());
    let offset = (pager.page - 1) * PAGE_ROWS;
    let items = item_store::list_of_activity(&mut read, activity.id, PAGE_ROWS, offset).await?;
    let figures = figure_store::of_activity(&mut read, activity.id).await?;
    let programmes = programme_store::list(&mut read, board.plan.agency).await?;
    let evidence = evidence_words(&mut read, by.actor().agency, activity.id).await?;
    let frame = editorial.desk(&by, "nav-plans").await?;
    let frame = under_plan(frame, &board.plan).titled(activity.details.title.clone());
    let say = frame.say;
    let mut bar_words = words(&board, activity, &say);
    bar_words.extend(activity_slots::deadline_words(&mut read, &board, activity, &say).await?);
    let lines = Lines::new(&board, &say);
    let line = lines.activity(activity);
    let on = On::Activity(&board.plan, activity);
    let allows = |deed| may(by.actor(), deed, on).is_ok();
    let can_count = allows(Deed::CountByHand) && !activity.details.targets.is_empty();
    let can_remove = total == 0 && figures.is_empty() && allows(Deed::EditContent);
    let figures = figures
        .into_iter()
        .map(|figure| figure_row(figure, (&address, can_count)));
    render(&ActivityShowPage {
        no: line.no,
        tag: line.tag,
        state: line.state,
        bars: line.bars,
        bar_words,
        facts: facts(&lines, activity, &programmes),
        slots: activity_slots::rows(&board, activity, &say),
        items_words: say.n("plan-items-count", total),
        items: items.iter().map(|item| row(item, &say)).collect(),
        pager,
        figures: figures.collect(),
        evidence: (
            format!("/desk/evidence/activities/{}", activity.id),
            evidence.map_or_else(
                || say.t("plan-evidence-unchosen"),
                |n| say.n("plan-evidence-asked", n),
            ),
        ),
        version: activity.version,
        can_edit: allows(Deed::AnswerFor),
        can_remove,
        can_count,
        can_register: by.actor().roles.meets(REGISTRARS)
            && !matches!(
                board.plan.details.state,
                PlanState::Closed | PlanState::Amendment
            ),
        id: activity.id,
        address,
        frame,
    })
}

/// How many kinds of evidence the activity must have; none while nobody has chosen.
async fn evidence_words(
    conn: &mut Conn,
    agency: AgencyId,
    id: ActivityId,
) -> Result<Option<i64>, Error> {
    let activity = requirement_store::find(conn, agency, id).await?;
    let chosen = requirement_store::chosen(conn, activity.id).await?;
    Ok(chosen.map(|kinds| i64::try_from(kinds.len()).unwrap_or(i64::MAX)))
}

fn row(item: &Item, say: &Say) -> Row {
    let kind = match item.kind {
        ItemKind::Article => say.t("plan-item-article"),
        ItemKind::External => say.t("plan-item-external"),
        ItemKind::ByHand => say.t("plan-item-by-hand"),
    };
    Row {
        title: item.title.clone(),
        // Whoever may see the plan may see what was made for it, with its evidence; not everybody
        // may see the newsroom.
        href: format!("/desk/items/{}", item.id),
        kind,
        author: item.author.clone(),
        day: item
            .done_on
            .map_or_else(|| say.t("plan-item-open"), date_short),
    }
}

fn figure_row(figure: EnteredFigure, (address, can_count): (&str, bool)) -> FigureRow {
    let is_withdrawn = figure.withdrawal.is_some();
    FigureRow {
        href: format!("/desk/items/{}", figure.item),
        number: format!("{} {}", whole(figure.number), figure.unit),
        title: figure.title,
        by: figure.by,
        day: date_short(figure.day),
        withdraw: if can_count && !is_withdrawn {
            format!("{address}/figures/{}/withdraw", figure.item)
        } else {
            String::new()
        },
        withdrawal: figure.withdrawal.unwrap_or_default(),
    }
}
