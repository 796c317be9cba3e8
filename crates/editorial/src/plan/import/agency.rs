//! Names of agencies and units: how they are written, and who leads or supports in a sentence.

use super::flat::Flat;

/// Words that begin the name of an agency or unit, in the plain view.
const HEADS: [&str; 45] = [
    "uy ban nhan dan",
    "ubnd",
    "hoi dong nhan dan",
    "hdnd",
    "so",
    "bo",
    "van phong",
    "phong",
    "ban",
    "thanh tra",
    "trung tam",
    "chi cuc",
    "cuc",
    "tong cuc",
    "vu",
    "vien",
    "bao hiem xa hoi",
    "cong an",
    "kho bac nha nuoc",
    "ngan hang nha nuoc",
    "dai phat thanh",
    "dai truyen thanh",
    "bao",
    "hoi",
    "lien doan lao dong",
    "mat tran",
    "tinh doan",
    "doan thanh nien",
    "cong doan",
    "truong",
    "cac phong",
    "cac don vi",
    "cac so",
    "cac co quan",
    "cac xa",
    "don vi",
    "bo phan",
    "to cong tac",
    "to",
    "chi doan",
    "quy",
    "cac to chuc",
    "thu vien",
    "bao tang",
    "nha van hoa",
];

/// Whether a plain view begins with the name of an agency or unit.
pub fn is_name(view: &str) -> bool {
    let view = view.trim_start();
    HEADS.iter().any(|head| {
        view.strip_prefix(head)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',', ':']))
    })
}

/// Words of agency names that keep a capital wherever they stand.
const PROPER: [(&str, &str); 36] = [
    ("tư pháp", "Tư pháp"),
    ("nội vụ", "Nội vụ"),
    ("tài chính", "Tài chính"),
    ("y tế", "Y tế"),
    ("công thương", "Công Thương"),
    ("xây dựng", "Xây dựng"),
    ("ngoại vụ", "Ngoại vụ"),
    ("ngoại giao", "Ngoại giao"),
    ("du lịch", "Du lịch"),
    ("công an", "Công an"),
    ("quốc phòng", "Quốc phòng"),
    ("giao thông vận tải", "Giao thông vận tải"),
    ("giáo dục và đào tạo", "Giáo dục và Đào tạo"),
    ("khoa học và công nghệ", "Khoa học và Công nghệ"),
    ("khoa học và đào tạo", "Khoa học và Đào tạo"),
    ("thông tin và truyền thông", "Thông tin và Truyền thông"),
    ("kế hoạch và đầu tư", "Kế hoạch và Đầu tư"),
    ("tài nguyên và môi trường", "Tài nguyên và Môi trường"),
    ("nông nghiệp và môi trường", "Nông nghiệp và Môi trường"),
    (
        "nông nghiệp và phát triển nông thôn",
        "Nông nghiệp và Phát triển nông thôn",
    ),
    (
        "lao động - thương binh và xã hội",
        "Lao động - Thương binh và Xã hội",
    ),
    (
        "văn hóa, thể thao và du lịch",
        "Văn hóa, Thể thao và Du lịch",
    ),
    (
        "văn hoá, thể thao và du lịch",
        "Văn hoá, Thể thao và Du lịch",
    ),
    ("văn hóa và thể thao", "Văn hóa và Thể thao"),
    ("văn hoá và thể thao", "Văn hoá và Thể thao"),
    ("dân tộc và tôn giáo", "Dân tộc và Tôn giáo"),
    ("nhà nước", "Nhà nước"),
    ("nhân dân", "Nhân dân"),
    ("việt nam", "Việt Nam"),
    ("chính phủ", "Chính phủ"),
    ("đảng", "Đảng"),
    ("ubnd", "UBND"),
    ("hđnd", "HĐND"),
    ("cchc", "CCHC"),
    ("par index", "PAR INDEX"),
    ("sipas", "SIPAS"),
];

/// A name or title written all in capitals, as it stands in running text: "SỞ TƯ PHÁP" is "Sở Tư
/// pháp", "ỦY BAN NHÂN DÂN TỈNH BÌNH ĐỊNH" is "Ủy ban nhân dân tỉnh Bình Định". Other texts stay.
pub fn in_running_case(text: &str) -> String {
    let flat = Flat::of(text);
    if !flat.is_upper(0, flat.len()) {
        return text.to_owned();
    }
    let mut lower = text.to_lowercase();
    for (small, proper) in PROPER {
        // "nhân dân" inside the name of a committee stays small.
        if small == "nhân dân"
            && (lower.contains("ban nhân dân") || lower.contains("đồng nhân dân"))
        {
            continue;
        }
        lower = replace_whole(&lower, small, proper);
    }
    let placed = capital_places(&lower);
    let mut chars = placed.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => placed,
    }
}

fn replace_whole(text: &str, from: &str, to: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(from) {
        let before = rest[..at].chars().next_back();
        let after = rest[at + from.len()..].chars().next();
        let whole =
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric);
        result.push_str(&rest[..at]);
        result.push_str(if whole { to } else { from });
        rest = &rest[at + from.len()..];
    }
    result.push_str(rest);
    result
}

