//! A small writer of XML that can only make well-formed documents.

use std::fmt::Display;

use base::Fault;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::wording::clean;

/// The attributes of an element.
pub(crate) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// An XML document under construction. Elements are closed by the scope that opens them; texts
/// and attributes are cleaned and escaped here and nowhere else.
pub(crate) struct Xml {
    writer: Writer<Vec<u8>>,
    fault: Option<std::io::Error>,
}

impl Xml {
    /// A whole document with this root element.
    pub(crate) fn document(
        root: &str,
        attributes: Attributes,
        fill: impl FnOnce(&mut Xml),
    ) -> Result<Vec<u8>, Fault> {
        let mut xml = Xml {
            writer: Writer::new(Vec::new()),
            fault: None,
        };
        xml.event(Event::Decl(BytesDecl::new(
            "1.0",
            Some("UTF-8"),
            Some("yes"),
        )));
        xml.within(root, attributes, fill);
        match xml.fault {
            Some(error) => Err(Fault::from_source("the XML of a document", error)),
            None => Ok(xml.writer.into_inner()),
        }
    }

    /// An element and what is in it.
    pub(crate) fn within(
        &mut self,
        name: &str,
        attributes: Attributes,
        fill: impl FnOnce(&mut Xml),
    ) {
        self.event(Event::Start(start(name, attributes)));
        fill(self);
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element with nothing in it.
    pub(crate) fn empty(&mut self, name: &str, attributes: Attributes) {
        self.event(Event::Empty(start(name, attributes)));
    }

    /// An element that only says one value, `<w:sz w:val="28"/>`.
    pub(crate) fn value(&mut self, name: &str, value: impl Display) {
        self.empty(name, &[("w:val", &value.to_string())]);
    }

    /// An element with a text.
    pub(crate) fn texted(&mut self, name: &str, attributes: Attributes, text: &str) {
        self.within(name, attributes, |xml| {
            xml.text(text);
        });
    }

    /// A text of our own that stands as it is: the styles of a page, in which nothing is escaped.
    pub(crate) fn constant(&mut self, text: &'static str) {
        self.event(Event::Text(BytesText::from_escaped(text)));
    }

    /// A text inside the open element.
    pub(crate) fn text(&mut self, text: &str) {
        self.event(Event::Text(BytesText::new(&clean(text))));
    }

    fn event(&mut self, event: Event) {
        if let Err(error) = self.writer.write_event(event) {
            self.fault.get_or_insert(error);
        }
    }
}

/// Text as it stands inside an element: cleaned, and nothing in it can end the element.
pub(crate) fn escaped(text: &str) -> String {
    quick_xml::escape::escape(clean(text)).into_owned()
}

fn start<'a>(name: &'a str, attributes: Attributes) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, clean(value).as_str()));
    }
    start
}
