//! A set as lines for a terminal: the tree with points, each rule as a sentence.

use base::Problem;
use web::Say;

use super::arithmetic::findings;
use super::sentence;
use super::set_json::SetFile;
use super::sheet_reading::ReadSet;

/// The set as lines.
pub fn to_text(file: &SetFile, say: &Say) -> String {
    let mut out = format!("{}\n", file.details.title);
    let points = |value| sentence::points(value, say);
    for area in &file.areas {
        out.push_str(&format!(
            "{}. {} [{}]\n",
            area.no,
            area.title,
            points(area.max)
        ));
        for criterion in &area.criteria {
            let max = points(criterion.max);
            out.push_str(&format!(
                "  {}. {} [{max}]\n",
                criterion.no, criterion.title
            ));
            for component in &criterion.components {
                let max = points(component.max);
                out.push_str(&format!(
                    "    {} {} [{max}]\n",
                    component.no, component.title
                ));
                let rule = sentence::sentence(&component.rule, say);
                out.push_str(&format!("        {rule}\n"));
                if let Some(second) = &component.second {
                    let rule = sentence::sentence(&second.rule, say);
                    let label = say.t("criteria-reading-second");
                    out.push_str(&format!("        {label}: {rule}\n"));
                }
            }
        }
    }
    out
}

/// What a file leaves to be looked at: cells that could not be read, then what does not fit; each
/// with its place.
pub fn remarks(read: &ReadSet, say: &Say) -> Vec<String> {
    let told = |problem: &Problem| {
        let values = problem.values.iter();
        let values: Vec<(&str, &str)> = values
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        say.with(problem.key, &values)
    };
    let cells = read.problems.iter();
    let cells = cells.map(|one| format!("{}: {}", one.cell, told(&one.problem)));
    let open = findings(&read.file.details, &read.file.areas);
    let open = open.iter().map(|one| {
        let words = sentence::finding(one, say);
        match one.no.is_empty() {
            true => words,
            false => format!("{}: {words}", one.no),
        }
    });
    cells.chain(open).collect()
}
