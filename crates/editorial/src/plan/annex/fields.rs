//! How the fields of an activity stand in cells, and how they are read back.

use base::id::UnitId;
use base::text::number::{parse_whole, whole};
use base::text::{clean_line, fold};
use house::people::agency::Unit;

use crate::plan::activity::ActivityDetails;
use crate::plan::intake::unit_of;
use crate::plan::target::{TARGET_MAX, TARGETS_MAX, Target};

/// How many of what.
pub type Counted = (i64, String);

/// The targets of an activity, in their order.
pub fn targets(details: &ActivityDetails) -> Vec<Counted> {
    let all = details.targets.iter();
    all.map(|target| (target.number, target.unit.clone()))
        .collect()
}

/// Gives an activity other targets; what is known of one with the same unit stays.
///
/// # Refusals
/// False when there are more than an activity can have.
pub fn set_targets(details: &mut ActivityDetails, targets: Vec<Counted>) -> bool {
    let n_targets = targets.len();
    let known = std::mem::take(&mut details.targets);
    let next = targets.into_iter().map(|(number, unit)| {
        let same = known
            .iter()
            .find(|target| fold(&target.unit) == fold(&unit));
        match same {
            Some(same) => Target {
                number,
                unit,
                counts: same.counts,
            },
            None => Target::new(number, unit),
        }
    });
    details.targets = next.take(TARGETS_MAX).collect();
    n_targets <= TARGETS_MAX
}

/// Targets as a cell shows them: `12 tin, bài; 1 hội nghị`.
pub fn targets_words(targets: &[Counted]) -> String {
    let words: Vec<String> = targets
        .iter()
        .map(|(number, unit)| format!("{} {unit}", whole(*number)))
        .collect();
    words.join("; ")
}

/// Reads a cell of targets; `unit` is the unit told in a cell beside it. `None` for what is none.
pub fn targets_of(cell: &str, unit: &str) -> Option<Vec<Counted>> {
    let parts = cell.split([';', '\n']).map(clean_line);
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    parts.iter().map(|part| target_of(part, unit)).collect()
}

fn target_of(part: &str, unit: &str) -> Option<Counted> {
    let end = part
        .find(|c: char| !(c.is_ascii_digit() || c == '.'))
        .unwrap_or(part.len());
    let (number, rest) = part.split_at(end);
    let number = parse_whole(number).filter(|number| (1..=TARGET_MAX).contains(number))?;
    // "02 (hai) hội nghị": the number once more in words.
    let rest = match rest
        .trim()
        .strip_prefix('(')
        .and_then(|rest| rest.split_once(')'))
    {
        Some((_, rest)) => rest.trim(),
        None => rest.trim(),
    };
    let found = if rest.is_empty() { unit.trim() } else { rest };
    let is_unit = found.chars().next().is_some_and(char::is_alphabetic);
    (is_unit && found.chars().count() <= 120).then(|| (number, found.to_owned()))
}

/// Units and other names as a cell lists them: `Văn phòng Sở; Sở Nội vụ`.
pub fn names_words(names: &[String]) -> String {
    names.join("; ")
}

/// The units that a cell lists, and what else it names.
pub fn names_of(cell: &str, units: &[Unit]) -> (Vec<UnitId>, String) {
    let (mut ours, mut others) = (Vec::new(), Vec::new());
    // A unit may have a comma in its name, so only where the whole is no unit commas part it.
    for part in cell.split([';', '\n']) {
        let part = clean_line(part.trim_start_matches(['-', '+', '•', ' ']));
        if part.is_empty() {
            continue;
        }
        match unit_of(&part, units) {
            Some(unit) if ours.contains(&unit) => {}
            Some(unit) => ours.push(unit),
            None => others.push(part),
        }
    }
    (ours, others.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::id::Uuid;

    #[test]
    fn targets_come_back_from_their_cell() {
        let all = vec![
            (12, "tin, bài".to_owned()),
            (2_000, "người".to_owned()),
            (1, "hội nghị".to_owned()),
        ];
        let words = targets_words(&all);
        assert_eq!(words, "12 tin, bài; 2.000 người; 1 hội nghị");
        assert_eq!(targets_of(&words, ""), Some(all));
    }

    #[test]
    fn targets_are_read_as_people_write_them() {
        let one = |n, unit: &str| Some(vec![(n, unit.to_owned())]);
        for (cell, unit, expected) in [
            ("02 (hai) hội nghị", "", one(2, "hội nghị")),
            ("12", "tin, bài", one(12, "tin, bài")),
            ("1.200 lượt\n", "", one(1_200, "lượt")),
            ("", "", Some(Vec::new())),
            ("12", "", None),
            ("nhiều tin", "", None),
            ("0 tin", "", None),
            ("12,5 tin", "", None),
            ("90% công chức", "", None),
            ("9.999.999 tin", "", None),
        ] {
            assert_eq!(targets_of(cell, unit), expected, "{cell:?}");
        }
    }

    #[test]
    fn units_are_known_and_others_keep_their_words() {
        let unit = |n: u128, name: &str| Unit {
            id: UnitId::from(Uuid::from_u128(n)),
            name: name.to_owned(),
            short_name: name.to_owned(),
            symbol: String::new(),
            position: 1,
            opened_on: jiff::civil::date(2020, 1, 1),
            closed_on: None,
        };
        let units = [
            unit(1, "Văn phòng Sở"),
            unit(2, "Phòng Phổ biến, giáo dục pháp luật"),
        ];
        let cell = "- Văn phòng sở\n- Phòng Phổ biến, giáo dục pháp luật; Sở Nội vụ; văn phòng sở";
        let (ours, others) = names_of(cell, &units);
        assert_eq!(ours, [units[0].id, units[1].id]);
        assert_eq!(others, "Sở Nội vụ");
    }
}
