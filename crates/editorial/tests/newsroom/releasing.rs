//! Releasing: four eyes, forced releases, next editions, withdrawals, and what is kept of each.

use std::sync::{Arc, Mutex};

use base::id::ItemId;
use db::testing::BOTH;
use db::values;
use editorial::items::item_store;
use house::evidence::evidence_store;
use http::StatusCode;

use super::office::{LEAD, Office, TITLE, done, id, office, value};

#[tokio::test]
async fn a_writer_cannot_publish_even_without_the_button() {
    for backend in BOTH {
        let office = office(backend).await;
        let address = office.submitted(&[]).await;
        let seen = office.hash(&address).await;
        let fields = [("seen", seen.as_str())];
        let (mut ha, mut tu) = (office.of("ha").await, office.of("tu").await);
        assert!(
            !ha.get(&address).await.shows("/publication"),
            "there is a button"
        );
        let answer = ha.post(&format!("{address}/publication"), &fields).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.shows("Vai trò của bạn không có quyền này"));
        // An editor's own text is no other editor's either.
        let own = office.begin(&mut tu).await;
        done(&office.write(&mut tu, &own, "submit", &[]).await);
        assert!(!tu.get(&own).await.shows(&format!("{own}/publication")));
        let seen = office.hash(&own).await;
        let fields = [("seen", seen.as_str())];
        let answer = tu.post(&format!("{own}/publication"), &fields).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(
            answer.shows("không tự duyệt được bài đó"),
            "{}",
            answer.text()
        );
        assert_eq!(office.entries("article.publish").await, 0);
    }
}

#[tokio::test]
async fn nobody_publishes_a_text_that_changed_since_they_saw_it() {
    for backend in BOTH {
        let office = office(backend).await;
        let address = office.submitted(&[]).await;
        let (mut ha, mut tu) = (office.of("ha").await, office.of("tu").await);
        let seen = value(&tu.get(&address).await, "seen");
        done(&ha.post(&format!("{address}/recall"), &[]).await);
        let other = [("title", "Một tiêu đề khác hẳn")];
        done(&office.write(&mut ha, &address, "submit", &other).await);
        let fields = [("seen", seen.as_str())];
        let answer = tu.post(&format!("{address}/publication"), &fields).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(
            answer.shows("Một tiêu đề khác hẳn"),
            "the new text is not shown"
        );
        assert_eq!(office.entries("article.publish").await, 0);
        office.release(&address).await;
        assert_eq!(office.entries("article.publish").await, 1);
    }
}

#[tokio::test]
async fn what_the_public_got_is_kept_as_evidence_and_counts_from_then_on() {
    for backend in BOTH {
        let office = office(backend).await;
        let address = office.submitted(&[]).await;
        assert_eq!(office.n_done().await, 0, "a draft was counted");
        let mut minh = office.of("minh").await;
        let activity = format!("/desk/plans/{}/activities/{}", office.plan, office.activity);
        let path = office.release(&address).await;
        assert_eq!(office.n_done().await, 1);
        assert!(minh.get(&activity).await.shows(TITLE));

        let served = office.reader().get(&path).await;
        let mut read = office.at.stage.house.db.read().await.unwrap();
        let item: ItemId = id(&address).into();
        let kept = evidence_store::list_of_item(&mut read, item).await.unwrap();
        let publications = item_store::publications(&mut read, item).await.unwrap();
        drop(read);
        assert_eq!(
            (kept.len(), publications.len()),
            (1, 0),
            "no own channel here"
        );
        let files = &kept[0].capture.files;
        assert_eq!(files[0].name, "page.html");
        let bytes = office.at.stage.house.files.read(&files[0].sha256);
        assert_eq!(
            bytes.await.unwrap(),
            served.bytes,
            "not what the public got"
        );
        assert_eq!(files[1].name, "portal.css");
        assert!(kept[0].capture.url.ends_with(&path));
        let entries = "SELECT COUNT(*) AS n FROM audit_entry
             WHERE act IN ('article.publish', 'evidence.keep')
               AND at = (SELECT at FROM audit_entry WHERE act = 'article.publish')";
        assert_eq!(office.count(entries, &[]).await, 2);
    }
}

