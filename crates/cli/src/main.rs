//! The program `sandan`.

mod args;
mod backup;
mod commands;
mod config;
mod control;
mod demo;
mod export;
mod failure;
mod folder;
mod import;
mod lock;
mod memory;
mod output;
mod rehearsal;
mod serve;
mod wiring;

use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;

use crate::failure::Failure;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    memory::without_huge_pages();
    let command = args::Cli::parse().command;
    match run(command) {
        Ok(code) => code,
        // Whoever read our output has seen enough.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", Failure::of(&error));
            ExitCode::FAILURE
        }
    }
}

fn run(command: args::Command) -> Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("start the runtime")?;
    let done = runtime.block_on(commands::execute(command));
    // A blocking task that hangs must not keep the program.
    runtime.shutdown_timeout(std::time::Duration::from_secs(5));
    done
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let broken = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
    };
    error.chain().any(broken)
}
