//! TLS at the program's own door, where no proxy ends it.

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::config::{Tls, invalid};

/// Reads certificate and key, and makes sure that they belong together.
pub fn acceptor(tls: &Tls) -> Result<TlsAcceptor> {
    let chain = CertificateDer::pem_file_iter(&tls.cert).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let chain = chain.map_err(|error| unreadable("certificate", &tls.cert, &error))?;
    let key = PrivateKeyDer::from_pem_file(&tls.key).map_err(|error| unreadable("private key", &tls.key, &error))?;
    let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions()?.with_no_client_auth();
    let mut config = builder.with_single_cert(chain, key).map_err(|error| {
        let (cert, key) = (tls.cert.display(), tls.key.display());
        let mend = "Give the chain with the server's own certificate first, and the key that belongs to it.";
        invalid(format!("the certificate {cert} and the key {key} can't be used together: {error}"), mend)
    })?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn unreadable(what: &str, path: &Path, error: &pem::Error) -> anyhow::Error {
    let mend = "It must be a PEM file that this account may read.";
    invalid(format!("the {what} {} can't be read: {error}", path.display()), mend)
}
