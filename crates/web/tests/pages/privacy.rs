//! What a page keeps to itself (R5, R21, R37).

use crate::browser::Browser;
use crate::house::House;

#[tokio::test]
async fn a_unit_never_reads_who_asked() {
    let house = House::furnished().await;
    let filed = house.completed().await;
    house.seen(filed.position).await;
    let case = format!("/requests/{}", filed.id);
    Browser::of(&house, house.dispatcher().await).opens(&case).await.is(200).says("王小明").says("13800000001");
    let unit = Browser::of(&house, house.unit("water").await);
    unit.opens(&case).await.is(200).does_not_say("王小明").does_not_say("13800000001");
}

#[tokio::test]
async fn another_communitys_request_stays_closed() {
    let house = House::furnished().await;
    let filed = house.files("The tap drips").await;
    house.seen(filed.position).await;
    let token = house.token(sandan_domain::Role::Dispatcher, None, Some("b")).await;
    let stranger = Browser::of(&house, token);
    stranger.opens(&format!("/requests/{}", filed.id)).await.is(403).does_not_say("The tap drips");
    stranger.opens("/ledger?community=a").await.is(403);
    stranger.opens("/board?community=a").await.is(403);
    stranger.opens("/desk?tab=all").await.is(200).does_not_say("The tap drips");
}

#[tokio::test]
async fn the_open_page_names_and_quotes_nobody() {
    let house = House::furnished().await;
    let filed = house.completed().await;
    let ballot = serde_json::json!({"tracking_code": filed.code, "rating": "very_satisfied", "reason": "Thanks a lot"});
    let told = house.step("", &filed.id, "ratings", ballot).await;
    house.seen(told.body["position"].as_u64().unwrap()).await;
    let page = Browser::resident(&house).opens("/open?period=all").await;
    page.is(200).says("评单通过").does_not_say("王小明").does_not_say("The tap drips").does_not_say("Thanks a lot");
}

#[tokio::test]
async fn a_residents_page_is_kept_from_crawlers_and_from_other_hosts() {
    let house = House::furnished().await;
    let filed = house.files("The tap drips").await;
    let told = house.get(&format!("/r/{}?after={}", filed.code, filed.position)).send().await.expect(200);
    assert_eq!(told.header("referrer-policy"), "no-referrer");
    assert_eq!(told.header("cache-control"), "no-store");
    let html = String::from_utf8(told.bytes.to_vec()).unwrap();
    assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"));
}
