//! A request from the form to the furnace and back, by forms alone.

use sandan_domain::Role;

use crate::browser::Browser;
use crate::house::House;

#[tokio::test]
async fn a_request_goes_its_way_through_the_pages() {
    let house = House::furnished().await;
    let resident = Browser::resident(&house);
    let fields = [("community", "a"), ("description", "The tap drips"), ("title", "Tap"), ("phone", "13800000001")];
    let receipt = resident.sends("/file", &fields).await;
    receipt.is(200).says("已收到您的点单").says("<svg").says("位置");
    let code = receipt.code();
    let number = receipt.html.split("class=\"num\">").nth(1).unwrap().split('<').next().unwrap().to_owned();

    let desk = Browser::of(&house, house.dispatcher().await);
    let case = desk.opens(&format!("/desk?q={number}")).await;
    case.is(200).says("The tap drips").says("id=\"triage\"").does_not_say("id=\"dispatch\"");
    let case = case.path;
    let step = |step: &str| format!("{case}/{step}");
    desk.sends(&step("triage"), &[("decision", "reject")]).await.is(422).says("请填写这一项。");
    desk.sends(&step("triage"), &[("decision", "accept"), ("public_title", "Water")])
        .await
        .is(200)
        .says("id=\"dispatch\"");
    desk.sends(&step("dispatch"), &[("lead", "water"), ("assist", "power")]).await.is(200).says("water");

    let water = Browser::of(&house, house.unit("water").await);
    water.opens("/unit").await.is(200).says(&format!("{case}/claim"));
    water.sends(&step("claim"), &[]).await.is(200).says("id=\"complete\"");
    water.sends(&step("progress"), &[("note", "Parts are ordered")]).await.is(200);
    resident.opens(&format!("/r/{code}")).await.is(200).says("Parts are ordered").says("正在办理");
    let answer = [("answer", "Mended"), ("solved", "false"), ("unsolved_reason", "")];
    water.sends(&step("complete"), &answer).await.is(422).says("Mended");
    water.sends(&step("complete"), &[("answer", "Mended"), ("solved", "true")]).await.is(200);

    let page = resident.opens(&format!("/r/{}", code.to_lowercase())).await;
    page.is(200).says("Mended").says("已办结，请您评价").says("name=\"rating\"");
    resident.sends(&format!("/r/{code}/rate"), &[]).await.is(422).says("请选择一项。");
    let ballot = [("rating", "dissatisfied"), ("reason", "It still drips")];
    resident.sends(&format!("/r/{code}/rate"), &ballot).await.is(200).says("回炉重办中");
    desk.opens(&case).await.is(200).says("谁办过，用了多久").says("承办").says("合计");
    water.opens(&case).await.is(200).says("It still drips").says("id=\"complete\"").does_not_say("13800000001");

    let board = Browser::of(&house, house.token(Role::Supervisor, None, None).await);
    board.opens("/board").await.is(200).says("id=\"tile-open\"");
    board.opens("/ledger?rate=rework&side=numerator&period=all").await.is(200).says(&number);
    board.opens("/ledger?state=rework").await.is(200).says(&number);
    board.opens("/ledger?state=closed").await.is(200).does_not_say(&number);
}

