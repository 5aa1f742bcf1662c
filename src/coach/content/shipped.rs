//! The list of the playbook files that ship with balm, in the order of their names.

use super::File;

macro_rules! playbooks {
    ($($name:literal),+ $(,)?) => {
        vec![$(File {
            name: concat!("playbook/", $name),
            text: include_str!(concat!("../../../assets/playbook/", $name)),
        }),+]
    };
}

/// One file an entry; a test holds the list against the folder.
pub(super) fn playbooks() -> Vec<File<'static>> {
    playbooks![
        "a1-wait.toml",
        "a1-walkout.toml",
        "a1-weak.toml",
        "a2-papers.toml",
        "a2-proof.toml",
        "a2-rush.toml",
        "a3-guidance.toml",
        "a3-misled.toml",
        "a4-progress.toml",
        "a4-stuck.toml",
        "a5-passed.toml",
        "a5-whose.toml",
        "a6-promise.toml",
        "a6-waited.toml",
        "a7-unreachable.toml",
        "a7-urgent.toml",
        "b1-advert.toml",
        "b1-gap.toml",
        "b1-occasion.toml",
        "b1-why.toml",
        "b2-repair.toml",
        "b2-spoiled.toml",
        "b2-weary.toml",
        "b3-parts.toml",
        "b3-retired.toml",
        "b4-fault.toml",
        "b4-leak.toml",
        "b4-past.toml",
        "b4-person-hurt.toml",
        "b5-bill.toml",
        "b5-stop.toml",
        "b5-why.toml",
        "b6-network.toml",
        "b6-outage.toml",
        "b6-work.toml",
        "b7-delivery.toml",
        "b7-gift.toml",
        "b7-left.toml",
        "b7-lost.toml",
        "c1-terms.toml",
        "c1-true.toml",
        "c1-warranty.toml",
        "c2-refund.toml",
        "c2-rule.toml",
        "c2-urgent.toml",
        "c3-gift.toml",
        "c3-late.toml",
        "c3-rules.toml",
        "c4-notices.toml",
        "c4-paid.toml",
        "c5-manner.toml",
        "c5-nobody.toml",
        "c5-private.toml",
        "c5-threatened.toml",
        "c6-sale.toml",
        "c6-senior.toml",
        "c6-stop.toml",
        "c7-access.toml",
        "c7-elder.toml",
        "c7-face.toml",
        "c7-fall.toml",
        "c7-home.toml",
    ]
}
