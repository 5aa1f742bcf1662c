#![allow(clippy::unwrap_used, reason = "tests")]
use super::*;

#[test]
fn addresses_say_what_to_write() {
    for bad in ["", "localhost:1", "ftp://h", "http://"] {
        assert!(Client::new(bad, "t").is_err(), "{bad}");
    }
    Client::new("http://127.0.0.1:7/", "t").unwrap();
    Client::new("https://example.test", "t").unwrap();
    let error = Client::new("http://example.test", "t")
        .err()
        .unwrap()
        .to_string();
    assert!(error.contains("https"), "{error}");
}

#[test]
fn queries_are_escaped() {
    assert_eq!(
        with_query("/x", &[("q", "退款 a&b".to_owned())]),
        "/x?q=%E9%80%80%E6%AC%BE%20a%26b"
    );
}

#[test]
fn a_token_file_is_trimmed_and_checked() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("token");
    std::fs::write(&path, "abc\n").unwrap();
    assert_eq!(read_token(&path).unwrap(), "abc");
    std::fs::write(&path, "\n").unwrap();
    assert!(matches!(read_token(&path), Err(BadClient::NoToken(_))));
    assert!(matches!(
        read_token(&dir.path().join("none")),
        Err(BadClient::TokenFile { .. })
    ));
}
