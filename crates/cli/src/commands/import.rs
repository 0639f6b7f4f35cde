//! `sandan import FILE`.

use std::path::PathBuf;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ask_whole;
use crate::config::Common;
use crate::control::{Operation, Reporter};
use crate::failure::{Code, Failure};
use crate::import::Job;
use crate::output::{self, field};
use crate::wiring::Engine;

#[derive(clap::Args, Debug)]
#[command(
    after_help = "Example:\n  sandan import messages.csv --community lakeside\n\nColumns, in any order, in English \
                        or Chinese: message_id/留言编号, user_id/留言用户, subject/留言主题, submitted_at/留言时间, \
                        body/留言详情, category, likes/点赞数, against/反对数, reply/答复意见, replied_at/答复时间. \
                        Importing the same file twice adds nothing. Bad rows go into FILE.rejected.csv with line and \
                        reason."
)]
pub struct Args {
    /// .csv (UTF-8, GBK or GB 18030) or .xlsx
    pub file: PathBuf,
    /// Community that the requests are filed in
    #[arg(long, value_name = "SLUG")]
    pub community: String,
    /// Refuse the whole file if a row is bad
    #[arg(long)]
    pub strict: bool,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Wish {
    /// Absolute: a running server's own folder is another one.
    file: PathBuf,
    here: PathBuf,
    community: String,
    strict: bool,
}

pub async fn execute(args: Args) -> Result<()> {
    let file = std::path::absolute(&args.file).context("the file to import")?;
    if !file.is_file() {
        let message = format!("there is no file {}", args.file.display());
        return Err(Failure::new(Code::Failed, message, "Check its name.").into());
    }
    let here = std::env::current_dir().context("the current folder")?;
    let wish = Wish { file, here, community: args.community, strict: args.strict };
    let value = ask_whole(&args.common, Operation::Import(wish)).await?;
    output::result(args.common.json, &value, people)
}

fn people(value: &Value) -> String {
    let [read, added, known, rejected] = ["read", "added", "known", "rejected"].map(|name| field(value, name));
    let counts = format!("read {read} rows: {added} added, {known} known before, {rejected} rejected");
    match value["rejected_file"].as_str() {
        Some(file) => format!("{counts}\nrejected rows with line and reason: {file}"),
        None => counts,
    }
}

pub async fn run(wish: Wish, engine: &Engine, to: &Reporter) -> Result<Value> {
    let Wish { file, here, community, strict } = wish;
    let community = super::community::required(engine, &community).await?;
    let job = Job { file, community, strict, here };
    Ok(serde_json::to_value(crate::import::run(job, &engine.app, to).await?)?)
}
