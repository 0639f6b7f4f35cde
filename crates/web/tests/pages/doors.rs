//! Who gets in, and what those see who don't.

use sandan_domain::Role;

use crate::browser::Browser;
use crate::house::House;

const STAFF: [&str; 9] =
    ["/unit", "/unit/work", "/desk", "/desk/queue", "/board", "/board/figures", "/board/wall", "/ledger", "/admin"];

#[tokio::test]
async fn staff_pages_ask_to_sign_in_and_come_back() {
    let house = House::furnished().await;
    for page in STAFF {
        let told = house.get(page).send().await.expect(303);
        let next = page.replace('/', "%2F");
        assert_eq!(told.header("location"), format!("/sign-in?next={next}"));
    }
    for action in ["/admin/communities", "/admin/accounts/disable", "/admin/tokens"] {
        assert!(house.post(action).send().await.expect(303).header("location").starts_with("/sign-in"));
    }
}

#[tokio::test]
async fn a_live_part_sends_its_whole_page_to_the_sign_in_once_the_session_is_over() {
    let house = House::furnished().await;
    for (part, page) in [("/board/figures", "/board?community=river"), ("/desk/queue?tab=filed", "/desk")] {
        let asked = house.get(part).header("hx-request", "true");
        let told = asked.header("hx-current-url", &format!("http://sandan.example{page}")).send().await.expect(401);
        let next = page.replace('/', "%2F").replace('?', "%3F").replace('=', "%3D");
        assert_eq!(told.header("hx-redirect"), format!("/sign-in?next={next}"));
        assert!(told.bytes.is_empty());
    }
}

#[tokio::test]
async fn everybody_gets_into_the_public_pages_in_both_languages() {
    let house = House::furnished().await;
    let mut browser = Browser::resident(&house);
    for (language, tag) in [("zh-CN", "lang=\"zh-CN\""), ("en", "lang=\"en\"")] {
        browser.language = language;
        for page in ["/", "/kiosk", "/open", "/sign-in", "/errors", "/errors/at-capacity"] {
            browser.opens(page).await.is(200).says(tag);
        }
    }
}

#[tokio::test]
async fn each_role_gets_into_its_own_pages() {
    let house = House::furnished().await;
    let own = [
        (Role::Dispatcher, "/desk"),
        (Role::Hotline, "/desk"),
        (Role::Supervisor, "/board"),
        (Role::Oversight, "/ledger"),
        (Role::Administrator, "/admin"),
    ];
    for (role, page) in own {
        let browser = Browser::of(&house, house.token(role, None, None).await);
        browser.opens(page).await.is(200).says("<h1>");
    }
    Browser::of(&house, house.unit("water").await).opens("/unit").await.is(200).says("water");
}

#[tokio::test]
async fn another_roles_page_says_so_and_shows_the_way_out() {
    let house = House::furnished().await;
    let unit = Browser::of(&house, house.unit("water").await);
    unit.opens("/admin").await.is(403).says("没有权限").says("href=\"/\"");
}

#[tokio::test]
async fn a_wrong_code_and_a_wrong_address_are_told_kindly() {
    let house = House::furnished().await;
    let resident = Browser::resident(&house);
    resident.opens("/r/0000000000000").await.is(404).says("没有这个查询码");
    resident.opens("/nowhere").await.is(404).says("没有找到");
    resident.sends("/follow", &[("code", "nonsense")]).await.is(404).says("nonsense").says("aria-invalid=\"true\"");
}

#[tokio::test]
async fn nobody_is_led_to_another_host() {
    let house = House::furnished().await;
    let resident = Browser::resident(&house);
    for back in ["//evil.example", "https://evil.example", "/\\evil.example"] {
        let told = resident.posts("/language", &[("language", "en"), ("back", back)]).await.expect(303);
        assert_eq!(told.header("location"), "/", "{back}");
    }
}

#[tokio::test]
async fn a_chosen_language_is_kept() {
    let house = House::furnished().await;
    let told = Browser::resident(&house).posts("/language", &[("language", "en"), ("back", "/open")]).await.expect(303);
    assert_eq!(told.header("location"), "/open");
    let cookie = told.header("set-cookie").split(';').next().unwrap().to_owned();
    let told = house.get("/open").header("cookie", &cookie).header("accept-language", "zh-CN").send().await.expect(200);
    assert!(String::from_utf8_lossy(&told.bytes).contains("lang=\"en\""));
}

#[tokio::test]
async fn static_files_are_kept_for_ever_and_pages_never() {
    let house = House::furnished().await;
    let page = house.get("/").send().await.expect(200);
    assert_eq!(page.header("cache-control"), "no-store");
    let html = String::from_utf8(page.bytes.to_vec()).unwrap();
    let css = html.split("href=\"").find(|part| part.contains("sandan.css")).unwrap().split('"').next().unwrap();
    let told = house.get(css).send().await.expect(200);
    assert_eq!(told.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(told.header("content-type"), "text/css; charset=utf-8");
    house.get("/static/0/nothing.css").send().await.expect(404);
}
