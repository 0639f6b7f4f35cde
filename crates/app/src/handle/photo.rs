//! What a photo is, when it was taken, and its bytes without what else the camera wrote into them (R6).

use std::io::Cursor;

use bytes::Bytes;
use exif::{In, Tag};
use img_parts::jpeg::{Jpeg, markers};
use img_parts::png::Png;
use img_parts::webp::WebP;
use img_parts::{ImageEXIF, ImageICC};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use sandan_domain::{Flaw, InputError};

/// A photo as it is kept.
pub(super) struct Stripped {
    pub bytes: Bytes,
    pub media_type: &'static str,
    /// When the camera says that it was taken.
    pub captured: Option<Timestamp>,
}

/// Takes everything out that is neither picture nor colour profile.
pub(super) fn strip(bytes: Bytes, zone: &TimeZone) -> Result<Stripped, InputError> {
    let told = exif::Reader::new().read_from_container(&mut Cursor::new(&bytes)).ok();
    let captured = told.as_ref().and_then(|told| captured(told, zone));
    let upright = told.as_ref().and_then(orientation);
    let (bytes, media_type) = match &bytes[..] {
        [0xff, 0xd8, 0xff, ..] => (jpeg(bytes, upright), "image/jpeg"),
        [0x89, b'P', b'N', b'G', ..] => (png(bytes), "image/png"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => (webp(bytes), "image/webp"),
        _ => return Err(unreadable()),
    };
    Ok(Stripped { bytes: bytes.ok_or_else(unreadable)?, media_type, captured })
}

fn unreadable() -> InputError {
    InputError::malformed(Flaw::Photo)
}

/// Every application segment may carry a place or a name; only the first (JFIF) and the colour profile stay.
fn jpeg(bytes: Bytes, upright: Option<Bytes>) -> Option<Bytes> {
    let mut jpeg = Jpeg::from_bytes(bytes).ok()?;
    let profile = jpeg.icc_profile();
    jpeg.segments_mut().retain(|segment| {
        let marker = segment.marker();
        let is_about = (markers::APP1..=markers::APP15).contains(&marker) || marker == markers::COM;
        // Adobe's segment says how the colours are coded; without it the picture would change.
        !is_about || marker == markers::APP14
    });
    jpeg.set_icc_profile(profile);
    jpeg.set_exif(upright);
    Some(jpeg.encoder().bytes())
}

fn png(bytes: Bytes) -> Option<Bytes> {
    let mut png = Png::from_bytes(bytes).ok()?;
    png.chunks_mut().retain(|chunk| !matches!(&chunk.kind(), b"eXIf" | b"tEXt" | b"zTXt" | b"iTXt" | b"tIME"));
    Some(png.encoder().bytes())
}

fn webp(bytes: Bytes) -> Option<Bytes> {
    let mut webp = WebP::from_bytes(bytes).ok()?;
    webp.set_exif(None);
    webp.remove_chunks_by_id(*b"XMP ");
    Some(webp.encoder().bytes())
}

/// The time of the camera, in its own offset if it wrote one, else in the community's zone.
fn captured(data: &exif::Exif, zone: &TimeZone) -> Option<Timestamp> {
    let text = |tag| match &data.get_field(tag, In::PRIMARY)?.value {
        exif::Value::Ascii(lines) => lines.first().cloned(),
        _ => None,
    };
    let mut taken = exif::DateTime::from_ascii(&text(Tag::DateTimeOriginal)?).ok()?;
    if let Some(offset) = text(Tag::OffsetTimeOriginal) {
        _ = taken.parse_offset(&offset);
    }
    let time = |n: u8| i8::try_from(n).ok();
    let (month, day) = (time(taken.month)?, time(taken.day)?);
    let (hour, minute, second) = (time(taken.hour)?, time(taken.minute)?, time(taken.second)?);
    let civil = DateTime::new(i16::try_from(taken.year).ok()?, month, day, hour, minute, second, 0).ok()?;
    let zone = match taken.offset {
        Some(minutes) => TimeZone::fixed(jiff::tz::Offset::from_seconds(i32::from(minutes) * 60).ok()?),
        None => zone.clone(),
    };
    Some(civil.to_zoned(zone).ok()?.timestamp())
}

/// Which way up the picture is, alone in a fresh EXIF block: without it phones' photos would lie on their side.
fn orientation(data: &exif::Exif) -> Option<Bytes> {
    let turned = data.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0)?;
    let turned = u8::try_from(turned).ok().filter(|turned| (2..=8).contains(turned))?;
    // TIFF header, one entry (tag 0x0112, a short, one of it), and no further directory.
    let mut block = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    block.extend([turned, 0, 0, 0, 0, 0, 0, 0]);
    Some(block.into())
}
