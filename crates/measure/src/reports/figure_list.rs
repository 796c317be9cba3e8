//! Every figure of a report by its code, with what it means, where it was counted, and the list
//! behind it. The same codes fill places in templates and cells in forms. Pure.

use std::collections::BTreeMap;

use base::text::number::whole;
use documents::sheet::Value;
use web::Say;

use super::figure_rows::{
    Listing, of_activities, of_evidence, of_forced, of_items, of_late, of_publications, of_typed,
    of_unlinked,
};
use super::figures::{Figures, ItemFigures};
use super::report_words as words;
use super::statistic::{Way, statistic};

/// A figure of a report.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Its code: `items`, `stat-news`, `channel-1`.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// How many.
    pub number: i64,
    /// Whether it is a share in per cent.
    pub is_percent: bool,
    /// Whether a person typed it, wholly or in part.
    pub is_typed: bool,
    /// What it means; the name of its definition in the figures.
    pub defined: &'static str,
    /// The query that found it.
    pub query: &'static str,
}

impl Figure {
    /// As a reader sees it: `1.234`, `83%`.
    pub fn shown(&self) -> String {
        match self.is_percent {
            true => format!("{}%", whole(self.number)),
            false => whole(self.number),
        }
    }

    /// For a cell of a spreadsheet.
    pub fn value(&self) -> Value {
        match self.is_percent {
            // Whole per cents: no figure is lost.
            true => Value::Share(self.number as f64 / 100.0),
            false => Value::Whole(self.number),
        }
    }
}

/// Code, key of the name, definition, query.
type Known = (&'static str, &'static str, &'static str, &'static str);

/// The figures that every report has.
const KNOWN: [Known; 14] = [
    (
        "activities",
        "report-figure-activities",
        "activities",
        "plan.result",
    ),
    (
        "with-target",
        "report-figure-with-target",
        "activities",
        "plan.result",
    ),
    ("done", "report-figure-done", "status", "plan.result"),
    (
        "on-course",
        "report-figure-on-course",
        "status",
        "plan.result",
    ),
    ("at-risk", "report-figure-at-risk", "status", "plan.result"),
    ("late", "report-figure-late", "status", "plan.result"),
    (
        "not-started",
        "report-figure-not-started",
        "status",
        "plan.result",
    ),
    ("percent", "report-figure-percent", "percent", "plan.result"),
    ("items", "report-figure-items", "n_items", "reports.items"),
    (
        "publications",
        "report-figure-publications",
        "n_publications",
        "reports.publications",
    ),
    (
        "unlinked",
        "report-figure-unlinked",
        "unlinked_items",
        "reports.unlinked",
    ),
    (
        "late-items",
        "report-figure-late-items",
        "late_items",
        "reports.late_items",
    ),
    ("forced", "report-figure-forced", "forced", "reports.forced"),
    (
        "evidence",
        "report-figure-evidence",
        "evidence",
        "reports.evidence",
    ),
];

/// Every figure of a report, in the order of its page.
pub fn all(say: &Say, figures: &Figures) -> Vec<Figure> {
    let counted = &figures.counted;
    let known = KNOWN.iter().map(|(code, key, defined, query)| Figure {
        code: (*code).to_owned(),
        name: say.t(key),
        number: number(figures, code),
        is_percent: *code == "percent",
        is_typed: *code == "percent" && figures.all_activities().any(|own| !own.by_hand.is_empty()),
        defined,
        query,
    });
    let statistics = figures.statistics.iter().map(|own| {
        let way = statistic(&own.code).map(|found| found.way);
        Figure {
            code: format!("stat-{}", own.code),
            name: say.t(&format!("report-stat-{}", own.code)),
            number: own.number,
            is_percent: false,
            is_typed: matches!(way, Some(Way::Typed(_)) | None),
            defined: "statistics",
            query: "reports.statistics",
        }
    });
    let channels = counted
        .channels
        .iter()
        .zip(1usize..)
        .flat_map(|(channel, at)| {
            let of = |code: String, name: String, number, defined| Figure {
                code,
                name,
                number,
                is_percent: false,
                is_typed: false,
                defined,
                query: "reports.publications",
            };
            let items = say.t1("report-figure-channel-items", "channel", &channel.name);
            let posts = say.t1(
                "report-figure-channel-publications",
                "channel",
                &channel.name,
            );
            [
                of(format!("channel-{at}"), items, channel.n_items, "n_items"),
                of(
                    format!("posts-{at}"),
                    posts,
                    channel.n_publications,
                    "n_publications",
                ),
            ]
        });
    known.chain(statistics).chain(channels).collect()
}

