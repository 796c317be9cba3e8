//! The plan as read, in words for people.

use base::calendar::date_short;

use super::imported::{ImportedActivity, ImportedBasis, ImportedPlan, ImportedTask, Severity};

/// A summary for people: what was read, then what is missing. `vi` is Vietnamese, everything else
/// English.
pub fn to_text(plan: &ImportedPlan, lang: &str) -> String {
    let words = if lang.starts_with("vi") {
        &VIETNAMESE
    } else {
        &ENGLISH
    };
    let mut out = format!("{}\n", plan.title);
    facts(&mut out, plan, words);
    section(&mut out, words.bases, plan.legal_bases.iter().map(basis));
    section(&mut out, words.purposes, plan.purposes.iter().cloned());
    section(&mut out, words.audiences, plan.audiences.iter().cloned());
    if !plan.tasks.is_empty() {
        out.push_str(&format!("\n{}\n", words.tasks));
        for task in &plan.tasks {
            tree(&mut out, task, 1);
        }
    }
    section(
        &mut out,
        words.activities,
        plan.activities.iter().map(activity),
    );
    section(
        &mut out,
        words.channels,
        plan.channels.iter().map(|c| c.name.clone()),
    );
    let findings = plan.findings.iter().map(|f| {
        let mark = match f.severity {
            Severity::Ask => words.ask,
            Severity::Warn => words.warn,
            Severity::Note => words.note,
        };
        let message = super::finding::message(&f.code, lang).unwrap_or(&f.message);
        format!("[{mark}] {message} ({}, {}–{})", f.code, f.span.0, f.span.1)
    });
    section(&mut out, words.findings, findings);
    out
}

fn facts(out: &mut String, plan: &ImportedPlan, words: &Words) {
    let or = |text: Option<String>| text.unwrap_or_else(|| words.unknown.to_owned());
    line(out, words.year, &or(plan.year.map(|y| y.to_string())));
    line(out, words.number, &or(plan.number.clone()));
    line(out, words.issued_on, &or(plan.issued_on.map(date_short)));
    line(out, words.issuer, &or(plan.issuer.clone()));
}

fn basis(basis: &ImportedBasis) -> String {
    joined([
        basis.number.clone(),
        basis.issued_on.map(date_short),
        basis.issuer.clone(),
        basis.title.clone(),
    ])
}

fn activity(activity: &ImportedActivity) -> String {
    let target = activity.target.as_ref();
    let target = target.map(|t| format!("{} {}", number(t.number), t.unit));
    joined([
        Some(activity.title.clone()),
        activity.output.clone().or(target),
        activity.lead_unit.clone(),
        activity.window.as_ref().map(|w| w.text.clone()),
    ])
}

fn joined(parts: [Option<String>; 4]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn number(n: f64) -> String {
    n.to_string().replace('.', ",")
}

fn line(out: &mut String, name: &str, value: &str) {
    out.push_str(&format!("  {name}: {value}\n"));
}

fn section(out: &mut String, name: &str, lines: impl Iterator<Item = String>) {
    let mut lines = lines.peekable();
    if lines.peek().is_some() {
        out.push_str(&format!("\n{name}\n"));
        for text in lines {
            out.push_str(&format!("  - {text}\n"));
        }
    }
}

fn tree(out: &mut String, task: &ImportedTask, depth: usize) {
    out.push_str(&format!(
        "{}{}. {}\n",
        "  ".repeat(depth),
        task.no,
        task.title
    ));
    for child in &task.tasks {
        tree(out, child, depth + 1);
    }
}

struct Words {
    unknown: &'static str,
    year: &'static str,
    number: &'static str,
    issued_on: &'static str,
    issuer: &'static str,
    bases: &'static str,
    purposes: &'static str,
    audiences: &'static str,
    tasks: &'static str,
    activities: &'static str,
    channels: &'static str,
    findings: &'static str,
    ask: &'static str,
    warn: &'static str,
    note: &'static str,
}

const VIETNAMESE: Words = Words {
    unknown: "chưa rõ",
    year: "Năm",
    number: "Số",
    issued_on: "Ngày ban hành",
    issuer: "Cơ quan ban hành",
    bases: "Căn cứ",
    purposes: "Mục đích",
    audiences: "Đối tượng",
    tasks: "Nhiệm vụ",
    activities: "Hoạt động",
    channels: "Kênh",
    findings: "Phát hiện",
    ask: "cần hỏi",
    warn: "cảnh báo",
    note: "lưu ý",
};

const ENGLISH: Words = Words {
    unknown: "not known",
    year: "Year",
    number: "Number",
    issued_on: "Issued on",
    issuer: "Issuer",
    bases: "Legal bases",
    purposes: "Purposes",
    audiences: "Audiences",
    tasks: "Tasks",
    activities: "Activities",
    channels: "Channels",
    findings: "Findings",
    ask: "ask",
    warn: "warning",
    note: "note",
};
