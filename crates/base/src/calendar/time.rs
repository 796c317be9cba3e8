//! Weekdays and times of day, as they stand beside dates.

use jiff::civil::{Time, Weekday};

use crate::text::words::{Token, phrase};

/// The weekday that ends just before `end`, and its first token.
pub(super) fn weekday_before(tokens: &[Token], end: usize) -> Option<(Weekday, usize)> {
    let last = tokens.get(end.checked_sub(1)?)?;
    if let Some(day) = english_weekday(&last.text) {
        return Some((day, end - 1));
    }
    let start = end.checked_sub(2)?;
    let first = tokens.get(start)?;
    let day = match (first.text.as_str(), last.text.as_str()) {
        ("thứ", "hai" | "2") => Weekday::Monday,
        ("thứ", "ba" | "3") => Weekday::Tuesday,
        ("thứ", "tư" | "4") => Weekday::Wednesday,
        ("thứ", "năm" | "5") => Weekday::Thursday,
        ("thứ", "sáu" | "6") => Weekday::Friday,
        ("thứ", "bảy" | "bẩy" | "7") => Weekday::Saturday,
        ("chủ", "nhật") | ("chúa", "nhật") => Weekday::Sunday,
        _ => return None,
    };
    Some((day, start))
}

fn english_weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

/// `16:41`, `10:8`, `16:41:05`, `16h41`, `16 giờ 41 phút`, `8 giờ`.
pub(super) fn time_at(tokens: &[Token], at: usize) -> Option<(Time, usize)> {
    let hour = part(tokens, at)?;
    let sign = tokens.get(at + 1)?;
    if sign.is(":") {
        let minute = part(tokens, at + 2)?;
        if tokens.get(at + 3).is_some_and(|token| token.is(":"))
            && let Some(second) = part(tokens, at + 4)
        {
            return Some((Time::new(hour, minute, second, 0).ok()?, at + 5));
        }
        return Some((Time::new(hour, minute, 0, 0).ok()?, at + 3));
    }
    if !matches!(sign.text.as_str(), "h" | "giờ") {
        return None;
    }
    let Some(minute) = part(tokens, at + 2) else {
        return Some((Time::new(hour, 0, 0, 0).ok()?, at + 2));
    };
    let end = phrase(tokens, at + 3, "phút").unwrap_or(at + 3);
    Some((Time::new(hour, minute, 0, 0).ok()?, end))
}

/// A figure of one or two digits.
pub(super) fn part(tokens: &[Token], at: usize) -> Option<i8> {
    let token = tokens.get(at)?;
    (token.n_digits() <= 2)
        .then(|| token.small_number())
        .flatten()
        .and_then(|n| i8::try_from(n).ok())
}
