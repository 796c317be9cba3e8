//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use crate::cli_log::{AuditCommand, WitnessArgs};
pub use crate::cli_mail::{MailArgs, MailTls};
pub use crate::cli_report::{ReportArgs, ReportCommand, ReportFormat};

/// Loa: plan, run, publish, measure and prove a year of communication work.
#[derive(Debug, Parser)]
#[command(name = "loa", version, about, long_about = None, after_help = "Try it: loa demo")]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// A full office in a temporary folder, with last year's plan in it; prints where to look.
    #[command(after_help = "Example: loa demo --listen 127.0.0.1:8600")]
    Demo(DemoArgs),
    /// An empty installation: makes the data folder and the first administrator.
    #[command(
        after_help = "Example: loa init /srv/loa --agency \"Sở Tư pháp tỉnh Bình Định\" --email qt@stp.example.gov.vn"
    )]
    Init(InitArgs),
    /// Serves the portal and the desk.
    #[command(
        after_help = "Example: loa serve --data /srv/loa --base-url https://stp.example.gov.vn"
    )]
    Serve(ServeArgs),
    /// Plans: import one, export one, see how far they are.
    #[command(subcommand)]
    Plan(PlanCommand),
    /// The days off that hold for every agency of an installation.
    #[command(subcommand)]
    Calendar(CalendarCommand),
    /// Criteria sets: what an agency is judged by.
    #[command(subcommand)]
    Criteria(crate::commands::criteria::CriteriaCommand),
    /// The report of a period: 2023-Q1, 2023-H1, 2023-Q3 or 2023.
    #[command(
        after_help = "Example: loa report 2023-Q1 --data /srv/loa --format pdf -o bao-cao.pdf"
    )]
    Report(ReportArgs),
    /// Evidence packs: make one, check one.
    #[command(subcommand)]
    Evidence(EvidenceCommand),
    /// The log of all acts.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Brings the tables up to this version.
    Migrate(PlaceArgs),
    /// Prints every route with its method, path, rights and file.
    Routes {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Checks an installation: versions, tables, folders, key, log.
    Check(PlaceArgs),
    /// Made-up articles for benchmarks, the same for the same seed.
    #[command(after_help = "Example: loa fill --articles 100000 --data /tmp/bench")]
    Fill(FillArgs),
}

/// Where an installation keeps its rows and files.
#[derive(Clone, Debug, Args)]
pub struct PlaceArgs {
    /// The data folder: files, keys, search index, and the rows unless a server has them.
    #[arg(long, env = "LOA_DATA", value_name = "DIR", default_value = "loa-data")]
    pub data: PathBuf,
    /// A PostgreSQL server for the rows, `postgres://…`.
    #[arg(
        long,
        env = "LOA_DATABASE_URL",
        value_name = "URL",
        hide_env_values = true
    )]
    pub database_url: Option<String>,
}

/// Options of `loa demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8600", value_name = "ADDR")]
    pub listen: SocketAddr,
    /// Keep the office in this folder instead of a temporary one.
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// Live at this time instead of 12/12/2023, to see how the next year goes: 2024-07-10T08:30.
    #[arg(long, value_name = "TIME")]
    pub at: Option<jiff::civil::DateTime>,
    /// Print one line of JSON with addresses and accounts.
    #[arg(long)]
    pub json: bool,
}

/// Options of `loa init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The folder to make.
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// A PostgreSQL server for the rows, `postgres://…`.
    #[arg(
        long,
        env = "LOA_DATABASE_URL",
        value_name = "URL",
        hide_env_values = true
    )]
    pub database_url: Option<String>,
    /// Full name of the agency.
    #[arg(long, default_value = "Cơ quan chưa đặt tên")]
    pub agency: String,
    /// Short name of the agency, such as "Sở Tư pháp".
    #[arg(long, default_value = "")]
    pub short_name: String,
    /// Symbol of the agency in document numbers, such as STP.
    #[arg(long, default_value = "CQ")]
    pub symbol: String,
    /// The agency above it.
    #[arg(long, default_value = "")]
    pub superior: String,
    /// Place of the date line of documents.
    #[arg(long, default_value = "…")]
    pub place: String,
    /// E-mail of the first administrator.
    #[arg(long, default_value = "admin@loa.local")]
    pub email: String,
    /// Name of the first administrator.
    #[arg(long, default_value = "Quản trị")]
    pub name: String,
    /// Read the administrator's password from the first line of standard input, instead of making
    /// one up and printing it.
    #[arg(long)]
    pub password_stdin: bool,
}

