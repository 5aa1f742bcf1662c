use super::*;

#[test]
fn errors_have_file_line_and_remedy() {
    let year = |text: &str| {
        let text = format!("year = 2026\nprovisional = false\n{text}");
        Calendar::parse(
            base(LUNCH),
            &[SourceText {
                file: "y.toml",
                text: &text,
            }],
        )
        .unwrap_err()
    };
    let off = |from: &str, to: &str| {
        format!(
            "[[off]]\nname = \"a\"\nname_en = \"a\"\nfrom = \"{from}\"\nto = \"{to}\"\nsource = \"s\"\n"
        )
    };
    for (error, line, part) in [
        (year(&off("2026-13-01", "2026-01-02")), 6, "not a date"),
        (year(&off("2026-01-02", "2026-01-01")), 6, "before"),
        (year(&off("2027-01-02", "2027-01-03")), 6, "cn-2027.toml"),
        (
            year(&format!(
                "{}{}",
                off("2026-01-01", "2026-01-02"),
                off("2026-01-02", "2026-01-02")
            )),
            12,
            "line 6",
        ),
        (
            year(&off("2026-01-01", "2026-01-02").replace("\"s\"", "\" \"")),
            6,
            "no source",
        ),
        (
            year(&off("2026-01-01", "2026-01-02").replace("off", "maybe_off")),
            6,
            "doubtful",
        ),
        (year("colour = 1\n"), 3, "colour"),
    ] {
        assert_eq!(
            (error.file.as_str(), error.line),
            ("y.toml", line),
            "{error}"
        );
        assert!(error.to_string().contains(part), "{error}");
        assert!(!error.remedy.is_empty());
    }
}

#[test]
fn errors_of_the_site_file() {
    for (from, to, line, part) in [
        ("Asia/Shanghai", "Asia/Shanghigh", 2, "IANA"),
        (
            "09:00-12:00\", \"13:30",
            "13:30-18:00\", \"09:00",
            5,
            "not a span",
        ),
        ("09:00-12:00", "09:00-25:00", 5, "not a span"),
        ("09:00-12:00", "9-12", 5, "not a span"),
        ("\"closed\"", "\"shut\"", 3, "unknown variant"),
    ] {
        let text = LUNCH.replacen(from, to, 1);
        let error = Calendar::parse(base(&text), &[]).unwrap_err();
        assert_eq!(
            (error.file.as_str(), error.line),
            ("site.toml", line),
            "{error}"
        );
        assert!(error.to_string().contains(part), "{error}");
    }
    let twice = Calendar::parse(base(LUNCH), &[cn(2026), cn(2026)]).unwrap_err();
    assert!(twice.what.contains("given twice"), "{twice}");
    let idle = LUNCH.replace("[\"09:00-12:00\", \"13:30-18:00\"]", "[]");
    assert!(
        Calendar::parse(base(&idle), &[])
            .unwrap_err()
            .what
            .contains("no day")
    );
}
