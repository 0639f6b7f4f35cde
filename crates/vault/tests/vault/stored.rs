//! What was once written opens for ever: a key row, a sealed text and a secret as the first version wrote them.

use data_encoding::HEXLOWER;
use sandan_domain::Private;
use sandan_log::RowChange;
use sandan_vault::PERSON_KEY;

use crate::world::{World, person};

const KEY_ROW: &[u8] =
    b"010435a0c5e481a18ae9912b66920a5267d0c8267d9067813744eda2457f5f3f01a3d8ee498da44783e2609ec6732e\
    8af344e7a72d9617a94eb1fb6758cdc1b29b212cab6a2aaa4f89";
const TEXT: &str = "v1.AAAAAAAAAAAAAAAAAAAAAQ.O7ylNgwKXFKhxDrlBWyR7LWIg6BO9T_DHcMAxl280Z_kY_LlcxQd2-pfpw_WkB1wvQ";
const SECRET: &[u8] = b"727657c84b09994516008ca0f96809734a643913b2a5f7ff83bcfadf4916342d2e6eb9559748302a3b5faed9";

#[tokio::test]
async fn the_first_versions_text_opens() {
    let world = World::new();
    let (key, value) = (person(1).0.as_bytes().to_vec(), HEXLOWER.decode(KEY_ROW).unwrap());
    world.write(vec![RowChange::Put { space: PERSON_KEY, key: key.into(), value: value.into() }]).await.unwrap();
    let mut texts = [Private::Sealed(TEXT.to_owned())];
    world.vault.open(&mut texts).await.unwrap();
    assert_eq!(texts, [Private::new(person(1), "王秀英")]);
}

#[test]
fn the_first_versions_secret_opens() {
    let sealed = HEXLOWER.decode(SECRET).unwrap();
    assert_eq!(World::new().vault.open_bytes(b"about", &sealed), Some(b"hush".to_vec()));
}
