//! A file that comes with a form as proof: taken, kept while the form has mistakes elsewhere, and put
//! among the files.

use base::{Actor, Error, Fault, Refusal, Subject, SubjectKind};
use db::Act;
use house::evidence::{self, CapturedFile, Picture};
use house::files::{self, NewFile, sniff};
use serde_json::json;
use web::{By, Form};

use super::proof::{Proof, is_proof};
use crate::Editorial;

/// The file of a form: the one that was just sent, or the one that was kept before; none if the form
/// has none.
///
/// # Refusals
/// Those of [`Proof::of`]; `item-file-kind` for a kept file that proves nothing.
pub async fn proof(editorial: &Editorial, by: &By, form: &Form) -> Result<Option<Proof>, Error> {
    accepted(editorial, by, form, is_proof).await
}

/// The file of a form as [`proof`] finds it, from a wider or narrower choice of types.
///
/// # Refusals
/// Those of [`Proof::accepted`] and of [`evidence::picture_of`]; `item-file-kind` for a kept file of
/// another type.
pub async fn accepted(
    editorial: &Editorial,
    by: &By,
    form: &Form,
    accepts: fn(&str) -> bool,
) -> Result<Option<Proof>, Error> {
    if let Some(upload) = form.upload("file") {
        let mut proof = Proof::accepted(&upload.name, &upload.bytes, accepts)?;
        // A picture that cannot be decoded proves nothing: told now, while the form can be mended.
        if let Proof::Sent {
            media_type,
            bytes,
            picture,
            ..
        } = &mut proof
        {
            *picture = evidence::picture_of(media_type, bytes.clone()).await?;
        }
        return Ok(Some(proof));
    }
    let sha256 = form.value("file_sha256");
    if sha256.is_empty() {
        return Ok(None);
    }
    // Only a file of this agency may be named, or a hash would open another's.
    let mut read = editorial.db.read().await?;
    let used = files::find_use(&mut read, by.actor().agency, sha256).await?;
    let row = files::find(&mut read, sha256).await?;
    if !accepts(&row.media_type) {
        return Err(Refusal::at("file", "item-file-kind").into());
    }
    Ok(Some(Proof::Kept(CapturedFile {
        name: used.name,
        media_type: row.media_type,
        sha256: row.sha256,
        size: u64::try_from(row.size_bytes).unwrap_or(0),
    })))
}

/// What the picture among the proof looks like: one entry for its file, none without one.
///
/// # Refusals
/// `image-broken`, `image-too-large`: the picture cannot be decoded.
/// # Faults
/// A kept file cannot be read.
pub async fn pictures(
    editorial: &Editorial,
    proof: Option<&Proof>,
) -> Result<Vec<Option<Picture>>, Error> {
    let (media_type, bytes) = match proof {
        None => return Ok(Vec::new()),
        Some(Proof::Sent {
            picture: Some(picture),
            ..
        }) => return Ok(vec![Some(*picture)]),
        Some(Proof::Sent {
            media_type, bytes, ..
        }) => (*media_type, bytes.clone()),
        Some(Proof::Kept(file)) if sniff::is_image(&file.media_type) => (
            file.media_type.as_str(),
            editorial.files.read(&file.sha256).await?,
        ),
        Some(Proof::Kept(_)) => return Ok(vec![None]),
    };
    Ok(vec![evidence::picture_of(media_type, bytes).await?])
}

/// Keeps the file of a form that came with mistakes elsewhere, and makes the form name it: a browser
/// cannot send a chosen file twice.
///
/// # Faults
/// The disk or the database refuses it.
pub async fn keep(
    editorial: &Editorial,
    by: &By,
    mut form: Form,
    proof: Option<&Proof>,
) -> Result<Form, Fault> {
    match proof {
        None => form.set("file_name", ""),
        Some(Proof::Kept(file)) => form.set("file_name", file.name.clone()),
        Some(Proof::Sent { name, .. }) => {
            let mut act = editorial.db.act().await?;
            let sha256 = put(editorial, &mut act, by.actor(), proof).await?;
            let subject = Subject::new(SubjectKind::Agency, by.actor().agency);
            let data = json!({ "sha256": sha256 });
            editorial
                .record(&mut act, by.actor(), "file.add", subject, data)
                .await?;
            act.commit().await?;
            form.set("file_sha256", sha256.unwrap_or_default());
            form.set("file_name", name.clone());
        }
    }
    Ok(form)
}

/// Puts a file that was just sent among the files of the actor's agency; returns its hash. One that
/// was kept before is there already.
///
/// # Faults
/// The disk or the database refuses it.
pub async fn put(
    editorial: &Editorial,
    act: &mut Act,
    actor: &Actor,
    proof: Option<&Proof>,
) -> Result<Option<String>, Fault> {
    let Some(Proof::Sent {
        name,
        media_type,
        bytes,
        ..
    }) = proof
    else {
        return Ok(None);
    };
    let file = NewFile {
        agency: actor.agency,
        name,
        media_type,
        by: Some(actor.account),
        is_public: false,
    };
    let now = editorial.clock.now_ms();
    Ok(Some(editorial.files.put(act, bytes, file, now).await?))
}
