//! A digest of the ledger (R26) as a workbook, or as one line of JSON.

use anyhow::{Context, Result};
use sandan_views::{DigestQuery, Sight, Views};

use super::Format;
use super::sheet::send;
use crate::control::Reporter;
use crate::failure::{Code, Failure};

/// Writes it, and returns how many it is: one.
pub async fn digest(views: &Views, sight: &Sight, query: &DigestQuery, format: Format, to: &Reporter) -> Result<u64> {
    let told = views.digest(sight, query).await?;
    let digest = serde_json::to_value(&told)?;
    match format {
        Format::Csv => {
            let mend = "Ask for --format xlsx, a workbook with a sheet for each, or --format jsonl.";
            return Err(Failure::new(Code::Refused, "a digest is several tables, and CSV holds one", mend).into());
        }
        Format::Jsonl => to.chunk(format!("{digest}\n").into_bytes()).await?,
        Format::Xlsx => {
            let digest = views.named(&told).await?;
            let zone = sandan_domain::time::Policy::standard().zone;
            let writing = tokio::task::spawn_blocking(move || sandan_sheets::digest(&digest, &zone));
            send(writing.await.context("write the workbook")??, to).await?;
        }
    }
    Ok(1)
}
