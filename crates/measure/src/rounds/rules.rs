//! Who may do what in which phase of a round: one table, and nothing else decides.
//!
//! A person stands on a side of a body: of its *own* people, or of those who *run* the round. The
//! one agency that scores itself in its own Loa is both; then its director does not answer its own
//! appeals, only the appraiser does.

use base::id::{AgencyId, UnitId};
use base::{Actor, Role, Roles};

use super::phase::Phase;

/// What may be done in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Names who takes part; sets how the round counts.
    LayOut,
    /// Sets the days of the phases.
    Date,
    /// Takes the round on to the next phase.
    Advance,
    /// Takes it back one phase, with a reason.
    GoBack,
    /// Scores a component of a body, attaches evidence, explains.
    Score,
    /// Confirms the self-score of a body as a whole.
    Submit,
    /// Takes a submitted self-score back.
    TakeBack,
    /// Accepts or reduces a score.
    Appraise,
    /// Asks the body about a score.
    Ask,
    /// Answers what the appraiser asked.
    Answer,
    /// Appeals against a reduced score.
    Appeal,
    /// Answers an appeal.
    Settle,
    /// Enters the points of the survey.
    Survey,
    /// Enters the decision.
    Decide,
}

/// On which side of a body a person stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Belongs to the body.
    Own,
    /// Belongs to the agency that runs the round.
    Runs,
    /// Runs the round and does not belong to the body.
    RunsOnly,
}

/// What a body that is judged is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// An agency of this installation.
    Agency,
    /// A unit of the agency that runs the round.
    Unit,
    /// A body without accounts here, entered by name; the agency that runs the round enters for it.
    Outside,
}

impl BodyKind {
    /// Every kind.
    pub const ALL: [BodyKind; 3] = [BodyKind::Agency, BodyKind::Unit, BodyKind::Outside];

    /// The word that tables use; people read the key `rounds-kind-{word}`.
    pub fn as_str(self) -> &'static str {
        match self {
            BodyKind::Agency => "agency",
            BodyKind::Unit => "unit",
            BodyKind::Outside => "outside",
        }
    }

    /// The kind of a word, if there is one.
    pub fn parse(word: &str) -> Option<BodyKind> {
        BodyKind::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A line of the table: in these phases, these roles of this side, for bodies of these kinds.
struct Line {
    deed: Deed,
    phases: &'static [Phase],
    side: Side,
    kinds: &'static [BodyKind],
    roles: Roles,
}

const ANY: &[BodyKind] = &BodyKind::ALL;
const OPEN: &[Phase] = &[
    Phase::Opening,
    Phase::SelfScore,
    Phase::Appraisal,
    Phase::Appeal,
    Phase::Survey,
    Phase::Ranking,
    Phase::Decision,
];

const fn line(
    deed: Deed,
    phases: &'static [Phase],
    side: Side,
    kinds: &'static [BodyKind],
    roles: &[Role],
) -> Line {
    Line {
        deed,
        phases,
        side,
        kinds,
        roles: Roles::of(roles),
    }
}

/// The table.
#[rustfmt::skip]
const TABLE: [Line; 17] = {
    use BodyKind::{Agency, Outside, Unit};
    use Deed::*;
    use Phase::*;
    use Role::{Appraiser, Clerk, Director, Head, Officer};
    use Side::{Own, Runs, RunsOnly};
    [
        line(LayOut,   &[Opening],                                                     Runs, ANY, &[Officer, Director]),
        line(Date,     OPEN,                                                           Runs, ANY, &[Officer, Director]),
        line(Advance,  &[Opening, SelfScore, Appraisal, Phase::Appeal, Phase::Survey, Ranking], Runs, ANY, &[Officer, Director]),
        line(GoBack,   &[SelfScore, Appraisal, Phase::Appeal, Phase::Survey, Ranking, Decision], Runs, ANY, &[Director]),
        line(Score,    &[SelfScore],    Own,  ANY,                &[Officer, Head]),
        line(Submit,   &[SelfScore],    Own,  &[Agency, Outside], &[Director]),
        line(Submit,   &[SelfScore],    Own,  &[Unit],            &[Head]),
        line(TakeBack, &[SelfScore],    Own,  &[Agency, Outside], &[Director]),
        line(TakeBack, &[SelfScore],    Own,  &[Unit],            &[Head]),
        line(Appraise, &[Appraisal],    Runs, ANY,                &[Appraiser]),
        line(Ask,      &[Appraisal],    Runs, ANY,                &[Appraiser]),
        line(Answer,   &[Appraisal],    Own,  ANY,                &[Officer, Head, Director]),
        line(Deed::Appeal, &[Phase::Appeal], Own, ANY,            &[Officer, Head, Director]),
        line(Settle,   &[Phase::Appeal], Runs,     ANY,           &[Appraiser]),
        line(Settle,   &[Phase::Appeal], RunsOnly, ANY,           &[Director]),
        line(Deed::Survey, &[Phase::Survey], Runs, ANY,           &[Officer]),
        line(Decide,   &[Decision],     Runs, ANY,                &[Clerk]),
    ]
};

/// Who opens the pages of rounds at all.
pub const READERS: Roles = Roles::of(&[
    Role::Officer,
    Role::Head,
    Role::Director,
    Role::Appraiser,
    Role::Clerk,
]);

/// The agency that runs a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Runner(pub AgencyId);

/// A body as the rules see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whose {
    /// What it is.
    pub kind: BodyKind,
    /// The agency, of [`BodyKind::Agency`].
    pub agency: Option<AgencyId>,
    /// The unit, of [`BodyKind::Unit`].
    pub unit: Option<UnitId>,
}

