//! Pages of a list that is at hand as a whole.

use data_encoding::BASE64URL_NOPAD;

use super::BadCursor;

/// Sorts items by their key and gives those after a cursor, with the one where the rest begins.
pub fn page_at_hand<T>(
    mut items: Vec<T>,
    key: impl Fn(&T) -> String,
    cursor: Option<&str>,
    limit: usize,
) -> Result<(Vec<T>, Option<String>), BadCursor> {
    items.sort_by_cached_key(&key);
    if let Some(cursor) = cursor {
        let last = BASE64URL_NOPAD.decode(cursor.as_bytes()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let last = last.ok_or(BadCursor)?;
        items.retain(|item| key(item) > last);
    }
    Ok(first_page(items, limit, |last| BASE64URL_NOPAD.encode(key(last).as_bytes())))
}

/// The first items of what is left of a list, with the cursor of the last one where more follow.
pub fn first_page<T, C>(
    items: impl IntoIterator<Item = T>,
    limit: usize,
    cursor: impl FnOnce(&T) -> C,
) -> (Vec<T>, Option<C>) {
    let mut items = items.into_iter();
    let page: Vec<T> = items.by_ref().take(limit).collect();
    let next = page.last().filter(|_| items.next().is_some()).map(cursor);
    (page, next)
}
