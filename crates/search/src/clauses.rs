//! The clauses that a query becomes: what is required, and what only ranks.

use std::collections::BTreeSet;
use std::ops::Bound;

use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, Occur, PhraseQuery, Query as Clause, RangeQuery,
    TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Score, Searcher, Term};

use crate::Query;
use crate::ask::{Ask, Run, Strictness};
use crate::fields::{Fields, exact_pair, folded_pair};
use crate::spelling::Spelling;

/// So many spellings of one pair are asked for, so many numbers that begin alike.
const SPELLINGS_MAX: usize = 32;
/// A word in the title counts so much more than one in the text.
const TITLE_BOOST: Score = 2.0;

type Clauses = Vec<(Occur, Box<dyn Clause>)>;

/// Turns what is asked into clauses; the dictionary of the index is needed for it.
pub(crate) struct Builder<'a> {
    pub searcher: &'a Searcher,
    pub fields: &'a Fields,
    pub query: &'a Query,
}

impl Builder<'_> {
    /// The whole query, or `None` if it cannot match.
    pub fn clause(
        &self,
        ask: &Ask,
        strictness: Strictness,
    ) -> tantivy::Result<Option<BooleanQuery>> {
        let mut clauses = self.filters()?;
        for atom in &ask.atoms {
            let Some(clause) = self.atom(atom)? else {
                return Ok(None);
            };
            clauses.push((Occur::Must, clause));
            let title = term(self.fields.title, atom);
            clauses.push((Occur::Should, boosted(title)));
        }
        for run in &ask.runs {
            if !self.add_run(&mut clauses, run, strictness)? {
                return Ok(None);
            }
        }
        Ok(Some(BooleanQuery::new(clauses)))
    }

    fn filters(&self) -> tantivy::Result<Clauses> {
        let fields = self.fields;
        let mut clauses = Clauses::new();
        let mut must = |clause: Box<dyn Clause>| {
            let silent = ConstScoreQuery::new(clause, 0.0);
            clauses.push((Occur::Must, Box::new(silent)));
        };
        if !self.is_all(&Term::from_field_text(fields.agency, &self.query.agency))? {
            must(term(fields.agency, &self.query.agency));
        }
        if let Some(category) = &self.query.category {
            must(term(fields.category, category));
        }
        if let Some(kind) = &self.query.kind {
            must(term(fields.kind, kind));
        }
        let bound = |ms| Term::from_field_i64(fields.published, ms);
        let (from, to) = (self.query.from_ms, self.query.to_ms);
        if from.is_some() || to.is_some() {
            must(Box::new(RangeQuery::new(
                from.map_or(Bound::Unbounded, |ms| Bound::Included(bound(ms))),
                to.map_or(Bound::Unbounded, |ms| Bound::Excluded(bound(ms))),
            )));
        }
        Ok(clauses)
    }

    /// Whether every entry has the term: then it need not be asked for, which saves a look at every
    /// entry where one agency has the index to itself.
    fn is_all(&self, term: &Term) -> tantivy::Result<bool> {
        let segments = self.searcher.segment_readers().iter();
        let n_entries: u64 = segments.map(|segment| u64::from(segment.max_doc())).sum();
        Ok(self.searcher.doc_freq(term)? == n_entries)
    }

    /// An atom; a number is also found by its beginning, `152/QĐ` for `152/QĐ-STP`.
    fn atom(&self, token: &str) -> tantivy::Result<Option<Box<dyn Clause>>> {
        if !token.starts_with('#') {
            return Ok(Some(term(self.fields.words, token)));
        }
        let numbers = self.tokens_beginning(self.fields.words, token, |rest| {
            !rest.starts_with(char::is_alphanumeric)
        })?;
        Ok(self.any_of(self.fields.words, numbers))
    }

    /// Adds what a run requires and what ranks it; `false` if it cannot match.
    fn add_run(
        &self,
        clauses: &mut Clauses,
        run: &Run,
        strictness: Strictness,
    ) -> tantivy::Result<bool> {
        let is_near = run.is_quoted || strictness.is_near;
        if run.words.len() == 1 || !is_near {
            for word in &run.words {
                clauses.push((Occur::Must, self.word(word, strictness)));
                let title = term(self.fields.title, token_of(word, strictness));
                clauses.push((Occur::Should, boosted(title)));
            }
        }
        let mut pairs = Vec::new();
        for (is_required, first, second) in run.pairs() {
            let pair = self.pair(self.fields.near, (first, second), strictness)?;
            if is_required {
                let in_title = self.pair(self.fields.title, (first, second), strictness)?;
                clauses.extend(in_title.map(|title| (Occur::Should, boosted(title))));
            }
            pairs.push((is_required, pair));
        }
        if !is_near {
            return Ok(add_scattered(clauses, pairs));
        }
        if run.is_quoted && run.words.len() > 2 {
            let words = run.words.iter();
            let terms = words.map(|w| Term::from_field_text(self.fields.words, &w.folded));
            let phrase = ConstScoreQuery::new(Box::new(PhraseQuery::new(terms.collect())), 0.0);
            clauses.push((Occur::Must, Box::new(phrase)));
        }
        Ok(add_near(clauses, pairs))
    }

    fn word(&self, word: &Spelling, strictness: Strictness) -> Box<dyn Clause> {
        if strictness.is_exact && word.is_marked {
            term(self.fields.near, &word.exact)
        } else {
            term(self.fields.words, &word.folded)
        }
    }

    /// Two neighbours, each spelt as its marks say; `None` if no text has them.
    fn pair(
        &self,
        field: Field,
        (first, second): (&Spelling, &Spelling),
        strictness: Strictness,
    ) -> tantivy::Result<Option<Box<dyn Clause>>> {
        if !strictness.is_exact || !(first.is_marked || second.is_marked) {
            return Ok(Some(term(field, &folded_pair(first, second))));
        }
        if first.is_marked && second.is_marked {
            return Ok(Some(term(field, &exact_pair(first, second))));
        }
        let prefix = format!("{}|", folded_pair(first, second));
        let tokens = self.tokens_beginning(field, &prefix, |rest| {
            let spelt = rest.split_once(' ');
            spelt.is_some_and(|(one, two)| {
                (!first.is_marked || one == first.exact)
                    && (!second.is_marked || two == second.exact)
            })
        })?;
        Ok(self.any_of(field, tokens))
    }

    /// The tokens of a field that begin so and whose rest is wanted, at most [`SPELLINGS_MAX`].
    fn tokens_beginning(
        &self,
        field: Field,
        prefix: &str,
        is_wanted: impl Fn(&str) -> bool,
    ) -> tantivy::Result<BTreeSet<String>> {
        let mut tokens = BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            let mut stream = index.terms().range().ge(prefix).into_stream()?;
            let mut n_looked_at = 0;
            while n_looked_at < SPELLINGS_MAX * 8 && stream.advance() {
                n_looked_at += 1;
                let Some(token) = std::str::from_utf8(stream.key()).ok() else {
                    continue;
                };
                let Some(rest) = token.strip_prefix(prefix) else {
                    break;
                };
                if is_wanted(rest) && tokens.len() < SPELLINGS_MAX {
                    tokens.insert(token.to_owned());
                }
            }
        }
        Ok(tokens)
    }

    fn any_of(&self, field: Field, tokens: BTreeSet<String>) -> Option<Box<dyn Clause>> {
        let mut terms: Vec<_> = tokens.iter().map(|token| term(field, token)).collect();
        match terms.len() {
            0 => None,
            1 => terms.pop(),
            _ => Some(Box::new(BooleanQuery::union(terms))),
        }
    }
}

