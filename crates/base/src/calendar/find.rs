//! Dates found in running text, in every form that Vietnamese documents and sites use.

use jiff::civil::{Date, DateTime, Time, Weekday};

use super::format::MONTHS_EN;
use super::time::{part, time_at, weekday_before};
use crate::text::words::{Token, TokenKind, tokens};

/// A date found in a text, with the time of day and the weekday if they stand beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundDate {
    /// The date.
    pub date: Date,
    /// The time of day.
    pub time: Option<Time>,
    /// The weekday as written; it may contradict the date.
    pub weekday: Option<Weekday>,
    /// First character and the character after the last, counted in characters.
    pub span: (usize, usize),
}

impl FoundDate {
    /// Whether a weekday is written that the date does not have.
    pub fn is_contradictory(&self) -> bool {
        self.weekday.is_some_and(|day| day != self.date.weekday())
    }
}

/// Every date of the text, in order: `06/03/2023`, `3-4-2024`, `29.12.2022`, `2023-03-06`,
/// `ngày 03 tháng 03 năm 2023`, `25 Tháng 1 2022`, `6 March 2023`, `March 6, 2023`, each with the
/// weekday and the time before or after it (`Thứ hai - 06/03/2023 16:41`,
/// `16:41 Thứ Hai, 06/03/2023`, `21:01 | 17/03/2021`).
///
/// Day before month, as in Vietnam. Days that do not exist and document numbers such as
/// `01/2018/TTLT` are not dates. Years 1000–9999.
pub fn find_dates(text: &str) -> Vec<FoundDate> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    let mut free_from = 0;
    while at < tokens.len() {
        let Some((date, end)) = date_at(&tokens, at) else {
            at += 1;
            continue;
        };
        let (one, end) = with_surroundings(&tokens, (at, end), free_from, date);
        found.push(one);
        at = end;
        free_from = end;
    }
    found
}

/// The date of a field: the whole text is one date, in any form of [`find_dates`], with or without
/// a weekday.
pub fn parse_date(text: &str) -> Option<Date> {
    whole(text).map(|found| found.date)
}

/// The date and time of a date line: the whole text is one date with its time.
pub fn parse_date_time(text: &str) -> Option<DateTime> {
    whole(text).and_then(|found| found.time.map(|time| found.date.to_datetime(time)))
}

fn whole(text: &str) -> Option<FoundDate> {
    let mut found = find_dates(text);
    if found.len() != 1 {
        return None;
    }
    let one = found.pop()?;
    let around = text
        .chars()
        .take(one.span.0)
        .chain(text.chars().skip(one.span.1));
    for c in around {
        if !c.is_whitespace() && !matches!(c, '(' | ')' | ',' | '.') {
            return None;
        }
    }
    Some(one)
}

/// The date whose core begins at this token, and the token after it.
pub(crate) fn date_at(tokens: &[Token], at: usize) -> Option<(Date, usize)> {
    let core = match tokens.get(at)? {
        token if token.is("ngày") => at + 1,
        _ => at,
    };
    in_words(tokens, core)
        .or_else(|| in_figures(tokens, core))
        .or_else(|| in_english(tokens, core))
}

/// `03 tháng 03 năm 2023`, `25 Tháng 1 2022`, `25 tháng 1, 2022`, `25 tháng 01/2022`.
fn in_words(tokens: &[Token], at: usize) -> Option<(Date, usize)> {
    let day = part(tokens, at)?;
    if !tokens.get(at + 1)?.is("tháng") {
        return None;
    }
    let month = part(tokens, at + 2)?;
    let between = tokens.get(at + 3)?;
    let year_at = match between {
        token if token.is("năm") || token.is(",") || token.is("/") => at + 4,
        _ => at + 3,
    };
    Some((build(year(tokens, year_at)?, month, day)?, year_at + 1))
}

/// `06/03/2023`, `3-4-2024`, `29.12.2022`, `2023-03-06`.
fn in_figures(tokens: &[Token], at: usize) -> Option<(Date, usize)> {
    let sign = tokens.get(at + 1)?;
    if !matches!(sign.text.as_str(), "/" | "-" | "." | "–" | "‑")
        || !tokens.get(at + 3)?.is(&sign.text)
        || !is_free_before(tokens, at)
        || !is_free_after(tokens, at + 5)
    {
        return None;
    }
    let month = part(tokens, at + 2)?;
    let date = match part(tokens, at) {
        Some(day) => build(year(tokens, at + 4)?, month, day)?,
        None if sign.is("-") => build(year(tokens, at)?, month, part(tokens, at + 4)?)?,
        None => return None,
    };
    Some((date, at + 5))
}

