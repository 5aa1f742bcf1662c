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
    scenarios![
        "sim-01.toml",
        "sim-02.toml",
        "sim-03.toml",
        "sim-04.toml",
        "sim-05.toml",
        "sim-06.toml",
        "sim-07.toml",
        "sim-08.toml",
        "sim-09.toml",
        "sim-10.toml",
        "sim-11.toml",
        "sim-12.toml",
        "sim-13.toml",
        "sim-14.toml",
        "sim-15.toml",
        "sim-16.toml",
        "sim-17.toml",
        "sim-18.toml",
        "sim-19.toml",
        "sim-20.toml",
        "sim-21.toml",
        "sim-22.toml",
        "sim-23.toml",
        "sim-24.toml",
        "sim-25.toml",
        "sim-26.toml",
    ]
}
