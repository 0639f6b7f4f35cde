//! `sandan check`: reads the configuration, reaches everything, says what is wrong and how to mend it.

mod services;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use serde::Serialize;
use serde_json::Value;
use tokio::net::TcpListener;

use crate::config::{Common, Network, Settings, Tls};
use crate::control::{self, Operation};
use crate::failure::Failure;
use crate::folder::{Folder, open_to_others};
use crate::output::{self, Whole, field};
use crate::rehearsal::{self, Kept};
use crate::serve;

/// Below this a running node is near its end.
const FREE_BYTES_MIN: u64 = 1 << 30;

#[derive(clap::Args, Debug)]
#[command(after_help = "Example:\n  sandan check --data /var/lib/sandan --listen 0.0.0.0:8080")]
pub struct Args {
    #[command(flatten)]
    pub network: Network,
    #[command(flatten)]
    pub common: Common,
}

/// One thing that was looked at.
#[derive(Debug, Serialize)]
struct Finding {
    what: &'static str,
    state: State,
    says: String,
    /// What to do; empty where all is well.
    mend: String,
    /// Where to read on, if there is such a page.
    page: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Good,
    /// It runs, but somebody should look.
    Warning,
    Wrong,
}

impl Finding {
    fn good(what: &'static str, says: impl Into<String>) -> Self {
        Self { what, state: State::Good, says: says.into(), mend: String::new(), page: None }
    }

    fn warning(what: &'static str, says: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { what, state: State::Warning, says: says.into(), mend: mend.into(), page: None }
    }

    fn wrong(what: &'static str, says: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { what, state: State::Wrong, says: says.into(), mend: mend.into(), page: None }
    }

    fn failed(what: &'static str, state: State, failure: Failure) -> Self {
        let Failure { code, message, mend } = failure;
        Self { what, state, says: message, mend, page: code.page() }
    }

    fn of(what: &'static str, error: &anyhow::Error) -> Self {
        Self::failed(what, State::Wrong, Failure::of(error))
    }
}

