//! `/evaluations` (R22): who is rated is picked from a list and called by name; the minutes are a page and a file.

use sandan_domain::Role;
use serde_json::json;

use crate::browser::Browser;
use crate::house::House;

const FIELDS: [(&str, &str); 5] = [
    ("community", "a"),
    ("occasion", "2026-Q4"),
    ("criteria", "Residents"),
    ("places", "5"),
    ("sign_up_until", "2026-11-05T18:30"),
];

async fn joined_by_gas_and_heat(house: &House) {
    let admin = house.token(Role::Administrator, None, None).await;
    for (slug, name) in [("gas", "燃气公司"), ("heat", "热力公司")] {
        let body = json!({"slug": slug, "community": "a", "name": name});
        let told = house.post("/api/v1/units").by(&admin).json(&body).send().await.expect(201);
        house.seen(told.body["position"].as_u64().unwrap()).await;
    }
}

#[tokio::test]
async fn whom_a_session_rates_is_picked_from_a_list_and_called_by_name() {
    let house = House::furnished().await;
    joined_by_gas_and_heat(&house).await;
    let mut desk = Browser::of(&house, house.dispatcher().await);
    desk.opens("/evaluations").await.is(200).says("name=\"unit_a/gas\"").says("燃气公司").does_not_say("unit_b/other");
    let with = |more: &[(&'static str, &'static str)]| [&FIELDS, more].concat();
    let town = Browser::of(&house, house.token(Role::Dispatcher, None, None).await);
    let refused = town.sends("/evaluations", &with(&[("unit_b/other", "true")])).await;
    refused.is(422).says("别的社区").says("name=\"unit_b/other\" value=\"true\" checked");
    let page = desk.sends("/evaluations", &with(&[("unit_a/gas", "true"), ("unit_a/heat", "true")])).await;
    page.is(200).says("燃气公司, 热力公司").says("11月5日 18:30");
    // Who signs up says by name whom they work for.
    page.says(">燃气公司</option>");
    let path = page.path.split('?').next().unwrap().to_owned();
    desk.opens(&format!("{path}/minutes")).await.is(200).says(&format!("{path}/minutes.xlsx"));
    for (language, sheet) in [("zh-CN", "公告"), ("en", "As announced")] {
        let told =
            house.get(&format!("{path}/minutes.xlsx")).header("accept-language", language).send().await.expect(200);
        assert!(told.header("content-disposition").contains("sandan-minutes-2026-Q4.xlsx"));
        let mut book = zip::ZipArchive::new(std::io::Cursor::new(told.bytes)).unwrap();
        let names = std::io::read_to_string(book.by_name("xl/workbook.xml").unwrap()).unwrap();
        assert!(names.contains(sheet), "{names}");
        let words = std::io::read_to_string(book.by_name("xl/sharedStrings.xml").unwrap()).unwrap();
        assert!(words.contains("燃气公司"), "{words}");
    }
    desk.language = "en";
    desk.opens(&format!("{path}/nonsense")).await.is(404);
    desk.opens(&format!("{path}/screen")).await.is(200);
}

#[tokio::test]
async fn a_session_that_names_a_year_still_takes_people_in_office_a_line_each() {
    let house = House::furnished().await;
    let desk = Browser::of(&house, house.dispatcher().await);
    let fields = [
        ("community", "a"),
        ("occasion", "2026"),
        ("criteria", "Residents"),
        ("places", "5"),
        ("sign_up_until", "2026-11-05"),
        ("unit_a/water", "true"),
        ("subjects", "li | officer | 书记李敏"),
    ];
    desk.sends("/evaluations", &fields).await.is(200).says("water, 书记李敏").says("11月6日 00:00");
}
