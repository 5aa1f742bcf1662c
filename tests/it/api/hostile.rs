//! Bodies that mean no good: refused with a clear problem, or kept byte for byte.

use super::{Desk, Site, command, open};
use balm::api::problem::Problem;
use balm::api::wire::TicketView;
use reqwest::{Method, Response};

async fn problem(response: Response) -> (u16, String) {
    let kind = response.headers()["content-type"]
        .to_str()
        .unwrap()
        .to_owned();
    assert_eq!(kind, "application/problem+json");
    assert!(response.headers().contains_key("x-balm-time"));
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    let problem: Problem = serde_json::from_str(&text).unwrap();
    assert_eq!(problem.status, status);
    assert!(!problem.remedy.is_empty() && problem.request_id.len() == 32);
    assert!(
        !text.contains("SECRET"),
        "what was sent is not repeated: {text}"
    );
    (status, problem.code)
}

#[tokio::test]
async fn every_wrong_request_has_its_problem() {
    let dir = tempfile::tempdir().unwrap();
    let site = Site::new(dir.path()).await;
    let desk = &site.admin;
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for (body, status, code) in [
        ("", 400, "bad_json"),
        ("{\"commands\": [SECRET", 400, "bad_json"),
        ("{}", 422, "invalid"),
        ("{\"commands\": []}", 422, "invalid"),
        ("{\"commands\": \"SECRET\"}", 422, "invalid"),
        ("{\"SECRET\": 1, \"commands\": []}", 422, "invalid"),
        (deep.as_str(), 400, "bad_json"),
    ] {
        let response = desk
            .send(Method::POST, "/v1/commands", Some(body.as_bytes().to_vec()))
            .await;
        assert_eq!(
            problem(response).await,
            (status, code.to_owned()),
            "{}",
            &body[..body.len().min(40)]
        );
    }
    let big = desk
        .send(Method::POST, "/v1/commands", Some(vec![b' '; 9 << 20]))
        .await;
    assert_eq!(problem(big).await.0, 413);
    let broken = desk
        .send(Method::POST, "/v1/commands", Some(vec![0xff, 0xfe]))
        .await;
    assert_eq!(problem(broken).await, (400, "bad_json".to_owned()));
    let request = desk
        .http
        .post(format!("{}/v1/commands", desk.base))
        .bearer_auth(&desk.token);
    assert_eq!(
        problem(request.body("{}").send().await.unwrap()).await.0,
        415
    );
    for (path, status) in [
        ("/v1/nothing", 404),
        ("/", 404),
        ("/v1/tickets/SECRET", 400),
        ("/v1/tickets/00000000-0000-0000-0000-000000000000", 404),
        ("/v1/tickets?limit=0", 400),
        ("/v1/tickets?SECRET=1", 400),
        ("/v1/tickets?open=SECRET", 400),
        ("/v1/search", 400),
        ("/v1/search?q=", 400),
        ("/v1/snapshot?after=SECRET", 400),
    ] {
        assert_eq!(
            problem(desk.send(Method::GET, path, None).await).await.0,
            status,
            "{path}"
        );
    }
    let response = desk.send(Method::PATCH, "/v1/me", None).await;
    assert!(
        response.headers()["allow"]
            .to_str()
            .unwrap()
            .contains("GET")
    );
    assert_eq!(problem(response).await.0, 405);
    for token in ["", "SECRET", "balm_0000"] {
        let stranger = Desk {
            token: token.to_owned(),
            ..desk.clone()
        };
        let response = stranger.send(Method::GET, "/v1/me", None).await;
        assert_eq!(response.headers()["www-authenticate"], "Bearer");
        assert_eq!(problem(response).await, (401, "unauthorized".to_owned()));
    }
}

#[tokio::test]
async fn a_customers_worst_text_comes_back_byte_for_byte() {
    let dir = tempfile::tempdir().unwrap();
    let site = Site::new(dir.path()).await;
    let agent = site.agent("li").await;
    for text in [
        "a\0b\u{1b}[31m\u{1b}]52;c;AAAA\u{7}".to_owned(),
        "\u{202e}逆\u{2066}向\u{2069}".to_owned(),
        format!("e{}", "\u{301}".repeat(10_000)),
        "长".repeat(350_000),
        "\r\n\u{85}\u{2028}\u{feff}".to_owned() + "x",
        "'); DROP TABLE event; --\" OR \"1\"=\"1".to_owned(),
    ] {
        let (ticket, _, body) = open(
            site.queue,
            &text.chars().take(200).collect::<String>(),
            &text,
        );
        let told = agent.ask(&command(body)).await;
        assert!(matches!(told, balm::api::wire::Outcome::Accepted { .. }));
        let view: TicketView = agent.get(&format!("/v1/tickets/{ticket}")).await;
        let kept = view.events[1]
            .payload
            .as_ref()
            .unwrap()
            .text
            .as_ref()
            .unwrap();
        assert!(kept.expose() == text, "{} bytes", text.len());
    }
    for q in [
        "%22",
        "%27%20OR%201",
        "*",
        "%00",
        "NEAR(",
        "%E9%80%80*",
        "a%3Ab",
        "-",
        "%5E",
    ] {
        assert_eq!(agent.status(&format!("/v1/search?q={q}")).await, 200, "{q}");
        assert_eq!(
            agent.status(&format!("/v1/customers?q={q}")).await,
            200,
            "{q}"
        );
    }
}
