//! The command line of mail: how it leaves.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// How mail leaves: to a server, into a folder, or (without any of these) not at all.
#[derive(Debug, Default, Args)]
pub struct MailArgs {
    /// The mail server: its name, with a port if it is not the usual one.
    #[arg(long, env = "LOA_MAIL_SERVER", value_name = "HOST[:PORT]")]
    pub mail_server: Option<String>,
    /// How the way to the mail server is protected.
    #[arg(
        long,
        env = "LOA_MAIL_TLS",
        value_enum,
        default_value_t = MailTls::Starttls,
        value_name = "WAY"
    )]
    pub mail_tls: MailTls,
    /// Who signs in at the mail server.
    #[arg(long, env = "LOA_MAIL_USER", value_name = "USER")]
    pub mail_user: Option<String>,
    /// The file whose first line is that user's password; or the variable LOA_MAIL_PASSWORD.
    #[arg(long, env = "LOA_MAIL_PASSWORD_FILE", value_name = "FILE")]
    pub mail_password_file: Option<PathBuf>,
    /// The password itself: only as a variable, because arguments can be read by everybody.
    #[arg(
        long,
        env = "LOA_MAIL_PASSWORD",
        hide = true,
        hide_env_values = true,
        value_name = "PASSWORD"
    )]
    pub mail_password: Option<String>,
    /// From whom mail comes, such as "Loa <loa@stp.example.gov.vn>".
    #[arg(long, env = "LOA_MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<String>,
    /// An authority that certified the mail server, beside the public ones: a file in PEM.
    #[arg(long, env = "LOA_MAIL_AUTHORITY", value_name = "FILE")]
    pub mail_authority: Option<PathBuf>,
    /// Write mail into this folder as .eml files instead of sending it.
    #[arg(
        long,
        env = "LOA_MAIL_DIR",
        value_name = "DIR",
        conflicts_with = "mail_server"
    )]
    pub mail_dir: Option<PathBuf>,
}

/// How the way to the mail server is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum MailTls {
    /// Plain at first, protected before anything is said.
    #[default]
    Starttls,
    /// Protected from the first byte.
    Tls,
    /// Not at all: a server on the same machine.
    None,
}
