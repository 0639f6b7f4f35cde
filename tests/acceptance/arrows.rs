//! Who may use whom: the table of the architecture page against the manifests.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand};

type Arrows = BTreeMap<String, BTreeSet<String>>;

/// Rows of the table between the `arrows` marks: `| crate | may use |`.
fn documented() -> Arrows {
    let page = include_str!("../../docs/architecture.md");
    let table = page.split("<!-- arrows -->").nth(1).and_then(|rest| rest.split("<!-- /arrows -->").next());
    let names = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    table
        .expect("the page has the table")
        .lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.trim().trim_matches('|').split('|').collect();
            let name = names(cells.first()?).pop()?;
            Some((name, names(cells.get(1)?).into_iter().collect()))
        })
        .collect()
}

/// The same from the manifests; what only tests need is no arrow.
fn built() -> Arrows {
    let metadata = MetadataCommand::new().no_deps().exec().expect("cargo metadata");
    let ours = |name: &str| name.strip_prefix("sandan-").map(str::to_owned);
    metadata
        .packages
        .iter()
        .filter_map(|package| {
            let uses = package.dependencies.iter().filter(|d| d.kind == DependencyKind::Normal);
            Some((ours(&package.name)?, uses.filter_map(|d| ours(&d.name)).collect()))
        })
        .filter(|(name, _)| name != "tests")
        .collect()
}

#[test]
fn crates_use_only_what_the_architecture_page_allows() {
    assert_eq!(built(), documented(), "left: the manifests; right: docs/architecture.md");
}
