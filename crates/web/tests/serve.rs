//! Stories of the accept loop, over real sockets.
//!
//! Where a deadline is the matter, the loop is given a very short one and the test waits for the
//! socket to close. A test sleeps only where it must show that a deadline does not apply.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot be set up fails"
)]

use std::future::pending;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use base::limits::FORM_BYTES_MAX;
use base::{Clock, Ids};
use db::Backend;
use db::testing::{Fresh, fresh};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;
use web::{
    Assets, Cacheable, Dictionary, Form, Found, Page, PageCache, Parts, Peer, Policy, Public, Rate,
    ServeOptions, Sessions, Site, SiteOptions, get, mount, post, serve, serve_admin,
};

/// No test should wait longer than this for anything.
const PATIENCE: Duration = Duration::from_secs(20);
const SHORT: Duration = Duration::from_millis(40);
const LONG: Duration = Duration::from_secs(60);

struct Nobody;

impl Sessions for Nobody {
    fn find<'a>(&'a self, _: &'a str, _: bool) -> Found<'a> {
        Box::pin(async { Ok(None) })
    }
}

#[derive(Clone, Default)]
struct Slow {
    has_begun: Arc<Notify>,
    may_end: Arc<Notify>,
}

async fn page(public: Public) -> Page {
    let words = format!("<p>{} {}</p>", public.lang.as_str(), public.path);
    Ok(Cacheable::html(words.repeat(100), vec!["article/1".to_owned()]).into_response())
}

async fn slow(State(slow): State<Slow>) -> Page {
    slow.has_begun.notify_one();
    slow.may_end.notified().await;
    Ok("done".into_response())
}

async fn form(form: Form) -> Page {
    Ok(form.value("name").to_owned().into_response())
}

async fn who(axum::Extension(Peer(peer)): axum::Extension<Peer>) -> Page {
    Ok(peer.to_string().into_response())
}

async fn nth(Path(n): Path<u32>) -> Page {
    Ok(n.to_string().into_response())
}

/// A served site.
struct House {
    site: Site,
    address: SocketAddr,
    slow: Slow,
    stop: Option<oneshot::Sender<()>>,
    ended: JoinHandle<()>,
    _fresh: Fresh,
}

impl House {
    async fn open(options: ServeOptions) -> Self {
        let fresh = fresh(Backend::Sqlite).await.unwrap();
        let site = Site::new(Parts {
            db: fresh.db.clone(),
            clock: Clock::system(),
            ids: Ids::random(),
            pages: PageCache::new(1 << 22),
            assets: Box::leak(Box::new(Assets::embedded())),
            words: Box::leak(Box::new(Dictionary::new(&[web::WORDS]).unwrap())),
            nav: Vec::new(),
            sessions: Box::new(Nobody),
            options: SiteOptions {
                base_url: "http://loa.example".to_owned(),
                cache_bytes_max: 1 << 22,
            },
        });
        let slow_state = Slow::default();
        let routes = vec![
            get("/tin/{slug}", Policy::Public, page),
            get("/slow", Policy::Public, slow),
            get("/who", Policy::Public, who),
            get("/nth/{n}", Policy::Public, nth),
            post("/form", Policy::Public, form),
            post("/door", Policy::Public, form).rate(Rate::SignIn),
        ];
        let (router, _) = mount(routes, slow_state.clone(), &site);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let served = site.clone();
        let ended = tokio::spawn(async move {
            let stopped = async { stopped.await.unwrap_or(()) };
            serve(listener, served, router, options, stopped)
                .await
                .unwrap();
        });
        Self {
            site,
            address,
            slow: slow_state,
            stop: Some(stop),
            ended,
            _fresh: fresh,
        }
    }

    async fn visitor(&self) -> Visitor {
        Visitor {
            stream: BufReader::new(TcpStream::connect(self.address).await.unwrap()),
        }
    }

