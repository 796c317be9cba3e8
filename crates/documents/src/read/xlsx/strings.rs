//! The texts that cells share.

use quick_xml::events::Event;

use crate::read::Limits;
use crate::read::package::{Part, referred};
use crate::read::problem::{ReadCode, ReadProblem};

/// The shared texts in their order; notes on pronunciation are left out.
pub fn read(part: &mut Part<'_>, limits: &Limits) -> Result<Vec<String>, ReadProblem> {
    let mut texts: Vec<String> = Vec::new();
    let mut gathering = Gathering::default();
    let mut bytes = 0usize;
    part.each(|event| {
        if let Event::End(tag) = event
            && tag.local_name().into_inner() == "si"
        {
            let text = gathering.end();
            bytes = bytes.saturating_add(text.len());
            if texts.len() >= limits.blocks_max {
                return Err(
                    ReadProblem::of(ReadCode::TooManyCells).with("limit", limits.blocks_max)
                );
            }
            if bytes > limits.text_bytes_max {
                return Err(ReadProblem::too_much_text(limits.text_bytes_max));
            }
            texts.push(text);
            return Ok(());
        }
        if let Event::Empty(tag) = event
            && tag.local_name().into_inner() == "si"
        {
            if texts.len() >= limits.blocks_max {
                return Err(
                    ReadProblem::of(ReadCode::TooManyCells).with("limit", limits.blocks_max)
                );
            }
            texts.push(String::new());
            return Ok(());
        }
        gathering.take(event);
        Ok(())
    })?;
    Ok(texts)
}

/// Gathers the text of rich runs: what stands in `t`, but not in `rPh`.
#[derive(Default)]
pub struct Gathering {
    text: String,
    in_text: bool,
    in_sound: bool,
}

impl Gathering {
    /// Takes what one event adds.
    pub fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) => match tag.local_name().into_inner() {
                "t" => self.in_text = true,
                "rPh" => self.in_sound = true,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().into_inner() {
                "t" => self.in_text = false,
                "rPh" => self.in_sound = false,
                _ => {}
            },
            _ if self.in_text && !self.in_sound => put(event, &mut self.text),
            _ => {}
        }
    }

    /// The text gathered, which begins anew.
    pub fn end(&mut self) -> String {
        let text = std::mem::take(self).text;
        decoded(&text)
    }
}

/// Adds the characters of an event to a text.
pub fn put(event: &Event<'_>, text: &mut String) {
    match event {
        Event::Text(found) => text.push_str(&found.xml10_content()),
        Event::CData(found) => text.push_str(&found.xml10_content()),
        Event::GeneralRef(name) => text.push_str(&referred(name)),
        _ => {}
    }
}

/// Text with `_x000A_` and the like read as the characters they stand for.
pub fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest
            .get(at + 2..at + 7)
            .and_then(|code| code.strip_suffix('_'))
            .filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32);
        out.push_str(&rest[..at]);
        match code {
            Some(letter) => {
                out.push(letter);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    out
}
