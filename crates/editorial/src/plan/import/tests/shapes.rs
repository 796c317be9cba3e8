//! Shapes of plans in plain text.

use super::*;

const PROVINCE: &str = "ỦY BAN NHÂN DÂN\t\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH LÂM HÀ\t\tĐộc lập - Tự do - Hạnh phúc
Số: 47/KH-UBND\t\tLâm Hà, ngày 11 tháng 3 năm 2024

KẾ HOẠCH
Thông tin, tuyên truyền cải cách hành chính tỉnh Lâm Hà năm 2024

Căn cứ Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ ban hành Chương trình tổng thể;
Căn cứ Quyết định số 1234/QĐ-UBND ngày 20/12/2023 của UBND tỉnh về Kế hoạch cải cách hành chính năm 2024,
Ủy ban nhân dân tỉnh ban hành Kế hoạch tuyên truyền năm 2024 như sau:

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
a) Nâng cao nhận thức của cán bộ, công chức.
b) Giúp người dân, doanh nghiệp dùng dịch vụ công trực tuyến.
2. Yêu cầu
- Thiết thực, hiệu quả.

II. NỘI DUNG TUYÊN TRUYỀN
1. Tuyên truyền chủ trương, chính sách
a) Nghị quyết của Chính phủ;
b) Kế hoạch của tỉnh:
- Kế hoạch năm;
- Kế hoạch kiểm tra.
2. Tuyên truyền kết quả các chỉ số

III. HÌNH THỨC TUYÊN TRUYỀN
1. Đăng trên Báo Lâm Hà, Đài Phát thanh và Truyền hình tỉnh: mỗi tháng 02 tin, bài.
2. Tổ chức ít nhất 02 hội nghị tập huấn trong quý II/2024.

IV. KINH PHÍ
Từ ngân sách nhà nước.

V. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ
a) Chủ trì, theo dõi, đôn đốc việc thực hiện Kế hoạch.

Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
Nguyễn Văn A
";

#[test]
fn a_province_plan_is_read_from_its_header_to_its_signature() {
    let plan = plan(PROVINCE);
    assert_eq!(
        plan.title,
        "Kế hoạch Thông tin, tuyên truyền cải cách hành chính tỉnh Lâm Hà năm 2024"
    );
    assert_eq!(
        (plan.year, plan.number.as_deref()),
        (Some(2024), Some("47/KH-UBND"))
    );
    assert_eq!(day(plan.issued_on), "2024-03-11");
    assert_eq!(plan.issuer.as_deref(), Some("Ủy ban nhân dân tỉnh Lâm Hà"));
    let bases: Vec<_> = plan
        .legal_bases
        .iter()
        .map(|b| (b.number.as_deref().unwrap(), day(b.issued_on)))
        .collect();
    assert_eq!(
        bases,
        [
            ("76/NQ-CP", "2021-07-15".to_owned()),
            ("1234/QĐ-UBND", "2023-12-20".to_owned())
        ]
    );
    assert_eq!(plan.purposes.len(), 2);
    assert_eq!(
        plan.audiences,
        ["cán bộ", "công chức", "người dân", "doanh nghiệp"]
    );
    assert_eq!(
        tree(&plan),
        [
            "1 Tuyên truyền chủ trương, chính sách",
            "1.1 Nghị quyết của Chính phủ",
            "1.2 Kế hoạch của tỉnh",
            "1.2.1 Kế hoạch năm",
            "1.2.2 Kế hoạch kiểm tra",
            "2 Tuyên truyền kết quả các chỉ số",
        ]
    );
    assert_eq!(plan.activities.len(), 2);
    assert_eq!(plan.activities[0].target.as_ref().unwrap().number, 2.0);
    assert_eq!(
        plan.activities[0].window.as_ref().unwrap().recurs,
        Some(Recurrence::Monthly)
    );
    assert!(short(&plan.activities[1]).ends_with("2 hội nghị | - | 2024-04-01..2024-06-30"));
    assert!(
        !codes(&plan).contains(&"plan.no_budget") && !codes(&plan).contains(&"plan.no_lead_unit")
    );
    assert!(plan.source.published_at.is_none());
}

