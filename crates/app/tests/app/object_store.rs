//! Photos in an object store: a real S3 server on this machine.

use bytes::Bytes;
use object_store::path::Path;
use object_store::{ObjectStoreExt, PutPayload};
use sandan_app::{BlobError, Blobs, ObjectBlobs};
use sandan_testkit::S3;
use sha2::{Digest, Sha256};

fn credentials() -> Vec<(String, String)> {
    let said = [("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test")];
    said.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
}

fn hash_of(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_store_keeps_photos_by_their_hash_and_says_what_is_wrong() {
    let server = tokio::task::spawn_blocking(|| S3::start("photos")).await.unwrap();
    let url = |bucket: &str| format!("s3://{bucket}/town?endpoint={}", server.endpoint());
    let blobs = ObjectBlobs::open(&url("photos"), credentials()).unwrap();
    blobs.check().await.unwrap();
    let (photo, hash) = (Bytes::from_static(b"a photo"), hash_of(b"a photo"));
    assert_eq!(blobs.get(&hash).await.unwrap(), None);
    for _ in 0..2 {
        blobs.put(&hash, photo.clone()).await.unwrap();
    }
    let another = ObjectBlobs::open(&url("photos"), credentials()).unwrap();
    assert_eq!(another.get(&hash).await.unwrap(), Some(photo), "another node has it too");
    assert!(blobs.get("../other").await.is_err());

    blobs.store().put(&Path::from(hash.as_str()), PutPayload::from_static(b"another photo")).await.unwrap();
    assert!(matches!(blobs.get(&hash).await, Err(BlobError::Damaged { .. })));

    let nowhere = ObjectBlobs::open(&url("nowhere"), credentials()).unwrap();
    assert!(nowhere.check().await.unwrap_err().to_string().contains("bucket does not exist"));
    assert!(nowhere.put(&hash, Bytes::from_static(b"a photo")).await.unwrap_err().to_string().contains("bucket"));
}

#[test]
fn half_of_the_credentials_are_none() {
    let half = credentials().into_iter().take(1);
    let error = ObjectBlobs::open("s3://photos", half).unwrap_err();
    assert!(error.to_string().contains("only one is set"), "{error}");
}
