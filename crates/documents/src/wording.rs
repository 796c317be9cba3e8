//! The fixed words of a paper and the marks around its texts: what both writers print alike.

use jiff::civil::Date;

use crate::paper::{Language, Paper, Part, Run};

/// The fixed words in one language.
pub(crate) struct Words {
    /// Tag of the language (BCP 47).
    pub tag: &'static str,
    /// Quốc hiệu.
    pub nation: &'static str,
    /// Tiêu ngữ.
    pub motto: &'static str,
    number: &'static str,
    /// "Kính gửi:".
    pub addressee: &'static str,
    /// "Nơi nhận:".
    pub recipients: &'static str,
    annex: &'static str,
    /// "Mục lục".
    pub contents: &'static str,
    /// What the code after the signature is, for readers who do not see it.
    pub code: &'static str,
}

const VIETNAMESE: Words = Words {
    tag: "vi-VN",
    nation: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    motto: "Độc lập - Tự do - Hạnh phúc",
    number: "Số:",
    addressee: "Kính gửi:",
    recipients: "Nơi nhận:",
    annex: "Phụ lục",
    contents: "Mục lục",
    code: "Mã QR của mốc nhật ký",
};

const ENGLISH: Words = Words {
    tag: "en-GB",
    nation: "SOCIALIST REPUBLIC OF VIET NAM",
    motto: "Independence - Freedom - Happiness",
    number: "No.:",
    addressee: "To:",
    recipients: "Recipients:",
    annex: "Annex",
    contents: "Contents",
    code: "QR code of the log's checkpoint",
};

/// The fixed words of a paper.
pub(crate) fn words(paper: &Paper) -> &'static Words {
    match paper.language {
        Language::Vietnamese => &VIETNAMESE,
        Language::English => &ENGLISH,
    }
}

/// Text that both formats can hold: line feeds stay, tabs become spaces, other control characters
/// and those that XML forbids are dropped.
pub(crate) fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars()
        .map(|c| match c {
            '\t' => ' ',
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            other => other,
        })
        .filter(|&c| c == '\n' || !(c.is_control() || is_no_character(c)))
        .collect()
}

/// Code points that stand for no character, and the byte order mark inside a text.
fn is_no_character(c: char) -> bool {
    let code = u32::from(c);
    code & 0xfffe == 0xfffe || (0xfdd0..=0xfdef).contains(&code) || c == '\u{feff}'
}

/// Clean text on one line.
pub(crate) fn line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Clean text on one line in capitals.
pub(crate) fn capitals(text: &str) -> String {
    line(text).to_uppercase()
}

/// "Số: 05/BC-STP", with room for a number not yet given; nothing without a symbol.
pub(crate) fn number_line(paper: &Paper) -> Option<String> {
    let symbol = line(&paper.number.symbol);
    let room = "\u{a0}".repeat(8);
    let label = words(paper).number;
    let serial = paper.number.serial.as_deref().map(line);
    (!symbol.is_empty()).then(|| match serial {
        Some(serial) => format!("{label} {serial}/{symbol}"),
        None => format!("{label}{room}/{symbol}"),
    })
}

/// "Bình Định, ngày 03 tháng 3 năm 2023", with room for a day not yet given.
pub(crate) fn date_line(paper: &Paper) -> String {
    let date = day(paper, paper.issued_on);
    match line(&paper.place) {
        place if place.is_empty() => date,
        place => format!("{place}, {date}"),
    }
}

/// A day in words: days below ten and the months 1 and 2 take a leading zero.
///
/// Source: decree 30/2020/NĐ-CP, annex I, part I, section II.4.
fn day(paper: &Paper, date: Option<Date>) -> String {
    match (paper.language, date) {
        (Language::Vietnamese, None) => "ngày … tháng … năm …".to_owned(),
        (Language::English, None) => "… … …".to_owned(),
        (Language::English, Some(date)) => date.strftime("%-d %B %Y").to_string(),
        (Language::Vietnamese, Some(date)) => {
            let zero = if date.month() < 3 { "0" } else { "" };
            format!(
                "ngày {:02} tháng {zero}{} năm {}",
                date.day(),
                date.month(),
                date.year()
            )
        }
    }
}