#[test]
fn a_ministry_plan_behind_its_decision_takes_the_number_of_the_decision() {
    let plan = plan(
        "BỘ GIAO DỊCH\nSố: 424/QĐ-BGD\nHà Nội, ngày 24 tháng 3 năm 2022\nQUYẾT ĐỊNH\nVề việc ban hành Kế hoạch truyền thông\n\
         Căn cứ Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018 của Chính phủ;\nĐiều 1. Ban hành kèm theo Quyết định này Kế hoạch.\n\
         Điều 2. Quyết định có hiệu lực từ ngày ký.\nKẾ HOẠCH\nTRUYỀN THÔNG CẢI CÁCH HÀNH CHÍNH NĂM 2022\n\
         (Ban hành kèm theo Quyết định số 424/QĐ-BGD ngày 24 tháng 3 năm 2022 của Bộ Giao dịch)\n\
         I. MỤC TIÊU, YÊU CẦU VÀ ĐỐI TƯỢNG\n1. Mục tiêu\na) Mục tiêu chung\nNâng cao nhận thức của công chức.\nb) Mục tiêu cụ thể\n\
         - 100% công chức được quán triệt.\n2. Yêu cầu\nThông tin chính xác.\n3. Đối tượng\na) Viên chức;\nb) Người dân, tổ chức, doanh nghiệp.\n\
         II. NỘI DUNG TRUYỀN THÔNG\n1. Truyền thông về cải cách thể chế\na) Xây dựng chuyên mục\n- Đơn vị chủ trì: Văn phòng Bộ.\n\
         - Đơn vị phối hợp: Vụ Pháp chế.\n- Thời gian: Quý II/2022.\n- Sản phẩm: 12 tin, bài.\nb) Phỏng vấn chuyên gia\n\
         2. Truyền thông về thủ tục hành chính\nIII. TỔ CHỨC THỰC HIỆN\nGiao Văn phòng Bộ chủ trì, phối hợp với Vụ Pháp chế triển khai.\n",
    );
    assert_eq!(
        plan.title,
        "Kế hoạch Truyền thông cải cách hành chính năm 2022"
    );
    assert_eq!(plan.number.as_deref(), Some("424/QĐ-BGD"));
    assert_eq!(plan.issuer.as_deref(), Some("Bộ Giao dịch"));
    assert_eq!(plan.legal_bases.len(), 1);
    assert_eq!(
        plan.purposes,
        [
            "Nâng cao nhận thức của công chức",
            "100% công chức được quán triệt"
        ]
    );
    assert_eq!(
        plan.audiences,
        ["viên chức", "người dân", "tổ chức", "doanh nghiệp"]
    );
    assert_eq!(
        tree(&plan),
        [
            "1 Truyền thông về cải cách thể chế",
            "1.1 Xây dựng chuyên mục",
            "1.2 Phỏng vấn chuyên gia",
            "2 Truyền thông về thủ tục hành chính",
        ]
    );
    assert_eq!(
        shorts(&plan),
        ["1.1 | Xây dựng chuyên mục | 12 tin, bài | Văn phòng Bộ | 2022-04-01..2022-06-30"]
    );
    assert_eq!(plan.activities[0].supporting_units, ["Vụ Pháp chế"]);
    assert!(codes(&plan).contains(&"plan.late_issue"));
}

