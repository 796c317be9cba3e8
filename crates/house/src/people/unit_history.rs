//! What became of units, in sentences.

use base::calendar::date_short;
use base::id::UnitId;
use jiff::civil::Date;
use web::Say;

use super::agency::Unit;
use super::lineage::{ChangeKind, Join, Lineage, Succession};

/// What a unit is called; empty for one that is not ours.
pub fn name(units: &[Unit], id: UnitId) -> String {
    let unit = units.iter().find(|unit| unit.id == id);
    unit.map(|unit| unit.name.clone()).unwrap_or_default()
}

/// A unit's name; with its last day when it has ended by a day, for lists where what it did may
/// still name it.
pub fn dated_name(unit: &Unit, on: Date, say: &Say) -> String {
    match unit.closed_on {
        Some(day) if !unit.is_open(on) => {
            let day = date_short(day);
            say.with("unit-until", &[("name", unit.name.as_str()), ("day", &day)])
        }
        _ => unit.name.clone(),
    }
}

/// The changes that a unit was part of, a sentence for each.
pub fn words(changes: &[Succession], unit: UnitId, units: &[Unit], say: &Say) -> Vec<String> {
    let all = Lineage::of(changes, Date::MIN, Date::MAX).joins;
    let own = all
        .iter()
        .filter(|join| join.from.contains(&unit) || join.to.contains(&unit));
    own.map(|join| join_words(join, units, say)).collect()
}

/// A change in one sentence: which units, which became, from when, by which decision.
pub fn join_words(join: &Join, units: &[Unit], say: &Say) -> String {
    let names = |ids: &[UnitId]| {
        let names: Vec<String> = ids.iter().map(|id| name(units, *id)).collect();
        names.join(", ")
    };
    let (from, to, day) = (names(&join.from), names(&join.to), date_short(join.day));
    let all = [("from", from.as_str()), ("to", &to), ("day", &day)];
    let words = match join.kind {
        ChangeKind::Merge => say.with("unit-joined", &all),
        ChangeKind::Split => say.with("unit-parted", &all),
    };
    match (join.decision_number.is_empty(), join.decision_on) {
        (true, _) => words,
        (false, None) => {
            let all = [("words", words.as_str()), ("number", &join.decision_number)];
            say.with("unit-by-decision", &all)
        }
        (false, Some(day)) => {
            let day = date_short(day);
            let all = [
                ("words", words.as_str()),
                ("number", &join.decision_number),
                ("day", &day),
            ];
            say.with("unit-by-dated-decision", &all)
        }
    }
}
