//! What is due as an iCalendar file (RFC 5545): pure.
//!
//! Each debt with a day of its own is an all-day event with an id that stays the same while its day
//! does, so that a calendar program moves nothing twice. Lines are at most 75 octets, folded between
//! characters; text is UTF-8 with its special characters escaped.

use jiff::civil::{Date, DateTime};

/// The longest line, in octets, without its end (RFC 5545, 3.1).
const LINE_OCTETS_MAX: usize = 75;

/// One event of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its id, the same for the same thing on the same day.
    pub uid: String,
    /// Counts the changes of the thing.
    pub sequence: i64,
    /// The day.
    pub day: Date,
    /// What.
    pub summary: String,
    /// More of it.
    pub description: String,
    /// Where it is done.
    pub url: String,
}

/// A calendar with these events, made at this moment (UTC).
pub fn file(name: &str, events: &[Event], made_at: DateTime) -> String {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Loa//Loa//VI".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        format!("X-WR-CALNAME:{}", text(name)),
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H".to_owned(),
        "X-PUBLISHED-TTL:PT6H".to_owned(),
    ];
    let made = stamp(made_at);
    for event in events {
        let next = event.day.tomorrow().unwrap_or(event.day);
        lines.extend([
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}", text(&event.uid)),
            format!("DTSTAMP:{made}"),
            format!("SEQUENCE:{}", event.sequence.max(0)),
            format!("DTSTART;VALUE=DATE:{}", compact(event.day)),
            format!("DTEND;VALUE=DATE:{}", compact(next)),
            format!("SUMMARY:{}", text(&event.summary)),
            format!("DESCRIPTION:{}", text(&event.description)),
            format!("URL:{}", event.url),
            "TRANSP:TRANSPARENT".to_owned(),
            "END:VEVENT".to_owned(),
        ]);
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

/// `20230615`.
fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// `20230615T094100Z`.
fn stamp(at: DateTime) -> String {
    let time = format!("{:02}{:02}{:02}", at.hour(), at.minute(), at.second());
    format!("{}T{time}Z", compact(at.date()))
}

/// A text value: backslash, semicolon, comma and line ends escaped, other control characters gone.
fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A line with its end, folded so that no piece is longer than allowed and no character is cut.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut n_octets = 0;
    for c in line.chars() {
        if n_octets + c.len_utf8() > LINE_OCTETS_MAX {
            out.push_str("\r\n ");
            n_octets = 1;
        }
        out.push(c);
        n_octets += c.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn event(summary: &str) -> Event {
        Event {
            uid: "activity/7/2023-06-15@stp.example".to_owned(),
            sequence: 3,
            day: date(2023, 6, 30),
            summary: summary.to_owned(),
            description: "Còn thiếu 2 tin, bài\nVăn phòng Sở".to_owned(),
            url: "https://stp.example/desk/plans/1/activities/7".to_owned(),
        }
    }

    fn made(summary: &str) -> String {
        file(
            "Việc; của tôi",
            &[event(summary)],
            date(2023, 3, 6).at(9, 41, 5, 0),
        )
    }

    /// The lines as a reader puts them together again.
    fn unfolded(file: &str) -> Vec<String> {
        file.replace("\r\n ", "")
            .split("\r\n")
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn an_all_day_event_ends_on_the_day_after_it() {
        let lines = unfolded(&made("Hội nghị"));
        for line in [
            "DTSTART;VALUE=DATE:20230630",
            "DTEND;VALUE=DATE:20230701",
            "DTSTAMP:20230306T094105Z",
            "UID:activity/7/2023-06-15@stp.example",
            "SEQUENCE:3",
            "SUMMARY:Hội nghị",
            "DESCRIPTION:Còn thiếu 2 tin\\, bài\\nVăn phòng Sở",
            "X-WR-CALNAME:Việc\\; của tôi",
        ] {
            assert!(
                lines.iter().any(|found| found == line),
                "{line}: {lines:#?}"
            );
        }
    }

    #[test]
    fn nothing_that_is_typed_becomes_a_line() {
        let text = made("Tin\r\nEND:VEVENT\r\nBEGIN:VEVENT\u{7}");
        assert_eq!(text.matches("\r\nBEGIN:VEVENT\r\n").count(), 1);
        assert!(unfolded(&text).contains(&"SUMMARY:Tin\\nEND:VEVENT\\nBEGIN:VEVENT".to_owned()));
    }

    proptest! {
        #[test]
        fn no_line_is_too_long_and_no_character_is_cut(summary in "[ -~àệốđ😀]{0,200}") {
            let text = made(&summary);
            for line in text.split("\r\n") {
                prop_assert!(line.len() <= LINE_OCTETS_MAX, "{} octets: {line}", line.len());
            }
            let escaped = summary.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
            let line = format!("SUMMARY:{escaped}");
            prop_assert!(unfolded(&text).contains(&line));
        }
    }
}
