//! Makes cargo notice new files in the folders that are read at build time.

fn main() {
    for folder in ["locales", "templates", "static"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
