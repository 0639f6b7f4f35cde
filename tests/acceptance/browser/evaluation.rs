//! 匿名评价: a real browser draws tokens and casts ballots without a name, and finds them in the published list.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use sandan_testkit::{Answer, Browser, Person, Sandan, Screen};
use serde_json::{Value, json};

use super::is_left_out;

const VOTERS: usize = 5;
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

/// A session of two units that was just opened, and the codes of those who vote.
pub(super) async fn opened(sandan: &Sandan, clerk: &Person, browser: &Browser) -> (String, Vec<String>) {
    let until = Timestamp::now() + SignedDuration::from_secs(15);
    let announce = json!({"community": "xingfuli", "occasion": "2026-Q4", "criteria": "本社区居民", "places": VOTERS,
        "subjects": [{"id": "property", "name": "物业公司"}, {"id": "power", "name": "供电所"}],
        "sign_up_until": until.to_string()});
    let id = clerk.post("/api/v1/evaluations", announce).await.ok()["id"].as_str().unwrap_or_default().to_owned();
    let path = format!("/api/v1/evaluations/{id}");
    // The first signs up on the page, the others over the API.
    browser.goes_to(&format!("{}/evaluations/{id}", sandan.url())).await;
    browser.types("#sign-up-name", "王大妈").await;
    browser.types("#sign-up-phone", "13900000000").await;
    browser.leaves_by("form[action$='/sign-up'] button").await;
    let mut codes = vec![browser.text("[data-own-code]").await];
    for nth in 1..VOTERS {
        let person = json!({"name": "居民", "phone": format!("139000000{nth:02}")});
        let told = sandan.resident().post(&format!("{path}/volunteers"), person).await.ok();
        codes.push(told["tracking_code"].as_str().unwrap_or_default().to_owned());
    }
    for number in 1..=VOTERS {
        clerk.post(&format!("{path}/screen"), json!({"number": number, "admitted": true})).await.ok();
    }
    until_granted(clerk, &format!("{path}/draw"), json!({})).await;
    let at = |hours| (Timestamp::now() + SignedDuration::from_hours(hours)).to_string();
    clerk.post(&format!("{path}/open"), json!({"drawing_until": at(1), "voting_until": at(2)})).await.ok();
    (id, codes)
}

