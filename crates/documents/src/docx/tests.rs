use std::io::Read;

use quick_xml::events::Event;

use super::*;
use crate::paper::{Annex, Cell, Column, Number, Part, Run, Table};
use crate::sample::report;

/// The parts of the file, by name, in order.
fn parts(paper: &Paper) -> Vec<(String, String)> {
    let bytes = write(paper).unwrap();
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut file = zip.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

fn part(paper: &Paper, name: &str) -> String {
    let found = parts(paper).into_iter().find(|(known, _)| known == name);
    found.unwrap().1
}

/// The definition of one style.
fn style_of(styles: &str, id: &str) -> String {
    let from = styles.find(&format!("w:styleId=\"{id}\"")).unwrap();
    let to = styles[from..].find("</w:style>").unwrap();
    styles[from..from + to].to_owned()
}

/// All text of the document, one line for each paragraph.
fn text(paper: &Paper) -> String {
    let document = part(paper, "word/document.xml");
    let mut reader = quick_xml::Reader::from_str(&document);
    let mut text = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Text(t) => text.push_str(&t.xml10_content()),
            Event::GeneralRef(r) => text.push_str(match &*r {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                "apos" => "'",
                other => panic!("{other}"),
            }),
            Event::End(end) if end.name().as_ref() == "w:p" => text.push('\n'),
            Event::Empty(empty) if empty.name().as_ref() == "w:br" => text.push(' '),
            Event::Eof => return text,
            _ => {}
        }
    }
}

#[test]
fn every_part_is_well_formed_and_declared() {
    let parts = parts(&report());
    assert_eq!(parts[0].0, "[Content_Types].xml");
    for (name, xml) in &parts {
        if name.ends_with(".png") {
            continue;
        }
        let mut reader = quick_xml::Reader::from_str(xml);
        reader.config_mut().check_end_names = true;
        loop {
            match reader.read_event() {
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(error) => panic!("{name}: {error}"),
            }
        }
        if !name.ends_with(".rels") && name != "[Content_Types].xml" {
            assert!(
                parts[0].1.contains(&format!("PartName=\"/{name}\"")),
                "{name}"
            );
        }
    }
}

