//! Days off as people type and paste them: one line for a day or a range, with its name.

use base::calendar::working::{DayKind, MarkedDay, WorkCalendar};
use base::calendar::{FoundDate, date_short, find_dates};
use base::id::RowId;
use base::limits::TEXT_CHARS_MAX;
use base::text::clean_line;
use base::{Problem, Refusal};
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use web::Form;

/// Days that one paste may add: more than two years of them.
const DAYS_MAX: usize = 100;

/// Days that one range may span: the longest Tết with its weekends fits.
const RANGE_DAYS_MAX: i32 = 31;

/// Longest name of a day, in characters.
const NAME_CHARS_MAX: usize = 120;

/// Years that a day may be in, as those of plans.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2100;

/// The holidays of art. 112(1) of the Labour Code 45/2019/QH14 that stand on the same day of the
/// solar year, with the key of their names. The lunar ones, and the second day of the National
/// Day, are decided every year.
const FIXED: [(i8, i8, &str); 4] = [
    (1, 1, "calendar-fixed-new-year"),
    (4, 30, "calendar-fixed-victory"),
    (5, 1, "calendar-fixed-labour"),
    (9, 2, "calendar-fixed-national"),
];

/// The paper that decided on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// Its number: `12/QĐ-STP`.
    pub number: String,
    /// Its day.
    pub on: Option<Date>,
}

/// A day of the calendar as it was entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayOff {
    /// Its row.
    pub id: RowId,
    /// The day, its kind and name.
    pub mark: MarkedDay,
    /// What decided on it.
    pub decision: Decision,
    /// Whether it is the agency's own, not the whole installation's.
    pub is_own: bool,
    /// When it was taken away and why, if it was.
    pub removed: Option<Removal>,
}

/// That a day was taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// When, milliseconds since 1970.
    pub at_ms: i64,
    /// Who.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// Days to be added, by one decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewDays {
    /// The days, in their order, none twice.
    pub marks: Vec<MarkedDay>,
    /// What decided on them.
    pub decision: Decision,
}

/// A change of the calendar that may be looked at before it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Days are added.
    Add(NewDays),
    /// A day is taken away, for a reason.
    Remove {
        /// The row.
        id: RowId,
        /// Why.
        reason: String,
    },
    /// Saturdays become working days, or cease to be.
    Saturdays(bool),
}

impl Change {
    /// Reads the form of any change: the field `change` says which.
    ///
    /// # Refusals
    /// As of the change; another word is `field-choice`.
    pub fn of(form: &Form) -> Result<Self, Refusal> {
        match form.value("change") {
            "add" => Ok(Self::Add(NewDays::of(form)?)),
            "remove" => Self::removal(form.value("id").parse()?, form),
            "week" => Ok(Self::Saturdays(form.has("saturday", "1"))),
            _ => Err(Refusal::at("change", "field-choice")),
        }
    }

    /// Reads the reason for taking a day away.
    ///
    /// # Refusals
    /// No reason.
    pub fn removal(id: RowId, form: &Form) -> Result<Self, Refusal> {
        let mut check = form.check();
        let reason = check.required_line("reason", 500);
        check.done()?;
        Ok(Self::Remove { id, reason })
    }
}

impl NewDays {
    /// Reads the form of new days: a kind, lines, the decision.
    ///
    /// # Refusals
    /// Every line that is no day with a name, a day that stands twice, too many days; an unknown
    /// kind; a day of decision that is none.
    pub fn of(form: &Form) -> Result<Self, Refusal> {
        let mut check = form.check();
        let kind = DayKind::parse(form.value("kind"));
        if kind.is_none() {
            check.add(Problem::at("kind", "field-choice"));
        }
        let text = check.required_text("lines", TEXT_CHARS_MAX);
        let decision = Decision {
            number: check.line_of("decision_number", 60),
            on: check.date("decision_on"),
        };
        let marks = match read_lines(&text, kind.unwrap_or(DayKind::Holiday)) {
            Ok(marks) => marks,
            Err(problems) => {
                problems.into_iter().for_each(|problem| check.add(problem));
                Vec::new()
            }
        };
        check.done()?;
        Ok(Self { marks, decision })
    }

