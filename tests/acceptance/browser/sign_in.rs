//! The way in, and out again.

use sandan_testkit::{Browser, Sandan, Screen};

use super::is_left_out;

#[tokio::test]
async fn who_signs_in_comes_back_to_the_page_and_signing_out_closes_it() {
    if is_left_out() {
        return;
    }
    let sandan = Sandan::start();
    sandan.community("xingfuli").await;
    let watcher = sandan.account("watcher", "supervisor", &[]);
    let browser = Browser::open(Screen::Desktop, "en").await;
    let ledger = format!("{}/ledger?state=filed", sandan.url());
    browser.goes_to(&ledger).await;
    assert_eq!(browser.path().await, "/sign-in");

    browser.tries_password("watcher", "not the password").await;
    browser.reads("The name or the password is wrong.").await;
    assert_eq!(browser.value("#sign-in-name").await, "watcher");
    assert_eq!(browser.value("#sign-in-password").await, "", "a password is not sent back");

    browser.signs_in(&watcher).await;
    let address = browser.page.current_url().await.expect("an address");
    assert_eq!(address.as_str(), ledger, "back where it began, filters too");

    browser.signs_out().await;
    browser.goes_to(&ledger).await;
    assert_eq!(browser.path().await, "/sign-in");
    browser.close().await;
}

#[tokio::test]
async fn a_unit_is_shown_the_way_back_from_pages_of_the_desk_and_the_watch() {
    if is_left_out() {
        return;
    }
    let sandan = Sandan::start();
    sandan.community("xingfuli").await;
    let fitter = sandan.account("fitter", "unit", &["--community", "xingfuli", "--unit", "property"]);
    let browser = Browser::open_without_scripts(Screen::Phone, "zh-CN").await;
    browser.goes_to(&format!("{}/sign-in", sandan.url())).await;
    browser.signs_in(&fitter).await;
    for path in ["/desk", "/desk/queue", "/board", "/board/figures", "/ledger", "/admin"] {
        browser.goes_to(&format!("{}{path}", sandan.url())).await;
        browser.reads("没有权限").await;
        browser.leaves_by("main a.btn").await;
        assert_eq!(browser.path().await, "/unit", "the way out of {path}");
    }
    browser.close().await;
}

#[tokio::test]
async fn after_five_wrong_passwords_even_the_right_one_has_to_wait() {
    if is_left_out() {
        return;
    }
    let sandan = Sandan::start();
    let watcher = sandan.account("watcher", "supervisor", &[]);
    let browser = Browser::open_without_scripts(Screen::Phone, "zh-CN").await;
    browser.goes_to(&format!("{}/sign-in", sandan.url())).await;
    for _ in 0..5 {
        browser.tries_password("watcher", "not the password").await;
        browser.reads("账号或密码不对。").await;
    }
    browser.tries_password(&watcher.name, &watcher.password).await;
    browser.reads("尝试次数过多").await;
    browser.goes_to(&format!("{}/board", sandan.url())).await;
    assert_eq!(browser.path().await, "/sign-in");
    browser.close().await;
}
