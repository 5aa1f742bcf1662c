//! Pinyin keys of names, for the palette and for finding a customer by ear.

use pinyin::ToPinyin;

/// Surnames whose reading differs from the common one of their character.
const SURNAMES: &[(&str, &str)] = &[
    ("万俟", "moqi"),
    ("尉迟", "yuchi"),
    ("长孙", "zhangsun"),
    ("单于", "chanyu"),
    ("曾", "zeng"),
    ("单", "shan"),
    ("解", "xie"),
    ("仇", "qiu"),
    ("区", "ou"),
    ("查", "zha"),
    ("盖", "ge"),
    ("朴", "piao"),
    ("翟", "zhai"),
    ("乐", "yue"),
    ("缪", "miao"),
    ("覃", "qin"),
    ("冼", "xian"),
    ("秘", "bi"),
    ("召", "shao"),
    ("员", "yun"),
    ("折", "she"),
    ("种", "chong"),
    ("重", "chong"),
    ("盛", "sheng"),
    ("石", "shi"),
    ("沈", "shen"),
    ("薄", "bo"),
    ("卜", "bu"),
    ("褚", "chu"),
    ("那", "na"),
    ("任", "ren"),
    ("华", "hua"),
    ("燕", "yan"),
    ("宁", "ning"),
    ("繁", "po"),
    ("黑", "he"),
];

/// Initials and full pinyin of a name, lower case without tones and blanks: `王小明` gives `("wxm", "wangxiaoming")`.
///
/// Surnames with a reading of their own are read so (`曾` is `zeng`); `ü` is written `v`, as input methods do.
/// Letters and digits stay, in both keys; other characters are left out.
#[must_use]
pub fn pinyin_keys(name: &str) -> (String, String) {
    let folded = super::tokens::fold(name.trim());
    let mut initials = String::new();
    let mut full = String::new();
    let mut rest = folded.as_str();
    if let Some((surname, reading)) = SURNAMES
        .iter()
        .find(|(surname, _)| folded.starts_with(surname))
    {
        rest = &folded[surname.len()..];
        full.push_str(reading);
        // Only the four surnames of two characters have a second initial; each reading begins with its first.
        initials.push_str(match *reading {
            "moqi" => "mq",
            "yuchi" => "yc",
            "zhangsun" => "zs",
            "chanyu" => "cy",
            one => one.get(..1).unwrap_or_default(),
        });
    }
    for c in rest.chars() {
        if let Some(sound) = c.to_pinyin() {
            let plain = sound.plain().replace('ü', "v");
            initials.extend(plain.chars().next());
            full.push_str(&plain);
        } else if c.is_alphanumeric() {
            initials.push(c);
            full.push(c);
        }
    }
    (initials, full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table() {
        let rows = [
            ("王小明", "wxm", "wangxiaoming"),
            ("曾黎", "zl", "zengli"),
            ("單雄信", "sxx", "shanxiongxin"),
            ("尉迟恭", "ycg", "yuchigong"),
            ("欧阳娜娜", "oynn", "ouyangnana"),
            ("吕布", "lb", "lvbu"),
            ("Anna 李", "annal", "annali"),
            ("张３", "z3", "zhang3"),
            ("", "", ""),
            ("！？", "", ""),
        ];
        for (name, initials, full) in rows {
            assert_eq!(
                pinyin_keys(name),
                (initials.to_owned(), full.to_owned()),
                "{name}"
            );
        }
    }
}