    fn stop(&mut self) {
        self.stop.take().unwrap().send(()).unwrap();
    }
}

fn patient() -> ServeOptions {
    ServeOptions {
        first_byte: LONG,
        header: LONG,
        idle: LONG,
        ..ServeOptions::default()
    }
}

struct Visitor {
    stream: BufReader<TcpStream>,
}

#[derive(Debug)]
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(found, _)| found == name)
            .map(|(_, value)| value.as_str())
    }

    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }
}

impl Visitor {
    async fn write(&mut self, text: &str) {
        self.stream.write_all(text.as_bytes()).await.unwrap();
    }

    async fn ask(&mut self, method: &str, path: &str, headers: &str) -> Answer {
        self.write(&format!(
            "{method} {path} HTTP/1.1\r\nhost: loa.example\r\n{headers}\r\n"
        ))
        .await;
        self.answer(method != "HEAD").await
    }

    async fn get(&mut self, path: &str, headers: &str) -> Answer {
        self.ask("GET", path, headers).await
    }

    async fn post(&mut self, path: &str, body: &str) -> Answer {
        let kind = "content-type: application/x-www-form-urlencoded\r\n";
        let head = format!("{kind}content-length: {}\r\n", body.len());
        self.write(&format!(
            "POST {path} HTTP/1.1\r\nhost: loa.example\r\n{head}\r\n{body}"
        ))
        .await;
        self.answer(true).await
    }

    async fn answer(&mut self, has_body: bool) -> Answer {
        tokio::time::timeout(PATIENCE, self.read_answer(has_body))
            .await
            .expect("no answer came")
    }

    async fn read_answer(&mut self, has_body: bool) -> Answer {
        let line = self.line().await;
        let status: u16 = line
            .split(' ')
            .nth(1)
            .expect("a status line")
            .parse()
            .unwrap();
        let mut headers = Vec::new();
        loop {
            let line = self.line().await;
            let Some((name, value)) = line.split_once(": ") else {
                break;
            };
            headers.push((name.to_owned(), value.to_owned()));
        }
        let mut answer = Answer {
            status,
            headers,
            body: Vec::new(),
        };
        if has_body && status != 304 && status != 204 {
            let length: usize = answer
                .header("content-length")
                .expect("a length")
                .parse()
                .unwrap();
            answer.body = vec![0; length];
            self.stream.read_exact(&mut answer.body).await.unwrap();
        }
        answer
    }

    async fn line(&mut self) -> String {
        let mut line = String::new();
        self.stream.read_line(&mut line).await.unwrap();
        line.trim_end().to_owned()
    }

    /// Waits until the house closes the connection; nothing more may have come.
    async fn is_closed(&mut self) {
        let mut rest = Vec::new();
        let reading = self.stream.read_to_end(&mut rest);
        // A reset is a close too: the house had unread bytes.
        let _ = tokio::time::timeout(PATIENCE, reading)
            .await
            .expect("the connection stays open");
        assert!(rest.is_empty(), "{}", String::from_utf8_lossy(&rest));
    }
}

#[tokio::test]
async fn a_visitor_who_says_nothing_is_let_go_after_the_first_byte_deadline() {
    let house = House::open(ServeOptions {
        first_byte: SHORT,
        ..patient()
    })
    .await;
    house.visitor().await.is_closed().await;
}

