//! The fields of an address or of a form, in their order, a name as often as it was given.

use std::collections::HashMap;

#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `a=1&b=2`, as browsers write forms and addresses.
    pub fn read(text: &str) -> Self {
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        Self(pairs.map(|(name, value)| (plain(name), plain(value))).collect())
    }

    /// The first value that is more than blanks.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(given, value)| given == name && !value.trim().is_empty()).map(|(_, value)| value.as_str())
    }

    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }

    pub fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == Some(value)
    }

    /// Every value of a name.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(given, _)| given == name).map(|(_, value)| value.clone()).collect()
    }

    pub fn to_map(&self) -> HashMap<String, String> {
        self.0.iter().rev().cloned().collect()
    }
}

/// Undoes the percent signs.
fn plain(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => bytes.push(hex(rest.next()) * 16 + hex(rest.next())),
            byte => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// No browser writes anything else here; whoever does gets what they wrote.
fn hex(digit: Option<u8>) -> u8 {
    digit.and_then(|digit| char::from(digit).to_digit(16)).and_then(|value| u8::try_from(value).ok()).unwrap_or(0)
}

/// Writes a text so that it can stand in an address.
pub(crate) fn escaped(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if is_plain(byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}

/// An address with these fields, those without a value left out.
pub(crate) fn address(path: &str, fields: &[(&str, Option<&str>)]) -> String {
    let given = fields.iter().filter_map(|(name, value)| Some(format!("{name}={}", escaped((*value)?))));
    let query = given.collect::<Vec<_>>().join("&");
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_escaped_is_read_again_however_long_it_is() {
        for times in [1, 1_000] {
            let text = "路灯 & 50% + a=b\n".repeat(times);
            let fields = Fields::read(&format!("x={}&y=&x=2", escaped(&text)));
            assert_eq!(fields.get("x"), Some(text.as_str()));
            assert_eq!(fields.get("y"), None);
            assert_eq!(fields.all("x").len(), 2);
        }
    }

    #[test]
    fn nonsense_is_no_field() {
        assert_eq!(Fields::read("%").get("x"), None);
        assert_eq!(Fields::read("x=%zz").get("y"), None);
    }
}
