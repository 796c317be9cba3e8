//! Staff pages of people: one file per page, its template beside it.

pub mod language;
pub mod password_edit;
pub mod session_alive;
pub mod sign_in;
pub mod sign_out;

use web::{By, Frame, Nonce};

use crate::House;
use crate::people::agency_store;

/// The frame of a desk page, with the agency's name of today.
pub(crate) async fn frame(
    house: &House,
    by: &By,
    nonce: &Nonce,
    title_key: &str,
) -> Result<Frame, base::Error> {
    let mut frame = Frame::desk(&house.site, by, nonce, title_key);
    let mut read = house.db.read().await?;
    let agency = agency_store::find(&mut read, by.actor().agency, house.today()).await?;
    frame.agency = agency.names.card();
    Ok(frame)
}
