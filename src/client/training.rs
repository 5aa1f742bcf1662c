//! Orders of a desk in training. A live server has no such path.

use reqwest::Method;
use uuid::Uuid;

use super::{Client, ClientError, body};
use crate::api::training::{Ask, JOIN, Join, Joined, ORDER, PATH, Told};

impl Client {
    /// Asks the training behind the server.
    ///
    /// # Errors
    /// By kind; a server that is none of a training answers `Permanent`.
    pub async fn training(&self, ask: &Ask) -> Result<Told, ClientError> {
        let request = body(self.request(Method::POST, PATH), ask)?;
        self.json(request).await
    }

    /// Gives an order under a name: asked again under the same name after a lost answer, it is done once and told the same.
    ///
    /// # Errors
    /// By kind, as [`Self::training`].
    pub async fn training_order(&self, name: Uuid, ask: &Ask) -> Result<Told, ClientError> {
        let request = self.request(Method::POST, PATH);
        let request = request.header(ORDER, name.to_string());
        self.json(body(request, ask)?).await
    }

    /// Changes a seat's code for its way in. This client needs no token for it.
    ///
    /// # Errors
    /// By kind; `Auth` when the code is not known or was used.
    pub async fn join(&self, code: &str) -> Result<Joined, ClientError> {
        let join = Join {
            code: code.to_owned(),
        };
        let request = body(self.request(Method::POST, JOIN), &join)?;
        self.json(request).await
    }
}
