//! The day's report per agent.
