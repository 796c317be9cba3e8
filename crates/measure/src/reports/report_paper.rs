//! The report as a document: figures in, paper out, in the order that reports of agencies have.
//!
//! Loa's own order: how the plan stands; results by task; by channel; the statistics; what fell
//! short, from the figures; what people assess; what comes next and is proposed; then the annexes.
//! A template may order, leave out and word them otherwise. Decree 30/2020/NĐ-CP, annex I, gives
//! the layout, which is the writers' business (`documents`).

use std::collections::BTreeMap;

use base::id::RowId;
use documents::paper::{Annex, Cell, Language, Mark, Number, Paper, Part, Run, Signer};
use web::{Lang, Say};

use super::dressing::Dress;
use super::figures::{BasisFacts, Figures};
use super::template::{Section, Template, filled, paragraphs};
use super::{figure_list, report_annexes, report_words as words};

/// The numbers of the parts: as many as a template has sections.
const ROMAN: [&str; 10] = [
    "I.", "II.", "III.", "IV.", "V.", "VI.", "VII.", "VIII.", "IX.", "X.",
];

/// Where the figures of a report lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leads {
    /// To what strangers can open: the public address of a publication.
    Public,
    /// To their sources on the desk: the activity, the item, the file; and to the lists behind the
    /// figures of this report.
    Desk(RowId),
}

/// The report as a neutral document, in the language of `say`.
pub fn paper(say: &Say, figures: &Figures, dress: &Dress, leads: Leads) -> Paper {
    let writer = Writer {
        say,
        figures,
        dress,
        leads,
    };
    let (template, own) = (&dress.template, &dress.words);
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
    paper.number = match own.number.is_empty() {
        true => Number::open(format!("BC-{}", agency.symbol)),
        false => Number::read(&own.number),
    };
    paper.issued_on = own.issued_on;
    paper.place.clone_from(&agency.place);
    paper.made_at = figures.made_at.parse().unwrap_or_default();
    paper.bases = writer.bases();
    paper.body = writer.body();
    paper.recipients = writer.recipients();
    paper.signer = Some(writer.signer(template));
    paper.annexes = writer.annexes();
    paper.note = Some(writer.note());
    paper.mark = writer.mark();
    paper
}

/// Writes one report.
#[derive(Clone, Copy)]
pub(super) struct Writer<'a> {
    pub(super) say: &'a Say,
    pub(super) figures: &'a Figures,
    pub(super) dress: &'a Dress,
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
            if has_own_opening(title) {
                text.push_str(title);
            } else {
                text.push_str(&self.say.t1("report-basis-about", "title", title));
            }
        }
        text
    }

    fn body(&self) -> Vec<Part> {
        let template = &self.dress.template;
        let values = figure_list::places(self.say, self.figures);
        let opening = match template.opening.is_empty() {
            true => self.say.with(
                "report-opening",
                &[
                    ("agency", self.figures.agency.name.as_str()),
                    ("plan", &words::plan_name(&self.figures.plan)),
                    ("period", &words::period(self.say, &self.figures.window)),
                ],
            ),
            false => filled(&template.opening, &values),
        };
        let mut body: Vec<Part> = paragraphs(&opening).map(Part::paragraph).collect();
        let mut n = 0;
        for section in template.sections.iter().filter(|section| section.is_on) {
            let parts = self.section(section, &values);
            if parts.is_empty() {
                continue;
            }
            let heading = match section.heading.is_empty() {
                true => self.say.t(&format!("report-part-{}", section.code)),
                false => section.heading.clone(),
            };
            let number = ROMAN.get(n).copied().unwrap_or_default();
            body.push(Part::heading(1, number, heading));
            body.extend(parts);
            n += 1;
        }
        let agency = &self.figures.agency.name;
        let closing = match template.closing.is_empty() {
            true => self.say.t1("report-closing", "agency", agency),
            false => filled(&template.closing, &values),
        };
        body.extend(paragraphs(&closing).map(Part::paragraph));
        body
    }

    /// What stands under a heading: the words of the template, the figures, what people wrote.
    fn section(&self, section: &Section, values: &BTreeMap<String, String>) -> Vec<Part> {
        let text = filled(&section.text, values);
        let mut parts: Vec<Part> = paragraphs(&text).map(Part::paragraph).collect();
        parts.extend(match section.code.as_str() {
            "standing" => self.standing(),
            "tasks" => self.by_task(),
            "channels" => self.by_channel(),
            "statistics" => self.statistics(),
            "shortfalls" => self.shortfalls(),
            "next" => self.next(),
            _ => Vec::new(),
        });
        let own = self.dress.words.texts.get(&section.code);
        let own = own.map(|text| filled(text, values)).unwrap_or_default();
        parts.extend(paragraphs(&own).map(Part::paragraph));
        parts
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
        let mut parts = vec![self.sentence("report-tree", &tree)];
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

    fn signer(&self, template: &Template) -> Signer {
        let frozen = &self.figures.signer;
        let first = |own: &str, frozen: &str| match own.is_empty() {
            true => frozen.to_owned(),
            false => own.to_owned(),
        };
        let mut title = first(&template.signer_title, &frozen.title);
        if title.is_empty() {
            title = self.say.t("report-signer");
        }
        Signer {
            authority: template.authority_line(),
            title,
            name: first(&template.signer_name, &frozen.name),
        }
    }

    /// The signed statement of the log at which the figures were frozen, for machines.
    fn mark(&self) -> Option<Mark> {
        let head = self.figures.checkpoint.as_ref()?;
        (!head.note.is_empty()).then(|| Mark {
            code: head.note.clone(),
            line: self.say.t2(
                "report-mark",
                ("origin", &head.origin),
                ("size", &base::text::number::whole(head.size)),
            ),
        })
    }

    fn recipients(&self) -> Vec<String> {
        if !self.dress.template.recipients.is_empty() {
            return self.dress.template.recipients.clone();
        }
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

    /// A figure that leads to the list behind it, if this copy does.
    pub(super) fn figure(&self, text: String, code: &str) -> Cell {
        Cell::runs(vec![match self.leads {
            Leads::Desk(report) => {
                Run::new(text).to(format!("/desk/reports/{report}/figures/{code}"))
            }
            Leads::Public => Run::new(text),
        }])
    }

    /// A run that leads to a page of the desk, if this copy does.
    pub(super) fn lead(&self, run: Run, address: &str) -> Run {
        match self.leads {
            Leads::Desk(_) => run.to(address),
            Leads::Public => run,
        }
    }
}

/// Whether a title begins as it stands in a sentence: *về …*, *ban hành …*, *quy định …*.
fn has_own_opening(title: &str) -> bool {
    const OPENINGS: [&str; 6] = [
        "ve ",
        "v/v ",
        "ban hanh ",
        "phe duyet ",
        "quy dinh ",
        "huong dan ",
    ];
    let folded = base::text::fold(title);
    OPENINGS.iter().any(|opening| folded.starts_with(opening))
}

#[cfg(test)]
#[path = "report_paper_tests.rs"]
mod tests;
