//! What holds for every page: nothing from elsewhere, nothing wrong in the console, nothing wider than a phone,
//! and no barrier that axe finds; in both languages, light and dark.

use fantoccini::wd::TimeoutConfiguration;
use sandan_testkit::{Browser, Sandan, Screen};
use serde_json::{Value, json};

use super::is_left_out;

const AXE: &str = include_str!("../../vendor/axe.min.js");

/// A community with something in every list, and words that are hard to break.
struct Place {
    sandan: Sandan,
    code: String,
    request: String,
}

async fn a_place_with_much_going_on() -> Place {
    let sandan = Sandan::start();
    sandan.community("xingfuli").await;
    let (clerk, fitter) = (sandan.staff("dispatcher"), sandan.unit("property", "xingfuli"));
    let mut last = (String::new(), String::new());
    for nth in 0..4 {
        let words = format!("井盖松动{nth}，见https://example.org/{}", "x".repeat(120));
        let body = json!({"community": "xingfuli", "description": words, "title": words.chars().take(150).collect::<String>(),
            "category": "城乡建设", "requester": {"name": "王大妈", "phone": "13900001234"}});
        let filed = sandan.resident().post("/api/v1/requests", body).await.ok();
        let text = |name: &str| filed[name].as_str().unwrap_or_default().to_owned();
        last = (text("id"), text("tracking_code"));
        let steps = [
            (&clerk, "triage", json!({"decision": "accept", "urgency": "urgent"})),
            (&clerk, "dispatch", if nth == 1 { json!({"pool": true}) } else { json!({"unit": "property"}) }),
            (&fitter, "claim", json!({})),
            (&fitter, "complete", json!({"answer": "已处理。", "solved": true})),
        ];
        for (who, step, body) in steps.into_iter().take([0, 2, 3, 4][nth]) {
            who.step(&last.0, step, body).await.ok();
        }
    }
    Place { sandan, request: last.0, code: last.1 }
}

