//! What comes from word processors and web pages, compared in the text form.

use prose::{html, markup};

fn pasted(html: &str) -> String {
    markup::write(&html::parse(html))
}

/// The shape of a document copied from a word processor on Windows.
const WORD: &str = r#"Version:1.0
StartHTML:0000000105
<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->
<style><!-- /* Font Definitions */ @font-face {font-family:"Cambria Math";} p.MsoNormal {margin:0cm;} --></style>
<!--[if gte mso 10]><style>table.MsoNormalTable {mso-style-name:"Table Normal";}</style><![endif]--></head>
<body lang=VI style='tab-interval:36.0pt;word-wrap:break-word'>
<!--StartFragment-->
<p class=MsoTitle align=center><b><span style='font-size:14.0pt'>KẾT QUẢ QUÝ I<o:p></o:p></span></b></p>
<p class=MsoNormal align=center style='text-align:center'><o:p>&nbsp;</o:p></p>
<h1 style='margin-top:12.0pt'><span lang=VI>I. Mục tiêu<o:p></o:p></span></h1>
<p class=MsoNormal style='text-align:justify;text-indent:36.0pt'><span lang=VI style='font-size:14.0pt;
mso-bidi-font-weight:bold'>Trong quý, đơn vị đã <b style='mso-bidi-font-weight:normal'>đăng</b>&nbsp;<i>12</i>
tin,<span style='mso-spacerun:yes'>&nbsp; </span>đạt <b style='font-weight:normal'>kế hoạch</b>.<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='margin-left:36.0pt;text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span>Bài viết<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='font-family:"Courier New"'><span style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span></span><![endif]>Trên <u>trang</u> của sở</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span><span
style='mso-list:Ignore'>·<span>&nbsp; </span></span></span><![endif]>Phóng sự</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>3.<span>&nbsp;</span></span><![endif]>Việc ba</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>4.<span>&nbsp;</span></span><![endif]>Việc bốn</p>
<p class=MsoListParagraph style='mso-list:l2 level1 lfo3'><![if !supportLists]><span style='mso-list:Ignore'>a)<span>&nbsp;</span></span><![endif]>Điểm a</p>
<p class=MsoNormal>- Gạch tự gõ</p>
<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
 <tr style='mso-yfti-irow:0;mso-yfti-firstrow:yes'>
  <td width=80 valign=top style='width:60.0pt'><p class=MsoNormal align=center><b>TT<o:p></o:p></b></p></td>
  <td width=300><p class=MsoNormal><b><span>Nội dung</span></b></p></td></tr>
 <tr><td><p class=MsoNormal>1</p></td><td rowspan=2><p class=MsoNormal>Tin</p><p class=MsoNormal>Ảnh</p></td></tr>
 <tr style='mso-yfti-lastrow:yes'><td><p class=MsoNormal><o:p>&nbsp;</o:p></p></td></tr>
</table>
<p class=MsoNormal><span style='mso-hide:all;display:none'>ẩn</span><a href="https://x.vn/a"><u><span style='color:blue'>Xem</span></u></a>
<a name="_Toc1">mốc</a> <a href="file:///C:/a.doc">tệp</a> <!--[if gte vml 1]><v:shape id="a"/><![endif]--><img width=10 src="file:///C:/b.png" alt="Sơ đồ"></p>
<!--EndFragment--></body></html>"#;

#[test]
fn a_word_document_becomes_headings_lists_and_tables() {
    let written = "\
## KẾT QUẢ QUÝ I

## I. Mục tiêu

Trong quý, đơn vị đã **đăng** *12* tin, đạt kế hoạch.

- Bài viết
  - Trên __trang__ của sở
- Phóng sự

3. Việc ba
4. Việc bốn

a) Điểm a

\\- Gạch tự gõ

| TT | Nội dung |
| --- | --- |
| 1 | {r2 b} Tin\\n\\nẢnh |
|  |

[Xem](https://x.vn/a) mốc tệp Sơ đồ
";
    assert_eq!(pasted(WORD), written);
}

#[test]
fn fake_items_without_list_styles_become_lists_too() {
    let html = "<p class=MsoListParagraph>·&nbsp;&nbsp; một</p><p class=MsoListParagraph><span>-</span>&nbsp; hai</p>\
        <p class=MsoListParagraph>1. ba</p><p class=MsoListParagraph>2) bốn</p>\
        <p class=MsoListParagraph>nối</p><p>·\u{a0}năm</p><p>1. sáu</p>";
    let written = "- một\n- hai\n\n1. ba\n2. bốn\n\nnối\n\n- năm\n\n1\\. sáu\n";
    assert_eq!(pasted(html), written);
}

