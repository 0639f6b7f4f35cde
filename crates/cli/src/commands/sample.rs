//! `sandan sample`: files to try the import with, made from the demonstration's stories.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::config::Common;
use crate::demo::{Random, Story, stories};
use crate::folder::private_file;
use crate::output;

/// One message an hour, and an answer after some days, up to a fixed end: the same file every time.
const END: &str = "2026-01-31T17:00:00+08:00";
const BETWEEN: SignedDuration = SignedDuration::from_mins(61);
const SEED: u64 = 7;
const HEADER: [&str; 7] = ["message_id", "user_id", "subject", "submitted_at", "body", "against", "likes"];
const ANSWER: [&str; 2] = ["reply", "replied_at"];

#[derive(clap::Args, Debug)]
#[command(after_help = "Example:\n  sandan sample --rows 2000 --answered 1000 --to samples\n  sandan import \
                        samples/messages.csv --community lakeside")]
pub struct Args {
    /// Rows of messages.csv
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000)]
    pub rows: u32,
    /// Rows of answered.csv, each with its answer
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub answered: u32,
    /// Folder to write to
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub to: PathBuf,
    #[command(flatten)]
    pub common: Common,
}

pub fn execute(args: &Args) -> Result<()> {
    std::fs::create_dir_all(&args.to).with_context(|| format!("make {}", args.to.display()))?;
    let end: Timestamp = END.parse().context("the end of the sample")?;
    let mut files = Vec::new();
    for (name, rows, answered, first_id) in
        [("messages.csv", args.rows, false, 100_000), ("answered.csv", args.answered, true, 900_000_000)]
    {
        if rows > 0 {
            let path = args.to.join(name);
            write(&path, rows, answered, first_id, end).with_context(|| format!("write {}", path.display()))?;
            files.push(path);
        }
    }
    let value = json!({"rows": args.rows, "answered": args.answered, "files": files});
    output::result(args.common.json, &value, |_| format!("wrote {} files to {}", files.len(), args.to.display()))
}

fn write(path: &Path, rows: u32, answered: bool, first_id: u64, end: Timestamp) -> Result<()> {
    let mut writer = csv::Writer::from_writer(std::io::BufWriter::new(private_file(path)?));
    writer.write_record(HEADER.iter().chain(answered.then_some(&ANSWER).into_iter().flatten()))?;
    let stories = stories();
    let mut random = Random::new(SEED);
    for row in 0..rows {
        let submitted = end.checked_sub(BETWEEN * i32::try_from(rows - row)?)?;
        let cells = cells(&mut random, &stories, first_id + u64::from(row), submitted, answered);
        writer.write_record(cells)?;
    }
    Ok(writer.flush()?)
}

fn cells(random: &mut Random, stories: &[Story], id: u64, submitted: Timestamp, answered: bool) -> Vec<String> {
    let story = random.pick(stories);
    let house = random.between(1, 29).to_string();
    let text = story.text.replace("{幢}", &house).replace("{室}", "1201").replace("{路}", "湖滨路");
    let user = format!("A{:08}", random.between(1, 4_000));
    let (against, likes) = (random.between(0, 2).to_string(), random.between(0, 9).to_string());
    let title = story.title.to_owned();
    let mut cells = vec![id.to_string(), user, title, submitted.to_string(), text, against, likes];
    if answered {
        let later = SignedDuration::from_hours(random.between(2, 24 * 20));
        let replied = submitted.checked_add(later).unwrap_or(submitted);
        cells.extend([story.answer.to_owned(), replied.to_string()]);
    }
    cells
}
