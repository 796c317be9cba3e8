//! The parameters of the page: sheet, margins, face, colour, page number.

use super::Finding;
use super::look::{Look, Paragraph, Section};
use super::tally::{Letters, Seen, finding, millimetres, missing, mm};

/// The face of the decree.
const FONT: &str = "Times New Roman";
/// How far a length may be off in millimetres: files hold twentieths of a point, rounded.
const SLACK_MM: f64 = 0.2;
/// Sides of A4 in millimetres.
const A4_MM: (f64, f64) = (210.0, 297.0);

/// What was found of the page.
pub fn findings(look: &Look) -> Vec<Finding> {
    let mut found = vec![size(look)];
    type Side = (&'static str, fn(&Section) -> i64, (f64, f64), &'static str);
    let sides: [Side; 4] = [
        ("margin-top", |s| s.top, (20.0, 25.0), "20–25 mm"),
        ("margin-bottom", |s| s.bottom, (20.0, 25.0), "20–25 mm"),
        ("margin-left", |s| s.left, (30.0, 35.0), "30–35 mm"),
        ("margin-right", |s| s.right, (15.0, 20.0), "15–20 mm"),
    ];
    for (parameter, side, (least, most), should) in sides {
        let seen = look.sections.iter().map(|section| {
            let length = mm(side(section));
            let is_met = least - SLACK_MM <= length && length <= most + SLACK_MM;
            of_page(millimetres(side(section)), is_met)
        });
        let seen = finding(parameter, should, seen.collect());
        found.push(seen.unwrap_or_else(|| missing(parameter, should)));
    }
    found.push(font(look));
    found.push(colour(look));
    found.extend(page_number(look));
    found
}

fn of_page(is: String, is_met: bool) -> Seen {
    Seen {
        is,
        is_met,
        place: String::new(),
    }
}

/// A4, upright or on its side: wide tables may lie.
fn size(look: &Look) -> Finding {
    let should = "210 × 297 mm";
    let seen = look.sections.iter().map(|section| {
        let (wide, high) = (i64::from(section.width), i64::from(section.height));
        let is = |one: i64, other: f64| (mm(one) - other).abs() <= 1.0;
        let upright = is(wide, A4_MM.0) && is(high, A4_MM.1);
        let lying = is(wide, A4_MM.1) && is(high, A4_MM.0);
        let told = format!("{} × {}", millimetres(wide), millimetres(high));
        of_page(told, upright || lying)
    });
    let seen: Vec<Seen> = seen.collect();
    finding("page-size", should, seen).unwrap_or_else(|| missing("page-size", should))
}

fn font(look: &Look) -> Finding {
    let seen = look
        .paragraphs
        .iter()
        .chain(&look.header)
        .flat_map(|paragraph| {
            paragraph.shown().map(move |run| {
                let font = run.format.font.clone().unwrap_or_default();
                let is_met = font == FONT;
                Seen::of(paragraph, font, is_met)
            })
        });
    finding("font", FONT, seen.collect()).unwrap_or_else(|| missing("font", FONT))
}

fn colour(look: &Look) -> Finding {
    let seen = look
        .paragraphs
        .iter()
        .chain(&look.header)
        .flat_map(|paragraph| {
            paragraph.shown().map(move |run| {
                let told = run
                    .format
                    .colour
                    .clone()
                    .unwrap_or_else(|| "auto".to_owned());
                let is_met = matches!(told.as_str(), "auto" | "000000");
                Seen::of(
                    paragraph,
                    if is_met { "000000".to_owned() } else { told },
                    is_met,
                )
            })
        });
    finding("colour", "000000", seen.collect()).unwrap_or_else(|| missing("colour", "000000"))
}

/// Arabic figures, 13-14, upright, in the middle of the upper margin, hidden on the first page.
fn page_number(look: &Look) -> Vec<Finding> {
    let number = look
        .header
        .iter()
        .find(|paragraph| paragraph.is_page_number);
    let Some(number) = number else {
        return vec![missing("page-number", "present")];
    };
    let present = of_page("present".to_owned(), true);
    let align = number.format.align.as_deref().unwrap_or("left");
    let align = if align == "center" { "centre" } else { align };
    let place = of_page(align.to_owned(), align == "centre");
    let letters = Letters::of(13, 14);
    let hides = look
        .sections
        .first()
        .is_some_and(|first| first.has_first_page);
    let is_hidden = hides && !look.is_first_numbered;
    let word = if is_hidden { "hidden" } else { "shown" };
    let first = of_page(word.to_owned(), is_hidden);
    let found = [
        finding("page-number", "present", vec![present]),
        finding("page-number-place", "centre", vec![place]),
        finding(
            "page-number-face",
            &letters.should(),
            vec![face(letters, number)],
        ),
        finding("page-number-first", "hidden", vec![first]),
    ];
    found.into_iter().flatten().collect()
}

/// A field without a stored result shows letters of its paragraph.
fn face(letters: Letters, number: &Paragraph) -> Seen {
    if number.shown().next().is_some() {
        return letters.seen(number);
    }
    let mut shown = number.clone();
    shown.runs.push(super::look::Run {
        text: "2".to_owned(),
        format: number.format.clone(),
    });
    letters.seen(&shown)
}
