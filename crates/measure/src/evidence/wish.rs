//! What somebody looks for in the register.

use base::id::{ActivityId, UnitId};
use base::text::fold;
use house::evidence::EvidenceKind;
use jiff::civil::Date;
use serde::Deserialize;
use web::Form;

/// Most words that a search looks for; further ones narrow nothing.
const WORDS_MAX: usize = 5;

/// Which pieces, by whether they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Those that stand.
    #[default]
    Standing,
    /// Those that were withdrawn.
    Withdrawn,
    /// Both.
    All,
}

impl Standing {
    /// Every choice.
    pub const ALL: [Standing; 3] = [Standing::Standing, Standing::Withdrawn, Standing::All];

    /// The word that addresses use.
    pub fn as_str(self) -> &'static str {
        match self {
            Standing::Standing => "standing",
            Standing::Withdrawn => "withdrawn",
            Standing::All => "all",
        }
    }
}

/// What the address asks for, as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    kind: Option<String>,
    unit: Option<String>,
    activity: Option<String>,
    from: Option<String>,
    to: Option<String>,
    q: Option<String>,
    state: Option<String>,
}

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Only this kind.
    pub kind: Option<EvidenceKind>,
    /// Only what this unit did.
    pub unit: Option<UnitId>,
    /// Only what proves this activity, or an item that fulfils it.
    pub activity: Option<ActivityId>,
    /// From this day.
    pub from: Option<Date>,
    /// To this day.
    pub to: Option<Date>,
    /// With all these words.
    pub words: String,
    /// Whether it stands.
    pub standing: Standing,
}

impl Wish {
    /// Reads an address; what means nothing is left out.
    pub fn of(asked: &Asked) -> Self {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let days = Form::filled([("from", text(&asked.from)), ("to", text(&asked.to))]);
        let mut check = days.check();
        let (from, to) = (check.date("from"), check.date("to"));
        let state = text(&asked.state);
        let standing = Standing::ALL.into_iter().find(|one| one.as_str() == state);
        Self {
            kind: EvidenceKind::parse(&text(&asked.kind)),
            unit: text(&asked.unit).parse().ok(),
            activity: text(&asked.activity).parse().ok(),
            from,
            to,
            words: base::text::clean_line(&text(&asked.q))
                .chars()
                .take(200)
                .collect(),
            standing: standing.unwrap_or_default(),
        }
    }

    /// As the fields of the form that asked.
    pub fn form(&self) -> Form {
        let day = |day: Option<Date>| day.map(base::calendar::date_short).unwrap_or_default();
        let id = |id: Option<String>| id.unwrap_or_default();
        Form::filled([
            (
                "kind",
                self.kind.map_or("", EvidenceKind::as_str).to_owned(),
            ),
            ("unit", id(self.unit.map(|id| id.to_string()))),
            ("activity", id(self.activity.map(|id| id.to_string()))),
            ("from", day(self.from)),
            ("to", day(self.to)),
            ("q", self.words.clone()),
            ("state", self.standing.as_str().to_owned()),
        ])
    }

    /// The query of the address that asks for this; empty when nothing is asked.
    pub fn query(&self) -> String {
        let form = self.form();
        let fields = ["kind", "unit", "activity", "from", "to", "q", "state"];
        let parts: Vec<String> = fields
            .into_iter()
            .map(|field| (field, form.value(field)))
            .filter(|(field, value)| {
                !value.is_empty() && (*field != "state" || self.standing != Standing::Standing)
            })
            .map(|(field, value)| format!("{field}={}", escape(value)))
            .collect();
        match parts.is_empty() {
            true => String::new(),
            false => format!("?{}", parts.join("&")),
        }
    }

    /// What the words of a piece must be like: one pattern for each word that is looked for.
    pub fn patterns(&self) -> [String; WORDS_MAX] {
        let mut patterns = std::array::from_fn(|_| "%".to_owned());
        for (pattern, word) in patterns
            .iter_mut()
            .zip(fold(&self.words).split_whitespace())
        {
            let word = word
                .replace('!', "!!")
                .replace('%', "!%")
                .replace('_', "!_");
            *pattern = format!("%{word}%");
        }
        patterns
    }
}

fn escape(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    text.bytes()
        .map(|byte| match plain(byte) {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn asked(q: &str, from: &str, state: &str) -> Asked {
        let some = |text: &str| Some(text.to_owned());
        Asked {
            q: some(q),
            from: some(from),
            state: some(state),
            kind: some("minutes"),
            ..Asked::default()
        }
    }

    #[test]
    fn words_are_looked_for_without_accents_and_signs_stand_for_themselves() {
        let wish = Wish::of(&asked("Hội nghị 50%", "", ""));
        let [one, two, three, four, five] = wish.patterns();
        assert_eq!([one, two, three], ["%hoi%", "%nghi%", "%50!%%"]);
        assert_eq!([four, five], ["%", "%"]);
        let many = Wish::of(&asked("a b c d e f g", "", ""));
        assert_eq!(many.patterns()[4], "%e%");
    }

    #[test]
    fn what_was_asked_is_asked_again_by_its_address() {
        let wish = Wish::of(&asked("một cửa", "06/03/2023", "withdrawn"));
        assert_eq!(wish.from, Some(date(2023, 3, 6)));
        assert_eq!(
            wish.query(),
            "?kind=minutes&from=06%2F03%2F2023&q=m%E1%BB%99t%20c%E1%BB%ADa&state=withdrawn"
        );
        assert_eq!(Wish::default().query(), "");
        assert_eq!(
            Wish::of(&asked("", "31/02/2023", "x")).standing,
            Standing::Standing
        );
    }
}
