//! The report as a document: figures in, paper out, in the order that reports of agencies have.
//!
//! I. how the plan stands; II. results by task; III. by channel; IV. what fell short, from the
//! figures; V. what comes next; then the annexes. Decree 30/2020/NĐ-CP, annex I, gives the layout,
//! which is the writers' business (`documents`).

use documents::paper::{Annex, Cell, Column, Language, Number, Paper, Part, Run, Signer, Table};
use web::{Lang, Say};

use super::report::{ActivityFigures, BasisFacts, Figures, TaskFigures};
use super::{report_annexes, report_words as words};

/// Where the figures of a report lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leads {
    /// To what strangers can open: the public address of a publication.
    Public,
    /// To their sources on the desk: the activity, the item, the file.
    Desk,
}

/// The report as a neutral document, in the language of `say`.
pub fn paper(say: &Say, figures: &Figures, leads: Leads) -> Paper {
    let writer = Writer {
        say,
        figures,
        leads,
    };
    let agency = &figures.agency;
    let about = say.t2(
        "report-abstract",
        ("plan", &words::plan_name(&figures.plan)),
        ("period", &words::period(say, &figures.window)),
    );
    let mut paper = Paper::new(say.t("report-kind"), about, agency.name.clone());
    paper.language = match say.lang {
        Lang::Vi => Language::Vietnamese,
        Lang::En => Language::English,
    };
    paper.superior = Some(agency.superior.clone()).filter(|name| !name.is_empty());
    paper.number = Number::open(format!("BC-{}", agency.symbol));
    paper.place.clone_from(&agency.place);
    paper.made_at = figures.made_at.parse().unwrap_or_default();
    paper.bases = writer.bases();
    paper.body = writer.body();
    paper.recipients = writer.recipients();
    let title = Some(&figures.signer.title).filter(|title| !title.is_empty());
    let title = title.cloned().unwrap_or_else(|| say.t("report-signer"));
    paper.signer = Some(Signer::new(title, figures.signer.name.clone()));
    paper.annexes = writer.annexes();
    paper.note = Some(writer.note());
    paper
}

/// Writes one report.
#[derive(Clone, Copy)]
pub(super) struct Writer<'a> {
    pub(super) say: &'a Say,
    pub(super) figures: &'a Figures,
    pub(super) leads: Leads,
}

