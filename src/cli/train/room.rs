//! A training's rooms: a home of its own where trainees' runs are kept, and in it a throw-away folder for each sitting, with a
//! real server on an empty log and the simulated customers that talk to it.
//!
//! Nothing here knows the live data folder but to keep away from it, and nothing reads the configured server or its token.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::super::Cx;
use super::super::args::TrainHomeArgs;
use super::super::error::CliError;
use super::super::place::{Opening, Site};
use crate::api::training::SeatRole;
use crate::config;
use crate::domain::command::CommandBody;
use crate::domain::ids::{QueueId, UserId};
use crate::domain::vocabulary::Role;
use crate::server::local::{self, Local, Setup};
use crate::server::lock::{self, Found, Lock};
use crate::sim::Stage;
use crate::task;
use crate::text::SafeText;
use crate::training::{NewSeat, Set, Theatre};

/// Where throw-away folders lie in a home.
const ROOMS: &str = "rooms";
/// The file beside them that one program at a time holds while it makes or clears away folders there.
const BROOM: &str = "rooms.lock";

/// Of a longer name only so many characters stand before the number that tells it from another.
const LONGEST_BEFORE_NUMBER: usize = 30;
/// How long the runs that are over may take to be written when the sitting ends.
const WRITING: Duration = Duration::from_secs(20);

/// How a training is reached.
#[derive(Clone, Debug)]
pub struct Door {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Whether a proxy stands in front.
    pub behind_proxy: bool,
    /// The address that others reach; the one listened on when absent.
    pub url: Option<String>,
}

impl Default for Door {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            behind_proxy: false,
            url: None,
        }
    }
}

/// The training's own folder, made if need be. It is never the live data folder, nor above or below it.
///
/// # Errors
/// When it is, or cannot be used.
pub fn home(cx: &Cx, named: Option<&Path>) -> Result<PathBuf, CliError> {
    let live = cx.data(None);
    let beside = || {
        let name = live.file_name().unwrap_or_default().to_string_lossy();
        live.with_file_name(format!("{name}-training"))
    };
    let path = named.map_or_else(beside, Path::to_path_buf);
    let (own, other) = (whole(&path), whole(&live));
    let live_like = own.join("log.db").exists() || own.join(local::FILE).exists();
    if own.starts_with(&other) || other.starts_with(&own) || live_like {
        return Err(CliError::new("train-live").with("path", path.display()));
    }
    Ok(config::prepare(&path)?.path().to_path_buf())
}

/// The path as the system goes it: symbolic links and `..` resolved, as far as it is there already.
pub(super) fn whole(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir => {
                out.pop();
            }
            part => out.push(part),
        }
        if let Ok(real) = out.canonicalize() {
            out = real;
        }
    }
    out
}

/// The one hand that makes and clears away folders in a home; free again when dropped or when its program ends.
struct Broom {
    _held: std::fs::File,
}

impl Broom {
    /// Takes it, and waits while another program has it. Nothing when that takes too long: then nothing is cleared away.
    fn take(rooms: &Path) -> Option<Self> {
        let file = std::fs::OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(rooms.with_file_name(BROOM))
            .ok()?;
        let mut waited = Duration::ZERO;
        while file.try_lock().is_err() {
            if waited >= WRITING {
                return None;
            }
            let pause = Duration::from_millis(20);
            std::thread::sleep(pause);
            waited += pause;
        }
        Some(Self { _held: file })
    }
}

/// A folder that goes away with the sitting. What a killed program left behind is cleared away by the next.
pub struct ThrowAway {
    dir: PathBuf,
    lock: Option<Lock>,
}

impl ThrowAway {
    /// A new one in this home.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn new(home: &Path) -> Result<Self, CliError> {
        let rooms = config::prepare(&home.join(ROOMS))?.path().to_path_buf();
        // One program at a time: between making a folder and locking it nobody may take it for one that was left behind.
        let alone = Broom::take(&rooms);
        if alone.is_some()
            && let Ok(old) = std::fs::read_dir(&rooms)
        {
            for dir in old.filter_map(|e| e.ok().map(|e| e.path())) {
                // Whoever still sits there holds its lock, and is not waited for.
                if let Ok(Some(lock)) = lock::acquire_free(&dir) {
                    clear(&dir);
                    drop(lock);
                }
            }
        }
        let dir = rooms.join(task::new_id().simple().to_string());
        let dir = config::prepare(&dir)?.path().to_path_buf();
        match lock::acquire(&dir)? {
            Found::Ours(lock) => Ok(Self {
                dir,
                lock: Some(lock),
            }),
            Found::Running { .. } => Err(CliError::new("cli-running").with("addr", dir.display())),
        }
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.dir
    }
}

impl Drop for ThrowAway {
    fn drop(&mut self) {
        self.lock = None;
        clear(&self.dir);
    }
}

