//! What stands around the content: header cells, title, closing cells, sections.

use super::package::{CODE, HEADER};
use super::parts::{Text, exact, grid, width};
use crate::fonts::Fonts;
use crate::layout::{self, Element, Length, style};
use crate::lines::{balanced, widest};
use crate::paper::{Paper, Run};
use crate::wording::{self, capitals, line, words};
use crate::xml::Xml;

/// Fills the cell of this number, counted from the left.
type FillCell<'a> = dyn Fn(&mut Text, usize) + 'a;

/// Cells side by side without rules: issuer and motto, number and date, recipients and signature.
fn unruled(text: &mut Text, widths: [Length; 2], rows: &[&FillCell]) {
    let links = &mut *text.links;
    let widths = widths.map(Length::in_twentieths);
    text.xml.within("w:tbl", &[], |xml| {
        xml.within("w:tblPr", &[], |xml| {
            width(xml, "w:tblW", widths.iter().sum());
            xml.empty("w:tblLayout", &[("w:type", "fixed")]);
            xml.within("w:tblCellMar", &[], |xml| {
                width(xml, "w:left", 0);
                width(xml, "w:right", 0);
            });
        });
        grid(xml, &widths);
        for fill in rows {
            xml.within("w:tr", &[], |xml| {
                xml.within("w:trPr", &[], |xml| xml.empty("w:cantSplit", &[]));
                for (at, own) in widths.iter().enumerate() {
                    xml.within("w:tc", &[], |xml| {
                        xml.within("w:tcPr", &[], |xml| width(xml, "w:tcW", *own));
                        fill(&mut Text { xml, links }, at);
                    });
                }
            });
        }
    });
}

/// A rule of this length in the middle of this width.
fn rule(text: &mut Text, length: Length, whole: Length) {
    let side = (whole.less(length).in_twentieths() / 2).to_string();
    let weight = layout::RULE_WEIGHT.in_eighths().to_string();
    let top = [
        ("w:val", "single"),
        ("w:sz", weight.as_str()),
        ("w:space", "0"),
        ("w:color", "000000"),
    ];
    text.xml.within("w:p", &[], |xml| {
        xml.within("w:pPr", &[], |xml| {
            xml.empty("w:keepNext", &[]);
            xml.within("w:pBdr", &[], |xml| xml.empty("w:top", &top));
            let height = Length::twentieths(20).in_twentieths().to_string();
            let spacing = [
                ("w:before", layout::RULE_GAP.in_twentieths().to_string()),
                ("w:after", "0".to_owned()),
                ("w:line", height),
                ("w:lineRule", "exact".to_owned()),
            ];
            let spacing = spacing
                .each_ref()
                .map(|(key, value)| (*key, value.as_str()));
            xml.empty("w:spacing", &spacing);
            xml.empty("w:ind", &[("w:left", &side), ("w:right", &side)]);
        });
    });
}

/// The header cells: issuer and number at the left, nation, motto and date at the right.
pub(super) fn head(text: &mut Text, paper: &Paper, fonts: &Fonts) {
    let words = words(paper);
    let even =
        |element, name: &str| balanced(fonts, &capitals(name), &style(element), layout::HEAD_LEFT);
    let issuer = even(Element::Issuer, &paper.issuer);
    let names = |text: &mut Text, cell: usize| {
        if cell == 0 {
            if let Some(superior) = &paper.superior {
                text.paragraph(Element::Superior, &even(Element::Superior, superior));
            }
            text.paragraph(Element::Issuer, &issuer);
            rule(
                text,
                layout::issuer_rule(widest(fonts, &issuer, &style(Element::Issuer))),
                layout::HEAD_LEFT,
            );
        } else {
            text.paragraph(Element::Nation, words.nation);
            text.paragraph(Element::Motto, words.motto);
            let motto = fonts.width(words.motto, &style(Element::Motto));
            rule(text, motto, layout::HEAD_RIGHT);
        }
    };
    let marks = |text: &mut Text, cell: usize| {
        if cell == 0 {
            let number = wording::number_line(paper).unwrap_or_default();
            text.paragraph(Element::Number, &number);
        } else {
            text.paragraph(Element::DateLine, &wording::date_line(paper));
        }
    };
    unruled(
        text,
        [layout::HEAD_LEFT, layout::HEAD_RIGHT],
        &[&names, &marks],
    );
    text.gap(layout::AFTER_HEAD);
}

