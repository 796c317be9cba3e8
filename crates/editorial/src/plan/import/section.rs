//! What the parts of a plan are about, told from the words of their headings.

use super::flat::{Flat, is_whole};
use super::line::Line;

/// What a part of a plan is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Căn cứ.
    Bases,
    /// Mục đích, mục tiêu.
    Purpose,
    /// Yêu cầu.
    Requirement,
    /// Đối tượng.
    Audience,
    /// Nội dung, nhiệm vụ.
    Content,
    /// Hình thức, giải pháp.
    Means,
    /// Chỉ tiêu.
    Targets,
    /// Kinh phí.
    Budget,
    /// Thời gian.
    Time,
    /// Tổ chức thực hiện.
    Organisation,
    /// Phụ lục.
    Annex,
}

/// The words that open headings. Longer ones first where one begins with another.
const WORDS: [(&str, Section); 48] = [
    ("can cu phap ly", Section::Bases),
    ("can cu", Section::Bases),
    ("co so phap ly", Section::Bases),
    ("muc dich", Section::Purpose),
    ("muc tieu", Section::Purpose),
    ("quan diem", Section::Requirement),
    ("yeu cau", Section::Requirement),
    ("doi tuong", Section::Audience),
    ("pham vi", Section::Audience),
    ("dia ban", Section::Audience),
    ("nhom nhiem vu", Section::Content),
    ("nhiem vu", Section::Content),
    ("noi dung", Section::Content),
    ("chu de", Section::Content),
    ("cac hoat dong", Section::Content),
    ("hoat dong", Section::Content),
    ("hinh thuc", Section::Means),
    ("phuong thuc", Section::Means),
    ("phuong phap", Section::Means),
    ("phuong tien", Section::Means),
    ("cach thuc", Section::Means),
    ("giai phap", Section::Means),
    ("bien phap", Section::Means),
    ("kenh truyen thong", Section::Means),
    ("kenh tuyen truyen", Section::Means),
    ("kenh", Section::Means),
    ("chi tieu", Section::Targets),
    ("san pham", Section::Targets),
    ("ket qua dau ra", Section::Targets),
    ("kinh phi", Section::Budget),
    ("nguon kinh phi", Section::Budget),
    ("nguon luc", Section::Budget),
    ("du toan", Section::Budget),
    ("thoi gian", Section::Time),
    ("tien do", Section::Time),
    ("lo trinh", Section::Time),
    ("to chuc thuc hien", Section::Organisation),
    ("to chuc trien khai", Section::Organisation),
    ("phan cong", Section::Organisation),
    ("trach nhiem", Section::Organisation),
    ("che do bao cao", Section::Organisation),
    ("che do thong tin", Section::Organisation),
    ("kiem tra, giam sat", Section::Organisation),
    ("noi nhan", Section::Organisation),
    ("phu luc", Section::Annex),
    ("bang phan cong", Section::Annex),
    ("bieu phan cong", Section::Annex),
    ("danh muc", Section::Annex),
];

/// Words that add nothing to the name of a section: a heading of only these is not a task.
const FILLERS: [&str; 52] = [
    "cac", "mot", "so", "nhung", "va", "cua", "cho", "ve", "trong", "tai", "theo", "cong", "tac",
    "tuyen", "truyen", "thong", "tin", "pho", "bien", "cu", "the", "chung", "trong", "tam", "chu",
    "yeu", "chinh", "thuc", "hien", "trien", "khai", "can", "ke", "hoach", "nam", "cai", "cach",
    "hanh", "chinh", "cchc", "to", "chuc", "quan", "triet", "giao", "duc", "phap", "luat", "dam",
    "bao", "ra", "dau",
];

/// Longest heading, in characters.
const HEADING_CHARS_MAX: usize = 160;

/// What a heading is about: every section it names, in its order. Empty if it names none at its
/// beginning.
pub fn sections(heading: &str) -> Vec<Section> {
    let heading = heading.trim();
    let head = heading.split(':').next().unwrap_or(heading);
    if head.len() > HEADING_CHARS_MAX {
        return Vec::new();
    }
    let mut rest = head.trim_start();
    for filler in ["ve ", "cac ", "mot so ", "nhung "] {
        rest = rest.strip_prefix(filler).unwrap_or(rest);
    }
    let mut found = Vec::new();
    while let Some((words, section)) = opening(rest) {
        if !found.contains(&section) {
            found.push(section);
        }
        match after_joint(&rest[words.len()..]) {
            Some(next) => rest = next,
            None => break,
        }
    }
    found
}

fn opening(rest: &str) -> Option<(&'static str, Section)> {
    WORDS
        .into_iter()
        .filter(|(words, _)| rest.starts_with(words) && is_whole(rest, 0, words.len()))
        .max_by_key(|(words, _)| words.len())
}