#[tokio::test]
async fn every_page_is_sound_in_both_languages() {
    if is_left_out() {
        return;
    }
    let place = a_place_with_much_going_on().await;
    let unit = place.sandan.account("fitter", "unit", &["--community", "xingfuli", "--unit", "property"]);
    let administrator = place.sandan.account("root", "administrator", &[]);
    let case = format!("/requests/{}", place.request);
    let (own, receipt) = (format!("/r/{}", place.code), format!("/r/{}/receipt", place.code));
    let of_residents = [
        "/",
        "/kiosk",
        "/kiosk?topic=other",
        "/open",
        "/evaluations",
        "/honours",
        "/callbacks",
        "/projects",
        &own,
        &receipt,
        "/sign-in",
        "/errors",
    ];
    let of_units = ["/unit", "/scores", &case];
    let of_offices = ["/desk", "/desk?tab=all", "/board", "/ledger", "/scores", &case];
    let of_administrators =
        ["/admin", "/admin?tab=accounts", "/admin?tab=tokens", "/admin?tab=policy", "/admin?tab=members"];

    let browser = Browser::open(Screen::Phone, "zh-CN").await;
    let patience = TimeoutConfiguration::new(Some(std::time::Duration::from_secs(60)), None, None);
    browser.page.update_timeouts(patience).await.expect("patience for axe");
    let mut complaints = Vec::new();
    for (language, dark) in [("zh-CN", false), ("en", true)] {
        browser.prefers_dark(dark).await;
        let visits: [(_, &[&str]); 3] = [
            (None, &of_residents),
            (Some(&unit), &of_units),
            (Some(&administrator), &[&of_offices[..], &of_administrators[..]].concat()),
        ];
        for (who, paths) in visits {
            if let Some(who) = who {
                browser.goes_to(&format!("{}/sign-in", place.sandan.url())).await;
                browser.signs_in(who).await;
            }
            for path in paths {
                browser.goes_to(&format!("{}{path}", place.sandan.url())).await;
                let wrong = look_at(&browser, place.sandan.url(), language).await;
                complaints.extend(wrong.into_iter().map(|wrong| format!("{path} in {language}: {wrong}")));
            }
            if who.is_some() {
                browser.signs_out().await;
            }
        }
        browser.leaves_by("form[action='/language'] button").await;
    }
    browser.close().await;
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// What is wrong with the page that is shown, on a phone and on a desktop.
async fn look_at(browser: &Browser, url: &str, language: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let shown = browser.asks("return document.documentElement.lang").await;
    if shown != language {
        wrong.push(format!("it is in {shown}"));
    }
    let is_bad = |entry: &Value| entry["level"] == "SEVERE" || entry["level"] == "WARNING";
    let console = browser.console().await;
    wrong.extend(console.iter().filter(|entry| is_bad(entry)).map(|entry| format!("console: {}", entry["message"])));
    wrong.extend(from_elsewhere(browser, url).await.into_iter().map(|address| format!("loads {address}")));
    for screen in [Screen::Phone, Screen::Desktop] {
        browser.shows(screen).await;
        wrong.extend(too_wide(browser, screen.size().0).await.map(|what| format!("wider than {screen:?}: {what}")));
        if screen == Screen::Phone || language == "en" {
            wrong.extend(barriers(browser).await);
        }
    }
    browser.shows(Screen::Phone).await;
    wrong
}

/// Addresses of other hosts: fetched, or named by anything that would be fetched.
async fn from_elsewhere(browser: &Browser, url: &str) -> Vec<String> {
    let script = "const named = [...document.querySelectorAll('[src], link[href], use[href], image[href]')];
        return performance.getEntriesByType('resource').map((entry) => entry.name)
            .concat(named.map((thing) => thing.src || thing.href?.baseVal || thing.href))";
    let addresses = browser.asks(script).await;
    let addresses = addresses.as_array().expect("a list").iter().map(|address| address.as_str().unwrap_or_default());
    let is_ours = |address: &str| address.starts_with(&format!("{url}/")) || address.starts_with("data:");
    addresses.filter(|address| !is_ours(address)).map(str::to_owned).collect()
}

/// The page or what sticks out of it, if it can be pushed sideways.
async fn too_wide(browser: &Browser, width: u32) -> Option<String> {
    let script = "const page = document.documentElement;
        if (page.scrollWidth <= page.clientWidth && page.clientWidth <= arguments[0]) return null;
        const out = [...document.body.querySelectorAll('*')]
            .filter((thing) => thing.getBoundingClientRect().right > arguments[0] + 1);
        return [page.scrollWidth, ...out.slice(0, 3).map((thing) => thing.outerHTML.slice(0, 120))]";
    let out = browser.page.execute(script, vec![width.into()]).await.expect("measure");
    (!out.is_null()).then(|| out.to_string())
}

/// Answers with a line a rule that is broken. A page on which axe found hardly anything to look at is wrong too.
const RUN_AXE: &str = "const done = arguments[0];
    const isGrave = (rule) => rule.impact === 'serious' || rule.impact === 'critical';
    const place = (node) => `${node.html.slice(0, 160)} ${node.failureSummary}`;
    const tell = (rule) => `${rule.id}: ${rule.nodes.slice(0, 3).map(place).join(' | ')}`;
    axe.run(document).then(
        (found) => done(found.passes.length < 10 ? ['axe hardly looked'] : found.violations.filter(isGrave).map(tell)),
        (error) => done([`axe failed: ${error}`]))";

/// Serious and critical violations, with the first places where they stand.
async fn barriers(browser: &Browser) -> Vec<String> {
    if browser.asks("return typeof axe").await == "undefined" {
        // Not as a script of the page, which its policy forbids, but as the driver's.
        browser.page.execute(&format!("{AXE}; window.axe = axe"), Vec::new()).await.expect("inject axe");
    }
    let found = browser.page.execute_async(RUN_AXE, Vec::new()).await.expect("run axe");
    found.as_array().expect("a list").iter().map(|rule| rule.as_str().unwrap_or_default().to_owned()).collect()
}
