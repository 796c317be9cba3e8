//! What a plan fails to say, and what looks wrong in its text.

use base::calendar::date_zero_faults;
use base::citation;
use documents::read::SourceNote;
use jiff::civil::Date;

use super::detail::Told;
use super::imported::{Finding, ImportedPlan, Severity, Span};
use super::line::Line;

/// Most findings of one code.
const PER_CODE_MAX: usize = 100;

/// Code, severity, English, Vietnamese.
const CODES: [(&str, Severity, &str, &str); 14] = [
    (
        "plan.number_missing",
        Severity::Ask,
        "The plan's number is not given.",
        "Kế hoạch chưa nêu số, ký hiệu.",
    ),
    (
        "plan.issue_date_missing",
        Severity::Ask,
        "The plan's day of issue is not given.",
        "Kế hoạch chưa nêu ngày ban hành.",
    ),
    (
        "plan.no_deadline",
        Severity::Ask,
        "No deadline or period is given for what is to be done.",
        "Chưa nêu thời hạn hoặc thời gian thực hiện.",
    ),
    (
        "plan.no_lead_unit",
        Severity::Ask,
        "No unit is named that leads.",
        "Chưa nêu đơn vị chủ trì.",
    ),
    (
        "plan.no_target",
        Severity::Ask,
        "No target is given: how many of what.",
        "Chưa nêu chỉ tiêu, số lượng sản phẩm.",
    ),
    (
        "plan.no_budget",
        Severity::Ask,
        "Nothing is said about the budget.",
        "Chưa nêu kinh phí thực hiện.",
    ),
    (
        "plan.count_mismatch",
        Severity::Warn,
        "The number of tasks announced differs from the number listed.",
        "Số nhiệm vụ nêu trong văn bản khác số nhiệm vụ được liệt kê.",
    ),
    (
        "plan.late_issue",
        Severity::Note,
        "The plan was issued after the first reporting period (to 14 March) had closed.",
        "Kế hoạch ban hành sau khi kỳ báo cáo quý I (đến 14/3) đã kết thúc.",
    ),
    (
        "style.date_zero",
        Severity::Note,
        "The zero before the day or month is against Decree 30/2020/NĐ-CP.",
        "Số 0 trước ngày, tháng viết chưa đúng Nghị định 30/2020/NĐ-CP.",
    ),
    (
        "style.collocation",
        Severity::Warn,
        "“đi với” probably stands for “đối với”.",
        "“đi với” có thể là lỗi gõ của “đối với”.",
    ),
    (
        "style.caption_generic",
        Severity::Note,
        "The caption says nothing about the picture.",
        "Chú thích ảnh chung chung, không nói gì về bức ảnh.",
    ),
    (
        "style.number_malformed",
        Severity::Warn,
        "A document number is not written as it should be.",
        "Số, ký hiệu văn bản viết chưa đúng thể thức.",
    ),
    (
        "text.legacy_encoding",
        Severity::Note,
        "The text was in an old encoding and was converted to Unicode; check it.",
        "Văn bản dùng bảng mã cũ, đã được chuyển sang Unicode; hãy kiểm tra lại.",
    ),
    (
        "text.decomposed",
        Severity::Note,
        "Letters stood apart from their marks (decomposed Unicode) and were joined.",
        "Chữ và dấu tách rời (Unicode tổ hợp), đã được ghép lại.",
    ),
];

/// The words of a code in a language; `vi` is Vietnamese, everything else English.
pub fn message(code: &str, lang: &str) -> Option<&'static str> {
    let (_, _, english, vietnamese) = CODES.iter().find(|(c, ..)| *c == code)?;
    Some(if lang.starts_with("vi") {
        vietnamese
    } else {
        english
    })
}

fn finding(code: &str, span: Span) -> Finding {
    let found = CODES.iter().find(|(c, ..)| *c == code);
    Finding {
        code: code.to_owned(),
        severity: found.map_or(Severity::Note, |(_, severity, ..)| *severity),
        message: found.map_or(code, |(.., vietnamese)| vietnamese).to_owned(),
        span,
    }
}

/// What the plan fails to say.
pub fn of_plan(plan: &ImportedPlan, told: Told, title: Span) -> Vec<Finding> {
    let mut found = Vec::new();
    let tasks = match (plan.tasks.first(), plan.tasks.last()) {
        (Some(first), Some(last)) => (first.span.0, last.span.1.max(first.span.1)),
        _ => title,
    };
    if plan.number.is_none() {
        found.push(finding("plan.number_missing", title));
    }
    match (plan.issued_on, plan.year) {
        (None, _) => found.push(finding("plan.issue_date_missing", title)),
        (Some(day), Some(year)) if is_late(day, year) => {
            found.push(finding("plan.late_issue", title))
        }
        _ => {}
    }
    let all = &plan.activities;
    let dated = |a: &super::imported::ImportedActivity| {
        a.window
            .as_ref()
            .is_some_and(|w| !super::annex::is_undated(w) || super::window::is_vague(&w.text))
    };
    if !told.deadline && !all.iter().any(dated) {
        found.push(finding("plan.no_deadline", tasks));
    } else {
        found.extend(
            all.iter()
                .filter(|a| a.window.is_none())
                .map(|a| finding("plan.no_deadline", a.span)),
        );
    }
    if !told.lead_unit && all.iter().all(|a| a.lead_unit.is_none()) {
        found.push(finding("plan.no_lead_unit", tasks));
    } else if all.iter().any(|a| a.lead_unit.is_some()) {
        found.extend(
            all.iter()
                .filter(|a| a.lead_unit.is_none())
                .map(|a| finding("plan.no_lead_unit", a.span)),
        );
    }
    if !told.target && all.iter().all(|a| a.target.is_none()) {
        found.push(finding("plan.no_target", tasks));
    }
    if !told.budget {
        found.push(finding("plan.no_budget", tasks));
    }
    found
}

