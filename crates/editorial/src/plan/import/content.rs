//! From the outline to the parts of a plan: purposes, audiences, tasks, means, who does what.

use super::flat::Flat;
use super::imported::{ImportedChannel, ImportedTask};
use super::label::Form;
use super::line::Line;
use super::outline::{Node, Outline};
use super::section::{self, Section};
use super::{audience, channel};

/// The parts of a plan as they stand in its text; tasks and items by the nodes that say them.
#[derive(Debug, Default)]
pub struct Content {
    pub purposes: Vec<String>,
    pub audiences: Vec<String>,
    pub tasks: Vec<ImportedTask>,
    /// The node of each task, by its number.
    pub task_nodes: Vec<(String, usize)>,
    /// Nodes that say how, and who.
    pub means: Vec<usize>,
    pub organisation: Vec<usize>,
    pub channels: Vec<ImportedChannel>,
    pub has_budget: bool,
    pub has_time: bool,
    /// First line of the body that holds a task.
    pub first_task_line: Option<usize>,
}

/// Shortest paragraph that is taken for a task, in characters.
const TASK_CHARS_MIN: usize = 12;

/// Most groups of people that one plan addresses.
const AUDIENCES_MAX: usize = 200;

/// Reads the parts of a plan.
pub fn content(lines: &[&Line<'_>], outline: &Outline) -> Content {
    let mut walker = Walker {
        lines,
        outline,
        content: Content::default(),
        task_roots: Vec::new(),
        loose: Vec::new(),
        paragraphs: Vec::new(),
    };
    for root in &outline.roots {
        walker.visit(*root, None);
    }
    walker.settle_tasks();
    walker.settle_people_and_channels();
    walker.content
}

/// A task before it is numbered: a node of its own, or a line in the body of one.
#[derive(Clone, Copy)]
enum TaskRoot {
    Node(usize),
    Paragraph(usize),
}

struct Walker<'a, 't> {
    lines: &'a [&'a Line<'t>],
    outline: &'a Outline,
    content: Content,
    task_roots: Vec<TaskRoot>,
    /// Numbered nodes that stand in no section.
    loose: Vec<usize>,
    /// Lines of content sections that have no list.
    paragraphs: Vec<usize>,
}

impl<'a, 't> Walker<'a, 't> {
    fn node(&self, n: usize) -> &'a Node {
        &self.outline.nodes[n]
    }

    fn line(&self, n: usize) -> &'a Line<'t> {
        self.lines[self.node(n).line]
    }

    fn visit(&mut self, n: usize, inherited: Option<Section>) {
        let own = self.sections(n, inherited);
        let is_heading = !own.is_empty();
        let kind = own.first().copied().or(inherited);
        if own.len() > 1 && !self.node(n).children.is_empty() {
            self.visit_joined(n, &own);
            return;
        }
        match kind {
            Some(Section::Purpose) => self.purposes(n, is_heading),
            Some(Section::Audience) => self.audiences(n),
            Some(Section::Content) => self.tasks(n, is_heading),
            Some(Section::Means) => {
                self.content.means.push(n);
            }
            Some(Section::Budget) => self.content.has_budget = true,
            Some(Section::Time) => self.content.has_time = true,
            Some(Section::Organisation) => self.content.organisation.push(n),
            Some(Section::Bases | Section::Requirement | Section::Targets) => {}
            Some(Section::Annex) | None => self.unnamed(n),
        }
    }

    /// A heading of several sections: its parts name themselves, the others follow the first.
    fn visit_joined(&mut self, n: usize, own: &[Section]) {
        let children = &self.node(n).children;
        let named = children
            .iter()
            .any(|c| !self.sections(*c, Some(own[0])).is_empty());
        if !named && own.contains(&Section::Content) {
            self.tasks(n, true);
            if own.contains(&Section::Means) {
                self.content.means.push(n);
            }
            return;
        }
        for child in children {
            self.visit(*child, Some(own[0]));
        }
        if own.contains(&Section::Audience) && !named {
            self.audiences(n);
        }
        if own.contains(&Section::Budget) {
            self.content.has_budget = true;
        }
        if own.contains(&Section::Time) {
            self.content.has_time = true;
        }
    }

    /// The sections that a node names. Inside a section only a bare heading opens another.
    fn sections(&self, n: usize, inherited: Option<Section>) -> Vec<Section> {
        let node = self.node(n);
        let line = self.line(n);
        match node.form {
            None if line.rows.is_some() => Vec::new(),
            None => section::of_paragraph(&line.flat).into_iter().collect(),
            Some(Form::Intro) => intro(&line.flat).into_iter().collect(),
            Some(form) if form.is_sign() => {
                let bare = line.body().split(':').next().is_some_and(section::is_bare);
                let head = line.body().contains(':') || !node.children.is_empty();
                let names_task = inherited == Some(Section::Content);
                if bare && head && !names_task {
                    section::of_line(line)
                } else {
                    Vec::new()
                }
            }
            Some(Form::Named) => Vec::new(),
            Some(_) => {
                let found = section::of_line(line);
                let bare = line.body().split(':').next().is_some_and(section::is_bare);
                if inherited.is_none() || bare {
                    found
                } else {
                    Vec::new()
                }
            }
        }
    }

    fn unnamed(&mut self, n: usize) {
        let node = self.node(n);
        match node.form {
            Some(Form::Annex | Form::Part | Form::Heading | Form::Intro | Form::Article) => {
                for child in &node.children {
                    self.visit(*child, None);
                }
            }
            Some(_) => {
                let inner: Vec<usize> = node
                    .children
                    .iter()
                    .copied()
                    .filter(|c| !self.sections(*c, None).is_empty())
                    .collect();
                if inner.is_empty() {
                    self.loose.push(n);
                }
                for child in inner {
                    self.visit(child, None);
                }
            }
            None => {}
        }
    }

    fn purposes(&mut self, n: usize, is_heading: bool) {
        let node = self.node(n);
        let line = self.line(n);
        if node.form.is_none() || node.form == Some(Form::Intro) {
            let lead = if node.children.is_empty() {
                purpose_start(&line.flat)
            } else {
                line.flat.len()
            };
            self.split_purposes(line, lead);
        } else if is_heading {
            let inline = line
                .flat
                .flat()
                .find(':')
                .map_or(line.flat.len(), |at| at + 1);
            self.split_purposes(line, inline);
        } else {
            let body = line.body_at();
            self.split_purposes(line, body);
        }
        let parts = node.children.clone();
        for body in &node.body {
            self.split_purposes(self.lines[*body], 0);
        }
        for child in parts {
            self.visit(child, Some(Section::Purpose));
        }
    }

    fn split_purposes(&mut self, line: &Line<'_>, from: usize) {
        if line.rows.is_some() {
            return;
        }
        let view = line.flat.view(from, line.flat.len());
        let mut start = from;
        let mut ends: Vec<usize> = view.match_indices(';').map(|(at, _)| from + at).collect();
        ends.push(line.flat.len());
        for end in ends {
            let (a, b) = line.flat.core(start, end);
            start = end + 1;
            let text = base::text::clean_line(line.flat.cut(a, b));
            let text = text
                .strip_prefix("đồng thời, ")
                .or(text.strip_prefix("đồng thời "))
                .unwrap_or(&text);
            if text.chars().count() >= TASK_CHARS_MIN {
                let mut chars = text.chars();
                let first = chars.next().map(|c| c.to_uppercase().to_string());
                self.content
                    .purposes
                    .push(first.unwrap_or_default() + chars.as_str());
            }
        }
    }

    fn audiences(&mut self, n: usize) {
        let mut own = Vec::new();
        for line in self.subtree(n) {
            let before = own.len();
            audience::add_from(&line.flat, &mut own);
            let is_item = line.label.as_ref().is_some_and(|l| l.form.is_sign());
            if own.len() == before && is_item && line.flat.len() < 160 {
                own.push(line.words());
            }
        }
        for group in own {
            if self.content.audiences.len() < AUDIENCES_MAX
                && !self.content.audiences.contains(&group)
            {
                self.content.audiences.push(group);
            }
        }
    }

    fn tasks(&mut self, n: usize, is_heading: bool) {
        let node = self.node(n);
        let is_item = !is_heading && node.form.is_some() && node.form != Some(Form::Intro);
        if is_item {
            self.task_roots.push(TaskRoot::Node(n));
            return;
        }
        if node.children.is_empty() {
            let inline = self
                .line(n)
                .flat
                .flat()
                .split_once(':')
                .map_or(0, |(_, rest)| rest.trim().len());
            if node.form.is_some() && inline > TASK_CHARS_MIN * 2 {
                self.task_roots.push(TaskRoot::Node(n));
            }
            self.paragraphs.extend(&node.body);
            return;
        }
        for child in &node.children {
            let own = self.sections(*child, Some(Section::Content));
            let transparent = self.node(*child).form == Some(Form::Intro);
            let names_other = own.first().is_some_and(|s| *s != Section::Content);
            let bare_group = own.first() == Some(&Section::Content)
                && section::is_bare(self.line(*child).body())
                && !self.node(*child).children.is_empty();
            if transparent || names_other || bare_group {
                self.visit_child(*child, transparent || bare_group);
            } else {
                self.task_roots.push(TaskRoot::Node(*child));
            }
        }
    }

    fn visit_child(&mut self, n: usize, opens_tasks: bool) {
        if opens_tasks {
            self.tasks(n, true);
        } else {
            self.visit(n, None);
        }
    }

    /// Numbers the tasks; where no section holds any, the best list of the document is taken.
    fn settle_tasks(&mut self) {
        if self.task_roots.is_empty() {
            let lines = std::mem::take(&mut self.paragraphs);
            let worthy = |l: &&usize| {
                let line = self.lines[**l];
                line.rows.is_none()
                    && line.flat.len() >= TASK_CHARS_MIN * 2
                    && !line.flat.flat().trim_end().ends_with(':')
                    && !line.flat.has("phu luc")
            };
            self.task_roots = lines
                .iter()
                .filter(worthy)
                .map(|l| TaskRoot::Paragraph(*l))
                .collect();
        }
        if self.task_roots.is_empty() && self.loose.len() >= 2 {
            self.task_roots = self.loose.iter().map(|n| TaskRoot::Node(*n)).collect();
        }
        if self.task_roots.is_empty() {
            let items: Vec<usize> = self
                .content
                .means
                .iter()
                .flat_map(|n| self.node(*n).children.clone())
                .collect();
            self.task_roots = items.into_iter().map(TaskRoot::Node).collect();
        }
        let roots = std::mem::take(&mut self.task_roots);
        for (k, root) in roots.iter().enumerate() {
            let no = (k + 1).to_string();
            let task = match root {
                TaskRoot::Node(n) => self.task(*n, no),
                TaskRoot::Paragraph(l) => self.paragraph_task(*l, no),
            };
            self.content.tasks.push(task);
        }
        self.content.first_task_line = match roots.first() {
            Some(TaskRoot::Node(n)) => Some(self.node(*n).line),
            Some(TaskRoot::Paragraph(l)) => Some(*l),
            None => None,
        };
    }

    fn paragraph_task(&self, l: usize, no: String) -> ImportedTask {
        ImportedTask {
            no,
            title: self.lines[l].words(),
            span: self.lines[l].words_span(),
            ..ImportedTask::default()
        }
    }

    fn task(&mut self, n: usize, no: String) -> ImportedTask {
        self.content.task_nodes.push((no.clone(), n));
        let line = self.line(n);
        let mut tasks = Vec::new();
        for child in &self.node(n).children {
            if super::detail::is_attribute(self.line(*child).body()) {
                continue;
            }
            let child_no = format!("{no}.{}", tasks.len() + 1);
            tasks.push(self.task(*child, child_no));
        }
        ImportedTask {
            no,
            title: line.words(),
            span: line.words_span(),
            tasks,
            activities: Vec::new(),
        }
    }

    /// Audiences from purposes and channels from the means, where no section names them; then from
    /// the whole text.
    fn settle_people_and_channels(&mut self) {
        if self.content.audiences.is_empty() {
            let mut people = Vec::new();
            for purpose in &self.content.purposes {
                audience::add_from(&Flat::of(purpose), &mut people);
            }
            self.content.audiences = people;
        }
        let means = self.content.means.clone();
        let mut channels = Vec::new();
        for n in means {
            for line in self.subtree(n) {
                channel::add_from(&line.flat, &mut channels);
            }
        }
        if channels.is_empty() {
            let from = self.content.first_task_line.unwrap_or(0);
            for line in self.lines.iter().skip(from) {
                channel::add_from(&line.flat, &mut channels);
            }
        }
        self.content.channels = channels;
    }

    /// All lines of a node and of what stands under it, in order.
    fn subtree(&self, n: usize) -> Vec<&'a Line<'t>> {
        subtree(self.lines, self.outline, n)
    }
}

