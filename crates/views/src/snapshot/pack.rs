//! A model's file, compressed and sealed, and back. All of it blocks, and none of it holds a whole file in memory.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::path::Path;

use sandan_vault::Vault;
use sha2::{Digest, Sha256};

/// A good part of the way for little of a processor's time.
const LEVEL: i32 = 3;
const BUFFER_BYTES: usize = 256 << 10;

/// Writes the sealed `file` into `to`; answers with the hash of what was written.
pub(super) fn pack(vault: &Vault, purpose: &str, file: &Path, to: &Path) -> io::Result<[u8; 32]> {
    let out = Hashing { inner: BufWriter::with_capacity(BUFFER_BYTES, create(to)?), hash: Sha256::new() };
    let mut packing = zstd::Encoder::new(vault.sealing(purpose.as_bytes(), out)?, LEVEL)?;
    io::copy(&mut BufReader::with_capacity(BUFFER_BYTES, File::open(file)?), &mut packing)?;
    let mut out = packing.finish()?.finish()?;
    out.flush()?;
    Ok(out.hash.finalize().into())
}

/// The hash of a file's bytes.
pub(super) fn digest(file: &Path) -> io::Result<[u8; 32]> {
    let mut hashing = Hashing { inner: io::sink(), hash: Sha256::new() };
    io::copy(&mut BufReader::with_capacity(BUFFER_BYTES, File::open(file)?), &mut hashing)?;
    Ok(hashing.hash.finalize().into())
}

/// Writes what was sealed in `file` into `to`, durably.
pub(super) fn unpack(vault: &Vault, purpose: &str, file: &Path, to: &Path) -> io::Result<()> {
    let sealed = BufReader::with_capacity(BUFFER_BYTES, File::open(file)?);
    let mut opened = zstd::Decoder::new(vault.opening(purpose.as_bytes(), sealed))?;
    let mut out = BufWriter::with_capacity(BUFFER_BYTES, create(to)?);
    io::copy(&mut opened, &mut out)?;
    // The last piece is there, and nothing behind it.
    io::copy(&mut opened.finish(), &mut io::sink()).and_then(expect_none)?;
    out.flush()?;
    out.get_ref().sync_all()
}

fn expect_none(bytes: u64) -> io::Result<()> {
    match bytes {
        0 => Ok(()),
        more => Err(io::Error::new(io::ErrorKind::InvalidData, format!("{more} bytes too many"))),
    }
}

/// A new file that only its owner may read, or the old one emptied.
pub(super) fn create(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

struct Hashing<W> {
    inner: W,
    hash: Sha256,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
