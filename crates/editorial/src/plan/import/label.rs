//! Numbers and list signs at the start of a line: Roman, Arabic, letters, words, dashes, bullets.

use super::flat::Flat;

/// What kind of sign numbers a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Phụ lục.
    Annex,
    /// Phần, Chương.
    Part,
    /// A heading without a number (set by the outline).
    Heading,
    /// I, II, III.
    Roman,
    /// A, B, C.
    Upper,
    /// Mục 1, Điều 1.
    Article,
    /// A paragraph that opens a list (set by the outline).
    Intro,
    /// Nhiệm vụ 1, Nội dung 2.
    Named,
    /// 1, 1.1, 1.1.1: how many numbers.
    Arabic(u8),
    /// Thứ nhất, Một là.
    Word,
    /// a, b, c.
    Letter,
    /// i, ii, iii.
    LowerRoman,
    /// A dash.
    Dash,
    /// A plus.
    Plus,
    /// A dot or another sign.
    Bullet,
}

impl Form {
    /// The usual height in an outline: smaller stands above.
    pub fn rank(self) -> u8 {
        match self {
            Self::Annex => 0,
            Self::Part => 5,
            Self::Heading => 10,
            Self::Roman | Self::Upper => 20,
            Self::Article => 30,
            Self::Intro => 35,
            Self::Named => 37,
            Self::Arabic(depth) => 40 + depth.min(9),
            Self::Word => 55,
            Self::Letter => 60,
            Self::LowerRoman => 65,
            Self::Dash => 90,
            Self::Plus => 91,
            Self::Bullet => 92,
        }
    }

    /// Whether it is a sign without order.
    pub fn is_sign(self) -> bool {
        matches!(self, Self::Dash | Self::Plus | Self::Bullet)
    }
}

/// The number or sign of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// What kind.
    pub form: Form,
    /// What stands after the number, or the sign itself.
    pub mark: char,
    /// Which one in its list, from 1; 0 for signs.
    pub ordinal: u32,
    /// Whether a single letter could be Roman or not ("i", "v", "x").
    pub is_ambiguous: bool,
    /// Where the words begin, in characters.
    pub end: usize,
}

/// The label of a line, if it has one.
pub fn label(line: &Flat<'_>) -> Option<Label> {
    sign(line)
        .or_else(|| named(line))
        .or_else(|| word(line))
        .or_else(|| numbered(line))
}

fn made(line: &Flat<'_>, form: Form, mark: char, ordinal: u32, end: usize) -> Option<Label> {
    let rest = line.view(end, line.len());
    let end = end + (rest.len() - rest.trim_start().len());
    (end < line.len()).then_some(Label {
        form,
        mark,
        ordinal,
        is_ambiguous: false,
        end,
    })
}

/// Dashes, pluses and bullets.
fn sign(line: &Flat<'_>) -> Option<Label> {
    let mut chars = line.text().chars();
    let first = chars.next()?;
    let second = chars.next()?;
    let form = match first {
        '-' | '–' | '—' | '−' | '‐' | '‑' => Form::Dash,
        '+' => Form::Plus,
        '•' | '●' | '○' | '◦' | '▪' | '■' | '□' | '·' | '*' | '✓' | '✔' | '➢' | '►' | '▶' | '→'
        | '◆' | '❖' | '⁃' | '∙' | '¤' => Form::Bullet,
        'o' | '\u{f0b7}' | '\u{f0a7}' if second.is_whitespace() => Form::Bullet,
        _ => return None,
    };
    // Rules drawn with dashes, signs of numbers ("-5", "+84") and bold stars are not list signs.
    let drawn = second == first || line.body_is_drawn();
    if drawn || (second.is_ascii_digit() && form != Form::Bullet) {
        return None;
    }
    let mark = match form {
        Form::Dash => '-',
        Form::Plus => '+',
        _ => first,
    };
    made(line, form, mark, 0, 1)
}

