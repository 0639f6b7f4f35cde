//! The filing form: what is wrong is said where it is wrong, and sending twice is sending once.

use fantoccini::actions::{InputSource, MouseActions, PointerAction};
use sandan_testkit::{Browser, Sandan, Screen};

use super::is_left_out;

const TYPED: [(&str, &str); 4] = [
    ("#file-title", "漏水"),
    ("#file-address", "三号楼二单元"),
    ("#file-name", "王大妈"),
    ("#file-phone", "13900001234"),
];

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed_and_says_what_is_wrong_at_the_field() {
    if is_left_out() {
        return;
    }
    let sandan = Sandan::start();
    sandan.community("xingfuli").await;
    let browser = Browser::open(Screen::Phone, "zh-CN").await;
    for (missing, unknown) in [
        ("请填写这一项。", "没有这个类别，请重新选择。"),
        ("Please fill this in.", "There is no such category; please choose again."),
    ] {
        browser.goes_to(sandan.url()).await;
        for (field, words) in TYPED {
            browser.types(field, words).await;
        }
        // Blanks pass the browser's own check, not ours.
        browser.types("#file-description", "  ").await;
        browser.leaves_by("form[action='/file'] button").await;
        is_wrong_at(&browser, "file-description", missing).await;
        keeps_what_was_typed(&browser).await;

        browser.types("#file-description", "楼上漏水").await;
        browser.types("#file-wanted", "没有这种类别").await;
        browser.leaves_by("form[action='/file'] button").await;
        is_wrong_at(&browser, "file-wanted", unknown).await;
        keeps_what_was_typed(&browser).await;
        assert_eq!(browser.value("#file-description").await, "楼上漏水");

        // Mended, it is accepted.
        browser.types("#file-wanted", " ").await;
        browser.leaves_by("form[action='/file'] button").await;
        browser.finds(".receipt .big").await;
        browser.leaves_by("form[action='/language'] button").await;
    }
    browser.close().await;
}

async fn is_wrong_at(browser: &Browser, field: &str, words: &str) {
    browser.reads_at(&format!("{field}-e"), words).await;
    let script = "const f = document.activeElement; return [f.id, f.getAttribute('aria-describedby')]";
    let focused = browser.asks(script).await;
    assert_eq!(
        focused,
        serde_json::json!([field, format!("{field}-e")]),
        "the wrong field has the focus and its error"
    );
}

async fn keeps_what_was_typed(browser: &Browser) {
    for (field, words) in TYPED {
        assert_eq!(browser.value(field).await, words, "{field}");
    }
}

#[tokio::test]
async fn a_form_sent_twice_makes_one_request() {
    if is_left_out() {
        return;
    }
    let sandan = Sandan::start();
    sandan.community("xingfuli").await;
    let browser = Browser::open(Screen::Phone, "zh-CN").await;

    // An impatient hand.
    browser.goes_to(sandan.url()).await;
    browser.types("#file-description", "井盖松动").await;
    let button = browser.finds("form[action='/file'] button").await;
    let press = || [PointerAction::Down { button: 0 }, PointerAction::Up { button: 0 }];
    let over = PointerAction::MoveToElement { element: button, duration: None, x: 0.0, y: 0.0 };
    let twice = [over].into_iter().chain(press()).chain(press());
    let hand = twice.fold(MouseActions::new("hand".to_owned()), MouseActions::then);
    browser.page.perform_actions(hand).await.expect("click twice");
    browser.finds(".receipt .big").await;

    // The same form twice on the wire, past everything that the page's scripts do about it.
    browser.goes_to(sandan.url()).await;
    browser.types("#file-description", "路灯不亮").await;
    let script = "const form = document.querySelector(\"form[action='/file']\");
        const send = () => fetch('/file', {method: 'POST', body: new URLSearchParams(new FormData(form))});
        const done = arguments[0];
        Promise.all([send(), send()]).then((answers) => done(answers.map((answer) => new URL(answer.url).pathname)));";
    let receipts = browser.page.execute_async(script, Vec::new()).await.expect("send twice");
    assert_eq!(receipts[0], receipts[1], "both answers are the same receipt");

    let last = sandan.resident().files("xingfuli", "最后一单").await;
    let all = sandan.staff("dispatcher").get(&format!("/api/v1/requests?after={}", last["position"])).await.ok();
    assert_eq!(all["items"].as_array().map(Vec::len), Some(3), "{all}");
    browser.close().await;
}
