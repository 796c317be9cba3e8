//! The fields of a publication, which two pages share: channel, day, address, file.

use base::id::AgencyId;
use base::{Fault, Refusal};
use db::Conn;
use web::{Choice, Form, Problems, Say};

use crate::channels::registration::NEW_CHANNEL;
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
            let is_repeat = |key: &str| {
                matches!(
                    key,
                    "item-link-known" | "item-file-known" | "item-picture-known"
                )
            };
            self.is_repeat |= problems.iter().any(|problem| is_repeat(problem.key));
        }
        self
    }
}

/// The problems of a refusal; none without one.
pub fn problems(refusal: Option<&Refusal>, say: &Say) -> Problems {
    refusal.map_or_else(Problems::none, |refusal| Problems::of(refusal, say))
}
