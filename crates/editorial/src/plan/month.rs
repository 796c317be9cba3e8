//! A month of a plan as a picture: weeks from Monday, and on each day what begins, what is due and
//! how much was done; days off are shaded, with the reason in the table behind.

use std::collections::BTreeSet;

use base::calendar::date_short;
use base::calendar::working::WorkCalendar;
use jiff::Span;
use jiff::civil::Date;
use web::Say;

use super::activity_store::DoneItem;
use super::board::Board;

/// Width of a day in the picture.
const DAY: i64 = 136;
/// Height of a week.
const WEEK: i64 = 108;
/// Height of the names of the days.
const HEAD: i64 = 28;
/// Lines of a day that fit into its field.
const LINES_MAX: usize = 4;
/// Letters of a line that fit into the width of a day.
const CHARS_MAX: usize = 15;
/// Height of a line, and where the first one stands below the number of the day.
const LINE: i64 = 19;

/// The picture and the table behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Month {
    /// Its width.
    pub width: i64,
    /// Its height.
    pub height: i64,
    /// What it is, in words.
    pub title: String,
    /// What it shows, in a sentence.
    pub told: String,
    /// The names of the days of the week: name, middle.
    pub heads: Vec<(String, i64)>,
    /// The days.
    pub days: Vec<Day>,
    /// The table: day, kind, number, title and address of the activity (or none).
    pub entries: Vec<Entry>,
    /// The month before and the month after, as addresses name them.
    pub around: (String, String),
}

/// A day of the picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// Its number in the month.
    pub number: i8,
    /// Left edge.
    pub x: i64,
    /// Upper edge.
    pub y: i64,
    /// Whether nobody works.
    pub is_off: bool,
    /// Whether it is today.
    pub is_today: bool,
    /// Its lines: kind, words, base line.
    pub lines: Vec<(&'static str, String, i64)>,
}

/// A line of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The day.
    pub day: String,
    /// What happens: it begins, is due, was done; or why the day is off.
    pub kind: String,
    /// The activity's number and title, or empty.
    pub words: String,
    /// The activity's page, or empty.
    pub href: String,
}

/// The first day of the month that an address names, `2023-07`.
pub fn parse(text: &str) -> Option<Date> {
    let (year, month) = text.split_once('-')?;
    let is_plain = year.len() == 4 && month.len() == 2;
    let year: i16 = year.parse().ok()?;
    let day = Date::new(year, month.parse().ok()?, 1).ok()?;
    (is_plain && (2000..=2100).contains(&year)).then_some(day)
}

/// The month as addresses name it.
fn name(first: Date) -> String {
    format!("{:04}-{:02}", first.year(), first.month())
}

