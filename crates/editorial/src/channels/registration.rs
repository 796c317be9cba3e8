//! What a person writes to register something published elsewhere, read and checked all at once.

use base::id::{ActivityId, ChannelId, UnitId};
use base::limits::TITLE_CHARS_MAX;
use base::{Problem, Refusal};
use house::evidence::CapturedFile;
use house::files::{image, sniff};
use jiff::civil::Date;
use web::Form;

use crate::items::item::CHANNEL_KINDS;

/// What the channel field sends for a channel that is not in the list yet.
pub const NEW_CHANNEL: &str = "new";

/// A new item with its first publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// What it is called.
    pub title: String,
    /// Who made it, as signed; may be empty.
    pub author: String,
    /// Which unit did it.
    pub unit: Option<UnitId>,
    /// The activities that it fulfils.
    pub activities: Vec<ActivityId>,
    /// Where and when it appeared.
    pub appearance: Appearance,
}

/// One publication: where, when, at which address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appearance {
    /// The channel.
    pub channel: ChosenChannel,
    /// The day.
    pub published_on: Date,
    /// The address; empty when it has none.
    pub link: String,
    /// Whether it is registered although its link or file was registered before.
    pub is_repeat_meant: bool,
}

/// A channel of the list, or a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChosenChannel {
    /// One of the agency's channels.
    Known(ChannelId),
    /// One to be added.
    New {
        /// Its kind, one of [`CHANNEL_KINDS`].
        kind: String,
        /// Its name.
        name: String,
    },
}

/// The file that proves a publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Bytes that came with the form, without the metadata of a camera.
    Sent {
        /// Its name on the sender's machine.
        name: String,
        /// Our type of it.
        media_type: &'static str,
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// A file that was kept when the form came with mistakes before.
    Kept(CapturedFile),
}

impl Proof {
    /// Checks a file: a PDF, an image (whose metadata is taken off) or a saved page (MHTML).
    ///
    /// # Refusals
    /// `item-file-kind`; those of [`image::check`].
    pub fn of(name: &str, bytes: &[u8]) -> Result<Self, Refusal> {
        let (media_type, ending) = sniff::kind(bytes);
        let name = if name.trim().is_empty() {
            format!("tep.{ending}")
        } else {
            name.to_owned()
        };
        if sniff::is_image(media_type) {
            let image = image::check(bytes, "file")?;
            return Ok(Self::Sent {
                name,
                media_type: image.media_type,
                bytes: image.bytes,
            });
        }
        if !is_proof(media_type) {
            return Err(Refusal::at("file", "item-file-kind"));
        }
        Ok(Self::Sent {
            name,
            media_type,
            bytes: bytes.to_vec(),
        })
    }

    /// The description of the file, as evidence names it.
    pub fn captured(&self) -> CapturedFile {
        match self {
            Self::Sent {
                name,
                media_type,
                bytes,
            } => CapturedFile::of(name, media_type, bytes),
            Self::Kept(file) => file.clone(),
        }
    }
}

/// Whether a file of this type proves a publication.
pub fn is_proof(media_type: &str) -> bool {
    sniff::is_image(media_type) || matches!(media_type, "application/pdf" | "multipart/related")
}

impl Registration {
    /// Reads the form of a new item.
    ///
    /// # Refusals
    /// Everything that is missing or wrong, each at its field.
    pub fn of(form: &Form, has_file: bool, today: Date) -> Result<Self, Refusal> {
        let mut check = form.check();
        let title = check.required_line("title", TITLE_CHARS_MAX);
        let author = check.line_of("author", 120);
        let unit = check.parse::<UnitId>("unit");
        let own = check.done();
        let activities = form
            .all("activities")
            .iter()
            .filter_map(|id| id.parse().ok())
            .collect();
        match (own, Appearance::of(form, has_file, today)) {
            (Ok(()), Ok(appearance)) => Ok(Self {
                title,
                author,
                unit,
                activities,
                appearance,
            }),
            (own, appearance) => {
                let refusals = [own.err(), appearance.err()];
                Err(together(refusals.into_iter().flatten()))
            }
        }
    }
}

