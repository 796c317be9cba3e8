//! Numbers as Vietnamese documents write them: `1.234.567`, `82,66%`, `05`, `10.000.000 đồng`.
//!
//! Reading depends on the type of the column, never on a guess: "1.234" is a thousand and more as a
//! count, and a little over one only in a cell of a spreadsheet.

/// What a column holds, which decides how its figures are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Whole numbers with dots between thousands: `1.234`.
    Count,
    /// Decimals with a comma: `1.234,5`.
    Decimal,
    /// Decimals with a comma and perhaps a percent sign: `82,66%` is 82.66.
    Percent,
    /// Decimals as programs write them: `1234.5`; also a spreadsheet's raw cell.
    Machine,
}

/// A whole number with dots between thousands: `1.234.567`.
pub fn whole(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    format!("{sign}{}", group(&value.unsigned_abs().to_string()))
}

/// A count of Decree 30: at least two figures, so `05` and `12`.
///
/// Source: Nghị định 30/2020/NĐ-CP, Annex I: a leading 0 for numbers below 10.
pub fn padded(count: u64) -> String {
    format!("{count:02}")
}

/// A decimal with a comma and dots between thousands, at most `places_max` (0–9) places, zeros at
/// the end dropped: `1.234,5`. Rounded half away from zero. Not-a-number and infinities are "–".
pub fn decimal(value: f64, places_max: u8) -> String {
    let text = fixed(value, places_max);
    match text.contains(',') {
        true => text.trim_end_matches('0').trim_end_matches(',').to_owned(),
        false => text,
    }
}

/// A decimal with exactly `places` (0–9) places: `82,60`. Otherwise as [`decimal`].
pub fn fixed(value: f64, places: u8) -> String {
    let places = usize::from(places.min(9));
    if !value.is_finite() {
        return "–".to_owned();
    }
    let scale = 10f64.powi(places as i32);
    let scaled = value * scale;
    // Beyond 2^53 a double has no fraction left to round, and scaling would only lose figures.
    let rounded = match scaled.abs() < 9_007_199_254_740_992.0 {
        true => decimal_round(value, places),
        false => format!("{value:.places$}"),
    };
    let (sign, bare) = match rounded.strip_prefix('-') {
        Some(bare) if bare.bytes().any(|b| matches!(b, b'1'..=b'9')) => ("-", bare),
        Some(bare) => ("", bare),
        None => ("", rounded.as_str()),
    };
    let (integer, fraction) = bare.split_once('.').unwrap_or((bare, ""));
    let mut text = format!("{sign}{}", group(integer));
    if !fraction.is_empty() {
        text.push(',');
        text.push_str(fraction);
    }
    text
}

/// A percentage with at most two places: 82.66 is `82,66%`.
pub fn percent(value: f64) -> String {
    format!("{}%", decimal(value, 2))
}

/// A share as a percentage with at most two places, computed exactly: 2 of 3 is `66,67%`. `None`
/// of nothing, because there is no share to speak of.
pub fn share_percent(part: u64, whole: u64) -> Option<String> {
    if whole == 0 {
        return None;
    }
    let hundredths = (u128::from(part) * 20_000 + u128::from(whole)) / (2 * u128::from(whole));
    let integer = group(&(hundredths / 100).to_string());
    Some(match hundredths % 100 {
        0 => format!("{integer}%"),
        rest if rest % 10 == 0 => format!("{integer},{}%", rest / 10),
        rest => format!("{integer},{rest:02}%"),
    })
}

/// An amount in đồng, which has no smaller unit: `10.000.000 đồng`.
pub fn money(dong: i64) -> String {
    format!("{} đồng", whole(dong))
}

/// Reads a whole number: `1.234.567`, `1234567`, `05`, `-3`. Dots must stand at every thousand.
pub fn parse_whole(text: &str) -> Option<i64> {
    let (sign, bare) = sign_of(text.trim());
    format!("{sign}{}", ungroup(bare)?).parse().ok()
}

