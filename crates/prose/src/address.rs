//! Where words and pictures may point: positive lists, checked when the value is made, so that a
//! [`Doc`](crate::Doc) cannot hold anything else.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// Longest address of a link, in bytes.
const HREF_BYTES_MAX: usize = 2_000;

/// The address of a link: `http`, `https`, `mailto`, `tel`, or a path of this site (`/…`).
///
/// Holds no space, control or quoting character; a scheme is always written small.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Href(Arc<str>);

impl Href {
    /// The address, when it is one of the allowed kinds; `None` for everything else
    /// (`javascript:`, `data:`, `file:`, `//elsewhere`, `#part`, relative paths).
    ///
    /// Tabs and line ends are taken out and blanks at both ends are cut, as browsers do, before
    /// anything is decided; what a browser would read as a scheme is what is judged here.
    pub fn parse(raw: &str) -> Option<Self> {
        if raw.len() > HREF_BYTES_MAX * 2 {
            return None;
        }
        let clean: String = raw
            .trim_matches(|c: char| c <= ' ' || c.is_whitespace())
            .chars()
            .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
            .collect();
        let full = match clean.split_once(':') {
            _ if clean.starts_with('/') => site_path(&clean)?,
            Some((scheme, rest)) => with_scheme(&scheme.to_ascii_lowercase(), rest)?,
            None => return None,
        };
        let safe = escape_odd(&full)?;
        (safe.len() <= HREF_BYTES_MAX).then(|| Self(safe.into()))
    }

    /// The address as text, ready for an attribute (after escaping `&`).
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it leaves this site by the web.
    pub fn is_external(&self) -> bool {
        self.0.starts_with("http:") || self.0.starts_with("https:")
    }
}

/// A path of this site; `//host` and `/\host` would leave it.
fn site_path(path: &str) -> Option<String> {
    let second = path.as_bytes().get(1);
    (!matches!(second, Some(b'/' | b'\\'))).then(|| path.to_owned())
}

fn with_scheme(scheme: &str, rest: &str) -> Option<String> {
    match scheme {
        "http" | "https" => {
            let host = rest.strip_prefix("//")?;
            let begins_well = host
                .chars()
                .next()
                .is_some_and(|c| c.is_alphanumeric() || c == '[');
            begins_well.then(|| format!("{scheme}:{rest}"))
        }
        "mailto" | "tel" if !rest.is_empty() && !rest.starts_with('/') => {
            Some(format!("{scheme}:{rest}"))
        }
        _ => None,
    }
}

/// Characters that an address must not hold are written as `%XX`; control characters refuse it.
fn escape_odd(full: &str) -> Option<String> {
    let mut safe = String::with_capacity(full.len());
    for c in full.chars() {
        match c {
            c if c.is_control() => return None,
            ' ' | '"' | '\'' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => {
                safe.push_str(&format!("%{:02X}", c as u32));
            }
            c if c.is_whitespace() || is_invisible(c) => return None,
            c => safe.push(c),
        }
    }
    Some(safe)
}

/// Characters without a shape that could make an address look like another one.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

impl fmt::Debug for Href {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Href({})", self.0)
    }
}

impl fmt::Display for Href {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A file of the house, named by the SHA-256 of its bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileRef([u8; 32]);

impl FileRef {
    /// The file with this hash.
    pub fn of(sha256: [u8; 32]) -> Self {
        Self(sha256)
    }

    /// Reads 64 hexadecimal digits; `None` for anything else.
    pub fn parse(hex: &str) -> Option<Self> {
        let digits = hex.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
            let high = char::from(*pair.first()?).to_digit(16)?;
            let low = char::from(*pair.get(1)?).to_digit(16)?;
            *byte = u8::try_from(high * 16 + low).ok()?;
        }
        Some(Self(bytes))
    }

    /// The file that the address `/tep/{sha256}` names; `None` for every other address.
    pub fn of_address(address: &str) -> Option<Self> {
        Self::parse(address.trim().strip_prefix("/tep/")?)
    }

    /// The 32 bytes of the hash.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for FileRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for FileRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileRef({self})")
    }
}

impl FromStr for FileRef {
    type Err = base::Refusal;

    fn from_str(hex: &str) -> Result<Self, base::Refusal> {
        Self::parse(hex).ok_or_else(|| base::Refusal::because("prose-file-name"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_allowed_kinds_of_address_are_links() {
        for good in [
            "https://vbpl.vn/x?a=1&b=2#c",
            "http://192.168.1.1:8080/",
            "mailto:a@b.gov.vn",
            "tel:+84256382",
            "/tin/bai-viet-1",
            "/",
            "https://tưpháp.vn/đường",
        ] {
            assert_eq!(Href::parse(good).unwrap().as_str(), good);
        }
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///C:/a.doc",
            "//evil.example/x",
            "/\\evil.example",
            "/\t/evil.example",
            "#phan-1",
            "trang.html",
            "https:evil",
            "https://",
            "https://\u{202E}x",
            "mailto:",
            "",
            "blob:https://a/b",
        ] {
            assert_eq!(Href::parse(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn an_address_read_again_is_the_same_address() {
        for raw in [
            "HTTPS://a.vn/x y\"<z>",
            " /tep/a b ",
            "http://a.vn/`{|}^\\'",
        ] {
            let once = Href::parse(raw).unwrap();
            assert_eq!(Href::parse(once.as_str()), Some(once));
        }
    }

    #[test]
    fn a_file_is_named_by_64_hexadecimal_digits() {
        let hex = "0123456789abcdef".repeat(4);
        assert_eq!(FileRef::parse(&hex).unwrap().to_string(), hex);
        assert_eq!(
            FileRef::parse(&hex.to_uppercase()).unwrap().to_string(),
            hex
        );
        assert_eq!(FileRef::parse(&hex[1..]), None);
        assert_eq!(FileRef::parse(&"zz".repeat(32)), None);
        assert_eq!(
            FileRef::of_address(&format!("/tep/{hex}")),
            FileRef::parse(&hex)
        );
        assert_eq!(FileRef::of_address(&format!("https://x/tep/{hex}")), None);
        assert!("no".parse::<FileRef>().is_err());
    }
}
