//! What the document says of its figures.

use super::*;
use crate::reports::figures::{self, *};
use crate::reports::report::{self, SourceItem, SourcePublication};
use crate::reports::window::Window;
use base::calendar::period::Period;
use base::id::{ActivityId, ChannelId, EvidenceId, ItemId, PlanId, Uuid};
use jiff::civil::date;
use web::Dictionary;

fn say(lang: Lang) -> Say {
    let files = [web::WORDS, crate::WORDS[0], editorial::channels::WORDS];
    let dictionary: &'static Dictionary = Box::leak(Box::new(Dictionary::new(&files).unwrap()));
    dictionary.say(lang)
}

fn activity(no: &str, status: &str, (done, target): (i64, Option<i64>)) -> ActivityFigures {
    ActivityFigures {
        id: ActivityId::from(Uuid::from_u128(no.len() as u128)),
        no: no.to_owned(),
        title: format!("Hoạt động {no}"),
        lead_unit: "Văn phòng Sở".to_owned(),
        accountable: String::new(),
        when: "Quý I/2023".to_owned(),
        from: date(2023, 1, 1),
        to: date(2023, 4, 30),
        target,
        target_unit: "tin, bài".to_owned(),
        targets: Vec::new(),
        by_hand: Vec::new(),
        done_in_window: done,
        done_in_total: done,
        due: 3,
        days_late: 5,
        status: status.to_owned(),
    }
}

fn figures() -> Figures {
    let item = ItemId::from(Uuid::from_u128(1));
    let publication = |channel: u128, name: &str| SourcePublication {
        item,
        channel: ChannelId::from(Uuid::from_u128(channel)),
        name: name.to_owned(),
        kind: "website".to_owned(),
        published_on: date(2023, 3, 6),
        url: format!("https://kenh{channel}.example/tin"),
    };
    let source = SourceItem {
        id: item,
        kind: "article".to_owned(),
        title: "Tin <một> & hai".to_owned(),
        author: "V.H".to_owned(),
        unit: "Văn phòng Sở".to_owned(),
        done_on: date(2023, 3, 6),
    };
    let published = [
        publication(1, "Cổng thông tin"),
        publication(2, "Bản tin tư pháp"),
    ];
    let fulfils = [(item, ["1.1".to_owned()].into())].into();
    Figures {
        format: FORMAT.to_owned(),
        agency: AgencyFacts {
            id: "a".to_owned(),
            name: "Sở Tư pháp tỉnh Bình Định".to_owned(),
            short_name: "Sở Tư pháp".to_owned(),
            symbol: "STP".to_owned(),
            superior: "Ủy ban nhân dân tỉnh Bình Định".to_owned(),
            place: "Bình Định".to_owned(),
        },
        plan: PlanFacts {
            id: PlanId::from(Uuid::from_u128(9)),
            title: "Kế hoạch truyền thông cải cách hành chính năm 2023 của Sở Tư pháp".to_owned(),
            number: None,
            issued_on: Some(date(2023, 3, 3)),
            issuer: "Sở Tư pháp".to_owned(),
            year: 2023,
        },
        legal_bases: vec![BasisFacts {
            number: Some("152/QĐ-STP".to_owned()),
            kind: Some("QĐ".to_owned()),
            issued_on: Some(date(2022, 12, 29)),
            issuer: Some("Sở Tư pháp".to_owned()),
            title: "kế hoạch cải cách hành chính năm 2023".to_owned(),
        }],
        window: Window::of_period("2023-Q1".parse::<Period>().unwrap()),
        as_of: date(2023, 3, 14),
        definitions: words::definitions(&say(Lang::Vi)),
        standing: Standing {
            activities: 3,
            with_target: 2,
            done: 1,
            ..Standing::default()
        },
        tasks: vec![TaskFigures {
            no: "1".to_owned(),
            depth: 1,
            title: "Tuyên truyền".to_owned(),
            standing: Standing {
                with_target: 2,
                percent: 60,
                ..Standing::default()
            },
            activities: vec![
                activity("1.1", "late", (1, Some(4))),
                activity("1.2", "done", (2, Some(2))),
                activity("1.3", "no_target", (0, None)),
            ],
        }],
        activities: Vec::new(),
        counted: report::count(&[source], &published, &fulfils),
        unlinked_items: 2,
        unlinked: Vec::new(),
        statistics: Vec::new(),
        late_items: Vec::new(),
        forced: vec![ForcedPublication {
            item,
            title: "Tin <một> & hai".to_owned(),
            published_on: date(2023, 3, 6),
            reason: "Việc gấp".to_owned(),
            is_confirmed: false,
        }],
        evidence: vec![EvidenceRow {
            evidence: EvidenceId::from(Uuid::from_u128(5)),
            item,
            title: "Tin <một> & hai".to_owned(),
            kind: "page".to_owned(),
            file: "page.html".to_owned(),
            sha256: "ab".repeat(32),
            size: 12,
            taken_at: "2023-03-06T16:41:00+07:00".to_owned(),
            leaf: Some(0),
        }],
        checkpoint: Some(LogHead {
            origin: "stp.example".into(),
            size: 7,
            root: "cm9vdA==".into(),
            note: String::new(),
        }),
        signer: SignerFacts::default(),
        made_at: "2023-03-15T08:00:00+07:00".to_owned(),
        made_by: "Trần Thị Mai".to_owned(),
    }
}

