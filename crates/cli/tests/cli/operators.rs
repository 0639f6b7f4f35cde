//! What operators do with their commands, beside a server and without one.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::place::{Place, Server};

const HEADER: &str = "message_id,user_id,subject,submitted_at,body,likes,reply,replied_at\n";

fn rows(count: usize) -> String {
    let row = |n: usize| format!("{n},A{n},路灯{n},2019/2/14 20:00:00,小区门口路灯不亮{n},1,,\n");
    HEADER.to_owned() + &(0..count).map(row).collect::<String>()
}

#[test]
fn a_second_server_on_the_same_folder_is_refused_and_told_who_has_it() {
    let mut place = Place::new();
    let (url, pid) = {
        let server = place.serve();
        (server.ready["url"].as_str().unwrap().to_owned(), server.child.id())
    };
    let error = place.fails(&["serve", "--listen", "127.0.0.1:0"]);
    assert!(error.contains("folder-in-use") && error.contains(&url) && error.contains(&pid.to_string()), "{error}");
}

#[test]
fn after_kill_9_a_server_starts_again_on_the_same_folder() {
    let mut place = Place::with_community();
    place.serve();
    let token = place.json(&["token", "create", "--role", "administrator"])["token"].as_str().unwrap().to_owned();
    place.server.take().unwrap().kill();
    assert!(place.data().join("control.sock").exists(), "a stale socket is left");
    let stat = place.json(&["log", "stat"]);
    assert_eq!(stat["position"], 1, "commands see through the stale socket");
    let server = place.serve();
    assert!(server.get("/api/v1/communities", &token).contains("lakeside"));
}

#[test]
fn a_stopped_server_ends_in_order_and_leaves_the_folder_free() {
    let mut place = Place::new();
    place.serve();
    place.server.take().unwrap().stop();
    assert!(!place.data().join("control.sock").exists());
    assert_eq!(place.json(&["log", "verify"])["ok"], true);
}

#[test]
fn tokens_are_made_beside_a_server_and_without_one() {
    let mut place = Place::with_community();
    let before = place.json(&["token", "create", "--role", "dispatcher", "--community", "lakeside"]);
    place.serve();
    let beside = place.json(&["token", "create", "--role", "supervisor", "--expires", "30d"]);
    let server = place.server.as_ref().unwrap();
    for token in [&before, &beside] {
        let answer = server.get("/api/v1/requests", token["token"].as_str().unwrap());
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
    place.json(&["token", "revoke", beside["id"].as_str().unwrap()]);
    let answer = server.get("/api/v1/requests", beside["token"].as_str().unwrap());
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    assert!(place.fails(&["token", "create", "--role", "unit"]).contains("--unit"));
    assert!(place.fails(&["token", "create", "--role", "dispatcher", "--community", "nowhere"]).contains("nowhere"));
}

#[test]
fn importing_twice_adds_nothing_the_second_time() {
    let mut place = Place::with_community();
    let file = place.write("messages.csv", rows(20).as_bytes());
    let first = place.import(&file);
    assert_eq!((first["read"].as_u64(), first["added"].as_u64()), (Some(20), Some(20)));
    place.serve();
    let second = place.import(&file);
    assert_eq!((second["added"].as_u64(), second["known"].as_u64()), (Some(0), Some(20)));
    assert_eq!(second["rejected_file"], Value::Null);
}

#[test]
fn gbk_boms_windows_lines_and_chinese_headings_are_read() {
    let place = Place::with_community();
    let text =
        "留言编号,留言用户,留言主题,留言时间,留言详情\r\n1,A1,漏水,2019年2月14日 20:00,\"楼上漏水\r\n两天了\"\r\n";
    let gbk = place.write("gbk.csv", &encoding_rs::GB18030.encode(text).0);
    assert_eq!(place.import(&gbk)["added"], 1);
    let bom = place.write("bom.csv", format!("\u{feff}{}", text.replace("\n1,", "\n2,")).as_bytes());
    assert_eq!(place.import(&bom)["added"], 1);
    let ledger = place.run(&["export", "ledger", "--format", "jsonl"]);
    let ledger = String::from_utf8(ledger.stdout).unwrap();
    assert_eq!(ledger.lines().count(), 2);
    assert!(ledger.contains("楼上漏水\\r\\n两天了"), "{ledger}");
}

#[test]
fn a_workbook_is_read_with_its_numbers_and_dates() {
    let place = Place::with_community();
    let path = place.temp.path().join("messages.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in (0..).zip(["留言编号", "留言时间", "留言详情", "点赞数"]) {
        sheet.write(0, column, name).unwrap();
    }
    sheet.write(1, 0, 188_006).unwrap();
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2019, 2, 14).unwrap().and_hms(20, 0, 0).unwrap();
    let format = rust_xlsxwriter::Format::new().set_num_format("yyyy/m/d h:mm");
    sheet.write_with_format(1, 1, &day, &format).unwrap();
    sheet.write(1, 2, "路灯不亮").unwrap();
    sheet.write(1, 3, 3).unwrap();
    book.save(&path).unwrap();
    assert_eq!(place.import(path.to_str().unwrap())["added"], 1);
    let ledger = place.run(&["export", "ledger", "--format", "jsonl"]);
    let row: Value = serde_json::from_slice(&ledger.stdout).unwrap();
    assert_eq!((row["external_id"].as_str(), row["likes"].as_u64()), (Some("188006"), Some(3)));
    assert_eq!(row["filed_at"], "2019-02-14T12:00:00Z");
}

