//! The socket's file: private, and usable however deep the data folder lies.

use std::io;
use std::path::{Path, PathBuf};

use tokio::net::{UnixListener, UnixStream};

use crate::folder::Folder;

/// The kernel takes no longer path for a socket (108 bytes with the closing zero on Linux).
const PATH_BYTES_MAX: usize = 107;

/// Binds the socket under another name and gives it its own once only its owner can connect. A stale one is
/// replaced: whoever has the folder's lock is the only server.
pub fn bind(folder: &Folder) -> io::Result<UnixListener> {
    let new = folder.root().join("control.new");
    _ = std::fs::remove_file(&new);
    let listener = at(&new, |path| UnixListener::bind(path))?;
    std::fs::set_permissions(&new, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    std::fs::rename(&new, folder.socket())?;
    Ok(listener)
}

/// Connects if a server listens.
pub async fn connect(folder: &Folder) -> io::Result<UnixStream> {
    let socket = at(&folder.socket(), |path| std::os::unix::net::UnixStream::connect(path))?;
    socket.set_nonblocking(true)?;
    UnixStream::from_std(socket)
}

/// Runs `open` with a path that is short enough: through the folder's own handle where it is not.
fn at<T>(path: &Path, open: impl FnOnce(&Path) -> io::Result<T>) -> io::Result<T> {
    if path.as_os_str().len() <= PATH_BYTES_MAX {
        return open(path);
    }
    let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(io::ErrorKind::InvalidInput.into());
    };
    let parent = std::fs::File::open(parent)?;
    let handle = std::os::fd::AsRawFd::as_raw_fd(&parent);
    let short = PathBuf::from(format!("/proc/self/fd/{handle}")).join(name);
    open(&short)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn check(root: PathBuf) {
        let folder = Folder::new(root);
        folder.create().unwrap();
        let listener = bind(&folder).unwrap();
        assert_eq!(crate::folder::open_to_others(&folder.socket()).unwrap(), 0);
        let (client, server) = tokio::join!(connect(&folder), listener.accept());
        assert!(client.is_ok() && server.is_ok());
        drop(listener);
        assert!(connect(&folder).await.is_err(), "nobody listens behind a stale socket");
        assert!(bind(&folder).is_ok(), "a stale socket is replaced");
    }

    #[tokio::test]
    async fn a_socket_is_private_and_a_stale_one_is_replaced() {
        let temp = tempfile::tempdir().unwrap();
        check(temp.path().join("data")).await;
    }

    #[tokio::test]
    async fn a_deep_folder_is_no_obstacle() {
        let temp = tempfile::tempdir().unwrap();
        check(temp.path().join("deep/".repeat(40))).await;
    }
}
