//! The same grammar over HTML and DOCX, and texts that are no plans.

use super::*;

/// A ZIP archive whose parts are stored as they are.
fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in parts {
        let at = out.len() as u32;
        let length = (text.len() as u32).to_le_bytes();
        let mut head = vec![20, 0, 0, 8, 0, 0, 0, 0, 0, 0];
        head.extend(crc32(text.as_bytes()).to_le_bytes());
        head.extend(length);
        head.extend(length);
        head.extend((name.len() as u16).to_le_bytes());
        head.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(name.as_bytes());
        out.extend(text.as_bytes());
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&head);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let n = (parts.len() as u16).to_le_bytes();
    let (size, start) = (
        (directory.len() as u32).to_le_bytes(),
        (out.len() as u32).to_le_bytes(),
    );
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([n[0], n[1], n[0], n[1]]);
    out.extend(size);
    out.extend(start);
    out.extend([0, 0]);
    out
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                (crc >> 1) ^ 0xEDB8_8320
            } else {
                crc >> 1
            }
        })
    })
}

fn paragraph(props: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{props}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn cell(props: &str, texts: &[&str]) -> String {
    let inner: String = texts.iter().map(|t| paragraph("", t)).collect();
    format!("<w:tc><w:tcPr>{props}</w:tcPr>{inner}</w:tc>")
}

fn row(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

fn docx(body: &str, numbering: &str) -> ImportedPlan {
    let main = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let numbering = format!("<w:numbering xmlns:w=\"w\">{numbering}</w:numbering>");
    let bytes = archive(&[
        ("word/document.xml", &main),
        ("word/numbering.xml", &numbering),
    ]);
    read(&source_of(&bytes)).unwrap()
}

#[test]
fn a_docx_with_header_cells_automatic_numbers_and_merged_cells_is_read() {
    let num = |id: u8, level: u8| {
        format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{id}\"/></w:numPr>")
    };
    let wide = "<w:gridSpan w:val=\"2\"/>";
    let begin = "<w:vMerge w:val=\"restart\"/>";
    let body = [
        format!(
            "<w:tbl>{}</w:tbl>",
            row(&[
                cell("", &["UBND TỈNH LÂM HÀ", "SỞ XÂY DỰNG", "Số: 21/KH-SXD"]),
                cell(
                    "",
                    &[
                        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                        "Lâm Hà, ngày 10 tháng 01 năm 2025"
                    ]
                ),
            ])
        ),
        paragraph("", "KẾ HOẠCH"),
        paragraph("", "Truyền thông cải cách hành chính năm 2025"),
        paragraph(&num(1, 0), "MỤC ĐÍCH"),
        paragraph(&num(2, 0), "Nâng cao nhận thức của công chức."),
        paragraph(&num(1, 0), "NỘI DUNG"),
        paragraph(&num(1, 1), "Cải cách hành chính"),
        paragraph(&num(1, 1), "Dịch vụ công trực tuyến"),
        paragraph("", "PHỤ LỤC"),
        format!(
            "<w:tbl>{}</w:tbl>",
            [
                row(&[
                    cell(begin, &["TT"]),
                    cell(begin, &["Nhiệm vụ"]),
                    cell(wide, &["Đơn vị thực hiện"]),
                    cell(begin, &["Thời gian"])
                ]),
                row(&[
                    cell("<w:vMerge/>", &[""]),
                    cell("<w:vMerge/>", &[""]),
                    cell("", &["Chủ trì"]),
                    cell("", &["Phối hợp"]),
                    cell("<w:vMerge/>", &[""])
                ]),
                row(&[
                    cell("", &["I"]),
                    cell("<w:gridSpan w:val=\"4\"/>", &["Cải cách hành chính"])
                ]),
                row(&[
                    cell("", &["1"]),
                    cell("", &["Viết 12 tin, bài"]),
                    cell(begin, &["Văn phòng"]),
                    cell("", &["Thanh tra", "Phòng Hạ tầng"]),
                    cell("", &["Cả năm"])
                ]),
                row(&[
                    cell("", &["2"]),
                    cell("", &["Tọa đàm"]),
                    cell("<w:vMerge/>", &[""]),
                    cell("", &[""]),
                    cell("", &["Quý I, II"])
                ]),
                row(&[
                    cell("", &["II"]),
                    cell("<w:gridSpan w:val=\"4\"/>", &["Thanh toán trực tuyến"])
                ]),
                row(&[
                    cell("", &["1"]),
                    cell("", &["Phát tờ rơi"]),
                    cell("", &["Thanh tra"]),
                    cell("", &[""]),
                    cell("", &["Từ ngày 01/3 đến 30/11/2025"])
                ]),
            ]
            .concat()
        ),
    ]
    .concat();
    let level = |n: u8, format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"{n}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"0\">{}{}</w:abstractNum><w:abstractNum w:abstractNumId=\"1\">{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>",
        level(0, "upperRoman", "%1."),
        level(1, "decimal", "%2."),
        level(0, "bullet", "-"),
    );
    let plan = docx(&body, &numbering);
    assert_eq!(
        (plan.number.as_deref(), plan.issuer.as_deref()),
        (Some("21/KH-SXD"), Some("Sở Xây dựng"))
    );
    assert_eq!(day(plan.issued_on), "2025-01-10");
    assert_eq!(
        tree(&plan),
        [
            "1 Cải cách hành chính",
            "2 Dịch vụ công trực tuyến",
            "3 Thanh toán trực tuyến"
        ]
    );
    assert_eq!(
        shorts(&plan),
        [
            "1 | Viết 12 tin, bài | 12 tin, bài | Văn phòng | 2025-01-01..2025-12-31",
            "1 | Tọa đàm | - | Văn phòng | 2025-01-01..2025-06-30",
            "3 | Phát tờ rơi | - | Thanh tra | 2025-03-01..2025-11-30",
        ]
    );
    assert_eq!(
        plan.activities[0].supporting_units,
        ["Thanh tra", "Phòng Hạ tầng"]
    );
}