impl Writer<'_> {
    fn bases(&self) -> Vec<String> {
        let plan = &self.figures.plan;
        let own = BasisFacts {
            number: plan.number.clone(),
            kind: Some("KH".to_owned()),
            issued_on: plan.issued_on,
            issuer: Some(plan.issuer.clone()).filter(|issuer| !issuer.is_empty()),
            title: plan.title.clone(),
        };
        let bases = self.figures.legal_bases.iter().chain([&own]);
        bases.map(|basis| self.basis(basis)).collect()
    }

    /// `Căn cứ Quyết định số 152/QĐ-STP ngày 29 tháng 12 năm 2022 của Sở Tư pháp về …`.
    fn basis(&self, basis: &BasisFacts) -> String {
        let Some(number) = &basis.number else {
            return self
                .say
                .t1("report-basis-title", "title", basis.title.trim());
        };
        let kind = basis.kind.as_deref().and_then(base::citation::kind_of);
        let kind = kind.map_or_else(
            || self.say.t("report-basis-document"),
            |k| k.name.to_owned(),
        );
        let mut text = self
            .say
            .t2("report-basis", ("kind", &kind), ("number", number));
        if let Some(day) = basis.issued_on {
            text.push_str(&format!(" {}", words::day(self.say, day)));
        }
        if let Some(issuer) = &basis.issuer {
            text.push(' ');
            text.push_str(&self.say.t1("report-basis-issuer", "issuer", issuer));
        }
        let title = basis.title.trim();
        if !title.is_empty() {
            text.push(' ');
            text.push_str(&self.say.t1("report-basis-about", "title", title));
        }
        text
    }

    fn body(&self) -> Vec<Part> {
        let mut body = vec![Part::paragraph(self.say.with(
            "report-opening",
            &[
                ("agency", self.figures.agency.name.as_str()),
                ("plan", &words::plan_name(&self.figures.plan)),
                ("period", &words::period(self.say, &self.figures.window)),
            ],
        ))];
        body.extend(self.standing());
        body.extend(self.by_task());
        body.extend(self.by_channel());
        body.extend(self.shortfalls());
        body.extend(self.next());
        body.push(Part::paragraph(self.say.t1(
            "report-closing",
            "agency",
            &self.figures.agency.name,
        )));
        body
    }

    fn standing(&self) -> Vec<Part> {
        let (figures, n) = (self.figures, words::count);
        let standing = &figures.standing;
        let top = figures.tasks.iter().filter(|task| task.depth == 1).count();
        let top = i64::try_from(top).unwrap_or(i64::MAX);
        let tree = [
            ("tasks", n(top)),
            ("activities", n(standing.activities)),
            ("counted", n(standing.with_target)),
        ];
        let states = [
            ("day", words::day(self.say, figures.as_of)),
            ("done", n(standing.done)),
            ("course", n(standing.on_course)),
            ("risk", n(standing.at_risk)),
            ("late", n(standing.late)),
            ("waiting", n(standing.not_started)),
            ("percent", standing.percent.to_string()),
            ("due", standing.percent_due.to_string()),
        ];
        let counted = [
            ("from", words::day(self.say, figures.window.first)),
            ("to", words::day(self.say, figures.as_of)),
            ("items", n(figures.counted.n_items)),
            ("publications", n(figures.counted.n_publications)),
        ];
        let mut parts = vec![
            Part::heading(1, "I.", self.say.t("report-part-standing")),
            self.sentence("report-tree", &tree),
        ];
        if standing.with_target > 0 {
            parts.push(self.sentence("report-states", &states));
        }
        parts.push(self.sentence("report-counted", &counted));
        parts
    }

    fn sentence(&self, key: &str, values: &[(&str, String)]) -> Part {
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        Part::paragraph(self.say.with(key, &values))
    }

    fn by_task(&self) -> Vec<Part> {
        let mut parts = vec![Part::heading(1, "II.", self.say.t("report-part-tasks"))];
        if self.figures.standing.activities == 0 {
            parts.push(Part::paragraph(self.say.t("report-no-activities")));
            return parts;
        }
        let defined =
            ["done_in_window", "done_in_total", "status"].map(|name| self.definition(name));
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
                .fold(table, |table, found| table.row(self.activity(found)));
        }
        if !self.figures.activities.is_empty() && !self.figures.tasks.is_empty() {
            table = table.group([String::new(), self.say.t("report-no-task")]);
        }
        let others = self.figures.activities.iter();
        parts.push(
            others
                .fold(table, |table, found| table.row(self.activity(found)))
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

    fn activity(&self, activity: &ActivityFigures) -> Vec<Cell> {
        let address = format!(
            "/desk/plans/{}/activities/{}",
            self.figures.plan.id, activity.id
        );
        let mut title = vec![self.lead(Run::new(activity.title.clone()), &address)];
        if !activity.when.is_empty() {
            title.push(Run::new(format!("\n{}", activity.when)).italic());
        }
        let target = match activity.target {
            Some(target) => format!("{target} {}", activity.target_unit)
                .trim_end()
                .to_owned(),
            None => "–".to_owned(),
        };
        let figure = |n: i64| {
            let text = base::text::number::whole(n);
            Cell::runs(vec![self.lead(Run::new(text), &address)])
        };
        vec![
            Cell::from(activity.no.clone()),
            Cell::runs(title),
            Cell::from(activity.lead_unit.clone()),
            Cell::from(target),
            figure(activity.done_in_window),
            figure(activity.done_in_total),
            Cell::from(self.say.t(&format!("report-status-{}", activity.status))),
        ]
    }

    fn by_channel(&self) -> Vec<Part> {
        let counted = &self.figures.counted;
        let mut parts = vec![Part::heading(1, "III.", self.say.t("report-part-channels"))];
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
        let whole = base::text::number::whole;
        for (at, channel) in counted.channels.iter().enumerate() {
            table = table.row([
                (at + 1).to_string(),
                channel.name.clone(),
                self.say.t(&format!("channel-kind-{}", channel.kind)),
                whole(channel.n_items),
                whole(channel.n_publications),
            ]);
        }
        let total = [
            String::new(),
            self.say.t("report-total-once"),
            String::new(),
            whole(counted.n_items),
            whole(counted.n_publications),
        ];
        parts.push(table.total(total).into());
        parts
    }

    /// What fell short, as far as the figures know it; the officer adds the reasons.
    fn shortfalls(&self) -> Vec<Part> {
        let (figures, n) = (self.figures, words::count);
        let len = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let without = figures.standing.activities - figures.standing.with_target;
        let open = figures
            .forced
            .iter()
            .filter(|forced| !forced.is_confirmed)
            .count();
        let mut bullets: Vec<String> = Vec::new();
        bullets.extend(
            figures
                .all_activities()
                .filter_map(|found| self.missed(found)),
        );
        for (count, key) in [
            (without, "report-short-target"),
            (len(figures.late_items.len()), "report-short-late-items"),
            (len(figures.forced.len()), "report-short-forced"),
            (len(open), "report-short-unconfirmed"),
            (len(self.unproven()), "report-short-evidence"),
            (figures.unlinked_items, "report-short-unlinked"),
        ] {
            if count > 0 {
                bullets.push(self.say.t1(key, "n", n(count)));
            }
        }
        let heading = Part::heading(1, "IV.", self.say.t("report-part-short"));
        if bullets.is_empty() {
            return vec![heading, Part::paragraph(self.say.t("report-short-none"))];
        }
        vec![heading, Part::bullets(closed(bullets))]
    }

    fn missed(&self, activity: &ActivityFigures) -> Option<String> {
        let key = match activity.status.as_str() {
            "late" => "report-short-late",
            "at_risk" => "report-short-risk",
            _ => return None,
        };
        let whole = base::text::number::whole;
        let values = [
            ("no", activity.no.clone()),
            ("title", activity.title.clone()),
            ("done", whole(activity.done_in_total)),
            ("target", whole(activity.target.unwrap_or(0))),
            ("unit", activity.target_unit.clone()),
            ("due", whole(activity.due)),
            ("days", whole(activity.days_late)),
        ];
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        Some(tidy(&self.say.with(key, &values)))
    }

    /// Items of which nothing was kept.
    fn unproven(&self) -> usize {
        let kept: std::collections::HashSet<_> =
            self.figures.evidence.iter().map(|row| row.item).collect();
        self.figures
            .counted
            .items
            .iter()
            .filter(|item| !kept.contains(&item.id))
            .count()
    }

    fn next(&self) -> Vec<Part> {
        let heading = Part::heading(1, "V.", self.say.t("report-part-next"));
        let due = self.figures.due_next();
        if due.is_empty() {
            return vec![heading, Part::paragraph(self.say.t("report-next-none"))];
        }
        let bullets = due.into_iter().map(|activity| {
            let mut text = format!(
                "{} {}",
                activity.no,
                activity.title.trim_end_matches(['.', ';'])
            );
            let rest = activity
                .target
                .map(|target| target - activity.done_in_total);
            if let Some(rest) = rest.filter(|rest| *rest > 0) {
                text.push_str(&self.say.t2(
                    "report-next-rest",
                    ("n", &base::text::number::whole(rest)),
                    ("unit", &activity.target_unit),
                ));
            }
            if !activity.lead_unit.is_empty() {
                text.push_str(&self.say.t1("report-next-lead", "unit", &activity.lead_unit));
            }
            tidy(&text)
        });
        let intro = Part::paragraph(self.say.t("report-next"));
        vec![heading, intro, Part::bullets(closed(bullets.collect()))]
    }

    fn recipients(&self) -> Vec<String> {
        let agency = &self.figures.agency;
        let mut list = Vec::new();
        if !agency.superior.is_empty() {
            list.push(self.say.t1("report-to-superior", "name", &agency.superior));
        }
        list.extend(
            ["report-to-leaders", "report-to-units", "report-to-archive"]
                .map(|key| self.say.t(key)),
        );
        list
    }

    fn annexes(&self) -> Vec<Annex> {
        let mut annexes = vec![report_annexes::items(self)];
        annexes.extend(report_annexes::exceptions(self));
        annexes.push(report_annexes::evidence(self));
        annexes
    }

    fn note(&self) -> String {
        let figures = self.figures;
        let at = figures
            .made_at
            .parse::<jiff::Timestamp>()
            .unwrap_or_default();
        let moment = match self.say.lang {
            Lang::Vi => base::calendar::date_line(at),
            Lang::En => base::calendar::date_line_en(at),
        };
        self.say.t2(
            "report-note",
            ("day", &words::day(self.say, figures.as_of)),
            ("moment", &moment),
        )
    }

    /// What a figure means: as it was frozen, or in the reader's language.
    pub(super) fn definition(&self, name: &str) -> String {
        match self.say.lang {
            Lang::Vi => self.figures.definition(name).to_owned(),
            Lang::En => words::definition(self.say, name),
        }
    }

    /// A run that leads to a page of the desk, if this copy does.
    pub(super) fn lead(&self, run: Run, address: &str) -> Run {
        match self.leads {
            Leads::Desk => run.to(address),
            Leads::Public => run,
        }
    }
}

/// The items of a list with their closing marks.
fn closed(items: Vec<String>) -> Vec<String> {
    let last = items.len().saturating_sub(1);
    let mark = |at: usize| if at == last { "." } else { ";" };
    items
        .iter()
        .enumerate()
        .map(|(at, text)| format!("{}{}", text.trim_end_matches(['.', ';']), mark(at)))
        .collect()
}

/// One space where an empty value left two, none before a mark.
fn tidy(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.replace(" ,", ",")
        .replace(" ;", ";")
        .replace(" )", ")")
        .replace(" .", ".")
}

#[cfg(test)]
#[path = "report_paper_tests.rs"]
mod tests;
