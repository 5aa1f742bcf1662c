//! The list of the scenarios that ship with balm, in the order of their names; a test holds it against the folder.

use crate::coach::content::File;

macro_rules! scenarios {
    ($($name:literal),+ $(,)?) => {
        vec![$(File {
            name: concat!("sim/scenarios/", $name),
            text: include_str!(concat!("../../../assets/sim/scenarios/", $name)),
        }),+]
    };
}

/// One file a scenario.
pub(super) fn files() -> Vec<File<'static>> {
    scenarios!["sim-01.toml", "sim-02.toml"]
}