#[test]
fn an_old_font_in_a_docx_is_converted_and_reported() {
    let body = [
        paragraph("", "KẾ HOẠCH"),
        paragraph("", "Truyền thông cải cách hành chính năm 2025"),
        paragraph("", "NỘI DUNG"),
        "<w:p><w:r><w:rPr><w:rFonts w:ascii=\".VnTime\"/></w:rPr><w:t>1. C¶i c¸ch hµnh chÝnh</w:t></w:r></w:p>".to_owned(),
        paragraph("", "2. Dịch vụ công trực tuyến"),
    ];
    let plan = docx(&body.concat(), "");
    assert_eq!(
        tree(&plan),
        ["1 Cải cách hành chính", "2 Dịch vụ công trực tuyến"]
    );
    assert!(codes(&plan).contains(&"text.legacy_encoding"));
}

#[test]
fn a_page_with_lists_and_a_table_is_read() {
    let plan = plan(
        "<html><body><nav>Menu</nav><div><p align=center><b>KẾ HOẠCH</b></p><p align=center><b>Tuyên truyền cải cách hành chính năm 2023</b></p>\
         <p><b>I. NỘI DUNG</b><ol><li>Tuyên truyền văn bản mới<ul><li>của trung ương<li>của tỉnh</ul><li>Tuyên truyền kết quả</ol>\
         <p><b>II. PHÂN CÔNG</b><table><tr><th>STT<th>Công việc<th>Thời hạn<th>Chủ trì<tr><td rowspan=2>1<td>Họp báo<td>Tháng 3<td rowspan=2>Văn phòng\
         <tr><td>Viết bài<td>Quý IV</table></div></body></html>",
    );
    assert_eq!(
        tree(&plan),
        [
            "1 Tuyên truyền văn bản mới",
            "1.1 của trung ương",
            "1.2 của tỉnh",
            "2 Tuyên truyền kết quả"
        ]
    );
    assert_eq!(
        shorts(&plan),
        [
            "- | Họp báo | - | Văn phòng | 2023-03-01..2023-03-31",
            "- | Viết bài | - | Văn phòng | 2023-10-01..2023-12-31"
        ]
    );
}