/// Place names after "tỉnh", "huyện", … take capitals: at most three words, up to a sign or a word
/// that is no name.
fn capital_places(text: &str) -> String {
    const LEADS: [&str; 10] = [
        "tỉnh",
        "huyện",
        "xã",
        "phường",
        "quận",
        "thành",
        "thị",
        "đặc",
        "trấn",
        "phố",
    ];
    const ENDS: [&str; 18] = [
        "năm", "và", "về", "trên", "giai", "đến", "của", "phố", "xã", "trấn", "khu", "ban", "ủy",
        "có", "trong", "theo", "thực", "tại",
    ];
    let mut left = 0;
    let mut words: Vec<String> = Vec::new();
    for word in text.split(' ') {
        if LEADS.contains(&word) {
            left = 3;
            words.push(word.to_owned());
        } else if left > 0 && !ENDS.contains(&word) && word.starts_with(char::is_alphabetic) {
            left = if word.ends_with([',', ';', '.']) {
                0
            } else {
                left - 1
            };
            let mut chars = word.chars();
            let first = chars.next().map(|c| c.to_uppercase().to_string());
            words.push(first.unwrap_or_default() + chars.as_str());
        } else {
            left = 0;
            words.push(word.to_owned());
        }
    }
    words.join(" ")
}

/// Who leads and who supports, as a sentence says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Units {
    /// Who leads.
    pub lead: Option<String>,
    /// Who supports.
    pub supporting: Vec<String>,
}

/// Reads "Giao Văn phòng Sở chủ trì, phối hợp với …", "Phòng A chủ trì", "Đơn vị chủ trì: …",
/// "Đơn vị phối hợp: …".
pub fn units_in(flat: &Flat<'_>) -> Units {
    let mut units = Units {
        lead: labelled(
            flat,
            &[
                "don vi chu tri:",
                "co quan chu tri:",
                "chu tri:",
                "don vi thuc hien:",
                "chu tri thuc hien:",
            ],
        )
        .and_then(|list| list.into_iter().next()),
        supporting: labelled(
            flat,
            &[
                "don vi phoi hop:",
                "co quan phoi hop:",
                "phoi hop:",
                "don vi phoi hop thuc hien:",
            ],
        )
        .unwrap_or_default(),
    };
    if units.lead.is_none() {
        units.lead = leader(flat);
    }
    if units.supporting.is_empty()
        && let Some(at) = flat
            .find_from("phoi hop voi", 0)
            .or_else(|| flat.find_from("phoi hop cung", 0))
    {
        let from = at + flat.view(at, at + 13).trim_end().len();
        units.supporting = list(flat, from, clause_end(flat, from));
    }
    units
}

fn labelled(flat: &Flat<'_>, labels: &[&str]) -> Option<Vec<String>> {
    let (at, words) = labels
        .iter()
        .filter_map(|w| flat.find_from(w, 0).map(|at| (at, *w)))
        .min_by_key(|(at, words)| (*at, usize::MAX - words.len()))?;
    let from = at + words.len();
    let rest = flat.view(from, from + 300);
    let stops = [
        ";",
        ".",
        "don vi",
        "co quan phoi",
        "phoi hop:",
        "thoi gian",
        "kinh phi",
    ];
    let stop = stops
        .iter()
        .filter_map(|s| rest.find(s))
        .filter(|n| *n > 2)
        .min();
    Some(split(flat, from, from + stop.unwrap_or(rest.len()))).filter(|l| !l.is_empty())
}

/// The name before "chủ trì", or after "giao".
fn leader(flat: &Flat<'_>) -> Option<String> {
    let given = flat.find_from("giao", 0).filter(|at| {
        let after = flat.view(at + 4, at + 60).trim_start();
        is_name(after.strip_prefix("cho ").unwrap_or(after))
    });
    if let Some(at) = given {
        let rest = flat.view(at + 4, at + 200);
        let mut from = at + 4 + (rest.len() - rest.trim_start().len());
        if flat.view(from, from + 4) == "cho " {
            from += 4;
        }
        return name(flat, from, from + 120);
    }
    let at = [
        "chu tri",
        "co trach nhiem",
        "la don vi dau moi",
        "la dau moi",
    ]
    .iter()
    .filter_map(|w| flat.find_from(w, 0))
    .min()?;
    // The subject stands between the last stop and the verb.
    let before = flat.view(at.saturating_sub(120), at);
    let start = before.rfind([';', '.', ':', '(']).map_or(0, |n| n + 1);
    let from = at - (before.len() - start);
    let (from, _) = flat.trim(from, at);
    is_name(flat.view(from, at))
        .then(|| name(flat, from, at))
        .flatten()
}

