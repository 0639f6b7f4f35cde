//! Nodes on one database: real Postgres, real NATS.

use std::net::TcpListener;

use sandan_testkit::{Nats, Postgres};
use serde_json::{Value, json};

use crate::bus::{check, finding};
use crate::place::{Place, Server, said_by, wait_for};

fn node(database: &str) -> Place {
    Place::with(&["--database", database])
}

fn with_community(database: &str) -> Place {
    let place = node(database);
    place.json(&["community", "add", "lakeside", "湖滨社区"]);
    place
}

fn imported(place: &Place) {
    let text = "message_id,submitted_at,body\n1,2019/2/14 20:00:00,路灯不亮\n2,2019/2/15 20:00:00,漏水\n";
    let file = place.write("messages.csv", text.as_bytes());
    assert_eq!(place.import(&file)["added"], 2);
}

fn ledger(place: &Place) -> String {
    String::from_utf8(place.run(&["export", "ledger", "--format", "jsonl"]).stdout).unwrap()
}

fn token(place: &Place, role: &str) -> String {
    place.json(&["token", "create", "--role", role])["token"].as_str().unwrap().to_owned()
}

#[test]
fn two_nodes_are_one_program() {
    let nats = Nats::start();
    are_one_program(&nats.url());
}

#[test]
fn two_nodes_are_one_program_with_their_bus_down_too() {
    are_one_program(&Nats::stopped().url());
}

fn are_one_program(nats: &str) {
    let postgres = Postgres::shared();
    let database = postgres.database();
    let settings = ["--database", &database, "--nats", nats];
    let (mut one, mut two) = (Place::with(&settings), Place::with(&settings));
    one.json(&["community", "add", "lakeside", "湖滨社区"]);
    one.serve();
    two.serve();
    let (hotline, token) = (token(&one, "hotline"), token(&one, "dispatcher"));
    let body = json!({"community": "lakeside", "description": "路灯不亮"});
    let filed = one.server.as_ref().unwrap().post("/api/v1/requests", &hotline, &body);
    let path = format!("/api/v1/requests/{}?after={}", filed["id"].as_str().unwrap(), filed["position"]);
    let (status, read) = two.server.as_ref().unwrap().json(&path, &token);
    assert_eq!(
        (status, &read["state"], &read["description"]),
        (200, &Value::from("filed"), &Value::from("路灯不亮")),
        "{read}"
    );
    // Without a server of its own a third place reaches the database itself.
    let three = Place::with(&settings);
    assert_eq!(three.json(&["log", "stat"])["position"], 2);
    assert_eq!(three.json(&["log", "verify"])["ok"], true);
    assert!(ledger(&three).contains("路灯不亮"));
    assert_eq!(three.json(&["views", "status"])["models"][0]["head"], 2);
    let error = three.fails(&["log", "copy", "--to", three.temp.path().join("new").to_str().unwrap()]);
    assert!(error.contains("log-in-use"), "{error}");
    one.server.take().unwrap().stop();
    two.server.take().unwrap().stop();
}

#[test]
fn nodes_that_begin_a_log_at_once_agree_on_its_clock_and_its_key() {
    let postgres = Postgres::shared();
    let database = postgres.database();
    // Each looks whether it is the first, and each may be.
    let settings = ["--database", &database, "--clock", "2026-11-02T08:00:00+08:00,2"];
    let mut places: Vec<_> = (0..4).map(|_| Place::with(&settings[..2])).collect();
    std::thread::scope(|scope| {
        for place in &mut places {
            scope.spawn(|| place.server = Some(Server::start(&place.data(), &settings)));
        }
    });
    let clocks: Vec<_> = places.iter().map(|place| place.server.as_ref().unwrap().ready["rehearsal"].clone()).collect();
    assert!(clocks.iter().all(|clock| *clock == clocks[0] && !clock.is_null()), "{clocks:?}");
    places[0].json(&["community", "add", "lakeside", "湖滨社区"]);
    assert_eq!(places[3].json(&["log", "stat"])["position"], 1);
}

