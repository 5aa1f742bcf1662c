//! Rights, masks, search, deletion on request, the document, starting and joining.

use super::{Desk, Site, command, desk};
use balm::api::path;
use balm::api::wire::{CustomersPage, HistoryPage, Outcome, SearchPage, SnapshotPage, TicketView};
use balm::domain::command::CommandBody;
use balm::domain::vocabulary::Role;
use balm::log::Log;
use balm::log::sqlite::{FILE, LogOptions, SqliteLog};
use balm::server::{NoLint, ServerConfig, StartError, local, start};
use std::sync::Arc;

#[tokio::test]
async fn search_as_an_agent_types_it() {
    let dir = tempfile::tempdir().unwrap();
    let site = Site::new(dir.path()).await;
    let agent = site.agent("li").await;
    let (first, customer) = site.ticket("王小明", "退款三天了还没有到账").await;
    let (second, _) = site.ticket("曾丽", "师傅 late 迟到了两个小时").await;
    let found: CustomersPage = agent
        .get("/v1/customers?q=%E7%8E%8B%E5%B0%8F%E6%98%8E")
        .await;
    let phone = found.customers[0].personal.identities[0]
        .value
        .expose()
        .to_owned();
    for (typed, expected) in [
        ("退款", vec![first]),
        ("到账", vec![first]),
        ("late", vec![second]),
        ("wxm", vec![first]),
        ("zengli", vec![second]),
        (phone.as_str(), vec![first]),
        ("2", vec![second]),
        ("没有这个词", vec![]),
    ] {
        let url = reqwest::Url::parse_with_params("http://x/v1/search", [("q", typed)]).unwrap();
        let page: SearchPage = agent
            .get(&format!("/v1/search?{}", url.query().unwrap()))
            .await;
        let hits: Vec<_> = page.hits.iter().map(|h| h.ticket).collect();
        assert_eq!(hits, expected, "{typed}");
    }
    let history: HistoryPage = agent
        .get(&format!("/v1/customers/{customer}/history?limit=1"))
        .await;
    assert_eq!(history.events.len(), 1);
    let next = history.next.unwrap();
    let rest: HistoryPage = agent
        .get(&format!("/v1/customers/{customer}/history?after={next}"))
        .await;
    assert_eq!(rest.events.len(), 1);
    assert!(rest.events[0].position < history.events[0].position);
}

#[tokio::test]
async fn a_trainer_sees_everything_masked() {
    let dir = tempfile::tempdir().unwrap();
    let site = Site::new(dir.path()).await;
    let trainer = desk(&site.log, &site.running, "teacher", Role::Trainer).await;
    let (ticket, customer) = site
        .ticket("王小明", "我的电话是13912345678，退款没有到账")
        .await;
    let paths = [
        "/v1/changes".to_owned(),
        "/v1/snapshot".to_owned(),
        format!("/v1/tickets/{ticket}"),
        format!("/v1/customers/{customer}"),
        format!("/v1/customers/{customer}/history"),
        "/v1/search?q=%E9%80%80%E6%AC%BE".to_owned(),
        "/v1/search?q=wxm".to_owned(),
        "/v1/customers?q=wxm".to_owned(),
    ];
    for path in &paths {
        let mut text = String::new();
        let mut next = Some(path.clone());
        while let Some(path) = next.take() {
            let page: serde_json::Value = trainer.get(&path).await;
            text += &page.to_string();
            if path.starts_with("/v1/snapshot") {
                let page: SnapshotPage = serde_json::from_value(page).unwrap();
                next = page.next.map(|n| format!("/v1/snapshot?after={n}"));
            }
        }
        assert!(
            !text.contains("13912345678") && !text.contains("王小明"),
            "{path}: {text}"
        );
    }
    let view: TicketView = trainer.get(&paths[2]).await;
    assert!(
        view.events[1]
            .payload
            .as_ref()
            .unwrap()
            .text
            .as_ref()
            .unwrap()
            .expose()
            .contains("退款")
    );
    let note = CommandBody::Note {
        ticket,
        text: "不许写".into(),
    };
    assert!(matches!(
        trainer.ask(&command(note)).await,
        Outcome::Refused { .. }
    ));
}