/// Reads a number by the type of its column; `None` if it is not written as that type is.
///
/// A decimal column also takes `1234.5`, as spreadsheets export it, when the dot cannot be a
/// thousand's: `1.234` stays a thousand and more there.
pub fn parse(text: &str, column: Column) -> Option<f64> {
    let text = text.trim();
    match column {
        Column::Count => parse_whole(text).map(|n| n as f64),
        Column::Decimal => parse_decimal(text),
        Column::Percent => parse_decimal(text.strip_suffix('%').unwrap_or(text).trim_end()),
        Column::Machine => parse_machine(text),
    }
}

/// Reads an amount or a range of amounts in đồng: `10.000.000 đồng`, `1,5 tỷ`, `10-20 triệu đồng`.
/// A single amount is a range of itself. Fractions of a đồng are refused.
pub fn parse_money(text: &str) -> Option<(i64, i64)> {
    let folded = super::fold(text);
    let bare = folded.trim().trim_end_matches('.');
    let bare = ["dong", "vnd", "d", "₫"]
        .into_iter()
        .find_map(|unit| bare.strip_suffix(unit))
        .unwrap_or(bare)
        .trim_end();
    let (bare, unit) = [
        ("nghin", 1e3),
        ("ngan", 1e3),
        ("trieu", 1e6),
        ("ty", 1e9),
        ("ti", 1e9),
    ]
    .into_iter()
    .find_map(|(word, unit)| bare.strip_suffix(word).map(|rest| (rest, unit)))
    .unwrap_or((bare, 1.0));
    let (low, high) = match bare.split_once(['-', '–']) {
        Some((low, high)) => (low, high),
        None => (bare, bare),
    };
    let amount = |figure: &str| {
        let dong = (parse_decimal(figure.trim())? * unit * 1e3).round() / 1e3;
        let is_whole = (0.0..9e15).contains(&dong) && dong.fract() == 0.0;
        is_whole.then_some(dong as i64)
    };
    let range = (amount(low)?, amount(high)?);
    (range.0 <= range.1).then_some(range)
}

/// The shortest decimal of the double rounded half away from zero, so that 2.675 as a person
/// wrote it becomes 2.68 although the double lies below.
fn decimal_round(value: f64, places: usize) -> String {
    let shortest = value.to_string();
    let (integer, fraction) = shortest.split_once('.').unwrap_or((&shortest, ""));
    if fraction.len() <= places {
        let point = if places > 0 { "." } else { "" };
        return format!("{integer}{point}{fraction:0<places$}");
    }
    let negative = integer.starts_with('-');
    let digits = format!("{}{}", integer.trim_start_matches('-'), &fraction[..places]);
    let up = u128::from(fraction.as_bytes().get(places).is_some_and(|d| *d >= b'5'));
    let rounded = digits.parse::<u128>().unwrap_or(0) + up;
    let padded = format!("{rounded:0width$}", width = places + 1);
    let (integer, fraction) = padded.split_at(padded.len() - places);
    let point = if places > 0 { "." } else { "" };
    format!(
        "{}{integer}{point}{fraction}",
        if negative { "-" } else { "" }
    )
}

fn parse_decimal(text: &str) -> Option<f64> {
    let (sign, bare) = sign_of(text);
    let plain = match bare.split_once(',') {
        Some((integer, fraction)) if is_digits(fraction) => {
            format!("{}.{fraction}", ungroup(integer)?)
        }
        Some(_) => return None,
        None => match ungroup(bare) {
            Some(integer) => integer,
            None => return parse_machine(text),
        },
    };
    format!("{sign}{plain}").parse().ok()
}

fn parse_machine(text: &str) -> Option<f64> {
    let (sign, bare) = sign_of(text);
    let (integer, fraction) = bare.split_once('.').unwrap_or((bare, "0"));
    if !is_digits(integer) || !is_digits(fraction) {
        return None;
    }
    format!("{sign}{integer}.{fraction}").parse().ok()
}

fn sign_of(text: &str) -> (&'static str, &str) {
    match text.strip_prefix(['-', '−']) {
        Some(bare) => ("-", bare),
        None => ("", text),
    }
}

