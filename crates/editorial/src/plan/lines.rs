//! A plan in lines, for its pages: each task and activity with its words and its bar.

use base::calendar::date_short;
use base::id::{TaskId, UnitId};
use base::text::number::whole;
use web::Say;

use super::activity::{Activity, When, recurrence_word};
use super::activity_store::ShownItem;
use super::board::Board;
use super::plan::Plan;
use super::progress::{Progress, Status, Summary, TargetProgress, WHOLE};
use super::task::Task;

/// A bar: how much is done, and a mark where the work should be today.
pub struct Bar {
    /// The state by which it is coloured.
    pub state: &'static str,
    /// Done, in per cent.
    pub percent: i64,
    /// Where the mark stands, in per cent; none when nothing is due or all is done.
    pub due: Option<i64>,
    /// The bar in words.
    pub label: String,
    /// The figure.
    pub strong: String,
    /// What follows the figure.
    pub rest: String,
}

/// An activity as a line.
pub struct ActivityLine {
    /// Its id.
    pub id: String,
    /// Its number in the tree.
    pub no: String,
    /// What is done.
    pub title: String,
    /// Its status in words.
    pub tag: String,
    /// The state by which the tag is coloured.
    pub state: &'static str,
    /// When, who leads, who answers.
    pub meta: Vec<String>,
    /// Its bars: one for each target, or one that says that there is none.
    pub bars: Vec<Bar>,
    /// The last things done, where a page shows them: words, address (or empty) and day.
    pub done: Vec<(String, String, String)>,
}

/// A task as a line.
pub struct TaskLine {
    /// Its id.
    pub id: String,
    /// Its number in the tree.
    pub no: String,
    /// What is to be done.
    pub title: String,
    /// Its bar.
    pub bar: Bar,
    /// Whether nothing stands under it.
    pub is_empty: bool,
}

/// One line of the tree: a task begins, an activity, or (neither) a task ends.
#[derive(Default)]
pub struct Line {
    /// A task that begins.
    pub task: Option<TaskLine>,
    /// An activity.
    pub activity: Option<ActivityLine>,
}

/// Makes the lines of a plan in a language.
pub struct Lines<'a> {
    /// The plan.
    pub board: &'a Board,
    /// The words.
    pub say: &'a Say,
    /// Only what this unit leads or supports.
    pub unit: Option<UnitId>,
    /// What the public is shown: things done, and no names of persons.
    pub public: Option<&'a [ShownItem]>,
}

impl<'a> Lines<'a> {
    /// The lines of a page for the staff.
    pub fn new(board: &'a Board, say: &'a Say) -> Self {
        Self {
            board,
            say,
            unit: None,
            public: None,
        }
    }

    /// The whole tree.
    pub fn tree(&self) -> Vec<Line> {
        self.branch(None).0
    }

    /// What is late, the longest late first.
    pub fn late(&self) -> Vec<ActivityLine> {
        let late = self
            .board
            .late()
            .into_iter()
            .filter(|(activity, _)| self.keeps(activity));
        late.map(|(activity, progress)| {
            let mut line = self.activity(activity);
            line.tag = self.say.n("plan-days-late", progress.days_late);
            line
        })
        .collect()
    }

    /// How far the kept activities are together.
    pub fn summary(&self) -> Summary {
        let kept = self
            .board
            .activities
            .iter()
            .filter(|activity| self.keeps(activity));
        Summary::of(
            &kept
                .map(|activity| self.board.progress(activity))
                .collect::<Vec<_>>(),
        )
    }

    /// One activity.
    pub fn activity(&self, activity: &Activity) -> ActivityLine {
        let progress = self.board.progress(activity);
        let details = &activity.details;
        let mut meta = vec![self.when(&details.when), self.board.lead(activity)];
        let accountable = self.board.accountable(activity);
        if self.public.is_none() && !accountable.is_empty() {
            meta.push(self.say.t1("plan-answers", "person", accountable));
        }
        if progress.n_missed > 0 && progress.status != Status::Late {
            meta.push(self.say.n("plan-slots-missed", progress.n_missed));
        }
        let targets = self.board.targets(activity).iter();
        meta.extend(
            targets
                .filter(|target| target.by_hand > 0)
                .map(|target| self.by_hand(target)),
        );
        meta.retain(|words| !words.is_empty());
        ActivityLine {
            id: activity.id.to_string(),
            no: self.board.number(activity.id).to_owned(),
            title: details.title.clone(),
            tag: self
                .say
                .t(&format!("plan-status-{}", progress.status.as_str())),
            state: progress.status.look(),
            meta,
            bars: self.bars(activity),
            done: self.done(activity),
        }
    }

    /// The bars of an activity: one for each target, or one that says that there is none.
    pub fn bars(&self, activity: &Activity) -> Vec<Bar> {
        let targets = self.board.targets(activity);
        if targets.is_empty() {
            return vec![self.bar_without_target(self.board.progress(activity).done)];
        }
        targets.iter().map(|target| self.bar(target)).collect()
    }

    fn done(&self, activity: &Activity) -> Vec<(String, String, String)> {
        let own = self
            .public
            .unwrap_or_default()
            .iter()
            .filter(|item| item.activity == activity.id);
        own.map(|item| {
            let url = if is_web_address(&item.url) {
                item.url.clone()
            } else {
                String::new()
            };
            (item.title.clone(), url, date_short(item.done_on))
        })
        .collect()
    }

    fn bar_without_target(&self, done: i64) -> Bar {
        Bar {
            state: Status::NoTarget.as_str(),
            percent: 0,
            due: None,
            label: self.say.t1("plan-bar-no-target", "done", done),
            strong: done.to_string(),
            rest: String::new(),
        }
    }