#[test]
fn a_list_broken_by_a_paragraph_keeps_its_numbers() {
    let item = |n: u8| {
        format!(
            "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>{n}.</span>Mục {n}</p>"
        )
    };
    let html = format!("{}<p>xen</p>{}{}", item(1), item(2), item(1));
    assert_eq!(pasted(&html), "1. Mục 1\n\nxen\n\n2. Mục 2\n\n1. Mục 1\n");
}

#[test]
fn a_paste_from_an_online_editor_is_clean() {
    let html = r#"<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1">
        <h2 dir="ltr"><span style="font-size:16pt;font-weight:400">Đầu đề</span></h2>
        <p dir="ltr"><span style="font-weight:700;font-style:normal;text-decoration:none">Đậm</span><span
        style="font-weight:400;font-style:italic;white-space:pre-wrap"> nghiêng</span><span
        style="font-size:0.6em;vertical-align:super">2</span><span style="text-decoration:line-through">bỏ</span></p><br>
        <ul><li dir="ltr" style="font-weight:400" aria-level="1"><p role="presentation"><span>Một</span></p></li>
        <ul><li aria-level="2"><p role="presentation"><span>Trong</span></p></li></ul>
        <li><p>Hai</p></li></ul></b><br class="Apple-interchange-newline">"#;
    assert_eq!(
        pasted(html),
        "## Đầu đề\n\n**Đậm*** nghiêng*^2~~^bỏ~~\n\n- Một\n  - Trong\n- Hai\n"
    );
}

#[test]
fn text_is_composed_and_blanks_are_plain() {
    assert_eq!(
        pasted("<p>Ho\u{300}a\u{a0}\u{a0}bi\u{300}nh\u{200b}\u{ad}</p><p>&nbsp;</p><p> <br> </p>"),
        "Hòa bình\n"
    );
}

#[test]
fn double_line_ends_make_paragraphs_and_code_keeps_its_lines() {
    assert_eq!(
        pasted("một<br>hai<br><br>ba<div>bốn</div>"),
        "một\\\nhai\n\nba\n\nbốn\n"
    );
    assert_eq!(pasted("<pre>a\n  b</pre>"), "a\\\nb\n");
}

#[test]
fn unclosed_elements_end_where_a_browser_ends_them() {
    assert_eq!(
        pasted("<p>a<p>b<ul><li>c<li>d<ul><li>e</ul><li>f</ul>g"),
        "a\n\nb\n\n- c\n- d\n  - e\n- f\n\ng\n"
    );
    assert_eq!(
        pasted("<table><tr><td>a<td>b<tr><td>c</table>d"),
        "| a | b |\n| c |\n\nd\n"
    );
    assert_eq!(pasted("<dl><dt>t<dd>m</dl></p>"), "**t**\n\nm\n");
}

#[test]
fn headings_step_down_only_when_the_text_has_a_title_of_its_own() {
    assert_eq!(
        pasted("<h1>a</h1><h2>b</h2><h3>c</h3><h6>d</h6>"),
        "## a\n\n### b\n\n#### c\n\n#### d\n"
    );
    assert_eq!(pasted("<h2>a</h2><h3>b</h3>"), "## a\n\n### b\n");
    assert_eq!(
        pasted("<p style='mso-outline-level:2'><b>a</b></p><p class=MsoHeading3>b</p>"),
        "## a\n\n### b\n"
    );
}

#[test]
fn our_own_pictures_stay_and_others_leave_their_words() {
    let file = "0f".repeat(32);
    let html = format!(
        "<p>a<img src='/tep/{file}' alt=x>b</p><figure><img src='/tep/{file}' alt=y><figcaption>c <b>d</b></figcaption></figure>\
         <figure><img src=https://x/y.png alt=ngoài><figcaption>e</figcaption></figure>"
    );
    let written = format!("a\n\n![x]({file})\n\nb\n\n![y]({file} \"c d\")\n\nngoài\n\ne\n");
    assert_eq!(pasted(&html), written);
}

#[test]
fn a_table_of_the_web_keeps_heads_spans_and_caption() {
    let html = "<table><caption>Số liệu</caption><tfoot><tr><td>cuối<td></tfoot><thead><tr><td colspan=2>đầu</thead>\
        <tbody><tr><th>hàng<td>1</tbody>lạc</table>";
    assert_eq!(
        pasted(html),
        "lạc\n\n| {c2} đầu |\n| --- |\n| cuối |  |\n| {h} hàng | 1 |\n|: Số liệu\n"
    );
    assert_eq!(
        pasted("<table><tr><td>a<table><tr><td>b<td>c</table></table>"),
        "| {b} a\\n\\nb\\n\\nc |\n"
    );
}

#[test]
fn a_long_comment_of_a_word_processor_is_not_text() {
    let latent = "<w:LsdException Locked=\"false\" Name=\"x\"/>".repeat(3_000);
    let html = format!("<b>a</b><!--[if gte mso 9]><xml>{latent}</xml><![endif]--><p>b");
    assert_eq!(pasted(&html), "**a**\n\nb\n");
}
