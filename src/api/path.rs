//! Paths of `/v1`.

/// Who am I, which roles and queues, the server's clock.
pub const ME: &str = "/v1/me";
/// Alive and ready.
pub const HEALTH: &str = "/v1/health";
/// A batch of commands.
pub const COMMANDS: &str = "/v1/commands";
/// The feed, paged.
pub const CHANGES: &str = "/v1/changes";
/// The feed, live.
pub const STREAM: &str = "/v1/stream";
/// The first picture, paged and resumable.
pub const SNAPSHOT: &str = "/v1/snapshot";
/// One ticket: head and events.
pub const TICKET: &str = "/v1/tickets/{ticket}";
/// Tickets by filter, paged.
pub const TICKETS: &str = "/v1/tickets";
/// One customer: head, personal values as the role may see them.
pub const CUSTOMER: &str = "/v1/customers/{customer}";
/// All tickets and events of one customer, newest first, paged.
pub const CUSTOMER_HISTORY: &str = "/v1/customers/{customer}/history";
/// Customers by exact phone number, name or pinyin initials.
pub const CUSTOMERS: &str = "/v1/customers";
/// Full-text search.
pub const SEARCH: &str = "/v1/search";
/// Colleagues.
pub const USERS: &str = "/v1/users";
/// Queues.
pub const QUEUES: &str = "/v1/queues";
/// Lines that the team proposed for the playbook.
pub const LINES: &str = "/v1/lines";
/// Reviews of what was said to customers.
pub const REVIEWS: &str = "/v1/reviews";
/// What is to be reviewed of a month.
pub const REVIEWS_DUE: &str = "/v1/reviews/due";
/// Who views what.
pub const PRESENCE: &str = "/v1/presence";
/// Tokens of accounts (admin).
pub const TOKENS: &str = "/v1/tokens";
/// One token (admin).
pub const TOKEN: &str = "/v1/tokens/{token}";
/// The day's figures per agent.
pub const REPORT_DAY: &str = "/v1/reports/day";
/// The OpenAPI document.
pub const OPENAPI: &str = "/v1/openapi.json";
