//! What a number in a cell means: its format tells a day from a count, and a share from a number.

use std::collections::HashMap;

use jiff::civil::Time;
use quick_xml::events::Event;

use crate::read::package::{Part, attribute};
use crate::read::problem::ReadProblem;
use crate::sheet::Value;
use crate::xlsx::day_of_serial;

/// Days between the two ways of counting them, from 1900 and from 1904.
const DAYS_TO_1904: f64 = 1462.0;
/// Largest whole number that a double holds without loss.
const WHOLE_MAX: f64 = 9_007_199_254_740_992.0;
/// Minutes of a day.
const DAY_MINUTES: f64 = 1440.0;

/// What the numbers of a format are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Numbers.
    #[default]
    Number,
    /// Shares in per cent.
    Share,
    /// Days.
    Day,
    /// Days with the time.
    Moment,
    /// Times of the day.
    Time,
}

/// The styles of cells, by their number.
#[derive(Clone, Debug, Default)]
pub struct Formats {
    styles: Vec<(Kind, bool)>,
    /// Whether days are counted from 1904, as old Macintosh files do.
    pub counts_from_1904: bool,
}

impl Formats {
    /// Whether the letters of this style are bold.
    pub fn is_bold(&self, style: usize) -> bool {
        self.styles.get(style).is_some_and(|(_, bold)| *bold)
    }

    /// What a number in this style says.
    pub fn value(&self, number: f64, style: usize) -> Value {
        let kind = self
            .styles
            .get(style)
            .map_or(Kind::Number, |(kind, _)| *kind);
        let days = if self.counts_from_1904 {
            number + DAYS_TO_1904
        } else {
            number
        };
        let dated = match kind {
            Kind::Number => None,
            Kind::Share => Some(Value::Share(number)),
            Kind::Day => day_of_serial(days).map(Value::Day),
            Kind::Time if (0.0..1.0).contains(&number) => {
                let time = time_of(number).1;
                let text = format!("{:02}:{:02}", time.hour(), time.minute());
                Some(Value::Text(text))
            }
            Kind::Moment | Kind::Time => {
                let (carried, time) = time_of(days);
                day_of_serial(days.floor() + carried)
                    .map(|day| Value::Moment(day.to_datetime(time)))
            }
        };
        dated.unwrap_or_else(|| plain(number))
    }
}

/// A number without a format.
fn plain(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() <= WHOLE_MAX {
        // Whole and exact: nothing is cut off.
        Value::Whole(number as i64)
    } else {
        Value::Decimal(number)
    }
}

/// The time in the fraction of a day, to the minute, and the day that rounding may carry over.
fn time_of(days: f64) -> (f64, Time) {
    let minutes = (days.rem_euclid(1.0) * DAY_MINUTES).round();
    let (carried, minutes) = match minutes >= DAY_MINUTES {
        true => (1.0, 0),
        // Below 1440, or not a number, which the cast makes 0.
        false => (0.0, minutes as i32),
    };
    let part = |n: i32| i8::try_from(n).unwrap_or(0);
    let time = Time::new(part(minutes / 60), part(minutes % 60), 0, 0);
    (carried, time.unwrap_or(Time::MIN))
}

/// The styles of the book.
pub fn read(part: &mut Part<'_>) -> Result<Formats, ReadProblem> {
    let mut codes: HashMap<u32, Kind> = HashMap::new();
    let mut bold_fonts: Vec<bool> = Vec::new();
    let mut formats = Formats::default();
    let (mut in_fonts, mut in_cells) = (false, false);
    part.each(|event| {
        let number = |tag, name| attribute(tag, name).and_then(|n| n.parse::<u32>().ok());
        match event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().into_inner() {
                "fonts" => in_fonts = true,
                "cellXfs" => in_cells = true,
                "numFmt" => {
                    if let (Some(id), Some(code)) =
                        (number(tag, "numFmtId"), attribute(tag, "formatCode"))
                    {
                        codes.insert(id, kind_of_code(&code));
                    }
                }
                "font" if in_fonts => bold_fonts.push(false),
                "b" if in_fonts => {
                    let is_off = matches!(attribute(tag, "val").as_deref(), Some("0" | "false"));
                    if let Some(last) = bold_fonts.last_mut() {
                        *last = !is_off;
                    }
                }
                "xf" if in_cells => {
                    let id = number(tag, "numFmtId").unwrap_or(0);
                    let kind = codes.get(&id).copied().unwrap_or_else(|| kind_of_id(id));
                    let font = number(tag, "fontId").and_then(|n| usize::try_from(n).ok());
                    let is_bold = font.and_then(|n| bold_fonts.get(n).copied());
                    formats.styles.push((kind, is_bold.unwrap_or(false)));
                }
                _ => {}
            },
            Event::End(tag) => match tag.local_name().into_inner() {
                "fonts" => in_fonts = false,
                "cellXfs" => in_cells = false,
                _ => {}
            },
            _ => {}
        }
        Ok(())
    })?;
    Ok(formats)
}

