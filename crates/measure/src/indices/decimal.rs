//! Values as people type them and read them.

use rust_decimal::{Decimal, RoundingStrategy};
use web::Lang;

/// A number with a comma or a point before its fraction; none below zero.
pub fn parse(text: &str) -> Option<Decimal> {
    let is_plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    if text.is_empty() || text.len() > 20 || !text.chars().all(is_plain) {
        return None;
    }
    let found = Decimal::from_str_exact(&text.replace(',', ".")).ok()?;
    Some(found.normalize())
}

/// A value with its own places, at least two: `82,66`, in English `82.66`.
pub fn shown(value: Decimal, lang: Lang) -> String {
    let mut value = value.normalize();
    if value.scale() < 2 {
        value.rescale(2);
    }
    marked(value, lang)
}

/// A value without places that say nothing: `100`.
pub fn plain(value: Decimal, lang: Lang) -> String {
    marked(value.normalize(), lang)
}

fn marked(value: Decimal, lang: Lang) -> String {
    let text = value.to_string();
    match lang {
        Lang::Vi => text.replace('.', ","),
        Lang::En => text,
    }
}

/// Hundredths, as a picture needs them.
pub fn hundredths(value: Decimal) -> i64 {
    use rust_decimal::prelude::ToPrimitive;
    let rounded = value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    rounded
        .checked_mul(Decimal::ONE_HUNDRED)
        .and_then(|value| value.to_i64())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_and_written_with_their_places() {
        let value = parse("82,66").unwrap();
        assert_eq!(shown(value, Lang::Vi), "82,66");
        assert_eq!(shown(value, Lang::En), "82.66");
        assert_eq!(shown(parse("83.1").unwrap(), Lang::Vi), "83,10");
        assert_eq!(hundredths(value), 8266);
        assert_eq!(plain(parse("100.00").unwrap(), Lang::Vi), "100");
        for bad in ["", "-1", "1.2.3", "1e5", "tám"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
