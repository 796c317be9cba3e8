//! The package around the text: content types, relations, settings, properties, the page header.

use std::io::{Cursor, Write};

use base::Fault;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::styles::names;
use crate::code::Code;
use crate::layout::{self, Element};
use crate::paper::Paper;
use crate::wording::{line, title, words};
use crate::xml::Xml;

pub(super) const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub(super) const RELATIONS: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// Id of the list whose items begin with a dash.
pub(super) const BULLETS: u32 = 1;
/// Relation of the page header that shows the page number.
pub(super) const HEADER: &str = "rIdHeader";
/// Relation of the picture of the code.
pub(super) const CODE: &str = "rIdCode";
/// Where that picture is.
const CODE_FILE: &str = "word/media/code.png";

/// Relation of the link at this place in the list of links.
pub(super) fn link_id(at: usize) -> String {
    format!("rIdLink{}", at + 1)
}

/// The whole file: the given text of `word/document.xml` and everything it needs.
pub(super) fn pack(paper: &Paper, document: Vec<u8>, links: &[String]) -> Result<Vec<u8>, Fault> {
    let mut parts: Vec<(&str, Vec<u8>)> = vec![
        ("[Content_Types].xml", content_types()?),
        ("_rels/.rels", root_relations()?),
        ("docProps/core.xml", core(paper)?),
        ("docProps/app.xml", app(paper)?),
        ("word/document.xml", document),
        (
            "word/_rels/document.xml.rels",
            document_relations(links, paper.mark.is_some())?,
        ),
        ("word/styles.xml", super::styles::part(words(paper).tag)?),
        ("word/numbering.xml", numbering()?),
        ("word/settings.xml", settings(paper)?),
        ("word/fontTable.xml", font_table()?),
        ("word/header1.xml", header()?),
    ];
    if let Some(mark) = &paper.mark {
        parts.push((CODE_FILE, Code::of(&mark.code)?.png()?));
    }
    let fault = |error: zip::result::ZipError| Fault::from_source("the DOCX package", error);
    // A fixed time makes equal papers equal bytes; the real one is in the properties.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name, options).map_err(fault)?;
        zip.write_all(&bytes)?;
    }
    Ok(zip.finish().map_err(fault)?.into_inner())
}

