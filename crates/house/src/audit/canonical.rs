//! The one way to write a JSON value as bytes, so that equal values have equal hashes.
//!
//! The form is that of RFC 8785 (JCS), narrowed until nothing in it can be read two ways:
//!
//! * no space between tokens; members sorted by name; names are `a-z 0-9 _` only;
//! * numbers are whole, at most 2^53 - 1 on either side of zero; no fractions, no exponents;
//! * strings are NFC; `"` and `\` are escaped, control characters as JCS does, nothing else is;
//! * at most 64 levels deep.

use base::Fault;
use base::text::nfc;
use serde_json::{Map, Value};

const WHOLE_MAX: i64 = (1 << 53) - 1;
const DEPTH_MAX: usize = 64;

/// The canonical text of the value.
///
/// # Faults
/// A number with a fraction or out of range, a member name with other letters, or too many levels:
/// the feature that made the value must mend it.
pub fn to_canonical(value: &Value) -> Result<String, Fault> {
    let mut out = String::new();
    write(value, 0, &mut out)?;
    Ok(out)
}

/// Whether the text is the canonical form of some value.
pub fn is_canonical(text: &str) -> bool {
    serde_json::from_str(text)
        .ok()
        .and_then(|value| to_canonical(&value).ok())
        .is_some_and(|canonical| canonical == text)
}

fn write(value: &Value, depth: usize, out: &mut String) -> Result<(), Fault> {
    if depth > DEPTH_MAX {
        return Err(Fault::new("an entry of the log is too deeply nested"));
    }
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => match number.as_i64() {
            Some(n) if (-WHOLE_MAX..=WHOLE_MAX).contains(&n) => out.push_str(&n.to_string()),
            _ => {
                return Err(Fault::new(format!(
                    "{number} is not a whole number for the log"
                )));
            }
        },
        Value::String(text) => write_string(text, out),
        Value::Array(values) => {
            out.push('[');
            for (i, value) in values.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write(value, depth + 1, out)?;
            }
            out.push(']');
        }
        Value::Object(members) => write_members(members, depth, out)?,
    }
    Ok(())
}

fn write_members(
    members: &Map<String, Value>,
    depth: usize,
    out: &mut String,
) -> Result<(), Fault> {
    let mut sorted: Vec<_> = members.iter().collect();
    sorted.sort_by_key(|(name, _)| name.as_str());
    out.push('{');
    for (i, (name, value)) in sorted.into_iter().enumerate() {
        if name.is_empty() || name.contains(|c| !matches!(c, 'a'..='z' | '0'..='9' | '_')) {
            return Err(Fault::new(format!(
                "\"{name}\" cannot be a member name in the log"
            )));
        }
        if i > 0 {
            out.push(',');
        }
        write_string(name, out);
        out.push(':');
        write(value, depth + 1, out)?;
    }
    out.push('}');
    Ok(())
}

fn write_string(text: &str, out: &mut String) {
    // serde_json escapes exactly as JCS: short forms, then lower-case \u00xx, nothing above U+001F.
    out.push_str(&Value::String(nfc(text)).to_string());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn equal_values_have_one_text() {
        let value = json!({"b": [1, -2, null, true], "a_1": "hoa\u{300} \"\\/\n\u{1f}\u{7f}\u{2028}", "aa": {}});
        let text = "{\"a_1\":\"ho\u{e0} \\\"\\\\/\\n\\u001f\u{7f}\u{2028}\",\"aa\":{},\"b\":[1,-2,null,true]}";
        assert_eq!(to_canonical(&value).unwrap(), text);
        assert!(is_canonical(text));
        for other in [
            "{ }",
            "{\"b\":1,\"a\":2}",
            "\"hoa\u{300}\"",
            "\"\\u0041\"",
            "1.0",
            "1e2",
            "-0",
            "01",
        ] {
            assert!(!is_canonical(other), "{other}");
        }
    }

    #[test]
    fn fractions_huge_numbers_odd_names_and_deep_nests_are_refused() {
        for value in [
            json!(1.5),
            json!(1u64 << 53),
            json!(u64::MAX),
            json!({"É": 1}),
            json!({"": 1}),
            json!({"A": 1}),
        ] {
            assert!(to_canonical(&value).is_err(), "{value}");
        }
        let deep = (0..70).fold(json!(1), |inner, _| json!([inner]));
        assert!(to_canonical(&deep).is_err());
    }

    proptest! {
        #[test]
        fn the_canonical_text_of_a_text_is_itself(text in any::<String>(), n in -WHOLE_MAX..=WHOLE_MAX) {
            let once = to_canonical(&json!({"t": [text], "n": n})).unwrap();
            prop_assert!(is_canonical(&once));
            prop_assert_eq!(to_canonical(&serde_json::from_str(&once).unwrap()).unwrap(), once);
        }
    }
}
