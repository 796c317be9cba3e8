//! Whatever comes in, what goes out holds only what the tree can say: checked by reading the output
//! with a whole HTML parser, as a browser would.

use std::borrow::Cow;
use std::cell::RefCell;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ExpandedName, QualName, parse_document};
use proptest::prelude::*;
use prose::{Doc, FileRef, Href, editor, html, markup, render};

use crate::made_up::{doc, text};

const ELEMENTS: &[&str] = &[
    "html",
    "head",
    "body",
    "p",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "blockquote",
    "div",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "figure",
    "img",
    "figcaption",
    "hr",
    "a",
    "strong",
    "em",
    "u",
    "s",
    "sub",
    "sup",
    "br",
];
const ATTRIBUTES: &[&str] = &[
    "id",
    "start",
    "class",
    "tabindex",
    "role",
    "aria-labelledby",
    "scope",
    "colspan",
    "rowspan",
    "src",
    "alt",
    "loading",
    "decoding",
    "href",
    "rel",
];

/// Notes every element that a browser would make.
#[derive(Default)]
struct Seen {
    elements: RefCell<Vec<(QualName, Vec<Attribute>)>>,
    n_comments: RefCell<usize>,
}

impl TreeSink for Seen {
    type Handle = usize;
    type Output = Self;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Self {
        self
    }
    fn parse_error(&self, _: Cow<'static, str>) {}
    fn get_document(&self) -> usize {
        usize::MAX
    }
    fn elem_name<'a>(&'a self, target: &'a usize) -> ExpandedName<'a> {
        let name = self.elements.borrow()[*target].0.clone();
        // Lives as long as the test; the trait wants a borrowed name.
        Box::leak(Box::new(name)).expanded()
    }
    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> usize {
        self.elements.borrow_mut().push((name, attributes));
        self.elements.borrow().len() - 1
    }
    fn create_comment(&self, _: StrTendril) -> usize {
        *self.n_comments.borrow_mut() += 1;
        usize::MAX - 1
    }
    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        usize::MAX - 1
    }
    fn append(&self, _: &usize, _: NodeOrText<usize>) {}
    fn append_based_on_parent_node(&self, _: &usize, _: &usize, _: NodeOrText<usize>) {}
    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
    fn get_template_contents(&self, target: &usize) -> usize {
        *target
    }
    fn same_node(&self, x: &usize, y: &usize) -> bool {
        x == y
    }
    fn set_quirks_mode(&self, _: QuirksMode) {}
    fn append_before_sibling(&self, _: &usize, _: NodeOrText<usize>) {}
    fn add_attrs_if_missing(&self, target: &usize, attributes: Vec<Attribute>) {
        self.elements.borrow_mut()[*target].1.extend(attributes);
    }
    fn remove_from_parent(&self, _: &usize) {}
    fn reparent_children(&self, _: &usize, _: &usize) {}
}

fn address(file: &FileRef) -> String {
    format!("/tep/{file}")
}

/// Panics when the document's markup holds anything that it should not.
fn assert_safe(doc: &Doc) {
    let page = render::html(doc, &address);
    let seen = parse_document(Seen::default(), Default::default()).one(page.as_str());
    assert_eq!(*seen.n_comments.borrow(), 0, "{page}");
    for (name, attributes) in seen.elements.borrow().iter() {
        assert_eq!(&*name.ns, "http://www.w3.org/1999/xhtml", "{page}");
        assert!(
            ELEMENTS.contains(&&*name.local),
            "<{}> in {page}",
            name.local
        );
        for attribute in attributes {
            let key = &*attribute.name.local;
            let value = &*attribute.value;
            assert!(ATTRIBUTES.contains(&key), "{key} in {page}");
            match key {
                "href" => assert!(Href::parse(value).is_some(), "{value}"),
                "src" => assert!(FileRef::of_address(value).is_some(), "{value}"),
                "id" | "aria-labelledby" => {
                    assert!(
                        value
                            .bytes()
                            .all(|b| b.is_ascii_alphanumeric() || b == b'-')
                    );
                }
                _ => {}
            }
        }
    }
}

const HOSTILE: &[&str] = &[
    "<script>alert(1)</script><p onclick=alert(1)>a</p>",
    "<scr<script>ipt>chữ</script>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>b",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<template><script>alert(1)</script><p>x</template>y",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<a href=\"jav&#x09;ascript:alert(1)\">x</a><a href=' &#1;javascript:alert(1)'>y</a>",
    "<a href=\"JaVaScRiPt&colon;alert(1)\">x</a><a href=java\0script:alert(1)>z</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='//evil.example'>x</a><a href='/\\evil.example'>y</a>",
    "<img src=x onerror=alert(1) alt='<b>chữ</b>'><img src='/tep/../x' alt=y>",
    "<img src=\"/tep/0000000000000000000000000000000000000000000000000000000000000000\" onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe><object data=x><embed src=x>",
    "<p>a\0b\u{1}c\u{7f}d<p>e",
    "<plaintext><b>x",
    "<xmp><script>alert(1)</script></xmp>",
    "<textarea><script>x</textarea>y",
    "<table><tr><td><table><caption><script>x</script>c</table></td><a href=javascript:1>y",
    "<!--<p>--!><b>x</b><![CDATA[<script>x</script>]]><?php <b> ?>",
    "<b><i></b></i></p></p></table></td><p><b>x",
    "</",
    "<",
    "<a",
    "<a href",
    "<a href='",
    "&#",
    "<!--",
    "<base href=//evil><meta http-equiv=refresh content=0><link rel=stylesheet href=x>t",
    "<p style=\"background:url(javascript:1);font-weight:bold\">x",
    "<style>@import x</style>y",
    "<ul><ul><ul><li><ol><table></ul><td>x",
    "<select><option><style></select><img src=x onerror=1>",
];

