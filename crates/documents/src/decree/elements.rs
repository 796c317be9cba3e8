//! Which paragraph of a paper is which element: by what it says and where it stands.

use base::text::fold;

use super::look::{Look, Paragraph};
use super::tally::is_upper;

/// Characters of a label of an annex at most; a longer line is a sentence that begins alike.
const ANNEX_LABEL_CHARS_MAX: usize = 20;

/// The elements of a paper.
#[derive(Default)]
pub struct Elements<'a> {
    pub nation: Option<&'a Paragraph>,
    pub motto: Option<&'a Paragraph>,
    pub superior: Vec<&'a Paragraph>,
    pub issuer: Vec<&'a Paragraph>,
    /// The rules under the motto, the issuer, the abstract.
    pub motto_rule: Option<&'a Paragraph>,
    pub issuer_rule: Option<&'a Paragraph>,
    pub abstract_rule: Option<&'a Paragraph>,
    pub number: Option<&'a Paragraph>,
    pub date_line: Option<&'a Paragraph>,
    pub kind: Option<&'a Paragraph>,
    pub abstract_: Vec<&'a Paragraph>,
    pub addressees: Vec<&'a Paragraph>,
    pub bases: Vec<&'a Paragraph>,
    pub body: Vec<&'a Paragraph>,
    pub headings: Vec<&'a Paragraph>,
    pub offices: Vec<&'a Paragraph>,
    pub signer_name: Option<&'a Paragraph>,
    pub recipients_title: Option<&'a Paragraph>,
    pub recipients: Vec<&'a Paragraph>,
    pub annex_labels: Vec<&'a Paragraph>,
    pub annex_titles: Vec<&'a Paragraph>,
}

/// A paragraph's text without marks and capitals.
fn folded(paragraph: &Paragraph) -> String {
    fold(&paragraph.text())
}

fn says(paragraph: &Paragraph) -> bool {
    paragraph.shown().next().is_some()
}

fn is_bold(paragraph: &Paragraph) -> bool {
    paragraph.shown().all(|run| run.format.bold == Some(true))
}

fn is_centred(paragraph: &Paragraph) -> bool {
    paragraph.format.align.as_deref() == Some("center")
}

/// Whether a line or picture is drawn in an otherwise empty paragraph.
fn is_rule(paragraph: &Paragraph) -> bool {
    !says(paragraph) && (paragraph.is_ruled || paragraph.drawn.is_some())
}

/// Finds the elements.
pub fn of(look: &Look) -> Elements<'_> {
    let all = &look.paragraphs;
    let mut found = Elements::default();
    let nation = all
        .iter()
        .position(|p| folded(p).starts_with("cong hoa xa hoi chu nghia"));
    let motto = all.iter().position(|p| {
        let text = folded(p);
        text.starts_with("doc lap") && text.ends_with("hanh phuc")
    });
    found.nation = nation.and_then(|at| all.get(at));
    found.motto = motto.and_then(|at| all.get(at));
    let after = motto.map_or(all.as_slice(), |at| &all[at + 1..]);
    found.motto_rule = after.first().filter(|p| is_rule(p));
    issuer(&mut found, all);
    found.number = all.iter().find(|p| folded(p).starts_with("so:"));
    found.date_line = all.iter().find(|p| is_date_line(&folded(p)));
    let top: Vec<&Paragraph> = all.iter().filter(|p| p.cell.is_none()).collect();
    let begin = title(&mut found, &top);
    let end = closing(&mut found, all, &top);
    running(&mut found, &top[begin.min(end)..end]);
    annexes(&mut found, &top[end..]);
    found
}

/// `Bình Định, ngày 03 tháng 3 năm 2023`, or with dots for what is open.
fn is_date_line(folded: &str) -> bool {
    let is_dated =
        folded.contains("ngay ") && folded.contains(" thang ") && folded.contains(" nam ");
    is_dated && folded.chars().count() < 80 && !folded.starts_with("can cu")
}

