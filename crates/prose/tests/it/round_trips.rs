//! What goes out comes back the same.

use proptest::prelude::*;
use prose::{Block, Doc, FileRef, editor, html, markup, render};

use crate::made_up::{doc, raw_doc, text};

fn address(file: &FileRef) -> String {
    format!("/tep/{file}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn tidying_twice_changes_nothing(raw in raw_doc()) {
        let once = raw.tidy();
        prop_assert_eq!(once.clone().tidy(), once);
    }

    #[test]
    fn the_stored_form_gives_back_the_same_document(doc in doc()) {
        prop_assert_eq!(Doc::from_json(&doc.to_json()).unwrap(), doc);
    }

    #[test]
    fn the_editor_gives_back_the_same_document(doc in doc()) {
        let json = editor::to_json(&doc);
        let back = editor::parse(&json, "body").unwrap();
        prop_assert_eq!(&back, &doc);
        prop_assert_eq!(editor::to_json(&back), json);
    }

    #[test]
    fn the_text_form_gives_back_the_same_document(doc in doc()) {
        let text = markup::write(&doc);
        prop_assert_eq!(markup::parse(&text), doc, "{}", text);
    }

    #[test]
    fn our_own_markup_pasted_is_the_same_document(doc in doc()) {
        let page = render::html(&doc, &address);
        prop_assert_eq!(html::parse(&page), doc, "{}", page);
    }

    #[test]
    fn any_text_is_a_tidy_document_in_the_text_form(lines in prop::collection::vec(text(), 0..12)) {
        let doc = markup::parse(&lines.join("\n"));
        prop_assert_eq!(doc.clone().tidy(), doc);
    }

    #[test]
    fn an_excerpt_is_never_longer_than_asked(doc in doc(), n in 0..60_usize) {
        prop_assert!(render::excerpt(&doc, n).chars().count() <= n);
    }
}

#[test]
fn the_stored_form_is_small_and_never_changes() {
    let text = "## Mục đích\n\n**Nâng cao** [nhận thức](/tin/a)\n\n3. một\n4. hai\n\n---\n\n| a | b |\n| --- | --- |\n| {c2} c |\n|: Bảng";
    let json = markup::parse(text).to_json();
    let stored = concat!(
        r#"{"v":1,"b":[{"h":{"l":2,"c":["Mục đích"]}},"#,
        r#"{"p":[{"s":"Nâng cao","m":"b"}," ",{"a":"/tin/a","c":["nhận thức"]}]},"#,
        r#"{"l":{"o":3,"i":[[{"p":["một"]}],[{"p":["hai"]}]]}},"hr","#,
        r#"{"t":{"h":1,"r":[[{"h":1,"b":[{"p":["a"]}]},{"h":1,"b":[{"p":["b"]}]}],"#,
        r#"[{"c":2,"b":[{"p":["c"]}]}]],"n":"Bảng"}}]}"#
    );
    assert_eq!(json, stored);
    assert!(Doc::from_json(r#"{"v":2,"b":[]}"#).is_err());
    assert!(Doc::from_json(r#"{"v":1,"b":[{"p":[{"a":"javascript:1","c":["x"]}]}]}"#).is_err());
}

#[test]
fn the_editor_loses_no_text_of_nodes_it_does_not_share() {
    let json = r#"{"type":"doc","content":[
        {"type":"taskList","content":[{"type":"taskItem","content":[
            {"type":"paragraph","content":[{"type":"text","text":"việc"}]}]}]},
        {"type":"codeBlock","content":[{"type":"text","text":"a\nb"}]},
        {"type":"figure","attrs":{"file":"x","alt":"ảnh","caption":"chú thích"}},
        {"type":"paragraph","content":[{"type":"mention","attrs":{"label":"An"}},
            {"type":"text","text":" x","marks":[{"type":"link","attrs":{"href":"javascript:1"}},{"type":"glow"}]}]},
        {"type":"heading","attrs":{"level":1},"content":[{"type":"text","text":"đầu"}]}]}"#;
    let doc = editor::parse(json, "body").unwrap();
    assert_eq!(
        markup::write(&doc),
        "việc\n\na\\\nb\n\nchú thích\n\nAn x\n\n## đầu\n"
    );
}

#[test]
fn too_deep_and_too_long_are_refused_with_the_limit() {
    let mut json = r#"{"type":"paragraph"}"#.to_owned();
    for _ in 0..13 {
        json = format!(r#"{{"type":"blockquote","content":[{json},{{"type":"paragraph"}}]}}"#);
    }
    let doc = format!(r#"{{"type":"doc","content":[{json}]}}"#);
    assert_eq!(
        editor::parse(&doc, "body").unwrap_err().code(),
        "prose-too-deep"
    );
    let brackets = "[".repeat(1_000_000);
    assert_eq!(
        editor::parse(&brackets, "body").unwrap_err().code(),
        "prose-too-deep"
    );
    assert_eq!(
        editor::parse("{}", "body").unwrap_err().code(),
        "prose-not-a-document"
    );
    let long = "chữ ".repeat(200_000);
    assert_eq!(
        markup::read(&long, "body").unwrap_err().code(),
        "prose-too-long"
    );
    assert_eq!(
        html::read(&long, "body").unwrap_err().code(),
        "prose-too-long"
    );
    assert!(
        Doc {
            blocks: vec![Block::plain("x")]
        }
        .check("body")
        .is_ok()
    );
}

#[test]
fn nesting_beyond_the_limit_is_lifted_and_no_word_is_lost() {
    for text in ["> ".repeat(50_000) + "sâu", "- ".repeat(50_000) + "sâu"] {
        let doc = markup::parse(&text);
        assert!(doc.check("body").is_ok());
        assert!(render::text(&doc).ends_with("sâu"));
    }
}

#[test]
fn people_may_write_the_text_form_loosely() {
    let text = "Giá 2 * 3 * 4 và 5 ~ 6\ndòng hai\n* một\n* hai\n   - trong\n\n  thêm\n1) ba\n9) chín\n[x](javascript:1) *hở";
    let doc = markup::parse(text);
    let written = "Giá 2 \\* 3 \\* 4 và 5 \\~ 6 dòng hai\n\n- một\n- hai\n  - trong\n\n  thêm\n\n1. ba\n\n9. chín\n\n\\[x\\](javascript:1) \\*hở\n";
    assert_eq!(markup::write(&doc), written);
}