/// Options of `loa serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Where the installation is.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// Where to listen.
    #[arg(
        long,
        env = "LOA_LISTEN",
        default_value = "127.0.0.1:8600",
        value_name = "ADDR"
    )]
    pub listen: SocketAddr,
    /// Where operators ask for health and figures; keep it on a private address.
    #[arg(long, env = "LOA_ADMIN_LISTEN", value_name = "ADDR")]
    pub admin_listen: Option<SocketAddr>,
    /// The public origin, such as https://stp.example.gov.vn; without it, the listening address.
    #[arg(long, env = "LOA_BASE_URL", value_name = "URL")]
    pub base_url: Option<String>,
    /// Megabytes of memory for ready pages.
    #[arg(long, env = "LOA_CACHE_MB", default_value_t = 256, value_name = "MB")]
    pub cache_mb: u64,
    /// Addresses of proxies whose X-Forwarded-For is believed.
    #[arg(
        long,
        env = "LOA_TRUSTED_PROXIES",
        value_delimiter = ',',
        value_name = "IP"
    )]
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// How mail leaves.
    #[command(flatten)]
    pub mail: MailArgs,
    /// What keeps watch over the log.
    #[command(flatten)]
    pub witness: WitnessArgs,
}

/// What to do with plans.
#[derive(Debug, Subcommand)]
pub enum PlanCommand {
    /// Reads a plan from a text, HTML, DOCX or XLSX file and prints it; findings go to standard error.
    #[command(after_help = "Example: loa plan import ke-hoach.docx --format json")]
    Import {
        /// The file.
        file: PathBuf,
        /// How to print it.
        #[arg(long, value_enum, default_value_t = PrintFormat::Text)]
        format: PrintFormat,
        /// Also store it as a draft in this installation.
        #[arg(long, value_name = "DIR")]
        into: Option<PathBuf>,
        /// Language of findings and messages.
        #[arg(long, value_enum, default_value_t = Language::Vi)]
        lang: Language,
    },
    /// Writes a plan as a document in the layout of Decree 30, or its annex as a list.
    #[command(
        after_help = "Example: loa plan export 2023 --data /srv/loa --format docx -o ke-hoach.docx"
    )]
    Export {
        /// The plan's id, or its year.
        #[arg(value_name = "ID|YEAR")]
        plan: String,
        /// Where the installation is.
        #[command(flatten)]
        place: PlaceArgs,
        /// As what.
        #[arg(long, value_enum, default_value_t = PlanFormat::Docx)]
        format: PlanFormat,
        /// The file; without it, one named after the plan's number in this folder.
        #[arg(short, long, value_name = "PATH")]
        out: Option<PathBuf>,
    },
    /// How far the plans are: per task and activity, overdue first.
    Status {
        /// Where the installation is.
        #[command(flatten)]
        place: PlaceArgs,
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// Language of the text.
        #[arg(long, value_enum, default_value_t = Language::Vi)]
        lang: Language,
    },
}

/// What a plan is exported as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PlanFormat {
    /// The document for Word.
    Docx,
    /// The document as PDF/A.
    Pdf,
    /// The annex for Excel.
    Xlsx,
    /// The annex as comma-separated values.
    Csv,
}