/// Kind, abstract, those addressed, legal bases.
pub(super) fn opening(text: &mut Text, paper: &Paper, fonts: &Fonts) {
    if !paper.kind.is_empty() {
        text.paragraph(Element::Kind, &capitals(&paper.kind));
    }
    let set = style(Element::Abstract);
    let about = balanced(fonts, &line(&paper.abstract_), &set, layout::TEXT_WIDTH);
    if !about.is_empty() {
        text.paragraph(Element::Abstract, &about);
        let width = widest(fonts, &about, &set);
        rule(text, layout::title_rule(width), layout::TEXT_WIDTH);
    }
    addressees(text, paper);
    for basis in wording::closed(&paper.bases) {
        text.paragraph(Element::Basis, &basis);
    }
}

fn addressees(text: &mut Text, paper: &Paper) {
    let label = words(paper).addressee;
    let all = wording::closed(&paper.addressees);
    if let [only] = all.as_slice() {
        text.paragraph(Element::Addressee, &format!("{label} {only}"));
        return;
    }
    let indented = |indent: Length, above: bool| {
        move |xml: &mut Xml| {
            if !above {
                xml.empty("w:spacing", &[("w:before", "0")]);
            }
            xml.empty("w:ind", &[("w:left", &indent.in_twentieths().to_string())]);
            xml.value("w:jc", "left");
        }
    };
    for (at, one) in all.iter().enumerate() {
        if at == 0 {
            let own = indented(layout::ADDRESSEE_INDENT, true);
            text.set(Element::Addressee, own, &[Run::new(label)]);
        }
        let own = indented(layout::ADDRESSEES_INDENT, false);
        text.set(Element::Addressee, own, &[Run::new(format!("- {one}"))]);
    }
}

/// The closing cells: recipients at the left, signature at the right; then the remark.
pub(super) fn closing(text: &mut Text, paper: &Paper) {
    let recipients = wording::recipients(paper);
    if !recipients.is_empty() || paper.signer.is_some() {
        text.gap(layout::BEFORE_CLOSING);
        let cells = |text: &mut Text, cell: usize| match cell {
            0 if recipients.is_empty() => text.paragraph(Element::Recipient, ""),
            0 => {
                text.paragraph(Element::RecipientsTitle, words(paper).recipients);
                for one in &recipients {
                    text.paragraph(Element::Recipient, one);
                }
            }
            _ => signature(text, paper),
        };
        unruled(
            text,
            [layout::CLOSING_LEFT, layout::CLOSING_RIGHT],
            &[&cells],
        );
    }
    match &paper.note {
        Some(note) => text.paragraph(Element::Note, &line(note)),
        None => text.gap(Length::pt(1)),
    }
}

fn signature(text: &mut Text, paper: &Paper) {
    let Some(signer) = &paper.signer else {
        return text.paragraph(Element::Office, "");
    };
    if let Some(authority) = &signer.authority {
        text.paragraph(Element::Office, &capitals(authority));
    }
    text.paragraph(Element::Office, &capitals(&signer.title));
    text.gap(layout::SIGNATURE_ROOM);
    text.paragraph(Element::SignerName, &line(&signer.name));
}

/// The code after the signature: a picture, and the line beside it.
pub(super) fn mark(text: &mut Text, paper: &Paper) {
    let Some(mark) = &paper.mark else { return };
    let said = line(&mark.line);
    let told = words(paper).code;
    let cells = |text: &mut Text, cell: usize| match cell {
        0 => text.xml.within("w:p", &[], |xml| {
            xml.within("w:r", &[], |xml| picture(xml, told));
        }),
        _ => text.paragraph(Element::Note, &said),
    };
    let side =
        Length::twentieths(layout::CODE_SIDE.in_twentieths() + layout::CODE_GAP.in_twentieths());
    unruled(text, [side, layout::TEXT_WIDTH.less(side)], &[&cells]);
    text.gap(Length::pt(1));
}

