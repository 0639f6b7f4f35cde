//! `/scores` (R23): what was entered stands in pages, the newest first, of all or of one person.

use sandan_app::{Caller, CheckIn, EnterHours, Scope};
use sandan_domain::{Actor, Role};
use uuid::Uuid;

use crate::browser::Browser;
use crate::house::House;

fn text(text: impl Into<String>) -> Option<String> {
    Some(text.into())
}

/// Hours of so many people, one entry each, and a check-in that is all of somebody's.
async fn entered(house: &House, people: usize) {
    let actor = Actor::Staff { role: Role::Dispatcher, id: Uuid::nil(), unit: None };
    let desk = Caller::new(actor, Scope::All, "desk");
    let app = &house.site.app;
    for nth in 1..=people {
        let input = EnterHours {
            community: text("a"),
            unit: text("water"),
            phone: text(format!("138{nth:08}")),
            day: text("2026-10-18"),
            minutes: Some(60),
            activity: text(format!("Activity {nth}.")),
            evidence: text("The list"),
        };
        app.enter_hours(&desk, input).await.unwrap();
    }
    let (community, unit, phone, day) = (text("a"), text("power"), text("13900000001"), text("2026-10-19"));
    app.check_in(&desk, CheckIn { community, unit, phone, day }).await.unwrap();
}

#[tokio::test]
async fn entries_and_people_stand_in_pages_and_every_one_once() {
    let house = House::furnished().await;
    entered(&house, 60).await;
    let mut desk = Browser::of(&house, house.dispatcher().await);
    desk.language = "en";
    let first = desk.opens("/scores?community=a&year=2026").await;
    // The check-in is entry 61; of fifty rows the last is entry 12.
    first.is(200).says("Check-in alone").says("Activity 60.").says("Activity 12.").does_not_say("Activity 11.");
    first.says("/scores?community=a&#38;year=2026&#38;cursor=12#entries").says("people=50#people");
    first.says("only checked in: zero").does_not_say("First page");
    let second = desk.opens("/scores?community=a&year=2026&cursor=12").await;
    second.is(200).says("Activity 11.").says("Activity 1.").does_not_say("Activity 12.").does_not_say("cursor=");
    let people = desk.opens("/scores?community=a&year=2026&people=50").await;
    people.is(200).says("unit=water&#38;member=60#entries").does_not_say("unit=water&#38;member=49#");
    let one = desk.opens("/scores?community=a&year=2026&unit=water&member=7").await;
    one.is(200).says("Activity 7.").does_not_say("Activity 8.").does_not_say("Check-in alone").says("value=\"7\"");
    let power = desk.opens("/scores?community=a&year=2026&unit=power").await;
    power.is(200).says("Check-in alone").does_not_say("Activity 1.");
    // What names nothing filters nothing.
    desk.opens("/scores?community=a&year=2026&unit=nobody&member=7").await.is(200).says("Activity 60.");
}
