//! A receiver of webhooks over a plain socket: it does what a test orders, and writes down what came.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What it does with the next call.
#[derive(Clone, Copy)]
pub enum Does {
    Answer(u16),
    /// Says it is somewhere else.
    Redirect,
    /// Hangs up without a word.
    Close,
    /// Never answers.
    Nothing,
}

#[derive(Clone)]
pub struct Call {
    pub headers: HashMap<String, String>,
    pub body: Vec<u8>,
}

impl Call {
    pub fn id(&self) -> &str {
        &self.headers["webhook-id"]
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// Worked out as the standard says it, from what arrived.
    pub fn is_signed_with(&self, secret: &str) -> bool {
        let key = BASE64.decode(secret.strip_prefix("whsec_").unwrap().as_bytes()).unwrap();
        let mut signed = format!("{}.{}.", self.id(), self.headers["webhook-timestamp"]).into_bytes();
        signed.extend_from_slice(&self.body);
        let mac = Hmac::<Sha256>::new_from_slice(&key).unwrap().chain_update(&signed).finalize().into_bytes();
        let expected = format!("v1,{}", BASE64.encode(&mac));
        self.headers["webhook-signature"].split(' ').any(|signature| signature == expected)
    }
}

#[derive(Default)]
struct Book {
    orders: VecDeque<Does>,
    calls: Vec<Call>,
}

pub struct Receiver {
    pub url: String,
    book: Arc<Mutex<Book>>,
    count: watch::Receiver<usize>,
}

impl Receiver {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let book = Arc::new(Mutex::new(Book::default()));
        let (counted, count) = watch::channel(0);
        let shared = Arc::clone(&book);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&shared), counted.clone()));
            }
        });
        Self { url, book, count }
    }

    /// What it does next, one after the other; then it takes everything.
    pub fn will(&self, orders: impl IntoIterator<Item = Does>) {
        self.book.lock().unwrap().orders.extend(orders);
    }

    pub fn calls(&self) -> Vec<Call> {
        self.book.lock().unwrap().calls.clone()
    }

    pub fn ids(&self) -> Vec<String> {
        self.calls().iter().map(|call| call.id().to_owned()).collect()
    }

    pub fn positions(&self) -> Vec<u64> {
        self.calls().iter().map(|call| call.json()["position"].as_u64().unwrap()).collect()
    }

    /// Waits until so many calls came.
    pub async fn has(&self, calls: usize) {
        let mut count = self.count.clone();
        let came = tokio::time::timeout(std::time::Duration::from_secs(60), count.wait_for(|count| *count >= calls));
        came.await.expect("the calls come").unwrap();
    }
}

async fn serve(mut stream: TcpStream, book: Arc<Mutex<Book>>, counted: watch::Sender<usize>) {
    while let Some(call) = read(&mut stream).await {
        let does = {
            let mut book = book.lock().unwrap();
            book.calls.push(call);
            book.orders.pop_front().unwrap_or(Does::Answer(204))
        };
        counted.send_modify(|count| *count += 1);
        let answer = match does {
            Does::Answer(204) => "HTTP/1.1 204 No Content\r\n\r\n".to_owned(),
            Does::Answer(status) => format!("HTTP/1.1 {status} No\r\ncontent-length: 4\r\n\r\nwhy?"),
            Does::Redirect => "HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n".to_owned(),
            Does::Close => return,
            Does::Nothing => std::future::pending().await,
        };
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

async fn read(stream: &mut TcpStream) -> Option<Call> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
            let fields = head.lines().skip(1).filter_map(|line| line.split_once(": "));
            let headers: HashMap<String, String> =
                fields.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
            let length: usize = headers.get("content-length")?.parse().ok()?;
            if bytes.len() >= end + 4 + length {
                return Some(Call { headers, body: bytes[end + 4..end + 4 + length].to_vec() });
            }
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
}
