//! The act of signing in, and the sessions the guard asks for.

use base::{Clock, Error, Fault, Refusal, Subject, SubjectKind};
use db::{Act, Conn, Db};
use serde_json::json;
use web::{Found, Sessions, SignedIn};

use super::account::{Account, State};
use super::account_store;
use super::session::{self, LIFE_MS, SEEN_EVERY_MS};
use super::session_store::{self, Session};
use super::throttle::{self, Key};
use crate::House;

/// Who tries to sign in, from where.
pub struct Attempt<'a> {
    /// The address typed, as typed.
    pub email: &'a str,
    /// The password typed.
    pub password: &'a str,
    /// The network of the visitor: an IPv4 /24 or IPv6 /64, as text.
    pub network: String,
    /// The secret of the machine, if it has one.
    pub device: Option<String>,
}

/// What a successful sign-in gives the browser.
pub struct Admitted {
    /// The account.
    pub account: Account,
    /// The session's secret, for the session cookie.
    pub secret: String,
    /// The machine's secret, for the device cookie.
    pub device: String,
}

/// Signs a person in.
///
/// # Refusals
/// `sign-in-wrong` for a wrong address, a wrong password and a suspended account alike, so that
/// nobody learns which addresses exist; [`Refusal::TooMany`] while a wait lasts.
pub async fn sign_in(house: &House, attempt: Attempt<'_>) -> Result<Admitted, Error> {
    let email = base::text::clean_line(attempt.email).to_lowercase();
    let now = house.clock.now_ms();
    let mut read = house.db.read().await?;
    let found = account_store::maybe_by_email(&mut read, &email).await?;
    let keys = keys(&mut read, &attempt, &email, found.as_ref().map(|(a, _)| a)).await?;
    refuse_wait(&mut read, &keys, now).await?;
    drop(read);
    let hash = found.as_ref().map(|(_, hash)| hash.as_str());
    let is_right = house.passwords.verify(attempt.password, hash).await?;
    match found {
        Some((account, _)) if is_right && account.state == State::Active => {
            admit(house, account, attempt.device, &keys).await
        }
        _ => {
            fail(house, &keys).await?;
            Err(Refusal::because("sign-in-wrong").into())
        }
    }
}

type Keys = Vec<(Key, String)>;

async fn keys(
    conn: &mut Conn,
    attempt: &Attempt<'_>,
    email: &str,
    account: Option<&Account>,
) -> Result<Keys, Fault> {
    let mut keys = vec![
        (
            Key::Pair,
            session_store::hash(&format!("pair {email} {}", attempt.network)),
        ),
        (
            Key::Network,
            session_store::hash(&format!("network {}", attempt.network)),
        ),
    ];
    let is_known = match (account, &attempt.device) {
        (Some(account), Some(device)) => {
            session_store::is_known_device(conn, account.id, device).await?
        }
        _ => false,
    };
    if !is_known {
        keys.push((
            Key::Account,
            session_store::hash(&format!("account {email}")),
        ));
    }
    Ok(keys)
}

async fn refuse_wait(conn: &mut Conn, keys: &Keys, now: i64) -> Result<(), Error> {
    let mut wait = 0;
    for (key, id) in keys {
        let (n, last_at) = session_store::failures(conn, id).await?;
        wait = wait.max(throttle::wait_ms(*key, n, last_at, now));
    }
    if wait > 0 {
        let retry_after_s = u32::try_from((wait + 999) / 1000).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { retry_after_s }.into());
    }
    Ok(())
}

async fn fail(house: &House, keys: &Keys) -> Result<(), Error> {
    let now = house.clock.now_ms();
    let mut act = house.db.act().await?;
    for (_, id) in keys {
        session_store::add_failure(&mut act, id, now, now - throttle::FORGET_MS).await?;
    }
    act.commit().await?;
    Ok(())
}

async fn admit(
    house: &House,
    account: Account,
    device: Option<String>,
    keys: &Keys,
) -> Result<Admitted, Error> {
    let now = house.clock.now_ms();
    let secret = session_store::new_secret()?;
    let device = match device {
        Some(device) if device.len() == 64 => device,
        _ => session_store::new_secret()?,
    };
    let mut act = house.db.act().await?;
    let session = Session {
        id_hash: session_store::hash(&secret),
        account: account.id,
        seen_at: now,
        ends_at: now + LIFE_MS,
    };
    session_store::delete_ended(&mut act, now).await?;
    session_store::add(&mut act, &session).await?;
    session_store::add_device(&mut act, account.id, &device, now).await?;
    if let Some((_, pair)) = keys.first() {
        session_store::delete_failures(&mut act, pair).await?;
    }
    account_store::save_signed_in(&mut act, account.id, now).await?;
    let subject = Subject::new(SubjectKind::Account, account.id);
    house
        .record(
            &mut act,
            &account.actor(),
            "session.begin",
            subject,
            json!({}),
        )
        .await?;
    act.commit().await?;
    Ok(Admitted {
        account,
        secret,
        device,
    })
}

/// Ends a session.
pub async fn sign_out(house: &House, signed_in: &SignedIn) -> Result<(), Error> {
    let mut act = house.db.act().await?;
    session_store::delete(&mut act, &signed_in.session).await?;
    let subject = Subject::new(SubjectKind::Account, signed_in.actor.account);
    house
        .record(
            &mut act,
            &signed_in.actor,
            "session.end",
            subject,
            json!({}),
        )
        .await?;
    act.commit().await?;
    Ok(())
}

/// Ends all sessions of an account but one (or all): after a new password, at a suspension.
pub async fn end_sessions(
    act: &mut Act,
    account: base::id::AccountId,
    but: Option<&str>,
) -> Result<(), Fault> {
    session_store::delete_of(act, account, but).await
}

/// Looks sessions up for the guard of every route.
pub struct SessionFinder {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Clock,
}

impl Sessions for SessionFinder {
    fn find<'a>(&'a self, secret: &'a str, is_background: bool) -> Found<'a> {
        Box::pin(self.look(secret, is_background))
    }
}

impl SessionFinder {
    async fn look(&self, secret: &str, is_background: bool) -> Result<Option<SignedIn>, Fault> {
        let now = self.clock.now_ms();
        let mut read = self.db.read().await?;
        let Some(session) = session_store::maybe(&mut read, secret).await? else {
            return Ok(None);
        };
        let Some(account) = account_store::maybe(&mut read, session.account).await? else {
            return Ok(None);
        };
        drop(read);
        let lives = session::is_live(account.roles, session.seen_at, session.ends_at, now);
        if !lives || account.state != State::Active {
            return Ok(None);
        }
        if !is_background && now - session.seen_at >= SEEN_EVERY_MS {
            let mut act = self.db.act().await?;
            session_store::save_seen(&mut act, &session.id_hash, now).await?;
            act.commit().await?;
        }
        Ok(Some(SignedIn {
            actor: account.actor(),
            lang: account.lang,
            idle_s: session::idle_ms(account.roles) / 1000,
            must_change_password: account.must_change_password,
            session: session.id_hash,
        }))
    }
}

/// Whether the password is the account's: asked again before it is changed.
pub async fn is_password_of(
    house: &House,
    account: &Account,
    password: &str,
) -> Result<bool, Error> {
    let mut read = house.db.read().await?;
    let found = account_store::maybe_by_email(&mut read, &account.email).await?;
    drop(read);
    let hash = found.as_ref().map(|(_, hash)| hash.as_str());
    Ok(house.passwords.verify(password, hash).await?)
}
