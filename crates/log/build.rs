//! The migrations are read by a macro, which cargo can't see: a changed one must rebuild the crate.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
