//! A line of inlines laid flat: every piece with its marks and its link beside it. Tidying and
//! every reader work on this form, because in it nothing nests.

use crate::{Href, Inline, Marks};

/// Words, or a new line, with the link they belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// `None` is a new line.
    pub text: Option<String>,
    pub marks: Marks,
    pub href: Option<Href>,
}

impl Run {
    pub fn words(text: impl Into<String>, marks: Marks, href: Option<Href>) -> Self {
        Self {
            text: Some(text.into()),
            marks,
            href,
        }
    }

    pub fn line_end(href: Option<Href>) -> Self {
        Self {
            text: None,
            marks: Marks::default(),
            href,
        }
    }

    pub fn is_blank(&self) -> bool {
        self.text.as_ref().is_none_or(|text| text.trim().is_empty())
    }
}

/// The flat form of inlines; a link inside a link gives way to the outer one.
pub(crate) fn flatten(inlines: Vec<Inline>) -> Vec<Run> {
    let mut runs = Vec::with_capacity(inlines.len());
    flatten_into(inlines, None, &mut runs);
    runs
}

fn flatten_into(inlines: Vec<Inline>, link: Option<&Href>, runs: &mut Vec<Run>) {
    for inline in inlines {
        match inline {
            Inline::Text { text, marks } => runs.push(Run::words(text, marks, link.cloned())),
            Inline::Break => runs.push(Run::line_end(link.cloned())),
            Inline::Link { href, inlines } => {
                flatten_into(inlines, Some(link.unwrap_or(&href)), runs);
            }
        }
    }
}

/// The inlines of runs: neighbours with the same link become one link.
pub(crate) fn gather(runs: Vec<Run>) -> Vec<Inline> {
    let mut inlines: Vec<Inline> = Vec::with_capacity(runs.len());
    for run in runs {
        let piece = match run.text {
            Some(text) => Inline::Text {
                text,
                marks: run.marks,
            },
            None => Inline::Break,
        };
        match (run.href, inlines.last_mut()) {
            (None, _) => inlines.push(piece),
            (Some(to), Some(Inline::Link { href, inlines })) if *href == to => inlines.push(piece),
            (Some(href), _) => inlines.push(Inline::Link {
                href,
                inlines: vec![piece],
            }),
        }
    }
    inlines
}
