use super::{amounts, figures};

#[test]
fn amounts_are_read_in_both_languages() {
    for (text, want) in [
        ("退您268.5元", &[26_850][..]),
        ("¥1,200 补给您", &[120_000]),
        ("三百五十块", &[35_000]),
        ("两千元", &[200_000]),
        ("$45 and 30 pounds", &[4_500, 3_000]),
        ("1.5万元", &[1_500_000]),
        ("一百五十块", &[15_000]),
        ("一百五块钱", &[15_000]),
        ("一百零五元", &[10_500]),
        ("two hundred and fifty yuan", &[25_000]),
        ("a hundred dollars, twenty-five pounds", &[10_000, 2_500]),
        ("a lot of yuan, one of them", &[]),
        ("3号楼502室,工号312", &[]),
        ("五月三日", &[]),
    ] {
        let found: Vec<i64> = amounts(text).into_iter().map(|a| a.minor).collect();
        assert_eq!(found, want, "{text}");
    }
}

#[test]
fn a_bare_number_is_money_unless_it_counts_something() {
    for (text, want) in [
        ("先补100,再补九十", &[10_000, 9_000][..]),
        ("90 now and 90 on a second ticket", &[9_000, 9_000]),
        ("17:00前,3天,12次,十分感谢", &[]),
        ("by 5 pm, within 24 hours, 11 march, xqg100", &[]),
    ] {
        let found: Vec<i64> = figures(text).into_iter().map(|a| a.minor).collect();
        assert_eq!(found, want, "{text}");
    }
}
