//! Phones store photos as the sensor lay and write beside them which way is up. That note goes with the rest of
//! what the camera wrote, so the picture itself is turned before.

use std::io::Cursor;

use bytes::Bytes;
use exif::{In, Tag};
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageFormat};
use img_parts::jpeg::Jpeg;
use img_parts::{DynImage, ImageEXIF};

/// Of JPEG, in percent: not to be told from the original by eye.
const QUALITY: u8 = 92;

/// How the picture must be turned; `None` if it stands upright.
pub(super) fn orientation(bytes: &Bytes) -> Option<Orientation> {
    let data = exif::Reader::new().read_from_container(&mut Cursor::new(bytes)).ok()?;
    let number = data.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0)?;
    let orientation = Orientation::from_exif(u8::try_from(number).ok()?)?;
    (orientation != Orientation::NoTransforms).then_some(orientation)
}

/// Turns the picture and writes it anew, with the camera's notes, from which the application takes the time.
pub(super) fn turn(mut picture: DynamicImage, orientation: Orientation, bytes: &Bytes) -> Option<Bytes> {
    let notes = DynImage::from_bytes(bytes.clone()).ok()??.exif();
    picture.apply_orientation(orientation);
    let mut written = Vec::new();
    if picture.color().has_alpha() {
        picture.write_to(&mut Cursor::new(&mut written), ImageFormat::Png).ok()?;
        return with_notes(img_parts::png::Png::from_bytes(written.into()).ok()?, notes, |png| png.encoder().bytes());
    }
    picture.to_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut written, QUALITY)).ok()?;
    with_notes(Jpeg::from_bytes(written.into()).ok()?, notes, |jpeg| jpeg.encoder().bytes())
}

fn with_notes<T: ImageEXIF>(mut image: T, notes: Option<Bytes>, write: impl Fn(T) -> Bytes) -> Option<Bytes> {
    image.set_exif(notes);
    Some(write(image))
}
