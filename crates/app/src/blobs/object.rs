//! Photos in an object store, which all nodes reach.

use std::collections::HashMap;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ClientOptions, Error as StoreError, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig};

use super::place::{BadPlace, Place};
use super::{BlobError, Blobs, checked, verified};
use crate::chain::chain;

/// A photo has at most ten megabytes; a store that takes longer is as good as gone.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
const TRIES: usize = 3;

/// One object a blob, under the prefix of the address.
#[derive(Clone, Debug)]
pub struct ObjectBlobs(Arc<PrefixStore<AmazonS3>>);

impl ObjectBlobs {
    /// The store at `url`, such as `s3://bucket/prefix?region=cn-north-1`. Credentials come from `environment`
    /// (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`; without them, the role of the machine).
    /// Nothing is asked of it yet: see [`ObjectBlobs::check`].
    pub fn open(url: &str, environment: impl IntoIterator<Item = (String, String)>) -> Result<Self, BadPlace> {
        let environment: HashMap<String, String> = environment.into_iter().collect();
        let place = Place::read(url, &environment)?;
        // The program may have chosen one before.
        _ = rustls::crypto::ring::default_provider().install_default();
        let options = ClientOptions::new().with_timeout(ANSWER_WITHIN).with_connect_timeout(CONNECT_WITHIN);
        let retry = RetryConfig { max_retries: TRIES, retry_timeout: ANSWER_WITHIN, ..RetryConfig::default() };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(place.bucket)
            .with_region(place.region)
            .with_client_options(options)
            .with_retry(retry);
        for (name, value) in &environment {
            let is_credential = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"]
                .contains(&name.as_str())
                || ["AWS_CONTAINER_", "AWS_WEB_IDENTITY_", "AWS_ROLE_"].iter().any(|start| name.starts_with(start));
            if let Some(key) = name.to_ascii_lowercase().parse().ok().filter(|_| is_credential) {
                builder = builder.with_config(key, value);
            }
        }
        if environment.contains_key("AWS_ACCESS_KEY_ID") != environment.contains_key("AWS_SECRET_ACCESS_KEY") {
            let what = "of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY only one is set";
            return Err(BadPlace(what.to_owned()));
        }
        if let Some(endpoint) = place.endpoint {
            builder = builder.with_allow_http(endpoint.starts_with("http://")).with_endpoint(endpoint);
        }
        let store = builder.build().map_err(|error| BadPlace(chain(&error)))?;
        Ok(Self(Arc::new(PrefixStore::new(store, place.prefix))))
    }

    /// Whether the store answers, knows the bucket and lets us in.
    pub async fn check(&self) -> Result<(), BlobError> {
        self.get(&"0".repeat(64)).await.map(|_| ())
    }

    /// The whole store under its prefix, for whatever else is shared between nodes.
    pub fn store(&self) -> Arc<dyn ObjectStore> {
        self.0.clone()
    }
}

#[async_trait]
impl Blobs for ObjectBlobs {
    async fn put(&self, hash: &str, bytes: Bytes) -> Result<(), BlobError> {
        let path = Path::from(checked(hash)?);
        self.0.put(&path, PutPayload::from(bytes)).await.map(|_| ()).map_err(failed)
    }

    async fn get(&self, hash: &str) -> Result<Option<Bytes>, BlobError> {
        let path = Path::from(checked(hash)?);
        let bytes = match self.0.get(&path).await {
            Ok(found) => found.bytes().await.map_err(failed)?,
            Err(StoreError::NotFound { source, .. }) if is_no_bucket(source.as_ref()) => {
                return Err(BlobError::Failed("the bucket does not exist".to_owned()));
            }
            Err(StoreError::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        verified(hash, bytes).map(Some)
    }
}

/// A bucket that is not there answers like an object that is not there, but for a word.
fn is_no_bucket(error: &(dyn Error + 'static)) -> bool {
    chain(error).contains("NoSuchBucket")
}

fn failed(error: StoreError) -> BlobError {
    BlobError::Failed(match &error {
        StoreError::PermissionDenied { .. } => "the object store does not let this user do that".to_owned(),
        StoreError::Unauthenticated { .. } => {
            "the object store does not know these credentials (AWS_ACCESS_KEY_ID)".to_owned()
        }
        error if chain(error).contains("NoSuchBucket") => "the bucket does not exist".to_owned(),
        error => format!("the object store fails: {}", chain(error)),
    })
}
