//! What an activity says of itself, and what its bars say in sentences.

use base::calendar::date_short;
use web::Say;

use crate::plan::activity::Activity;
use crate::plan::board::Board;
use crate::plan::lines::{Lines, hundredths};
use crate::plan::programme::Programme;
use crate::plan::progress::{Status, TargetProgress};

/// What the bars say, in sentences.
pub(super) fn words(board: &Board, activity: &Activity, say: &Say) -> Vec<String> {
    let progress = board.progress(activity);
    let targets = board.targets(activity);
    let lines = Lines::new(board, say);
    let bars = lines.bars(activity).into_iter();
    let mut words: Vec<String> = bars.map(|bar| bar.label).collect();
    words.extend(targets.iter().filter_map(|target| slots(target, say)));
    let (from, to) = (date_short(progress.from), date_short(progress.to));
    words.push(say.with("plan-window-days", &[("from", &from), ("to", &to)]));
    if progress.status == Status::Late {
        words.push(say.n("plan-days-late", progress.days_late));
    }
    if progress.n_missed > 0 {
        words.push(say.n("plan-slots-missed", progress.n_missed));
    }
    let uncounted = board.uncounted(activity);
    if !targets.is_empty() && uncounted > 0 {
        words.push(say.n("plan-items-uncounted", uncounted));
    }
    words
}

/// How the number of a target came about, when it is more than was written.
fn slots(target: &TargetProgress, say: &Say) -> Option<String> {
    if target.n_slots < 2 && target.n_units < 2 {
        return None;
    }
    let key = if target.n_units > 0 {
        "plan-slots-units"
    } else {
        "plan-slots"
    };
    let all = [
        ("number", &*target.each.to_string()),
        ("target", &target.unit),
        ("slots", &target.n_slots.to_string()),
        ("units", &target.n_units.to_string()),
    ];
    Some(say.with(key, &all))
}

/// The facts of an activity: names and values.
pub(super) fn facts(
    lines: &Lines<'_>,
    activity: &Activity,
    programmes: &[Programme],
) -> Vec<(String, String)> {
    let (board, say, details) = (lines.board, lines.say, &activity.details);
    let task = board
        .tasks
        .iter()
        .find(|task| Some(task.id) == activity.task);
    let task = task.map(|task| format!("{}. {}", task.no, task.title));
    let own = programmes
        .iter()
        .filter(|programme| details.programmes.contains(&programme.id));
    let own: Vec<String> = own
        .map(|programme| format!("{} ({})", programme.details.name, programme.details.code))
        .collect();
    let all = [
        ("plan-task", task.unwrap_or_default()),
        ("plan-form", details.form.clone()),
        ("plan-output", details.output.clone()),
        ("plan-lead-unit", board.lead(activity)),
        (
            "plan-supporting-units",
            board.supporting(activity).join("; "),
        ),
        ("plan-accountable", board.accountable(activity).to_owned()),
        ("plan-when", lines.when(&details.when)),
        ("plan-weight", weight(board, activity, say)),
        ("plan-programmes", own.join("; ")),
        ("plan-note", details.note.clone()),
    ];
    let words = |words: String| {
        if words.is_empty() {
            say.t("plan-empty-value")
        } else {
            words
        }
    };
    all.into_iter()
        .map(|(key, value)| (say.t(key), words(value)))
        .collect()
}

/// What it weighs: its points, and what these are of the plan and of its task.
fn weight(board: &Board, activity: &Activity, say: &Say) -> String {
    let Some((of_plan, of_task)) = board.weights().get(&activity.id).copied() else {
        return say.t("plan-weight-none");
    };
    let all = [
        ("points", &*activity.details.points().to_string()),
        ("plan", &hundredths(of_plan)),
        ("task", &hundredths(of_task)),
    ];
    say.with("plan-weight-words", &all)
}