#[test]
fn an_annex_table_gives_groups_as_tasks_and_rows_as_activities() {
    let plan = plan(
        "UBND THÀNH PHỐ AN BÌNH\nSỞ NỘI VỤ\nSố: 15/KH-SNV\nAn Bình, ngày 05 tháng 02 năm 2023\nKẾ HOẠCH\n\
         Truyền thông cải cách hành chính năm 2023\nI. MỤC ĐÍCH\nTăng cường hiểu biết của tổ chức, cá nhân.\nII. NHIỆM VỤ\n\
         Chi tiết tại Phụ lục kèm theo.\nIII. KINH PHÍ\nTừ nguồn chi thường xuyên.\nPHỤ LỤC\n\
         | STT | Nội dung | Hình thức | Sản phẩm | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian | Ghi chú |\n|---|---|---|---|---|---|---|---|\n\
         | I | Tuyên truyền trong cơ quan | | | | | | |\n| 1 | Phổ biến Kế hoạch | Hội nghị | 02 hội nghị | Văn phòng Sở | Các phòng, đơn vị | Quý I/2023 | |\n\
         | 2 | Sinh hoạt chuyên đề | Giao ban | Biên bản | Các phòng | | Hằng tháng | |\n| II | Tuyên truyền ra xã hội | | | | | | |\n\
         | 1 | Viết tin | Trang thông tin điện tử của Sở | 24 tin, bài | Phòng Cải cách hành chính | Báo An Bình | Thường xuyên | |\n\
         | 2 | Phát tờ gấp | | 2.000 tờ gấp | Văn phòng Sở | | Trước 15/6 | |\n",
    );
    assert_eq!(
        tree(&plan),
        ["1 Tuyên truyền trong cơ quan", "2 Tuyên truyền ra xã hội"]
    );
    assert_eq!(
        shorts(&plan),
        [
            "1 | Phổ biến Kế hoạch | 2 hội nghị | Văn phòng Sở | 2023-01-01..2023-03-31",
            "1 | Sinh hoạt chuyên đề | - | Các phòng | 2023-01-01..2023-12-31 Monthly",
            "2 | Viết tin | 24 tin, bài | Phòng Cải cách hành chính | 2023-01-01..2023-12-31 Continuous",
            "2 | Phát tờ gấp | 2000 tờ gấp | Văn phòng Sở | -..2023-06-15",
        ]
    );
    assert_eq!(plan.tasks[1].activities.len(), 2);
    assert_eq!(plan.issuer.as_deref(), Some("Sở Nội vụ"));
    assert_eq!(plan.channels[2].name, "Trang thông tin điện tử của Sở");
    assert_eq!(plan.findings, []);
}

#[test]
fn numbered_rows_without_details_are_tasks_in_tasks_and_days_may_have_columns_of_their_own() {
    let plan = plan(
        "KẾ HOẠCH\nTruyền thông cải cách hành chính năm 2023\nPHỤ LỤC\n\
         | STT | Nội dung, hoạt động | Chỉ tiêu | Đơn vị chủ trì | Từ ngày | Đến ngày | Định kỳ |\n|---|---|---|---|---|---|---|\n\
         | 1 | Phổ biến nội dung trọng tâm | | | | | |\n| 1.1 | Mục tiêu, giải pháp | | | | | |\n\
         | 1.1.1 | Viết tin | 12 tin, bài | Văn phòng Sở | 15/12/2022 | 14/12/2023 | Hằng tháng |\n\
         | 1.2 | Chủ trương, pháp luật | | | | | |\n\
         | 1.2.1 | Hội nghị quán triệt | 1 hội nghị | Văn phòng Sở | 03/01/2023 | 31/01/2023 | |\n\
         | 2 | Giới thiệu mô hình mới | 6 bài | Văn phòng Sở | | 31/10/2023 | |\n",
    );
    assert_eq!(
        tree(&plan),
        [
            "1 Phổ biến nội dung trọng tâm",
            "1.1 Mục tiêu, giải pháp",
            "1.2 Chủ trương, pháp luật"
        ]
    );
    let shorts = shorts(&plan);
    let ends: Vec<&str> = shorts
        .iter()
        .map(|line| line.rsplit(" | ").next().unwrap())
        .collect();
    assert_eq!(shorts.len(), 3, "{shorts:?}");
    assert_eq!(
        ends,
        [
            "2022-12-15..2023-12-14 Monthly",
            "2023-01-03..2023-01-31",
            "-..2023-10-31"
        ]
    );
}