/// Every required pair, and for each syllable in between one of its two pairs.
fn add_near(clauses: &mut Clauses, pairs: Vec<(bool, Option<Box<dyn Clause>>)>) -> bool {
    let is_required: Vec<bool> = pairs.iter().map(|pair| pair.0).collect();
    for i in 1..pairs.len() {
        if is_required[i - 1] || is_required[i] {
            continue;
        }
        let either = [&pairs[i - 1].1, &pairs[i].1].into_iter().flatten();
        let either: Vec<_> = either.map(|pair| pair.box_clone()).collect();
        if either.is_empty() {
            return false;
        }
        clauses.push((Occur::Must, Box::new(BooleanQuery::union(either))));
    }
    for (is_required, pair) in pairs {
        match (is_required, pair) {
            (true, Some(pair)) => clauses.push((Occur::Must, pair)),
            (true, None) => return false,
            (false, Some(pair)) => clauses.push((Occur::Should, pair)),
            (false, None) => {}
        }
    }
    true
}

/// One pair at least, whichever; each pair found ranks higher.
fn add_scattered(clauses: &mut Clauses, pairs: Vec<(bool, Option<Box<dyn Clause>>)>) -> bool {
    if pairs.is_empty() {
        return true;
    }
    let found: Vec<_> = pairs.into_iter().filter_map(|pair| pair.1).collect();
    if found.is_empty() {
        return false;
    }
    clauses.push((Occur::Must, Box::new(BooleanQuery::union(found))));
    true
}

fn token_of(word: &Spelling, strictness: Strictness) -> &str {
    if strictness.is_exact && word.is_marked {
        &word.exact
    } else {
        &word.folded
    }
}

fn term(field: Field, token: &str) -> Box<dyn Clause> {
    let term = Term::from_field_text(field, token);
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

fn boosted(clause: Box<dyn Clause>) -> Box<dyn Clause> {
    Box::new(BoostQuery::new(clause, TITLE_BOOST))
}
