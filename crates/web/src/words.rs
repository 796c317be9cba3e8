//! Words in two languages, from Fluent files that stand beside each feature.

use std::fmt::Display;

use base::Fault;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// The reader's language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Vietnamese, the first language of every page.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// The code used in `html[lang]`, tables and addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Lang::Vi => "vi",
            Lang::En => "en",
        }
    }

    /// The language of a code; anything unknown is Vietnamese.
    pub fn of(code: &str) -> Lang {
        if code == "en" { Lang::En } else { Lang::Vi }
    }

    /// What public addresses of this language begin with: nothing, or `/en`.
    pub fn prefix(self) -> &'static str {
        match self {
            Lang::Vi => "",
            Lang::En => "/en",
        }
    }
}

/// The words of one feature, in both languages, as Fluent text.
#[derive(Clone, Copy, Debug)]
pub struct WordFile {
    /// Which feature, for messages about mistakes in the file.
    pub name: &'static str,
    /// Vietnamese.
    pub vi: &'static str,
    /// English.
    pub en: &'static str,
}

/// All words of the house.
pub struct Dictionary {
    vi: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
}

impl Dictionary {
    /// Reads the files.
    ///
    /// # Faults
    /// A file is not Fluent, or a key stands in two files.
    pub fn new(files: &[WordFile]) -> Result<Self, Fault> {
        let mut vi = FluentBundle::new_concurrent(vec![locale(Lang::Vi)?]);
        let mut en = FluentBundle::new_concurrent(vec![locale(Lang::En)?]);
        for file in files {
            add(&mut vi, file.name, file.vi)?;
            add(&mut en, file.name, file.en)?;
        }
        Ok(Self { vi, en })
    }

    /// The words in one language.
    pub fn say(&'static self, lang: Lang) -> Say {
        Say {
            lang,
            dictionary: self,
        }
    }

    fn bundle(&self, lang: Lang) -> &FluentBundle<FluentResource> {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

fn locale(lang: Lang) -> Result<LanguageIdentifier, Fault> {
    lang.as_str()
        .parse()
        .map_err(|error| Fault::from_source("not a language", error))
}

fn add(bundle: &mut FluentBundle<FluentResource>, name: &str, text: &str) -> Result<(), Fault> {
    // Isolation marks would end up in titles, feeds and copied text.
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(text.to_owned())
        .map_err(|(_, errors)| Fault::new(format!("words of {name}: {errors:?}")))?;
    bundle
        .add_resource(resource)
        .map_err(|errors| Fault::new(format!("words of {name}: {errors:?}")))
}

/// Speaks one language. Cheap to copy; every page has one.
#[derive(Clone, Copy)]
pub struct Say {
    /// Which language.
    pub lang: Lang,
    dictionary: &'static Dictionary,
}

impl Say {
    /// The message of a key. An unknown key is shown as itself, so that it is seen.
    pub fn t(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// The message with one value.
    pub fn t1(&self, key: &str, name: &str, value: impl Display) -> String {
        self.with(key, &[(name, &value.to_string())])
    }

    /// The message with two values.
    pub fn t2(&self, key: &str, a: (&str, &dyn Display), b: (&str, &dyn Display)) -> String {
        self.with(key, &[(a.0, &a.1.to_string()), (b.0, &b.1.to_string())])
    }

    /// The message of a number: `count` chooses the plural form.
    pub fn n(&self, key: &str, count: i64) -> String {
        let mut args = FluentArgs::new();
        args.set("count", count);
        self.format(key, Some(&args))
    }

    /// The message with these values.
    pub fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(*name, FluentValue::from(*value));
        }
        self.format(key, Some(&args))
    }

    /// Whether there is a message of this key.
    pub fn knows(&self, key: &str) -> bool {
        self.dictionary.bundle(self.lang).has_message(key)
    }

    fn format(&self, key: &str, args: Option<&FluentArgs>) -> String {
        let bundle = self.dictionary.bundle(self.lang);
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::warn!(key, lang = self.lang.as_str(), "no such words");
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let text = bundle
            .format_pattern(pattern, args, &mut errors)
            .into_owned();
        if !errors.is_empty() {
            tracing::warn!(key, ?errors, "words without their values");
        }
        text
    }
}
