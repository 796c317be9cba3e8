//! A conversation with a mail server, step by step, so that it is known how far it came when it
//! breaks off. One connection carries all letters of a round.

use std::fmt::Display;
use std::future::Future;
use std::time::Duration;

use base::text::clean_line;
use lettre::Address;
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;

use super::carrier::{Server, Tls};
use super::message::Outcome;

/// The content may take this many steps' time: a server may look at it before it answers.
const CONTENT_STEPS: u32 = 6;

/// What a server says is kept up to this many characters.
const REPLY_CHARS_MAX: usize = 400;

/// A conversation, open or not yet.
pub struct Smtp<'a> {
    server: &'a Server,
    from: &'a Address,
    conn: Option<AsyncSmtpConnection>,
}

impl<'a> Smtp<'a> {
    /// No connection is made before there is a letter.
    pub fn new(server: &'a Server, from: &'a Address) -> Self {
        Self {
            server,
            from,
            conn: None,
        }
    }

    /// Brings a letter to the point where the server waits for its content. Until then nothing was
    /// taken, whatever happens.
    ///
    /// # Errors
    /// [`Outcome::Refused`] when the server says no to this receiver for good, [`Outcome::Later`]
    /// for everything else: what is wrong with us or the way is no fault of the letter.
    pub async fn offer(&mut self, to: &Address) -> Result<(), Outcome> {
        let mut conn = match self.conn.take() {
            Some(conn) => conn,
            None => self.connect().await.map_err(Outcome::Later)?,
        };
        let step = self.server.step;
        let mail = Mail::new(Some(self.from.clone()), Vec::new());
        within(step, conn.command(mail))
            .await
            .map_err(Trouble::later)?;
        let to = Rcpt::new(to.clone(), Vec::new());
        within(step, conn.command(to))
            .await
            .map_err(Trouble::at_receiver)?;
        within(step, conn.command(Data))
            .await
            .map_err(Trouble::at_receiver)?;
        self.conn = Some(conn);
        Ok(())
    }

    /// Sends the content. Whatever breaks now leaves open whether the server has it.
    pub async fn content(&mut self, bytes: &[u8]) -> Outcome {
        let Some(mut conn) = self.conn.take() else {
            return Outcome::Later("no connection".to_owned());
        };
        match within(self.server.step * CONTENT_STEPS, conn.message(bytes)).await {
            Ok(response) => {
                self.conn = Some(conn);
                Outcome::Taken(shown(response.message().collect::<Vec<_>>().join(" ")))
            }
            Err(Trouble::Said(error)) if error.is_permanent() => {
                self.conn = Some(conn);
                Outcome::Refused(shown(error))
            }
            Err(Trouble::Said(error)) if error.is_transient() => Outcome::Later(shown(error)),
            Err(trouble) => Outcome::Unclear(trouble.text()),
        }
    }

    /// Ends the conversation as one should.
    pub async fn close(&mut self) {
        if let Some(mut conn) = self.conn.take() {
            let _ = tokio::time::timeout(self.server.step, conn.quit()).await;
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, String> {
        let Server {
            host,
            port,
            tls,
            user,
            step,
            parameters,
        } = self.server;
        let name = ClientId::Domain(self.from.domain().to_owned());
        let from_first = parameters.clone().filter(|_| *tls == Tls::Tls);
        let address = (host.as_str(), *port);
        let connecting =
            AsyncSmtpConnection::connect_tokio1(address, Some(*step), &name, from_first, None);
        let mut conn = within(*step, connecting)
            .await
            .map_err(Trouble::into_text)?;
        if let (Tls::Starttls, Some(parameters)) = (tls, parameters.clone()) {
            within(*step, conn.starttls(parameters, &name))
                .await
                .map_err(Trouble::into_text)?;
        }
        if let Some((user, password)) = user {
            let credentials = Credentials::new(user.clone(), password.clone());
            within(*step, conn.auth(DEFAULT_MECHANISMS, &credentials))
                .await
                .map_err(Trouble::into_text)?;
        }
        Ok(conn)
    }
}

/// What went wrong at a step.
enum Trouble {
    /// The server, the way or the library said so.
    Said(SmtpError),
    /// Nothing came in time.
    Silence(Duration),
}

impl Trouble {
    fn text(&self) -> String {
        match self {
            Trouble::Said(error) => shown(error),
            Trouble::Silence(step) => format!("no answer within {} s", step.as_secs_f32()),
        }
    }

    fn into_text(self) -> String {
        self.text()
    }

    fn later(self) -> Outcome {
        Outcome::Later(self.text())
    }

    fn at_receiver(self) -> Outcome {
        match &self {
            Trouble::Said(error) if error.is_permanent() => Outcome::Refused(shown(error)),
            _ => self.later(),
        }
    }
}

async fn within<T>(
    step: Duration,
    doing: impl Future<Output = Result<T, SmtpError>>,
) -> Result<T, Trouble> {
    match tokio::time::timeout(step, doing).await {
        Ok(done) => done.map_err(Trouble::Said),
        Err(_) => Err(Trouble::Silence(step)),
    }
}

fn shown(said: impl Display) -> String {
    clean_line(&said.to_string())
        .chars()
        .take(REPLY_CHARS_MAX)
        .collect()
}
