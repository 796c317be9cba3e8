//! Forms: read with limits, checked all at once, and kept as typed so that nothing is lost.

use std::collections::HashMap;
use std::pin::Pin;
use std::str::FromStr;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart, Request};
use base::limits::{FORM_BYTES_MAX, LINE_CHARS_MAX, UPLOAD_BYTES_MAX};
use base::text::{clean_line, clean_text};
use base::{Problem, Refusal};
use http::header;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Frame;
use jiff::civil::Date;

use crate::failure::Failure;

/// A body that takes longer than this is given up.
const BODY_TIMEOUT: Duration = Duration::from_secs(120);

/// A refused body is read out up to this, so that the answer arrives: a video from a telephone.
const READ_OUT_BYTES_MAX: usize = 128 * 1024 * 1024;

/// Fields of one form at most, against bodies made of millions of empty ones.
const FIELDS_MAX: usize = 2_000;

/// A file that came with a form.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The name on the sender's machine; never used as a path.
    pub name: String,
    /// Its bytes.
    pub bytes: Bytes,
}

/// What was sent, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Form {
    values: HashMap<String, Vec<String>>,
    uploads: HashMap<String, Vec<Upload>>,
}

impl Form {
    /// A form that holds these values: for pages that are shown for the first time, and for tests.
    pub fn filled<'a>(values: impl IntoIterator<Item = (&'a str, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in values {
            form.values.entry(name.to_owned()).or_default().push(value);
        }
        form
    }

    /// The value of a field as typed; empty when it was not sent.
    pub fn value(&self, name: &str) -> &str {
        self.values
            .get(name)
            .and_then(|all| all.first())
            .map_or("", String::as_str)
    }

    /// All values of a field: ticked boxes, chosen options.
    pub fn all(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether the field was sent with this value.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).iter().any(|found| found == value)
    }

    /// Makes this the only value of a field.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.values.insert(name.to_owned(), vec![value.into()]);
    }

    /// The first file of a field that is not empty.
    pub fn upload(&self, name: &str) -> Option<&Upload> {
        self.uploads
            .get(name)?
            .iter()
            .find(|upload| !upload.bytes.is_empty())
    }

    /// Adds a file to a form that holds values: for commands that do what a page does.
    pub fn attach(&mut self, name: &str, upload: Upload) {
        let uploads = self.uploads.entry(name.to_owned()).or_default();
        uploads.push(upload);
    }

    /// Begins to check the form.
    pub fn check(&self) -> Check<'_> {
        Check {
            form: self,
            problems: Vec::new(),
        }
    }

    fn put(&mut self, name: String, value: String) -> Result<(), Failure> {
        if self.values.values().map(Vec::len).sum::<usize>() >= FIELDS_MAX {
            return Err(Refusal::because("form-too-many-fields").into());
        }
        self.values.entry(name).or_default().push(value);
        Ok(())
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
            .to_owned();
        let (parts, body) = request.into_parts();
        let (lent, own) = lend(body);
        let request = Request::from_parts(parts, lent);
        let reading = async {
            let form = if kind.starts_with("multipart/form-data") {
                multipart(request, state).await
            } else {
                urlencoded(request).await
            };
            if form.is_err() {
                read_out(own).await;
            }
            form
        };
        match tokio::time::timeout(BODY_TIMEOUT, reading).await {
            Ok(form) => form,
            Err(_) => Err(Refusal::because("form-too-slow").into()),
        }
    }
}

/// A body that can be read on after a reader gave it up.
type Own = Arc<Mutex<Body>>;

/// A body for a reader, and the same body to keep.
fn lend(body: Body) -> (Body, Own) {
    let own = Arc::new(Mutex::new(body));
    (Body::new(Lent(own.clone())), own)
}

struct Lent(Own);

impl hyper::body::Body for Lent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match self.0.lock() {
            Ok(mut body) => Pin::new(&mut *body).poll_frame(context),
            Err(_) => Poll::Ready(None),
        }
    }
}