#[test]
fn bad_rows_are_reported_with_line_and_reason_and_the_rest_goes_in() {
    let place = Place::with_community();
    let text = rows(2) + ",A,无编号,2019/2/14,正文,,,\n8,A,坏时间,昨天,正文,,,\n9,A,只有答复,2019/2/14,正文,,已办,\n";
    let file = place.write("mixed.csv", text.as_bytes());
    let strict = place.fails(&["import", &file, "--community", "lakeside", "--strict"]);
    assert!(strict.contains("import-refused") && strict.contains("mixed.csv.rejected.csv"), "{strict}");
    assert_eq!(place.json(&["log", "stat"])["position"], 1, "nothing went in");
    let summary = place.import(&file);
    assert_eq!((summary["added"].as_u64(), summary["rejected"].as_u64()), (Some(2), Some(3)));
    let rejected = std::fs::read_to_string(summary["rejected_file"].as_str().unwrap()).unwrap();
    let lines: Vec<&str> = rejected.lines().collect();
    assert!(lines[0].ends_with("line,reason,message_id,user_id,subject,submitted_at,body,likes,reply,replied_at"));
    assert!(lines[1].starts_with("4,message_id is required,"), "{rejected}");
    assert!(lines[2].starts_with("5,") && lines[2].contains("submitted_at is no time"), "{rejected}");
    assert!(lines[3].starts_with("6,") && lines[3].contains("replied_at"), "{rejected}");
}

