//! What a picture looks like, in 128 bits: the same picture saved anew, smaller, or cut a little at
//! its edges has nearly the same bits; another picture has others.
//!
//! Two views are taken of a small grey copy: the signs of its slow changes (a cosine transform), and
//! whether each part is brighter than its neighbour. A page of one colour looks like every other and
//! gets no bits. Pure: bytes in, bits out; nothing larger than the limits is decoded.

use std::fmt;
use std::io::Cursor;
use std::str::FromStr;

use image::imageops::{FilterType, resize};
use image::{DynamicImage, GrayImage, ImageDecoder, ImageError, ImageReader, Limits};

use crate::files::image::PIXELS_MAX;

/// Most bytes that decoding may take: 40 million pixels of four bytes, and some room.
const DECODE_BYTES_MAX: u64 = 192 * 1024 * 1024;
/// Most pixels along an edge.
const EDGE_MAX: u32 = 20_000;
/// Edge of the grey copy that is transformed.
const EDGE: usize = 32;
/// Edge of the block of slow changes that is kept.
const SLOW: usize = 8;
/// Below this spread of brightness (0 to 255) a picture shows nothing.
const SPREAD_MIN: f64 = 3.0;
/// Most differing bits, of 64 slow ones, between copies of a picture.
const SLOW_BITS_MAX: u32 = 12;
/// Most differing bits of all 128 between copies of a picture.
const BITS_MAX: u32 = 26;

/// Why a picture cannot be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unseen {
    /// Its bytes are no picture, or break off.
    Broken,
    /// Decoding it would take more than the limits.
    TooLarge,
}

impl From<ImageError> for Unseen {
    fn from(error: ImageError) -> Self {
        match error {
            ImageError::Limits(_) => Unseen::TooLarge,
            _ => Unseen::Broken,
        }
    }
}

/// What a picture looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Picture {
    slow: u64,
    steps: u64,
}

impl Picture {
    /// What these bytes look like; `None` for a picture that shows nothing.
    ///
    /// # Errors
    /// The bytes are no picture that can be decoded within the limits.
    pub fn of(bytes: &[u8]) -> Result<Option<Self>, Unseen> {
        let mut reader = ImageReader::new(Cursor::new(bytes))
            .with_guessed_format()
            .map_err(|_| Unseen::Broken)?;
        reader.limits(limits());
        let mut decoder = reader.into_decoder()?;
        let (width, height) = decoder.dimensions();
        if u64::from(width) * u64::from(height) > PIXELS_MAX {
            return Err(Unseen::TooLarge);
        }
        decoder.set_limits(limits())?;
        let decoded = DynamicImage::from_decoder(decoder)?;
        // Averages first: the filter then works on a small copy, whatever came.
        let grey = decoded.thumbnail_exact(256, 256).into_luma8();
        Ok(Self::of_grey(&grey))
    }

    fn of_grey(grey: &GrayImage) -> Option<Self> {
        let edge = EDGE as u32;
        let small = resize(grey, edge, edge, FilterType::Triangle);
        let light: Vec<f64> = small.pixels().map(|pixel| f64::from(pixel.0[0])).collect();
        let mean = light.iter().sum::<f64>() / light.len() as f64;
        let spread = light.iter().map(|l| (l - mean).powi(2)).sum::<f64>() / light.len() as f64;
        if spread.sqrt() < SPREAD_MIN {
            return None;
        }
        Some(Self {
            slow: slow_changes(&light),
            steps: steps(grey),
        })
    }

    /// Whether the two are copies of one picture.
    pub fn is_like(&self, other: &Self) -> bool {
        (self.slow ^ other.slow).count_ones() <= SLOW_BITS_MAX && self.distance(other) <= BITS_MAX
    }

