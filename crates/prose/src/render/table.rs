//! A table as HTML: its caption names the region that scrolls.

use super::markup::Page;
use super::push_escaped;
use crate::{Block, Cell};

pub(super) fn push(block: &Block, page: &mut Page<'_>) {
    let Block::Table {
        head_rows,
        rows,
        caption,
    } = block
    else {
        return;
    };
    if caption.is_empty() {
        page.out
            .push_str("<div class=\"table\" tabindex=\"0\"><table>");
    } else {
        let id = page.ids.table();
        page.out.push_str(&format!(
            "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{id}\">\
             <table><caption id=\"{id}\">"
        ));
        push_escaped(caption, &mut page.out);
        page.out.push_str("</caption>");
    }
    let (head, body) = rows.split_at((*head_rows).min(rows.len()));
    part("thead", head, page);
    part("tbody", body, page);
    page.out.push_str("</table></div>");
}

fn part(name: &str, rows: &[Vec<Cell>], page: &mut Page<'_>) {
    if rows.is_empty() {
        return;
    }
    page.out.push_str(&format!("<{name}>"));
    for row in rows {
        page.out.push_str("<tr>");
        for cell in row {
            push_cell(cell, name == "thead", page);
        }
        page.out.push_str("</tr>");
    }
    page.out.push_str(&format!("</{name}>"));
}

fn push_cell(cell: &Cell, is_head: bool, page: &mut Page<'_>) {
    let name = if cell.header { "th" } else { "td" };
    page.out.push_str(&format!("<{name}"));
    if cell.header {
        let scope = match (is_head, cell.colspan > 1, cell.rowspan > 1) {
            (true, false, _) => "col",
            (true, true, _) => "colgroup",
            (false, _, false) => "row",
            (false, _, true) => "rowgroup",
        };
        page.out.push_str(&format!(" scope=\"{scope}\""));
    }
    for (attribute, span) in [("colspan", cell.colspan), ("rowspan", cell.rowspan)] {
        if span > 1 {
            page.out.push_str(&format!(" {attribute}=\"{span}\""));
        }
    }
    page.out.push('>');
    page.short(&cell.blocks);
    page.out.push_str(&format!("</{name}>"));
}
