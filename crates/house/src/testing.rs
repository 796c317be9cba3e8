//! A house on a fresh database, with an agency, its units and people, and a browser that asks the
//! router without a network. For the story tests of this crate and of those above it.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot be set up fails"
)]

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use base::id::{AccountId, AgencyId, RowId, UnitId};
use base::{Clock, Ids, Role, Roles};
use db::Backend;
use db::testing::{Fresh, fresh};
use http::header::{self, HeaderMap};
use http::{Request, StatusCode};
use jiff::civil::date;
use tower::ServiceExt;
use web::{Assets, Dictionary, PageCache, Parts, Peer, Route, Site, SiteOptions, WordFile};

use crate::House;
use crate::audit::SigningKey;
use crate::files::Files;
use crate::people::account::Details;
use crate::people::account_store::{self, NewPassword};
use crate::people::agency::{AgencyNames, UnitNames};
use crate::people::agency_store;
use crate::people::password::Passwords;
use crate::people::sign_in::SessionFinder;
use crate::witness::egress::Egress;
use crate::witness::{Log, LogOptions};

/// Everybody's password on the stage.
pub const PASSWORD: &str = "trời hôm nay nhiều mây";

/// The names of the units on the stage, in their order.
pub const UNITS: [&str; 3] = [
    "Văn phòng Sở",
    "Phòng Phổ biến, giáo dục pháp luật",
    "Thanh tra Sở",
];

/// A house with an agency and its units, at 16:41 on Monday 6 March 2023.
pub struct Stage {
    /// The house.
    pub house: House,
    /// The agency.
    pub agency: AgencyId,
    /// Its units, as in [`UNITS`].
    pub units: Vec<UnitId>,
    fresh: Fresh,
}

impl Stage {
    /// A fresh stage on one of the databases, with these words beside the house's own.
    pub async fn open(backend: Backend, words: &[WordFile]) -> Self {
        let fresh = fresh(backend).await.expect("a fresh database");
        let clock = Clock::manual("2023-03-06T16:41:00+07:00".parse().unwrap());
        let mut all = vec![web::WORDS];
        all.extend(crate::WORDS);
        all.extend_from_slice(words);
        let words: &'static Dictionary = Box::leak(Box::new(Dictionary::new(&all).expect("words")));
        let house = house(fresh.db.clone(), clock, words, fresh.dir.path());
        let (agency, units) = furnish(&house).await;
        Self {
            house,
            agency,
            units,
            fresh,
        }
    }

    /// The house's process ends, something is done to what it leaves behind, and another process
    /// begins in the same folder.
    pub async fn restart(&mut self, meanwhile: impl FnOnce(&std::path::Path)) {
        // Who still holds a connection of the old process does not hold up the new one.
        let closing = self.house.db.close();
        let _ = tokio::time::timeout(std::time::Duration::from_secs(1), closing).await;
        meanwhile(self.fresh.dir.path());
        let options = db::Options {
            readers_max: 2,
            is_durable: false,
        };
        self.fresh.db = db::Db::open(&self.fresh.target, &options).await.unwrap();
        let (clock, words) = (self.house.clock.clone(), self.house.words);
        self.house = house(self.fresh.db.clone(), clock, words, self.fresh.dir.path());
    }

    /// A person of a unit with these roles; signs in as `{word}@loa.example`.
    pub async fn person(&self, word: &str, name: &str, roles: &[Role], unit: usize) -> AccountId {
        let id: AccountId = self.house.ids.next(&self.house.clock);
        let hash = self.house.passwords.hash(PASSWORD).await.unwrap();
        let details = Details {
            email: format!("{word}@loa.example"),
            name: name.to_owned(),
            pen_name: crate::people::account::initials(name),
            job_title: String::new(),
            unit: self.units.get(unit).copied(),
            roles: Roles::of(roles),
        };
        let password = NewPassword {
            hash: &hash,
            must_change: false,
        };
        let mut act = self.house.db.act().await.unwrap();
        let now = self.house.clock.now_ms();
        account_store::add(&mut act, id, self.agency, &details, password, now)
            .await
            .unwrap();
        act.commit().await.unwrap();
        id
    }

    /// A browser that asks these routes.
    pub fn browser<S>(&self, routes: Vec<Route<S>>, state: S) -> Browser
    where
        S: Clone + Send + Sync + 'static,
    {
        let (router, _) = web::mount(routes, state, &self.house.site);
        let (own, _) = web::mount(crate::routes(), self.house.clone(), &self.house.site);
        Browser {
            router: router.merge(own),
            cookies: Vec::new(),
        }
    }

    /// A folder of the test's own.
    pub fn dir(&self) -> PathBuf {
        self.fresh.dir.path().to_owned()
    }
}

