//! Two headless desks, one log, and a line that fails in every way.

mod blocked;
mod choices;
mod line;
mod lines;
mod real;
mod reviews;
mod two_desks;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use balm::domain::command::{Command, CommandBody, NewCustomer};
use balm::domain::ids::{CommandId, CustomerId, TicketId};
use balm::domain::policy::Policy;
use balm::domain::vocabulary::{Channel, Identity, IdentityKind};
use balm::sync::DeskConfig;
use balm::sync::headless::Headless;
use balm::task;

use crate::support::floor::{Floor, QUEUE, user};

/// Longer than any machine needs, shorter than a person waits.
pub const PATIENCE: Duration = Duration::from_secs(20);

pub fn desk(dir: &Path, url: &str, token: &str) -> Headless {
    let token_file = dir.join(format!("token-{token}"));
    std::fs::write(&token_file, token).unwrap();
    let config = DeskConfig {
        dir: dir.to_owned(),
        server: url.to_owned(),
        token_file,
        policy: Arc::new(Policy::shipped().unwrap()),
        lint: None,
        feeling: None,
    };
    Headless::open(config, &tokio::runtime::Handle::current()).unwrap()
}

pub fn opening(ticket: TicketId, text: &str) -> CommandBody {
    CommandBody::OpenTicket {
        ticket,
        customer: CustomerId(task::new_id()),
        new_customer: Some(NewCustomer {
            name: "王小明".into(),
            identities: vec![Identity {
                kind: IdentityKind::Phone,
                value: "13800138000".into(),
                source: "test".into(),
            }],
            tier: Default::default(),
            vulnerable: false,
            origin: None,
        }),
        queue: QUEUE,
        channel: Channel::Chat,
        text: text.into(),
        attachments: Vec::new(),
        item: None,
        live: false,
        origin: None,
    }
}

pub fn command(body: CommandBody) -> Command {
    Command {
        id: CommandId(task::new_id()),
        at: task::now_ms(),
        base: Vec::new(),
        after: None,
        body,
    }
}

pub fn reply(ticket: TicketId, text: &str) -> CommandBody {
    CommandBody::Reply {
        ticket,
        channel: Channel::Chat,
        text: text.into(),
        acts: Vec::new(),
        lines: Vec::new(),
        promises: Vec::new(),
        anyway: false,
        overrides: Vec::new(),
        origin: None,
    }
}

pub fn spoken(ticket: TicketId, text: &str) -> CommandBody {
    CommandBody::Speak {
        ticket,
        text: text.into(),
        acts: Vec::new(),
        lines: Vec::new(),
        promises: Vec::new(),
    }
}

/// A ticket that is in the log before any desk looks.
pub fn opened(floor: &Floor, text: &str) -> TicketId {
    let ticket = TicketId(task::new_id());
    floor.submit(user(3), command(opening(ticket, text)));
    ticket
}
