//! The parameters of the elements around the running text: letters, rules under them, numbers and
//! dates, signature, recipients, annexes.

use base::text::number::decimal;

use super::elements::{Elements, of};
use super::look::{Look, Paragraph};
use super::tally::{Letters, Seen, finding, missing};
use super::{Finding, running};
use crate::fonts::fonts;
use crate::layout::{Element, Style, style};

/// Academic titles, which do not stand before the name of who signs.
const TITLES: [&str; 12] = [
    "GS.",
    "PGS.",
    "TS.",
    "ThS.",
    "CN.",
    "BS.",
    "KS.",
    "NCS.",
    "Giáo sư",
    "Phó Giáo sư",
    "Tiến sĩ",
    "Thạc sĩ",
];

/// What was found of the elements.
pub fn findings(look: &Look) -> Vec<Finding> {
    let found = of(look);
    let mut all = letters(&found);
    all.extend(rules_under(&found));
    all.extend(numbers(&found, look));
    all.extend(running::findings(&found));
    all.extend(closing(&found));
    all
}

/// An element: its code, how its letters are to be, its paragraphs, whether every paper has it.
type Lettered<'a> = (&'static str, Letters, Vec<&'a Paragraph>, bool);

fn letters(found: &Elements<'_>) -> Vec<Finding> {
    let all = head(found).into_iter().chain(foot(found));
    let finding_of = |(parameter, letters, paragraphs, is_needed): Lettered<'_>| {
        let seen = paragraphs.iter().map(|p| letters.seen(p)).collect();
        let should = letters.should();
        let found = finding(parameter, &should, seen);
        found.or_else(|| is_needed.then(|| missing(parameter, &should)))
    };
    all.filter_map(finding_of).collect()
}

const fn caps(least: u32, most: u32) -> Letters {
    Letters::of(least, most).upper(true)
}

fn one(paragraph: Option<&Paragraph>) -> Vec<&Paragraph> {
    paragraph.into_iter().collect()
}

/// The elements before the content.
fn head<'a>(found: &Elements<'a>) -> Vec<Lettered<'a>> {
    let motto = Letters::of(13, 14).bold().upper(false);
    let (slanted, bold) = (Letters::of(13, 14).italic(), Letters::of(13, 14).bold());
    vec![
        ("nation", caps(12, 13).bold(), one(found.nation), true),
        ("motto", motto, one(found.motto), true),
        ("superior", caps(12, 13), found.superior.clone(), false),
        ("issuer", caps(12, 13).bold(), found.issuer.clone(), true),
        ("number", Letters::of(13, 13), one(found.number), true),
        ("date-line", slanted, one(found.date_line), true),
        ("kind", caps(13, 14).bold(), one(found.kind), true),
        ("abstract", bold, found.abstract_.clone(), true),
        (
            "addressee",
            Letters::of(13, 14),
            found.addressees.clone(),
            false,
        ),
        ("basis", slanted, found.bases.clone(), false),
    ]
}

/// Headings, and the elements after the content.
fn foot<'a>(found: &Elements<'a>) -> Vec<Lettered<'a>> {
    let bold = Letters::of(13, 14).bold();
    let title = Letters::of(12, 12).bold().italic();
    vec![
        ("heading", bold, found.headings.clone(), false),
        ("office", caps(13, 14).bold(), found.offices.clone(), true),
        ("signer-name", bold, one(found.signer_name), false),
        ("recipients-title", title, one(found.recipients_title), true),
        (
            "recipients",
            Letters::of(11, 11),
            found.recipients.clone(),
            true,
        ),
        (
            "annex-label",
            Letters::of(14, 14).bold(),
            found.annex_labels.clone(),
            false,
        ),
        (
            "annex-title",
            caps(13, 14).bold(),
            found.annex_titles.clone(),
            false,
        ),
    ]
}

/// The drawn lines: as long as the motto; a third to a half of the issuer and of the abstract.
fn rules_under(found: &Elements<'_>) -> Vec<Finding> {
    let one: Vec<&Paragraph> = found.motto.into_iter().collect();
    let table = [
        (
            "motto-rule",
            found.motto_rule,
            one,
            Element::Motto,
            (95.0, 105.0),
            "100%",
        ),
        (
            "issuer-rule",
            found.issuer_rule,
            found.issuer.clone(),
            Element::Issuer,
            (33.0, 51.0),
            "33–50%",
        ),
        (
            "abstract-rule",
            found.abstract_rule,
            found.abstract_.clone(),
            Element::Abstract,
            (20.0, 51.0),
            "33–50%",
        ),
    ];
    let mut all = Vec::new();
    for (parameter, rule, over, element, (least, most), should) in table {
        if over.is_empty() {
            continue;
        }
        let Some(rule) = rule else {
            all.push(missing(parameter, should));
            continue;
        };
        // A line whose length the file does not say is there, and that is all that can be seen.
        let seen = match share(rule, &over, &style(element)) {
            Some(share) => Seen::of(
                over[0],
                format!("{}%", decimal(share, 0)),
                least <= share && share <= most,
            ),
            None => Seen::of(over[0], "present".to_owned(), true),
        };
        all.extend(finding(parameter, should, vec![seen]));
    }
    all
}

