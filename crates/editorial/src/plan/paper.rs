//! A plan as a document: purposes, tasks, channels, who does what, and the annex with the table.
//!
//! Nothing is added that the plan does not say: a part without contents is left out, and the part on
//! carrying it out is counted from the activities. The layout is the writers' business
//! (`documents`): Decree 30/2020/NĐ-CP, annex I.

use base::calendar::{date_long, date_long_en};
use base::id::{TaskId, UnitId};
use base::text::number::padded;
use documents::paper::{Annex, Cell, Column, Language, Number, Paper, Part, Run, Signer, Table};
use jiff::Timestamp;
use web::{Lang, Say};

use super::activity::Activity;
use super::annex;
use super::board::Board;
use super::lines::Lines;
use super::paper_store::Around;
use super::plan::LegalBasis;

/// With more activities than these, the text names the tasks and leaves the rest to the annex.
const IN_TEXT_MAX: usize = 120;

/// The plan as a neutral document in the language of `say`; the legal form is the Vietnamese one.
pub fn paper(board: &Board, around: &Around, say: &Say, made_at: Timestamp) -> Paper {
    let writer = Writer { board, around, say };
    let details = &board.plan.details;
    let issuer = match details.issuer.is_empty() {
        true => around.agency.name.clone(),
        false => details.issuer.clone(),
    };
    let mut paper = Paper::new(say.t("plan-paper-kind"), writer.about(), issuer);
    paper.language = match say.lang {
        Lang::Vi => Language::Vietnamese,
        Lang::En => Language::English,
    };
    let agency = &around.agency;
    paper.superior = Some(agency.superior.clone()).filter(|name| !name.is_empty());
    paper.number = match &details.number {
        Some(number) => Number::read(number),
        None => Number::open(format!("KH-{}", agency.symbol)),
    };
    paper.place.clone_from(&agency.place);
    paper.issued_on = details.issued_on;
    paper.made_at = made_at;
    paper.bases = around
        .bases
        .iter()
        .map(|basis| writer.basis(basis))
        .collect();
    paper.body = writer.body();
    paper.recipients = writer.recipients();
    let title = Some(&around.signer_title).filter(|title| !title.is_empty());
    let title = title.cloned().unwrap_or_else(|| say.t("plan-paper-signer"));
    paper.signer = Some(Signer::new(title, around.signer_name.clone()));
    if !board.activities.is_empty() {
        paper.annexes = vec![writer.annex()];
    }
    paper
}

struct Writer<'a> {
    board: &'a Board,
    around: &'a Around,
    say: &'a Say,
}

