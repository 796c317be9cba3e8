//! A plan as files to hand on: the document in the layout of Decree 30, and its annex as a list.

use base::id::{AgencyId, PlanId};
use base::{Error, Fault};
use db::Conn;
use documents::paper::Paper;
use web::{Lang, Say};

use super::board::Board;
use super::plan::Plan;
use super::{annex, paper, paper_store, plan_store};
use crate::Editorial;

/// What a plan can be handed on as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// The document for Word.
    Docx,
    /// The document for reading.
    Pdf,
    /// The annex as a spreadsheet.
    Xlsx,
    /// The annex as comma-separated values.
    Csv,
}

impl FileKind {
    /// Its ending.
    pub fn ending(self) -> &'static str {
        match self {
            FileKind::Docx => "docx",
            FileKind::Pdf => "pdf",
            FileKind::Xlsx => "xlsx",
            FileKind::Csv => "csv",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            FileKind::Docx => {
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            }
            FileKind::Pdf => "application/pdf",
            FileKind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            FileKind::Csv => "text/csv; charset=utf-8",
        }
    }

    fn stem(self) -> &'static str {
        match self {
            FileKind::Docx | FileKind::Pdf => "ke-hoach",
            FileKind::Xlsx | FileKind::Csv => "phu-luc",
        }
    }
}

/// A plan of an agency as a file: its name and its bytes.
///
/// # Refusals
/// Not found: no such plan of this agency.
pub async fn export(
    editorial: &Editorial,
    conn: &mut Conn,
    (agency, plan): (AgencyId, PlanId),
    kind: FileKind,
) -> Result<(String, Vec<u8>), Error> {
    let plan = plan_store::find(conn, agency, plan).await?;
    made(editorial, conn, plan, kind).await
}

/// A plan as a file: its name and its bytes. The legal form is the Vietnamese one.
pub(super) async fn made(
    editorial: &Editorial,
    conn: &mut Conn,
    plan: Plan,
    kind: FileKind,
) -> Result<(String, Vec<u8>), Error> {
    let say = editorial.say(Lang::Vi);
    let now = editorial.clock.now();
    let board = Board::load(conn, plan, editorial.today()).await?;
    let name = format!(
        "{}.{}",
        annex::file_stem(&board, kind.stem()),
        kind.ending()
    );
    let paper = match kind {
        FileKind::Docx | FileKind::Pdf => Some(paper_of(conn, &board, &say, now).await?),
        FileKind::Xlsx | FileKind::Csv => None,
    };
    // Typesetting takes a while, so it does not hold up the pages of others.
    let writing = tokio::task::spawn_blocking(move || match (kind, paper) {
        (FileKind::Docx, Some(paper)) => documents::docx::write(&paper),
        (FileKind::Pdf, Some(paper)) => documents::pdf::write(&paper),
        (FileKind::Csv, _) => annex::csv(&board, &say, now),
        _ => annex::xlsx(&board, &say, now),
    });
    let bytes = writing
        .await
        .map_err(|error| Fault::from_source("the plan was not written", error))??;
    Ok((name, bytes))
}

async fn paper_of(
    conn: &mut Conn,
    board: &Board,
    say: &Say,
    now: jiff::Timestamp,
) -> Result<Paper, Error> {
    let around = paper_store::around(conn, board).await?;
    Ok(paper::paper(board, &around, say, now))
}