/// After the first reporting period of the year, which runs to 14 March, nothing of it can be
/// planned any more. Source: guidance 581/BNV-CCHC on the periods.
fn is_late(day: Date, year: i16) -> bool {
    Date::new(year, 3, 14).is_ok_and(|last| day > last)
}

/// A count of tasks announced in words ("có 5 nhiệm vụ") that the list does not keep.
pub fn of_count(lines: &[&Line<'_>], before: usize, listed: usize) -> Option<Finding> {
    for line in lines.iter().take(before) {
        if let Some((count, from, to)) = declared(line)
            && listed > 0
        {
            let span = (line.start + from, line.start + to);
            return (count != listed).then(|| finding("plan.count_mismatch", span));
        }
    }
    None
}

/// "có 5 nhiệm vụ", "gồm 05 nhóm nhiệm vụ", "năm (05) nội dung".
fn declared(line: &Line<'_>) -> Option<(usize, usize, usize)> {
    const NOUNS: [&str; 5] = [
        "nhom nhiem vu",
        "nhiem vu",
        "noi dung",
        "nhom noi dung",
        "dau viec",
    ];
    const WORDS: [&str; 12] = [
        "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot",
        "muoi hai",
    ];
    for noun in NOUNS {
        let mut at = 0;
        while let Some(start) = line.flat.find_from(noun, at) {
            at = start + noun.len();
            let before = line.flat.view(start.saturating_sub(24), start);
            let spoken = [
                "co ",
                "gom ",
                "voi ",
                "neu ",
                "xac dinh ",
                "de ra ",
                "dua ra ",
                ":",
            ]
            .iter()
            .any(|w| before.contains(w));
            let last = before
                .trim_end()
                .rsplit([' ', '('])
                .next()
                .unwrap_or_default();
            let digits = last.trim_matches(|c: char| !c.is_ascii_digit());
            let count = digits
                .parse::<usize>()
                .ok()
                .or_else(|| WORDS.iter().position(|w| *w == last).map(|n| n + 1));
            if let Some(count) = count.filter(|n| spoken && (1..=60).contains(n)) {
                let from = start - (before.len() - before.trim_end().len()) - last.len();
                return Some((count, from, at));
            }
        }
    }
    None
}

/// What looks wrong in the text, line by line.
pub fn of_text(lines: &[Line<'_>], notes: &[SourceNote]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut caption = None;
    for line in lines {
        let at = |span: Span| (line.start + span.0, line.start + span.1);
        let text = line.flat.text();
        if line.flat.has("thang") {
            found.extend(
                date_zero_faults(text)
                    .into_iter()
                    .map(|s| finding("style.date_zero", at(s))),
            );
        }
        found.extend(
            collocations(line)
                .into_iter()
                .map(|s| finding("style.collocation", at(s))),
        );
        if line.flat.flat().contains('/') {
            let malformed = citation::find_numbers(text)
                .into_iter()
                .filter(|n| !n.warnings.is_empty());
            found.extend(malformed.map(|n| finding("style.number_malformed", at(n.span))));
        }
        if caption.is_none() && is_generic(line.flat.flat()) {
            caption = Some(line.span());
        }
    }
    found.extend(caption.map(|span| finding("style.caption_generic", span)));
    for note in notes {
        found.push(match note {
            SourceNote::Legacy { span, .. } => finding("text.legacy_encoding", *span),
            SourceNote::Decomposed { span } => finding("text.decomposed", *span),
        });
    }
    let mut counts = std::collections::HashMap::new();
    found.retain(|f| {
        let n: &mut usize = counts.entry(f.code.clone()).or_default();
        *n += 1;
        *n <= PER_CODE_MAX
    });
    found
}

/// "đi với" where nobody goes anywhere: a slip for "đối với" that a speller passes.
fn collocations(line: &Line<'_>) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = line.flat.find_from("di voi", at) {
        at = start + 6;
        let exact = line.flat.cut(start, at).to_lowercase() == "đi với";
        let before = line.flat.view(start.saturating_sub(8), start).trim_end();
        let really_goes = ["cung", "phai", "luon", "can"]
            .iter()
            .any(|w| before.ends_with(w));
        if exact && !really_goes {
            found.push((start, at));
        }
    }
    found
}

fn is_generic(view: &str) -> bool {
    let bare = view.trim().trim_matches(|c: char| "().:*- ".contains(c));
    matches!(
        bare,
        "anh minh hoa"
            | "hinh minh hoa"
            | "hinh anh minh hoa"
            | "anh minh hoa (nguon: internet"
            | "anh"
            | "hinh anh"
            | "anh internet"
            | "anh: internet"
            | "anh suu tam"
    )
}
