//! What drafts wait for before they run: opinions of units, and the director's signature.

use base::Fault;
use base::id::AgencyId;
use db::Conn;

use super::life::life_store::{self, SubmittedPlan};
use super::life::opinion::AwaitedOpinion;
use super::life::opinion_store;

/// What the drafts of an agency wait for.
#[derive(Clone, Debug)]
pub struct Awaited {
    /// Opinions that units still owe.
    pub opinions: Vec<AwaitedOpinion>,
    /// Plans that lie before the director.
    pub signatures: Vec<SubmittedPlan>,
}

/// What the drafts of an agency wait for today.
///
/// # Faults
/// The database does not answer.
pub async fn awaited(conn: &mut Conn, agency: AgencyId) -> Result<Awaited, Fault> {
    Ok(Awaited {
        opinions: opinion_store::awaited(conn, agency).await?,
        signatures: life_store::submitted(conn, agency).await?,
    })
}
