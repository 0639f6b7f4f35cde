//! Servers of versions that nobody has at hand any more: they say how old they are, and no more than that takes.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

/// Says that it is such an old server to whoever calls, for as long as the test's process lives.
pub struct OldServer {
    port: u16,
}

impl OldServer {
    /// A Postgres. `number` is as in `server_version_num`: 140012.
    pub fn postgres(version: &'static str, number: &'static str) -> Self {
        Self::start(move |caller| postgres(caller, version, number))
    }

    /// A nats-server.
    pub fn nats(version: &'static str) -> Self {
        Self::start(move |caller| nats(caller, version))
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    fn start(answer: impl Fn(TcpStream) -> std::io::Result<()> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("a bound port").port();
        let answer = Arc::new(answer);
        thread::spawn(move || {
            for caller in listener.incoming().flatten() {
                let answer = answer.clone();
                // A caller that hangs up has heard enough.
                thread::spawn(move || answer(caller));
            }
        });
        Self { port }
    }
}

/// The start of a session, and then one row of four columns to every question: number and name of the version, and no
/// to both whether it is a standby and whether it is read-only.
fn postgres(mut caller: TcpStream, version: &str, number: &str) -> std::io::Result<()> {
    loop {
        let mut length = [0; 4];
        caller.read_exact(&mut length)?;
        let mut start = vec![0; u32::from_be_bytes(length) as usize - 4];
        caller.read_exact(&mut start)?;
        // Encrypted? No.
        match start[..4] == 80_877_103_u32.to_be_bytes() {
            true => caller.write_all(b"N")?,
            false => break,
        }
    }
    let ready = message(b'Z', b"I");
    let welcome = [message(b'R', &0_u32.to_be_bytes()), ready.clone()].concat();
    caller.write_all(&welcome)?;
    let (int, text, boolean) = (23_u32, 25_u32, 16_u32);
    let columns: Vec<u8> = [int, text, boolean, boolean].into_iter().flat_map(column).collect();
    let number = number.parse::<i32>().expect("a number").to_be_bytes();
    let cells: Vec<u8> = [&number[..], version.as_bytes(), &[0], &[0]].into_iter().flat_map(cell).collect();
    let described =
        [message(b't', &0_u16.to_be_bytes()), message(b'T', &[&4_u16.to_be_bytes()[..], &columns].concat())];
    loop {
        let mut head = [0; 5];
        caller.read_exact(&mut head)?;
        let [kind, length @ ..] = head;
        let mut body = vec![0; u32::from_be_bytes(length) as usize - 4];
        caller.read_exact(&mut body)?;
        let answer = match kind {
            b'P' => message(b'1', b""),
            b'D' => described.concat(),
            b'B' => message(b'2', b""),
            b'E' => {
                let row = message(b'D', &[&4_u16.to_be_bytes()[..], &cells].concat());
                [row, message(b'C', b"SELECT 1\0")].concat()
            }
            b'C' => message(b'3', b""),
            b'S' => ready.clone(),
            b'X' => return Ok(()),
            _ => Vec::new(),
        };
        caller.write_all(&answer)?;
    }
}

fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 4).expect("a short message");
    [&[kind][..], &length.to_be_bytes(), body].concat()
}

/// A column without a name, of a type of any length, in text or binary as asked.
fn column(kind: u32) -> Vec<u8> {
    let (table, place, size, modifier, format) = (0_u32, 0_u16, -1_i16, -1_i32, 0_u16);
    let parts = [&b"c\0"[..], &table.to_be_bytes(), &place.to_be_bytes(), &kind.to_be_bytes(), &size.to_be_bytes()];
    [&parts.concat()[..], &modifier.to_be_bytes(), &format.to_be_bytes()].concat()
}

fn cell(value: &[u8]) -> Vec<u8> {
    let length = u32::try_from(value.len()).expect("a short value");
    [&length.to_be_bytes()[..], value].concat()
}

/// Introduces itself and answers pings.
fn nats(mut caller: TcpStream, version: &str) -> std::io::Result<()> {
    let about = format!(
        "INFO {{\"server_id\":\"OLD\",\"server_name\":\"old\",\"version\":\"{version}\",\"go\":\"go1\",\"host\":\"127.0.0.1\",\
         \"port\":4222,\"headers\":true,\"max_payload\":1048576,\"proto\":1,\"jetstream\":true}}\r\n"
    );
    caller.write_all(about.as_bytes())?;
    let lines = BufReader::new(caller.try_clone()?).lines();
    for line in lines {
        if line?.starts_with("PING") {
            caller.write_all(b"PONG\r\n")?;
        }
    }
    Ok(())
}