/// "Phụ lục I", "Phần II", "Chương 1", "Điều 3.", "Nhiệm vụ 2:".
fn named(line: &Flat<'_>) -> Option<Label> {
    const NAMES: [(&str, Form); 10] = [
        ("phu luc", Form::Annex),
        ("phan", Form::Part),
        ("chuong", Form::Part),
        ("muc", Form::Article),
        ("dieu", Form::Article),
        ("nhiem vu", Form::Named),
        ("noi dung", Form::Named),
        ("nhom nhiem vu", Form::Named),
        ("giai phap", Form::Named),
        ("hoat dong", Form::Named),
    ];
    let flat = line.flat();
    let (name, form) = NAMES.into_iter().find(|(name, _)| {
        flat.strip_prefix(name)
            .is_some_and(|rest| rest.starts_with(' '))
    })?;
    if form == Form::Annex && !line.is_upper(0, name.len()) && !flat.starts_with("phu luc ") {
        return None;
    }
    let at = name.len() + 1;
    let token: &str = flat
        .get(at..)?
        .split([' ', '.', ':', ',', '-', ')'])
        .next()?;
    let (ordinal, taken) = if let Some(rest) = flat.get(at..)?.strip_prefix("thu ") {
        let word = rest.split([' ', '.', ':', ',']).next()?;
        (ordinal_word(word)?, 4 + word.len())
    } else {
        let number = token.parse::<u32>().ok().filter(|n| *n < 100);
        let number = number.or_else(|| roman(&line.cut(at, at + token.len()).to_uppercase()));
        (number?, token.len())
    };
    let end = at + taken;
    let after = flat.get(end..)?;
    let closed = after.trim_start().starts_with(['.', ':', '-', ')']);
    // "Nhiệm vụ 2 năm tới" goes on; a label is closed by a sign or stands alone.
    let alone = after.trim().is_empty();
    if !closed && !alone && !matches!(form, Form::Annex | Form::Part) {
        return None;
    }
    if alone {
        return Some(Label {
            form,
            mark: ' ',
            ordinal,
            is_ambiguous: false,
            end: line.len(),
        });
    }
    let skipped = after.len() - after.trim_start_matches([' ', '.', ':', '-', ')']).len();
    made(line, form, ':', ordinal, end + skipped)
}

/// "Thứ nhất,", "Một là:", "Hai là".
fn word(line: &Flat<'_>) -> Option<Label> {
    let flat = line.flat();
    let mut words = flat.split([' ', ',', ':', '.']);
    let (first, second) = (words.next()?, words.next()?);
    let length = first.len() + 1 + second.len();
    let ordinal = if first == "thu" {
        // A weekday ("Thứ hai - 06/03/2023", "Thứ Hai, 06/03") is not the second point.
        let rest = flat.get(length..)?.trim_start_matches([' ', ',', '-', '(']);
        if rest.starts_with(|c: char| c.is_ascii_digit()) || rest.starts_with("ngay") {
            return None;
        }
        ordinal_word(second)?
    } else if second == "la" {
        ordinal_word(first)?
    } else {
        return None;
    };
    let after = flat.get(length..)?;
    if second != "la" && !after.starts_with([',', ':']) {
        return None;
    }
    let skipped = after.len() - after.trim_start_matches([' ', ',', ':']).len();
    made(line, Form::Word, ',', ordinal, length + skipped)
}

fn ordinal_word(word: &str) -> Option<u32> {
    Some(match word {
        "nhat" | "mot" => 1,
        "hai" => 2,
        "ba" => 3,
        "tu" | "bon" => 4,
        "nam" => 5,
        "sau" => 6,
        "bay" => 7,
        "tam" => 8,
        "chin" => 9,
        "muoi" => 10,
        _ => return None,
    })
}

