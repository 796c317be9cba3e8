//! An item that is shared: one conference in which three activities were embedded counts as a part
//! for each, and the parts are together never more than the whole.
//!
//! Without sharing an item counts whole for each of its activities. An activity that is linked to a
//! shared item later has no part of it until somebody gives it one.

use base::id::ActivityId;
use base::text::clean_line;
use base::{Problem, Refusal};
use web::Form;

/// The whole of an item, in per cent.
pub const WHOLE_PERCENT: i64 = 100;

/// How an item is shared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    /// Whether it is shared at all.
    pub is_shared: bool,
    /// The part of each activity in whole per cent, 0 to 100.
    pub parts: Vec<(ActivityId, i64)>,
}

impl Shares {
    /// Reads the form: a box that says that the item is shared, and a part for each activity that
    /// the item fulfils (field `share-{id}`; empty means none).
    ///
    /// # Refusals
    /// At `shares`: `item-share-wrong` for a part that is no whole number from 0 to 100;
    /// `item-shares-over` for parts that are together more than the whole; `item-shares-none` for a
    /// shared item of which nobody has a part.
    pub fn of(form: &Form, activities: &[ActivityId]) -> Result<Self, Refusal> {
        let is_shared = form.has("is_shared", "1");
        let mut parts = Vec::new();
        for activity in activities {
            let text = clean_line(form.value(&field(*activity)));
            let text = text.trim_end_matches('%').trim_end();
            let part = if text.is_empty() { Ok(0) } else { text.parse() };
            match part {
                Ok(part) if (0..=WHOLE_PERCENT).contains(&part) => parts.push((*activity, part)),
                _ => {
                    let problem = Problem::at("shares", "item-share-wrong").with("value", text);
                    return Err(Refusal::Invalid(vec![problem]));
                }
            }
        }
        let total: i64 = parts.iter().map(|(_, part)| part).sum();
        if is_shared && total > WHOLE_PERCENT {
            let problem = Problem::at("shares", "item-shares-over").with("total", total);
            return Err(Refusal::Invalid(vec![problem]));
        }
        if is_shared && total == 0 {
            return Err(Refusal::at("shares", "item-shares-none"));
        }
        if !is_shared {
            parts.iter_mut().for_each(|(_, part)| *part = 0);
        }
        Ok(Self { is_shared, parts })
    }
}

/// The field of an activity's part.
pub fn field(activity: ActivityId) -> String {
    format!("share-{activity}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::id::Uuid;
    use proptest::prelude::*;

    fn activities(n: u128) -> Vec<ActivityId> {
        (1..=n)
            .map(|n| ActivityId::from(Uuid::from_u128(n)))
            .collect()
    }

    fn read(parts: &[&str], is_shared: bool) -> Result<Shares, Refusal> {
        let all = activities(parts.len() as u128);
        let names: Vec<String> = all.iter().map(|id| field(*id)).collect();
        let values = names
            .iter()
            .zip(parts)
            .map(|(name, part)| (name.as_str(), (*part).to_owned()));
        let shared = is_shared.then(|| ("is_shared", "1".to_owned()));
        Shares::of(&Form::filled(values.chain(shared)), &all)
    }

    #[test]
    fn three_thirds_are_a_whole_and_more_is_refused() {
        let thirds = read(&["33", "33 %", "34"], true).unwrap();
        assert_eq!(thirds.parts.iter().map(|(_, part)| part).sum::<i64>(), 100);
        assert_eq!(
            read(&["50", "51"], true).unwrap_err().code(),
            "item-shares-over"
        );
        assert_eq!(read(&["1/3"], true).unwrap_err().code(), "item-share-wrong");
        assert_eq!(read(&["-1"], true).unwrap_err().code(), "item-share-wrong");
        assert_eq!(
            read(&["", ""], true).unwrap_err().code(),
            "item-shares-none"
        );
        let whole = read(&["50", "51"], false).unwrap();
        assert!(!whole.is_shared && whole.parts.iter().all(|(_, part)| *part == 0));
    }

    proptest! {
        #[test]
        fn no_shares_are_accepted_that_are_more_than_the_whole(
            parts in proptest::collection::vec(-5i64..120, 1..8),
        ) {
            let words: Vec<String> = parts.iter().map(ToString::to_string).collect();
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            if let Ok(shares) = read(&words, true) {
                let total: i64 = shares.parts.iter().map(|(_, part)| part).sum();
                prop_assert!(total <= 100 && total > 0);
            }
        }
    }
}
