//! Photos, without what the camera wrote into them.

use bytes::Bytes;
use sandan_app::{Attach, Caller};

use crate::world::{World, fields, of_unit, text};

/// A picture of one pixel between the segments that are asked for.
fn jpeg(segments: &[u8]) -> Bytes {
    let mut bytes = vec![0xff, 0xd8];
    bytes.extend(segments);
    bytes.extend([0xff, 0xda, 0x00, 0x02, 0x11, 0x22, 0xff, 0xd9]);
    bytes.into()
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], &length[..], content].concat()
}

#[tokio::test]
async fn a_photo_is_kept_without_the_cameras_data() {
    let world = World::new().await;
    let filed = world.in_work("roads").await;
    let told = [segment(0xe1, b"http://ns.adobe.com/xap/1.0/ SECRET-PLACE"), segment(0xfe, b"SECRET-NAME")].concat();
    let photo = |tracking_code| Attach { tracking_code, bytes: jpeg(&told), media_type: None };
    let by_code = photo(text(filed.tracking.as_str()));
    let added = world.app.attach(&Caller::resident(), filed.request, by_code).await.unwrap().outcome;
    assert_eq!(added.state, "claimed");
    world.app.attach(&of_unit("roads"), filed.request, photo(None)).await.unwrap();
    let records = world.records().await;
    let record = records.iter().find(|record| record.kind == "sandan.request.attached").unwrap();
    let body: serde_json::Value = serde_json::from_slice(&record.body).unwrap();
    let kept = world.app.attachments().get(body["hash"].as_str().unwrap()).await.unwrap().unwrap();
    assert_eq!(body["media_type"], "image/jpeg");
    assert!(!String::from_utf8_lossy(&kept).contains("SECRET"));
    assert_eq!(world.case(filed.request).await.attachments, 2);
}

#[tokio::test]
async fn only_photos_are_taken_and_only_from_who_has_to_do_with_it() {
    let world = World::new().await;
    let filed = world.in_work("roads").await;
    let text_file = Attach { bytes: Bytes::from_static(b"hello"), ..Attach::default() };
    assert_eq!(fields(world.app.attach(&of_unit("roads"), filed.request, text_file).await), ["photo"]);
    let photo = || Attach { bytes: jpeg(&[]), ..Attach::default() };
    assert_eq!(world.app.attach(&of_unit("water"), filed.request, photo()).await.unwrap_err().code(), "not-yours");
    assert_eq!(world.app.attach(&Caller::resident(), filed.request, photo()).await.unwrap_err().code(), "not-found");
}