/// Texts of a list with their closing marks: semicolons, a full stop at the end.
pub(crate) fn closed(items: &[String]) -> Vec<String> {
    let bare = |text: &String| line(text).trim_end_matches([';', '.', ',', ' ']).to_owned();
    let mut texts: Vec<String> = items.iter().map(bare).filter(|t| !t.is_empty()).collect();
    let last = texts.len().saturating_sub(1);
    for (at, text) in texts.iter_mut().enumerate() {
        text.push(if at == last { '.' } else { ';' });
    }
    texts
}

/// The lines of the recipients: "- Như trên;", the last one closed by a full stop.
pub(crate) fn recipients(paper: &Paper) -> Vec<String> {
    let bare: Vec<String> = paper
        .recipients
        .iter()
        .map(|text| text.trim().trim_start_matches(['-', '–', ' ']).to_owned())
        .collect();
    closed(&bare)
        .into_iter()
        .map(|t| format!("- {t}"))
        .collect()
}

/// "Phụ lục I"; without a number when there is only one.
pub(crate) fn annex_label(paper: &Paper, at: usize) -> String {
    let word = words(paper).annex;
    match paper.annexes.len() {
        0 | 1 => word.to_owned(),
        _ => format!("{word} {}", roman(at + 1)),
    }
}

/// "(Kèm theo Báo cáo số 05/BC-STP ngày 03 tháng 3 năm 2023 của Sở Tư pháp)".
pub(crate) fn annex_reference(paper: &Paper) -> String {
    let kind = sentence(&line(&paper.kind));
    let number = number_line(paper).unwrap_or_default();
    let number = number
        .trim_start_matches(words(paper).number)
        .trim_start_matches(' ');
    let date = day(paper, paper.issued_on);
    let issuer = line(&paper.issuer);
    let text = match paper.language {
        Language::Vietnamese if number.is_empty() => {
            format!("Kèm theo {kind} {date} của {issuer}")
        }
        Language::Vietnamese => format!("Kèm theo {kind} số {number} {date} của {issuer}"),
        Language::English if number.is_empty() => {
            format!("Attached to the {kind} of {date}, {issuer}")
        }
        Language::English => format!("Attached to the {kind} No. {number} of {date}, {issuer}"),
    };
    format!("({text})")
}

/// The title in the metadata: "Báo cáo Kết quả truyền thông quý I năm 2023".
pub(crate) fn title(paper: &Paper) -> String {
    let text = format!(
        "{} {}",
        sentence(&line(&paper.kind)),
        line(&paper.abstract_)
    );
    text.trim().chars().take(500).collect()
}

/// The content with the mark that ends a signed document, "./.", after its last sentence.
///
/// Source: the forms of annex III of decree 30/2020/NĐ-CP.
pub(crate) fn body(paper: &Paper) -> Vec<Part> {
    let mut parts = paper.body.clone();
    let last = match parts.last_mut() {
        Some(Part::Paragraph(runs)) => runs.last_mut(),
        Some(Part::Bullets(items)) => items.last_mut().and_then(|runs| runs.last_mut()),
        _ => None,
    };
    if let (Some(Run { text, .. }), true) = (last, paper.signer.is_some()) {
        let bare = text
            .trim_end()
            .trim_end_matches("./.")
            .trim_end_matches(['.', ';', ' ']);
        *text = format!("{bare}./.");
    }
    parts
}

/// Only the first letter in capitals: kinds of documents are common nouns.
fn sentence(text: &str) -> String {
    let lower = text.to_lowercase();
    let mut letters = lower.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => lower,
    }
}

