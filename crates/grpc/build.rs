//! Makes Rust of `proto/`, without `protoc`.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

const FILES: [&str; 12] = [
    "problem",
    "words",
    "request",
    "requests",
    "reviews",
    "evaluations",
    "projects",
    "honours",
    "scores",
    "organisation",
    "policies",
    "events",
];

fn main() -> Result<(), Box<dyn Error>> {
    let proto = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../proto");
    println!("cargo:rerun-if-changed={}", proto.display());
    let mut compiler = protox::Compiler::new([&proto])?;
    compiler.include_source_info(true).include_imports(true);
    compiler.open_files(FILES.map(|file| proto.join(format!("sandan/v1/{file}.proto"))))?;
    // For reflection, and for the tests that compare it with what was released.
    let described = PathBuf::from(env::var("OUT_DIR")?).join("sandan.bin");
    fs::write(described, compiler.encode_file_descriptor_set())?;
    tonic_prost_build::configure().compile_fds(compiler.file_descriptor_set())?;
    Ok(())
}