impl Whose {
    /// Whether a person belongs to the body. An outside body has nobody here: who runs the round
    /// enters for it.
    pub fn is_own(&self, actor: &Actor, runner: Runner) -> bool {
        match self.kind {
            BodyKind::Agency => self.agency == Some(actor.agency),
            BodyKind::Unit => {
                actor.agency == runner.0 && actor.unit.is_some() && self.unit == actor.unit
            }
            BodyKind::Outside => actor.agency == runner.0,
        }
    }

    fn is_on(&self, side: Side, actor: &Actor, runner: Runner) -> bool {
        let runs = actor.agency == runner.0;
        match side {
            Side::Own => self.is_own(actor, runner),
            Side::Runs => runs,
            // Nobody of an outside body is here, so nobody who runs the round belongs to it.
            Side::RunsOnly => {
                runs && (self.kind == BodyKind::Outside || !self.is_own(actor, runner))
            }
        }
    }
}

/// Whether a person may do something to a body in a phase.
pub fn may(actor: &Actor, deed: Deed, phase: Phase, (runner, body): (Runner, &Whose)) -> bool {
    TABLE.iter().any(|line| {
        line.deed == deed
            && line.phases.contains(&phase)
            && line.kinds.contains(&body.kind)
            && actor.roles.meets(line.roles)
            && body.is_on(line.side, actor, runner)
    })
}

/// Whether a person may do something to the round as a whole.
pub fn may_run(actor: &Actor, deed: Deed, phase: Phase, runner: Runner) -> bool {
    TABLE.iter().any(|line| {
        line.deed == deed
            && line.side == Side::Runs
            && line.phases.contains(&phase)
            && actor.roles.meets(line.roles)
            && actor.agency == runner.0
    })
}

/// The roles on which a deed waits in a phase, for pages that say whose turn it is.
pub fn waits_for(phase: Phase) -> Vec<Role> {
    let turns: &[Deed] = match phase {
        Phase::Opening => &[Deed::LayOut],
        Phase::SelfScore => &[Deed::Score, Deed::Submit],
        Phase::Appraisal => &[Deed::Appraise],
        Phase::Appeal => &[Deed::Appeal, Deed::Settle],
        Phase::Survey => &[Deed::Survey],
        Phase::Ranking => &[Deed::Advance],
        Phase::Decision => &[Deed::Decide],
        Phase::Decided => &[],
    };
    let is_turn = |line: &&Line| turns.contains(&line.deed) && line.phases.contains(&phase);
    let roles = TABLE
        .iter()
        .filter(is_turn)
        .flat_map(|line| line.roles.iter());
    let mut roles: Vec<Role> = roles.collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
