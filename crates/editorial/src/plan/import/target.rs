//! Targets in words: "12 tin, bài", "ít nhất 02 hội nghị", "mỗi phòng 1 tin/tháng", "100% công chức".

use super::flat::{Flat, is_whole};
use super::imported::{Recurrence, Target};

/// What communication work is counted in. Longer names first where one begins with another.
const UNITS: [&str; 84] = [
    "tin, bai",
    "tin/bai",
    "tin bai",
    "tin hoac bai",
    "tin va bai",
    "tin",
    "bai viet",
    "bai",
    "chuyen muc",
    "chuyen trang",
    "chuyen de",
    "phong su",
    "tieu pham",
    "video clip",
    "video",
    "clip",
    "infographic",
    "podcast",
    "ban tin",
    "so ban tin",
    "ky ban tin",
    "an pham",
    "to gap",
    "to roi",
    "to buom",
    "so tay",
    "cam nang",
    "tai lieu",
    "cuon",
    "quyen",
    "pa no",
    "pano",
    "ap phich",
    "bang ron",
    "bang-ron",
    "khau hieu",
    "poster",
    "standee",
    "hoi nghi",
    "hoi thao",
    "toa dam",
    "hoi thi",
    "cuoc thi",
    "cuoc hop",
    "cuoc",
    "buoi tuyen truyen",
    "buoi",
    "lop tap huan",
    "lop",
    "dot tuyen truyen",
    "dot",
    "luot phat thanh",
    "luot nguoi",
    "luot xem",
    "luot truy cap",
    "luot",
    "chuong trinh",
    "phat thanh",
    "phong van",
    "doi thoai",
    "sang kien",
    "mo hinh",
    "cach lam hay",
    "tap huan",
    "san pham",
    "an ban",
    "ban",
    "bo tai lieu",
    "bo",
    "trang",
    "nguoi",
    "dang tai",
    "ky",
    "so",
    "tac pham",
    "thong diep",
    "bao cao",
    "phien",
    "tap",
    "man hinh",
    "guong",
    "dien hinh",
    "phieu",
    "van ban",
];

/// Units that only count when the number is said to be a target ("ít nhất", "tối thiểu").
const WEAK_UNITS: [&str; 14] = [
    "ban", "bo", "trang", "nguoi", "ky", "so", "tap", "dot", "tai lieu", "cuoc", "san pham",
    "bao cao", "van ban", "tin",
];

/// A target and where it stands, in characters.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The number and its unit.
    pub target: Target,
    /// First character of the number and the one past the unit.
    pub span: (usize, usize),
    /// How often it falls due, when it says so ("1 tin/tháng").
    pub recurs: Option<Recurrence>,
    /// Whether it is asked of every unit ("mỗi phòng 1 tin").
    pub per_unit: bool,
}

/// Which units make a number a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Units {
    /// Those that communication work is counted in; weak ones only when they are claimed.
    Claimed,
    /// Those that communication work is counted in.
    Known,
    /// Any words.
    Any,
}

/// The first target of a sentence.
pub fn in_sentence(flat: &Flat<'_>) -> Option<Found> {
    numbers(flat.flat())
        .into_iter()
        .find_map(|n| target_at(flat, n, Units::Claimed))
}

/// The target of a cell for outputs: any number with any unit counts.
pub fn in_cell(flat: &Flat<'_>) -> Option<Found> {
    let all = numbers(flat.flat());
    all.iter()
        .find_map(|n| target_at(flat, *n, Units::Claimed))
        .or_else(|| all.iter().find_map(|n| target_at(flat, *n, Units::Any)))
}

/// All targets of a cell for outputs, in its order: "12 tin, 4 bản tin". Words that are no unit of
/// this work make a target only where nothing else does.
pub fn all_in_cell(flat: &Flat<'_>) -> Vec<Found> {
    let known = listed(flat, Units::Known);
    if known.is_empty() {
        in_cell(flat).into_iter().collect()
    } else {
        known
    }
}

/// The first target of a sentence and those that follow it at once: "đăng 12 tin, 4 bản tin và 01
/// phóng sự".
pub fn all_in_sentence(flat: &Flat<'_>) -> Vec<Found> {
    let Some(first) = in_sentence(flat) else {
        return Vec::new();
    };
    let mut all = vec![first];
    for found in listed(flat, Units::Known) {
        let end = all.last().map_or(0, |last| last.span.1);
        let between = flat.flat().get(end..found.span.0);
        if between
            .is_some_and(|words| matches!(words.trim(), "," | ";" | "va" | ", va" | "cung" | "+"))
        {
            all.push(found);
        }
    }
    all
}

