//! The pages' icons: small line drawings on a grid of 24, in the colour of the text around them.
//!
//! Fonts of offices and kiosks lack emoji, so icons are drawn. They are decoration: a text always says the same.

use askama::filters::Safe;

/// The icon as inline SVG; an unknown name draws a dot, which a test catches.
pub fn icon(name: &str) -> Safe<String> {
    let paths = paths(name).unwrap_or(DOT);
    Safe(format!(r#"<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{paths}</svg>"#))
}

const DOT: &str = r#"<circle cx="12" cy="12" r="3"/>"#;

/// The drawing of `name`.
pub(super) fn paths(name: &str) -> Option<&'static str> {
    actions(name).or_else(|| things(name)).or_else(|| faces(name)).or_else(|| topics(name))
}

fn actions(name: &str) -> Option<&'static str> {
    Some(match name {
        "arrow" => r#"<path d="M5 12h14M13 6l6 6-6 6"/>"#,
        "back" => r#"<path d="M19 12H5M11 6l-6 6 6 6"/>"#,
        "check" => r#"<path d="M5 12.5l4.5 4.5L19 7.5"/>"#,
        "close" => r#"<path d="M6 6l12 12M18 6L6 18"/>"#,
        "down" => r#"<path d="M6 9l6 6 6-6"/>"#,
        "plus" => r#"<path d="M12 5v14M5 12h14"/>"#,
        "print" => r#"<path d="M7 9V4h10v5M7 17H4v-7h16v7h-3M7 14h10v6H7z"/>"#,
        "search" => r#"<circle cx="11" cy="11" r="6.5"/><path d="M16 16l4.5 4.5"/>"#,
        "send" => r#"<path d="M21 3L3 10.5l7 3 3 7L21 3zM10 13.5L21 3"/>"#,
        "undo" => r#"<path d="M9 7L4 12l5 5M4 12h10a6 6 0 0 1 6 6"/>"#,
        "merge" => r#"<path d="M6 4v4c0 4 6 4 6 8v4M18 4v4c0 4-6 4-6 8M9 17l3 3 3-3"/>"#,
        "join" => r#"<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6M19 8v6M16 11h6"/>"#,
        _ => return None,
    })
}

fn things(name: &str) -> Option<&'static str> {
    Some(match name {
        "account" => r#"<circle cx="12" cy="8" r="4"/><path d="M4 21c0-4.5 3.5-7 8-7s8 2.5 8 7"/>"#,
        "alert" => r#"<path d="M12 3.5L2.5 20h19L12 3.5zM12 10v4.5M12 17.2v.3"/>"#,
        "board" => r#"<path d="M4 20V10M10 20V4M16 20v-7M21 20H3"/>"#,
        "book" => r#"<path d="M5 4h12a2 2 0 0 1 2 2v14H7a2 2 0 0 1-2-2V4zM9 9h6M9 13h6"/>"#,
        "calendar" => r#"<path d="M4 6h16v14H4zM4 10h16M8 3v4M16 3v4"/>"#,
        "camera" => r#"<path d="M3 8h4l2-3h6l2 3h4v12H3z"/><circle cx="12" cy="13.5" r="3.5"/>"#,
        "clock" => r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>"#,
        "desk" => r#"<path d="M4 5h16v9H4zM4 14l-1 5h18l-1-5M9 9h6"/>"#,
        "eye" => {
            r#"<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="3"/>"#
        }
        "flame" => {
            r#"<path d="M12 3c1 4 5 5.5 5 10a5 5 0 0 1-10 0c0-2 1-3 2-4 .3 1.5 1 2 1.5 2C10 8 10.5 5.5 12 3z"/>"#
        }
        "globe" => r#"<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5 5 12 0 17c-5-5-5-12 0-17z"/>"#,
        "inbox" => r#"<path d="M4 13l3-8h10l3 8v6H4v-6zM4 13h5l1 2.5h4l1-2.5h5"/>"#,
        "info" => r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.5v.3"/>"#,
        "key" => r#"<circle cx="8" cy="14" r="4.5"/><path d="M11.5 11L20 3.5M16.5 6.5l3 3"/>"#,
        "lock" => r#"<path d="M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>"#,
        "pause" => r#"<path d="M9 5v14M15 5v14"/>"#,
        "phone" => {
            r#"<path d="M6 3h4l1.5 5-2.5 2c1 2.5 2.5 4 5 5l2-2.5 5 1.5v4c0 1-1 2-2 2C11 20 4 13 4 5c0-1 1-2 2-2z"/>"#
        }
        "pin" => {
            r#"<path d="M12 21s-7-6-7-11.5a7 7 0 0 1 14 0C19 15 12 21 12 21z"/><circle cx="12" cy="9.5" r="2.5"/>"#
        }
        "slips" => r#"<path d="M5 3h9v13H5zM8 7h3M8 10.5h3M14 6h3v13H8v-3M17 9h3v12h-9v-2"/>"#,
        "star" => r#"<path d="M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9L12 16.9l-5.2 2.8 1-5.9L3.5 9.7l5.9-.8z"/>"#,
        "team" => {
            r#"<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6M15.5 5a3.5 3.5 0 0 1 0 6.5M18 14.5c2.2.8 3.5 2.5 3.5 5.5"/>"#
        }
        "tool" => {
            r#"<path d="M14.5 6.5a4 4 0 0 1 5-2.5l-2.5 2.5 1 2 2 .5 2-2a4 4 0 0 1-5.5 5L8 20.5a2.1 2.1 0 0 1-3-3l8.5-8.5a4 4 0 0 1 1-2.5z"/>"#
        }
        "light-green" => r#"<circle cx="12" cy="12" r="8.5"/><path d="M8 12.3l2.8 2.8L16 9.5"/>"#,
        "light-yellow" => r#"<path d="M12 3.5L2.5 20h19L12 3.5zM12 10v4.5M12 17.2v.3"/>"#,
        "light-red" => r#"<path d="M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 7.5v5.5M12 16.2v.3"/>"#,
        _ => return None,
    })
}

