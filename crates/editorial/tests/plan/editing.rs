//! Plans mended at the desk, by those who may.

use db::testing::BOTH;
use house::testing::Answer;
use http::StatusCode;
use jiff::civil::date;

use crate::office::*;

#[tokio::test]
async fn every_wrong_field_is_answered_at_once_and_nothing_is_lost() {
    for backend in BOTH {
        let (_at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        let news = activity_of(&mut minh, &plan, "Đăng tin trên trang").await;
        let version = value(&minh.get(&format!("{news}/edit")).await, "version");
        let wrong = [
            ("title", ""),
            ("form", "chuyên mục riêng"),
            ("target_number", "bốn"),
            ("target_unit", "tin, bài"),
            ("window_from", "30/02/2023"),
            ("window_to", "01/03/2023"),
            ("recurs", "thỉnh thoảng"),
            ("place", "đầu"),
            ("note", "Ghi chú phải còn nguyên"),
            ("version", &version),
        ];
        let answer = minh.post(&format!("{news}/edit"), &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for field in ["title", "target_number", "window_from", "recurs", "place"] {
            assert!(
                answer.shows(&format!("id=\"{field}-error\"")),
                "{field}: {}",
                answer.text()
            );
        }
        for typed in [
            "chuyên mục riêng",
            "bốn",
            "30/02/2023",
            "Ghi chú phải còn nguyên",
        ] {
            assert!(answer.shows(typed), "{typed} is lost");
        }
        let wrong = [("title", ""), ("year", "năm nay"), ("issued_on", "hôm qua")];
        let answer = minh.post(&format!("{plan}/edit"), &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for field in ["title", "year", "issued_on"] {
            assert!(answer.shows(&format!("id=\"{field}-error\"")), "{field}");
        }
    }
}

#[tokio::test]
async fn a_writer_reads_a_head_answers_for_the_own_unit_and_neither_edits() {
    for backend in BOTH {
        let (_at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        let own = activity_of(&mut minh, &plan, "Hội nghị quán triệt kế hoạch tới").await;
        let other = activity_of(&mut minh, &plan, "Đăng tin trên trang").await;

        let mut ha = browser.of("ha").await;
        assert_eq!(ha.get(&plan).await.status, StatusCode::OK);
        for page in [
            format!("{plan}/edit"),
            format!("{own}/edit"),
            "/desk/plans/import".to_owned(),
        ] {
            assert_eq!(ha.get(&page).await.status, StatusCode::FORBIDDEN, "{page}");
            assert_eq!(
                ha.post(&page, &[]).await.status,
                StatusCode::FORBIDDEN,
                "{page}"
            );
        }

        let mut tu = browser.of("tu").await;
        let form = tu.get(&format!("{own}/edit")).await;
        assert!(form.shows("name=\"note\"") && !form.shows("name=\"target_number\""));
        let version = value(&form, "version");
        let fields = [
            ("note", "Mời cả cấp huyện"),
            ("title", "Tên khác"),
            ("version", version.as_str()),
        ];
        let answer = tu.post(&format!("{own}/edit"), &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let page = tu.get(&own).await;
        assert!(page.shows("Mời cả cấp huyện"));
        assert!(!page.shows("Tên khác"), "a head does not rename");
        let answer = tu.post(&format!("{other}/edit"), &fields).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.shows("do đơn vị mình chủ trì"));
    }
}

#[tokio::test]
async fn who_saves_second_sees_what_the_first_has_saved() {
    for backend in BOTH {
        let (_at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        let news = activity_of(&mut minh, &plan, "Đăng tin trên trang").await;
        let edit = format!("{news}/edit");
        let version = value(&minh.get(&edit).await, "version");
        let first = [
            ("title", "Tên của người thứ nhất"),
            ("version", version.as_str()),
        ];
        let second = [
            ("title", "Tên của người thứ hai"),
            ("version", version.as_str()),
        ];
        assert_eq!(minh.post(&edit, &first).await.status, StatusCode::SEE_OTHER);
        let answer = minh.post(&edit, &second).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.shows("Tên của người thứ nhất") && answer.shows("Tên của người thứ hai"));
        let again = value(&answer, "version");
        assert_ne!(again, version);
        let second = [
            ("title", "Tên của người thứ hai"),
            ("version", again.as_str()),
        ];
        assert_eq!(
            minh.post(&edit, &second).await.status,
            StatusCode::SEE_OTHER
        );
    }
}

#[tokio::test]
async fn tasks_and_activities_are_added_moved_and_removed() {
    for backend in BOTH {
        let (at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        let new_task = format!("{plan}/tasks/new");
        let version = value(&minh.get(&new_task).await, "version");
        let fields = [
            ("title", "Truyền thông nội bộ"),
            ("place", "1"),
            ("version", &version),
        ];
        assert_eq!(
            minh.post(&new_task, &fields).await.status,
            StatusCode::SEE_OTHER
        );
        assert_eq!(
            minh.post(&new_task, &fields).await.status,
            StatusCode::CONFLICT,
            "stale"
        );
        let page = minh.get(&plan).await;
        let first = page
            .text()
            .split("<span class=\"tree-title\" lang=\"vi\">")
            .nth(1)
            .unwrap()
            .to_owned();
        assert!(first.starts_with("Truyền thông nội bộ"), "{first}");
        let task = page.text().split("tasks/").find_map(|part| {
            let id = part.split('"').next()?;
            (id.len() == 36).then(|| format!("{plan}/tasks/{id}"))
        });
        let task = task.unwrap();
        let task_id = task.rsplit('/').next().unwrap().to_owned();

        let new_activity = format!("{plan}/activities/new");
        let fields = [
            ("title", "Bảng tin nội bộ"),
            ("task", task_id.as_str()),
            ("target_number", "1"),
            ("target_unit", "số"),
            ("recurs", "monthly"),
            ("window_text", "Hằng tháng"),
        ];
        let answer = minh.post(&new_activity, &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let activity = answer.location().split('?').next().unwrap().to_owned();
        assert!(
            minh.get(&activity).await.shows("Đã có 0 trên 12 số"),
            "one a month is twelve"
        );

        let version = value(&minh.get(&task).await, "version");
        let answer = minh
            .post(&format!("{task}/remove"), &[("version", &version)])
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.shows("Nhiệm vụ còn nhiệm vụ con hoặc hoạt động"));

        add_item(&at, &activity, "Số tháng 2", Some(date(2023, 2, 28))).await;
        let version = value(&minh.get(&format!("{activity}/edit")).await, "version");
        let remove = format!("{activity}/remove");
        let answer = minh.post(&remove, &[("version", &version)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.shows("1 sản phẩm"));
    }
}

#[tokio::test]
async fn a_finding_is_settled_and_opened_again() {
    for backend in BOTH {
        let (_at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        let settle = format!("{plan}/findings/plan.number_missing");
        let open = |page: &Answer| {
            page.text().contains(&format!(
                "{settle}\"><button class=\"button button-quiet\" name=\"to\" value=\"settled\""
            ))
        };
        assert!(open(&minh.get(&plan).await));
        minh.post(&settle, &[("to", "settled")]).await;
        assert!(!open(&minh.get(&plan).await));
        minh.post(&settle, &[("to", "open")]).await;
        assert!(open(&minh.get(&plan).await));
        let unknown = minh
            .post(&format!("{plan}/findings/plan.nonsense"), &[])
            .await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_closed_plan_is_not_changed_until_it_is_opened_again() {
    for backend in BOTH {
        let (_at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        save_plan(&mut minh, &plan, "closed").await;
        let news = activity_of(&mut minh, &plan, "Đăng tin trên trang").await;
        let answer = minh.get(&format!("{news}/edit")).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.shows("Kế hoạch đã kết thúc"));
        let unexplained = minh.post(&format!("{plan}/reopening"), &[]).await;
        assert_eq!(unexplained.status, StatusCode::UNPROCESSABLE_ENTITY);
        let why = [("reason", "Còn thiếu một sản phẩm")];
        let answer = minh.post(&format!("{plan}/reopening"), &why).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        assert_eq!(
            minh.get(&format!("{news}/edit")).await.status,
            StatusCode::OK
        );
    }
}

#[tokio::test]
async fn legal_bases_are_added_and_removed() {
    for backend in BOTH {
        let (_at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        let wrong = [("basis_issuer", "Chính phủ"), ("basis_issued_on", "hôm nọ")];
        let answer = minh.post(&format!("{plan}/bases"), &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            answer.shows("id=\"basis_number-error\"")
                && answer.shows("id=\"basis_issued_on-error\"")
        );
        assert!(
            answer.shows("value=\"Chính phủ\""),
            "what was typed is lost"
        );
        assert!(
            answer.shows("công tác cải cách hành chính năm 2023"),
            "the plan's own fields stay"
        );
        let right = [
            ("basis_number", "76/NQ-CP"),
            ("basis_issued_on", "15/07/2021"),
        ];
        let answer = minh.post(&format!("{plan}/bases"), &right).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let page = minh.get(&format!("{plan}/edit")).await;
        assert!(page.shows("76/NQ-CP · ngày 15/07/2021"), "{}", page.text());
        let text = page.text();
        let last = text
            .split("/bases/")
            .last()
            .unwrap()
            .split("/remove")
            .next()
            .unwrap()
            .to_owned();
        minh.post(&format!("{plan}/bases/{last}/remove"), &[]).await;
        assert!(!minh.get(&plan).await.shows("76/NQ-CP"));
    }
}

#[tokio::test]
async fn a_draft_brought_in_by_mistake_is_taken_back_but_a_running_plan_stays() {
    for backend in BOTH {
        let (at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let (wrong, right) = (import(&mut minh).await, import(&mut minh).await);
        let answer = minh.post(&format!("{wrong}/remove"), &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        assert_eq!(minh.get(&wrong).await.status, StatusCode::NOT_FOUND);
        let news = activity_of(&mut minh, &right, "Đăng tin trên trang").await;
        add_item(&at, &news, "Tin đầu tiên", Some(date(2023, 3, 1))).await;
        let answer = minh.post(&format!("{right}/remove"), &[]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.shows("đã có sản phẩm gắn vào"));
        save_plan(&mut minh, &right, "running").await;
        let answer = minh.post(&format!("{right}/remove"), &[]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.shows("Kế hoạch đã ban hành"));
    }
}
