//! What the page of a component shows, in words.

use base::calendar::date_short;
use base::id::{EvidenceId, RowId};
use house::evidence::{CapturedFile, Evidence};
use web::Say;

use super::score_edit::{Ground, Place};
use super::{body_address, counted, moment, points};
use crate::criteria::sentence;
use crate::criteria::set::Component;
use crate::rounds::entry::{Counted, Entry};
use crate::rounds::entry_store::ReadingChosen;
use crate::rounds::question_store::Question;

pub(super) struct RuleView {
    pub sentence: String,
    pub formula: Vec<String>,
    pub guidance: String,
    pub evidence: String,
    pub note: String,
    pub most: String,
}

pub(super) struct ComputedView {
    pub words: String,
    pub source: String,
    pub href: Option<String>,
}

pub(super) struct ReadingView {
    pub title: String,
    pub reason: String,
    pub sentence: String,
    pub working: Vec<String>,
    pub points: String,
    pub is_chosen: bool,
}

/// What was saved, for who only reads.
pub(super) struct Said {
    pub input: String,
    pub points: String,
    pub explanation: String,
    pub reading_reason: String,
    pub is_by_hand: bool,
    pub saved: String,
    pub version: i64,
}

pub(super) struct PieceView {
    pub id: EvidenceId,
    pub title: String,
    pub about: String,
    pub url: String,
    pub proof: String,
    pub files: Vec<(String, String, String)>,
}

pub(super) struct QuestionView {
    pub id: RowId,
    pub question: String,
    pub asked: String,
    pub answer: Option<(String, String)>,
}

pub(super) struct VerdictView {
    pub points: String,
    pub reason: String,
    pub is_reduced: bool,
}

pub(super) struct AppealView {
    pub asked: String,
    pub reason: String,
    pub answer: Option<(String, String)>,
}

pub(super) fn rule_view(component: &Component, say: &Say) -> RuleView {
    RuleView {
        sentence: sentence::sentence(&component.rule, say),
        formula: sentence::formula(&component.rule, say),
        guidance: component.guidance.clone(),
        evidence: component.evidence.clone(),
        note: component.note.clone(),
        most: points(component.max, say),
    }
}

pub(super) fn computed_view(ground: &Ground, say: &Say) -> Option<ComputedView> {
    ground.computed.is_given().then(|| ComputedView {
        words: sentence::input(&ground.computed, &ground.component, say),
        source: sentence::source(&ground.component.source, say),
        href: ground.computed_href.clone(),
    })
}

/// Both readings of the rule for what was saved, or for what Loa computes: side by side.
pub(super) fn readings(ground: &Ground, say: &Say) -> (Vec<ReadingView>, bool) {
    let component = &ground.component;
    let input = match &ground.score {
        Some(score) if score.input.is_given() => &score.input,
        _ => &ground.computed,
    };
    if !input.is_given() {
        return (Vec::new(), false);
    }
    let both = component.score(input);
    let chosen = ground.score.as_ref().and_then(|score| score.reading);
    let differs = both.differs();
    let mut views = vec![ReadingView {
        title: say.t("rounds-reading-first"),
        reason: String::new(),
        sentence: sentence::sentence(&component.rule, say),
        working: sentence::working(&both.first, say),
        points: points(both.first.points, say),
        is_chosen: differs && chosen == Some(ReadingChosen::First),
    }];
    if let (Some(reading), Some(scored)) = (&component.second, &both.second) {
        views.push(ReadingView {
            title: say.t("rounds-reading-second"),
            reason: reading.reason.clone(),
            sentence: sentence::sentence(&reading.rule, say),
            working: sentence::working(scored, say),
            points: points(scored.points, say),
            is_chosen: differs && chosen == Some(ReadingChosen::Second),
        });
    }
    (views, differs)
}

pub(super) fn said(ground: &Ground, say: &Say) -> Said {
    let score = ground.score.as_ref();
    let claim = score.map(|score| &score.entry.claim);
    let of_survey = ground.survey.as_ref();
    Said {
        input: score
            .filter(|score| score.input.is_given())
            .map(|score| sentence::input(&score.input, &ground.component, say))
            .or(of_survey.map(|(_, source)| source.clone()))
            .unwrap_or_default(),
        points: score
            .map(|score| counted(score.entry.claimed(), say))
            .or(of_survey.map(|(points, _)| counted(*points, say)))
            .unwrap_or_default(),
        explanation: claim
            .map(|claim| claim.explanation.clone())
            .unwrap_or_default(),
        reading_reason: score
            .map(|score| score.reading_reason.clone())
            .unwrap_or_default(),
        is_by_hand: score.is_some_and(|score| score.is_by_hand && score.input.is_given()),
        saved: score
            .map(|score| moment(score.saved_at, say))
            .unwrap_or_default(),
        version: score.map_or(0, |score| score.version),
    }
}

pub(super) fn piece_view(
    piece: &Evidence,
    leaf: Option<i64>,
    place: Place,
    say: &Say,
) -> PieceView {
    let capture = &piece.capture;
    let day = date_short(piece.shown_on);
    let body = body_address(place.0, place.1);
    let file = |file: &CapturedFile| {
        let href = format!("{body}/files/{}", file.sha256);
        (file.name.clone(), href, file.sha256.clone())
    };
    PieceView {
        id: piece.id,
        title: capture.title.clone(),
        about: say.t2(
            "rounds-piece-about",
            ("day", &day),
            ("taken", &moment(capture.taken_at_ms, say)),
        ),
        url: match capture.url.starts_with("http://") || capture.url.starts_with("https://") {
            true => capture.url.clone(),
            false => String::new(),
        },
        proof: match leaf {
            Some(leaf) => say.t1("rounds-piece-leaf", "n", leaf),
            None => say.t("rounds-piece-waits"),
        },
        files: capture.files.iter().map(file).collect(),
    }
}

pub(super) fn question_view(one: &Question, say: &Say) -> QuestionView {
    let who = |name: &str, at: i64| match name.is_empty() {
        true => moment(at, say),
        false => format!("{name}, {}", moment(at, say)),
    };
    QuestionView {
        id: one.id,
        question: one.question.clone(),
        asked: who(&one.asked_by, one.asked_at),
        answer: one
            .answer
            .as_ref()
            .map(|(text, at, name)| (text.clone(), who(name, *at))),
    }
}

pub(super) fn verdict_view(entry: &Entry, say: &Say) -> Option<VerdictView> {
    let verdict = entry.verdict.as_ref()?;
    let given = verdict.points.map_or(Counted::Absent, Counted::Points);
    Some(VerdictView {
        points: counted(given, say),
        reason: verdict.reason.clone(),
        is_reduced: given != entry.claimed(),
    })
}

pub(super) fn appeal_view(entry: &Entry, say: &Say) -> Option<AppealView> {
    let appeal = entry.appeal.as_ref()?;
    Some(AppealView {
        asked: points(appeal.asked, say),
        reason: appeal.reason.clone(),
        answer: appeal
            .answer
            .as_ref()
            .map(|(given, reason)| (points(*given, say), reason.clone())),
    })
}