/// "I.", "1.", "1.2.", "a)", "(1)", "3/": a short token, a mark, then words.
fn numbered(line: &Flat<'_>) -> Option<Label> {
    let flat = line.flat();
    let open = usize::from(flat.starts_with('('));
    let rest = flat.get(open..)?;
    let length = rest
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '.'))
        .unwrap_or(rest.len());
    if length > 14 {
        // "1.Tuyên" without a space: the token ends where the words begin.
        return glued(line, open);
    }
    let token = line.cut(open, open + length);
    let bare = token.trim_end_matches('.');
    let dotted = token.len() > bare.len();
    let bare_end = open + bare.chars().count();
    let after = flat.get(open + length..)?;
    let (mark, end) = if open == 1 {
        (')', closing(after, open + length)?)
    } else if dotted && (after.is_empty() || after.starts_with([' ', '"', '('])) {
        ('.', open + length)
    } else if !dotted && after.starts_with([')', '/', ':']) {
        let next = after.as_bytes().get(1).copied().unwrap_or(b' ');
        if next.is_ascii_digit() {
            return None;
        }
        (after.chars().next()?, open + length + 1)
    } else if !dotted && (after.starts_with(" - ") || after.starts_with(" / ")) {
        let first = line
            .cut(open + length + 3, open + length + 4)
            .chars()
            .next()?;
        if !first.is_uppercase() {
            return None;
        }
        ('-', open + length + 3)
    } else if !dotted && bare.contains('.') && after.starts_with(' ') {
        let first = line.cut(bare_end + 1, bare_end + 2).chars().next()?;
        if !first.is_uppercase() {
            return glued(line, open);
        }
        ('.', bare_end)
    } else {
        return glued(line, open);
    };
    number(line, bare, mark, end)
}

/// "1.Tuyên truyền", "a)Nội dung" with the dot or bracket glued to the words.
fn glued(line: &Flat<'_>, open: usize) -> Option<Label> {
    if open == 1 {
        return None;
    }
    let flat = line.flat();
    let length = flat.find(['.', ')'])?;
    let mark = flat.as_bytes().get(length).map(|b| char::from(*b))?;
    let next = line.cut(length + 1, length + 2).chars().next()?;
    if length > 5 || !next.is_uppercase() {
        return None;
    }
    let token = line.cut(0, length);
    // "V.H" is a name, "TP.Hồ" an abbreviation: glued labels are numbers and small letters only.
    if !token
        .chars()
        .all(|c| c.is_ascii_digit() || c.is_lowercase() || "IVX".contains(c))
        || (token.len() == 1
            && token.starts_with(|c: char| c.is_uppercase())
            && mark == '.'
            && line
                .cut(length + 2, length + 3)
                .chars()
                .all(|c| !c.is_alphabetic()))
    {
        return None;
    }
    number(line, token, mark, length + 1)
}

fn closing(after: &str, at: usize) -> Option<usize> {
    after.starts_with(')').then_some(at + 1)
}

fn number(line: &Flat<'_>, token: &str, mark: char, end: usize) -> Option<Label> {
    let mut parts: Vec<&str> = token.split('.').filter(|p| !p.is_empty()).collect();
    if parts.is_empty() || parts.len() > 6 || token.contains("..") {
        return None;
    }
    let is_number =
        |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let lead = parts.remove(0);
    if is_number(lead) && parts.iter().all(|p| is_number(p)) {
        let last = parts.last().copied().unwrap_or(lead);
        let depth = u8::try_from(parts.len() + 1).ok()?;
        let ordinal = last.parse().ok()?;
        return made(line, Form::Arabic(depth), mark, ordinal, end);
    }
    if !parts.is_empty() {
        // "II.1", "A.2": a number under a section.
        let ordinal = parts.iter().all(|p| is_number(p)).then(|| parts.last())??;
        let under =
            roman(lead).is_some() || (lead.len() == 1 && lead.as_bytes()[0].is_ascii_uppercase());
        let depth = u8::try_from(parts.len()).ok()?;
        return if under {
            made(line, Form::Arabic(depth), mark, ordinal.parse().ok()?, end)
        } else {
            None
        };
    }
    letters(line, lead, mark, end)
}