#[test]
fn the_key_is_made_once_in_the_database_and_can_be_moved_out() {
    let postgres = Postgres::shared();
    let database = postgres.database();
    let (place, other) = (with_community(&database), node(&database));
    imported(&place);
    assert!(!place.data().join("master.key").exists());
    assert!(ledger(&other).contains("漏水"), "another node finds it");
    let key = finding(&check(&place), "master key");
    assert!(key["state"] == "warning" && key["says"].as_str().unwrap().contains("in the database"), "{key}");
    let file = place.temp.path().join("key");
    place.json(&["key", "export", file.to_str().unwrap(), "--move"]);
    let error = other.fails(&["log", "stat"]);
    assert!(error.contains("master-key") && error.contains("--key-file"), "{error}");
    let third = Place::with(&["--database", &database, "--key-file", file.to_str().unwrap()]);
    assert!(ledger(&third).contains("漏水"));
}

#[test]
fn a_log_moves_into_a_database_and_back() {
    let postgres = Postgres::shared();
    let database = postgres.database();
    let place = Place::with_community();
    imported(&place);
    let copied = place.json(&["log", "copy", "--to", &database]);
    let shared = node(&database);
    assert_eq!(shared.json(&["log", "stat"]), place.json(&["log", "stat"]));
    assert_eq!(copied["position"], 3);
    assert!(ledger(&shared).contains("路灯不亮"), "its words can be read");
    assert!(place.fails(&["log", "copy", "--to", &database]).contains("log-not-empty"));
    shared.json(&["community", "add", "east", "东园社区"]);
    let back = Place::new();
    shared.json(&["log", "copy", "--to", back.data().to_str().unwrap()]);
    assert_eq!(back.json(&["log", "stat"]), shared.json(&["log", "stat"]));
    assert!(ledger(&back).contains("路灯不亮"));
}

#[test]
fn a_backup_of_a_database_is_restored_into_another_and_into_a_folder() {
    let postgres = Postgres::shared();
    let place = with_community(&postgres.database());
    imported(&place);
    let backup = place.temp.path().join("backup");
    let taken = place.json(&["backup", backup.to_str().unwrap()]);
    let (shared, alone) = (node(&postgres.database()), Place::new());
    for other in [&shared, &alone] {
        let restored = other.json(&["restore", backup.to_str().unwrap()]);
        assert_eq!((&restored["position"], &restored["generation"]), (&json!(3), &json!(2)), "{restored}");
        let stat = other.json(&["log", "stat"]);
        assert_eq!((&stat["hash"], &stat["generation"]), (&taken["hash"], &json!(2)));
        assert_eq!(other.json(&["log", "verify"])["ok"], true);
        assert!(ledger(other).contains("漏水"), "its words can be read");
    }
    let again = Place::with(&["--database", &place_database(&shared)]);
    assert!(again.fails(&["restore", backup.to_str().unwrap()]).contains("log-not-empty"));
}

fn place_database(place: &Place) -> String {
    place.settings()[1].clone()
}

#[test]
fn what_is_wrong_with_a_database_is_told_with_its_page_and_without_the_password() {
    let postgres = Postgres::shared();
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let missing = postgres.url_of("nowhere").replace("postgres@", "postgres:geheim@");
    let table = [(missing, "database-missing"), (format!("postgres://a:geheim@{nobody}/x"), "database-unreachable")];
    for (database, code) in table {
        let place = node(&database);
        let error = place.fails(&["log", "stat"]);
        assert!(error.contains(&format!("error[{code}]")) && !error.contains("geheim"), "{error}");
        let found = check(&place);
        assert_eq!(finding(&found, "database")["state"], "wrong", "{found}");
        assert!(!found.to_string().contains("geheim"), "{found}");
    }
    let error = Place::new().fails(&["log", "stat", "--database", "mysql://a:geheim@b/c"]);
    assert!(error.contains("config-invalid") && !error.contains("geheim"), "{error}");
}

