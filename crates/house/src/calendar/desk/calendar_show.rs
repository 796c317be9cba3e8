//! A year of the calendar: twelve months, the list of its marked days, the forms that change it.

use askama::Template;
use axum::extract::{Query, State};
use base::calendar::working::{DayKind, WorkCalendar};
use base::calendar::{date_line, date_line_en, date_short, weekday_en, weekday_vi};
use base::{Refusal, Role};
use http::StatusCode;
use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use serde::Deserialize;
use web::{By, Choice, Form, Frame, Lang, Page, Problems, Say, with_status};

use crate::House;
use crate::calendar::day_off::{DayOff, Decision, days_of_year, fixed_lines, year_asked};
use crate::calendar::month::{DayCell, months};
use crate::calendar::{calendar_store, of};

#[derive(Template)]
#[template(path = "calendar/desk/calendar_show.html")]
struct CalendarPage {
    frame: Frame,
    year: i16,
    months: Vec<MonthTable>,
    weekdays: Vec<(String, &'static str)>,
    days: Vec<DayRow>,
    removed: Vec<RemovedRow>,
    form: Form,
    problems: Problems,
    kinds: Vec<Choice>,
    can_edit: bool,
    is_saturday_worked: bool,
}

struct MonthTable {
    title: String,
    weeks: Vec<Vec<Option<ShownCell>>>,
    words: String,
}

struct ShownCell {
    cell: DayCell,
    /// What a reader who does not see colours hears.
    why: String,
}

struct DayRow {
    day: String,
    weekday: &'static str,
    name: String,
    kind: String,
    look: &'static str,
    decision: String,
    /// Where it is taken away; none for a day of the whole installation.
    remove: Option<String>,
}

struct RemovedRow {
    day: String,
    name: String,
    reason: String,
    when: String,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    year: Option<i16>,
    fill: Option<String>,
}

/// The page.
pub async fn show(State(house): State<House>, by: By, Query(asked): Query<Asked>) -> Page {
    let year = year_asked(asked.year, house.today());
    let mut form = Form::filled([("kind", DayKind::Holiday.as_str().to_owned())]);
    if asked.fill.as_deref() == Some("fixed") {
        let mut read = house.db.read().await?;
        let calendar = of(&mut read, by.actor().agency).await?;
        let say = house.site.say(by.lang());
        let in_lieu = |name: &str| say.t1("calendar-in-lieu", "name", name);
        form.set(
            "lines",
            fixed_lines(year, &calendar, |key| say.t(key), in_lieu),
        );
    }
    page(&house, &by, (year, form, None)).await
}

/// The page of a year with a form that was refused, or not.
pub(super) async fn page(
    house: &House,
    by: &By,
    (year, form, refusal): (i16, Form, Option<Refusal>),
) -> Page {
    let agency = by.actor().agency;
    let (first, last) = days_of_year(year);
    let frame = house.desk(by, "nav-calendar").await?.at("/desk/calendar");
    let mut read = house.db.read().await?;
    let calendar = of(&mut read, agency).await?;
    let days = calendar_store::list(&mut read, agency, first, last).await?;
    let removed = calendar_store::removed(&mut read, agency, first, last).await?;
    drop(read);
    let say = frame.say;
    let problems = refusal
        .as_ref()
        .map_or_else(Problems::none, |refusal| Problems::of(refusal, &say));
    let status = match refusal {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let can_edit = by.actor().is(Role::Administrator);
    let page = CalendarPage {
        frame,
        year,
        months: month_tables(year, &calendar, house.today(), &say),
        weekdays: weekdays(&say),
        days: days.iter().map(|day| row(day, can_edit, &say)).collect(),
        removed: removed
            .iter()
            .filter_map(|day| removed_row(day, &say))
            .collect(),
        form,
        problems,
        kinds: kinds(&say),
        can_edit,
        is_saturday_worked: calendar.is_saturday_worked(),
    };
    with_status(status, &page)
}

/// The kinds of days, to choose from.
fn kinds(say: &Say) -> Vec<Choice> {
    let kind = |kind: DayKind| Choice::new(kind.as_str(), say.t(&kind_key(kind.as_str())));
    DayKind::ALL.into_iter().map(kind).collect()
}

fn kind_key(word: &str) -> String {
    format!("calendar-kind-{word}")
}

/// Heads of the columns: short, and in full.
fn weekdays(say: &Say) -> Vec<(String, &'static str)> {
    let days = [
        (Weekday::Monday, "calendar-mon"),
        (Weekday::Tuesday, "calendar-tue"),
        (Weekday::Wednesday, "calendar-wed"),
        (Weekday::Thursday, "calendar-thu"),
        (Weekday::Friday, "calendar-fri"),
        (Weekday::Saturday, "calendar-sat"),
        (Weekday::Sunday, "calendar-sun"),
    ];
    days.into_iter()
        .map(|(day, key)| (say.t(key), weekday(day, say)))
        .collect()
}

fn weekday(day: Weekday, say: &Say) -> &'static str {
    match say.lang {
        Lang::Vi => weekday_vi(day),
        Lang::En => weekday_en(day),
    }
}

fn month_tables(year: i16, calendar: &WorkCalendar, today: Date, say: &Say) -> Vec<MonthTable> {
    let shown = |cell: DayCell| {
        let kind = match cell.look {
            "" => String::new(),
            "weekend" => say.t("calendar-weekend"),
            look => say.t(&kind_key(look)),
        };
        let why = match cell.name.is_empty() {
            true => kind,
            false => format!("{kind}: {}", cell.name),
        };
        ShownCell { cell, why }
    };
    let table = |month: crate::calendar::month::Month| MonthTable {
        title: say.t1("calendar-month", "month", month.number),
        words: say.n("calendar-working-days", month.n_working),
        weeks: month
            .weeks
            .into_iter()
            .map(|week| week.into_iter().map(|cell| cell.map(shown)).collect())
            .collect(),
    };
    months(year, calendar, today)
        .into_iter()
        .map(table)
        .collect()
}

fn row(day: &DayOff, can_edit: bool, say: &Say) -> DayRow {
    let is_removable = can_edit && day.is_own;
    DayRow {
        day: date_short(day.mark.day),
        weekday: weekday(day.mark.day.weekday(), say),
        name: day.mark.name.clone(),
        kind: say.t(&kind_key(day.mark.kind.as_str())),
        look: day.mark.kind.as_str(),
        decision: decision_words(&day.decision, day.is_own, say),
        remove: is_removable.then(|| format!("/desk/calendar/days/{}/remove", day.id)),
    }
}

/// What decided on a day, in words.
pub(super) fn decision_words(decision: &Decision, is_own: bool, say: &Say) -> String {
    let mut words: Vec<String> = Vec::new();
    match (decision.number.is_empty(), decision.on) {
        (true, None) => {}
        (false, None) => words.push(decision.number.clone()),
        (true, Some(day)) => words.push(date_short(day)),
        (false, Some(day)) => {
            let day = date_short(day);
            let all = [("number", decision.number.as_str()), ("day", &day)];
            words.push(say.with("calendar-decision-words", &all));
        }
    }
    if !is_own {
        words.push(say.t("calendar-everywhere"));
    }
    words.join("; ")
}

fn removed_row(day: &DayOff, say: &Say) -> Option<RemovedRow> {
    let removal = day.removed.as_ref()?;
    let at = Timestamp::from_millisecond(removal.at_ms).ok()?;
    let at = match say.lang {
        Lang::Vi => date_line(at),
        Lang::En => date_line_en(at),
    };
    Some(RemovedRow {
        day: date_short(day.mark.day),
        name: day.mark.name.clone(),
        reason: removal.reason.clone(),
        when: format!("{at}, {}", removal.by),
    })
}