/// A number in Roman numerals.
fn roman(mut number: usize) -> String {
    const STEPS: [(usize, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut text = String::new();
    for (value, sign) in STEPS {
        while number >= value {
            text.push_str(sign);
            number -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{Annex, Number, Signer};
    use jiff::civil::date;

    fn report() -> Paper {
        let mut paper = Paper::new("BÁO CÁO", "Kết quả", "Sở Tư pháp");
        paper.place = "Bình Định".into();
        paper
    }

    #[test]
    fn days_below_ten_and_the_first_two_months_take_a_zero() {
        let mut paper = report();
        let cases = [
            (date(2023, 3, 3), "Bình Định, ngày 03 tháng 3 năm 2023"),
            (date(2023, 2, 28), "Bình Định, ngày 28 tháng 02 năm 2023"),
            (date(2023, 12, 9), "Bình Định, ngày 09 tháng 12 năm 2023"),
        ];
        for (day, text) in cases {
            paper.issued_on = Some(day);
            assert_eq!(date_line(&paper), text);
        }
        paper.issued_on = None;
        assert_eq!(date_line(&paper), "Bình Định, ngày … tháng … năm …");
    }

    #[test]
    fn an_annex_says_to_which_document_it_belongs() {
        let mut paper = report();
        paper.number = Number::given(5, "BC-STP");
        paper.issued_on = Some(date(2023, 3, 3));
        paper.annexes = vec![Annex::default(); 4];
        assert_eq!(
            annex_reference(&paper),
            "(Kèm theo Báo cáo số 05/BC-STP ngày 03 tháng 3 năm 2023 của Sở Tư pháp)"
        );
        assert_eq!(annex_label(&paper, 3), "Phụ lục IV");
        paper.annexes.truncate(1);
        assert_eq!(annex_label(&paper, 0), "Phụ lục");
    }

    #[test]
    fn an_english_copy_has_english_words() {
        let mut paper = report();
        paper.kind = "Report".into();
        paper.language = Language::English;
        paper.number = Number::open("BC-STP");
        paper.issued_on = Some(date(2023, 3, 3));
        assert_eq!(words(&paper).recipients, "Recipients:");
        assert_eq!(date_line(&paper), "Bình Định, 3 March 2023");
        assert_eq!(annex_label(&paper, 0), "Annex");
        paper.number = Number::default();
        assert_eq!(
            annex_reference(&paper),
            "(Attached to the Report of 3 March 2023, Sở Tư pháp)"
        );
    }

    #[test]
    fn lists_are_closed_by_semicolons_and_a_full_stop() {
        let mut paper = report();
        paper.recipients = vec![
            "- Như trên;".into(),
            "Sở Nội vụ".into(),
            "Lưu: VT, VP.".into(),
        ];
        assert_eq!(
            recipients(&paper),
            ["- Như trên;", "- Sở Nội vụ;", "- Lưu: VT, VP."]
        );
        assert_eq!(closed(&["".into(), "Căn cứ A ;".into()]), ["Căn cứ A."]);
    }

    #[test]
    fn a_signed_content_ends_with_its_mark_once() {
        let mut paper = report();
        paper.body = vec![Part::paragraph("Sở báo cáo.")];
        assert_eq!(body(&paper), paper.body);
        paper.signer = Some(Signer::new("Giám đốc", "A"));
        assert_eq!(body(&paper), [Part::paragraph("Sở báo cáo./.")]);
        paper.body = body(&paper);
        assert_eq!(body(&paper), [Part::paragraph("Sở báo cáo./.")]);
    }

    #[test]
    fn what_no_file_may_hold_is_dropped() {
        assert_eq!(
            clean("a\u{0}b\u{1b}c\u{ffff}d\u{fffe}\te\r\nf\u{2028}g"),
            "abcd e\nf\ng"
        );
        assert_eq!(line(" a \n b "), "a b");
        assert_eq!(capitals("Sở Tư pháp đường"), "SỞ TƯ PHÁP ĐƯỜNG");
    }
}