/// All lines of a node and of what stands under it.
pub fn subtree<'a, 't>(lines: &[&'a Line<'t>], outline: &Outline, n: usize) -> Vec<&'a Line<'t>> {
    let mut found = Vec::new();
    let mut stack = vec![n];
    while let Some(n) = stack.pop() {
        let node = &outline.nodes[n];
        found.push(lines[node.line]);
        found.extend(node.body.iter().map(|l| lines[*l]));
        stack.extend(node.children.iter().rev());
    }
    found
}

/// What a paragraph that opens a list is about.
fn intro(flat: &Flat<'_>) -> Option<Section> {
    if flat.has_any(&["muc dich", "muc tieu"]) && !flat.has_any(&["nhiem vu", "noi dung"]) {
        Some(Section::Purpose)
    } else if flat.has_any(&[
        "nhiem vu",
        "noi dung",
        "hoat dong",
        "cong viec",
        "cong tac trong tam",
    ]) {
        Some(Section::Content)
    } else if flat.has_any(&["hinh thuc", "giai phap", "kenh", "bien phap"]) {
        Some(Section::Means)
    } else if flat.has("doi tuong") {
        Some(Section::Audience)
    } else if flat.has_any(&["to chuc thuc hien", "phan cong", "trach nhiem"]) {
        Some(Section::Organisation)
    } else if flat.has_any(&["ke hoach", "sau", "sau day"]) {
        Some(Section::Content)
    } else {
        None
    }
}

/// Where the purposes of a sentence begin: after "nhằm" or the colon of its opening.
fn purpose_start(flat: &Flat<'_>) -> usize {
    let head = flat.view(0, 120);
    let after = |words: &str| head.find(words).map(|at| at + words.len());
    after(" nham ")
        .or_else(|| after(": "))
        .or_else(|| after(" la "))
        .unwrap_or(0)
}
