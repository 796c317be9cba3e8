//! When two addresses are the same.

/// Parts of a query that only say where the reader came from.
const TRACKING: [&str; 14] = [
    "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "igshid", "igsh", "zarsrc",
    "mc_cid", "mc_eid", "_ga", "_gl",
];

/// By what two addresses are the same: without scheme, `www.` or `m.`, the usual port, fragment,
/// tracking parts of the query and closing stroke, the host in small letters. `None` when it is no
/// address of the web.
///
/// The order of what remains of the query is kept: some sites read it by its order.
pub fn link_key(link: &str) -> Option<String> {
    let link = link.trim();
    let (scheme, rest) = link.split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let is_clean = !rest.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\');
    if !is_web || !is_clean {
        return None;
    }
    let rest = rest.split('#').next().unwrap_or_default();
    let cut = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(cut);
    let host = host.to_lowercase();
    let host = host
        .strip_suffix(":443")
        .or_else(|| host.strip_suffix(":80"))
        .unwrap_or(&host);
    let host = ["www.", "m."]
        .iter()
        .find_map(|start| host.strip_prefix(start))
        .filter(|rest| rest.contains('.'))
        .unwrap_or(host);
    let is_host = host.contains('.') && !host.starts_with('.') && !host.contains('@');
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let kept: Vec<&str> = query.split('&').filter(|part| says_what(part)).collect();
    let query = if kept.is_empty() {
        String::new()
    } else {
        format!("?{}", kept.join("&"))
    };
    is_host.then(|| format!("{host}{}{query}", path.trim_end_matches('/')))
}

/// Whether a part of a query says what is to be seen, not where the reader came from.
fn says_what(part: &str) -> bool {
    let name = part.split('=').next().unwrap_or_default().to_lowercase();
    !name.is_empty() && !name.starts_with("utm_") && !TRACKING.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_an_address_are_the_same() {
        let key = link_key("https://www.Bao.example/Tin/1/#x").unwrap();
        assert_eq!(key, "bao.example/Tin/1");
        for same in [
            "http://bao.example/Tin/1",
            "HTTPS://BAO.EXAMPLE:443/Tin/1/",
            "https://m.bao.example/Tin/1?utm_source=zalo&utm_medium=social",
            "https://bao.example/Tin/1?fbclid=IwAR0&gclid=2&_gl=3",
            "  https://bao.example/Tin/1?#binh-luan ",
        ] {
            assert_eq!(link_key(same).as_deref(), Some(key.as_str()), "{same}");
        }
    }

    #[test]
    fn what_says_another_thing_is_another_address() {
        let all = [
            "https://bao.example/?id=1",
            "https://bao.example/?id=2",
            "https://bao.example/?id=2&page=2",
            "https://bao.example/tin",
            "https://bao.example/Tin",
            "https://tin.bao.example/tin",
        ];
        for (i, one) in all.iter().enumerate() {
            for other in &all[i + 1..] {
                assert_ne!(link_key(one), link_key(other), "{one} {other}");
            }
        }
        let tracked = link_key("https://bao.example/?utm_id=9&id=1");
        assert_eq!(tracked, link_key(all[0]));
        // A host that is nothing but the mark of a telephone's site stays.
        assert_eq!(link_key("https://m.vn/a").as_deref(), Some("m.vn/a"));
    }

    #[test]
    fn what_is_no_address_of_the_web_has_no_key() {
        for bad in [
            "bao.example",
            "ftp://a.b",
            "https://",
            "https://a b.c",
            "javascript:alert(1)",
            "https://x@a.b",
        ] {
            assert_eq!(link_key(bad), None, "{bad}");
        }
    }
}