/// `6 March 2023`, `March 6, 2023`.
fn in_english(tokens: &[Token], at: usize) -> Option<(Date, usize)> {
    let (day_at, month_at) = match tokens.get(at)?.kind {
        TokenKind::Number => (at, at + 1),
        TokenKind::Word => (at + 1, at),
        TokenKind::Sign | TokenKind::Break => return None,
    };
    let name = &tokens.get(month_at)?.text;
    let month = MONTHS_EN
        .iter()
        .position(|month| month.eq_ignore_ascii_case(name))?;
    let day = part(tokens, day_at)?;
    let year_at = match tokens.get(at + 2)? {
        token if token.is(",") => at + 3,
        _ => at + 2,
    };
    let month = i8::try_from(month + 1).ok()?;
    Some((build(year(tokens, year_at)?, month, day)?, year_at + 1))
}

/// Nothing that makes the figures part of a longer number or path touches them on the left.
fn is_free_before(tokens: &[Token], at: usize) -> bool {
    let (Some(before), Some(token)) = (
        at.checked_sub(1).and_then(|i| tokens.get(i)),
        tokens.get(at),
    ) else {
        return true;
    };
    if before.end != token.start {
        return true;
    }
    match before.kind {
        TokenKind::Sign => !matches!(before.text.as_str(), "/" | "-" | "." | "_"),
        TokenKind::Word => false,
        TokenKind::Number | TokenKind::Break => true,
    }
}

/// As [`is_free_before`], on the right; a full stop or dash may end the date, and `T` may begin the
/// time of the ISO form.
fn is_free_after(tokens: &[Token], end: usize) -> bool {
    let (Some(last), Some(next)) = (tokens.get(end - 1), tokens.get(end)) else {
        return true;
    };
    let touches = |a: &Token, b: &Token| a.end == b.start;
    if !touches(last, next) {
        return true;
    }
    match next.kind {
        TokenKind::Word => next.raw == "T",
        TokenKind::Sign if matches!(next.text.as_str(), "/" | "-" | ".") => tokens
            .get(end + 1)
            .is_none_or(|after| !touches(next, after) || after.kind == TokenKind::Sign),
        TokenKind::Sign | TokenKind::Number | TokenKind::Break => true,
    }
}

/// The date with what belongs to it on both sides, and the token after all of it.
fn with_surroundings(
    tokens: &[Token],
    (core, core_end): (usize, usize),
    free_from: usize,
    date: Date,
) -> (FoundDate, usize) {
    let mut from = core;
    let mut to = core_end;
    let mut time = None;
    let mut weekday = None;
    if let Some((day, start)) = weekday_before(tokens, separators_before(tokens, from, free_from))
        && start >= free_from
    {
        (weekday, from) = (Some(day), start);
    }
    if let Some((found, end)) = time_after(tokens, to) {
        (time, to) = (Some(found), end);
    } else if let Some((found, start)) = time_before(tokens, from, free_from) {
        (time, from) = (Some(found), start);
    }
    let span = (
        tokens.get(from).map_or(0, |token| token.start),
        tokens.get(to - 1).map_or(0, |token| token.end),
    );
    let found = FoundDate {
        date,
        time,
        weekday,
        span,
    };
    (found, to)
}

/// The token index after the last one that is not a separator, going left from `from`.
fn separators_before(tokens: &[Token], from: usize, free_from: usize) -> usize {
    let mut at = from;
    while at > free_from && is_separator(&tokens[at - 1]) && from - at < 2 {
        at -= 1;
    }
    at
}

fn is_separator(token: &Token) -> bool {
    matches!(token.text.as_str(), "," | "-" | "–" | "—" | "|")
}

fn time_after(tokens: &[Token], end: usize) -> Option<(Time, usize)> {
    let mut at = end;
    while at - end < 2
        && tokens
            .get(at)
            .is_some_and(|t| is_separator(t) || t.is("lúc") || t.is("at") || t.raw == "T")
    {
        at += 1;
    }
    time_at(tokens, at)
}

