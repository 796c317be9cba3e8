//! The fields of a publication, which two pages share: channel, day, address, file.

use base::id::AgencyId;
use base::{Error, Fault, Refusal};
use base::{Subject, SubjectKind};
use db::Conn;
use house::evidence::CapturedFile;
use house::files::{self, NewFile};
use serde_json::json;
use web::{By, Choice, Form, Problems, Say};

use crate::Editorial;
use crate::channels::registration::{NEW_CHANNEL, Proof, is_proof};
use crate::items::item::CHANNEL_KINDS;
use crate::items::item_store;

/// What the fields offer.
pub struct Fields {
    /// The agency's channels, with their kinds.
    pub channels: Vec<Choice>,
    /// The kinds of a new channel.
    pub kinds: Vec<Choice>,
    /// Name of a file that was kept when the form came with mistakes.
    pub kept_file: String,
    /// Whether something was registered before, so that the box for a meant repeat shows.
    pub is_repeat: bool,
}

impl Fields {
    /// Loads what the fields offer.
    ///
    /// # Faults
    /// The database does not answer.
    pub async fn load(
        conn: &mut Conn,
        agency: AgencyId,
        say: &Say,
        form: &Form,
    ) -> Result<Self, Fault> {
        let mut channels = vec![Choice::new("", say.t("item-choose"))];
        for channel in item_store::channels(conn, agency).await? {
            let kind = say.t(&format!("channel-kind-{}", channel.kind));
            channels.push(Choice::new(
                channel.id,
                format!("{} · {kind}", channel.name),
            ));
        }
        channels.push(Choice::new(NEW_CHANNEL, say.t("item-channel-new")));
        let kinds = CHANNEL_KINDS
            .iter()
            .map(|kind| Choice::new(kind, say.t(&format!("channel-kind-{kind}"))))
            .collect();
        let kept_file = form.value("file_name").to_owned();
        Ok(Self {
            channels,
            kinds,
            kept_file,
            is_repeat: form.has("anyway", "1"),
        })
    }

    /// The same fields after a refusal: shows the box for a meant repeat if that was the reason.
    #[must_use]
    pub fn after(mut self, refusal: &Refusal) -> Self {
        if let Refusal::Invalid(problems) = refusal {
            let is_repeat = |key: &str| matches!(key, "item-link-known" | "item-file-known");
            self.is_repeat |= problems.iter().any(|problem| is_repeat(problem.key));
        }
        self
    }
}

/// The file of a form: the one that was just sent, or the one that was kept before; none if the form
/// has none.
///
/// # Refusals
/// Those of [`Proof::of`]; `item-file-kind` for a kept file that proves nothing.
pub async fn proof(editorial: &Editorial, by: &By, form: &Form) -> Result<Option<Proof>, Error> {
    if let Some(upload) = form.upload("file") {
        return Ok(Some(Proof::of(&upload.name, &upload.bytes)?));
    }
    let sha256 = form.value("file_sha256");
    if sha256.is_empty() {
        return Ok(None);
    }
    // Only a file of this agency may be named, or a hash would open another's.
    let mut read = editorial.db.read().await?;
    let used = files::find_use(&mut read, by.actor().agency, sha256).await?;
    let row = files::find(&mut read, sha256).await?;
    if !is_proof(&row.media_type) {
        return Err(Refusal::at("file", "item-file-kind").into());
    }
    Ok(Some(Proof::Kept(CapturedFile {
        name: used.name,
        media_type: row.media_type,
        sha256: row.sha256,
        size: u64::try_from(row.size_bytes).unwrap_or(0),
    })))
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
        Some(Proof::Sent {
            name,
            media_type,
            bytes,
        }) => {
            let mut act = editorial.db.act().await?;
            let file = NewFile {
                agency: by.actor().agency,
                name,
                media_type,
                by: Some(by.actor().account),
                is_public: false,
            };
            let now = editorial.clock.now_ms();
            let sha256 = editorial.files.put(&mut act, bytes, file, now).await?;
            let subject = Subject::new(SubjectKind::Agency, by.actor().agency);
            let data = json!({ "sha256": sha256 });
            editorial
                .record(&mut act, by.actor(), "file.add", subject, data)
                .await?;
            act.commit().await?;
            form.set("file_sha256", sha256);
            form.set("file_name", name.clone());
        }
    }
    Ok(form)
}

/// The problems of a refusal; none without one.
pub fn problems(refusal: Option<&Refusal>, say: &Say) -> Problems {
    refusal.map_or_else(Problems::none, |refusal| Problems::of(refusal, say))
}
