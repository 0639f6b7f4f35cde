//! `/honours` (R24): a supervisor asks, the desk answers, the supervisor proposes; everybody reads it.

use sandan_domain::Role;

use crate::browser::Browser;
use crate::house::House;

#[tokio::test]
async fn r24_a_unit_is_proposed_after_its_community_has_answered() {
    let house = House::furnished().await;
    let town = Browser::of(&house, house.token(Role::Supervisor, None, None).await);
    let mut desk = Browser::of(&house, house.dispatcher().await);
    let visitor = Browser::resident(&house);
    visitor.opens("/honours").await.is(200).says("还没有征求过意见").does_not_say("name=\"honour\"");
    visitor.opens("/evaluations").await.says("href=\"/honours\"");
    let field = |unit, to| [("unit", unit), ("honour", "文明单位"), ("from", "2026-10-01"), ("to", to)];
    town.sends("/honours", &field("", "2026-10-31")).await.is(422).says("请填写这一项。");
    town.sends("/honours", &field("a/water", "2026-11-30")).await.is(422).says("时段到");
    let asked = town.sends("/honours", &field("a/water", "2026-10-31")).await;
    asked.is(200).says("water · 文明单位").says("待社区答复").does_not_say("/proposal").says("10月31日");
    let page = asked.path.split('?').next().unwrap().to_owned();
    town.sends("/honours", &field("a/water", "2026-10-31")).await.is(409).says("已经征求过");
    let step = |step: &str| format!("{page}/{step}");
    town.sends(&step("proposal"), &[]).await.is(409).says("答复之后才能推荐");
    desk.sends(&step("opinion"), &[("opinion", "opposes")]).await.is(422).says("请填写这一项。");
    let fields = [("opinion", "opposes"), ("reason", "It never came")];
    desk.sends(&step("opinion"), &fields).await.is(200).says("It never came").says("不赞成").does_not_say("/opinion\"");
    desk.sends(&step("opinion"), &fields).await.is(409).says("已记录在案");
    town.sends(&step("proposal"), &[]).await.is(422).says("须说明理由");
    let proposed = town.sends(&step("proposal"), &[("reason", "The town saw more")]).await;
    proposed.is(200).says("The town saw more").says("已推荐").does_not_say("/proposal\"");
    proposed.says("/ledger?rate=on_time&#38;side=numerator");
    desk.language = "en";
    desk.opens(&page).await.is(200).says("Opposes it").says("Proposed").says("up to position");
    desk.opens("/honours").await.says("Opposes it");
    visitor.opens(&page).await.is(200).says("It never came").does_not_say("/ledger");
    let told = visitor.posts(&step("drop"), &[("reason", "r")]).await.expect(303);
    assert!(told.header("location").starts_with("/sign-in"));
    town.sends(&step("nonsense"), &[]).await.is(404);
}
