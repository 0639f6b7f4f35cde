//! `docs/metrics.md` against a node that was used.

use std::collections::{BTreeMap, BTreeSet};

use sandan_grpc::v1::FileRequest;
use sandan_grpc::v1::requests_client::RequestsClient;
use serde_json::json;

use super::place::Place;

/// A figure as the page has it: its type, and whether a node that was used always shows it.
fn documented() -> BTreeMap<String, (String, bool)> {
    let page = include_str!("../../../../docs/metrics.md");
    let rows = page.lines().filter(|line| line.starts_with("| `sandan_"));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        (cells[1].trim_matches('`').to_owned(), (cells[2].to_owned(), cells[5] == "always"))
    })
    .collect()
}

#[tokio::test]
async fn the_page_names_every_figure_and_no_other() {
    let mut place = Place::with_community();
    let server = place.serve();
    let filed = server.post("/api/v1/requests", "", &json!({"community": "lakeside", "description": "x"}));
    server.get(&format!("/r/{}?after={}", filed["tracking_code"].as_str().unwrap(), filed["position"]), "");
    let url = server.ready["url"].as_str().unwrap().to_owned();
    let message = FileRequest { community: "lakeside".to_owned(), description: "y".to_owned(), ..Default::default() };
    RequestsClient::connect(url).await.unwrap().file(message).await.unwrap();
    let figures = server.get("/metrics", "");
    let (mut types, mut helped) = (BTreeMap::new(), BTreeSet::new());
    for line in figures.lines() {
        let words: Vec<&str> = line.splitn(4, ' ').collect();
        match words[..] {
            ["#", "TYPE", name, kind] => drop(types.insert(name.to_owned(), kind.to_owned())),
            ["#", "HELP", name, help] if !help.is_empty() => drop(helped.insert(name.to_owned())),
            _ => {}
        }
    }
    let documented = documented();
    assert!(documented.len() > 20, "{documented:?}");
    for (name, kind) in &types {
        let (stated, _) = documented.get(name).unwrap_or_else(|| panic!("{name} is not in docs/metrics.md"));
        assert_eq!(kind, stated, "{name}");
        assert!(helped.contains(name), "{name} has no HELP");
    }
    for (name, (_, always)) in &documented {
        assert!(!always || types.contains_key(name), "{name} does not appear:\n{figures}");
    }
    assert!(!figures.contains(filed["tracking_code"].as_str().unwrap()));
}
