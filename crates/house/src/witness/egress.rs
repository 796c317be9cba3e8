//! The one way out: a short request to the address of a witness that an administrator entered, over
//! a connection of its own, to a machine whose address was looked at first, without following
//! anything, with a limit on time and size.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use base::Fault;
use http::{Method, Request, StatusCode, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::ring};

use super::address::{Address, may_reach};

/// A request that takes longer, from the name to the last byte, is given up.
const WHOLE: Duration = Duration::from_secs(10);

/// Longest answer that is read, in bytes.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// How witnesses are reached.
#[derive(Clone, Debug, Default)]
pub struct Egress {
    /// Authorities beside the public ones, as PEM.
    authority: Option<Vec<u8>>,
    /// Whether this machine itself may be asked: two offices on one machine, and tests.
    reaches_loopback: bool,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The status.
    pub status: StatusCode,
    /// The body, as text.
    pub text: String,
}

impl Egress {
    /// By what the operator chose.
    ///
    /// # Faults
    /// The authority is no certificate.
    pub fn new(authority: Option<Vec<u8>>, reaches_loopback: bool) -> Result<Self, Fault> {
        let egress = Self {
            authority,
            reaches_loopback,
        };
        egress.roots()?;
        Ok(egress)
    }

    /// Sends a text and reads the answer.
    ///
    /// # Faults
    /// Nobody may be reached there, nobody answers in time, or the answer is too long.
    pub async fn post(&self, to: &Address, path: &str, body: String) -> Result<Answered, Fault> {
        self.send(to, Method::POST, path, body).await
    }

    /// Asks for a text.
    ///
    /// # Faults
    /// As [`Egress::post`].
    pub async fn get(&self, to: &Address, path: &str) -> Result<Answered, Fault> {
        self.send(to, Method::GET, path, String::new()).await
    }

    async fn send(
        &self,
        to: &Address,
        method: Method,
        path: &str,
        body: String,
    ) -> Result<Answered, Fault> {
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", to.path))
            .header(header::HOST, to.authority())
            .header(header::USER_AGENT, "loa")
            .header(header::CONTENT_TYPE, "text/plain; charset=utf-8")
            .header(header::CONNECTION, "close")
            .body(Full::new(Bytes::from(body)))
            .map_err(|error| Fault::from_source("a request cannot be made", error))?;
        match tokio::time::timeout(WHOLE, self.exchange(to, request)).await {
            Ok(answered) => answered,
            Err(_) => Err(Fault::new("no answer in time")),
        }
    }

    async fn exchange(
        &self,
        to: &Address,
        request: Request<Full<Bytes>>,
    ) -> Result<Answered, Fault> {
        let stream = self.connect(to).await?;
        if !to.is_tls {
            return converse(stream, request).await;
        }
        let name = ServerName::try_from(to.host.clone())
            .map_err(|error| Fault::from_source("not a name for a certificate", error))?;
        let stream = TlsConnector::from(Arc::new(self.tls()?))
            .connect(name, stream)
            .await
            .map_err(|error| Fault::from_source("the protected way failed", error))?;
        converse(stream, request).await
    }

    /// Looks at every address that the name has, and connects to one that was looked at.
    async fn connect(&self, to: &Address) -> Result<TcpStream, Fault> {
        let found: Vec<SocketAddr> = tokio::net::lookup_host((to.host.as_str(), to.port))
            .await
            .map_err(|error| Fault::from_source("the name is not known", error))?
            .filter(|address| may_reach(address.ip(), self.reaches_loopback))
            .collect();
        let mut last = Fault::new("no machine that may be asked stands there");
        for address in found {
            match TcpStream::connect(address).await {
                Ok(stream) => return Ok(stream),
                Err(error) => last = Fault::from_source("nobody answers there", error),
            }
        }
        Err(last)
    }

    fn tls(&self) -> Result<ClientConfig, Fault> {
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| Fault::from_source("the protected way cannot be prepared", error))?
            .with_root_certificates(self.roots()?)
            .with_no_client_auth();
        Ok(config)
    }

    fn roots(&self) -> Result<RootCertStore, Fault> {
        let mut roots = RootCertStore::empty();
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        for certificate in CertificateDer::pem_slice_iter(self.authority.as_deref().unwrap_or(b""))
        {
            let wrong = |error: &dyn std::fmt::Display| {
                Fault::new(format!(
                    "the witnesses' authority is no certificate: {error}"
                ))
            };
            let certificate = certificate.map_err(|error| wrong(&error))?;
            roots.add(certificate).map_err(|error| wrong(&error))?;
        }
        Ok(roots)
    }
}

async fn converse<S>(stream: S, request: Request<Full<Bytes>>) -> Result<Answered, Fault>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let broke = |error: hyper::Error| Fault::from_source("the conversation broke off", error);
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(broke)?;
    // The connection ends with this request, and with the task if the request is given up.
    let running = tokio::spawn(connection);
    let answer = sender.send_request(request).await.map_err(broke)?;
    let status = answer.status();
    let body = Limited::new(answer.into_body(), ANSWER_BYTES_MAX);
    let read = body.collect().await;
    running.abort();
    let bytes = read.map_err(|error| Fault::from_source("the answer is too long or cut", error))?;
    Ok(Answered {
        status,
        text: String::from_utf8_lossy(&bytes.to_bytes()).into_owned(),
    })
}
