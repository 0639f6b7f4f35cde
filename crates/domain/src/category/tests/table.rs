//! Reading a table: complete and strict.

use super::category;
use crate::category::{Taxonomy, TaxonomyError};

const HEADER: &str = "level1,level2,level3,en1,en2,en3\n";

fn read(rows: &str) -> Result<usize, TaxonomyError> {
    Taxonomy::parse(&format!("{HEADER}{rows}")).map(|taxonomy| taxonomy.all().count())
}

fn name(line: usize, name: &str) -> TaxonomyError {
    TaxonomyError::Name { line, name: name.to_owned() }
}

#[test]
fn good_tables_are_read() {
    assert_eq!(read(""), Ok(0));
    assert_eq!(read("甲,乙,丙,A,B,C\n"), Ok(3));
    assert_eq!(read("甲,乙,丙,A,B,C\n甲,乙,丁,A,B,D\n"), Ok(4));
    assert_eq!(read("甲,乙,丙,A,B,C\n戊,乙,丙,E,B,C"), Ok(6));
}

#[test]
fn bad_tables_are_refused() {
    assert_eq!(Taxonomy::parse("").err(), Some(TaxonomyError::Header));
    assert_eq!(Taxonomy::parse("level1,level2,level3\n").err(), Some(TaxonomyError::Header));
    assert_eq!(read("甲,乙,丙,A,B\n"), Err(TaxonomyError::Row { line: 2 }));
    assert_eq!(read("甲,乙,丙,A,B,C,D\n"), Err(TaxonomyError::Row { line: 2 }));
    assert_eq!(read("甲,乙,丙,A,B,C\n\n"), Err(TaxonomyError::Row { line: 3 }));
    assert_eq!(read("甲,乙,,A,B,C\n"), Err(name(2, "")));
    assert_eq!(read("甲,乙,丙,A,B, C\n"), Err(name(2, " C")));
    assert_eq!(read("甲,乙/丙,丁,A,B,C\n"), Err(name(2, "乙/丙")));
    let twice = TaxonomyError::Twice { line: 3, category: category("甲/乙/丙") };
    assert_eq!(read("甲,乙,丙,A,B,C\n甲,乙,丙,A,B,C\n"), Err(twice));
    let names = TaxonomyError::Names { line: 3, category: category("甲/乙") };
    assert_eq!(read("甲,乙,丙,A,B,C\n甲,乙,丁,A,X,D\n"), Err(names));
}
