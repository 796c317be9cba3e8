//! The package around the rows: content types, relations, properties, the list of sheets, and how
//! each sheet begins and ends.

use std::collections::HashSet;

use base::Fault;

use crate::sheet::{Book, Sheet, column_name};
use crate::wording::line;
use crate::xml::{Xml, escaped};

pub(super) const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// Longest name of a sheet, in UTF-16 units: what the format can hold.
const NAME_UNITS_MAX: usize = 31;
/// Widest column, in letters: what the format can hold.
const CHARS_MAX: u16 = 255;

/// Every part but the sheets, by name.
pub(super) fn parts(book: &Book) -> Result<Vec<(String, Vec<u8>)>, Fault> {
    if book.sheets.is_empty() {
        return Err(Fault::new("a book without sheets"));
    }
    let names = names(book);
    Ok(vec![
        (
            "[Content_Types].xml".to_owned(),
            content_types(names.len())?,
        ),
        ("_rels/.rels".to_owned(), root_relations()?),
        ("docProps/core.xml".to_owned(), core(book)?),
        ("docProps/app.xml".to_owned(), app(book)?),
        ("xl/workbook.xml".to_owned(), workbook(book, &names)?),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            book_relations(names.len())?,
        ),
        ("xl/styles.xml".to_owned(), super::styles::part()?),
    ])
}

/// The names of the sheets as the format takes them: without its signs, short, each once.
fn names(book: &Book) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut names = Vec::new();
    for (n, sheet) in book.sheets.iter().enumerate() {
        let plain: String = line(&sheet.name)
            .chars()
            .map(|c| if "[]:*?/\\".contains(c) { '-' } else { c })
            .collect();
        let plain = plain.trim_matches(['\'', ' ']);
        let mut name = cut(plain, NAME_UNITS_MAX);
        if name.is_empty() || !taken.insert(name.to_lowercase()) {
            name = format!("{} ({})", cut(plain, NAME_UNITS_MAX - 8), n + 1);
            taken.insert(name.to_lowercase());
        }
        names.push(name);
    }
    names
}

fn cut(text: &str, units_max: usize) -> String {
    let mut units = 0;
    let kept = text.chars().take_while(|c| {
        units += c.len_utf16();
        units <= units_max
    });
    kept.collect::<String>().trim_end().to_owned()
}

fn content_types(n_sheets: usize) -> Result<Vec<u8>, Fault> {
    let mut parts = vec![
        (
            "/xl/workbook.xml".to_owned(),
            format!("{KIND}.sheet.main+xml"),
        ),
        ("/xl/styles.xml".to_owned(), format!("{KIND}.styles+xml")),
        (
            "/docProps/core.xml".to_owned(),
            "application/vnd.openxmlformats-package.core-properties+xml".to_owned(),
        ),
        (
            "/docProps/app.xml".to_owned(),
            "application/vnd.openxmlformats-officedocument.extended-properties+xml".to_owned(),
        ),
    ];
    let sheet = |n: usize| format!("/xl/worksheets/sheet{n}.xml");
    parts.extend((1..=n_sheets).map(|n| (sheet(n), format!("{KIND}.worksheet+xml"))));
    let relations = format!(
        "{}.relationships+xml",
        "application/vnd.openxmlformats-package"
    );
    let space = format!("{PACKAGE}/content-types");
    Xml::document("Types", &[("xmlns", &space)], |xml| {
        for (extension, kind) in [("rels", relations.as_str()), ("xml", "application/xml")] {
            xml.empty(
                "Default",
                &[("Extension", extension), ("ContentType", kind)],
            );
        }
        for (name, kind) in &parts {
            xml.empty("Override", &[("PartName", name), ("ContentType", kind)]);
        }
    })
}

fn root_relations() -> Result<Vec<u8>, Fault> {
    let core = format!("{PACKAGE}/relationships/metadata/core-properties");
    relations(&[
        (
            format!("{RELATIONS}/officeDocument"),
            "xl/workbook.xml".to_owned(),
        ),
        (core, "docProps/core.xml".to_owned()),
        (
            format!("{RELATIONS}/extended-properties"),
            "docProps/app.xml".to_owned(),
        ),
    ])
}

fn book_relations(n_sheets: usize) -> Result<Vec<u8>, Fault> {
    let sheet = |n: usize| {
        (
            format!("{RELATIONS}/worksheet"),
            format!("worksheets/sheet{n}.xml"),
        )
    };
    let mut all: Vec<(String, String)> = (1..=n_sheets).map(sheet).collect();
    all.push((format!("{RELATIONS}/styles"), "styles.xml".to_owned()));
    relations(&all)
}

/// Relations numbered from 1 in their order: `rId1`.
fn relations(all: &[(String, String)]) -> Result<Vec<u8>, Fault> {
    let space = format!("{PACKAGE}/relationships");
    Xml::document("Relationships", &[("xmlns", &space)], |xml| {
        for (n, (kind, target)) in all.iter().enumerate() {
            let id = format!("rId{}", n + 1);
            xml.empty(
                "Relationship",
                &[("Id", &id), ("Type", kind), ("Target", target)],
            );
        }
    })
}

