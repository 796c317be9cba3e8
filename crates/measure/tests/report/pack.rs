//! The evidence pack: whole, checkable without us, and flat.

use std::fs::File;
use std::io::Cursor;
use std::sync::Arc;

use axum::body::Body;
use db::testing::BOTH;
use house::evidence::verify;
use http::{Request, StatusCode};
use jiff::civil::date;
use measure::evidence::{PackKey, Scope, Stretch, export_pack};
use measure::reports::Maker;

use crate::office::{Office, office};

fn whole(office: &Office) -> Scope {
    Scope {
        of: Stretch::Plan(office.plan),
        from: None,
        to: None,
        unit: None,
        criterion: None,
    }
}

async fn furnished(backend: db::Backend) -> Office {
    let office = office(backend).await;
    office.published("Một cửa làm việc sáng thứ bảy", 0).await;
    let item = office
        .registered("Báo viết về một cửa", date(2023, 2, 20), 0)
        .await;
    office
        .again(item, "Trang mạng xã hội", date(2023, 2, 21))
        .await;
    office
}

#[tokio::test]
async fn a_pack_holds_every_piece_of_evidence_and_is_verified_without_us() {
    for backend in BOTH {
        let office = furnished(backend).await;
        let out = office.stage.dir().join("goi.zip");
        let maker = Maker::House(office.stage.agency);
        let scope = whole(&office);
        let made = export_pack(&office.editorial, &scope, maker, &office.key, &out).await;
        let receipt = made.unwrap();
        assert_eq!(receipt.items, 3, "two publications elsewhere and a page");
        let verdict = verify::pack(File::open(&out).unwrap(), Some(office.key.verifier())).unwrap();
        assert!(verdict.ok, "{:?}", verdict.faults);
        assert_eq!(verdict.items, 3);
        let bytes = std::fs::read(&out).unwrap();
        for part in [
            "report.pdf",
            "report.docx",
            "report.xlsx",
            "1.1 Đăng tin trên cổng",
        ] {
            let is_there = bytes
                .windows(part.len())
                .any(|found| found == part.as_bytes());
            assert!(is_there, "{part} is not in the pack");
        }
        let mut flipped = bytes.clone();
        let middle = flipped.len() / 3;
        flipped[middle] ^= 1;
        let verdict = verify::pack(Cursor::new(flipped), Some(office.key.verifier())).unwrap();
        assert!(!verdict.ok, "a flipped byte is not found");
    }
}

#[tokio::test]
async fn the_next_pack_shows_that_the_log_goes_on_from_the_last() {
    for backend in BOTH {
        let office = furnished(backend).await;
        let maker = Maker::House(office.stage.agency);
        let mut sizes = Vec::new();
        for name in ["mot.zip", "hai.zip"] {
            let out = office.stage.dir().join(name);
            let scope = whole(&office);
            export_pack(&office.editorial, &scope, maker, &office.key, &out)
                .await
                .unwrap();
            let verdict = verify::pack(File::open(&out).unwrap(), None).unwrap();
            assert!(verdict.ok, "{name}: {:?}", verdict.faults);
            let bytes = std::fs::read(&out).unwrap();
            let proof = b"\"path\": \"proofs/consistency.json\"";
            let has_proof = bytes.windows(proof.len()).any(|found| found == proof);
            sizes.push((verdict.tree_size, has_proof));
        }
        assert!(sizes[0].0 < sizes[1].0, "the export itself is in the log");
        assert_eq!((sizes[0].1, sizes[1].1), (false, true));
    }
}

