//! Photos of what is asked for, and of the work.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat};
use sha2::Digest;

use crate::house::{Filed, House, Told};

fn picture(format: ImageFormat) -> Vec<u8> {
    let mut written = Vec::new();
    DynamicImage::new_rgb8(4, 4).write_to(&mut Cursor::new(&mut written), format).unwrap();
    written
}

async fn sends(house: &House, filed: &Filed, code: &str, photo: &[u8]) -> Told {
    let mut form = Vec::new();
    if !code.is_empty() {
        form.extend(format!("--b\r\ncontent-disposition: form-data; name=\"tracking_code\"\r\n\r\n{code}\r\n").bytes());
    }
    let head = "--b\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"x.jpg\"\r\n\
                content-type: image/jpeg\r\n\r\n";
    form.extend(head.bytes());
    form.extend_from_slice(photo);
    form.extend(b"\r\n--b--\r\n");
    let path = format!("/api/v1/requests/{}/attachments", filed.id);
    house.post(&path).body("multipart/form-data; boundary=b", form).send().await
}

#[tokio::test]
async fn a_resident_adds_a_photo_and_sees_it() {
    let house = House::furnished().await;
    let filed = house.files("x").await;
    for (format, kind) in
        [(ImageFormat::Jpeg, "image/jpeg"), (ImageFormat::Png, "image/png"), (ImageFormat::WebP, "image/webp")]
    {
        let told = sends(&house, &filed, &filed.code, &picture(format)).await.expect(201);
        let path = format!(
            "/api/v1/requests/{}/attachments/{}?after={}&tracking_code={}",
            filed.id,
            told.text("/id"),
            told.body["position"],
            filed.code
        );
        let shown = house.get(&path).send().await.expect(200);
        assert_eq!((shown.header("content-type"), shown.header("x-content-type-options")), (kind, "nosniff"));
        assert_eq!(image::guess_format(&shown.bytes).unwrap(), format);
        let request = house.get(&format!("/api/v1/requests/{}?tracking_code={}", filed.id, filed.code)).send().await;
        let hash = data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(&shown.bytes));
        let attachments = request.body["attachments"].as_array().unwrap();
        assert!(attachments.iter().any(|attachment| attachment["hash"] == hash.as_str()));
    }
}

#[tokio::test]
async fn what_is_no_photo_is_refused() {
    let house = House::furnished().await;
    let filed = house.files("x").await;
    for bytes in [&b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..], b"GIF89a", b"", b"\xff\xd8\xff"] {
        assert_eq!(sends(&house, &filed, &filed.code, bytes).await.expect(422).fields(), ["photo"]);
    }
    sends(&house, &filed, "", &picture(ImageFormat::Png)).await.expect(404);
    sends(&house, &filed, "0000000000000", &picture(ImageFormat::Png)).await.expect(404);
    sends(&house, &filed, &filed.code, &vec![0; 10 * 1024 * 1024 + 1]).await.expect(413);
    let path = format!("/api/v1/requests/{}/attachments?tracking_code={}", filed.id, filed.code);
    house.post(&path).body("multipart/form-data", "x").send().await.expect(400);
    house.post(&path).body("text/plain", "x").send().await.expect(415);
    house.post(&path).body("image/png", picture(ImageFormat::Png)).send().await.expect(201);
    let path = format!("/api/v1/requests/{}/attachments?tracking_code=0000000000000", filed.id);
    house.post(&path).body("text/plain", "x").send().await.expect(404);
}

#[tokio::test]
async fn a_unit_on_the_request_adds_one_and_another_may_not() {
    let house = House::furnished().await;
    let filed = house.completed().await;
    let (water, power, desk) = (house.unit("water").await, house.unit("power").await, house.dispatcher().await);
    let path = format!("/api/v1/requests/{}/attachments", filed.id);
    let send = |token: &str| house.post(&path).by(token).body("image/png", picture(ImageFormat::Png)).send();
    send(&water).await.expect(201);
    send(&power).await.expect(403);
    send(&desk).await.expect(403);
    let fresh = house.files("Nobody has it yet").await;
    let path = format!("/api/v1/requests/{}/attachments", fresh.id);
    let told = house.post(&path).by(&water).body("image/png", picture(ImageFormat::Png)).send().await.expect(403);
    assert_eq!(told.text("/code"), "not-yours");
}
