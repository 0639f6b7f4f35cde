//! Who is who, without saying who: ids that only the holder of the master key can work out.

use sandan_domain::{CommunityId, PersonId};
use uuid::Builder;

use crate::phone::phone_digits;
use crate::subkeys::Mark;

/// The person with this telephone. What holds no digit at all is taken as it is written.
pub(crate) fn of_phone(mark: &Mark, phone: &str) -> PersonId {
    let digits = phone_digits(phone);
    match digits.as_str() {
        "" => id(mark.short(&[b"text\0", phone.trim().as_bytes()])),
        digits => id(mark.short(&[b"phone\0", digits.as_bytes()])),
    }
}

/// The person with this account in the system that `community` imports from.
pub(crate) fn of_account(mark: &Mark, community: &CommunityId, external: &str) -> PersonId {
    // A slug holds no NUL, so that no two pairs read the same.
    id(mark.short(&[b"account\0", community.as_str().as_bytes(), b"\0", external.as_bytes()]))
}

fn id(bytes: [u8; 16]) -> PersonId {
    PersonId(Builder::from_custom_bytes(bytes).into_uuid())
}
