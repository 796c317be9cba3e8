//! Gathers what is at risk in an agency today: the set in force, the open round, the plan's debts.

use std::collections::HashMap;

use base::id::{AccountId, AgencyId, ComponentId, CriteriaSetId, RoundId, SelfScoreId, UnitId};
use base::{Error, Role, SubjectKind};
use db::Conn;
use editorial::Editorial;
use editorial::owed::{self, owed::Kind};
use house::evidence;
use house::people::account_store::{self, Holder};

use super::duty_store::{self, Duty};
use super::entry::Claim;
use super::entry_store::{self, Score};
use super::phase::Phase;
use super::risk::{Known, Owed, Risk, What, risk};
use super::round::{Body, Round};
use super::rules::BodyKind;
use super::scoring::claim_of;
use super::{proof_store, round_store};
use crate::criteria::criteria_store;
use crate::criteria::facts::Facts;
use crate::criteria::set::{CriteriaSet, SetState};

/// What is at risk in an agency in a year.
pub struct Outlook {
    /// By which set.
    pub set: CriteriaSet,
    /// In which round, if one is being scored.
    pub round: Option<(RoundId, Body)>,
    /// What is at risk, in the order of the set.
    pub risks: Vec<Risk>,
}

/// The claims of a round that is being scored.
struct Open {
    round: Round,
    body: Body,
    scores: HashMap<ComponentId, Score>,
    counts: HashMap<SelfScoreId, i64>,
}

/// The set by which an agency is judged in a year: that of its open round, else the newest in force
/// that judges the year. Rules arrive late in the year they judge: without a set of the year there is
/// nothing to lose by it yet.
///
/// # Faults
/// The database does not answer.
async fn set_of(
    conn: &mut Conn,
    agency: AgencyId,
    (year, open): (i16, Option<&Open>),
) -> Result<Option<CriteriaSet>, Error> {
    if let Some(open) = open {
        let (runner, set) = (open.round.agency, open.round.set);
        return criteria_store::find(conn, runner, set).await.map(Some);
    }
    set_in_force(conn, agency, year).await
}

/// The newest set in force of an agency that judges a year.
///
/// # Faults
/// The database does not answer.
pub async fn set_in_force(
    conn: &mut Conn,
    agency: AgencyId,
    year: i16,
) -> Result<Option<CriteriaSet>, Error> {
    let lines = criteria_store::list(conn, agency).await?;
    let judging = lines.into_iter().find(|line| {
        let years = (line.details.year_from, line.details.year_to);
        line.state == SetState::InForce && years.0 <= year && years.1.is_none_or(|to| year <= to)
    });
    let id: Option<CriteriaSetId> = judging.map(|line| line.id);
    match id {
        None => Ok(None),
        Some(id) => criteria_store::find(conn, agency, id).await.map(Some),
    }
}

/// What an agency would lose today; none when no set judges the year.
///
/// # Faults
/// The database does not answer.
pub async fn outlook(
    editorial: &Editorial,
    conn: &mut Conn,
    agency: AgencyId,
    year: i16,
) -> Result<Option<Outlook>, Error> {
    let open = open_round(conn, agency, year).await?;
    let Some(set) = set_of(conn, agency, (year, open.as_ref())).await? else {
        return Ok(None);
    };
    let facts = Facts::gather(editorial, conn, agency, year).await?;
    let duties = duty_store::list(conn, agency).await?;
    let holders = account_store::holders(conn, agency).await?;
    let proofs = evidence::count_of_subjects(conn, agency, SubjectKind::Component).await?;
    let owed = owed_of_plans(editorial, conn, agency).await?;
    let ends_on = open
        .as_ref()
        .and_then(|open| open.round.ends_on(Phase::SelfScore));
    let mut risks = Vec::new();
    for component in set.components() {
        let duty = duties
            .get(&component.id)
            .copied()
            .unwrap_or(Duty::default());
        let known = Known {
            computed: facts.input(component),
            claim: open.as_ref().map(|open| open.claim(&set, component.id)),
            n_evidence: proofs.get(&component.id.to_string()).copied().unwrap_or(0),
            heads: heads(&holders, duty.unit),
            duty,
            ends_on,
            owed: &owed,
        };
        risks.extend(risk(component, &known));
    }
    Ok(Some(Outlook {
        set,
        round: open.map(|open| (open.round.id, open.body)),
        risks,
    }))
}

/// The round in which the agency is judged now; what it said stands also while it is appraised.
async fn open_round(conn: &mut Conn, agency: AgencyId, year: i16) -> Result<Option<Open>, Error> {
    for round in round_store::list(conn, agency).await? {
        if round.year != year || matches!(round.phase, Phase::Opening | Phase::Decided) {
            continue;
        }
        let bodies = round_store::bodies_of_agency(conn, round.id, agency).await?;
        let own = bodies
            .into_iter()
            .find(|body| body.whose.kind == BodyKind::Agency);
        if let Some(body) = own {
            let scores = entry_store::of_body(conn, body.id).await?;
            let counts = proof_store::evidence_counts(conn, body.id).await?;
            return Ok(Some(Open {
                round,
                body,
                scores,
                counts,
            }));
        }
    }
    Ok(None)
}

impl Open {
    fn claim(&self, set: &CriteriaSet, id: ComponentId) -> Claim {
        let found = self.scores.get(&id).zip(set.component(id).ok());
        found.map_or_else(Claim::default, |(score, component)| {
            let n_evidence = self.counts.get(&score.id).copied().unwrap_or(0);
            claim_of(component, score, n_evidence)
        })
    }
}

fn heads(holders: &[Holder], unit: Option<UnitId>) -> Vec<AccountId> {
    let of_unit = holders
        .iter()
        .filter(|one| one.role == Role::Head && unit.is_some() && one.unit == unit);
    of_unit.map(|one| one.account).collect()
}

async fn owed_of_plans(
    editorial: &Editorial,
    conn: &mut Conn,
    agency: AgencyId,
) -> Result<Vec<Owed>, Error> {
    let day = owed::gather(conn, agency, editorial.today()).await?;
    let of_plan = day
        .debts
        .into_iter()
        .filter(|debt| debt.kind == Kind::Activity);
    Ok(of_plan
        .map(|debt| Owed {
            what: What::Items {
                title: debt.title,
                missing: debt.missing,
                path: debt.path,
            },
            unit: debt.unit,
            accountable: match debt.people.is_empty() {
                true => debt.heads,
                false => debt.people,
            },
            due: debt.due.written,
        })
        .collect())
}
