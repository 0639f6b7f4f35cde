//! What other machines run for us: the bus, the place of the photos.

use anyhow::{Context, Result};
use sandan_bus::nats::{self, NatsStatus};

use super::Finding;
use crate::config::{Attachments, Settings, Url};
use crate::failure::{Code, Failure};
use crate::folder::create_private;
use crate::wiring::{self, bus};

/// A stream of a cluster that may lose a server.
const REPLICAS: usize = 3;

pub async fn look(settings: &Settings, findings: &mut Vec<Finding>) {
    if let Some(url) = &settings.nats {
        findings.push(broker(url, &settings.node).await);
    }
    if settings.database.is_some() && settings.nats.is_none() {
        let says = "there is none: nodes hear of each other through the database alone";
        findings.push(Finding::warning("bus", says, "With several nodes name one: --nats nats://a,nats://b,nats://c."));
    }
    findings.push(photos(settings).await);
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
            Failure { code: Code::BusUnreachable, message, mend } => Finding::warning("bus", message, mend),
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
            let mend = format!("With {REPLICAS} servers keep as many copies: nats stream edit {stream} --replicas {REPLICAS}.");
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
            let mend = "Name a place that all nodes reach: --attachments s3://bucket/prefix, or a folder all have mounted.";
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
    wiring::blobs(settings)?.get(&"0".repeat(64)).await.map(|_| ()).context("ask it")
}
