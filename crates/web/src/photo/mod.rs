//! Photos as they come in: what they are by their bytes, whether they can be decoded within bounds, and which way
//! is up. The application takes out what the camera wrote into them (R6).

mod scans;
mod upright;

use std::io::Cursor;

use bytes::Bytes;
use image::{ImageFormat, ImageReader, Limits};

use crate::problem::{Problem, Words};

/// More pixels than any camera's: larger ones are made to fill the memory.
const SIDE_PIXELS_MAX: u32 = 20_000;
const DECODED_BYTES_MAX: u64 = 400 * 1024 * 1024;

/// Checks a photo and turns it upright. Takes the time of a decoder: not for the runtime's threads.
pub(crate) fn prepare(bytes: Bytes) -> Result<Bytes, Problem> {
    let format = match image::guess_format(&bytes) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) => format,
        _ => return Err(unreadable()),
    };
    let mut reader = ImageReader::with_format(Cursor::new(&bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_PIXELS_MAX);
    limits.max_image_height = Some(SIDE_PIXELS_MAX);
    limits.max_alloc = Some(DECODED_BYTES_MAX);
    reader.limits(limits);
    let picture = reader.decode().map_err(|_| unreadable())?;
    match upright::orientation(&bytes) {
        Some(orientation) => upright::turn(picture, orientation, &bytes).ok_or_else(unreadable),
        None if format == ImageFormat::Jpeg => scans::cut(&bytes).ok_or_else(unreadable),
        None => Ok(bytes),
    }
}

fn unreadable() -> Problem {
    let words = Words::new("input-not-a-photo", "must be a photo as JPEG, PNG or WebP");
    Problem::field("photo", "not_a_photo", words)
}

#[cfg(test)]
mod tests;
