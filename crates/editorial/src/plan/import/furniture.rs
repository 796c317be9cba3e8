//! Lines that stand around a plan: signatures, recipients, and what a portal prints below an article.

use super::line::Line;

/// Which lines belong to the text of a plan, from a line on.
pub fn kept(lines: &[Line<'_>], from: usize) -> Vec<usize> {
    let mut kept = Vec::new();
    let mut below = Below::Text;
    for (n, line) in lines.iter().enumerate().skip(from) {
        // Above an article the same lines only say when and by whom.
        if n < from + ABOVE_LINES && is_page_end(line.flat.flat().trim()) {
            continue;
        }
        below = next(below, line);
        if below == Below::Text && !line.look.caption {
            kept.push(n);
        }
    }
    kept
}

/// Lines below the title in which a portal shows author, source and views.
const ABOVE_LINES: usize = 6;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Below {
    /// In the text.
    Text,
    /// Among recipients and signatures, until an annex begins.
    Signature,
    /// Below the article: nothing of it comes back.
    Page,
}

fn next(below: Below, line: &Line<'_>) -> Below {
    if below == Below::Page {
        return below;
    }
    let view = line.flat.flat().trim();
    if below == Below::Signature {
        let annex = line.rows.is_some()
            || view.starts_with("phu luc")
            || view.starts_with("bang phan cong")
            || view.starts_with("danh muc");
        return if annex { Below::Text } else { below };
    }
    let upper = line.flat.is_upper(0, line.flat.len());
    let recipients = view.starts_with("noi nhan") && view.len() < 40;
    if recipients || (upper && is_signature(view)) {
        Below::Signature
    } else if is_page_end(view) {
        Below::Page
    } else {
        Below::Text
    }
}

fn is_signature(view: &str) -> bool {
    const OFFICES: [&str; 12] = [
        "giam doc",
        "pho giam doc",
        "chu tich",
        "pho chu tich",
        "bo truong",
        "thu truong",
        "cuc truong",
        "truong phong",
        "chanh van phong",
        "chi cuc truong",
        "truong ban",
        "vu truong",
    ];
    ["tm.", "kt.", "tl.", "tuq.", "q."]
        .iter()
        .any(|w| view.starts_with(w))
        || OFFICES.contains(&view)
}

fn is_page_end(view: &str) -> bool {
    const STARTS: [&str; 17] = [
        "tac gia bai viet:",
        "tac gia:",
        "nguoi viet:",
        "tong so diem cua bai viet",
        "click de danh gia",
        "ban da khong su dung site",
        "y kien ban doc",
        "binh luan",
        "tin lien quan",
        "cac tin khac",
        "tin khac",
        "nhung tin moi hon",
        "nhung tin cu hon",
        "bai viet lien quan",
        "nguon:",
        "luot xem:",
        "tu khoa:",
    ];
    STARTS.iter().any(|s| view.starts_with(s)) && view.len() < 200
}
