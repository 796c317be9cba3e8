//! Taking what is offered for the forms of communication, for all activities of a year at once.

use base::{Actor, Error};
use editorial::Editorial;
use editorial::items::requirement_store::{self, Named};
use editorial::items::requiring::{offered, offers, require};
use editorial::plan;
use house::evidence::EvidenceKind;

/// What an activity says of its form: the words in which forms are looked for.
pub(super) fn words_of(activity: &Named) -> String {
    format!("{} {} {}", activity.form, activity.output, activity.title)
}

/// What is offered for an activity, by the forms that it names.
pub(super) fn offer(
    offers: &[(&'static str, Vec<EvidenceKind>)],
    activity: &Named,
) -> Vec<EvidenceKind> {
    offered(offers, &plan::forms_in(&words_of(activity)))
}

/// Takes the offer for every activity of the running and closed plans of a year for which nobody has
/// chosen yet; says how many these were.
///
/// # Refusals
/// `refusal-role`.
/// # Faults
/// The database refuses it.
pub async fn take_offers(editorial: &Editorial, actor: &Actor, year: i16) -> Result<usize, Error> {
    let mut act = editorial.db.act().await?;
    let offers = offers(&mut act, actor.agency).await?;
    let unchosen = requirement_store::unchosen(&mut act, actor.agency, year).await?;
    for activity in &unchosen {
        let kinds = offer(&offers, activity);
        require(editorial, &mut act, actor, (activity.id, &kinds)).await?;
    }
    act.commit().await?;
    Ok(unchosen.len())
}
