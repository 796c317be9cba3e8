//! We as a log: every witness is asked to cosign our newest checkpoint, also when there is nothing
//! new, because its answer is how a house learns that its own database was put back.

use base::Fault;
use http::StatusCode;

use super::address::Address;
use super::log::Known;
use super::request::Request;
use super::watching;
use super::witness_store;
use super::witnesses::{Answer, Witness};
use crate::House;
use crate::audit::{self, Checkpoint, SignedNote, audit_store};

/// How often a request is made anew with the size that the witness names.
const TRIES: usize = 3;

/// Asks every witness, one after the other; what each says is kept in its row.
///
/// # Faults
/// The database refuses. A witness that cannot be reached is no fault of ours.
pub async fn ask_all(house: &House) -> Result<(), Fault> {
    let witnesses = witness_store::list(&mut *house.db.read().await?).await?;
    for witness in witnesses {
        ask(house, &witness).await?;
    }
    Ok(())
}

/// Asks one witness.
///
/// # Faults
/// As [`ask_all`].
pub async fn ask(house: &House, witness: &Witness) -> Result<(), Fault> {
    let Some(answer) = answer_of(house, witness).await? else {
        return Ok(());
    };
    let mut act = house.db.act().await?;
    witness_store::save_answer(&mut act, witness.id, &answer, house.clock.now_ms()).await?;
    act.commit().await?;
    if matches!(answer, Answer::Ahead(_) | Answer::Refused) {
        compare(house, witness).await?;
    }
    Ok(())
}

/// What the witness says to our newest checkpoint; `None` while there is none.
async fn answer_of(house: &House, witness: &Witness) -> Result<Option<Answer>, Fault> {
    let Some(to) = Address::of(&witness.url) else {
        return Ok(Some(Answer::Silent("address".to_owned())));
    };
    let mut old_size = witness.size;
    for _ in 0..TRIES {
        let Some((head, request)) = request(house, old_size).await? else {
            return Ok(None);
        };
        let egress = &house.log.options().egress;
        let body = request.to_body();
        let answered = match egress.post(&to, "/add-checkpoint", body).await {
            Ok(answered) => answered,
            Err(fault) => return Ok(Some(Answer::Silent(fault.to_string()))),
        };
        let said = || Answer::Silent(answered.status.as_u16().to_string());
        let answer = match answered.status {
            StatusCode::OK => {
                let text = head.checkpoint.to_text();
                match witness.key.find(&text, &answered.text) {
                    Some((line, _)) => Answer::Cosigned {
                        size: head.checkpoint.size,
                        line,
                    },
                    None => Answer::Stranger,
                }
            }
            StatusCode::NOT_FOUND | StatusCode::FORBIDDEN => Answer::Stranger,
            StatusCode::UNPROCESSABLE_ENTITY => Answer::Refused,
            StatusCode::CONFLICT => match answered.text.trim().parse::<u64>() {
                Ok(size) if size > head.checkpoint.size => {
                    // Another node of ours may have sealed and asked in between.
                    match newest(house).await? {
                        Some(now) if now.checkpoint.size >= size => {
                            old_size = size;
                            continue;
                        }
                        _ => Answer::Ahead(size),
                    }
                }
                Ok(size) if size == old_size => Answer::Refused,
                Ok(size) => {
                    old_size = size;
                    continue;
                }
                Err(_) => said(),
            },
            _ => said(),
        };
        return Ok(Some(answer));
    }
    Ok(Some(Answer::Silent("409".to_owned())))
}

async fn newest(house: &House) -> Result<Option<Known>, Fault> {
    let note = audit_store::newest_checkpoint(&mut *house.db.read().await?).await?;
    Ok(note.and_then(|note| house.log.open(&note)))
}

/// Our newest checkpoint, with the proof that it continues the one of this size.
async fn request(house: &House, old_size: u64) -> Result<Option<(Known, Request)>, Fault> {
    let Some(head) = newest(house).await? else {
        return Ok(None);
    };
    let size = head.checkpoint.size;
    let mut read = house.db.read().await?;
    // A witness that knows more than there is gets no proof, and says how much it knows. A log whose
    // leaves are gone has no proof either.
    let proof = match old_size {
        0 => Vec::new(),
        old if old > size => Vec::new(),
        old => audit::prove_consistency(&mut read, old, size)
            .await
            .ok()
            .flatten()
            .unwrap_or_default(),
    };
    let request = Request {
        old_size: old_size.min(size),
        proof,
        note: head.note.clone(),
    };
    Ok(Some((head, request)))
}

/// Asks the witness for the checkpoint of ours that it holds, and holds it against the log. Only a
/// note that our own key signed is believed: a witness alone cannot raise an alarm.
async fn compare(house: &House, witness: &Witness) -> Result<(), Fault> {
    let Some(to) = Address::of(&witness.url) else {
        return Ok(());
    };
    let origin = web::encode_query(house.log.key().verifier().name());
    let path = format!("/witnessed?origin={origin}");
    let Ok(answered) = house.log.options().egress.get(&to, &path).await else {
        return Ok(());
    };
    if answered.status != StatusCode::OK {
        return Ok(());
    }
    if let Some(known) = own_note(house, &answered.text) {
        watching::holds(house, &known, witness.key.name()).await?;
    }
    Ok(())
}

/// The checkpoint in a note that others have signed too, with our own signature alone, so that the
/// same checkpoint is the same text from wherever it comes.
pub(super) fn own_note(house: &House, note: &str) -> Option<Known> {
    let checkpoint = Checkpoint::open(note, house.log.key().verifier()).ok()?;
    let single = SignedNote::parse(note)
        .ok()?
        .only(house.log.key().verifier());
    Some(Known {
        checkpoint,
        note: single.to_string(),
    })
}
