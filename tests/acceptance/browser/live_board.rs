//! The board moves by itself.

use sandan_testkit::{Browser, Sandan, Screen};

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