/// The five answers of a review.
fn faces(name: &str) -> Option<&'static str> {
    Some(match name {
        "very_satisfied" => {
            r#"<circle cx="12" cy="12" r="9"/><path d="M7 13h10c-.5 3-2.5 4.5-5 4.5S7.5 16 7 13zM8 9.5c.5-1 1.5-1 2 0M14 9.5c.5-1 1.5-1 2 0"/>"#
        }
        "satisfied" => r#"<circle cx="12" cy="12" r="9"/><path d="M8 14.5c2 2.5 6 2.5 8 0M9 9.3v.4M15 9.3v.4"/>"#,
        "basically_satisfied" => r#"<circle cx="12" cy="12" r="9"/><path d="M8.5 15h7M9 9.3v.4M15 9.3v.4"/>"#,
        "dissatisfied" => r#"<circle cx="12" cy="12" r="9"/><path d="M8 16c2-2.5 6-2.5 8 0M9 9.3v.4M15 9.3v.4"/>"#,
        "very_dissatisfied" => {
            r#"<circle cx="12" cy="12" r="9"/><path d="M8 16.5c2-3 6-3 8 0M7.5 8.5l2.5 1.5M16.5 8.5L14 10M9 11v.3M15 11v.3"/>"#
        }
        _ => return None,
    })
}

/// The categories of the first level, by their Chinese names.
fn topics(name: &str) -> Option<&'static str> {
    Some(match name {
        "城乡建设" => r#"<path d="M3 21h18M5 21V8l6-4v17M11 9h8v12M8 9v.2M8 13v.2M8 17v.2M15 13v.2M15 17v.2"/>"#,
        "交通运输" => {
            r#"<path d="M5 16V7c0-2 1-3 3-3h8c2 0 3 1 3 3v9zM5 11h14M8 16v3M16 16v3M8.5 13.5v.2M15.5 13.5v.2"/>"#
        }
        "环境保护" => r#"<path d="M5 19C5 10 10 5 20 4c0 10-5 15-12 14M5 21c1-5 4-8 8-10"/>"#,
        "教育文体" => r#"<path d="M2.5 9L12 4.5 21.5 9 12 13.5zM6.5 11v5c3 2.5 8 2.5 11 0v-5M21.5 9v6"/>"#,
        "卫生计生" => {
            r#"<path d="M12 20s-8-4.5-8-10.5A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 8 2.5C20 15.5 12 20 12 20zM12 10v5M9.5 12.5h5"/>"#
        }
        "民政" => {
            r#"<path d="M3 11l9-7 9 7M6 9.5V20h12V9.5M12 17s-3-1.8-3-3.8c0-1.6 2-2.2 3-.7 1-1.5 3-.9 3 .7 0 2-3 3.8-3 3.8z"/>"#
        }
        "劳动和社会保障" => r#"<path d="M4 8h16v11H4zM9 8V5h6v3M4 13h16M12 12v2"/>"#,
        "政法" => r#"<path d="M12 4v16M7 20h10M5 7h14M5 7l-2.5 6h5zM19 7l-2.5 6h5z"/>"#,
        "农村农业" => {
            r#"<path d="M12 21V9M12 13c-4 0-6-2-6-6 4 0 6 2 6 6zM12 10c0-4 2-6 6-6 0 4-2 6-6 6zM5 21h14"/>"#
        }
        "国土资源" => r#"<path d="M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14"/>"#,
        "商贸旅游" => {
            r#"<path d="M4 9l1.5-5h13L20 9M4 9c0 3 4 3 4 0 0 3 4 3 4 0 0 3 4 3 4 0 0 3 4 3 4 0M5.5 11.5V20h13v-8.5M10 20v-5h4v5"/>"#
        }
        "经济管理" => r#"<path d="M4 19l5-6 4 3 7-9M15 7h5v5"/>"#,
        "科技与信息产业" => {
            r#"<path d="M7 7h10v10H7zM10 3v4M14 3v4M10 17v4M14 17v4M3 10h4M3 14h4M17 10h4M17 14h4"/>"#
        }
        "纪检监察" => r#"<path d="M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6zM9 12l2.2 2.2L15.5 10"/>"#,
        "党务政务" => r#"<path d="M6 21V4M6 5c5-3 7 3 13 0v9c-6 3-8-3-13 0"/>"#,
        _ => return None,
    })
}
