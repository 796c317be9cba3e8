//! The addresses of tiles (C2SP tlog-tiles): `<level>/x001/x234/067`, `<level>/067.p/112`.

use crate::audit::tree::{TILE_WIDTH, TileRef};

/// The tile of an address, after `tile/`; `None` if it is not written in the one way there is.
pub fn tile_of(level: &str, path: &str) -> Option<TileRef> {
    let number = |text: &str| {
        let n: u64 = text.parse().ok()?;
        (n.to_string() == text).then_some(n)
    };
    let level = u32::try_from(number(level).filter(|level| *level <= 7)?).ok()?;
    let (index, width) = match path.split_once(".p/") {
        Some((index, width)) => (
            index,
            number(width).filter(|w| (1..TILE_WIDTH).contains(w))?,
        ),
        None => (path, TILE_WIDTH),
    };
    let parts: Vec<&str> = index.split('/').collect();
    let mut n: u64 = 0;
    for (i, part) in parts.iter().enumerate() {
        let is_last = i + 1 == parts.len();
        let digits = match is_last {
            true => part,
            false => part.strip_prefix('x')?,
        };
        if digits.len() != 3 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        n = n.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
    }
    (path_of(n) == index).then_some(TileRef {
        level,
        index: n,
        width,
    })
}

/// The index as addresses write it.
fn path_of(mut index: u64) -> String {
    let mut path = format!("{:03}", index % 1000);
    while index >= 1000 {
        index /= 1000;
        path = format!("x{:03}/{path}", index % 1000);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_has_one_address() {
        let tile = |level, index, width| {
            Some(TileRef {
                level,
                index,
                width,
            })
        };
        assert_eq!(tile_of("0", "x001/x234/067"), tile(0, 1_234_067, 256));
        assert_eq!(tile_of("1", "000.p/17"), tile(1, 0, 17));
        assert_eq!(tile_of("0", "999"), tile(0, 999, 256));
        assert_eq!(tile_of("0", "x001/000"), tile(0, 1000, 256));
        for (level, path) in [
            ("00", "000"),
            ("8", "000"),
            ("entries", "000"),
            ("0", "0"),
            ("0", "x000/000"),
            ("0", "001/000"),
            ("0", "x001"),
            ("0", "000.p/0"),
            ("0", "000.p/256"),
            ("0", "000.p/01"),
            ("0", "000.p/"),
            ("0", ""),
            ("-1", "000"),
            ("0", "x999/x999/x999/x999/x999/x999/x999/999"),
        ] {
            assert_eq!(tile_of(level, path), None, "{level}/{path}");
        }
    }
}