    /// The days as the log keeps them.
    pub fn log(&self) -> Vec<Value> {
        let day = |mark: &MarkedDay| json!({ "day": mark.day.to_string(), "kind": mark.kind.as_str(), "name": mark.name });
        self.marks.iter().map(day).collect()
    }
}

/// Reads lines such as `20/01/2023 Nghỉ Tết` and `20/01/2023 - 26/01/2023: Nghỉ Tết`; empty lines
/// are skipped. Days come out in order.
///
/// # Refusals
/// One problem for each line that cannot be read, naming it.
pub fn read_lines(text: &str, kind: DayKind) -> Result<Vec<MarkedDay>, Vec<Problem>> {
    let mut marks: Vec<MarkedDay> = Vec::new();
    let mut problems = Vec::new();
    for (line, n) in text.lines().zip(1..) {
        let line = apart(&clean_line(line));
        if line.is_empty() {
            continue;
        }
        match read_line(&line) {
            Err(key) => problems.push(at_line(key, n).with("text", &line)),
            Ok((days, name)) => {
                for day in days {
                    if marks.iter().any(|mark| mark.day == day) {
                        let problem = at_line("calendar-line-twice", n);
                        problems.push(problem.with("day", date_short(day)));
                    }
                    let name = name.clone();
                    marks.push(MarkedDay { day, kind, name });
                }
            }
        }
    }
    if marks.len() > DAYS_MAX {
        problems.push(Problem::at("lines", "calendar-too-many").with("most", DAYS_MAX));
    }
    marks.sort_by_key(|mark| mark.day);
    if problems.is_empty() {
        Ok(marks)
    } else {
        Err(problems)
    }
}

/// The line with room round a hyphen that stands right after a year, so that
/// `20/01/2023-26/01/2023` is two dates.
fn apart(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        let is_after_year = || {
            let mut back = out.chars().rev();
            back.by_ref().take(4).filter(char::is_ascii_digit).count() == 4
                && back.next() == Some('/')
        };
        if c == '-' && is_after_year() {
            out.push_str(" - ");
        } else {
            out.push(c);
        }
    }
    out
}

fn at_line(key: &'static str, n: i32) -> Problem {
    Problem::at("lines", key).with("line", n)
}

/// The days of a line and their name.
fn read_line(line: &str) -> Result<(Vec<Date>, String), &'static str> {
    let found = find_dates(line);
    let (first, last) = match &found[..] {
        [day] => (day, day),
        [first, last] => (first, last),
        _ => return Err("calendar-line-unreadable"),
    };
    let chars: Vec<char> = line.chars().collect();
    let before = words(&chars[..first.span.0]);
    let between = match first == last {
        true => String::new(),
        false => words(&chars[first.span.1..last.span.0]),
    };
    if !["", "từ", "ngày", "từ ngày"].contains(&before.as_str())
        || !["", "đến", "đến hết", "đến ngày", "đến hết ngày"].contains(&between.as_str())
        || first.is_contradictory()
        || last.is_contradictory()
    {
        return Err("calendar-line-unreadable");
    }
    let name = name_of(&chars[last.span.1..]);
    if name.is_empty() || name.chars().count() > NAME_CHARS_MAX {
        return Err("calendar-line-name");
    }
    Ok((days_of(first, last)?, name))
}

fn days_of(first: &FoundDate, last: &FoundDate) -> Result<Vec<Date>, &'static str> {
    let (first, last) = (first.date, last.date);
    if !YEARS.contains(&first.year()) || !YEARS.contains(&last.year()) {
        return Err("calendar-line-far");
    }
    if last < first || (last - first).get_days() >= RANGE_DAYS_MAX {
        return Err("calendar-line-range");
    }
    let days = first.series(jiff::Span::new().days(1));
    Ok(days.take_while(|day| *day <= last).collect())
}

