//! Pictures: what a camera wrote is gone, words are compulsory, the public sees them when it may.
#![expect(clippy::unwrap_used, reason = "a story that cannot be told fails")]

use db::testing::BOTH;
use house::testing::Browser;
use http::StatusCode;

use super::office::{done, office};

/// A small JPEG with an Exif segment that names a place.
fn photograph() -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xe1, 0, 22];
    bytes.extend(b"Exif\0\0GPS 13.77,109.2");
    bytes.truncate(2 + 2 + 22);
    bytes.extend([0xff, 0xc0, 0, 11, 8, 0, 3, 0, 2, 1, 1, 0x11, 0]);
    bytes.extend([0xff, 0xda, 0, 4, 1, 0, 0x12, 0x34, 0xff, 0xd9]);
    bytes
}

/// Takes the picture up for the editor; its hash.
pub async fn add(who: &mut Browser) -> String {
    let file = ("file", "anh.jpg", photograph());
    let file = (file.0, file.1, file.2.as_slice());
    let answer = who.upload("/desk/files/images", &[], file).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let told: serde_json::Value = serde_json::from_slice(&answer.bytes).unwrap();
    told["file"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_picture_is_private_until_its_article_is_public_and_never_anothers() {
    for backend in BOTH {
        let office = office(backend).await;
        office.neighbours().await;
        let (mut ha, mut reader) = (office.of("ha").await, office.reader());
        let address = office.begin(&mut ha).await;
        let hash = add(&mut ha).await;
        let (desk, public) = (format!("/desk/files/{hash}"), format!("/tep/{hash}"));
        let kept = ha.get(&desk).await;
        assert_eq!(kept.status, StatusCode::OK);
        assert!(!kept.bytes.windows(4).any(|part| part == b"Exif"));
        assert!(!kept.bytes.windows(3).any(|part| part == b"GPS"));
        let fields = [
            ("image_file", hash.as_str()),
            ("image_alt", "Người dân chờ ở quầy một cửa"),
            ("image_caption", "Sáng thứ bảy đầu tiên. Ảnh: V.H"),
        ];
        done(&office.write(&mut ha, &address, "submit", &fields).await);
        assert_eq!(reader.get(&public).await.status, StatusCode::NOT_FOUND);
        let path = office.release(&address).await;
        let shown = reader.get(&public).await;
        assert_eq!((shown.status, shown.bytes), (StatusCode::OK, kept.bytes));
        let page = reader.get(&path).await;
        assert!(page.shows(&format!(
            "src=\"{public}\" alt=\"Người dân chờ ở quầy một cửa\""
        )));
        assert!(page.shows("Sáng thứ bảy đầu tiên. Ảnh: V.H"));
        let mut la = office.of("la").await;
        assert_eq!(la.get(&desk).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_picture_leaves_with_the_last_article_that_shows_it() {
    for backend in BOTH {
        let office = office(backend).await;
        let (mut ha, mut tu, mut reader) = (
            office.of("ha").await,
            office.of("tu").await,
            office.reader(),
        );
        let hash = add(&mut ha).await;
        let public = format!("/tep/{hash}");
        let fields = [
            ("image_file", hash.as_str()),
            ("image_alt", "Người dân chờ ở quầy một cửa"),
            ("image_caption", "Sáng thứ bảy đầu tiên. Ảnh: V.H"),
        ];
        let mut articles = Vec::new();
        for _ in 0..2 {
            let address = office.begin(&mut ha).await;
            done(&office.write(&mut ha, &address, "submit", &fields).await);
            office.release(&address).await;
            articles.push(address);
        }
        for (address, status) in articles.iter().zip([StatusCode::OK, StatusCode::NOT_FOUND]) {
            let place = format!("{address}/withdrawal");
            done(
                &tu.post(&place, &[("reason", "Ảnh chụp người chưa đồng ý.")])
                    .await,
            );
            assert_eq!(reader.get(&public).await.status, status);
        }
        let desk = ha.get(&format!("/desk/files/{hash}")).await;
        assert_eq!(
            desk.status,
            StatusCode::OK,
            "what was shown is still known at the desk"
        );
    }
}

#[tokio::test]
async fn a_picture_without_words_or_with_empty_ones_is_not_sent() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut ha = office.of("ha").await;
        let address = office.begin(&mut ha).await;
        let hash = add(&mut ha).await;
        let fields = [
            ("image_file", hash.as_str()),
            ("image_alt", ""),
            ("image_caption", "Ảnh minh họa"),
        ];
        let answer = office.write(&mut ha, &address, "submit", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for field in ["image_alt", "image_caption"] {
            assert!(answer.shows(&format!("id=\"{field}-error\"")), "{field}");
        }
        assert!(answer.shows(&hash), "the picture is lost");
    }
}

#[tokio::test]
async fn what_is_no_picture_is_refused_and_the_text_is_not_lost() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut ha = office.of("ha").await;
        let address = office.begin(&mut ha).await;
        for (name, bytes) in [
            (
                "anh.svg",
                &b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"[..],
            ),
            ("anh.png", b"<html><script>alert(1)</script></html>"),
            ("anh.jpg", b"%PDF-1.7"),
            ("anh.gif", b""),
        ] {
            let answer = ha
                .upload("/desk/files/images", &[], ("file", name, bytes))
                .await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        }
        let fields = [
            ("title", "Tiêu đề đã gõ"),
            ("revision", "1"),
            ("deed", "save"),
        ];
        let svg = ("image", "anh.svg", &b"<svg onload='alert(1)'/>"[..]);
        let answer = ha.upload(&format!("{address}/edit"), &fields, svg).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.shows("id=\"image-error\"") && answer.shows("Tiêu đề đã gõ"));
    }
}

#[tokio::test]
async fn a_picture_chosen_in_the_form_stays_chosen() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut ha = office.of("ha").await;
        let address = office.begin(&mut ha).await;
        let photograph = photograph();
        let file = ("image", "anh.jpg", photograph.as_slice());
        // The lead is missing: the form comes back, with the picture in it.
        let fields = [("title", "Tiêu đề"), ("revision", "1"), ("deed", "submit")];
        let answer = ha.upload(&format!("{address}/edit"), &fields, file).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let hash = super::office::value(&answer, "image_file");
        assert_eq!(hash.len(), 64, "{}", answer.text());
        assert!(answer.shows("id=\"image_alt-error\"") && answer.shows("id=\"lead-error\""));
        assert_eq!(
            ha.get(&format!("/desk/files/{hash}")).await.status,
            StatusCode::OK
        );
    }
}
