//! What the units did over the years, as bars with a table behind them; units that became one are
//! joined, and a footnote says which and by which decision.

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use base::calendar::period::ReportingYear;
use base::id::UnitId;
use editorial::Editorial;
use house::people::agency::Unit;
use house::people::succession::lineage;
use house::people::{agency_store, unit_history};
use serde::Deserialize;
use web::{By, Frame, Nonce, Page, Say, render};

use crate::reports::years::{UnitLine, lines};
use crate::reports::years_store;

/// Years side by side at most.
const YEARS: i16 = 5;

/// Sizes of the picture, in its own units.
const WIDTH: i64 = 640;
const BAR: i64 = 16;
const LABEL: i64 = 48;
const HEAD: i64 = 26;
const GAP: i64 = 14;

#[derive(Template)]
#[template(path = "reports/desk/years_show.html")]
struct YearsPage {
    frame: Frame,
    years: Vec<i16>,
    before: i16,
    after: Option<i16>,
    lines: Vec<Line>,
    picture: Picture,
    notes: Vec<String>,
}

struct Line {
    name: String,
    counts: Vec<i64>,
    total: i64,
    /// Numbers of its footnotes, from 1.
    notes: Vec<usize>,
}

struct Picture {
    height: i64,
    groups: Vec<Group>,
}

/// The bars of one line.
struct Group {
    name: String,
    /// Where its name stands.
    y: i64,
    bars: Vec<Bar>,
}

struct Bar {
    year: i16,
    n: i64,
    x: i64,
    y: i64,
    width: i64,
    /// Where its words stand.
    text_x: i64,
    text_y: i64,
}

/// What the address asks for.
#[derive(Deserialize)]
pub struct Asked {
    to: Option<i16>,
}

/// The page.
pub async fn show(
    State(editorial): State<Editorial>,
    Extension(nonce): Extension<Nonce>,
    by: By,
    Query(asked): Query<Asked>,
) -> Page {
    let agency = by.actor().agency;
    let today = editorial.today();
    let this = ReportingYear::of_date(today).0;
    let to = asked.to.unwrap_or(this).clamp(2000, this);
    let (first, last) = (
        ReportingYear(to - YEARS + 1).first(),
        ReportingYear(to).last(),
    );
    let frame = editorial.desk(&by, &nonce, "reports-years").await?;
    let list = frame.t("nav-reports");
    let frame = frame.under(list, "/desk/reports").at("/desk/reports");
    let mut read = editorial.db.read().await?;
    let found = years_store::items_by_unit(&mut read, agency, first, last).await?;
    let joined = lineage(&mut read, agency, first, last).await?;
    let units = agency_store::units(&mut read, agency, last.min(today)).await?;
    drop(read);
    let say = frame.say;
    // Years before anything was counted would only be empty bars.
    let begun = found.iter().map(|one| one.year).min().unwrap_or(to);
    let years: Vec<i16> = (begun..=to).collect();
    let shown = lines(&found, &years, &joined);
    let names: Vec<String> = shown
        .iter()
        .map(|line| name(line.unit, &units, &say))
        .collect();
    let notes = joined.joins.iter();
    let notes = notes.map(|join| unit_history::join_words(join, &units, &say));
    render(&YearsPage {
        picture: picture(&shown, &names, &years),
        lines: shown
            .iter()
            .zip(&names)
            .map(|(line, name)| row(line, name))
            .collect(),
        notes: notes.collect(),
        before: to - YEARS,
        after: (to < this).then(|| (to + YEARS).min(this)),
        years,
        frame,
    })
}

fn name(unit: Option<UnitId>, units: &[Unit], say: &Say) -> String {
    match unit {
        Some(unit) => unit_history::name(units, unit),
        None => say.t("reports-years-no-unit"),
    }
}

fn row(line: &UnitLine, name: &str) -> Line {
    Line {
        name: name.to_owned(),
        counts: line.counts.clone(),
        total: line.total(),
        notes: line.notes.iter().map(|place| place + 1).collect(),
    }
}

/// The bars: a group for each line, a bar for each year, the longest as wide as there is room.
fn picture(lines: &[UnitLine], names: &[String], years: &[i16]) -> Picture {
    let most = lines.iter().flat_map(|line| &line.counts).max();
    let most = most.copied().unwrap_or(0).max(1);
    let room = WIDTH - 2 * LABEL;
    let mut y = 0;
    let mut groups = Vec::with_capacity(lines.len());
    for (line, name) in lines.iter().zip(names) {
        let top = y + HEAD;
        let bars = years.iter().zip(&line.counts).zip(0..);
        let bars = bars.map(|((year, n), place)| {
            let y = top + place * (BAR + 2);
            let width = n.saturating_mul(room) / most;
            Bar {
                year: *year,
                n: *n,
                x: LABEL,
                y,
                width,
                text_x: LABEL + width + 6,
                text_y: y + BAR - 4,
            }
        });
        let bars: Vec<Bar> = bars.collect();
        y = top + i64::try_from(bars.len()).unwrap_or(0) * (BAR + 2) + GAP;
        groups.push(Group {
            name: name.clone(),
            y: top - 8,
            bars,
        });
    }
    Picture {
        height: y.max(1),
        groups,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_keep_their_proportion_and_stay_in_the_picture() {
        let line = |counts: &[i64]| UnitLine {
            unit: None,
            counts: counts.to_vec(),
            notes: Vec::new(),
        };
        let lines = [line(&[10, 5]), line(&[0, 20])];
        let names = ["a".to_owned(), "b".to_owned()];
        let made = picture(&lines, &names, &[2022, 2023]);
        let widths: Vec<i64> = made
            .groups
            .iter()
            .flat_map(|group| group.bars.iter().map(|bar| bar.width))
            .collect();
        assert_eq!(widths, [272, 136, 0, 544]);
        let all = made.groups.iter().flat_map(|group| &group.bars);
        assert!(
            all.clone()
                .all(|bar| bar.text_x < WIDTH && bar.y + BAR <= made.height)
        );
        let mut tops: Vec<i64> = all.map(|bar| bar.y).collect();
        tops.dedup();
        assert!(tops.windows(2).all(|pair| pair[0] + BAR < pair[1]));
        assert_eq!(picture(&[], &[], &[2023]).groups.len(), 0);
    }
}
