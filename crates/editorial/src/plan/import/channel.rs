//! Channels named in a text: what carries the word, of which kind, under which name.

use super::flat::{Flat, folded, is_whole};
use super::imported::{ChannelKind, ImportedChannel};

/// How far a channel's name goes beyond its first words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tail {
    /// No further.
    None,
    /// Capitalised words and what follows a word such as "của", up to a sign.
    Name,
    /// "của tỉnh", and again ", của Sở": each one a channel.
    Owner,
}

const WORDS: [(&str, ChannelKind, Tail); 78] = [
    ("sinh hoat chi bo", ChannelKind::Meeting, Tail::None),
    ("sinh hoat chuyen de", ChannelKind::Meeting, Tail::None),
    ("sinh hoat co quan", ChannelKind::Meeting, Tail::None),
    ("chao co", ChannelKind::Meeting, Tail::None),
    ("cuoc hop", ChannelKind::Meeting, Tail::None),
    ("hop giao ban", ChannelKind::Meeting, Tail::None),
    ("giao ban", ChannelKind::Meeting, Tail::None),
    ("hop dinh ky", ChannelKind::Meeting, Tail::None),
    ("tiep xuc cu tri", ChannelKind::Meeting, Tail::None),
    ("hoi nghi", ChannelKind::Conference, Tail::None),
    ("hoi thao", ChannelKind::Workshop, Tail::None),
    ("toa dam", ChannelKind::Talk, Tail::None),
    ("doi thoai", ChannelKind::Talk, Tail::None),
    ("noi chuyen chuyen de", ChannelKind::Talk, Tail::None),
    ("tap huan", ChannelKind::Training, Tail::None),
    ("boi duong", ChannelKind::Training, Tail::None),
    ("ban tin", ChannelKind::Bulletin, Tail::Name),
    ("dac san", ChannelKind::Bulletin, Tail::Name),
    ("bao chi", ChannelKind::Newspaper, Tail::None),
    ("co quan bao chi", ChannelKind::Newspaper, Tail::None),
    ("bao dien tu", ChannelKind::Newspaper, Tail::Name),
    ("bao", ChannelKind::Newspaper, Tail::Name),
    ("tap chi", ChannelKind::Newspaper, Tail::Name),
    (
        "dai phat thanh va truyen hinh",
        ChannelKind::Broadcast,
        Tail::Name,
    ),
    (
        "dai phat thanh - truyen hinh",
        ChannelKind::Broadcast,
        Tail::Name,
    ),
    (
        "dai phat thanh, truyen hinh",
        ChannelKind::Broadcast,
        Tail::Name,
    ),
    ("dai pt-th", ChannelKind::Broadcast, Tail::Name),
    ("dai ptth", ChannelKind::Broadcast, Tail::Name),
    ("dai truyen hinh", ChannelKind::Broadcast, Tail::Name),
    ("phat thanh", ChannelKind::Broadcast, Tail::None),
    ("truyen hinh", ChannelKind::Broadcast, Tail::None),
    (
        "he thong truyen thanh",
        ChannelKind::Loudspeaker,
        Tail::Name,
    ),
    ("dai truyen thanh", ChannelKind::Loudspeaker, Tail::Name),
    ("truyen thanh co so", ChannelKind::Loudspeaker, Tail::None),
    ("truyen thanh", ChannelKind::Loudspeaker, Tail::None),
    ("phat thanh co so", ChannelKind::Loudspeaker, Tail::None),
    ("loa phat thanh", ChannelKind::Loudspeaker, Tail::None),
    ("loa truyen thanh", ChannelKind::Loudspeaker, Tail::None),
    ("loa", ChannelKind::Loudspeaker, Tail::None),
    ("trang thong tin dien tu", ChannelKind::Website, Tail::Owner),
    ("cong thong tin dien tu", ChannelKind::Website, Tail::Owner),
    ("trang ttdt", ChannelKind::Website, Tail::Owner),
    ("cong ttdt", ChannelKind::Website, Tail::Owner),
    ("cong dich vu cong", ChannelKind::Website, Tail::Name),
    ("trang web", ChannelKind::Website, Tail::Owner),
    ("website", ChannelKind::Website, Tail::Owner),
    ("mang xa hoi", ChannelKind::Social, Tail::None),
    ("facebook", ChannelKind::Social, Tail::None),
    ("fanpage", ChannelKind::Social, Tail::None),
    ("zalo", ChannelKind::Social, Tail::None),
    ("youtube", ChannelKind::Social, Tail::None),
    ("tiktok", ChannelKind::Social, Tail::None),
    ("to gap", ChannelKind::Leaflet, Tail::None),
    ("to roi", ChannelKind::Leaflet, Tail::None),
    ("to buom", ChannelKind::Leaflet, Tail::None),
    ("so tay", ChannelKind::Leaflet, Tail::None),
    ("cam nang", ChannelKind::Leaflet, Tail::None),
    ("pano", ChannelKind::Panel, Tail::None),
    ("pa no", ChannelKind::Panel, Tail::None),
    ("pa-no", ChannelKind::Panel, Tail::None),
    ("ap phich", ChannelKind::Panel, Tail::None),
    ("bang ron", ChannelKind::Panel, Tail::None),
    ("bang-ron", ChannelKind::Panel, Tail::None),
    ("khau hieu", ChannelKind::Panel, Tail::None),
    ("man hinh led", ChannelKind::Panel, Tail::None),
    ("poster", ChannelKind::Panel, Tail::None),
    ("standee", ChannelKind::Panel, Tail::None),
    ("hoi thi", ChannelKind::Contest, Tail::None),
    ("cuoc thi", ChannelKind::Contest, Tail::None),
    ("thu dien tu", ChannelKind::Email, Tail::None),
    ("email", ChannelKind::Email, Tail::None),
    (
        "pho bien, giao duc phap luat",
        ChannelKind::LegalEducation,
        Tail::None,
    ),
    (
        "pho bien giao duc phap luat",
        ChannelKind::LegalEducation,
        Tail::None,
    ),
    ("pbgdpl", ChannelKind::LegalEducation, Tail::None),
    ("tro giup phap ly", ChannelKind::LegalAid, Tail::None),
    ("tin nhan", ChannelKind::Other, Tail::None),
    ("san khau hoa", ChannelKind::Other, Tail::None),
    ("tieu pham", ChannelKind::Other, Tail::None),
];

