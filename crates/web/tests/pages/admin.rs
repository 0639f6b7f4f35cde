//! Administration: what could not be delivered, and policies and calendars as files.

use sandan_app::Caller;
use sandan_app::notices::{NewEndpoint, Notices, Retry, Settings};
use sandan_domain::Role;

use crate::browser::{Browser, Shown};
use crate::house::House;

/// Nobody listens there.
const NOBODY: &str = "http://127.0.0.1:1/in";

async fn administrator(house: &House) -> Browser<'_> {
    Browser::of(house, house.token(Role::Administrator, None, None).await)
}

/// The form as a browser sends it that has chosen a file.
async fn sends_file(browser: &Browser<'_>, path: &str, fields: &[(&str, &str)], file: &str) -> Shown {
    let part = |(name, value): &(&str, &str)| {
        format!("--cut\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let mut body: String = fields.iter().map(part).collect();
    body += "--cut\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\ncontent-type: text/plain\r\n\r\n";
    body += &format!("{file}\r\n--cut--\r\n");
    let call = browser.house.post(path).by(&browser.token).header("accept-language", browser.language);
    let told = call.body("multipart/form-data; boundary=cut", body).send().await;
    browser.arrives(path, told).await
}

#[tokio::test]
async fn what_could_not_be_delivered_is_shown_tried_again_and_thrown_away() {
    let house = House::furnished().await;
    let mut admin = administrator(&house).await;
    let page = "/admin?tab=notices";
    admin.opens(page).await.is(200).says("应发的都已送达").says("没有要告知的其他程序");
    let app = &house.site.app;
    let (url, feed) = (Some(NOBODY.to_owned()), Some("notices".to_owned()));
    app.add_endpoint(&Caller::system(), NewEndpoint { url, feed, ..NewEndpoint::default() }).await.unwrap();
    house.files("Nobody's words stand there").await;
    let retry = Retry { attempts_max: 1, ..Retry::default() };
    let job = Notices::new(app.clone(), Settings { retry, ..Settings::new("http://here") }).unwrap();
    job.send_due().await.unwrap();
    let shown = admin.opens(page).await;
    shown.is(200).says("诉求已收到").says(NOBODY).says("确定丢弃").does_not_say("Nobody's words");
    admin.language = "en";
    admin.opens(page).await.says("received").says("Yes, throw it away");
    let id = app.notices(&Caller::system()).await.unwrap().dead[0].id.to_string();
    admin
        .sends("/admin/notices/retry", &[("id", &id)])
        .await
        .is(200)
        .says("It is tried again.")
        .says("1 message is on");
    job.send_due().await.unwrap();
    admin.sends("/admin/notices/discard", &[("id", &id)]).await.is(200).says("It was thrown away.").does_not_say(&id);
    admin.sends("/admin/notices/discard", &[("id", &id)]).await.is(404);
    let clerk = Browser::of(&house, house.dispatcher().await);
    clerk.opens(page).await.is(403);
    clerk.sends("/admin/notices/retry", &[]).await.is(403);
}

#[tokio::test]
async fn a_policy_comes_as_a_file_with_a_look_ahead_before_it_is_published() {
    let house = House::furnished().await;
    let filed = house.files("The lamp is out").await;
    house.seen(filed.position).await;
    let admin = administrator(&house).await;
    let file = "\u{feff}name = \"Slower\"\n[limits]\ntriage = \"9 days\"\n";
    let look = [("community", "a"), ("terms", "name = \"Not this\""), ("do", "preview")];
    let page = sends_file(&admin, "/admin/policies", &look, file).await;
    page.is(200).says("推后 1 件").says("triage = &#34;9 days&#34;").does_not_say("Not this");
    sends_file(&admin, "/admin/policies", &look[..1], file).await.is(200).says("Slower");
    let wrong = sends_file(&admin, "/admin/policies", &look[..1], "lunch = 1").await;
    wrong.is(422).says("lunch");
}

#[tokio::test]
async fn a_calendar_comes_as_a_file_too() {
    let house = House::furnished().await;
    let admin = administrator(&house).await;
    let fields = [("community", "a"), ("name", "Year 2027")];
    let page = sends_file(&admin, "/admin/calendars", &fields, "date,kind,name\n2027-01-01,off,元旦\n").await;
    page.is(200).says("Year 2027");
    sends_file(&admin, "/admin/calendars", &fields, "when\n").await.is(422).says("date,kind,name");
    // Who chooses no file sends an empty one.
    let typed = [fields[0], ("name", "Typed"), ("days", "date,kind,name\n2028-01-01,off,元旦\n")];
    sends_file(&admin, "/admin/calendars", &typed, "").await.is(200).says("Typed");
}

#[tokio::test]
async fn staff_telephones_are_kept_on_a_tab_of_their_own() {
    let house = House::furnished().await;
    let mut admin = administrator(&house).await;
    let page = "/admin?tab=members&of=a/water";
    admin.opens(page).await.is(200).says("本单位还没有登记电话").says("不参加对本单位工作的评价");
    let of = [("community", "a"), ("unit", "water")];
    let added = admin.sends("/admin/members", &[of[0], of[1], ("phone", "13800000001")]).await;
    added.is(200).says("共 1 个电话").says("确定移除").does_not_say("13800000001");
    assert!(added.path.contains("of=a%2Fwater"), "{}", added.path);
    let wrong = admin.sends("/admin/members", &[of[0], of[1], ("phone", "nonsense")]).await;
    wrong.is(422).says("nonsense");
    admin.language = "en";
    admin.opens(page).await.says("One telephone").says("Yes, remove");
    admin.opens("/admin?tab=members&of=a/power").await.says("No telephone is known of this unit.");
    let (system, community, unit) = (Caller::system(), "a".parse().unwrap(), "water".parse().unwrap());
    let person = house.site.app.members(&system, &community, &unit).await.unwrap()[0].to_string();
    let removed = admin.sends("/admin/members/remove", &[of[0], of[1], ("person", &person)]).await;
    removed.is(200).says("No telephone is known of this unit.");
    admin.sends("/admin/members", &[of[0], of[1], ("phone", "13800000002")]).await.is(200).says("One telephone");
    let removed = admin.sends("/admin/members/remove", &[of[0], of[1], ("phone", "13800000002")]).await;
    removed.is(200).says("No telephone is known of this unit.");
    let clerk = Browser::of(&house, house.dispatcher().await);
    clerk.opens(page).await.is(403);
    clerk.sends("/admin/members", &[of[0], of[1], ("phone", "13800000001")]).await.is(403);
    clerk.sends("/admin/members/remove", &[of[0], of[1], ("person", &person)]).await.is(403);
}