#[test]
fn a_portal_page_gives_the_article_with_author_and_time() {
    let plan = plan(
        "<!doctype html><html><head><title>Cổng | Tin</title><meta name=author content='Ban Biên tập'></head><body>\
         <div class='sidebar'><p>Kế hoạch kiểm tra năm 2020</p></div><article><h1>Kế hoạch truyền thông cải cách hành chính năm 2024</h1>\
         <p>Ngày đăng: 06/02/2024 | Lượt xem: 2.015</p><img alt='ảnh minh họa'><h2>Mục đích</h2><p>Giúp người dân hiểu về dịch vụ công.</p>\
         <h2>Nội dung</h2><p>1. Giới thiệu thủ tục mới</p><p>2. Phổ biến thanh toán trực tuyến</p></article></body></html>",
    );
    assert_eq!(
        plan.title,
        "Kế hoạch truyền thông cải cách hành chính năm 2024"
    );
    assert_eq!(plan.source.author.as_deref(), Some("Ban Biên tập"));
    assert_eq!(
        plan.source.published_at.as_deref(),
        Some("2024-02-06T00:00:00+07:00")
    );
    assert_eq!(plan.source.views, Some(2015));
    assert_eq!(plan.purposes, ["Giúp người dân hiểu về dịch vụ công"]);
    assert_eq!(
        tree(&plan),
        [
            "1 Giới thiệu thủ tục mới",
            "2 Phổ biến thanh toán trực tuyến"
        ]
    );
    assert!(codes(&plan).contains(&"style.caption_generic"));
}

#[test]
fn what_is_no_plan_is_refused_with_the_reason() {
    for (text, code) in [
        (
            "Cách nấu phở bò\n1. Ninh xương.\n2. Thái thịt.\n",
            ImportCode::NotAPlan,
        ),
        ("fn main() {\n    let plan = 1;\n}\n", ImportCode::NotAPlan),
        (
            "Khai mạc giải bóng đá\nThứ hai - 06/03/2023 08:00\n- Đội A gặp đội B.\n",
            ImportCode::NotAPlan,
        ),
        (
            "Kế hoạch đi chơi cuối tuần\n1. Mua vé.\n2. Xếp đồ.\n",
            ImportCode::NotAPlan,
        ),
        (
            "UBND TỈNH LÂM HÀ\nQUYẾT ĐỊNH\nVề việc bổ nhiệm cán bộ\nĐiều 1. Bổ nhiệm ông A.\n",
            ImportCode::OtherDocument,
        ),
        (
            "SỞ Y TẾ\nBÁO CÁO\nKết quả thực hiện kế hoạch\nI. KẾT QUẢ\n",
            ImportCode::OtherDocument,
        ),
        (
            "QUYẾT ĐỊNH\nVề việc ban hành Kế hoạch truyền thông\nĐiều 1. Ban hành kèm theo Quyết định này Kế hoạch truyền thông.\n",
            ImportCode::DecisionWithoutPlan,
        ),
        (
            "KẾ HOẠCH\nTruyền thông cải cách hành chính năm 2024\nCăn cứ nhiệm vụ được giao.\n",
            ImportCode::NoTasks,
        ),
        ("1 2 3 - 4", ImportCode::Empty),
    ] {
        let problem = read(&source_of(text.as_bytes())).unwrap_err();
        assert_eq!(problem.code, code, "{text}");
        for lang in ["vi", "en"] {
            assert!(!problem.sentence(lang).contains('{'), "{text}");
        }
    }
}

#[test]
fn the_json_has_the_fields_of_the_contract() {
    let plan = plan(
        "KẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2024\nI. NỘI DUNG\n1. Tổ chức 12 hội nghị trước ngày 15/6\n2. Viết bài\n",
    );
    let json = serde_json::to_value(&plan).unwrap();
    for field in [
        "title",
        "year",
        "kind",
        "number",
        "issued_on",
        "issuer",
        "source",
        "legal_bases",
        "purposes",
        "audiences",
        "tasks",
        "activities",
        "channels",
        "findings",
    ] {
        assert!(json.get(field).is_some(), "{field}");
    }
    assert_eq!(json["kind"], "communication_plan");
    assert!(json["number"].is_null() && json["source"]["author"].is_null());
    let activity = &json["activities"][0];
    assert_eq!(activity["task_no"], "1");
    assert_eq!(
        activity["target"],
        serde_json::json!({"number": 12, "unit": "hội nghị"})
    );
    assert_eq!(activity["window"]["to"], "2024-06-15");
    assert!(activity["window"]["from"].is_null() && activity["window"]["recurs"].is_null());
    assert_eq!(json["findings"][0]["code"], "plan.number_missing");
    assert_eq!(json["findings"][0]["severity"], "ask");
    let back: ImportedPlan = serde_json::from_value(json).unwrap();
    assert_eq!(back, plan);
    for lang in ["vi", "en"] {
        assert!(to_text(&plan, lang).contains("12 hội nghị"));
    }
}
