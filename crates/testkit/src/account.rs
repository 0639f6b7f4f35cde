//! Accounts of staff, and how they sign in at a page.

use crate::{Browser, Sandan};

/// Somebody with a password.
#[derive(Clone, Debug)]
pub struct Account {
    pub name: String,
    pub password: String,
}

impl Sandan {
    /// A new account, `role` being as in `--role`, with further arguments such as `--unit`.
    pub fn account(&self, name: &str, role: &str, further: &[&str]) -> Account {
        let arguments: Vec<&str> =
            ["user", "add", name, "--role", role].into_iter().chain(further.iter().copied()).collect();
        let password = self.json(&arguments)["password"].as_str().expect("a password").to_owned();
        Account { name: name.to_owned(), password }
    }
}

impl Browser {
    /// Signs in where the sign-in is shown, and waits for the page that follows.
    pub async fn signs_in(&self, account: &Account) {
        self.tries_password(&account.name, &account.password).await;
        self.finds("form[action='/sign-out']").await;
    }

    /// Fills in the sign-in that is shown and sends it.
    pub async fn tries_password(&self, name: &str, password: &str) {
        self.types("#sign-in-name", name).await;
        self.types("#sign-in-password", password).await;
        self.leaves_by("form[action='/sign-in'] button").await;
    }

    pub async fn signs_out(&self) {
        self.presses("details.menu summary").await;
        self.leaves_by("form[action='/sign-out'] button").await;
        self.finds("a[href='/sign-in']").await;
    }
}
