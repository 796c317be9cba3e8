//! Proofs as JSON: that a leaf is in the log of a size, that the log of one size begins with that of
//! another. The hashes are those of RFC 6962, in base64.

use axum::extract::{Query, State};
use base::{Error, Refusal};
use db::Conn;
use http::header::HeaderValue;
use serde::Deserialize;
use serde_json::{Value, json};
use web::Page;

use super::{FOREVER, SECONDS, answer};
use crate::House;
use crate::audit::tree::Hash;
use crate::audit::{audit_store, prove_consistency, prove_leaf, root_at};

/// Which leaf, and in the log of which size; without one, in that of today.
#[derive(Debug, Default, Deserialize)]
pub struct Leaf {
    leaf: Option<u64>,
    size: Option<u64>,
}

/// `GET /api/v1/log/proof/inclusion?leaf=&size=`
///
/// # Refusals
/// Not found: no such leaf, or the log is not so long.
pub async fn inclusion(State(house): State<House>, Query(asked): Query<Leaf>) -> Page {
    let mut read = house.db.read().await?;
    let leaf = asked.leaf.ok_or(Refusal::NotFound)?;
    let size = size(&mut read, asked.size).await?;
    let found = audit_store::leaf_hash_at(&mut read, leaf).await?;
    let proof = prove_leaf(&mut read, leaf, size).await?;
    let (Some(hash), Some(proof)) = (found, proof) else {
        return Err(Refusal::NotFound.into());
    };
    let body = json!({
        "origin": house.log.key().verifier().name(),
        "leaf_index": leaf,
        "leaf_hash": hash.to_base64(),
        "tree_size": size,
        "root": root_at(&mut read, size).await?.to_base64(),
        "hashes": hashes(&proof),
    });
    Ok(json_answer(asked.size.is_some(), &body))
}

/// From which size to which; without the second, to that of today.
#[derive(Debug, Default, Deserialize)]
pub struct Sizes {
    from: Option<u64>,
    to: Option<u64>,
}

/// `GET /api/v1/log/proof/consistency?from=&to=`
///
/// # Refusals
/// Not found: the log is not so long, or the first size is the larger.
pub async fn consistency(State(house): State<House>, Query(asked): Query<Sizes>) -> Page {
    let mut read = house.db.read().await?;
    let from = asked.from.ok_or(Refusal::NotFound)?;
    let to = size(&mut read, asked.to).await?;
    let Some(proof) = prove_consistency(&mut read, from, to).await? else {
        return Err(Refusal::NotFound.into());
    };
    let body = json!({
        "origin": house.log.key().verifier().name(),
        "from": from,
        "from_root": root_at(&mut read, from).await?.to_base64(),
        "to": to,
        "to_root": root_at(&mut read, to).await?.to_base64(),
        "hashes": hashes(&proof),
    });
    Ok(json_answer(asked.to.is_some(), &body))
}

async fn size(conn: &mut Conn, asked: Option<u64>) -> Result<u64, Error> {
    let now = audit_store::head_size(conn).await?;
    match asked.unwrap_or(now) {
        size if size <= now => Ok(size),
        _ => Err(Refusal::NotFound.into()),
    }
}

fn hashes(proof: &[Hash]) -> Vec<String> {
    proof.iter().map(|hash| hash.to_base64()).collect()
}

fn json_answer(is_fixed: bool, body: &Value) -> axum::response::Response {
    let cached: HeaderValue = if is_fixed { FOREVER } else { SECONDS };
    answer("application/json", cached, body.to_string())
}