/// What stands beside dates, without its signs, in small letters.
fn words(chars: &[char]) -> String {
    let text: String = chars.iter().collect();
    text.trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase()
}

fn name_of(chars: &[char]) -> String {
    let text: String = chars.iter().collect();
    let is_sign =
        |c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | ',' | ';' | '|' | '.');
    text.trim_matches(is_sign).to_owned()
}

/// Lines of the year's holidays that stand on the same solar day every year, for the form: those
/// that the calendar has not yet, each that falls on a weekend followed by its day in lieu. A
/// proposal: nothing is kept before a person has read and saved it.
///
/// `name` gives the words of a key; `in_lieu` those of the day off in lieu of a holiday.
///
/// Source: Labour Code 45/2019/QH14, art. 112(1) and, for the day in lieu, art. 111(3).
pub fn fixed_lines(
    year: i16,
    calendar: &WorkCalendar,
    name: impl Fn(&str) -> String,
    in_lieu: impl Fn(&str) -> String,
) -> String {
    let mut known = calendar.clone();
    let mut lines = Vec::new();
    let days = FIXED.iter().filter_map(|(month, day, key)| {
        let day = Date::new(year, *month, *day).ok()?;
        (calendar.mark(day).is_none()).then(|| (day, name(key)))
    });
    let days: Vec<(Date, String)> = days.collect();
    let holiday = |day: Date, name: &str| MarkedDay {
        day,
        kind: DayKind::Holiday,
        name: name.to_owned(),
    };
    known = known.with(days.iter().map(|(day, name)| holiday(*day, name)));
    for (day, name) in &days {
        lines.push((*day, name.clone()));
        if !calendar.is_working(*day) {
            let free = known.next_working(*day);
            known = known.with([holiday(free, name)]);
            lines.push((free, in_lieu(name)));
        }
    }
    lines.sort();
    let lines: Vec<String> = lines
        .into_iter()
        .map(|(day, name)| format!("{} {name}", date_short(day)))
        .collect();
    lines.join("\n")
}

/// The year of an address, or this one; within the years that days may be in.
pub fn year_asked(asked: Option<i16>, today: Date) -> i16 {
    asked
        .filter(|year| YEARS.contains(year))
        .unwrap_or_else(|| today.year())
}

