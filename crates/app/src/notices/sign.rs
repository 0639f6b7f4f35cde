//! Secrets and signatures as in Standard Webhooks: `v1,` and the HMAC-SHA256 of id, time and body in base 64.

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use rand::Rng;
use sha2::Sha256;

const PREFIX: &str = "whsec_";
/// 192 bits, as the standard asks for at least.
const SECRET_BYTES: usize = 32;

/// A fresh secret, as the receiver keeps it.
pub(super) fn fresh_secret() -> String {
    let mut bytes = [0; SECRET_BYTES];
    rand::rng().fill_bytes(&mut bytes);
    format!("{PREFIX}{}", BASE64.encode(&bytes))
}

/// The header's value: one signature for each secret, so that a receiver can change from one to the next.
pub(super) fn signatures(secrets: &[String], id: &str, seconds: i64, body: &[u8]) -> String {
    secrets.iter().filter_map(|secret| signature(secret, id, seconds, body)).collect::<Vec<_>>().join(" ")
}

fn signature(secret: &str, id: &str, seconds: i64, body: &[u8]) -> Option<String> {
    let key = BASE64.decode(secret.strip_prefix(PREFIX)?.as_bytes()).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{seconds}.").as_bytes());
    mac.update(body);
    Some(format!("v1,{}", BASE64.encode(&mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked out with `openssl dgst -sha256 -mac HMAC`.
    #[test]
    fn the_signature_is_the_one_that_others_work_out() {
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned();
        let body = br#"{"test": 2432232314}"#;
        let signed = signatures(std::slice::from_ref(&secret), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        let two = signatures(&[secret, fresh_secret()], "a", 1, body);
        assert_eq!(two.split(' ').count(), 2);
    }
}
