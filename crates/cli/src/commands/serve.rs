//! `sandan serve`.

use anyhow::Result;

use crate::config::{Common, Network, Settings};
use crate::failure::{Code, Failure};
use crate::serve::{self, Options};

#[derive(clap::Args, Debug)]
#[command(
    after_help = "Examples:\n  sandan serve\n  sandan serve --demo\n  sandan serve --data /var/lib/sandan --listen \
                        127.0.0.1:9000 --public-url https://sandan.example.cn --trusted-proxy 127.0.0.1\n  \
                        sandan serve --demo --clock 2026-11-02T08:00:00+08:00,3600   (a rehearsal: an hour a second)\n\n\
                        SANDAN_LOG says what is logged: SANDAN_LOG=debug"
)]
pub struct Args {
    /// A demonstration community with some weeks of requests, on this machine only
    #[arg(long)]
    pub demo: bool,
    #[command(flatten)]
    pub network: Network,
    #[command(flatten)]
    pub common: Common,
}

pub async fn execute(args: Args) -> Result<()> {
    let settings = Settings::resolve(&args.common, &args.network)?;
    if args.demo {
        must_be_loopback(&settings).await?;
    }
    serve::run(settings, Options { demo: args.demo, json: args.common.json }).await
}

/// The demonstration's passwords are printed and its data invented: no place for strangers.
async fn must_be_loopback(settings: &Settings) -> Result<()> {
    let mut addresses = tokio::net::lookup_host(&settings.listen).await?.peekable();
    let is_here = addresses.peek().is_some() && addresses.all(|address| address.ip().is_loopback());
    if is_here && settings.public_url.is_none() {
        return Ok(());
    }
    let message = format!("a demonstration listens on this machine only, and not on {}", settings.listen);
    let mend = "Leave out --listen and --public-url, or leave out --demo.";
    Err(Failure::new(Code::Refused, message, mend).into())
}
