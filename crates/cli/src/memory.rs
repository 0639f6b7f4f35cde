//! How the program asks the system for memory.

/// Only in pages of the usual size. What lives long here is small and lies scattered: a huge page, which is 2 MB, stays whole for
/// a few of its kilobytes, and the system makes new ones of what the allocator had given back. A node's memory then grows for
/// hours, to several times what is in use.
///
/// The allocator is built not to ask for huge pages; this is for systems that give them to whoever does not ask.
pub fn without_huge_pages() {
    // Where the kernel doesn't know of it, it has nothing to turn off.
    #[cfg(target_os = "linux")]
    let _ = nix::sys::prctl::set_thp_disable(true);
}