/// The kinds of channels that a text names, each once, in the order of the text.
pub fn kinds_in(text: &str) -> Vec<ChannelKind> {
    let mut channels = Vec::new();
    add_from(&Flat::of(text), &mut channels);
    let mut kinds: Vec<ChannelKind> = Vec::new();
    for channel in channels {
        if !kinds.contains(&channel.kind) {
            kinds.push(channel.kind);
        }
    }
    kinds
}

/// Most channels that one text may name.
const CHANNELS_MAX: usize = 200;

/// Adds the channels of a text to a list that holds none twice.
pub fn add_from(flat: &Flat<'_>, channels: &mut Vec<ImportedChannel>) {
    let view = flat.flat();
    let mut at = 0;
    while at < view.len() && channels.len() < CHANNELS_MAX {
        let found = if is_start(view, at) {
            head_at(view, at)
        } else {
            None
        };
        let Some((words, kind, tail)) = found else {
            at += 1;
            continue;
        };
        at = take(flat, at, words, (kind, tail), channels);
    }
}

fn is_start(view: &str, at: usize) -> bool {
    let bytes = view.as_bytes();
    bytes[at].is_ascii_alphabetic() && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric())
}

fn head_at(view: &str, at: usize) -> Option<(&'static str, ChannelKind, Tail)> {
    let rest = view.get(at..)?;
    WORDS
        .into_iter()
        .filter(|(words, ..)| rest.starts_with(words) && is_whole(rest, 0, words.len()))
        .max_by_key(|(words, ..)| words.len())
}

/// Takes the channel at a place; the place after it.
fn take(
    flat: &Flat<'_>,
    at: usize,
    words: &str,
    (kind, tail): (ChannelKind, Tail),
    channels: &mut Vec<ImportedChannel>,
) -> usize {
    let end = at + words.len();
    // Chapters of a plan on conduct ("báo cáo", "báo cho") are no newspapers: a newspaper has a name.
    let is_paper = words == "bao" || words == "tap chi";
    let stop = match tail {
        Tail::None => end,
        Tail::Name => named_end(flat, end),
        Tail::Owner => owner_end(flat, end),
    };
    if is_paper && stop == end {
        return end;
    }
    if (words == "loa" && !is_loud(flat, end)) || is_other_use(flat, at, words) {
        return end;
    }
    add(kind, flat.cut(at, stop), channels);
    let mut next = stop;
    let has_owner = tail == Tail::Owner && stop > end;
    while let Some((from, to)) = another_owner(flat, next).filter(|_| has_owner) {
        add(
            kind,
            &format!("{} {}", flat.cut(at, end), flat.cut(from, to)),
            channels,
        );
        next = to;
    }
    next
}

/// "Bồi dưỡng", "đối thoại", "hội nghị" and the like inside the name of something else.
fn is_other_use(flat: &Flat<'_>, at: usize, words: &str) -> bool {
    let before = flat.view(at.saturating_sub(16), at);
    match words {
        "bao chi" => before.ends_with("hop "),
        "phat thanh" | "truyen hinh" => {
            before.ends_with("dai ")
                || before.ends_with("thanh va ")
                || before.ends_with("thanh - ")
        }
        _ => false,
    }
}

fn is_loud(flat: &Flat<'_>, end: usize) -> bool {
    let after = flat.view(end, end + 12).trim_start();
    after.starts_with("phuong")
        || after.starts_with("xa")
        || after.starts_with("co so")
        || after.starts_with("khu pho")
}

