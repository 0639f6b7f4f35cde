//! Anyone can draw a published sample again, without a server and without data (R18).

use sandan_domain::RequestId;
use sandan_domain::lots::{draw, hash_of};
use serde_json::json;

use crate::place::Place;

#[test]
fn a_published_draw_is_made_again_and_a_forged_one_is_told() {
    let place = Place::new();
    let ids: Vec<RequestId> = (0..9).map(|_| RequestId(uuid::Uuid::now_v7())).collect();
    let seed = "an honest seed";
    let honest = json!({
        "hash": hash_of(seed), "seed": seed, "size": 3, "candidates": ids, "sample": draw(seed, &ids, 3),
    });
    let file = place.write("draw.json", honest.to_string().as_bytes());
    assert_eq!(place.json(&["callbacks", "check", &file])["sample"], honest["sample"]);
    let mut forged = [honest.clone(), honest.clone(), honest.clone(), honest];
    forged[0]["seed"] = json!("another seed");
    forged[1]["sample"] = json!([ids[0], ids[1], ids[2]]);
    forged[2]["candidates"] = json!(draw(seed, &ids, 9).into_iter().skip(1).collect::<Vec<_>>());
    forged[3]["seed"] = json!(null);
    for (nth, expected) in [(0, "was committed to"), (2, "another than the published one"), (3, "not drawn yet")] {
        let file = place.write("forged.json", forged[nth].to_string().as_bytes());
        let said = place.fails(&["callbacks", "check", &file]);
        assert!(said.contains(expected), "{said}");
    }
    let chosen = draw(seed, &ids, 3) == ids[..3];
    let file = place.write("forged.json", forged[1].to_string().as_bytes());
    assert!(chosen || place.fails(&["callbacks", "check", &file]).contains("another than the published one"));
}
