//! The whole cycle with pages alone: no scripts, no API.

use sandan_testkit::{Browser, Sandan, Screen};

use super::is_left_out;

const WORDS: &str = "三号楼楼道灯坏了，晚上看不见路";

#[tokio::test]
async fn without_scripts_a_request_is_filed_dispatched_done_rated_and_goes_back() {
    if is_left_out() {
        return;
    }
    let sandan = Sandan::start();
    sandan.community("xingfuli").await;
    let clerk = sandan.account("clerk", "dispatcher", &["--community", "xingfuli"]);
    let fitter = sandan.account("fitter", "unit", &["--community", "xingfuli", "--unit", "property"]);
    let browser = Browser::open_without_scripts(Screen::Phone, "zh-CN").await;
    let at = |path: &str| format!("{}{path}", sandan.url());

    // 点单: a resident files, and takes a code home.
    browser.goes_to(&at("/")).await;
    browser.types("#file-description", WORDS).await;
    browser.types("#file-phone", "13900001234").await;
    browser.leaves_by("form[action='/file'] button").await;
    browser.reads("已收到您的点单").await;
    browser.finds(".receipt .qr svg").await;
    let code = browser.text(".receipt .big").await;
    assert_eq!(code.len(), 13, "{code}");

    // 派单: a dispatcher is led to the sign-in, accepts it and sends it to a unit.
    browser.goes_to(&at("/sign-in")).await;
    browser.signs_in(&clerk).await;
    assert_eq!(browser.path().await, "/desk");
    browser.leaves_by("#queue a.line-title").await;
    browser.leaves_by("form[action$='/triage'] button").await;
    browser.reads("已完成：研判").await;
    browser.presses("form[action$='/dispatch'] input[value=property]").await;
    browser.leaves_by("form[action$='/dispatch'] > button").await;
    browser.reads("已完成：派单").await;
    browser.signs_out().await;

    // The unit claims it and answers.
    browser.goes_to(&at("/sign-in")).await;
    browser.signs_in(&fitter).await;
    assert_eq!(browser.path().await, "/unit");
    browser.leaves_by("#work form[action$='/claim'] button").await;
    browser.reads("已完成：认领").await;
    browser.leaves_by("#work a.line-title").await;
    browser.types("#complete-answer", "灯已更换，欢迎监督。").await;
    browser.presses("form[action$='/complete'] input[value=true]").await;
    browser.leaves_by("form[action$='/complete'] > button").await;
    browser.reads("已完成：办结").await;
    browser.signs_out().await;

    // 评单: the resident is not satisfied, and it goes back into the furnace.
    browser.goes_to(&at(&format!("/r/{code}"))).await;
    browser.reads("灯已更换，欢迎监督。").await;
    browser.presses("input[value=dissatisfied]").await;
    browser.types("#rating-reason", "第二天又不亮了").await;
    browser.leaves_by("form[action$='/rate'] button").await;
    browser.reads("回炉重办中").await;
    browser.reads("居民不满意超过三成").await;

    // The unit sees it again, with the reason and without a name.
    browser.goes_to(&at("/sign-in")).await;
    browser.signs_in(&fitter).await;
    browser.reads("第 1 次回炉").await;
    browser.leaves_by("#work a.line-title").await;
    browser.reads("第二天又不亮了").await;
    let page = browser.text("main").await;
    assert!(!page.contains("13900001234"), "a unit never learns who asked (R21): {page}");
    browser.close().await;
}
