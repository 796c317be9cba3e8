//! Published indices (*chỉ số đã công bố*): what others measured and published about the province and
//! the agency, year by year, each value with the document that says so.
//!
//! It serves the officer who is asked how the numbers moved, the public who look them up, and the
//! criteria that score by them. Its words: *chỉ số* (index), *kết quả* (result), *chỉ số thành phần*
//! (component). Its law: the decisions by which each index is made (892/QĐ-BNV of 2024 for PAR INDEX,
//! 1001/QĐ-BNV of 2023 for SIPAS, 766/QĐ-TTg of 2022), named in the data; the list is open.
//!
//! What an official body published and what the agency surveyed itself are told apart everywhere.
//! Values of bodies that were merged are never added up: each stays in its own line, and the merger
//! is told (`line`, pure; the picture is that of the reports, `chart`).
//!
//! What is not here: surveys themselves (citizen), scoring by an index (criteria).

pub mod acts;
mod decimal;
mod desk;
pub mod index;
mod index_store;
mod line;
mod portal;
pub mod result_file;
mod view;

use base::{Role, Roles};
use editorial::Editorial;
use web::{Policy, Route, WordFile, get, post};

pub use index_store::{YearValue, bodies, choices, values_of_year};

/// The words of this feature.
pub const WORDS: WordFile = WordFile {
    name: "indices",
    vi: include_str!("indices.vi.ftl"),
    en: include_str!("indices.en.ftl"),
};

/// Who reads them on the desk; everybody reads the public page.
const READERS: Policy = Policy::Roles(Roles::of(&[
    Role::Officer,
    Role::Head,
    Role::Director,
    Role::Appraiser,
    Role::Administrator,
]));
const EDITORS: Policy = Policy::Roles(acts::EDITORS);

/// Every route of this feature.
pub fn routes() -> Vec<Route<Editorial>> {
    use desk::{body_edit, index_edit, index_import, index_list, index_show};
    use desk::{result_add, result_remove};
    use portal::{index_api, index_list as public_list};
    vec![
        get("/chi-so", Policy::Public, public_list::show),
        get("/chi-so/du-lieu.csv", Policy::Public, index_api::csv),
        get("/api/v1/indices", Policy::Public, index_api::show),
        get("/desk/indices", READERS, index_list::show),
        post("/desk/indices", EDITORS, index_list::add).act("index.add"),
        get("/desk/indices/{code}", READERS, index_show::show),
        get("/desk/indices/{code}/edit", EDITORS, index_edit::show),
        post("/desk/indices/{code}/edit", EDITORS, index_edit::save).act("index.edit"),
        post("/desk/indices/{code}/results", EDITORS, result_add::save).act("index.results"),
        post(
            "/desk/indices/{code}/results/{result}/remove",
            EDITORS,
            result_remove::save,
        )
        .act("index.remove_result"),
        post(
            "/desk/indices/{code}/bodies/{body}",
            EDITORS,
            body_edit::save,
        )
        .act("index.body"),
        get("/desk/indices/{code}/import", EDITORS, index_import::show),
        post("/desk/indices/{code}/import", EDITORS, index_import::keep).act("index.read"),
        get(
            "/desk/indices/{code}/import/{file}",
            EDITORS,
            index_import::preview,
        ),
        post(
            "/desk/indices/{code}/import/{file}",
            EDITORS,
            index_import::accept,
        )
        .act("index.results"),
    ]
}
