//! From what is asked to what is found: the query, its ranking, one page of hits.

use tantivy::collector::{Count, TopDocs};
use tantivy::schema::{Field, Value};
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentReader, TantivyDocument};

use crate::ask::{Ask, Strictness};
use crate::clauses::Builder;
use crate::fields::{Fields, PUBLISHED};
use crate::reading::Reader;
use crate::snippet::Snippets;
use crate::{Hit, Hits, Query, telex};

/// No page reaches beyond this many hits: who looks further should ask more precisely.
const DEPTH_MAX: usize = 1_000;
const LIMIT_MAX: usize = 100;
/// What is newest counts so much more than what is endlessly old.
const RECENCY_BOOST: f32 = 0.3;
const YEAR_MS: f32 = 365.0 * 24.0 * 3_600_000.0;

/// Finds; borrowed for one search.
pub(crate) struct Finder<'a> {
    pub searcher: &'a Searcher,
    pub fields: &'a Fields,
    pub query: &'a Query,
}

impl Finder<'_> {
    /// Tries the query from strict to loose, and returns the first that finds anything.
    pub fn find(&self) -> tantivy::Result<Hits> {
        let mut reader = Reader::default();
        let ask = Ask::read(&self.query.text, &mut reader);
        if ask.is_empty() {
            return Ok(Hits::default());
        }
        for strictness in levels(&ask) {
            let hits = self.find_at(&ask, strictness, &mut reader)?;
            if hits.total > 0 {
                return Ok(hits);
            }
        }
        if let Some(unfolded) = telex::unfold(&self.query.text) {
            let ask = Ask::read(&unfolded, &mut reader);
            let strictness = Strictness {
                is_exact: false,
                is_near: true,
            };
            let hits = self.find_at(&ask, strictness, &mut reader)?;
            return Ok(Hits {
                fallback: hits.total > 0,
                ..hits
            });
        }
        Ok(Hits::default())
    }

    fn find_at(
        &self,
        ask: &Ask,
        strictness: Strictness,
        reader: &mut Reader,
    ) -> tantivy::Result<Hits> {
        let builder = Builder {
            searcher: self.searcher,
            fields: self.fields,
            query: self.query,
        };
        let Some(clause) = builder.clause(ask, strictness)? else {
            return Ok(Hits::default());
        };
        let offset = self.query.offset.min(DEPTH_MAX);
        let limit = self.query.limit.min(LIMIT_MAX).min(DEPTH_MAX - offset);
        // Tantivy refuses a limit of 0; somebody who asks for the total alone may give it.
        let page = TopDocs::with_limit(limit.max(1)).and_offset(offset);
        let newest = self.newest_ms()?;
        let ranked = page.tweak_score(move |segment: &SegmentReader| by_age(segment, newest));
        let (total, found) = self.searcher.search(&clause, &(Count, ranked))?;
        let mut snippets = Snippets::new(ask, strictness, reader);
        let mut hits = Hits {
            total,
            fallback: ask.is_marked() && !strictness.is_exact,
            scattered: !strictness.is_near,
            ..Hits::default()
        };
        for (_, address) in found.into_iter().take(limit) {
            hits.hits.push(self.hit(address, &mut snippets)?);
        }
        Ok(hits)
    }

    fn hit(&self, address: DocAddress, snippets: &mut Snippets) -> tantivy::Result<Hit> {
        let document: TantivyDocument = self.searcher.doc(address)?;
        let text = |field: Field| {
            let value = document.get_first(field);
            value.and_then(|v| v.as_str()).unwrap_or_default()
        };
        let number = |field: Field| {
            let value = document.get_first(field);
            value.and_then(|v| v.as_i64()).unwrap_or_default()
        };
        Ok(Hit {
            id: text(self.fields.id).to_owned(),
            number: number(self.fields.number),
            title: text(self.fields.heading).to_owned(),
            url: text(self.fields.url).to_owned(),
            published_at_ms: number(self.fields.published),
            snippet_html: snippets.of(text(self.fields.text)),
        })
    }

    /// When the newest entry was published.
    fn newest_ms(&self) -> tantivy::Result<i64> {
        let mut newest = i64::MIN;
        for segment in self.searcher.segment_readers() {
            newest = newest.max(segment.fast_fields().i64(PUBLISHED)?.max_value());
        }
        Ok(newest)
    }
}

/// The ways to try, strictest first. Marks are set aside before words are torn apart: a wrong mark
/// is a slip, strewn words are hardly ever what was meant.
fn levels(ask: &Ask) -> Vec<Strictness> {
    let mut levels = Vec::with_capacity(4);
    for is_near in [true, false] {
        for is_exact in [true, false] {
            if (is_exact || ask.is_marked()) && (is_near || ask.can_scatter()) {
                levels.push(Strictness { is_exact, is_near });
            }
        }
    }
    levels
}

/// Scales the score of a document by its age against the newest one, gently: by up to 30 %.
fn by_age(segment: &SegmentReader, newest_ms: i64) -> impl Fn(DocId, Score) -> Score + use<> {
    // A segment without the column cannot be: the index is opened only with our schema.
    let published = segment.fast_fields().i64(PUBLISHED).ok();
    let published = published.map(|column| column.first_or_default_col(0));
    move |document, score| {
        let published_ms = published
            .as_ref()
            .map_or(0, |column| column.get_val(document));
        let age_ms = newest_ms.saturating_sub(published_ms).max(0);
        let years = age_ms as f32 / YEAR_MS;
        score * (1.0 + RECENCY_BOOST / (1.0 + years))
    }
}
