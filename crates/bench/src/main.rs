//! Measures the program beside a plain peer, in one run, alternating, and writes the numbers down.
//!
//! `cargo run --release -p sandan-bench` measures everything and writes `docs/benchmarks.md`;
//! `-- --quick` takes a tenth of the time and prints only.

mod batches;
mod bus;
mod commands;
mod http;
mod import;
mod latencies;
mod live;
mod node;
mod peer;
mod pending;
mod plant;
mod policy;
mod rebuild;
mod report;
mod residents;
mod scale;
mod shared;
mod timers;

use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;
use report::Report;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures commands, HTTP, live updates, import, rebuild and size.
#[derive(Parser)]
#[command(after_help = "Example: cargo run --release -p sandan-bench -- --quick --only commands")]
struct Arguments {
    /// Shorter runs and smaller sizes; prints and writes nothing.
    #[arg(long)]
    quick: bool,
    /// Only these parts.
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Part>,
    /// Only with so many callers or connections.
    #[arg(long, value_delimiter = ',')]
    callers: Vec<usize>,
    /// How long each run takes, instead of 1.5 s: for a profiler.
    #[arg(long)]
    seconds: Option<f64>,
    /// `name=value` for the Postgres of the part `shared`. `commit_delay=4000` and `commit_siblings=0` make it wait 4 ms before
    /// each flush, as a slower disk would.
    #[arg(long = "setting", value_name = "NAME=VALUE")]
    settings: Vec<String>,
    /// Timers that are pending beside those that fall due; 1,000,000 unless given, with `--quick` 100,000.
    #[arg(long)]
    pending: Option<usize>,
    /// Where the data of the runs is kept meanwhile; decides the disk that is measured.
    #[arg(long, default_value = "target/bench")]
    folder: PathBuf,
    /// Where the results are written.
    #[arg(long, default_value = "docs/benchmarks.md")]
    to: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    Commands,
    Http,
    Live,
    Import,
    Rebuild,
    Scale,
    Timers,
    Policy,
    /// On Postgres, beside cqrs-es; the peer must be built.
    Shared,
    /// From node to node over NATS.
    Bus,
    /// A new node on a log on Postgres.
    Node,
}

impl Arguments {
    /// Everything, as it is published.
    const fn is_usual(&self) -> bool {
        let parts = self.only.is_empty() && self.callers.is_empty() && self.seconds.is_none();
        parts && !self.quick && self.settings.is_empty() && self.pending.is_none()
    }
}

/// How long and how large.
#[derive(Clone, Debug)]
pub struct Effort {
    pub folder: PathBuf,
    /// Empty: all that are measured otherwise.
    pub callers: Vec<usize>,
    /// Of the shared log's server.
    pub settings: Vec<String>,
    /// Alternating rounds; the median counts.
    pub rounds: usize,
    pub run: Duration,
    pub import_rows: usize,
    pub sizes: Vec<usize>,
    /// That a new node finds; two events each on average.
    pub node_requests: usize,
    /// That fall due at once.
    pub timers: usize,
    /// That are pending beside them.
    pub pending: usize,
    /// Whose due times a new calendar moves.
    pub open_requests: usize,
}

impl Effort {
    fn new(arguments: &Arguments) -> Self {
        let (folder, callers) = (arguments.folder.clone(), arguments.callers.clone());
        let (quick, settings) = (arguments.quick, arguments.settings.clone());
        let of = |quick_one, usual| if quick { quick_one } else { usual };
        Self {
            folder,
            callers,
            settings,
            rounds: of(1, 3),
            run: Duration::from_secs_f64(arguments.seconds.unwrap_or(if quick { 0.7 } else { 1.5 })),
            import_rows: of(20_000, 100_000),
            sizes: if quick { vec![10_000] } else { vec![100_000, 1_000_000] },
            node_requests: of(10_000, 500_000),
            timers: of(2_000, 10_000),
            pending: arguments.pending.unwrap_or(of(100_000, 1_000_000)),
            open_requests: of(10_000, 100_000),
        }
    }

    /// Which of these numbers of callers are wanted.
    pub fn of(&self, callers: &[usize]) -> Vec<usize> {
        let wanted = |callers: &usize| self.callers.is_empty() || self.callers.contains(callers);
        callers.iter().copied().filter(wanted).collect()
    }
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    // The clients want to know whose TLS it would be.
    _ = rustls::crypto::ring::default_provider().install_default();
    std::fs::create_dir_all(&arguments.folder)?;
    let effort = Effort::new(&arguments);
    let wanted = |part| arguments.only.is_empty() || arguments.only.contains(&part);
    let runtime = tokio::runtime::Runtime::new()?;
    let mut report = Report::begin(&effort);
    runtime.block_on(async {
        if wanted(Part::Commands) {
            commands::measure(&effort, &mut report).await?;
        }
        if wanted(Part::Http) {
            http::measure(&effort, &mut report).await?;
        }
        if wanted(Part::Live) {
            live::measure(&effort, &mut report).await?;
        }
        if wanted(Part::Import) {
            import::measure(&effort, &mut report).await?;
        }
        if wanted(Part::Rebuild) {
            rebuild::measure(&effort, &mut report).await?;
        }
        if wanted(Part::Scale) {
            scale::measure(&effort, &mut report).await?;
        }
        if wanted(Part::Timers) {
            timers::measure(&effort, &mut report).await?;
        }
        if wanted(Part::Policy) {
            policy::measure(&effort, &mut report).await?;
        }
        if wanted(Part::Shared) {
            shared::measure(&effort, &mut report).await?;
        }
        if wanted(Part::Bus) {
            bus::measure(&effort, &mut report).await?;
        }
        if wanted(Part::Node) {
            node::measure(&effort, &mut report).await?;
        }
        anyhow::Ok(())
    })?;
    let text = report.finish();
    println!("{text}");
    if arguments.is_usual() {
        std::fs::write(&arguments.to, text)?;
        eprintln!("written to {}", arguments.to.display());
    }
    Ok(())
}