fn core(book: &Book) -> Result<Vec<u8>, Fault> {
    let properties = format!("{PACKAGE}/metadata/core-properties");
    let spaces = [
        ("xmlns:cp", properties.as_str()),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    let made = book.made_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let time = [("xsi:type", "dcterms:W3CDTF")];
    Xml::document("cp:coreProperties", &spaces, |xml| {
        xml.texted("dc:title", &[], &line(&book.title));
        xml.texted("dc:creator", &[], &line(&book.author));
        xml.texted("dcterms:created", &time, &made);
        xml.texted("dcterms:modified", &time, &made);
    })
}

fn app(book: &Book) -> Result<Vec<u8>, Fault> {
    let space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    Xml::document("Properties", &[("xmlns", space)], |xml| {
        xml.texted("Application", &[], "Loa");
        xml.texted("Company", &[], &line(&book.author));
    })
}

fn workbook(book: &Book, names: &[String]) -> Result<Vec<u8>, Fault> {
    let spaces = [("xmlns", MAIN), ("xmlns:r", RELATIONS)];
    Xml::document("workbook", &spaces, |xml| {
        xml.within("bookViews", &[], |xml| {
            xml.empty("workbookView", &[("activeTab", "0")]);
        });
        xml.within("sheets", &[], |xml| {
            for (n, name) in names.iter().enumerate() {
                let (at, id) = ((n + 1).to_string(), format!("rId{}", n + 1));
                xml.empty("sheet", &[("name", name), ("sheetId", &at), ("r:id", &id)]);
            }
        });
        xml.within("definedNames", &[], |xml| {
            for (n, (name, sheet)) in names.iter().zip(&book.sheets).enumerate() {
                let attributes = [
                    ("name", "_xlnm.Print_Titles"),
                    ("localSheetId", &n.to_string()),
                ];
                let row = heading_row(sheet);
                let place = format!("'{}'!${row}:${row}", name.replace('\'', "''"));
                xml.texted("definedName", &attributes, &place);
            }
        });
    })
}

/// The row of the headings, from 1.
fn heading_row(sheet: &Sheet) -> usize {
    sheet.lines.len() + 1
}

/// The part of a sheet up to its first row.
pub(super) fn opening(sheet: &Sheet) -> String {
    let row = heading_row(sheet);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><worksheet xmlns=\"{MAIN}\">\
         <sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>\
         <sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"{row}\" topLeftCell=\"A{}\" \
         activePane=\"bottomLeft\" state=\"frozen\"/><selection pane=\"bottomLeft\"/></sheetView>\
         </sheetViews><sheetFormatPr defaultRowHeight=\"16\"/><cols>",
        row + 1
    );
    for (n, column) in sheet.columns.iter().enumerate() {
        let hidden = if column.is_hidden {
            " hidden=\"1\""
        } else {
            ""
        };
        let chars = column.chars.clamp(1, CHARS_MAX);
        xml.push_str(&format!(
            "<col min=\"{0}\" max=\"{0}\" width=\"{chars}\" customWidth=\"1\"{hidden}/>",
            n + 1
        ));
    }
    xml.push_str("</cols><sheetData>");
    xml
}

/// The part of a sheet after its last row.
pub(super) fn closing(sheet: &Sheet, last_row: u32) -> String {
    let head = heading_row(sheet);
    let last = sheet.columns.iter().rposition(|column| !column.is_hidden);
    let edge = column_name(last.unwrap_or(0));
    let mut xml = "</sheetData>".to_owned();
    if sheet.has_filter {
        let whole = column_name(sheet.columns.len().saturating_sub(1));
        xml.push_str(&format!("<autoFilter ref=\"A{head}:{whole}{last_row}\"/>"));
    }
    if !sheet.lines.is_empty() && edge != "A" {
        xml.push_str(&format!("<mergeCells count=\"{}\">", sheet.lines.len()));
        for row in 1..=sheet.lines.len() {
            xml.push_str(&format!("<mergeCell ref=\"A{row}:{edge}{row}\"/>"));
        }
        xml.push_str("</mergeCells>");
    }
    // A4 on its side, as wide as the sheet, in the margins of Decree 30, with the page at its foot.
    xml.push_str(
        "<pageMargins left=\"0.79\" right=\"0.59\" top=\"0.79\" bottom=\"0.79\" header=\"0.3\" \
         footer=\"0.3\"/><pageSetup paperSize=\"9\" orientation=\"landscape\" fitToWidth=\"1\" \
         fitToHeight=\"0\"/><headerFooter><oddFooter>",
    );
    xml.push_str(&escaped("&C&P/&N"));
    xml.push_str("</oddFooter></headerFooter></worksheet>");
    xml
}
