//! What an article shows of itself: author, time of publication, views.

use base::calendar::{FoundDate, ZONE, find_dates};
use documents::read::PageHead;
use jiff::civil::{Date, Time};

use super::flat::Flat;
use super::head::{Head, TITLE_LINES};
use super::imported::ImportedSource;
use super::line::Line;

/// Author, time of publication and views, wherever an article shows them.
pub fn from_article(lines: &[Line<'_>], page: &PageHead, head: &mut Head) {
    const AUTHORS: [&str; 9] = [
        "tac gia bai viet:",
        "tac gia:",
        "nguoi viet:",
        "nguoi dang:",
        "tin, anh:",
        "tin bai:",
        "tin:",
        "bai, anh:",
        "bai viet:",
    ];
    let n_lines = lines.len();
    for (n, line) in lines.iter().enumerate() {
        let view = line.flat.flat();
        if n > TITLE_LINES && n + 60 < n_lines || line.flat.len() > 200 {
            continue;
        }
        if head.source.author.is_none()
            && let Some(words) = AUTHORS.iter().find(|w| view.trim_start().starts_with(**w))
        {
            let lead = view.len() - view.trim_start().len();
            let rest = line.flat.cut(lead + words.len(), line.flat.len());
            let name = base::text::clean_line(rest.split(['|', '\t']).next().unwrap_or(rest));
            head.source.author = (!name.is_empty()).then_some(name);
        }
        views(&line.flat, &mut head.source.views);
        if head.source.published_at.is_none() && !head.is_document {
            published(line, &mut head.source);
        }
    }
    let source = &mut head.source;
    source.author = source.author.take().or_else(|| page.author.clone());
    if source.published_at.is_none()
        && let Some(stamp) = page.published.as_deref()
        && !head.is_document
    {
        source.published_at = stamp
            .parse::<jiff::Timestamp>()
            .ok()
            .map(|at| ZONE.to_datetime(at))
            .map(|at| rfc3339(at.date(), at.time()));
    }
}

/// A date line of an article, and the unlabelled count of views that may follow it.
fn published(line: &Line<'_>, source: &mut ImportedSource) {
    let text = line.flat.text();
    if line.flat.len() > 140 || line.label.is_some() && line.flat.len() > 60 {
        return;
    }
    let Some(found) = find_dates(text).into_iter().next() else {
        return;
    };
    const LABELS: [&str; 7] = [
        "ngay dang",
        "dang ngay",
        "dang luc",
        "cap nhat",
        "xuat ban",
        "ngay xuat ban",
        "thoi gian dang",
    ];
    let labelled = LABELS.iter().any(|l| line.flat.has(l));
    let rest = line.flat.len() - (found.span.1 - found.span.0);
    if !(found.time.is_some() || found.weekday.is_some() || labelled || rest <= 4) || rest > 80 {
        return;
    }
    source.published_at = Some(rfc3339(
        found.date,
        found.time.unwrap_or_else(Time::midnight),
    ));
    if source.views.is_none() {
        source.views = bare_count(&line.flat, &found);
    }
}

fn bare_count(flat: &Flat<'_>, found: &FoundDate) -> Option<u64> {
    let after = flat.view(found.span.1, flat.len());
    let counts: Vec<&str> = after.split_whitespace().collect();
    let all_numbers = (1..=3).contains(&counts.len()) && counts.iter().all(|c| whole(c).is_some());
    all_numbers.then(|| whole(counts[0])).flatten()
}

/// "1.234" is one thousand two hundred and thirty-four.
fn whole(text: &str) -> Option<u64> {
    let digits: String = text
        .trim()
        .chars()
        .filter(|c| *c != '.' && *c != ',')
        .collect();
    let plain =
        !digits.is_empty() && digits.len() <= 12 && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

fn views(flat: &Flat<'_>, views: &mut Option<u64>) {
    const LABELS: [&str; 7] = [
        "luot xem:",
        "so luot xem:",
        "da xem:",
        "luot doc:",
        "xem:",
        "luot truy cap:",
        "so lan xem:",
    ];
    if views.is_some() {
        return;
    }
    for label in LABELS {
        if let Some(at) = flat.find_from(label, 0) {
            let rest = flat.view(at + label.len(), at + label.len() + 16).trim();
            let end = rest
                .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','))
                .unwrap_or(rest.len());
            *views = whole(rest[..end].trim_end_matches(['.', ',']));
            return;
        }
    }
    if let Some(at) = flat.find_from("luot xem", 0) {
        let word = flat
            .view(0, at)
            .trim_end()
            .rsplit(' ')
            .next()
            .unwrap_or_default();
        *views = whole(word);
    }
}

fn rfc3339(date: Date, time: Time) -> String {
    format!(
        "{date}T{:02}:{:02}:{:02}+07:00",
        time.hour(),
        time.minute(),
        time.second()
    )
}