#[tokio::test]
async fn a_release_that_cannot_be_kept_does_not_happen_at_all() {
    for backend in BOTH {
        let office = office(backend).await;
        let house = &office.at.stage.house;
        let mut ha = office.of("ha").await;
        let address = office.begin(&mut ha).await;
        let hash = super::pictures::add(&mut ha).await;
        let picture = [
            ("image_file", hash.as_str()),
            ("image_alt", "Quầy tiếp nhận hồ sơ"),
        ];
        done(&office.write(&mut ha, &address, "submit", &picture).await);
        let everything = "SELECT (SELECT COUNT(*) FROM audit_entry) + (SELECT COUNT(*) FROM remark)
             + (SELECT COUNT(*) FROM evidence) + (SELECT COUNT(*) FROM file)
             + (SELECT COUNT(*) FROM item WHERE done_on IS NOT NULL)
             + (SELECT COUNT(*) FROM edition WHERE state = 'published') * 1000 AS n";
        let mut tu = office.of("tu").await;
        let before = office.count(everything, &[]).await;
        let seen = office.hash(&address).await;
        let fields = [("seen", seen.as_str())];

        let kept = house.files.path(&hash).unwrap();
        let aside = kept.with_extension("aside");
        std::fs::rename(&kept, &aside).unwrap();
        let answer = tu.post(&format!("{address}/publication"), &fields).await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(office.count(everything, &[]).await, before);
        std::fs::rename(&aside, &kept).unwrap();

        let mut act = house.db.act().await.unwrap();
        let gone = "DELETE FROM file_use WHERE sha256 = ?";
        act.run(gone, &values![hash.as_str()]).await.unwrap();
        act.commit().await.unwrap();
        let answer = tu.post(&format!("{address}/publication"), &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            answer.shows("Ảnh hoặc tệp trong bài không còn"),
            "{}",
            answer.text()
        );
        assert_eq!(office.count(everything, &[]).await, before);
        assert_eq!(office.n_done().await, 0);
        let path = office.public_path(&address).await;
        assert_eq!(
            office.reader().get(&path).await.status,
            StatusCode::NOT_FOUND
        );
    }
}

/// ha sends, tu saves the text once more, binh forces it out; the address at the desk.
async fn forced(office: &Office) -> String {
    let address = office.submitted(&[]).await;
    let mut binh = office.of("binh").await;
    let place = format!("{address}/forced-publication");
    let answer = binh.post(&place, &[("reason", "")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.shows("id=\"reason-error\""));
    let reason = [("reason", "Bão gần bờ, cần báo ngay.")];
    let mut tu = office.of("tu").await;
    let answer = tu.post(&place, &reason).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "only the director");
    done(&binh.post(&place, &reason).await);
    address
}

