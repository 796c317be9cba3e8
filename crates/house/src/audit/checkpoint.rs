//! Checkpoints (C2SP tlog-checkpoint): the size and root of the log, signed.
//!
//! ```text
//! stp.example.vn/loa
//! 1234
//! CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
//!
//! — stp.example.vn/loa Az3grlgtzPIC…
//! ```

use base::Fault;

use super::key::{SigningKey, VerifierKey};
use super::note::{NoteError, SignedNote};
use super::tree::Hash;

/// The head of the log at one size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log; also the name of its key.
    pub origin: String,
    /// Leaves in the tree.
    pub size: u64,
    /// The root of that tree.
    pub root: Hash,
    /// Further lines that other logs may write; this house writes none.
    pub extension: Vec<String>,
}

impl Checkpoint {
    /// The head of the key's own log.
    pub fn new(key: &SigningKey, size: u64, root: Hash) -> Self {
        Self {
            origin: key.verifier().name().to_owned(),
            size,
            root,
            extension: Vec::new(),
        }
    }

    /// The text that is signed.
    pub fn to_text(&self) -> String {
        let mut text = format!(
            "{}\n{}\n{}\n",
            self.origin,
            self.size,
            self.root.to_base64()
        );
        for line in &self.extension {
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    /// The checkpoint as a signed note, ready to be kept or handed out.
    ///
    /// # Faults
    /// A line holds what a note must not.
    pub fn sign(&self, key: &SigningKey) -> Result<String, Fault> {
        Ok(SignedNote::sign(&self.to_text(), key)?.to_string())
    }

    /// Reads the text of a checkpoint; `None` if it is none.
    pub fn parse_text(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let origin = lines.next().filter(|l| !l.is_empty())?.to_owned();
        let digits = lines.next()?;
        let size: u64 = digits.parse().ok()?;
        let root = Hash::from_base64(lines.next()?)?;
        let extension: Vec<String> = lines.map(str::to_owned).collect();
        if size.to_string() != digits || extension.iter().any(String::is_empty) {
            return None;
        }
        Some(Self {
            origin,
            size,
            root,
            extension,
        })
    }

    /// Reads a signed checkpoint without believing it; for looking only.
    pub fn peek(note: &str) -> Result<Self, NoteError> {
        let note = SignedNote::parse(note)?;
        Self::parse_text(note.text()).ok_or(NoteError::Malformed)
    }

    /// Reads a signed checkpoint and believes it: the key signed it, and it is of the key's own log.
    pub fn open(note: &str, key: &VerifierKey) -> Result<Self, NoteError> {
        let note = SignedNote::parse(note)?;
        note.verify(key)?;
        Self::parse_text(note.text())
            .filter(|c| c.origin == key.name())
            .ok_or(NoteError::Malformed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::tree::empty_root;

    #[test]
    fn a_checkpoint_comes_back_as_it_was_signed() {
        let key = SigningKey::generate("stp.example.vn/loa").unwrap();
        let mut checkpoint = Checkpoint::new(&key, 0, empty_root());
        let note = checkpoint.sign(&key).unwrap();
        assert!(note.starts_with(
            "stp.example.vn/loa\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n\u{2014} stp.example.vn/loa "
        ));
        assert_eq!(
            Checkpoint::open(&note, key.verifier()),
            Ok(checkpoint.clone())
        );
        checkpoint.extension.push("more".to_owned());
        let note = checkpoint.sign(&key).unwrap();
        assert_eq!(Checkpoint::open(&note, key.verifier()), Ok(checkpoint));
    }

    #[test]
    fn the_published_checkpoint_is_read() {
        let note = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
            \u{2014} example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";
        let read = Checkpoint::peek(note).unwrap();
        assert_eq!(
            (read.origin.as_str(), read.size),
            ("example.com/behind-the-sofa", 20_852_163)
        );
    }

    #[test]
    fn a_checkpoint_of_another_log_or_key_is_not_believed() {
        let key = SigningKey::generate("a.example.vn").unwrap();
        let other = SigningKey::generate("a.example.vn").unwrap();
        let mut checkpoint = Checkpoint::new(&key, 1, empty_root());
        let note = checkpoint.sign(&key).unwrap();
        assert_eq!(
            Checkpoint::open(&note, other.verifier()),
            Err(NoteError::Unsigned)
        );
        checkpoint.origin = "b.example.vn".to_owned();
        let note = checkpoint.sign(&key).unwrap();
        assert_eq!(
            Checkpoint::open(&note, key.verifier()),
            Err(NoteError::Malformed)
        );
    }

    #[test]
    fn a_size_has_one_spelling() {
        let root = empty_root().to_base64();
        for size in [
            "01",
            "+1",
            "-1",
            "",
            " 1",
            "1 ",
            "18446744073709551616",
            "x",
        ] {
            assert_eq!(
                Checkpoint::parse_text(&format!("a\n{size}\n{root}\n")),
                None,
                "{size}"
            );
        }
        assert!(Checkpoint::parse_text(&format!("a\n1\n{root}\n\n")).is_none());
        assert!(Checkpoint::parse_text(&format!("a\n1\n{root}")).is_none());
        assert!(Checkpoint::parse_text(&format!("\n1\n{root}\n")).is_none());
    }
}
