//! HTML: the paper as one page that stands alone, with its styles and its code inside, to be read in
//! a browser, sent along and printed.
//!
//! Nothing in it asks another server for anything. Every text and attribute is escaped in one place
//! (`xml`); an address that a paper may not lead to is printed as text.

use base::Fault;

use crate::code::{Code, QUIET};
use crate::paper::{Align, Annex, Paper, Part, Row, RowKind, Run, Table};
use crate::wording::{self, capitals, clean, line, words};
use crate::xml::Xml;

const STYLES: &str = include_str!("html.css");

/// The paper as the bytes of an HTML file, UTF-8.
///
/// # Faults
/// A table that cannot be set ([`Paper::check`]), a code that is too long.
pub fn write(paper: &Paper) -> Result<Vec<u8>, Fault> {
    paper.check()?;
    let code = match &paper.mark {
        Some(mark) => Some((Code::of(&mark.code)?, line(&mark.line))),
        None => None,
    };
    let language = [("lang", words(paper).tag)];
    let html = Xml::document("html", &language, |xml| {
        xml.within("head", &[], |xml| head(xml, paper));
        xml.within("body", &[], |xml| {
            xml.within("main", &[], |xml| {
                opening(xml, paper);
                parts(xml, &wording::body(paper), 2);
                closing(xml, paper);
                if let Some((code, told)) = &code {
                    mark(xml, paper, code, told);
                }
                for (at, annex) in paper.annexes.iter().enumerate() {
                    of_annex(xml, paper, at, annex);
                }
            });
        });
    })?;
    // The writer of XML begins with a declaration, which no page of HTML has.
    let at = html
        .windows(2)
        .position(|two| two == b"?>")
        .map_or(0, |at| at + 2);
    Ok([b"<!doctype html>\n", &html[at..]].concat())
}

fn head(xml: &mut Xml, paper: &Paper) {
    xml.empty("meta", &[("charset", "utf-8")]);
    let wide = "width=device-width, initial-scale=1";
    xml.empty("meta", &[("name", "viewport"), ("content", wide)]);
    xml.empty(
        "meta",
        &[("name", "author"), ("content", &line(&paper.issuer))],
    );
    xml.texted("title", &[], &wording::title(paper));
    xml.within("style", &[], |xml| xml.constant(STYLES));
}

fn opening(xml: &mut Xml, paper: &Paper) {
    let words = words(paper);
    xml.within("header", &[], |xml| {
        xml.within("div", &[("class", "issuer")], |xml| {
            if let Some(superior) = &paper.superior {
                xml.texted("p", &[], &capitals(superior));
            }
            xml.texted("p", &[("class", "strong ruled")], &capitals(&paper.issuer));
            if let Some(number) = wording::number_line(paper) {
                xml.texted("p", &[], &number);
            }
        });
        xml.within("div", &[("class", "nation")], |xml| {
            xml.texted("p", &[("class", "strong")], words.nation);
            xml.texted("p", &[("class", "strong ruled")], words.motto);
            xml.texted("p", &[("class", "slanted")], &wording::date_line(paper));
        });
    });
    xml.within("h1", &[], |xml| {
        xml.texted("span", &[], &capitals(&paper.kind));
        xml.empty("br", &[]);
        xml.texted("span", &[("class", "about")], &line(&paper.abstract_));
    });
    let addressees = wording::closed(&paper.addressees);
    if !addressees.is_empty() {
        xml.texted("p", &[("class", "centred")], words.addressee);
        list(xml, "addressees", &addressees);
    }
    for basis in wording::closed(&paper.bases) {
        xml.texted("p", &[("class", "slanted")], &basis);
    }
}

fn list(xml: &mut Xml, class: &str, items: &[String]) {
    xml.within("ul", &[("class", class)], |xml| {
        for item in items {
            xml.texted("li", &[], item);
        }
    });
}

/// The content; `level` is that of its first headings.
fn parts(xml: &mut Xml, all: &[Part], level: u8) {
    for part in all {
        match part {
            Part::Heading {
                level: own,
                number,
                text,
            } => {
                let own = (*own).clamp(1, 4);
                let text = if own == 1 { capitals(text) } else { line(text) };
                let name = format!("h{}", (level + own - 1).min(6));
                xml.texted(&name, &[], &line(&format!("{number} {text}")));
            }
            Part::Paragraph(all) => xml.within("p", &[("class", "running")], |xml| runs(xml, all)),
            Part::Bullets(items) => xml.within("ul", &[("class", "dashes")], |xml| {
                for item in items {
                    xml.within("li", &[], |xml| runs(xml, item));
                }
            }),
            Part::Table(of) => table(xml, of),
        }
    }
}

fn runs(xml: &mut Xml, all: &[Run]) {
    for run in all {
        let mut class = Vec::new();
        class.extend(run.bold.then_some("strong"));
        class.extend(run.italic.then_some("slanted"));
        let class = class.join(" ");
        let target = run.target();
        let mut attributes: Vec<(&str, &str)> = Vec::new();
        attributes.extend(target.as_deref().map(|url| ("href", url)));
        if !class.is_empty() {
            attributes.push(("class", &class));
        }
        let name = if target.is_some() { "a" } else { "span" };
        xml.within(name, &attributes, |xml| {
            for (at, text) in clean(&run.text).split('\n').enumerate() {
                if at > 0 {
                    xml.empty("br", &[]);
                }
                xml.text(text);
            }
        });
    }
}

