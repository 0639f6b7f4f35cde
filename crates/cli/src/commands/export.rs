//! `sandan export ledger|events|rates|digest`.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::ValueEnum;
use jiff::civil::Date;
use sandan_views::{By, DigestKind, DigestQuery, Filter, RatesQuery};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::ask;
use crate::config::Common;
use crate::control::{Operation, Reporter};
use crate::export::{Format, Period, Selection};
use crate::failure::{Code, Failure};
use crate::folder::private_file;
use crate::output::{self, Pieces, field};
use crate::wiring::Engine;

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:\n  sandan export ledger --format xlsx --output ledger.xlsx --from 2026-11-01 --to \
                        2026-12-01\n  sandan export events --format jsonl > events.jsonl\n  sandan export rates --by \
                        unit --community lakeside\n  sandan export digest --kind weekly --date 2026-11-02 --format xlsx --output \
                        bulletin.xlsx")]
pub struct Args {
    pub what: What,
    #[arg(long, default_value = "csv")]
    pub format: Format,
    /// File to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Filed (of events: happened) from this day or instant on
    #[arg(long, value_name = "TIME")]
    pub from: Option<String>,
    /// … and before this one
    #[arg(long, value_name = "TIME")]
    pub to: Option<String>,
    /// That community and those below
    #[arg(long, value_name = "SLUG")]
    pub community: Option<String>,
    /// Rates by unit, grid, category or channel
    #[arg(long, value_name = "GROUP", value_parser = ["unit", "grid", "category", "channel"])]
    pub by: Option<String>,
    /// Events as they are stored, private texts sealed
    #[arg(long)]
    pub sealed: bool,
    /// Of a digest: a day's triage sheet, a week's bulletin or a month's summary [default: daily]
    #[arg(long, value_name = "KIND", value_parser = ["daily", "weekly", "monthly"])]
    pub kind: Option<String>,
    /// Of a digest: a day of its period [default: of the last whole one]
    #[arg(long, value_name = "DAY")]
    pub date: Option<Date>,
    /// What was known at a recorded time [default: now; of a digest: the end of its period]
    #[arg(long, value_name = "TIME")]
    pub as_of: Option<String>,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// 民情台账: one row a request
    Ledger,
    /// Every event, as CloudEvents 1.0
    Events,
    /// 三率: response, resolution, satisfaction, and their companions
    Rates,
    /// 民情研判, 分类处置通报, 处理情况总结: a period in figures, as it stood at its end
    Digest,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Wish {
    what: What,
    format: Format,
    from: Option<String>,
    to: Option<String>,
    community: Option<String>,
    by: Option<String>,
    sealed: bool,
    kind: Option<String>,
    date: Option<Date>,
    as_of: Option<String>,
}

pub async fn execute(args: Args) -> Result<()> {
    if args.output.is_none() && args.format == Format::Xlsx && output::is_terminal() {
        let mend = "Name a file: --output ledger.xlsx.";
        return Err(Failure::new(Code::Refused, "a workbook can't be shown on a terminal", mend).into());
    }
    args.refuse_strangers()?;
    let Args { what, format, output, from, to, community, by, sealed, kind, date, as_of, common } = args;
    let wish = Operation::Export(Wish { what, format, from, to, community, by, sealed, kind, date, as_of });
    let Some(path) = output else {
        ask(&common, wish, &mut Target::Standard(BufWriter::new(io::stdout()))).await?;
        return Ok(());
    };
    let mut target = Target::begin(&path)?;
    let value = ask(&common, wish, &mut target).await?;
    target.finish(&path)?;
    output::result(common.json, &value, |value| format!("wrote {} rows to {}", field(value, "rows"), path.display()))
}

impl Args {
    /// An option that has no meaning here is refused, not passed over.
    fn refuse_strangers(&self) -> Result<()> {
        let range = [("--from", self.from.is_some()), ("--to", self.to.is_some())];
        let by = [("--by", self.by.is_some())];
        let period = [("--kind", self.kind.is_some()), ("--date", self.date.is_some())];
        let strangers: Vec<_> = match self.what {
            What::Digest => range.into_iter().chain(by).collect(),
            What::Rates => period.into(),
            What::Ledger | What::Events => by.into_iter().chain(period).collect(),
        };
        let given: Vec<_> = strangers.into_iter().filter(|(_, given)| *given).map(|(name, _)| name).collect();
        if given.is_empty() {
            return Ok(());
        }
        let mend =
            "A digest is of --kind and --date; ledger, events and rates are of --from and --to; --by goes with rates.";
        let message = format!("{} can't be used here", given.join(" and "));
        Err(Failure::new(Code::Refused, message, mend).into())
    }
}

/// Where the bytes go.
enum Target {
    Standard(BufWriter<io::Stdout>),
    /// Under another name until it is whole.
    File(BufWriter<File>, PathBuf),
}

impl Target {
    fn begin(path: &Path) -> Result<Self> {
        let mut name = path.as_os_str().to_owned();
        name.push(".part");
        let part = PathBuf::from(name);
        let file = private_file(&part).with_context(|| format!("write {}", path.display()))?;
        Ok(Self::File(BufWriter::new(file), part))
    }

    fn finish(self, path: &Path) -> Result<()> {
        let Self::File(mut file, part) = self else { return Ok(()) };
        file.flush()?;
        std::fs::rename(&part, path).with_context(|| format!("write {}", path.display()))
    }
}

impl Pieces for Target {
    fn chunk(&mut self, bytes: &[u8]) -> Result<()> {
        match self {
            Self::Standard(out) => {
                out.write_all(bytes)?;
                Ok(out.flush()?)
            }
            Self::File(file, _) => Ok(file.write_all(bytes)?),
        }
    }
}

pub async fn run(wish: Wish, engine: &Engine, to: &Reporter) -> Result<Value> {
    let period = Period::parse(wish.from.as_deref(), wish.to.as_deref(), &engine.app.policy().zone)?;
    let community = super::community::named(engine, wish.community.as_deref()).await?;
    let now = engine.views_caught_up(to).await?;
    let as_of = Period::instant("--as-of", wish.as_of.as_deref(), &engine.app.policy().zone)?;
    let past = match as_of {
        Some(at) => Some(now.as_of(at).await?),
        None => None,
    };
    let views = past.as_ref().unwrap_or(now);
    let sight = views.sight_of(community.as_ref()).await?;
    let Period { from, to: until } = period;
    let rows = match wish.what {
        What::Ledger => {
            let filter = Filter { from, to: until, ..Filter::default() };
            crate::export::ledger(views, &sight, &filter, wish.format, to).await?
        }
        What::Events => {
            let chosen = Selection { views, sight: &sight, period, sealed: wish.sealed };
            crate::export::events(engine, &chosen, wish.format, to).await?
        }
        What::Rates => {
            let by = wish.by.as_deref().and_then(|by| by.parse::<By>().ok());
            let query = RatesQuery { community, from, to: until, by };
            crate::export::rates(views, &sight, &query, wish.format, to).await?
        }
        What::Digest => {
            let kind = wish.kind.as_deref().and_then(|kind| kind.parse().ok()).unwrap_or(DigestKind::Daily);
            let today = engine.app.clock().now().to_zoned(engine.app.policy().zone.clone());
            let date = wish.date.unwrap_or_else(|| kind.last_whole(&today));
            let query = DigestQuery { kind, community, date };
            let views = match past {
                Some(past) => past,
                None => now.as_of(now.digest_is_due(&query)).await?,
            };
            crate::export::digest(&views, &sight, &query, wish.format, to).await?
        }
    };
    Ok(json!({"rows": rows}))
}
