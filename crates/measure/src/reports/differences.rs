//! What became of the figures of a report since they were frozen: for a new version of it. Pure.

use std::collections::BTreeMap;

use web::Say;

use super::figure_list::{self, Figure};
use super::figure_rows;
use super::figures::Figures;

/// Lines of a list that a difference names.
const NAMED_MAX: usize = 20;

/// A figure that would be another one today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its code.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// As it was frozen; empty for a figure that the frozen report does not have.
    pub before: String,
    /// As it would be now; empty for one that is no more.
    pub after: String,
    /// What stands in its list now and did not then.
    pub added: Vec<String>,
    /// What stood in its list then and does not now.
    pub removed: Vec<String>,
}

/// The figures that differ, in the order of the report.
pub fn differences(say: &Say, frozen: &Figures, now: &Figures) -> Vec<Difference> {
    let (old, new) = (shown(say, frozen), shown(say, now));
    let mut codes: Vec<&String> = figure_list_order(&old, &new);
    codes.dedup();
    let differing = codes.into_iter().filter_map(|code| {
        let (before, after) = (old.1.get(code), new.1.get(code));
        let name = after.or(before).map(|figure| figure.name.clone())?;
        let (added, removed) = lists(say, (frozen, now), code);
        let text = |found: Option<&Figure>| found.map(Figure::shown).unwrap_or_default();
        let (before, after) = (text(before), text(after));
        let is_same = before == after && added.is_empty() && removed.is_empty();
        (!is_same).then(|| Difference {
            code: code.clone(),
            name,
            before,
            after,
            added,
            removed,
        })
    });
    differing.collect()
}

/// Codes in their order, and the figures by code.
type Shown = (Vec<String>, BTreeMap<String, Figure>);

fn shown(say: &Say, figures: &Figures) -> Shown {
    let all = figure_list::all(say, figures);
    let codes = all.iter().map(|figure| figure.code.clone()).collect();
    let by_code = all.into_iter().map(|figure| (figure.code.clone(), figure));
    (codes, by_code.collect())
}

fn figure_list_order<'a>(old: &'a Shown, new: &'a Shown) -> Vec<&'a String> {
    let gone = old.0.iter().filter(|code| !new.1.contains_key(*code));
    new.0.iter().chain(gone).collect()
}

/// The lines of a list that came and went.
fn lists(say: &Say, (frozen, now): (&Figures, &Figures), code: &str) -> (Vec<String>, Vec<String>) {
    let lines = |figures: &Figures| -> Vec<String> {
        let list = figure_list::listing(say, figures, code).unwrap_or_default();
        let line = |row: &Vec<figure_rows::Listed>| {
            // Where a piece of evidence was sealed since is no difference of the report.
            let n = row.len().saturating_sub(usize::from(code == "evidence"));
            let cells = row.iter().take(n).map(|(value, _)| value.shown());
            let cells: Vec<String> = cells.collect();
            cells.join(" · ")
        };
        list.rows.iter().map(line).collect()
    };
    let (old, new) = (lines(frozen), lines(now));
    let minus = |these: &[String], those: &[String]| -> Vec<String> {
        let those: std::collections::HashSet<&String> = those.iter().collect();
        let rest = these.iter().filter(|line| !those.contains(line));
        rest.take(NAMED_MAX).cloned().collect()
    };
    (minus(&new, &old), minus(&old, &new))
}
