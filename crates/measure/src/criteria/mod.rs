//! Criteria sets (*bộ tiêu chí*): what a body is judged by each year, as dated data.
//!
//! It serves the officer who scores the agency, the appraiser who must find the same points, and
//! whoever asks why a point was lost. Its words: *bộ tiêu chí* (criteria set), *lĩnh vực* (area),
//! *tiêu chí* (criterion), *tiêu chí thành phần* (component), *cách chấm* (rule), *cách hiểu*
//! (reading). Its law: the decision of each set, for example 876/QĐ-BNV of 10/11/2022; none is
//! built in, each is data with its number, day and years.
//!
//! `rule`, `scored`, `scoring`, `set`, `source`, `arithmetic` and `rules` are pure. A rule reads as a
//! sentence beside its formula (`sentence`), is versioned with an appraiser's note, and may carry a
//! second reading with its reason; both are always computed ([`Component::score`]). Sums that a
//! table states and its parts do not give are findings, never repaired in silence
//! ([`arithmetic::findings`]).
//!
//! What is not here: the yearly round of scoring, appraising and ranking (rounds); the published
//! indices themselves (indices).

mod acts;
pub mod arithmetic;
pub mod bringing;
mod change_store;
mod comparison;
pub mod criteria_store;
mod desk;
pub mod exact;
pub mod facts;
mod facts_store;
pub mod guide;
pub mod input;
mod input_form;
pub mod print;
pub mod rule;
mod rule_fields;
pub mod rules;
pub mod scored;
mod scoring;
pub mod sentence;
pub mod set;
pub mod set_json;
pub mod set_sheet;
pub mod sheet_reading;
pub mod source;

use editorial::Editorial;
use web::{NavItem, Policy, Route, WordFile, get, post};

pub use acts::{Bringer, copy, put_in_force, store};
pub use facts::Facts;
pub use input::{AnswerCount, Input};
pub use rule::{CheckItem, NoOccasion, Rule, Rung, SurveyOption, Way};
pub use scored::{Answer, Scored, Shown, Step, Total};
pub use set::{
    Area, BothScored, Component, CriteriaSet, Criterion, Example, Reading, SetDetails, SetState,
};
pub use source::Source;

/// The words of this feature.
pub const WORDS: WordFile = WordFile {
    name: "criteria",
    vi: include_str!("criteria.vi.ftl"),
    en: include_str!("criteria.en.ftl"),
};

/// Where the desk shows it, the published indices with it.
pub const NAV: [NavItem; 1] = [NavItem {
    key: "nav-criteria",
    path: "/desk/criteria",
    icon: "list",
    roles: rules::READERS,
}];

const READERS: Policy = Policy::Roles(rules::READERS);
const EDITORS: Policy = Policy::Roles(rules::EDITORS);

/// Every route of this feature.
pub fn routes() -> Vec<Route<Editorial>> {
    let mut routes = set_routes();
    routes.extend(part_routes());
    routes
}

fn set_routes() -> Vec<Route<Editorial>> {
    use desk::{finding_keep, set_compare, set_edit, set_file, set_import, set_list, set_show};
    vec![
        get("/desk/criteria", READERS, set_list::show),
        post("/desk/criteria", EDITORS, set_list::add).act("criteria.add"),
        get("/desk/criteria/import", EDITORS, set_import::show),
        post("/desk/criteria/import", EDITORS, set_import::read).act("criteria.read"),
        get("/desk/criteria/import/{file}", EDITORS, set_import::preview),
        post("/desk/criteria/import/{file}", EDITORS, set_import::accept).act("criteria.add"),
        get("/desk/criteria/template.xlsx", READERS, set_file::template),
        get("/desk/criteria/{set}", READERS, set_show::show),
        get("/desk/criteria/{set}/set.xlsx", READERS, set_file::xlsx),
        get("/desk/criteria/{set}/set.json", READERS, set_file::json),
        get("/desk/criteria/{set}/compare", READERS, set_compare::show),
        get("/desk/criteria/{set}/edit", EDITORS, set_edit::show),
        post("/desk/criteria/{set}/edit", EDITORS, set_edit::save).act("criteria.edit"),
        post("/desk/criteria/{set}/force", EDITORS, set_show::force).act("criteria.force"),
        post("/desk/criteria/{set}/copies", EDITORS, set_show::copy).act("criteria.add"),
        post("/desk/criteria/{set}/remove", EDITORS, set_show::remove).act("criteria.remove"),
        post("/desk/criteria/{set}/findings", EDITORS, finding_keep::save).act("criteria.keep"),
    ]
}

fn part_routes() -> Vec<Route<Editorial>> {
    use desk::{component_edit, component_show, part_edit, rule_edit};
    vec![
        get("/desk/criteria/{set}/parts/new", EDITORS, part_edit::begin),
        post("/desk/criteria/{set}/parts/new", EDITORS, part_edit::add).act("criteria.add_part"),
        get(
            "/desk/criteria/{set}/parts/{part}",
            EDITORS,
            part_edit::show,
        ),
        post(
            "/desk/criteria/{set}/parts/{part}",
            EDITORS,
            part_edit::save,
        )
        .act("criteria.edit_part"),
        post(
            "/desk/criteria/{set}/parts/{part}/remove",
            EDITORS,
            part_edit::remove,
        )
        .act("criteria.remove_part"),
        get(
            "/desk/criteria/{set}/components/{component}",
            READERS,
            component_show::show,
        ),
        get(
            "/desk/criteria/{set}/components/{component}/edit",
            EDITORS,
            component_edit::show,
        ),
        post(
            "/desk/criteria/{set}/components/{component}/edit",
            EDITORS,
            component_edit::save,
        )
        .act("criteria.edit_part"),
        post(
            "/desk/criteria/{set}/components/{component}/remove",
            EDITORS,
            component_edit::remove,
        )
        .act("criteria.remove_part"),
        get(
            "/desk/criteria/{set}/components/{component}/rule",
            EDITORS,
            rule_edit::show,
        ),
        post(
            "/desk/criteria/{set}/components/{component}/rule",
            EDITORS,
            rule_edit::save,
        )
        .act("criteria.rule"),
    ]
}

#[cfg(test)]
mod rule_tests;
