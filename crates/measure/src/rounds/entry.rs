//! What is said of one component of one body: the claim, what the appraiser made of it, the appeal.
//! Pure; every act returns the new state or refuses.
//!
//! - A **claim** is the body's own: so many points, or that no occasion arose; with evidence or an
//!   explanation.
//! - A **verdict** accepts it or gives less, with the reason. It never gives more than was claimed.
//! - An **appeal** asks for points, at most the component's maximum; its **answer** gives something
//!   between the verdict and what was asked.
//!
//! So nothing that is given ever exceeds the maximum, whatever the order of acts.

use base::Refusal;
use base::id::AccountId;
use rust_decimal::Decimal;

/// Longest reason, explanation, question or answer, in characters.
pub const REASON_CHARS_MAX: usize = 4_000;

/// The least and the most points of a component. A penalty has a most of zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The least.
    pub least: Decimal,
    /// The most.
    pub most: Decimal,
}

impl Bounds {
    /// Whether points lie between them.
    pub fn hold(self, points: Decimal) -> bool {
        self.least <= points && points <= self.most
    }
}

/// What the body says of a component.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claim {
    /// The points it gives itself; none while it has not said.
    pub points: Option<Decimal>,
    /// Whether no occasion arose in the year.
    pub is_absent: bool,
    /// Whether the rule can be read in two ways that give different points, and none is chosen.
    pub lacks_reading: bool,
    /// Whether a reading was chosen without a reason.
    pub lacks_reason: bool,
    /// Why there is no evidence, or only some.
    pub explanation: String,
    /// Pieces of evidence.
    pub n_evidence: i64,
    /// Who saved it last.
    pub saved_by: Option<AccountId>,
}

/// What keeps a claim from being submitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// It is not scored.
    Score,
    /// No reading of the rule is chosen.
    Reading,
    /// A reading is chosen without a reason.
    Reason,
    /// There is neither evidence nor an explanation.
    Proof,
    /// The points lie outside of what the component gives.
    Bounds,
}

impl Missing {
    /// The end of its key: `rounds-missing-{word}`.
    pub fn as_str(self) -> &'static str {
        match self {
            Missing::Score => "score",
            Missing::Reading => "reading",
            Missing::Reason => "reason",
            Missing::Proof => "proof",
            Missing::Bounds => "bounds",
        }
    }
}

impl Claim {
    /// What is missing before it can be submitted, in the order of the work.
    pub fn missing(&self, bounds: Bounds) -> Vec<Missing> {
        let mut missing = Vec::new();
        match self.points {
            _ if self.is_absent => {}
            None => missing.push(Missing::Score),
            Some(points) if !bounds.hold(points) => missing.push(Missing::Bounds),
            Some(_) => {}
        }
        if self.lacks_reading && !self.is_absent {
            missing.push(Missing::Reading);
        } else if self.lacks_reason && !self.is_absent {
            missing.push(Missing::Reason);
        }
        // "Evidence is compulsory; a criterion without evidence must carry an explanation"
        // (domain notes, 1.4): also one of which it is said that no occasion arose.
        if self.n_evidence == 0 && self.explanation.is_empty() {
            missing.push(Missing::Proof);
        }
        missing
    }
}

/// What the appraiser made of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The points given; none when it is accepted that no occasion arose.
    pub points: Option<Decimal>,
    /// Why less than claimed; empty when accepted.
    pub reason: String,
}

/// An appeal, and its answer once there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appeal {
    /// The points asked for.
    pub asked: Decimal,
    /// Why.
    pub reason: String,
    /// Who made it.
    pub made_by: AccountId,
    /// The points given, with the reason, once answered.
    pub answer: Option<(Decimal, String)>,
}

/// Everything said of one component of one body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What the body says.
    pub claim: Claim,
    /// What the appraiser made of it.
    pub verdict: Option<Verdict>,
    /// The appeal.
    pub appeal: Option<Appeal>,
}

/// What a component counts for in a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Nothing yet.
    Open,
    /// No occasion arose.
    Absent,
    /// So many points.
    Points(Decimal),
}

impl Entry {
    /// What the body counts for itself.
    pub fn claimed(&self) -> Counted {
        match (self.claim.is_absent, self.claim.points) {
            (true, _) => Counted::Absent,
            (false, Some(points)) => Counted::Points(points),
            (false, None) => Counted::Open,
        }
    }

