//! How mail leaves: to a server by SMTP, into a folder, or not at all. What the operator chose.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use base::Fault;
use lettre::message::Mailbox;
use lettre::transport::smtp::client::{Certificate, TlsParameters};
use tokio::sync::Mutex;

/// How long each step of a conversation with the server may take.
const STEP: Duration = Duration::from_secs(20);

/// How long the end of the process waits for the letter that is on its way.
const LAST_LETTER: Duration = Duration::from_secs(60);

/// What the operator chose, and whose turn it is to send; no settings when this installation sends
/// no mail.
#[derive(Clone, Debug, Default)]
pub struct Mail {
    settings: Option<Arc<MailSettings>>,
    /// One round at a time in each process.
    pub(super) turn: Arc<Mutex<()>>,
    is_ending: Arc<AtomicBool>,
}

impl Mail {
    /// Mail leaves like this.
    pub fn by(settings: MailSettings) -> Self {
        Self {
            settings: Some(Arc::new(settings)),
            ..Self::default()
        }
    }

    /// What was chosen, if anything.
    pub fn settings(&self) -> Option<&MailSettings> {
        self.settings.as_deref()
    }

    /// Whether no further letter should be begun.
    pub(super) fn is_ending(&self) -> bool {
        self.is_ending.load(Ordering::Relaxed)
    }

    /// Begins no further letter and waits for the one that is on its way, so that an orderly end
    /// leaves nothing unclear.
    pub async fn end(&self) {
        self.is_ending.store(true, Ordering::Relaxed);
        let _ = tokio::time::timeout(LAST_LETTER, self.turn.lock()).await;
    }
}

/// From whom mail comes and how it leaves.
#[derive(Clone, Debug)]
pub struct MailSettings {
    /// From whom.
    pub from: Mailbox,
    /// How it leaves.
    pub way: Way,
}

/// How mail leaves.
#[derive(Clone, Debug)]
pub enum Way {
    /// As `.eml` files in a folder, for another program or for a look.
    Folder(PathBuf),
    /// To a server.
    Server(Box<Server>),
}

/// A mail server.
#[derive(Clone)]
pub struct Server {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way to it is protected.
    pub tls: Tls,
    /// Who signs in, and with what; never shown.
    pub user: Option<(String, String)>,
    /// How long each step may take.
    pub step: Duration,
    /// The parameters of the protected way; none when it is not protected.
    pub(super) parameters: Option<TlsParameters>,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let user = self.user.as_ref().map(|(name, _)| name);
        write!(
            f,
            "Server({}:{} {:?} {user:?})",
            self.host, self.port, self.tls
        )
    }
}

/// How the way to a server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// Plain at first, protected before anything is said: port 587, 25.
    Starttls,
    /// Protected from the first byte: port 465.
    Tls,
    /// Not at all: a server on the same machine.
    None,
}

impl Tls {
    /// The word that options use; people read the key `mail-tls-{word}`.
    pub fn as_str(self) -> &'static str {
        match self {
            Tls::Starttls => "starttls",
            Tls::Tls => "tls",
            Tls::None => "none",
        }
    }
}

/// What the operator wrote about a server.
#[derive(Clone, Debug)]
pub struct ServerOptions {
    /// Name or address, with a port if it is not the usual one: `mail.example:587`.
    pub address: String,
    /// How the way to it is protected.
    pub tls: Tls,
    /// Who signs in.
    pub user: Option<String>,
    /// With what.
    pub password: Option<String>,
    /// An authority that certified the server, beside the public ones, as PEM.
    pub authority: Option<Vec<u8>>,
}

impl MailSettings {
    /// Mail is written into a folder, which is made when it is not there.
    ///
    /// # Faults
    /// The sender is no address.
    pub fn folder(from: &str, folder: PathBuf) -> Result<Self, Fault> {
        Ok(Self {
            from: sender(from)?,
            way: Way::Folder(folder),
        })
    }

