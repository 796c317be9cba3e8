//! A mail server that does what a story asks of it, letter by letter, and remembers what it took.
#![expect(
    clippy::unwrap_used,
    reason = "a server of a story that cannot serve fails it"
)]

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// A point of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Mail,
    Receiver,
    Data,
    Content,
}

/// What the server does with a letter; without a word of the story it takes it.
#[derive(Clone, Debug)]
pub enum Deed {
    /// Takes it and says so.
    Take,
    /// Answers this at a step, and does not take it.
    Say(Step, &'static str),
    /// Closes the connection at a step, without a word; at the content, before it has all of it.
    Close(Step),
    /// Takes the content and closes the connection instead of saying so.
    TakeAndClose,
    /// Takes the content and says nothing more.
    TakeAndHang,
    /// Says nothing at a step until the story lets it.
    Wait(Step, Arc<Notify>),
}

/// A letter that was taken.
#[derive(Clone, Debug)]
pub struct Taken {
    pub id: String,
    pub to: String,
    pub bytes: Vec<u8>,
}

/// The server.
#[derive(Clone)]
pub struct Server {
    pub address: SocketAddr,
    pub state: Arc<State>,
}

#[derive(Default)]
pub struct State {
    deeds: Mutex<VecDeque<Deed>>,
    taken: Mutex<Vec<Taken>>,
    reached: Notify,
}

impl Server {
    pub async fn start(deeds: &[Deed]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            state: Arc::default(),
        };
        server.then(deeds);
        let state = server.state.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, state.clone()));
            }
        });
        server
    }

    /// What it does with the next letters.
    pub fn then(&self, deeds: &[Deed]) {
        self.state
            .deeds
            .lock()
            .unwrap()
            .extend(deeds.iter().cloned());
    }

    /// What it took, in order.
    pub fn taken(&self) -> Vec<Taken> {
        self.state.taken.lock().unwrap().clone()
    }

    /// Waits until a conversation has come to where it hangs or waits.
    pub async fn reached(&self) {
        self.state.reached.notified().await;
    }
}

async fn talk(stream: TcpStream, state: Arc<State>) {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read);
    if say(&mut write, "220 story").await.is_none() {
        return;
    }
    let mut deed = Deed::Take;
    let mut to = String::new();
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line).await.unwrap_or(0) == 0 {
            return;
        }
        let word = line.trim().to_uppercase();
        let step = match word.split([' ', ':']).next().unwrap_or_default() {
            "MAIL" => {
                deed = state
                    .deeds
                    .lock()
                    .unwrap()
                    .pop_front()
                    .unwrap_or(Deed::Take);
                Step::Mail
            }
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                Step::Receiver
            }
            "DATA" => Step::Data,
            "QUIT" => {
                say(&mut write, "221 bye").await;
                return;
            }
            _ => {
                say(&mut write, "250 story").await;
                continue;
            }
        };
        let usual = if step == Step::Data {
            "354 go on"
        } else {
            "250 ok"
        };
        match &deed {
            Deed::Say(at, what) if *at == step => {
                say(&mut write, what).await;
                continue;
            }
            Deed::Close(at) if *at == step => return,
            Deed::Wait(at, let_it) if *at == step => {
                state.reached.notify_one();
                let_it.notified().await;
            }
            _ => {}
        }
        if say(&mut write, usual).await.is_none() {
            return;
        }
        if step == Step::Data
            && content(&mut lines, &mut write, (&state, &deed, &to))
                .await
                .is_none()
        {
            return;
        }
    }
}

async fn content(
    lines: &mut BufReader<OwnedReadHalf>,
    write: &mut OwnedWriteHalf,
    (state, deed, to): (&State, &Deed, &str),
) -> Option<()> {
    let mut bytes = Vec::new();
    loop {
        let n = lines.read_until(b'\n', &mut bytes).await.ok()?;
        if n == 0 || matches!(deed, Deed::Close(Step::Content)) {
            return None;
        }
        if bytes.ends_with(b"\r\n.\r\n") {
            break;
        }
    }
    if let Deed::Wait(Step::Content, let_it) = deed {
        state.reached.notify_one();
        let_it.notified().await;
    }
    if let Deed::Say(Step::Content, what) = deed {
        return say(write, what).await;
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let id = text
        .split("Message-ID: ")
        .nth(1)
        .and_then(|rest| rest.split("\r\n").next());
    state.taken.lock().unwrap().push(Taken {
        id: id.unwrap_or_default().to_owned(),
        to: to.to_owned(),
        bytes,
    });
    match deed {
        Deed::TakeAndClose => None,
        Deed::TakeAndHang => {
            state.reached.notify_one();
            std::future::pending::<Option<()>>().await
        }
        _ => say(write, "250 2.0.0 taken as 42").await,
    }
}

async fn say(write: &mut OwnedWriteHalf, what: &str) -> Option<()> {
    write.write_all(format!("{what}\r\n").as_bytes()).await.ok()
}
