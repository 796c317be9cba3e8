//! One piece of evidence: its file and hash, its place in the log, what it proves, and what it is like.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::calendar::date_short;
use base::id::{ActivityId, AgencyId, EvidenceId};
use base::text::number::whole;
use base::{Error, Refusal, Subject, SubjectKind};
use db::Conn;
use editorial::Editorial;
use editorial::items::{item_store, requirement_store};
use editorial::plan;
use house::audit::tree::{leaf_hash, verify_inclusion};
use house::audit::{Checkpoint, audit_store, prove};
use house::evidence::evidence_store::{self, Evidence};
use house::evidence::{EvidenceKind, likeness_store, subjects_of};
use house::files::sniff;
use house::people::agency_store;
use http::StatusCode;
use web::{By, Choice, Form, Frame, Page, Problems, Say, render, with_status};

use super::{kind_words, moment, unit_name};
use crate::evidence::adding;
use crate::evidence::entry::{ids, reason};
use crate::evidence::pack::PackKey;
use crate::evidence::rules::may_change;

#[derive(Template)]
#[template(path = "evidence/desk/evidence_show.html")]
struct EvidencePage {
    frame: Frame,
    id: EvidenceId,
    facts: Vec<(String, String)>,
    url: String,
    files: Vec<File>,
    withdrawal: Option<(String, String)>,
    proof: Proof,
    subjects: Vec<Proved>,
    pairs: Vec<Pair>,
    activities: Vec<Choice>,
    form: Form,
    problems: Problems,
    can_change: bool,
}

struct File {
    href: String,
    name: String,
    sha256: String,
    size: String,
    is_picture: bool,
    /// Whether the bytes on the disk are those that were kept.
    is_whole: bool,
}

/// What the log says.
struct Proof {
    leaf: String,
    checked: String,
    is_checked: bool,
    entry: String,
}

struct Proved {
    words: String,
    href: String,
    detach: Option<String>,
}

struct Pair {
    href: String,
    title: String,
    words: String,
    kept_because: String,
    settle: Option<String>,
}

/// What the pages of a piece need of their request.
type Asked<'a> = (&'a By, Option<&'a PackKey>);

/// The piece.
pub async fn show(
    State(editorial): State<Editorial>,
    key: Option<Extension<PackKey>>,
    by: By,
    Path(id): Path<EvidenceId>,
) -> Page {
    let asked = (&by, key.as_ref().map(|key| &key.0));
    render(&page(&editorial, asked, id, (Form::default(), None)).await?)
}

/// Says which activities it proves too.
pub async fn attach(
    State(editorial): State<Editorial>,
    key: Option<Extension<PackKey>>,
    by: By,
    Path(id): Path<EvidenceId>,
    form: Form,
) -> Page {
    let chosen: Vec<ActivityId> = ids(&form, "activities");
    let done = adding::attach_activities(&editorial, by.actor(), (id, &chosen)).await;
    let asked = (&by, key.as_ref().map(|key| &key.0));
    answer(&editorial, asked, id, (form, done, "evidence-attached")).await
}

/// Takes back that it proves an activity.
pub async fn detach(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, activity)): Path<(EvidenceId, ActivityId)>,
) -> Page {
    adding::detach_activity(&editorial, by.actor(), (id, activity)).await?;
    let to = format!("/desk/evidence/{id}?done=evidence-detached");
    Ok(Redirect::to(&to).into_response())
}

/// Withdraws it with a reason.
pub async fn withdraw(
    State(editorial): State<Editorial>,
    key: Option<Extension<PackKey>>,
    by: By,
    Path(id): Path<EvidenceId>,
    form: Form,
) -> Page {
    let done = match reason(&form) {
        Ok(why) => adding::withdraw(&editorial, by.actor(), (id, &why)).await,
        Err(refusal) => Err(refusal.into()),
    };
    let asked = (&by, key.as_ref().map(|key| &key.0));
    answer(&editorial, asked, id, (form, done, "evidence-withdrawn")).await
}

/// Says why it and an older piece are both kept.
pub async fn keep_both(
    State(editorial): State<Editorial>,
    key: Option<Extension<PackKey>>,
    by: By,
    Path((id, older)): Path<(EvidenceId, EvidenceId)>,
    form: Form,
) -> Page {
    let done = match reason(&form) {
        Ok(why) => adding::keep_both(&editorial, by.actor(), (id, older), &why).await,
        Err(refusal) => Err(refusal.into()),
    };
    let asked = (&by, key.as_ref().map(|key| &key.0));
    answer(&editorial, asked, id, (form, done, "evidence-both-kept")).await
}