#[tokio::test]
async fn a_unit_a_stretch_of_days_and_a_year_narrow_a_pack_down() {
    for backend in BOTH {
        let office = furnished(backend).await;
        let maker = Maker::House(office.stage.agency);
        let out = office.stage.dir().join("goi.zip");
        let whole = whole(&office);
        let march = Scope {
            from: Some(date(2023, 3, 1)),
            to: Some(date(2023, 3, 31)),
            ..whole.clone()
        };
        let of_unit = Scope {
            unit: office.stage.units.first().copied(),
            ..whole.clone()
        };
        let of_year = Scope {
            of: Stretch::Year(2023),
            ..whole.clone()
        };
        for (scope, items) in [(march, 1), (of_unit, 0), (of_year, 3)] {
            let made = export_pack(&office.editorial, &scope, maker, &office.key, &out).await;
            assert_eq!(made.unwrap().items, items, "{scope:?}");
            let verdict = verify::pack(File::open(&out).unwrap(), None).unwrap();
            assert!(verdict.ok, "{:?}", verdict.faults);
        }
        let elsewhen = Scope {
            of: Stretch::Year(2031),
            ..whole.clone()
        };
        let made = export_pack(&office.editorial, &elsewhen, maker, &office.key, &out).await;
        assert_eq!(made.unwrap().items, 0);
        let bytes = std::fs::read(&out).unwrap();
        // The README speaks of a report either way; only the manifest says that there is one.
        let listed = b"\"path\": \"report.pdf\"";
        let has_report = bytes.windows(listed.len()).any(|found| found == listed);
        assert!(!has_report, "a year without a plan has no report");
        let backwards = Scope {
            from: Some(date(2023, 4, 1)),
            to: Some(date(2023, 3, 1)),
            ..whole
        };
        let refused = export_pack(&office.editorial, &backwards, maker, &office.key, &out).await;
        let refused = refused.unwrap_err().to_string();
        assert!(refused.contains("evidence-pack-days"), "{refused}");
    }
}

#[tokio::test]
async fn a_damaged_file_makes_no_pack_and_is_named() {
    for backend in BOTH {
        let office = furnished(backend).await;
        let bytes = "%PDF-1.7 Báo viết về một cửa".as_bytes();
        let sha256 = house::evidence::CapturedFile::of("", "", bytes).sha256;
        let path = office.editorial.files.path(&sha256).unwrap();
        std::fs::write(path, b"%PDF another").unwrap();
        let out = office.stage.dir().join("goi.zip");
        let maker = Maker::House(office.stage.agency);
        let made = export_pack(&office.editorial, &whole(&office), maker, &office.key, &out).await;
        let fault = made.unwrap_err().to_string();
        assert!(
            fault.contains(&sha256) && fault.contains("bao.pdf"),
            "{fault}"
        );
        assert!(!out.exists(), "half a pack was left behind");
    }
}

#[tokio::test]
async fn the_pack_of_a_report_is_saved_from_the_desk() {
    for backend in BOTH {
        let office = furnished(backend).await;
        let mut minh = office.browser.of("minh").await;
        let plan = office.plan.to_string();
        let form = [("plan", plan.as_str()), ("period", "2023-Q1")];
        let made = minh.post("/desk/reports", &form).await;
        let address = made.location().split('?').next().unwrap().to_owned();
        let report = address.rsplit('/').next().unwrap().to_owned();
        let ask = || {
            Request::post("/desk/evidence/pack")
                .header("content-type", "application/x-www-form-urlencoded")
                .body(Body::from(format!("report={report}")))
                .unwrap()
        };
        let mut request = ask();
        request
            .extensions_mut()
            .insert(PackKey(Arc::new(office.key.clone())));
        let answer = minh.send(request).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let name = answer.headers["content-disposition"].to_str().unwrap();
        assert_eq!(name, "attachment; filename=\"minh-chung-stp-2023-q1.zip\"");
        let known = Some(office.key.verifier());
        let verdict = verify::pack(Cursor::new(answer.bytes), known).unwrap();
        assert!(verdict.ok, "{:?}", verdict.faults);
        assert_eq!(verdict.items, 3);
        let without = minh.send(ask()).await;
        assert_eq!(
            without.status,
            StatusCode::INTERNAL_SERVER_ERROR,
            "nothing is signed"
        );
    }
}
