//! The first test vector of RFC 9474 (appendix A.1), which is of our variant, through our own keys.

use blind_rsa_signatures::DefaultRng;
use blind_rsa_signatures::reexports::rsa::rand_core::{TryCryptoRng, TryRng};
use data_encoding::HEXLOWER_PERMISSIVE as HEX;
use rsa::{BoxedUint, RsaPrivateKey};
use serde::Deserialize;

use crate::issuer::Issuer;
use crate::key::PublicKey;
use crate::{Secret, VARIANT};

#[derive(Deserialize)]
struct Vector {
    name: String,
    p: String,
    q: String,
    n: String,
    e: String,
    d: String,
    msg: String,
    msg_prefix: String,
    salt: String,
    inv: String,
    blinded_msg: String,
    blind_sig: String,
    sig: String,
}

/// Gives what the RFC's voter drew, in the order in which it is asked for.
struct Drawn(Vec<Vec<u8>>);

impl TryRng for Drawn {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        unreachable!("only bytes are drawn")
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        unreachable!("only bytes are drawn")
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        bytes.copy_from_slice(&self.0.remove(0));
        Ok(())
    }
}

impl TryCryptoRng for Drawn {}

fn bytes(hex: &str) -> Vec<u8> {
    HEX.decode(hex.as_bytes()).unwrap()
}

fn number(hex: &str) -> BoxedUint {
    BoxedUint::from_str_radix_vartime(hex, 16).unwrap()
}

fn issuer(vector: &Vector) -> Issuer {
    let primes = vec![number(&vector.p), number(&vector.q)];
    let key = RsaPrivateKey::from_components(number(&vector.n), number(&vector.e), number(&vector.d), primes).unwrap();
    let secret = Secret::new(key);
    let public = PublicKey(secret.public_key().unwrap());
    Issuer { secret, public }
}

#[test]
fn blinding_signing_finishing_and_checking_give_what_the_rfc_gives() {
    let vector: Vector = serde_json::from_str(include_str!("../tests/data/rfc9474-a1.json")).unwrap();
    assert_eq!(vector.name, VARIANT);
    let issuer = issuer(&vector);
    let key = issuer.public();
    let factor = number(&vector.inv).invert_mod(&number(&vector.n).to_nz().unwrap()).unwrap();
    let mut drawn = Drawn(vec![bytes(&vector.msg_prefix), bytes(&vector.salt), factor.to_le_bytes().to_vec()]);
    let made = key.0.blind(&mut drawn, bytes(&vector.msg)).unwrap();
    assert_eq!(made.blind_message.0, bytes(&vector.blinded_msg));
    let signed = issuer.sign(&made.blind_message.0).unwrap();
    assert_eq!(signed, bytes(&vector.blind_sig));
    let signature = key.0.finalize(&signed.into(), &made, bytes(&vector.msg)).unwrap();
    assert_eq!(signature.0, bytes(&vector.sig));
    let serial = bytes(&vector.msg_prefix).try_into().unwrap();
    key.verify_message(serial, &signature.0, &bytes(&vector.msg)).unwrap();
    let of_another = key.0.blind(&mut DefaultRng, bytes(&vector.msg)).unwrap();
    assert_ne!(of_another.blind_message, made.blind_message);
}
