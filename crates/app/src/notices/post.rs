//! Letters by e-mail, over SMTP.

use std::time::Duration;

use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use uuid::Uuid;

use crate::notices::failure::Failure;
use crate::notices::letter::Letter;

/// Where mail is handed over, and in whose name.
#[derive(Clone)]
pub struct Smtp {
    /// `smtp://host:port`, `smtps://user:password@host:port`.
    pub url: String,
    pub from: String,
}

impl std::fmt::Debug for Smtp {
    /// The address can hold a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Smtp").field("from", &self.from).finish_non_exhaustive()
    }
}

/// The way to the mail server.
pub(super) struct Post {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    /// The transport's own bound is one on connecting; a server that then says nothing would be waited for without end.
    within: Duration,
}

impl Smtp {
    /// Whether it can be read, without reaching for anything; the error says what can't.
    pub fn check(&self) -> Result<(), String> {
        self.transport(Duration::from_secs(1)).map(drop)?;
        self.mailbox().map(drop)
    }

    fn transport(&self, within: Duration) -> Result<AsyncSmtpTransport<Tokio1Executor>, String> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(&self.with_tls());
        let builder = builder.map_err(|error| format!("the mail server's address can't be read: {error}"))?;
        Ok(builder.timeout(Some(within)).build())
    }

    fn mailbox(&self) -> Result<Mailbox, String> {
        self.from.parse().map_err(|error| format!("the sender {:?} is not an e-mail address: {error}", self.from))
    }

    /// Plain SMTP with a password asks for TLS before the password is said; without one it takes TLS where it is.
    fn with_tls(&self) -> String {
        let Some(rest) = self.url.strip_prefix("smtp://") else { return self.url.clone() };
        if rest.contains("tls=") {
            return self.url.clone();
        }
        let tls = if rest.contains('@') { "required" } else { "opportunistic" };
        let joint = if rest.contains('?') { '&' } else { '?' };
        format!("{}{joint}tls={tls}", self.url)
    }
}

impl Post {
    pub fn open(smtp: &Smtp, within: Duration) -> Result<Self, String> {
        _ = rustls::crypto::ring::default_provider().install_default();
        Ok(Self { transport: smtp.transport(within)?, from: smtp.mailbox()?, within })
    }

    /// Hands a letter over. Its id stays the same, so that a mail box can drop a repeat.
    pub async fn send(&self, id: Uuid, to: &str, letter: &Letter) -> Result<(), Failure> {
        let message = self.message(id, to, letter).map_err(Failure::Permanent)?;
        match tokio::time::timeout(self.within, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(failure(&error)),
            Err(_) => Err(Failure::Unreachable(format!("the mail server has not answered within {:?}", self.within))),
        }
    }

    fn message(&self, id: Uuid, to: &str, letter: &Letter) -> Result<Message, String> {
        let to: Mailbox = to.parse().map_err(|_| "the recipient's address can't be read".to_owned())?;
        let host = self.from.email.domain();
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .message_id(Some(format!("<{id}@{host}>")))
            .subject(format!("{} / {}", letter.zh.subject, letter.en.subject))
            .date_now()
            .multipart(MultiPart::alternative_plain_html(plain(letter), html(letter)));
        message.map_err(|error| format!("the letter can't be written: {error}"))
    }
}

fn failure(error: &smtp::Error) -> Failure {
    // The server's own answer never repeats what was sent.
    let text = match std::error::Error::source(error) {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    };
    if error.is_permanent() {
        Failure::Permanent(text)
    } else if error.is_transient() || error.is_response() {
        Failure::Passing(text)
    } else {
        Failure::Unreachable(text)
    }
}

fn plain(letter: &Letter) -> String {
    format!("{}\n\n----\n\n{}\n", letter.zh.text, letter.en.text)
}

fn html(letter: &Letter) -> String {
    let part = |text: &str| {
        let paragraphs = text.split("\n\n").map(|paragraph| {
            let escaped = escape(paragraph).replace('\n', "<br>");
            match paragraph == letter.url {
                true => format!("<p><a href=\"{escaped}\">{escaped}</a></p>"),
                false => format!("<p>{escaped}</p>"),
            }
        });
        paragraphs.collect::<String>()
    };
    let (zh, en) = (part(&letter.zh.text), part(&letter.en.text));
    format!(
        "<!doctype html><html><head><meta charset=\"utf-8\"></head><body><div lang=\"zh-CN\">{zh}</div><hr>\
         <div lang=\"en\">{en}</div></body></html>"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_said_only_through_tls() {
        let tls = |url: &str| Smtp { url: url.to_owned(), from: "a@b.cn".to_owned() }.with_tls();
        assert_eq!(tls("smtp://u:p@mail:587"), "smtp://u:p@mail:587?tls=required");
        assert_eq!(tls("smtp://mail:25"), "smtp://mail:25?tls=opportunistic");
        assert_eq!(tls("smtps://u:p@mail:465"), "smtps://u:p@mail:465");
        assert_eq!(tls("smtp://u:p@mail?tls=opportunistic"), "smtp://u:p@mail?tls=opportunistic");
    }

    #[test]
    fn what_people_wrote_stays_text() {
        assert_eq!(escape("<b>\"a\" & b</b>"), "&lt;b&gt;&quot;a&quot; &amp; b&lt;/b&gt;");
    }
}
