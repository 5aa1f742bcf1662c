//! What the words before a number say about it.

use super::email::ascii_form;
use super::scan::Hint;

/// Characters before a run in which a word may say what it is.
pub(super) const HINT_REACH: usize = 24;

const PHONE_WORDS: &[&str] = &[
    "电话",
    "電話",
    "手机",
    "手機",
    "座机",
    "座機",
    "联系方式",
    "联系",
    "聯絡",
    "微信",
    "拨打",
    "tel",
    "phone",
    "mobile",
    "call",
    "wx",
    "vx",
];
const ID_WORDS: &[&str] = &[
    "身份证",
    "身分证",
    "身份證",
    "身分證",
    "证件号",
    "證件號",
    "id card",
    "id no",
];
const CARD_WORDS: &[&str] = &[
    "银行卡",
    "銀行卡",
    "储蓄卡",
    "信用卡",
    "卡号",
    "卡號",
    "银行账号",
    "银行账户",
    "card",
];
const REFERENCE_WORDS: &[&str] = &[
    "工单",
    "工單",
    "单号",
    "單號",
    "编号",
    "編號",
    "流水号",
    "受理号",
    "订单",
    "訂單",
    "运单",
    "案号",
    "ticket",
    "order",
    "case no",
    "no.",
    "#",
];
/// What parts a word from the number behind it.
const CUTS: [char; 7] = [',', '。', ';', '\n', '!', '?', '、'];
const AMOUNT_WORDS: &[&str] = &["¥", "￥", "$", "rmb", "cny"];

/// What the word right before a run says; the one closest to the number wins. A telephone word further ahead beats a
/// reference (`phone no. …`): a number too many masked is better than one too few.
pub(super) fn hint_before(head: &str) -> Hint {
    let reach: usize = head
        .chars()
        .rev()
        .take(HINT_REACH)
        .map(char::len_utf8)
        .sum();
    let near: String = head[head.len() - reach..]
        .chars()
        .map(ascii_form)
        .collect::<String>()
        .to_lowercase();
    // A sentence that ended, or another number, cuts the words before it off.
    let near = near.rsplit(CUTS).next().unwrap_or_default();
    let tables = [
        (Hint::Phone, PHONE_WORDS),
        (Hint::IdCard, ID_WORDS),
        (Hint::BankCard, CARD_WORDS),
        (Hint::Reference, REFERENCE_WORDS),
        (Hint::Amount, AMOUNT_WORDS),
    ];
    let mut best = (Hint::None, 0);
    for (hint, words) in tables {
        let ends = words
            .iter()
            .filter_map(|word| near.rfind(word).map(|at| at + word.len()));
        for end in ends.filter(|end| is_close(&near[*end..], hint)) {
            if end > best.1 {
                best = (hint, end);
            }
        }
    }
    if best.0 == Hint::Reference && PHONE_WORDS.iter().any(|word| near.contains(word)) {
        Hint::Phone
    } else {
        best.0
    }
}

/// Whether only filling words stand between a hint and its number. A reference may have begun already: its letters
/// and earlier groups (`工单 GD-20251122-…`) are part of it.
fn is_close(between: &str, hint: Hint) -> bool {
    let rest = between.trim_start_matches([
        ':', ' ', '号', '號', '码', '碼', '是', '为', '為', '#', '(', '=', '"', '“', '.',
    ]);
    rest.is_empty()
        || (hint == Hint::Reference
            && rest
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))
}
