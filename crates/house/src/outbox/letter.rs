//! A letter: what a message says, as plain text, as simple HTML, and as the bytes of a mail.
//!
//! Everything a person typed goes through here: lines lose their control characters, the HTML is
//! escaped by the template, headers are encoded by the mail library, and the bytes are ASCII.

use std::time::{Duration, UNIX_EPOCH};

use askama::Template;
use base::text::clean_line;
use base::{Fault, id::RowId};
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message as Mail};

/// What a message says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    /// The subject.
    pub subject: String,
    /// The first line: whom it greets, or what it is.
    pub greeting: String,
    /// Its parts, in order.
    pub parts: Vec<Part>,
    /// Last lines: why it came and how to have fewer.
    pub footer: Vec<String>,
}

/// A heading with lines under it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The heading; may be empty.
    pub heading: String,
    /// The lines.
    pub lines: Vec<Line>,
}

/// One line: what, more of it, and where to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// What.
    pub text: String,
    /// More of it; may be empty.
    pub note: String,
    /// The full address it leads to; may be empty.
    pub href: String,
}

#[derive(Template)]
#[template(path = "outbox/letter.html")]
struct LetterPage<'a> {
    lang: &'static str,
    letter: &'a Letter,
}

impl Letter {
    /// The letter with every line on one line, without control characters.
    fn clean(&self) -> Self {
        let line = |line: &Line| Line {
            text: clean_line(&line.text),
            note: clean_line(&line.note),
            href: clean_line(&line.href),
        };
        let part = |part: &Part| Part {
            heading: clean_line(&part.heading),
            lines: part.lines.iter().map(line).collect(),
        };
        Self {
            subject: clean_line(&self.subject),
            greeting: clean_line(&self.greeting),
            parts: self.parts.iter().map(part).collect(),
            footer: self.footer.iter().map(|line| clean_line(line)).collect(),
        }
    }

    /// As plain text.
    pub fn text(&self) -> String {
        let letter = self.clean();
        let mut lines = vec![letter.greeting];
        for part in &letter.parts {
            lines.push(String::new());
            if !part.heading.is_empty() {
                lines.push(part.heading.to_uppercase());
            }
            for line in &part.lines {
                lines.push(format!("- {}", line.text));
                for more in [&line.note, &line.href] {
                    if !more.is_empty() {
                        lines.push(format!("  {more}"));
                    }
                }
            }
        }
        lines.push(String::new());
        lines.push("-- ".to_owned());
        lines.extend(letter.footer);
        lines.join("\r\n") + "\r\n"
    }

    /// As simple HTML.
    ///
    /// # Faults
    /// The template failed.
    pub fn html(&self, lang: &'static str) -> Result<String, Fault> {
        let page = LetterPage {
            lang,
            letter: &self.clean(),
        };
        page.render()
            .map_err(|error| Fault::from_source("a letter cannot be rendered", error))
    }
}

/// What stands on the envelope and in the head of a mail.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// The id of its message.
    pub id: RowId,
    /// From whom.
    pub from: &'a Mailbox,
    /// To whom.
    pub to: &'a Address,
    /// The name of whom.
    pub name: &'a str,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// The language of the reader.
    pub lang: &'static str,
}

/// The Message-ID of a message: the same at every attempt, so that a server or reader that has it
/// already can tell.
pub fn message_id(id: RowId, from: &Mailbox) -> String {
    format!("<{id}@{}>", from.email.domain())
}

/// The bytes of a mail: ASCII, lines ended by CR LF.
///
/// # Faults
/// The mail library refuses a header.
pub fn bytes(letter: &Letter, head: Head<'_>) -> Result<Vec<u8>, Fault> {
    let part = |kind: ContentType, body: String| {
        SinglePart::builder()
            .header(kind)
            .header(ContentTransferEncoding::Base64)
            .body(body)
    };
    let both = MultiPart::alternative()
        .singlepart(part(ContentType::TEXT_PLAIN, letter.text()))
        .singlepart(part(ContentType::TEXT_HTML, letter.html(head.lang)?));
    let automatic = HeaderValue::new(
        HeaderName::new_from_ascii_str("Auto-Submitted"),
        "auto-generated".to_owned(),
    );
    let at = UNIX_EPOCH + Duration::from_millis(u64::try_from(head.at_ms).unwrap_or(0));
    let mail = Mail::builder()
        .from(head.from.clone())
        .to(Mailbox::new(Some(clean_line(head.name)), head.to.clone()))
        .subject(clean_line(&letter.subject))
        .date(at)
        .message_id(Some(message_id(head.id, head.from)))
        .raw_header(automatic)
        .multipart(both)
        .map_err(|error| Fault::from_source("a mail cannot be made", error))?;
    Ok(mail.formatted())
}

