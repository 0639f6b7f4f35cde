//! The table in the program.

use std::collections::{HashMap, HashSet};

use super::{category, national};
use crate::category::{Category, Language};

#[test]
fn it_has_all_rows_and_levels() {
    let count = |depth| national().all().filter(|category| category.depth() == depth).count();
    assert_eq!([count(1), count(2), count(3)], [15, 118, 517]);
}

#[test]
fn every_category_is_found_by_its_path_in_both_languages() {
    for category in national().all() {
        assert_eq!(national().find(category.as_str()).as_ref(), Some(category));
        for language in [Language::Zh, Language::En] {
            assert_eq!(national().find(&national().path_name(category, language)).as_ref(), Some(category));
        }
    }
}

#[test]
fn names_are_complete_in_both_languages() {
    for category in national().all() {
        let english = national().name(category, Language::En);
        assert!(english.is_ascii() && english.starts_with(|c: char| c.is_ascii_uppercase()), "{category}: {english}");
        assert_eq!(national().name(category, Language::Zh), category.leaf());
    }
}

#[test]
fn a_chinese_name_has_one_english_name_and_the_reverse() {
    let pairs: HashSet<(String, String)> = national().all().map(names).collect();
    let chinese: HashSet<&String> = pairs.iter().map(|(chinese, _)| chinese).collect();
    let english: HashMap<String, &String> = pairs.iter().map(|(c, english)| (english.to_lowercase(), c)).collect();
    assert_eq!((chinese.len(), english.len()), (pairs.len(), pairs.len()));
}

fn names(category: &Category) -> (String, String) {
    (national().name(category, Language::Zh), national().name(category, Language::En))
}

#[test]
fn children_are_the_next_level_and_lie_within() {
    let first = national().children(None);
    assert_eq!(first.len(), 15);
    let second: Vec<Category> = first.iter().flat_map(|parent| national().children(Some(parent))).collect();
    let third: Vec<Category> = second.iter().flat_map(|parent| national().children(Some(parent))).collect();
    assert_eq!((second.len(), third.len()), (118, 517));
    for child in second.iter().chain(&third) {
        assert!(child.is_within(&child.parent().unwrap()));
    }
    assert!(third.iter().all(|leaf| national().children(Some(leaf)).is_empty()));
}

#[test]
fn names_are_told_in_the_language_asked_for() {
    let parks = category("城乡建设/城市建设和市政管理/公园管理");
    assert_eq!(national().name(&parks, Language::En), "Parks");
    let path = national().path_name(&parks, Language::En);
    assert_eq!(path, "Urban and rural development / City works and municipal services / Parks");
    assert_eq!(national().path_name(&parks, Language::Zh), "城乡建设 / 城市建设和市政管理 / 公园管理");
}

#[test]
fn a_category_no_longer_listed_goes_by_its_stored_name() {
    let gone = category("城乡建设/停用");
    assert!(!national().has(&gone));
    assert_eq!(national().name(&gone, Language::En), "停用");
    assert_eq!(national().path_name(&gone, Language::En), "Urban and rural development / 停用");
}
