//! Reviews of what was said to customers.

use super::{Client, ClientError};
use crate::api::path;
use crate::api::wire::{DuePage, ReviewsPage};

impl Client {
    /// Reviews of the last year, as the caller may see them.
    ///
    /// # Errors
    /// By kind.
    pub async fn reviews(&self) -> Result<ReviewsPage, ClientError> {
        self.get(path::REVIEWS, &[]).await
    }

    /// What is to be reviewed of a month, the present one if none is named.
    ///
    /// # Errors
    /// By kind.
    pub async fn reviews_due(&self, month: Option<&str>) -> Result<DuePage, ClientError> {
        let query: Vec<_> = month.map(|m| ("month", m.to_owned())).into_iter().collect();
        self.get(path::REVIEWS_DUE, &query).await
    }
}
