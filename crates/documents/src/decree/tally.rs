//! Making a finding of many paragraphs: what they have, what they should have, which is wrong.

use base::text::number::decimal;

use super::Finding;
use super::look::{Paragraph, Run};

/// Characters of a paragraph by which a person finds it.
const PLACE_CHARS: usize = 60;
/// Different values that a finding names.
const VALUES_MAX: usize = 3;

/// What one paragraph has of a parameter.
pub struct Seen {
    pub is: String,
    pub is_met: bool,
    pub place: String,
}

impl Seen {
    /// What a paragraph has.
    pub fn of(paragraph: &Paragraph, is: String, is_met: bool) -> Self {
        Self {
            is,
            is_met,
            place: paragraph.text().chars().take(PLACE_CHARS).collect(),
        }
    }
}

/// One finding of all that was seen; none when nothing was.
pub fn finding(parameter: &'static str, should: &str, seen: Vec<Seen>) -> Option<Finding> {
    let first_wrong = seen.iter().find(|one| !one.is_met);
    let place = first_wrong.map(|one| one.place.clone()).unwrap_or_default();
    let is_met = first_wrong.is_none();
    let mut values: Vec<&str> = Vec::new();
    for one in seen.iter().filter(|one| one.is_met == is_met) {
        if !values.contains(&one.is.as_str()) && values.len() < VALUES_MAX {
            values.push(&one.is);
        }
    }
    (!seen.is_empty()).then(|| Finding {
        parameter,
        is_met,
        is: values.join("; "),
        should: should.to_owned(),
        place,
    })
}

/// The finding that an element is not there.
pub fn missing(parameter: &'static str, should: &str) -> Finding {
    Finding {
        parameter,
        is_met: false,
        is: "missing".to_owned(),
        should: should.to_owned(),
        place: String::new(),
    }
}

/// How the letters of an element are to be: sizes in points, face, case.
#[derive(Clone, Copy)]
pub struct Letters {
    pub least: u32,
    pub most: u32,
    pub bold: bool,
    pub italic: bool,
    /// Whether they are capitals; none where the decree leaves it open.
    pub upper: Option<bool>,
}

impl Letters {
    /// Upright letters of ordinary weight, of any case.
    pub const fn of(least: u32, most: u32) -> Self {
        Self {
            least,
            most,
            bold: false,
            italic: false,
            upper: None,
        }
    }

    pub const fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    pub const fn italic(mut self) -> Self {
        self.italic = true;
        self
    }

    pub const fn upper(mut self, is_upper: bool) -> Self {
        self.upper = Some(is_upper);
        self
    }

    /// In the words of a finding.
    pub fn should(&self) -> String {
        let sizes = match self.least == self.most {
            true => format!("{} pt", self.least),
            false => format!("{}–{} pt", self.least, self.most),
        };
        let mut words = vec![sizes, face(self.bold, self.italic).to_owned()];
        words.extend(self.upper.map(|is_upper| case(is_upper).to_owned()));
        words.join(", ")
    }

    /// What a paragraph has of this.
    pub fn seen(&self, paragraph: &Paragraph) -> Seen {
        let wrong = paragraph.shown().find(|run| !self.fits(run));
        let shown = wrong.or_else(|| paragraph.shown().next());
        let is_upper = is_upper(paragraph);
        let case_fits = self.upper.is_none_or(|upper| upper == is_upper);
        let mut words: Vec<String> = shown.map(words_of).unwrap_or_default();
        words.extend(self.upper.map(|_| case(is_upper).to_owned()));
        Seen::of(paragraph, words.join(", "), wrong.is_none() && case_fits)
    }

    fn fits(&self, run: &Run) -> bool {
        let size = run.format.size.unwrap_or(0);
        (self.least * 2..=self.most * 2).contains(&size)
            && run.format.bold.unwrap_or(false) == self.bold
            && run.format.italic.unwrap_or(false) == self.italic
    }
}

fn words_of(run: &Run) -> Vec<String> {
    let size = f64::from(run.format.size.unwrap_or(0)) / 2.0;
    let bold = run.format.bold.unwrap_or(false);
    let italic = run.format.italic.unwrap_or(false);
    vec![
        format!("{} pt", decimal(size, 1)),
        face(bold, italic).to_owned(),
    ]
}

fn face(bold: bool, italic: bool) -> &'static str {
    match (bold, italic) {
        (false, false) => "regular",
        (true, false) => "bold",
        (false, true) => "italic",
        (true, true) => "bold, italic",
    }
}

fn case(is_upper: bool) -> &'static str {
    match is_upper {
        true => "upper",
        false => "mixed",
    }
}

/// Whether every letter that shows is a capital.
pub fn is_upper(paragraph: &Paragraph) -> bool {
    let mut has_letter = false;
    let all = paragraph.shown().all(|run| {
        has_letter |= run.text.chars().any(char::is_alphabetic);
        run.format.caps == Some(true) || run.text.to_uppercase() == run.text
    });
    all && has_letter
}

/// Twentieths of a point as millimetres: `12,7 mm`.
pub fn millimetres(twentieths: i64) -> String {
    format!("{} mm", decimal(mm(twentieths), 1))
}

/// Twentieths of a point in millimetres.
pub fn mm(twentieths: i64) -> f64 {
    // Lengths of a page: no figure is lost.
    twentieths as f64 * 25.4 / 1440.0
}
