//! What a person writes to add a piece of evidence, read and checked all at once.

use base::id::{ActivityId, ItemId, UnitId};
use base::limits::TITLE_CHARS_MAX;
use base::{Problem, Refusal};
use house::evidence::EvidenceKind;
use house::evidence::link::link_key;
use jiff::civil::Date;
use web::Form;

/// Longest reason, in characters.
pub const REASON_CHARS_MAX: usize = 500;
/// Longest statement of what a piece proves, in characters.
const PROVES_CHARS_MAX: usize = 2_000;

/// A piece of evidence as a person describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What sort of proof it is.
    pub kind: EvidenceKind,
    /// What it is called.
    pub title: String,
    /// The day of what it shows.
    pub shown_on: Date,
    /// Where that was.
    pub place: String,
    /// Who says so.
    pub source: String,
    /// Its address, if it has one.
    pub link: String,
    /// What it proves, in words.
    pub proves: String,
    /// The unit whose work it shows.
    pub unit: Option<UnitId>,
    /// The item that it proves.
    pub item: Option<ItemId>,
    /// The activities that it proves.
    pub activities: Vec<ActivityId>,
    /// Why it is kept although it is like an older piece; empty where nobody said so.
    pub kept_because: String,
}

/// The type of a file that came along: `None` without one; a file that was refused is one too, its
/// own problem is told elsewhere.
pub type Came<'a> = Option<&'a str>;

impl Entry {
    /// Reads the form of a new piece.
    ///
    /// # Refusals
    /// Everything that is missing or wrong, each at its field.
    pub fn of(form: &Form, file: Came<'_>, today: Date) -> Result<Self, Refusal> {
        let mut check = form.check();
        let kind = EvidenceKind::parse(form.value("kind")).filter(|kind| kind.is_brought());
        if kind.is_none() {
            check.add(Problem::at("kind", "field-choice"));
        }
        let title = check.required_line("title", TITLE_CHARS_MAX);
        let shown_on = check.date("shown_on");
        if form.value("shown_on").trim().is_empty() {
            check.missing("shown_on");
        }
        if shown_on.is_some_and(|day| day > today) {
            check.add(Problem::at("shown_on", "evidence-day-to-come"));
        }
        let place = check.line_of("place", 200);
        let source = check.line_of("source", 300);
        let link = check.line_of("link", 2_000);
        let proves = check.text("proves", PROVES_CHARS_MAX);
        let unit = check.parse::<UnitId>("unit");
        let item = form.value("item").parse().ok();
        let activities: Vec<ActivityId> = ids(form, "activities");
        if item.is_none() && activities.is_empty() && proves.is_empty() {
            check.add(Problem::at("proves", "evidence-proves-missing"));
        }
        if !link.is_empty() && link_key(&link).is_none() {
            check.add(Problem::at("link", "item-link-bad"));
        }
        if let Some(kind) = kind {
            for problem in lacks(kind, (&place, &source, &link), file, form) {
                check.add(problem);
            }
        }
        let kept_because = check.line_of("kept_because", REASON_CHARS_MAX);
        if form.has("anyway", "1") && kept_because.is_empty() {
            check.add(Problem::at("kept_because", "evidence-reason-missing"));
        }
        check.done()?;
        Ok(Self {
            kind: kind.ok_or(Refusal::NotFound)?,
            title,
            shown_on: shown_on.ok_or(Refusal::NotFound)?,
            place,
            source,
            link,
            proves,
            unit,
            item,
            activities,
            kept_because: match form.has("anyway", "1") {
                true => kept_because,
                false => String::new(),
            },
        })
    }

    /// Whether it is kept although it is like an older piece.
    pub fn is_repeat_meant(&self) -> bool {
        !self.kept_because.is_empty()
    }
}

/// What a piece of this kind cannot be without, and is.
fn lacks(
    kind: EvidenceKind,
    (place, source, link): (&str, &str, &str),
    file: Came<'_>,
    form: &Form,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    if kind.needs_place() && place.is_empty() {
        problems.push(Problem::at("place", "evidence-place-missing"));
    }
    if kind.needs_source() && source.is_empty() {
        problems.push(Problem::at("source", "evidence-source-missing"));
    }
    match file {
        None if !kind.may_be_link() => {
            problems.push(Problem::at("file", "evidence-file-missing"));
        }
        None if link.is_empty() => problems.push(Problem::at("file", "item-proof-missing")),
        None if kind == EvidenceKind::Publication && !form.has("without_file", "1") => {
            problems.push(Problem::at("file", "item-file-asked"));
        }
        Some(media_type) if !fits(kind, media_type) => {
            problems.push(Problem::at("file", "evidence-file-kind"));
        }
        _ => {}
    }
    problems
}

/// Whether a file of this type can be a piece of this kind. An empty type is that of a file that was
/// refused: its own problem is told.
fn fits(kind: EvidenceKind, media_type: &str) -> bool {
    let is_image = media_type.starts_with("image/");
    let is_text = media_type.starts_with("text/plain");
    match kind {
        _ if media_type.is_empty() => true,
        EvidenceKind::Photo => is_image,
        // A letter as mail programs save it is text; anything else that is text proves nothing.
        EvidenceKind::Email => true,
        _ => !is_text,
    }
}