/// What to do with the calendar of an installation.
#[derive(Debug, Subcommand)]
pub enum CalendarCommand {
    /// Adds the days of a file for every agency; an agency's own days come before them.
    #[command(
        after_help = "Example: loa calendar add ngay-nghi-2024.txt --decision 15/TB-STP\n\
                      A line of the file: 20/01/2023 - 26/01/2023 Nghỉ Tết Nguyên đán"
    )]
    Add {
        /// A text file, a day or a range with its name on each line.
        file: PathBuf,
        /// What the days are.
        #[arg(long, value_enum, default_value_t = DayKindName::Holiday)]
        kind: DayKindName,
        /// Number of the document that decided on them.
        #[arg(long, default_value = "")]
        decision: String,
        /// Day of that document.
        #[arg(long, value_name = "YYYY-MM-DD")]
        decided_on: Option<jiff::civil::Date>,
        /// Where the installation is.
        #[command(flatten)]
        place: PlaceArgs,
    },
}

/// What a day of the calendar is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DayKindName {
    /// A holiday, or a day in lieu of one.
    Holiday,
    /// Off in exchange for another day.
    SwappedOff,
    /// Worked in exchange.
    SwappedWork,
}

/// How a plan is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PrintFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

impl Language {
    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            Language::Vi => "vi",
            Language::En => "en",
        }
    }
}

/// What to do with evidence.
#[derive(Debug, Subcommand)]
pub enum EvidenceCommand {
    /// Makes a pack: report, captures, files, proofs, and a text that tells a stranger how to check.
    Export {
        /// Where the installation is.
        #[command(flatten)]
        place: PlaceArgs,
        /// The reporting year.
        #[arg(long, conflicts_with = "plan")]
        year: Option<i16>,
        /// One plan.
        #[arg(long, value_name = "ID")]
        plan: Option<String>,
        /// From this day.
        #[arg(long, value_name = "YYYY-MM-DD")]
        from: Option<jiff::civil::Date>,
        /// To this day.
        #[arg(long, value_name = "YYYY-MM-DD")]
        to: Option<jiff::civil::Date>,
        /// Only this unit, by id or name.
        #[arg(long)]
        unit: Option<String>,
        /// Only this criterion or component of a criteria set, by id; such a pack has no report.
        #[arg(long, value_name = "ID")]
        criterion: Option<String>,
        /// The file to make.
        #[arg(short, long, value_name = "PACK")]
        out: PathBuf,
    },
    /// Checks a pack with nothing but the pack.
    Verify {
        /// The pack.
        pack: PathBuf,
        /// A file with the log's public key, from somewhere you trust.
        #[arg(long, value_name = "FILE")]
        key: Option<PathBuf>,
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// Language of the messages.
        #[arg(long, value_enum, default_value_t = Language::Vi)]
        lang: Language,
    },
}

/// Options of `loa fill`.
#[derive(Debug, Args)]
pub struct FillArgs {
    /// Where the installation is; made if it is not there.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// How many public articles to make up.
    #[arg(long, default_value_t = 0)]
    pub articles: u32,
    /// How many items of a made-up plan of this year; none makes no plan.
    #[arg(long, default_value_t = 0)]
    pub plan_items: u32,
    /// How many activities that plan has.
    #[arg(long, default_value_t = 500)]
    pub activities: u32,
    /// How many units the agency has then, at least.
    #[arg(long, default_value_t = 60)]
    pub units: u32,
    /// How many bodies a made-up round judges; none makes no round.
    #[arg(long, default_value_t = 0)]
    pub agencies: u32,
    /// How many components its criteria set has.
    #[arg(long, default_value_t = 60)]
    pub components: u32,
    /// How many pieces of evidence each body brings for each component.
    #[arg(long, default_value_t = 3)]
    pub evidence: u32,
    /// Events: not part of this version.
    #[arg(long, default_value_t = 0, hide = true)]
    pub events: u32,
    /// Survey responses: not part of this version.
    #[arg(long, default_value_t = 0, hide = true)]
    pub responses: u32,
    /// The same seed makes the same articles.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}