    /// The bar of one target. What was entered by hand is said to be.
    pub fn bar(&self, target: &TargetProgress) -> Bar {
        let done = hundredths(target.done_hundredths);
        let number = whole(target.number);
        let words = [
            ("done", done.as_str()),
            ("target", &number),
            ("unit", &target.unit),
            ("due", &whole(target.due)),
        ];
        let mut label = self.say.with("plan-bar", &words);
        if target.by_hand > 0 {
            label = format!("{label}; {}", self.by_hand(target));
        }
        Bar {
            state: target.status.look(),
            percent: target.share / 100,
            due: mark(target.share_due / 100, target.status.is_done()),
            label,
            strong: done,
            rest: format!(" / {number} {}", target.unit).trim_end().to_owned(),
        }
    }

    /// How much of a target was entered by hand.
    fn by_hand(&self, target: &TargetProgress) -> String {
        let n = format!("{} {}", whole(target.by_hand), target.unit);
        self.say.t1("plan-by-hand-part", "n", n.trim_end())
    }

    /// The bar of several activities together.
    pub fn bar_of(&self, sum: &Summary, name: &str) -> Bar {
        let status = sum.status();
        let words = [
            ("name", name),
            ("percent", &sum.percent.to_string()),
            ("due", &sum.percent_due.to_string()),
            ("done", &sum.n_done.to_string()),
            ("counted", &sum.n_with_target.to_string()),
        ];
        let has_target = sum.n_with_target > 0;
        let key = if has_target {
            "plan-bar-sum"
        } else {
            "plan-bar-sum-no-target"
        };
        let strong = if has_target {
            format!("{} %", sum.percent)
        } else {
            "–".to_owned()
        };
        Bar {
            state: status.look(),
            percent: sum.percent,
            due: mark(sum.percent_due, status.is_done()),
            label: self.say.with(key, &words),
            strong,
            rest: String::new(),
        }
    }

    /// When something is done: as written, or else its days.
    pub fn when(&self, when: &When) -> String {
        if !when.text.is_empty() {
            return when.text.clone();
        }
        let days = match (when.from, when.to) {
            (Some(from), Some(to)) if from == to => date_short(from),
            (Some(from), Some(to)) => format!("{} – {}", date_short(from), date_short(to)),
            (Some(from), None) => self.say.t1("plan-from", "day", date_short(from)),
            (None, Some(to)) => self.say.t1("plan-until", "day", date_short(to)),
            (None, None) => String::new(),
        };
        let recurs = when.recurs.map(|recurs| {
            self.say
                .t(&format!("plan-recurs-{}", recurrence_word(recurs)))
        });
        let parts = [recurs.unwrap_or_default(), days];
        parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn keeps(&self, activity: &Activity) -> bool {
        self.unit.is_none_or(|unit| Board::is_of(activity, unit))
    }

    /// The lines under a task, and how far the activities among them are.
    fn branch(&self, parent: Option<TaskId>) -> (Vec<Line>, Vec<Progress>) {
        let (mut lines, mut all) = (Vec::new(), Vec::new());
        for task in self.board.tasks.iter().filter(|task| task.parent == parent) {
            let (inside, progress) = self.branch(Some(task.id));
            if self.unit.is_some() && inside.is_empty() {
                continue;
            }
            lines.push(Line {
                task: Some(self.task(task, &progress, inside.is_empty())),
                activity: None,
            });
            lines.extend(inside);
            lines.push(Line::default());
            all.extend(progress);
        }
        for activity in self
            .board
            .activities
            .iter()
            .filter(|found| found.task == parent)
        {
            if self.keeps(activity) {
                lines.push(Line {
                    task: None,
                    activity: Some(self.activity(activity)),
                });
                all.push(self.board.progress(activity));
            }
        }
        (lines, all)
    }

    fn task(&self, task: &Task, progress: &[Progress], is_empty: bool) -> TaskLine {
        TaskLine {
            id: task.id.to_string(),
            no: task.no.clone(),
            title: task.title.clone(),
            bar: self.bar_of(&Summary::of(progress), &task.title),
            is_empty,
        }
    }
}

/// Number, day of issue and issuer of a plan in one line.
pub fn head_words(plan: &Plan, say: &Say) -> String {
    let details = &plan.details;
    let issued = details.issued_on.map(date_short);
    let parts = [
        details
            .number
            .as_ref()
            .map(|number| say.t1("plan-no", "number", number)),
        issued.map(|day| say.t1("plan-issued", "day", day)),
        Some(details.issuer.clone()).filter(|issuer| !issuer.is_empty()),
        Some(say.t1("plan-of-year", "year", details.year)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Hundredths of an item, or of a per cent, as people write them: `3`, `0,33`.
pub fn hundredths(amount: i64) -> String {
    if amount % WHOLE == 0 {
        whole(amount / WHOLE)
    } else {
        format!("{},{:02}", whole(amount / WHOLE), amount % WHOLE)
    }
}

/// Where the mark of what is due stands; inside the bar even at its end.
fn mark(percent_due: i64, is_done: bool) -> Option<i64> {
    (percent_due > 0 && !is_done).then_some(percent_due.min(99))
}

/// Whether an address leads to a page of the web, ours or another's, and nowhere else.
fn is_web_address(url: &str) -> bool {
    let is_ours = url.starts_with('/') && !url.starts_with("//");
    is_ours || url.starts_with("https://") || url.starts_with("http://")
}
