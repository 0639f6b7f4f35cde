//! A real browser: Debian's Chromium, driven through ChromeDriver, with a profile of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::driver::Order;

/// Browsers that run at once in one process of tests: each is heavy.
static ROOM: Semaphore = Semaphore::const_new(2);

/// What headless Chromium needs here: no sandbox for root, and nothing that calls out.
const ARGUMENTS: [&str; 8] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// A window to look through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    Phone,
    Desktop,
}

impl Screen {
    pub const fn size(self) -> (u32, u32) {
        match self {
            Self::Phone => (390, 844),
            Self::Desktop => (1280, 900),
        }
    }
}

/// How long a browser may take to end before its driver is killed.
const END_PATIENCE: Duration = Duration::from_secs(5);

/// A browser with one window. [`Browser::close`] ends it, and so does a test that fails.
pub struct Browser {
    pub page: Client,
    driver: Child,
    port: u16,
    _profile: TempDir,
    _room: SemaphorePermit<'static>,
}

/// Whether tests in a browser are switched off (`SANDAN_TEST_WITHOUT_BROWSER`).
pub fn without_browser() -> bool {
    std::env::var_os("SANDAN_TEST_WITHOUT_BROWSER").is_some()
}

impl Browser {
    /// Opens a window of this size whose user prefers `language`.
    pub async fn open(screen: Screen, language: &str) -> Self {
        Self::open_with(screen, language, true).await
    }

    /// A browser that runs no scripts.
    pub async fn open_without_scripts(screen: Screen, language: &str) -> Self {
        Self::open_with(screen, language, false).await
    }

    async fn open_with(screen: Screen, language: &str, scripts: bool) -> Self {
        let room = ROOM.acquire().await.expect("room for a browser");
        let (driver, port) = start_driver();
        let profile = tempfile::tempdir().expect("make a profile folder");
        let page = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(screen, language, &profile))
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("open a browser window");
        let browser = Self { page, driver, port, _profile: profile, _room: room };
        browser.shows(screen).await;
        if !scripts {
            browser.devtools("Emulation.setScriptExecutionDisabled", json!({"value": true})).await;
        }
        browser
    }

    /// Turns it into a screen of this size. A phone lays pages out as phones do.
    pub async fn shows(&self, screen: Screen) {
        let (width, height) = screen.size();
        let is_phone = screen == Screen::Phone;
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": is_phone});
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Prefers dark pages, or light ones.
    pub async fn prefers_dark(&self, dark: bool) {
        let value = if dark { "dark" } else { "light" };
        let features = json!({"features": [{"name": "prefers-color-scheme", "value": value}]});
        self.devtools("Emulation.setEmulatedMedia", features).await;
    }

    /// What the console said since it was last asked: entries with `level` and `message`.
    pub async fn console(&self) -> Vec<Value> {
        let said = self.page.issue_cmd(Order::new("se/log", json!({"type": "browser"}))).await;
        said.expect("read the console").as_array().cloned().unwrap_or_default()
    }

    async fn devtools(&self, command: &str, parameters: Value) {
        let order = Order::new("goog/cdp/execute", json!({"cmd": command, "params": parameters}));
        self.page.issue_cmd(order).await.expect(command);
    }

    /// Ends the window; the driver follows when this is dropped.
    pub async fn close(self) {
        let _ = self.page.clone().close().await;
    }

    /// Asks the driver to end, and the browser with it: a driver that is killed leaves its browser behind.
    fn asks_to_end(&self) -> std::io::Result<()> {
        let mut driver = TcpStream::connect(("127.0.0.1", self.port))?;
        driver.set_read_timeout(Some(END_PATIENCE))?;
        driver.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        // It answers when its browsers have ended; who hangs up before is not heard.
        driver.read(&mut [0; 64]).map(|_| ())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let asked = Instant::now();
        if self.asks_to_end().is_ok() {
            while matches!(self.driver.try_wait(), Ok(None)) && asked.elapsed() < END_PATIENCE {
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn capabilities(screen: Screen, language: &str, profile: &TempDir) -> Map<String, Value> {
    let (width, height) = screen.size();
    let mut arguments: Vec<String> = ARGUMENTS.iter().map(|&argument| argument.to_owned()).collect();
    arguments.push(format!("--window-size={width},{height}"));
    arguments.push(format!("--user-data-dir={}", profile.path().display()));
    arguments.push(format!("--accept-lang={language}"));
    let options = json!({
        "binary": "/usr/bin/chromium",
        "args": arguments,
        "prefs": {"intl.accept_languages": language},
    });
    let logs = json!({"browser": "ALL"});
    Map::from_iter([("goog:chromeOptions".to_owned(), options), ("goog:loggingPrefs".to_owned(), logs)])
}

/// Starts the driver on a port that it chooses, and reads the port from what it says.
fn start_driver() -> (Child, u16) {
    let mut driver = Command::new("/usr/bin/chromedriver")
        .args(["--port=0", "--allowed-ips=127.0.0.1"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("start chromedriver: tests/run installs it");
    let mut lines = BufReader::new(driver.stdout.take().expect("a piped output")).lines().map_while(Result::ok);
    let port = lines.find_map(|line| {
        let (_, rest) = line.split_once("started successfully on port ")?;
        rest.trim_end_matches('.').parse().ok()
    });
    std::thread::spawn(move || lines.for_each(drop));
    (driver, port.expect("chromedriver says its port"))
}