/// The plain text of a mail made by [`bytes`]; empty when there is none.
pub fn text_of(bytes: &[u8]) -> String {
    use base64::Engine;
    let mail = String::from_utf8_lossy(bytes);
    let Some((_, plain)) = mail.split_once("Content-Type: text/plain") else {
        return String::new();
    };
    let Some((_, body)) = plain.split_once("\r\n\r\n") else {
        return String::new();
    };
    let body: String = body
        .lines()
        .take_while(|line| !line.starts_with("--"))
        .collect();
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(body.trim())
        .unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::id::Uuid;

    fn letter() -> Letter {
        Letter {
            subject: "Nhắc việc: 2 việc quá hạn\r\nBcc: la@xau.example".to_owned(),
            greeting: "Chào chị Hà,".to_owned(),
            parts: vec![Part {
                heading: "Quá hạn".to_owned(),
                lines: vec![Line {
                    text: "Viết tin <script>alert(1)</script>\r\n.\r\nMAIL FROM:<x@y>".to_owned(),
                    note: "chậm 3 ngày".to_owned(),
                    href: "https://stp.example/desk/owed".to_owned(),
                }],
            }],
            footer: vec!["Thư tự động.".to_owned()],
        }
    }

    fn mail(name: &str) -> String {
        let from: Mailbox = "Loa <loa@stp.example>".parse().unwrap();
        let to: Address = "ha@stp.example".parse().unwrap();
        let head = Head {
            id: RowId::from(Uuid::from_u128(7)),
            from: &from,
            to: &to,
            name,
            at_ms: 1_678_095_660_000,
            lang: "vi",
        };
        String::from_utf8(bytes(&letter(), head).unwrap()).unwrap()
    }

    #[test]
    fn nothing_that_is_typed_becomes_a_header_or_a_command() {
        for name in [
            "Võ Hà",
            "Hà\r\nBcc: la@xau.example\r\n\r\nxin chào",
            "\"<x@y>, la@xau.example",
        ] {
            let mail = mail(name);
            assert!(mail.is_ascii());
            let (head, _) = mail.split_once("\r\n\r\n").unwrap();
            let is_field = |line: &str| !line.starts_with([' ', '\t']);
            let mut fields: Vec<&str> = head
                .lines()
                .filter(|line| is_field(line))
                .map(|line| line.split(':').next().unwrap_or_default())
                .collect();
            fields.sort_unstable();
            assert_eq!(
                fields,
                [
                    "Auto-Submitted",
                    "Content-Type",
                    "Date",
                    "From",
                    "MIME-Version",
                    "Message-ID",
                    "Subject",
                    "To"
                ],
                "{head}"
            );
            assert!(
                !mail.contains("\r\n.\r\n"),
                "the content ends in its middle"
            );
        }
    }

    #[test]
    fn markup_of_a_title_stays_text() {
        let html = letter().html("vi").unwrap();
        assert!(!html.contains("<script>"), "{html}");
        assert!(letter().text().contains("Viết tin <script>"));
    }

    #[test]
    fn the_plain_text_comes_back_from_the_mail() {
        assert_eq!(text_of(mail("Võ Hà").as_bytes()), letter().text());
    }

    #[test]
    fn a_message_has_the_same_id_at_every_attempt() {
        let id = "Message-ID: <00000000-0000-0000-0000-000000000007@stp.example>";
        assert!(mail("Võ Hà").contains(id), "{}", mail("Võ Hà"));
    }
}