/// One name between two places, up to its verb or sign.
fn name(flat: &Flat<'_>, from: usize, to: usize) -> Option<String> {
    const VERBS: [&str; 16] = [
        " chu tri",
        " co trach nhiem",
        " phoi hop",
        " tham muu",
        " theo doi",
        " la ",
        ";",
        ".",
        ":",
        " to chuc",
        " xay dung",
        " thuc hien",
        " huong dan",
        " (",
        " lam dau moi",
        " trien khai",
    ];
    let view = flat.view(from, to);
    let stop = VERBS
        .iter()
        .filter_map(|v| view.find(v))
        .min()
        .unwrap_or(view.len());
    let (start, end) = flat.core(from, from + stop);
    (end > start && is_name(flat.view(start, end)))
        .then(|| base::text::clean_line(flat.cut(start, end)))
}

fn clause_end(flat: &Flat<'_>, from: usize) -> usize {
    const STOPS: [&str; 14] = [
        ";",
        ".",
        " to chuc",
        " xay dung",
        " thuc hien",
        " trien khai",
        " tham muu",
        " tuyen truyen",
        " huong dan",
        " de ",
        " trong viec",
        " dang ",
        " viet ",
        " bien soan",
    ];
    let view = flat.view(from, from + 300);
    let stop = STOPS.iter().filter_map(|s| view.find(s)).min();
    from + stop.unwrap_or(view.len())
}

fn list(flat: &Flat<'_>, from: usize, to: usize) -> Vec<String> {
    split(flat, from, to)
}

/// Names of a list: split at signs and "và" where a new name begins, because "Văn hóa, Thể thao và
/// Du lịch" is one.
pub fn split(flat: &Flat<'_>, from: usize, to: usize) -> Vec<String> {
    let view = flat.view(from, to);
    let mut cuts = vec![0];
    for (at, sign) in view
        .match_indices([',', ';', '-', '+'])
        .chain(view.match_indices(" va "))
    {
        let next = view.get(at + sign.len()..).unwrap_or_default();
        // "Các phòng, đơn vị thuộc Sở" is one name.
        let is_new = sign == ";" || (is_name(next) && !next.trim_start().starts_with("don vi"));
        let dash = sign == "-" || sign == "+";
        let opens = !dash
            || view
                .get(..at)
                .is_some_and(|v| v.trim().is_empty() || v.ends_with(' '));
        if is_new && opens {
            cuts.push(at);
        }
    }
    cuts.sort_unstable();
    cuts.push(view.len());
    let mut names = Vec::new();
    for pair in cuts.windows(2) {
        let piece = view.get(pair[0]..pair[1]).unwrap_or_default();
        let lead = piece.len() - piece.trim_start_matches([',', ';', '-', '+', ' ']).len();
        let lead = lead
            + if piece[lead..].starts_with("va ") {
                3
            } else {
                0
            };
        let (start, end) = flat.core(from + pair[0] + lead, from + pair[1]);
        let text = base::text::clean_line(flat.cut(start, end));
        if text.chars().any(char::is_alphabetic) && !names.contains(&text) {
            names.push(text);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_capitals_are_written_as_in_running_text() {
        for (capitals, running) in [
            ("SỞ TƯ PHÁP", "Sở Tư pháp"),
            (
                "ỦY BAN NHÂN DÂN TỈNH BÌNH ĐỊNH",
                "Ủy ban nhân dân tỉnh Bình Định",
            ),
            ("UBND TỈNH LÂM HÀ", "UBND tỉnh Lâm Hà"),
            ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", "Sở Khoa học và Công nghệ"),
            ("Sở Nội vụ", "Sở Nội vụ"),
        ] {
            assert_eq!(in_running_case(capitals), running);
        }
    }

    #[test]
    fn who_leads_and_supports_is_read_from_sentences() {
        let read = |text| {
            let units = units_in(&Flat::of(text));
            (units.lead.unwrap_or_default(), units.supporting)
        };
        assert_eq!(
            read(
                "Giao Văn phòng Sở chủ trì, phối hợp với Phòng Phổ biến pháp luật và các đơn vị thuộc Sở triển khai Kế hoạch này."
            ),
            (
                "Văn phòng Sở".to_owned(),
                vec![
                    "Phòng Phổ biến pháp luật".to_owned(),
                    "các đơn vị thuộc Sở".to_owned()
                ]
            )
        );
        assert_eq!(
            read(
                "Sở Văn hóa, Thể thao và Du lịch chủ trì, phối hợp với Sở Nội vụ, Báo tỉnh tổ chức thực hiện."
            ),
            (
                "Sở Văn hóa, Thể thao và Du lịch".to_owned(),
                vec!["Sở Nội vụ".to_owned(), "Báo tỉnh".to_owned()]
            )
        );
        assert_eq!(
            read("Đơn vị chủ trì: Phòng Nội vụ; Đơn vị phối hợp: Văn phòng, Trung tâm Văn hóa."),
            (
                "Phòng Nội vụ".to_owned(),
                vec!["Văn phòng".to_owned(), "Trung tâm Văn hóa".to_owned()]
            )
        );
        assert_eq!(read("gắn với trách nhiệm của người đứng đầu").0, "");
    }
}