/// Reads the rest of a refused body and forgets it. A browser that is still sending when the
/// connection closes shows its own error instead of our sentence.
async fn read_out(own: Own) {
    let mut rest = Body::new(Lent(own));
    let mut n_bytes = 0;
    while let Some(Ok(frame)) = rest.frame().await {
        n_bytes += frame.data_ref().map_or(0, Bytes::len);
        if n_bytes > READ_OUT_BYTES_MAX {
            return;
        }
    }
}

/// Whether a body was too large or broke off.
fn why_cut(error: &(dyn std::error::Error + 'static)) -> &'static str {
    if error.is::<LengthLimitError>() {
        "form-too-large"
    } else {
        "form-broken"
    }
}

async fn urlencoded(request: Request) -> Result<Form, Failure> {
    let body = Limited::new(request.into_body(), FORM_BYTES_MAX)
        .collect()
        .await
        .map_err(|error| Refusal::because(why_cut(error.as_ref())))?
        .to_bytes();
    let mut form = Form::default();
    for (name, value) in form_urlencoded(&body) {
        form.put(name, value)?;
    }
    Ok(form)
}

/// `a=1&b=x%20y+z` as pairs. Bytes that are no UTF-8 become the replacement character.
fn form_urlencoded(body: &[u8]) -> impl Iterator<Item = (String, String)> {
    body.split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let mut parts = pair.splitn(2, |byte| *byte == b'=');
            let name = decode(parts.next().unwrap_or_default());
            let value = decode(parts.next().unwrap_or_default());
            (name, value)
        })
}

fn decode(text: &[u8]) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.iter();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => out.push(b' '),
            b'%' => {
                let ahead = rest.as_slice();
                let pair = ahead.get(..2).and_then(|pair| hex::decode(pair).ok());
                match pair.as_deref() {
                    Some([decoded]) => {
                        out.push(*decoded);
                        rest = ahead[2..].iter();
                    }
                    _ => out.push(b'%'),
                }
            }
            other => out.push(*other),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

async fn multipart<S: Send + Sync>(mut request: Request, state: &S) -> Result<Form, Failure> {
    let too_large = || Failure::from(Refusal::because("form-too-large"));
    let limit = UPLOAD_BYTES_MAX + FORM_BYTES_MAX;
    axum::extract::DefaultBodyLimit::max(limit).apply(&mut request);
    let mut parts = Multipart::from_request(request, state)
        .await
        .map_err(|_| Refusal::because("form-broken"))?;
    let mut form = Form::default();
    while let Some(part) = parts.next_field().await.map_err(|_| too_large())? {
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(clean_line);
        let bytes = part.bytes().await.map_err(|_| too_large())?;
        match file_name {
            Some(file_name) => {
                let uploads = form.uploads.entry(name).or_default();
                uploads.push(Upload {
                    name: file_name,
                    bytes,
                });
            }
            None => form.put(name, String::from_utf8_lossy(&bytes).into_owned())?,
        }
    }
    Ok(form)
}

/// Checks a form field by field; every problem is kept, so that all are answered at once.
pub struct Check<'f> {
    form: &'f Form,
    problems: Vec<Problem>,
}

