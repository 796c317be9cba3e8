//! Years, quarters, months and days as figures of a plain view.

use jiff::civil::{Date, date};

/// First and last day of a year.
pub fn whole_year(year: i16) -> Option<(Date, Date)> {
    let first = Date::new(year, 1, 1).ok()?;
    Some((first, date(first.year(), 12, 31)))
}

/// The last year written with four digits.
pub fn last_year(view: &str) -> Option<i16> {
    let mut found = None;
    for word in view.split(|c: char| !c.is_ascii_digit()) {
        if word.len() == 4
            && let Ok(year) = word.parse::<i16>()
            && (1990..2100).contains(&year)
        {
            found = Some(year);
        }
    }
    found
}

/// A quarter at a place: Roman or Arabic, 1-4, and the place after it.
pub fn quarter_at(view: &str, at: usize) -> Option<(i8, usize)> {
    let rest = view.get(at..)?;
    let lead = rest.len() - rest.trim_start_matches([' ', ':']).len();
    let rest = &rest[lead..];
    let length = rest
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(rest.len());
    let n = match &rest[..length] {
        "i" | "1" | "01" => 1,
        "ii" | "2" | "02" => 2,
        "iii" | "3" | "03" => 3,
        "iv" | "4" | "04" | "iiii" => 4,
        _ => return None,
    };
    Some((n, at + lead + length))
}

/// A month at a place: one or two digits, 1-12, not the day of a date.
pub fn month_at(view: &str, at: usize) -> Option<(i8, usize)> {
    let rest = view.get(at..)?;
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&length) {
        return None;
    }
    let month = rest[..length]
        .parse::<i8>()
        .ok()
        .filter(|m| (1..=12).contains(m))?;
    let after = &rest[length..];
    let mut end = at + length;
    // The year that follows belongs to the month: "3/2023".
    if after.starts_with('/') && after[1..].bytes().take_while(u8::is_ascii_digit).count() == 4 {
        end += 5;
    }
    Some((month, end))
}

/// Pairs "15/6" in a text: place, first number, second number, place after.
pub fn pairs(view: &str) -> Vec<(usize, u32, u32, usize)> {
    let bytes = view.as_bytes();
    let mut found = Vec::new();
    for (at, _) in view.match_indices(['/', '-', '.']) {
        let left = bytes[..at]
            .iter()
            .rev()
            .take_while(|b| b.is_ascii_digit())
            .count();
        let right = bytes[at + 1..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count();
        let start = at - left;
        let loose = start > 0 && matches!(bytes[start - 1], b'/' | b'.' | b'-');
        let end = at + 1 + right;
        let dots = bytes[at] != b'/';
        if !(1..=2).contains(&left) || !(1..=2).contains(&right) || loose || dots {
            continue;
        }
        if let (Ok(a), Ok(b)) = (view[start..at].parse(), view[at + 1..end].parse()) {
            found.push((start, a, b, end));
        }
    }
    found
}