#[test]
fn hostile_markup_leaves_only_words() {
    for html in HOSTILE {
        let doc = html::parse(html);
        assert_safe(&doc);
        assert_eq!(doc.clone().tidy(), doc, "{html}");
        assert!(
            !render::text(&doc).contains("alert(1)") || html.contains("xmp"),
            "{html}"
        );
        assert_safe(&markup::parse(html));
        assert_safe(&Doc::from_text(html));
    }
    assert_eq!(render::text(&html::parse(HOSTILE[0])), "a");
    assert_eq!(render::text(&html::parse("<svg><p>còn lại")), "còn lại");
}

#[test]
fn endless_nesting_ends_and_keeps_the_words() {
    for tag in [
        "<div>",
        "<b>",
        "<ul><li>",
        "<table><tr><td>",
        "<blockquote>",
        "<a href=/x>",
        "<svg>",
        "<p><span>",
        "<h2>",
    ] {
        let doc =
            html::parse(&(tag.repeat(if tag == "<div>" { 100_000 } else { 10_000 }) + "sâu</p>"));
        assert_safe(&doc);
        assert!(
            tag == "<svg>" || render::text(&doc).contains("sâu"),
            "{tag}"
        );
        assert!(doc.check("body").is_ok(), "{tag}");
    }
}

#[test]
fn one_tag_with_a_million_attributes_does_not_stop_the_house() {
    let many: String = (0..1_000_000).map(|n| format!(" a{n}")).collect();
    let html = format!("<p>trước<a{many}>sau</a><p>cuối");
    let words = render::text(&html::parse(&html));
    assert!(
        words.starts_with("trước") && words.ends_with("cuối"),
        "{}",
        words.len()
    );
    let picture = format!(
        "<p>a<img src=\"data:image/png;base64,{}\">b",
        "iVBORw0KGgo/".repeat(200_000)
    );
    assert_eq!(render::text(&html::parse(&picture)), "ab");
    assert_eq!(
        render::text(&markup::parse(&"[".repeat(300_000))).len(),
        300_000
    );
    html::parse(&"<".repeat(300_000));
    markup::parse(&"[a](".repeat(100_000));
}

const SOUP: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<ul>",
    "<ol start=3>",
    "<li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td colspan=9999999>",
    "<td rowspan=0>",
    "<th>",
    "</table>",
    "<caption>",
    "<thead>",
    "<svg>",
    "</svg>",
    "<math>",
    "<style>",
    "</style>",
    "<script>",
    "</script>",
    "<template>",
    "<a href=/x>",
    "<a href=javascript:1>",
    "</a>",
    "<br>",
    "<hr>",
    "<pre>",
    "<figure>",
    "<figcaption>",
    "</figure>",
    "<img alt=x src=/tep/0000000000000000000000000000000000000000000000000000000000000000>",
    "<p class=MsoListParagraph>",
    "<p style='mso-list:l0 level3 lfo1'>",
    "<span style='mso-list:Ignore'>",
    "·",
    "1. ",
    "a) ",
    "\u{a0}",
    " ",
    "chữ",
    "e\u{301}",
    "&lt;",
    "&#0;",
    "\0",
    "<!--",
    "-->",
    "\n",
    "<h1>",
    "<h5>",
    "<dl><dt>",
    "<dd>",
    "<blockquote>",
    "<o:p>",
    "</o:p>",
    "<sub>",
    "\"",
    "'",
    "=",
    ">",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn every_document_is_rendered_with_the_allowed_elements_only(doc in doc()) {
        assert_safe(&doc);
    }

    #[test]
    fn any_soup_of_tags_is_a_tidy_safe_document(
        soup in prop::collection::vec(prop::sample::select(SOUP), 0..40)
    ) {
        let doc = html::parse(&soup.concat());
        assert_safe(&doc);
        prop_assert_eq!(doc.clone().tidy(), doc.clone());
        prop_assert!(doc.check("body").is_ok());
        prop_assert_eq!(editor::parse(&editor::to_json(&doc), "body").unwrap(), doc);
    }

    #[test]
    fn words_that_look_like_markup_stay_words(words in text()) {
        let doc = Doc::from_text(&format!("{words}<script>x</script>"));
        assert_safe(&doc);
        prop_assert!(render::text(&doc).contains("<script>x</script>"));
    }

    #[test]
    fn any_json_is_answered_by_the_editor_reader(words in text()) {
        let _ = editor::parse(&words, "body");
        let _ = Doc::from_json(&words);
    }
}