#[tokio::test]
async fn deletion_on_request_leaves_no_words_anywhere() {
    let dir = tempfile::tempdir().unwrap();
    let site = Site::new(dir.path()).await;
    let agent = site.agent("li").await;
    let (ticket, customer) = site.ticket("王小明", "退款三天了还没有到账").await;
    let note = command(CommandBody::Note {
        ticket,
        text: "客户住在三楼".into(),
    });
    agent.ask(&note).await;
    let erase = CommandBody::EraseCustomer { customer };
    assert!(matches!(
        agent.ask(&command(erase.clone())).await,
        Outcome::Refused { .. }
    ));
    assert!(matches!(
        site.admin.ask(&command(erase)).await,
        Outcome::Accepted { .. }
    ));
    let Outcome::Accepted { events } = agent.ask(&note).await else {
        panic!("the answer lives on");
    };
    assert!(events[0].payload.is_none(), "but its words do not");
    let (changes, _) = site.admin.feed(None).await;
    let text = serde_json::to_string(&changes).unwrap();
    for word in ["王小明", "到账", "三楼"] {
        assert!(!text.contains(word), "{word}");
    }
    let page: SearchPage = agent.get("/v1/search?q=%E9%80%80%E6%AC%BE").await;
    assert!(page.hits.is_empty());
    let log = Arc::clone(&site.log);
    site.running.shutdown().await;
    log.close().await;
    let bytes = std::fs::read(dir.path().join(FILE)).unwrap();
    for word in ["王小明", "三天了还没有", "三楼"] {
        assert!(
            !bytes.windows(word.len()).any(|w| w == word.as_bytes()),
            "{word} is still in the file"
        );
    }
}

#[tokio::test]
async fn the_document_names_every_path_and_every_operation_is_whole() {
    let dir = tempfile::tempdir().unwrap();
    let site = Site::new(dir.path()).await;
    let document: serde_json::Value = site.admin.get(path::OPENAPI).await;
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let paths = document["paths"].as_object().unwrap();
    for known in [
        path::ME,
        path::HEALTH,
        path::COMMANDS,
        path::CHANGES,
        path::STREAM,
        path::SNAPSHOT,
        path::TICKET,
        path::TICKETS,
        path::CUSTOMER,
        path::CUSTOMER_HISTORY,
        path::CUSTOMERS,
        path::SEARCH,
        path::USERS,
        path::QUEUES,
        path::PRESENCE,
        path::TOKENS,
        path::TOKEN,
    ] {
        assert!(paths.contains_key(known), "{known}");
    }
    for (name, item) in paths {
        for (method, operation) in item.as_object().unwrap() {
            let responses = operation["responses"].as_object().unwrap();
            assert!(!responses.contains_key("default"), "{method} {name}");
            for (status, response) in responses {
                assert!(
                    status.bytes().all(|b| b.is_ascii_digit()),
                    "{method} {name} {status}"
                );
                let empty = status == "204";
                assert_eq!(
                    empty,
                    response["content"].is_null(),
                    "{method} {name} {status}"
                );
                for content in response["content"]
                    .as_object()
                    .into_iter()
                    .flat_map(|c| c.values())
                {
                    assert!(content["schema"].is_object(), "{method} {name} {status}");
                }
            }
            let open = name == path::HEALTH;
            assert_eq!(open, operation["security"].is_null(), "{method} {name}");
        }
    }
}

#[tokio::test]
async fn only_loopback_without_a_proxy_and_a_taken_port_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let site = Site::new(dir.path()).await;
    let config = |listen: &str| ServerConfig {
        listen: listen.parse().unwrap(),
        behind_proxy: false,
        demo: false,
        log: Arc::clone(&site.log) as Arc<dyn Log>,
        policy: Arc::new(balm::domain::policy::Policy::shipped().unwrap()),
        linter: Arc::new(NoLint),
        training: None,
    };
    let exposed = start(config("0.0.0.0:0")).await.err().unwrap();
    assert!(
        matches!(exposed, StartError::Exposed(_)) && exposed.to_string().contains("--behind-proxy")
    );
    let taken = start(config(&site.running.addr.to_string()))
        .await
        .err()
        .unwrap();
    assert!(matches!(taken, StartError::Listen { .. }), "{taken}");
}

#[tokio::test]
async fn loopback_makes_one_account_and_a_second_desk_joins_by_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let log = Arc::new(SqliteLog::open(&dir.path().join(FILE), LogOptions::default()).unwrap());
    let running = super::serve(Arc::clone(&log)).await;
    let setup = local::Setup {
        login: "me".to_owned(),
        name: "Me".to_owned(),
        role: Role::Admin,
        queue: Some(("main".to_owned(), "综合".to_owned(), "Main".to_owned())),
    };
    let first = running.local(dir.path(), &setup).await.unwrap();
    let again = running.local(dir.path(), &setup).await.unwrap();
    assert_eq!((first.user, &first.token), (again.user, &again.token));
    let token = local::read_token(dir.path()).unwrap().unwrap();
    assert_eq!(token, first.token);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(dir.path().join(local::FILE))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let second = Desk {
        http: {
            let _ = rustls::crypto::ring::default_provider().install_default();
            reqwest::Client::new()
        },
        base: format!("http://{}", running.addr),
        token,
        user: first.user,
    };
    let me: balm::api::wire::Me = second.get("/v1/me").await;
    assert_eq!((me.user.id, me.queues.len()), (first.user, 1));
    log.revoke_token(
        log.tokens().await.unwrap()[0].id.clone(),
        balm::task::now_ms(),
    )
    .await
    .unwrap();
    let fresh = running.local(dir.path(), &setup).await.unwrap();
    assert_ne!(fresh.token, first.token, "a revoked token is replaced");
    assert_eq!(fresh.user, first.user);
}
