//! What the search promises, told by what it finds.
#![expect(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use search::{Entry, Hits, Index, Query};

const AGENCY: &str = "stp";

fn entry(id: &str, title: &str, body: &str) -> Entry {
    Entry {
        id: id.into(),
        agency: AGENCY.into(),
        kind: "article".into(),
        title: title.into(),
        body: body.into(),
        url: format!("/tin/{id}"),
        ..Entry::default()
    }
}

fn index(entries: &[Entry]) -> Index {
    let index = Index::in_memory().unwrap();
    index.add(entries).unwrap();
    index.commit(1).unwrap();
    index
}

fn texts(texts: &[(&str, &str)]) -> Index {
    let entries: Vec<_> = texts
        .iter()
        .map(|(id, text)| entry(id, "Tin", text))
        .collect();
    index(&entries)
}

fn ask(index: &Index, text: &str) -> Hits {
    index.search(&Query::new(AGENCY, text)).unwrap()
}

fn found(index: &Index, text: &str) -> Vec<String> {
    let mut ids: Vec<_> = ask(index, text)
        .hits
        .into_iter()
        .map(|hit| hit.id)
        .collect();
    ids.sort();
    ids
}

fn railway() -> Index {
    texts(&[
        ("sat", "Thi công tuyến đường sắt đô thị và nhà ga."),
        (
            "bo",
            "Sửa đường bộ; tăng cường giám sát, trao đổi về sắt thép.",
        ),
        ("duong-sat", "Ngôi nhà dương sát bờ sông, chuyện đương sát."),
        ("cchc", "Công tác cải cách hành chính của tỉnh."),
        ("viet-tat", "Đẩy mạnh CCHC, nhất là TTHC."),
        ("roi", "Cải tạo vườn, cách trồng rau, hành lá, chính vụ."),
    ])
}

#[test]
fn words_without_marks_find_every_spelling_but_not_strewn_syllables() {
    let index = railway();
    assert_eq!(found(&index, "duong sat"), ["duong-sat", "sat"]);
    assert_eq!(found(&index, "cai cach hanh chinh"), ["cchc", "viet-tat"]);
    assert_eq!(found(&index, "DUONG BO"), ["bo"]);
    assert!(!ask(&index, "duong sat").fallback);
}

#[test]
fn words_with_marks_find_only_themselves() {
    let index = railway();
    assert_eq!(found(&index, "đường sắt"), ["sat"]);
    assert_eq!(found(&index, "đường bộ"), ["bo"]);
    assert_eq!(found(&index, "đường"), ["bo", "sat"]);
    assert_eq!(found(&index, "đương sát"), ["duong-sat"]);
}

#[test]
fn half_marked_words_are_held_to_the_marks_they_have() {
    let index = railway();
    assert_eq!(found(&index, "đường sat"), ["sat"]);
    assert_eq!(found(&index, "duong sắt"), ["sat"]);
    assert_eq!(found(&index, "duong sát"), ["duong-sat"]);
    assert_eq!(found(&index, "cải cach hành chinh"), ["cchc", "viet-tat"]);
}

#[test]
fn marks_are_set_aside_only_when_nothing_is_spelt_so_and_it_is_said() {
    let index = railway();
    let hits = ask(&index, "đướng sặt");
    assert_eq!((hits.total, hits.fallback), (2, true));
    let hits = ask(&index, "đường sắt");
    assert_eq!((hits.total, hits.fallback), (1, false));
    assert_eq!(ask(&index, "đường thủy"), Hits::default());
}

