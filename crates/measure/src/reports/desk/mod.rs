//! Staff pages of reports: one file per page, its template beside it.

pub mod check_show;
pub mod difference_list;
mod document_view;
pub mod figure_show;
pub mod form_list;
pub mod form_show;
pub mod period_list;
pub mod report_file;
pub mod report_list;
pub mod report_show;
pub mod statistic_list;
pub mod template_edit;
pub mod words_edit;
pub mod years_show;

use axum::body::Body;
use axum::response::Response;
use base::calendar::{date_line, date_line_en};
use http::HeaderValue;
use http::header;
use web::{Frame, Lang, Say};

use super::report_store::Report;
use super::report_words;

/// The frame of a page below a report.
fn report_frame(frame: Frame, report: &Report) -> Frame {
    let list = frame.t("nav-reports");
    let period = report_words::period(&frame.say, &report.figures.window);
    frame
        .under(list, "/desk/reports")
        .under(period, format!("/desk/reports/{}", report.id))
}

/// A moment as the desk shows it, in the reader's language.
fn moment(say: &Say, ms: i64) -> String {
    let at = jiff::Timestamp::from_millisecond(ms).unwrap_or_default();
    match say.lang {
        Lang::Vi => date_line(at),
        Lang::En => date_line_en(at),
    }
}

/// An answer that the browser saves under a name of plain letters.
fn download(body: Body, media_type: &'static str, name: &str) -> Response {
    let mut answer = Response::new(body);
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    answer
}