pub async fn execute(args: Args) -> Result<ExitCode> {
    let findings = match Settings::resolve(&args.common, &args.network) {
        Ok(settings) => look(&settings).await,
        Err(error) => vec![Finding::of("configuration", &error)],
    };
    let is_well = findings.iter().all(|finding| finding.state != State::Wrong);
    if args.common.json {
        output::say(&serde_json::json!({"ok": is_well, "findings": findings}).to_string())?;
    } else {
        for finding in &findings {
            show(finding)?;
        }
    }
    Ok(if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn show(finding: &Finding) -> Result<()> {
    let mark = match finding.state {
        State::Good => "ok     ",
        State::Warning => "warning",
        State::Wrong => "WRONG  ",
    };
    output::say(&format!("{mark}  {:<14} {}", finding.what, finding.says))?;
    if !finding.mend.is_empty() {
        output::say(&format!("         {:<14} {}", "", finding.mend))?;
    }
    if let Some(page) = &finding.page {
        output::say(&format!("         {:<14} more: {page}", ""))?;
    }
    Ok(())
}

/// Said also where it is off: nobody should wait for letters that no one sends.
fn mail(settings: &Settings) -> Finding {
    match &settings.smtp {
        Some(smtp) => Finding::good("mail", format!("goes out in the name of {}", smtp.from)),
        None => Finding::good("mail", "is off: no letters are kept or sent; --smtp-url and --mail-from switch it on"),
    }
}

async fn look(settings: &Settings) -> Vec<Finding> {
    let folder = Folder::new(&settings.data);
    let mut findings = vec![Finding::good("configuration", "can be read")];
    let is_running = control::is_server_running(settings).await;
    findings.push(network(settings));
    findings.extend(settings.tls.as_ref().map(certificate));
    findings.push(mail(settings));
    findings.push(if is_running { Finding::good("server", "is running") } else { port(settings).await });
    services::look(settings, &mut findings).await;
    if !folder.exists() {
        let says = format!("{} is not there yet", settings.data.display());
        findings.push(Finding::warning("data folder", says, "`sandan serve` makes it."));
        return findings;
    }
    findings.push(rights("data folder", folder.root(), "chmod 700"));
    if settings.key_file().exists() {
        findings.push(rights("master key", &settings.key_file(), "chmod 600"));
    }
    findings.push(room(&folder));
    match (&settings.database, folder.log().exists()) {
        (None, false) => findings.push(Finding::warning("log", "there is none yet", "`sandan serve` begins one.")),
        (Some(_), true) => {
            let says = format!("{} is there, and --database is used instead", folder.log().display());
            let mend = "Move it with `sandan log copy`, or name another folder with --data.";
            findings.push(Finding::warning("embedded log", says, mend));
            inside(settings, &mut findings).await;
        }
        _ => inside(settings, &mut findings).await,
    }
    findings
}

fn network(settings: &Settings) -> Finding {
    let listens_at_home = settings.listen.starts_with("127.") || settings.listen.starts_with("localhost:");
    if listens_at_home || settings.listen.starts_with("[::1]") || settings.is_secure() {
        return Finding::good("sign-in", format!("is possible ({})", settings.listen));
    }
    let mend = "Give --tls-cert and --tls-key, or put a proxy with TLS in front and name it with --public-url https://… and \
                --trusted-proxy.";
    Finding::warning("sign-in", format!("is refused on {}: plain HTTP leaves this machine", settings.listen), mend)
}

fn certificate(tls: &Tls) -> Finding {
    match serve::acceptor(tls) {
        Ok(_) => Finding::good("TLS", format!("{} and its key can be used", tls.cert.display())),
        Err(error) => Finding::of("TLS", &error),
    }
}

async fn port(settings: &Settings) -> Finding {
    match TcpListener::bind(&settings.listen).await {
        Ok(_) => Finding::good("address", format!("{} is free", settings.listen)),
        Err(error) => {
            let mend = "Stop the other program, or choose another address with --listen.";
            Finding::wrong("address", format!("can't listen on {}: {error}", settings.listen), mend)
        }
    }
}

fn rights(what: &'static str, path: &Path, mend: &str) -> Finding {
    match open_to_others(path) {
        Ok(0) => Finding::good(what, format!("{} is private", path.display())),
        Ok(bits) => {
            let says = format!("others on this machine may use {} ({bits:o})", path.display());
            Finding::wrong(what, says, format!("{mend} {}", path.display()))
        }
        Err(error) => Finding::wrong(what, format!("can't look at {}: {error}", path.display()), "Check who owns it."),
    }
}

/// As `df` tells it: the standard library has no such question.
fn room(folder: &Folder) -> Finding {
    let output = std::process::Command::new("df").arg("-Pk").arg(folder.root()).output();
    let text = output.ok().map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let free = text.lines().nth(1).and_then(|line| line.split_whitespace().nth(3)?.parse::<u64>().ok());
    match free.map(|kilobytes| kilobytes * 1_024) {
        None => Finding::warning("disk", "can't tell how much room is left", "Look at it with df."),
        Some(bytes) if bytes < FREE_BYTES_MIN => {
            let says = format!("{} MiB are left: the log stops when nothing is", bytes >> 20);
            Finding::wrong("disk", says, "Make room on the disk that holds the data folder.")
        }
        Some(bytes) => Finding::good("disk", format!("{} GiB are left", bytes >> 30)),
    }
}

async fn inside(settings: &Settings, findings: &mut Vec<Finding>) {
    let answer = match control::ask(settings, Operation::Health).await {
        Ok(answer) => output::follow(answer, &mut Whole).await,
        Err(error) => Err(error),
    };
    match answer {
        Ok(value) => {
            let clock = [clock(settings, &value)].into_iter().chain(behind(&value));
            findings.extend([chain(&value)].into_iter().chain(clock).chain(key(&value)));
            findings.extend([models(&value), calendar(&value), administrator(&value)]);
        }
        Err(error) => findings.push(Finding::of("log", &error)),
    }
}

fn chain(value: &Value) -> Finding {
    match value["chain"].as_u64() {
        None => Finding::good("log", format!("opens, {} events, its end is sound", value["position"])),
        Some(position) => {
            let mend = "`sandan log verify` checks all of it; then restore the newest backup.";
            Finding::wrong("log", format!("is damaged at position {position}"), mend)
        }
    }
}

fn clock(settings: &Settings, value: &Value) -> Finding {
    let kept: Kept = match serde_json::from_value(value["clock"].clone()) {
        Ok(kept) => kept,
        Err(error) => return Finding::wrong("clock", format!("can't tell which it is: {error}"), ""),
    };
    match (kept.rehearsal(), rehearsal::agree(&kept, settings.clock)) {
        (_, Err(failure)) if settings.clock.is_some() => Finding::wrong("clock", failure.message, failure.mend),
        (Some(begun), _) => Finding::good("clock", format!("a rehearsal's: sandan serve --clock {}", begun.pace())),
        (None, _) => Finding::good("clock", "the machine's"),
    }
}

/// The log's newest record is later than now.
fn behind(value: &Value) -> Option<Finding> {
    let seconds = value["seconds_ahead"].as_i64()?;
    let says = format!("is {seconds} s behind the newest event: recorded times stand still until it has caught up");
    Some(Finding::wrong("clock", says, "Set this machine's clock, and keep it by NTP: docs/errors/clock-back.md."))
}

fn key(value: &Value) -> Option<Finding> {
    (value["key_beside_data"] == true).then(|| {
        let says = "is in the database: whoever has a copy of that can read everything";
        Finding::warning(
            "master key",
            says,
            "Move it out: `sandan key export FILE --move`, then --key-file on every node.",
        )
    })
}

fn models(value: &Value) -> Finding {
    let models = value["models"].as_array().cloned().unwrap_or_default();
    if let Some(model) = models.iter().find(|model| model["state"]["is"] == "poisoned") {
        let says = format!("{} has stopped: {}", field(model, "name"), field(&model["state"], "reason"));
        return Finding::wrong("read models", says, "`sandan views rebuild` makes them anew.");
    }
    match value["events_behind"].as_u64().unwrap_or(0) {
        0 => Finding::good("read models", "show everything"),
        behind => {
            Finding::warning("read models", format!("are {behind} events behind"), "They catch up while a server runs.")
        }
    }
}

fn calendar(value: &Value) -> Finding {
    let missing: Vec<&Value> = value["years_missing"].as_array().into_iter().flatten().collect();
    let Some(first) = missing.first() else {
        return Finding::good("calendar", "knows the holidays of the coming months");
    };
    let others = if missing.len() > 1 { format!(" (and {} more)", missing.len() - 1) } else { String::new() };
    let (year, community) = (first["year"].to_string(), field(first, "community"));
    let says = format!("of {community} does not know the holidays of {year}{others}");
    let mend = format!("sandan calendar publish {community} FILE --name {year}: a town's holds for all below it.");
    Finding::warning("calendar", says, mend)
}

fn administrator(value: &Value) -> Finding {
    match value["administrators"].as_bool() {
        Some(true) => Finding::good("administrator", "there is one"),
        _ => {
            let mend = "`sandan serve` prints a set-up link; or `sandan user add NAME --role administrator`.";
            Finding::warning("administrator", "there is none", mend)
        }
    }
}