fn group(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// The figures of `1.234.567` or `1234567`; spaces, also unbreakable ones, may stand for the dots.
fn ungroup(text: &str) -> Option<String> {
    let unified = text.replace([' ', '\u{A0}', '\u{202F}'], ".");
    let parts: Vec<&str> = unified.split('.').collect();
    let is_grouped = parts.len() == 1
        || (matches!(parts[0].len(), 1..=3) && parts[1..].iter().all(|part| part.len() == 3));
    (is_grouped && parts.iter().all(|part| is_digits(part))).then(|| parts.concat())
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_have_dots_at_thousands_and_a_decimal_comma() {
        assert_eq!(whole(1_234_567), "1.234.567");
        assert_eq!(whole(-999), "-999");
        assert_eq!(whole(i64::MIN), "-9.223.372.036.854.775.808");
        assert_eq!(decimal(1234.5, 2), "1.234,5");
        assert_eq!(decimal(-0.001, 2), "0");
        assert_eq!(fixed(90.0, 2), "90,00");
        assert_eq!(fixed(2.675, 2), "2,68");
        assert_eq!(fixed(0.125, 2), "0,13");
        assert_eq!(fixed(999.995, 2), "1.000,00");
        assert_eq!(decimal(f64::NAN, 2), "–");
        assert_eq!(percent(82.66), "82,66%");
        assert_eq!(percent(100.0), "100%");
        assert_eq!(padded(5), "05");
        assert_eq!(padded(12), "12");
        assert_eq!(money(10_000_000), "10.000.000 đồng");
    }

    #[test]
    fn a_share_is_exact() {
        assert_eq!(share_percent(2, 3).as_deref(), Some("66,67%"));
        assert_eq!(share_percent(1, 8).as_deref(), Some("12,5%"));
        assert_eq!(share_percent(1, 16).as_deref(), Some("6,25%"));
        assert_eq!(share_percent(1, 20_000).as_deref(), Some("0,01%"));
        assert_eq!(share_percent(0, 5).as_deref(), Some("0%"));
        assert_eq!(share_percent(1, 0), None);
    }

    #[test]
    fn the_column_decides_what_a_dot_means() {
        assert_eq!(parse("1.234", Column::Count), Some(1234.0));
        assert_eq!(parse("1.234", Column::Decimal), Some(1234.0));
        assert_eq!(parse("1.234", Column::Machine), Some(1.234));
        assert_eq!(parse("1234.5", Column::Decimal), Some(1234.5));
        assert_eq!(parse("1234.5", Column::Count), None);
        assert_eq!(parse("1.234,5", Column::Decimal), Some(1234.5));
        assert_eq!(parse("82,66%", Column::Percent), Some(82.66));
        assert_eq!(parse("1.23.4", Column::Decimal), None);
        assert_eq!(parse("12,", Column::Decimal), None);
        assert_eq!(parse("năm", Column::Count), None);
        assert_eq!(parse("1e5", Column::Machine), None);
        assert_eq!(parse_whole("1 234 567"), Some(1_234_567));
    }

    #[test]
    fn money_is_read_with_its_unit_and_as_a_range() {
        assert_eq!(
            parse_money("10.000.000 đồng"),
            Some((10_000_000, 10_000_000))
        );
        assert_eq!(parse_money("10-20 triệu"), Some((10_000_000, 20_000_000)));
        assert_eq!(
            parse_money("1,5 tỷ đồng"),
            Some((1_500_000_000, 1_500_000_000))
        );
        assert_eq!(parse_money("500 nghìn đồng"), Some((500_000, 500_000)));
        assert_eq!(parse_money("20-10 triệu"), None);
        assert_eq!(parse_money("0,5 đồng"), None);
        assert_eq!(parse_money("đồng"), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(n in any::<i64>(), cents in -100_000_000i64..100_000_000) {
            prop_assert_eq!(parse_whole(&whole(n)), Some(n));
            let value = cents as f64 / 100.0;
            prop_assert_eq!(parse(&fixed(value, 2), Column::Decimal), Some(value));
        }

        #[test]
        fn any_text_and_any_number_are_taken(text in "\\PC*|[0-9., %\\-]{0,20}", value in any::<f64>(), places in any::<u8>()) {
            for column in [Column::Count, Column::Decimal, Column::Percent, Column::Machine] {
                if let Some(n) = parse(&text, column) {
                    prop_assert!(!n.is_nan());
                }
            }
            parse_money(&text);
            prop_assert!(!fixed(value, places).is_empty());
        }
    }
}