/// Every text of a paper, part by part.
fn texts(parts: &[Part]) -> String {
    let runs = |runs: &[Run]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
    let part = |part: &Part| match part {
        Part::Heading { number, text, .. } => format!("{number} {text}"),
        Part::Paragraph(all) => runs(all),
        Part::Bullets(items) => items.iter().map(|all| runs(all) + "\n").collect(),
        Part::Table(table) => {
            let row = |row: &documents::paper::Row| -> String {
                row.cells.iter().map(|cell| runs(&cell.0) + "|").collect()
            };
            table.rows.iter().map(|found| row(found) + "\n").collect()
        }
    };
    parts.iter().map(|found| part(found) + "\n").collect()
}

#[test]
fn the_paper_has_the_five_parts_in_order_and_says_the_figures() {
    let paper = paper(&say(Lang::Vi), &figures(), &Dress::default(), Leads::Public);
    let about = "Kết quả thực hiện Kế hoạch truyền thông cải cách hành chính quý I năm 2023";
    assert_eq!(paper.abstract_, about);
    assert_eq!(paper.number, Number::open("BC-STP"));
    assert_eq!(
        paper.bases[0],
        "Căn cứ Quyết định số 152/QĐ-STP ngày 29 tháng 12 năm 2022 của Sở Tư pháp về kế hoạch \
         cải cách hành chính năm 2023"
    );
    assert!(paper.bases[1].starts_with("Căn cứ Kế hoạch truyền thông"));
    let body = texts(&paper.body);
    let mut at = 0;
    for heading in [
        "I. Tình hình",
        "II. Kết quả",
        "III. Kết quả",
        "IV. Tồn tại",
        "V. Phương hướng",
    ] {
        let found = body[at..].find(heading);
        assert!(
            found.is_some(),
            "{heading} is missing or out of order in {body}"
        );
        at += found.unwrap_or(0);
    }
    assert!(
        body.contains("01 sản phẩm truyền thông với 02 lượt đăng"),
        "{body}"
    );
    assert!(body.contains("Tuyên truyền (đạt 60%)"), "{body}");
    assert!(
        body.contains("|Tổng cộng (mỗi sản phẩm tính một lần)||1|2|"),
        "{body}"
    );
    assert!(
        body.contains("Hoạt động 1.1 “Hoạt động 1.1” quá hạn 5 ngày, mới đạt 1/4 tin, bài;"),
        "{body}"
    );
    assert!(
        body.contains("1.1 Hoạt động 1.1, còn 3 tin, bài (Văn phòng Sở chủ trì)"),
        "{body}"
    );
    assert!(
        !body.contains("1.2 Hoạt động 1.2,"),
        "what is done is not work of the next period"
    );
    assert!(!body.contains("report-"), "a word is missing: {body}");
}

#[test]
fn counts_carry_their_definitions_and_the_annexes_their_sources() {
    let figures = figures();
    let paper = paper(&say(Lang::Vi), &figures, &Dress::default(), Leads::Public);
    let body = texts(&paper.body);
    for name in [
        "n_items",
        "n_publications",
        "done_in_window",
        "done_in_total",
        "status",
    ] {
        assert!(
            !figures.definition(name).is_empty(),
            "{name} has no definition"
        );
        assert!(
            body.contains(figures.definition(name)),
            "{name} is not defined in the text"
        );
    }
    assert_eq!(paper.annexes.len(), 3);
    assert!(paper.annexes.iter().all(|annex| annex.landscape));
    let evidence = texts(&paper.annexes[2].body);
    assert!(
        evidence.contains("|page.html|abababababababab|06/03/2023\n16:41|0|"),
        "{evidence}"
    );
    assert!(
        evidence.contains("nhật ký stp.example có 7 mục"),
        "{evidence}"
    );
    assert!(texts(&paper.annexes[1].body).contains("Việc gấp|Chưa xác nhận"));
}

