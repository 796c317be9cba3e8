//! Stylesheets, scripts and pictures of the interface: inside the binary, named by their hash, so
//! that a browser asks for each once.

use std::collections::HashMap;
use std::sync::OnceLock;

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderValue};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use crate::compress::{Encoding, accepted, brotli, gzip};

/// Brotli's effort for assets: they are compressed once in the life of the process.
const BROTLI_QUALITY: u32 = 9;

#[derive(RustEmbed)]
#[folder = "../../assets/dist/"]
struct Dist;

/// One file of the interface.
pub struct Asset {
    url: String,
    media_type: &'static str,
    bytes: Bytes,
    gzip: OnceLock<Option<Bytes>>,
    brotli: OnceLock<Option<Bytes>>,
}

/// All files of the interface, by name.
pub struct Assets {
    by_name: HashMap<String, Asset>,
    by_url: HashMap<String, String>,
}

impl Assets {
    /// The files that were built into the binary.
    pub fn embedded() -> Self {
        let mut by_name = HashMap::new();
        let mut by_url = HashMap::new();
        for name in Dist::iter() {
            let Some(file) = Dist::get(&name) else {
                continue;
            };
            let hash = hex::encode(&Sha256::digest(&file.data)[..6]);
            let url = match name.rsplit_once('.') {
                Some((stem, ending)) => format!("/assets/{stem}.{hash}.{ending}"),
                None => format!("/assets/{name}.{hash}"),
            };
            by_url.insert(url.clone(), name.to_string());
            let asset = Asset {
                url,
                media_type: media_type(&name),
                bytes: Bytes::from(file.data.into_owned()),
                gzip: OnceLock::new(),
                brotli: OnceLock::new(),
            };
            by_name.insert(name.to_string(), asset);
        }
        Self { by_name, by_url }
    }

    /// The address of a file; an unknown name is an address that answers 404.
    pub fn url(&self, name: &str) -> &str {
        self.by_name
            .get(name)
            .map_or("/assets/missing", |asset| asset.url.as_str())
    }

    /// The bytes of a file, for captures that must stand alone.
    pub fn bytes(&self, name: &str) -> Option<&Bytes> {
        self.by_name.get(name).map(|asset| &asset.bytes)
    }
}

/// The file at an address, in the best encoding; none if there is no such file.
pub fn asset_response(assets: &Assets, path: &str, asked: &HeaderMap) -> Option<Response> {
    let asset = assets.by_name.get(assets.by_url.get(path)?)?;
    let is_text = asset.media_type.starts_with("text/") || asset.media_type.contains("svg");
    let (encoding, bytes) = match accepted(asked) {
        Encoding::Brotli if is_text => (
            Encoding::Brotli,
            asset
                .brotli
                .get_or_init(|| brotli(&asset.bytes, BROTLI_QUALITY))
                .clone(),
        ),
        Encoding::Gzip if is_text => (
            Encoding::Gzip,
            asset.gzip.get_or_init(|| gzip(&asset.bytes)).clone(),
        ),
        _ => (Encoding::Identity, None),
    };
    let (encoding, bytes) = match bytes {
        Some(bytes) => (encoding, bytes),
        None => (Encoding::Identity, asset.bytes.clone()),
    };
    let mut answer = Response::new(Body::from(bytes));
    let headers = answer.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(asset.media_type),
    );
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(word) = encoding.word() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(word));
    }
    Some(answer)
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