#[tokio::test]
async fn the_kiosk_takes_a_request_in_few_steps() {
    let house = House::furnished().await;
    let resident = Browser::resident(&house);
    resident.opens("/kiosk").await.is(200).says("Community a").says("Community b");
    resident.opens("/kiosk?community=a").await.is(200).says("topic=");
    let fields = [("community", "a"), ("description", "The tap drips"), ("category", "城乡建设")];
    let page = resident.sends("/kiosk", &fields).await;
    page.is(200).says("已收到您的点单");
    resident.sends("/kiosk", &[("community", "a"), ("description", "")]).await.is(422).says("请填写这一项。");
    let code = page.html.split("class=\"big\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let page = resident.sends("/kiosk/follow", &[("community", "a"), ("code", &code)]).await;
    page.is(200).says("已收到，等待研判").does_not_say("The tap drips");
}

#[tokio::test]
async fn whoever_has_a_code_rates_at_the_kiosk_and_it_counts_as_one() {
    let house = House::furnished().await;
    let filed = house.completed().await;
    house.seen(filed.position).await;
    let resident = Browser::resident(&house);
    let with = |more: &[(&'static str, &str)]| {
        let mut fields = vec![("community", "a".to_owned()), ("code", filed.code.clone())];
        fields.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
        fields
    };
    let sends = async |path: &str, fields: Vec<(&'static str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        resident.sends(path, &fields).await
    };
    let page = sends("/kiosk/follow", with(&[])).await;
    page.is(200).says("action=\"/kiosk/rate\"").says("name=\"why_not_solved\"").says("Mended");
    sends("/kiosk/rate", with(&[("reason", "It still drips")]))
        .await
        .is(422)
        .says("请选择一项。")
        .says("It still drips");
    let wrong = with(&[("rating", "satisfied"), ("dispatch_wrong", "true")]);
    sends("/kiosk/rate", wrong).await.is(422).says("action=\"/kiosk/rate\"");
    let told = sends("/kiosk/rate", with(&[("rating", "basically_satisfied"), ("reason", "It took long")])).await;
    told.is(200).says("评价已收到").says("data-idle=\"15\"").does_not_say(&filed.code).does_not_say("It took long");
    let desk = house.dispatcher().await;
    let another = house.files("Another").await;
    let told = house.step(&desk, &another.id, "triage", serde_json::json!({"decision": "accept"})).await;
    let path = format!("/api/v1/ballots?after={}", told.body["position"]);
    let told = house.get(&path).by(&desk).send().await.expect(200);
    let ways = told.body["by_channel"].as_array().unwrap();
    let kiosk = ways.iter().find(|way| way["channel"] == "kiosk").unwrap();
    assert_eq!((&kiosk["valid"], &kiosk["satisfied"]), (&serde_json::json!(1), &serde_json::json!(1)));
}

#[tokio::test]
async fn a_wrong_code_leaves_whoever_typed_it_at_the_kiosk() {
    let house = House::furnished().await;
    let resident = Browser::resident(&house);
    let wrong = [("community", "a"), ("code", "0000000000000"), ("rating", "satisfied")];
    for path in ["/kiosk/follow", "/kiosk/rate"] {
        resident.sends(path, &wrong).await.is(404).says("没有找到这个查询码").says("action=\"/kiosk/follow\"");
    }
    let opened = resident.opens("/kiosk?community=a&code=0000000000000").await;
    opened.is(404).says("没有找到这个查询码").says("class=\"kiosk\"");
    let lost = resident.opens(&format!("/kiosk/vote/{}?community=a", uuid::Uuid::nil())).await;
    lost.is(404).says("href=\"/kiosk\"").does_not_say("回到首页");
}

#[tokio::test]
async fn whoever_changes_their_rating_begins_with_what_they_said() {
    let house = House::furnished().await;
    let filed = house.completed().await;
    // Another joins before the round opens, so that one ballot does not end it.
    let desk = house.dispatcher().await;
    let (two, water) = (house.files("The tap runs").await, house.unit("water").await);
    let body = serde_json::json!({"phone": "13800000009", "name": "Li"});
    house.step("", &two.id, "co-signers", body).await;
    house.step(&desk, &two.id, "triage", serde_json::json!({"decision": "accept"})).await;
    house.step(&desk, &two.id, "dispatch", serde_json::json!({"unit": "water"})).await;
    house.step(&water, &two.id, "claim", serde_json::json!({})).await;
    let told = house.step(&water, &two.id, "complete", serde_json::json!({"answer": "Mended"})).await;
    house.seen(told.body["position"].as_u64().unwrap()).await;
    assert_ne!(two.id, filed.id);
    let resident = Browser::resident(&house);
    let fields =
        [("rating", "basically_satisfied"), ("why_too_slow", "true"), ("reason", "A week"), ("remedy", "Sooner")];
    let page = resident.sends(&format!("/r/{}/rate", two.code), &fields).await;
    page.is(200)
        .says("value=\"basically_satisfied\" required checked")
        .says("name=\"why_too_slow\" value=\"true\" checked");
    page.says(">A week</textarea>").says(">Sooner</textarea>");
    let kiosk = resident.sends("/kiosk/follow", &[("community", "a"), ("code", &two.code)]).await;
    kiosk.is(200).says("name=\"why_too_slow\" value=\"true\" checked").says(">A week</textarea>").says("修改评价");
}

#[tokio::test]
async fn an_administrator_sets_a_community_up() {
    let house = House::new().await;
    let admin = Browser::of(&house, house.token(Role::Administrator, None, None).await);
    let bad = admin.sends("/admin/communities", &[("name", "Town"), ("slug", "Bad Slug")]).await;
    bad.is(422).says("Bad Slug").says("只能用小写字母");
    admin.sends("/admin/communities", &[("name", "Town"), ("slug", "town")]).await.is(200).says("已保存");
    admin.sends("/admin/grids", &[("community", "town"), ("name", "North"), ("slug", "n")]).await.is(200).says("North");
    let unit = [("community", "town"), ("name", "Roads"), ("slug", "roads"), ("categories", "民政"), ("capacity", "x")];
    admin.sends("/admin/units", &unit).await.is(422).says("Roads");
    let unit = [unit[0], unit[1], unit[2], unit[3], ("capacity", "4")];
    admin.sends("/admin/units", &unit).await.is(200).says("0 / 4");
    admin.opens("/admin?tab=organisation&community=town&unit=roads").await.is(200).says("id=\"revise\"");
    let user = [("name", "desk"), ("role", "dispatcher"), ("password", "long enough words")];
    admin.sends("/admin/accounts", &user).await.is(200).says("desk");
    admin.sends("/admin/tokens", &[("role", "kiosk"), ("days", "30")]).await.is(201).says("class=\"secret\"");
    admin.opens("/admin?tab=policy").await.is(200).says("15 个工作日");

    let told = Browser::resident(&house).posts("/sign-in", &[("name", "desk"), ("password", "wrong")]).await;
    assert_eq!(told.status.as_u16(), 422);
    let fields = [("name", "desk"), ("password", "long enough words"), ("next", "/ledger")];
    let told = Browser::resident(&house).posts("/sign-in", &fields).await.expect(303);
    assert_eq!(told.header("location"), "/ledger");
    let cookie = told.header("set-cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap();
    house.get("/desk").header("cookie", cookie).send().await.expect(200);
    house.post("/sign-out").header("cookie", cookie).send().await.expect(303);
    house.get("/desk").header("cookie", cookie).send().await.expect(303);
}

#[tokio::test]
async fn the_staff_enter_ballots_a_unit_appeals_and_the_oversight_board_decides_by_forms_alone() {
    let house = House::furnished().await;
    let filed = house.completed().await;
    house.seen(filed.position).await;
    let case = format!("/requests/{}", filed.id);
    let hotline = Browser::of(&house, house.token(Role::Hotline, None, Some("a")).await);
    // Who left no e-mail address is on the call list.
    let list = hotline.opens("/calls").await;
    list.is(200).says("13800000001").says("记录通话");
    let person = list.html.split("name=\"person\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let call = format!("/calls/{}/call", filed.id);
    hotline.sends(&call, &[("person", &person), ("outcome", "busy")]).await.is(422);
    hotline
        .sends(&call, &[("person", &person), ("outcome", "no_answer")])
        .await
        .is(200)
        .says("无人接听")
        .says("已致电 1 次");
    // The poster leads whoever has a code to their ballot.
    hotline.opens(&format!("{case}/poster")).await.is(200).says("<svg").says(&format!("/v/{}", filed.id));
    let visitor = Browser::resident(&house);
    visitor.opens(&format!("/v/{}", filed.id)).await.is(200).does_not_say("The tap drips");
    visitor.sends(&format!("/v/{}", filed.id), &[("code", "0000000000000")]).await.is(404);
    let ballot = visitor.sends(&format!("/v/{}", filed.id), &[("code", &filed.code)]).await;
    ballot.is(200).says("name=\"via\" value=\"qr\"").says("name=\"why_not_solved\"");
    // The staff of the unit don't vote in a resident's name.
    let water = Browser::of(&house, house.unit("water").await);
    water.sends(&format!("/r/{}/rate", filed.code), &[("rating", "very_satisfied")]).await.is(403);
    let entered = format!("/calls/{}/ballot", filed.id);
    let fields = [
        ("person", &*person),
        ("via", "phone"),
        ("rating", "dissatisfied"),
        ("why_too_slow", "true"),
        ("remedy", "Come at once"),
    ];
    hotline.sends(&entered, &fields).await.is(200).says("没有要打的电话");
    hotline.opens(&case).await.is(200).says("电话代填 1").says("办得太慢").says("Come at once");
    // The unit appeals, the board decides, and the rates say it with and without.
    let appeal = water.opens(&case).await;
    appeal.is(200).says("id=\"appeals\"").does_not_say("13800000001");
    let name = appeal.html.split("name=\"ballot\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let fields = [("ballot", &*name), ("ground", "mistaken"), ("reason", "The wrong tap")];
    water.sends(&format!("{case}/appeals"), &fields).await.is(200).does_not_say("id=\"appeals\"");
    let board = Browser::of(&house, house.token(Role::Oversight, None, Some("a")).await);
    board.opens("/oversight").await.is(200).says("评价申诉").says("water");
    // Whoever decides reads what the unit says against the ballot.
    let decider = board.opens(&case).await;
    decider.is(200).says("id=\"appeal-decisions\"").says("单位申诉：误评，理由：The wrong tap").says("第 1 轮");
    decider.says("一位居民作了评价（电话代填）");
    let fields = [("ballot", &*name), ("upheld", "true"), ("reason", "It was another tap")];
    board.sends(&format!("{case}/appeal-decisions"), &fields).await.is(200).says("申诉成立");
    board.opens("/oversight").await.is(200).says("没有待办事项");
    board.opens("/board?period=all").await.is(200).says("不含申诉成立 1 票");
    let wall = board.opens("/board/wall?period=all").await;
    wall.is(200).says("不含申诉成立 1 票").says("hx-get=\"/board/wall/figures?period=all\"").does_not_say("<nav");
    board.opens("/board/wall/figures?period=all").await.is(200).says("不含申诉成立 1 票").does_not_say("<html");
    board.opens("/ledger?rate=satisfaction&side=denominator&period=all&without=appealed").await.is(200).says("没有");
}

#[tokio::test]
async fn the_oversight_board_commits_to_a_period_of_call_backs_and_everybody_sees_the_hash() {
    let house = House::furnished().await;
    let board = Browser::of(&house, house.token(Role::Oversight, None, Some("a")).await);
    let fields = [("community", "a"), ("from", "2026-11-01"), ("to", "2026-12-01"), ("size", "20")];
    board.sends("/callbacks", &fields).await.is(422);
    let fields = [("community", "a"), ("from", "2026-11-03"), ("to", "2026-12-01"), ("size", "20")];
    let page = board.sends("/callbacks", &fields).await;
    page.is(200).says("已承诺").does_not_say("id=\"draw\"");
    let visitor = Browser::resident(&house);
    visitor.opens("/callbacks").await.is(200).says("抽样 20 件").does_not_say("name=\"size\"");
    visitor.opens(&page.path).await.is(200).says("已承诺");
}
