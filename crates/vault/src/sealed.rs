//! A sealed text as it stands in an event: `v1.<person>.<nonce, ciphertext, tag>`, both in base64url.

use data_encoding::BASE64URL_NOPAD as BASE64;
use sandan_domain::PersonId;
use uuid::Uuid;

use crate::error::VaultError;
use crate::key::{Key, OVERHEAD_BYTES};

const PREFIX: &str = "v1.";
/// 16 bytes in base64 without padding.
const PERSON_LETTERS: usize = 22;

/// Seals `text` of `person`. `scratch` is reused from text to text.
pub(crate) fn seal(key: &Key, person: PersonId, text: &str, scratch: &mut Vec<u8>) -> Result<String, VaultError> {
    scratch.clear();
    key.seal(person.0.as_bytes(), text.as_bytes(), scratch)?;
    let letters = BASE64.encode_len(text.len() + OVERHEAD_BYTES);
    let mut sealed = String::with_capacity(PREFIX.len() + PERSON_LETTERS + 1 + letters);
    sealed.push_str(PREFIX);
    BASE64.encode_append(person.0.as_bytes(), &mut sealed);
    sealed.push('.');
    BASE64.encode_append(scratch, &mut sealed);
    Ok(sealed)
}

/// Whose text it is; `None` if it was not sealed by this program.
pub(crate) fn owner(sealed: &str) -> Option<PersonId> {
    split(sealed).map(|(person, _)| person)
}

/// The clear text; `None` if the key is another one or a bit was changed.
pub(crate) fn open(key: &Key, sealed: &str, scratch: &mut Vec<u8>) -> Option<String> {
    let (person, body) = split(sealed)?;
    scratch.resize(BASE64.decode_len(body.len()).ok()?, 0);
    let length = BASE64.decode_mut(body.as_bytes(), scratch).ok()?;
    let clear = key.open(person.0.as_bytes(), &mut scratch[..length])?;
    std::str::from_utf8(clear).ok().map(str::to_owned)
}

fn split(sealed: &str) -> Option<(PersonId, &str)> {
    let (person, body) = sealed.strip_prefix(PREFIX)?.split_once('.')?;
    let mut id = [0; 16];
    let fits = person.len() == PERSON_LETTERS && BASE64.decode_mut(person.as_bytes(), &mut id).is_ok();
    fits.then(|| (PersonId(Uuid::from_bytes(id)), body))
}
