use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};

use super::*;
use crate::docx;
use crate::sample::report;

/// The file with a text of one of its parts replaced.
fn spoiled(part: &str, from: &str, to: &str) -> Vec<u8> {
    let bytes = docx::write(&report()).unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut n_replaced = 0;
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        if name == part {
            let text = String::from_utf8(bytes).unwrap();
            n_replaced += text.matches(from).count();
            bytes = text.replacen(from, to, 1).into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        out.write_all(&bytes).unwrap();
    }
    assert!(n_replaced > 0, "{part} does not hold {from}");
    out.finish().unwrap().into_inner()
}

/// The style of an element with one of its properties replaced.
fn styled(id: &str, from: &str, to: &str) -> Vec<u8> {
    let bytes = docx::write(&report()).unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut styles = String::new();
    zip.by_name("word/styles.xml")
        .unwrap()
        .read_to_string(&mut styles)
        .unwrap();
    let at = styles.find(&format!("w:styleId=\"{id}\"")).unwrap();
    let end = at + styles[at..].find("</w:style>").unwrap();
    let old = &styles[at..end];
    assert!(old.contains(from), "{id} does not hold {from}: {old}");
    spoiled("word/styles.xml", old, &old.replacen(from, to, 1))
}

fn faults(docx: &[u8]) -> Vec<&'static str> {
    let verdict = check(docx).unwrap();
    verdict.faults().map(|found| found.parameter).collect()
}

#[test]
fn our_own_paper_meets_every_parameter_and_shows_each_of_them() {
    let verdict = check(&docx::write(&report()).unwrap()).unwrap();
    let faults: Vec<&Finding> = verdict.faults().collect();
    assert!(faults.is_empty(), "{faults:#?}");
    let found: Vec<&str> = verdict.findings.iter().map(|f| f.parameter).collect();
    assert_eq!(found, PARAMETERS, "each once, in their order");
    assert!(verdict.is_met());
}

#[test]
fn each_parameter_that_is_spoilt_is_named_and_no_other() {
    const DOCUMENT: &str = "word/document.xml";
    let small = |id| styled(id, "<w:sz w:val=\"28\"/>", "<w:sz w:val=\"20\"/>");
    let of = |id, from, to| styled(id, from, to);
    let cases: Vec<(&str, Vec<u8>)> = vec![
        (
            "page-size",
            spoiled(
                DOCUMENT,
                "w:w=\"11906\" w:h=\"16838\"",
                "w:w=\"12240\" w:h=\"15840\"",
            ),
        ),
        (
            "margin-top",
            spoiled(DOCUMENT, "w:top=\"1134\"", "w:top=\"900\""),
        ),
        (
            "margin-bottom",
            spoiled(DOCUMENT, "w:bottom=\"1134\"", "w:bottom=\"1600\""),
        ),
        (
            "margin-left",
            spoiled(DOCUMENT, "w:left=\"1701\"", "w:left=\"1440\""),
        ),
        (
            "margin-right",
            spoiled(DOCUMENT, "w:right=\"850\"", "w:right=\"1440\""),
        ),
        (
            "font",
            spoiled(
                "word/styles.xml",
                "w:ascii=\"Times New Roman\"",
                "w:ascii=\"Arial\"",
            ),
        ),
        (
            "colour",
            of(
                "BodyText",
                "<w:sz w:val=\"28\"/>",
                "<w:color w:val=\"0000FF\"/><w:sz w:val=\"28\"/>",
            ),
        ),
        (
            "page-number",
            spoiled("word/header1.xml", "w:instr=\"PAGE\"", "w:instr=\"DATE\""),
        ),
        (
            "page-number-place",
            of(
                "Header",
                "<w:jc w:val=\"center\"/>",
                "<w:jc w:val=\"right\"/>",
            ),
        ),
        (
            "page-number-face",
            of("Header", "<w:sz w:val=\"26\"/>", "<w:sz w:val=\"22\"/>"),
        ),
        ("page-number-first", spoiled(DOCUMENT, "<w:titlePg/>", "")),
        (
            "nation",
            of("QuocHieu", "<w:sz w:val=\"24\"/>", "<w:sz w:val=\"28\"/>"),
        ),
        ("motto", of("TieuNgu", "<w:b/>", "")),
        (
            "superior",
            of(
                "CoQuanChuQuan",
                "<w:sz w:val=\"24\"/>",
                "<w:sz w:val=\"22\"/>",
            ),
        ),
        (
            "issuer",
            of(
                "CoQuanBanHanh",
                "<w:sz w:val=\"24\"/>",
                "<w:sz w:val=\"28\"/>",
            ),
        ),
        (
            "number",
            of("SoKyHieu", "<w:sz w:val=\"26\"/>", "<w:sz w:val=\"28\"/>"),
        ),
        (
            "number-zero",
            spoiled(DOCUMENT, ">Số: 05/BC-STP<", ">Số: 5/BC-STP<"),
        ),
        ("date-line", of("DiaDanhNgay", "<w:i/>", "")),
        (
            "date-zero",
            spoiled(
                DOCUMENT,
                "ngày 15 tháng 3 năm 2023<",
                "ngày 15 tháng 03 năm 2023<",
            ),
        ),
        ("kind", small("Title")),
        ("abstract", of("Subtitle", "<w:b/>", "")),
        ("addressee", small("KinhGui")),
        ("basis", of("CanCu", "<w:i/>", "")),
        (
            "basis-end",
            spoiled(DOCUMENT, "của tỉnh Bình Định;<", "của tỉnh Bình Định<"),
        ),
        ("body", small("BodyText")),
        (
            "body-align",
            of(
                "BodyText",
                "<w:jc w:val=\"both\"/>",
                "<w:jc w:val=\"left\"/>",
            ),
        ),
        (
            "body-indent",
            of("BodyText", "w:firstLine=\"720\"", "w:firstLine=\"360\""),
        ),
        (
            "body-gap",
            of("BodyText", "w:before=\"120\"", "w:before=\"60\""),
        ),
        (
            "body-line",
            of("BodyText", "w:line=\"276\"", "w:line=\"480\""),
        ),
        ("heading", small("Heading1")),
        (
            "heading-case",
            spoiled(DOCUMENT, "CÔNG TÁC CHỈ ĐẠO", "Công tác chỉ đạo"),
        ),
        ("office", small("ChucVu")),
        ("signer-name", of("HoTen", "<w:b/>", "")),
        (
            "signer-title",
            spoiled(DOCUMENT, ">Nguyễn Văn An<", ">ThS. Nguyễn Văn An<"),
        ),
        ("recipients-title", of("NoiNhan", "<w:i/>", "")),
        (
            "recipients",
            of(
                "NoiNhanDong",
                "<w:sz w:val=\"22\"/>",
                "<w:sz w:val=\"24\"/>",
            ),
        ),
        (
            "recipients-marks",
            spoiled(DOCUMENT, ">- Như trên;<", ">Như trên;<"),
        ),
        (
            "recipients-archive",
            spoiled(DOCUMENT, ">- Lưu: VT, VP.<", ">- Lưu: VP.<"),
        ),
        (
            "annex-label",
            of("PhuLuc", "<w:sz w:val=\"28\"/>", "<w:sz w:val=\"26\"/>"),
        ),
        ("annex-title", of("TenPhuLuc", "<w:b/>", "")),
        ("motto-rule", without_rule(0)),
        ("issuer-rule", without_rule(1)),
        ("abstract-rule", without_rule(2)),
    ];
    let tried: BTreeSet<&str> = cases.iter().map(|(parameter, _)| *parameter).collect();
    assert_eq!(
        tried,
        PARAMETERS.into_iter().collect(),
        "every parameter is spoilt once"
    );
    for (parameter, docx) in cases {
        assert_eq!(faults(&docx), [parameter]);
    }
}

