//! What a stranger can check: by URL, on the page, and with a file of proof alone.

use base::Role;
use db::testing::BOTH;
use house::audit::tree::{Hash, leaf_hash, verify_consistency, verify_inclusion};
use house::audit::{Checkpoint, ProofFile, SigningKey};
use house::witness;
use http::StatusCode;
use serde_json::Value;

use crate::office::Office;

fn hashes(json: &Value) -> Vec<Hash> {
    let list = json["hashes"].as_array().unwrap();
    list.iter()
        .map(|hash| Hash::from_base64(hash.as_str().unwrap()).unwrap())
        .collect()
}

fn hash(json: &Value, name: &str) -> Hash {
    Hash::from_base64(json[name].as_str().unwrap()).unwrap()
}

#[tokio::test]
async fn proofs_by_address_lead_to_the_signed_root() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        office.acts(270).await;
        let old = office.note().await;
        office.acts(300).await;
        let key = office.house().log.key().verifier();
        let mut stranger = office.browser();
        let answer = stranger.get("/api/v1/log/checkpoint").await;
        assert_eq!(answer.headers["cache-control"], "public, max-age=5");
        let head = Checkpoint::open(&answer.text(), key).unwrap();
        let old = Checkpoint::open(&old, key).unwrap();

        let address = format!("/api/v1/log/proof/inclusion?leaf=7&size={}", head.size);
        let answer = stranger.get(&address).await;
        assert!(
            answer.headers["cache-control"]
                .to_str()
                .unwrap()
                .contains("immutable")
        );
        let json: Value = serde_json::from_str(&answer.text()).unwrap();
        let leaf = hash(&json, "leaf_hash");
        assert!(verify_inclusion(
            leaf,
            7,
            head.size,
            &hashes(&json),
            head.root
        ));

        let address = format!("/api/v1/log/proof/consistency?from={}", old.size);
        let json: Value = serde_json::from_str(&stranger.get(&address).await.text()).unwrap();
        assert!(verify_consistency(
            (old.size, old.root),
            (head.size, head.root),
            &hashes(&json)
        ));
        assert_eq!(hash(&json, "from_root"), old.root);

        let full = stranger.get("/api/v1/log/tile/0/000").await;
        assert_eq!(full.bytes.len(), 8192);
        assert_eq!(Hash::from_slice(&full.bytes[7 * 32..8 * 32]), Some(leaf));
        let part = stranger.get("/api/v1/log/tile/0/001.p/10").await;
        assert_eq!(part.bytes.len(), 320);
        for absent in [
            "/api/v1/log/tile/entries/000",
            "/api/v1/log/tile/0/009",
            "/api/v1/log/tile/0/000.p/256",
            "/api/v1/log/tile/2/000",
            "/api/v1/log/proof/inclusion?leaf=100000",
            "/api/v1/log/proof/inclusion?leaf=1&size=100000",
            "/api/v1/log/proof/consistency?from=100000",
            "/api/v1/log/proof/inclusion",
        ] {
            let answer = stranger.get(absent).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{absent}");
        }
    }
}

#[tokio::test]
async fn a_stranger_reads_in_plain_words_whether_a_note_still_holds() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        office.acts(5).await;
        office.acts(6).await;
        let note = office.note().await;
        office.acts(7).await;
        let mut stranger = office.browser();
        assert_eq!(stranger.get("/kiem-chung").await.status, StatusCode::OK);
        let check = |note: &str| vec![("note", note.to_owned())];
        let post = async |note: &str| {
            let fields = check(note);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
            office.browser().post("/kiem-chung", &fields).await
        };
        let held = post(&note).await;
        assert!(held.shows("nhật ký vẫn giữ nguyên"));
        let policy = held.headers["content-security-policy"].to_str().unwrap();
        assert!(
            policy.contains("script-src 'self'"),
            "the page's own scripts run: {policy}"
        );
        assert_eq!(held.headers["cache-control"], "private, no-store");
        assert!(
            post(note.trim_end()).await.shows("nhật ký vẫn giữ nguyên"),
            "pasted"
        );
        let key = SigningKey::from_seed("stp.example.vn/loa", [8; 32]).unwrap();
        let read = Checkpoint::peek(&note).unwrap();
        let forged = read.sign(&key).unwrap();
        assert!(
            post(&forged)
                .await
                .shows("không phải do khóa của cơ quan ký")
        );
        let other = SigningKey::from_seed("khac.example.vn", [8; 32]).unwrap();
        let other = Checkpoint::new(&other, 3, read.root).sign(&other).unwrap();
        assert!(post(&other).await.shows("khac.example.vn"));
        assert!(post("xin chào").await.shows("không phải một mốc ký"));
        assert_eq!(post("").await.status, StatusCode::UNPROCESSABLE_ENTITY);

        let address = witness::address_of(office.house(), &note).unwrap();
        let path = address.strip_prefix("http://loa.example").unwrap();
        assert!(
            stranger.get(path).await.shows("nhật ký vẫn giữ nguyên"),
            "{path}"
        );
        assert_eq!(witness::address_of(office.house(), &forged), None);

        office.roll_back_rows(5).await;
        assert!(stranger.get(path).await.shows("KHÔNG còn chứa nó"));
        let mut quy = office.browser().of("quy").await;
        let page = quy.get("/desk/log").await;
        assert!(
            page.shows("Nhật ký ngắn hơn nhật ký đã ký"),
            "the alarm is raised by a reader"
        );
    }
}

#[tokio::test]
async fn the_proof_of_an_entry_is_a_file_that_stands_alone() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        office
            .stage
            .person("nga", "Đỗ Nga", &[Role::Appraiser], 2)
            .await;
        office.acts(20).await;
        let mut nga = office.browser().of("nga").await;
        let list = nga.get("/desk/log").await;
        assert!(list.shows("Cơ quan: lưu"), "acts in words");
        let entry = format!(
            "/desk/log/entries/{}",
            list.text()
                .rsplit("/desk/log/entries/")
                .next()
                .unwrap()
                .split('"')
                .next()
                .unwrap()
        );
        assert!(nga.get(&entry).await.shows("agency.save"));
        let text = nga.get(&format!("{entry}/proof")).await.text();
        let file: ProofFile = serde_json::from_str(&text).unwrap();
        let key = office.house().log.key().verifier();
        let verdict = file.check(Some(key));
        assert!(verdict.ok, "{:?}", verdict.faults);
        let leaf = verdict.entry.unwrap();
        assert!(leaf.contains("agency.save"));
        assert_ne!(leaf_hash(leaf.as_bytes()), leaf_hash(b""));
        for at in (0..text.len()).step_by(7) {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            let holds = String::from_utf8(bytes)
                .ok()
                .and_then(|text| serde_json::from_str::<ProofFile>(&text).ok())
                .is_some_and(|file| file.check(Some(key)).ok && text.as_bytes()[at] > b' ');
            assert!(!holds, "byte {at}");
        }
    }
}
