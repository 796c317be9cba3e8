//! `index.html`: the list of a pack as a stranger opens it in a browser, without Loa and without a
//! network. Both languages stand beside each other; every text from outside is escaped.

use super::manifest::{Item, Manifest};

/// What stands after the rows.
pub(super) const FOOT: &str = "</tbody>\n</table>\n</main>\n</body>\n</html>\n";

/// The page up to its first row.
pub(super) fn head(manifest: &Manifest) -> String {
    let (title, agency) = (escape(&manifest.title), escape(&manifest.agency.name));
    let unit = manifest.unit.as_deref().map(escape).unwrap_or_default();
    let unit = if unit.is_empty() {
        unit
    } else {
        format!(" · {unit}")
    };
    let (from, to) = (escape(&manifest.period.from), escape(&manifest.period.to));
    format!(
        "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>{title}</h1>\n<p>{agency}{unit} · {from} – {to}</p>\n\
         <p><a href=\"README.txt\">README.txt</a>: cách kiểm tra gói này mà không cần tin ai / how to check \
         this pack without trusting anybody. <a href=\"manifest.json\">manifest.json</a></p>\n\
         <table>\n<thead><tr><th scope=\"col\">N</th><th scope=\"col\">Minh chứng / Evidence</th>\
         <th scope=\"col\">Ngày / Day</th><th scope=\"col\">Chứng minh / Proves</th>\
         <th scope=\"col\">Tệp / Files</th><th scope=\"col\">Nhật ký / Log</th></tr></thead>\n<tbody>\n"
    )
}

/// The row of an item.
pub(super) fn row(item: &Item) -> String {
    let files: Vec<String> = item
        .files
        .iter()
        .map(|file| {
            let name = escape(&file.name);
            format!(
                "<a href=\"{}\">{name}</a><br><code>{}</code>",
                file.path, file.sha256
            )
        })
        .collect();
    let address = if item.url.is_empty() {
        String::new()
    } else {
        format!("<br><small>{}</small>", escape(&item.url))
    };
    let statement = match (item.proves.as_str(), item.shown.statement.as_str()) {
        (proves, "") => escape(proves),
        ("", statement) => escape(statement),
        (proves, statement) => format!("{}<br>{}", escape(proves), escape(statement)),
    };
    let place = if item.shown.place.is_empty() {
        String::new()
    } else {
        format!("<br>{}", escape(&item.shown.place))
    };
    format!(
        "<tr><td>{}</td><td>{}{address}<br><small>{}</small></td><td>{}{place}</td><td>{statement}</td>\
         <td>{}</td><td><a href=\"{}\">{}</a></td></tr>\n",
        item.n,
        escape(&item.title),
        escape(kind_words(&item.shown.evidence_kind)),
        escape(&item.shown.shown_on),
        files.join("<br>"),
        item.proof.path,
        item.leaf_index,
    )
}

const STYLE: &str = "body{font:1rem/1.5 sans-serif;margin:1rem}table{border-collapse:collapse}\
    th,td{border:1px solid #767676;padding:.25rem .5rem;text-align:left;vertical-align:top}\
    code{font-size:.75rem;overflow-wrap:anywhere}";

/// The words of a kind, in both languages: the page is read without the rest of the house.
fn kind_words(kind: &str) -> &str {
    match kind {
        "page" => "Trang của cổng / Page of the portal",
        "document" => "Văn bản, tài liệu / Document",
        "email" => "Thư đã gửi / Letter sent",
        "minutes" => "Biên bản / Minutes",
        "attendance" => "Danh sách dự / Attendance",
        "publication" => "Đăng nơi khác / Published elsewhere",
        "photo" => "Ảnh / Photograph",
        "figure" => "Nguồn số liệu / Source of a figure",
        other => other,
    }
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}
