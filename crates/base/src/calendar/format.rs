//! Dates as readers see them. Our own formatter, because the libraries write "16:41 Thứ Hai,
//! 06/03/2023" where Vietnamese sites write `Thứ hai - 06/03/2023 16:41`.

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};

use super::local;

/// The date line of an article: `Thứ hai - 06/03/2023 16:41`, in the agency's zone.
pub fn date_line(at: Timestamp) -> String {
    let at = local(at);
    format!(
        "{} - {} {:02}:{:02}",
        weekday_vi(at.weekday()),
        date_short(at.date()),
        at.hour(),
        at.minute()
    )
}

/// The date line in English: `Monday, 6 March 2023, 16:41`, in the agency's zone.
pub fn date_line_en(at: Timestamp) -> String {
    let at = local(at);
    format!(
        "{}, {}, {:02}:{:02}",
        weekday_en(at.weekday()),
        date_long_en(at.date()),
        at.hour(),
        at.minute()
    )
}

/// A date in figures: `06/03/2023`.
pub fn date_short(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// A date as documents write it: `ngày 06 tháng 3 năm 2023`.
///
/// A leading 0 for days below 10 and for months 1 and 2 only. Source: Nghị định 30/2020/NĐ-CP,
/// Annex I, place and date of issue.
pub fn date_long(date: Date) -> String {
    let month = match date.month() {
        month @ 1..=2 => format!("{month:02}"),
        month => month.to_string(),
    };
    format!("ngày {:02} tháng {month} năm {}", date.day(), date.year())
}

/// A date in English: `6 March 2023`.
pub fn date_long_en(date: Date) -> String {
    let month = usize::try_from(date.month() - 1)
        .ok()
        .and_then(|index| MONTHS_EN.get(index))
        .copied()
        .unwrap_or_default();
    format!("{} {month} {}", date.day(), date.year())
}

/// The day of the week: "Thứ hai" … "Thứ bảy", "Chủ nhật".
pub fn weekday_vi(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Thứ hai",
        Weekday::Tuesday => "Thứ ba",
        Weekday::Wednesday => "Thứ tư",
        Weekday::Thursday => "Thứ năm",
        Weekday::Friday => "Thứ sáu",
        Weekday::Saturday => "Thứ bảy",
        Weekday::Sunday => "Chủ nhật",
    }
}

/// The day of the week in English.
pub fn weekday_en(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

pub(super) const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_date_line_is_in_the_agencys_zone() {
        let at: Timestamp = "2023-03-06T09:41:00Z".parse().unwrap();
        assert_eq!(date_line(at), "Thứ hai - 06/03/2023 16:41");
        assert_eq!(date_line_en(at), "Monday, 6 March 2023, 16:41");
        let late: Timestamp = "2023-03-04T17:30:00Z".parse().unwrap();
        assert_eq!(date_line(late), "Chủ nhật - 05/03/2023 00:30");
    }

    #[test]
    fn only_days_below_ten_and_the_first_two_months_have_a_leading_zero() {
        for (day, text) in [
            (date(2023, 3, 3), "ngày 03 tháng 3 năm 2023"),
            (date(2023, 2, 10), "ngày 10 tháng 02 năm 2023"),
            (date(2023, 1, 9), "ngày 09 tháng 01 năm 2023"),
            (date(2022, 12, 29), "ngày 29 tháng 12 năm 2022"),
        ] {
            assert_eq!(date_long(day), text);
        }
        assert_eq!(date_short(date(2023, 3, 6)), "06/03/2023");
        assert_eq!(date_long_en(date(2022, 12, 29)), "29 December 2022");
    }
}
