//! The year of a plan as a picture: a row for each task and activity, a bar from its first day to its
//! last, filled as far as it is, and a line for today.
//!
//! Only shapes and words; the page draws them. All measures are units of the picture, as many as
//! pixels at the usual size; rows are as high as the labels beside them.

use base::calendar::date_short;
use base::id::TaskId;
use jiff::Span;
use jiff::civil::Date;
use web::Say;

use super::activity::Activity;
use super::board::Board;
use super::lines::Lines;

/// Height of a row.
pub const ROW: i64 = 36;
/// Width of a month.
pub const MONTH: i64 = 72;
/// More months than any plan of a year stretches over; what lies outside is cut off at the edge.
const MONTHS_MAX: i64 = 26;
/// Widest figure beside a bar, so that it stands on the side where there is room.
const FIGURE: i64 = 84;

/// The picture and the table behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// Its width.
    pub width: i64,
    /// Its height.
    pub height: i64,
    /// What it is, in words.
    pub title: String,
    /// What it shows, in a sentence.
    pub told: String,
    /// The months: name, left edge.
    pub months: Vec<(String, i64)>,
    /// Where today stands, if it is in the picture.
    pub today: Option<i64>,
    /// The rows, from above.
    pub rows: Vec<Row>,
}

/// A task or an activity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its number in the tree.
    pub no: String,
    /// What is to be done.
    pub title: String,
    /// Its page; empty for a task.
    pub href: String,
    /// Its upper edge.
    pub y: i64,
    /// Its bar; none for a task without activities.
    pub bar: Option<Bar>,
    /// Who leads, first day, last day, done and target, status; empty for a task.
    pub facts: Vec<String>,
}

/// A bar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bar {
    /// The state by which it is coloured; empty for a task.
    pub state: &'static str,
    /// Left edge.
    pub x: i64,
    /// Upper edge.
    pub y: i64,
    /// Width.
    pub width: i64,
    /// How much of it is done.
    pub done: i64,
    /// The figure beside it.
    pub figure: String,
    /// Where the figure stands, and whether it ends there instead of beginning.
    pub figure_x: i64,
    /// Whether the figure ends at its place.
    pub figure_ends: bool,
    /// Its base line.
    pub figure_y: i64,
}

/// The first and the last month of the picture, as first days.
fn stretch(board: &Board) -> (Date, Date) {
    let year = board.plan.details.year;
    let january = Date::new(year, 1, 1).unwrap_or(board.today);
    let december = Date::new(year, 12, 1).unwrap_or(board.today);
    let days = board.activities.iter().map(|activity| {
        let progress = board.progress(activity);
        (progress.from, progress.to)
    });
    let (mut first, mut last) = (january, december);
    for (from, to) in days {
        first = first.min(from.first_of_month());
        last = last.max(to.first_of_month());
    }
    let reach =
        |date: Date, months: i64| date.checked_add(Span::new().months(months)).unwrap_or(date);
    let first = first.max(reach(january, -1));
    (first, last.min(reach(first, MONTHS_MAX - 1)))
}

/// Days on the width of the picture.
struct Scale {
    first: Date,
    n_months: i64,
}

impl Scale {
    fn of(board: &Board) -> Self {
        let (first, last) = stretch(board);
        Self {
            first,
            n_months: months_between(first, last) + 1,
        }
    }

    fn width(&self) -> i64 {
        self.n_months * MONTH
    }

    /// The left edge of a day; days outside stand at the edge of the picture.
    fn x(&self, day: Date) -> i64 {
        let month = day.first_of_month();
        let before = months_between(self.first, month) * MONTH;
        let inside = MONTH * i64::from(day.day() - 1) / i64::from(day.days_in_month());
        (before + inside).clamp(0, self.width())
    }

    /// The right edge of a day.
    fn end(&self, day: Date) -> i64 {
        day.tomorrow().map_or(self.width(), |next| self.x(next))
    }
}

fn months_between(from: Date, to: Date) -> i64 {
    let of = |day: Date| i64::from(day.year()) * 12 + i64::from(day.month());
    of(to) - of(from)
}

