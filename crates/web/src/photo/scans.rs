//! A JPEG ends with its end marker. What stands behind it, such as the film of a moving photo, is not shown but
//! would be kept, with whatever place and names it holds.

use bytes::Bytes;

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const COM: u8 = 0xfe;

/// The photo up to its end marker; `None` if it has none, or is no JPEG. Application segments and comments between
/// the scans go too.
pub(super) fn cut(bytes: &Bytes) -> Option<Bytes> {
    let mut kept = Vec::with_capacity(bytes.len());
    let mut at = 2;
    let mut in_scan = false;
    kept.extend_from_slice(bytes.get(..2).filter(|start| start == &[0xff, SOI])?);
    loop {
        let (start, marker) = next_marker(bytes, at)?;
        if in_scan {
            kept.extend_from_slice(bytes.get(at..start)?);
        }
        if marker == EOI {
            kept.extend_from_slice(&[0xff, EOI]);
            return Some(kept.into());
        }
        at = segment_end(bytes, start)?;
        let is_note = in_scan && (marker == COM || (0xe0..=0xef).contains(&marker));
        if !is_note {
            kept.extend_from_slice(bytes.get(start..at)?);
        }
        in_scan |= marker == SOS;
    }
}

/// Where the next marker begins, and which it is. Stuffed bytes, fill bytes and restarts are none.
fn next_marker(bytes: &[u8], mut at: usize) -> Option<(usize, u8)> {
    loop {
        let start = at + bytes.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        match *bytes.get(start + 1)? {
            0x00 | 0x01 | 0xd0..=0xd7 => at = start + 2,
            0xff => at = start + 1,
            marker => return Some((start, marker)),
        }
    }
}

/// The end of the segment whose marker stands at `start`: two bytes after it say how long it is.
fn segment_end(bytes: &[u8], start: usize) -> Option<usize> {
    let length = u16::from_be_bytes([*bytes.get(start + 2)?, *bytes.get(start + 3)?]);
    (length >= 2).then(|| start + 2 + usize::from(length))
}
