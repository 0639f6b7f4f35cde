//! The program ends TLS itself, where it is given a certificate and its key.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use super::place::{Place, Server};

/// A certificate that was made for this test: its files, and what a client must trust.
pub fn certificate(place: &Place) -> (String, String, CertificateDer<'static>) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let cert = place.write("cert.pem", made.cert.pem().as_bytes());
    let key = place.write("key.pem", made.signing_key.serialize_pem().as_bytes());
    (cert, key, made.cert.der().clone())
}

fn get(address: &str, path: &str, trusted: CertificateDer<'static>) -> String {
    let mut roots = RootCertStore::empty();
    roots.add(trusted).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().unwrap().with_root_certificates(roots);
    let name = ServerName::try_from("localhost").unwrap();
    let client = ClientConnection::new(Arc::new(config.with_no_client_auth()), name).unwrap();
    let mut stream = StreamOwned::new(client, TcpStream::connect(address).unwrap());
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    // Where the other side only hangs up, what came is what counts.
    _ = stream.read_to_end(&mut answer);
    String::from_utf8(answer).unwrap()
}

#[test]
fn a_server_with_a_certificate_speaks_tls_and_nothing_else() {
    let place = Place::with_community();
    let (cert, key, trusted) = certificate(&place);
    let server = Server::start(&place.data(), &["--tls-cert", &cert, "--tls-key", &key]);
    let url = server.ready["url"].as_str().unwrap().to_owned();
    let address = url.strip_prefix("https://").unwrap_or_else(|| panic!("not https: {url}")).to_owned();

    assert!(get(&address, "/healthz", trusted.clone()).starts_with("HTTP/1.1 200"));
    assert!(get(&address, "/sign-in", trusted).starts_with("HTTP/1.1 200"));
    let mut plain = TcpStream::connect(&address).unwrap();
    plain.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    _ = plain.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP/1.1 200"), "plain HTTP is not answered");
    server.stop();
}

#[test]
fn a_certificate_that_cannot_be_used_is_named() {
    let place = Place::with_community();
    let (cert, key, _) = certificate(&place);
    let broken = place.write("broken.pem", b"no certificate");
    let other = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let others = place.write("other.pem", other.signing_key.serialize_pem().as_bytes());
    for (cert, key, named) in [(&broken, &key, "broken.pem"), (&cert, &broken, "broken.pem"), (&cert, &others, "other")]
    {
        let told = place.fails(&["serve", "--listen", "127.0.0.1:0", "--tls-cert", cert, "--tls-key", key]);
        assert!(told.contains("config-invalid") && told.contains(named), "{told}");
    }
    assert!(place.fails(&["serve", "--tls-cert", &cert]).contains("--tls-key"));
}
