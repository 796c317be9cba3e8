//! The words that a report is made of: its periods, dates and counts, and what each figure means.

use std::collections::BTreeMap;

use base::calendar::period::{Period, PeriodKind};
use base::calendar::{date_long, date_long_en, date_short};
use base::text::number::{padded, whole};
use jiff::civil::Date;
use web::{Lang, Say};

use super::figures::PlanFacts;
use super::window::Window;

/// The figures that carry a definition, by the name of their field.
const DEFINED: [(&str, &str); 14] = [
    ("activities", "report-def-activities"),
    ("done_in_window", "report-def-done-in-window"),
    ("done_in_total", "report-def-done-in-total"),
    ("target", "report-def-target"),
    ("by_hand", "report-def-by-hand"),
    ("status", "report-def-status"),
    ("percent", "report-def-percent"),
    ("n_items", "report-def-items"),
    ("n_publications", "report-def-publications"),
    ("unlinked_items", "report-def-unlinked"),
    ("late_items", "report-def-late-items"),
    ("forced", "report-def-forced"),
    ("evidence", "report-def-evidence"),
    ("statistics", "report-def-statistics"),
];

/// What each figure means, by the name of its field.
pub fn definitions(say: &Say) -> BTreeMap<String, String> {
    DEFINED
        .iter()
        .map(|(name, key)| ((*name).to_owned(), say.t(key)))
        .collect()
}

/// What a figure means, in the language of the reader.
pub fn definition(say: &Say, name: &str) -> String {
    let key = DEFINED
        .iter()
        .find(|(found, _)| *found == name)
        .map(|(_, key)| *key);
    key.map(|key| say.t(key)).unwrap_or_default()
}

/// `quý I năm 2023`, `6 tháng đầu năm 2023`, `quý III năm 2023`, `năm 2023`, or two days.
pub fn period(say: &Say, window: &Window) -> String {
    match window.period.parse::<Period>() {
        Ok(period) => {
            let key = match period.kind {
                PeriodKind::Q1 => "report-period-q1",
                PeriodKind::H1 => "report-period-h1",
                PeriodKind::Q3 => "report-period-q3",
                PeriodKind::Year => "report-period-year",
            };
            say.t1(key, "year", period.year.0)
        }
        Err(_) if !window.name.is_empty() => {
            let year = window.period.chars().take(4).collect::<String>();
            say.t2("report-period-own", ("name", &window.name), ("year", &year))
        }
        Err(_) => say.t2(
            "report-period-days",
            ("from", &date_short(window.first)),
            ("to", &date_short(window.last)),
        ),
    }
}

/// A day in words: `ngày 06 tháng 3 năm 2023`.
pub fn day(say: &Say, day: Date) -> String {
    match say.lang {
        Lang::Vi => date_long(day),
        Lang::En => date_long_en(day),
    }
}

/// A count inside a sentence: below ten with a leading 0 (Decree 30), thousands with dots.
pub fn count(n: i64) -> String {
    match u64::try_from(n) {
        Ok(n) if n < 10 => padded(n),
        _ => whole(n),
    }
}

/// What a plan is called inside a sentence: its title without the year and whatever follows, which
/// the period says again; capitals throughout are read as ordinary words.
pub fn plan_name(plan: &PlanFacts) -> String {
    let title = plan.title.trim();
    let is_shouted = title.chars().any(char::is_alphabetic) && title.to_uppercase() == title;
    let title = if is_shouted {
        sentence_case(title)
    } else {
        title.to_owned()
    };
    let year = format!(" năm {}", plan.year);
    match title.find(&year) {
        Some(at) if at > 0 => title[..at].trim_end_matches([',', ' ']).to_owned(),
        _ => title,
    }
}

fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_string() + &letters.as_str().to_lowercase(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::id::{PlanId, Uuid};

    #[test]
    fn a_plan_is_named_without_the_year_that_the_period_says() {
        let named = |title: &str| {
            plan_name(&PlanFacts {
                id: PlanId::from(Uuid::nil()),
                title: title.to_owned(),
                number: None,
                issued_on: None,
                issuer: String::new(),
                year: 2023,
            })
        };
        let name = "Kế hoạch truyền thông công tác cải cách hành chính";
        assert_eq!(named(&format!("{name} năm 2023 của Sở Tư pháp")), name);
        assert_eq!(named(&format!("{name}, năm 2023")), name);
        assert_eq!(
            named(&format!("{name} năm 2022")),
            format!("{name} năm 2022")
        );
        assert_eq!(
            named("KẾ HOẠCH TRUYỀN THÔNG NĂM 2023"),
            "Kế hoạch truyền thông"
        );
        assert_eq!(named(" năm 2023"), "năm 2023");
        assert_eq!(named("2023"), "2023");
    }

    #[test]
    fn counts_below_ten_take_a_leading_zero_and_thousands_a_dot() {
        assert_eq!(
            [count(0), count(5), count(12), count(1234)],
            ["00", "05", "12", "1.234"]
        );
        assert_eq!(count(-3), "-3");
    }
}