fn table(xml: &mut Xml, of: &Table) {
    xml.within("div", &[("class", "wide"), ("tabindex", "0")], |xml| {
        xml.within("table", &[], |xml| {
            if let Some(caption) = &of.caption {
                xml.texted("caption", &[], &line(caption));
            }
            xml.within("thead", &[], |xml| {
                xml.within("tr", &[], |xml| {
                    for column in &of.columns {
                        xml.texted("th", &[("scope", "col")], &line(&column.title));
                    }
                });
            });
            xml.within("tbody", &[], |xml| {
                for own in &of.rows {
                    row(xml, of, own);
                }
            });
        });
    });
}

fn row(xml: &mut Xml, of: &Table, own: &Row) {
    let class = match own.kind {
        RowKind::Plain => "",
        RowKind::Group | RowKind::Total => "strong",
    };
    xml.within("tr", &[("class", class)], |xml| {
        let mut column = 0;
        for (cell, span) in of.spans(own) {
            let align = match of.columns[column].align {
                Align::Center => "centred",
                Align::Right if span == 1 => "number",
                Align::Left | Align::Right => "",
            };
            column += span;
            let wide = span.to_string();
            let attributes = [("class", align), ("colspan", wide.as_str())];
            xml.within("td", &attributes, |xml| {
                runs(xml, cell.map(|cell| cell.0.as_slice()).unwrap_or_default());
            });
        }
    });
}

fn closing(xml: &mut Xml, paper: &Paper) {
    let recipients = wording::recipients(paper);
    xml.within("footer", &[], |xml| {
        xml.within("div", &[("class", "recipients")], |xml| {
            if !recipients.is_empty() {
                xml.texted("p", &[("class", "strong slanted")], words(paper).recipients);
                list(xml, "plain", &recipients);
            }
        });
        xml.within("div", &[("class", "signature")], |xml| {
            if let Some(signer) = &paper.signer {
                for office in signer.authority.iter().chain([&signer.title]) {
                    xml.texted("p", &[("class", "strong")], &capitals(office));
                }
                xml.texted("p", &[("class", "strong name")], &line(&signer.name));
            }
        });
    });
    if let Some(note) = &paper.note {
        xml.texted("p", &[("class", "note slanted")], &line(note));
    }
}

/// The code as a drawing: one path of its dark stretches.
fn mark(xml: &mut Xml, paper: &Paper, code: &Code, told: &str) {
    let side = code.width + 2 * QUIET;
    let path: String = code
        .stretches()
        .iter()
        .map(|(row, column, length)| {
            format!("M{} {}h{length}v1h-{length}z", column + QUIET, row + QUIET)
        })
        .collect();
    let view = format!("0 0 {side} {side}");
    let drawn = [
        ("viewBox", view.as_str()),
        ("role", "img"),
        ("aria-label", words(paper).code),
    ];
    xml.within("div", &[("class", "mark")], |xml| {
        xml.within("svg", &drawn, |xml| {
            xml.within("path", &[("d", &path)], |_| {});
        });
        xml.texted("p", &[("class", "note slanted")], told);
    });
}

fn of_annex(xml: &mut Xml, paper: &Paper, at: usize, annex: &Annex) {
    xml.within("section", &[], |xml| {
        xml.within("h2", &[], |xml| {
            xml.texted("span", &[], &wording::annex_label(paper, at));
            xml.empty("br", &[]);
            xml.texted("span", &[], &capitals(&annex.title));
        });
        let reference = wording::annex_reference(paper);
        xml.texted("p", &[("class", "centred slanted")], &reference);
        parts(xml, &annex.body, 3);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::report;

    fn page(paper: &Paper) -> String {
        String::from_utf8(write(paper).unwrap()).unwrap()
    }

    #[test]
    fn the_page_says_what_the_docx_says_and_asks_nobody() {
        let html = page(&report());
        assert!(
            html.starts_with("<!doctype html>\n<html lang=\"vi-VN\">"),
            "{}",
            &html[..80]
        );
        for words in [
            "<h1><span>BÁO CÁO</span>",
            "Số: 05/BC-STP",
            "ngày 15 tháng 3 năm 2023",
            "<h2>II. KẾT QUẢ THỰC HIỆN</h2>",
            "<h3>1. Tin, bài và kênh truyền thông</h3>",
            "href=\"https://stp.example.vn/ke-hoach/2023\"",
            "- Lưu: VT, VP.",
            "KT. GIÁM ĐỐC",
            "DANH MỤC MINH CHỨNG",
            "<svg viewBox=",
        ] {
            assert!(html.contains(words), "{words}");
        }
        for foreign in ["src=", "<script", "<link", "@import", "url("] {
            assert!(!html.contains(foreign), "{foreign}");
        }
    }

    #[test]
    fn hostile_texts_stay_texts() {
        let evil = "<script>alert(1)</script>\" onload=\"x";
        let mut paper = Paper::new(evil, evil, evil);
        paper.body = vec![
            Part::Paragraph(vec![Run::new(evil).to("javascript:alert(1)")]),
            Part::Paragraph(vec![Run::new("x").to("https://a.vn/\"onclick=\"y")]),
        ];
        let html = page(&paper);
        assert!(!html.to_lowercase().contains("<script"), "{html}");
        assert!(
            !html.contains("javascript:") && !html.contains("\"onclick"),
            "{html}"
        );
    }
}
