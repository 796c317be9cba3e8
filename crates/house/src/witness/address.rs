//! The address of a witness, and which machines may be reached there: pure.
//!
//! The guard is that an administrator entered the address: nothing that a visitor sends leads to a
//! request. Beyond that, a name may lead to a machine of the agency's own network (offices of a
//! province stand in one), but never to this machine itself, to neighbours on its own cable, or to
//! addresses that no other office can have.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use http::Uri;

/// Where a witness is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Whether the way is protected.
    pub is_tls: bool,
    /// The name of the machine, or its address.
    pub host: String,
    /// The port.
    pub port: u16,
    /// The path before `/add-checkpoint`; empty or beginning with a slash.
    pub path: String,
}

impl Address {
    /// Reads `https://host[:port][/path]` (or http); `None` for anything else: a user, a query, a
    /// fragment, another scheme, letters that no name of a machine has.
    pub fn of(url: &str) -> Option<Self> {
        if url.contains(['@', '#', '?', '\\']) || !url.bytes().all(|b| b.is_ascii_graphic()) {
            return None;
        }
        let uri: Uri = url.parse().ok()?;
        let is_tls = match uri.scheme_str()? {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        let host = uri.host()?.trim_matches(['[', ']']).to_owned();
        let is_name = |host: &str| {
            host.bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b))
        };
        if host.is_empty() || (!is_name(&host) && host.parse::<Ipv6Addr>().is_err()) {
            return None;
        }
        let usual = if is_tls { 443 } else { 80 };
        Some(Self {
            is_tls,
            host,
            port: uri.port_u16().unwrap_or(usual),
            path: uri.path().trim_end_matches('/').to_owned(),
        })
    }

    /// What the `Host` header says.
    pub fn authority(&self) -> String {
        let usual = if self.is_tls { 443 } else { 80 };
        let host = match self.host.contains(':') {
            true => format!("[{}]", self.host),
            false => self.host.clone(),
        };
        match self.port == usual {
            true => host,
            false => format!("{host}:{}", self.port),
        }
    }
}

/// Whether a machine at this address may be asked.
pub fn may_reach(ip: IpAddr, reaches_loopback: bool) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) if ip.is_loopback() => reaches_loopback,
        IpAddr::V6(ip) if ip.is_loopback() => reaches_loopback,
        IpAddr::V4(ip) => may_reach_v4(ip),
        IpAddr::V6(ip) => may_reach_v6(ip),
    }
}

fn may_reach_v4(ip: Ipv4Addr) -> bool {
    let [first, second, third, _] = ip.octets();
    let is_this_network = first == 0;
    let is_reserved = first >= 240 || (first, second, third) == (192, 0, 0);
    !(is_this_network || is_reserved || ip.is_link_local() || ip.is_multicast())
}

fn may_reach_v6(ip: Ipv6Addr) -> bool {
    let [first, second, ..] = ip.segments();
    let is_link_local = first & 0xffc0 == 0xfe80;
    // Addresses that hide a v4 address inside: NAT64, 6to4, Teredo, v4-compatible.
    let hides_v4 = (first == 0x64 && second == 0xff9b)
        || first == 0x2002
        || (first == 0x2001 && second == 0)
        || ip.segments()[..6].iter().all(|part| *part == 0);
    !(is_link_local || hides_v4 || ip.is_multicast() || ip.is_unspecified())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_plain() {
        let address = Address::of("https://snv.example.vn/api/v1/log").unwrap();
        assert_eq!((address.is_tls, address.port), (true, 443));
        assert_eq!(address.authority(), "snv.example.vn");
        assert_eq!(address.path, "/api/v1/log");
        let address = Address::of("http://[2001:db8::1]:8600/").unwrap();
        assert_eq!(address.authority(), "[2001:db8::1]:8600");
        assert_eq!(
            (address.host.as_str(), address.path.as_str()),
            ("2001:db8::1", "")
        );
        for bad in [
            "",
            "snv.example.vn",
            "ftp://a.vn",
            "file:///etc/passwd",
            "https://",
            "https://a@b.vn/",
            "https://a.vn/?x=1",
            "https://a.vn/#x",
            "https://a.vn\\@b.vn",
            "https://a.vn/\r\nx",
            "https://một.vn/",
            "https://a%2eb/",
        ] {
            assert_eq!(Address::of(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn this_machine_and_what_no_office_can_have_is_not_reached() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        for good in [
            "203.0.113.7",
            "10.1.2.3",
            "172.16.0.9",
            "192.168.1.1",
            "2001:db8::5",
            "fd00::7",
        ] {
            assert!(may_reach(ip(good), false), "{good}");
        }
        for bad in [
            "0.0.0.0",
            "0.1.2.3",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "192.0.0.8",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001::1",
            "fe80::1",
            "ff02::1",
        ] {
            assert!(!may_reach(ip(bad), false), "{bad}");
        }
        assert!(may_reach(ip("127.0.0.1"), true) && may_reach(ip("::1"), true));
        assert!(may_reach(ip("::ffff:127.0.0.1"), true));
        assert!(!may_reach(ip("169.254.169.254"), true));
    }
}