#[tokio::test]
async fn a_head_that_trickles_is_let_go_after_the_header_deadline() {
    let house = House::open(ServeOptions {
        header: SHORT,
        ..patient()
    })
    .await;
    let mut visitor = house.visitor().await;
    visitor.write("GET /tin/a HTTP/1.1\r\nhost: ").await;
    visitor.is_closed().await;
    // More bytes do not move the deadline, nor does an answered request before.
    let house = House::open(ServeOptions {
        header: Duration::from_millis(200),
        ..patient()
    })
    .await;
    let visitor = house.visitor().await;
    let (mut reading, mut writing) = visitor.stream.into_inner().into_split();
    let request = b"GET /tin/a HTTP/1.1\r\nhost: a\r\nconnection: keep-alive\r\n\r\nGET /t";
    writing.write_all(request).await.unwrap();
    let trickle = async {
        while writing.write_all(b"x").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let mut all = Vec::new();
    tokio::select! {
        () = trickle => {}
        _ = reading.read_to_end(&mut all) => {}
        () = tokio::time::sleep(PATIENCE) => panic!("a trickle keeps the connection"),
    }
}

#[tokio::test]
async fn a_kept_connection_rests_longer_than_a_head_may_take_and_ends_when_idle() {
    let resting = ServeOptions {
        header: SHORT,
        ..patient()
    };
    let house = House::open(resting).await;
    let mut visitor = house.visitor().await;
    assert_eq!(visitor.get("/tin/a", "").await.status, 200);
    // Longer than the deadline for a head: this is the one thing that only time can show.
    tokio::time::sleep(SHORT * 4).await;
    assert_eq!(
        visitor.get("/tin/a", "").await.status,
        200,
        "a resting connection was closed"
    );

    let house = House::open(ServeOptions {
        idle: SHORT,
        ..patient()
    })
    .await;
    let mut visitor = house.visitor().await;
    assert_eq!(visitor.get("/tin/a", "").await.status, 200);
    visitor.is_closed().await;
}

#[tokio::test]
async fn work_that_takes_longer_than_idle_is_not_cut() {
    let house = House::open(ServeOptions {
        idle: SHORT,
        header: SHORT,
        ..patient()
    })
    .await;
    let mut visitor = house.visitor().await;
    visitor.write("GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
    house.slow.has_begun.notified().await;
    tokio::time::sleep(SHORT * 4).await;
    house.slow.may_end.notify_one();
    assert_eq!(visitor.answer(true).await.text(), "done");
}

#[tokio::test]
async fn the_connection_beyond_the_last_slot_is_refused_until_one_is_free() {
    let house = House::open(ServeOptions {
        connections_max: 1,
        ..patient()
    })
    .await;
    let mut first = house.visitor().await;
    assert_eq!(first.get("/tin/a", "").await.status, 200);
    house.visitor().await.is_closed().await;
    assert_eq!(first.get("/tin/a", "").await.status, 200);
    drop(first);
    let served = async {
        loop {
            let mut next = house.visitor().await;
            next.write("GET /tin/a HTTP/1.1\r\nhost: a\r\n\r\n").await;
            let mut byte = [0];
            if matches!(next.stream.read(&mut byte).await, Ok(1)) {
                return;
            }
        }
    };
    tokio::time::timeout(PATIENCE, served)
        .await
        .expect("the slot is not given back");
}

#[tokio::test]
async fn a_ready_page_comes_in_every_encoding_with_its_own_length_and_tag() {
    let house = House::open(patient()).await;
    let mut visitor = house.visitor().await;
    let first = visitor.get("/tin/a", "").await;
    let ready = async {
        loop {
            // Gzip is made after brotli: where there is the one, there is the other.
            let gzip = visitor.get("/tin/a", "accept-encoding: gzip\r\n").await;
            let brotli = visitor.get("/tin/a", "accept-encoding: br\r\n").await;
            if gzip.header("content-encoding").is_some() {
                return (brotli, gzip);
            }
            tokio::task::yield_now().await;
        }
    };
    let (brotli, gzip) = tokio::time::timeout(PATIENCE, ready)
        .await
        .expect("never compressed");
    assert_eq!(brotli.header("content-encoding"), Some("br"));
    assert_eq!(gzip.header("content-encoding"), Some("gzip"));
    assert!(brotli.body.len() < first.body.len() && gzip.body.len() < first.body.len());
    let plain = visitor.get("/tin/a", "").await;
    assert_eq!(plain.body, first.body);
    let tags = [&plain, &gzip, &brotli].map(|answer| answer.header("etag").unwrap().to_owned());
    assert!(tags[0] != tags[1] && tags[1] != tags[2]);

    let head = visitor.ask("HEAD", "/tin/a", "").await;
    assert_eq!(
        (head.status, head.header("content-length")),
        (200, Some("1600"))
    );
    assert_eq!(head.header("etag"), plain.header("etag"));
    for tag in &tags {
        let known = visitor
            .get("/tin/a", &format!("if-none-match: {tag}\r\n"))
            .await;
        assert_eq!((known.status, known.body.len()), (304, 0));
    }
    assert_eq!(
        visitor
            .get("/tin/a", "if-none-match: \"other\"\r\n")
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_head_request_makes_a_page_that_a_get_then_finds_whole() {
    let house = House::open(patient()).await;
    let mut visitor = house.visitor().await;
    let head = visitor.ask("HEAD", "/tin/a", "").await;
    assert_eq!(
        (head.status, head.header("content-length")),
        (200, Some("1600"))
    );
    assert_eq!(visitor.get("/tin/a", "").await.body.len(), 1600);
    assert_eq!(house.site.pages.len(), 1);
}

#[tokio::test]
async fn the_english_prefix_is_another_page_of_the_same_route() {
    let house = House::open(patient()).await;
    let mut visitor = house.visitor().await;
    for _ in 0..2 {
        assert!(
            visitor
                .get("/tin/a", "")
                .await
                .text()
                .starts_with("<p>vi /tin/a</p>")
        );
        assert!(
            visitor
                .get("/en/tin/a", "")
                .await
                .text()
                .starts_with("<p>en /tin/a</p>")
        );
    }
    assert_eq!(house.site.pages.len(), 2);
    house.site.pages.drop_tags(&["article/1".to_owned()]);
    assert!(house.site.pages.is_empty());
}

#[tokio::test]
async fn an_address_that_does_not_exist_is_a_page_in_the_readers_language() {
    let house = House::open(patient()).await;
    let mut visitor = house.visitor().await;
    for (path, words) in [
        ("/nowhere", "Không có trang này"),
        ("/en/nowhere", "lang=\"en\""),
        ("/nth/x", "Không có trang này"),
    ] {
        let answer = visitor.get(path, "").await;
        assert!([400, 404].contains(&answer.status), "{}", answer.status);
        assert!(answer.text().contains(words), "{}", answer.text());
        assert!(answer.header("content-security-policy").is_some());
    }
    assert!(house.site.pages.is_empty());
}

#[tokio::test]
async fn a_form_that_is_too_large_is_told_so_and_the_connection_lives() {
    let house = House::open(patient()).await;
    let mut visitor = house.visitor().await;
    let large = format!("name={}", "x".repeat(FORM_BYTES_MAX + 3_000_000));
    let answer = visitor.post("/form", &large).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("quá lớn"));
    assert_eq!(visitor.post("/form", "name=loa").await.text(), "loa");
}

#[tokio::test]
async fn a_network_that_comes_too_often_is_told_when_to_come_back() {
    let house = House::open(patient()).await;
    let mut visitor = house.visitor().await;
    let mut last = None;
    for _ in 0..40 {
        let answer = visitor.post("/door", "name=a").await;
        if answer.status == 429 {
            last = Some(answer);
            break;
        }
        assert_eq!(answer.status, 200);
    }
    let told = last.expect("nobody was told to wait");
    assert_eq!(told.header("retry-after"), Some("2"));
    assert!(told.text().contains("Hãy thử lại sau 2 giây"));
    assert_eq!(
        visitor.post("/form", "name=a").await.status,
        200,
        "another class is another count"
    );
    assert_eq!(
        visitor.get("/tin/a", "").await.status,
        200,
        "reading is not counted"
    );
}

#[tokio::test]
async fn only_a_trusted_proxy_says_who_its_client_is() {
    let forwarded = "x-forwarded-for: 198.51.100.9, 203.0.113.7\r\n";
    let split = "x-forwarded-for: 198.51.100.9\r\nx-forwarded-for: 203.0.113.7\r\n";
    let chained = "x-forwarded-for: 198.51.100.9, 203.0.113.7, 127.0.0.1\r\n";
    let broken = "x-forwarded-for: 203.0.113.7, nobody\r\n";
    let house = House::open(patient()).await;
    assert_eq!(
        house.visitor().await.get("/who", forwarded).await.text(),
        "127.0.0.1"
    );
    let trusting = ServeOptions {
        trusted_proxies: vec![[127, 0, 0, 1].into()],
        ..patient()
    };
    let house = House::open(trusting).await;
    let mut visitor = house.visitor().await;
    for (headers, client) in [
        (forwarded, "203.0.113.7"),
        (split, "203.0.113.7"),
        (chained, "203.0.113.7"),
        (broken, "127.0.0.1"),
        ("", "127.0.0.1"),
    ] {
        assert_eq!(
            visitor.get("/who", headers).await.text(),
            client,
            "{headers}"
        );
    }
}

#[tokio::test]
async fn a_stop_lets_the_running_request_end_and_refuses_the_next_visitor() {
    let mut house = House::open(ServeOptions {
        stop: LONG,
        ..patient()
    })
    .await;
    let (mut busy, mut resting, mut silent) = (
        house.visitor().await,
        house.visitor().await,
        house.visitor().await,
    );
    assert_eq!(resting.get("/tin/a", "").await.status, 200);
    busy.write("GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
    house.slow.has_begun.notified().await;
    house.stop();
    resting.is_closed().await;
    silent.is_closed().await;
    assert!(
        TcpStream::connect(house.address).await.is_err(),
        "the door is still open"
    );
    assert!(!house.ended.is_finished());
    house.slow.may_end.notify_one();
    assert_eq!(busy.answer(true).await.text(), "done");
    busy.is_closed().await;
    tokio::time::timeout(PATIENCE, house.ended)
        .await
        .expect("serve does not end")
        .unwrap();
}

#[tokio::test]
async fn a_request_that_never_ends_does_not_hold_a_stop_for_ever() {
    let mut house = House::open(ServeOptions {
        stop: SHORT,
        ..patient()
    })
    .await;
    let mut busy = house.visitor().await;
    busy.write("GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
    house.slow.has_begun.notified().await;
    house.stop();
    tokio::time::timeout(PATIENCE, house.ended)
        .await
        .expect("serve does not end")
        .unwrap();
}

#[tokio::test]
async fn the_operator_sees_health_readiness_and_the_counters() {
    let house = House::open(patient()).await;
    let mut visitor = house.visitor().await;
    for path in ["/tin/a", "/tin/a", "/tin/a", "/nowhere"] {
        visitor.get(path, "").await;
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(serve_admin(listener, house.site.clone(), pending()));
    let mut operator = Visitor {
        stream: BufReader::new(TcpStream::connect(address).await.unwrap()),
    };
    assert_eq!(operator.get("/healthz", "").await.text(), "ok");
    assert_eq!(operator.get("/readyz", "").await.status, 200);
    let metrics = operator.get("/metrics", "").await.text();
    for line in [
        "loa_http_answers_total{class=\"2xx\"} 3",
        "loa_http_answers_total{class=\"4xx\"} 1",
        "loa_page_cache_total{result=\"hit\"} 2",
        "loa_page_cache_total{result=\"miss\"} 1",
        "loa_page_cache_pages 1",
        "loa_connections_open 1",
    ] {
        assert!(
            metrics.lines().any(|found| found == line),
            "{line} is not in\n{metrics}"
        );
    }
    house.site.db.close().await;
    assert_eq!(operator.get("/healthz", "").await.status, 200);
    assert_eq!(operator.get("/readyz", "").await.status, 503);
}
