//! Eyes and hands in front of a page. Whatever is looked for is waited for, up to a limit; a page that never shows it
//! is told as the failure. Things are named by CSS selectors, words by what stands on the page.

use std::time::Duration;

use fantoccini::Locator;
use fantoccini::elements::Element;

use crate::Browser;

/// How long a page may take. Generous: it is no verdict on speed.
const PATIENCE: Duration = Duration::from_secs(20);
const EVERY: Duration = Duration::from_millis(50);

impl Browser {
    /// Opens an address.
    pub async fn goes_to(&self, address: &str) {
        self.page.goto(address).await.expect(address);
    }

    /// The path of the page, without host and query.
    pub async fn path(&self) -> String {
        self.page.current_url().await.expect("an address").path().to_owned()
    }

    /// The first thing that the selector names.
    pub async fn finds(&self, css: &str) -> Element {
        self.waits_for(Locator::Css(css), css).await
    }

    /// Waits until words stand somewhere on the page.
    pub async fn reads(&self, words: &str) {
        // Scripts and styles have words too, but stand outside of what is shown.
        let xpath = format!("//body//*[self::header or self::main][contains(normalize-space(.), \"{words}\")]");
        self.waits_for(Locator::XPath(&xpath), words).await;
    }

    /// Waits until the thing with this id says exactly this.
    pub async fn reads_at(&self, id: &str, words: &str) {
        let xpath = format!("//*[@id='{id}'][normalize-space(.)=\"{words}\"]");
        self.waits_for(Locator::XPath(&xpath), words).await;
    }

    /// What the first thing that the selector names says.
    pub async fn text(&self, css: &str) -> String {
        self.finds(css).await.text().await.expect(css)
    }

    /// What stands in a field.
    pub async fn value(&self, css: &str) -> String {
        self.finds(css).await.prop("value").await.expect(css).unwrap_or_default()
    }

    /// How many things the selector names, now.
    pub async fn count(&self, css: &str) -> usize {
        self.page.find_all(Locator::Css(css)).await.expect(css).len()
    }

    /// Empties a field and types.
    pub async fn types(&self, css: &str, words: &str) {
        let field = self.finds(css).await;
        field.clear().await.expect(css);
        field.send_keys(words).await.expect(css);
    }

    /// Clicks or touches something that stays on the page.
    pub async fn presses(&self, css: &str) {
        self.finds(css).await.click().await.expect(css);
    }

    /// Clicks or touches a link or button that leads to another page, even to one that looks the same.
    pub async fn leaves_by(&self, css: &str) {
        let way = self.finds(css).await;
        way.click().await.expect(css);
        let gone = async {
            // An element of a page that is no longer shown has no name any more.
            while way.tag_name().await.is_ok() {
                tokio::time::sleep(EVERY).await;
            }
        };
        if tokio::time::timeout(PATIENCE, gone).await.is_err() {
            panic!("{css:?} leads nowhere from {}", self.tells().await);
        }
    }

    /// What a script answers; its body returns it.
    pub async fn asks(&self, script: &str) -> serde_json::Value {
        self.page.execute(script, Vec::new()).await.expect(script)
    }

    async fn waits_for(&self, what: Locator<'_>, named: &str) -> Element {
        let found = self.page.wait().at_most(PATIENCE).every(EVERY).for_element(what).await;
        match found {
            Ok(element) => element,
            Err(error) => panic!("no {named:?} ({error}) on {}", self.tells().await),
        }
    }

    /// Where it is and what it shows, for a failure.
    async fn tells(&self) -> String {
        let address = self.page.current_url().await.map(|url| url.to_string()).unwrap_or_default();
        let words = match self.page.find(Locator::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(error) => error.to_string(),
        };
        format!("{address}:\n{words}")
    }
}