/// Every number with such a unit that no other takes up, each unit once.
fn listed(flat: &Flat<'_>, units: Units) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    for n in numbers(flat.flat()) {
        let Some(found) = target_at(flat, n, units) else {
            continue;
        };
        let is_new = all.iter().all(|other| {
            other.span.1 <= found.span.0
                && base::text::fold(&other.target.unit) != base::text::fold(&found.target.unit)
        });
        if is_new {
            all.push(found);
        }
    }
    all
}

/// The number of a cell that holds nothing else.
pub fn lone_number(text: &str) -> Option<f64> {
    match numbers(text).as_slice() {
        [(at, end, number)] if text.trim().len() == end - at && *number > 0.0 => Some(*number),
        _ => None,
    }
}

/// A number in a text: first character, one past the last, value.
type Number = (usize, usize, f64);

/// Numbers as Vietnamese write them: "2.000" is two thousand, "82,5" has a fraction.
fn numbers(view: &str) -> Vec<Number> {
    let bytes = view.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let mut end = at;
        while end < bytes.len()
            && (bytes[end].is_ascii_digit()
                || (matches!(bytes[end], b'.' | b',')
                    && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)))
        {
            end += 1;
        }
        if let Some(value) = value(&view[at..end]).filter(|_| stands_alone(bytes, at, end)) {
            found.push((at, end, value));
        }
        at = end;
    }
    found
}

/// Whether a number is not part of a date, a document number or a word.
fn stands_alone(bytes: &[u8], at: usize, end: usize) -> bool {
    let before = at.checked_sub(1).map(|n| bytes[n]);
    let after = bytes.get(end).copied();
    !before.is_some_and(|b| b.is_ascii_alphanumeric() || b"/-.".contains(&b))
        && !after.is_some_and(|b| b.is_ascii_alphabetic() || b == b'/' || b == b'-')
}

fn value(digits: &str) -> Option<f64> {
    if digits.len() > 12 {
        return None;
    }
    let groups: Vec<&str> = digits.split('.').collect();
    let thousands = groups.len() > 1
        && groups[1..]
            .iter()
            .all(|g| g.split(',').next().map(str::len) == Some(3));
    let plain = if thousands || groups.len() == 1 {
        groups.concat().replace(',', ".")
    } else {
        return None;
    };
    plain.parse().ok()
}

fn target_at(flat: &Flat<'_>, (at, end, number): Number, units: Units) -> Option<Found> {
    let view = flat.flat();
    let rest = view.get(end..)?;
    let trimmed = rest.trim_start();
    let mut unit_at = end + (rest.len() - trimmed.len());
    if trimmed.starts_with('%') {
        return Some(percent(flat, at, unit_at, number));
    }
    if number <= 0.0 || is_not_a_count(view, at) {
        return None;
    }
    // "02 (hai) hội nghị": the number once more in words.
    if trimmed.starts_with('(')
        && let Some(close) = trimmed.find(')').filter(|n| *n < 20)
    {
        let rest = &trimmed[close + 1..];
        unit_at += close + 1 + (rest.len() - rest.trim_start().len());
    }
    let rest = view.get(unit_at..)?;
    let known = UNITS
        .iter()
        .filter(|u| rest.starts_with(**u) && is_whole(rest, 0, u.len()))
        .max_by_key(|u| u.len());
    let length = match known {
        Some(unit)
            if units != Units::Claimed
                || !WEAK_UNITS.contains(unit)
                || is_claimed(view, at, unit_at + unit.len()) =>
        {
            unit.len()
        }
        None if units == Units::Any => {
            let stop = rest
                .find([',', ';', '.', '/', '(', ')', ':'])
                .unwrap_or(rest.len());
            rest[..stop]
                .split(' ')
                .take(3)
                .collect::<Vec<_>>()
                .join(" ")
                .trim_end()
                .len()
        }
        _ => return None,
    };
    if length == 0 {
        return None;
    }
    let (rate, recurs, is_shared_out) = rate(view, unit_at + length);
    let stop = unit_at + length + rate;
    Some(Found {
        target: Target {
            number,
            unit: base::text::clean_line(flat.cut(unit_at, stop)),
        },
        span: (at, stop),
        recurs,
        per_unit: is_shared_out || asks_each(view, at),
    })
}

