//! Refusals and faults as pages (or as problem details for programs).

use std::sync::Arc;

use askama::Template;
use axum::response::{IntoResponse, Response};
use base::{Error, Fault, Problem, Refusal};
use http::{HeaderValue, StatusCode, header};

use crate::site::Site;
use crate::words::{Lang, Say};

/// What handlers return.
pub type Page = Result<Response, Failure>;

/// A refusal or a fault on its way to becoming a page.
#[derive(Debug)]
pub struct Failure(pub Error);

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

#[derive(Clone)]
struct Carried(Arc<Error>);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut answer = status(&self.0).into_response();
        if let Error::Refusal(Refusal::TooMany { retry_after_s }) = &self.0
            && let Ok(value) = HeaderValue::from_str(&retry_after_s.to_string())
        {
            answer.headers_mut().insert(header::RETRY_AFTER, value);
        }
        answer.extensions_mut().insert(Carried(Arc::new(self.0)));
        answer
    }
}

fn status(error: &Error) -> StatusCode {
    match error {
        Error::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        Error::Refusal(refusal) => match refusal {
            Refusal::NotFound => StatusCode::NOT_FOUND,
            Refusal::Forbidden(_) => StatusCode::FORBIDDEN,
            Refusal::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Refusal::Stale => StatusCode::CONFLICT,
            Refusal::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        },
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    say: Say,
    css: &'a str,
    icon: &'a str,
    status: u16,
    title: String,
    text: String,
    details: Vec<String>,
    number: Option<String>,
}

#[derive(serde::Serialize)]
struct ProblemDetails {
    r#type: &'static str,
    title: String,
    detail: String,
    status: u16,
    code: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<String>,
}

/// Why an answer is no page yet: the failure it carries, or what a reader of addresses and bodies
/// refused in words of its own. No refusal of ours has these two statuses.
fn reason(answer: &Response) -> Option<Arc<Error>> {
    if let Some(Carried(error)) = answer.extensions().get::<Carried>() {
        return Some(error.clone());
    }
    let refusal = match answer.status() {
        StatusCode::BAD_REQUEST => Refusal::NotFound,
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::because("form-too-large"),
        _ => return None,
    };
    Some(Arc::new(refusal.into()))
}

/// Turns a failure into a page in the reader's language; other answers pass through.
pub(crate) fn as_page(site: &Site, lang: Lang, is_api: bool, answer: Response) -> Response {
    let Some(error) = reason(&answer) else {
        return answer;
    };
    let say = site.say(lang);
    let number = match error.as_ref() {
        Error::Fault(fault) => Some(log(site, fault)),
        Error::Refusal(_) => None,
    };
    let (title, text, details) = sentences(&say, &error);
    let (mut parts, _) = answer.into_parts();
    let (kind, body) = if is_api {
        let problem = ProblemDetails {
            r#type: "about:blank",
            title,
            detail: details.first().cloned().unwrap_or(text),
            status: parts.status.as_u16(),
            code: code(&error).to_owned(),
            errors: details,
        };
        (
            "application/problem+json",
            serde_json::to_string(&problem).unwrap_or_default(),
        )
    } else {
        let page = ErrorPage {
            say,
            css: site.assets.url("portal.css"),
            icon: site.assets.url("favicon.svg"),
            status: parts.status.as_u16(),
            title,
            text,
            details,
            number: number.map(|number| say.t1("error-number", "number", number)),
        };
        (
            "text/html; charset=utf-8",
            page.render().unwrap_or_default(),
        )
    };
    parts
        .headers
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, body.into())
}

fn code(error: &Error) -> &'static str {
    match error {
        Error::Refusal(refusal) => refusal.code(),
        Error::Fault(_) => "fault",
    }
}

/// Logs a fault once, here at the edge; the number lets the operator find what a person quotes.
fn log(site: &Site, fault: &Fault) -> String {
    let number = format!("{:X}", site.clock.now_ms());
    tracing::error!(number, %fault, "a request failed");
    number
}

fn sentences(say: &Say, error: &Error) -> (String, String, Vec<String>) {
    let pair = |key: &str| (say.t(&format!("{key}-title")), say.t(key), Vec::new());
    match error {
        Error::Fault(_) => pair("error-fault"),
        Error::Refusal(refusal) => match refusal {
            Refusal::NotFound => pair("error-not-found"),
            Refusal::Forbidden(key) => (say.t("error-forbidden-title"), say.t(key), Vec::new()),
            Refusal::Stale => pair("error-stale"),
            Refusal::TooMany { retry_after_s } => (
                say.t("error-too-many-title"),
                say.t1("error-too-many", "seconds", retry_after_s),
                Vec::new(),
            ),
            Refusal::Invalid(problems) => (
                say.t("error-invalid-title"),
                say.t("error-invalid"),
                problems
                    .iter()
                    .map(|problem| sentence(say, problem))
                    .collect(),
            ),
        },
    }
}

fn sentence(say: &Say, problem: &Problem) -> String {
    let values: Vec<(&str, &str)> = problem
        .values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    say.with(problem.key, &values)
}

/// The problems of a form in the reader's language, for its page: all at once, each at its field.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    list: Vec<(Option<&'static str>, String)>,
}

impl Problems {
    /// No problem yet: the page as it is first shown.
    pub fn none() -> Self {
        Self::default()
    }

    /// The problems of a refusal.
    pub fn of(refusal: &Refusal, say: &Say) -> Self {
        let list = match refusal {
            Refusal::Invalid(problems) => problems
                .iter()
                .map(|problem| (problem.field, sentence(say, problem)))
                .collect(),
            other => {
                let (_, text, _) = sentences(say, &Error::Refusal(other.clone()));
                vec![(None, text)]
            }
        };
        Self { list }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many there are.
    pub fn count(&self) -> i64 {
        i64::try_from(self.list.len()).unwrap_or(i64::MAX)
    }

    /// The sentence at a field, if there is one.
    pub fn at(&self, field: &str) -> Option<&str> {
        self.list
            .iter()
            .find(|(at, _)| *at == Some(field))
            .map(|(_, text)| text.as_str())
    }

    /// All of them, with their fields, for the summary at the top.
    pub fn all(&self) -> impl Iterator<Item = (Option<&'static str>, &str)> {
        self.list.iter().map(|(at, text)| (*at, text.as_str()))
    }
}
