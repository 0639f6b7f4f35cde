//! The number of a request: short, digits only, made to be read out over a telephone.

#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Eight digits and a check digit after Damm, which catches every single wrong digit and every swap of
/// neighbours (H. M. Damm, 2004).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RequestNumber(u32);

/// The text is not a request's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not a request number: nine digits, the last of them a check digit")]
pub struct NotANumber;

/// Damm's totally anti-symmetric quasigroup of order 10.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

impl RequestNumber {
    /// How many numbers there are.
    pub const COUNT: u32 = 100_000_000;

    /// The number with the serial `serial`, taken modulo [`Self::COUNT`].
    pub const fn new(serial: u32) -> Self {
        Self(serial % Self::COUNT)
    }
}

fn check_digit(digits: &[u8]) -> u8 {
    digits.iter().fold(0, |interim, digit| DAMM[usize::from(interim)][usize::from(*digit)])
}

impl fmt::Display for RequestNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let serial = format!("{:08}", self.0);
        let digits: Vec<u8> = serial.bytes().map(|b| b - b'0').collect();
        write!(f, "{serial}{}", check_digit(&digits))
    }
}

impl fmt::Debug for RequestNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Blanks and hyphens between the digits are allowed.
impl FromStr for RequestNumber {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let digits = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_digit(10).and_then(|d| u8::try_from(d).ok()).ok_or(NotANumber))
            .collect::<Result<Vec<u8>, _>>()?;
        if digits.len() != 9 || check_digit(&digits) != 0 {
            return Err(NotANumber);
        }
        Ok(Self(digits[..8].iter().fold(0, |serial, digit| serial * 10 + u32::from(*digit))))
    }
}

impl TryFrom<String> for RequestNumber {
    type Error = NotANumber;

    fn try_from(text: String) -> Result<Self, NotANumber> {
        text.parse()
    }
}

impl From<RequestNumber> for String {
    fn from(number: RequestNumber) -> Self {
        number.to_string()
    }
}