/// Asks until the time for it has come.
async fn until_granted(clerk: &Person, path: &str, body: Value) {
    let asking = async {
        loop {
            let answer: Answer = clerk.post(path, body.clone()).await;
            if answer.status != 409 {
                answer.ok();
                return;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    tokio::time::timeout(PATIENCE, asking).await.expect(path);
}

pub(super) async fn votes(browser: &Browser, code: &str, rating: &str) {
    let part = |name: &str, what: &str| format!("[data-part={name}]:not([hidden]) {what}");
    browser.types(&part("draw", "#code"), code).await;
    browser.presses(&part("draw", "button")).await;
    browser.presses(&part("ballot", &format!("[data-subject=property] input[value={rating}]"))).await;
    browser.presses(&part("ballot", "button.btn")).await;
    browser.finds(&part("waiting", "[data-hash]")).await;
}

#[tokio::test]
async fn residents_vote_without_a_name_and_find_their_ballots() {
    if is_left_out() {
        return;
    }
    let sandan = Sandan::start();
    sandan.community("xingfuli").await;
    let clerk = sandan.staff("dispatcher");
    let browser = Browser::open(Screen::Phone, "zh-CN").await;
    let (id, codes) = opened(&sandan, &clerk, &browser).await;
    let (path, page) = (format!("/api/v1/evaluations/{id}"), format!("{}/evaluations/{id}", sandan.url()));

    // The link of the volunteer's own page brings the code, which goes from the address at once.
    browser.goes_to(&format!("{page}/vote#{}", codes[0])).await;
    browser.finds("[data-part=draw]:not([hidden])").await;
    assert_eq!(browser.value("#code").await, codes[0]);
    assert_eq!(browser.asks("return location.hash").await, "");

    // A wrong code is said to be one.
    browser.types("#code", "0000000000000").await;
    browser.presses("[data-part=draw] button").await;
    browser.finds("[data-complaint]:not([hidden])").await;

    let ratings = ["dissatisfied", "satisfied", "very_satisfied", "satisfied", "very_dissatisfied"];
    for (nth, (code, rating)) in codes.iter().zip(ratings).enumerate() {
        votes(&browser, code, rating).await;
        if nth + 1 < VOTERS {
            browser.presses("[data-part=waiting]:not([hidden]) [data-next]").await;
        }
    }
    // All have drawn: the ballots may be written, and the browser hears of it by sending again.
    let hash = browser.text("[data-part=waiting] [data-hash]").await;
    assert_eq!(hash.len(), 64, "{hash}");
    clerk.post(&format!("{path}/end"), json!({"phase": "drawing"})).await.ok();
    browser.finds("[data-part=recorded]:not([hidden])").await;
    let emptied = async {
        while sends_left(&browser).await > 0 {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    tokio::time::timeout(PATIENCE, emptied).await.expect("the browser's urn is emptied");

    // The list has five, one of them this one; what the answers are is not shown before the count.
    let list = sandan.resident().get(&format!("{path}/ballots")).await.ok();
    assert_eq!(list["items"].as_array().map(Vec::len), Some(VOTERS), "{list}");
    assert!(list["items"].as_array().is_some_and(|items| items.iter().all(|ballot| ballot["answers"].is_null())));
    browser.leaves_by("a[data-find]").await;
    browser.finds(&format!("[id='b-{hash}']")).await;

    clerk.post(&format!("{path}/end"), json!({"phase": "voting"})).await.ok();
    until_granted(&clerk, &format!("{path}/close"), json!({})).await;
    let shown = sandan.resident().get(&path).await.ok();
    let result = &shown["results"][0];
    assert_eq!((&result["valid"], &result["dissatisfied"]), (&json!(5), &json!(2)), "{shown}");
    assert_eq!(result["verdict"], "put_right");
    assert_eq!(shown["results"][1]["verdict"], "unrated");
    browser.goes_to(&format!("{page}/minutes")).await;
    browser.reads("须整改").await;
    browser.goes_to(&format!("{page}/ballots")).await;
    browser.reads("物业公司: 非常不满意").await;
    let complaints: Vec<_> = browser.console().await.into_iter().filter(|entry| entry["level"] == "SEVERE").collect();
    // The wrong code was answered with 404, which the browser notes.
    assert!(complaints.iter().all(|entry| entry["message"].to_string().contains("/tokens")), "{complaints:?}");
    browser.close().await;
}

async fn draws(browser: &Browser, code: &str) {
    browser.types("[data-part=draw]:not([hidden]) #code", code).await;
    browser.presses("[data-part=draw]:not([hidden]) button").await;
    browser.finds("[data-part=ballot]:not([hidden])").await;
}

async fn casts(browser: &Browser, rating: &str) -> String {
    browser.presses(&format!("[data-part=ballot]:not([hidden]) [data-subject=property] input[value={rating}]")).await;
    browser.presses("[data-part=ballot]:not([hidden]) button.btn").await;
    browser.text("[data-part=waiting]:not([hidden]) [data-hash]").await
}

/// What waits in the urn for the voter of this tab.
async fn urn_says(browser: &Browser, hash: &str) -> String {
    let script = format!(
        "const key = Object.keys(localStorage).find((key) => key.startsWith('sandan-urn-') && key.endsWith('{hash}'));
        return key && JSON.parse(localStorage.getItem(key)).answers[0].rating"
    );
    browser.asks(&script).await.as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn two_tabs_of_one_browser_lose_no_token_and_no_ballot() {
    if is_left_out() {
        return;
    }
    let sandan = Sandan::start();
    sandan.community("xingfuli").await;
    let clerk = sandan.staff("dispatcher");
    let browser = Browser::open(Screen::Desktop, "zh-CN").await;
    let (id, codes) = opened(&sandan, &clerk, &browser).await;
    let booth = format!("{}/evaluations/{id}/vote", sandan.url());
    let first = browser.page.window().await.expect("a window");
    let second = browser.page.new_window(true).await.expect("a tab").handle;
    let turns_to = async |tab: &fantoccini::wd::WindowHandle| {
        browser.page.switch_to_window(tab.clone()).await.expect("the other tab");
    };

    // Two people, each in a tab that stood open before either drew.
    for tab in [&first, &second] {
        turns_to(tab).await;
        browser.goes_to(&booth).await;
        browser.finds("[data-part=draw]:not([hidden])").await;
    }
    draws(&browser, &codes[0]).await;
    turns_to(&first).await;
    browser.finds("[data-part=draw]:not([hidden])").await;
    draws(&browser, &codes[1]).await;
    let one = casts(&browser, "satisfied").await;
    turns_to(&second).await;
    let other = casts(&browser, "very_satisfied").await;
    assert_ne!(one, other, "each has a token of their own");
    assert_eq!(sends_left(&browser).await, 2);

    // One person with the ballot in both tabs. What is cast in one is cast in the other.
    browser.presses("[data-part=waiting]:not([hidden]) [data-next]").await;
    draws(&browser, &codes[2]).await;
    turns_to(&first).await;
    browser.goes_to(&format!("{booth}#{}", codes[2])).await;
    browser.page.refresh().await.expect("load it again");
    browser.finds("[data-part=ballot]:not([hidden])").await;
    let third = casts(&browser, "dissatisfied").await;
    turns_to(&second).await;
    browser.finds("[data-part=waiting]:not([hidden])").await;
    // A tab that has not heard of it sends its own ballot: it does not take the place of the first.
    let late = "document.querySelector('[data-subject=property] input[value=satisfied]').checked = true;
        document.querySelector('[data-cast]').requestSubmit()";
    browser.asks(late).await;
    browser.reads("以先投出的为准").await;
    assert_eq!(urn_says(&browser, &third).await, "dissatisfied");

    // Even where both went out, and the program has the first, nothing is given up: it waits.
    let twin = format!(
        "const key = Object.keys(localStorage).find((key) => key.startsWith('sandan-urn-') && key.endsWith('{third}'));
        localStorage.setItem(key, localStorage.getItem(key).replace('dissatisfied', 'satisfied'));
        return Urn.sendAll().then(() => localStorage.getItem(key) !== null)"
    );
    assert_eq!(browser.asks(&twin).await, true, "a ballot of one's own whose token was used waits");
    browser.page.refresh().await.expect("load it again");
    browser.finds("[data-part=waiting]:not([hidden])").await;

    // In the log they are three, and the one that was cast first counts.
    clerk.post(&format!("/api/v1/evaluations/{id}/end"), json!({"phase": "voting"})).await.ok();
    let emptied = async {
        while sends_left(&browser).await > 0 {
            browser.asks("return Urn.sendAll(ended).then(() => 1)").await;
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    };
    tokio::time::timeout(PATIENCE, emptied).await.expect("the browser's urn is emptied");
    let list = sandan.resident().get(&format!("/api/v1/evaluations/{id}/ballots")).await.ok();
    let tokens: Vec<&str> =
        list["items"].as_array().into_iter().flatten().filter_map(|one| one["token"].as_str()).collect();
    let mut cast = [one.as_str(), &other, &third];
    cast.sort_unstable();
    assert_eq!(tokens, cast, "{list}");
    browser.finds("[data-part=recorded]:not([hidden])").await;
    browser.close().await;
}

pub(super) async fn sends_left(browser: &Browser) -> u64 {
    let script = "return Object.keys(localStorage).filter((key) => key.startsWith('sandan-urn-')).length";
    browser.asks(script).await.as_u64().unwrap_or_default()
}
