//! The kiosk in a service hall: by touch, in few steps, and nothing of the last visitor stays.

use sandan_testkit::{Browser, Sandan, Screen};

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

/// Every control is at least as high and as wide as a finger needs.
async fn is_easy_to_touch(browser: &Browser) {
    browser.finds("main").await;
    let script = "return [...document.querySelectorAll('main a, main button, main input, main textarea')]
        .filter((thing) => thing.type !== 'hidden' && thing.checkVisibility())
        .map((thing) => [thing.outerHTML.slice(0, 80), thing.getBoundingClientRect()])
        .filter(([, box]) => box.width < arguments[0] || box.height < arguments[0])
        .map(([name, box]) => `${name}: ${Math.round(box.width)} by ${Math.round(box.height)}`)";
    let small = browser.page.execute(script, vec![TOUCH.into()]).await.expect("measure");
    assert_eq!(small, serde_json::json!([]), "too small to touch on {}", browser.path().await);
}