    /// Mail goes to a server.
    ///
    /// # Faults
    /// The sender is no address, the port no number, the authority no certificate; a password would
    /// travel unprotected to another machine.
    pub fn server(from: &str, options: ServerOptions) -> Result<Self, Fault> {
        let usual = match options.tls {
            Tls::Starttls => 587,
            Tls::Tls => 465,
            Tls::None => 25,
        };
        let (host, port) = split(&options.address, usual)?;
        let user = match (options.user, options.password) {
            (Some(user), Some(password)) => Some((user, password)),
            (None, None) => None,
            _ => {
                return Err(Fault::new(
                    "mail: a user needs a password, and a password a user",
                ));
            }
        };
        if user.is_some() && options.tls == Tls::None && !is_here(&host) {
            return Err(Fault::new(
                "mail: the password would travel unprotected to another machine; use starttls or tls",
            ));
        }
        let parameters = match options.tls {
            Tls::None => None,
            Tls::Starttls | Tls::Tls => Some(parameters(&host, options.authority.as_deref())?),
        };
        Ok(Self {
            from: sender(from)?,
            way: Way::Server(Box::new(Server {
                host,
                port,
                tls: options.tls,
                user,
                step: STEP,
                parameters,
            })),
        })
    }
}

fn sender(from: &str) -> Result<Mailbox, Fault> {
    from.parse().map_err(|error| {
        Fault::from_source(format!("mail: {from:?} is no sender's address"), error)
    })
}

fn split(address: &str, usual: u16) -> Result<(String, u16), Fault> {
    if let Ok(ip) = address.parse::<IpAddr>() {
        return Ok((ip.to_string(), usual));
    }
    let (host, port) = match address.rsplit_once(':') {
        Some((host, port)) => {
            let port = port
                .parse()
                .map_err(|_| Fault::new(format!("mail: {port:?} is no port")))?;
            (host.trim_matches(['[', ']']).to_owned(), port)
        }
        None => (address.to_owned(), usual),
    };
    if host.is_empty() {
        return Err(Fault::new("mail: the server has no name"));
    }
    Ok((host, port))
}

fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn parameters(host: &str, authority: Option<&[u8]>) -> Result<TlsParameters, Fault> {
    let wrong = |error| Fault::from_source("mail: the protected way cannot be prepared", error);
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(pem) = authority {
        builder = builder.add_root_certificate(Certificate::from_pem(pem).map_err(wrong)?);
    }
    builder.build().map_err(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(address: &str, tls: Tls, user: Option<&str>) -> ServerOptions {
        ServerOptions {
            address: address.to_owned(),
            tls,
            user: user.map(str::to_owned),
            password: user.map(|_| "bí mật".to_owned()),
            authority: None,
        }
    }

    fn server(options: ServerOptions) -> Result<Server, Fault> {
        match MailSettings::server("Loa <loa@stp.example>", options)?.way {
            Way::Server(server) => Ok(*server),
            Way::Folder(_) => Err(Fault::new("a folder")),
        }
    }

    #[test]
    fn the_usual_port_follows_the_way() {
        for (address, tls, host, port) in [
            ("mail.example", Tls::Starttls, "mail.example", 587),
            ("mail.example", Tls::Tls, "mail.example", 465),
            ("mail.example:2525", Tls::Starttls, "mail.example", 2525),
            ("127.0.0.1", Tls::None, "127.0.0.1", 25),
            ("[::1]:2500", Tls::None, "::1", 2500),
        ] {
            let server = server(options(address, tls, None)).unwrap();
            assert_eq!(
                (server.host.as_str(), server.port),
                (host, port),
                "{address}"
            );
        }
        assert!(server(options("mail.example:smtp", Tls::Tls, None)).is_err());
    }

    #[test]
    fn a_password_does_not_travel_unprotected() {
        assert!(server(options("mail.example", Tls::None, Some("loa"))).is_err());
        assert!(server(options("127.0.0.1", Tls::None, Some("loa"))).is_ok());
        assert!(server(options("mail.example", Tls::Starttls, Some("loa"))).is_ok());
    }

    #[test]
    fn a_password_is_never_written_out() {
        let server = server(options("mail.example", Tls::Tls, Some("loa"))).unwrap();
        let shown = format!("{server:?}");
        assert!(
            shown.contains("loa") && !shown.contains("bí mật"),
            "{shown}"
        );
    }
}
