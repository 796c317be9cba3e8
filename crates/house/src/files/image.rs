//! Images before they are kept: how large they are, and without what a camera wrote about people
//! and places (Exif, GPS, comments). Nothing is decoded here.

use base::Refusal;

use super::sniff;

/// Most pixels of an image: 40 million, more than any page shows.
pub const PIXELS_MAX: u64 = 40_000_000;

/// A checked image.
#[derive(Clone, Debug)]
pub struct Image {
    /// Its bytes without metadata.
    pub bytes: Vec<u8>,
    /// Its type.
    pub media_type: &'static str,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// Checks an image and takes its metadata off.
///
/// # Refusals
/// `image-kind` when it is no PNG, JPEG, WebP or GIF; `image-broken`; `image-too-large`.
pub fn check(bytes: &[u8], field: &'static str) -> Result<Image, Refusal> {
    let (media_type, _) = sniff::kind(bytes);
    let found = match media_type {
        "image/png" => png(bytes),
        "image/jpeg" => jpeg(bytes),
        "image/webp" => webp(bytes),
        "image/gif" => gif(bytes),
        _ => return Err(Refusal::at(field, "image-kind")),
    };
    let (bytes, width, height) = found.ok_or(Refusal::at(field, "image-broken"))?;
    if width == 0 || height == 0 {
        return Err(Refusal::at(field, "image-broken"));
    }
    if u64::from(width) * u64::from(height) > PIXELS_MAX {
        return Err(Refusal::at(field, "image-too-large"));
    }
    Ok(Image {
        bytes,
        media_type,
        width,
        height,
    })
}

type Found = Option<(Vec<u8>, u32, u32)>;

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// Keeps the chunks that make the picture; drops texts, times and Exif.
fn png(bytes: &[u8]) -> Found {
    let (width, height) = (be32(bytes, 16)?, be32(bytes, 20)?);
    if bytes.get(12..16)? != b"IHDR" {
        return None;
    }
    let mut out = bytes.get(..8)?.to_vec();
    let mut at = 8;
    while at < bytes.len() {
        let n = usize::try_from(be32(bytes, at)?).ok()?;
        let end = at.checked_add(12)?.checked_add(n)?;
        let chunk = bytes.get(at..end)?;
        let kind = chunk.get(4..8)?;
        if !matches!(kind, b"tEXt" | b"zTXt" | b"iTXt" | b"eXIf" | b"tIME") {
            out.extend_from_slice(chunk);
        }
        if kind == b"IEND" {
            return Some((out, width, height));
        }
        at = end;
    }
    None
}

/// Keeps the segments that make the picture (and its colour profile); drops Exif, XMP, comments.
fn jpeg(bytes: &[u8]) -> Found {
    let mut out = bytes.get(..2)?.to_vec();
    let mut size = None;
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        if marker == 0xff {
            at += 1;
            continue;
        }
        let n = usize::from(u16::from_be_bytes(
            bytes.get(at + 2..at + 4)?.try_into().ok()?,
        ));
        let segment = bytes.get(at..at.checked_add(2)?.checked_add(n)?)?;
        if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            let word =
                |i: usize| Some(u32::from(*segment.get(i)?) << 8 | u32::from(*segment.get(i + 1)?));
            size = Some((word(7)?, word(5)?));
        }
        let is_metadata = matches!(marker, 0xe1 | 0xe3..=0xed | 0xef | 0xfe);
        if !is_metadata {
            out.extend_from_slice(segment);
        }
        at += 2 + n;
        if marker == 0xda {
            out.extend_from_slice(bytes.get(at..)?);
            let (width, height) = size?;
            return Some((out, width, height));
        }
    }
}

/// Keeps the chunks that make the picture; drops Exif and XMP.
fn webp(bytes: &[u8]) -> Found {
    let mut out = bytes.get(..12)?.to_vec();
    let mut size = None;
    let mut at = 12;
    while at + 8 <= bytes.len() {
        let kind: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
        let n = usize::try_from(le32(bytes, at + 4)?).ok()?;
        let end = at.checked_add(8)?.checked_add(n)?.checked_add(n % 2)?;
        let chunk = bytes.get(at..end.min(bytes.len()))?;
        if size.is_none() {
            size = webp_size(&kind, chunk.get(8..)?);
        }
        if !matches!(&kind, b"EXIF" | b"XMP ") {
            out.extend_from_slice(chunk);
        }
        at = end;
    }
    let n = u32::try_from(out.len().checked_sub(8)?).ok()?;
    out.get_mut(4..8)?.copy_from_slice(&n.to_le_bytes());
    // The extended header says which metadata follows; there is none any more.
    if out.get(12..16) == Some(b"VP8X") {
        *out.get_mut(20)? &= !0b0000_1100;
    }
    let (width, height) = size?;
    Some((out, width, height))
}

fn webp_size(kind: &[u8; 4], body: &[u8]) -> Option<(u32, u32)> {
    let le24 = |at: usize| {
        let b = body.get(at..at + 3)?;
        Some(u32::from(b[0]) | u32::from(b[1]) << 8 | u32::from(b[2]) << 16)
    };
    match kind {
        b"VP8X" => Some((le24(4)? + 1, le24(7)? + 1)),
        b"VP8L" => {
            let bits = le32(body, 1)?;
            Some(((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
        }
        b"VP8 " => {
            let word = |at: usize| {
                Some(u32::from(u16::from_le_bytes(
                    body.get(at..at + 2)?.try_into().ok()?,
                )))
            };
            Some((word(6)? & 0x3fff, word(8)? & 0x3fff))
        }
        _ => None,
    }
}

/// A GIF holds no camera's words; it is kept as it is.
fn gif(bytes: &[u8]) -> Found {
    let word = |at: usize| {
        Some(u32::from(u16::from_le_bytes(
            bytes.get(at..at + 2)?.try_into().ok()?,
        )))
    };
    Some((bytes.to_vec(), word(6)?, word(8)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A JPEG of 2 by 3 pixels as far as its segments go, with an Exif segment.
    fn camera_jpeg() -> Vec<u8> {
        let mut bytes = vec![0xff, 0xd8];
        bytes.extend([0xff, 0xe1, 0, 10]);
        bytes.extend(b"Exif\0\0GP");
        bytes.extend([0xff, 0xc0, 0, 11, 8, 0, 3, 0, 2, 1, 1, 0x11, 0]);
        bytes.extend([0xff, 0xda, 0, 4, 1, 0, 0x12, 0x34, 0xff, 0xd9]);
        bytes
    }

    #[test]
    fn what_a_camera_wrote_about_the_place_is_gone() {
        let image = check(&camera_jpeg(), "image").unwrap();
        assert_eq!((image.width, image.height), (2, 3));
        assert!(!image.bytes.windows(4).any(|window| window == b"Exif"));
        assert!(image.bytes.ends_with(&[0xff, 0xd9]));
    }

    #[test]
    fn broken_and_foreign_files_are_refused_and_nothing_panics() {
        assert_eq!(
            check(b"<svg/>", "image").unwrap_err(),
            Refusal::at("image", "image-kind")
        );
        let whole = camera_jpeg();
        for n in 0..whole.len() {
            let _ = check(&whole[..n], "image");
        }
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff";
        assert!(check(png, "image").is_err());
    }
}