    /// How many of the 128 bits differ.
    pub fn distance(&self, other: &Self) -> u32 {
        (self.slow ^ other.slow).count_ones() + (self.steps ^ other.steps).count_ones()
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(EDGE_MAX);
    limits.max_image_height = Some(EDGE_MAX);
    limits.max_alloc = Some(DECODE_BYTES_MAX);
    limits
}

/// The signs of the slowest changes against their median, without the mean brightness.
fn slow_changes(light: &[f64]) -> u64 {
    let waves: Vec<[f64; EDGE]> = (0..SLOW).map(wave).collect();
    let mut found = Vec::with_capacity(SLOW * SLOW);
    for down in &waves {
        for across in &waves {
            let sum: f64 = (0..EDGE * EDGE)
                .map(|at| light[at] * down[at / EDGE] * across[at % EDGE])
                .sum();
            found.push(sum);
        }
    }
    // The first is the mean brightness, which a re-save changes at will.
    found[0] = 0.0;
    let mut sorted = found.clone();
    sorted.sort_by(f64::total_cmp);
    let median = (sorted[31] + sorted[32]) / 2.0;
    bits(found.iter().map(|value| *value > median))
}

fn wave(n: usize) -> [f64; EDGE] {
    std::array::from_fn(|at| {
        let turn = std::f64::consts::PI * (at as f64 + 0.5) * n as f64 / EDGE as f64;
        turn.cos()
    })
}

/// Whether each of 8 by 8 parts is brighter than the one to its left.
fn steps(grey: &GrayImage) -> u64 {
    let small = resize(grey, 9, 8, FilterType::Triangle);
    let at = |x: u32, y: u32| small.get_pixel(x, y).0[0];
    bits((0..64).map(|n| at(n % 8 + 1, n / 8) > at(n % 8, n / 8)))
}

fn bits(all: impl Iterator<Item = bool>) -> u64 {
    all.fold(0, |bits, is_set| bits << 1 | u64::from(is_set))
}

impl fmt::Display for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}{:016x}", self.slow, self.steps)
    }
}

/// A text that is not 32 digits of base 16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoPicture;

impl FromStr for Picture {
    type Err = NoPicture;