/// The file without the line under the motto (0), the issuer (1) or the abstract (2).
fn without_rule(which: usize) -> Vec<u8> {
    let bytes = docx::write(&report()).unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut document = String::new();
    zip.by_name("word/document.xml")
        .unwrap()
        .read_to_string(&mut document)
        .unwrap();
    // The issuer's cell comes first in the file.
    let at = [1, 0, 2][which];
    let mut from = 0;
    for _ in 0..=at {
        from += document[from..].find("<w:pBdr>").unwrap() + 1;
    }
    let begin = document[..from].rfind("<w:p>").unwrap();
    let end = from + document[from..].find("</w:p>").unwrap() + "</w:p>".len();
    spoiled("word/document.xml", &document[begin..end], "")
}

#[test]
fn a_rule_of_another_length_is_measured() {
    let docx = spoiled(
        "word/document.xml",
        "w:line=\"20\" w:lineRule=\"exact\"/><w:ind w:left=\"",
        "w:line=\"20\" w:lineRule=\"exact\"/><w:ind w:left=\"1",
    );
    assert_eq!(faults(&docx), ["issuer-rule"]);
}

#[test]
fn a_finding_says_what_is_what_should_be_and_where() {
    let docx = styled("BodyText", "w:firstLine=\"720\"", "w:firstLine=\"360\"");
    let verdict = check(&docx).unwrap();
    let found = verdict.faults().next().unwrap();
    assert_eq!(
        (found.is.as_str(), found.should.as_str()),
        ("6,4 mm", "10 mm, 12,7 mm")
    );
    assert!(
        found.place.starts_with("Trong quý, Sở đã ban hành"),
        "{}",
        found.place
    );
}

#[test]
fn what_is_no_word_document_is_refused_and_an_empty_one_is_told_what_it_lacks() {
    assert!(check(b"").is_err());
    assert!(check(b"%PDF-1.7").is_err());
    assert!(check(b"PK\x03\x04 nothing").is_err());
    let verdict = check(&docx::write(&crate::paper::Paper::default()).unwrap()).unwrap();
    let missing: Vec<&str> = verdict
        .faults()
        .filter(|found| found.is == "missing")
        .map(|found| found.parameter)
        .collect();
    assert!(
        missing.contains(&"kind") && missing.contains(&"recipients"),
        "{missing:?}"
    );
}

proptest::proptest! {
    #[test]
    fn no_damage_makes_the_check_panic(at in 0usize..20_000, byte in 0u8..=255) {
        let mut docx = docx::write(&report()).unwrap();
        let n = docx.len();
        docx[at % n] = byte;
        let _ = check(&docx);
    }
}
