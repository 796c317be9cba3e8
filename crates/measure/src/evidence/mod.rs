//! Evidence at the desk (*minh chứng*): the register of all that was kept, what each piece proves, what is
//! still missing, and packs to hand over.
//!
//! It serves whoever must prove that something was done, the officer who chases what is missing, the head
//! who owes it, and the appraiser, who reads everything and changes nothing. Its words: *loại minh chứng*
//! (kind), *điều được chứng minh* (what it proves), *gói minh chứng* (pack). Its law: evidence is
//! compulsory for each component of the index, or a written explanation (PAR INDEX, 876/QĐ-BNV of 2022,
//! and its provincial guides).
//!
//! A piece and its proof are the house's (`house::evidence`); which kinds an activity must have are the
//! items' (`editorial::items`). What is not here: scoring (rounds), the report itself (reports), the
//! pack's format and its check (house).

mod adding;
mod desk;
pub mod entry;
mod offering;
mod pack;
mod pack_store;
mod pack_writing;
mod register_store;
pub mod rules;
pub mod wish;

use editorial::Editorial;
use web::{NavItem, Policy, Route, WordFile, get, post};

pub use adding::{add, attach_activities, detach_activity, keep_both, withdraw};
pub use offering::take_offers;
pub use pack::{PackKey, Receipt, Scope, Stretch, export_pack};

/// The words of this feature.
pub const WORDS: WordFile = WordFile {
    name: "evidence",
    vi: include_str!("evidence.vi.ftl"),
    en: include_str!("evidence.en.ftl"),
};

/// Where the desk shows it.
pub const NAV: [NavItem; 1] = [NavItem {
    key: "nav-evidence",
    path: "/desk/evidence",
    icon: "shield",
    roles: rules::READERS,
}];

/// Every route of this feature.
///
/// Packs are signed with the log's key: whoever mounts these routes lays an `axum::Extension` of
/// [`PackKey`] over them.
pub fn routes() -> Vec<Route<Editorial>> {
    use desk::{duplicate_list, evidence_list, evidence_new, evidence_show};
    let (readers, adders) = (Policy::Roles(rules::READERS), Policy::Roles(rules::ADDERS));
    let mut routes = vec![
        get("/desk/evidence", readers, evidence_list::show),
        get("/desk/evidence/new", adders, evidence_new::show),
        post("/desk/evidence/new", adders, evidence_new::save).act("evidence.keep"),
        get("/desk/evidence/duplicates", readers, duplicate_list::show),
        get("/desk/evidence/{id}", readers, evidence_show::show),
        post(
            "/desk/evidence/{id}/activities",
            adders,
            evidence_show::attach,
        )
        .act("evidence.attach"),
        post(
            "/desk/evidence/{id}/activities/{activity}/removal",
            adders,
            evidence_show::detach,
        )
        .act("evidence.detach"),
        post(
            "/desk/evidence/{id}/withdrawal",
            adders,
            evidence_show::withdraw,
        )
        .act("evidence.withdraw"),
        post(
            "/desk/evidence/{id}/older/{older}",
            adders,
            evidence_show::keep_both,
        )
        .act("evidence.keep_both"),
    ];
    routes.extend(asking_routes());
    routes
}

/// What is asked for, what is missing, and packs.
fn asking_routes() -> Vec<Route<Editorial>> {
    use desk::{activity_show, missing_list, offer_edit, pack_new};
    let (readers, askers) = (Policy::Roles(rules::READERS), Policy::Roles(rules::ASKERS));
    let (choosers, takers) = (Policy::Roles(rules::CHOOSERS), Policy::Roles(rules::TAKERS));
    vec![
        get("/desk/evidence/missing", askers, missing_list::show),
        get("/desk/evidence/missing.csv", askers, missing_list::csv),
        post("/desk/evidence/missing", choosers, missing_list::accept).act("evidence.require"),
        get("/desk/evidence/offers", choosers, offer_edit::show),
        post("/desk/evidence/offers", choosers, offer_edit::save).act("evidence.offer"),
        get(
            "/desk/evidence/activities/{id}",
            readers,
            activity_show::show,
        ),
        post(
            "/desk/evidence/activities/{id}",
            choosers,
            activity_show::save,
        )
        .act("evidence.require"),
        get("/desk/evidence/pack", takers, pack_new::show),
        post("/desk/evidence/pack", takers, pack_new::save).act("evidence.export"),
    ]
}
