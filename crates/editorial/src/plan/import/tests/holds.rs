//! What holds for every text: no panic, spans inside the text and in order, time in proportion.

use std::time::Instant;

use super::*;

/// The same row of numbers at every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }
}

const PIECES: [&str; 46] = [
    "KẾ HOẠCH\n",
    "Kế hoạch truyền thông cải cách hành chính năm 2023",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "\t",
    "|",
    ";",
    ":",
    ".",
    "./.",
    "I. ",
    "IV. ",
    "1. ",
    "1.2.3 ",
    "a) ",
    "đ) ",
    "- ",
    "+ ",
    "• ",
    "Thứ hai, ",
    "Phụ lục I",
    "MỤC ĐÍCH, YÊU CẦU",
    "II. NỘI DUNG",
    "HÌNH THỨC: ",
    "TỔ CHỨC THỰC HIỆN",
    "Quý II/2023",
    "tháng 3 - 6",
    "trước ngày 15/6",
    "ngày 03 tháng 03 năm 2023",
    "12 tin, bài",
    "100% công chức",
    "Giao Văn phòng chủ trì, phối hợp với ",
    "Quyết định số 152/QĐ-STP ngày 29/12/2022 của Sở",
    "đi với",
    "STT | Nội dung | Thời gian | Chủ trì\n",
    "1 | Họp | Quý I | Sở\n",
    "ảnh minh họa\n",
    "trang thông tin điện tử của tỉnh, của Sở",
    "có 5 nhiệm vụ",
    "Lượt xem: 1.234",
    "Tác giả: ",
    "e\u{301}",
    "𝔘\u{200b}",
    "İß",
];

#[test]
fn no_text_makes_it_panic_and_every_span_lies_in_the_text() {
    let mut dice = Dice(7);
    let mut n_plans = 0;
    for _ in 0..500 {
        let mut text = String::new();
        if dice.below(3) > 0 {
            text.push_str("KẾ HOẠCH\nTuyên truyền năm 2023\n");
        }
        for _ in 0..dice.below(60) {
            text.push_str(PIECES[dice.below(PIECES.len())]);
        }
        let Ok(source) = source(text.as_bytes(), "", &Limits::default()) else {
            continue;
        };
        if let Ok(plan) = read(&source) {
            n_plans += 1;
            spans_hold(&plan, source.text.chars().count());
        }
    }
    assert!(n_plans > 100, "{n_plans}");
}

fn spans_hold(plan: &ImportedPlan, length: usize) {
    let inside = |span: Span| assert!(span.0 <= span.1 && span.1 <= length, "{span:?} in {length}");
    let mut last = 0;
    for basis in &plan.legal_bases {
        inside(basis.span);
        assert!(last <= basis.span.0);
        last = basis.span.0;
    }
    for finding in &plan.findings {
        inside(finding.span);
    }
    for activity in &plan.activities {
        inside(activity.span);
    }
    fn walk(tasks: &[ImportedTask], inside: &dyn Fn(Span)) {
        for task in tasks {
            inside(task.span);
            walk(&task.tasks, inside);
        }
    }
    walk(&plan.tasks, &inside);
}

#[test]
fn the_span_of_a_task_cuts_its_title_from_the_source() {
    let source = source_of("KẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2024\nI. NỘI DUNG\n1. Tuyên truyền   văn bản;\n2) Viết bài./.\n".as_bytes());
    let plan = read(&source).unwrap();
    for task in &plan.tasks {
        let cut: String = source
            .text
            .chars()
            .skip(task.span.0)
            .take(task.span.1 - task.span.0)
            .collect();
        assert_eq!(base::text::clean_line(&cut), task.title);
    }
}

/// Seconds that a text of so many repetitions takes.
fn seconds(head: &str, piece: &str, times: usize) -> f64 {
    let text = format!(
        "KẾ HOẠCH\nTruyền thông cải cách hành chính năm 2023\nII. NỘI DUNG\n{head}{}",
        piece.repeat(times)
    );
    let began = Instant::now();
    let source = source_of(text.as_bytes());
    let _ = read(&source);
    began.elapsed().as_secs_f64()
}

#[test]
fn time_grows_with_the_length_of_the_text_and_no_faster() {
    for (head, piece) in [
        (
            "",
            "1. Tuyên truyền ít nhất 02 hội nghị trong quý II/2023;\n- ý thêm\n+ ý nữa\n",
        ),
        (
            "- ",
            "Tuyên truyền Quyết định số 152/QĐ-STP ngày 29/12/2022 đi với công tác, tháng, quý, trên Báo Lâm Hà; ",
        ),
        (
            "STT | Nội dung | Thời gian | Chủ trì\n",
            "I | Nhóm việc | | \n1 | Họp | Tháng 3 | Văn phòng\n",
        ),
    ] {
        let small = seconds(head, piece, 150).max(0.005);
        let large = seconds(head, piece, 150 * 8);
        assert!(
            large < small * 8.0 * 4.0,
            "{piece}: {small} s, then {large} s"
        );
    }
}