/// The issuer stands in the cell beside the nation; the bold lines are its own, those before them
/// its superior's.
fn issuer<'a>(found: &mut Elements<'a>, all: &'a [Paragraph]) {
    let Some(cell) = found.nation.and_then(|nation| nation.cell) else {
        return;
    };
    let beside = all.iter().filter(|p| {
        p.cell.is_some_and(|own| {
            own.table == cell.table && own.row == cell.row && own.column < cell.column
        })
    });
    for paragraph in beside {
        if is_rule(paragraph) {
            found.issuer_rule = Some(paragraph);
        } else if says(paragraph) && !folded(paragraph).starts_with("so:") {
            let is_own = is_bold(paragraph) || !found.issuer.is_empty();
            match is_own {
                true => found.issuer.push(paragraph),
                false => found.superior.push(paragraph),
            }
        }
    }
    // A last line that is not bold is the issuer all the same: its face is what is wrong.
    if found.issuer.is_empty() {
        found.issuer.extend(found.superior.pop());
    }
}

/// Kind and abstract; where the content begins among the paragraphs outside of tables.
fn title<'a>(found: &mut Elements<'a>, top: &[&'a Paragraph]) -> usize {
    let kinds = base::citation::KINDS;
    let is_kind = |p: &&&Paragraph| {
        let text = fold(&p.text());
        kinds.iter().any(|kind| fold(kind.name) == text)
    };
    let Some(at) = top.iter().position(|p| is_kind(&p)) else {
        return 0;
    };
    found.kind = top.get(at).copied();
    let mut next = at + 1;
    while let Some(paragraph) = top.get(next) {
        if is_rule(paragraph) {
            found.abstract_rule = Some(paragraph);
            return next + 1;
        }
        let is_title = says(paragraph) && is_centred(paragraph);
        if !is_title {
            break;
        }
        found.abstract_.push(paragraph);
        next += 1;
    }
    next
}

/// The cells of recipients and signature; where the content ends among the paragraphs outside of
/// tables.
fn closing<'a>(found: &mut Elements<'a>, all: &'a [Paragraph], top: &[&'a Paragraph]) -> usize {
    let annex = top
        .iter()
        .position(|p| is_annex_label(p))
        .unwrap_or(top.len());
    let title = all.iter().position(|p| folded(p).starts_with("noi nhan"));
    let Some((at, title)) = title.and_then(|at| Some((at, all.get(at)?))) else {
        return annex;
    };
    found.recipients_title = Some(title);
    let Some(cell) = title.cell else { return annex };
    let in_row = |p: &&Paragraph| {
        p.cell
            .is_some_and(|own| own.table == cell.table && own.row == cell.row)
    };
    for paragraph in all.iter().filter(in_row).filter(|p| says(p)) {
        let column = paragraph.cell.map_or(0, |own| own.column);
        if column == cell.column {
            if !std::ptr::eq(paragraph, title) {
                found.recipients.push(paragraph);
            }
        } else if is_upper(paragraph) && found.signer_name.is_none() {
            found.offices.push(paragraph);
        } else {
            found.signer_name = Some(paragraph);
        }
    }
    let before = all[..at].iter().filter(|p| p.cell.is_none()).count();
    before.min(annex)
}

/// Bases, addressees, headings and running text.
fn running<'a>(found: &mut Elements<'a>, top: &[&'a Paragraph]) {
    for paragraph in top.iter().copied().filter(|p| says(p)) {
        let text = folded(paragraph);
        if text.starts_with("kinh gui")
            || (is_addressee(found, paragraph) && text.starts_with("- "))
        {
            found.addressees.push(paragraph);
        } else if text.starts_with("can cu ") && found.body.is_empty() {
            found.bases.push(paragraph);
        } else if is_centred(paragraph) {
            // A caption: the decree has no measure for it.
        } else if is_bold(paragraph) {
            found.headings.push(paragraph);
        } else {
            found.body.push(paragraph);
        }
    }
}

/// The lines under *Kính gửi:* stand before everything else.
fn is_addressee(found: &Elements<'_>, paragraph: &Paragraph) -> bool {
    let is_first = found.bases.is_empty() && found.body.is_empty() && found.headings.is_empty();
    is_first && !found.addressees.is_empty() && paragraph.format.left.unwrap_or(0) > 0
}

fn is_annex_label(paragraph: &Paragraph) -> bool {
    let text = folded(paragraph);
    text.starts_with("phu luc") && text.chars().count() <= ANNEX_LABEL_CHARS_MAX
}

fn annexes<'a>(found: &mut Elements<'a>, top: &[&'a Paragraph]) {
    let mut speaking = top.iter().copied().filter(|p| says(p)).peekable();
    while let Some(paragraph) = speaking.next() {
        if is_annex_label(paragraph) {
            found.annex_labels.push(paragraph);
            found.annex_titles.extend(speaking.peek().copied());
        }
    }
}
