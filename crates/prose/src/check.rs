//! How large a document may be, and the refusals that say so.

use base::limits::BODY_CHARS_MAX;
use base::{Problem, Refusal};

use crate::count::visit;
use crate::{Block, Doc};

/// Deepest nesting of blocks: nine levels of lists, as word processors have, and some room.
pub const DEPTH_MAX: usize = 12;
/// Most blocks in one document, those inside lists and tables included.
pub const BLOCKS_MAX: usize = 20_000;
/// Most cells in one table.
pub const CELLS_MAX: usize = 10_000;
/// Most columns that a cell may cover, and most cells in a row.
pub const COLUMNS_MAX: usize = 100;
/// Highest number that a list may begin with.
pub(crate) const START_MAX: u32 = 999_999;
/// Longest caption or description of a picture, in characters.
pub(crate) const LINE_CHARS_MAX: usize = 1_000;

impl Doc {
    /// Whether the document is of a size that the house takes; `field` is the form field it came
    /// from.
    ///
    /// # Refusals
    /// `prose-too-long`, `prose-too-deep`, `prose-too-many-blocks`, `prose-table-too-large`,
    /// `prose-table-too-wide`, `prose-caption-too-long`, each with `max`; all that hold, not only
    /// the first.
    pub fn check(&self, field: &'static str) -> Result<(), Refusal> {
        let mut found = Vec::new();
        let mut refuse = |holds: bool, key: &'static str, max: usize| {
            if holds {
                found.push(Problem::at(field, key).with("max", max));
            }
        };
        let size = Size::of(self);
        refuse(size.depth > DEPTH_MAX, "prose-too-deep", DEPTH_MAX);
        refuse(
            size.blocks > BLOCKS_MAX,
            "prose-too-many-blocks",
            BLOCKS_MAX,
        );
        refuse(size.cells > CELLS_MAX, "prose-table-too-large", CELLS_MAX);
        refuse(
            size.columns > COLUMNS_MAX,
            "prose-table-too-wide",
            COLUMNS_MAX,
        );
        refuse(
            size.line > LINE_CHARS_MAX,
            "prose-caption-too-long",
            LINE_CHARS_MAX,
        );
        refuse(
            self.char_count() > BODY_CHARS_MAX,
            "prose-too-long",
            BODY_CHARS_MAX,
        );
        if found.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Invalid(found))
        }
    }
}

impl Doc {
    /// Only the nesting, which tidying would change.
    pub(crate) fn check_depth(&self, field: &'static str) -> Result<(), Refusal> {
        if depth(&self.blocks) <= DEPTH_MAX {
            return Ok(());
        }
        let problem = Problem::at(field, "prose-too-deep").with("max", DEPTH_MAX);
        Err(Refusal::Invalid(vec![problem]))
    }
}

/// The largest of everything that has a limit.
#[derive(Default)]
struct Size {
    depth: usize,
    blocks: usize,
    cells: usize,
    columns: usize,
    line: usize,
}

impl Size {
    fn of(doc: &Doc) -> Self {
        let mut size = Self {
            depth: depth(&doc.blocks),
            ..Self::default()
        };
        visit(&doc.blocks, &mut |block| {
            size.blocks += 1;
            match block {
                Block::Table { rows, caption, .. } => {
                    size.cells = size.cells.max(rows.iter().map(Vec::len).sum());
                    let widest = rows.iter().map(Vec::len).max().unwrap_or(0);
                    size.columns = size.columns.max(widest);
                    size.line = size.line.max(caption.chars().count());
                }
                Block::Image { alt, caption, .. } => {
                    let longest = alt.chars().count().max(caption.chars().count());
                    size.line = size.line.max(longest);
                }
                _ => {}
            }
        });
        size
    }
}

/// How many blocks stand inside one another at the deepest place.
fn depth(blocks: &[Block]) -> usize {
    let below = |block: &Block| match block {
        Block::List { items, .. } => items.iter().map(|item| depth(item)).max().unwrap_or(0),
        Block::Quote(inner) => depth(inner),
        Block::Table { rows, .. } => {
            let cells = rows.iter().flatten();
            cells.map(|cell| depth(&cell.blocks)).max().unwrap_or(0)
        }
        _ => 0,
    };
    blocks
        .iter()
        .map(|block| 1 + below(block))
        .max()
        .unwrap_or(0)
}