#[test]
fn both_places_of_a_tone_mark_and_every_normal_form_are_one_word() {
    let index = texts(&[("hoa", "Khánh Hoà và uỷ ban")]);
    for text in [
        "Khánh Hòa",
        "Khánh Hoà",
        "KHÁNH HÒA",
        "ủy ban",
        "Kha\u{301}nh Ho\u{300}a",
    ] {
        assert_eq!(found(&index, text), ["hoa"], "{text}");
    }
    let index = texts(&[("ky", "Bồi dưỡng kĩ năng quản lí theo qui định")]);
    for text in ["kỹ năng", "quản lý", "quy định", "ky nang", "quan li"] {
        assert_eq!(found(&index, text), ["ky"], "{text}");
    }
    let index = texts(&[("nfd", "Thu\u{309}y lo\u{31b}\u{323}i")]);
    for text in ["thủy lợi", "thuỷ lợi"] {
        assert_eq!(found(&index, text), ["nfd"], "{text}");
    }
}

#[test]
fn an_abbreviation_and_its_phrase_find_each_other() {
    for (short, phrase) in [
        ("CCHC", "cải cách hành chính"),
        ("TTHC", "thủ tục hành chính"),
        ("DVC", "dịch vụ công"),
        ("UBND", "Uỷ ban nhân dân"),
        ("HĐND", "Hội đồng nhân dân"),
        ("CBCCVC", "cán bộ, công chức, viên chức"),
        ("BCCI", "bưu chính công ích"),
        ("PBGDPL", "phổ biến, giáo dục pháp luật"),
        ("TGPL", "trợ giúp pháp lý"),
        ("KSTTHC", "kiểm soát thủ tục hành chính"),
    ] {
        let index = texts(&[
            ("short", &format!("Công tác {short} năm nay")),
            ("phrase", &format!("Công tác {phrase} năm nay")),
            ("other", "Chuyện khác hẳn"),
        ]);
        for text in [
            short,
            &short.to_lowercase(),
            phrase,
            &base::text::fold(phrase),
        ] {
            assert_eq!(found(&index, text), ["phrase", "short"], "{text}");
        }
    }
}

#[test]
fn a_phrase_in_quotation_marks_is_found_as_it_stands() {
    let index = texts(&[
        ("whole", "Mô hình một cửa liên thông hiện đại"),
        ("parts", "Một cửa hiện đại. Cửa liên xã và liên thông"),
    ]);
    assert_eq!(found(&index, "\"một cửa liên thông\""), ["whole"]);
    assert_eq!(found(&index, "“mot cua lien thong”"), ["whole"]);
    assert_eq!(found(&index, "một cửa liên thông"), ["parts", "whole"]);
    assert_eq!(ask(&index, "\"liên thông một cửa\"").total, 0);
}

#[test]
fn document_numbers_dates_and_figures_are_found_whole() {
    let index = texts(&[
        ("a", "Quyết định số 152/QĐ-STP ngày 29/12/2022, đạt 82,66%"),
        ("b", "Quyết định số 52/QĐ-STP và 1523/QĐ-STP"),
        ("c", "Nghị quyết 60-NQ/TW về STP 152"),
    ]);
    assert_eq!(found(&index, "152/QĐ-STP"), ["a"]);
    assert_eq!(found(&index, "152/qd-stp"), ["a"]);
    assert_eq!(found(&index, "152/QĐ"), ["a"]);
    assert_eq!(found(&index, "60-NQ/TW"), ["c"]);
    assert_eq!(found(&index, "29/12/2022"), ["a"]);
    assert_eq!(found(&index, "82,66"), ["a"]);
    assert_eq!(ask(&index, "152/KH-STP").total, 0);
}

#[test]
fn english_words_and_numbers_stand_alone() {
    let index = texts(&[("a", "Chỉ số PAR INDEX, đăng ký Online năm 2023")]);
    for text in ["par index", "INDEX", "đăng ký 2023", "online chỉ số"] {
        assert_eq!(found(&index, text), ["a"], "{text}");
    }
}

#[test]
fn three_words_and_more_may_stand_apart_when_they_never_stand_together() {
    let index = texts(&[
        ("apart", "Đăng ký phương tiện. Chủ xe nộp phí."),
        ("none", "Đăng bộ, ký tên, mua xe, nhưng rời rạc."),
    ]);
    let hits = ask(&index, "đăng ký xe");
    assert_eq!((hits.total, hits.scattered), (1, true));
    assert_eq!(hits.hits[0].id, "apart");
}

