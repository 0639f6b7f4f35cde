//! Stories in front of the pages, in a real browser.

mod evaluation;
mod every_page;
mod filing;
mod kiosk;
mod live_board;
mod sign_in;
mod whole_cycle;

use sandan_testkit::without_browser;

/// Whether a test is left out, saying so.
fn is_left_out() -> bool {
    let left_out = without_browser();
    if left_out {
        eprintln!("left out: SANDAN_TEST_WITHOUT_BROWSER is set");
    }
    left_out
}
