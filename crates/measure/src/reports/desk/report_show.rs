//! One report: the same document as its DOCX and PDF, with figures that lead to their sources.

use askama::Template;
use axum::extract::{Path, State};
use base::Fault;
use base::id::RowId;
use base::text::number::whole;
use db::Conn;
use editorial::Editorial;
use sha2::{Digest, Sha256};
use web::{By, Frame, Page, render};

use super::document_view::{self, AnnexView, Block};
use super::moment;
use crate::reports::report_paper::{Leads, paper};
use crate::reports::report_store::{self, Report, ReportLine};
use crate::reports::{MAKERS, PeriodName, form_store, report_words};

/// Versions of the period that the page names.
const VERSIONS_MAX: i64 = 50;

#[derive(Template)]
#[template(path = "reports/desk/report_show.html")]
struct ReportPage {
    frame: Frame,
    id: RowId,
    lead: String,
    facts: Vec<Fact>,
    hash: String,
    others: Vec<(String, String)>,
    document: Document,
    forms: Vec<(RowId, String)>,
    may_make: bool,
}

/// A fact of the report, and the list behind it.
struct Fact {
    name: String,
    value: String,
    href: Option<String>,
}

/// The parts of the document that the page shows.
struct Document {
    superior: String,
    issuer: String,
    number: String,
    date: String,
    kind: String,
    about: String,
    bases: Vec<String>,
    blocks: Vec<Block>,
    recipients: Vec<String>,
    signer: String,
    signer_name: String,
    annexes: Vec<AnnexView>,
    note: String,
}

/// The report.
pub async fn show(State(editorial): State<Editorial>, by: By, Path(id): Path<RowId>) -> Page {
    let mut read = editorial.db.read().await?;
    let report = report_store::find(&mut read, by.actor().agency, id).await?;
    let made = report_store::list(&mut read, report.figures.plan.id, VERSIONS_MAX).await?;
    let forms = forms(&mut read, &by, &report).await?;
    drop(read);
    let frame = editorial.desk(&by, "nav-reports").await?;
    let say = frame.say;
    let period = report_words::period(&say, &report.figures.window);
    let frame = frame
        .titled(say.t1("report-page-title", "period", period))
        .under(say.t("nav-reports"), "/desk/reports")
        .at(&format!("/desk/reports/{id}"));
    let day = report_words::day(&say, report.figures.as_of);
    render(&ReportPage {
        lead: say.t1("report-page-lead", "day", day),
        facts: facts(&frame, &report),
        hash: hex::encode(Sha256::digest(report.json.as_bytes())),
        others: others(&frame, &report, &made),
        document: document(&frame, &report),
        forms,
        may_make: by.actor().roles.meets(MAKERS),
        frame,
        id,
    })
}

fn facts(frame: &Frame, report: &Report) -> Vec<Fact> {
    let (figures, say) = (&report.figures, &frame.say);
    let log = match &figures.checkpoint {
        Some(head) => say.t1("report-fact-log-size", "n", whole(head.size)),
        None => say.t("report-fact-log-none"),
    };
    let n_files = figures
        .evidence
        .iter()
        .filter(|row| !row.sha256.is_empty())
        .count();
    let fact = |key: &str, value: String, code: &str| Fact {
        name: say.t(key),
        value,
        href: (!code.is_empty()).then(|| format!("/desk/reports/{}/figures/{code}", report.id)),
    };
    vec![
        fact("report-fact-items", whole(figures.counted.n_items), "items"),
        fact(
            "report-fact-publications",
            whole(figures.counted.n_publications),
            "publications",
        ),
        fact("report-fact-evidence", n_files.to_string(), "evidence"),
        fact("report-fact-log", log, ""),
    ]
}

/// The forms of superiors for the report's kind of period.
async fn forms(conn: &mut Conn, by: &By, report: &Report) -> Result<Vec<(RowId, String)>, Fault> {
    let Ok(period) = report.figures.window.period.parse::<PeriodName>() else {
        return Ok(Vec::new());
    };
    let all = form_store::list(conn, by.actor().agency).await?;
    let own = all
        .into_iter()
        .filter(|form| form.period_code == period.code);
    Ok(own.map(|form| (form.id, form.name)).collect())
}

/// The other reports of the same period: address and words.
fn others(frame: &Frame, report: &Report, made: &[ReportLine]) -> Vec<(String, String)> {
    let period = &report.figures.window.period;
    made.iter()
        .filter(|line| line.period == *period && line.id != report.id)
        .map(|line| {
            let at = moment(&frame.say, line.made_at);
            (
                format!("/desk/reports/{}", line.id),
                frame.say.t1("reports-version", "moment", at),
            )
        })
        .collect()
}

fn document(frame: &Frame, report: &Report) -> Document {
    let say = &frame.say;
    let paper = paper(say, &report.figures, &report.dress, Leads::Desk(report.id));
    let signer = paper.signer.unwrap_or_default();
    Document {
        superior: paper.superior.unwrap_or_default(),
        issuer: paper.issuer,
        number: match paper.number.serial {
            Some(serial) => format!("{serial}/{}", paper.number.symbol),
            None => say.t1("report-number-line", "symbol", paper.number.symbol),
        },
        date: match paper.issued_on {
            Some(day) => format!("{}, {}", paper.place, report_words::day(say, day)),
            None => say.t1("report-date-line", "place", paper.place),
        },
        kind: paper.kind,
        about: paper.abstract_,
        bases: paper.bases,
        blocks: document_view::blocks(&paper.body),
        recipients: paper.recipients,
        signer: signer
            .authority
            .into_iter()
            .chain([signer.title])
            .collect::<Vec<_>>()
            .join("\n"),
        signer_name: signer.name,
        annexes: document_view::annexes(&paper.annexes),
        note: paper.note.unwrap_or_default(),
    }
}
