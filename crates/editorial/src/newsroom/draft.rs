//! What a writer typed, as a text: read leniently while it is a draft.

use base::id::{ActivityId, RowId};
use base::limits::{BODY_CHARS_MAX, LEAD_CHARS_MAX, LINE_CHARS_MAX, TITLE_CHARS_MAX};
use base::{Problem, Refusal};
use prose::{Doc, FileRef};
use web::{Check, Form};

use super::article::{Genre, Picture, Revision, Text};

/// What the edit form holds.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The text.
    pub text: Text,
    /// News or feature.
    pub genre: Genre,
    /// The category chosen, if any.
    pub category: Option<RowId>,
    /// The activities that it fulfils.
    pub activities: Vec<ActivityId>,
    /// What changed since the edition before.
    pub change_note: String,
    /// The version of the edition that the page showed.
    pub version: i64,
    /// What is wrong with what was typed; none when it was not typed.
    pub problems: Vec<Problem>,
}

impl Draft {
    /// Reads the form. A draft may be as empty as it likes, but not too long and not broken: what is
    /// wrong stands in `problems`.
    pub fn of(form: &Form) -> Self {
        let mut check = form.check();
        let title = check.line_of("title", TITLE_CHARS_MAX);
        let lead = check.line_of("lead", LEAD_CHARS_MAX);
        let author = check.line_of("author", 120);
        let image = picture(form, &mut check);
        let body = body(form, &mut check);
        let genre = Genre::of(form.value("genre"));
        let category = check.parse("category");
        let change_note = check.line_of("change_note", LINE_CHARS_MAX);
        let activities = form
            .all("activities")
            .iter()
            .filter_map(|word| word.parse().ok())
            .collect();
        let version = form.value("revision").parse().unwrap_or(0);
        let text = Text {
            title,
            lead,
            author,
            body,
            image,
        };
        Self {
            text,
            genre,
            category,
            activities,
            change_note,
            version,
            problems: check.problems(),
        }
    }

    /// Whether it may be kept.
    ///
    /// # Refusals
    /// A field beyond its limit; a body that is no document; a file name that is no hash.
    pub fn check(&self) -> Result<(), Refusal> {
        refuse(self.problems.clone())
    }

    /// Whether it may be sent on, as the edition of this number: what is wrong and what is missing,
    /// all at once.
    ///
    /// # Refusals
    /// As [`check`](Self::check); what the text [lacks](Text::lacks); no category; from the second
    /// edition on, no words for what changed.
    pub fn check_complete(&self, edition_no: i64) -> Result<(), Refusal> {
        let mut missing = self.text.lacks();
        if self.category.is_none() {
            missing.push(Problem::at("category", "field-required"));
        }
        if edition_no > 1 && self.change_note.is_empty() {
            missing.push(Problem::at("change_note", "article-change-note-missing"));
        }
        let is_known = |field| self.problems.iter().any(|known| known.field == field);
        missing.retain(|problem| !is_known(problem.field));
        refuse([self.problems.clone(), missing].concat())
    }
}

fn refuse(problems: Vec<Problem>) -> Result<(), Refusal> {
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Invalid(problems))
    }
}

/// The plain field wins when it was sent: then there was no editor.
fn body(form: &Form, check: &mut Check<'_>) -> Doc {
    let typed = form.all("body_text").first();
    let read = match typed {
        Some(text) => Ok(prose::markup::parse(text)),
        None if form.value("body").is_empty() => Ok(Doc::default()),
        None => prose::editor::parse(form.value("body"), "body_text"),
    };
    let doc = read
        .and_then(|doc| doc.check("body_text").map(|()| doc))
        .unwrap_or_else(|refusal| {
            if let Refusal::Invalid(problems) = refusal {
                problems.into_iter().for_each(|problem| check.add(problem));
            }
            Doc::default()
        });
    let n = doc.char_count();
    if n > BODY_CHARS_MAX {
        let problem = Problem::at("body_text", "field-too-long");
        check.add(problem.with("chars", n).with("most", BODY_CHARS_MAX));
    }
    doc
}

fn picture(form: &Form, check: &mut Check<'_>) -> Option<Picture> {
    let alt = check.line_of("image_alt", LINE_CHARS_MAX);
    let caption = check.line_of("image_caption", LINE_CHARS_MAX);
    let file = form.value("image_file");
    if file.is_empty() || form.has("image_remove", "1") {
        return None;
    }
    let file = FileRef::parse(file);
    if file.is_none() {
        check.add(Problem::at("image", "image-broken"));
    }
    Some(Picture {
        file: file?,
        alt,
        caption,
    })
}

/// The form of a text, as the edit page shows it first.
pub fn form(revision: &Revision, shown: Shown) -> Form {
    let text = &revision.text;
    let image = text.image.as_ref();
    let mut values = vec![
        ("title", text.title.clone()),
        ("lead", text.lead.clone()),
        ("author", text.author.clone()),
        ("genre", shown.genre.as_str().to_owned()),
        ("category", shown.category.to_string()),
        ("body", prose::editor::to_json(&text.body)),
        ("body_text", prose::markup::write(&text.body)),
        (
            "image_file",
            image
                .map(|image| image.file.to_string())
                .unwrap_or_default(),
        ),
        (
            "image_alt",
            image.map(|image| image.alt.clone()).unwrap_or_default(),
        ),
        (
            "image_caption",
            image.map(|image| image.caption.clone()).unwrap_or_default(),
        ),
        ("change_note", shown.change_note),
        ("revision", shown.version.to_string()),
    ];
    values.extend(
        shown
            .activities
            .iter()
            .map(|id| ("activities", id.to_string())),
    );
    Form::filled(values)
}

/// What the edit page shows beside the text.
pub struct Shown {
    /// News or feature.
    pub genre: Genre,
    /// The category.
    pub category: RowId,
    /// The activities.
    pub activities: Vec<ActivityId>,
    /// What changed since the edition before.
    pub change_note: String,
    /// The version of the edition.
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plain_field_wins_over_the_editor_when_it_was_sent() {
        let editor = prose::editor::to_json(&Doc::from_text("từ trình soạn thảo"));
        let form = Form::filled([("body", editor.clone()), ("body_text", "gõ tay".to_owned())]);
        assert_eq!(
            prose::render::text(&Draft::of(&form).text.body).trim(),
            "gõ tay"
        );
        let form = Form::filled([("body", editor)]);
        let text = prose::render::text(&Draft::of(&form).text.body);
        assert_eq!(text.trim(), "từ trình soạn thảo");
    }

    fn fields(refused: Result<(), Refusal>) -> Vec<&'static str> {
        let Err(Refusal::Invalid(problems)) = refused else {
            panic!("accepted")
        };
        problems.iter().filter_map(|p| p.field).collect()
    }

    #[test]
    fn what_is_broken_is_refused_at_its_field_and_what_is_missing_beside_it() {
        let form = Form::filled([("body", "{".to_owned()), ("title", "x".repeat(301))]);
        let draft = Draft::of(&form);
        assert_eq!(fields(draft.check()), ["title", "body_text"]);
        let all = ["title", "body_text", "lead", "author", "category"];
        assert_eq!(fields(draft.check_complete(1)), all);
        assert_eq!(fields(draft.check_complete(2)).last(), Some(&"change_note"));
    }
}
