//! What other machines run for us: the database, the bus, the place of the photos.

use anyhow::{Context, Result};
use jiff::SignedDuration;
use sandan_bus::nats::{self, NatsStatus};
use sandan_log::{Inspection, PostgresLog};
use sandan_views::Label;

use super::{Finding, State};
use crate::config::{Attachments, Database, Settings, Url};
use crate::failure::{Code, Failure};
use crate::folder::create_private;
use crate::wiring::{self, bus};

/// Clocks this far apart make limits of one node late on another.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_secs(2);
/// A stream of a cluster that may lose a server.
const REPLICAS: usize = 3;

pub async fn look(settings: &Settings, findings: &mut Vec<Finding>) {
    if let Some(database) = &settings.database {
        database_server(database, findings).await;
    }
    if let Some(url) = &settings.nats {
        findings.push(broker(url, &settings.node).await);
    }
    if settings.database.is_some() && settings.nats.is_none() {
        let says = "there is none: nodes hear of each other through the database alone";
        findings.push(Finding::warning("bus", says, "With several nodes name one: --nats nats://a,nats://b,nats://c."));
    }
    findings.push(photos(settings).await);
    findings.extend(copies(settings).await);
}

async fn database_server(database: &Database, findings: &mut Vec<Finding>) {
    let seen = match PostgresLog::inspect(database.url.whole()).await {
        Ok(seen) => seen,
        Err(error) => {
            findings.push(Finding::of("database", &wiring::no_database(database, error)));
            return;
        }
    };
    let says = format!("PostgreSQL {} at {} as {}", seen.version, seen.server, seen.user);
    findings.push(match seen.may_migrate {
        true => Finding::good("database", says),
        false => {
            let mend = format!("Let it: ALTER DATABASE … OWNER TO {}; or GRANT CREATE on it.", seen.user);
            Finding::wrong("database", format!("{says} may not make its schema"), mend)
        }
    });
    findings.push(durability(&seen));
    findings.push(standby(&seen));
    let free = seen.connections_max.saturating_sub(seen.connections);
    if free < database.connections as u64 {
        let says = format!(
            "{} of {} are in use, and this node takes {}",
            seen.connections, seen.connections_max, database.connections
        );
        let mend = "Raise max_connections of the server, or lower --database-connections.";
        findings.push(Finding::warning("connections", says, mend));
    }
    if seen.ahead.abs() > CLOCKS_DIFFER {
        let says = format!("this machine's and the database's differ by {} s", seen.ahead.abs().as_secs());
        findings.push(Finding::warning("clocks", says, "Keep both by NTP: docs/errors/clock-back.md."));
    }
}

/// What a loss of power may take. The log's own sessions ask for `synchronous_commit` themselves.
fn durability(seen: &Inspection) -> Finding {
    match (seen.fsync, seen.full_page_writes) {
        (true, true) => Finding::good(
            "durability",
            format!("fsync is on, synchronous_commit is {} by default", seen.synchronous_commit),
        ),
        _ => {
            let mend = "Set fsync = on and full_page_writes = on in postgresql.conf, and reload.";
            Finding::wrong(
                "durability",
                "fsync or full_page_writes is off: a loss of power loses what was confirmed",
                mend,
            )
        }
    }
}

fn standby(seen: &Inspection) -> Finding {
    match (seen.standbys, seen.synchronous_standbys) {
        (0, _) => {
            Finding::warning("standby", "there is none", "With failover have a synchronous one; else keep backups.")
        }
        (standbys, 0) => {
            let says = format!("{standbys} follow, none of them synchronously: a failover may lose what was confirmed");
            Finding::warning("standby", says, "Name it in synchronous_standby_names.")
        }
        (standbys, synchronous) => Finding::good("standby", format!("{standbys} follow, {synchronous} synchronously")),
    }
}

async fn broker(url: &Url, node: &str) -> Finding {
    let status = match bus::probe(url, node).await {
        Ok(connection) => nats::status(&connection).await.map_err(|error| bus::failure(url, &error).into()),
        Err(error) => Err(error),
    };
    match status {
        Ok(status) => stream(url, &status),
        // A node runs without it.
        Err(error) => match Failure::of(&error) {
            failure @ Failure { code: Code::BusUnreachable, .. } => Finding::failed("bus", State::Warning, failure),
            _ => Finding::of("bus", &error),
        },
    }
}

fn stream(url: &Url, status: &NatsStatus) -> Finding {
    let NatsStatus { server_version, stream, last, replicas } = status;
    let holds = last.map_or_else(|| "is not there yet".to_owned(), |last| format!("holds {last} events"));
    let says = format!("NATS {server_version}, stream {stream} {holds}, {replicas} copies");
    match url.each().count() >= REPLICAS && *replicas < REPLICAS {
        true => {
            let mend = format!(
                "With {REPLICAS} servers keep as many copies: nats stream edit {stream} --replicas {REPLICAS}."
            );
            Finding::warning("bus", says, mend)
        }
        false => Finding::good("bus", says),
    }
}

/// Writes and reads a small thing, as a photo would be.
async fn photos(settings: &Settings) -> Finding {
    let place = match &settings.attachments {
        Attachments::Folder(folder) => folder.display().to_string(),
        Attachments::Store(url) => url.to_string(),
    };
    if let Attachments::Folder(folder) = &settings.attachments {
        let is_own = folder.starts_with(&settings.data);
        if is_own && settings.database.is_some() {
            let says = format!("{place} is this node's own: other nodes don't see its photos");
            let mend =
                "Name a place that all nodes reach: --attachments s3://bucket/prefix, or a folder all have mounted.";
            return Finding::warning("photos", says, mend);
        }
        if is_own && !folder.exists() {
            return Finding::good("photos", format!("will be in {place}"));
        }
    }
    match try_out(settings).await {
        Ok(()) => Finding::good("photos", format!("{place} can be written and read")),
        Err(error) => {
            let mend = "Check the address, the rights, and for an object store its credentials.";
            Finding::wrong("photos", format!("{place} can't be used: {error:#}"), mend)
        }
    }
}

async fn try_out(settings: &Settings) -> Result<()> {
    if let Attachments::Folder(folder) = &settings.attachments {
        create_private(folder).context("make it")?;
        return tempfile::tempfile_in(folder).map(|_| ()).context("write into it");
    }
    // Nothing has this hash, so that the answer is "no" where all is well.
    wiring::blobs::open(settings)?.get(&"0".repeat(64)).await.map(|_| ()).context("ask it")
}

/// Whether a new node would have to fold the whole log.
async fn copies(settings: &Settings) -> Option<Finding> {
    const WHAT: &str = "copies";
    let shelf = match wiring::shelf::open(settings) {
        Ok(shelf) => shelf?,
        Err(error) => return Some(Finding::of(WHAT, &error)),
    };
    Some(match shelf.list().await {
        Ok(names) => match names.iter().filter_map(|name| Label::parse(name)).map(|label| label.head.position).max() {
            Some(position) => Finding::good(WHAT, format!("of the read models are kept, the newest at {position}")),
            None if settings.snapshot_every == 0 => Finding::good(WHAT, "of the read models are not wanted"),
            None => {
                let every = settings.snapshot_every;
                Finding::good(
                    WHAT,
                    format!("of the read models are not there yet: a node makes one every {every} events"),
                )
            }
        },
        Err(error) => {
            let mend = "Nodes need to list, read, write and delete under read-models/ there.";
            Finding::warning(WHAT, format!("of the read models can't be listed: {error}"), mend)
        }
    })
}
