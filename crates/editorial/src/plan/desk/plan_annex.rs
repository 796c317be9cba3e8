//! The annex as a spreadsheet, taken out, changed and brought in again: choose the file, look at
//! what it changes, store it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::id::AccountId;
use base::text::clean_line;
use base::{Error, Fault, Problem, Refusal};
use db::{Act, Conn};
use documents::read::{Limits, grids};
use house::files::{NewFile, find_use, sniff};
use http::StatusCode;
use serde_json::json;
use sha2::{Digest, Sha256};
use web::{By, Form, Frame, Page, Problems, Say, render, with_status};

use super::{address, open, subject, touch, under_plan};
use crate::Editorial;
use crate::plan::activity::RECURRENCES;
use crate::plan::activity_store;
use crate::plan::annex::{self, Around, Changes, FieldChange};
use crate::plan::board::Board;
use crate::plan::import::Recurrence;
use crate::plan::plan::{Plan, PlanState};
use crate::plan::rules::Deed;

/// Rows of one list that the preview shows; the rest is told as a number.
const SHOWN_MAX: usize = 300;

#[derive(Template)]
#[template(path = "plan/desk/plan_annex.html")]
struct PlanAnnexPage {
    frame: Frame,
    base: String,
    problems: Problems,
    /// Whether the plan still takes changes.
    is_open: bool,
    n_activities: usize,
    preview: Option<Preview>,
}

/// What a file would change, in words.
#[derive(Default)]
struct Preview {
    /// The file's hash: its address below the annex.
    file: String,
    name: String,
    /// Stands for exactly these changes of exactly this state of the plan.
    mark: String,
    counts: Vec<(String, String)>,
    wrong: Vec<(String, String)>,
    changed: Vec<ChangedRow>,
    added: Vec<AddedRow>,
    tasks: Vec<(String, String, String)>,
    absent: Vec<(String, String)>,
    /// How many rows are not shown.
    n_more: usize,
}

struct ChangedRow {
    no: String,
    title: String,
    cell: String,
    fields: Vec<FieldChange>,
}

struct AddedRow {
    title: String,
    cell: String,
    told: Vec<(String, String)>,
}

/// The form.
pub async fn show(State(editorial): State<Editorial>, by: By, Path(id): Path<String>) -> Page {
    render(&page(&editorial, &by, &id).await?)
}

/// Keeps the file and leads to what it would change.
pub async fn read(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<String>,
    form: Form,
) -> Page {
    match keep(&editorial, &by, &id, &form).await {
        Ok(to) => Ok(Redirect::to(&to).into_response()),
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            let mut page = page(&editorial, &by, &id).await?;
            page.problems = Problems::of(&refusal, &page.frame.say);
            with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other.into()),
    }
}

/// What the kept file would change.
pub async fn preview(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, file)): Path<(String, String)>,
) -> Page {
    let mut page = page(&editorial, &by, &id).await?;
    page.preview = Some(preview_of(&editorial, &by, &id, &file).await?);
    render(&page)
}

