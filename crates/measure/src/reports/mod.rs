//! Reports (*báo cáo kỳ*): what a plan came to in a reporting period, with every figure's source.
//!
//! It serves the officer who must report each quarter, the director who signs, heads who are asked,
//! and the appraiser who takes no number on trust. Its words: *kỳ báo cáo* (reporting period), *số
//! liệu* (figures), *sản phẩm* (item, counted once), *lượt đăng* (publication), *minh chứng*
//! (evidence). Its law: Decree 30/2020/NĐ-CP for the layout, văn bản 581/BNV-CCHC for the periods
//! (`base::calendar::period`).
//!
//! A report is made once and frozen: [`Figures`] are stored as JSON, their hash is in the log, and
//! DOCX, PDF, XLSX, HTML, the page of the desk and the evidence pack all come from them. `report`
//! counts, `statistic` classes, `report_paper` writes the document in the words of a `template` and
//! `report_sheet` the whole lists; all are pure. The words of a report ([`Dress`]) may change, as
//! dated versions; `remaking` proves that its figures did not, `differences` tells what became of
//! them since. `periods` are the ministry's and the province's, [`due`] asks which are owed, and
//! `forms` fills what a superior wants filled.
//!
//! What is not here: how far a plan is today (plan), the evidence pack (evidence).

mod desk;
pub mod differences;
pub mod dressing;
mod dressing_store;
pub mod due;
mod figure_list;
mod figure_rows;
pub mod figures;
mod form_store;
pub mod forms;
mod made_store;
mod making;
mod period_store;
pub mod periods;
pub mod remaking;
pub mod report;
mod report_annexes;
mod report_outlook;
mod report_paper;
mod report_results;
mod report_sheet;
mod report_store;
mod report_summary;
mod report_words;
mod source_store;
pub mod statistic;
mod statistic_store;
pub mod template;
mod window;
mod years;
mod years_store;

use base::{Role, Roles};
use documents::paper::Paper;
use editorial::Editorial;
use web::{NavItem, Policy, Route, Say, WordFile, get, post};

pub use dressing::Dress;
pub use due::{DueReport, DueState, due};
pub use figures::Figures;
pub use made_store::{MadeReport, made_in};
pub use making::{Maker, figures_of, make};
pub use periods::PeriodName;
pub use report_paper::Leads;
pub use report_store::{Report, find};
pub use source_store::{PlanLine, plans};
pub use window::Window;

/// The words of this feature.
pub const WORDS: WordFile = WordFile {
    name: "reports",
    vi: include_str!("reports.vi.ftl"),
    en: include_str!("reports.en.ftl"),
};

/// Who reads reports and takes evidence packs.
pub const READERS: Roles = Roles::of(&[Role::Officer, Role::Head, Role::Director, Role::Appraiser]);
/// Who makes reports.
pub const MAKERS: Roles = Roles::of(&[Role::Officer, Role::Director]);

/// Where the desk shows it.
pub const NAV: [NavItem; 1] = [NavItem {
    key: "nav-reports",
    path: "/desk/reports",
    icon: "chart",
    roles: READERS,
}];

/// Every route of this feature.
pub fn routes() -> Vec<Route<Editorial>> {
    use desk::{report_file, report_list, report_show, years_show};
    let (readers, makers) = (Policy::Roles(READERS), Policy::Roles(MAKERS));
    let mut routes = vec![
        get("/desk/reports", readers, report_list::show),
        post("/desk/reports", makers, report_list::make).act("report.make"),
        get("/desk/reports/years", readers, years_show::show),
        get("/desk/reports/{id}", readers, report_show::show),
        get("/desk/reports/{id}/docx", readers, report_file::docx),
        get("/desk/reports/{id}/pdf", readers, report_file::pdf),
        get("/desk/reports/{id}/xlsx", readers, report_file::xlsx),
        get("/desk/reports/{id}/html", readers, report_file::html),
        get("/desk/reports/{id}/json", readers, report_file::json),
    ];
    routes.extend(routes_of_words(readers, makers));
    routes.extend(routes_of_figures(readers, makers));
    routes
}