#[test]
fn strangers_are_led_to_the_web_and_staff_to_the_sources() {
    let figures = figures();
    let links = |leads: Leads| -> Vec<String> {
        let paper = paper(&say(Lang::Vi), &figures, &Dress::default(), leads);
        let bodies = paper
            .annexes
            .iter()
            .map(|annex| &annex.body)
            .chain([&paper.body]);
        let tables = bodies.flatten().filter_map(|part| match part {
            Part::Table(table) => Some(table),
            _ => None,
        });
        let cells = tables
            .flat_map(|table| &table.rows)
            .flat_map(|row| &row.cells);
        cells
            .flat_map(|cell| &cell.0)
            .filter_map(|run| run.link.clone())
            .collect()
    };
    assert!(
        links(Leads::Public)
            .iter()
            .all(|link| link.starts_with("https://"))
    );
    let desk = links(Leads::Desk(RowId::from(Uuid::nil())));
    for start in [
        "/desk/items/",
        "/desk/plans/",
        "/desk/files/abab",
        "/desk/reports/",
    ] {
        assert!(
            desk.iter().any(|link| link.starts_with(start)),
            "{start} is led to by nothing"
        );
    }
}

#[test]
fn a_report_on_nothing_is_still_a_whole_report() {
    let mut empty = figures();
    empty.tasks.clear();
    empty.standing = Standing::default();
    empty.counted = Counted::default();
    empty.evidence.clear();
    empty.forced.clear();
    empty.unlinked_items = 0;
    empty.checkpoint = None;
    let paper = paper(&say(Lang::Vi), &empty, &Dress::default(), Leads::Public);
    paper.check().unwrap();
    let body = texts(&paper.body);
    assert!(body.contains("không có hoạt động quá hạn"), "{body}");
    assert_eq!(paper.annexes.len(), 2);
    assert!(documents::docx::write(&paper).unwrap().starts_with(b"PK"));
}

#[test]
fn figures_come_back_from_their_stored_text() {
    let made = figures();
    let json = figures::to_json(&made).unwrap();
    assert_eq!(figures::from_json(&json).unwrap(), made);
    assert!(
        json.contains("\"n_items\": 1"),
        "the counts stand at the top"
    );
    assert!(figures::from_json("{}").is_err());
}

#[test]
fn an_english_copy_has_no_vietnamese_form_words() {
    let paper = paper(&say(Lang::En), &figures(), &Dress::default(), Leads::Public);
    assert_eq!(paper.language, Language::English);
    let body = texts(&paper.body);
    assert!(body.contains("I. How the plan stands"), "{body}");
    assert!(
        !body.contains("Lũy kế") && !body.contains("report-"),
        "{body}"
    );
}

/// Figures with so many items, each with a file of evidence.
fn long(n: usize) -> Figures {
    let mut long = figures();
    let (item, row) = (long.counted.items[0].clone(), long.evidence[0].clone());
    let id = |n: usize| ItemId::from(Uuid::from_u128(100 + n as u128));
    long.counted.items = (0..n)
        .map(|n| ItemFigures {
            id: id(n),
            ..item.clone()
        })
        .collect();
    long.evidence = (0..n)
        .map(|n| EvidenceRow {
            item: id(n),
            kind: if n % 4 == 0 { "file" } else { "page" }.to_owned(),
            taken_at: format!("2023-{:02}-06T16:41:00+07:00", n % 3 + 1),
            ..row.clone()
        })
        .collect();
    long
}

fn n_rows(annex: &Annex) -> usize {
    let tables = annex.body.iter().filter_map(|part| match part {
        Part::Table(table) => Some(table.rows.len()),
        _ => None,
    });
    tables.fold(0, |_, n| n)
}

#[test]
fn a_long_list_is_counted_its_first_rows_shown_and_the_whole_named() {
    let paper = paper(
        &say(Lang::Vi),
        &long(10_000),
        &Dress::default(),
        Leads::Public,
    );
    let (items, evidence) = (&paper.annexes[0], &paper.annexes[2]);
    assert_eq!((n_rows(items), n_rows(evidence)), (500, 500));
    let text = texts(&evidence.body);
    for words in [
        "nêu 500 dòng đầu; danh mục đầy đủ gồm 10.000 dòng",
        "bao-cao-stp-2023-q1.xlsx",
        "01/2023|2.500|834|0|3.334|",
        "Cộng|7.500|2.500|0|10.000|",
        "Cổng thông tin|10.000|",
    ] {
        assert!(text.contains(words), "{words}: {}", &text[..800]);
    }
    assert!(texts(&items.body).contains("10.000 dòng"));
}

#[test]
fn a_list_of_five_hundred_rows_is_as_it_was() {
    let paper = paper(&say(Lang::Vi), &long(500), &Dress::default(), Leads::Public);
    assert_eq!(n_rows(&paper.annexes[2]), 500);
    assert!(!texts(&paper.annexes[2].body).contains("dòng đầu"));
    assert_eq!(
        paper.annexes[2].body.len(),
        3,
        "the definition, the table, the log"
    );
}

