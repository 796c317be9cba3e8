//! `loa migrate`.

use std::process::ExitCode;

use base::{Clock, Error};
use db::{Db, Options};

use crate::cli::PlaceArgs;
use crate::office::Place;

/// Brings the tables up to this version and says which migrations ran.
pub async fn run(place: &PlaceArgs) -> Result<ExitCode, Error> {
    let place = Place::of(place);
    let db = Db::open(&place.target, &Options::default()).await?;
    let done = db.migrate(Clock::system().now_ms()).await?;
    db.close().await;
    for name in &done {
        println!("{name}");
    }
    println!(
        "{} migrations applied, {} in all",
        done.len(),
        db::migrations().len()
    );
    Ok(ExitCode::SUCCESS)
}