/// Whether a file of this type may be a piece of any kind.
pub fn is_accepted(media_type: &str) -> bool {
    const PAPERS: [&str; 4] = [
        "application/pdf",
        "multipart/related",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ];
    media_type.starts_with("image/")
        || media_type.starts_with("text/plain")
        || PAPERS.contains(&media_type)
}

/// The ids of a field with boxes; what is none is left out.
pub fn ids<T: std::str::FromStr>(form: &Form, name: &str) -> Vec<T> {
    form.all(name)
        .iter()
        .filter_map(|id| id.parse().ok())
        .collect()
}

/// Reads a reason.
///
/// # Refusals
/// No reason, or one that is too long.
pub fn reason(form: &Form) -> Result<String, Refusal> {
    let mut check = form.check();
    let reason = check.required_text("reason", REASON_CHARS_MAX);
    check.done()?;
    Ok(reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2023, 3, 20);
    const PDF: Came<'static> = Some("application/pdf");

    fn read(values: &[(&str, &str)], file: Came<'_>) -> Result<Entry, Refusal> {
        let values = values
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()));
        Entry::of(&Form::filled(values), file, TODAY)
    }

    fn fields(found: Result<Entry, Refusal>) -> Vec<(&'static str, &'static str)> {
        let Err(Refusal::Invalid(problems)) = found else {
            panic!("{found:?}")
        };
        let field = |problem: &Problem| (problem.field.unwrap_or("-"), problem.key);
        problems.iter().map(field).collect()
    }

    fn of<'a>(kind: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        let own = [
            ("kind", kind),
            ("title", "Hội nghị"),
            ("shown_on", "06/03/2023"),
            ("proves", "Đã họp"),
        ];
        [&own[..], more].concat()
    }

    #[test]
    fn an_empty_form_names_everything_that_is_missing() {
        assert_eq!(
            fields(read(&[], None)),
            [
                ("kind", "field-choice"),
                ("title", "field-required"),
                ("shown_on", "field-required"),
                ("proves", "evidence-proves-missing"),
            ]
        );
    }

    #[test]
    fn each_kind_asks_for_what_it_cannot_be_without() {
        assert!(read(&of("minutes", &[]), PDF).is_ok());
        assert_eq!(
            fields(read(&of("minutes", &[("link", "https://a.b/c")]), None)),
            [("file", "evidence-file-missing")]
        );
        let photo = Some("image/jpeg");
        assert_eq!(
            fields(read(&of("photo", &[]), photo)),
            [("place", "evidence-place-missing")]
        );
        assert_eq!(
            fields(read(&of("photo", &[("place", "Hội trường")]), PDF)),
            [("file", "evidence-file-kind")]
        );
        assert!(read(&of("photo", &[("place", "Hội trường")]), photo).is_ok());
        assert_eq!(
            fields(read(&of("figure", &[("link", "https://a.b/c")]), None)),
            [("source", "evidence-source-missing")]
        );
        assert_eq!(
            fields(read(&of("publication", &[("link", "https://a.b/c")]), None)),
            [("file", "item-file-asked")]
        );
        let alone = [("link", "https://a.b/c"), ("without_file", "1")];
        assert!(read(&of("publication", &alone), None).is_ok());
        assert_eq!(
            fields(read(&of("publication", &[]), None)),
            [("file", "item-proof-missing")]
        );
        let text = Some("text/plain; charset=utf-8");
        assert!(read(&of("email", &[]), text).is_ok());
        assert_eq!(
            fields(read(&of("attendance", &[]), text)),
            [("file", "evidence-file-kind")]
        );
        assert_eq!(
            fields(read(&of("page", &[]), PDF)),
            [("kind", "field-choice")]
        );
    }

    #[test]
    fn a_day_to_come_shows_nothing_yet() {
        let mut values = of("minutes", &[]);
        values[2].1 = "21/03/2023";
        assert_eq!(
            fields(read(&values, PDF)),
            [("shown_on", "evidence-day-to-come")]
        );
    }

    #[test]
    fn a_meant_repeat_needs_its_reason() {
        let meant = of("minutes", &[("anyway", "1")]);
        assert_eq!(
            fields(read(&meant, PDF)),
            [("kept_because", "evidence-reason-missing")]
        );
        let told = of(
            "minutes",
            &[("anyway", "1"), ("kept_because", "Hai cuộc họp")],
        );
        assert!(read(&told, PDF).unwrap().is_repeat_meant());
        let unticked = of("minutes", &[("kept_because", "Hai cuộc họp")]);
        assert!(!read(&unticked, PDF).unwrap().is_repeat_meant());
    }

    #[test]
    fn pages_scripts_and_archives_are_accepted_as_nothing() {
        for bad in ["text/html", "application/zip", "application/octet-stream"] {
            assert!(!is_accepted(bad), "{bad}");
        }
        assert!(is_accepted("image/png") && is_accepted("multipart/related"));
    }
}
