//! Encrypted connections to a real server, and whom they trust.

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use sandan_log::conformance::{Sample, stream};
use sandan_log::{Log, LogError, PostgresLog, PostgresOptions};
use sandan_testkit::Postgres;
use tempfile::TempDir;

use super::name;

/// An authority and a server that it vouches for, under the name `localhost`.
struct Town {
    postgres: Postgres,
    database: String,
    folder: TempDir,
}

fn authority(name: &str) -> CertifiedIssuer<'static, KeyPair> {
    let mut about = CertificateParams::new(Vec::new()).unwrap();
    about.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    about.distinguished_name.push(rcgen::DnType::CommonName, name);
    CertifiedIssuer::self_signed(about, KeyPair::generate().unwrap()).unwrap()
}

impl Town {
    fn start() -> Self {
        let (ours, others) = (authority("ours"), authority("others"));
        let key = KeyPair::generate().unwrap();
        let about = CertificateParams::new(["localhost".to_owned()]).unwrap();
        let certificate = about.signed_by(&key, &ours).unwrap();
        let postgres = Postgres::encrypted(&certificate.pem(), &key.serialize_pem());
        let folder = tempfile::tempdir().unwrap();
        for (name, authority) in [("ours", &ours), ("others", &others)] {
            std::fs::write(folder.path().join(name), authority.pem()).unwrap();
        }
        std::fs::write(folder.path().join("empty"), "").unwrap();
        Self { database: postgres.database(), postgres, folder }
    }

    /// An address by which the server is called.
    fn at(&self, host: &str, mode: &str) -> String {
        format!("{}?sslmode={mode}", self.database.replace("127.0.0.1", host))
    }

    fn trusting(&self, host: &str, mode: &str, authority: &str) -> String {
        format!("{}&sslrootcert={}", self.at(host, mode), self.folder.path().join(authority).display())
    }
}

async fn opened(url: &str) -> Result<PostgresLog, LogError> {
    PostgresLog::open(url, PostgresOptions::default()).await
}

#[tokio::test]
async fn every_connection_is_encrypted_and_the_server_is_who_it_says() {
    let town = Town::start();
    let good = [
        town.at("127.0.0.1", "prefer"),
        town.at("127.0.0.1", "require"),
        town.trusting("localhost", "require", "ours"),
        town.trusting("localhost", "verify-ca", "ours"),
        town.trusting("localhost", "verify-full", "ours"),
    ];
    for (url, command) in good.iter().zip(1..) {
        let log = opened(url).await.unwrap_or_else(|error| panic!("{url}: {error}"));
        Sample::command(command).writes(stream(command), 0, 1).accepted(&log).await;
        log.stat().await.unwrap();
        let connections = "SELECT count(*) FILTER (WHERE ssl) > 1, count(*) FILTER (WHERE NOT ssl)
                           FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'sandan'";
        assert_eq!(town.postgres.sql(name(&town.database), connections), "t|0", "{url}");
        log.close().await.unwrap();
    }
}

#[tokio::test]
async fn a_server_that_nobody_trusted_vouches_for_is_refused() {
    let town = Town::start();
    let bad = [
        (town.trusting("localhost", "verify-full", "others"), "certificate"),
        (town.trusting("localhost", "require", "others"), "certificate"),
        (town.at("localhost", "verify-full"), "certificate"),
        // The right authority, and another name than the certificate's.
        (town.trusting("127.0.0.1", "verify-full", "ours"), "certificate"),
        (town.trusting("127.0.0.1", "verify-ca", "ours"), "certificate"),
        (town.trusting("localhost", "verify-full", "empty"), "no certificate in it"),
        (town.trusting("localhost", "verify-full", "missing"), "missing"),
    ];
    for (url, why) in bad {
        match opened(&url).await {
            Err(LogError::NoTls(said)) => assert!(said.contains(why), "{url}: {said}"),
            other => panic!("{url}: {:?}", other.err()),
        }
    }
}

#[tokio::test]
async fn a_server_that_wants_encryption_refuses_who_does_without() {
    let town = Town::start();
    let error = opened(&town.at("127.0.0.1", "disable")).await.err();
    assert!(matches!(&error, Some(LogError::Denied(said)) if said.contains("no encryption")), "{error:?}");
}
