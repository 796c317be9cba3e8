//! The same against a mail server that others wrote: aiosmtpd, with STARTTLS and a password.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a story that cannot be told fails"
)]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use db::testing::BOTH;
use house::outbox::{MailSettings, ServerOptions, Tls, deliver, text_of};

use super::office::{Plain, office};

struct Real {
    child: Child,
    port: u16,
    folder: PathBuf,
    authority: Vec<u8>,
}

impl Real {
    /// Starts the server; `./test` installs what it needs, and without it this fails.
    fn start(folder: &Path) -> Self {
        let (key, cert) = (folder.join("key.pem"), folder.join("cert.pem"));
        let made = Command::new("openssl")
            .args([
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "3650",
                "-subj",
                "/CN=localhost",
            ])
            .args([
                "-addext",
                "subjectAltName=DNS:localhost",
                "-addext",
                "basicConstraints=critical,CA:FALSE",
            ])
            .arg("-keyout")
            .arg(&key)
            .arg("-out")
            .arg(&cert)
            .stderr(Stdio::null())
            .status()
            .expect("openssl, which ./test installs");
        assert!(made.success());
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outbox/real_server.py");
        let mails = folder.join("mails");
        let mut child = Command::new(python())
            .arg(script)
            .args([&cert, &key, &mails])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        Self {
            port: line.trim().parse().unwrap(),
            child,
            folder: mails,
            authority: std::fs::read(cert).unwrap(),
        }
    }

    fn settings(&self, password: &str) -> MailSettings {
        let options = ServerOptions {
            address: format!("localhost:{}", self.port),
            tls: Tls::Starttls,
            user: Some("loa".to_owned()),
            password: Some(password.to_owned()),
            authority: Some(self.authority.clone()),
        };
        MailSettings::server("Loa của Sở <loa@stp.example>", options).unwrap()
    }

    fn mails(&self) -> Vec<Vec<u8>> {
        let folder = std::fs::read_dir(self.folder.join("new"));
        let files = folder.map(|files| files.map(|file| file.unwrap().path()).collect::<Vec<_>>());
        files
            .unwrap_or_default()
            .iter()
            .map(|path| std::fs::read(path).unwrap())
            .collect()
    }
}

/// A Python that has aiosmtpd: Debian's own has what apt installs, whichever comes first in the path.
fn python() -> &'static str {
    let has_it = |python: &&str| {
        let mut asking = Command::new(python);
        let asking = asking.args(["-c", "import aiosmtpd"]).stderr(Stdio::null());
        asking.status().is_ok_and(|status| status.success())
    };
    let all = ["python3", "/usr/bin/python3"];
    all.into_iter()
        .find(has_it)
        .expect("python3-aiosmtpd, which ./test installs")
}

impl Drop for Real {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn a_real_server_takes_letters_behind_tls_and_a_password() {
    for backend in BOTH {
        let office = office(backend).await;
        let real = Real::start(&office.stage.dir());
        let wrong = office.node_with(real.settings("sai mật khẩu"));
        let id = office
            .writes(
                0,
                Some("Nhắc việc: hạn nộp tin “Một cửa” là 15/6 – còn 2 ngày"),
            )
            .await;
        deliver(&wrong, &Plain).await.unwrap();
        let (state, reply) = office.stands(id).await;
        assert_eq!(state, "waiting", "{reply}");
        assert!(reply.contains("535"), "{reply}");
        assert!(real.mails().is_empty());

        office.later(5);
        let node = office.node_with(real.settings("đúng mật khẩu"));
        for n in 0..5 {
            office.writes(n % 2, Some(&format!("Thư {n}"))).await;
        }
        deliver(&node, &Plain).await.unwrap();
        let (state, reply) = office.stands(id).await;
        assert_eq!(state, "sent", "{reply}");
        let mails = real.mails();
        assert_eq!(mails.len(), 6);
        let mine = mails
            .iter()
            .find(|mail| String::from_utf8_lossy(mail).contains(&id.to_string()));
        // A Maildir has lines as its machine ends them.
        let bytes = String::from_utf8_lossy(mine.unwrap()).replace('\n', "\r\n");
        assert!(text_of(bytes.as_bytes()).contains("hạn nộp tin “Một cửa” là 15/6 – còn 2 ngày"));
    }
}

#[tokio::test]
async fn a_server_that_nobody_certified_gets_nothing() {
    let office = office(BOTH[0]).await;
    let real = Real::start(&office.stage.dir());
    let options = ServerOptions {
        address: format!("localhost:{}", real.port),
        tls: Tls::Starttls,
        user: Some("loa".to_owned()),
        password: Some("đúng mật khẩu".to_owned()),
        authority: None,
    };
    let node = office.node_with(MailSettings::server("loa@stp.example", options).unwrap());
    let id = office.writes(0, Some("Bí mật")).await;
    deliver(&node, &Plain).await.unwrap();
    let (state, reply) = office.stands(id).await;
    assert_eq!(state, "waiting");
    assert!(reply.to_lowercase().contains("certificate"), "{reply}");
    assert!(real.mails().is_empty());
}
