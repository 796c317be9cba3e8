//! Parts II and III of a report: what was done, by task and by channel.

use base::text::number::whole;
use documents::paper::{Cell, Column, Part, Run, Table};

use super::figures::{ActivityFigures, TargetFigures, TaskFigures};
use super::report_paper::Writer;
use super::statistic::{self, Way};

impl Writer<'_> {
    pub(super) fn by_task(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        if self.figures.standing.activities == 0 {
            parts.push(Part::paragraph(self.say.t("report-no-activities")));
            return parts;
        }
        let defined = ["done_in_window", "done_in_total", "by_hand", "status"]
            .map(|name| self.definition(name));
        parts.push(Part::paragraph(defined.join(" ")));
        let mut table = Table::new(vec![
            Column::new(self.say.t("report-col-no"), 4).centered(),
            Column::new(self.say.t("report-col-activity"), 15),
            Column::new(self.say.t("report-col-lead"), 9),
            Column::new(self.say.t("report-col-target"), 6).right(),
            Column::new(self.say.t("report-col-window"), 6).right(),
            Column::new(self.say.t("report-col-total"), 6).right(),
            Column::new(self.say.t("report-col-status"), 8),
        ]);
        for task in &self.figures.tasks {
            table = table.group([Cell::from(task.no.clone()), Cell::from(self.task(task))]);
            table = task
                .activities
                .iter()
                .fold(table, |table, found| self.rows_of(table, found));
        }
        if !self.figures.activities.is_empty() && !self.figures.tasks.is_empty() {
            table = table.group([String::new(), self.say.t("report-no-task")]);
        }
        let others = self.figures.activities.iter();
        parts.push(
            others
                .fold(table, |table, found| self.rows_of(table, found))
                .into(),
        );
        parts
    }

    fn task(&self, task: &TaskFigures) -> String {
        let standing = &task.standing;
        if standing.with_target == 0 {
            return task.title.clone();
        }
        let percent = format!("{}%", standing.percent);
        self.say
            .t2("report-task", ("title", &task.title), ("percent", &percent))
    }

    /// The rows of an activity: one for each target.
    fn rows_of(&self, table: Table, activity: &ActivityFigures) -> Table {
        let others = activity.targets.iter().skip(1);
        others.fold(table.row(self.activity(activity)), |table, target| {
            table.row(self.target(activity, target))
        })
    }

    /// The row of a further target.
    fn target(&self, activity: &ActivityFigures, target: &TargetFigures) -> Vec<Cell> {
        let promised = format!("{} {}", whole(target.number), target.unit);
        let address = self.address(activity);
        let figure = |text: String| Cell::runs(vec![self.lead(Run::new(text), &address)]);
        vec![
            Cell::from(String::new()),
            Cell::from(String::new()),
            Cell::from(String::new()),
            Cell::from(promised.trim_end().to_owned()),
            figure(whole(target.done_in_window)),
            figure(self.total(target.done_in_total, target.by_hand)),
            Cell::from(self.say.t(&format!("report-status-{}", target.status))),
        ]
    }

    fn address(&self, activity: &ActivityFigures) -> String {
        format!(
            "/desk/plans/{}/activities/{}",
            self.figures.plan.id, activity.id
        )
    }

    /// How many are done; what was entered by hand is said to be.
    fn total(&self, done: i64, by_hand: i64) -> String {
        if by_hand == 0 {
            return whole(done);
        }
        let words = self.say.t1("report-by-hand", "n", whole(by_hand));
        format!("{} ({words})", whole(done))
    }

    fn activity(&self, activity: &ActivityFigures) -> Vec<Cell> {
        let address = self.address(activity);
        let mut title = vec![self.lead(Run::new(activity.title.clone()), &address)];
        if !activity.when.is_empty() {
            title.push(Run::new(format!("\n{}", activity.when)).italic());
        }
        let target = match activity.target {
            Some(target) => format!("{} {}", whole(target), activity.target_unit)
                .trim_end()
                .to_owned(),
            None => "–".to_owned(),
        };
        let figure = |text: String| Cell::runs(vec![self.lead(Run::new(text), &address)]);
        let by_hand = activity.targets.first().map_or(0, |first| first.by_hand);
        let status = activity
            .targets
            .first()
            .map_or(&activity.status, |first| &first.status);
        vec![
            Cell::from(activity.no.clone()),
            Cell::runs(title),
            Cell::from(activity.lead_unit.clone()),
            Cell::from(target),
            figure(whole(activity.done_in_window)),
            figure(self.total(activity.done_in_total, by_hand)),
            Cell::from(self.say.t(&format!("report-status-{status}"))),
        ]
    }

    pub(super) fn by_channel(&self) -> Vec<Part> {
        let counted = &self.figures.counted;
        let mut parts = Vec::new();
        let defined = ["n_items", "n_publications"].map(|name| self.definition(name));
        parts.push(Part::paragraph(defined.join(" ")));
        if counted.channels.is_empty() {
            parts.push(Part::paragraph(self.say.t("report-no-publications")));
            return parts;
        }
        let mut table = Table::new(vec![
            Column::new(self.say.t("report-col-row"), 2).centered(),
            Column::new(self.say.t("report-col-channel"), 9),
            Column::new(self.say.t("report-col-kind"), 6),
            Column::new(self.say.t("report-col-items"), 4).right(),
            Column::new(self.say.t("report-col-publications"), 4).right(),
        ]);
        for (at, channel) in counted.channels.iter().enumerate() {
            let code = format!("channel-{}", at + 1);
            table = table.row([
                Cell::from((at + 1).to_string()),
                Cell::from(channel.name.clone()),
                Cell::from(self.say.t(&format!("channel-kind-{}", channel.kind))),
                self.figure(whole(channel.n_items), &code),
                self.figure(whole(channel.n_publications), &code),
            ]);
        }
        let total = [
            Cell::from(String::new()),
            Cell::from(self.say.t("report-total-once")),
            Cell::from(String::new()),
            self.figure(whole(counted.n_items), "items"),
            self.figure(whole(counted.n_publications), "publications"),
        ];
        parts.push(table.total(total).into());
        parts
    }

    /// The statistics that reports are asked for; those that people typed are marked.
    pub(super) fn statistics(&self) -> Vec<Part> {
        let all = &self.figures.statistics;
        if all.iter().all(|own| own.number == 0) {
            return Vec::new();
        }
        let mut table = Table::new(vec![
            Column::new(self.say.t("report-col-row"), 2).centered(),
            Column::new(self.say.t("report-col-statistic"), 11),
            Column::new(self.say.t("report-col-number"), 4).right(),
            Column::new(self.say.t("report-col-counted"), 7),
        ]);
        for (own, at) in all.iter().filter(|own| own.number > 0).zip(1usize..) {
            let typed = statistic::statistic(&own.code).map(|found| found.way);
            let way = match typed {
                Some(Way::Items(_)) => "report-way-items",
                Some(Way::Publications(_)) => "report-way-publications",
                Some(Way::Typed(_)) | None => "report-way-typed",
            };
            let number = self.figure(whole(own.number), &format!("stat-{}", own.code));
            table = table.row([
                Cell::from(at.to_string()),
                Cell::from(self.say.t(&format!("report-stat-{}", own.code))),
                number,
                Cell::from(self.say.t(way)),
            ]);
        }
        vec![Part::paragraph(self.definition("statistics")), table.into()]
    }
}
