//! An activity: its facts, how far it is, and the items that fulfil it.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use base::calendar::date_short;
use base::limits::PAGE_ROWS;
use serde::Deserialize;
use web::{By, Frame, Nonce, Page, Pager, Say, render};

use super::{address, open, under_plan};
use crate::Editorial;
use crate::items::item::{Item, ItemKind};
use crate::items::item_store;
use crate::plan::activity::Activity;
use crate::plan::activity_store;
use crate::plan::board::Board;
use crate::plan::lines::{Bar, Lines};
use crate::plan::progress::{Promise, Status};
use crate::plan::rules::{Deed, On, may};

#[derive(Template)]
#[template(path = "plan/desk/activity_show.html")]
struct ActivityShowPage {
    frame: Frame,
    address: String,
    no: String,
    tag: String,
    state: &'static str,
    bar: Bar,
    bar_words: Vec<String>,
    facts: Vec<(String, String)>,
    items: Vec<Row>,
    items_words: String,
    pager: Pager,
    version: i64,
    can_edit: bool,
    can_remove: bool,
}

struct Row {
    title: String,
    href: String,
    kind: String,
    author: String,
    day: String,
}

/// What the address asks for.
#[derive(Deserialize)]
pub struct Asked {
    page: Option<i64>,
    done: Option<String>,
}

/// The page.
pub async fn show(
    State(editorial): State<Editorial>,
    Extension(nonce): Extension<Nonce>,
    by: By,
    Path((id, activity)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Page {
    let mut read = editorial.db.read().await?;
    let plan = open(&mut read, &by, &id, Deed::See).await?;
    let board = Board::load(&mut read, plan, editorial.today()).await?;
    let activity = board.activity(activity.parse()?)?;
    let address = format!("{}/activities/{}", address(board.plan.id), activity.id);
    let total = activity_store::count_items(&mut read, activity.id).await?;
    let pager = Pager::new(asked.page.unwrap_or(1), total, PAGE_ROWS, address.clone());
    let offset = (pager.page - 1) * PAGE_ROWS;
    let items = item_store::list_of_activity(&mut read, activity.id, PAGE_ROWS, offset).await?;
    let frame = editorial.desk(&by, &nonce, "nav-plans").await?;
    let frame = under_plan(frame, &board.plan)
        .titled(activity.details.title.clone())
        .done(asked.done.as_deref());
    let say = frame.say;
    let lines = Lines::new(&board, &say);
    let line = lines.activity(activity);
    let on = On::Activity(&board.plan, activity);
    render(&ActivityShowPage {
        frame,
        address,
        no: line.no,
        tag: line.tag,
        state: line.state,
        bar: line.bar,
        bar_words: words(&board, activity, &say),
        facts: facts(&lines, activity),
        items_words: say.n("plan-items-count", total),
        items: items.iter().map(|item| row(item, &say)).collect(),
        pager,
        version: activity.version,
        can_edit: may(by.actor(), Deed::AnswerFor, on).is_ok(),
        can_remove: total == 0 && may(by.actor(), Deed::EditContent, on).is_ok(),
    })
}

/// What the bar says, in sentences.
fn words(board: &Board, activity: &Activity, say: &Say) -> Vec<String> {
    let progress = board.progress(activity);
    let unit = &activity.details.target_unit;
    let mut words = Vec::new();
    if let Some(target) = progress.target {
        let (done, due) = (progress.done.to_string(), progress.due.to_string());
        let target = target.to_string();
        let all = [
            ("done", done.as_str()),
            ("target", &target),
            ("unit", unit),
            ("due", &due),
        ];
        words.push(say.with("plan-bar", &all));
    } else {
        words.push(say.t1("plan-bar-no-target", "done", progress.done));
    }
    let promise = Promise::of(&activity.details, board.plan.details.year);
    if let Some((number, n_slots)) = promise.slots {
        let all = [
            ("number", &*number.to_string()),
            ("slots", &n_slots.to_string()),
        ];
        words.push(say.with("plan-slots", &all));
    }
    let (from, to) = (date_short(progress.from), date_short(progress.to));
    words.push(say.with("plan-window-days", &[("from", &from), ("to", &to)]));
    if progress.status == Status::Late {
        words.push(say.n("plan-days-late", progress.days_late));
    }
    words
}

fn facts(lines: &Lines<'_>, activity: &Activity) -> Vec<(String, String)> {
    let (board, say, details) = (lines.board, lines.say, &activity.details);
    let task = board
        .tasks
        .iter()
        .find(|task| Some(task.id) == activity.task);
    let all = [
        (
            "plan-task",
            task.map(|task| format!("{}. {}", task.no, task.title))
                .unwrap_or_default(),
        ),
        ("plan-form", details.form.clone()),
        ("plan-output", details.output.clone()),
        ("plan-lead-unit", board.lead(activity)),
        (
            "plan-supporting-units",
            board.supporting(activity).join("; "),
        ),
        ("plan-accountable", board.accountable(activity).to_owned()),
        ("plan-when", lines.when(&details.when)),
        ("plan-note", details.note.clone()),
    ];
    all.into_iter()
        .map(|(key, words)| {
            (
                say.t(key),
                if words.is_empty() {
                    say.t("plan-empty-value")
                } else {
                    words
                },
            )
        })
        .collect()
}

fn row(item: &Item, say: &Say) -> Row {
    let kind = match item.kind {
        ItemKind::Article => say.t("plan-item-article"),
        ItemKind::External => say.t("plan-item-external"),
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