impl Check<'_> {
    /// A line that may be empty: normalised, trimmed, without control characters.
    pub fn line(&mut self, name: &'static str) -> String {
        self.line_of(name, LINE_CHARS_MAX)
    }

    /// A line of at most so many characters, that may be empty.
    pub fn line_of(&mut self, name: &'static str, chars_max: usize) -> String {
        let text = clean_line(self.form.value(name));
        self.limit(name, &text, chars_max);
        text
    }

    /// A line that must not be empty, of at most so many characters.
    pub fn required_line(&mut self, name: &'static str, chars_max: usize) -> String {
        let text = self.line_of(name, chars_max);
        self.require(name, &text);
        text
    }

    /// A text of several lines that may be empty.
    pub fn text(&mut self, name: &'static str, chars_max: usize) -> String {
        let text = clean_text(self.form.value(name));
        self.limit(name, &text, chars_max);
        text
    }

    /// A text of several lines that must not be empty.
    pub fn required_text(&mut self, name: &'static str, chars_max: usize) -> String {
        let text = self.text(name, chars_max);
        self.require(name, &text);
        text
    }

    /// A day, as `2023-03-06` or `06/03/2023`; none when the field is empty.
    pub fn date(&mut self, name: &'static str) -> Option<Date> {
        let text = clean_line(self.form.value(name));
        if text.is_empty() {
            return None;
        }
        let found = parse_date(&text);
        if found.is_none() {
            self.add(Problem::at(name, "field-date").with("value", &text));
        }
        found
    }

    /// A whole number between two others; none when the field is empty.
    pub fn number(&mut self, name: &'static str, least: i64, most: i64) -> Option<i64> {
        let text = clean_line(self.form.value(name));
        if text.is_empty() {
            return None;
        }
        let digits: String = text
            .chars()
            .filter(|c| !matches!(c, '.' | ' ' | '\u{a0}'))
            .collect();
        match digits.parse::<i64>() {
            Ok(number) if (least..=most).contains(&number) => Some(number),
            _ => {
                let problem = Problem::at(name, "field-number");
                self.add(
                    problem
                        .with("value", &text)
                        .with("least", least)
                        .with("most", most),
                );
                None
            }
        }
    }

    /// Something that parses, such as an id of a list; none when the field is empty.
    pub fn parse<T: FromStr>(&mut self, name: &'static str) -> Option<T> {
        let text = self.form.value(name).trim();
        if text.is_empty() {
            return None;
        }
        let found = text.parse().ok();
        if found.is_none() {
            self.add(Problem::at(name, "field-choice"));
        }
        found
    }

    /// Adds a problem that the caller found.
    pub fn add(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Adds the problem that a field is missing.
    pub fn missing(&mut self, name: &'static str) {
        self.add(Problem::at(name, "field-required"));
    }

    /// What was found so far, for a rule that has more to say.
    pub fn problems(self) -> Vec<Problem> {
        self.problems
    }

    /// Ends the check: all problems, or none.
    pub fn done(self) -> Result<(), Refusal> {
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Invalid(self.problems))
        }
    }

    fn require(&mut self, name: &'static str, text: &str) {
        if text.is_empty() {
            self.missing(name);
        }
    }

    fn limit(&mut self, name: &'static str, text: &str, chars_max: usize) {
        let n = text.chars().count();
        if n > chars_max {
            self.add(
                Problem::at(name, "field-too-long")
                    .with("chars", n)
                    .with("most", chars_max),
            );
        }
    }
}

fn parse_date(text: &str) -> Option<Date> {
    if let Ok(date) = text.parse::<Date>() {
        return Some(date);
    }
    let mut parts = text.split(['/', '-', '.']);
    let day = parts.next()?.trim().parse().ok()?;
    let month = parts.next()?.trim().parse().ok()?;
    let year = parts.next()?.trim().parse().ok()?;
    if parts.next().is_some() || !(1000..=9999).contains(&year) {
        return None;
    }
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_decoded_and_broken_escapes_stay_as_typed() {
        let pairs: Vec<_> =
            form_urlencoded("a=1&b=x%20y+z&c=50%&d=%C4%91&=&e".as_bytes()).collect();
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let expected = [
            pair("a", "1"),
            pair("b", "x y z"),
            pair("c", "50%"),
            pair("d", "đ"),
            pair("", ""),
            pair("e", ""),
        ];
        assert_eq!(pairs, expected);
    }

    #[test]
    fn all_problems_of_a_form_are_found_at_once() {
        let form = Form::filled([
            ("title", " ".to_owned()),
            ("day", "31/02/2023".to_owned()),
            ("n", "abc".to_owned()),
        ]);
        let mut check = form.check();
        check.required_line("title", 10);
        check.date("day");
        check.number("n", 1, 10);
        let Err(Refusal::Invalid(problems)) = check.done() else {
            panic!("the form passed")
        };
        let fields: Vec<_> = problems.iter().map(|p| p.field.unwrap()).collect();
        assert_eq!(fields, ["title", "day", "n"]);
    }

    #[test]
    fn a_day_is_read_in_both_orders() {
        assert_eq!(parse_date("2023-03-06"), parse_date("06/03/2023"));
        assert_eq!(parse_date("6-3-2023"), parse_date("06/03/2023"));
        assert_eq!(parse_date("06/13/2023"), None);
    }
}
