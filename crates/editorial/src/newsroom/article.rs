//! An article, its editions and their states: pure.
//!
//! The article keeps its number and address; an edition has the state; a revision is a saved text
//! that never changes once it was submitted. At most one edition is being worked on, while the one
//! before it stays public.

use base::id::{AccountId, AgencyId, ArticleId, EditionId, RevisionId, RowId, UnitId};
use base::{Actor, Problem, Refusal};
use prose::{Doc, FileRef};

use super::rules::{self, Deed};

/// News or feature (domain R52: *tin*, *bài*).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Genre {
    /// *Tin*: what happened.
    #[default]
    News,
    /// *Bài*: what it means.
    Feature,
}

impl Genre {
    /// The word that tables use.
    pub fn as_str(self) -> &'static str {
        match self {
            Genre::News => "news",
            Genre::Feature => "feature",
        }
    }

    /// The genre of a word; anything unknown is news.
    pub fn of(word: &str) -> Self {
        if word == "feature" {
            Genre::Feature
        } else {
            Genre::News
        }
    }
}

/// Where an edition stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Being written.
    Draft,
    /// Waiting for somebody else to release it.
    Submitted,
    /// Given back with a reason; being written again.
    Returned,
    /// Public.
    Published,
    /// Was public until the next edition.
    Superseded,
    /// Taken from the public with an explanation.
    Withdrawn,
}

impl State {
    const ALL: [State; 6] = [
        State::Draft,
        State::Submitted,
        State::Returned,
        State::Published,
        State::Superseded,
        State::Withdrawn,
    ];

    /// The word that tables, tags and style sheets use.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Submitted => "submitted",
            State::Returned => "returned",
            State::Published => "published",
            State::Superseded => "superseded",
            State::Withdrawn => "withdrawn",
        }
    }

    /// The state of a word, if there is one.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// Whether its text may be written.
    pub fn is_open(self) -> bool {
        matches!(self, State::Draft | State::Returned)
    }
}

/// The document that keeps its address.
#[derive(Clone, Debug)]
pub struct Article {
    /// Its id; the item that it is counted as has the same.
    pub id: ArticleId,
    /// Whose.
    pub agency: AgencyId,
    /// Its number in public addresses.
    pub number: i64,
    /// Its slug in public addresses.
    pub slug: String,
    /// The category in which the public finds it.
    pub category: RowId,
    /// The unit that wrote it.
    pub unit: Option<UnitId>,
    /// The edition that the public sees, if any.
    pub live_edition: Option<EditionId>,
    /// When it first became public.
    pub first_published_at: Option<i64>,
    /// Whether it was taken from the public.
    pub is_withdrawn: bool,
    /// Who began it.
    pub created_by: AccountId,
}

impl Article {
    /// Its public path, without the language.
    pub fn path(&self) -> String {
        format!("/tin/{}-{}", self.slug, self.number)
    }
}

/// A text and who may release it.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Its id.
    pub id: EditionId,
    /// Its article.
    pub article: ArticleId,
    /// Its number, from 1.
    pub no: i64,
    /// Where it stands.
    pub state: State,
    /// News or feature.
    pub genre: Genre,
    /// Its category; the article's own from its release on.
    pub category: RowId,
    /// The text it holds now.
    pub revision: RevisionId,
    /// Who began it.
    pub created_by: AccountId,
    /// Who sent it to be released.
    pub submitted_by: Option<AccountId>,
    /// Who released it.
    pub published_by: Option<AccountId>,
    /// When it became public.
    pub published_at: Option<i64>,
    /// Whether it was released without a second pair of eyes.
    pub is_forced: bool,
    /// Who looked at it afterwards.
    pub confirmed_by: Option<AccountId>,
    /// What changed since the edition before, for the public.
    pub change_note: String,
    /// Why it was taken from the public.
    pub withdrawal: String,
    /// Counts its saves, so that two people do not write over each other.
    pub version: i64,
    /// When it last changed.
    pub changed_at: i64,
}

/// What is written in an edition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    /// Title.
    pub title: String,
    /// Lead paragraph (*sapo*).
    pub lead: String,
    /// The name under it.
    pub author: String,
    /// The body.
    pub body: Doc,
    /// The picture at its head.
    pub image: Option<Picture>,
}

/// A picture with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The file.
    pub file: FileRef,
    /// What it shows, for who cannot see it.
    pub alt: String,
    /// The words under it.
    pub caption: String,
}

/// A saved text.
#[derive(Clone, Debug)]
pub struct Revision {
    /// Its id.
    pub id: RevisionId,
    /// Its number within the edition, from 1.
    pub no: i64,
    /// What it says.
    pub text: Text,
    /// Hash of what it says; a release names it, so that nobody releases what they have not seen.
    pub sha256: String,
    /// Whether it may never change again.
    pub is_sealed: bool,
    /// Who saved it.
    pub saved_by: AccountId,
    /// When.
    pub saved_at: i64,
}

/// A generic caption says nothing; it was printed twice on the page that Loa began with.
const EMPTY_WORDS: [&str; 3] = ["anh minh hoa", "hinh minh hoa", "minh hoa"];

