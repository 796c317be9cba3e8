//! Writing: the text, its picture, its category, the activities that it fulfils.

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::id::ArticleId;
use base::{Error, Refusal};
use db::Conn;
use house::files::{NewFile, image};
use http::StatusCode;
use serde_json::json;
use web::{By, Choice, Form, Frame, Markup, Page, Problems, render, with_status};

use crate::Editorial;
use crate::items::item_store;
use crate::newsroom::acts::{self, Opened};
use crate::newsroom::draft::{self, Draft, Shown};
use crate::newsroom::rules::{self, Deed};
use crate::newsroom::{article_store, category_store};
use crate::plan;

#[derive(Template)]
#[template(path = "newsroom/desk/article_edit.html")]
struct EditPage {
    frame: Frame,
    form: Form,
    problems: Problems,
    id: ArticleId,
    genres: Vec<Choice>,
    categories: Vec<Choice>,
    activities: Vec<Choice>,
    editor_words: Markup,
    is_next: bool,
}

/// The text as it is. What was sent on, or is somebody else's, is read where it is reviewed.
pub async fn show(State(editorial): State<Editorial>, by: By, Path(id): Path<ArticleId>) -> Page {
    let frame = editorial.desk(&by, "article-edit").await?;
    let mut read = editorial.db.read().await?;
    let opened = acts::open(&mut read, by.actor(), id).await?;
    if rules::may(by.actor(), Deed::Write, &opened.edition).is_err() {
        return Ok(Redirect::to(&format!("/desk/newsroom/articles/{id}")).into_response());
    }
    let shown = Shown {
        genre: opened.edition.genre,
        category: opened.edition.category,
        activities: item_store::activities(&mut read, id.into()).await?,
        change_note: opened.edition.change_note.clone(),
        version: opened.edition.version,
    };
    let form = draft::form(&opened.revision, shown);
    render(&page(&mut read, &by, frame, (&opened, form, None)).await?)
}

