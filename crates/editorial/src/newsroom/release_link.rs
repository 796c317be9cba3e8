//! Releasing by a link: asked for at the desk, sent by mail, used once without signing in.
//!
//! The link stands for the person it was sent to, and for nobody's sign-in: it opens one text and
//! releases it by the same rule as the desk (four eyes, the text that was seen). Its secret exists in
//! the letter only.

use base::id::{AccountId, AgencyId, ArticleId, RowId};
use base::{Actor, Error, Fault, Refusal, Role, Subject, SubjectKind};
use db::{Act, Conn};
use house::outbox::{self, Composed, Letter, Line, Message, NewMessage, Part};
use house::people::account::{Account, State as AccountState};
use house::people::{self, account_store, setting_store};
use serde_json::json;

use super::acts::{self, Opened};
use super::article::State;
use super::publish::{self, Way};
use super::release::{ReleaseLink, Standing};
use super::release_store;
use super::rules::{self, Deed};
use crate::Editorial;

/// The kind of these letters in the outbox.
pub const RELEASE_KIND: &str = "release";

/// How long a link lives unless the agency chose otherwise.
const LINK_HOURS: i64 = 48;

/// How long a link may live.
pub const LINK_HOURS_MAX: i64 = 14 * 24;

const SETTING: &str = "release.link_hours";

const HOUR_MS: i64 = 60 * 60 * 1000;

/// How many hours a link of an agency lives.
///
/// # Faults
/// The database does not answer.
pub async fn link_hours(conn: &mut Conn, agency: AgencyId) -> Result<i64, Fault> {
    let told = setting_store::value(conn, agency, SETTING).await?;
    Ok(told.parse().unwrap_or(LINK_HOURS).clamp(1, LINK_HOURS_MAX))
}

/// Chooses how many hours links live from now on.
///
/// # Faults
/// The database refuses it.
pub async fn save_link_hours(act: &mut Act, agency: AgencyId, hours: i64) -> Result<(), Fault> {
    setting_store::save(act, agency, SETTING, &hours.to_string()).await
}

/// Asks a person to release what waits, by a link in a letter.
///
/// # Refusals
/// As [`rules::may`]; `release-nobody` for somebody who may not release; `refusal-four-eyes` for
/// somebody who wrote or sent it.
pub async fn ask(
    editorial: &Editorial,
    actor: &Actor,
    (id, person): (ArticleId, AccountId),
) -> Result<(), Error> {
    let now = editorial.clock.now_ms();
    let mut act = editorial.db.act().await?;
    let Opened {
        edition, revision, ..
    } = acts::open(&mut act, actor, id).await?;
    rules::may(actor, Deed::AskRelease, &edition)?;
    let reader = account_store::find(&mut act, actor.agency, person).await?;
    if !may_be_asked(&reader) {
        return Err(Refusal::at("person", "release-nobody").into());
    }
    rules::refuse_own(&reader.actor(), &edition, &revision)?;
    release_store::revoke_of(&mut act, (id, person), now).await?;
    let link = ReleaseLink {
        id: editorial.ids.next::<RowId>(&editorial.clock),
        agency: actor.agency,
        article: id,
        edition: edition.id,
        sha256: revision.sha256,
        account: person,
        asked_by: actor.account,
        made_at: now,
        ends_at: now + link_hours(&mut act, actor.agency).await? * HOUR_MS,
        used_at: None,
        revoked_at: None,
    };
    release_store::add(&mut act, &link).await?;
    let new = NewMessage {
        id: editorial.ids.next(&editorial.clock),
        agency: actor.agency,
        account: person,
        kind: RELEASE_KIND,
        about: json!({"link": link.id.to_string()}),
        once: format!("{RELEASE_KIND}/{}", link.id),
    };
    outbox::post(editorial, &mut act, &new).await?;
    let data =
        json!({"link": link.id.to_string(), "person": person.to_string(), "ends_at": link.ends_at});
    let subject = Subject::new(SubjectKind::Article, id);
    editorial
        .record(&mut act, actor, "release_link.ask", subject, data)
        .await?;
    act.commit().await?;
    Ok(())
}

/// Whether a person may be asked to release by a link: a director or an approver who may sign in.
pub(super) fn may_be_asked(reader: &Account) -> bool {
    let roles = base::Roles::of(&[Role::Director, Role::Approver]);
    reader.state == AccountState::Active && reader.roles.meets(roles)
}

/// Takes a link back.
///
/// # Refusals
/// Not found; `refusal-not-yours` for who neither asked nor was asked nor may release.
pub async fn revoke(
    editorial: &Editorial,
    actor: &Actor,
    (id, link): (ArticleId, RowId),
) -> Result<(), Error> {
    let mut act = editorial.db.act().await?;
    let link = release_store::find(&mut act, actor.agency, link).await?;
    let is_own = [link.asked_by, link.account].contains(&actor.account);
    if link.article != id {
        return Err(Refusal::NotFound.into());
    }
    if !is_own && !actor.roles.meets(rules::RELEASERS) {
        return Err(Refusal::Forbidden("refusal-not-yours").into());
    }
    let now = editorial.clock.now_ms();
    if release_store::revoke(&mut act, link.id, now).await? {
        let subject = Subject::new(SubjectKind::Article, id);
        let data = json!({"link": link.id.to_string()});
        editorial
            .record(&mut act, actor, "release_link.revoke", subject, data)
            .await?;
    }
    act.commit().await?;
    Ok(())
}

/// What a secret opens: the link, what it is good for, its person, and the article as it stands.
pub(super) struct Found {
    pub link: ReleaseLink,
    pub standing: Standing,
    pub reader: Account,
    pub opened: Opened,
}

