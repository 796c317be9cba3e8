//! A code that machines read (QR) and the pictures of it: one path for vectors, a PNG for DOCX.

use std::io::Write;

use base::Fault;
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use qrcode::{Color, EcLevel, QrCode};

/// Light modules round the code, by which scanners find it (ISO/IEC 18004).
pub(crate) const QUIET: usize = 4;
/// Dots of a module in a picture: sharp at the size of print.
const SCALE: usize = 6;

/// A code: its modules, row by row, without the quiet zone.
pub(crate) struct Code {
    /// Modules of a side.
    pub width: usize,
    dark: Vec<bool>,
}

impl Code {
    /// The code of a text; a fifth of it may be dirty and it still reads.
    ///
    /// # Faults
    /// The text is longer than a code holds (some 2,300 bytes).
    pub(crate) fn of(text: &str) -> Result<Self, Fault> {
        let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M)
            .map_err(|error| Fault::new(format!("a code of {} bytes: {error}", text.len())))?;
        Ok(Self {
            width: code.width(),
            dark: code
                .to_colors()
                .into_iter()
                .map(|color| color == Color::Dark)
                .collect(),
        })
    }

    fn is_dark(&self, row: usize, column: usize) -> bool {
        self.dark.get(row * self.width + column) == Some(&true)
    }

    /// Dark stretches of all rows: row, first column, columns.
    pub(crate) fn stretches(&self) -> Vec<(usize, usize, usize)> {
        let mut found = Vec::new();
        for row in 0..self.width {
            let mut column = 0;
            while column < self.width {
                let length = (column..self.width)
                    .take_while(|at| self.is_dark(row, *at))
                    .count();
                if length > 0 {
                    found.push((row, column, length));
                }
                column += length.max(1);
            }
        }
        found
    }

    /// A black and white PNG with the quiet zone.
    ///
    /// # Faults
    /// Memory refuses; nothing else.
    pub(crate) fn png(&self) -> Result<Vec<u8>, Fault> {
        let side = (self.width + 2 * QUIET) * SCALE;
        let mut rows = Vec::with_capacity(side * (side / 8 + 2));
        for y in 0..side {
            // The filter of the row: none.
            rows.push(0);
            let mut byte = 0u8;
            for x in 0..side {
                let module = |at: usize| (at / SCALE).checked_sub(QUIET);
                let dark = match (module(y), module(x)) {
                    (Some(row), Some(column)) if column < self.width => self.is_dark(row, column),
                    _ => false,
                };
                byte = (byte << 1) | u8::from(!dark);
                if x % 8 == 7 {
                    rows.push(byte);
                    byte = 0;
                }
            }
            if !side.is_multiple_of(8) {
                rows.push(byte << (8 - side % 8));
            }
        }
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        packed.write_all(&rows)?;
        let packed = packed.finish()?;
        let side = u32::try_from(side).unwrap_or(u32::MAX).to_be_bytes();
        // Width, height, one bit of grey, then the only methods that there are.
        let head = [&side[..], &side[..], &[1, 0, 0, 0, 0]].concat();
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        for (name, bytes) in [(b"IHDR", head), (b"IDAT", packed), (b"IEND", Vec::new())] {
            chunk(&mut png, name, &bytes);
        }
        Ok(png)
    }
}

fn chunk(png: &mut Vec<u8>, name: &[u8; 4], bytes: &[u8]) {
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    png.extend_from_slice(&length.to_be_bytes());
    png.extend_from_slice(name);
    png.extend_from_slice(bytes);
    let mut crc = Crc::new();
    crc.update(name);
    crc.update(bytes);
    png.extend_from_slice(&crc.sum().to_be_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_holds_a_signed_note() {
        let note = format!(
            "loa.example/log\n120\n{}=\n\n— loa.example {}\n",
            "a".repeat(43),
            "b".repeat(92)
        );
        let code = Code::of(&note).unwrap();
        assert!(code.width >= 41, "{}", code.width);
        let corner = |row: usize, column: usize| (0..7).all(|n| code.is_dark(row, column + n));
        assert!(corner(0, 0) && corner(0, code.width - 7) && corner(code.width - 7, 0));
        let dark: usize = code.stretches().iter().map(|(_, _, n)| n).sum();
        assert_eq!(dark, code.dark.iter().filter(|dark| **dark).count());
        assert!(Code::of(&"x".repeat(3000)).is_err());
    }

    #[test]
    fn the_picture_is_a_png_whose_rows_are_the_code() {
        let code = Code::of("loa").unwrap();
        let png = code.png().unwrap();
        assert!(png.starts_with(b"\x89PNG\r\n\x1a\n") && png.ends_with(b"IEND\xae\x42\x60\x82"));
        let at = png.windows(4).position(|four| four == b"IDAT").unwrap();
        let mut rows = Vec::new();
        std::io::Read::read_to_end(
            &mut flate2::read::ZlibDecoder::new(&png[at + 4..]),
            &mut rows,
        )
        .unwrap();
        let side = (code.width + 2 * QUIET) * SCALE;
        let row_bytes = side.div_ceil(8) + 1;
        assert_eq!(rows.len(), side * row_bytes);
        let is_light =
            |y: usize, x: usize| (rows[y * row_bytes + 1 + x / 8] >> (7 - x % 8)) & 1 == 1;
        assert!(is_light(0, 0), "the quiet zone");
        assert!(!is_light(QUIET * SCALE, QUIET * SCALE), "the first corner");
    }
}
