//! Entering the decision: the ranking is frozen as it stands, and the public sees it.

use base::id::RoundId;
use base::{Actor, Error, Problem, Refusal};
use editorial::Editorial;
use editorial::channels::Proof;
use house::files::{self, NewFile};
use jiff::civil::Date;
use serde_json::json;
use web::Form;

use super::phase::Phase;
use super::round::Decision;
use super::rules::Deed;
use super::running::{held, subject};
use super::{result_store, round_store, standing};

/// The tag of the public pages of rankings.
pub const TAG: &str = "rankings";

/// A decision as typed; its scan comes beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedDecision {
    /// Its number.
    pub number: String,
    /// Its day.
    pub on: Date,
    /// Who decided.
    pub issuer: String,
}

impl TypedDecision {
    /// Reads the form; `has_scan` says whether a scan came with it.
    ///
    /// # Refusals
    /// Every field that is missing or wrong; a day in the future.
    pub fn of(form: &Form, has_scan: bool, today: Date) -> Result<Self, Refusal> {
        let mut check = form.check();
        let number = check.required_line("number", 60);
        let on = check.date("on");
        let issuer = check.required_line("issuer", 200);
        if on.is_none() && form.value("on").trim().is_empty() {
            check.missing("on");
        }
        if on.is_some_and(|on| on > today) {
            check.add(Problem::at("on", "rounds-decision-future"));
        }
        if !has_scan {
            check.add(Problem::at("file", "rounds-scan-missing"));
        }
        check.done()?;
        match on {
            Some(on) => Ok(Self { number, on, issuer }),
            None => Err(Refusal::at("on", "field-required")),
        }
    }
}

/// Enters the decision with its signed scan: the ranking is kept as it stands, the round ends, and
/// the portal shows it.
///
/// # Refusals
/// Not found; not now; a scan that is no PDF or image.
pub async fn decide(
    editorial: &Editorial,
    actor: &Actor,
    id: RoundId,
    (typed, scan): (&TypedDecision, &Proof),
) -> Result<(), Error> {
    let Proof::Sent {
        name,
        media_type,
        bytes,
        ..
    } = scan
    else {
        return Err(Refusal::at("file", "rounds-scan-missing").into());
    };
    let mut act = editorial.db.act().await?;
    let round = held(&mut act, actor, id, Deed::Decide).await?;
    let now = editorial.clock.now_ms();
    let file = NewFile {
        agency: actor.agency,
        name,
        media_type,
        by: Some(actor.account),
        is_public: true,
    };
    let sha256 = editorial.files.put(&mut act, bytes, file, now).await?;
    files::publish(&mut act, actor.agency, &sha256).await?;
    let decision = Decision {
        number: typed.number.clone(),
        on: typed.on,
        issuer: typed.issuer.clone(),
        file: sha256,
    };
    let standing = standing::of_round(&mut act, round).await?;
    let ranking = standing.ranking();
    for placed in &ranking {
        result_store::add(&mut act, id, placed).await?;
    }
    round_store::decide(&mut act, id, &decision, (now, actor.account)).await?;
    round_store::save_phase(&mut act, id, (Phase::Decision, Phase::Decided)).await?;
    let places: Vec<_> = ranking
        .iter()
        .map(|one| json!([one.name, one.rank, one.class, one.total.points.to_string()]))
        .collect();
    let data = json!({
        "number": decision.number, "on": decision.on.to_string(), "issuer": decision.issuer,
        "file": decision.file, "places": places,
    });
    editorial
        .record(&mut act, actor, "round.decide", subject(id), data)
        .await?;
    act.touch(TAG);
    act.commit().await.map_err(Error::from)
}