/// "100% công chức, viên chức": the words up to the next verb or stop.
fn percent(flat: &Flat<'_>, at: usize, sign: usize, number: f64) -> Found {
    let rest = flat.view(sign + 1, sign + 80);
    let stops = [
        ";",
        ".",
        "(",
        " duoc ",
        " co ",
        " tham gia",
        " thuc hien",
        " dat ",
        " tro len",
        " theo ",
        " trong ",
        " biet ",
    ];
    let stop = stops
        .iter()
        .filter_map(|s| rest.find(s))
        .min()
        .unwrap_or(rest.len());
    let (_, end) = flat.core(sign, sign + 1 + stop);
    Found {
        target: Target {
            number,
            unit: base::text::clean_line(flat.cut(sign, end)),
        },
        span: (at, end),
        recurs: None,
        per_unit: false,
    }
}

/// Whether the words around a number claim it as a target.
fn is_claimed(view: &str, at: usize, end: usize) -> bool {
    let before = view.get(at.saturating_sub(40)..at).unwrap_or_default();
    let after = view
        .get(end..(end + 12).min(view.len()))
        .unwrap_or_default();
    [
        "it nhat",
        "toi thieu",
        "moi ",
        "dat ",
        "tu ",
        "phan dau",
        "hoan thanh",
        "xay dung",
        "viet ",
        "dang ",
        "phat hanh",
        "in ",
        "bien soan",
        "to chuc",
    ]
    .iter()
    .any(|w| before.contains(w))
        || after.starts_with('/')
        || after.trim_start().starts_with("tro len")
}

/// Whether the word before says that the number names something ("năm 2023", "khóa XI", "số 5").
fn is_not_a_count(view: &str, at: usize) -> bool {
    let before = view
        .get(at.saturating_sub(12)..at)
        .unwrap_or_default()
        .trim_end();
    // "mỗi tháng 02 tin": the number belongs to what follows.
    if [
        "moi thang",
        "hang thang",
        "moi quy",
        "hang quy",
        "moi nam",
        "hang nam",
        "moi ngay",
        "hang ngay",
    ]
    .iter()
    .any(|w| view.get(..at).is_some_and(|v| v.trim_end().ends_with(w)))
    {
        return false;
    }
    [
        "nam", "ngay", "thang", "quy", "so", "khoa", "lan thu", "dieu", "khoan", "muc", "phu luc",
        "gio", "ky hop",
    ]
    .iter()
    .any(|w| before.ends_with(w) && is_whole(before, before.len() - w.len(), before.len()))
}

/// Whether the words before a number ask it of each unit: "mỗi phòng 1 tin", "mỗi phòng, đơn vị có
/// ít nhất 02 tin".
fn asks_each(view: &str, at: usize) -> bool {
    const EACH: [&str; 6] = [
        "moi phong",
        "moi don vi",
        "tung phong",
        "tung don vi",
        "cac phong, don vi moi don vi",
        "moi co quan, don vi",
    ];
    let before = view.get(at.saturating_sub(60)..at).unwrap_or_default();
    let clause = before.rsplit(['.', ';']).next().unwrap_or_default();
    // A number of its own between takes the words for itself.
    let last = clause.rsplit(|c: char| c.is_ascii_digit()).next();
    EACH.iter()
        .any(|words| last.is_some_and(|clause| clause.contains(words)))
}