/// What happens on one day: kind, number and title, address.
type Happening = (Date, &'static str, String, String, String);

/// The picture of a month. `page` makes the address of an activity's page from its id.
pub fn month(
    (board, done): (&Board, &[DoneItem]),
    calendar: &WorkCalendar,
    first: Date,
    say: &Say,
    page: impl Fn(&str) -> String,
) -> Month {
    let happenings = happenings(board, done, first, page);
    let days: Vec<Day> = (1..=first.days_in_month())
        .filter_map(|number| Date::new(first.year(), first.month(), number).ok())
        .map(|day| field(day, board.today, calendar, &happenings, say))
        .collect();
    let n_weeks = days.last().map_or(0, |day| (day.y - HEAD) / WEEK + 1);
    let step = |months: i64| {
        let date = first
            .checked_add(Span::new().months(months))
            .unwrap_or(first);
        name(date)
    };
    let words = say.t2(
        "plan-month",
        ("month", &first.month()),
        ("year", &first.year()),
    );
    let count = |kind: &str| happenings.iter().filter(|found| found.1 == kind).count();
    Month {
        width: 7 * DAY,
        height: HEAD + n_weeks * WEEK,
        told: say.with(
            "plan-month-told",
            &[
                ("begin", &count("begin").to_string()),
                ("due", &count("due").to_string()),
                ("done", &count("done").to_string()),
            ],
        ),
        heads: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
            .into_iter()
            .zip(0i64..)
            .map(|(word, n)| (say.t(&format!("plan-weekday-{word}")), n * DAY + DAY / 2))
            .collect(),
        entries: entries(&days, first, calendar, &happenings, say),
        around: (step(-1), step(1)),
        title: words,
        days,
    }
}

fn happenings(
    board: &Board,
    done: &[DoneItem],
    first: Date,
    page: impl Fn(&str) -> String,
) -> Vec<Happening> {
    let is_inside = |day: Date| day.first_of_month() == first;
    let mut all = Vec::new();
    for activity in &board.activities {
        let progress = board.progress(activity);
        let (no, id) = (
            board.number(activity.id).to_owned(),
            activity.id.to_string(),
        );
        let title = &activity.details.title;
        let mut add = |day: Date, kind| {
            if is_inside(day) {
                all.push((day, kind, no.clone(), title.clone(), page(&id)));
            }
        };
        // What recurs is due at the end of each of its slots, once however many units owe it.
        let slots = board.slots(activity);
        let mut ends: BTreeSet<Date> = slots.iter().map(|slot| slot.to).collect();
        ends.insert(progress.to);
        ends.into_iter().for_each(|end| add(end, "due"));
        if progress.from < progress.to {
            add(progress.from, "begin");
        }
        for item in done.iter().filter(|item| item.activity == activity.id) {
            add(item.done_on, "done");
        }
    }
    all.sort_by_key(|(day, ..)| *day);
    all
}

/// A day with as many lines as fit; the last one says how many do not.
fn field(
    day: Date,
    today: Date,
    calendar: &WorkCalendar,
    happenings: &[Happening],
    say: &Say,
) -> Day {
    let column = i64::from(day.weekday().to_monday_zero_offset());
    let lead = i64::from(day.first_of_month().weekday().to_monday_zero_offset());
    let week = (lead + i64::from(day.day()) - 1) / 7;
    let (x, y) = (column * DAY, HEAD + week * WEEK);
    let own: Vec<&Happening> = happenings.iter().filter(|found| found.0 == day).collect();
    let fits = if own.len() > LINES_MAX {
        LINES_MAX - 1
    } else {
        own.len()
    };
    let mut lines: Vec<(&'static str, String)> = own
        .iter()
        .take(fits)
        .map(|(_, kind, no, title, _)| (*kind, cut(&format!("{no} {title}"))))
        .collect();
    if own.len() > fits {
        lines.push(("more", say.t1("plan-month-more", "n", own.len() - fits)));
    }
    let placed = lines.into_iter().zip(0i64..);
    Day {
        number: day.day(),
        x,
        y,
        is_off: !calendar.is_working(day),
        is_today: day == today,
        lines: placed
            .map(|((kind, words), n)| (kind, words, 40 + n * LINE))
            .collect(),
    }
}

/// Words as far as they fit; the table says them whole.
fn cut(words: &str) -> String {
    if words.chars().count() <= CHARS_MAX {
        return words.to_owned();
    }
    let kept: String = words.chars().take(CHARS_MAX - 1).collect();
    format!("{}…", kept.trim_end())
}

fn entries(
    days: &[Day],
    first: Date,
    calendar: &WorkCalendar,
    happenings: &[Happening],
    say: &Say,
) -> Vec<Entry> {
    let mut all = Vec::new();
    for day in days {
        let Ok(date) = Date::new(first.year(), first.month(), day.number) else {
            continue;
        };
        if let Some(why) = calendar.why_off(date).filter(|why| !why.is_empty()) {
            all.push(Entry {
                day: date_short(date),
                kind: say.t("plan-month-off"),
                words: why.to_owned(),
                href: String::new(),
            });
        }
        let own = happenings.iter().filter(|found| found.0 == date);
        all.extend(own.map(|(_, kind, no, title, href)| Entry {
            day: date_short(date),
            kind: say.t(&format!("plan-month-{kind}")),
            words: format!("{no} {title}"),
            href: href.clone(),
        }));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn long_words_are_cut_at_a_letter() {
        assert_eq!(cut("1.1 Hội nghị"), "1.1 Hội nghị");
        assert_eq!(cut("1.1.2 Quán triệt kế hoạch"), "1.1.2 Quán tri…");
    }

    #[test]
    fn a_month_has_one_name() {
        assert_eq!(parse("2023-07"), Some(date(2023, 7, 1)));
        assert_eq!(name(date(2023, 7, 1)), "2023-07");
        for wrong in ["2023-7", "2023-13", "07-2023", "0023-07", "2023", ""] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