impl Writer<'_> {
    /// What the plan is about: its title without the name of its kind, which stands above it.
    fn about(&self) -> String {
        let title = self.board.plan.details.title.trim();
        let is_shouted = title.chars().any(char::is_alphabetic) && title.to_uppercase() == title;
        let title = if is_shouted {
            title.to_lowercase()
        } else {
            title.to_owned()
        };
        let n_kind = "kế hoạch".chars().count();
        let head: String = title.chars().take(n_kind).collect();
        let rest = match head.to_lowercase() == "kế hoạch" {
            true => title.chars().skip(n_kind).collect::<String>(),
            false => title,
        };
        let rest = rest.trim();
        let mut letters = rest.chars();
        letters.next().map_or(String::new(), |first| {
            first.to_uppercase().collect::<String>() + letters.as_str()
        })
    }

    /// `Căn cứ Quyết định số 152/QĐ-STP ngày 29 tháng 12 năm 2022 của Sở Tư pháp về …`.
    fn basis(&self, basis: &LegalBasis) -> String {
        let title = basis.title.trim();
        let Some(number) = &basis.number else {
            return self.say.t1("plan-paper-basis-title", "title", title);
        };
        let kind = basis.kind.as_deref().and_then(base::citation::kind_of);
        let kind = kind.map_or_else(
            || self.say.t("plan-paper-basis-document"),
            |kind| kind.name.to_owned(),
        );
        let mut text = self
            .say
            .t2("plan-paper-basis", ("kind", &kind), ("number", number));
        if let Some(day) = basis.issued_on {
            let day = match self.say.lang {
                Lang::Vi => date_long(day),
                Lang::En => date_long_en(day),
            };
            text.push_str(&format!(" {day}"));
        }
        if let Some(issuer) = &basis.issuer {
            text.push(' ');
            text.push_str(&self.say.t1("plan-annex-of-issuer", "issuer", issuer));
        }
        if !title.is_empty() {
            text.push(' ');
            text.push_str(title);
        }
        text
    }

    fn body(&self) -> Vec<Part> {
        let about = self.about();
        let mut first = about.chars();
        let about = first.next().map_or(String::new(), |letter| {
            letter.to_lowercase().collect::<String>() + first.as_str()
        });
        let opening = self.say.t2(
            "plan-paper-opening",
            ("agency", &self.around.agency.name),
            ("about", &about),
        );
        let mut body = vec![Part::paragraph(opening)];
        let passages = |kind: &str| -> Vec<String> {
            let own = self
                .around
                .passages
                .iter()
                .filter(|passage| passage.kind == kind);
            own.map(|passage| passage.text.clone()).collect()
        };
        let channels = self.around.channels.iter().map(|(_, name)| name.clone());
        let numbered = |texts: Vec<String>| -> Vec<Part> {
            let texts = texts.into_iter().enumerate();
            texts
                .map(|(n, text)| Part::paragraph(format!("{}. {text}", n + 1)))
                .collect()
        };
        let bullets = |texts: Vec<String>| match texts.is_empty() {
            true => Vec::new(),
            false => vec![Part::bullets(texts)],
        };
        let parts = [
            ("plan-paper-purposes", numbered(passages("purpose"))),
            ("plan-paper-audiences", bullets(passages("audience"))),
            ("plan-paper-tasks", self.tasks()),
            ("plan-paper-channels", bullets(channels.collect())),
            ("plan-paper-carrying-out", self.carrying_out()),
        ];
        let parts = parts.into_iter().filter(|(_, parts)| !parts.is_empty());
        for ((key, inside), roman) in parts.zip(["I.", "II.", "III.", "IV.", "V."]) {
            body.push(Part::heading(1, roman, self.say.t(key)));
            body.extend(inside);
        }
        body
    }

    fn tasks(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        for task in &self.board.tasks {
            let depth = u8::try_from(task.no.split('.').count()).unwrap_or(u8::MAX);
            let number = format!("{}.", task.no);
            parts.push(Part::heading(depth.saturating_add(1), number, &task.title));
            parts.extend(self.activities(Some(task.id)));
        }
        parts.extend(self.activities(None));
        parts
    }

    fn own(&self, task: Option<TaskId>) -> impl Iterator<Item = &Activity> {
        let all = self.board.activities.iter();
        all.filter(move |activity| activity.task == task)
    }

    fn activities(&self, task: Option<TaskId>) -> Vec<Part> {
        if self.board.activities.len() > IN_TEXT_MAX {
            return Vec::new();
        }
        let activities = self.own(task);
        activities.map(|activity| self.activity(activity)).collect()
    }

    /// An activity as a paragraph: what, then how many, who, when.
    fn activity(&self, activity: &Activity) -> Part {
        let details = &activity.details;
        let title = details.title.trim_end_matches(['.', ';', ' ']);
        let head = format!("{}. {title}.", self.board.number(activity.id));
        let facts = [
            ("plan-paper-form", details.form.clone()),
            ("plan-paper-output", self.output(activity)),
            ("plan-paper-lead", self.board.lead(activity)),
            (
                "plan-paper-supporting",
                self.board.supporting(activity).join("; "),
            ),
            ("plan-paper-when", self.when(activity)),
        ];
        let facts = facts.into_iter().filter(|(_, words)| !words.is_empty());
        let facts: Vec<String> = facts
            .map(|(key, words)| {
                self.say
                    .t1(key, "words", words.trim_end_matches(['.', ';', ' ']))
            })
            .collect();
        let mut runs = vec![Run::new(head)];
        if !facts.is_empty() {
            runs.push(Run::new(format!(" {}.", facts.join(". "))).italic());
        }
        Part::Paragraph(runs)
    }

    /// The output in words and its targets, without saying the same twice.
    fn output(&self, activity: &Activity) -> String {
        let output = activity.details.output.trim();
        let targets = annex::targets_told(&activity.details);
        match (output.is_empty(), targets.is_empty()) {
            (true, _) => targets,
            (false, true) => output.to_owned(),
            (false, false) if base::text::fold(output).contains(&base::text::fold(&targets)) => {
                output.to_owned()
            }
            (false, false) => format!("{output} ({targets})"),
        }
    }

    fn when(&self, activity: &Activity) -> String {
        Lines::new(self.board, self.say).when(&activity.details.when)
    }

    /// What each unit leads and supports, by the numbers of the activities.
    fn carrying_out(&self) -> Vec<Part> {
        let mut items = Vec::new();
        for unit in &self.board.units {
            let leads = self.numbers(|activity| activity.details.lead_unit == Some(unit.id));
            let supports = self.numbers(|activity| supports(activity, unit.id));
            let words: Vec<String> = [
                ("plan-paper-unit-leads", leads),
                ("plan-paper-unit-supports", supports),
            ]
            .into_iter()
            .filter(|(_, numbers)| !numbers.is_empty())
            .map(|(key, numbers)| {
                let count = padded(u64::try_from(numbers.len()).unwrap_or(u64::MAX));
                let list = numbers.join(", ");
                self.say.t2(key, ("count", &count), ("list", &list))
            })
            .collect();
            if !words.is_empty() {
                items.push(format!("{}: {}.", unit.name, words.join("; ")));
            }
        }
        match items.is_empty() {
            true => Vec::new(),
            false => vec![
                Part::paragraph(self.say.t("plan-paper-units")),
                Part::bullets(items),
            ],
        }
    }

    fn numbers(&self, is_of: impl Fn(&Activity) -> bool) -> Vec<String> {
        let own = self
            .board
            .activities
            .iter()
            .filter(|activity| is_of(activity));
        own.map(|activity| self.board.number(activity.id).to_owned())
            .collect()
    }

    fn recipients(&self) -> Vec<String> {
        let mut list = Vec::new();
        if !self.around.agency.superior.is_empty() {
            let superior = &self.around.agency.superior;
            list.push(self.say.t1("plan-paper-to-superior", "name", superior));
        }
        let others = [
            "plan-paper-to-leaders",
            "plan-paper-to-units",
            "plan-paper-to-archive",
        ];
        list.extend(others.map(|key| self.say.t(key)));
        list
    }

    fn annex(&self) -> Annex {
        let say = self.say;
        let mut table = Table::new(vec![
            Column::new(say.t("plan-annex-col-no"), 3).centered(),
            Column::new(say.t("plan-annex-col-title"), 15),
            Column::new(say.t("plan-annex-col-output"), 9),
            Column::new(say.t("plan-annex-col-lead"), 7),
            Column::new(say.t("plan-annex-col-supporting"), 8),
            Column::new(say.t("plan-annex-col-when"), 6).centered(),
            Column::new(say.t("plan-annex-col-note"), 5),
        ]);
        for task in &self.board.tasks {
            table = table.group([task.no.clone(), task.title.clone()]);
            table = self
                .own(Some(task.id))
                .fold(table, |table, found| self.row(table, found));
        }
        table = self
            .own(None)
            .fold(table, |table, found| self.row(table, found));
        Annex::wide(say.t("plan-paper-annex"), vec![table.into()])
    }

    fn row(&self, table: Table, activity: &Activity) -> Table {
        let details = &activity.details;
        table.row([
            Cell::from(self.board.number(activity.id)),
            Cell::from(details.title.clone()),
            Cell::from(self.output(activity)),
            Cell::from(self.board.lead(activity)),
            Cell::from(self.board.supporting(activity).join(";\n")),
            Cell::from(self.when(activity)),
            Cell::from(details.note.clone()),
        ])
    }
}

fn supports(activity: &Activity, unit: UnitId) -> bool {
    activity.details.supporting_units.contains(&unit)
}