/// The picture of a plan. `page` makes the address of an activity's page from its id.
pub fn timeline(board: &Board, say: &Say, page: impl Fn(&str) -> String) -> Timeline {
    let scale = Scale::of(board);
    let mut drawing = Drawing {
        board,
        say,
        scale: &scale,
        rows: Vec::new(),
    };
    drawing.branch(None, &page);
    let rows = drawing.rows;
    let months = (0..scale.n_months).filter_map(|n| {
        let month = scale.first.checked_add(Span::new().months(n)).ok()?;
        let year = board.plan.details.year;
        let name = if month.year() == year {
            say.t1("plan-month-short", "month", month.month())
        } else {
            format!("{}/{}", month.month(), month.year())
        };
        Some((name, n * MONTH))
    });
    let today = board.today;
    let is_inside = scale.first <= today && months_between(scale.first, today) < scale.n_months;
    let sum = board.summary();
    Timeline {
        width: scale.width(),
        height: ROW * (i64::try_from(rows.len()).unwrap_or(0) + 1),
        title: say.t1("plan-timeline-of", "title", &board.plan.details.title),
        told: say.with(
            "plan-timeline-told",
            &[
                ("activities", &board.activities.len().to_string()),
                ("done", &sum.n_done.to_string()),
                ("late", &sum.n_late.to_string()),
                ("risk", &sum.n_at_risk.to_string()),
                ("day", &date_short(today)),
            ],
        ),
        months: months.collect(),
        today: is_inside.then(|| scale.x(today)),
        rows,
    }
}

struct Drawing<'a> {
    board: &'a Board,
    say: &'a Say,
    scale: &'a Scale,
    rows: Vec<Row>,
}

impl Drawing<'_> {
    fn next_y(&self) -> i64 {
        ROW * (i64::try_from(self.rows.len()).unwrap_or(0) + 1)
    }

    /// The rows under a task, each task before its parts; from the first day to the last of all.
    fn branch(
        &mut self,
        parent: Option<TaskId>,
        page: &dyn Fn(&str) -> String,
    ) -> Option<(Date, Date)> {
        let mut days: Option<(Date, Date)> = None;
        let mut widen = |inside: Option<(Date, Date)>| {
            days = match (days, inside) {
                (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
                (before, inside) => before.or(inside),
            };
        };
        let board = self.board;
        for task in board.tasks.iter().filter(|task| task.parent == parent) {
            let (at, y) = (self.rows.len(), self.next_y());
            self.rows.push(Row {
                no: task.no.clone(),
                title: task.title.clone(),
                y,
                ..Row::default()
            });
            let inside = self.branch(Some(task.id), page);
            if let Some(row) = self.rows.get_mut(at) {
                row.bar = inside.map(|(from, to)| {
                    let x = self.scale.x(from);
                    Bar {
                        x,
                        y: y + ROW / 2 - 2,
                        width: (self.scale.end(to) - x).max(2),
                        ..Bar::default()
                    }
                });
            }
            widen(inside);
        }
        for activity in board.activities.iter().filter(|found| found.task == parent) {
            let progress = board.progress(activity);
            let row = self.activity(activity, page);
            self.rows.push(row);
            widen(Some((progress.from, progress.to)));
        }
        days
    }

    fn activity(&self, activity: &Activity, page: &dyn Fn(&str) -> String) -> Row {
        let progress = self.board.progress(activity);
        let line = Lines::new(self.board, self.say).activity(activity);
        let (x, y) = (self.scale.x(progress.from), self.next_y());
        let width = (self.scale.end(progress.to) - x).max(4);
        let x = x.min(self.scale.width() - width);
        let bars = line.bars.iter();
        let figures: Vec<String> = bars
            .map(|bar| format!("{}{}", bar.strong, bar.rest))
            .collect();
        let figure = figures.join("; ");
        let short: String = figure.split(' ').take(3).collect::<Vec<_>>().join(" ");
        let end = x + width;
        let (figure_x, figure_ends) = if end + FIGURE <= self.scale.width() {
            (end + 6, false)
        } else if x >= FIGURE {
            (x - 6, true)
        } else {
            (x + 6, false)
        };
        Row {
            no: line.no,
            title: line.title,
            href: page(&line.id),
            y,
            bar: Some(Bar {
                state: line.state,
                x,
                y: y + 10,
                width,
                done: width * progress.percent().clamp(0, 100) / 100,
                figure: short,
                figure_x,
                figure_ends,
                figure_y: y + ROW / 2 + 5,
            }),
            facts: vec![
                self.board.lead(activity),
                date_short(progress.from),
                date_short(progress.to),
                figure,
                line.tag,
            ],
        }
    }
}