/// The picture of the code, in line with the text. Lengths are in English metric units, 635 to a
/// twentieth of a point.
fn picture(xml: &mut Xml, told: &str) {
    const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006";
    let side = (u64::from(layout::CODE_SIDE.in_twentieths()) * 635).to_string();
    let extent = [("cx", side.as_str()), ("cy", side.as_str())];
    let placed = format!("{DRAWING}/wordprocessingDrawing");
    let main = format!("{DRAWING}/main");
    let pictures = format!("{DRAWING}/picture");
    xml.within("w:drawing", &[], |xml| {
        let nothing = ["distT", "distB", "distL", "distR"].map(|side| (side, "0"));
        let mut attributes = vec![("xmlns:wp", placed.as_str())];
        attributes.extend(nothing);
        xml.within("wp:inline", &attributes, |xml| {
            xml.empty("wp:extent", &extent);
            xml.empty("wp:docPr", &[("id", "1"), ("name", "QR"), ("descr", told)]);
            xml.within("a:graphic", &[("xmlns:a", &main)], |xml| {
                xml.within("a:graphicData", &[("uri", &pictures)], |xml| {
                    xml.within("pic:pic", &[("xmlns:pic", &pictures)], |xml| {
                        inner(xml, &extent)
                    });
                });
            });
        });
    });
}

fn inner(xml: &mut Xml, extent: &[(&str, &str)]) {
    xml.within("pic:nvPicPr", &[], |xml| {
        xml.empty("pic:cNvPr", &[("id", "1"), ("name", "QR")]);
        xml.empty("pic:cNvPicPr", &[]);
    });
    xml.within("pic:blipFill", &[], |xml| {
        xml.empty("a:blip", &[("r:embed", CODE)]);
        xml.within("a:stretch", &[], |xml| xml.empty("a:fillRect", &[]));
    });
    xml.within("pic:spPr", &[], |xml| {
        xml.within("a:xfrm", &[], |xml| {
            xml.empty("a:off", &[("x", "0"), ("y", "0")]);
            xml.empty("a:ext", extent);
        });
        xml.within("a:prstGeom", &[("prst", "rect")], |xml| {
            xml.empty("a:avLst", &[])
        });
    });
}

/// The heading of an annex: label, title, to which document it belongs, rule.
pub(super) fn annex(text: &mut Text, paper: &Paper, at: usize, whole: Length, fonts: &Fonts) {
    text.paragraph(Element::AnnexLabel, &wording::annex_label(paper, at));
    let title = capitals(&paper.annexes[at].title);
    let title = balanced(fonts, &title, &style(Element::AnnexTitle), whole);
    text.paragraph(Element::AnnexTitle, &title);
    let set = style(Element::AnnexReference);
    let reference = balanced(fonts, &wording::annex_reference(paper), &set, whole);
    text.paragraph(Element::AnnexReference, &reference);
    let width = widest(fonts, &reference, &set);
    rule(text, layout::title_rule(width), whole);
}

/// How the pages of a section lie; the first section hides the number of its first page.
pub(super) fn section(xml: &mut Xml, landscape: bool, first: bool) {
    let (wide, high) = if landscape {
        (layout::PAGE_HEIGHT, layout::PAGE_WIDTH)
    } else {
        (layout::PAGE_WIDTH, layout::PAGE_HEIGHT)
    };
    let number = |length: Length| length.in_twentieths().to_string();
    xml.within("w:sectPr", &[], |xml| {
        xml.empty(
            "w:headerReference",
            &[("w:type", "default"), ("r:id", HEADER)],
        );
        xml.value("w:type", "nextPage");
        let (wide, high) = (number(wide), number(high));
        let mut size = vec![("w:w", wide.as_str()), ("w:h", high.as_str())];
        if landscape {
            size.push(("w:orient", "landscape"));
        }
        xml.empty("w:pgSz", &size);
        let margins = [
            ("w:top", number(layout::MARGIN_TOP)),
            ("w:right", number(layout::MARGIN_RIGHT)),
            ("w:bottom", number(layout::MARGIN_BOTTOM)),
            ("w:left", number(layout::MARGIN_LEFT)),
            ("w:header", number(layout::PAGE_NUMBER_FROM_EDGE)),
            ("w:footer", number(layout::PAGE_NUMBER_FROM_EDGE)),
            ("w:gutter", "0".to_owned()),
        ];
        let margins = margins
            .each_ref()
            .map(|(key, value)| (*key, value.as_str()));
        xml.empty("w:pgMar", &margins);
        if first {
            xml.empty("w:titlePg", &[]);
        }
    });
}

/// The end of a section that is not the last: a paragraph without height that carries it.
pub(super) fn section_end(xml: &mut Xml, landscape: bool, first: bool) {
    xml.within("w:p", &[], |xml| {
        xml.within("w:pPr", &[], |xml| {
            exact(xml, Length::pt(1));
            section(xml, landscape, first);
        });
    });
}
