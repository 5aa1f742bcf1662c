//! One test binary: one link step for all integration tests.
mod search_tokens;
