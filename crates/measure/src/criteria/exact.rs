//! Exact decimals of points and shares: read from what people type, shown as documents write them.
//!
//! Nothing here is a float: thresholds are compared by multiplication, so 89,999…% is never 90%.

use rust_decimal::{Decimal, RoundingStrategy};
use web::Lang;

/// Places of points wherever they are given or shown (tables of PAR INDEX show two).
pub const POINT_PLACES: u32 = 2;

/// Most points that anything may be worth.
pub const POINTS_MAX: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);

/// Largest figure that a rule takes: beyond it nothing is counted.
pub const FIGURE_MAX: Decimal = Decimal::from_parts(3_567_587_328, 232, 0, false, 0);

/// A hundred, as per cent need it.
pub const HUNDRED: Decimal = Decimal::ONE_HUNDRED;

/// Points rounded to two places, half away from zero.
pub fn rounded(points: Decimal) -> Decimal {
    points.round_dp_with_strategy(POINT_PLACES, RoundingStrategy::MidpointAwayFromZero)
}

/// `whole × part ÷ of`, multiplied first so that nothing is lost before the division; `None` when
/// there is nothing to divide by, or the result cannot be held.
pub fn share_of(whole: Decimal, part: Decimal, of: Decimal) -> Option<Decimal> {
    whole.checked_mul(part)?.checked_div(of)
}

/// What part is of a whole, in per cent; as [`share_of`].
pub fn percent(part: Decimal, of: Decimal) -> Option<Decimal> {
    share_of(HUNDRED, part, of)
}

/// Whether `part ÷ of` is at least so many per cent, without dividing.
pub fn is_at_least(part: Decimal, of: Decimal, at_least: Decimal) -> bool {
    part.saturating_mul(HUNDRED) >= of.saturating_mul(at_least)
}

/// A number with at most two places, zeros at the end dropped: `0,8`, in English `0.8`.
pub fn shown(value: Decimal, lang: Lang) -> String {
    worded(rounded(value), lang)
}

/// A number as it is, with all its places: `66,6667`.
pub fn worded(value: Decimal, lang: Lang) -> String {
    let text = value.normalize().to_string();
    let (sign, bare) = match text.strip_prefix('-') {
        Some(bare) => ("-", bare),
        None => ("", text.as_str()),
    };
    let (integer, fraction) = bare.split_once('.').unwrap_or((bare, ""));
    let (thousands, mark) = match lang {
        Lang::Vi => ('.', ','),
        Lang::En => (',', '.'),
    };
    let mut out = String::from(sign);
    for (at, digit) in integer.chars().enumerate() {
        if at > 0 && (integer.len() - at).is_multiple_of(3) {
            out.push(thousands);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(mark);
        out.push_str(fraction);
    }
    out
}

/// A share in per cent: `80%`; what two places cannot tell exactly begins with `≈`, and what two
/// places would make a round number keeps more, so that 89,9999% never looks like 90%.
pub fn percent_shown(value: Decimal, lang: Lang) -> String {
    let short = rounded(value);
    if short == value {
        return format!("{}%", worded(short, lang));
    }
    let shown = match short.fract().is_zero() {
        true => value.round_dp_with_strategy(6, RoundingStrategy::ToZero),
        false => short,
    };
    format!("≈ {}%", worded(shown, lang))
}

/// Points as people type them: `0,5`, `0.5`, `1`; at most two places, none below zero.
pub fn parse_points(text: &str) -> Option<Decimal> {
    let points = parse(text, '.')?;
    let fits = points.scale() <= POINT_PLACES && points <= POINTS_MAX;
    fits.then_some(points)
}

/// A share in per cent: `90`, `90%`, `62,5 %`; from 0 to a thousand.
pub fn parse_percent(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let bare = text.strip_suffix('%').unwrap_or(text);
    let percent = parse(bare, '.')?;
    (percent.scale() <= 4 && percent <= Decimal::ONE_THOUSAND).then_some(percent)
}

/// A figure: `1.234` is a thousand and more, `82,66` and `82.66` have a fraction.
pub fn parse_figure(text: &str) -> Option<Decimal> {
    let bare = text.trim();
    let groups: Vec<&str> = bare.split('.').collect();
    let is_grouped = groups.len() > 1
        && (1..=3).contains(&groups[0].len())
        && groups[0] != "0"
        && groups[1..].iter().all(|group| {
            let digits = group.split(',').next().unwrap_or_default();
            digits.len() == 3
        });
    let figure = match is_grouped {
        true => parse(&groups.concat(), ' '),
        false => parse(bare, '.'),
    }?;
    (figure <= FIGURE_MAX && figure.scale() <= 6).then_some(figure)
}

/// A number with a comma, or with `point`, before its fraction.
fn parse(text: &str, point: char) -> Option<Decimal> {
    let text = text.trim();
    let plain = text
        .bytes()
        .all(|b| b.is_ascii_digit() || b == b',' || char::from(b) == point);
    if !plain || text.is_empty() || text.len() > 24 {
        return None;
    }
    let found = text.replace([',', point], ".");
    Decimal::from_str_exact(&found)
        .ok()
        .map(|number| number.normalize())
}

/// Decimals in JSON: as text, so that no program reads them as floats.
pub mod as_text {
    use rust_decimal::Decimal;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    /// Writes the digits.
    pub fn serialize<S: Serializer>(value: &Decimal, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&value.normalize())
    }

    /// Reads the digits.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Decimal, D::Error> {
        let text = String::deserialize(from)?;
        super::of_text(&text).ok_or_else(|| D::Error::custom("not a decimal"))
    }
}

