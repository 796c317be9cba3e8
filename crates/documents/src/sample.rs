//! A quarter's report with every element in it, for the tests and the example.

use documents::paper::{Annex, Cell, Column, Mark, Number, Paper, Part, Run, Signer, Table};
use jiff::Timestamp;
use jiff::civil::date;

/// The report.
pub fn report() -> Paper {
    let about = "Kết quả thực hiện Kế hoạch truyền thông cải cách hành chính quý I năm 2023";
    let mut paper = Paper::new("Báo cáo", about, "Sở Tư pháp");
    paper.superior = Some("Ủy ban nhân dân tỉnh Bình Định".into());
    paper.number = Number::given(5, "BC-STP");
    paper.place = "Bình Định".into();
    paper.issued_on = Some(date(2023, 3, 15));
    paper.made_at = Timestamp::from_second(1_678_871_400).unwrap_or_default();
    paper.addressees = vec![
        "Ủy ban nhân dân tỉnh".into(),
        "Sở Nội vụ tỉnh Bình Định".into(),
    ];
    paper.bases = vec![
        "Căn cứ Kế hoạch cải cách hành chính năm 2023 của tỉnh Bình Định".into(),
        "Căn cứ Kế hoạch truyền thông cải cách hành chính năm 2023 của Sở Tư pháp".into(),
    ];
    paper.body = body();
    paper.recipients = vec![
        "Như trên".into(),
        "Giám đốc, các Phó Giám đốc Sở".into(),
        "Các phòng, đơn vị thuộc Sở".into(),
        "Lưu: VT, VP".into(),
    ];
    paper.signer = Some(Signer::new("Phó Giám đốc", "Nguyễn Văn An").under("KT. Giám đốc"));
    paper.annexes = vec![
        Annex::wide("Kết quả theo nhiệm vụ và hoạt động", vec![results().into()]),
        Annex::new("Danh mục minh chứng", vec![evidence().into()]),
    ];
    paper.mark = Some(Mark {
        code: "stp.example.vn/nhat-ky\n120\nq1Zk0pXW1lXbUuQf0mZ6rV9T3y5hJ2dC8sE4gK7aN0w=\n".into(),
        line: "Quét mã để đối chiếu với nhật ký tại https://stp.example.vn/nhat-ky.".into(),
    });
    paper.note = Some("Số liệu tính từ ngày 15/12/2022 đến ngày 14/3/2023.".into());
    paper
}

fn body() -> Vec<Part> {
    vec![
        Part::heading(1, "I.", "Công tác chỉ đạo, điều hành"),
        Part::paragraph(
            "Trong quý, Sở đã ban hành kế hoạch truyền thông, phân công từng phòng chủ trì từng hoạt \
             động và giao Văn phòng theo dõi, đôn đốc, tổng hợp kết quả hằng tháng để báo cáo tại \
             các buổi họp giao ban của lãnh đạo Sở.",
        ),
        Part::heading(1, "II.", "Kết quả thực hiện"),
        Part::heading(2, "1.", "Tin, bài và kênh truyền thông"),
        Part::Paragraph(vec![
            Run::new("Đã đăng "),
            Run::new("12 tin, bài").bold(),
            Run::new(", đạt "),
            Run::new("80%").italic(),
            Run::new(" chỉ tiêu quý; tra cứu tại "),
            Run::new("trang kế hoạch của Sở").to("https://stp.example.vn/ke-hoach/2023"),
            Run::new("."),
        ]),
        Part::bullets([
            "Trang thông tin điện tử: 08 tin, bài; mỗi tin, bài chỉ tính một lần dù được đăng lại \
             trên nhiều kênh khác nhau trong cùng kỳ báo cáo;",
            "Bản tin tư pháp: 03 bài;",
            "Mạng xã hội: 01 bài.",
        ]),
        Part::heading(3, "a)", "Hội nghị, hội thảo"),
        Part::paragraph("Tổ chức 02 hội nghị với 115 lượt người tham dự."),
        channels().caption("Số tin, bài theo kênh").into(),
        Part::heading(1, "III.", "Phương hướng quý II"),
        Part::paragraph("Tiếp tục thực hiện các hoạt động đã nêu trong Kế hoạch."),
    ]
}

fn channels() -> Table {
    Table::new(vec![
        Column::new("STT", 1).centered(),
        Column::new("Kênh", 5),
        Column::new("Số tin, bài", 2).right(),
        Column::new("Lượt xem", 2).right(),
    ])
    .row(["1", "Trang thông tin điện tử của Sở", "8", "1.240"])
    .row(["2", "Bản tin tư pháp", "3", "–"])
    .row(["3", "Mạng xã hội", "1", "560"])
    .total(["", "Tổng cộng", "12", "1.800"])
}

fn results() -> Table {
    let mut table = Table::new(vec![
        Column::new("STT", 2).centered(),
        Column::new("Nhiệm vụ, hoạt động", 11),
        Column::new("Sản phẩm", 5),
        Column::new("Chỉ tiêu", 3).right(),
        Column::new("Thực hiện", 3).right(),
        Column::new("Đơn vị chủ trì", 5),
        Column::new("Thời gian", 4).centered(),
        Column::new("Ghi chú", 4),
    ]);
    for task in 1..=3 {
        let title = format!("Nhiệm vụ {task}: tuyên truyền chương trình cải cách hành chính");
        table = table.group([task.to_string(), title]);
        for activity in 1..=6 {
            table = table.row([
                format!("{task}.{activity}"),
                "Viết tin, bài về tiếp nhận và trả kết quả tại bộ phận một cửa".to_owned(),
                "tin, bài".to_owned(),
                "12".to_owned(),
                "8".to_owned(),
                "Văn phòng Sở".to_owned(),
                "Quý I/2023".to_owned(),
            ]);
        }
    }
    table.total(["", "Tổng cộng", "", "216", "144"])
}

fn evidence() -> Table {
    let mut table = Table::new(vec![
        Column::new("STT", 1).centered(),
        Column::new("Minh chứng", 6),
        Column::new("Mã kiểm chứng (SHA-256)", 5),
    ]);
    for at in 1..=40 {
        let link = Run::new(format!("Tin {at}: cải cách hành chính")).to(format!(
            "https://stp.example.vn/tin/cai-cach-hanh-chinh-{at}"
        ));
        let sum = format!("{at:02x}").repeat(32);
        table = table.row([
            Cell::from(at.to_string()),
            Cell(vec![link]),
            Cell::from(sum),
        ]);
    }
    table
}
