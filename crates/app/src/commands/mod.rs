//! The commands: each reads its options, does one thing, says what it made as its last line, and
//! ends with a code that means something (0 done, 1 not done and said why, 2 wrong usage).
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "commands speak to a terminal"
)]

mod audit;
mod audit_proof;
mod calendar;
mod check;
pub mod criteria;
mod evidence;
mod fill;
mod fill_plan;
mod fill_round;
pub(crate) mod init;
mod migrate;
mod plan;
mod report;
mod routes;
pub(crate) mod serve;

use std::process::ExitCode;

use base::id::AgencyId;
use base::{Error, Fault, Refusal};
use house::people::agency_store;
use web::{Lang, Problems};

use crate::Office;
use crate::cli::{AuditCommand, Cli, Command, EvidenceCommand, PlanCommand};

/// Runs a command.
pub async fn run(cli: Cli) -> ExitCode {
    let done = match cli.command {
        Command::Demo(args) => crate::demo::run(args).await,
        Command::Init(args) => init::run(args).await,
        Command::Serve(args) => serve::run(args).await,
        Command::Plan(PlanCommand::Import {
            file,
            format,
            into,
            lang,
        }) => plan::import(&file, format, into.as_deref(), lang).await,
        Command::Plan(PlanCommand::Export {
            plan: named,
            place,
            format,
            out,
        }) => plan::export(&named, &place, format, out).await,
        Command::Plan(PlanCommand::Status { place, json, lang }) => {
            plan::status(&place, json, lang).await
        }
        Command::Calendar(command) => calendar::run(command).await,
        Command::Criteria(command) => criteria::run(command).await,
        Command::Report(args) => report::run(args).await,
        Command::Evidence(command @ EvidenceCommand::Export { .. }) => {
            evidence::export(command).await
        }
        Command::Evidence(EvidenceCommand::Verify {
            pack,
            key,
            json,
            lang,
        }) => evidence::verify(&pack, key.as_deref(), json, lang),
        Command::Audit(AuditCommand::Verify {
            place,
            checkpoint,
            witness,
            json,
        }) => audit::verify(&place, (&checkpoint, &witness), json).await,
        Command::Audit(AuditCommand::Prove {
            place,
            leaf,
            since,
            out,
        }) => audit_proof::prove(&place, (leaf, since.as_deref()), &out).await,
        Command::Audit(AuditCommand::CheckProof { proof, key, json }) => {
            audit_proof::check(&proof, key.as_deref(), json)
        }
        Command::Migrate(place) => migrate::run(&place).await,
        Command::Routes { json } => routes::run(json),
        Command::Check(place) => check::run(&place).await,
        Command::Fill(args) => fill::run(args).await,
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("loa: {}", sentence(&error));
            ExitCode::from(1)
        }
    }
}

/// An error for a terminal: what is wrong, and where.
fn sentence(error: &Error) -> String {
    match error {
        Error::Fault(fault) => fault.to_string(),
        Error::Refusal(refusal) => words_of(refusal),
    }
}

fn words_of(refusal: &Refusal) -> String {
    let Ok(words) = web::Dictionary::new(&crate::words()) else {
        return refusal.to_string();
    };
    let words: &'static web::Dictionary = Box::leak(Box::new(words));
    let problems = Problems::of(refusal, &words.say(Lang::Vi));
    problems
        .all()
        .map(|(_, text)| text)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The agency that commands at the machine work for: the first one.
///
/// # Faults
/// The installation has none.
async fn first_agency(office: &Office) -> Result<AgencyId, Error> {
    let mut read = office.editorial.db.read().await?;
    agency_store::of_host(&mut read, "")
        .await
        .map_err(|_| Fault::new("the installation has no agency; make one with: loa init").into())
}
