//! Sao kế hoạch: making the next year's draft of a plan, with what was learnt as notes beside it.

use base::calendar::working::WorkCalendar;
use base::id::{AccountId, ActivityId, PlanId, RowId, UnitId, Uuid};
use base::{Error, Subject, SubjectKind};
use db::{Act, Conn};
use house::people::agency::Unit;
use house::people::lineage::Lineage;
use house::people::{agency_store, succession};
use jiff::civil::Date;
use serde_json::json;
use web::{Form, Lang, Say};

use super::life_store::{self, Lesson, NewStep};
use super::next_year::{Carrying, Snag, UnitNow, Wanted, carried, moved_words};
use super::rules::Step;
use super::taking::Taking;
use crate::plan::board::Board;
use crate::plan::finding::{self, StoredFinding, Way};
use crate::plan::import::Severity;
use crate::plan::intake::Draft;
use crate::plan::plan::{LegalBasis, Plan, PlanDetails, PlanSource, PlanState};
use crate::plan::plan_store::{self, Storing};
use crate::plan::progress::Status;
use crate::plan::{activity_store, desk, finding_store};

/// Makes the next year's draft; returns it.
///
/// # Refusals
/// Those of the step and of [`Wanted::of`].
pub async fn copy(taking: Taking<'_>, form: &Form) -> Result<PlanId, Error> {
    let (mut act, plan) = taking.begin(Step::Copy).await?;
    let wanted = Wanted::of(form, plan.details.year)?;
    let house = taking.house;
    let last = LastYear::read(&mut act, plan, house.today()).await?;
    let draft = last.draft(&taking, wanted);
    let storing = Storing {
        by: Some(taking.actor.account),
        now: taking.now(),
        ids: &house.ids,
        clock: &house.clock,
    };
    plan_store::add(&mut act, &draft, storing).await?;
    let copy = draft.plan.id;
    let title = &last.board.plan.details.title;
    let step = NewStep {
        id: house.ids.next(&house.clock),
        kind: "copied",
        text: title,
        by: Some(taking.actor.account),
        at: taking.now(),
    };
    life_store::add_step(&mut act, copy, step).await?;
    let subject = Subject::new(SubjectKind::Plan, copy);
    let data = json!({
        "of": last.board.plan.id,
        "year": draft.plan.details.year,
        "title": draft.plan.details.title,
        "n_tasks": draft.tasks.len(),
        "n_activities": draft.activities.len(),
        "n_notes": draft.findings.len(),
    });
    house
        .record(&mut act, taking.actor, "plan.copy", subject, data)
        .await?;
    act.touch(format!("plan/{copy}"));
    act.touch("plans");
    act.commit().await?;
    Ok(copy)
}

/// Everything of last year that the draft is made of.
struct LastYear {
    board: Board,
    lessons: Vec<Lesson>,
    bases: Vec<LegalBasis>,
    passages: Vec<crate::plan::intake::Passage>,
    channels: Vec<(String, String)>,
    stored: Vec<StoredFinding>,
    units: Vec<Unit>,
    lineage: Lineage,
    people: Vec<AccountId>,
    calendar: WorkCalendar,
}

impl LastYear {
    async fn read(act: &mut Act, plan: Plan, today: Date) -> Result<Self, Error> {
        let conn: &mut Conn = act;
        let people = activity_store::people(conn, plan.agency).await?;
        Ok(Self {
            lessons: life_store::lessons(conn, plan.id).await?,
            bases: plan_store::bases(conn, plan.id).await?,
            passages: plan_store::passages(conn, plan.id).await?,
            channels: plan_store::channels(conn, plan.id).await?,
            stored: finding_store::list(conn, plan.id).await?,
            units: agency_store::units(conn, plan.agency, today).await?,
            lineage: succession::lineage(conn, plan.agency, Date::MIN, today).await?,
            people: people.into_iter().map(|(id, _)| id).collect(),
            calendar: house::calendar::of(conn, plan.agency).await?,
            board: Board::load(conn, plan, today).await?,
        })
    }

    fn draft(&self, taking: &Taking<'_>, wanted: Wanted) -> Draft {
        let (house, old) = (taking.house, &self.board.plan);
        let id = house.ids.next::<PlanId>(&house.clock);
        let unit = |unit: UnitId| self.unit_now(unit);
        let carrying = Carrying {
            from: old.details.year,
            to: wanted.year,
            unit: &unit,
            is_here: &|person| self.people.contains(&person),
            is_working: &|day| self.calendar.is_working(day),
        };
        let tree = (
            self.board.tasks.as_slice(),
            self.board.activities.as_slice(),
        );
        let new_id = || house.ids.next::<Uuid>(&house.clock);
        let carried = carried(id, tree, &carrying, new_id);
        let row = || house.ids.next::<RowId>(&house.clock);
        let notes = self.notes(&carried.snags, &house.say(Lang::Vi));
        Draft {
            plan: Plan {
                id,
                agency: old.agency,
                details: PlanDetails {
                    title: wanted.title,
                    number: None,
                    issued_on: None,
                    issuer: old.details.issuer.clone(),
                    year: wanted.year,
                    state: PlanState::Draft,
                    is_public: false,
                },
                source: PlanSource::default(),
                is_amending: false,
                version: 1,
            },
            bases: Vec::new(),
            passages: self.passages.clone(),
            channels: self.channels.clone(),
            findings: notes.into_iter().map(|note| note.finding(row())).collect(),
            tasks: carried.tasks,
            activities: carried.activities,
        }
    }

