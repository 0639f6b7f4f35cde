//! What an operator does with time policies: look, try, publish, and ask why something is due.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::place::Place;

/// No verdict on speed.
const PATIENCE: Duration = Duration::from_secs(60);

impl Place {
    fn explains(&self, request: &str) -> Value {
        self.json(&["explain", request])
    }
}

#[test]
fn a_policy_is_tried_and_published_and_moves_what_is_open() {
    let mut place = Place::with_community();
    place.serve();
    let file = json!({"community": "lakeside", "description": "路灯不亮"});
    let filed = place.server.as_ref().unwrap().post("/api/v1/requests", "", &file);
    let number = filed["number"].to_string().replace('"', "");
    let before = place.explains(&number);
    assert_eq!(
        (&before["rule"], &before["limit"], &before["standing"]),
        (&json!("triage"), &json!("2 days"), &json!("running"))
    );
    assert_eq!(place.explains(filed["id"].as_str().unwrap())["due_at"], before["due_at"]);

    let template = place.json(&["policy", "template"])["template"].as_str().unwrap().to_owned();
    let slower = template.replace("[limits]", "[limits]\ntriage = \"9 days\"");
    let file = place.write("policy.toml", slower.as_bytes());
    let preview = place.json(&["policy", "publish", "lakeside", &file, "--preview"]);
    assert_eq!((&preview["seen"], &preview["later"]), (&json!(1), &json!(1)));
    assert_eq!(place.json(&["policy", "publish", "lakeside", &file])["version"], 1);
    let begun = Instant::now();
    while place.explains(&number)["due_at"] == before["due_at"] {
        assert!(begun.elapsed() < PATIENCE, "it never moved");
    }
    let after = place.explains(&number);
    let days: i64 = after["items"].as_array().unwrap().iter().map(|item| item["days"].as_i64().unwrap()).sum();
    assert_eq!((days, &after["policy"]["community"]), (9, &json!("lakeside")));
    let shown = place.json(&["policy", "show", "lakeside"]);
    assert_eq!(
        (&shown["in_force"]["limits"]["triage"], &shown["versions"][0]["in_force"]),
        (&json!("9 days"), &json!(true))
    );

    let days = place.write("days.csv", "date,kind,name\n2027-01-01,off,元旦\n".as_bytes());
    assert_eq!(place.json(&["calendar", "publish", "lakeside", &days, "--name", "2027"])["version"], 1);
    let calendar = place.json(&["calendar", "show", "lakeside"]);
    assert!(calendar["calendar"]["years"].as_array().unwrap().contains(&json!(2027)));
}

#[test]
fn what_can_t_be_published_says_what_is_wrong_and_where() {
    let place = Place::with_community();
    let check = |text: &str, said: &[&str]| {
        let file = place.write("policy.toml", text.as_bytes());
        let error = place.fails(&["policy", "publish", "lakeside", &file]);
        assert!(said.iter().all(|words| error.contains(words)), "{error}");
    };
    check("lunch = 1", &["lunch", "line 1"]);
    check("name = \"Ours\"\n[limits]\ncompletion = \"0 days\"\n", &["limits.completion", "between 1 and 366"]);
    let file = place.write("policy.toml", b"name = \"Ours\"\n[limits]\ncompletion = \"9 days\"\n");
    let past = place.fails(&["policy", "publish", "lakeside", &file, "--from", "2020-01-01"]);
    assert!(past.contains("never takes effect in the past"), "{past}");
    let days = place.write("days.csv", b"when\n");
    assert!(place.fails(&["calendar", "publish", "lakeside", &days, "--name", "x"]).contains("date,kind,name"));
    assert!(place.fails(&["explain", "000000000"]).contains("no request"));
}