/// What a secret opens. One that opens nothing, and one of a person who may no longer release, are
/// the same.
///
/// # Refusals
/// Not found.
pub(super) async fn of_secret(conn: &mut Conn, secret: &str, now: i64) -> Result<Found, Error> {
    let link = release_store::of_secret(conn, &people::hash_secret(secret)).await?;
    let reader = account_store::find(conn, link.agency, link.account).await?;
    if !may_be_asked(&reader) {
        return Err(Refusal::NotFound.into());
    }
    let opened = acts::open(conn, &reader.actor(), link.article).await?;
    Ok(Found {
        standing: link.standing(waiting(&link, &opened), now),
        link,
        reader,
        opened,
    })
}

/// The hash of the text that waits for release, if it is one of the link's edition.
fn waiting<'o>(link: &ReleaseLink, opened: &'o Opened) -> Option<&'o str> {
    let waits = opened.edition.state == State::Submitted && opened.edition.id == link.edition;
    waits.then_some(opened.revision.sha256.as_str())
}

/// Releases by a link: it is used up and the text is public, or neither.
///
/// # Refusals
/// Not found; [`Refusal::Stale`] when the link opens nothing any more or another text was seen;
/// those of [`publish::publish`].
pub async fn publish(editorial: &Editorial, secret: &str, seen: &str) -> Result<(), Error> {
    let now = editorial.clock.now_ms();
    let mut act = editorial.db.act().await?;
    let found = of_secret(&mut act, secret, now).await?;
    let is_open = found.standing == Standing::Open && seen == found.link.sha256;
    if !is_open || !release_store::take(&mut act, found.link.id, now).await? {
        return Err(Refusal::Stale.into());
    }
    let way = Way::ByLink { seen };
    let actor = found.reader.actor();
    publish::publish_within(editorial, &mut act, &actor, (found.link.article, way)).await?;
    act.commit().await?;
    Ok(())
}

/// The letter with a link, with a secret that is made now. A letter that is sent again carries a new
/// secret, and the one before opens nothing.
///
/// # Faults
/// The database does not answer; the row is none of ours.
pub async fn compose(
    editorial: &Editorial,
    message: &Message,
    reader: &Account,
) -> Result<Composed, Fault> {
    match letter(editorial, message, reader).await {
        Ok(composed) => Ok(composed),
        Err(Error::Refusal(Refusal::NotFound)) => Ok(Composed::Nothing("done")),
        Err(Error::Refusal(refusal)) => Err(Fault::from_source("a letter with a link", refusal)),
        Err(Error::Fault(fault)) => Err(fault),
    }
}

async fn letter(
    editorial: &Editorial,
    message: &Message,
    reader: &Account,
) -> Result<Composed, Error> {
    let now = editorial.clock.now_ms();
    let id: RowId = message.about["link"].as_str().unwrap_or_default().parse()?;
    let mut act = editorial.db.act().await?;
    let link = release_store::find(&mut act, message.agency, id).await?;
    let opened = acts::open(&mut act, &reader.actor(), link.article).await?;
    match link.standing(waiting(&link, &opened), now) {
        Standing::Open => {}
        Standing::Ended => return Ok(Composed::Nothing("ended")),
        Standing::Used | Standing::Revoked | Standing::Changed => {
            return Ok(Composed::Nothing("done"));
        }
    }
    let asker = account_store::find(&mut act, link.agency, link.asked_by).await?;
    let secret = people::new_secret()?;
    release_store::save_secret(&mut act, link.id, &people::hash_secret(&secret)).await?;
    act.commit().await?;
    let say = editorial.say(reader.lang);
    let text = &opened.revision.text;
    let ends = super::portal::moment(&say, link.ends_at);
    Ok(Composed::Letter(Letter {
        subject: say.t1("release-subject", "title", &text.title),
        greeting: say.t1("mail-greeting", "name", &reader.name),
        parts: vec![Part {
            heading: say.t1("release-asks", "name", &asker.name),
            lines: vec![Line {
                text: text.title.clone(),
                note: text.lead.clone(),
                href: format!("{}/duyet/{secret}", editorial.options.base_url),
            }],
        }],
        footer: vec![say.t1("release-ends", "when", ends), say.t("mail-footer")],
    }))
}

/// Who may be asked to release a text: who may release by a link and did not write or send it.
pub(super) async fn askable(
    conn: &mut Conn,
    agency: AgencyId,
    opened: &Opened,
) -> Result<Vec<(AccountId, String)>, Error> {
    let mut people: Vec<(AccountId, String)> = Vec::new();
    for holder in account_store::holders(conn, agency).await? {
        let may = matches!(holder.role, Role::Director | Role::Approver);
        if !may || people.iter().any(|(person, _)| *person == holder.account) {
            continue;
        }
        let reader = account_store::find(conn, agency, holder.account).await?;
        if rules::refuse_own(&reader.actor(), &opened.edition, &opened.revision).is_ok() {
            people.push((holder.account, reader.name));
        }
    }
    Ok(people)
}

/// A link with what it is good for and the name of who was asked.
pub(super) struct Asked {
    pub link: ReleaseLink,
    pub standing: Standing,
    pub name: String,
}

/// The links of an article, the newest first.
pub(super) async fn links(conn: &mut Conn, opened: &Opened, now: i64) -> Result<Vec<Asked>, Error> {
    let mut asked = Vec::new();
    for link in release_store::list(conn, opened.article.id).await? {
        let reader = account_store::find(conn, link.agency, link.account).await?;
        asked.push(Asked {
            standing: link.standing(waiting(&link, opened), now),
            name: reader.name,
            link,
        });
    }
    Ok(asked)
}