/// The time of at most five tokens that ends just before the date or its weekday.
fn time_before(tokens: &[Token], from: usize, free_from: usize) -> Option<(Time, usize)> {
    let end = separators_before(tokens, from, free_from);
    (free_from..end)
        .rev()
        .take(5)
        .filter_map(|start| {
            time_at(tokens, start)
                .filter(|(_, after)| *after == end)
                .map(|(time, _)| (time, start))
        })
        .next_back()
}

fn year(tokens: &[Token], at: usize) -> Option<i16> {
    let token = tokens.get(at)?;
    (token.n_digits() == 4)
        .then(|| token.small_number())
        .flatten()
        .filter(|year| *year >= 1000)
}

fn build(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{at_local, date_line, date_line_en, date_long, date_short};
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn every_form_of_a_date_line_is_read() {
        let seen = date(2023, 3, 6).at(16, 41, 0, 0);
        for (text, at) in [
            ("Thứ hai - 06/03/2023 16:41", seen),
            ("16:41 Thứ Hai, 06/03/2023", seen),
            ("Monday, 6 March 2023, 16:41", seen),
            ("2023-03-06T16:41:00", seen),
            ("16 giờ 41 phút, ngày 06 tháng 3 năm 2023", seen),
            ("16h41, 6.3.2023", seen),
            ("10:8, Thứ Tư, 3-4-2024", date(2024, 4, 3).at(10, 8, 0, 0)),
            ("(21:01 | 17/03/2021)", date(2021, 3, 17).at(21, 1, 0, 0)),
            (
                "Thứ ba, 25 Tháng 1 2022 16:22",
                date(2022, 1, 25).at(16, 22, 0, 0),
            ),
            (
                "Chủ nhật - 05/03/2023 00:30",
                date(2023, 3, 5).at(0, 30, 0, 0),
            ),
        ] {
            assert_eq!(parse_date_time(text), Some(at), "{text}");
            assert!(!find_dates(text)[0].is_contradictory(), "{text}");
        }
    }

    #[test]
    fn a_date_is_found_where_it_stands() {
        let text = "Căn cứ Quyết định ngày 29 tháng 12 năm 2022; công văn ngày 03/03/2023.";
        let found = find_dates(text);
        let piece = |(from, to): (usize, usize)| -> String {
            text.chars().skip(from).take(to - from).collect()
        };
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].date, date(2022, 12, 29));
        assert_eq!(piece(found[0].span), "ngày 29 tháng 12 năm 2022");
        assert_eq!(found[1].date, date(2023, 3, 3));
        assert_eq!(piece(found[1].span), "ngày 03/03/2023");
    }

    #[test]
    fn what_is_not_a_date_is_not_found() {
        for text in [
            "01/2018/TTLT-BTC-BTP",
            "31/02/2023",
            "24/7",
            "1/126",
            "TCVN 14423:2026",
            "10.000.000 đồng",
            "a/06/03/2023",
            "06/03/2023/x",
            "192.168.10.2000.1",
            "",
        ] {
            assert_eq!(find_dates(text), [], "{text}");
        }
        assert_eq!(parse_date("từ 06/03/2023"), None);
        assert_eq!(parse_date_time("06/03/2023"), None);
    }

    #[test]
    fn a_weekday_that_the_date_does_not_have_is_told() {
        assert!(find_dates("Thứ ba, 06/03/2023")[0].is_contradictory());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(days in -300_000i32..2_000_000, minute in 0i8..60) {
            let date = date(1970, 1, 1).saturating_add(jiff::Span::new().days(days));
            prop_assert_eq!(parse_date(&date_short(date)), Some(date));
            prop_assert_eq!(parse_date(&date_long(date)), Some(date));
            let at = date.at(23, minute, 0, 0);
            prop_assert_eq!(parse_date_time(&date_line(at_local(at))), Some(at));
            prop_assert_eq!(parse_date_time(&date_line_en(at_local(at))), Some(at));
        }

        #[test]
        fn any_text_is_read_without_failing(text in "[0-9 /.:\\-ngàythứTnămhgiờ,|]{0,60}|\\PC*") {
            let n_chars = text.chars().count();
            let mut last = 0;
            for found in find_dates(&text) {
                prop_assert!(last <= found.span.0 && found.span.0 < found.span.1);
                prop_assert!(found.span.1 <= n_chars);
                last = found.span.1;
            }
        }
    }
}
