//! What is sealed of people, held against their keys during a walk over the whole log.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::EntryRow;
use super::person_store::PersonKeys;
use super::personal::{KeyState, Opened, context};
use super::verdict::LogFaultKind;

/// The act that erases a person's key, and whose subject is that person.
pub const ERASING_ACT: &str = "account.erase";

/// The state of the check.
pub(super) struct KeyCheck {
    keys: PersonKeys,
    /// Who was erased by an act of the log, and at which leaf.
    by_act: BTreeMap<String, u64>,
    /// Whose words could not be read because the key is erased, and the first leaf of each.
    closed: BTreeMap<String, u64>,
}

impl KeyCheck {
    pub(super) fn new(keys: PersonKeys) -> Self {
        Self {
            keys,
            by_act: BTreeMap::new(),
            closed: BTreeMap::new(),
        }
    }

    /// Whether everything sealed in this entry opens, or its person was erased.
    pub(super) fn opens(&mut self, seq: u64, entry: &EntryRow) -> bool {
        if entry.act == ERASING_ACT {
            self.by_act.insert(entry.subject_id.clone(), seq);
        }
        let mut all = true;
        for (account, sealed) in entry.persons() {
            let opened = self.keys.get(&account).map(|key| {
                if *key == KeyState::Erased {
                    self.closed.entry(account.clone()).or_insert(seq);
                }
                key.open(&context(&entry.id, &account), &sealed)
            });
            all &= matches!(opened, Some(Opened::Text(_) | Opened::Erased));
        }
        all
    }

    /// Keys that are gone without an act, and keys that are there although an act erased them.
    pub(super) fn finish(self) -> Vec<(LogFaultKind, u64)> {
        let gone = self.closed.iter();
        let mut found: Vec<(LogFaultKind, u64)> = gone
            .filter(|(account, _)| !self.by_act.contains_key(*account))
            .map(|(_, seq)| (LogFaultKind::Key, *seq))
            .collect();
        let kept: BTreeSet<&String> = self
            .keys
            .iter()
            .filter(|(_, state)| **state != KeyState::Erased)
            .map(|(account, _)| account)
            .collect();
        let again = self.by_act.iter();
        found.extend(
            again
                .filter(|(account, _)| kept.contains(account))
                .map(|(_, seq)| (LogFaultKind::Unerased, *seq)),
        );
        found
    }
}
