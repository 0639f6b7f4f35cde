//! Both languages have the same keys, every key that is used exists, and pages keep to the rules of the house.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push((path.to_string_lossy().into_owned(), std::fs::read_to_string(&path).unwrap()));
        }
    }
    found
}

fn keys(language: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for (file, text) in files(&root().join("locales").join(language), ".ftl") {
        let of_line = |line: &str| line.split_once(" =").map(|(key, _)| key.to_owned());
        let plain = |line: &&str| line.starts_with(|c: char| c.is_ascii_alphabetic());
        for key in text.lines().filter(plain).filter_map(of_line) {
            assert!(keys.insert(key.clone()), "{key} stands twice, last in {file}");
        }
    }
    keys
}

#[test]
fn both_languages_have_the_same_keys() {
    let (chinese, english) = (keys("zh-CN"), keys("en"));
    let missing: Vec<_> = chinese.symmetric_difference(&english).collect();
    assert!(missing.is_empty(), "only in one language: {missing:?}");
}

/// Keys that are written out; families are looked up by the sample test, which shows no bare key.
#[test]
fn every_key_that_is_used_exists() {
    let known = keys("zh-CN");
    let mut sources = files(&root().join("templates"), ".html");
    sources.extend(files(&root().join("src"), ".rs"));
    for (file, text) in sources {
        for call in ["t.s(\"", "t.a(\"", "t.a2(\"", "t.n(\""] {
            for rest in text.split(call).skip(1) {
                let key = rest.split('"').next().unwrap_or_default();
                assert!(known.contains(key) || key.is_empty(), "{file}: there is no text {key}");
            }
        }
    }
}

/// The families whose members are named by the domain.
#[test]
fn every_member_of_a_family_has_a_text() {
    let known = keys("zh-CN");
    let states = sandan_views::State::ALL.map(|state| state.name());
    let steps = super::staff::STEPS;
    let families: &[(&str, &[&str])] = &[
        ("state", &states),
        ("stands", &states),
        ("stands-line", &states),
        ("do", &steps),
        ("rating", &super::super::request::RATINGS),
        ("tab", &super::super::desk::TABS),
        ("tab-means", &super::super::desk::TABS),
        ("tab-empty", &super::super::desk::TABS),
        ("hand", &["desk", "duty_desk", "pool", "committee", "unit", "verification", "review"]),
        ("light", &["green", "yellow", "red"]),
        ("closing", &["satisfied", "unrated", "dissatisfied"]),
        ("channel", &["web", "kiosk", "hotline", "mailbox", "liaison", "grid_visit", "partner"]),
        ("level", &["grid", "branch", "community", "town"]),
        ("flaw", sandan_domain::Flaw::CODES),
        ("no-such", sandan_domain::NoSuch::CODES),
        ("limit", &["hour", "working_hour", "calendar_day", "working_day"]),
    ];
    for (family, members) in families {
        for member in *members {
            assert!(known.contains(&format!("{family}-{member}")), "there is no text {family}-{member}");
        }
    }
    for role in sandan_domain::Role::STAFF {
        assert!(known.contains(&format!("role-{role}")), "there is no text role-{role}");
    }
}

/// What holds for the HTML of every page: no bare key, no inline style or script, nothing from another host.
pub fn check_html(name: &str, html: &str) {
    for key in keys("zh-CN") {
        let bare = [format!(">{key}<"), format!("\"{key}\" title")];
        let is_long = key.matches('-').count() > 1;
        assert!(!(is_long && bare.iter().any(|bare| html.contains(bare))), "{name} shows the key {key}");
    }
    for forbidden in [" style=", "<style", "javascript:", " onclick=", "src=\"http", "href=\"http", "{{", "{%"] {
        assert!(!html.contains(forbidden), "{name} contains {forbidden}");
    }
    let scripts = html.matches("<script").count();
    assert_eq!(scripts, html.matches("<script src=\"/static/").count(), "{name} has an inline script");
    assert_eq!(html.matches("<svg").count(), html.matches("</svg>").count(), "{name} has an open drawing");
}

#[test]
fn every_icon_that_is_named_is_drawn() {
    let mut sources = files(&root().join("templates"), ".html");
    sources.extend(files(&root().join("src/pages"), ".rs"));
    for (file, text) in sources {
        for rest in text.split("icon(\"").skip(1) {
            let icon = rest.split('"').next().unwrap_or_default();
            assert!(super::super::icons::paths(icon).is_some(), "{file}: there is no icon {icon}");
        }
    }
    for category in sandan_domain::category::Taxonomy::national().children(None) {
        assert!(super::super::icons::paths(category.as_str()).is_some(), "{category} has no icon");
    }
}

/// What is vendored is what was published.
#[test]
fn vendored_files_have_their_published_hashes() {
    use sha2::{Digest, Sha256};
    let folder = root().join("static/vendor");
    let sums = std::fs::read_to_string(folder.join("SHA256SUMS")).unwrap();
    assert_eq!(sums.lines().count(), 6);
    for line in sums.lines() {
        let (sum, file) = line.split_once("  ").unwrap();
        let digest = Sha256::digest(std::fs::read(folder.join(file)).unwrap());
        assert_eq!(data_encoding::HEXLOWER.encode(&digest), sum, "{file}");
    }
}
