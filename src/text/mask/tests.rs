//! Recall and false masks by table, and by generated numbers.

use proptest::prelude::*;

use super::*;

type Mask = fn(&str) -> String;

#[test]
fn fields() {
    let rows: &[(Mask, &str, &str)] = &[
        (mask_phone, "13812345678", "138****5678"),
        (mask_phone, "+86 138-1234-5678", "138****5678"),
        (mask_phone, "010-88886666", "010-*****666"),
        (mask_phone, "0755 2345678", "0755-****678"),
        (mask_phone, "+852 2345 6789", "**********789"),
        (mask_phone, "110", "***"),
        (mask_phone, "不详", "***"),
        (mask_name, "王小明", "王**"),
        (mask_name, "王明", "王*"),
        (mask_name, "欧阳娜娜", "欧阳**"),
        (mask_name, "上官", "上*"),
        (mask_name, "王", "*"),
        (mask_name, "", ""),
        (mask_name, "John Smith", "J*** S***"),
        (mask_id_card, "11010519491231002X", "1****************X"),
        (
            mask_id_card_checking,
            "11010519491231002X",
            "**************002X",
        ),
        (mask_id_card, "123", "***"),
        (mask_bank_card, "6222 0212 3456 7894", "************7894"),
        (mask_bank_card, "12", "***"),
        (mask_email, "anna.li@example.com", "a***@example.com"),
        (mask_email, "anna", "***"),
        (mask_address, "北京市朝阳区建国路88号", "北京市朝阳区***"),
        (
            mask_address,
            "广西壮族自治区南宁市青秀区民族大道1号",
            "广西壮族自治区南宁市青秀区***",
        ),
        (
            mask_address,
            "浙江省义乌市稠城街道幸福小区3栋",
            "浙江省义乌市***",
        ),
        (mask_address, "幸福小区3栋", "***"),
        (
            mask_address,
            "上海市浦东新区世纪大道100号",
            "上海市浦东新区***",
        ),
        (mask_tail4, "粤B·D12345", "***2345"),
        (mask_tail4, "2025112200019876", "***9876"),
    ];
    for (mask, value, want) in rows {
        assert_eq!(mask(value), *want, "{value}");
    }
}

#[test]
fn checks() {
    for (number, valid) in [
        ("11010519491231002X", true),
        ("11010519491231002x", true),
        ("110105194912310021", false),
        ("110105194913310026", false),
        ("1101051949123100", false),
        ("", false),
        ("退", false),
    ] {
        assert_eq!(id_card_is_valid(number), valid, "{number}");
    }
    for (digits, valid) in [
        ("4111111111111111", true),
        ("4111111111111112", false),
        ("", false),
        ("41a", false),
    ] {
        assert_eq!(luhn_is_valid(digits), valid, "{digits}");
    }
}

/// What must be found, and what is left of it.
const RECALL: &[(&str, &str)] = &[
    ("我的电话13812345678，快回", "我的电话138****5678，快回"),
    ("138 1234 5678", "138****5678"),
    ("138-1234-5678", "138****5678"),
    ("138.1234.5678", "138****5678"),
    ("1 3 8 1 2 3 4 5 6 7 8", "138****5678"),
    ("１３８１２３４５６７８", "138****5678"),
    ("１３８　１２３４　５６７８", "138****5678"),
    ("138\u{200b}1234\u{200b}5678", "138****5678"),
    ("一三八一二三四五六七八", "138****5678"),
    ("幺三八 一二三四 五六七八", "138****5678"),
    ("壹叁捌壹贰叁肆伍陆柒捌", "138****5678"),
    ("138一二三四5678", "138****5678"),
    ("①③⑧①②③④⑤⑥⑦⑧", "138****5678"),
    ("周一13812345678打来", "周一138****5678打来"),
    ("周一一三八一二三四五六七八打来", "周一138****5678打来"),
    ("+86 13812345678", "+86 138****5678"),
    ("+8613812345678", "+86138****5678"),
    ("008613812345678", "0086138****5678"),
    ("013812345678", "0138****5678"),
    ("13812345678或19912345678", "138****5678或199****5678"),
    ("13812345678 19912345678", "138****5678 199****5678"),
    ("13812345678、19912345678", "138****5678、199****5678"),
    ("2025-11-22 13812345678 来电", "2025-11-22 138****5678 来电"),
    ("退299 13812345678", "退299 138****5678"),
    ("Tel13812345678", "Tel138****5678"),
    ("phone no. 13812345678", "phone no. 138****5678"),
    ("wx13812345678", "wx138****5678"),
    ("工单已派给13812345678", "工单已派给138****5678"),
    ("快递13812345678让他打", "快递138****5678让他打"),
    ("010-88886666", "010-*****666"),
    ("座机 0755-2345678", "座机 0755-****678"),
    ("(010)88886666", "010-*****666"),
    ("（０７５５）２３４５６７８９", "0755-*****789"),
    ("01088886666转801", "010-*****666转801"),
    ("+86 010 8888 6666", "+86 010-*****666"),
    ("零一零八八八八六六六六", "010-*****666"),
    ("电话：88886666", "电话：*****666"),
    ("座机8888-6666", "座机*****666"),
    ("身份证11010519491231002X", "身份证1****************X"),
    ("11010519491231002x，", "1****************X，"),
    ("110105 19491231 002X", "1****************X"),
    ("１１０１０５１９４９１２３１００２Ｘ", "1****************X"),
    (
        "身份证号：110105194912310021",
        "身份证号：1****************1",
    ),
    ("卡号4111111111111111", "卡号************1111"),
    ("4111 1111 1111 1111", "************1111"),
    ("6222021234567894", "************7894"),
    ("银行卡 6222021234567890", "银行卡 ************7890"),
    ("发anna.li@example.com吧", "发a***@example.com吧"),
    ("ａｎｎａ＠ｅｘａｍｐｌｅ．ｃｏｍ", "a***@example.com"),
    ("13812345678@139.com", "1***@139.com"),
    ("车牌京A12345停在", "车牌***2345停在"),
    ("粤B·D12345", "***2345"),
];

