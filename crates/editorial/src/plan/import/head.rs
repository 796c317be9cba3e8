//! The top of a document or of an article: title, number, days, issuer, author, views.

use base::calendar::find_dates;
use base::citation::{self, Citation};
use documents::read::PageHead;
use jiff::civil::Date;

use super::agency::{in_running_case, is_name};
use super::byline::from_article;
use super::flat::Flat;
use super::imported::{ImportedSource, Span};
use super::line::Line;
use super::problem::{ImportCode, ImportProblem};

/// What the top says.
#[derive(Clone, Debug, Default)]
pub struct Head {
    pub title: String,
    pub title_span: Span,
    pub year: Option<i16>,
    pub number: Option<String>,
    pub issued_on: Option<Date>,
    pub issuer: Option<String>,
    pub source: ImportedSource,
    /// Whether it is the document itself and not an article about it.
    pub is_document: bool,
    /// First line below the title.
    pub body_from: usize,
}

/// Lines in which a title is looked for.
pub const TITLE_LINES: usize = 40;
/// Longest title, in characters.
const TITLE_CHARS_MAX: usize = 400;
/// Kinds of documents that stand alone in capitals above their abstract.
const KINDS: [(&str, &str); 16] = [
    ("quyet dinh", "Quyết định"),
    ("bao cao", "Báo cáo"),
    ("thong bao", "Thông báo"),
    ("to trinh", "Tờ trình"),
    ("nghi quyet", "Nghị quyết"),
    ("chi thi", "Chỉ thị"),
    ("huong dan", "Hướng dẫn"),
    ("quy che", "Quy chế"),
    ("quy dinh", "Quy định"),
    ("bien ban", "Biên bản"),
    ("giay moi", "Giấy mời"),
    ("nghi dinh", "Nghị định"),
    ("thong tu", "Thông tư"),
    ("hop dong", "Hợp đồng"),
    ("cong dien", "Công điện"),
    ("giay moi hop", "Giấy mời"),
];

