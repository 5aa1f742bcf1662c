//! A server to be poked at from outside: `tests/api/schemathesis.sh` starts this test and stops it again.

use super::{Site, based, reply};

/// Writes address and tokens into the directory named by `BALM_TEST_SERVE`, and serves until the file `stop` appears there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "serves until it is told to stop"]
async fn serves_until_told_to_stop() {
    let Some(out) = std::env::var_os("BALM_TEST_SERVE").map(std::path::PathBuf::from) else {
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let site = Site::new(dir.path()).await;
    let agent = site.agent("li").await;
    for n in 0..20 {
        let (ticket, _) = site
            .ticket("王小明", &format!("第{n}次打来，退款没有到账"))
            .await;
        agent
            .ask(&based(ticket, 2, reply(ticket, "我来查，今天给您回电")))
            .await;
    }
    std::fs::write(out.join("agent"), &agent.token).unwrap();
    std::fs::write(out.join("admin"), &site.admin.token).unwrap();
    std::fs::write(out.join("url.new"), format!("http://{}", site.running.addr)).unwrap();
    std::fs::rename(out.join("url.new"), out.join("url")).unwrap();
    while !out.join("stop").exists() {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    site.running.shutdown().await;
}