/// Decimals that may be missing, in JSON.
pub mod as_text_maybe {
    use rust_decimal::Decimal;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    /// Writes the digits or null.
    pub fn serialize<S: Serializer>(value: &Option<Decimal>, to: S) -> Result<S::Ok, S::Error> {
        value
            .map(|value| value.normalize().to_string())
            .serialize(to)
    }

    /// Reads the digits or null.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Decimal>, D::Error> {
        let Some(text) = Option::<String>::deserialize(from)? else {
            return Ok(None);
        };
        let found = super::of_text(&text);
        found
            .map(Some)
            .ok_or_else(|| D::Error::custom("not a decimal"))
    }
}

/// The decimal of digits as programs write them; none beyond what this house counts with.
fn of_text(text: &str) -> Option<Decimal> {
    let value = Decimal::from_str_exact(text).ok()?;
    (value.abs() <= FIGURE_MAX && value.scale() <= 6).then(|| value.normalize())
}

#[cfg(test)]
pub(super) fn dec(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_rounded_half_away_from_zero_and_written_with_a_comma() {
        for (value, vi, en) in [
            (dec("0.8"), "0,8", "0.8"),
            (dec("0.125"), "0,13", "0.13"),
            (dec("-0.125"), "-0,13", "-0.13"),
            (dec("0.124999"), "0,12", "0.12"),
            (dec("1.00"), "1", "1"),
            (dec("1234.5"), "1.234,5", "1,234.5"),
            (dec("0.004"), "0", "0"),
        ] {
            assert_eq!(shown(value, Lang::Vi), vi);
            assert_eq!(shown(value, Lang::En), en);
        }
    }

    #[test]
    fn a_share_just_below_a_threshold_never_looks_like_it() {
        assert_eq!(percent_shown(dec("80"), Lang::Vi), "80%");
        let third = percent(dec("2"), dec("3")).unwrap();
        assert_eq!(percent_shown(third, Lang::Vi), "≈ 66,67%");
        let close = percent(dec("899999"), dec("1000000")).unwrap();
        assert_eq!(percent_shown(close, Lang::Vi), "≈ 89,9999%");
        assert!(!is_at_least(dec("899999"), dec("1000000"), dec("90")));
        assert!(is_at_least(dec("9"), dec("10"), dec("90")));
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!(parse_points("0,50"), Some(dec("0.5")));
        assert_eq!(parse_points(" 0.5 "), Some(dec("0.5")));
        for bad in ["", "-1", "1,234", "1,2,3", "một", "10001", "1e5", "١"] {
            assert_eq!(parse_points(bad), None, "{bad}");
        }
        assert_eq!(parse_percent("62,5 %"), Some(dec("62.5")));
        assert_eq!(parse_percent("1001"), None);
        for (text, figure) in [
            ("1.234", Some(dec("1234"))),
            ("1.234.567,5", Some(dec("1234567.5"))),
            ("82.66", Some(dec("82.66"))),
            ("82,66", Some(dec("82.66"))),
            ("0.125", Some(dec("0.125"))),
            ("1000000000001", None),
        ] {
            assert_eq!(parse_figure(text), figure, "{text}");
        }
    }

    #[test]
    fn the_largest_figure_is_a_million_millions() {
        assert_eq!(FIGURE_MAX, dec("1000000000000"));
        assert!(share_of(POINTS_MAX, FIGURE_MAX, dec("0.000001")).is_some());
        assert_eq!(percent(dec("1"), dec("0")), None);
    }
}
