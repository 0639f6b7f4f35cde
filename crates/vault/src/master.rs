//! The one secret outside the log, and the file that keeps it. Whoever loses it has forgotten everybody.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::error::MasterKeyError;
use crate::key::{KEY_BYTES, Key};

/// The key over all keys. Its file holds the bare bytes.
#[derive(Debug)]
pub struct MasterKey(pub(crate) Key);

impl MasterKey {
    /// A new key that is kept nowhere: for tests.
    pub fn random() -> Self {
        Self(Key::random())
    }

    /// Takes a key that came from elsewhere.
    pub fn from_bytes(bytes: [u8; KEY_BYTES]) -> Self {
        Self(Key::new(bytes))
    }

    /// Reads the key in the file `path`; if there is no such file, makes one that only its owner may read.
    ///
    /// However many programs do this at once, all get the same key. The folder must exist.
    pub fn load_or_create(path: impl AsRef<Path>) -> Result<Self, MasterKeyError> {
        let path = path.as_ref();
        match load(path) {
            Err(MasterKeyError::Read { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                create(path).map_err(|source| MasterKeyError::Create { path: path.to_owned(), source })?;
                load(path)
            }
            loaded => loaded,
        }
    }
}

fn load(path: &Path) -> Result<MasterKey, MasterKeyError> {
    let unreadable = |source| MasterKeyError::Read { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(unreadable)?;
    let actual = file.metadata().map_err(unreadable)?.len();
    if actual != KEY_BYTES as u64 {
        return Err(MasterKeyError::WrongSize { path: path.to_owned(), expected: KEY_BYTES, actual });
    }
    warn_if_others_may_read(path, &file);
    let mut bytes = [0; KEY_BYTES];
    file.read_exact(&mut bytes).map_err(unreadable)?;
    Ok(MasterKey::from_bytes(bytes))
}

/// Writes a new key beside `path` and links it there: the file appears whole or not at all, and one that is
/// there already stays.
fn create(path: &Path) -> io::Result<()> {
    let draft = draft_of(path);
    let created = write_draft(&draft).and_then(|()| fs::hard_link(&draft, path));
    let removed = fs::remove_file(&draft);
    match created {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => removed,
        created => created.and(removed).and_then(|()| sync_folder(path)),
    }
}

/// A name in the same folder that nobody else has.
fn draft_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}.new", Uuid::new_v4().simple()));
    name.into()
}

fn write_draft(draft: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(draft)?;
    file.write_all(Key::random().as_bytes())?;
    file.sync_all()
}

/// Makes the new name durable too: a key that vanishes with the power takes every text with it.
fn sync_folder(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) if cfg!(unix) && !folder.as_os_str().is_empty() => File::open(folder)?.sync_all(),
        _ if cfg!(unix) => File::open(".")?.sync_all(),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn warn_if_others_may_read(path: &Path, file: &File) {
    use std::os::unix::fs::PermissionsExt;
    let Ok(metadata) = file.metadata() else { return };
    let mode = metadata.permissions().mode();
    if mode & 0o077 != 0 {
        let mode = format!("{:o}", mode & 0o777);
        tracing::warn!(path = %path.display(), mode, "the master key is open to others; set its mode to 600");
    }
}

#[cfg(not(unix))]
fn warn_if_others_may_read(_: &Path, _: &File) {}
