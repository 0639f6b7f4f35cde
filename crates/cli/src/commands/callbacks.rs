//! `sandan callbacks`: anyone can draw the sample of call-backs again, without a server and without data (R18).

use std::io::Read;
use std::path::PathBuf;

use anyhow::{Context, Result};
use sandan_domain::RequestId;
use sandan_domain::lots::{draw, hash_of};
use serde::Deserialize;
use serde_json::json;

use crate::config::Common;
use crate::failure::{Code, Failure};
use crate::output;

#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Draws a published sample again and compares
    Check(Args),
}

#[derive(clap::Args, Debug)]
#[command(after_help = "Example:\n  curl -s http://127.0.0.1:8080/api/v1/callbacks/ID | sandan callbacks check -")]
pub struct Args {
    /// File with what GET /api/v1/callbacks/{id} answers; - reads standard input
    file: PathBuf,
    #[command(flatten)]
    common: Common,
}

/// As much of what is published as the draw follows from.
#[derive(Deserialize)]
struct Published {
    hash: String,
    size: u32,
    seed: Option<String>,
    candidates: Vec<RequestId>,
    sample: Vec<RequestId>,
}

pub fn execute(command: Command) -> Result<()> {
    let Command::Check(args) = command;
    let text = match args.file.as_os_str() == "-" {
        true => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).context("read standard input")?;
            text
        }
        false => std::fs::read_to_string(&args.file).with_context(|| format!("read {}", args.file.display()))?,
    };
    let published: Published = serde_json::from_str(&text).map_err(|error| {
        let mend = "Give it what GET /api/v1/callbacks/{id} answers.";
        Failure::new(Code::Refused, format!("this is no published draw: {error}"), mend)
    })?;
    let Some(seed) = &published.seed else {
        let mend = "The seed is revealed when the period is over and the sample drawn.";
        return Err(Failure::new(Code::Refused, "the sample is not drawn yet", mend).into());
    };
    let sample = draw(seed, &published.candidates, published.size as usize);
    if hash_of(seed) != published.hash {
        let message = format!("the seed's hash is {}, and {} was committed to", hash_of(seed), published.hash);
        return Err(Failure::new(Code::Refused, message, "This seed was not chosen before the period began.").into());
    }
    if sample != published.sample {
        let message = "the sample that follows from the seed and the list is another than the published one";
        return Err(
            Failure::new(Code::Refused, message, "Compare the two with --json and ask whoever published it.").into()
        );
    }
    let value = json!({"seed": "same", "sample": sample, "candidates": published.candidates.len()});
    output::result(args.common.json, &value, |_| {
        format!(
            "the seed is the one that was committed to, and the sample of {} of {} requests follows from it",
            sample.len(),
            published.candidates.len()
        )
    })
}
