//! What an act, a file or a piece of evidence is about: a kind and an id.

use std::fmt;

/// The kinds of things that acts are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SubjectKind {
    /// An agency.
    Agency,
    /// A unit.
    Unit,
    /// An account.
    Account,
    /// A plan.
    Plan,
    /// A task.
    Task,
    /// An activity.
    Activity,
    /// A programme of the agency.
    Programme,
    /// An item of work.
    Item,
    /// An article.
    Article,
    /// A publication on a channel.
    Publication,
    /// A piece of evidence.
    Evidence,
    /// A report.
    Report,
    /// A yearly round of scoring.
    Round,
    /// A criteria set.
    CriteriaSet,
    /// A published index.
    Index,
    /// A component of a criteria set.
    Component,
    /// What a unit or agency scored itself for a component.
    SelfScore,
}

impl SubjectKind {
    /// Every kind.
    pub const ALL: [SubjectKind; 17] = [
        SubjectKind::Agency,
        SubjectKind::Unit,
        SubjectKind::Account,
        SubjectKind::Plan,
        SubjectKind::Task,
        SubjectKind::Activity,
        SubjectKind::Programme,
        SubjectKind::Item,
        SubjectKind::Article,
        SubjectKind::Publication,
        SubjectKind::Evidence,
        SubjectKind::Report,
        SubjectKind::Round,
        SubjectKind::CriteriaSet,
        SubjectKind::Index,
        SubjectKind::Component,
        SubjectKind::SelfScore,
    ];

    /// The word that tables and the log use.
    pub fn as_str(self) -> &'static str {
        match self {
            SubjectKind::Agency => "agency",
            SubjectKind::Unit => "unit",
            SubjectKind::Account => "account",
            SubjectKind::Plan => "plan",
            SubjectKind::Task => "task",
            SubjectKind::Activity => "activity",
            SubjectKind::Programme => "programme",
            SubjectKind::Item => "item",
            SubjectKind::Article => "article",
            SubjectKind::Publication => "publication",
            SubjectKind::Evidence => "evidence",
            SubjectKind::Report => "report",
            SubjectKind::Round => "round",
            SubjectKind::CriteriaSet => "criteria_set",
            SubjectKind::Index => "index",
            SubjectKind::Component => "component",
            SubjectKind::SelfScore => "self_score",
        }
    }

    /// The kind of a word, if there is one.
    pub fn parse(word: &str) -> Option<SubjectKind> {
        SubjectKind::ALL
            .into_iter()
            .find(|kind| kind.as_str() == word)
    }
}

/// One thing: what kind it is and its id as text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Subject {
    /// What kind of thing.
    pub kind: SubjectKind,
    /// Its id, as text.
    pub id: String,
}

impl Subject {
    /// The thing of this kind with this id.
    pub fn new(kind: SubjectKind, id: impl fmt::Display) -> Self {
        Self {
            kind,
            id: id.to_string(),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind.as_str(), self.id)
    }
}
