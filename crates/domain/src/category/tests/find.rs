//! Finding a category by what somebody typed.

use proptest::prelude::*;

use super::national;
use crate::category::Language;

#[track_caller]
fn check(text: &str, expected: Option<&str>) {
    assert_eq!(national().find(text).map(|category| category.to_string()).as_deref(), expected, "{text:?}");
}

#[test]
fn by_path() {
    let municipal = Some("城乡建设/城市建设和市政管理");
    check("城乡建设/城市建设和市政管理", municipal);
    check("  城乡建设 > 城市建设和市政管理 ", municipal);
    check("城乡建设／城市建设和市政管理", municipal);
    check("城乡建设＞　城市建设和市政管理", municipal);
    check("urban and rural development/CITY WORKS AND MUNICIPAL SERVICES", municipal);
    check("民政 / 其他 / 其他", Some("民政/其他/其他"));
}

#[test]
fn by_a_name_of_one_category() {
    check("民政", Some("民政"));
    check("物业服务", Some("城乡建设/住房保障与房地产/物业服务"));
    check("noise", Some("环境保护/环境污染/噪音污染"));
    check("housing and real estate", Some("城乡建设/住房保障与房地产"));
}

#[test]
fn by_a_name_of_several_levels_the_highest() {
    check("交通运输", Some("交通运输"));
    check("出租车管理", Some("交通运输/出租车管理"));
    check("Taxis", Some("交通运输/出租车管理"));
    check("文物管理", Some("教育文体/文物管理"));
    check("工资福利", Some("劳动和社会保障/工资福利"));
}

#[test]
fn not_by_a_name_that_several_share_on_its_highest_level() {
    check("其他", None);
    check("other", None);
    check("安全生产", None);
    check("异地升学", None);
}

#[test]
fn not_by_anything_else() {
    for text in ["", " ", "/", "不存在", "民政/", "/民政", "民政//其他", "其他/民政", "城乡建设/物业服务", "民政/other"]
    {
        check(text, None);
    }
}

proptest! {
    #[test]
    fn any_text_has_an_answer_that_is_listed(text in any::<String>()) {
        prop_assert!(national().find(&text).is_none_or(|category| national().has(&category)));
    }

    #[test]
    fn blanks_case_and_separators_do_not_matter(
        index in 0..650_usize,
        english in any::<bool>(),
        separator in prop::sample::select(vec!["/", " / ", ">", " > ", "／", "\u{3000}＞\t"]),
        blanks in prop::sample::select(vec!["", " ", "\u{3000}", "\n "]),
    ) {
        let category = national().all().nth(index).unwrap();
        let language = if english { Language::En } else { Language::Zh };
        let typed = national().path_name(category, language).to_uppercase().replace(" / ", separator);
        let found = national().find(&format!("{blanks}{typed}{blanks}"));
        prop_assert_eq!(found.as_ref(), Some(category));
    }
}
