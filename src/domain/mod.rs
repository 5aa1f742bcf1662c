//! The domain: events, commands, heads, `fold` and `decide`; clocks, calendars, promises, rank. Pure: time, ids and
//! randomness are arguments; nothing here knows SQL, HTTP or a terminal.

pub mod calendar;
pub mod clock;
pub mod command;
pub mod decide;
pub mod event;
pub mod fold;
pub mod ids;
pub mod lang;
pub mod line;
pub mod people;
pub mod policy;
pub mod promise_time;
pub mod rank;
pub mod review;
pub mod rights;
pub mod scorecard;
pub mod taxonomy;
pub mod ticket;
pub mod time;
pub mod vocabulary;
pub mod world;