fn content_types() -> Result<Vec<u8>, Fault> {
    let parts = [
        ("/word/document.xml", format!("{WORD}.document.main+xml")),
        ("/word/styles.xml", format!("{WORD}.styles+xml")),
        ("/word/numbering.xml", format!("{WORD}.numbering+xml")),
        ("/word/settings.xml", format!("{WORD}.settings+xml")),
        ("/word/fontTable.xml", format!("{WORD}.fontTable+xml")),
        ("/word/header1.xml", format!("{WORD}.header+xml")),
        (
            "/docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml".to_owned(),
        ),
        (
            "/docProps/app.xml",
            "application/vnd.openxmlformats-officedocument.extended-properties+xml".to_owned(),
        ),
    ];
    let defaults = [
        (
            "rels",
            "application/vnd.openxmlformats-package.relationships+xml",
        ),
        ("xml", "application/xml"),
        ("png", "image/png"),
    ];
    let space = format!("{PACKAGE}/content-types");
    Xml::document("Types", &[("xmlns", &space)], |xml| {
        for (extension, kind) in defaults {
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
    relations(|xml| {
        relation(
            xml,
            "rId1",
            &format!("{RELATIONS}/officeDocument"),
            "word/document.xml",
        );
        relation(xml, "rId2", &core, "docProps/core.xml");
        relation(
            xml,
            "rId3",
            &format!("{RELATIONS}/extended-properties"),
            "docProps/app.xml",
        );
    })
}

fn document_relations(links: &[String], has_code: bool) -> Result<Vec<u8>, Fault> {
    relations(|xml| {
        for (id, kind) in [
            ("rIdStyles", "styles"),
            ("rIdNumbering", "numbering"),
            ("rIdSettings", "settings"),
            ("rIdFonts", "fontTable"),
        ] {
            let target = format!("{kind}.xml");
            relation(xml, id, &format!("{RELATIONS}/{kind}"), &target);
        }
        relation(xml, HEADER, &format!("{RELATIONS}/header"), "header1.xml");
        if has_code {
            relation(xml, CODE, &format!("{RELATIONS}/image"), "media/code.png");
        }
        let kind = format!("{RELATIONS}/hyperlink");
        for (at, link) in links.iter().enumerate() {
            let relation = [
                ("Id", link_id(at)),
                ("Type", kind.clone()),
                ("Target", link.clone()),
                ("TargetMode", "External".to_owned()),
            ];
            let relation = relation
                .each_ref()
                .map(|(key, value)| (*key, value.as_str()));
            xml.empty("Relationship", &relation);
        }
    })
}

fn relations(fill: impl FnOnce(&mut Xml)) -> Result<Vec<u8>, Fault> {
    let space = format!("{PACKAGE}/relationships");
    Xml::document("Relationships", &[("xmlns", &space)], fill)
}

fn relation(xml: &mut Xml, id: &str, kind: &str, target: &str) {
    xml.empty(
        "Relationship",
        &[("Id", id), ("Type", kind), ("Target", target)],
    );
}

fn core(paper: &Paper) -> Result<Vec<u8>, Fault> {
    let properties = format!("{PACKAGE}/metadata/core-properties");
    let spaces = [
        ("xmlns:cp", properties.as_str()),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    let made = paper.made_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let time = [("xsi:type", "dcterms:W3CDTF")];
    Xml::document("cp:coreProperties", &spaces, |xml| {
        xml.texted("dc:title", &[], &title(paper));
        xml.texted("dc:creator", &[], &line(&paper.issuer));
        xml.texted("dc:language", &[], words(paper).tag);
        xml.texted("dcterms:created", &time, &made);
        xml.texted("dcterms:modified", &time, &made);
    })
}

fn app(paper: &Paper) -> Result<Vec<u8>, Fault> {
    let space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    Xml::document("Properties", &[("xmlns", space)], |xml| {
        xml.texted("Application", &[], "Loa");
        xml.texted("Company", &[], &line(&paper.issuer));
    })
}

fn numbering() -> Result<Vec<u8>, Fault> {
    let first = layout::FIRST_LINE.in_twentieths().to_string();
    Xml::document("w:numbering", &[("xmlns:w", MAIN)], |xml| {
        xml.within("w:abstractNum", &[("w:abstractNumId", "0")], |xml| {
            xml.value("w:multiLevelType", "singleLevel");
            xml.within("w:lvl", &[("w:ilvl", "0")], |xml| {
                xml.value("w:start", 1);
                xml.value("w:numFmt", "bullet");
                xml.value("w:suff", "space");
                xml.value("w:lvlText", "-");
                xml.value("w:lvlJc", "left");
                xml.within("w:pPr", &[], |xml| {
                    xml.empty("w:ind", &[("w:left", "0"), ("w:firstLine", &first)]);
                });
            });
        });
        xml.within("w:num", &[("w:numId", &BULLETS.to_string())], |xml| {
            xml.value("w:abstractNumId", 0);
        });
    })
}

fn settings(paper: &Paper) -> Result<Vec<u8>, Fault> {
    let mode = [
        ("w:name", "compatibilityMode"),
        ("w:uri", "http://schemas.microsoft.com/office/word"),
        ("w:val", "15"),
    ];
    Xml::document("w:settings", &[("xmlns:w", MAIN)], |xml| {
        xml.empty("w:zoom", &[("w:percent", "100")]);
        xml.value("w:defaultTabStop", layout::FIRST_LINE.in_twentieths());
        xml.value("w:characterSpacingControl", "doNotCompress");
        xml.within("w:compat", &[], |xml| xml.empty("w:compatSetting", &mode));
        xml.value("w:themeFontLang", words(paper).tag);
    })
}

fn font_table() -> Result<Vec<u8>, Fault> {
    Xml::document("w:fonts", &[("xmlns:w", MAIN)], |xml| {
        xml.within("w:font", &[("w:name", layout::FONT)], |xml| {
            xml.value("w:altName", layout::FONT_TWIN);
            xml.value("w:family", "roman");
            xml.value("w:pitch", "variable");
        });
    })
}

/// The page header: the page number, in the middle of the upper margin.
fn header() -> Result<Vec<u8>, Fault> {
    Xml::document("w:hdr", &[("xmlns:w", MAIN)], |xml| {
        xml.within("w:p", &[], |xml| {
            xml.within("w:pPr", &[], |xml| {
                xml.value("w:pStyle", names(Element::PageNumber).0);
            });
            xml.within("w:fldSimple", &[("w:instr", "PAGE")], |xml| {
                xml.within("w:r", &[], |xml| xml.texted("w:t", &[], "2"));
            });
        });
    })
}
