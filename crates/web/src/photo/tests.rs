use std::io::Cursor;

use bytes::Bytes;
use image::{DynamicImage, ImageFormat, RgbImage};
use img_parts::ImageEXIF;
use img_parts::jpeg::Jpeg;

use super::prepare;

fn picture(format: ImageFormat) -> Bytes {
    let mut written = Vec::new();
    let picture = DynamicImage::from(RgbImage::from_fn(8, 4, |x, _| image::Rgb([x as u8 * 30, 0, 0])));
    picture.write_to(&mut Cursor::new(&mut written), format).unwrap();
    written.into()
}

/// Little-endian TIFF with one entry: the orientation.
fn notes(orientation: u8) -> Bytes {
    let mut notes = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    notes.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0, 0]);
    notes.into()
}

fn with_notes(orientation: u8) -> Bytes {
    let mut jpeg = Jpeg::from_bytes(picture(ImageFormat::Jpeg)).unwrap();
    jpeg.set_exif(Some(notes(orientation)));
    jpeg.encoder().bytes()
}

#[test]
fn the_three_kinds_are_taken_and_others_are_not() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        assert!(prepare(picture(format)).is_ok(), "{format:?}");
    }
    for bytes in [&b""[..], b"GIF89a", b"<svg/>", b"\xff\xd8\xff\xe0nonsense", b"\x89PNG\r\n\x1a\n"] {
        let problem = prepare(Bytes::from_static(bytes)).unwrap_err();
        assert_eq!((problem.status.as_u16(), problem.errors[0].field.as_str()), (422, "photo"));
    }
}

#[test]
fn a_photo_that_lay_on_its_side_is_turned() {
    let turned = prepare(with_notes(6)).unwrap();
    let picture = image::load_from_memory(&turned).unwrap();
    assert_eq!((picture.width(), picture.height()), (4, 8));
    assert!(Jpeg::from_bytes(turned).unwrap().exif().is_some(), "the application still needs the time");
}

#[test]
fn an_upright_photo_keeps_its_bytes() {
    let upright = with_notes(1);
    assert_eq!(prepare(upright.clone()).unwrap(), upright);
}

#[test]
fn what_stands_behind_a_jpeg_goes() {
    let photo = picture(ImageFormat::Jpeg);
    let mut moving = photo.to_vec();
    moving.extend_from_slice(b"ftypmp42 and a film with a place in it");
    assert_eq!(prepare(moving.into()).unwrap(), photo);
}
