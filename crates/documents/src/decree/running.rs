//! The parameters of running text: letters, alignment, indents, spacing, the marks of legal bases, the
//! case of headings.

use base::text::number::decimal;

use super::Finding;
use super::elements::Elements;
use super::look::{Paragraph, Run};
use super::tally::{Letters, Seen, finding, is_upper, millimetres, missing, mm};
use crate::layout::LINE_HEIGHT_PER_MILLE;

/// Least space between paragraphs: 6 points in twentieths.
const GAP_MIN: u32 = 120;
/// Single and one and a half, in 240ths of single; files round.
const LINE: (f64, f64) = (0.99, 1.51);
/// The two indents of a first line, in millimetres.
const INDENTS_MM: [f64; 2] = [10.0, 12.7];

/// What was found of the running text, the bases and the headings.
pub fn findings(found: &Elements<'_>) -> Vec<Finding> {
    let letters = Letters::of(13, 14);
    let (mut size, mut align, mut indent) = (Vec::new(), Vec::new(), Vec::new());
    let (mut gap, mut line) = (Vec::new(), Vec::new());
    for paragraph in &found.body {
        size.push(body_letters(paragraph));
        let format = &paragraph.format;
        let told = match format.align.as_deref() {
            Some("both" | "distribute") => "justified",
            Some("center") => "centre",
            Some("right" | "end") => "right",
            _ => "left",
        };
        align.push(Seen::of(paragraph, told.to_owned(), told == "justified"));
        let first = i64::from(format.first_line.unwrap_or(0));
        let is_met = INDENTS_MM
            .iter()
            .any(|should| (mm(first) - should).abs() <= 0.2);
        indent.push(Seen::of(paragraph, millimetres(first), is_met));
        let space = format.before.unwrap_or(0) + format.after.unwrap_or(0);
        let told = format!("{} pt", decimal(f64::from(space) / 20.0, 1));
        gap.push(Seen::of(paragraph, told, space >= GAP_MIN));
        let lines = spacing(paragraph);
        let is_met = LINE.0 <= lines && lines <= LINE.1;
        line.push(Seen::of(paragraph, decimal(lines, 2), is_met));
    }
    let needed = |parameter, should: &str, seen| {
        finding(parameter, should, seen).unwrap_or_else(|| missing(parameter, should))
    };
    let mut all = vec![
        needed("body", &letters.should(), size),
        needed("body-align", "justified", align),
        needed("body-indent", "10 mm, 12,7 mm", indent),
        needed("body-gap", "≥ 6 pt", gap),
        needed("body-line", "1–1,5", line),
    ];
    all.extend(bases_end(found));
    let roman = found
        .headings
        .iter()
        .filter(|p| begins_with_roman(&p.text()));
    let case = roman.map(|p| {
        let is_upper = is_upper(p);
        let word = if is_upper { "upper" } else { "mixed" };
        Seen::of(p, word.to_owned(), is_upper)
    });
    all.extend(finding("heading-case", "upper", case.collect()));
    all
}

/// A part of a paragraph may be marked by bold or italic letters; a whole one may not.
fn body_letters(paragraph: &Paragraph) -> Seen {
    let letters = Letters::of(13, 14);
    let mut plain = paragraph.clone();
    let chars = |run: &Run| run.text.trim().chars().count();
    let all: usize = paragraph.shown().map(chars).sum();
    let is_marked = |run: &Run| run.format.bold == Some(true) || run.format.italic == Some(true);
    let marked: usize = paragraph
        .shown()
        .filter(|run| is_marked(run))
        .map(chars)
        .sum();
    if marked < all {
        for run in &mut plain.runs {
            run.format.bold = None;
            run.format.italic = None;
        }
    }
    letters.seen(&plain)
}

/// Lines of single spacing.
fn spacing(paragraph: &Paragraph) -> f64 {
    let format = &paragraph.format;
    let line = f64::from(format.line.unwrap_or(240));
    match format.line_rule.as_deref() {
        Some("exact" | "atLeast") => {
            let size = paragraph
                .shown()
                .next()
                .and_then(|run| run.format.size)
                .unwrap_or(28);
            let single = f64::from(size) * 10.0 * f64::from(LINE_HEIGHT_PER_MILLE) / 1000.0;
            line / single
        }
        _ => line / 240.0,
    }
}

fn bases_end(found: &Elements<'_>) -> Option<Finding> {
    let last = found.bases.len().saturating_sub(1);
    let seen = found.bases.iter().enumerate().map(|(at, basis)| {
        let mark = basis.text().chars().last().unwrap_or(' ');
        let is_met = mark == if at == last { '.' } else { ';' };
        Seen::of(basis, mark.to_string(), is_met)
    });
    finding("basis-end", "; .", seen.collect())
}

/// `II. KẾT QUẢ`: the title of a part.
fn begins_with_roman(text: &str) -> bool {
    let number = text.split_once('.').map_or("", |(number, _)| number);
    !number.is_empty() && number.chars().all(|c| "IVXLC".contains(c))
}