#[test]
fn columns_in_another_order_with_tabs_and_a_task_column_are_understood() {
    let plan = plan(
        "KẾ HOẠCH\nTuyên truyền cải cách hành chính xã Phú Sơn năm 2025\nBẢNG PHÂN CÔNG NHIỆM VỤ\n\
         TT\tThời hạn\tNhiệm vụ\tHoạt động\tSố lượng\tĐơn vị thực hiện\n\
         1\tTháng 3 - 6/2025\tTruyền thanh\tPhát bản tin\t12 lượt phát thanh\tVăn phòng xã chủ trì; Trạm truyền thanh phối hợp\n\
         2\tTheo kế hoạch\tThi tìm hiểu\tTổ chức thi\t1 cuộc thi\tĐoàn Thanh niên\n",
    );
    assert_eq!(tree(&plan), ["1 Truyền thanh", "2 Thi tìm hiểu"]);
    assert_eq!(
        shorts(&plan),
        [
            "1 | Phát bản tin | 12 lượt phát thanh | Văn phòng xã | 2025-03-01..2025-06-30",
            "2 | Tổ chức thi | 1 cuộc thi | Đoàn Thanh niên | -..-",
        ]
    );
    assert_eq!(plan.activities[0].supporting_units, ["Trạm truyền thanh"]);
}

#[test]
fn an_article_with_points_in_words_and_another_date_line_is_read() {
    let plan = plan(
        "Sở Y tế triển khai Kế hoạch tuyên truyền cải cách hành chính năm 2024\n16:22 Thứ Năm, 25/01/2024\nLượt xem: 1.234\n\
         Sở Y tế vừa ban hành Kế hoạch số 12/KH-SYT ngày 18/01/2024 về tuyên truyền cải cách hành chính năm 2024.\n\
         Theo đó, Kế hoạch đề ra 4 nhiệm vụ trọng tâm:\nThứ nhất, tuyên truyền các văn bản mới.\nThứ hai, giới thiệu các mô hình hay.\n\
         Thứ ba, phổ biến dịch vụ công trực tuyến.\nTác giả: Minh An\nNguồn: Sở Y tế\n",
    );
    assert_eq!(
        plan.title,
        "Kế hoạch tuyên truyền cải cách hành chính năm 2024"
    );
    assert_eq!(plan.number.as_deref(), Some("12/KH-SYT"));
    assert_eq!(
        (day(plan.issued_on).as_str(), plan.issuer.as_deref()),
        ("2024-01-18", Some("Sở Y tế"))
    );
    assert_eq!(
        plan.source.published_at.as_deref(),
        Some("2024-01-25T16:22:00+07:00")
    );
    assert_eq!(
        (plan.source.author.as_deref(), plan.source.views),
        (Some("Minh An"), Some(1234))
    );
    assert_eq!(plan.legal_bases, []);
    assert_eq!(tree(&plan).len(), 3);
    let mismatch = plan
        .findings
        .iter()
        .find(|f| f.code == "plan.count_mismatch")
        .unwrap();
    let source = plan_source();
    assert_eq!(
        source
            .chars()
            .skip(mismatch.span.0)
            .take(mismatch.span.1 - mismatch.span.0)
            .collect::<String>(),
        "4 nhiệm vụ"
    );
}

fn plan_source() -> String {
    "Sở Y tế triển khai Kế hoạch tuyên truyền cải cách hành chính năm 2024\n16:22 Thứ Năm, 25/01/2024\nLượt xem: 1.234\n\
     Sở Y tế vừa ban hành Kế hoạch số 12/KH-SYT ngày 18/01/2024 về tuyên truyền cải cách hành chính năm 2024.\n\
     Theo đó, Kế hoạch đề ra 4 nhiệm vụ trọng tâm:\n"
        .to_owned()
}

