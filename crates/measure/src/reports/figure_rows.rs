//! The rows of the lists behind figures: what each shows and where it leads. Pure.

use documents::sheet::Value;
use web::Say;

use super::figures::{
    ActivityFigures, EvidenceRow, Figures, ForcedPublication, ItemFigures, LateItem,
    StatisticFigures, StatisticRow, UnlinkedItem,
};

/// A cell of a list, and where it leads.
pub type Listed = (Value, Option<String>);

/// The list behind a figure.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// Keys of its headings.
    pub columns: Vec<&'static str>,
    /// Its rows.
    pub rows: Vec<Vec<Listed>>,
}

fn plain(text: &str) -> Listed {
    (Value::text(text), None)
}

/// Activities, each leading to its page.
pub(super) fn of_activities<'a>(
    say: &Say,
    figures: &Figures,
    all: impl Iterator<Item = &'a ActivityFigures>,
) -> Listing {
    let row = |own: &ActivityFigures| {
        let address = format!("/desk/plans/{}/activities/{}", figures.plan.id, own.id);
        vec![
            plain(&own.no),
            (Value::text(&own.title), Some(address)),
            plain(&own.lead_unit),
            (Value::whole(own.target), None),
            plain(&own.target_unit),
            (Value::Whole(own.done_in_window), None),
            (Value::Whole(own.done_in_total), None),
            plain(&say.t(&format!("report-status-{}", own.status))),
        ]
    };
    Listing {
        columns: vec![
            "report-col-no",
            "report-col-activity",
            "report-col-lead",
            "report-col-target",
            "report-col-measure",
            "report-col-window",
            "report-col-total",
            "report-col-status",
        ],
        rows: all.map(row).collect(),
    }
}

/// Items, each leading to its page and its publication.
pub(super) fn of_items<'a>(all: impl Iterator<Item = &'a ItemFigures>) -> Listing {
    let row = |item: &ItemFigures| {
        vec![
            (Value::Day(item.done_on), None),
            (
                Value::text(&item.title),
                Some(format!("/desk/items/{}", item.id)),
            ),
            plain(&item.author),
            plain(&item.unit),
            plain(&item.activities.join("; ")),
            (Value::text(&item.link), web_address(&item.link)),
        ]
    };
    Listing {
        columns: vec![
            "report-col-day",
            "report-col-title",
            "report-col-author",
            "report-col-unit",
            "report-col-activities",
            "report-col-link",
        ],
        rows: all.map(row).collect(),
    }
}

/// Publications on channels of a kind that is wanted.
pub(super) fn of_publications<'a>(
    all: impl Iterator<Item = &'a ItemFigures>,
    is_wanted: impl Fn(&str) -> bool,
) -> Listing {
    let mut rows = Vec::new();
    for item in all {
        for publication in item.publications.iter().filter(|p| is_wanted(&p.kind)) {
            rows.push(vec![
                (Value::Day(publication.published_on), None),
                plain(&publication.channel),
                (
                    Value::text(&item.title),
                    Some(format!("/desk/items/{}", item.id)),
                ),
                (Value::text(&publication.url), web_address(&publication.url)),
            ]);
        }
    }
    Listing {
        columns: vec![
            "report-col-day",
            "report-col-channel",
            "report-col-title",
            "report-col-link",
        ],
        rows,
    }
}

/// What a person typed as an address leads there only if it is one of the web.
fn web_address(url: &str) -> Option<String> {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    is_web.then(|| url.to_owned())
}

/// Items that fulfil no activity.
pub(super) fn of_unlinked(figures: &Figures) -> Listing {
    let row = |item: &UnlinkedItem| {
        vec![
            (Value::Day(item.done_on), None),
            (
                Value::text(&item.title),
                Some(format!("/desk/items/{}", item.item)),
            ),
        ]
    };
    Listing {
        columns: vec!["report-col-day", "report-col-title"],
        rows: figures.unlinked.iter().map(row).collect(),
    }
}

/// Items done after the last day of their activity.
pub(super) fn of_late(figures: &Figures) -> Listing {
    let row = |late: &LateItem| {
        vec![
            (Value::Day(late.done_on), None),
            (
                Value::text(&late.title),
                Some(format!("/desk/items/{}", late.item)),
            ),
            plain(&late.activity),
            (Value::Day(late.to), None),
            (Value::Whole(late.days_late), None),
        ]
    };
    Listing {
        columns: vec![
            "report-col-day",
            "report-col-title",
            "report-col-activities",
            "report-col-end",
            "report-col-days-late",
        ],
        rows: figures.late_items.iter().map(row).collect(),
    }
}

/// Publications that were forced.
pub(super) fn of_forced(figures: &Figures) -> Listing {
    let row = |forced: &ForcedPublication| {
        vec![
            (Value::Day(forced.published_on), None),
            (
                Value::text(&forced.title),
                Some(format!("/desk/items/{}", forced.item)),
            ),
            plain(&forced.reason),
        ]
    };
    Listing {
        columns: vec!["report-col-day", "report-col-title", "report-col-reason"],
        rows: figures.forced.iter().map(row).collect(),
    }
}

/// Pieces of evidence with their files.
pub(super) fn of_evidence(say: &Say, figures: &Figures) -> Listing {
    let row = |own: &EvidenceRow| {
        let file = (!own.sha256.is_empty()).then(|| format!("/desk/files/{}", own.sha256));
        vec![
            (
                Value::text(&own.title),
                Some(format!("/desk/items/{}", own.item)),
            ),
            plain(&say.t(&format!("report-evidence-{}", own.kind))),
            (Value::text(&own.file), file),
            plain(&own.sha256),
            (Value::whole(own.leaf), None),
        ]
    };
    Listing {
        columns: vec![
            "report-col-item",
            "report-col-evidence-kind",
            "report-col-file",
            "report-col-hash-whole",
            "report-col-leaf",
        ],
        rows: figures.evidence.iter().map(row).collect(),
    }
}

/// What people typed, with its evidence.
pub(super) fn of_typed(own: &StatisticFigures) -> Listing {
    let row = |found: &StatisticRow| {
        let evidence = match (&found.item, found.sha256.is_empty()) {
            (Some(item), _) => (
                Value::text(item.to_string()),
                Some(format!("/desk/items/{item}")),
            ),
            (None, false) => (
                Value::text(&found.file),
                Some(format!("/desk/files/{}", found.sha256)),
            ),
            (None, true) => (Value::text(&found.link), web_address(&found.link)),
        };
        vec![
            (Value::Day(found.day), None),
            plain(&found.title),
            (Value::Whole(found.number), None),
            evidence,
        ]
    };
    Listing {
        columns: vec![
            "report-col-day",
            "report-col-title",
            "report-col-number",
            "report-col-evidence",
        ],
        rows: own.rows.iter().map(row).collect(),
    }
}