fn house(db: db::Db, clock: Clock, words: &'static Dictionary, dir: &std::path::Path) -> House {
    let site = Site::new(Parts {
        db: db.clone(),
        clock: clock.clone(),
        ids: Ids::random(),
        pages: PageCache::new(1 << 22),
        assets: Box::leak(Box::new(Assets::embedded())),
        words,
        nav: Vec::new(),
        sessions: Box::new(SessionFinder { db, clock }),
        options: SiteOptions {
            base_url: "http://loa.example".to_owned(),
            cache_bytes_max: 1 << 22,
        },
    });
    House {
        site,
        files: Files::open(&dir.join("files")).unwrap(),
        passwords: Passwords::cheap().unwrap(),
        followers: &[],
        mail: crate::outbox::Mail::default(),
        log: log(&dir.join("log.seen")),
        menu: |_, _, _| Box::pin(async { Ok(Vec::new()) }),
    }
}

/// The log of a stage: always the same key, a note of its own in the stage's folder, and other
/// houses on this machine may be asked.
fn log(own_file: &std::path::Path) -> Log {
    let key = SigningKey::from_seed("stp.example.vn/loa", [3; 32]).unwrap();
    let options = LogOptions {
        own_file: Some(own_file.to_owned()),
        witness_file: None,
        egress: Egress::new(None, true).unwrap(),
    };
    Log::new(Arc::new(key), options).unwrap()
}

async fn furnish(house: &House) -> (AgencyId, Vec<UnitId>) {
    let names = AgencyNames {
        name: "Sở Tư pháp tỉnh Bình Định".to_owned(),
        short_name: "Sở Tư pháp".to_owned(),
        symbol: "STP".to_owned(),
        superior: "Ủy ban nhân dân tỉnh Bình Định".to_owned(),
        place: "Bình Định".to_owned(),
        ..AgencyNames::default()
    };
    let from = || agency_store::From {
        row: house.ids.next::<RowId>(&house.clock),
        day: date(2016, 1, 1),
    };
    let now = house.clock.now_ms();
    let agency: AgencyId = house.ids.next(&house.clock);
    let mut act = house.db.act().await.unwrap();
    agency_store::add(&mut act, agency, &names, from(), now)
        .await
        .unwrap();
    let mut units = Vec::new();
    for name in UNITS {
        let unit: UnitId = house.ids.next(&house.clock);
        let names = UnitNames {
            name: name.to_owned(),
            short_name: name.to_owned(),
            symbol: String::new(),
        };
        agency_store::add_unit(&mut act, agency, unit, &names, from(), now)
            .await
            .unwrap();
        units.push(unit);
    }
    act.commit().await.unwrap();
    (agency, units)
}

/// What the router answered.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// Where the answer sends the browser; empty if nowhere.
    pub fn location(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
    }

    /// Whether the page shows these words.
    pub fn shows(&self, words: &str) -> bool {
        self.text().contains(words)
    }
}

/// Asks a router as a browser would: keeps cookies, says where a form comes from.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    cookies: Vec<(String, String)>,
}

impl Browser {
    /// The same router with nobody signed in.
    #[must_use]
    pub fn stranger(&self) -> Self {
        Self {
            router: self.router.clone(),
            cookies: Vec::new(),
        }
    }

    /// A browser in which this person has signed in.
    pub async fn of(&self, word: &str) -> Self {
        let mut browser = self.stranger();
        let answer = browser
            .post(
                "/desk/sign-in",
                &[
                    ("email", &format!("{word}@loa.example")),
                    ("password", PASSWORD),
                ],
            )
            .await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{word} cannot sign in"
        );
        browser
    }

    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    /// Sends a form.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
            .collect();
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.join("&")))
            .unwrap();
        self.send(request).await
    }

    /// Sends a form with a file.
    pub async fn upload(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        file: (&str, &str, &[u8]),
    ) -> Answer {
        const EDGE: &str = "----edge-of-a-part";
        let mut body = Vec::new();
        for (name, value) in fields {
            let head =
                format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend_from_slice(format!("{head}{value}\r\n").as_bytes());
        }
        let (name, file_name, bytes) = file;
        let head = format!(
            "--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file_name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{EDGE}--\r\n").as_bytes());
        let request = Request::post(path)
            .header(
                header::CONTENT_TYPE,
                format!("multipart/form-data; boundary={EDGE}"),
            )
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    /// Sends any request with the browser's cookies.
    pub async fn send(&mut self, mut request: Request<Body>) -> Answer {
        let line: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let headers = request.headers_mut();
        if !line.is_empty() {
            headers.insert(header::COOKIE, line.join("; ").parse().unwrap());
        }
        headers
            .entry("sec-fetch-site")
            .or_insert("same-origin".parse().unwrap());
        request
            .extensions_mut()
            .insert(Peer(IpAddr::from([127, 0, 0, 1])));
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        self.keep_cookies(&parts.headers);
        let bytes = axum::body::to_bytes(body, usize::MAX)
            .await
            .unwrap()
            .to_vec();
        Answer {
            status: parts.status,
            headers: parts.headers,
            bytes,
        }
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for line in headers.get_all(header::SET_COOKIE) {
            let pair = line
                .to_str()
                .unwrap()
                .split(';')
                .next()
                .unwrap_or_default()
                .to_owned();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.retain(|(kept, _)| kept != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
    }
}

fn escape(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
