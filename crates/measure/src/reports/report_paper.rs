//! The report as a document: figures in, paper out, in the order that reports of agencies have.
//!
//! I. how the plan stands; II. results by task; III. by channel; IV. what fell short, from the
//! figures; V. what comes next; then the annexes. Decree 30/2020/NĐ-CP, annex I, gives the layout,
//! which is the writers' business (`documents`).

use documents::paper::{Annex, Language, Number, Paper, Part, Run, Signer};
use web::{Lang, Say};

use super::figures::{BasisFacts, Figures};
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
            if has_own_opening(title) {
                text.push_str(title);
            } else {
                text.push_str(&self.say.t1("report-basis-about", "title", title));
            }
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