    /// What is given: the answer to the appeal, else the verdict.
    pub fn given(&self) -> Counted {
        let answered = self
            .appeal
            .as_ref()
            .and_then(|appeal| appeal.answer.as_ref());
        match (answered, &self.verdict) {
            (Some((points, _)), _) => Counted::Points(*points),
            (None, Some(verdict)) => verdict.points.map_or(Counted::Absent, Counted::Points),
            (None, None) => Counted::Open,
        }
    }

    /// Accepts the claim as it is.
    ///
    /// # Refusals
    /// Nothing is claimed; the appraiser claimed it; an appeal stands on the verdict.
    pub fn accept(&mut self, by: AccountId) -> Result<(), Refusal> {
        self.may_be_judged(by)?;
        self.verdict = Some(Verdict {
            points: match self.claimed() {
                Counted::Open => return Err(Refusal::because("rounds-nothing-claimed")),
                Counted::Absent => None,
                Counted::Points(points) => Some(points),
            },
            reason: String::new(),
        });
        Ok(())
    }

    /// Gives less than claimed, with the reason. Of a component of which it was said that no
    /// occasion arose, any points of its bounds.
    ///
    /// # Refusals
    /// As [`Entry::accept`]; no reason; not less; below the least.
    pub fn reduce(
        &mut self,
        by: AccountId,
        (points, reason): (Decimal, String),
        bounds: Bounds,
    ) -> Result<(), Refusal> {
        self.may_be_judged(by)?;
        let fits = match self.claimed() {
            Counted::Open => return Err(Refusal::because("rounds-nothing-claimed")),
            Counted::Absent => bounds.hold(points),
            Counted::Points(claimed) => bounds.hold(points) && points < claimed,
        };
        if !fits {
            return Err(Refusal::at("points", "rounds-not-less"));
        }
        if reason.is_empty() {
            return Err(Refusal::at("reason", "field-required"));
        }
        self.verdict = Some(Verdict {
            points: Some(points),
            reason,
        });
        Ok(())
    }

    fn may_be_judged(&self, by: AccountId) -> Result<(), Refusal> {
        if self.claim.saved_by == Some(by) {
            return Err(Refusal::Forbidden("rounds-own-score"));
        }
        if self.appeal.is_some() {
            return Err(Refusal::because("rounds-appeal-stands"));
        }
        Ok(())
    }

    /// Appeals against a verdict that gave less than claimed.
    ///
    /// # Refusals
    /// No verdict, or one that gave all; a second appeal; not more than given, more than the most;
    /// no reason.
    pub fn make_appeal(
        &mut self,
        by: AccountId,
        (asked, reason): (Decimal, String),
        bounds: Bounds,
    ) -> Result<(), Refusal> {
        let Some(given) = self.verdict.as_ref().and_then(|verdict| verdict.points) else {
            return Err(Refusal::because("rounds-nothing-reduced"));
        };
        if self.claimed() == Counted::Points(given) {
            return Err(Refusal::because("rounds-nothing-reduced"));
        }
        if self.appeal.is_some() {
            return Err(Refusal::because("rounds-appeal-stands"));
        }
        if asked <= given || !bounds.hold(asked) {
            return Err(Refusal::at("asked", "rounds-asked-not-more"));
        }
        if reason.is_empty() {
            return Err(Refusal::at("appeal_reason", "field-required"));
        }
        self.appeal = Some(Appeal {
            asked,
            reason,
            made_by: by,
            answer: None,
        });
        Ok(())
    }

    /// Answers the appeal: something between what the verdict gave and what was asked for.
    ///
    /// # Refusals
    /// No appeal, or an answered one; one's own; points beyond; no reason.
    pub fn settle(
        &mut self,
        by: AccountId,
        (points, reason): (Decimal, String),
    ) -> Result<(), Refusal> {
        let given = self.verdict.as_ref().and_then(|verdict| verdict.points);
        let Some(appeal) = self
            .appeal
            .as_mut()
            .filter(|appeal| appeal.answer.is_none())
        else {
            return Err(Refusal::because("rounds-no-appeal"));
        };
        if appeal.made_by == by {
            return Err(Refusal::Forbidden("rounds-own-appeal"));
        }
        if Some(points) < given || points > appeal.asked {
            return Err(Refusal::at("settled", "rounds-settled-between"));
        }
        if reason.is_empty() {
            return Err(Refusal::at("answer", "field-required"));
        }
        appeal.answer = Some((points, reason));
        Ok(())
    }
}

#[cfg(test)]
#[path = "entry_tests.rs"]
mod tests;
