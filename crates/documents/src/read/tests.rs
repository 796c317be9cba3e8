use std::io::Write;

use super::*;

fn read(bytes: &[u8]) -> Result<Source, ReadProblem> {
    source(bytes, "plan", &Limits::default())
}

fn refused(bytes: &[u8]) -> ReadCode {
    let problem = read(bytes).unwrap_err();
    for lang in ["vi", "en"] {
        let sentence = problem.sentence(lang);
        assert!(!sentence.contains('{'), "{sentence}");
    }
    problem.code
}

fn docx(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn document(body: &str) -> Vec<u8> {
    docx(&[(
        "word/document.xml",
        &format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"),
    )])
}

fn lines(source: &Source) -> Vec<&str> {
    source
        .blocks
        .iter()
        .map(|b| source.text_of(&b.place))
        .collect()
}

fn places_hold(source: &Source) {
    let chars: Vec<char> = source.text.chars().collect();
    let mut end = 0;
    for block in &source.blocks {
        let (from, to) = block.place.span;
        assert!(end <= from && from <= to && to <= chars.len());
        let by_chars: String = chars[from..to].iter().collect();
        assert_eq!(by_chars, source.text_of(&block.place));
        end = to;
        if let BlockKind::Table { rows } = &block.kind {
            for cell in rows.iter().flatten() {
                let by_chars: String = chars[cell.place.span.0..cell.place.span.1].iter().collect();
                assert_eq!(by_chars, source.text_of(&cell.place));
            }
        }
    }
}

#[test]
fn plain_text_is_kept_as_it_is_and_tables_are_seen() {
    let source = read("Kế hoạch\r\n\r\n  - một\r\nSTT\tViệc\tHạn\r\n1\tHọp\tQuý I\r\n| a | b |\n|---|---|\n| c | d |".as_bytes()).unwrap();
    places_hold(&source);
    assert_eq!(source.blocks.len(), 4);
    let BlockKind::Paragraph(look) = &source.blocks[1].kind else {
        panic!()
    };
    assert_eq!(
        (look.indent, source.text_of(&source.blocks[1].place)),
        (2, "- một")
    );
    let BlockKind::Table { rows } = &source.blocks[3].kind else {
        panic!()
    };
    assert_eq!(rows.len(), 2);
    assert_eq!(source.text_of(&rows[1][1].place), "d");
}

#[test]
fn legacy_and_decomposed_text_is_converted_and_noted() {
    let text = "Cải cách hành chính là nhiệm vụ của các cơ quan nhà nước, phục vụ người dân và doanh nghiệp tốt hơn nữa. ";
    let mut utf16 = vec![0xff, 0xfe];
    utf16.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(read(&utf16).unwrap().text, text);
    let apart = "Tiê\u{301}ng Vie\u{323}\u{302}t";
    let source = read(apart.as_bytes()).unwrap();
    assert_eq!(source.text, "Tiếng Việt");
    assert_eq!(source.notes, [SourceNote::Decomposed { span: (0, 10) }]);
    let hidden = "C¶i c¸ch hµnh chÝnh lµ nhiÖm vô cña c¸c c¬ quan nhµ n\u{ad}íc, phôc vô ng\u{ad}êi d©n tèt h¬n n÷a.";
    let source = read(hidden.as_bytes()).unwrap();
    assert!(
        source.text.starts_with("Cải cách hành chính là nhiệm vụ"),
        "{}",
        source.text
    );
    assert!(matches!(
        source.notes[..],
        [SourceNote::Legacy {
            encoding: "TCVN3",
            ..
        }]
    ));
    let mixed = format!("{text}\n{hidden}\n");
    let problem = read(mixed.as_bytes()).unwrap_err();
    assert_eq!(problem.code, ReadCode::MixedEncodings);
    assert_eq!(
        problem.place,
        Place::Character {
            at: text.chars().count() + 1,
            line: 2
        }
    );
    let mut broken = text.as_bytes().to_vec();
    broken.push(0xe9);
    broken.push(b' ');
    assert_eq!(
        read(&broken).unwrap_err().place,
        Place::Byte(text.len() as u64)
    );
}

#[test]
fn html_gives_the_article_without_its_furniture() {
    let html = "<!doctype html><html><head><title>Cổng</title><script>if (a<b) {'<p>mã</p>'}</script></head><body>\
        <nav><a href=/>Trang chủ</a></nav><header><h1>Kế hoạch năm</h1></header><main><p>Căn cứ&nbsp;<b>Luật</b>;\
        <ol type=I><li>Một<ul><li>nhỏ</ul><li>Hai</ol><table><tr><th rowspan=2>A<th colspan=2>B<tr><td>C<td>D</table>\
        <img alt='ảnh minh họa'></main><footer>Bản quyền</footer></body></html>";
    let source = read(html.as_bytes()).unwrap();
    places_hold(&source);
    assert_eq!(
        lines(&source)[..4],
        ["Căn cứ Luật;", "I. Một", "• nhỏ", "II. Hai"]
    );
    let BlockKind::Table { rows } = &source.blocks[4].kind else {
        panic!()
    };
    assert!(rows[1][0].continues && rows[0][1].width == 2);
    let BlockKind::Paragraph(look) = &source.blocks[5].kind else {
        panic!()
    };
    assert!(look.caption);
    assert!(!source.text.contains("Bản quyền") && !source.text.contains("mã"));
}

#[test]
fn a_tag_with_countless_attributes_is_refused_but_scripts_are_not_counted() {
    let words = "a ".repeat(5_000);
    assert_eq!(
        refused(format!("<html><p {words}>x</p></html>").as_bytes()),
        ReadCode::TooManyAttributes
    );
    let script = format!("<html><script>a <b {words} ;</script><p>chữ</p></html>");
    assert_eq!(lines(&read(script.as_bytes()).unwrap()), ["chữ"]);
}

#[test]
fn docx_numbers_tables_and_fonts_come_out_as_people_see_them() {
    let p = |numbered: bool, font: &str, text: &str| {
        let num = if numbered {
            "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>"
        } else {
            ""
        };
        format!(
            "<w:p><w:pPr>{num}</w:pPr><w:r><w:rPr><w:b/><w:rFonts w:ascii=\"{font}\"/></w:rPr><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let cell = |props: &str, text: &str| {
        format!(
            "<w:tc><w:tcPr>{props}</w:tcPr>{}</w:tc>",
            p(false, "Arial", text)
        )
    };
    let body = [
        p(true, "Arial", "Mục đích &amp; yêu cầu"),
        p(true, ".VnTime", "C¶i c¸ch"),
        "<w:p><w:del><w:r><w:t>đã xóa</w:t></w:r></w:del><w:r><w:t>còn lại</w:t></w:r></w:p>"
            .to_owned(),
        format!(
            "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
            cell("<w:vMerge w:val=\"restart\"/>", "I"),
            cell("<w:gridSpan w:val=\"2\"/>", "rộng"),
            cell("<w:vMerge/>", ""),
            cell("", "a"),
            cell("", "b"),
        ),
    ]
    .concat();
    let numbering = "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
        <w:numFmt w:val=\"upperRoman\"/><w:lvlText w:val=\"%1.\"/></w:lvl></w:abstractNum>\
        <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
    let main = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let source = read(&docx(&[
        ("word/document.xml", &main),
        ("word/numbering.xml", numbering),
    ]))
    .unwrap();
    places_hold(&source);
    assert_eq!(
        lines(&source)[..3],
        ["I. Mục đích & yêu cầu", "II. Cải cách", "còn lại"]
    );
    let BlockKind::Table { rows } = &source.blocks[3].kind else {
        panic!()
    };
    assert_eq!(rows[0][1].width, 2);
    assert!(rows[1][0].continues);
    assert_eq!(
        (rows[1][2].column, source.text_of(&rows[1][2].place)),
        (2, "b")
    );
    assert!(matches!(
        source.notes[..],
        [SourceNote::Legacy {
            encoding: "TCVN3",
            ..
        }]
    ));
}

#[test]
fn whatever_cannot_be_read_gets_one_clear_answer() {
    let ole = |stream: &str| {
        let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
        bytes.extend([0; 600]);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    assert_eq!(refused(b""), ReadCode::Empty);
    assert_eq!(refused(b" \n"), ReadCode::Empty);
    assert_eq!(refused(&ole("WordDocument")), ReadCode::OldWord);
    assert_eq!(refused(&ole("EncryptedPackage")), ReadCode::Encrypted);
    assert_eq!(refused(&ole("Workbook")), ReadCode::OldBook);
    assert_eq!(refused(&ole("PowerPoint Document")), ReadCode::OldOffice);
    assert_eq!(refused(b"{\\rtf1 x}"), ReadCode::Rtf);
    assert_eq!(refused(b"%PDF-1.7"), ReadCode::Pdf);
    assert_eq!(refused(b"\x89PNG\r\n"), ReadCode::UnknownKind);
    assert_eq!(refused(b"abc\0\x01\x02def"), ReadCode::UnknownKind);
    assert_eq!(
        refused(&docx(&[("ppt/presentation.xml", "<a/>")])),
        ReadCode::OtherArchive
    );
    let whole = document("<w:p><w:r><w:t>chữ</w:t></w:r></w:p>");
    assert!(read(&whole).is_ok());
    assert_eq!(refused(&whole[..whole.len() / 2]), ReadCode::Damaged);
    assert_eq!(refused(&document("<w:p><w:r></w:p>")), ReadCode::Damaged);
    assert_eq!(
        refused(&docx(&[(
            "word/document.xml",
            "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"
        )])),
        ReadCode::Dtd
    );
}

#[test]
fn bombs_are_refused_before_they_unfold() {
    let spaces = " ".repeat(8 * 1024 * 1024);
    assert_eq!(refused(&document(&spaces)), ReadCode::Bomb);
    let names: Vec<String> = (0..2_100).map(|n| format!("x{n}")).collect();
    let many: Vec<(&str, &str)> = names.iter().map(|n| (n.as_str(), "")).collect();
    assert_eq!(refused(&docx(&many)), ReadCode::TooManyEntries);
    let limits = Limits {
        unpacked_bytes_max: 1_000,
        ..Limits::default()
    };
    let big = document(&"<w:p><w:r><w:t>chữ</w:t></w:r></w:p>".repeat(100));
    assert_eq!(source(&big, "", &limits).unwrap_err().code, ReadCode::Bomb);
}

#[test]
fn a_file_of_a_hundred_megabytes_is_never_held() {
    struct Endless(u64);
    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            self.0 += buffer.len() as u64;
            buffer.fill(b'a');
            Ok(buffer.len())
        }
    }
    let mut endless = Endless(0);
    let limits = Limits::default();
    let problem = capped(&mut endless, &limits).unwrap_err();
    assert_eq!(problem.code, ReadCode::TooLarge);
    assert!(endless.0 < 3 * limits.bytes_max as u64);
}
