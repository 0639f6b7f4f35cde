//! A browser: sends forms as browsers do, and follows redirects.

use axum::http::StatusCode;

use crate::house::{House, Told};

const FORM: &str = "application/x-www-form-urlencoded";

/// Somebody at a browser: staff with a token, or a resident with an empty one.
pub struct Browser<'a> {
    pub house: &'a House,
    pub token: String,
    pub language: &'static str,
}

/// A page that was shown, and where.
#[derive(Debug)]
pub struct Shown {
    pub status: StatusCode,
    pub path: String,
    pub html: String,
}

impl<'a> Browser<'a> {
    pub fn resident(house: &'a House) -> Self {
        Self { house, token: String::new(), language: "zh-CN" }
    }

    pub fn of(house: &'a House, token: String) -> Self {
        Self { token, ..Self::resident(house) }
    }

    pub async fn opens(&self, path: &str) -> Shown {
        let told = self.house.get(path).by(&self.token).header("accept-language", self.language).send().await;
        self.arrives(path, told).await
    }

    pub async fn sends(&self, path: &str, fields: &[(&str, &str)]) -> Shown {
        let told = self.posts(path, fields).await;
        self.arrives(path, told).await
    }

    /// Sends a form and stays where it leads from.
    pub async fn posts(&self, path: &str, fields: &[(&str, &str)]) -> Told {
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        let call = self.house.post(path).by(&self.token).header("accept-language", self.language);
        call.body(FORM, body.join("&")).send().await
    }

    pub async fn arrives(&self, path: &str, told: Told) -> Shown {
        let (mut path, mut told) = (path.to_owned(), told);
        while told.status == StatusCode::SEE_OTHER {
            told.header("location").clone_into(&mut path);
            told = self.house.get(&path).by(&self.token).header("accept-language", self.language).send().await;
        }
        Shown { status: told.status, path, html: String::from_utf8(told.bytes.to_vec()).unwrap() }
    }
}

impl Shown {
    #[track_caller]
    pub fn says(&self, text: &str) -> &Self {
        assert!(self.html.contains(text), "{text:?} is not on {} ({}): {}", self.path, self.status, self.html);
        self
    }

    #[track_caller]
    pub fn does_not_say(&self, text: &str) -> &Self {
        assert!(!self.html.contains(text), "{text:?} is on {}", self.path);
        self
    }

    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}: {}", self.path, self.html);
        self
    }

    /// The tracking code in the address.
    pub fn code(&self) -> String {
        let rest = self.path.strip_prefix("/r/").unwrap_or_else(|| panic!("{} is about no code", self.path));
        rest.split(['/', '?']).next().unwrap().to_owned()
    }
}

fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |out, byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out + &char::from(byte).to_string(),
        byte => out + &format!("%{byte:02X}"),
    })
}
