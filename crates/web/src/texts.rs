//! Words for people, in every language, by key. The files are `locales/<language>/*.ftl`.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{Loader, static_loader};
use sandan_domain::category::Language;
use unic_langid::{LanguageIdentifier, langid};

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "en",
        // Marks around every argument would end up in titles, exports and problem details.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

const CHINESE: LanguageIdentifier = langid!("zh-CN");
const ENGLISH: LanguageIdentifier = langid!("en");

/// Arguments of a text.
pub type Args<'a> = &'a [(&'static str, FluentValue<'a>)];

/// The text of `key`; the key itself where there is none, which a test forbids.
pub fn text(language: Language, key: &str) -> String {
    find(language, key, &[]).unwrap_or_else(|| key.to_owned())
}

/// The text of `key` with arguments.
pub fn text_with(language: Language, key: &str, args: Args<'_>) -> String {
    find(language, key, args).unwrap_or_else(|| key.to_owned())
}

/// The text of `key`, if there is one.
pub fn find(language: Language, key: &str, args: Args<'_>) -> Option<String> {
    let language = match language {
        Language::Zh => &CHINESE,
        Language::En => &ENGLISH,
    };
    let args: HashMap<Cow<'static, str>, FluentValue<'_>> =
        args.iter().map(|(name, value)| (Cow::Borrowed(*name), value.clone())).collect();
    LOCALES.try_lookup_with_args(language, key, &args)
}
