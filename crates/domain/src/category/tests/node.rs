//! Paths: what lies within what, and how categories are stored.

use super::category;
use crate::category::Category;

#[test]
fn a_category_lies_within_itself_and_all_above_it() {
    let check = |path: &str, ancestor: &str, expected: bool| {
        assert_eq!(category(path).is_within(&category(ancestor)), expected, "{path} within {ancestor}");
    };
    check("城乡建设", "城乡建设", true);
    check("城乡建设/安全生产", "城乡建设", true);
    check("城乡建设/安全生产/事故处理", "城乡建设", true);
    check("城乡建设/安全生产/事故处理", "城乡建设/安全生产", true);
    check("城乡建设", "城乡建设/安全生产", false);
    check("经济管理/安全生产", "城乡建设/安全生产", false);
    check("城乡建设/安全生产管理", "城乡建设/安全生产", false);
}

#[test]
fn a_path_knows_its_levels() {
    let category = category("城乡建设/安全生产/事故处理");
    let ancestry: Vec<String> = category.ancestry().map(|ancestor| ancestor.to_string()).collect();
    assert_eq!(ancestry, ["城乡建设", "城乡建设/安全生产", "城乡建设/安全生产/事故处理"]);
    assert_eq!(category.depth(), 3);
    assert_eq!(category.leaf(), "事故处理");
    assert_eq!(category.parent().unwrap().as_str(), "城乡建设/安全生产");
    assert_eq!(category.parent().unwrap().parent().unwrap().parent(), None);
}

#[test]
fn whatever_was_stored_can_be_read() {
    for path in ["城乡建设/安全生产", "a category of long ago", ""] {
        let stored = serde_json::to_string(path).unwrap();
        let category: Category = serde_json::from_str(&stored).unwrap();
        assert_eq!(category.as_str(), path);
        assert_eq!(serde_json::to_string(&category).unwrap(), stored);
    }
}
