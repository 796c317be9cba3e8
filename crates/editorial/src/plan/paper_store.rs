//! What stands round a plan on paper: its texts, its agency's names, who signs.

use base::Error;
use db::{Conn, values};
use house::people::agency::AgencyNames;
use house::people::agency_store;

use super::board::Board;
use super::intake::Passage;
use super::plan::LegalBasis;
use super::plan_store;

/// What a plan on paper says beside its tree.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// The agency, by the names of the plan's days.
    pub agency: AgencyNames,
    /// What it stands on.
    pub bases: Vec<LegalBasis>,
    /// Its purposes and audiences.
    pub passages: Vec<Passage>,
    /// Its channels: kind and name.
    pub channels: Vec<(String, String)>,
    /// The office of who signs; empty for the usual one of a director.
    pub signer_title: String,
    /// The name of who signs; empty while it is open.
    pub signer_name: String,
}

/// Reads what stands round a plan.
pub async fn around(conn: &mut Conn, board: &Board) -> Result<Around, Error> {
    let plan = &board.plan;
    let on = plan.names_on(board.today);
    let mut around = Around {
        agency: agency_store::find(conn, plan.agency, on).await?.names,
        bases: plan_store::bases(conn, plan.id).await?,
        passages: plan_store::passages(conn, plan.id).await?,
        channels: plan_store::channels(conn, plan.id).await?,
        ..Around::default()
    };
    let rows = conn
        .rows(
            "SELECT name, value FROM setting
             WHERE agency_id = ? AND name IN ('report.signer_title', 'report.signer_name')",
            &values![plan.agency],
        )
        .await?;
    for row in &rows {
        let value = row.text("value")?;
        match row.text("name")?.as_str() {
            "report.signer_title" => around.signer_title = value,
            _ => around.signer_name = value,
        }
    }
    Ok(around)
}
