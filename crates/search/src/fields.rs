//! The fields of the index, and an entry written into them.
//!
//! | Field | Tokens | Why |
//! |---|---|---|
//! | `words` | every syllable folded, with positions; atoms | single syllables, exact phrases |
//! | `near` | marked syllables as written; pairs of neighbours folded (`duong sat`) and as written (`duong sat\|đường sắt`) | what decides and ranks most queries: a pair is one posting list, so no positions are read |
//! | `title` | all of these, of the title alone | a word in the title counts more |
//!
//! A pair as written starts with its folded form, so that one scan of the dictionary finds every
//! spelling of it: a half-marked query (`đường sat`) asks for those that agree with its marks.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};
use tantivy::{TantivyDocument, Term};

use crate::Entry;
use crate::reading::{Reader, Reading, Writer};
use crate::spelling::Spelling;

/// Changes whenever the fields, the tokens or the abbreviations do; an index of another number is
/// built again.
pub(crate) const SCHEMA: u32 = 1;

/// The fields by name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    pub id: Field,
    pub number: Field,
    pub agency: Field,
    pub kind: Field,
    pub category: Field,
    pub url: Field,
    pub published: Field,
    pub heading: Field,
    pub text: Field,
    pub words: Field,
    pub near: Field,
    pub title: Field,
}

/// The name of the published field, by which its column is read.
pub(crate) const PUBLISHED: &str = "published";

impl Fields {
    /// The schema and its fields.
    pub fn new() -> (Schema, Self) {
        let indexed = |tokenizer: &str, option| {
            let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer);
            TextOptions::default().set_indexing_options(indexing.set_index_option(option))
        };
        let mut schema = Schema::builder();
        let fields = Self {
            id: schema.add_text_field("id", STRING | STORED),
            number: schema.add_i64_field("number", STORED),
            agency: schema.add_text_field("agency", STRING),
            kind: schema.add_text_field("kind", STRING),
            category: schema.add_text_field("category", STRING),
            url: schema.add_text_field("url", STORED),
            published: schema.add_i64_field(PUBLISHED, STORED | FAST | INDEXED),
            heading: schema.add_text_field("heading", STORED),
            text: schema.add_text_field("text", STORED),
            words: schema.add_text_field(
                "words",
                indexed("words", IndexRecordOption::WithFreqsAndPositions),
            ),
            near: schema.add_text_field("near", indexed("near", IndexRecordOption::WithFreqs)),
            title: schema.add_text_field("title", indexed("title", IndexRecordOption::WithFreqs)),
        };
        (schema.build(), fields)
    }

    /// The term that names an entry.
    pub fn id_term(&self, id: &str) -> Term {
        Term::from_field_text(self.id, id)
    }

    /// An entry as the index keeps it.
    pub fn document(&self, entry: &Entry) -> TantivyDocument {
        let title = base::text::nfc(&entry.title);
        let text = base::text::nfc(&format!("{}\n{}", entry.lead, entry.body));
        let all = format!("{title}\n{text}");
        let mut document = TantivyDocument::new();
        document.add_text(self.id, &entry.id);
        document.add_i64(self.number, entry.number);
        document.add_text(self.agency, &entry.agency);
        document.add_text(self.kind, &entry.kind);
        if let Some(category) = &entry.category {
            document.add_text(self.category, category);
        }
        document.add_text(self.url, &entry.url);
        document.add_i64(self.published, entry.published_at_ms);
        document.add_text(self.heading, &title);
        document.add_text(self.title, &title);
        document.add_text(self.text, &text);
        document.add_text(self.words, &all);
        document.add_text(self.near, &all);
        document
    }
}

/// Gives the index our tokenizers.
pub(crate) fn register(tokenizers: &TokenizerManager) {
    tokenizers.register("words", Analyzer::new(true, false));
    tokenizers.register("near", Analyzer::new(false, true));
    tokenizers.register("title", Analyzer::new(true, true));
}

/// The token of a pair of neighbours, folded.
pub(crate) fn folded_pair(first: &Spelling, second: &Spelling) -> String {
    format!("{} {}", first.folded, second.folded)
}

/// The token of a pair of neighbours as written.
pub(crate) fn exact_pair(first: &Spelling, second: &Spelling) -> String {
    format!(
        "{} {}|{} {}",
        first.folded, second.folded, first.exact, second.exact
    )
}

#[derive(Clone, Debug)]
struct Analyzer {
    reader: Reader,
    has_words: bool,
    has_near: bool,
}

impl Analyzer {
    fn new(has_words: bool, has_near: bool) -> Self {
        Self {
            reader: Reader::default(),
            has_words,
            has_near,
        }
    }

    fn tokens(&self, reading: &Reading) -> Vec<Token> {
        let mut tokens = Vec::with_capacity(reading.syllables.len() * 2);
        let mut push = |text: String, position: usize| {
            tokens.push(Token {
                position,
                text,
                ..Token::default()
            });
        };
        for (i, syllable) in reading.syllables.iter().enumerate() {
            let (spelling, at) = (&*syllable.spelling, syllable.position);
            if self.has_words {
                push(spelling.folded.clone(), at);
            }
            if !self.has_near {
                continue;
            }
            if spelling.is_marked {
                push(spelling.exact.clone(), at);
            }
            let next = reading.syllables.get(i + 1);
            if let Some(next) = next.filter(|next| next.position == at + 1) {
                push(folded_pair(spelling, &next.spelling), at);
                if spelling.is_marked || next.spelling.is_marked {
                    push(exact_pair(spelling, &next.spelling), at);
                }
            }
        }
        if self.has_words {
            for atom in &reading.atoms {
                push(
                    atom.token.clone(),
                    reading.syllables[atom.syllables.start].position,
                );
            }
        }
        tokens
    }
}

impl Tokenizer for Analyzer {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens {
        let reading = self.reader.read(text, Writer::Author);
        Tokens {
            tokens: self.tokens(&reading),
            next: 0,
        }
    }
}

struct Tokens {
    tokens: Vec<Token>,
    next: usize,
}

impl TokenStream for Tokens {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.next - 1]
    }
}
