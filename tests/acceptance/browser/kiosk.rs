//! The kiosk in a service hall: by touch, in few steps, and nothing of the last visitor stays.

use sandan_testkit::{Browser, Sandan, Screen};
use serde_json::json;

use super::evaluation::{PATIENCE, opened, sends_left, votes};
use super::is_left_out;

/// What a finger hits without aiming, in CSS pixels.
const TOUCH: u64 = 60;

#[tokio::test]
async fn a_kiosk_files_in_two_touches_and_forgets_who_stood_there() {
    if is_left_out() {
        return;
    }
    let sandan = Sandan::start();
    sandan.community("xingfuli").await;
    let browser = Browser::open(Screen::Desktop, "zh-CN").await;
    browser.goes_to(&format!("{}/kiosk", sandan.url())).await;
    is_easy_to_touch(&browser).await;
    browser.leaves_by("a.topic").await;
    is_easy_to_touch(&browser).await;
    browser.types("#kiosk-description", "社区食堂能不能开晚饭").await;
    browser.leaves_by("form[action='/kiosk'] button").await;
    browser.reads("已收到您的点单").await;
    browser.finds(".receipt .qr svg").await;
    is_easy_to_touch(&browser).await;
    let code = browser.text(".receipt .big").await;
    browser.leaves_by("main a.btn").await;
    browser.finds("a.topic").await;
    assert!(!browser.text("body").await.contains(&code), "the start shows no code");

    // The code tells how it stands, however it is typed.
    browser.types("#kiosk-code", &code.to_lowercase()).await;
    browser.leaves_by("form[action='/kiosk/follow'] button").await;
    browser.reads("已收到，等待研判").await;
    browser.leaves_by("main a.btn").await;
    browser.types("#kiosk-code", "0000000000000").await;
    browser.leaves_by("form[action='/kiosk/follow'] button").await;
    browser.reads("没有找到这个查询码").await;
    browser.close().await;
}

#[tokio::test]
async fn residents_rate_at_a_kiosk_by_touch() {
    if is_left_out() {
        return;
    }
    let sandan = Sandan::start();
    sandan.community("xingfuli").await;
    let (clerk, fitter) = (sandan.staff("dispatcher"), sandan.unit("property", "xingfuli"));
    let body = json!({"community": "xingfuli", "description": "路灯不亮", "requester": {"phone": "13900001234"}});
    let filed = sandan.resident().post("/api/v1/requests", body).await.ok();
    let (id, code) = (filed["id"].as_str().expect("an id"), filed["tracking_code"].as_str().expect("a code"));
    clerk.step(id, "triage", json!({"decision": "accept"})).await.ok();
    clerk.step(id, "dispatch", json!({"unit": "property"})).await.ok();
    fitter.step(id, "claim", json!({})).await.ok();
    fitter.step(id, "complete", json!({"answer": "已修好。", "solved": true})).await.ok();
    let browser = Browser::open(Screen::Desktop, "zh-CN").await;
    browser.goes_to(&format!("{}/kiosk", sandan.url())).await;
    browser.types("#kiosk-code", code).await;
    browser.leaves_by("form[action='/kiosk/follow'] button").await;
    browser.reads("您满意吗").await;
    is_easy_to_touch(&browser).await;
    browser.presses(".face:has(input[value=satisfied])").await;
    browser.leaves_by("form[action='/kiosk/rate'] button").await;
    browser.reads("评价已收到").await;
    assert!(!browser.page.current_url().await.expect("an address").as_str().contains(code), "the code is gone");
    browser.leaves_by("main a.btn").await;
    browser.finds("a.topic").await;
    browser.close().await;
}

#[tokio::test]
async fn residents_vote_at_a_kiosk_and_nothing_of_them_stays() {
    if is_left_out() {
        return;
    }
    let sandan = Sandan::start();
    sandan.community("xingfuli").await;
    let clerk = sandan.staff("dispatcher");
    let browser = Browser::open(Screen::Desktop, "zh-CN").await;
    let (id, codes) = opened(&sandan, &clerk, &browser).await;
    let kiosk = format!("{}/kiosk", sandan.url());

    // By the large entry: drawn, cast, done.
    browser.goes_to(&kiosk).await;
    browser.leaves_by("a.kiosk-vote").await;
    is_easy_to_touch(&browser).await;
    votes(&browser, &codes[0], "satisfied").await;
    browser.leaves_by("[data-part=waiting]:not([hidden]) a[data-next]").await;
    browser.finds("a.topic").await;
    assert_eq!(kept(&browser).await, 0, "of who voted nothing is kept");
    assert_eq!(sends_left(&browser).await, 1, "the ballot waits to be in the log");

    // By the code, typed where codes of requests are; then somebody leaves with a token that was not used.
    browser.types("#kiosk-code", &codes[1].to_lowercase()).await;
    browser.leaves_by("form[action='/kiosk/follow'] button").await;
    browser.finds("[data-part=draw]:not([hidden])").await;
    assert_eq!(browser.value("#code").await, codes[1]);
    assert_eq!(browser.asks("return location.hash").await, "");
    browser.presses("[data-part=draw] button").await;
    browser.finds("[data-part=ballot]:not([hidden])").await;
    is_easy_to_touch(&browser).await;
    assert_eq!(kept(&browser).await, 1);
    browser.leaves_by("a[data-next].btn-quiet").await;
    browser.finds("a.topic").await;
    assert_eq!(kept(&browser).await, 0, "whoever leaves takes everything along");

    // Nobody touches it any more.
    browser.leaves_by("a.kiosk-vote").await;
    browser.types("#code", &codes[2]).await;
    browser.presses("[data-part=draw] button").await;
    browser.finds("[data-part=ballot]:not([hidden])").await;
    browser.asks("document.body.dataset.idle = '0.001'; dispatchEvent(new Event('scroll'))").await;
    browser.finds("a.topic").await;
    assert_eq!(kept(&browser).await, 0);

    // The start sends what waits until it is in the log.
    clerk.post(&format!("/api/v1/evaluations/{id}/end"), json!({"phase": "voting"})).await.ok();
    let emptied = async {
        while sends_left(&browser).await > 0 {
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        }
    };
    tokio::time::timeout(PATIENCE, emptied).await.expect("the kiosk's urn is emptied");
    let list = sandan.resident().get(&format!("/api/v1/evaluations/{id}/ballots")).await.ok();
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1), "{list}");
    browser.close().await;
}

/// How much the browser keeps of who is voting.
async fn kept(browser: &Browser) -> u64 {
    let script = "return [sessionStorage, localStorage].flatMap((kept) => Object.keys(kept))
        .filter((key) => key.startsWith('sandan-vote-')).length";
    browser.asks(script).await.as_u64().unwrap_or_default()
}

/// Every control is at least as high and as wide as a finger needs.
async fn is_easy_to_touch(browser: &Browser) {
    browser.finds("main").await;
    let script = "return [...document.querySelectorAll('main a, main button, main input, main textarea')]
        .filter((thing) => thing.type !== 'hidden' && thing.checkVisibility())
        .map((thing) => [thing, thing.matches('[type=radio], [type=checkbox]') && thing.closest('label') || thing])
        .map(([thing, target]) => [thing.outerHTML.slice(0, 80), target.getBoundingClientRect()])
        .filter(([, box]) => box.width < arguments[0] || box.height < arguments[0])
        .map(([name, box]) => `${name}: ${Math.round(box.width)} by ${Math.round(box.height)}`)";
    let small = browser.page.execute(script, vec![TOUCH.into()]).await.expect("measure");
    assert_eq!(small, serde_json::json!([]), "too small to touch on {}", browser.path().await);
}
