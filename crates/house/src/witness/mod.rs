//! Who keeps watch over the log (*nhật ký*), and the pages of it: witnesses, proofs for anybody, the
//! alarm when the database was put back, and what staff read of past acts.
//!
//! It serves the administrator and the director, who are told first; the appraiser, who reads and
//! proves; and any stranger with a report in hand, who checks its checkpoint at `/kiem-chung`. Its
//! words: *bên chứng kiến* (witness), *mốc ký* (checkpoint), *chữ ký chứng kiến* (cosignature). Its
//! forms: C2SP tlog-tiles, tlog-witness, tlog-cosignature; Decree 13/2023/NĐ-CP gives people the
//! right to have what is personal erased, which the log honours by erasing a key (`people`).
//!
//! [`watching`] seals and looks, [`asking`] asks other houses, [`serving`] answers them. The entries
//! of the log are not public; its hashes, checkpoints and proofs are.

pub mod address;
pub mod alarm;
mod alarm_store;
mod asking;
mod desk;
pub mod egress;
pub mod keeping;
mod letter;
mod log;
mod portal;
pub mod request;
mod serving;
pub mod tile_path;
mod watching;
mod witness_store;
pub mod witnesses;

use base::{Fault, Role, Roles};
use db::Conn;
use web::{NavItem, Policy, Rate, Route, Warning, WordFile, get, post};

use crate::House;

pub use asking::ask_all;
pub use letter::compose;
pub use log::{Log, LogOptions, Look};
pub use portal::note_check::address_of;
pub use watching::{ALARM_LETTER, look, seal};

/// The words of this feature.
pub const WORDS: WordFile = WordFile {
    name: "witness",
    vi: include_str!("witness.vi.ftl"),
    en: include_str!("witness.en.ftl"),
};

const READERS: &[Role] = &[Role::Administrator, Role::Director, Role::Appraiser];
const ADMINISTRATORS: Policy = Policy::roles(&[Role::Administrator]);

/// Who is told of an alarm on every page of the desk.
pub const WARNED: Roles = Roles::of(&[Role::Administrator, Role::Director]);

/// Where it is found.
pub const NAV: [NavItem; 1] = [NavItem {
    key: "nav-log",
    path: "/desk/log",
    icon: "shield",
    roles: Roles::of(READERS),
}];

/// Every route of this feature.
pub fn routes() -> Vec<Route<House>> {
    let mut routes = desk_routes();
    routes.extend(portal_routes());
    routes
}

fn desk_routes() -> Vec<Route<House>> {
    use desk::{alarm_show, log_list, log_show, witness_edit, witnessed_edit};
    let readers = Policy::roles(READERS);
    vec![
        get("/desk/log", readers, log_list::show),
        get("/desk/log/entries/{id}", readers, log_show::show),
        get("/desk/log/entries/{id}/proof", readers, log_show::proof),
        get("/desk/log/witnesses", readers, witness_edit::show),
        post("/desk/log/witnesses", ADMINISTRATORS, witness_edit::add).act("witness.add"),
        post(
            "/desk/log/witnesses/{id}/removal",
            ADMINISTRATORS,
            witness_edit::remove,
        )
        .act("witness.remove"),
        post("/desk/log/witnessed", ADMINISTRATORS, witnessed_edit::add).act("witnessed.add"),
        post(
            "/desk/log/witnessed/removal",
            ADMINISTRATORS,
            witnessed_edit::remove,
        )
        .act("witnessed.remove"),
        get("/desk/log/alarms/{id}", readers, alarm_show::show),
        get("/desk/log/alarms/{id}/notes", readers, alarm_show::notes),
        post("/desk/log/alarms/{id}", ADMINISTRATORS, alarm_show::settle).act("log.settle"),
    ]
}

fn portal_routes() -> Vec<Route<House>> {
    use portal::{checkpoint, cosigning, note_check, proof, tile};
    vec![
        get("/kiem-chung", Policy::Public, note_check::show),
        post("/kiem-chung", Policy::Public, note_check::check).act("log.check"),
        get("/api/v1/log/checkpoint", Policy::Public, checkpoint::show),
        get(
            "/api/v1/log/tile/{level}/{*index}",
            Policy::Public,
            tile::show,
        ),
        get(
            "/api/v1/log/proof/inclusion",
            Policy::Public,
            proof::inclusion,
        ),
        get(
            "/api/v1/log/proof/consistency",
            Policy::Public,
            proof::consistency,
        ),
        get(
            "/api/v1/log/witnessed",
            Policy::Public,
            cosigning::witnessed,
        ),
        post(
            "/api/v1/log/add-checkpoint",
            Policy::Public,
            cosigning::add_checkpoint,
        )
        .act("witness.cosign")
        .rate(Rate::PublicForm),
    ]
}

/// What administrators and directors see on every page while an alarm is open.
///
/// # Faults
/// The database does not answer.
pub async fn warning(conn: &mut Conn) -> Result<Option<Warning>, Fault> {
    let alarm = alarm_store::open(conn).await?;
    Ok(alarm.map(|alarm| Warning {
        key: match alarm.kind {
            alarm::AlarmKind::RolledBack => "log-warning-rolled-back",
            alarm::AlarmKind::Forked => "log-warning-forked",
        },
        href: format!("/desk/log/alarms/{}", alarm.id),
    }))
}

/// The alarms that nobody has settled, for commands: what is wrong, who remembered, and both notes.
///
/// # Faults
/// The database does not answer.
pub async fn open_alarm(conn: &mut Conn) -> Result<Option<alarm::Alarm>, Fault> {
    alarm_store::open(conn).await
}