#[tokio::test]
async fn a_forced_release_shows_as_forced_until_somebody_else_confirms_it() {
    for backend in BOTH {
        let office = office(backend).await;
        let address = forced(&office).await;
        let path = office.public_path(&address).await;
        assert_eq!(office.reader().get(&path).await.status, StatusCode::OK);
        let mut tu = office.of("tu").await;
        let notice = "chưa qua người thứ hai";
        assert!(tu.get(&address).await.shows(notice));
        let waiting = "/desk/newsroom/articles?shelf=waiting";
        assert!(tu.get(waiting).await.shows("data-state=\"forced\""));
        for word in ["binh", "ha"] {
            let mut own = office.of(word).await;
            let answer = own.post(&format!("{address}/confirmation"), &[]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{word} confirmed");
        }
        assert_eq!(office.entries("article.confirm").await, 0);
        // Beginning the next edition does not hide it.
        let mut binh = office.of("binh").await;
        done(&binh.post(&format!("{address}/edition"), &[]).await);
        assert!(tu.get(&address).await.shows(notice), "the flag was lost");
        assert!(tu.get(waiting).await.shows("data-state=\"forced\""));
        done(&tu.post(&format!("{address}/confirmation"), &[]).await);
        assert!(!tu.get(&address).await.shows(notice));
        assert!(!tu.get(waiting).await.shows("data-state=\"forced\""));
        assert_eq!(office.entries("article.confirm").await, 1);
    }
}

#[tokio::test]
async fn who_wrote_on_a_text_does_not_confirm_its_forced_release() {
    for backend in BOTH {
        let office = office(backend).await;
        let (mut ha, mut tu) = (office.of("ha").await, office.of("tu").await);
        let address = office.begin(&mut ha).await;
        done(&office.write(&mut tu, &address, "save", &[]).await);
        let mut binh = office.of("binh").await;
        let reason = [("reason", "Bão gần bờ, cần báo ngay.")];
        let place = format!("{address}/forced-publication");
        done(&binh.post(&place, &reason).await);
        let answer = tu.post(&format!("{address}/confirmation"), &[]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.shows("không tự duyệt được bài đó"));
        let mut duyet = office.of("duyet").await;
        done(&duyet.post(&format!("{address}/confirmation"), &[]).await);
    }
}

#[tokio::test]
async fn a_withdrawn_article_explains_itself_and_is_nowhere_else() {
    for backend in BOTH {
        let office = office(backend).await;
        let (address, path) = office.published(&[]).await;
        assert_eq!(office.found("một cửa").await["total"], 1);
        let (mut tu, mut reader) = (office.of("tu").await, office.reader());
        let place = format!("{address}/withdrawal");
        let answer = tu.post(&place, &[("reason", "")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let why = "Giờ làm việc nêu trong bài chưa đúng.";
        // Also while the next edition is being written.
        let mut ha = office.of("ha").await;
        done(&ha.post(&format!("{address}/edition"), &[]).await);
        let touched = Arc::new(Mutex::new(Vec::new()));
        let heard = touched.clone();
        let db = &office.at.stage.house.db;
        db.on_commit(Box::new(move |tags| {
            heard.lock().unwrap().extend_from_slice(tags)
        }));
        done(&tu.post(&place, &[("reason", why)]).await);
        let number = path.rsplit('-').next().unwrap();
        for tag in [
            format!("article/{number}"),
            "articles".to_owned(),
            format!("plan/{}", office.plan),
            format!("category/{}", office.categories[0]),
        ] {
            assert!(
                touched.lock().unwrap().contains(&tag),
                "{tag} is not made anew"
            );
        }

        let page = reader.get(&path).await;
        assert_eq!(page.status, StatusCode::GONE);
        assert!(page.shows(why) && page.shows("noindex"));
        assert!(
            !page.shows(LEAD) && !page.shows("Ai được lợi"),
            "{}",
            page.text()
        );
        assert!(!page.shows("application/ld+json"));
        for list in [
            "/",
            "/chuyen-muc/tin-tuc",
            "/feed.atom",
            "/rss.xml",
            "/feed.json",
            "/sitemap/0.xml",
            "/api/v1/articles",
            "/chuyen-muc/tin-tuc/feed.atom",
        ] {
            let page = reader.get(list).await;
            assert_eq!(page.status, StatusCode::OK, "{list}");
            assert!(
                !page.shows(TITLE) && !page.shows(&path),
                "{list} still has it"
            );
        }
        let program = reader.get(&format!("/api/v1/articles/{number}")).await;
        assert_eq!(program.status, StatusCode::NOT_FOUND);
        assert_eq!(office.found("một cửa").await["total"], 0);
        assert_eq!(office.n_done().await, 0, "it still counts");
        // The next edition brings it back, to the same address.
        let note = [("change_note", "Sửa giờ làm việc.")];
        done(&office.write(&mut ha, &address, "submit", &note).await);
        assert_eq!(office.release(&address).await, path);
        assert!(reader.get(&path).await.shows("Ai được lợi"));
        assert_eq!(office.n_done().await, 1);
    }
}

#[tokio::test]
async fn the_old_edition_stays_public_until_the_new_one_is_released() {
    for backend in BOTH {
        let office = office(backend).await;
        let (address, path) = office.published(&[]).await;
        let (mut ha, mut reader) = (office.of("ha").await, office.reader());
        done(&ha.post(&format!("{address}/edition"), &[]).await);
        let title = "Một cửa mở cả ngày thứ bảy";
        let other = office.categories[1].to_string();
        let mut fields = vec![("title", title), ("category", other.as_str())];
        let answer = office.write(&mut ha, &address, "submit", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.shows("id=\"change_note-error\"") && answer.shows(title));
        fields.push(("change_note", "Kéo dài giờ làm việc."));
        done(&office.write(&mut ha, &address, "submit", &fields).await);
        let page = reader.get(&path).await;
        assert!(page.shows(TITLE) && !page.shows(title), "a draft is public");
        assert!(reader.get("/chuyen-muc/tin-tuc").await.shows(&path));
        let mut tu = office.of("tu").await;
        assert!(
            tu.get(&address).await.shows("<ins>"),
            "no changes are shown"
        );

        office.at.stage.house.clock.advance_ms(60 * 60 * 1000);
        assert_eq!(office.release(&address).await, path, "the address moved");
        let page = reader.get(&path).await;
        assert!(page.shows(title) && page.shows("Kéo dài giờ làm việc."));
        assert!(page.shows("2023-03-06T16:41:00+07:00"), "first published");
        assert!(page.shows("2023-03-06T17:41:00+07:00"), "updated");
        assert!(!reader.get("/chuyen-muc/tin-tuc").await.shows(&path));
        assert!(reader.get("/chuyen-muc/huong-dan").await.shows(&path));
        assert_eq!(office.n_done().await, 1, "counted twice");
        let kept = "SELECT COUNT(*) AS n FROM evidence";
        assert_eq!(office.count(kept, &[]).await, 2);
    }
}

#[tokio::test]
async fn an_activity_that_a_public_article_is_linked_to_is_told_to_the_log_and_the_plan() {
    for backend in BOTH {
        let office = office(backend).await;
        let (address, _) = office.published(&[("activities", "")]).await;
        assert_eq!(office.n_done().await, 0);
        let mut ha = office.of("ha").await;
        done(&ha.post(&format!("{address}/edition"), &[]).await);
        let touched = Arc::new(Mutex::new(Vec::new()));
        let heard = touched.clone();
        let db = &office.at.stage.house.db;
        db.on_commit(Box::new(move |tags| {
            heard.lock().unwrap().extend_from_slice(tags)
        }));
        done(&office.write(&mut ha, &address, "save", &[]).await);
        assert_eq!(office.n_done().await, 1);
        assert_eq!(office.entries("article.link").await, 1);
        let tag = format!("plan/{}", office.plan);
        assert!(touched.lock().unwrap().contains(&tag));
        done(&office.write(&mut ha, &address, "save", &[]).await);
        assert_eq!(office.entries("article.link").await, 1, "nothing changed");
    }
}