/// Back to the piece, or the piece with what is wrong.
async fn answer(
    editorial: &Editorial,
    asked: Asked<'_>,
    id: EvidenceId,
    (form, done, word): (Form, Result<(), Error>, &str),
) -> Page {
    match done {
        Ok(()) => {
            let to = format!("/desk/evidence/{id}?done={word}");
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            let page = page(editorial, asked, id, (form, Some(refusal))).await?;
            with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(
    editorial: &Editorial,
    (by, key): Asked<'_>,
    id: EvidenceId,
    (form, refusal): (Form, Option<Refusal>),
) -> Result<EvidencePage, Error> {
    let agency = by.actor().agency;
    let frame = editorial.desk(by, "nav-evidence").await?;
    let say = frame.say;
    let mut read = editorial.db.read().await?;
    let piece = evidence_store::find(&mut read, agency, id).await?;
    let stands = piece.withdrawal.is_none();
    let can_change = stands && may_change(by.actor(), piece.taken_by, piece.unit).is_ok();
    let units = agency_store::units(&mut read, agency, piece.shown_on).await?;
    let subjects = proved(&mut read, by, &say, (&piece, can_change)).await?;
    let activities = match can_change {
        true => plan::choices(&mut read, agency).await?,
        false => Vec::new(),
    };
    let pairs = pairs(&mut read, &say, (id, can_change)).await?;
    let proof = log_proof(&mut read, &say, (&piece, key)).await?;
    drop(read);
    let frame = frame
        .titled(piece.capture.title.clone())
        .under(say.t("nav-evidence"), "/desk/evidence")
        .at(&format!("/desk/evidence/{id}"));
    Ok(EvidencePage {
        id,
        facts: facts(&say, &piece, unit_name(&units, piece.unit)),
        url: web_address(&piece.capture.url),
        files: files(editorial, &piece).await?,
        withdrawal: piece.withdrawal.map(|gone| {
            (
                format!("{} · {}", moment(&say, gone.at_ms), gone.by),
                gone.why,
            )
        }),
        proof,
        subjects,
        pairs,
        activities: activities
            .into_iter()
            .map(|(id, words)| Choice::new(id, words))
            .collect(),
        problems: refusal.map_or_else(Problems::none, |refusal| Problems::of(&refusal, &say)),
        form,
        can_change,
        frame,
    })
}

fn facts(say: &Say, piece: &Evidence, unit: String) -> Vec<(String, String)> {
    let all = [
        ("evidence-kind", kind_words(say, piece.kind)),
        ("evidence-shown-on", date_short(piece.shown_on)),
        ("evidence-place", piece.place.clone()),
        ("evidence-source", piece.source.clone()),
        ("evidence-proves", piece.proves.clone()),
        ("evidence-unit", unit),
        ("evidence-added", moment(say, piece.capture.taken_at_ms)),
        ("evidence-added-by", piece.by.clone()),
    ];
    let told = all.into_iter().filter(|(_, words)| !words.is_empty());
    told.map(|(key, words)| (say.t(key), words)).collect()
}

/// Only addresses of the web are led to.
fn web_address(url: &str) -> String {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    if is_web {
        url.to_owned()
    } else {
        String::new()
    }
}

/// The files, each read again and compared with its hash.
async fn files(editorial: &Editorial, piece: &Evidence) -> Result<Vec<File>, Error> {
    let mut files = Vec::new();
    for file in &piece.capture.files {
        let is_picture = piece.kind != EvidenceKind::Page && sniff::is_image(&file.media_type);
        files.push(File {
            href: format!("/desk/files/{}", file.sha256),
            is_whole: editorial.files.read(&file.sha256).await.is_ok(),
            name: file.name.clone(),
            sha256: file.sha256.clone(),
            size: whole(i64::try_from(file.size).unwrap_or(i64::MAX)),
            is_picture,
        });
    }
    Ok(files)
}

/// What the log says of the piece, proved anew against its newest checkpoint.
async fn log_proof(
    conn: &mut Conn,
    say: &Say,
    (piece, key): (&Evidence, Option<&PackKey>),
) -> Result<Proof, Error> {
    let entry = piece.entry.to_string();
    let leaf = audit_store::leaf_of(conn, &entry).await?;
    let note = audit_store::newest_checkpoint(conn).await?;
    let head = note
        .as_deref()
        .zip(key)
        .and_then(|(note, key)| Checkpoint::open(note, key.0.verifier()).ok());
    let proven = match (&head, leaf) {
        (Some(head), Some(_)) => prove(conn, &entry, head.size).await?,
        _ => None,
    };
    let is_checked = head.as_ref().zip(proven).is_some_and(|(head, proven)| {
        let hash = leaf_hash(&proven.entry.leaf());
        verify_inclusion(hash, proven.leaf_index, head.size, &proven.proof, head.root)
    });
    let size = head.map_or(0, |head| i64::try_from(head.size).unwrap_or(i64::MAX));
    let checked = match (leaf, is_checked) {
        (None, _) => say.t("evidence-proof-waiting"),
        (Some(_), true) => say.t1("evidence-proof-holds", "n", whole(size)),
        (Some(_), false) => say.t("evidence-proof-fails"),
    };
    let number = leaf.map(|leaf| whole(i64::try_from(leaf).unwrap_or(i64::MAX)));
    Ok(Proof {
        leaf: number.unwrap_or_else(|| say.t("evidence-leaf-waiting")),
        checked,
        is_checked,
        entry,
    })
}

/// What it proves, with the way there.
async fn proved(
    conn: &mut Conn,
    by: &By,
    say: &Say,
    (piece, can_change): (&Evidence, bool),
) -> Result<Vec<Proved>, Error> {
    let agency = by.actor().agency;
    let mut all = Vec::new();
    for subject in subjects_of(conn, piece.id).await? {
        let found = match subject.kind {
            SubjectKind::Activity => activity(conn, say, (agency, piece, &subject.id)).await,
            SubjectKind::Item => {
                let item = item_store::find(conn, agency, subject.id.parse()?).await;
                item.map(|item| Proved {
                    words: say.t1("evidence-proves-item", "title", item.title),
                    href: format!("/desk/items/{}", item.id),
                    detach: None,
                })
            }
            _ => Ok(other(say, &subject)),
        };
        all.push(match found {
            // What was taken out of a draft since then.
            Err(Error::Refusal(Refusal::NotFound)) => other(say, &subject),
            found => found?,
        });
    }
    if !can_change {
        all.iter_mut().for_each(|one| one.detach = None);
    }
    Ok(all)
}

async fn activity(
    conn: &mut Conn,
    say: &Say,
    (agency, piece, id): (AgencyId, &Evidence, &str),
) -> Result<Proved, Error> {
    let found = requirement_store::find(conn, agency, id.parse()?).await?;
    let detach = format!(
        "/desk/evidence/{}/activities/{}/removal",
        piece.id, found.id
    );
    Ok(Proved {
        words: say.t1("evidence-proves-activity", "title", found.title),
        href: format!("/desk/plans/{}/activities/{}", found.plan, found.id),
        detach: Some(detach),
    })
}

/// What another feature attached it to.
fn other(say: &Say, subject: &Subject) -> Proved {
    let words = match subject.kind {
        SubjectKind::SelfScore => say.t("evidence-proves-score"),
        SubjectKind::Component => say.t("evidence-proves-component"),
        _ => subject.to_string(),
    };
    Proved {
        words,
        href: String::new(),
        detach: None,
    }
}

/// The pieces that this one is like, or that are like it.
async fn pairs(
    conn: &mut Conn,
    say: &Say,
    (id, can_change): (EvidenceId, bool),
) -> Result<Vec<Pair>, Error> {
    let all = likeness_store::pairs_of(conn, id).await?;
    let pair = |pair: likeness_store::Pair| {
        let is_newer = pair.newer.0 == id;
        let other = if is_newer { pair.older } else { pair.newer };
        let is_open = can_change && is_newer && pair.kept_because.is_empty();
        Pair {
            href: format!("/desk/evidence/{}", other.0),
            settle: is_open.then(|| format!("/desk/evidence/{id}/older/{}", other.0)),
            title: other.1,
            words: say.t(&format!("evidence-like-{}", pair.likeness.as_str())),
            kept_because: pair.kept_because,
        }
    };
    Ok(all.into_iter().map(pair).collect())
}