/// What the formats that every program knows are (ECMA-376, part 1, 18.8.30).
fn kind_of_id(id: u32) -> Kind {
    match id {
        9 | 10 => Kind::Share,
        14..=17 | 27..=31 | 34..=36 | 50..=58 => Kind::Day,
        22 => Kind::Moment,
        18..=21 | 32 | 33 | 45..=47 => Kind::Time,
        _ => Kind::Number,
    }
}

/// What a format of the book's own is, from its first section.
fn kind_of_code(code: &str) -> Kind {
    let mut signs = String::new();
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => while letters.next().is_some_and(|c| c != '"') {},
            '[' => {
                let inside: String = letters.by_ref().take_while(|c| *c != ']').collect();
                if matches!(inside.to_lowercase().trim_matches(['h', 'm', 's']), "") {
                    signs.push('h');
                }
            }
            '\\' | '_' | '*' => {
                letters.next();
            }
            ';' => break,
            other => signs.push(other.to_ascii_lowercase()),
        }
    }
    if signs.contains("general") || signs.contains("standard") {
        return Kind::Number;
    }
    let has = |all: &[char]| signs.contains(all);
    match (has(&['y', 'd']), has(&['h', 's'])) {
        (true, false) => Kind::Day,
        (true, true) => Kind::Moment,
        (false, true) => Kind::Time,
        (false, false) if has(&['m']) => Kind::Day,
        (false, false) if has(&['%']) => Kind::Share,
        (false, false) => Kind::Number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_format_tells_days_shares_and_numbers_apart() {
        for (code, kind) in [
            ("dd/mm/yyyy", Kind::Day),
            ("[$-42A]dd\\ mmmm\\ yyyy;@", Kind::Day),
            ("mmm", Kind::Day),
            ("dd/mm/yyyy hh:mm", Kind::Moment),
            ("[h]:mm", Kind::Time),
            ("0.00%", Kind::Share),
            ("#,##0\\ [$₫-42A]", Kind::Number),
            ("#,##0 \"ngày\"", Kind::Number),
            ("General", Kind::Number),
            ("[Red]0;dd", Kind::Number),
            ("@", Kind::Number),
        ] {
            assert_eq!(kind_of_code(code), kind, "{code}");
        }
    }

    #[test]
    fn numbers_become_what_their_format_says() {
        let formats = |kind| Formats {
            styles: vec![(kind, false)],
            counts_from_1904: false,
        };
        let day = date(2023, 6, 15);
        assert_eq!(formats(Kind::Day).value(45_092.0, 0), Value::Day(day));
        let moment = Value::Moment(day.at(8, 30, 0, 0));
        assert_eq!(formats(Kind::Moment).value(45_092.354_166_7, 0), moment);
        let next = Value::Moment(date(2023, 6, 16).at(0, 0, 0, 0));
        assert_eq!(formats(Kind::Moment).value(45_092.999_99, 0), next);
        assert_eq!(formats(Kind::Time).value(0.5, 0), Value::text("12:00"));
        assert_eq!(formats(Kind::Number).value(12.0, 0), Value::Whole(12));
        assert_eq!(formats(Kind::Number).value(2.5, 7), Value::Decimal(2.5));
        assert_eq!(formats(Kind::Day).value(-4.0, 0), Value::Whole(-4));
        let old = Formats {
            styles: vec![(Kind::Day, false)],
            counts_from_1904: true,
        };
        assert_eq!(old.value(43_630.0, 0), Value::Day(day));
    }
}