/// Templates, the words of a report, the check of its form.
fn routes_of_words(readers: Policy, makers: Policy) -> Vec<Route<Editorial>> {
    use desk::{check_show, template_edit, words_edit};
    vec![
        get("/desk/reports/template", makers, template_edit::show),
        post("/desk/reports/template", makers, template_edit::save).act("report.template"),
        get("/desk/reports/{id}/words", makers, words_edit::show),
        post("/desk/reports/{id}/words", makers, words_edit::save).act("report.words"),
        get("/desk/reports/{id}/check", readers, check_show::show),
    ]
}

/// Periods, typed figures, the lists behind figures, forms of superiors.
fn routes_of_figures(readers: Policy, makers: Policy) -> Vec<Route<Editorial>> {
    use desk::{difference_list, figure_show, form_list, form_show, period_list, statistic_list};
    vec![
        get("/desk/reports/periods", readers, period_list::show),
        post("/desk/reports/periods", makers, period_list::save).act("report.period"),
        post(
            "/desk/reports/periods/{id}/remove",
            makers,
            period_list::remove,
        )
        .act("report.period_remove"),
        get("/desk/reports/statistics", readers, statistic_list::show),
        post("/desk/reports/statistics", makers, statistic_list::save).act("report.statistic"),
        post(
            "/desk/reports/statistics/{id}/remove",
            makers,
            statistic_list::remove,
        )
        .act("report.statistic_remove"),
        get("/desk/reports/forms", readers, form_list::show),
        post("/desk/reports/forms", makers, form_list::save).act("report.form"),
        get("/desk/reports/forms/{id}", makers, form_show::show),
        post("/desk/reports/forms/{id}", makers, form_show::save).act("report.form_map"),
        post("/desk/reports/forms/{id}/remove", makers, form_show::remove)
            .act("report.form_remove"),
        get(
            "/desk/reports/{id}/forms/{form}",
            readers,
            form_show::filled,
        ),
        get("/desk/reports/{id}/figures", readers, figure_show::table),
        get(
            "/desk/reports/{id}/figures/{figure}",
            readers,
            figure_show::show,
        ),
        get(
            "/desk/reports/{id}/figures/{figure}/csv",
            readers,
            figure_show::csv,
        ),
        get(
            "/desk/reports/{id}/differences",
            readers,
            difference_list::show,
        ),
    ]
}

/// The report as a neutral document in the language of `say`; the legal form is the Vietnamese one.
pub fn to_paper(say: &Say, figures: &Figures, dress: &Dress) -> Paper {
    report_paper::paper(say, figures, dress, Leads::Public)
}

/// The report as a DOCX file.
///
/// # Faults
/// A table that cannot be set; only a programming error makes one.
pub fn to_docx(say: &Say, figures: &Figures, dress: &Dress) -> Result<Vec<u8>, base::Fault> {
    documents::docx::write(&to_paper(say, figures, dress))
}

/// The report as one HTML page that stands alone.
///
/// # Faults
/// A table that cannot be set; only a programming error makes one.
pub fn to_html(say: &Say, figures: &Figures, dress: &Dress) -> Result<Vec<u8>, base::Fault> {
    documents::html::write(&to_paper(say, figures, dress))
}

/// The report as a PDF file. Takes the time of typesetting: call it where waiting harms nobody.
///
/// # Faults
/// What the typesetter says.
pub fn to_pdf(say: &Say, figures: &Figures, dress: &Dress) -> Result<Vec<u8>, base::Fault> {
    documents::pdf::write(&to_paper(say, figures, dress))
}

/// The whole lists of the report as an XLSX file: every activity, item, publication and piece of
/// evidence, also those that the document only counts.
///
/// # Faults
/// Only a programming error makes one.
pub fn to_xlsx(say: &Say, figures: &Figures) -> Result<Vec<u8>, base::Fault> {
    report_sheet::write(Vec::new(), say, figures)
}

/// The figures as JSON: the very text that is stored and whose hash is in the log.
///
/// # Faults
/// Never with figures that were made here.
pub fn to_json(of: &Figures) -> Result<String, base::Fault> {
    figures::to_json(of)
}

/// What a file of these figures is called when it is saved: `bao-cao-stp-2023-q1.pdf`.
pub fn file_name(figures: &Figures, what: &str, ending: &str) -> String {
    let period = match figures.window.period.as_str() {
        "" => format!("{}-{}", figures.window.first, figures.window.last),
        period => period.to_lowercase(),
    };
    let agency = base::text::slug(&figures.agency.symbol);
    format!("{what}-{agency}-{period}.{ending}")
}
