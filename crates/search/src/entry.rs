//! What goes in and what comes out.

/// One thing that can be found: an article, a procedure, a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its id: an entry added again under the same id replaces the one before.
    pub id: String,
    /// Its short number in the addresses of its agency.
    pub number: i64,
    /// The agency whose entry it is; a query sees one agency.
    pub agency: String,
    /// What kind of thing it is, in the caller's words.
    pub kind: String,
    /// Title, plain text.
    pub title: String,
    /// Lead paragraph, plain text.
    pub lead: String,
    /// Body, plain text with line ends between blocks.
    pub body: String,
    /// The category it is filed under, if any.
    pub category: Option<String>,
    /// Its public address.
    pub url: String,
    /// When it was published, milliseconds since 1970.
    pub published_at_ms: i64,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The words as typed; only the first 512 characters and 32 syllables count.
    pub text: String,
    /// Only this agency's entries.
    pub agency: String,
    /// Only this category, if given.
    pub category: Option<String>,
    /// Only this kind, if given.
    pub kind: Option<String>,
    /// Only what was published at or after this time, milliseconds since 1970.
    pub from_ms: Option<i64>,
    /// Only what was published before this time, milliseconds since 1970.
    pub to_ms: Option<i64>,
    /// How many hits to return, at most 100.
    pub limit: usize,
    /// How many hits to pass over first; `offset + limit` counts to 1,000 and no further.
    pub offset: usize,
}

impl Query {
    /// Asks one agency's entries for some words: the first ten hits of every kind and time.
    pub fn new(agency: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            agency: agency.into(),
            category: None,
            kind: None,
            from_ms: None,
            to_ms: None,
            limit: 10,
            offset: 0,
        }
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// How many entries match, all pages together.
    pub total: usize,
    /// One page of them, best first.
    pub hits: Vec<Hit>,
    /// The marks typed were set aside, because nothing is spelt exactly so.
    pub fallback: bool,
    /// The words were found in the same entry, but not all next to each other as typed.
    pub scattered: bool,
}

/// One entry found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The entry's id.
    pub id: String,
    /// The entry's short number.
    pub number: i64,
    /// The entry's title, plain text.
    pub title: String,
    /// The entry's address.
    pub url: String,
    /// When it was published, milliseconds since 1970.
    pub published_at_ms: i64,
    /// About 40 words around what was found: escaped text in which `<mark>` is the only markup.
    pub snippet_html: String,
}
