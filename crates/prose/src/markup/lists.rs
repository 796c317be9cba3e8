//! What begins an item.

/// A bullet, or the number of an item, and how many bytes it takes with the blank behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// `None` is a bullet.
    pub number: Option<u32>,
    pub width: usize,
}

/// The mark at the beginning of a line without margin.
pub(super) fn mark(line: &str) -> Option<Mark> {
    let (number, width) = match number_width(line) {
        Some(width) => (Some(line.get(..width - 1)?.parse().ok()?), width),
        None if line.starts_with(['-', '*', '+']) => (None, 1),
        None => return None,
    };
    match line.as_bytes().get(width) {
        None => Some(Mark { number, width }),
        Some(b' ') => Some(Mark {
            number,
            width: width + 1,
        }),
        Some(_) => None,
    }
}

/// Width of `12.` or `12)` at the beginning of a line.
pub(super) fn number_width(line: &str) -> Option<usize> {
    let n_digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let is_number = (1..=9).contains(&n_digits);
    let has_sign = matches!(line.as_bytes().get(n_digits), Some(b'.' | b')'));
    (is_number && has_sign).then_some(n_digits + 1)
}