/// The length of a rule in per cent of the widest line over it.
fn share(rule: &Paragraph, over: &[&Paragraph], usual: &Style) -> Option<f64> {
    let length = match (rule.drawn, rule.cell) {
        (Some(drawn), _) if drawn > 0 => f64::from(drawn),
        (None, Some(cell)) if cell.width > 0 => {
            let sides = rule.format.left.unwrap_or(0) + rule.format.right.unwrap_or(0);
            f64::from(cell.width) - f64::from(sides)
        }
        _ => return None,
    };
    let fonts = fonts().ok()?;
    let line = |paragraph: &&Paragraph| {
        let mut set = *usual;
        if let Some(size) = paragraph.shown().next().and_then(|run| run.format.size) {
            set.size = crate::layout::Length::twentieths(size * 10);
        }
        fonts.width(&paragraph.text(), &set).in_twentieths()
    };
    let cell = rule.cell.map_or(u32::MAX, |cell| cell.width);
    let widest = over.iter().map(line).max()?.min(cell);
    (widest > 0).then(|| length * 100.0 / f64::from(widest))
}

/// Numbers and dates: a 0 before a number below 10, before days below 10 and the months 1 and 2.
fn numbers(found: &Elements<'_>, look: &Look) -> Vec<Finding> {
    let mut all = Vec::new();
    if let Some(number) = found.number {
        let text = number.text();
        let serial: String = text
            .trim_start_matches(|c: char| !c.is_ascii_digit() && c != '/')
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        let is_met = serial.len() != 1;
        let is = if serial.is_empty() {
            "…".to_owned()
        } else {
            serial
        };
        all.extend(finding(
            "number-zero",
            "05, 12",
            vec![Seen::of(number, is, is_met)],
        ));
    }
    let seen: Vec<Seen> = look
        .paragraphs
        .iter()
        .flat_map(|paragraph| {
            dates(&paragraph.text())
                .into_iter()
                .map(move |date| (paragraph, date))
        })
        .map(|(paragraph, (day, month))| {
            let is_met = is_padded(&day, 10) && is_padded(&month, 3);
            Seen::of(paragraph, format!("ngày {day} tháng {month}"), is_met)
        })
        .collect();
    all.extend(finding(
        "date-zero",
        "ngày 03 tháng 3, ngày 28 tháng 02",
        seen,
    ));
    all
}

/// Whether a number is written with a 0 before it exactly when it is below a limit.
fn is_padded(digits: &str, limit: u8) -> bool {
    match digits.parse::<u8>() {
        Ok(n) => digits.starts_with('0') == (n < limit),
        Err(_) => true,
    }
}

/// Days and months of the dates of a text that are written in words.
fn dates(text: &str) -> Vec<(String, String)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_number = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
    let pairs = words.windows(4).filter(|four| {
        four[0].to_lowercase() == "ngày"
            && four[2] == "tháng"
            && is_number(four[1])
            && is_number(four[3])
    });
    pairs
        .map(|four| (four[1].to_owned(), four[3].to_owned()))
        .collect()
}

fn closing(found: &Elements<'_>) -> Vec<Finding> {
    let mut all = Vec::new();
    if let Some(name) = found.signer_name {
        let text = name.text();
        let title = TITLES.iter().find(|title| text.starts_with(**title));
        let is = title.map_or("missing", |title| title);
        let seen = Seen::of(name, is.to_owned(), title.is_none());
        all.extend(finding("signer-title", "missing", vec![seen]));
    }
    let last = found.recipients.len().saturating_sub(1);
    let marks = found.recipients.iter().enumerate().map(|(at, line)| {
        let text = line.text();
        let end = if at == last { '.' } else { ';' };
        let is_met = text.starts_with("- ") && text.ends_with(end);
        let first: String = text.chars().take(1).collect();
        let mark = text.chars().last().unwrap_or(' ');
        Seen::of(line, format!("{first} {mark}"), is_met)
    });
    all.extend(finding("recipients-marks", "- ;", marks.collect()));
    if let Some(line) = found.recipients.last() {
        let text = line.text();
        let is_met = text.starts_with("- Lưu: VT");
        let is: String = text.chars().take(20).collect();
        all.extend(finding(
            "recipients-archive",
            "- Lưu: VT",
            vec![Seen::of(line, is, is_met)],
        ));
    }
    all
}
