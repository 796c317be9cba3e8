//! Deadlines and the calendar: which fall on days off, what moved since a day and why, and what a
//! change of the calendar would move before it is made.

use askama::Template;
use axum::extract::{Query, State};
use base::calendar::working::{Deadline, MarkedDay, WorkCalendar};
use base::calendar::{at_local, date_short, weekday_en, weekday_vi};
use house::calendar::day_off::Change;
use house::calendar::{as_of, before_and_after, of};
use jiff::civil::Date;
use serde::Deserialize;
use web::{By, Form, Frame, Lang, Page, Problems, Say, render};

use super::address;
use crate::Editorial;
use crate::plan::due_days::{DueDay, MovedDeadline, due_days, moved_deadlines};
use crate::plan::rules::{Deed, On, may};

#[derive(Template)]
#[template(path = "plan/desk/deadline_moves.html")]
struct DeadlinesPage {
    frame: Frame,
    form: Form,
    problems: Problems,
    /// What moved since the day asked for; none when none was asked for.
    moved: Option<Vec<MovedRow>>,
    off: Vec<OffRow>,
}

#[derive(Template)]
#[template(path = "plan/desk/deadline_preview.html")]
struct PreviewPage {
    frame: Frame,
    changes: Vec<String>,
    moved_words: String,
    moved: Vec<MovedRow>,
    /// Where the change is made, and what is sent there.
    action: String,
    fields: Vec<(&'static str, String)>,
}

struct Head {
    href: String,
    title: String,
    lead: String,
    written: String,
}

struct OffRow {
    head: Head,
    why: String,
    before: String,
    after: String,
}

struct MovedRow {
    head: Head,
    old: String,
    new: String,
    why: String,
}

/// What the address asks for.
#[derive(Deserialize)]
pub struct Asked {
    since: Option<String>,
}

/// The deadlines that fall on days off, and what moved since a day.
pub async fn show(State(editorial): State<Editorial>, by: By, Query(asked): Query<Asked>) -> Page {
    may(by.actor(), Deed::See, On::Plans)?;
    let frame = editorial.desk(&by, "plan-deadlines").await?;
    let list = frame.t("nav-plans");
    let frame = frame.under(list, "/desk/plans").at("/desk/plans/deadlines");
    let say = frame.say;
    let agency = by.actor().agency;
    let form = Form::filled([("since", asked.since.unwrap_or_default())]);
    let (since, problems) = day_of(&form, &say);
    let mut read = editorial.db.read().await?;
    let now = of(&mut read, agency).await?;
    let moved = match since {
        None => None,
        Some(day) => {
            // What was known when the day began; the calendar of that moment is made again.
            let at_ms = at_local(day.at(0, 0, 0, 0)).as_millisecond();
            let then = as_of(&mut read, agency, at_ms).await?;
            let found = moved_deadlines(&mut read, agency, &then, &now).await?;
            Some(moved_rows(&found, &then, &now, &say))
        }
    };
    let days = due_days(&mut read, agency).await?;
    drop(read);
    let off = days.iter().filter_map(|due| off_row(due, &now, &say));
    let off = off.collect();
    render(&DeadlinesPage {
        frame,
        form,
        problems,
        moved,
        off,
    })
}

/// What the change in the form would move; nothing is changed here.
pub async fn preview(State(editorial): State<Editorial>, by: By, form: Form) -> Page {
    let change = Change::of(&form)?;
    let agency = by.actor().agency;
    let frame = editorial.desk(&by, "plan-deadlines-preview").await?;
    let calendar = frame.t("nav-calendar");
    let frame = frame.under(calendar, "/desk/calendar").at("/desk/calendar");
    let say = frame.say;
    let mut read = editorial.db.read().await?;
    let (old, new) = before_and_after(&mut read, agency, &change).await?;
    let found = moved_deadlines(&mut read, agency, &old, &new).await?;
    drop(read);
    let action = match &change {
        Change::Add(_) => "/desk/calendar/days".to_owned(),
        Change::Remove { id, .. } => format!("/desk/calendar/days/{id}/remove"),
        Change::Saturdays(_) => "/desk/calendar/week".to_owned(),
    };
    let n_moved = i64::try_from(found.len()).unwrap_or(i64::MAX);
    render(&PreviewPage {
        moved_words: say.n("plan-deadlines-would-move", n_moved),
        changes: change_words(&change, &old, &new, &say),
        moved: moved_rows(&found, &old, &new, &say),
        action,
        fields: kept(&form),
        frame,
    })
}

/// The day asked for, or why it is none.
fn day_of(form: &Form, say: &Say) -> (Option<Date>, Problems) {
    let mut check = form.check();
    let day = check.date("since");
    match check.done() {
        Ok(()) => (day, Problems::none()),
        Err(refusal) => (None, Problems::of(&refusal, say)),
    }
}

/// The fields of the form, to be sent again when the change is made.
fn kept(form: &Form) -> Vec<(&'static str, String)> {
    let names = [
        "change",
        "year",
        "kind",
        "lines",
        "decision_number",
        "decision_on",
        "id",
        "reason",
        "saturday",
    ];
    let values = names.map(|name| (name, form.value(name).to_owned()));
    values
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

/// What the change says, a line for each day.
fn change_words(change: &Change, old: &WorkCalendar, new: &WorkCalendar, say: &Say) -> Vec<String> {
    match change {
        Change::Add(days) => {
            let line = |mark: &MarkedDay| {
                let kind = say.t(&format!("calendar-kind-{}", mark.kind.as_str()));
                format!("{} · {} · {kind}", day_words(mark.day, say), mark.name)
            };
            days.marks.iter().map(line).collect()
        }
        Change::Remove { reason, .. } => {
            let all = old.marks(Date::MIN, Date::MAX);
            let gone = all.filter(|mark| new.mark(mark.day) != Some(mark));
            gone.map(|mark| {
                let day = day_words(mark.day, say);
                let all = [
                    ("day", day.as_str()),
                    ("name", &mark.name),
                    ("reason", reason),
                ];
                say.with("plan-deadlines-removes", &all)
            })
            .collect()
        }
        Change::Saturdays(true) => vec![say.t("plan-deadlines-saturdays-worked")],
        Change::Saturdays(false) => vec![say.t("plan-deadlines-saturdays-off")],
    }
}

fn head(due: &DueDay, say: &Say) -> Head {
    Head {
        href: format!("{}/activities/{}", address(due.plan), due.activity),
        title: format!("{} · {} · {}", due.year, due.no, due.title),
        lead: due.lead.clone(),
        written: day_words(due.day, say),
    }
}

fn off_row(due: &DueDay, calendar: &WorkCalendar, say: &Say) -> Option<OffRow> {
    let deadline = calendar.deadline(due.day);
    deadline.is_moved().then(|| OffRow {
        head: head(due, say),
        why: why_words(due.day, calendar, say),
        before: day_words(deadline.before, say),
        after: day_words(deadline.after, say),
    })
}

fn moved_rows(
    found: &[MovedDeadline],
    old: &WorkCalendar,
    new: &WorkCalendar,
    say: &Say,
) -> Vec<MovedRow> {
    let row = |moved: &MovedDeadline| MovedRow {
        head: head(&moved.due, say),
        old: reading_words(moved.old, say),
        new: reading_words(moved.new, say),
        why: reasons(moved, old, new, say),
    };
    found.iter().map(row).collect()
}

/// Both readings of a deadline; one day when they are the same.
fn reading_words(deadline: Deadline, say: &Say) -> String {
    if !deadline.is_moved() {
        return day_words(deadline.written, say);
    }
    let (before, after) = (
        day_words(deadline.before, say),
        day_words(deadline.after, say),
    );
    let all = [("before", before.as_str()), ("after", &after)];
    say.with("plan-deadlines-readings", &all)
}

/// Why a deadline reads otherwise: the days that are worked in one calendar only.
fn reasons(moved: &MovedDeadline, old: &WorkCalendar, new: &WorkCalendar, say: &Say) -> String {
    let first = moved.old.before.min(moved.new.before);
    let last = moved.old.after.max(moved.new.after);
    let days = first.series(jiff::Span::new().days(1));
    let changed = days
        .take_while(|day| *day <= last)
        .filter(|day| old.is_working(*day) != new.is_working(*day));
    let words: Vec<String> = changed
        .map(|day| {
            let shown = date_short(day);
            let (key, name) = match (new.why_off(day), old.why_off(day)) {
                (Some(name), _) => ("plan-deadlines-now-off", name),
                (None, name) => ("plan-deadlines-now-worked", name.unwrap_or_default()),
            };
            let name = match (name, new.mark(day)) {
                ("", Some(mark)) => mark.name.clone(),
                ("", None) => say.t("calendar-weekend"),
                (name, _) => name.to_owned(),
            };
            say.with(key, &[("day", shown.as_str()), ("name", &name)])
        })
        .collect();
    words.join("; ")
}

/// Why a day is off: the name it has, or that it is a weekend.
fn why_words(day: Date, calendar: &WorkCalendar, say: &Say) -> String {
    match calendar.why_off(day) {
        Some("") => say.t("calendar-weekend"),
        Some(name) => name.to_owned(),
        None => String::new(),
    }
}

/// A day with its weekday.
fn day_words(day: Date, say: &Say) -> String {
    let weekday = match say.lang {
        Lang::Vi => weekday_vi(day.weekday()),
        Lang::En => weekday_en(day.weekday()),
    };
    format!("{weekday}, {}", date_short(day))
}