#[test]
fn telex_keystrokes_are_understood_when_nothing_else_is_found() {
    let hits = ask(&railway(), "dduwowngf sawts");
    assert_eq!((hits.total, hits.fallback), (2, true));
}

#[test]
fn a_title_ranks_above_a_text_and_newer_above_older() {
    let at = |id: &str, title: &str, days: i64| Entry {
        published_at_ms: 1_678_000_000_000 + days * 86_400_000,
        ..entry(id, title, "Bàn về thanh toán trực tuyến tại quầy.")
    };
    let index = index(&[
        at("old", "Tin tức", -900),
        at("new", "Tin tức", 0),
        at("title", "Thanh toán trực tuyến", -900),
    ]);
    let ids: Vec<_> = ask(&index, "thanh toán trực tuyến")
        .hits
        .into_iter()
        .map(|hit| hit.id)
        .collect();
    assert_eq!(ids, ["title", "new", "old"]);
}

#[test]
fn filters_narrow_and_pages_do_not_overlap() {
    let entries: Vec<_> = (0..30)
        .map(|n| Entry {
            agency: if n < 25 { AGENCY } else { "khac" }.into(),
            category: (n % 2 == 0).then(|| "cchc".into()),
            kind: if n < 5 { "procedure" } else { "article" }.into(),
            published_at_ms: i64::from(n) * 1_000,
            ..entry(&format!("e{n:02}"), "Bản tin tư pháp", "Nội dung")
        })
        .collect();
    let index = index(&entries);
    let query = Query::new(AGENCY, "bản tin");
    assert_eq!(index.search(&query).unwrap().total, 25);
    let narrowed = |change: fn(&mut Query)| {
        let mut query = query.clone();
        change(&mut query);
        index.search(&query).unwrap()
    };
    assert_eq!(narrowed(|q| q.category = Some("cchc".into())).total, 13);
    assert_eq!(narrowed(|q| q.kind = Some("procedure".into())).total, 5);
    assert_eq!(narrowed(|q| q.from_ms = Some(20_000)).total, 5);
    assert_eq!(narrowed(|q| q.to_ms = Some(20_000)).total, 20);
    assert_eq!(narrowed(|q| q.limit = 0).hits.len(), 0);
    let first = narrowed(|q| q.limit = 20).hits;
    let second = narrowed(|q| (q.limit, q.offset) = (20, 20)).hits;
    assert_eq!((first.len(), second.len()), (20, 5));
    assert!(second.iter().all(|hit| !first.contains(hit)));
    assert_eq!(narrowed(|q| q.offset = usize::MAX).hits.len(), 0);
}

#[test]
fn snippets_escape_everything_and_mark_what_was_found() {
    let index = index(&[entry(
        "x",
        "<b>Tin</b>",
        "Xem <script>alert(1)</script> về đường sắt & đường bộ",
    )]);
    let hit = ask(&index, "duong sat").hits.remove(0);
    assert_eq!(
        hit.snippet_html,
        "Xem &lt;script&gt;alert(1)&lt;/script&gt; về <mark>đường sắt</mark> &amp; đường bộ"
    );
    assert_eq!(
        hit.title, "<b>Tin</b>",
        "the title is text; the page escapes it"
    );
}

#[test]
fn any_text_at_all_is_an_answerable_question() {
    let index = railway();
    let long = "đường ".repeat(10_000);
    for text in [
        "",
        " ",
        "\"",
        "\"\"",
        "*",
        "?",
        "a*",
        "AND",
        "title:x",
        "(",
        "[1 TO 2]",
        "-",
        "\\",
        "/",
        "152/",
        "1/a",
        "\u{0}",
        "\u{301}",
        "đ",
        "💡",
        "ﷺ",
        "\u{202e}abc",
        &long,
    ] {
        ask(&index, text);
    }
}