/// First and last day of a year.
pub fn days_of_year(year: i16) -> (Date, Date) {
    (date(year, 1, 1), date(year, 12, 31))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn days(text: &str) -> Vec<(String, String)> {
        let marks = read_lines(text, DayKind::Holiday).unwrap();
        let shown = marks
            .into_iter()
            .map(|mark| (date_short(mark.day), mark.name));
        shown.collect()
    }

    fn pair(day: &str, name: &str) -> (String, String) {
        (day.to_owned(), name.to_owned())
    }

    #[test]
    fn a_line_is_a_day_or_a_range_with_a_name() {
        for line in [
            "20/01/2023 Nghỉ Tết",
            "20/01/2023: Nghỉ Tết",
            "  Thứ sáu, 20/01/2023 - Nghỉ Tết.",
            "ngày 20 tháng 01 năm 2023\tNghỉ Tết",
            "2023-01-20 | Nghỉ Tết",
        ] {
            assert_eq!(days(line), [pair("20/01/2023", "Nghỉ Tết")], "{line}");
        }
        for line in [
            "20/01/2023 - 22/01/2023 Nghỉ Tết",
            "Từ ngày 20/01/2023 đến hết ngày 22/01/2023: Nghỉ Tết",
            "20/01/2023–22/01/2023, Nghỉ Tết",
            "20/01/2023-22/01/2023 Nghỉ Tết",
        ] {
            let expected = ["20/01/2023", "21/01/2023", "22/01/2023"];
            assert_eq!(
                days(line),
                expected.map(|day| pair(day, "Nghỉ Tết")),
                "{line}"
            );
        }
        assert_eq!(
            days("\n02/09/2023 Quốc khánh\n\n01/09/2023 Nghỉ liền kề\n"),
            [
                pair("01/09/2023", "Nghỉ liền kề"),
                pair("02/09/2023", "Quốc khánh")
            ]
        );
    }

    #[test]
    fn every_line_that_cannot_be_read_is_named() {
        let text = "31/02/2023 Không có\n20/01/2023\nThứ hai, 20/01/2023 Tết\n01/05/1023 Xưa\n\
                    26/01/2023 - 20/01/2023 Ngược\n01/01/2023 - 01/03/2023 Dài\n\
                    Nghỉ 20/01/2023 Tết\n30/04/2023 Lễ\n30/04/2023 Lễ";
        let problems = read_lines(text, DayKind::Holiday).unwrap_err();
        let found: Vec<(&str, &str)> = problems
            .iter()
            .map(|problem| (problem.key, problem.values[0].1.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("calendar-line-unreadable", "1"),
                ("calendar-line-name", "2"),
                ("calendar-line-unreadable", "3"),
                ("calendar-line-far", "4"),
                ("calendar-line-range", "5"),
                ("calendar-line-range", "6"),
                ("calendar-line-unreadable", "7"),
                ("calendar-line-twice", "9"),
            ]
        );
    }

    #[test]
    fn the_fixed_days_of_a_year_are_proposed_with_their_days_in_lieu() {
        let lines = |year, calendar: &WorkCalendar| {
            let name = |key: &str| key.trim_start_matches("calendar-fixed-").to_owned();
            fixed_lines(year, calendar, name, |name| format!("{name}, in lieu"))
        };
        let none = WorkCalendar::default();
        assert_eq!(
            lines(2023, &none),
            "01/01/2023 new-year\n02/01/2023 new-year, in lieu\n30/04/2023 victory\n\
             01/05/2023 labour\n02/05/2023 victory, in lieu\n02/09/2023 national\n\
             04/09/2023 national, in lieu"
        );
        let kings = MarkedDay {
            day: date(2023, 5, 2),
            kind: DayKind::Holiday,
            name: "x".to_owned(),
        };
        let known = none.with([kings]);
        assert!(lines(2023, &known).contains("03/05/2023 victory, in lieu"));
        let again = read_lines(&lines(2023, &none), DayKind::Holiday).unwrap();
        assert_eq!(lines(2023, &none.with(again)), "");
    }

    #[test]
    fn a_change_is_what_its_word_says() {
        let form = |pairs: &[(&'static str, &str)]| {
            Form::filled(
                pairs
                    .iter()
                    .map(|(name, value)| (*name, (*value).to_owned())),
            )
        };
        let add = form(&[
            ("change", "add"),
            ("kind", "swapped_work"),
            ("lines", "04/05/2024 Làm bù"),
        ]);
        let Ok(Change::Add(days)) = Change::of(&add) else {
            panic!("not read")
        };
        assert_eq!(days.marks[0].kind, DayKind::SwappedWork);
        assert_eq!(
            Change::of(&form(&[("change", "week")])),
            Ok(Change::Saturdays(false))
        );
        assert!(Change::of(&form(&[("change", "other")])).is_err());
        let id = base::id::Uuid::nil().to_string();
        let unreasoned = form(&[("change", "remove"), ("id", &id), ("reason", " ")]);
        assert_eq!(
            Change::of(&unreasoned).unwrap_err().code(),
            "field-required"
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_failing(text in "[0-9/ \\-\n:Tếtđến]{0,80}|\\PC*") {
            if let Ok(marks) = read_lines(&text, DayKind::Holiday) {
                prop_assert!(marks.windows(2).all(|pair| pair[0].day < pair[1].day));
            }
        }
    }
}