#[test]
fn an_article_with_nested_signs_and_faults_of_style_is_read() {
    let plan = plan(
        "Kế hoạch Truyền thông cải cách hành chính của Sở Xây dựng năm 2023\n\nThứ hai - 13/02/2023 09:05 57 0\n\
         Ngày 03 tháng 04 năm 2023 Sở Xây dựng ban hành Kế hoạch Truyền thông cải cách hành chính năm 2023.\nảnh minh họa\n\
         Mục đích của kế hoạch nhằm thông tin tới công chức; nâng cao sự hài lòng của người dân đi với cơ quan nhà nước.\n\
         Kế hoạch có hai nhiệm vụ:\n- Phổ biến kế hoạch, cụ thể:\n+ Mục tiêu của kế hoạch.\n+ Giải pháp của kế hoạch.\n\
         - Giới thiệu gương tốt./.\nCác giải pháp tuyên truyền thông qua hội nghị, Báo Lâm Hà.\n\nTác giả bài viết: T.B\n",
    );
    assert_eq!(plan.source.views, Some(57));
    assert_eq!(
        tree(&plan),
        [
            "1 Phổ biến kế hoạch, cụ thể",
            "1.1 Mục tiêu của kế hoạch",
            "1.2 Giải pháp của kế hoạch",
            "2 Giới thiệu gương tốt",
        ]
    );
    assert_eq!(plan.purposes.len(), 2);
    let channels: Vec<_> = plan
        .channels
        .iter()
        .map(|c| (c.kind, c.name.as_str()))
        .collect();
    assert_eq!(
        channels,
        [
            (ChannelKind::Conference, "hội nghị"),
            (ChannelKind::Newspaper, "Báo Lâm Hà")
        ]
    );
    assert_eq!(
        codes(&plan),
        [
            "plan.number_missing",
            "plan.late_issue",
            "plan.no_deadline",
            "plan.no_lead_unit",
            "plan.no_target",
            "plan.no_budget",
            "style.date_zero",
            "style.collocation",
            "style.caption_generic",
        ]
    );
}

#[test]
fn a_header_set_with_spaces_and_rows_with_empty_cells_are_read() {
    let plan = plan(
        "UBND TỈNH LÂM HÀ          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ NỘI VỤ             Độc lập - Tự do - Hạnh phúc\n\
         Số: 12/KH-SNV        Lâm Hà, ngày 08 tháng 02 năm 2024\n\nKẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2024\n-----\n\
         I. NỘI DUNG VÀ HÌNH THỨC\n1. Nội dung\n1.1. Tuyên truyền Chương trình tổng thể.\n2. Hình thức\n2.1. Qua báo chí, mạng xã hội.\n\
         PHỤ LỤC\nSTT\tNhiệm vụ\tSản phẩm\tChủ trì\tPhối hợp\tThời gian\nI\tTuyên truyền văn bản\t\t\t\t\n\
         1\tĐăng tin\t50 tin\tVăn phòng\tCác phòng\tCả năm\n\tĐăng bài\t10 bài\tThanh tra\t\tQuý IV\n",
    );
    assert_eq!(
        (plan.number.as_deref(), plan.issuer.as_deref()),
        (Some("12/KH-SNV"), Some("Sở Nội vụ"))
    );
    assert_eq!(day(plan.issued_on), "2024-02-08");
    assert_eq!(
        tree(&plan),
        [
            "1 Tuyên truyền Chương trình tổng thể",
            "2 Tuyên truyền văn bản"
        ]
    );
    assert_eq!(
        shorts(&plan),
        [
            "2 | Đăng tin | 50 tin | Văn phòng | 2024-01-01..2024-12-31",
            "2 | Đăng bài | 10 bài | Thanh tra | 2024-10-01..2024-12-31",
        ]
    );
    let channels: Vec<&str> = plan.channels.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(channels, ["báo chí", "mạng xã hội"]);
}

