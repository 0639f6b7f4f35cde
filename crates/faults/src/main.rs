//! `sandan-faults`: fault runs and soaks, on a cluster of their own.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use clap::{Parser, Subcommand};
use sandan_faults::cluster::Options;
use sandan_faults::nemesis::Plan;
use sandan_faults::run::Run;
use sandan_faults::soak::soak;
use serde::Serialize;

/// Starts a cluster on this machine, works on it, hurts it, and judges what is left behind.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Work under faults, and the judgement; fails if a promise was broken
    #[command(after_help = "Example:\n  cargo run --release -p sandan-faults -- run --seed 7 --minutes 10")]
    Run {
        #[command(flatten)]
        common: Common,
        /// No proxies between nodes and services: faster, but no node is cut off
        #[arg(long)]
        without_links: bool,
    },
    /// A steady load without faults, with an eye on the nodes' memory
    #[command(after_help = "Example:\n  cargo run --release -p sandan-faults -- soak --minutes 30")]
    Soak {
        #[command(flatten)]
        common: Common,
    },
}

#[derive(clap::Args)]
struct Common {
    /// Decides on stories, ballots and faults
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long, value_name = "NUMBER", default_value_t = 10.0, value_parser = minutes)]
    minutes: f64,
    /// How many work at the same time
    #[arg(long, value_name = "NUMBER", default_value_t = 6)]
    clients: usize,
    /// The sandan to run [default: the one beside this program]
    #[arg(long, value_name = "PATH")]
    binary: Option<PathBuf>,
    /// The report as JSON
    #[arg(long)]
    json: bool,
}

fn minutes(text: &str) -> Result<f64, String> {
    let minutes: f64 = text.parse().map_err(|_| format!("{text:?} is no number"))?;
    match (0.1..=10_000.0).contains(&minutes) {
        true => Ok(minutes),
        false => Err(format!("{minutes} is not between 0.1 and 10000")),
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let command = Arguments::parse().command;
    // What is dropped in the middle brings its cluster down.
    let done = tokio::select! {
        done = execute(command) => done,
        _ = tokio::signal::ctrl_c() => Ok(ExitCode::from(130)),
    };
    done.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

async fn execute(command: Command) -> Result<ExitCode> {
    match command {
        Command::Run { common, without_links } => {
            let time = Some(Duration::from_secs_f64(common.minutes * 60.0));
            let cluster = Options { binary: common.binary, links: !without_links };
            let plan = Plan::new(common.seed, cluster.links);
            let run = Run { seed: common.seed, time, clients: common.clients, cluster, plan };
            let report = run.execute(&tell).await?;
            print(common.json, &report)?;
            Ok(if report.verdict.is_kept() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Command::Soak { common } => {
            let time = Duration::from_secs_f64(common.minutes * 60.0);
            let cluster = Options { binary: common.binary, links: false };
            let soaked = soak(&cluster, (common.seed, common.clients), time, &tell).await?;
            print(common.json, &soaked)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn tell(line: &str) {
    eprintln!("{line}");
}

fn print<T: Serialize + std::fmt::Display>(json: bool, what: &T) -> Result<()> {
    match json {
        true => println!("{}", serde_json::to_string_pretty(what)?),
        false => print!("{what}"),
    }
    Ok(())
}
