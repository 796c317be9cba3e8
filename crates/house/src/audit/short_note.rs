//! A checkpoint short enough for a QR code in an address: `<size>.<root>.<signature>`, the last two
//! in base64 for addresses without padding. Whoever knows the log's key makes the whole note of it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::checkpoint::Checkpoint;
use super::key::VerifierKey;
use super::note::SignedNote;
use super::tree::Hash;

/// The short form of a note; `None` for a note that the key did not sign, or with lines of its own.
pub fn shorten(note: &str, key: &VerifierKey) -> Option<String> {
    let checkpoint = Checkpoint::open(note, key).ok()?;
    let parsed = SignedNote::parse(note).ok()?;
    let signature = parsed.signature_of(key)?;
    checkpoint.extension.is_empty().then(|| {
        format!(
            "{}.{}.{}",
            checkpoint.size,
            URL_SAFE_NO_PAD.encode(checkpoint.root.as_bytes()),
            URL_SAFE_NO_PAD.encode(signature)
        )
    })
}

/// The whole note of a short form, as the key would have signed it; not believed yet.
pub fn lengthen(short: &str, key: &VerifierKey) -> Option<String> {
    let mut parts = short.split('.');
    let (size, root, signature) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let root = Hash::from_slice(&URL_SAFE_NO_PAD.decode(root).ok()?)?;
    let text = format!("{}\n{size}\n{}\n", key.name(), root.to_base64());
    Checkpoint::parse_text(&text)?;
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    Some(SignedNote::with_signature(&text, key, signature).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::SigningKey;
    use crate::audit::tree::leaf_hash;

    #[test]
    fn a_note_comes_back_from_its_short_form() {
        let key = SigningKey::from_seed("stp.example.vn/loa", [3; 32]).unwrap();
        let note = Checkpoint::new(&key, 1234, leaf_hash(b"x"))
            .sign(&key)
            .unwrap();
        let short = shorten(&note, key.verifier()).unwrap();
        assert!(short.len() < 140, "{short}");
        assert_eq!(lengthen(&short, key.verifier()), Some(note.clone()));
        let other = SigningKey::from_seed("stp.example.vn/loa", [4; 32]).unwrap();
        assert_eq!(shorten(&note, other.verifier()), None);
        let forged = lengthen(&short.replacen("1234", "1235", 1), key.verifier()).unwrap();
        assert!(Checkpoint::open(&forged, key.verifier()).is_err());
        for bad in ["", "1", "1.a.b", "01.a.b", &format!("{short}.x"), "x.y.z"] {
            assert_eq!(lengthen(bad, key.verifier()), None, "{bad}");
        }
    }
}