#[test]
fn headings_with_their_text_behind_a_colon_are_read() {
    let plan = plan(
        "Kế hoạch tuyên truyền cải cách hành chính huyện Phú An năm 2022\n(21:01 | 17/03/2022)\n\
         Mục đích: Nâng cao hiểu biết của nhân dân.\nĐối tượng: Công chức; doanh nghiệp.\nNội dung tuyên truyền:\n\
         * Chủ trương về cải cách hành chính.\n* Kết quả giải quyết thủ tục:\n  - tại huyện\n  - tại xã\n\
         Hình thức: trên hệ thống truyền thanh cơ sở, Facebook.\nThời gian: từ tháng 3 đến tháng 12/2022.\n\
         Phòng Nội vụ chủ trì, phối hợp với Trung tâm Văn hóa thực hiện.\n",
    );
    assert_eq!(
        plan.source.published_at.as_deref(),
        Some("2022-03-17T21:01:00+07:00")
    );
    assert_eq!(plan.purposes, ["Nâng cao hiểu biết của nhân dân"]);
    assert_eq!(plan.audiences, ["công chức", "doanh nghiệp"]);
    assert_eq!(
        tree(&plan),
        [
            "1 Chủ trương về cải cách hành chính",
            "2 Kết quả giải quyết thủ tục",
            "2.1 tại huyện",
            "2.2 tại xã",
        ]
    );
    let channels: Vec<&str> = plan.channels.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(channels, ["hệ thống truyền thanh cơ sở", "Facebook"]);
    let found = codes(&plan);
    assert!(!found.contains(&"plan.no_deadline") && !found.contains(&"plan.no_lead_unit"));
    assert!(found.contains(&"plan.no_budget"));
}

#[test]
fn lines_broken_at_one_width_are_joined_again() {
    let plan = plan(
        "KẾ HOẠCH\nTruyền thông cải cách hành chính năm 2024\nI. NỘI DUNG\n1. Tuyên truyền các văn bản của trung ương và của tỉnh về\n\
         cải cách hành chính đến toàn thể công chức, viên chức và\nngười lao động của cơ quan.\n2. Giới thiệu các mô hình mới, cách làm hay của các đơn vị\n\
         trong cải cách thủ tục hành chính, dịch vụ công và trong\nphục vụ nhân dân.\n",
    );
    assert_eq!(
        tree(&plan),
        [
            "1 Tuyên truyền các văn bản của trung ương và của tỉnh về cải cách hành chính đến toàn thể công chức, viên chức và người lao động của cơ quan",
            "2 Giới thiệu các mô hình mới, cách làm hay của các đơn vị trong cải cách thủ tục hành chính, dịch vụ công và trong phục vụ nhân dân",
        ]
    );
}

#[test]
fn mixed_numberings_at_any_depth_make_one_tree() {
    let plan = plan(
        "KẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2024\nA. MỤC TIÊU\n1. Nâng cao nhận thức của công chức.\nB. NHIỆM VỤ\n\
         I. Nhiệm vụ chung\n1.1. Tuyên truyền văn bản\n- Văn bản trung ương:\n• Nghị quyết\n• Chỉ thị\n- Văn bản địa phương\n\
         1.2. Tuyên truyền kết quả\nII. Nhiệm vụ cụ thể\n2.1 Xây dựng chuyên mục\na. Trên báo\nb. Trên đài\nC. TỔ CHỨC THỰC HIỆN\n1. Văn phòng theo dõi.\n",
    );
    assert_eq!(
        tree(&plan),
        [
            "1 Tuyên truyền văn bản",
            "1.1 Văn bản trung ương",
            "1.1.1 Nghị quyết",
            "1.1.2 Chỉ thị",
            "1.2 Văn bản địa phương",
            "2 Tuyên truyền kết quả",
            "3 Xây dựng chuyên mục",
            "3.1 Trên báo",
            "3.2 Trên đài",
        ]
    );
}
