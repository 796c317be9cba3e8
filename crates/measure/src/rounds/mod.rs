//! The yearly round (*đợt chấm điểm*): bodies score themselves by a criteria set, appraisers accept
//! or reduce, bodies appeal, the survey's points come in, a decision ends it. And, all year long,
//! the points that are at risk.
//!
//! It serves the officer who loses weeks on it, the head and the director who answer for it, the
//! appraiser who takes no number on trust, the clerk who enters the decision, and the public that
//! reads the ranking. Its words: *tự chấm* (self-score), *thẩm định* (appraisal), *giải trình*
//! (appeal), *điểm điều tra xã hội học* (points of the survey), *xếp hạng* (ranking), *điểm có nguy
//! cơ mất* (points at risk). Its law: the decision of each criteria set and the yearly decision of
//! the province; the order of phases is that of provinces' own descriptions (domain notes, 1.4).
//!
//! A round belongs to the agency that runs it. What may be done in which phase by whom is one table
//! (`rules`); what is said of a component and what becomes of it is `entry`; sums are `total`,
//! places are `ranking`, risks are `risk`; all pure. Sums are never stored before the decision: they
//! are computed from what was said, so that no order of acts can make them differ.
//!
//! What is not here: rules of scoring and what Loa computes by itself (criteria), keeping evidence
//! (house).

pub mod appraising;
pub mod deciding;
mod desk;
mod duty_store;
pub mod entry;
mod entry_store;
mod gate;
mod input_form;
mod mark_store;
mod phase;
mod portal;
mod proof_store;
pub mod proving;
mod question_store;
mod ranking;
mod result_sheet;
mod result_store;
mod risk;
mod risk_gather;
mod round;
mod round_store;
mod rules;
pub mod running;
pub mod scoring;
mod standing;
pub mod submitting;
mod survey_sheet;
mod surveying;
mod total;

use base::id::{AgencyId, RoundBodyId, RoundId};
use base::{Error, Role, Roles};
use editorial::Editorial;
use web::{NavItem, Policy, Route, WordFile, get, post};

pub use desk::{RiskRow, risk_rows};
pub use entry_store::ReadingChosen;
pub use phase::{Phase, Stretch};
pub use ranking::Class;
pub use round::{Details, NewBody, of_agency, outside};

/// The words of this feature.
pub const WORDS: WordFile = WordFile {
    name: "rounds",
    vi: include_str!("rounds.vi.ftl"),
    en: include_str!("rounds.en.ftl"),
};

/// Who sees what is at risk: those who can still do something about it.
pub const RISK_READERS: Roles = Roles::of(&[Role::Officer, Role::Head, Role::Director]);

/// Where the desk shows it.
pub const NAV: [NavItem; 1] = [NavItem {
    key: "nav-rounds",
    path: "/desk/rounds",
    icon: "star",
    roles: rules::READERS,
}];

/// The bodies of a round that an agency runs, in their order.
///
/// # Refusals
/// Not found.
pub async fn bodies_of(
    editorial: &Editorial,
    agency: AgencyId,
    round: RoundId,
) -> Result<Vec<RoundBodyId>, Error> {
    let mut read = editorial.db.read().await?;
    let round = round_store::find(&mut read, agency, round).await?;
    let bodies = round_store::bodies(&mut read, round.id).await?;
    Ok(bodies.into_iter().map(|body| body.id).collect())
}

/// Every route of this feature.
pub fn routes() -> Vec<Route<Editorial>> {
    let mut routes = round_routes();
    routes.extend(score_routes());
    routes.extend(end_routes());
    routes
}

