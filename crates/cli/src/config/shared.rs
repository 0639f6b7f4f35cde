//! What several nodes share: the database, the bus, the place of the photos. Only the form is checked here.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{Url, invalid};

/// Connections of a node to the database unless told otherwise. Appends take one, so these are mostly readers.
const CONNECTIONS: u32 = 16;
/// Fewer can't write and read at once; Postgres' own default is 100 for all nodes together.
const CONNECTIONS_MIN: u32 = 4;
const CONNECTIONS_MAX: u32 = 500;

/// The shared log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Database {
    pub url: Url,
    pub connections: usize,
}

impl Database {
    pub fn of(url: Option<Url>, connections: Option<u32>) -> Result<Option<Self>> {
        let connections = connections.unwrap_or(CONNECTIONS);
        if !(CONNECTIONS_MIN..=CONNECTIONS_MAX).contains(&connections) {
            let message =
                format!("{connections} database connections are not between {CONNECTIONS_MIN} and {CONNECTIONS_MAX}");
            return Err(invalid(message, "Leave --database-connections out, or name a number between them."));
        }
        let Some(url) = url else { return Ok(None) };
        if !url.has_scheme(&["postgres://", "postgresql://"]) {
            let mend = "Write it like postgres://sandan@db.example.cn/sandan, with the password in SANDAN_DATABASE or \
                        the settings file.";
            return Err(invalid(format!("the database {url:?} is no postgres:// URL"), mend));
        }
        Ok(Some(Self { url, connections: connections as usize }))
    }
}

impl Database {
    /// Connections that read: appends and the look-out for other nodes' have one each.
    pub const fn readers(&self) -> usize {
        self.connections - 2
    }
}

/// The bus' URLs, checked.
pub fn nats(url: Url) -> Result<Url> {
    match url.has_scheme(&["nats://", "tls://"]) {
        true => Ok(url),
        false => {
            let mend = "Write it like nats://a,nats://b,nats://c.";
            Err(invalid(format!("of the bus {url:?} not every part is a nats:// URL"), mend))
        }
    }
}

/// Where photos are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attachments {
    /// A folder of this machine, or one that all nodes have mounted.
    Folder(PathBuf),
    /// An object store.
    Store(Url),
}

impl Attachments {
    pub fn of(set: Option<Url>, data: &Path) -> Result<Self> {
        let Some(url) = set else { return Ok(Self::Folder(data.join("attachments"))) };
        if url.has_scheme(&["s3://"]) {
            return Ok(Self::Store(url));
        }
        match url.whole().strip_prefix("file://").unwrap_or(url.whole()) {
            path if path.contains("://") || path.is_empty() => {
                let mend = "Write it like s3://bucket/prefix?region=cn-north-1, or name a folder.";
                Err(invalid(format!("the place for attachments {url:?} is neither a folder nor s3://…"), mend))
            }
            path => Ok(Self::Folder(PathBuf::from(path))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::{Code, Failure};

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    #[test]
    fn a_database_is_a_postgres_url_and_its_password_is_not_repeated() {
        let database = Database::of(Some(url("postgres://a:geheim@db/x")), None).unwrap().unwrap();
        assert_eq!((database.url.whole(), database.connections), ("postgres://a:geheim@db/x", 16));
        assert!(Database::of(Some(url("postgres://a@one:1,two:2/x?target_session_attrs=read-write")), None).is_ok());
        for wrong in ["mysql://a:geheim@db/x", "host=db password=geheim", "postgres://", ""] {
            let failure = Failure::of(&Database::of(Some(url(wrong)), None).unwrap_err());
            assert_eq!(failure.code, Code::ConfigInvalid);
            assert!(!failure.to_string().contains("geheim"), "{failure}");
        }
        assert!(Database::of(Some(url("postgres://db/x")), Some(1)).is_err());
    }

    #[test]
    fn several_servers_of_the_bus_are_named_with_commas() {
        assert!(nats(url("nats://a:4222,nats://b")).is_ok());
        assert!(nats(url("nats://a,http://b")).is_err());
    }

    #[test]
    fn photos_are_in_a_folder_unless_a_store_is_named() {
        let place = |text: &str| Attachments::of(Some(url(text)), Path::new("/d"));
        assert_eq!(Attachments::of(None, Path::new("/d")).unwrap(), Attachments::Folder("/d/attachments".into()));
        assert_eq!(place("/mnt/photos").unwrap(), Attachments::Folder("/mnt/photos".into()));
        assert_eq!(place("file:///mnt/photos").unwrap(), Attachments::Folder("/mnt/photos".into()));
        assert!(matches!(place("s3://photos/sandan").unwrap(), Attachments::Store(_)));
        assert!(place("ftp://photos").is_err());
    }
}