impl Appearance {
    /// Reads the fields of one publication.
    ///
    /// # Refusals
    /// Everything that is missing or wrong, each at its field: no channel, no day or one to come, an
    /// address that is none, neither address nor file, no file where a box does not say that there
    /// is none.
    pub fn of(form: &Form, has_file: bool, today: Date) -> Result<Self, Refusal> {
        let mut check = form.check();
        let mut channel = None;
        if form.value("channel") == NEW_CHANNEL {
            let name = check.required_line("channel_name", 200);
            let kind = form.value("channel_kind").to_owned();
            if !CHANNEL_KINDS.contains(&kind.as_str()) {
                check.add(Problem::at("channel_kind", "field-choice"));
            }
            channel = Some(ChosenChannel::New { kind, name });
        } else if let Some(known) = check.parse::<ChannelId>("channel") {
            channel = Some(ChosenChannel::Known(known));
        } else if form.value("channel").trim().is_empty() {
            check.missing("channel");
        }
        let published_on = check.date("published_on");
        if form.value("published_on").trim().is_empty() {
            check.missing("published_on");
        }
        if published_on.is_some_and(|day| day > today) {
            check.add(Problem::at("published_on", "item-day-to-come"));
        }
        let link = check.line_of("link", 2_000);
        if !link.is_empty() && link_key(&link).is_none() {
            check.add(Problem::at("link", "item-link-bad"));
        }
        if !has_file && link.is_empty() {
            check.add(Problem::at("file", "item-proof-missing"));
        } else if !has_file && !form.has("without_file", "1") {
            check.add(Problem::at("file", "item-file-asked"));
        }
        check.done()?;
        Ok(Self {
            channel: channel.ok_or(Refusal::NotFound)?,
            published_on: published_on.ok_or(Refusal::NotFound)?,
            link,
            is_repeat_meant: form.has("anyway", "1"),
        })
    }
}

/// Several refusals as one: all problems, or the first refusal that is of another kind.
pub fn together(refusals: impl IntoIterator<Item = Refusal>) -> Refusal {
    let mut all = Vec::new();
    for refusal in refusals {
        match refusal {
            Refusal::Invalid(problems) => all.extend(problems),
            other => return other,
        }
    }
    Refusal::Invalid(all)
}

/// By what two addresses are the same: without scheme, `www.`, fragment and closing stroke, the host
/// in small letters. `None` when it is no address of the web.
pub fn link_key(link: &str) -> Option<String> {
    let link = link.trim();
    let (scheme, rest) = link.split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let is_clean = !rest.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\');
    if !is_web || !is_clean {
        return None;
    }
    let rest = rest.split('#').next().unwrap_or_default();
    let cut = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(cut);
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let is_host = host.contains('.') && !host.starts_with('.') && !host.contains('@');
    is_host.then(|| format!("{host}{}", path.trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2023, 3, 20);

    fn form(values: &[(&str, &str)]) -> Form {
        Form::filled(
            values
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned())),
        )
    }

    fn fields(refusal: &Refusal) -> Vec<&'static str> {
        match refusal {
            Refusal::Invalid(problems) => problems.iter().filter_map(|found| found.field).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn an_empty_form_names_every_missing_field_at_once() {
        let refusal = Registration::of(&form(&[]), false, TODAY).unwrap_err();
        assert_eq!(
            fields(&refusal),
            ["title", "channel", "published_on", "file"]
        );
        assert_eq!(refusal.code(), "field-required");
    }

    #[test]
    fn a_link_alone_asks_for_a_file_until_the_box_says_there_is_none() {
        let mut values = vec![
            ("channel", "new"),
            ("channel_kind", "newspaper"),
            ("channel_name", "Báo Bình Định"),
            ("published_on", "06/03/2023"),
            ("link", "https://bao.example/tin"),
        ];
        let refusal = Appearance::of(&form(&values), false, TODAY).unwrap_err();
        assert_eq!(refusal.code(), "item-file-asked");
        values.push(("without_file", "1"));
        let read = Appearance::of(&form(&values), false, TODAY).unwrap();
        assert_eq!(read.published_on, date(2023, 3, 6));
        assert!(matches!(read.channel, ChosenChannel::New { .. }));
    }

    #[test]
    fn a_file_alone_is_enough_but_a_day_to_come_is_not_a_publication() {
        let channel = base::id::Uuid::nil().to_string();
        let read = |day: &str| {
            let values = [("channel", channel.as_str()), ("published_on", day)];
            Appearance::of(&form(&values), true, TODAY)
        };
        assert!(read("2023-03-20").is_ok());
        assert_eq!(read("21/03/2023").unwrap_err().code(), "item-day-to-come");
    }

    #[test]
    fn two_spellings_of_an_address_are_the_same() {
        let key = link_key("https://www.Bao.example/Tin/1/#x").unwrap();
        assert_eq!(key, "bao.example/Tin/1");
        assert_eq!(link_key("http://bao.example/Tin/1"), Some(key));
        assert_ne!(
            link_key("https://bao.example/?id=1"),
            link_key("https://bao.example/?id=2")
        );
        for bad in [
            "bao.example",
            "ftp://a.b",
            "https://",
            "https://a b.c",
            "javascript:alert(1)",
            "https://x@a.b",
        ] {
            assert_eq!(link_key(bad), None, "{bad}");
        }
    }

    #[test]
    fn only_pdf_images_and_saved_pages_are_proof() {
        assert!(Proof::of("a.pdf", b"%PDF-1.7").is_ok());
        assert!(Proof::of("a.mhtml", b"From: <x>").is_ok());
        let page = Proof::of("a.pdf", b"<html>").unwrap_err();
        assert_eq!(page, Refusal::at("file", "item-file-kind"));
        assert_eq!(
            Proof::of("a.png", b"\x89PNG\r\n\x1a\n").unwrap_err().code(),
            "image-broken"
        );
        assert!(!is_proof("text/html; charset=utf-8"));
    }
}
