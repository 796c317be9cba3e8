//! The documents a plan stands on.

use base::citation;

use super::imported::ImportedBasis;
use super::line::Line;

/// Words of a line that cites a basis.
const LEADS: [&str; 5] = ["can cu", "thuc hien", "trien khai", "theo", "xet de nghi"];

/// Most documents that one plan stands on.
const BASES_MAX: usize = 1_000;

/// Legal bases: every document cited before the tasks, and wherever a line begins with "Căn cứ";
/// not the plan's own number. Each once.
pub fn bases(lines: &[Line<'_>], before: usize, own: Option<&str>) -> Vec<ImportedBasis> {
    let mut bases: Vec<ImportedBasis> = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let is_basis = line.body().starts_with("can cu ");
        if (n >= before && !is_basis) || line.rows.is_some() {
            continue;
        }
        let found = of_line(line);
        let cites = !found.is_empty();
        for basis in found {
            if bases.len() >= BASES_MAX {
                return bases;
            }
            let known = bases.iter().any(|b| {
                b.number.is_some() && b.number == basis.number && b.issued_on == basis.issued_on
            });
            if !known && (basis.number.is_none() || basis.number.as_deref() != own) {
                bases.push(basis);
            }
        }
        if is_basis && !cites {
            bases.push(unnumbered(line));
        }
    }
    bases
}

fn of_line(line: &Line<'_>) -> Vec<ImportedBasis> {
    let mut end = 0;
    let mut found = Vec::new();
    let leads = LEADS.iter().any(|l| line.body().starts_with(l));
    for cited in citation::find(line.flat.text()) {
        // A document within the title of another is not a basis of its own; a law by its name
        // counts only where bases are listed.
        if cited.span.0 < end || (cited.number.is_none() && !leads) {
            continue;
        }
        end = cited.span.1;
        found.push(ImportedBasis {
            number: cited.number,
            kind: cited.kind.map(str::to_owned),
            issued_on: cited.issued_on,
            issuer: cited.issuer,
            title: cited.title,
            span: (line.start + cited.span.0, line.start + cited.span.1),
        });
    }
    found
}

/// "Căn cứ Nghị quyết Đại hội …": a basis without a number.
fn unnumbered(line: &Line<'_>) -> ImportedBasis {
    let words = line.words();
    let title = words
        .split_once("ứ ")
        .map_or(words.as_str(), |(_, rest)| rest)
        .to_owned();
    ImportedBasis {
        number: None,
        kind: None,
        issued_on: None,
        issuer: None,
        title: Some(title),
        span: line.words_span(),
    }
}
