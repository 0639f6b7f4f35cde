//! Forms: what was typed stays, errors stand at their fields, sending twice has one effect.

use crate::browser::Browser;
use crate::house::House;

const KEY: &str = "0197a0c5-0000-7000-8000-000000000001";

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed_and_says_what_is_wrong_in_the_pages_language() {
    let house = House::furnished().await;
    let mut resident = Browser::resident(&house);
    let fields = [("community", "a"), ("description", ""), ("address", "Road <1>"), ("phone", "12")];
    let page = resident.sends("/file", &fields).await;
    page.is(422).says("请填写这一项。").says("5 至 20 位数字").says("Road &#60;1&#62;").says("value=\"12\"");
    resident.language = "en";
    resident.sends("/file", &fields).await.is(422).says("Please fill this in.");
}

#[tokio::test]
async fn a_form_sent_twice_files_once() {
    let house = House::furnished().await;
    let resident = Browser::resident(&house);
    let fields = [("key", KEY), ("community", "a"), ("description", "Dark street"), ("phone", "13800000001")];
    let first = resident.posts("/file", &fields).await.expect(303).header("location").to_owned();
    let second = resident.posts("/file", &fields).await.expect(303).header("location").to_owned();
    assert_eq!(first, second);
}

#[tokio::test]
async fn a_typed_category_that_may_mean_several_is_asked_back() {
    let house = House::furnished().await;
    let resident = Browser::resident(&house);
    let fields = [("community", "a"), ("description", "Dark street"), ("wanted", "安全")];
    let page = resident.sends("/file", &fields).await;
    page.is(422).says("您指的是哪一类").says("name=\"picked\"").says("Dark street");
    let picked = [fields[0], fields[1], fields[2], ("picked", "城乡建设/安全生产/安全隐患")];
    resident.sends("/file", &picked).await.is(200).says("已收到您的点单");
}

#[tokio::test]
async fn similar_requests_nearby_can_be_joined_or_passed_over() {
    let house = House::furnished().await;
    let filed = house.files("Secret words of the first resident").await;
    house.seen(filed.position).await;
    let resident = Browser::resident(&house);
    let fields = [("community", "a"), ("description", "The same here"), ("category", "城乡建设")];
    let page = resident.sends("/file", &fields).await;
    page.is(200).says(&format!("/join/{}", filed.id)).says("The same here").does_not_say("Secret words");
    let seen = [fields[0], fields[1], fields[2], ("seen", "1")];
    resident.sends("/file", &seen).await.is(200).says("已收到您的点单");
    let joined = resident.sends(&format!("/join/{}", filed.id), &[("phone", "13900000002")]).await;
    joined.is(200).says("附议成功");
    let page = resident.opens(&format!("/r/{}", joined.code())).await;
    page.is(200).does_not_say("Secret words").does_not_say("王小明");
    resident.sends(&format!("/join/{}", filed.id), &[("phone", "139 0000 0002")]).await.is(409).says("已经附议过");
}

#[tokio::test]
async fn a_long_form_is_read_whole() {
    let house = House::furnished().await;
    let words = "路灯不亮。\n".repeat(1_000);
    let page = Browser::resident(&house).sends("/file", &[("community", "a"), ("description", &words)]).await;
    let page = Browser::resident(&house).opens(&format!("/r/{}", page.code())).await;
    assert_eq!(page.html.matches("路灯不亮。").count(), 1_000);
}

#[tokio::test]
async fn a_claim_that_came_too_late_is_told_who_was_faster() {
    let house = House::furnished().await;
    let (desk, water, power) = (house.dispatcher().await, house.unit("water").await, house.unit("power").await);
    let filed = house.files("The tap drips").await;
    let desk = Browser::of(&house, desk);
    let case = format!("/requests/{}", filed.id);
    desk.sends(&format!("{case}/triage"), &[("decision", "accept")]).await.is(200);
    desk.sends(&format!("{case}/dispatch"), &[("lead", "*pool")]).await.is(200);
    let claim = format!("{case}/claim");
    Browser::of(&house, water).sends(&claim, &[("back", "/unit")]).await.is(200).says("已完成：认领");
    Browser::of(&house, power).sends(&claim, &[]).await.is(409).says("water");
}
