//! Letters, against a real mail server that fails on purpose.

use std::io::{BufRead, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use sandan_app::accounts::NewUser;
use sandan_app::notices::Smtp;
use sandan_app::{Caller, FileRequest};
use sandan_domain::Role;
use serde_json::Value;

use super::{administrator, job, later};
use crate::world::{World, a_request, text};

struct MailServer {
    process: Child,
    lines: Lines<BufReader<ChildStdout>>,
    orders: tempfile::NamedTempFile,
    port: u16,
}

impl MailServer {
    fn start() -> Self {
        let orders = tempfile::NamedTempFile::new().unwrap();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/app/notices/mail_server.py");
        let mut process = Command::new(python())
            .arg(script)
            .arg(orders.path())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python with aiosmtpd (tests/run installs it)");
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines.next().expect("the mail server says its port").unwrap().parse().unwrap();
        Self { process, lines, orders, port }
    }

    fn will(&self, orders: &str) {
        std::fs::write(self.orders.path(), orders).unwrap();
    }

    fn smtp(&self) -> Option<Smtp> {
        Some(Smtp { url: format!("smtp://127.0.0.1:{}", self.port), from: "sandan@elm.example".to_owned() })
    }

    /// The next letter that was taken.
    fn letter(&mut self) -> Value {
        serde_json::from_str(&self.lines.next().expect("a letter").unwrap()).unwrap()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

/// The one that has aiosmtpd beside it.
fn python() -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/tools/bin");
    let folder = std::env::var_os("SANDAN_TEST_TOOLS").map_or(workspace, PathBuf::from);
    let python = folder.join("python3");
    if python.exists() { python } else { PathBuf::from("python3") }
}

fn message_id(letter: &Value) -> String {
    let text = letter["text"].as_str().unwrap();
    text.lines().find_map(|line| line.strip_prefix("Message-ID: ")).expect("a message id").to_owned()
}

async fn files_with_mail(world: &World, email: &str) -> sandan_app::Filed {
    let request = FileRequest { email: text(email), ..a_request() };
    world.app.file(&Caller::resident(), request).await.unwrap().outcome
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resident_with_an_address_gets_letters_in_order_whatever_the_server_does() {
    let (world, mut server) = (World::new().await, MailServer::start());
    let (job, hand) = job(&world, server.smtp());
    job.send_due().await.unwrap();
    server.will("451 drop");
    let filed = files_with_mail(&world, "wang@home.example").await;
    world.accepts(filed.request).await;
    world.dispatches(filed.request, "roads").await;
    // Who gave no address gets none.
    world.files().await;
    for _ in 0..3 {
        job.send_due().await.unwrap();
        later(&hand);
    }
    job.send_due().await.unwrap();
    let (received, dispatched) = (server.letter(), server.letter());
    assert_eq!(received["to"][0], "wang@home.example");
    assert_eq!(received["from"], "sandan@elm.example");
    assert!(message_id(&received).ends_with("@elm.example>"));
    assert_ne!(message_id(&received), message_id(&dispatched));
    assert!(received["text"].as_str().unwrap().contains("multipart/alternative"));
    let standing = world.app.notices(&administrator()).await.unwrap();
    assert!(standing.waiting.is_empty() && standing.dead.is_empty(), "{standing:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_is_refused_for_good_is_laid_aside_and_can_be_tried_again() {
    let (world, mut server) = (World::new().await, MailServer::start());
    let (job, _) = job(&world, server.smtp());
    job.send_due().await.unwrap();
    server.will("550");
    files_with_mail(&world, "wang@home.example").await;
    job.send_due().await.unwrap();
    let standing = world.app.notices(&administrator()).await.unwrap();
    let [dead] = &standing.dead[..] else { panic!("one is laid aside: {standing:?}") };
    assert!(dead.last_error.as_ref().unwrap().contains("550"), "{dead:?}");
    world.app.retry_notices(&administrator(), None).await.unwrap();
    job.send_due().await.unwrap();
    assert!(message_id(&server.letter()).contains(&dead.id.to_string()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happened_while_mail_was_off_is_not_told_later() {
    let (world, mut server) = (World::new().await, MailServer::start());
    let (off, _) = job(&world, None);
    files_with_mail(&world, "early@home.example").await;
    off.send_due().await.unwrap();
    let (on, _) = job(&world, server.smtp());
    on.send_due().await.unwrap();
    let (off, _) = job(&world, None);
    off.send_due().await.unwrap();
    files_with_mail(&world, "between@home.example").await;
    off.send_due().await.unwrap();
    on.send_due().await.unwrap();
    files_with_mail(&world, "late@home.example").await;
    on.send_due().await.unwrap();
    assert_eq!(server.letter()["to"][0], "late@home.example");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_accounts_of_a_unit_are_told_of_its_work() {
    let (world, mut server) = (World::new().await, MailServer::start());
    let accounts = world.app.accounts();
    for (name, unit) in [("li", "roads"), ("zhou", "water")] {
        let unit = Some(unit.parse().unwrap());
        let (role, password) = (Role::Unit, "a long enough password".to_owned());
        accounts.add_user(NewUser { name: name.to_owned(), role, unit, community: None, password }).await.unwrap();
        accounts.set_email(name, Some(&format!("{name}@work.example"))).await.unwrap();
    }
    assert!(accounts.set_email("li", Some("no address")).await.is_err());
    let (job, _) = job(&world, server.smtp());
    job.send_due().await.unwrap();
    let filed = world.files().await;
    world.accepts(filed.request).await;
    world.dispatches(filed.request, "roads").await;
    job.send_due().await.unwrap();
    assert_eq!(server.letter()["to"][0], "li@work.example");
    assert!(world.app.notices(&administrator()).await.unwrap().waiting.is_empty());
}
