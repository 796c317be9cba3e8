//! The command line of `loa report`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::cli::PlaceArgs;

/// Options of `loa report`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct ReportArgs {
    /// What else to do with a report.
    #[command(subcommand)]
    pub command: Option<ReportCommand>,
    /// The period: 2023-Q1, 2023-H1, 2023-Q3, 2023, or one of the agency's own such as 2023-M9.
    #[arg(required = true)]
    pub period: Option<String>,
    /// Where the installation is.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// The plan's id, or its year; without it, the plan of the period's year.
    #[arg(long, value_name = "ID|YEAR")]
    pub plan: Option<String>,
    /// Which files, separated by commas.
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [ReportFormat::Docx])]
    pub format: Vec<ReportFormat>,
    /// The file (one format), or the folder and name without an ending (several).
    #[arg(short, long, value_name = "PATH")]
    pub out: Option<PathBuf>,
}

/// What else can be done with a report.
#[derive(Debug, Subcommand)]
pub enum ReportCommand {
    /// Checks a DOCX file against every parameter of Decree 30/2020/NĐ-CP; exit 1 if one is not met.
    #[command(after_help = "Example:\n  loa report check bao-cao-2023.docx")]
    Check {
        /// The file.
        file: PathBuf,
        /// For programs: one JSON object.
        #[arg(long)]
        json: bool,
    },
}

/// A file a report can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// Word.
    Docx,
    /// PDF/A.
    Pdf,
    /// Excel: the whole lists.
    Xlsx,
    /// One HTML page that stands alone.
    Html,
    /// JSON, for programs.
    Json,
}

impl ReportFormat {
    /// Its file ending.
    pub fn ending(self) -> &'static str {
        match self {
            ReportFormat::Docx => "docx",
            ReportFormat::Pdf => "pdf",
            ReportFormat::Xlsx => "xlsx",
            ReportFormat::Html => "html",
            ReportFormat::Json => "json",
        }
    }
}