fn round_routes() -> Vec<Route<Editorial>> {
    use desk::{body_show, duty_edit, risk_show, round_edit, round_list, round_show};
    let (readers, openers) = (
        Policy::Roles(rules::READERS),
        Policy::Roles(running::OPENERS),
    );
    let risk = Policy::Roles(RISK_READERS);
    vec![
        get("/desk/rounds", readers, round_list::show),
        post("/desk/rounds", openers, round_list::save).act("round.begin"),
        get("/desk/rounds/risk", risk, risk_show::show),
        get("/desk/rounds/duties", openers, duty_edit::show),
        post("/desk/rounds/duties", openers, duty_edit::save).act("component_duty.save"),
        get("/desk/rounds/{id}", readers, round_show::show),
        get("/desk/rounds/{id}/edit", openers, round_edit::show),
        post("/desk/rounds/{id}/edit", openers, round_edit::save).act("round.save"),
        post("/desk/rounds/{id}/phase", openers, round_show::advance).act("round.move"),
        post(
            "/desk/rounds/{id}/phase/return",
            Policy::roles(&[Role::Director]),
            round_show::go_back,
        )
        .act("round.move"),
        post("/desk/rounds/{id}/bodies", openers, round_show::add_bodies).act("round.bodies"),
        get("/desk/rounds/{id}/bodies/{body}", readers, body_show::show),
        post(
            "/desk/rounds/{id}/bodies/{body}/removal",
            openers,
            round_show::remove_body,
        )
        .act("round.bodies"),
        post(
            "/desk/rounds/{id}/bodies/{body}/submission",
            Policy::roles(&[Role::Director, Role::Head]),
            body_show::submit,
        )
        .act("self_score.submit"),
        post(
            "/desk/rounds/{id}/bodies/{body}/submission/return",
            Policy::roles(&[Role::Director, Role::Head]),
            body_show::take_back,
        )
        .act("self_score.take_back"),
        post(
            "/desk/rounds/{id}/bodies/{body}/acceptances",
            Policy::roles(&[Role::Appraiser]),
            body_show::accept,
        )
        .act("appraisal.give"),
        get(
            "/desk/rounds/{id}/bodies/{body}/files/{sha256}",
            readers,
            body_show::file,
        ),
    ]
}

fn score_routes() -> Vec<Route<Editorial>> {
    use desk::{score_acts, score_edit};
    let readers = Policy::Roles(rules::READERS);
    let scorers = Policy::roles(&[Role::Officer, Role::Head]);
    let own = Policy::roles(&[Role::Officer, Role::Head, Role::Director]);
    let appraisers = Policy::roles(&[Role::Appraiser]);
    vec![
        get(
            "/desk/rounds/{id}/bodies/{body}/components/{component}",
            readers,
            score_edit::show,
        ),
        post(
            "/desk/rounds/{id}/bodies/{body}/components/{component}",
            scorers,
            score_edit::save,
        )
        .act("self_score.save"),
        post(
            "/desk/rounds/{id}/bodies/{body}/components/{component}/evidence",
            own,
            score_acts::bring,
        )
        .act("evidence.keep"),
        post(
            "/desk/rounds/{id}/bodies/{body}/components/{component}/attachments",
            own,
            score_acts::attach,
        )
        .act("evidence.attach"),
        post(
            "/desk/rounds/{id}/bodies/{body}/components/{component}/appraisal",
            appraisers,
            score_acts::appraise,
        )
        .act("appraisal.give"),
        post(
            "/desk/rounds/{id}/bodies/{body}/components/{component}/questions",
            appraisers,
            score_acts::ask,
        )
        .act("appraisal.ask"),
        post(
            "/desk/rounds/{id}/bodies/{body}/components/{component}/replies",
            own,
            score_acts::reply,
        )
        .act("appraisal.answer"),
        post(
            "/desk/rounds/{id}/bodies/{body}/components/{component}/appeal",
            own,
            score_acts::appeal,
        )
        .act("appeal.make"),
        post(
            "/desk/rounds/{id}/bodies/{body}/components/{component}/settlement",
            Policy::roles(&[Role::Appraiser, Role::Director]),
            score_acts::settle,
        )
        .act("appeal.settle"),
    ]
}

fn end_routes() -> Vec<Route<Editorial>> {
    use desk::{decision_edit, ranking_show, survey_edit};
    use portal::{ranking_list, ranking_page};
    let readers = Policy::Roles(rules::READERS);
    let officers = Policy::roles(&[Role::Officer]);
    let clerks = Policy::roles(&[Role::Clerk]);
    vec![
        get("/desk/rounds/{id}/survey", readers, survey_edit::show),
        post("/desk/rounds/{id}/survey", officers, survey_edit::save).act("round.survey"),
        post(
            "/desk/rounds/{id}/survey/file",
            officers,
            survey_edit::import,
        )
        .act("round.survey"),
        get("/desk/rounds/{id}/ranking", readers, ranking_show::show),
        get(
            "/desk/rounds/{id}/ranking/xlsx",
            readers,
            ranking_show::xlsx,
        ),
        get("/desk/rounds/{id}/ranking/csv", readers, ranking_show::csv),
        get("/desk/rounds/{id}/decision", clerks, decision_edit::show),
        post("/desk/rounds/{id}/decision", clerks, decision_edit::save).act("round.decide"),
        get("/xep-hang", Policy::Public, ranking_list::show),
        get("/xep-hang/{id}", Policy::Public, ranking_page::show),
        get("/xep-hang/{id}/xlsx", Policy::Public, ranking_page::xlsx),
        get("/xep-hang/{id}/csv", Policy::Public, ranking_page::csv),
    ]
}
