use std::sync::LazyLock;

use typst::layout::{Frame, FrameItem};

use super::*;
use crate::layout::{MARGIN_LEFT, PAGE_HEIGHT, PAGE_WIDTH};
use crate::paper::{Annex, Cell, Column, Part, Run, Table};
use crate::sample::report;

/// A piece of text with its place from the left and the top and its size, in points.
type Piece = (String, f64, f64, f64);

/// The sample report, set once for all tests that only look at it.
static REPORT: LazyLock<PagedDocument> = LazyLock::new(|| set(&report()).unwrap());

fn pages(document: &PagedDocument) -> Vec<Vec<Piece>> {
    fn walk(frame: &Frame, x: f64, y: f64, pieces: &mut Vec<Piece>) {
        for (at, item) in frame.items() {
            let (x, y) = (x + at.x.to_pt(), y + at.y.to_pt());
            match item {
                FrameItem::Group(group) => walk(&group.frame, x, y, pieces),
                FrameItem::Text(text) => {
                    pieces.push((text.text.to_string(), x, y, text.size.to_pt()));
                }
                _ => {}
            }
        }
    }
    let page = |page: &typst_layout::Page| {
        let mut pieces = Vec::new();
        walk(&page.frame, 0.0, 0.0, &mut pieces);
        pieces
    };
    document.pages().iter().map(page).collect()
}

