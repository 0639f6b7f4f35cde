//! The board moves by itself.

use sandan_testkit::{Browser, Sandan, Screen};
use serde_json::json;

use super::is_left_out;

#[tokio::test]
async fn an_open_board_changes_its_number_without_being_loaded_again() {
    if is_left_out() {
        return;
    }
    let sandan = Sandan::start();
    sandan.community("xingfuli").await;
    let watcher = sandan.account("watcher", "supervisor", &["--community", "xingfuli"]);
    let browser = Browser::open(Screen::Desktop, "zh-CN").await;
    browser.goes_to(&format!("{}/sign-in?next=/board", sandan.url())).await;
    browser.signs_in(&watcher).await;
    assert_eq!(browser.text("#tile-open b").await, "0");
    browser.asks("window.stays = true").await;

    sandan.resident().files("xingfuli", "井盖松动").await;
    browser.reads_at("tile-open", "1在办").await;
    sandan.resident().files("xingfuli", "路灯不亮").await;
    browser.reads_at("tile-open", "2在办").await;
    assert_eq!(browser.asks("return window.stays").await, true, "the page is the same one");
    browser.close().await;
}

#[tokio::test]
async fn a_units_bar_opens_into_exactly_what_it_counts() {
    if is_left_out() {
        return;
    }
    let sandan = Sandan::start();
    sandan.community("xingfuli").await;
    let clerk = sandan.staff("dispatcher");
    for units in [["property", "power"], ["power", "property"]] {
        let filed = sandan.resident().files("xingfuli", &format!("由{}牵头", units[0])).await;
        let request = filed["id"].as_str().expect("an id");
        clerk.step(request, "triage", json!({"decision": "accept"})).await.ok();
        clerk.step(request, "dispatch", json!({"units": units})).await.ok();
    }
    let watcher = sandan.account("watcher", "supervisor", &["--community", "xingfuli"]);
    let browser = Browser::open_without_scripts(Screen::Desktop, "zh-CN").await;
    browser.goes_to(&format!("{}/sign-in?next=/board", sandan.url())).await;
    browser.signs_in(&watcher).await;
    let bar = "[aria-labelledby=chart-unit] a[href*='lead=power']";
    browser.reads("供电所").await;
    browser.leaves_by(bar).await;
    browser.reads("供电所牵头、正在办理的事项。").await;
    assert_eq!(browser.count("tbody tr").await, 1, "it assists in the other");
    browser.reads("由power牵头").await;
    browser.close().await;
}