fn clear(dir: &Path) {
    if let Err(error) = std::fs::remove_dir_all(dir) {
        tracing::warn!(dir = %dir.display(), %error, "a training's folder could not be cleared away");
    }
}

/// A sitting: server, simulated customers, seats.
pub struct Room {
    site: Site,
    /// The seats and the customers.
    pub theatre: Arc<Theatre>,
    url: Option<String>,
    stop: CancellationToken,
    running: tokio::task::JoinHandle<Option<()>>,
    relief: UserId,
    // Last: the folder goes when nothing works in it any more, and then the home is free.
    folder: ThrowAway,
    _home: Lock,
}

impl Room {
    /// Opens a sitting in a home.
    ///
    /// # Errors
    /// When the folder, the address or a scenario cannot be used.
    pub async fn open(
        cx: &Cx,
        home: &Path,
        args: &TrainHomeArgs,
        door: Door,
    ) -> Result<Self, CliError> {
        let zone = cx.policy.calendar.zone().clone();
        let stage = Stage::shipped(cx.coach.clone(), zone)
            .map_err(|e| CliError::new("cli-content").with("what", e))?;
        let set = Set {
            stage: Arc::new(stage),
            scenarios: super::own::scenarios(cx, args.scenarios.as_deref())?
                .into_iter()
                .map(Arc::new)
                .collect(),
            calendar: cx.policy.calendar.clone(),
            policy: Arc::clone(&cx.policy),
            home: home.to_path_buf(),
            lang: cx.lang,
            phraser: super::model::phraser(cx)?,
        };
        // Two on one home would write over each other's runs, cards and gates.
        let mut home_lock = match lock::acquire(home)? {
            Found::Ours(lock) => lock,
            Found::Running { .. } => {
                return Err(CliError::new("train-running").with("path", home.display()));
            }
        };
        let theatre = Theatre::open(set)?;
        let mut folder = ThrowAway::new(home)?;
        let lock = folder
            .lock
            .take()
            .ok_or_else(|| CliError::new("cli-running").with("addr", home.display()))?;
        let opening = Opening {
            listen: door.listen,
            behind_proxy: door.behind_proxy,
            demo: None,
            live: false,
            training: Some(Arc::clone(&theatre) as Arc<dyn crate::server::Training>),
        };
        let site = Site::open(cx, folder.path(), lock, opening).await?;
        // Who comes second is told at once.
        home_lock.publish(site.running.addr)?;
        let stop = CancellationToken::new();
        let channel = account(
            &site,
            folder.path(),
            "customers",
            &cx.locale.t("train-channel"),
            Role::Admin,
        )
        .await?;
        let relief = cx.locale.t("train-relief");
        let colleague = account(&site, folder.path(), "relief", &relief, Role::Agent).await?;
        theatre.relief(colleague.user, SafeText::clean_line(&relief));
        let playing = Arc::clone(&theatre).run(site.url(), channel.token, stop.clone());
        let playing = async move {
            if let Err(error) = playing.await {
                tracing::error!(%error, "the customers cannot reach their server");
            }
        };
        let room = Self {
            running: task::spawn("training", playing),
            url: door.url,
            theatre,
            stop,
            relief: colleague.user,
            site,
            folder,
            _home: home_lock,
        };
        Ok(room)
    }

    /// Where its server is reached from this machine.
    #[must_use]
    pub fn url(&self) -> String {
        self.site.url()
    }

    /// Gives somebody on this machine a seat; the file with their way in.
    ///
    /// # Errors
    /// When the account cannot be made.
    pub async fn seat(&self, name: &str, role: SeatRole) -> Result<PathBuf, CliError> {
        let (login, local) = self.account_of(name, role).await?;
        self.theatre.seat(NewSeat {
            user: local.user,
            login: login.clone(),
            name: name.to_owned(),
            role,
            token: None,
            code: None,
            join: None,
        });
        Ok(self.folder.path().join("as").join(login).join(local::FILE))
    }

    /// Opens a seat that somebody may take with a code; the line they type.
    ///
    /// # Errors
    /// When the account cannot be made.
    pub async fn open_seat(&self, name: &str) -> Result<String, CliError> {
        let (login, local) = self.account_of(name, SeatRole::Trainee).await?;
        let url = self.url.clone().unwrap_or_else(|| self.site.url());
        let code = crate::training::code();
        let join = format!("balm train join {url} {code}");
        self.theatre.seat(NewSeat {
            user: local.user,
            login,
            name: name.to_owned(),
            role: SeatRole::Trainee,
            token: Some(local.token),
            code: Some(code),
            join: Some(SafeText::clean_line(&join)),
        });
        Ok(join)
    }