impl Text {
    /// What it lacks to be released: a title, lead, author or body; the words of its picture, or
    /// words that say something.
    pub fn lacks(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (field, is_missing) in [
            ("title", self.title.is_empty()),
            ("lead", self.lead.is_empty()),
            ("author", self.author.is_empty()),
            ("body_text", self.body.is_empty()),
        ] {
            if is_missing {
                problems.push(Problem::at(field, "field-required"));
            }
        }
        let Some(image) = &self.image else {
            return problems;
        };
        if image.alt.is_empty() {
            problems.push(Problem::at("image_alt", "article-alt-missing"));
        }
        for (field, words) in [("image_alt", &image.alt), ("image_caption", &image.caption)] {
            if EMPTY_WORDS.contains(&base::text::fold(words).trim()) {
                problems.push(Problem::at(field, "article-caption-generic"));
            }
        }
        problems
    }

    /// Whether it may be sent to be released.
    ///
    /// # Refusals
    /// What it [lacks](Self::lacks), all at once.
    pub fn check_complete(&self) -> Result<(), Refusal> {
        match self.lacks() {
            problems if problems.is_empty() => Ok(()),
            problems => Err(Refusal::Invalid(problems)),
        }
    }

    /// All files that it shows.
    pub fn files(&self) -> Vec<FileRef> {
        let mut files: Vec<FileRef> = self.image.iter().map(|image| image.file).collect();
        files.extend(self.body.files());
        files
    }
}

impl Edition {
    /// Sends it to be released.
    ///
    /// # Refusals
    /// Not being written; not this person's; incomplete.
    pub fn submit(mut self, actor: &Actor, text: &Text, now: i64) -> Result<Self, Refusal> {
        rules::may(actor, Deed::Submit, &self)?;
        text.check_complete()?;
        self.state = State::Submitted;
        self.submitted_by = Some(actor.account);
        Ok(self.changed(now))
    }

    /// Takes it back to write on.
    ///
    /// # Refusals
    /// Not waiting; not sent by this person.
    pub fn recall(mut self, actor: &Actor, now: i64) -> Result<Self, Refusal> {
        rules::may(actor, Deed::Recall, &self)?;
        self.state = State::Draft;
        self.submitted_by = None;
        Ok(self.changed(now))
    }

    /// Gives it back with a reason.
    ///
    /// # Refusals
    /// Not waiting; no right; no reason.
    pub fn give_back(mut self, actor: &Actor, reason: &str, now: i64) -> Result<Self, Refusal> {
        rules::may(actor, Deed::GiveBack, &self)?;
        if reason.is_empty() {
            return Err(Refusal::at("reason", "field-required"));
        }
        self.state = State::Returned;
        Ok(self.changed(now))
    }

    /// Releases it to the public. `seen` is the hash of the text that the person saw.
    ///
    /// # Refusals
    /// Not waiting; no right; sent or written by the same person (four eyes); another text.
    pub fn publish(
        mut self,
        actor: &Actor,
        revision: &Revision,
        seen: &str,
        now: i64,
    ) -> Result<Self, Refusal> {
        rules::may(actor, Deed::Publish, &self)?;
        rules::refuse_own(actor, &self, revision)?;
        if revision.sha256 != seen {
            return Err(Refusal::Stale);
        }
        self.state = State::Published;
        self.published_by = Some(actor.account);
        self.published_at = Some(now);
        Ok(self.changed(now))
    }

    /// Releases it without a second pair of eyes; the desk shows that it was so until somebody else
    /// has confirmed it.
    ///
    /// # Refusals
    /// Public already; not the director; no reason; incomplete.
    pub fn force(
        mut self,
        actor: &Actor,
        text: &Text,
        reason: &str,
        now: i64,
    ) -> Result<Self, Refusal> {
        rules::may(actor, Deed::Force, &self)?;
        if reason.is_empty() {
            return Err(Refusal::at("reason", "field-required"));
        }
        text.check_complete()?;
        self.state = State::Published;
        self.is_forced = true;
        self.published_by = Some(actor.account);
        self.published_at = Some(now);
        Ok(self.changed(now))
    }

    /// Confirms a forced release afterwards.
    ///
    /// # Refusals
    /// Not forced, or confirmed already; no right; forced, sent, begun or last saved by the same
    /// person.
    pub fn confirm(
        mut self,
        actor: &Actor,
        revision: &Revision,
        now: i64,
    ) -> Result<Self, Refusal> {
        rules::may(actor, Deed::Confirm, &self)?;
        rules::refuse_own(actor, &self, revision)?;
        self.confirmed_by = Some(actor.account);
        Ok(self.changed(now))
    }

    /// Takes it from the public with an explanation that the public reads.
    ///
    /// # Refusals
    /// Not public; no right; no explanation.
    pub fn withdraw(mut self, actor: &Actor, why: &str, now: i64) -> Result<Self, Refusal> {
        rules::may(actor, Deed::Withdraw, &self)?;
        if why.is_empty() {
            return Err(Refusal::at("reason", "field-required"));
        }
        self.state = State::Withdrawn;
        why.clone_into(&mut self.withdrawal);
        Ok(self.changed(now))
    }

    /// Whether it was forced and nobody else has confirmed it yet.
    pub fn awaits_confirmation(&self) -> bool {
        self.state == State::Published && self.is_forced && self.confirmed_by.is_none()
    }

    /// The word of its state for tags: a forced release shows as such until it is confirmed.
    pub fn tag(&self) -> &'static str {
        if self.awaits_confirmation() {
            "forced"
        } else {
            self.state.as_str()
        }
    }

    fn changed(mut self, now: i64) -> Self {
        self.version += 1;
        self.changed_at = now;
        self
    }
}

#[cfg(test)]
#[path = "article_tests.rs"]
mod tests;
