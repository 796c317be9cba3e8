//! The command line of the log: what checks and proves it, and what keeps watch over it.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::PlaceArgs;

/// What keeps watch over the log, beside the houses that administrators enter at the desk.
#[derive(Debug, Default, Args)]
pub struct WitnessArgs {
    /// Add every signed checkpoint of the log to this file: best on another disk or machine.
    #[arg(long, env = "LOA_WITNESS_FILE", value_name = "FILE")]
    pub witness_file: Option<PathBuf>,
    /// An authority that certified the witnesses' servers, beside the public ones: a file in PEM.
    #[arg(long, env = "LOA_WITNESS_AUTHORITY", value_name = "FILE")]
    pub witness_authority: Option<PathBuf>,
    /// Let a witness stand on this machine itself.
    #[arg(long, env = "LOA_WITNESS_LOOPBACK")]
    pub witness_loopback: bool,
}

/// What to do with the log.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Checks the whole log, its tree and its signed checkpoints.
    #[command(
        after_help = "Example: loa audit verify --data /srv/loa --witness /mnt/other/loa.witness"
    )]
    Verify {
        /// Where the installation is.
        #[command(flatten)]
        place: PlaceArgs,
        /// A signed checkpoint kept elsewhere (from a report, a pack, a witness) that the log must
        /// still continue; may be said several times.
        #[arg(long, value_name = "FILE")]
        checkpoint: Vec<PathBuf>,
        /// A witness file, all of whose checkpoints the log must still continue.
        #[arg(long, value_name = "FILE")]
        witness: Vec<PathBuf>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Writes a proof that stands alone: of an entry, and that the log continues a checkpoint.
    #[command(after_help = "Example: loa audit prove --data /srv/loa --leaf 1234 -o proof.json")]
    Prove {
        /// Where the installation is.
        #[command(flatten)]
        place: PlaceArgs,
        /// The number of the entry in the log.
        #[arg(long, value_name = "N")]
        leaf: Option<u64>,
        /// A signed checkpoint that the log continues.
        #[arg(long, value_name = "FILE")]
        since: Option<PathBuf>,
        /// The file to write.
        #[arg(short, long, value_name = "PATH")]
        out: PathBuf,
    },
    /// Checks a proof with nothing but the file (and the log's public key, if you have it).
    #[command(after_help = "Example: loa audit check-proof proof.json --key log.pub")]
    CheckProof {
        /// The proof.
        proof: PathBuf,
        /// A file with the log's public key, from somewhere you trust.
        #[arg(long, value_name = "FILE")]
        key: Option<PathBuf>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}