    fn from_str(text: &str) -> Result<Self, NoPicture> {
        let half = |range| {
            let digits: &str = text.get(range).ok_or(NoPicture)?;
            u64::from_str_radix(digits, 16).map_err(|_| NoPicture)
        };
        // A number may begin with a sign; a picture may not.
        if text.len() != 32 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(NoPicture);
        }
        Ok(Self {
            slow: half(0..16)?,
            steps: half(16..32)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::codecs::jpeg::JpegEncoder;
    use image::{ImageFormat, Rgb, RgbImage};
    use proptest::prelude::*;

    /// A made-up scene: a sky, a ground, and some bright and dark bodies, all from one number.
    fn scene(seed: u64) -> DynamicImage {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut next = |n: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % n
        };
        let (width, height) = (240, 160);
        let (top, bottom) = (120 + next(120), 20 + next(100));
        let bodies: Vec<[f64; 4]> = (0..9)
            .map(|_| {
                [
                    next(240) as f64,
                    next(160) as f64,
                    10.0 + next(35) as f64,
                    next(200) as f64 - 100.0,
                ]
            })
            .collect();
        let picture = RgbImage::from_fn(width, height, |x, y| {
            let sky = top as f64 + (bottom as f64 - top as f64) * f64::from(y) / f64::from(height);
            let light = bodies.iter().fold(sky, |light, [bx, by, size, power]| {
                let far = (f64::from(x) - bx).powi(2) + (f64::from(y) - by).powi(2);
                light + power * (-far / (2.0 * size * size)).exp()
            });
            let light = light.clamp(0.0, 255.0) as u8;
            Rgb([light, light.saturating_sub(12), light.saturating_add(9)])
        });
        DynamicImage::ImageRgb8(picture)
    }

    fn saved(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        picture.write_to(&mut out, format).unwrap();
        out.into_inner()
    }

    fn jpeg(picture: &DynamicImage, quality: u8) -> Vec<u8> {
        let mut out = Vec::new();
        let encoder = JpegEncoder::new_with_quality(&mut out, quality);
        picture.to_rgb8().write_with_encoder(encoder).unwrap();
        out
    }

    fn looks(bytes: &[u8]) -> Picture {
        Picture::of(bytes).unwrap().unwrap()
    }

    #[test]
    fn a_picture_saved_anew_smaller_or_cut_a_little_is_the_same_picture() {
        for seed in 1..10 {
            let first = scene(seed);
            let own = looks(&saved(&first, ImageFormat::Png));
            let smaller = first.resize_exact(120, 80, FilterType::CatmullRom);
            let larger = first.resize_exact(480, 320, FilterType::Lanczos3);
            let copies = [
                ("good jpeg", jpeg(&first, 90)),
                ("poor jpeg", jpeg(&first, 35)),
                ("half as large", jpeg(&smaller, 80)),
                ("twice as large", saved(&larger, ImageFormat::Png)),
                ("cut all round", jpeg(&first.crop_imm(4, 3, 232, 154), 85)),
                ("cut on one side", jpeg(&first.crop_imm(0, 0, 232, 160), 85)),
                ("brighter", jpeg(&first.brighten(8), 85)),
                ("as gif", saved(&first, ImageFormat::Gif)),
                ("as webp", saved(&first, ImageFormat::WebP)),
            ];
            for (name, bytes) in copies {
                let copy = looks(&bytes);
                assert!(
                    own.is_like(&copy),
                    "{seed} {name}: {} bits",
                    own.distance(&copy)
                );
            }
        }
    }

    #[test]
    fn different_pictures_are_not_taken_for_copies() {
        let all: Vec<Picture> = (1..50).map(|seed| looks(&jpeg(&scene(seed), 80))).collect();
        let mut pairs = 0;
        let mut alike = Vec::new();
        for (i, one) in all.iter().enumerate() {
            for (k, other) in all.iter().enumerate().skip(i + 1) {
                pairs += 1;
                if one.is_like(other) {
                    alike.push((i, k, one.distance(other)));
                }
            }
        }
        assert!(pairs > 1_000);
        assert_eq!(alike, []);
    }

    #[test]
    fn an_empty_page_looks_like_nothing_and_no_bytes_panic() {
        let white = DynamicImage::ImageRgb8(RgbImage::from_pixel(200, 300, Rgb([250, 250, 250])));
        assert_eq!(Picture::of(&saved(&white, ImageFormat::Png)), Ok(None));
        let whole = jpeg(&scene(3), 60);
        for n in (0..whole.len()).step_by(257) {
            let _ = Picture::of(&whole[..n]);
        }
        assert_eq!(Picture::of(b"%PDF-1.7"), Err(Unseen::Broken));
    }

    #[test]
    fn a_picture_that_claims_to_be_huge_is_not_decoded() {
        let mut bytes = saved(&scene(1), ImageFormat::Png);
        // The head says 16,000 by 16,000, and its sum is made to fit.
        bytes[16..24].copy_from_slice(&[0, 0, 0x3e, 0x80, 0, 0, 0x3e, 0x80]);
        let mut sum = flate2::Crc::new();
        sum.update(&bytes[12..29]);
        bytes[29..33].copy_from_slice(&sum.sum().to_be_bytes());
        assert_eq!(Picture::of(&bytes), Err(Unseen::TooLarge));
    }

    proptest! {
        #[test]
        fn what_was_written_down_is_read_back(slow: u64, steps: u64) {
            let picture = Picture { slow, steps };
            prop_assert_eq!(picture.to_string().parse(), Ok(picture));
            prop_assert!(picture.is_like(&picture));
        }

        #[test]
        fn no_text_is_read_as_a_picture_by_mistake(text in "\\PC{0,40}") {
            if let Ok(found) = text.parse::<Picture>() {
                prop_assert_eq!(found.to_string(), text.to_lowercase());
            }
        }
    }
}
