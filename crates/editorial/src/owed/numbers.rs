//! The numbers by which an agency reminds: pure. Kept as settings of the agency.

use std::collections::HashMap;

use base::{Problem, Refusal};
use jiff::civil::{Time, Weekday, time};
use web::Form;

/// What the names of these settings begin with.
pub const SETTINGS: &str = "owed.";

/// The names of the settings, after [`SETTINGS`].
pub const NAMES: [&str; 5] = ["before", "head_days", "director_days", "digest_day", "hour"];

/// The most working days of any of the numbers.
const DAYS_MAX: i64 = 90;

/// Every weekday with its word.
pub const WEEKDAYS: [(Weekday, &str); 7] = [
    (Weekday::Monday, "monday"),
    (Weekday::Tuesday, "tuesday"),
    (Weekday::Wednesday, "wednesday"),
    (Weekday::Thursday, "thursday"),
    (Weekday::Friday, "friday"),
    (Weekday::Saturday, "saturday"),
    (Weekday::Sunday, "sunday"),
];

/// By which numbers an agency reminds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// So many working days before a deadline, the most first.
    pub before: Vec<i64>,
    /// So many working days late, the head of the unit is told.
    pub head_days: i64,
    /// So many working days late, the director is told.
    pub director_days: i64,
    /// The weekday of the weekly list.
    pub digest_day: Weekday,
    /// From which hour on letters are written.
    pub hour: Time,
}

impl Default for Numbers {
    fn default() -> Self {
        Self {
            before: vec![7, 2],
            head_days: 3,
            director_days: 10,
            digest_day: Weekday::Monday,
            hour: time(7, 30, 0, 0),
        }
    }
}

impl Numbers {
    /// The numbers that settings tell; what is not told or not read is as usual.
    pub fn of_settings(settings: &HashMap<String, String>) -> Self {
        let usual = Self::default();
        let told = |name: &str| {
            settings
                .get(&format!("{SETTINGS}{name}"))
                .map(String::as_str)
        };
        let number = |name: &str| told(name).and_then(|text| text.parse().ok());
        Self {
            before: told("before").and_then(days_before).unwrap_or(usual.before),
            head_days: number("head_days").unwrap_or(usual.head_days),
            director_days: number("director_days").unwrap_or(usual.director_days),
            digest_day: told("digest_day")
                .and_then(weekday)
                .unwrap_or(usual.digest_day),
            hour: told("hour").and_then(hour).unwrap_or(usual.hour),
        }
    }

    /// Reads the form.
    ///
    /// # Refusals
    /// What is no number of days, weekday or hour; a director who is told before the head.
    pub fn of_form(form: &Form) -> Result<Self, Refusal> {
        let mut check = form.check();
        let before_text = check.required_line("before", 60);
        let before = days_before(&before_text);
        if before.is_none() && !before_text.is_empty() {
            check.add(Problem::at("before", "owed-before-wrong").with("value", &before_text));
        }
        let head_days = check.number("head_days", 1, DAYS_MAX);
        let director_days = check.number("director_days", 1, DAYS_MAX);
        let digest_day = weekday(form.value("digest_day"));
        if digest_day.is_none() {
            check.add(Problem::at("digest_day", "field-choice"));
        }
        let hour_text = check.required_line("hour", 5);
        let hour = hour(&hour_text);
        if hour.is_none() && !hour_text.is_empty() {
            check.add(Problem::at("hour", "owed-hour-wrong").with("value", &hour_text));
        }
        for (name, number) in [("head_days", head_days), ("director_days", director_days)] {
            if number.is_none() && form.value(name).trim().is_empty() {
                check.missing(name);
            }
        }
        if let (Some(head), Some(director)) = (head_days, director_days)
            && director < head
        {
            check.add(Problem::at("director_days", "owed-director-first"));
        }
        check.done()?;
        let usual = Self::default();
        Ok(Self {
            before: before.unwrap_or(usual.before),
            head_days: head_days.unwrap_or(usual.head_days),
            director_days: director_days.unwrap_or(usual.director_days),
            digest_day: digest_day.unwrap_or(usual.digest_day),
            hour: hour.unwrap_or(usual.hour),
        })
    }

    /// The numbers as settings and as fields of the form.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let before: Vec<String> = self.before.iter().map(i64::to_string).collect();
        let day = WEEKDAYS.iter().find(|(day, _)| *day == self.digest_day);
        vec![
            ("before", before.join(", ")),
            ("head_days", self.head_days.to_string()),
            ("director_days", self.director_days.to_string()),
            ("digest_day", day.map_or("", |(_, word)| word).to_owned()),
            (
                "hour",
                format!("{:02}:{:02}", self.hour.hour(), self.hour.minute()),
            ),
        ]
    }
}

/// `7, 2` as numbers, the most first, each once; none when it is no such list.
fn days_before(text: &str) -> Option<Vec<i64>> {
    let mut days = Vec::new();
    for part in text.split([',', ';', ' ']).filter(|part| !part.is_empty()) {
        let number: i64 = part.parse().ok()?;
        if !(1..=DAYS_MAX).contains(&number) || days.len() == 5 {
            return None;
        }
        days.push(number);
    }
    days.sort_unstable_by(|a, b| b.cmp(a));
    days.dedup();
    (!days.is_empty()).then_some(days)
}

fn weekday(word: &str) -> Option<Weekday> {
    WEEKDAYS
        .iter()
        .find(|(_, found)| *found == word)
        .map(|(day, _)| *day)
}

fn hour(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once([':', 'h'])?;
    let minute = if minute.is_empty() { "0" } else { minute };
    Time::new(hour.trim().parse().ok()?, minute.trim().parse().ok()?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&'static str, &str)]) -> Form {
        let mut values = Numbers::default().fields();
        for (name, value) in fields {
            values.retain(|(found, _)| found != name);
            values.push((name, (*value).to_owned()));
        }
        Form::filled(values)
    }

    #[test]
    fn numbers_come_back_from_form_and_settings() {
        let typed = form(&[
            ("before", "2; 10,5 5"),
            ("hour", "8h"),
            ("digest_day", "friday"),
        ]);
        let numbers = Numbers::of_form(&typed).unwrap();
        assert_eq!(numbers.before, [10, 5, 2]);
        assert_eq!(numbers.hour, time(8, 0, 0, 0));
        let settings = numbers
            .fields()
            .into_iter()
            .map(|(name, value)| (format!("owed.{name}"), value))
            .collect();
        assert_eq!(Numbers::of_settings(&settings), numbers);
        assert_eq!(Numbers::of_settings(&HashMap::new()), Numbers::default());
    }

    #[test]
    fn every_wrong_number_is_named_at_once() {
        let wrong = form(&[
            ("before", "sớm"),
            ("head_days", "9"),
            ("director_days", "3"),
            ("digest_day", "hôm nào"),
            ("hour", "25:00"),
        ]);
        let Err(Refusal::Invalid(problems)) = Numbers::of_form(&wrong) else {
            panic!("accepted")
        };
        let fields: Vec<_> = problems
            .iter()
            .filter_map(|problem| problem.field)
            .collect();
        assert_eq!(fields, ["before", "digest_day", "hour", "director_days"]);
    }
}