#[test]
fn a_wrong_password_and_a_user_without_rights_are_refused() {
    let postgres = Postgres::start();
    postgres.sql("postgres", "CREATE ROLE strict LOGIN PASSWORD 'right'");
    let rules = postgres.folder().join("data/pg_hba.conf");
    let before = std::fs::read_to_string(&rules).unwrap();
    std::fs::write(&rules, format!("host all strict 127.0.0.1/32 scram-sha-256\n{before}")).unwrap();
    postgres.sql("postgres", "SELECT pg_reload_conf()");
    let database = postgres.database();
    let of = |password: &str| node(&database.replace("postgres@", &format!("strict:{password}@")));
    let error = wait_for("the new rules", || {
        Some(of("geheim").fails(&["log", "stat"])).filter(|error| error.contains("password authentication failed"))
    });
    assert!(error.contains("database-refused") && !error.contains("geheim"), "{error}");
    let error = of("right").fails(&["log", "stat"]);
    assert!(error.contains("database-refused") && error.contains("permission denied"), "{error}");
}

#[test]
fn a_database_of_a_newer_version_and_a_read_only_one_are_left_alone() {
    let postgres = Postgres::shared();
    let database = postgres.database();
    let place = with_community(&database);
    let name = database.rsplit('/').next().unwrap();
    postgres.sql(name, "INSERT INTO sandan.schema_history (version, name) VALUES (999, 'future')");
    assert!(place.fails(&["log", "stat"]).contains("log-newer"));
    postgres.sql("postgres", &format!("ALTER DATABASE {name} SET default_transaction_read_only = on"));
    assert!(place.fails(&["log", "stat"]).contains("database-read-only"));
}

#[test]
fn a_log_that_is_ahead_of_the_clock_is_told_and_its_times_never_go_back() {
    let postgres = Postgres::shared();
    let database = postgres.database();
    let mut place = with_community(&database);
    let name = database.rsplit('/').next().unwrap();
    // As if it had been written on a machine whose clock was a day ahead.
    postgres.sql(name, "UPDATE sandan.event SET recorded = recorded + 86400000000");
    let found: Vec<Value> = check(&place)["findings"].as_array().unwrap().clone();
    let told = found.iter().any(|finding| {
        finding["what"] == "clock"
            && finding["state"] == "wrong"
            && finding["says"].as_str().unwrap().contains("behind")
    });
    assert!(told, "{found:?}");
    place.serve();
    let said = wait_for("the warning", || {
        Some(std::fs::read_to_string(said_by(&place.data())).unwrap()).filter(|said| said.contains("clock-back"))
    });
    assert!(said.contains("recorded times stand still"), "{said}");
    place.json(&["community", "add", "east", "东园社区"]);
    let times = postgres.sql(name, "SELECT count(DISTINCT recorded) FROM sandan.event");
    assert_eq!(times, "1", "the second event is recorded at the time of the first");
}

#[test]
fn the_demonstration_runs_on_a_database() {
    let postgres = Postgres::shared();
    let place = node(&postgres.database());
    let settings = place.settings().iter().map(String::as_str).chain(["--demo"]).collect::<Vec<_>>();
    let server = Server::start(&place.data(), &settings);
    assert!(server.ready["demo"]["accounts"].as_array().is_some_and(|accounts| accounts.len() >= 6));
    server.stop();
    assert_eq!(place.json(&["log", "verify"])["ok"], true);
    assert!(ledger(&place).lines().count() >= 240);
}

#[test]
fn a_node_whose_log_does_not_answer_says_so_and_is_ready_again_afterwards() {
    let postgres = Postgres::shared();
    let database = postgres.database();
    let mut place = with_community(&database);
    place.serve();
    let ready = |place: &Place| place.server.as_ref().unwrap().json("/readyz", "");
    wait_for("readiness", || (ready(&place).0 == 200).then_some(()));
    let held = postgres.hold(&database, "sandan.event");
    let (status, told) = wait_for("an answer", || Some(ready(&place)).filter(|(status, _)| *status != 200));
    assert_eq!((status, &told["status"], &told["log"]["reachable"]), (503, &json!("unavailable"), &json!(false)));
    let said = std::fs::read_to_string(said_by(&place.data())).unwrap();
    assert!(said.contains("the log does not answer"), "{said}");
    drop(held);
    wait_for("readiness again", || (ready(&place).0 == 200).then_some(()));
}