/// The end of a name: words with a capital, or the field of a bulletin in small letters.
fn named_end(flat: &Flat<'_>, end: usize) -> usize {
    let mut stop = end;
    let rest = flat.view(end, end + 80);
    let limit = rest
        .find([',', ';', '.', ':', '(', ')', '"', '/'])
        .unwrap_or(rest.len());
    let mut at = 0;
    for word in rest[..limit].split_inclusive(' ') {
        let from = end + at;
        at += word.len();
        let bare = word.trim();
        if bare.is_empty() {
            continue;
        }
        let capital = flat.cut(from, from + 1).chars().all(char::is_uppercase);
        let goes_on = matches!(
            bare,
            "va" | "-" | "cua" | "tinh" | "thanh" | "pho" | "huyen" | "so"
        );
        let field = matches!(
            bare,
            "tu" | "phap"
                | "cai"
                | "cach"
                | "hanh"
                | "chinh"
                | "noi"
                | "bo"
                | "cong"
                | "tac"
                | "quoc"
                | "gia"
        );
        if capital || field {
            stop = from + bare.len();
        } else if !goes_on {
            break;
        }
    }
    with_place(flat, stop)
}

/// "tỉnh", "huyện" after a name belongs to it.
fn with_place(flat: &Flat<'_>, stop: usize) -> usize {
    let after = flat.view(stop, stop + 10);
    [" co so", " tinh", " huyen", " thanh pho"]
        .iter()
        .find(|w| after.starts_with(**w) && is_whole(after, 1, w.len()))
        .map_or(stop, |w| stop + w.len())
}

/// The owner of a site: "của …" or a name right behind, up to a sign or a joining word.
fn owner_end(flat: &Flat<'_>, end: usize) -> usize {
    let rest = flat.view(end, end + 80);
    let body = rest.trim_start();
    let lead = end + (rest.len() - body.len());
    let starts = [
        "cua ",
        "tinh",
        "so",
        "bo",
        "ubnd",
        "huyen",
        "thanh pho",
        "xa",
        "phuong",
        "co quan",
        "don vi",
        "cai cach",
    ];
    if starts
        .iter()
        .any(|s| body.starts_with(s) && is_whole(body, 0, s.trim_end().len()))
    {
        owner_stop(flat, lead)
    } else {
        end
    }
}

fn owner_stop(flat: &Flat<'_>, from: usize) -> usize {
    const STOPS: [&str; 20] = [
        ",",
        ";",
        ".",
        ":",
        "(",
        ")",
        "/",
        " va ",
        " de ",
        " hoac ",
        " voi ",
        " cac ",
        " nham ",
        " trong ",
        " ve ",
        " tren ",
        " theo ",
        " bang ",
        " dong thoi",
        " duoc ",
    ];
    let rest = flat.view(from, from + 60);
    let stop = STOPS
        .iter()
        .filter_map(|s| rest.find(s))
        .min()
        .unwrap_or(rest.len());
    flat.core(from, from + stop).1
}

/// ", của Sở" or " và của huyện" after a site with an owner.
fn another_owner(flat: &Flat<'_>, at: usize) -> Option<(usize, usize)> {
    let rest = flat.view(at, at + 12);
    let joint = [", cua ", " va cua ", "; cua ", ", va cua "]
        .iter()
        .find(|j| rest.starts_with(**j))?;
    let from = at + joint.len() - 4;
    let to = owner_stop(flat, from);
    (to > from + 4).then_some((from, to))
}

fn add(kind: ChannelKind, name: &str, channels: &mut Vec<ImportedChannel>) {
    let name = base::text::clean_line(name);
    let key = folded(&name);
    let known = channels
        .iter()
        .any(|c| c.kind == kind && folded(&c.name) == key);
    if !known && !name.is_empty() {
        channels.push(ImportedChannel { kind, name });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        let mut channels = Vec::new();
        add_from(&Flat::of(text), &mut channels);
        channels.into_iter().map(|c| c.name).collect()
    }

    #[test]
    fn channels_are_taken_with_their_names_and_owners() {
        assert_eq!(
            names(
                "đăng trên Bản tin tư pháp, Báo Lâm Hà, trang thông tin điện tử của tỉnh, của Sở, mạng xã hội"
            ),
            [
                "Bản tin tư pháp",
                "Báo Lâm Hà",
                "trang thông tin điện tử của tỉnh",
                "trang thông tin điện tử của Sở",
                "mạng xã hội"
            ]
        );
        assert_eq!(
            names(
                "qua Đài Phát thanh và Truyền hình tỉnh, hệ thống truyền thanh cơ sở; pano, tờ gấp; báo cáo kết quả"
            ),
            [
                "Đài Phát thanh và Truyền hình tỉnh",
                "hệ thống truyền thanh cơ sở",
                "pano",
                "tờ gấp"
            ]
        );
    }
}
