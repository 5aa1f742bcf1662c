//! The search tokeniser against a real full-text index: both must find the same rows.

use balm::text::{index_text, matches, query_phrase};
use rusqlite::Connection;

const ROWS: &[&str] = &[
    "客户要求退款，宽带断了两天",
    "寬頻斷線兩週，請退還費用",
    "iPhone 15 收不到验证码",
    "投诉到12315，单号 T-20251122-0001",
    "款已退回",
    "a \"quoted\" NOT word* AND (brackets)",
    "café 老板电话打不通",
];

const QUERIES: &[&str] = &[
    "退款",
    "退",
    "款退",
    "宽带",
    "宽频 退还",
    "iph",
    "iphone 1",
    "phone",
    "123",
    "12315 投诉",
    "t-2025",
    "\"quoted\"",
    "NOT",
    "word*",
    "(bra",
    "café",
    "打不通",
    "AND",
    "没有",
];

#[test]
fn memory_and_index_agree() -> rusqlite::Result<()> {
    let db = Connection::open_in_memory()?;
    db.execute_batch(
        "CREATE VIRTUAL TABLE found USING fts5(body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')",
    )?;
    for (at, row) in ROWS.iter().enumerate() {
        db.execute(
            "INSERT INTO found(rowid, body) VALUES (?1, ?2)",
            (at as i64, index_text(row)),
        )?;
    }
    let mut ask = db.prepare("SELECT rowid FROM found WHERE found MATCH ?1 ORDER BY rowid")?;
    let mut hits = 0;
    for typed in QUERIES {
        let phrase = query_phrase(typed).unwrap_or_default();
        let index: Vec<i64> = ask
            .query_map([&phrase], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let memory: Vec<i64> = ROWS
            .iter()
            .enumerate()
            .filter(|(_, row)| matches(&index_text(row), typed))
            .map(|(at, _)| at as i64)
            .collect();
        assert_eq!(index, memory, "{typed:?} as {phrase}");
        hits += index.len();
    }
    assert!(hits >= 15, "the queries must find something: {hits}");
    Ok(())
}
