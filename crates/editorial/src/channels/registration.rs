//! What a person writes to register something published elsewhere, read and checked all at once.

use base::id::{ActivityId, ChannelId, UnitId};
use base::limits::TITLE_CHARS_MAX;
use base::{Problem, Refusal};
use jiff::civil::Date;
use web::Form;

use crate::items::item::CHANNEL_KINDS;
use crate::items::proof::link_key;

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
}