/// Reads the top of the lines.
pub fn head(lines: &[Line<'_>], page: &PageHead) -> Result<Head, ImportProblem> {
    let no_title = || no_title(lines);
    let (first, after, title) = title(lines, page).ok_or_else(no_title)?;
    if !is_kind_line(lines.get(first)) {
        // A report on a plan speaks of the plan too, but says above what it is.
        let problem = no_title();
        if problem.code != ImportCode::NotAPlan {
            return Err(problem);
        }
    }
    let mut head = Head {
        title_span: lines.get(first).map_or((0, 0), Line::span),
        year: year_of(&title),
        is_document: is_kind_line(lines.get(first)),
        body_from: after,
        title,
        ..Head::default()
    };
    if head.is_document {
        from_header(&lines[..first], &mut head);
        from_attachment(lines, after, &mut head);
    }
    from_article(lines, page, &mut head);
    from_sentences(lines, &mut head);
    if head.issuer.is_none() {
        head.issuer = issuer_above(&lines[..first]);
    }
    if head.year.is_none() {
        let issued = head.issued_on.map(Date::year);
        head.year = issued.or_else(|| {
            head.source
                .published_at
                .as_deref()
                .and_then(|p| p.get(..4)?.parse().ok())
        });
    }
    Ok(head)
}

fn no_title(lines: &[Line<'_>]) -> ImportProblem {
    for (n, line) in lines.iter().take(TITLE_LINES).enumerate() {
        let view = line.flat.flat().trim();
        let kind = KINDS.iter().find(|(words, _)| view == *words);
        if let Some((words, kind)) = kind.filter(|_| line.flat.is_upper(0, line.flat.len())) {
            let code = if *words == "quyet dinh"
                && lines
                    .iter()
                    .any(|l| l.flat.has("ban hanh") && l.flat.has("ke hoach"))
            {
                ImportCode::DecisionWithoutPlan
            } else {
                ImportCode::OtherDocument
            };
            return ImportProblem::of(code)
                .at(line.span(), n + 1)
                .with("kind", kind);
        }
    }
    ImportProblem::of(ImportCode::NotAPlan)
}

/// The line "KẾ HOẠCH", alone or with its abstract, in capitals.
fn is_kind_line(line: Option<&Line<'_>>) -> bool {
    line.is_some_and(|line| {
        let view = line.flat.flat().trim();
        view == "ke hoach"
            || (view.starts_with("ke hoach") && line.flat.is_upper(0, 8.min(line.flat.len())))
    })
}

/// The title: first line, line below it, text.
fn title(lines: &[Line<'_>], page: &PageHead) -> Option<(usize, usize, String)> {
    if let Some(at) = lines
        .iter()
        .position(|l| l.label.is_none() && !l.look.caption && is_kind_line(Some(l)))
    {
        return Some(document_title(lines, at));
    }
    let worthy = |text: &str| super::flat::folded(text).contains("ke hoach");
    let mut best = None;
    for (n, line) in lines.iter().take(TITLE_LINES).enumerate() {
        let view = line.flat.flat().trim();
        if line.label.is_some()
            || line.look.caption
            || !(12..=300).contains(&view.len())
            || view.ends_with([':', ';'])
        {
            continue;
        }
        let begins = view.starts_with("ke hoach ");
        let says = line.flat.has("ke hoach")
            && !view.ends_with('.')
            && (n < 8 || line.look.heading.is_some());
        if begins || (says && best.is_none()) {
            best = Some(n);
            if begins || line.look.heading.is_some() {
                break;
            }
        }
    }
    let from_page = page.title.as_deref().filter(|t| worthy(t));
    match (best, from_page) {
        (Some(n), _) => Some((n, n + 1, from_plan_word(lines[n].flat.text()))),
        (None, Some(title)) => {
            let title = title.split(['|', '»']).find(|t| worthy(t)).unwrap_or(title);
            Some((0, 0, from_plan_word(title)))
        }
        (None, None) => None,
    }
}

/// A headline from the word "Kế hoạch" on.
fn from_plan_word(text: &str) -> String {
    let flat = Flat::of(text);
    let at = flat.find_from("ke hoach", 0).unwrap_or(0);
    let (from, to) = flat.core(at, flat.len());
    let title = in_running_case(&base::text::clean_line(flat.cut(from, to)));
    capital_first(&title)
}

fn capital_first(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

/// "KẾ HOẠCH" and the lines of its abstract below it.
fn document_title(lines: &[Line<'_>], at: usize) -> (usize, usize, String) {
    let mut parts = vec![base::text::clean_line(lines[at].flat.text())];
    let mut after = at + 1;
    let alone = lines[at].flat.flat().trim() == "ke hoach";
    while let Some(line) = lines.get(after).filter(|_| after < at + 6) {
        let view = line.flat.flat().trim();
        let rule = !view.bytes().any(|b| b.is_ascii_alphanumeric());
        if rule {
            after += 1;
            break;
        }
        let stops = [
            "can cu",
            "thuc hien ",
            "(",
            "trien khai thuc hien",
            "kinh gui",
            "nham ",
            "de ",
        ];
        let first_part = alone && parts.len() == 1;
        let goes_on = first_part
            || line.look.bold
            || line.look.centred
            || line.flat.is_upper(0, line.flat.len())
            || line.flat.text().starts_with(char::is_lowercase)
            || (view.starts_with("nam ") && view.len() < 12);
        if line.rows.is_some()
            || line.label.is_some()
            || view.len() > 250
            || stops.iter().any(|s| view.starts_with(s))
            || !goes_on
            || view.ends_with('.')
            || view.ends_with(';')
            || view.ends_with(':')
            || (!first_part && !super::section::sections(view).is_empty())
            || parts.iter().map(|p| p.len()).sum::<usize>() > TITLE_CHARS_MAX
        {
            break;
        }
        parts.push(base::text::clean_line(line.flat.text()));
        after += 1;
    }
    let parts: Vec<String> = parts.iter().map(|p| in_running_case(p)).collect();
    let mut title = String::from("Kế hoạch");
    let first = parts
        .first()
        .map(|p| p.chars().skip(8).collect::<String>())
        .unwrap_or_default();
    for part in std::iter::once(first.trim()).chain(parts.iter().skip(1).map(String::as_str)) {
        if !part.is_empty() {
            title.push(' ');
            // Further lines in capitals go on in small letters.
            title.push_str(part);
        }
    }
    let flat = Flat::of(&title);
    let (from, to) = flat.core(0, flat.len());
    let title = base::text::clean_line(flat.cut(from, to));
    (at, after, title)
}

fn year_of(title: &str) -> Option<i16> {
    let flat = Flat::of(title);
    let mut found = None;
    for words in ["nam ", "giai doan "] {
        let mut at = 0;
        while let Some(start) = flat
            .flat()
            .get(at..)
            .and_then(|v| v.find(words))
            .map(|n| n + at)
        {
            at = start + words.len();
            let year = flat
                .view(at, at + 4)
                .parse::<i16>()
                .ok()
                .filter(|y| (1990..2100).contains(y));
            found = year.or(found);
        }
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The cells above the title: number, place and date, agency.
fn from_header(lines: &[Line<'_>], head: &mut Head) {
    for line in lines {
        for piece in cells_of(line.flat.text()) {
            let flat = Flat::of(piece.trim());
            let view = flat.flat();
            if head.number.is_none() && (view.starts_with("so:") || view.starts_with("so ")) {
                head.number = citation::find_numbers(piece)
                    .into_iter()
                    .next()
                    .map(|n| n.text);
            }
            let is_date_line =
                flat.len() < 120 && flat.has("ngay") && flat.has("thang") && view.contains(',');
            if head.issued_on.is_none() && is_date_line {
                head.issued_on = find_dates(piece).first().map(|d| d.date);
            }
        }
    }
    head.issuer = issuer_above(lines);
}

/// The cells of a heading that was set with tabs or with rows of spaces.
fn cells_of(text: &str) -> impl Iterator<Item = &str> {
    text.split('\t')
        .flat_map(|part| part.split("   "))
        .filter(|part| !part.trim().is_empty())
}

/// The agency of the header: the last name in capitals before the number.
fn issuer_above(lines: &[Line<'_>]) -> Option<String> {
    let mut found = None;
    for line in lines.iter().take(TITLE_LINES) {
        for piece in cells_of(line.flat.text()) {
            let piece = piece.trim();
            let flat = Flat::of(piece);
            let is_motto =
                flat.has("cong hoa xa hoi") || flat.has("doc lap") || flat.has("dang cong san");
            let is_number = flat.flat().starts_with("so:") || flat.flat().contains('/');
            if is_motto || is_number || flat.len() > 100 || !flat.is_upper(0, flat.len()) {
                continue;
            }
            if is_name(flat.flat()) || (found.is_some() && flat.flat().starts_with("tinh ")) {
                let name = in_running_case(&base::text::clean_line(piece));
                let goes_on =
                    flat.flat().starts_with("tinh ") || flat.flat().starts_with("thanh pho ");
                found = match found.take() {
                    Some(before) if goes_on => Some(format!("{before} {}", lower_first(&name))),
                    _ => Some(name),
                };
            }
        }
    }
    found
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_lowercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

/// "(Kèm theo Quyết định số … ngày … của …)" below the title is the plan's own number.
fn from_attachment(lines: &[Line<'_>], after: usize, head: &mut Head) {
    for line in lines.iter().skip(after).take(4) {
        if !(line.flat.has("kem theo") && line.flat.len() < 300) {
            continue;
        }
        if let Some(own) = citation::find(line.flat.text()).into_iter().next() {
            head.number = own.number.or(head.number.take());
            head.issued_on = own.issued_on.or(head.issued_on);
            head.issuer = own.issuer.map(|i| without_stop(&i)).or(head.issuer.take());
        }
    }
}

fn without_stop(text: &str) -> String {
    text.trim_end_matches([')', '.', ';', ' ']).to_owned()
}

/// "Ngày 03 tháng 3 năm 2023 Sở Tư pháp ban hành Kế hoạch …", "UBND tỉnh ban hành Kế hoạch số …".
fn from_sentences(lines: &[Line<'_>], head: &mut Head) {
    for line in lines.iter().take(60) {
        if !(line.flat.has("ban hanh") && line.flat.has("ke hoach")) || line.flat.len() > 20_000 {
            continue;
        }
        let cited = citation::find(line.flat.text());
        if !head.is_document {
            own_citation(line, &cited, head);
        }
        for date in find_dates(line.flat.text()) {
            let inside = cited
                .iter()
                .any(|c| c.span.0 <= date.span.0 && date.span.1 <= c.span.1);
            let rest = line.flat.view(date.span.1, date.span.1 + 120);
            let Some(verb) = rest
                .find("ban hanh")
                .filter(|n| rest[*n..].contains("ke hoach"))
            else {
                continue;
            };
            let (from, to) = line.flat.core(date.span.1, date.span.1 + verb);
            let from = from + line.flat.view(from, to).len()
                - line
                    .flat
                    .view(from, to)
                    .trim_start_matches([',', ' '])
                    .len();
            let name = line
                .flat
                .cut(from, to)
                .trim_end_matches(" đã")
                .trim_end_matches(" vừa")
                .trim();
            if (!inside || date_opens_clause(line, date.span.0))
                && is_name(&super::flat::folded(name))
            {
                head.issued_on = head.issued_on.or(Some(date.date));
                head.issuer = head
                    .issuer
                    .take()
                    .or_else(|| Some(base::text::clean_line(name)));
            }
        }
        if head.issuer.is_none() && !head.is_document {
            head.issuer = subject(line);
        }
    }
}

/// Whether a date begins a clause of its own and does not belong to a document cited before it.
fn date_opens_clause(line: &Line<'_>, at: usize) -> bool {
    let before = line.flat.view(0, at).trim_end();
    let before = before.strip_suffix("ngay").unwrap_or(before).trim_end();
    before.is_empty() || before.ends_with([';', '.', ','])
}

/// "… ban hành Kế hoạch số 47/KH-UBND ngày 11/3/2023 về truyền thông …" names the plan itself.
fn own_citation(line: &Line<'_>, cited: &[Citation], head: &mut Head) {
    for own in cited.iter().filter(|c| c.kind == Some("KH")) {
        let before = line.flat.view(own.span.0.saturating_sub(24), own.span.0);
        let about = line.flat.view(own.span.0, own.span.1 + 120);
        let is_own = before.contains("ban hanh")
            && (about.contains("truyen thong") || about.contains("tuyen truyen"));
        if is_own && head.number.is_none() {
            head.number.clone_from(&own.number);
            head.issued_on = own.issued_on.or(head.issued_on);
            head.issuer = head
                .issuer
                .take()
                .or_else(|| subject(line))
                .or_else(|| own.issuer.clone());
        }
    }
}

/// The agency before "ban hành Kế hoạch", if a clause begins with it.
fn subject(line: &Line<'_>) -> Option<String> {
    let verb = line.flat.find_from("ban hanh", 0)?;
    let before = line.flat.view(verb.saturating_sub(120), verb);
    let start = before.rfind([',', ';', '.']).map_or(0, |n| n + 1);
    let (from, to) = line.flat.core(verb - (before.len() - start), verb);
    let name = line.flat.cut(from, to);
    let name = name
        .trim_end_matches(" đã")
        .trim_end_matches(" vừa")
        .trim_end_matches(" đã")
        .trim();
    is_name(&super::flat::folded(name)).then(|| base::text::clean_line(name))
}