#[test]
fn pages_have_the_size_and_margins_of_the_decree() {
    let document = part(&report(), "word/document.xml");
    let margins = r#"<w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701""#;
    assert_eq!(document.matches(margins).count(), 3);
    assert_eq!(
        document
            .matches(r#"<w:pgSz w:w="11906" w:h="16838"/>"#)
            .count(),
        2
    );
    let wide = r#"<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>"#;
    assert_eq!(document.matches(wide).count(), 1);
}

#[test]
fn the_page_number_is_a_field_in_the_header_hidden_on_the_first_page() {
    let paper = report();
    let header = part(&paper, "word/header1.xml");
    assert!(header.contains(r#"<w:fldSimple w:instr="PAGE">"#));
    let document = part(&paper, "word/document.xml");
    assert_eq!(document.matches("<w:titlePg/>").count(), 1);
    let first_section = document.find("<w:sectPr>").unwrap();
    assert!(document.find("<w:titlePg/>").unwrap() > first_section);
    let second_section = document.rfind("<w:sectPr>").unwrap();
    assert!(document.find("<w:titlePg/>").unwrap() < second_section);
    let style = style_of(&part(&paper, "word/styles.xml"), "Header");
    assert!(style.contains(r#"<w:jc w:val="center"/>"#) && style.contains(r#"<w:sz w:val="26"/>"#));
}

#[test]
fn faces_sizes_indents_and_spacing_are_those_of_the_decree() {
    let styles = part(&report(), "word/styles.xml");
    assert!(styles.contains(r#"<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman""#));
    assert!(styles.contains(r#"<w:lang w:val="vi-VN""#));
    let body = style_of(&styles, "BodyText");
    for expected in [
        r#"<w:sz w:val="28"/>"#,
        r#"<w:ind w:left="0" w:firstLine="720"/>"#,
        r#"<w:spacing w:before="120" w:after="0" w:line="276" w:lineRule="auto"/>"#,
        r#"<w:jc w:val="both"/>"#,
    ] {
        assert!(body.contains(expected), "{expected} in {body}");
    }
    let cases = [
        ("QuocHieu", 24, true, false),
        ("TieuNgu", 26, true, false),
        ("CoQuanChuQuan", 24, false, false),
        ("CoQuanBanHanh", 24, true, false),
        ("SoKyHieu", 26, false, false),
        ("DiaDanhNgay", 26, false, true),
        ("Title", 28, true, false),
        ("Subtitle", 28, true, false),
        ("CanCu", 28, false, true),
        ("NoiNhan", 24, true, true),
        ("NoiNhanDong", 22, false, false),
        ("ChucVu", 28, true, false),
        ("HoTen", 28, true, false),
        ("PhuLuc", 28, true, false),
    ];
    for (id, half_points, bold, italic) in cases {
        let style = style_of(&styles, id);
        assert!(
            style.contains(&format!(r#"<w:sz w:val="{half_points}"/>"#)),
            "{style}"
        );
        assert_eq!(style.contains("<w:b/>"), bold, "{id}");
        assert_eq!(style.contains("<w:i/>"), italic, "{id}");
    }
}

#[test]
fn readers_can_navigate_by_headings() {
    let paper = report();
    let styles = part(&paper, "word/styles.xml");
    for level in 1..=4 {
        let style = style_of(&styles, &format!("Heading{level}"));
        assert!(style.contains(&format!(r#"<w:name w:val="heading {level}"/>"#)));
        assert!(style.contains(&format!(r#"<w:outlineLvl w:val="{}"/>"#, level - 1)));
        assert!(style.contains("<w:keepNext/>"));
    }
    let document = part(&paper, "word/document.xml");
    assert_eq!(
        document.matches(r#"<w:pStyle w:val="Heading1"/>"#).count(),
        3
    );
}

#[test]
fn tables_repeat_their_heading_and_keep_their_rows_whole() {
    let document = part(&report(), "word/document.xml");
    assert_eq!(document.matches("<w:tblHeader/>").count(), 3);
    let rows = document.matches("<w:tr>").count();
    assert_eq!(document.matches("<w:cantSplit/>").count(), rows);
    // A task's row runs over the seven columns right of its number.
    assert_eq!(document.matches(r#"<w:gridSpan w:val="7"/>"#).count(), 3);
}

#[test]
fn the_paper_says_what_it_must_in_the_words_of_the_decree() {
    let text = text(&report());
    let lines: Vec<&str> = text.lines().collect();
    for expected in [
        "ỦY BAN NHÂN DÂN TỈNH BÌNH ĐỊNH",
        "SỞ TƯ PHÁP",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 05/BC-STP",
        "Bình Định, ngày 15 tháng 3 năm 2023",
        "BÁO CÁO",
        "Kính gửi:",
        "- Sở Nội vụ tỉnh Bình Định.",
        "Căn cứ Kế hoạch truyền thông cải cách hành chính năm 2023 của Sở Tư pháp.",
        "II. KẾT QUẢ THỰC HIỆN",
        "Tiếp tục thực hiện các hoạt động đã nêu trong Kế hoạch./.",
        "Nơi nhận:",
        "- Lưu: VT, VP.",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Nguyễn Văn An",
        "Phụ lục I",
        "Phụ lục II",
        "(Kèm theo Báo cáo số 05/BC-STP ngày 15 tháng 3 năm 2023 của Sở Tư pháp)",
    ] {
        assert!(lines.contains(&expected), "{expected}\n{text}");
    }
}

#[test]
fn a_draft_leaves_room_for_number_and_day() {
    let mut paper = report();
    paper.number = Number::open("BC-STP");
    paper.issued_on = None;
    let text = text(&paper);
    assert!(text.contains("\u{a0}/BC-STP"));
    assert!(text.contains("Bình Định, ngày … tháng … năm …"));
}

#[test]
fn hostile_texts_stay_texts() {
    let evil = "<w:p>&amp;]]>\"'\u{0}\u{8}\u{1b}\u{ffff}😀 =1+1\tx";
    let mut paper = Paper::new(evil, evil, evil);
    paper.note = Some(evil.into());
    let table = Table::new(vec![Column::new(evil, 1)]).row([Cell(vec![Run::new(evil).bold()])]);
    paper.body = vec![
        Part::heading(9, evil, evil),
        Part::Paragraph(vec![Run::new(evil).to("https://a.vn/?a=1&b=\"<x>")]),
        Part::Paragraph(vec![Run::new("x").to("javascript:alert(1)")]),
        table.into(),
    ];
    paper.annexes = vec![Annex::wide(evil, vec![])];
    let text = text(&paper);
    assert!(text.contains("<w:p>&amp;]]>\"'😀 =1+1 x"), "{text}");
    let relations = part(&paper, "word/_rels/document.xml.rels");
    assert!(
        relations.contains("https://a.vn/?a=1&amp;b=%22%3Cx%3E"),
        "{relations}"
    );
    assert!(!relations.contains("javascript"));
    assert!(
        !part(&paper, "word/document.xml")
            .chars()
            .any(|c| c.is_control() && c != '\n')
    );
}

#[test]
fn equal_papers_give_equal_bytes_and_the_time_is_the_papers() {
    let paper = report();
    assert_eq!(write(&paper).unwrap(), write(&paper).unwrap());
    let core = part(&paper, "docProps/core.xml");
    assert!(
        core.contains("2023-03-15T09:10:00Z</dcterms:created>"),
        "{core}"
    );
    assert!(core.contains("<dc:title>Báo cáo Kết quả thực hiện"));
}