/// Saves, and sends it on if that button was pressed.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<ArticleId>,
    form: Form,
) -> Page {
    let form = match take_picture(&editorial, &by, form).await {
        Ok(form) => form,
        Err((form, refusal)) => return again(&editorial, &by, (id, form, refusal)).await,
    };
    let draft = Draft::of(&form);
    let saved = if form.has("deed", "submit") {
        let submitted = acts::save_and_submit(&editorial, by.actor(), id, &draft).await;
        submitted.map(|()| "submitted")
    } else {
        let saved = acts::save(&editorial, by.actor(), id, &draft).await;
        saved.map(|_| "saved")
    };
    match saved {
        Ok(word) => {
            let to = format!("/desk/newsroom/articles/{id}?done=article-{word}");
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Refusal(refusal @ (Refusal::Invalid(_) | Refusal::Stale))) => {
            again(&editorial, &by, (id, form, refusal)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Saves a draft while it is being written; answers the new version to the page.
pub async fn autosave(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<ArticleId>,
    form: Form,
) -> Page {
    let draft = Draft::of(&form);
    let edition = match acts::save(&editorial, by.actor(), id, &draft).await {
        Ok(edition) => edition,
        // A page that is being left saves once more, after its text was sent on: nothing is lost
        // by not saving the same words again.
        Err(Error::Refusal(refusal)) => {
            let mut read = editorial.db.read().await?;
            let opened = acts::open(&mut read, by.actor(), id).await?;
            if opened.revision.sha256 != article_store::hash(&draft.text) {
                return Err(refusal.into());
            }
            opened.edition
        }
        Err(fault) => return Err(fault.into()),
    };
    Ok(Json(json!({"set": {"revision": edition.version.to_string()}})).into_response())
}

/// A picture that came with the form is kept, and the form then names it.
async fn take_picture(
    editorial: &Editorial,
    by: &By,
    mut form: Form,
) -> Result<Form, (Form, Refusal)> {
    let Some(upload) = form.upload("image").cloned() else {
        return Ok(form);
    };
    let image = match image::check(&upload.bytes, "image") {
        Ok(image) => image,
        Err(refusal) => return Err((form, refusal)),
    };
    let kept = async {
        let mut act = editorial.db.act().await?;
        let file = NewFile {
            agency: by.actor().agency,
            name: &upload.name,
            media_type: image.media_type,
            by: Some(by.actor().account),
            is_public: false,
        };
        let now = editorial.clock.now_ms();
        let sha256 = editorial
            .files
            .put(&mut act, &image.bytes, file, now)
            .await?;
        act.commit().await?;
        Ok::<String, base::Fault>(sha256)
    };
    match kept.await {
        Ok(sha256) => {
            form.set("image_file", sha256);
            form.set("image_remove", "");
            Ok(form)
        }
        Err(fault) => {
            tracing::error!(%fault, "a picture was not kept");
            Err((form, Refusal::at("image", "article-image-not-kept")))
        }
    }
}

async fn again(
    editorial: &Editorial,
    by: &By,
    (id, form, refusal): (ArticleId, Form, Refusal),
) -> Page {
    let frame = editorial.desk(by, "article-edit").await?;
    let mut read = editorial.db.read().await?;
    let opened = acts::open(&mut read, by.actor(), id).await?;
    let status = match refusal {
        Refusal::Stale => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = page(&mut read, by, frame, (&opened, form, Some(refusal))).await?;
    with_status(status, &page)
}

async fn page(
    conn: &mut Conn,
    by: &By,
    frame: Frame,
    (opened, form, refusal): (&Opened, Form, Option<Refusal>),
) -> Result<EditPage, Error> {
    let id = opened.article.id;
    let say = frame.say;
    let frame = frame
        .under(say.t("nav-articles"), "/desk/newsroom/articles")
        .at(&format!("/desk/newsroom/articles/{id}/edit"));
    let problems = refusal
        .as_ref()
        .map_or_else(Problems::none, |refusal| Problems::of(refusal, &say));
    let categories = category_store::list(conn, by.actor().agency).await?;
    let activities = plan::choices(conn, by.actor().agency).await?;
    let form = match prose::editor::parse(form.value("body"), "body_text") {
        // The plain field always shows the same text as the editor.
        Ok(doc) if form.all("body_text").is_empty() => {
            let mut form = form;
            form.set("body_text", prose::markup::write(&doc));
            form
        }
        _ => form,
    };
    Ok(EditPage {
        form,
        problems,
        id,
        genres: ["news", "feature"]
            .map(|word| Choice::new(word, say.t(&format!("genre-{word}"))))
            .to_vec(),
        categories: categories
            .iter()
            .map(|c| Choice::new(c.id, c.name(say.lang)))
            .collect(),
        activities: activities
            .into_iter()
            .map(|(id, text)| Choice::new(id, text))
            .collect(),
        editor_words: editor_words(&frame),
        is_next: opened.edition.no > 1,
        frame,
    })
}

/// Every word that the editor shows, as the JSON its script reads.
fn editor_words(frame: &Frame) -> Markup {
    const NAMES: [&str; 56] = [
        "toolbar",
        "help",
        "placeholder",
        "words",
        "undo",
        "redo",
        "paragraph",
        "heading2",
        "heading3",
        "heading4",
        "bold",
        "italic",
        "underline",
        "strike",
        "subscript",
        "superscript",
        "clear",
        "bulletList",
        "orderedList",
        "quote",
        "rule",
        "link",
        "unlink",
        "image",
        "table",
        "rowAdd",
        "rowRemove",
        "columnAdd",
        "columnRemove",
        "headerRow",
        "tableRemove",
        "linkTitle",
        "linkLabel",
        "linkHint",
        "linkEmpty",
        "linkInvalid",
        "imageTitle",
        "imageFile",
        "imageFileHint",
        "imageFileEmpty",
        "imageFileType",
        "imageAlt",
        "imageAltHint",
        "imageAltEmpty",
        "imageCaption",
        "imageCaptionHint",
        "imageEdit",
        "imageRemove",
        "uploading",
        "uploadFailed",
        "pasting",
        "pasteFailed",
        "save",
        "cancel",
        "unreadable",
        "editorTitle",
    ];
    let words: serde_json::Map<String, serde_json::Value> = NAMES
        .iter()
        .map(|name| {
            (
                (*name).to_owned(),
                frame.t(&format!("editor-{name}")).into(),
            )
        })
        .collect();
    Markup::json(&serde_json::Value::Object(words))
}
