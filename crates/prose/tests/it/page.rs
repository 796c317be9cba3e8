//! What readers see, in the exact form.

use prose::{Doc, FileRef, Level, markup, render};

fn page(text: &str) -> String {
    render::html(&markup::parse(text), &|file: &FileRef| {
        format!("/tep/{file}")
    })
}

#[test]
fn marks_open_and_close_around_the_words_they_share() {
    assert_eq!(
        page("**đậm *cả hai*** *nghiêng*"),
        "<p><strong>đậm <em>cả hai</em></strong> <em>nghiêng</em></p>\n"
    );
    assert_eq!(
        page("m^2^ H~2~O ~~cũ~~ __gạch__"),
        "<p>m<sup>2</sup> H<sub>2</sub>O <s>cũ</s> <u>gạch</u></p>\n"
    );
}

#[test]
fn links_out_of_the_site_say_so_and_links_inside_do_not() {
    assert_eq!(
        page("[a](https://x.vn/?a=1&b) [b](/tin/1)"),
        "<p><a href=\"https://x.vn/?a=1&amp;b\" rel=\"external noopener noreferrer\">a</a> <a href=\"/tin/1\">b</a></p>\n"
    );
}

#[test]
fn a_table_stands_in_a_region_named_by_its_caption() {
    let text = "| Nội dung | Số |\n| --- | --- |\n| {h} Tin | 12 |\n|: Kết quả <quý I>";
    assert_eq!(
        page(text),
        "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-labelledby=\"b-1\"><table>\
         <caption id=\"b-1\">Kết quả &lt;quý I&gt;</caption><thead><tr><th scope=\"col\">Nội dung</th>\
         <th scope=\"col\">Số</th></tr></thead><tbody><tr><th scope=\"row\">Tin</th><td>12</td></tr></tbody>\
         </table></div>\n"
    );
}

#[test]
fn a_picture_has_its_description_and_caption() {
    let file = "ab".repeat(32);
    assert_eq!(
        page(&format!("![Hội \"nghị\"]({file} \"Ảnh: V.H\")")),
        format!(
            "<figure><img src=\"/tep/{file}\" alt=\"Hội &quot;nghị&quot;\" loading=\"lazy\" decoding=\"async\">\
             <figcaption>Ảnh: V.H</figcaption></figure>\n"
        )
    );
}

#[test]
fn the_table_of_contents_names_the_headings_of_the_page() {
    let doc =
        markup::parse("## Mục đích\n\na\n\n### Mục đích\n\n> ## trong trích dẫn\n\n## Điều 5");
    let page = render::html(&doc, &|_| String::new());
    let entries = render::contents(&doc);
    let ids: Vec<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids, ["m-muc-dich", "m-muc-dich-2", "m-dieu-5"]);
    assert_eq!(entries[1].level, Level::Three);
    for entry in &entries {
        assert!(
            page.contains(&format!(" id=\"{}\">{}</h", entry.id, entry.text)),
            "{page}"
        );
    }
}

#[test]
fn plain_text_has_a_line_for_each_paragraph_item_and_row() {
    let doc = markup::parse("## Đầu\n\n- một\n- hai\n\n| a | b |\n| c |\n\n---\n\nhết – 5");
    assert_eq!(render::text(&doc), "Đầu\nmột\nhai\na\tb\nc\nhết – 5");
    assert_eq!(doc.word_count(), 8);
    assert_eq!(doc.char_count(), 20);
    assert_eq!(doc.reading_minutes(), 1);
    assert_eq!(Doc::default().reading_minutes(), 0);
}

#[test]
fn an_excerpt_skips_headings_and_ends_between_words() {
    let doc = markup::parse("## Đầu đề\n\nCải cách hành chính, là nhiệm vụ trọng tâm.");
    assert_eq!(
        render::excerpt(&doc, 100),
        "Cải cách hành chính, là nhiệm vụ trọng tâm."
    );
    assert_eq!(render::excerpt(&doc, 21), "Cải cách hành chính…");
    assert_eq!(render::excerpt(&doc, 5), "Cải…");
    assert_eq!(render::excerpt(&doc, 2), "C…");
    assert_eq!(
        render::excerpt(&markup::parse("## Chỉ có đầu đề"), 50),
        "Chỉ có đầu đề"
    );
}

#[test]
fn a_document_knows_its_files_and_links() {
    let (a, b) = ("aa".repeat(32), "bb".repeat(32));
    let text = format!(
        "![x]({a})\n\n- [m](/m) và [n](https://n.vn)\n- [m](/m)\n\n> ![y]({b})\n\n![x]({a})"
    );
    let doc = markup::parse(&text);
    let files: Vec<String> = doc.files().iter().map(FileRef::to_string).collect();
    assert_eq!(files, [a, b]);
    let links: Vec<String> = doc.links().iter().map(ToString::to_string).collect();
    assert_eq!(links, ["/m", "https://n.vn"]);
    assert!(!doc.is_empty());
    assert!(markup::parse(" \n\n---\n").is_empty());
}
