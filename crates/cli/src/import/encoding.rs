//! In which encoding a text file is: UTF-8, or GB 18030 with its older forms GBK and GB 2312.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use encoding_rs::{Encoding, GB18030, UTF_8};

/// Bytes looked at in one go.
const BLOCK_BYTES: usize = 1 << 16;
/// With fewer errors than this share of its characters a file is damaged UTF-8 rather than anything else.
const CHARACTERS_AN_ERROR: u64 = 10;

/// Reads the whole file once. A file that is UTF-8 but for a few bytes is UTF-8: its damaged rows are named
/// later, rather than all of them read as another encoding's gibberish.
pub fn detect(path: &Path) -> io::Result<&'static Encoding> {
    let mut file = File::open(path)?;
    let mut block = vec![0; BLOCK_BYTES];
    let mut kept = 0;
    let mut census = Census::default();
    loop {
        let read = file.read(&mut block[kept..])?;
        let length = kept + read;
        let rest = census.count(&block[..length], read == 0);
        kept = length - rest;
        block.copy_within(rest..length, 0);
        if read == 0 {
            return Ok(census.verdict());
        }
    }
}

/// Decodes a cell; `None` if its bytes are not of this encoding.
pub fn decode<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes)
}

/// Characters of three bytes and more, as Chinese ones are, and bytes that belong to none. Two bytes of GBK often
/// look like a character of two bytes in UTF-8, so those say nothing.
#[derive(Default)]
struct Census {
    characters: u64,
    errors: u64,
}

impl Census {
    /// Counts what is whole and returns how many bytes that were; the rest waits for more.
    fn count(&mut self, mut bytes: &[u8], is_last: bool) -> usize {
        let all = bytes.len();
        loop {
            let error = match std::str::from_utf8(bytes) {
                Ok(text) => {
                    self.characters += wide(text.as_bytes());
                    return all;
                }
                Err(error) => error,
            };
            self.characters += wide(&bytes[..error.valid_up_to()]);
            bytes = &bytes[error.valid_up_to()..];
            match error.error_len() {
                Some(length) => {
                    self.errors += 1;
                    bytes = &bytes[length..];
                }
                None if is_last => {
                    self.errors += 1;
                    return all;
                }
                None => return all - bytes.len(),
            }
        }
    }

    fn verdict(&self) -> &'static Encoding {
        if self.errors * CHARACTERS_AN_ERROR <= self.characters { UTF_8 } else { GB18030 }
    }
}

/// First bytes of characters of three bytes and more in valid UTF-8.
fn wide(valid: &[u8]) -> u64 {
    valid.iter().filter(|byte| **byte >= 0xe0).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &'static Encoding) {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        assert_eq!(detect(file.path()).unwrap(), expected);
    }

    #[test]
    fn gbk_and_utf_8_are_told_apart_by_their_bytes() {
        let text = "留言编号,留言详情\n1,小区门口路灯不亮，请尽快处理！\n";
        check(text.as_bytes(), UTF_8);
        check(&GB18030.encode(text).0, GB18030);
        check(b"message_id,body\n1,plain\n", UTF_8);
        check(b"", UTF_8);
    }

    #[test]
    fn a_character_across_two_blocks_is_one() {
        let text = "灯".repeat(BLOCK_BYTES);
        check(text.as_bytes(), UTF_8);
        check(&GB18030.encode(&text).0, GB18030);
    }

    #[test]
    fn damaged_utf_8_stays_utf_8() {
        let mut bytes = "小区门口路灯不亮，请尽快处理！".repeat(10).into_bytes();
        bytes[4] = 0xff;
        check(&bytes, UTF_8);
    }
}