fn letters(line: &Flat<'_>, token: &str, mark: char, end: usize) -> Option<Label> {
    let mut chars = token.chars();
    let first = chars.next()?;
    let single = chars.next().is_none();
    if let Some(ordinal) = roman(token) {
        let mut label = made(line, Form::Roman, mark, ordinal, end)?;
        label.is_ambiguous = single;
        return Some(label);
    }
    if single && first.is_uppercase() {
        // "V.H" never gets here; "C. Nội dung" does.
        return made(line, Form::Upper, mark, letter_ordinal(first)?, end);
    }
    if single && first.is_lowercase() {
        let ordinal = letter_ordinal(first)?;
        let mut label = made(line, Form::Letter, mark, ordinal, end)?;
        label.is_ambiguous = matches!(first, 'i' | 'v' | 'x');
        return Some(label);
    }
    let small = token.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    let ordinal = roman(&token.to_uppercase()).filter(|_| small)?;
    made(line, Form::LowerRoman, mark, ordinal, end)
}

/// Place of a letter in Vietnamese lists, which count "a b c d đ e g h i k l m n o p q r s t u v x y".
pub fn letter_ordinal(letter: char) -> Option<u32> {
    let letter = letter.to_lowercase().next()?;
    let place = "abcdđeghiklmnopqrstuvxy".chars().position(|c| c == letter);
    let place = place.or_else(|| (letter == 'f').then_some(6))?;
    u32::try_from(place + 1).ok()
}

/// The value of a Roman number up to 39, in capitals.
pub fn roman(token: &str) -> Option<u32> {
    if token.is_empty() || token.len() > 7 || !token.bytes().all(|b| b"IVX".contains(&b)) {
        return None;
    }
    (1..40).find(|n| written(*n) == token)
}

fn written(n: u32) -> String {
    const UNITS: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let units = UNITS.get((n % 10) as usize).copied().unwrap_or_default();
    format!("{}{units}", "X".repeat((n / 10) as usize))
}

impl Flat<'_> {
    /// Whether the line is only a rule drawn with signs.
    fn body_is_drawn(&self) -> bool {
        !self.view(0, 40).bytes().any(|b| b.is_ascii_alphanumeric())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> Option<(Form, u32)> {
        label(&Flat::of(text)).map(|l| (l.form, l.ordinal))
    }

    #[test]
    fn every_usual_numbering_is_seen() {
        for (text, expected) in [
            ("I. MỤC ĐÍCH", (Form::Roman, 1)),
            ("IV - KINH PHÍ", (Form::Roman, 4)),
            ("B. NỘI DUNG", (Form::Upper, 2)),
            ("1. Mục đích", (Form::Arabic(1), 1)),
            ("2/ Yêu cầu", (Form::Arabic(1), 2)),
            ("3) Hình thức", (Form::Arabic(1), 3)),
            ("(4) Kinh phí", (Form::Arabic(1), 4)),
            ("1.2. Nội dung", (Form::Arabic(2), 2)),
            ("2.1 Tuyên truyền", (Form::Arabic(2), 1)),
            ("II.3. Tuyên truyền", (Form::Arabic(1), 3)),
            ("1.Tuyên truyền", (Form::Arabic(1), 1)),
            ("đ) Nội dung", (Form::Letter, 5)),
            ("- Nội dung", (Form::Dash, 0)),
            ("–Nội dung", (Form::Dash, 0)),
            ("+ Nội dung", (Form::Plus, 0)),
            ("• Nội dung", (Form::Bullet, 0)),
            ("Thứ hai, tuyên truyền", (Form::Word, 2)),
            ("Một là: tuyên truyền", (Form::Word, 1)),
            ("Nhiệm vụ 3: Tuyên truyền", (Form::Named, 3)),
            ("Phần II NỘI DUNG", (Form::Part, 2)),
            ("PHỤ LỤC I", (Form::Annex, 1)),
            ("Điều 1. Ban hành", (Form::Article, 1)),
            ("ii) nội dung", (Form::LowerRoman, 2)),
        ] {
            assert_eq!(form(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn numbers_dates_and_names_are_not_labels() {
        for text in [
            "Thứ hai - 06/03/2023 16:41",
            "1.234 tờ gấp",
            "2.5 tỷ đồng",
            "12 tin, bài",
            "06/03/2023",
            "V.H",
            "3 - 6/2023",
            "-----",
            "* * *",
            "-5 độ",
            "15/6 hoàn thành",
            "Nhiệm vụ 2 năm tới là",
            "UBND. Hà Nội",
        ] {
            assert_eq!(form(text), None, "{text}");
        }
    }
}