/// "/tháng", "mỗi quý", "hằng tháng" right after the unit: its length, the recurrence, and whether
/// it is asked of each unit ("01 tin/đơn vị/tháng").
fn rate(view: &str, at: usize) -> (usize, Option<Recurrence>, bool) {
    const RATES: [(&str, Recurrence); 20] = [
        ("/ngay", Recurrence::Daily),
        ("/tuan", Recurrence::Weekly),
        ("/thang", Recurrence::Monthly),
        ("/quy", Recurrence::Quarterly),
        ("/6 thang", Recurrence::HalfYearly),
        ("/nam", Recurrence::Yearly),
        (" moi ngay", Recurrence::Daily),
        (" moi tuan", Recurrence::Weekly),
        (" moi thang", Recurrence::Monthly),
        (" moi quy", Recurrence::Quarterly),
        (" moi nam", Recurrence::Yearly),
        (" hang tuan", Recurrence::Weekly),
        (" hang thang", Recurrence::Monthly),
        (" hang quy", Recurrence::Quarterly),
        (" mot thang", Recurrence::Monthly),
        (" mot quy", Recurrence::Quarterly),
        (" trong thang", Recurrence::Monthly),
        ("/01 thang", Recurrence::Monthly),
        ("/1 thang", Recurrence::Monthly),
        ("/01 quy", Recurrence::Quarterly),
    ];
    let rest = view.get(at..).unwrap_or_default();
    // "01 tin/đơn vị/tháng": the share stands before the rate.
    let share = rest
        .strip_prefix('/')
        .and_then(|r| {
            ["don vi", "phong", "xa", "nguoi", "so"]
                .into_iter()
                .find(|w| r.starts_with(w))
        })
        .map_or(0, |w| w.len() + 1);
    let is_each = ["/don vi", "/phong"]
        .iter()
        .any(|words| rest.starts_with(words));
    let after = &rest[share..];
    let found = RATES
        .into_iter()
        .find(|(words, _)| after.starts_with(words) && is_whole(after, 0, words.len()));
    match found {
        Some((words, recurs)) => (share + words.len(), Some(recurs), is_each),
        None => (share, None, is_each),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_read_from_sentences() {
        for (text, number, unit) in [
            ("Đăng 12 tin, bài trên Trang thông tin", 12.0, "tin, bài"),
            ("tổ chức ít nhất 02 hội nghị", 2.0, "hội nghị"),
            ("mỗi phòng 1 tin/tháng", 1.0, "tin/tháng"),
            ("mỗi tháng 02 tin, bài", 2.0, "tin, bài"),
            (
                "100% công chức, viên chức được quán triệt",
                100.0,
                "% công chức, viên chức",
            ),
            ("in 2.000 tờ gấp", 2000.0, "tờ gấp"),
            (
                "tối thiểu 02 (hai) bài viết mỗi quý",
                2.0,
                "bài viết mỗi quý",
            ),
            ("đạt 82,5% hồ sơ trực tuyến", 82.5, "% hồ sơ trực tuyến"),
            ("01 cuộc thi trực tuyến", 1.0, "cuộc thi"),
        ] {
            let found = in_sentence(&Flat::of(text)).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                (found.target.number, found.target.unit.as_str()),
                (number, unit),
                "{text}"
            );
        }
    }

    #[test]
    fn one_cell_or_sentence_may_name_several_targets() {
        let words = |all: Vec<Found>| -> Vec<String> {
            all.iter()
                .map(|found| format!("{} {}", found.target.number, found.target.unit))
                .collect()
        };
        let cell = |text: &str| words(all_in_cell(&Flat::of(text)));
        assert_eq!(cell("12 tin, 4 bản tin"), ["12 tin", "4 bản tin"]);
        assert_eq!(
            cell("12 tin, bài; 04 số bản tin; 01 hội nghị; 2.000 lượt người"),
            [
                "12 tin, bài",
                "4 số bản tin",
                "1 hội nghị",
                "2000 lượt người"
            ]
        );
        assert_eq!(cell("02 bộ câu hỏi"), ["2 bộ"]);
        assert_eq!(cell("03 góc tuyên truyền"), ["3 góc tuyên truyền"]);
        assert_eq!(cell("Kế hoạch năm 2023"), Vec::<String>::new());
        let sentence = |text: &str| words(all_in_sentence(&Flat::of(text)));
        assert_eq!(
            sentence("Đăng 12 tin, bài, 4 bản tin và 01 phóng sự trong năm"),
            ["12 tin, bài", "4 bản tin", "1 phóng sự"]
        );
        assert_eq!(
            sentence("Đăng 12 tin, bài về 02 hội nghị của tỉnh"),
            ["12 tin, bài"],
            "what it is about is no target"
        );
    }

    #[test]
    fn a_target_of_every_unit_is_told_from_one_of_all_together() {
        let each = |text: &str| in_sentence(&Flat::of(text)).unwrap().per_unit;
        assert!(each("mỗi phòng 1 tin/tháng"));
        assert!(each("Mỗi đơn vị có ít nhất 02 bài viết mỗi quý"));
        assert!(each("viết 01 tin/đơn vị/tháng"));
        assert!(!each("Văn phòng đăng 12 tin, bài"));
        assert!(!each("mỗi tháng 02 tin, bài"));
    }

    #[test]
    fn other_numbers_are_no_targets() {
        for text in [
            "Kế hoạch ban hành có 5 nhiệm vụ cụ thể",
            "ngày 29/12/2022 của UBND tỉnh",
            "Quyết định số 152/QĐ-STP",
            "năm 2023 bài học",
            "Nghị quyết số 76/NQ-CP",
            "0 trong 0 đánh giá",
        ] {
            assert_eq!(in_sentence(&Flat::of(text)), None, "{text}");
        }
    }
}
