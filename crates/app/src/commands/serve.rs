//! `loa serve`.

use std::future::Future;
use std::net::SocketAddr;
use std::process::ExitCode;

use axum::Extension;
use base::{Clock, Error, Fault};
use house::outbox::{Mail, MailSettings, ServerOptions, Tls};
use house::people::password::Passwords;
use house::witness::LogOptions;
use house::witness::egress::Egress;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use web::{ServeOptions, SiteOptions};

use crate::cli::{MailArgs, MailTls, ServeArgs, WitnessArgs};
use crate::jobs;
use crate::office::{Opening, Place};
use crate::{Office, editorial_routes};

/// Serves until the process is told to end.
pub async fn run(args: ServeArgs) -> Result<ExitCode, Error> {
    let listener = listen(args.listen).await?;
    let address = listener.local_addr()?;
    let base_url = match args.base_url {
        Some(url) => url.trim_end_matches('/').to_owned(),
        None => format!("http://{address}"),
    };
    let opening = Opening {
        clock: Clock::system(),
        is_durable: true,
        site: SiteOptions {
            base_url,
            cache_bytes_max: args.cache_mb.saturating_mul(1 << 20),
        },
        passwords: Passwords::new()?,
        keeps_search: true,
        mail: mail(&args.mail)?,
        log: log(&args.witness)?,
    };
    let office = Office::open(&Place::of(&args.place), opening).await?;
    tracing::info!(%address, "serving");
    let options = ServeOptions {
        trusted_proxies: args.trusted_proxies,
        ..ServeOptions::default()
    };
    let admin = match args.admin_listen {
        Some(address) => Some(listen(address).await?),
        None => None,
    };
    serve(office, listener, admin, options, stopped()).await
}

/// Serves an open office: pages, jobs, and the operator's listener if there is one.
///
/// # Faults
/// Writing has stopped because the disk failed.
pub async fn serve(
    office: Office,
    listener: TcpListener,
    admin: Option<TcpListener>,
    options: ServeOptions,
    stop: impl Future<Output = ()> + Send,
) -> Result<ExitCode, Error> {
    let site = office.editorial.site.clone();
    let (router, _) = web::mount(editorial_routes(), office.editorial.clone(), &site);
    let (own, _) = web::mount(house::routes(), office.editorial.house.clone(), &site);
    let key = Extension(measure::evidence::PackKey(office.key.clone()));
    let router = router.merge(own).layer(key);
    let jobs = jobs::start(&office);
    let mut beside = JoinSet::new();
    if let Some(admin) = admin {
        let site = site.clone();
        beside.spawn(async move {
            if let Err(fault) = web::serve_admin(admin, site, std::future::pending()).await {
                tracing::error!(%fault, "the operator's listener has ended");
            }
        });
    }
    let db = office.editorial.db.clone();
    let served = tokio::select! {
        served = web::serve(listener, site, router, options, stop) => served,
        fault = db.failed() => Err(fault),
    };
    beside.shutdown().await;
    office.editorial.mail.end().await;
    jobs.end().await;
    served?;
    jobs::finish(&office).await?;
    office.editorial.db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// What keeps watch over the log, as the operator wrote it.
///
/// # Faults
/// The authority cannot be read or is no certificate.
pub fn log(args: &WitnessArgs) -> Result<LogOptions, Fault> {
    let authority = args.witness_authority.as_deref().map(std::fs::read);
    let authority = authority
        .transpose()
        .map_err(|error| Fault::from_source("witness: cannot read the authority", error))?;
    Ok(LogOptions {
        own_file: None,
        witness_file: args.witness_file.clone(),
        egress: Egress::new(authority, args.witness_loopback)?,
    })
}

/// How mail leaves, as the operator wrote it.
///
/// # Faults
/// What was written does not fit together, or a file of it cannot be read.
pub fn mail(args: &MailArgs) -> Result<Mail, Fault> {
    let from = || {
        args.mail_from
            .as_deref()
            .ok_or_else(|| Fault::new("mail: say from whom it comes, --mail-from \"Loa <loa@…>\""))
    };
    if let Some(folder) = &args.mail_dir {
        return Ok(Mail::by(MailSettings::folder(from()?, folder.clone())?));
    }
    let Some(address) = &args.mail_server else {
        return Ok(Mail::default());
    };
    let read = |path: &std::path::Path| {
        std::fs::read(path).map_err(|error| {
            Fault::from_source(format!("mail: cannot read {}", path.display()), error)
        })
    };
    let password = match &args.mail_password_file {
        None => args.mail_password.clone(),
        Some(path) => {
            let bytes = read(path)?;
            let line = String::from_utf8_lossy(&bytes);
            Some(line.lines().next().unwrap_or_default().to_owned())
        }
    };
    let options = ServerOptions {
        address: address.clone(),
        tls: match args.mail_tls {
            MailTls::Starttls => Tls::Starttls,
            MailTls::Tls => Tls::Tls,
            MailTls::None => Tls::None,
        },
        user: args.mail_user.clone(),
        password,
        authority: args.mail_authority.as_deref().map(read).transpose()?,
    };
    Ok(Mail::by(MailSettings::server(from()?, options)?))
}

/// Listens at an address.
///
/// # Faults
/// Somebody else listens there, or may not.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, Fault> {
    TcpListener::bind(address)
        .await
        .map_err(|error| Fault::from_source(format!("cannot listen at {address}"), error))
}

/// Waits until the process is told to end.
pub async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