/// What must stay as it is.
const KEEP: &[&str] = &[
    "扣了1299元",
    "一共¥12,999.00",
    "¥13800138000",
    "合计15000000000元",
    "共计 15000000000 元",
    "两万三千八百元",
    "1234567.89",
    "299 399 499",
    "2025-11-22 10:30:15",
    "1985-03-15 123",
    "二〇二五年十一月二十二日",
    "工单20251122000123",
    "工单号 15020250011",
    "工单 20251122-15020250011",
    "工单GD15020250011",
    "GD13800138000",
    "Ticket #15020250011",
    "订单号：13800138000",
    "T-20251122-0001",
    "20251122000123",
    "202511220001234567",
    "运单号4111111111111111",
    "流水号 6222021234567894",
    "12345",
    "拨打12315和10086",
    "客服400-810-0000",
    "4008100000",
    "等了30分钟，打了15次，3天没人管",
    "100M宽带降到20M",
    "2024年的1380元套餐",
    "一二三四五六七",
    "三八二十四",
    "IP 192.168.100.200",
    "版本 10.0.22631.4602",
    "00012345678",
    "0123456789",
    "6222021234567890",
    "138****5678",
    "@某人 a@ @b.c",
    "云计算A1",
    "更新V12",
    "",
    "\0\x1b[31m",
];

#[test]
fn recall() {
    for (text, want) in RECALL {
        assert_eq!(mask_free(text), *want, "{text}");
        assert_eq!(mask_free(want), *want, "again: {want}");
    }
}

#[test]
fn false_masks() {
    for text in KEEP {
        assert_eq!(mask_free(text), *text);
    }
}

#[test]
fn hostile_sizes_are_scanned() {
    for text in [
        "1 ".repeat(150_000),
        "1".repeat(1_000_000),
        "@".repeat(1_000_000),
        "a@".repeat(150_000),
        "一".repeat(150_000),
        "京A".repeat(150_000),
        "中".repeat(150_000),
    ] {
        assert!(!mask_free(&text).is_empty());
    }
}

/// An identity card number with the right check digit.
fn id_card(seed: u64) -> String {
    let body = format!(
        "{:06}{:04}{:02}{:02}{:03}",
        110_000 + seed % 500_000,
        1940 + seed % 80,
        1 + seed % 12,
        1 + seed % 28,
        seed % 1000
    );
    "0123456789X"
        .chars()
        .map(|check| format!("{body}{check}"))
        .find(|number| id_card_is_valid(number))
        .unwrap_or_default()
}

proptest! {
    #[test]
    fn every_generated_mobile_is_found(second in 3_u8..10, tail in 0_u64..1_000_000_000, form in 0..6, before in "[中文，。：a-z ]{0,6}") {
        let number = format!("1{second}{tail:09}");
        let (a, b, c) = (&number[..3], &number[3..7], &number[7..]);
        let written = match form {
            0 => number.clone(),
            1 => format!("{a} {b} {c}"),
            2 => format!("{a}-{b}-{c}"),
            3 => number.chars().filter_map(|d| char::from_u32(u32::from(d) - 0x30 + 0xff10)).collect(),
            4 => number.chars().filter_map(|d| "零一二三四五六七八九".chars().nth(usize::from(d as u8 - b'0'))).collect(),
            _ => format!("+86{number}"),
        };
        let masked = mask_free(&format!("{before}{written}打我"));
        prop_assert!(masked.contains(&format!("{a}****{c}打我")), "{} of {}", masked, written);
    }

    #[test]
    fn every_generated_identity_card_is_found(seed in any::<u64>()) {
        let number = id_card(seed);
        let masked = mask_free(&format!("证件{number}。"));
        prop_assert!(!masked.contains(&number[6..14]), "{} in {}", masked, number);
    }

    #[test]
    fn amounts_and_ticket_numbers_stay(amount in 0_u64..100_000_000, cents in 0..100, day in 1..29, serial in 0..1_000_000) {
        for text in [
            format!("扣了{amount}元"),
            format!("¥{amount}.{cents:02}"),
            format!("{amount}.{cents:02}元"),
            format!("工单202511{day:02}{serial:06}"),
            format!("202511{day:02}{serial:06}"),
            format!("GD202511{day:02}-{serial:06}"),
        ] {
            prop_assert_eq!(mask_free(&text), text);
        }
    }

    #[test]
    fn masking_never_panics(text in any::<String>(), digits in "[0-9一二三 ()（）@.a京AXx-]{0,60}") {
        for text in [text, digits] {
            for mask in [mask_free, mask_phone, mask_name, mask_id_card, mask_id_card_checking, mask_bank_card, mask_email, mask_address, mask_tail4] {
                let _ = mask(&text);
            }
        }
    }
}