#[test]
fn the_spreadsheet_holds_every_row_with_its_type() {
    use documents::sheet::Value;
    let bytes = crate::reports::to_xlsx(&say(Lang::Vi), &long(2_000)).unwrap();
    let limits = documents::read::Limits::default();
    let grids = documents::read::grids(&bytes, "x", &limits).unwrap();
    let names: Vec<&str> = grids.iter().map(|grid| grid.name.as_str()).collect();
    assert_eq!(names, ["Hoạt động", "Sản phẩm", "Lượt đăng", "Minh chứng"]);
    let n_rows: Vec<usize> = grids.iter().map(|grid| grid.rows.len() - 3).collect();
    assert_eq!(n_rows, [3, 2_000, 4_000, 2_000]);
    let value = |grid: usize, column: usize| {
        grids[grid].rows[3]
            .cell(column)
            .map(|cell| cell.value.clone())
    };
    assert_eq!(value(1, 1), Some(Value::Day(date(2023, 3, 6))));
    assert_eq!(value(1, 2), Some(Value::text("Tin <một> & hai")));
    assert_eq!(value(3, 4), Some(Value::text("ab".repeat(32))));
    assert_eq!(
        value(3, 6),
        Some(Value::Moment(date(2023, 1, 6).at(16, 41, 0, 0)))
    );
}

#[test]
fn a_template_orders_words_and_leaves_out_and_people_add_their_own() {
    let mut dress = Dress::default();
    let template = &mut dress.template;
    template.sections.reverse();
    for section in &mut template.sections {
        section.is_on =
            ["tasks", "standing", "assessment", "proposals"].contains(&section.code.as_str());
        if section.code == "standing" {
            section.heading = "Kết quả nổi bật".to_owned();
            section.text = "Đến nay đạt {percent} với {items} sản phẩm.".to_owned();
        }
    }
    template.opening = "{agency} báo cáo {period}.".to_owned();
    template.authority = "KT.".to_owned();
    template.principal = "Giám đốc".to_owned();
    template.signer_title = "Phó Giám đốc".to_owned();
    template.recipients = vec!["Sở Nội vụ".to_owned(), "Lưu: VT, VP".to_owned()];
    dress.words.number = "5/BC-STP".to_owned();
    dress.words.issued_on = Some(date(2023, 3, 16));
    dress.words.texts.insert(
        "assessment".to_owned(),
        "Nhìn chung tốt.\n\nCòn vài việc.".to_owned(),
    );
    let paper = paper(&say(Lang::Vi), &figures(), &dress, Leads::Public);
    let body = texts(&paper.body);
    assert!(body.starts_with("Sở Tư pháp tỉnh Bình Định báo cáo quý I năm 2023.\nI. Đánh giá chung\nNhìn chung tốt.\nCòn vài việc.\nII. Kết quả theo nhiệm vụ"), "{body}");
    assert!(
        body.contains("III. Kết quả nổi bật\nĐến nay đạt 0% với 01 sản phẩm."),
        "{body}"
    );
    assert!(
        !body.contains("Đề xuất, kiến nghị"),
        "nothing is written under it: {body}"
    );
    assert_eq!(paper.number.serial.as_deref(), Some("5"));
    assert_eq!(
        paper.signer.unwrap().authority.as_deref(),
        Some("KT. Giám đốc")
    );
    assert_eq!(paper.recipients, ["Sở Nội vụ", "Lưu: VT, VP"]);
}

#[test]
fn the_signed_checkpoint_stands_on_the_paper_as_a_code() {
    let mut figures = figures();
    let plain = paper(&say(Lang::Vi), &figures, &Dress::default(), Leads::Public);
    assert_eq!(plain.mark, None, "a report without a note has no code");
    let note = "stp.example\n7\ncm9vdA==\n\n— stp.example AAAA\n";
    figures.checkpoint.as_mut().unwrap().note = note.to_owned();
    let mark = paper(&say(Lang::Vi), &figures, &Dress::default(), Leads::Public)
        .mark
        .unwrap();
    assert_eq!(mark.code, note);
    assert!(mark.line.contains("stp.example"), "{}", mark.line);
}

#[test]
fn every_paper_that_a_report_makes_passes_the_check_of_the_decree() {
    let mut figures = figures();
    figures.statistics = crate::reports::statistic::statistics(&figures.counted, &[], Vec::new());
    let mut dress = Dress::default();
    dress.template.signer_name = "Nguyễn Văn An".to_owned();
    for figures in [&figures, &long(600)] {
        let docx = crate::reports::to_docx(&say(Lang::Vi), figures, &dress).unwrap();
        let verdict = documents::decree::check(&docx).unwrap();
        let faults: Vec<_> = verdict.faults().collect();
        assert!(faults.is_empty(), "{faults:#?}");
        assert!(verdict.findings.len() > 35, "{}", verdict.findings.len());
    }
}