fn number(figures: &Figures, code: &str) -> i64 {
    let (standing, counted) = (&figures.standing, &figures.counted);
    let len = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    match code {
        "activities" => standing.activities,
        "with-target" => standing.with_target,
        "done" => standing.done,
        "on-course" => standing.on_course,
        "at-risk" => standing.at_risk,
        "late" => standing.late,
        "not-started" => standing.not_started,
        "percent" => standing.percent,
        "items" => counted.n_items,
        "publications" => counted.n_publications,
        "unlinked" => figures.unlinked_items,
        "late-items" => len(figures.late_items.len()),
        "forced" => len(figures.forced.len()),
        _ => len(figures.evidence.len()),
    }
}

/// What fills the places of a template: every figure by its code with `_` for `-`, and the names.
pub fn places(say: &Say, figures: &Figures) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = all(say, figures)
        .into_iter()
        .map(|figure| {
            let shown = match figure.is_percent {
                true => figure.shown(),
                false => words::count(figure.number),
            };
            (figure.code.replace('-', "_"), shown)
        })
        .collect();
    let names = [
        ("agency", figures.agency.name.clone()),
        ("plan", words::plan_name(&figures.plan)),
        ("period", words::period(say, &figures.window)),
        ("from", words::day(say, figures.window.first)),
        ("to", words::day(say, figures.as_of)),
    ];
    found.extend(names.map(|(name, value)| (name.to_owned(), value)));
    found
}

/// The list behind a figure; none for a code that is no figure of the report.
pub fn listing(say: &Say, figures: &Figures, code: &str) -> Option<Listing> {
    let counted = &figures.counted;
    let activities = |status: &'static [&'static str]| {
        let all = figures.all_activities();
        of_activities(
            say,
            figures,
            all.filter(move |a| status.is_empty() || status.contains(&a.status.as_str())),
        )
    };
    Some(match code {
        "activities" | "percent" => activities(&[]),
        "with-target" => of_activities(
            say,
            figures,
            figures.all_activities().filter(|a| a.target.is_some()),
        ),
        "done" => activities(&["done", "done_late"]),
        "on-course" => activities(&["on_course"]),
        "at-risk" => activities(&["at_risk"]),
        "late" => activities(&["late"]),
        "not-started" => activities(&["not_started"]),
        "items" => of_items(counted.items.iter()),
        "publications" => of_publications(counted.items.iter(), |_| true),
        "unlinked" => of_unlinked(figures),
        "late-items" => of_late(figures),
        "forced" => of_forced(figures),
        "evidence" => of_evidence(say, figures),
        _ => return behind(figures, code),
    })
}

/// The list behind a statistic or a channel.
fn behind(figures: &Figures, code: &str) -> Option<Listing> {
    let items = &figures.counted.items;
    if let Some(code) = code.strip_prefix("stat-") {
        let own = figures.statistics.iter().find(|own| own.code == code)?;
        return Some(match statistic(code).map(|found| found.way) {
            Some(Way::Items(_)) => of_items(items.iter().filter(|item| item.class == code)),
            Some(Way::Publications(kind)) => {
                of_publications(items.iter(), move |found| found == kind)
            }
            Some(Way::Typed(_)) | None => of_typed(own),
        });
    }
    let (is_items, at) = match (code.strip_prefix("channel-"), code.strip_prefix("posts-")) {
        (Some(at), _) => (true, at),
        (None, Some(at)) => (false, at),
        (None, None) => return None,
    };
    let at: usize = at.parse().ok()?;
    let channel = figures.counted.channels.get(at.checked_sub(1)?)?;
    let on_it = |item: &&ItemFigures| item.publications.iter().any(|p| p.channel == channel.name);
    if is_items {
        return Some(of_items(items.iter().filter(on_it)));
    }
    let mut list = of_publications(items.iter(), |_| true);
    list.rows
        .retain(|row| matches!(row.get(1), Some((Value::Text(name), _)) if *name == channel.name));
    Some(list)
}
