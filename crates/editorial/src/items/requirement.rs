//! Which kinds of evidence an activity must have, and which are missing.

use std::collections::HashSet;

use base::id::{ActivityId, PlanId, UnitId};
use house::evidence::EvidenceKind;
use jiff::civil::Date;

/// An activity of a running or closed plan with the kinds that were chosen for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The plan.
    pub plan: PlanId,
    /// The activity.
    pub activity: ActivityId,
    /// What is to be done.
    pub title: String,
    /// The kinds that it must have.
    pub kinds: Vec<EvidenceKind>,
    /// Who owes them: the leading unit (`None` when it is no unit of ours), or each unit that is asked.
    pub units: Vec<Option<UnitId>>,
    /// Who leads, in the plan's words, when it is no unit of ours.
    pub lead: String,
    /// Whether each unit must have its own.
    pub is_per_unit: bool,
    /// The last day of the activity, if it has one.
    pub due: Option<Date>,
}

/// A kind of evidence that an activity has, from a unit.
pub type Had = (ActivityId, Option<UnitId>, EvidenceKind);

/// What an activity lacks of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The plan.
    pub plan: PlanId,
    /// The activity.
    pub activity: ActivityId,
    /// What is to be done.
    pub title: String,
    /// The unit that owes it, if it is one of ours.
    pub unit: Option<UnitId>,
    /// Who leads, in the plan's words, when it is no unit of ours.
    pub lead: String,
    /// The kinds that are not there.
    pub kinds: Vec<EvidenceKind>,
    /// The last day of the activity, if it has one.
    pub due: Option<Date>,
}

/// What is missing, what is due first first; activities without a last day come at the end.
///
/// Where each unit is asked, only what is of that unit counts; otherwise whoever brought it.
pub fn missing(asked: &[Asked], had: &HashSet<Had>) -> Vec<Missing> {
    let anybody: HashSet<(ActivityId, EvidenceKind)> = had
        .iter()
        .map(|(activity, _, kind)| (*activity, *kind))
        .collect();
    let mut all = Vec::new();
    for one in asked {
        for unit in &one.units {
            let has = |kind: &EvidenceKind| match one.is_per_unit {
                true => had.contains(&(one.activity, *unit, *kind)),
                false => anybody.contains(&(one.activity, *kind)),
            };
            let kinds: Vec<_> = one
                .kinds
                .iter()
                .copied()
                .filter(|kind| !has(kind))
                .collect();
            if !kinds.is_empty() {
                all.push(Missing {
                    plan: one.plan,
                    activity: one.activity,
                    title: one.title.clone(),
                    unit: *unit,
                    lead: one.lead.clone(),
                    kinds,
                    due: one.due,
                });
            }
        }
    }
    all.sort_by_key(|one| (one.due.is_none(), one.due));
    all
}

/// What is sensible to ask of an activity of this form, one of
/// [`CHANNEL_KINDS`](super::item::CHANNEL_KINDS), until the agency says something else. An offer of
/// the house, no law.
pub fn usual(form: &str) -> &'static [EvidenceKind] {
    use EvidenceKind::{Attendance, Document, Email, Minutes, Page, Photo, Publication};
    match form {
        "conference" | "workshop" | "talk" | "training" => &[Minutes, Attendance],
        "meeting" => &[Minutes],
        "legal_education" | "legal_aid" => &[Attendance, Photo],
        "website" => &[Page],
        "newspaper" | "broadcast" | "social" => &[Publication],
        "loudspeaker" | "leaflet" | "panel" => &[Photo],
        "bulletin" | "contest" => &[Document],
        "email" => &[Email],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::id::Uuid;
    use jiff::civil::date;

    fn activity(n: u128) -> ActivityId {
        ActivityId::from(Uuid::from_u128(n))
    }

    fn unit(n: u128) -> Option<UnitId> {
        Some(UnitId::from(Uuid::from_u128(n)))
    }

    fn asked(n: u128, units: Vec<Option<UnitId>>, is_per_unit: bool) -> Asked {
        Asked {
            plan: PlanId::from(Uuid::from_u128(1)),
            activity: activity(n),
            title: "Hội nghị".to_owned(),
            kinds: vec![EvidenceKind::Minutes, EvidenceKind::Attendance],
            units,
            lead: String::new(),
            is_per_unit,
            due: Some(date(2023, 6, 15)),
        }
    }

    #[test]
    fn a_conference_with_minutes_only_lacks_the_list_of_those_present() {
        let all = [asked(1, vec![unit(7)], false)];
        let had = HashSet::from([(activity(1), unit(8), EvidenceKind::Minutes)]);
        let found = missing(&all, &had);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].kinds, [EvidenceKind::Attendance]);
        assert_eq!(found[0].unit, unit(7));
        let both =
            [EvidenceKind::Minutes, EvidenceKind::Attendance].map(|kind| (activity(1), None, kind));
        assert_eq!(missing(&all, &HashSet::from(both)), []);
        let elsewhere = HashSet::from(both.map(|(_, unit, kind)| (activity(2), unit, kind)));
        assert_eq!(missing(&all, &elsewhere)[0].kinds.len(), 2);
    }

    #[test]
    fn where_each_unit_is_asked_only_its_own_counts() {
        let all = [asked(1, vec![unit(7), unit(8)], true)];
        let had = HashSet::from([
            (activity(1), unit(7), EvidenceKind::Minutes),
            (activity(1), unit(7), EvidenceKind::Attendance),
            (activity(1), None, EvidenceKind::Minutes),
        ]);
        let found = missing(&all, &had);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].unit, found[0].kinds.len()), (unit(8), 2));
    }

    #[test]
    fn what_is_due_first_comes_first_and_what_has_no_day_last() {
        let mut all = [1, 2, 3].map(|n| asked(n, vec![None], false));
        all[0].due = None;
        all[2].due = Some(date(2023, 3, 1));
        let order: Vec<_> = missing(&all, &HashSet::new())
            .iter()
            .map(|one| one.activity)
            .collect();
        assert_eq!(order, [activity(3), activity(2), activity(1)]);
        all[1].kinds.clear();
        assert_eq!(missing(&all, &HashSet::new()).len(), 2);
    }

    #[test]
    fn every_form_has_an_offer_or_none_on_purpose() {
        let silent: Vec<_> = super::super::item::CHANNEL_KINDS
            .into_iter()
            .filter(|form| usual(form).is_empty())
            .collect();
        assert_eq!(silent, ["other"]);
    }
}
