//! How a node asks the system for memory.

use super::place::Place;

#[test]
#[cfg(target_os = "linux")]
fn a_node_takes_no_huge_pages() {
    let mut place = Place::with_community();
    let pid = place.serve().child.id();
    let said = |of: &str| std::fs::read_to_string(format!("/proc/{pid}/{of}")).unwrap();
    // Whatever the system's own setting is.
    let status = said("status");
    let allowed = status.lines().find(|line| line.starts_with("THP_enabled:")).expect("Linux 5.0 or newer");
    assert_eq!(allowed.split_whitespace().nth(1), Some("0"), "{allowed}");
    // The allocator reserves its space before the program can say anything, and must not ask for them itself.
    let asked =
        said("smaps").lines().any(|line| line.starts_with("VmFlags:") && line.split(' ').any(|flag| flag == "hg"));
    assert!(!asked, "some of its memory is marked for huge pages");
}