/// Stores the changes that were shown.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, file)): Path<(String, String)>,
    form: Form,
) -> Page {
    match store(&editorial, &by, (&id, &file), form.value("mark")).await {
        Ok(plan) => {
            let to = format!("{}?done=plan-annex-stored", address(plan.id));
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Refusal(refusal @ (Refusal::Invalid(_) | Refusal::Stale))) => {
            let status = match refusal {
                Refusal::Stale => StatusCode::CONFLICT,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let refusal = match refusal {
                Refusal::Stale => Refusal::because("plan-annex-stale"),
                other => other,
            };
            let mut page = page(&editorial, &by, &id).await?;
            page.problems = Problems::of(&refusal, &page.frame.say);
            page.preview = Some(preview_of(&editorial, &by, &id, &file).await?);
            with_status(status, &page)
        }
        Err(other) => Err(other.into()),
    }
}

async fn keep(editorial: &Editorial, by: &By, id: &str, form: &Form) -> Result<String, Error> {
    let mut act = editorial.db.act().await?;
    let plan = open(&mut act, by, id, Deed::EditContent).await?;
    still_open(&plan)?;
    let Some(upload) = form.upload("file") else {
        return Err(Refusal::at("file", "plan-annex-nothing").into());
    };
    let name = clean_line(&upload.name);
    read_grids(upload.bytes.to_vec(), name.clone(), by).await?;
    let file = NewFile {
        agency: plan.agency,
        name: &name,
        media_type: sniff::kind(&upload.bytes).0,
        by: Some(by.actor().account),
        is_public: false,
    };
    let now = editorial.clock.now_ms();
    let sha256 = editorial
        .files
        .put(&mut act, &upload.bytes, file, now)
        .await?;
    let data = json!({"file": sha256, "name": name});
    editorial
        .record(
            &mut act,
            by.actor(),
            "plan.annex_read",
            subject(plan.id),
            data,
        )
        .await?;
    act.commit().await?;
    Ok(format!("{}/annex/{sha256}", address(plan.id)))
}

/// The sheets of a file; reading takes long on long files, so it runs on a thread of its own.
async fn read_grids(
    bytes: Vec<u8>,
    name: String,
    by: &By,
) -> Result<Vec<documents::sheet::Grid>, Error> {
    let lang = by.lang().as_str();
    let reading = tokio::task::spawn_blocking(move || {
        grids(&bytes, &name, &Limits::default()).map_err(|problem| problem.sentence(lang))
    });
    let read = reading
        .await
        .map_err(|error| Fault::from_source("reading a spreadsheet was cut off", error))?;
    read.map_err(|why| {
        Refusal::Invalid(vec![
            Problem::at("file", "plan-import-unread").with("why", why),
        ])
        .into()
    })
}

/// Only what is being prepared is changed by a file; what was issued is changed by an amendment.
fn still_open(plan: &Plan) -> Result<(), Refusal> {
    match plan.details.state {
        PlanState::Draft | PlanState::Amendment => Ok(()),
        _ => Err(Refusal::Forbidden("plan-annex-issued")),
    }
}

/// Everything that a file is held against.
struct Work {
    board: Board,
    people: Vec<(AccountId, String)>,
    recurs: Vec<(Recurrence, String)>,
    no_task: String,
    name: String,
    changes: Changes,
    mark: String,
}

impl Work {
    fn around(&self) -> Around<'_> {
        Around {
            board: &self.board,
            people: &self.people,
            recurs: &self.recurs,
            no_task: &self.no_task,
        }
    }
}

/// Works out what a kept file changes in a plan as it is now.
async fn work(
    editorial: &Editorial,
    conn: &mut Conn,
    by: &By,
    (plan, file): (Plan, &str),
) -> Result<Work, Error> {
    let name = find_use(conn, plan.agency, file).await?.name;
    let bytes = editorial.files.read(file).await?;
    let grids = read_grids(bytes, name.clone(), by).await?;
    let mut people = activity_store::people(conn, plan.agency).await?;
    for person in activity_store::accountable(conn, plan.id).await? {
        if people.iter().all(|(id, _)| *id != person.0) {
            people.push(person);
        }
    }
    let legal = editorial.say(web::Lang::Vi);
    let recurs: Vec<(Recurrence, String)> = RECURRENCES
        .iter()
        .map(|(recurs, word)| (*recurs, legal.t(&format!("plan-recurs-{word}"))))
        .collect();
    let mut work = Work {
        board: Board::load(conn, plan, editorial.today()).await?,
        people,
        recurs,
        no_task: legal.t("plan-annex-no-task"),
        name,
        changes: Changes::default(),
        mark: String::new(),
    };
    work.changes = annex::changes(&grids, &work.around());
    let state = format!("{} {:?}", work.board.plan.version, work.changes);
    work.mark = hex::encode(Sha256::digest(state.as_bytes()));
    Ok(work)
}

async fn store(
    editorial: &Editorial,
    by: &By,
    (id, file): (&str, &str),
    mark: &str,
) -> Result<Plan, Error> {
    let mut act: Act = editorial.db.act().await?;
    let plan = open(&mut act, by, id, Deed::EditContent).await?;
    still_open(&plan)?;
    let work = work(editorial, &mut act, by, (plan, file)).await?;
    if work.mark != mark {
        return Err(Refusal::Stale.into());
    }
    if work.changes.is_empty() {
        return Err(Refusal::because("plan-annex-same").into());
    }
    annex::store(&mut act, editorial, &work.board, &work.changes).await?;
    let plan = work.board.plan;
    let changed: Vec<_> = work
        .changes
        .changed
        .iter()
        .map(|row| row.before.id)
        .collect();
    let data = json!({
        "file": file,
        "n_tasks_added": work.changes.tasks_added.len(),
        "n_tasks_renamed": work.changes.tasks_renamed.len(),
        "n_activities_added": work.changes.added.len(),
        "activities_changed": changed,
    });
    editorial
        .record(&mut act, by.actor(), "plan.annex", subject(plan.id), data)
        .await?;
    touch(&mut act, plan.id);
    act.commit().await?;
    Ok(plan)
}

