//! A pack: files of content laid over those that ship, by name. A site's own content and `balm check` both work so.

use super::{File, Sources};

/// What became of a file that was laid over the others.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Laid {
    /// It took the place of a shipped file.
    Over,
    /// It stands beside the shipped files of its folder.
    Beside,
    /// Nothing reads a file of this name.
    Unread,
}

impl<'a> Sources<'a> {
    fn singles(&mut self) -> [&mut File<'a>; 11] {
        [
            &mut self.items,
            &mut self.topics,
            &mut self.feeling,
            &mut self.risk,
            &mut self.turns,
            &mut self.acts,
            &mut self.switches,
            &mut self.promises,
            &mut self.scope,
            &mut self.sayings,
            &mut self.standing,
        ]
    }

    fn folders(&mut self) -> [(&'static str, &mut Vec<File<'a>>); 3] {
        [
            ("playbook/", &mut self.playbooks),
            ("lexicon/lint/", &mut self.lint),
            ("library/", &mut self.library),
        ]
    }

    /// Every file.
    #[must_use]
    pub fn files(&self) -> Vec<File<'a>> {
        let mut all = self.clone();
        let mut out: Vec<File<'a>> = all.singles().iter().map(|f| **f).collect();
        for (_, list) in all.folders() {
            out.append(list);
        }
        out
    }

    /// Lays a file over the others: in place of the one with its name, or beside the others of its folder.
    pub fn lay(&mut self, file: File<'a>) -> Laid {
        if let Some(one) = self.singles().into_iter().find(|f| f.name == file.name) {
            *one = file;
            return Laid::Over;
        }
        for (folder, list) in self.folders() {
            if let Some(one) = list.iter_mut().find(|f| f.name == file.name) {
                *one = file;
                return Laid::Over;
            }
            let inside = file.name.strip_prefix(folder);
            if inside.is_some_and(|n| !n.contains('/') && n.ends_with(".toml")) {
                list.push(file);
                return Laid::Beside;
            }
        }
        Laid::Unread
    }
}
