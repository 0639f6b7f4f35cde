//! The suite is run with a bus that is down too (`tests/run` names one in `SANDAN_NATS`): here it is seen that it was.

use sandan_testkit::Sandan;

#[tokio::test]
async fn the_node_says_which_bus_it_has() {
    let named = std::env::var("SANDAN_NATS").is_ok_and(|url| !url.is_empty());
    let sandan = Sandan::start();
    let ready = sandan.resident().get("/readyz").await.ok();
    let expected = if named { ("degraded", "down") } else { ("ready", "in_process") };
    assert_eq!((ready["status"].as_str().unwrap(), ready["bus"].as_str().unwrap()), expected, "{ready}");
}