    /// What a unit of last year is today: it may have merged into another since.
    fn unit_now(&self, id: UnitId) -> UnitNow {
        let today = self.board.today;
        let is_open = |id| {
            let found = self.units.iter().find(|unit| unit.id == id);
            found.is_some_and(|unit| unit.is_open(today))
        };
        let heir = self.lineage.heir(id);
        match is_open(id) {
            true => UnitNow::Still,
            false if is_open(heir) => UnitNow::Became(heir),
            false => UnitNow::Gone,
        }
    }

    /// What is to be thought of, as findings of the new draft.
    fn notes(&self, snags: &[Snag], say: &Say) -> Vec<Note> {
        let mut notes = self.lesson_notes(say);
        notes.extend(snags.iter().map(|snag| self.snag_note(*snag, say)));
        notes.extend(self.unreached(say));
        notes.extend(self.bases.iter().map(|basis| Note {
            code: "last_year.basis".to_owned(),
            severity: Severity::Ask,
            message: say.t("life-note-basis"),
            quote: desk::basis_edit::words(basis, say),
        }));
        notes.extend(self.carried_findings(say));
        notes
    }

    fn lesson_notes(&self, say: &Say) -> Vec<Note> {
        let each = self.lessons.iter().enumerate();
        each.map(|(n, lesson)| Note {
            code: format!("last_year.lesson_{}", n + 1),
            severity: Severity::Note,
            message: say.t1("life-note-lesson", "text", &lesson.text),
            quote: lesson
                .activity
                .map(|id| self.quoted(id))
                .unwrap_or_default(),
        })
        .collect()
    }

    fn snag_note(&self, snag: Snag, say: &Say) -> Note {
        let (code, severity, key, activity, words) = match snag {
            Snag::UnitGone(activity, unit) => (
                "last_year.unit_gone",
                Severity::Ask,
                "life-note-unit-gone",
                activity,
                self.board.unit_name(unit).to_owned(),
            ),
            Snag::UnitFollowed(activity, old, new) => {
                let found = self.units.iter().find(|unit| unit.id == new);
                let new = found.map_or("", |unit| unit.name.as_str());
                let words = format!("{} → {new}", self.board.unit_name(old));
                let key = "life-note-unit-followed";
                (
                    "last_year.unit_followed",
                    Severity::Note,
                    key,
                    activity,
                    words,
                )
            }
            Snag::DayMoved(activity, from, to) => (
                "last_year.day_moved",
                Severity::Note,
                "life-note-day-moved",
                activity,
                moved_words(from, to),
            ),
        };
        Note {
            code: code.to_owned(),
            severity,
            message: say.t(key),
            quote: format!("{}: {words}", self.quoted(activity)),
        }
    }

    /// What last year promised and did not reach.
    fn unreached(&self, say: &Say) -> Vec<Note> {
        let late = self
            .board
            .activities
            .iter()
            .filter(|activity| self.board.progress(activity).status == Status::Late);
        late.map(|activity| Note {
            code: "last_year.not_reached".to_owned(),
            severity: Severity::Note,
            message: say.t("life-note-not-reached"),
            quote: self.quoted(activity.id),
        })
        .collect()
    }

    /// What last year's plan failed to say and the new draft does not say by itself; and that it
    /// came late.
    fn carried_findings(&self, say: &Say) -> Vec<Note> {
        let standing = finding::standing(&self.stored, &self.board.plan, &self.board.activities);
        let open = standing.into_iter().filter(|found| !found.is_settled);
        open.filter_map(|found| match found.code.as_str() {
            "plan.late_issue" => Some(Note {
                code: "last_year.late_issue".to_owned(),
                severity: Severity::Note,
                message: say.t("life-note-late-issue"),
                quote: String::new(),
            }),
            code if code.starts_with("plan.") && found.way == Way::Nowhere => Some(Note {
                code: found.code,
                severity: found.severity,
                message: found.message,
                quote: String::new(),
            }),
            _ => None,
        })
        .collect()
    }

    fn quoted(&self, id: ActivityId) -> String {
        let found = self.board.activity(id);
        let title = found.map_or("", |activity| activity.details.title.as_str());
        format!("{} {title}", self.board.number(id))
            .trim()
            .to_owned()
    }
}

/// A note of the new draft.
struct Note {
    code: String,
    severity: Severity,
    message: String,
    quote: String,
}

impl Note {
    fn finding(self, id: RowId) -> StoredFinding {
        StoredFinding {
            id,
            code: self.code,
            severity: self.severity,
            message: self.message,
            quote: self.quote,
            span: (0, 0),
            is_settled: false,
        }
    }
}

/// The title that a copy is offered: last year's, with the year to come.
pub fn title_offered(plan: &Plan) -> String {
    let (old, new) = (plan.details.year, plan.details.year + 1);
    plan.details
        .title
        .replace(&old.to_string(), &new.to_string())
}