/// The text of all pages without any space: lines are broken anywhere.
fn text(document: &PagedDocument) -> String {
    let pages = pages(document);
    let pieces = pages.iter().flatten();
    pieces
        .flat_map(|(text, ..)| text.chars())
        .filter(|c| !c.is_whitespace())
        .collect()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn the_pdf_says_the_same_as_the_docx() {
    let text = text(&REPORT);
    for expected in [
        "ỦY BAN NHÂN DÂN TỈNH BÌNH ĐỊNH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 05/BC-STP",
        "Bình Định, ngày 15 tháng 3 năm 2023",
        "II. KẾT QUẢ THỰC HIỆN",
        "nêu trong Kế hoạch./.",
        "- Lưu: VT, VP.",
        "KT. GIÁM ĐỐC",
        "(Kèm theo Báo cáo số 05/BC-STP ngày 15 tháng 3 năm 2023 của Sở Tư pháp)",
        "0101010101010101010101010101010101010101010101010101010101010101",
    ] {
        assert!(text.contains(&squeezed(expected)), "{expected}");
    }
}

#[test]
fn pages_are_a4_and_numbered_in_the_upper_margin_from_the_second_on() {
    let (wide, high) = (PAGE_WIDTH.in_points(), PAGE_HEIGHT.in_points());
    let sizes: Vec<(f64, f64)> = REPORT
        .pages()
        .iter()
        .map(|page| (page.frame.width().to_pt(), page.frame.height().to_pt()))
        .collect();
    assert!(
        sizes
            .iter()
            .all(|size| [(wide, high), (high, wide)].contains(size)),
        "{sizes:?}"
    );
    assert!(sizes.contains(&(high, wide)));
    for (at, pieces) in pages(&REPORT).into_iter().enumerate() {
        let in_margin: Vec<Piece> = pieces
            .into_iter()
            .filter(|(_, _, y, _)| *y < 56.0)
            .collect();
        if at == 0 {
            assert_eq!(in_margin, []);
        } else {
            assert_eq!(in_margin.len(), 1);
            let (text, _, y, size) = &in_margin[0];
            assert_eq!(
                (text.as_str(), *size),
                ((at + 1).to_string().as_str(), 13.0)
            );
            assert!((25.0..40.0).contains(y), "{y}");
        }
    }
}

#[test]
fn the_first_line_is_indented_and_set_in_fourteen_points() {
    let pages = pages(&REPORT);
    let (_, x, _, size) = pages[0]
        .iter()
        .find(|(t, ..)| t.starts_with("Trong quý"))
        .unwrap();
    assert!((x - MARGIN_LEFT.in_points() - 36.0).abs() < 0.1, "{x}");
    assert!((size - 14.0).abs() < f64::EPSILON);
}

#[test]
fn a_signature_never_stands_on_a_page_alone() {
    let mut paper = report();
    paper.annexes.clear();
    for lines in 0..14 {
        paper.body = vec![Part::paragraph("Một dòng."); 20 + lines];
        let pages = pages(&set(&paper).unwrap());
        let last = pages.last().unwrap();
        let signed = last.iter().any(|(text, ..)| text.contains("Nguyễn Văn An"));
        let told = last.iter().any(|(text, ..)| text.contains("./."));
        assert!(signed && told, "{lines}");
    }
}

#[test]
fn a_heading_row_is_repeated_on_every_page_of_its_table() {
    let pages = pages(&REPORT);
    let with_head = |word: &str| {
        let has = |page: &&Vec<Piece>| page.iter().any(|(text, ..)| text.contains(word));
        pages.iter().filter(has).count()
    };
    assert!(with_head("SHA-256") >= 2);
}

#[test]
fn the_file_is_archivable_tagged_titled_and_the_same_every_time() {
    let mut paper = report();
    paper.annexes.clear();
    let bytes = write(&paper).unwrap();
    assert_eq!(bytes, write(&paper).unwrap());
    assert!(bytes.starts_with(b"%PDF-1.7"));
    let raw = String::from_utf8_lossy(&bytes);
    for expected in [
        "/Outlines",
        "/Lang",
        "vi-VN",
        "pdfaid:part",
        "pdfaid:conformance",
        "2023-03-15",
    ] {
        assert!(raw.contains(expected), "{expected}");
    }
    let made_later = {
        paper.made_at += jiff::SignedDuration::from_secs(1);
        write(&paper).unwrap()
    };
    assert_ne!(bytes, made_later);
}

#[test]
fn hostile_texts_stay_texts() {
    let evil =
        r##"#panic("x") $a_b$ \u{41} " \" ] } ) /* // `raw` <lab> @ref *b* _i_ ~ = - #{1+1}"##;
    let mut paper = Paper::new(evil, evil, evil);
    paper.superior = Some(evil.into());
    paper.place = evil.into();
    paper.number = crate::paper::Number::open(evil);
    paper.addressees = vec![evil.into(), evil.into()];
    paper.bases = vec![evil.into()];
    paper.recipients = vec![evil.into()];
    paper.signer = Some(crate::paper::Signer::new(evil, evil).under(evil));
    paper.note = Some(evil.into());
    let table = Table::new(vec![Column::new(evil, 1)])
        .caption(evil)
        .row([Cell(vec![Run::new(evil).bold().italic()])]);
    paper.body = vec![
        Part::heading(3, evil, evil),
        Part::Paragraph(vec![Run::new(evil).to("https://a.vn/\"#x\\y")]),
        Part::bullets([evil, "", "\n\n"]),
        table.into(),
    ];
    paper.annexes = vec![Annex::wide(evil, vec![]), Annex::new(evil, vec![])];
    write(&paper).unwrap();
    assert!(text(&set(&paper).unwrap()).matches(&squeezed(evil)).count() >= 8);
}

#[test]
fn letters_that_the_face_lacks_become_boxes_and_controls_vanish() {
    let mut paper = Paper::new("Báo cáo", "漢字 😀", "Sở\u{0} Tư\u{1b} pháp\u{ffff}");
    paper.body = vec![Part::paragraph(
        "e\u{301}\u{200d}\u{e000}\u{202e}x \u{1f468}\u{200d}\u{1f469}",
    )];
    write(&paper).unwrap();
    let text = text(&set(&paper).unwrap());
    assert!(text.contains("□□□"), "{text}");
    assert!(text.contains("SỞTƯPHÁP"), "{text}");
}

#[test]
fn an_empty_paper_and_endless_texts_are_set_too() {
    write(&Paper::default()).unwrap();
    let mut paper = Paper::new("Báo cáo", "x".repeat(3000), "y".repeat(500));
    let long = "nghìn ".repeat(1500);
    let table = Table::new(vec![Column::new("a", 1), Column::new("b", 9)])
        .row(["w".repeat(900), long.clone()]);
    paper.body = vec![Part::paragraph(long), table.into()];
    paper.recipients = vec!["Nơi nhận".into(); 90];
    let pages = pages(&set(&paper).unwrap());
    assert!(pages.len() > 5, "{}", pages.len());
    // Nothing may run over an edge of its page, not even a word of 900 letters in a narrow cell.
    let (wide, high) = (PAGE_WIDTH.in_points(), PAGE_HEIGHT.in_points());
    assert!(pages.iter().flatten().all(|(_, _, y, _)| *y < high));
    let letters = |text: &str| text.chars().count() as f64;
    let fits = |(text, x, _, size): &Piece| x + 0.4 * size * letters(text) < wide;
    assert!(pages.iter().flatten().all(fits));
    write(&paper).unwrap();
}

#[test]
fn a_long_paper_has_a_table_of_contents_between_the_signature_and_the_annexes() {
    let mut paper = report();
    assert!(!paper.is_long());
    paper.body.extend(vec![Part::paragraph("Một dòng."); 130]);
    assert!(paper.is_long());
    let text = text(&set(&paper).unwrap());
    let at = |words: &str| text.rfind(&squeezed(words)).unwrap();
    let signed = text.find(&squeezed("Nguyễn Văn An")).unwrap();
    let contents = text.find(&squeezed("MỤC LỤC")).unwrap();
    assert!(
        signed < contents && contents < at("Kèm theo Báo cáo"),
        "{text}"
    );
    // Each part is named there again, and each annex.
    for words in ["II. KẾT QUẢ THỰC HIỆN", "DANH MỤC MINH CHỨNG"] {
        assert_eq!(text.matches(&squeezed(words)).count(), 2, "{words}");
    }
    let raw = write(&paper).unwrap();
    let raw = String::from_utf8_lossy(&raw);
    assert!(raw.contains("/TOC") && raw.contains("/TOCI"));
}

#[test]
fn every_file_is_tagged_and_the_code_has_words_for_those_who_do_not_see_it() {
    let raw = write(&report()).unwrap();
    let raw = String::from_utf8_lossy(&raw);
    for expected in [
        "/StructTreeRoot",
        "/MarkInfo",
        "/Figure",
        "/Alt",
        "/Table",
        "/H1",
    ] {
        assert!(raw.contains(expected), "{expected}");
    }
    assert!(
        !raw.contains("/TOC"),
        "a short paper has no table of contents"
    );
}