/// What stands after the next ",", "và", "-" or "/" within a few words.
fn after_joint(rest: &str) -> Option<&str> {
    let joints = [", ", " va ", " - ", "/", "; "];
    let (at, joint) = joints
        .iter()
        .filter_map(|joint| rest.find(joint).map(|at| (at, *joint)))
        .min_by_key(|(at, joint)| (*at, usize::MAX - joint.len()))?;
    let next = rest[at + joint.len()..].trim_start();
    let next = next.strip_prefix("va ").unwrap_or(next);
    if at > 45 {
        return None;
    }
    match opening(next) {
        Some(_) => Some(next),
        None => after_joint(next).filter(|_| at < 30),
    }
}

/// Whether a heading consists of section names and words that add nothing.
pub fn is_bare(heading: &str) -> bool {
    let head = heading.split(':').next().unwrap_or(heading).trim();
    if heading.trim_end_matches([':', '.', ' ']).len() > head.trim_end_matches(['.', ' ']).len() {
        return false;
    }
    let names: Vec<&str> = WORDS
        .iter()
        .flat_map(|(words, _)| words.split(' '))
        .collect();
    head.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| {
            FILLERS.contains(&word)
                || names.contains(&word)
                || word.bytes().all(|b| b.is_ascii_digit())
        })
}

/// Whether an unnumbered line is a heading: it names a section and looks like one.
pub fn is_heading(line: &Line<'_>) -> bool {
    let flat = &line.flat;
    if flat.len() < 4 || flat.len() > HEADING_CHARS_MAX || sections(flat.flat()).is_empty() {
        return false;
    }
    let view = flat.flat().trim_end();
    if view.ends_with(';') || (view.ends_with('.') && !flat.is_upper(0, flat.len())) {
        return false;
    }
    let opens = flat.flat().split(':').next().unwrap_or_default();
    let led = view.contains(':') && opens.len() <= 40 && is_bare(opens);
    line.look.heading.is_some()
        || flat.is_upper(0, flat.len())
        || (line.look.bold && flat.len() <= 100)
        || led
        || (is_bare(view) && flat.len() <= 60)
}

/// The sections of a numbered line, if it is a heading and not a sentence.
pub fn of_line(line: &Line<'_>) -> Vec<Section> {
    let body = line.body();
    let from = line.body_at();
    let whole_upper = line.flat.is_upper(from, line.flat.len());
    let shows = whole_upper || line.look.bold || line.look.heading.is_some();
    let found = sections(body);
    let bare_lead = body.split(':').next().is_some_and(is_bare);
    let short = body.len() <= 70 && !body.ends_with(';');
    if found.is_empty() || !(shows || bare_lead || (short && !body.ends_with('.'))) {
        return Vec::new();
    }
    found
}

/// Sections that a paragraph without a heading speaks of, from how it begins.
pub fn of_paragraph(flat: &Flat<'_>) -> Option<Section> {
    let head = flat.view(0, 160);
    let begins = |words: &[&str]| words.iter().any(|w| head.starts_with(w));
    let says = |words: &[&str]| words.iter().any(|w| head.contains(w));
    if begins(&["muc dich", "muc tieu", "nham muc dich"])
        || says(&[
            "muc dich cua ke hoach",
            "muc tieu cua ke hoach",
            "ke hoach nham",
            "ke hoach duoc ban hanh nham",
            "ke hoach dat muc tieu",
            "ke hoach dat ra muc tieu",
        ])
    {
        Some(Section::Purpose)
    } else if begins(&["doi tuong"]) {
        Some(Section::Audience)
    } else if begins(&["kinh phi", "nguon kinh phi", "ve kinh phi"]) {
        Some(Section::Budget)
    } else if says(&[
        "giai phap tuyen truyen",
        "cac giai phap",
        "hinh thuc tuyen truyen",
        "hinh thuc truyen thong",
        "cac hinh thuc",
        "thong qua cac",
        "cac kenh",
    ]) {
        Some(Section::Means)
    } else if says(&["to chuc thuc hien", "chu tri, phoi hop", "co trach nhiem"])
        || begins(&["giao "])
    {
        Some(Section::Organisation)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_names_every_section_it_joins() {
        use Section::{Audience, Budget, Content, Means, Organisation, Purpose, Requirement};
        for (heading, expected) in [
            (
                "muc tieu, yeu cau va doi tuong",
                vec![Purpose, Requirement, Audience],
            ),
            ("muc dich, yeu cau", vec![Purpose, Requirement]),
            ("noi dung tuyen truyen", vec![Content]),
            ("noi dung va hinh thuc tuyen truyen", vec![Content, Means]),
            ("nhiem vu, giai phap", vec![Content, Means]),
            ("kinh phi thuc hien", vec![Budget]),
            ("to chuc thuc hien", vec![Organisation]),
            ("van phong so", vec![]),
            ("tuyen truyen noi dung ke hoach", vec![]),
        ] {
            assert_eq!(sections(heading), expected, "{heading}");
        }
    }

    #[test]
    fn a_bare_heading_is_told_from_a_task() {
        assert!(is_bare("noi dung tuyen truyen"));
        assert!(is_bare("nhiem vu cu the"));
        assert!(!is_bare("noi dung chi so par index"));
        assert!(!is_bare("nhiem vu cua van phong so"));
    }
}
