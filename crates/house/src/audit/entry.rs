//! One act as it goes into the log.
//!
//! # The hash rule
//!
//! The leaf of an entry is this JSON object in canonical form ([`super::canonical`]), as UTF-8:
//!
//! ```json
//! {"act":"article.publish","actor":{"id":"…","kind":"account","name":"V.H"},"agency":"…",
//!  "at_ms":1678095660000,"data":{…},"id":"…","subject":{"id":"…","kind":"article"},"v":1}
//! ```
//!
//! (on one line, without the spaces and line ends shown here). What is personal, the name of the
//! actor first of all, stands there sealed under a key of the person's own ([`super::personal`]), so
//! that it can be forgotten and the hash still holds. `actor` is `{"kind":"system"}` for
//! the house itself and `{"kind":"public"}` for anybody. The leaf hash is `SHA-256(0x00 || leaf)`.
//! Every column of the row is in it: a change of any character of the row changes the hash.

use base::id::{AccountId, AgencyId, RowId};
use base::text::nfc;
use base::{Actor, Fault, Subject};
use serde_json::Value;

use super::canonical::{is_canonical, to_canonical};
use super::personal;
use super::tree::{Hash, leaf_hash};

/// Longest `data` of an entry, in bytes of its canonical text.
pub const DATA_BYTES_MAX: usize = 1024 * 1024;

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doer {
    /// A person who had signed in, by the name borne at that time.
    Account {
        /// The account.
        id: AccountId,
        /// The name then.
        name: String,
    },
    /// The house itself: a job, a command at the machine.
    System,
    /// Somebody of the public; nothing about them is kept here.
    Public,
}

impl From<&Actor> for Doer {
    fn from(actor: &Actor) -> Self {
        Self::Account {
            id: actor.account,
            name: actor.name.clone(),
        }
    }
}

/// One act: what a feature hands to the log.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The entry's own id.
    pub id: RowId,
    /// In whose rows it was done.
    pub agency: AgencyId,
    /// When, in milliseconds since 1970 (UTC).
    pub at_ms: i64,
    /// Who.
    pub actor: Doer,
    /// What: feature and verb, such as `article.publish`.
    pub act: &'static str,
    /// To what.
    pub subject: Subject,
    /// What else is to be kept: whole numbers, texts, lists, objects. What is personal of somebody
    /// with an account is marked by [`personal::personal`] and sealed; no personal data of the public.
    pub data: Value,
}

/// An entry as its row has it; every field may be wrong when somebody edited the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryRow {
    /// The entry's own id.
    pub id: String,
    /// In whose rows it was done.
    pub agency: String,
    /// When, in milliseconds since 1970 (UTC).
    pub at_ms: i64,
    /// `account`, `system` or `public`.
    pub actor_kind: String,
    /// The account, if it was one.
    pub actor_id: Option<String>,
    /// The account's name then, sealed.
    pub actor_name: Option<String>,
    /// Feature and verb.
    pub act: String,
    /// Kind of what it was done to.
    pub subject_kind: String,
    /// Id of what it was done to.
    pub subject_id: String,
    /// The canonical text of the data.
    pub data: String,
    /// The leaf hash that was written with the row.
    pub hash: Vec<u8>,
}

impl Entry {
    /// The row to insert, with its hash.
    ///
    /// # Faults
    /// The data cannot be written in canonical form, or are over 1 MB.
    pub fn to_row(&self) -> Result<EntryRow, Fault> {
        let data = to_canonical(&self.data)?;
        if data.len() > DATA_BYTES_MAX {
            return Err(Fault::new(format!(
                "{} has {} bytes of data",
                self.act,
                data.len()
            )));
        }
        let (actor_kind, actor_id, actor_name) = match &self.actor {
            Doer::Account { id, name } => ("account", Some(id.to_string()), Some(nfc(name))),
            Doer::System => ("system", None, None),
            Doer::Public => ("public", None, None),
        };
        let mut row = EntryRow {
            id: self.id.to_string(),
            agency: self.agency.to_string(),
            at_ms: self.at_ms,
            actor_kind: actor_kind.to_owned(),
            actor_id,
            actor_name,
            act: self.act.to_owned(),
            subject_kind: self.subject.kind.as_str().to_owned(),
            subject_id: nfc(&self.subject.id),
            data,
            hash: Vec::new(),
        };
        row.hash = row.leaf_hash().as_bytes().to_vec();
        Ok(row)
    }
}

impl EntryRow {
    /// The leaf: the canonical bytes of this row, taking every column as it stands.
    pub fn leaf(&self) -> Vec<u8> {
        let text = |s: &str| Value::from(s).to_string();
        let mut actor = String::from("{");
        if let Some(id) = &self.actor_id {
            actor.push_str(&format!("\"id\":{},", text(id)));
        }
        actor.push_str(&format!("\"kind\":{}", text(&self.actor_kind)));
        if let Some(name) = &self.actor_name {
            actor.push_str(&format!(",\"name\":{}", text(name)));
        }
        actor.push('}');
        format!(
            "{{\"act\":{},\"actor\":{actor},\"agency\":{},\"at_ms\":{},\"data\":{},\"id\":{},\
             \"subject\":{{\"id\":{},\"kind\":{}}},\"v\":1}}",
            text(&self.act),
            text(&self.agency),
            self.at_ms,
            self.data,
            text(&self.id),
            text(&self.subject_id),
            text(&self.subject_kind),
        )
        .into_bytes()
    }

