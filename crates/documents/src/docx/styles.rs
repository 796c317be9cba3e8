//! The styles of the file: one for each element of a paper, by the names that Word knows where it
//! has one, so that navigation, tables of contents and re-styling work.

use base::Fault;

use crate::layout::{self, Element, LINE_SINGLE, Place, Style, style};
use crate::xml::Xml;

const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Id and name of the style of an element.
pub(super) fn names(element: Element) -> (&'static str, &'static str) {
    match element {
        Element::Nation => ("QuocHieu", "Quốc hiệu"),
        Element::Motto => ("TieuNgu", "Tiêu ngữ"),
        Element::Superior => ("CoQuanChuQuan", "Cơ quan chủ quản"),
        Element::Issuer => ("CoQuanBanHanh", "Cơ quan ban hành"),
        Element::Number => ("SoKyHieu", "Số, ký hiệu"),
        Element::DateLine => ("DiaDanhNgay", "Địa danh và ngày"),
        Element::Kind => ("Title", "Title"),
        Element::Abstract => ("Subtitle", "Subtitle"),
        Element::Addressee => ("KinhGui", "Kính gửi"),
        Element::Basis => ("CanCu", "Căn cứ"),
        Element::Body => ("BodyText", "Body Text"),
        Element::Heading(0 | 1) => ("Heading1", "heading 1"),
        Element::Heading(2) => ("Heading2", "heading 2"),
        Element::Heading(3) => ("Heading3", "heading 3"),
        Element::Heading(_) => ("Heading4", "heading 4"),
        Element::Bullet => ("ListBullet", "List Bullet"),
        Element::Caption => ("Caption", "caption"),
        Element::TableHead => ("TieuDeBang", "Tiêu đề bảng"),
        Element::TableText => ("NoiDungBang", "Nội dung bảng"),
        Element::RecipientsTitle => ("NoiNhan", "Nơi nhận"),
        Element::Recipient => ("NoiNhanDong", "Nơi nhận, dòng"),
        Element::Office => ("ChucVu", "Chức vụ người ký"),
        Element::SignerName => ("HoTen", "Họ tên người ký"),
        Element::AnnexLabel => ("PhuLuc", "Phụ lục"),
        Element::AnnexTitle => ("TenPhuLuc", "Tên phụ lục"),
        Element::AnnexReference => ("KemTheo", "Kèm theo"),
        Element::Note => ("GhiChu", "Ghi chú"),
        Element::PageNumber => ("Header", "header"),
    }
}

/// The outline level by which readers navigate: 0 for the first.
fn outline(element: Element) -> Option<u8> {
    match element {
        Element::Heading(level) => Some(level.clamp(1, 4) - 1),
        // An annex is a first-level entry of the navigation too.
        Element::AnnexTitle => Some(0),
        _ => None,
    }
}

/// `word/styles.xml`.
pub(super) fn part(language: &str) -> Result<Vec<u8>, Fault> {
    Xml::document("w:styles", &[("xmlns:w", NAMESPACE)], |xml| {
        defaults(xml, language);
        let normal = [
            ("w:type", "paragraph"),
            ("w:default", "1"),
            ("w:styleId", "Normal"),
        ];
        xml.within("w:style", &normal, |xml| {
            xml.value("w:name", "Normal");
            xml.empty("w:qFormat", &[]);
        });
        let table = [
            ("w:type", "table"),
            ("w:default", "1"),
            ("w:styleId", "TableNormal"),
        ];
        xml.within("w:style", &table, |xml| {
            xml.value("w:name", "Normal Table");
            xml.value("w:uiPriority", 99);
            xml.empty("w:semiHidden", &[]);
            xml.empty("w:unhideWhenUsed", &[]);
        });
        for element in Element::ALL {
            paragraph_style(xml, element);
        }
        hyperlink(xml);
    })
}

fn defaults(xml: &mut Xml, language: &str) {
    xml.within("w:docDefaults", &[], |xml| {
        xml.within("w:rPrDefault", &[], |xml| {
            xml.within("w:rPr", &[], |xml| {
                let font = layout::FONT;
                let fonts = [
                    ("w:ascii", font),
                    ("w:hAnsi", font),
                    ("w:eastAsia", font),
                    ("w:cs", font),
                ];
                xml.empty("w:rFonts", &fonts);
                size(xml, &style(Element::Body));
                let languages = [
                    ("w:val", language),
                    ("w:eastAsia", language),
                    ("w:bidi", "ar-SA"),
                ];
                xml.empty("w:lang", &languages);
            });
        });
        xml.within("w:pPrDefault", &[], |xml| {
            xml.within("w:pPr", &[], |xml| {
                spacing(xml, 0, LINE_SINGLE);
            });
        });
    });
}

fn paragraph_style(xml: &mut Xml, element: Element) {
    let (id, name) = names(element);
    let set = style(element);
    xml.within(
        "w:style",
        &[("w:type", "paragraph"), ("w:styleId", id)],
        |xml| {
            xml.value("w:name", name);
            xml.value("w:basedOn", "Normal");
            if outline(element).is_some() {
                xml.value("w:next", names(Element::Body).0);
            }
            xml.empty("w:qFormat", &[]);
            xml.within("w:pPr", &[], |xml| paragraph_properties(xml, element, &set));
            xml.within("w:rPr", &[], |xml| {
                if set.bold {
                    xml.empty("w:b", &[]);
                    xml.empty("w:bCs", &[]);
                }
                if set.italic {
                    xml.empty("w:i", &[]);
                    xml.empty("w:iCs", &[]);
                }
                size(xml, &set);
            });
        },
    );
}

fn paragraph_properties(xml: &mut Xml, element: Element, set: &Style) {
    if set.keeps_with_next {
        xml.empty("w:keepNext", &[]);
    }
    xml.empty("w:widowControl", &[]);
    if element == Element::Bullet {
        xml.within("w:numPr", &[], |xml| {
            xml.value("w:numId", super::package::BULLETS)
        });
    }
    spacing(xml, set.above.in_twentieths(), set.line);
    let first = set.first_line.in_twentieths().to_string();
    xml.empty("w:ind", &[("w:left", "0"), ("w:firstLine", &first)]);
    xml.value(
        "w:jc",
        match set.place {
            Place::Left => "left",
            Place::Center => "center",
            Place::Justified => "both",
        },
    );
    if let Some(level) = outline(element) {
        xml.value("w:outlineLvl", level);
    }
}

fn spacing(xml: &mut Xml, before: u32, line: u32) {
    let spacing = [
        ("w:before", before.to_string()),
        ("w:after", "0".to_owned()),
        ("w:line", line.to_string()),
        ("w:lineRule", "auto".to_owned()),
    ];
    let spacing = spacing
        .each_ref()
        .map(|(key, value)| (*key, value.as_str()));
    xml.empty("w:spacing", &spacing);
}

fn size(xml: &mut Xml, set: &Style) {
    xml.value("w:sz", set.size.in_half_points());
    xml.value("w:szCs", set.size.in_half_points());
}

/// Links keep the black of the decree; they are told apart by a line under them.
fn hyperlink(xml: &mut Xml) {
    xml.within(
        "w:style",
        &[("w:type", "character"), ("w:styleId", "Hyperlink")],
        |xml| {
            xml.value("w:name", "Hyperlink");
            xml.value("w:uiPriority", 99);
            xml.within("w:rPr", &[], |xml| xml.value("w:u", "single"));
        },
    );
}