#[test]
fn what_can_t_be_imported_is_said_with_what_to_do() {
    let place = Place::with_community();
    let picture = place.write("photo.png", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR");
    let error = place.fails(&["import", &picture, "--community", "lakeside"]);
    assert!(error.contains("import-not-a-table") && error.contains("neither .csv nor .xlsx"), "{error}");
    let file = place.write("a.csv", rows(1).as_bytes());
    let error = place.fails(&["import", &file, "--community", "riverside"]);
    assert!(error.contains("unknown-community") && error.contains("sandan community add riverside"), "{error}");
    assert!(place.fails(&["import", "missing.csv", "--community", "lakeside"]).contains("missing.csv"));
}

#[test]
fn every_export_has_its_rows_in_every_format() {
    let mut place = Place::with_community();
    let file = place.write("messages.csv", (rows(3) + "7,A7,=1+1,2019/2/14,+正文,,,\n").as_bytes());
    place.import(&file);
    place.serve();
    let csv = String::from_utf8(place.run(&["export", "ledger"]).stdout).unwrap();
    assert!(csv.starts_with('\u{feff}') && csv.lines().count() == 5, "{csv}");
    assert!(csv.contains(",'=1+1,'+正文,"), "formulas are guarded: {csv}");
    let events = String::from_utf8(place.run(&["export", "events", "--format", "jsonl"]).stdout).unwrap();
    let events: Vec<Value> = events.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(events.len(), 5);
    for (place, event) in (1..).zip(&events) {
        assert_eq!((event["specversion"].as_str(), event["position"].as_u64()), (Some("1.0"), Some(place)));
    }
    assert_eq!(events[1]["type"], "sandan.request.filed");
    for what in ["ledger", "events", "rates"] {
        let to = format!("{what}.xlsx");
        let summary = place.json(&["export", what, "--format", "xlsx", "--output", &to]);
        assert!(summary["rows"].as_u64() >= Some(1), "{what}");
        assert!(std::fs::read(place.temp.path().join(&to)).unwrap().starts_with(b"PK"), "{what}");
    }
    let none = place.run(&["export", "ledger", "--format", "jsonl", "--from", "2020-01-01"]);
    assert!(none.status.success() && none.stdout.is_empty());
}

#[test]
fn a_backup_comes_back_as_a_new_generation() {
    let mut place = Place::with_community();
    let file = place.write("messages.csv", rows(5).as_bytes());
    place.import(&file);
    place.serve();
    let backup = place.temp.path().join("backup");
    let taken = place.json(&["backup", backup.to_str().unwrap()]);
    assert_eq!(taken["position"], 6);
    assert!(place.fails(&["backup", backup.to_str().unwrap()]).contains("folder-not-empty"));
    let other = Place::new();
    let restored = other.json(&["restore", backup.to_str().unwrap()]);
    assert_eq!((restored["position"].as_u64(), restored["generation"].as_u64()), (Some(6), Some(2)));
    assert_eq!(other.json(&["log", "verify"])["hash"], taken["hash"]);
    assert_eq!(other.import(&file)["known"], 5, "it is the same log");
    assert!(other.fails(&["restore", backup.to_str().unwrap()]).contains("folder-not-empty"));
    let mut log = std::fs::read(backup.join("log.sqlite")).unwrap();
    log[9_000] ^= 1;
    std::fs::write(backup.join("log.sqlite"), log).unwrap();
    assert!(Place::new().fails(&["restore", backup.to_str().unwrap()]).contains("backup-broken"));
}

#[test]
fn accounts_are_made_listed_and_disabled() {
    let place = Place::new();
    let added = place.json(&["user", "add", "wang", "--role", "administrator"]);
    assert_eq!(added["password"].as_str().map(str::len), Some(16));
    assert!(place.fails(&["user", "add", "Wang", "--role", "administrator"]).contains("taken"));
    place.json(&["user", "disable", "wang"]);
    let users = place.json(&["user", "list"]);
    assert_eq!(users["users"][0]["disabled"], true);
    assert!(place.fails(&["user", "password", "li"]).contains("no account li"));
}

#[test]
fn views_and_tail_and_check_answer_beside_a_server() {
    let mut place = Place::with_community();
    place.serve();
    let models = place.json(&["views", "rebuild"]);
    assert!(models["models"].as_array().is_some_and(|models| models.len() == 2), "{models}");
    let tail = String::from_utf8(place.run(&["log", "tail", "--once", "--json"]).stdout).unwrap();
    assert!(tail.contains("sandan.community.founded"), "{tail}");
    let check = place.json(&["check"]);
    assert_eq!(check["ok"], true, "{check}");
}

#[test]
fn a_follower_sees_what_comes_and_can_leave() {
    let mut place = Place::with_community();
    place.serve();
    let mut tail = Command::new(env!("CARGO_BIN_EXE_sandan"));
    tail.args(["log", "tail", "--json", "--data"]).arg(place.data());
    let mut tail = tail.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(tail.stdout.take().unwrap()).lines();
    assert!(lines.next().unwrap().unwrap().contains("\"position\":1"));
    place.json(&["community", "add", "east", "东园社区", "--parent", "lakeside"]);
    assert!(lines.next().unwrap().unwrap().contains("\"position\":2"));
    tail.kill().unwrap();
    tail.wait().unwrap();
    place.server.take().unwrap().stop();
}

#[test]
fn a_sample_can_be_imported() {
    let place = Place::with_community();
    place.json(&["sample", "--rows", "30", "--answered", "20", "--to", "samples"]);
    assert_eq!(place.import("samples/messages.csv")["added"], 30);
    assert_eq!(place.import("samples/answered.csv")["added"], 20);
    let rates = String::from_utf8(place.run(&["export", "rates", "--format", "jsonl"]).stdout).unwrap();
    let rates: Value = serde_json::from_str(&rates).unwrap();
    assert_eq!(rates["resolution"]["denominator"], 20);
}

#[test]
fn a_month_is_exported_as_it_stood_and_as_the_office_reads_it() {
    let place = Place::with_community();
    place.json(&["sample", "--rows", "12", "--answered", "5", "--to", "samples"]);
    place.import("samples/messages.csv");
    let filed = |arguments: &[&str]| {
        let line = [&["export", "digest", "--kind", "monthly", "--format", "jsonl"], arguments].concat();
        let digest: Value = serde_json::from_slice(&place.run(&line).stdout).unwrap();
        (digest["first"].clone(), digest["figures"]["open"].clone())
    };
    assert_eq!(filed(&["--date", "2020-02-10"]), ("2020-02-01".into(), 0.into()), "nothing was recorded by then");
    assert_eq!(filed(&["--date", "2020-02-10", "--as-of", "2999-01-01"]).1, 12, "with what is known now");
    let book = place.temp.path().join("digest.xlsx");
    place.json(&["export", "digest", "--format", "xlsx", "--output", book.to_str().unwrap()]);
    assert!(std::fs::read(&book).unwrap().starts_with(b"PK"));
    let error = place.fails(&["export", "digest", "--format", "csv"]);
    assert!(error.contains("--format xlsx"), "{error}");
    let rates = place.run(&["export", "rates", "--format", "jsonl", "--as-of", "2020-01-01"]).stdout;
    let rates: Value = serde_json::from_slice(&rates).unwrap();
    assert_eq!(rates["response"]["denominator"], 0);
}

#[test]
fn a_mistyped_folder_is_not_made() {
    let place = Place::new();
    assert!(place.fails(&["log", "stat"]).contains("there is no data"));
    assert!(!place.data().exists());
}

#[test]
fn the_demonstration_shows_its_sign_ins_again_and_listens_here_only() {
    let place = Place::new();
    let error = place.fails(&["serve", "--demo", "--listen", "0.0.0.0:0"]);
    assert!(error.contains("this machine only"), "{error}");
    let first = Server::start(&place.data(), &["--demo"]);
    let accounts = first.ready["demo"]["accounts"].clone();
    assert!(accounts.as_array().is_some_and(|accounts| accounts.len() >= 6), "{accounts}");
    assert_eq!(first.ready["setup"], Value::Null, "there is an administrator");
    first.stop();
    let again = Server::start(&place.data(), &["--demo"]);
    let passwords =
        |accounts: &Value| accounts.as_array().unwrap().iter().map(|a| a["password"].clone()).collect::<Vec<_>>();
    assert_eq!(passwords(&again.ready["demo"]["accounts"]), passwords(&accounts));
    again.stop();
    assert_eq!(place.json(&["log", "verify"])["ok"], true);
    let ledger = String::from_utf8(place.run(&["export", "ledger", "--format", "jsonl"]).stdout).unwrap();
    assert!(ledger.lines().count() >= 240);
    let states =
        "filed triaged returned dispatched claimed in_review rework closed rejected merged withdrawn suspended";
    for state in states.split(' ') {
        assert!(ledger.contains(&format!("\"state\":\"{state}\"")), "nothing is {state}");
    }
    let events = String::from_utf8(place.run(&["export", "events", "--format", "jsonl"]).stdout).unwrap();
    let count = |kind: &str| events.lines().filter(|line| line.contains(&format!("\"sandan.{kind}\""))).count();
    assert_eq!((count("project.opened"), count("project.finished"), count("project.closed")), (2, 2, 1));
    assert_eq!((count("scoring.commitments_entered"), count("scoring.struck_out")), (5, 1));
    assert!(count("scoring.hours_entered") > 50 && count("scoring.checked_in") > 5);
    for sign in ["\"overdue\":true", "\"light\":\"yellow\"", "\"round\":4", "\"closing\":\"dissatisfied\""] {
        assert!(ledger.contains(sign), "nothing has {sign}");
    }
}