    /// Every sealed text of the row: whose it is, and the text.
    pub fn persons(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        if let (Some(id), Some(name)) = (&self.actor_id, &self.actor_name) {
            found.push((id.clone(), name.clone()));
        }
        if self.data.contains("\"personal_of\"")
            && let Ok(data) = serde_json::from_str::<Value>(&self.data)
        {
            let words = personal::persons(&data).into_iter();
            found.extend(words.map(|(of, text)| (of.to_owned(), text.to_owned())));
        }
        found
    }

    /// The hash of the leaf.
    pub fn leaf_hash(&self) -> Hash {
        leaf_hash(&self.leaf())
    }

    /// Whether the row is as it was written: its hash fits, and its leaf is canonical.
    pub fn is_whole(&self) -> bool {
        self.hash == self.leaf_hash().as_bytes()
            && String::from_utf8(self.leaf()).is_ok_and(|leaf| is_canonical(&leaf))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::id::Uuid;
    use base::subject::SubjectKind;
    use serde_json::json;

    fn entry() -> Entry {
        Entry {
            id: RowId::from(Uuid::from_u128(1)),
            agency: AgencyId::from(Uuid::from_u128(2)),
            at_ms: 1_678_095_660_000,
            actor: Doer::Account {
                id: AccountId::from(Uuid::from_u128(3)),
                name: "Vo\u{303} Ho\u{300}a".to_owned(),
            },
            act: "article.publish",
            subject: Subject::new(SubjectKind::Article, "a1"),
            data: json!({"title": "Tin \"mới\"", "n": 2}),
        }
    }

    #[test]
    fn the_leaf_is_the_documented_object() {
        let row = entry().to_row().unwrap();
        let leaf = String::from_utf8(row.leaf()).unwrap();
        assert_eq!(
            leaf,
            "{\"act\":\"article.publish\",\"actor\":{\"id\":\"00000000-0000-0000-0000-000000000003\",\
             \"kind\":\"account\",\"name\":\"Võ Hòa\"},\"agency\":\"00000000-0000-0000-0000-000000000002\",\
             \"at_ms\":1678095660000,\"data\":{\"n\":2,\"title\":\"Tin \\\"mới\\\"\"},\
             \"id\":\"00000000-0000-0000-0000-000000000001\",\"subject\":{\"id\":\"a1\",\"kind\":\"article\"},\"v\":1}"
        );
        assert!(is_canonical(&leaf));
        assert!(row.is_whole());
        let system = Entry {
            actor: Doer::System,
            ..entry()
        }
        .to_row()
        .unwrap();
        assert!(
            String::from_utf8(system.leaf())
                .unwrap()
                .contains("\"actor\":{\"kind\":\"system\"}")
        );
        assert!(system.is_whole());
    }

    #[test]
    fn a_change_of_any_column_changes_the_hash() {
        let row = entry().to_row().unwrap();
        let edits: [fn(&mut EntryRow); 11] = [
            |r| r.id.push('x'),
            |r| r.agency.push('x'),
            |r| r.at_ms += 1,
            |r| r.actor_kind = "public".to_owned(),
            |r| r.actor_id = None,
            |r| r.actor_name = None,
            |r| r.act.push('x'),
            |r| r.subject_kind.push('x'),
            |r| r.subject_id.push('x'),
            |r| r.data = r.data.replace("2", "2 "),
            |r| r.hash[0] ^= 1,
        ];
        for (i, edit) in edits.into_iter().enumerate() {
            let mut changed = row.clone();
            edit(&mut changed);
            assert!(!changed.is_whole(), "{i}");
        }
    }

    #[test]
    fn two_rows_cannot_share_a_leaf_by_moving_quotes() {
        let mut row = entry().to_row().unwrap();
        let whole = row.leaf();
        row.act = "article.publish\",\"actor\":{}".to_owned();
        assert_ne!(row.leaf(), whole);
        let mut row = entry().to_row().unwrap();
        row.data = "{},\"x\":1".to_owned();
        row.hash = row.leaf_hash().as_bytes().to_vec();
        assert!(
            !row.is_whole(),
            "what is not canonical is not whole even with a fitting hash"
        );
    }

    #[test]
    fn data_that_cannot_be_canonical_are_a_fault() {
        assert!(
            Entry {
                data: json!(0.5),
                ..entry()
            }
            .to_row()
            .is_err()
        );
        let long = json!({ "t": "x".repeat(DATA_BYTES_MAX) });
        assert!(
            Entry {
                data: long,
                ..entry()
            }
            .to_row()
            .is_err()
        );
    }
}