async fn page(editorial: &Editorial, by: &By, id: &str) -> Result<PlanAnnexPage, Error> {
    let mut read = editorial.db.read().await?;
    let plan = open(&mut read, by, id, Deed::EditContent).await?;
    let n_activities = activity_store::list(&mut read, plan.id).await?.len();
    let frame = editorial.desk(by, "plan-annex-import").await?;
    let title = frame.title.clone();
    let frame = under_plan(frame, &plan).titled(title);
    Ok(PlanAnnexPage {
        frame,
        base: address(plan.id),
        problems: Problems::none(),
        is_open: still_open(&plan).is_ok(),
        n_activities,
        preview: None,
    })
}

async fn preview_of(
    editorial: &Editorial,
    by: &By,
    id: &str,
    file: &str,
) -> Result<Preview, Error> {
    let mut read = editorial.db.read().await?;
    let plan = open(&mut read, by, id, Deed::EditContent).await?;
    let work = work(editorial, &mut read, by, (plan, file)).await?;
    let say = editorial.say(by.lang());
    Ok(Preview {
        file: file.to_owned(),
        ..in_words(&work, &say)
    })
}

fn in_words(work: &Work, say: &Say) -> Preview {
    let (changes, around) = (&work.changes, work.around());
    let n_absent = changes.absent.len();
    let counts = [
        (
            "plan-annex-n-changed",
            changes.changed.len() + changes.tasks_renamed.len(),
        ),
        (
            "plan-annex-n-added",
            changes.added.len() + changes.tasks_added.len(),
        ),
        ("plan-annex-n-same", changes.n_same),
        ("plan-annex-n-absent", n_absent),
    ];
    let changed = changes
        .changed
        .iter()
        .take(SHOWN_MAX)
        .map(|row| ChangedRow {
            no: work.board.number(row.before.id).to_owned(),
            title: row.before.details.title.clone(),
            cell: row.cell.clone(),
            fields: annex::field_changes(row, &changes.tasks_added, &around, say),
        });
    let added = changes.added.iter().take(SHOWN_MAX).map(|row| {
        let told = annex::told(&row.details, &around, say).into_iter().skip(1);
        AddedRow {
            title: row.details.title.clone(),
            cell: row.cell.clone(),
            told: told.filter(|(_, words)| !words.is_empty()).collect(),
        }
    });
    let absent = changes.absent.iter().take(SHOWN_MAX).filter_map(|id| {
        let activity = work.board.activity(*id).ok()?;
        Some((
            work.board.number(*id).to_owned(),
            activity.details.title.clone(),
        ))
    });
    let lists = [changes.changed.len(), changes.added.len(), n_absent];
    Preview {
        file: String::new(),
        name: work.name.clone(),
        mark: work.mark.clone(),
        counts: counts
            .map(|(key, n)| (say.t(key), n.to_string()))
            .into_iter()
            .collect(),
        wrong: wrong(changes, say),
        changed: changed.collect(),
        added: added.collect(),
        tasks: tasks(work),
        absent: absent.collect(),
        n_more: lists.iter().map(|n| n.saturating_sub(SHOWN_MAX)).sum(),
    }
}

/// Tasks that are renamed or added: cell, old title (or none), new title.
fn tasks(work: &Work) -> Vec<(String, String, String)> {
    let renamed = work.changes.tasks_renamed.iter().map(|(id, title, cell)| {
        let task = work.board.tasks.iter().find(|task| task.id == *id);
        let old = task.map(|task| task.title.clone()).unwrap_or_default();
        (cell.clone(), old, title.clone())
    });
    let added = work.changes.tasks_added.iter();
    let added = added.map(|task| (task.cell.clone(), String::new(), task.title.clone()));
    renamed.chain(added).collect()
}

/// Every problem with its cell, in words.
fn wrong(changes: &Changes, say: &Say) -> Vec<(String, String)> {
    let sentence = |problem: &Problem| {
        let values: Vec<(&str, &str)> = problem
            .values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        say.with(problem.key, &values)
    };
    let problems = changes.problems.iter();
    problems
        .map(|found| (found.cell.clone(), sentence(&found.problem)))
        .collect()
}
