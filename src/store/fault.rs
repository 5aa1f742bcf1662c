//! Points at which a test may end this process the hard way, to prove that nothing is lost or doubled (mission SY4).
//! Without the variable `BALM_FAULT` (`point:N`) they cost one comparison.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

static PLAN: OnceLock<Option<(String, u32)>> = OnceLock::new();
static COUNT: AtomicU32 = AtomicU32::new(0);

/// Passes `point` on behalf of `commands` commands; ends the process by SIGKILL when the planned one is among them.
pub fn point(point: &str, commands: usize) {
    let plan = PLAN.get_or_init(|| {
        let text = std::env::var("BALM_FAULT").ok()?;
        let (name, n) = text.split_once(':')?;
        Some((name.to_owned(), n.parse().ok()?))
    });
    let Some((name, n)) = plan else { return };
    if name != point {
        return;
    }
    let add = u32::try_from(commands).unwrap_or(u32::MAX);
    if COUNT.fetch_add(add, Ordering::SeqCst).saturating_add(add) >= *n {
        #[cfg(unix)]
        if rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL)
            .is_err()
        {
            std::process::abort();
        }
        #[cfg(not(unix))]
        std::process::abort();
    }
}

static ID_CHECK: OnceLock<bool> = OnceLock::new();

/// Whether a command whose id came by in the feed counts as done. Off only under `BALM_TEST_NO_ID_CHECK=1`, together with
/// the server's own check, to show that the fault test would notice a double.
pub fn id_check() -> bool {
    *ID_CHECK.get_or_init(|| std::env::var_os("BALM_TEST_NO_ID_CHECK").is_none())
}
