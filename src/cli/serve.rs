//! `balm serve`: the team's server, until it is told to stop.

use super::args::ServeArgs;
use super::error::CliError;
use super::place::{self, Opening, Site};
use super::{Cx, say};
use crate::config;
use crate::text::locale::Arg;

/// Serves until SIGTERM or SIGINT; open requests are finished then.
///
/// # Errors
/// When folder or address cannot be used.
pub fn run(cx: &Cx, args: &ServeArgs) -> Result<(), CliError> {
    let folder = config::prepare(&cx.data(args.data.as_deref()))?;
    let runtime = cx.runtime()?;
    runtime.block_on(async {
        use tokio::signal::unix::{SignalKind, signal};
        let mut term = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let lock = place::lock(folder.path())?;
        let opening = Opening {
            listen: args.listen,
            behind_proxy: args.behind_proxy,
            demo: args.demo,
            live: true,
            training: None,
        };
        let site = Site::open(cx, folder.path(), lock, opening).await?;
        if !place::is_demo(folder.path()) {
            // Whoever owns the folder may join by naming it: `balm --data DIR`.
            site.owner(folder.path()).await?;
        }
        let addr = site.running.addr.to_string();
        say::remark(
            &cx.locale
                .t_args("cli-serving", &[("addr", Arg::from(addr))]),
        );
        tokio::select! {
            _ = term.recv() => {}
            _ = interrupt.recv() => {}
        }
        site.close().await;
        say::remark(&cx.locale.t("cli-stopped"));
        Ok(())
    })
}