    /// An account for a seat, with a queue of its own.
    async fn account_of(&self, name: &str, role: SeatRole) -> Result<(String, Local), CliError> {
        let rights = match role {
            SeatRole::Trainee => Role::Agent,
            SeatRole::Trainer => Role::Trainer,
        };
        let login = login(name, role);
        let local = account(&self.site, self.folder.path(), &login, name, rights).await?;
        if role == SeatRole::Trainee {
            // A queue of its own: nobody sees, or is helped by, what another seat does. The relief of a shift change is in each.
            let queue = QueueId(task::new_id());
            let add = CommandBody::AddQueue {
                queue,
                slug: login.clone(),
                zh: name.to_owned(),
                en: name.to_owned(),
            };
            self.site.running.order(add).await?;
            let members = vec![local.user, self.relief];
            self.site
                .running
                .order(CommandBody::SetMembers { queue, members })
                .await?;
        }
        Ok((login, local))
    }

    /// Ends the sitting; runs are kept, the log is thrown away.
    pub async fn close(self) {
        // A disk that hangs must not keep anybody here for ever.
        if tokio::time::timeout(WRITING, self.theatre.close())
            .await
            .is_err()
        {
            tracing::error!("the runs of this training were not written in time");
        }
        self.stop.cancel();
        let _ended = self.running.await;
        self.site.close().await;
        drop(self.folder);
    }
}

/// Names that lead to a seat each: who has the name of somebody before gets a number behind it.
pub fn apart(names: Vec<String>) -> Vec<String> {
    let mut taken = std::collections::BTreeSet::new();
    let mut out = Vec::with_capacity(names.len());
    for name in names {
        let short: String = name.chars().take(LONGEST_BEFORE_NUMBER).collect();
        let numbered = (2_u32..).map(|n| format!("{short} {n}"));
        let mut all = std::iter::once(name).chain(numbered);
        out.extend(all.find(|n| taken.insert(login(n, SeatRole::Trainee))));
    }
    out
}

/// A login that a folder can be named by: the name's letters and digits. Who trains under one name again is the same trainee:
/// the runs belong together.
fn login(name: &str, role: SeatRole) -> String {
    let plain: String = name
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        .take(40)
        .collect();
    let plain = plain.to_lowercase();
    match (role, plain.is_empty()) {
        (SeatRole::Trainer, _) => "trainer".to_owned(),
        (SeatRole::Trainee, true) => "trainee".to_owned(),
        // Names of the house itself are not a trainee's.
        (SeatRole::Trainee, false) => format!("t-{plain}"),
    }
}

async fn account(
    site: &Site,
    dir: &Path,
    login: &str,
    name: &str,
    role: Role,
) -> Result<Local, CliError> {
    let setup = Setup {
        login: login.to_owned(),
        name: name.to_owned(),
        role,
        queue: None,
    };
    Ok(site
        .running
        .local(&dir.join("as").join(login), &setup)
        .await?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::{ROOMS, SeatRole, ThrowAway, apart, login, whole};

    #[test]
    fn programs_that_start_at_once_keep_their_folders() {
        let home = tempfile::tempdir().unwrap();
        for _ in 0..20 {
            // One that was left behind: everybody sweeps.
            let left = home.path().join(ROOMS).join("left-behind");
            std::fs::create_dir_all(left.join("as")).unwrap();
            let start = std::sync::Barrier::new(8);
            let begun: Vec<ThrowAway> = std::thread::scope(|scope| {
                let one = || {
                    start.wait();
                    ThrowAway::new(home.path()).unwrap()
                };
                let all: Vec<_> = (0..8).map(|_| scope.spawn(one)).collect();
                all.into_iter().map(|t| t.join().unwrap()).collect()
            });
            for folder in &begun {
                let lock = folder.path().join(crate::server::lock::FILE);
                assert!(lock.exists(), "{} was swept away", folder.path().display());
            }
            assert!(!left.exists());
        }
    }

    #[test]
    fn every_name_has_a_seat_of_its_own() {
        let long = "长".repeat(50);
        let names = [
            "王芳", "李明", "王芳", "!!", "??", "Li Na", "lina", &long, &long,
        ];
        let seats = apart(names.iter().map(|n| (*n).to_owned()).collect());
        assert_eq!(seats.len(), names.len());
        assert_eq!(&seats[..3], ["王芳", "李明", "王芳 2"]);
        let mut logins: Vec<_> = seats.iter().map(|n| login(n, SeatRole::Trainee)).collect();
        logins.sort_unstable();
        logins.dedup();
        assert_eq!(logins.len(), names.len(), "{logins:?}");
    }

    #[test]
    fn no_detour_hides_where_a_home_lies() {
        let dir = tempfile::tempdir().unwrap();
        let real = dir.path().canonicalize().unwrap();
        let live = real.join("live");
        std::fs::create_dir_all(live.join("sub")).unwrap();
        std::fs::create_dir_all(real.join("other")).unwrap();
        std::os::unix::fs::symlink(&live, real.join("link")).unwrap();
        for detour in [
            "other/../live/new",
            "link/new",
            "link/sub/../new",
            "no/../live/new",
        ] {
            assert_eq!(whole(&real.join(detour)), live.join("new"), "{detour}");
        }
    }
}
