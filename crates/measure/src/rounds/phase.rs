//! The phases of a round, in their order, with the days that were set for each: pure.
//!
//! The order is that of the provinces' yearly cycle: open, self-score, appraisal, appeal, survey
//! points, ranking, decision. No day is ever proposed: who runs the round types them, or leaves
//! them empty.

use base::calendar::working::WorkCalendar;
use jiff::civil::Date;

/// Where a round stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Phase {
    /// The round is laid out: who takes part, by when.
    Opening,
    /// Every body scores itself.
    SelfScore,
    /// Appraisers accept, reduce or ask.
    Appraisal,
    /// Bodies appeal and are answered.
    Appeal,
    /// The points of the survey are entered.
    Survey,
    /// The ranking is looked at before it is sent for decision.
    Ranking,
    /// The decision is waited for.
    Decision,
    /// The decision is entered; nothing changes any more.
    Decided,
}

impl Phase {
    /// Every phase, in order.
    pub const ALL: [Phase; 8] = [
        Phase::Opening,
        Phase::SelfScore,
        Phase::Appraisal,
        Phase::Appeal,
        Phase::Survey,
        Phase::Ranking,
        Phase::Decision,
        Phase::Decided,
    ];

    /// The word that tables use; people read the key `rounds-phase-{word}`.
    pub fn as_str(self) -> &'static str {
        match self {
            Phase::Opening => "opening",
            Phase::SelfScore => "self_score",
            Phase::Appraisal => "appraisal",
            Phase::Appeal => "appeal",
            Phase::Survey => "survey",
            Phase::Ranking => "ranking",
            Phase::Decision => "decision",
            Phase::Decided => "decided",
        }
    }

    /// The phase of a word, if there is one.
    pub fn parse(word: &str) -> Option<Phase> {
        Phase::ALL.into_iter().find(|phase| phase.as_str() == word)
    }

    /// The phase after this one; none after the last. [`Phase::Decided`] is reached by the decision
    /// only.
    pub fn next(self) -> Option<Phase> {
        let at = Phase::ALL.iter().position(|phase| *phase == self)?;
        Phase::ALL.get(at + 1).copied()
    }

    /// The phase before this one; none before the first, and none once it is decided.
    pub fn before(self) -> Option<Phase> {
        let at = Phase::ALL.iter().position(|phase| *phase == self)?;
        match self {
            Phase::Decided => None,
            _ => Phase::ALL.get(at.checked_sub(1)?).copied(),
        }
    }

    /// Whether days are set for it: for all but the end.
    pub fn is_dated(self) -> bool {
        self != Phase::Decided
    }
}

/// The days of one phase, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Which phase.
    pub phase: Phase,
    /// From which day, if set.
    pub from: Option<Date>,
    /// To which day, included, if set.
    pub to: Option<Date>,
}

impl Stretch {
    /// Working days by which the phase is overdue: counted from the working day after its last day
    /// (the later reading of a day off); 0 in time or without a day.
    pub fn days_late(&self, today: Date, calendar: &WorkCalendar) -> i64 {
        self.to.map_or(0, |to| {
            let after = calendar.deadline(to).after;
            calendar.working_days_between(after, today).max(0)
        })
    }
}

/// The stretches whose days contradict: a phase ends before it begins, or before the one before it
/// ends. The phases at fault.
pub fn contradictions(stretches: &[Stretch]) -> Vec<Phase> {
    let mut found = Vec::new();
    let mut latest: Option<Date> = None;
    for stretch in stretches {
        let ends_first = matches!((stretch.from, stretch.to), (Some(from), Some(to)) if to < from);
        let is_behind = matches!((latest, stretch.to), (Some(latest), Some(to)) if to < latest);
        if ends_first || is_behind {
            found.push(stretch.phase);
        }
        latest = latest.max(stretch.to);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn stretch(phase: Phase, from: Option<Date>, to: Option<Date>) -> Stretch {
        Stretch { phase, from, to }
    }

    #[test]
    fn phases_follow_each_other_and_a_decision_is_not_taken_back() {
        let mut phase = Phase::Opening;
        for expected in &Phase::ALL[1..] {
            let before = phase;
            phase = phase.next().unwrap();
            assert_eq!(phase, *expected);
            if phase != Phase::Decided {
                assert_eq!(phase.before(), Some(before));
            }
        }
        assert_eq!((phase.next(), phase.before()), (None, None));
        for phase in Phase::ALL {
            assert_eq!(Phase::parse(phase.as_str()), Some(phase));
        }
    }

    #[test]
    fn a_phase_is_late_only_after_the_working_day_after_its_last_day() {
        let calendar = WorkCalendar::new(Vec::new(), false);
        // 4 March 2023 is a Saturday: Monday the 6th still counts as in time.
        let own = stretch(Phase::SelfScore, None, Some(date(2023, 3, 4)));
        assert_eq!(own.days_late(date(2023, 3, 6), &calendar), 0);
        assert_eq!(own.days_late(date(2023, 3, 8), &calendar), 2);
        let open = stretch(Phase::SelfScore, None, None);
        assert_eq!(open.days_late(date(2030, 1, 1), &calendar), 0);
    }

    #[test]
    fn days_that_contradict_each_other_are_found() {
        let day = |n| Some(date(2024, 1, n));
        let good = [
            stretch(Phase::SelfScore, day(1), day(10)),
            stretch(Phase::Appraisal, None, None),
            stretch(Phase::Appeal, day(10), day(12)),
        ];
        assert!(contradictions(&good).is_empty());
        let bad = [
            stretch(Phase::SelfScore, day(9), day(8)),
            stretch(Phase::Appraisal, None, day(7)),
        ];
        assert_eq!(contradictions(&bad), [Phase::SelfScore, Phase::Appraisal]);
    }
}
