//! What only the command line asks of a server: tokens, the whole feed, the day's report.

use reqwest::Method;

use super::{Client, ClientError, body};
use crate::api::path;
use crate::api::wire::{ChangesPage, MadeToken, NewToken, TokensPage};

impl Client {
    /// Makes a token for an account.
    ///
    /// # Errors
    /// By kind.
    pub async fn new_token(&self, token: &NewToken) -> Result<MadeToken, ClientError> {
        let request = body(self.request(Method::POST, path::TOKENS), token)?;
        self.json(request).await
    }

    /// Takes a token back.
    ///
    /// # Errors
    /// By kind.
    pub async fn revoke_token(&self, id: &str) -> Result<(), ClientError> {
        let plain: String = id
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
            .collect();
        let request = self.request(Method::DELETE, &path::TOKEN.replace("{token}", &plain));
        self.send(request).await.map(drop)
    }

    /// All tokens, without their secrets.
    ///
    /// # Errors
    /// By kind.
    pub async fn tokens(&self) -> Result<TokensPage, ClientError> {
        self.get(path::TOKENS, &[]).await
    }

    /// A page of the feed, from the beginning where no cursor is given.
    ///
    /// # Errors
    /// By kind.
    pub async fn feed(&self, after: Option<&str>, limit: u32) -> Result<ChangesPage, ClientError> {
        match after {
            Some(after) => self.changes(after, limit).await,
            None => {
                self.get(path::CHANGES, &[("limit", limit.to_string())])
                    .await
            }
        }
    }
}
