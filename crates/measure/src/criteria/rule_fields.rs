//! A rule as the fields of a form, which are also the lines of a cell: written and read back.

use base::Problem;
use base::text::{clean_line, fold};
use rust_decimal::Decimal;
use web::{Lang, Say};

use super::exact::{parse_percent, parse_points, worded};
use super::rule::{CheckItem, NoOccasion, PARTS_MAX, Rule, Rung, SurveyOption, WAYS, Way};

/// Every field of any rule, in the order in which it is written.
pub const FIELDS: [&str; 17] = [
    "way",
    "max",
    "floor",
    "cap",
    "otherwise",
    "yes",
    "no",
    "full",
    "late",
    "late_days",
    "part",
    "whole",
    "zero_at",
    "full_at",
    "each",
    "no_occasion",
    "lines",
];

/// The fields that a way has, besides `way` and `no_occasion`.
pub fn fields_of(way: &str) -> &'static [&'static str] {
    match way {
        "steps" => &["lines", "otherwise"],
        "proportion" => &["max", "floor", "cap"],
        "checklist" => &["max", "lines"],
        "yes_no" => &["yes", "no"],
        "on_time" => &["full", "late", "late_days"],
        "ratio" => &["max", "part", "whole", "zero_at", "full_at"],
        "survey" => &["max", "lines"],
        "bonus" | "penalty" => &["each", "max"],
        _ => &[],
    }
}

/// The rule as field and value.
pub fn write(rule: &Rule) -> Vec<(&'static str, String)> {
    let p = |value: &Decimal| worded(*value, Lang::Vi);
    let c = |value: &Decimal| format!("{}%", worded(*value, Lang::Vi));
    let mut out = vec![("way", rule.way.as_str().to_owned())];
    match &rule.way {
        Way::Steps { rungs, otherwise } => {
            let lines = rungs
                .iter()
                .map(|rung| format!("{} | {}", c(&rung.at_least), p(&rung.points)));
            out.push(("lines", lines.collect::<Vec<_>>().join("\n")));
            out.push(("otherwise", p(otherwise)));
        }
        Way::Proportion { max, floor, cap } => {
            out.push(("max", p(max)));
            out.push(("floor", floor.as_ref().map(c).unwrap_or_default()));
            out.push(("cap", c(cap)));
        }
        Way::Checklist { items, max } => {
            let lines = items.iter().map(|item| {
                let own = format!("{} | {} | {}", item.code, item.title, p(&item.points));
                match item.kinds.is_empty() {
                    true => own,
                    false => format!("{own} | {}", item.kinds.join(", ")),
                }
            });
            out.push(("max", p(max)));
            out.push(("lines", lines.collect::<Vec<_>>().join("\n")));
        }
        Way::YesNo { yes, no } => out.extend([("yes", p(yes)), ("no", p(no))]),
        Way::OnTime {
            full,
            late,
            late_days,
        } => {
            out.extend([("full", p(full)), ("late", p(late))]);
            let days = late_days.map(|days| days.to_string());
            out.push(("late_days", days.unwrap_or_default()));
        }
        Way::Ratio {
            max,
            part,
            whole,
            zero_at,
            full_at,
        } => {
            out.extend([
                ("max", p(max)),
                ("part", part.clone()),
                ("whole", whole.clone()),
                ("zero_at", c(zero_at)),
                ("full_at", c(full_at)),
            ]);
        }
        Way::Survey { max, options } => {
            let lines = options
                .iter()
                .map(|one| format!("{} | {} | {}", one.code, one.title, c(&one.weight)));
            out.push(("max", p(max)));
            out.push(("lines", lines.collect::<Vec<_>>().join("\n")));
        }
        Way::Bonus { each, max } | Way::Penalty { each, max } => {
            out.extend([("each", p(each)), ("max", p(max))]);
        }
    }
    out.push(("no_occasion", rule.no_occasion.as_str().to_owned()));
    out
}

/// Reads a rule from its fields.
///
/// # Refusals
/// Every field that is missing or no number; lines that cannot be read; a code that stands twice.
pub fn read(value: impl Fn(&str) -> String) -> Result<Rule, Vec<Problem>> {
    let mut reader = Reader {
        value,
        problems: Vec::new(),
    };
    let way = reader.way();
    let no_occasion = match (reader.value)("no_occasion").as_str() {
        "" => Some(NoOccasion::NotTaken),
        word => NoOccasion::parse(word),
    };
    if no_occasion.is_none() {
        let problem = Problem::at("no_occasion", "field-choice");
        reader.problems.push(problem);
    }
    match (way, no_occasion) {
        (Some(way), Some(no_occasion)) if reader.problems.is_empty() => {
            Ok(Rule { way, no_occasion })
        }
        _ => Err(reader.problems),
    }
}

struct Reader<F> {
    value: F,
    problems: Vec<Problem>,
}

impl<F: Fn(&str) -> String> Reader<F> {
    fn way(&mut self) -> Option<Way> {
        let way = (self.value)("way");
        Some(match way.as_str() {
            "steps" => Way::Steps {
                rungs: self.rungs(),
                otherwise: self.points("otherwise"),
            },
            "proportion" => Way::Proportion {
                max: self.points("max"),
                floor: self.maybe_share("floor"),
                cap: self.cap(),
            },
            "checklist" => Way::Checklist {
                items: self.items(),
                max: self.points("max"),
            },
            "yes_no" => Way::YesNo {
                yes: self.points("yes"),
                no: self.points("no"),
            },
            "on_time" => Way::OnTime {
                full: self.points("full"),
                late: self.points("late"),
                late_days: self.late_days(),
            },
            "ratio" => self.ratio(),
            "survey" => Way::Survey {
                max: self.points("max"),
                options: self.options(),
            },
            "bonus" => Way::Bonus {
                each: self.points("each"),
                max: self.points("max"),
            },
            "penalty" => Way::Penalty {
                each: self.points("each"),
                max: self.points("max"),
            },
            _ => {
                self.problems.push(Problem::at("way", "field-choice"));
                return None;
            }
        })
    }

    fn ratio(&mut self) -> Way {
        let (zero_at, full_at) = (self.share("zero_at"), self.share("full_at"));
        if zero_at == full_at {
            let problem = Problem::at("full_at", "criteria-ratio-same");
            self.problems.push(problem);
        }
        Way::Ratio {
            max: self.points("max"),
            part: self.words("part"),
            whole: self.words("whole"),
            zero_at,
            full_at,
        }
    }

    fn points(&mut self, field: &'static str) -> Decimal {
        let text = (self.value)(field);
        let found = parse_points(&text);
        if found.is_none() {
            let problem = Problem::at(field, "criteria-points-wrong");
            self.problems.push(problem.with("value", text));
        }
        found.unwrap_or_default()
    }

    fn share(&mut self, field: &'static str) -> Decimal {
        let text = (self.value)(field);
        let found = parse_percent(&text);
        if found.is_none() {
            let problem = Problem::at(field, "criteria-share-wrong");
            self.problems.push(problem.with("value", text));
        }
        found.unwrap_or_default()
    }

    /// The cap: everything is reached there, so it lies above zero.
    fn cap(&mut self) -> Decimal {
        let cap = self.share("cap");
        if cap.is_zero() && self.problems.iter().all(|one| one.field != Some("cap")) {
            let problem = Problem::at("cap", "criteria-share-wrong");
            self.problems
                .push(problem.with("value", (self.value)("cap")));
        }
        cap
    }

    fn maybe_share(&mut self, field: &'static str) -> Option<Decimal> {
        match (self.value)(field).trim().is_empty() {
            true => None,
            false => Some(self.share(field)),
        }
    }

    fn late_days(&mut self) -> Option<u32> {
        let text = clean_line(&(self.value)("late_days"));
        if text.is_empty() {
            return None;
        }
        let found = text.parse::<u32>().ok().filter(|days| *days <= 366);
        if found.is_none() {
            let problem = Problem::at("late_days", "criteria-days-wrong");
            self.problems.push(problem.with("value", text));
        }
        found
    }

    fn words(&mut self, field: &'static str) -> String {
        let words = clean_line(&(self.value)(field));
        if words.is_empty() || words.chars().count() > 200 {
            self.problems.push(Problem::at(field, "field-required"));
        }
        words
    }

    /// The lines of a field, split at their bars.
    fn lines(&mut self) -> Vec<Vec<String>> {
        let text = (self.value)("lines");
        let lines = text.lines().map(clean_line);
        let lines: Vec<Vec<String>> = lines
            .filter(|line| !line.is_empty())
            .map(|line| line.split('|').map(|part| part.trim().to_owned()).collect())
            .collect();
        if lines.is_empty() {
            self.problems.push(Problem::at("lines", "field-required"));
        }
        if lines.len() > PARTS_MAX {
            let problem = Problem::at("lines", "criteria-lines-many").with("max", PARTS_MAX);
            self.problems.push(problem);
        }
        lines
    }

    fn wrong_line(&mut self, parts: &[String]) {
        let problem = Problem::at("lines", "criteria-line-wrong");
        self.problems.push(problem.with("line", parts.join(" | ")));
    }

    fn rungs(&mut self) -> Vec<Rung> {
        let mut rungs = Vec::new();
        for parts in self.lines() {
            let rung = match &parts[..] {
                [at, points] => parse_percent(at).zip(parse_points(points)),
                _ => None,
            };
            match rung {
                Some((at_least, points)) => rungs.push(Rung { at_least, points }),
                None => self.wrong_line(&parts),
            }
        }
        rungs
    }

    fn items(&mut self) -> Vec<CheckItem> {
        let mut items: Vec<CheckItem> = Vec::new();
        for parts in self.lines() {
            let (code, title, points, kinds) = match &parts[..] {
                [code, title, points] => (code, title, points, ""),
                [code, title, points, kinds] => (code, title, points, kinds.as_str()),
                _ => {
                    self.wrong_line(&parts);
                    continue;
                }
            };
            let is_new = !code.is_empty() && items.iter().all(|item| item.code != *code);
            let points = parse_points(points).filter(|_| is_new && !title.is_empty());
            let Some(points) = points else {
                self.wrong_line(&parts);
                continue;
            };
            let kinds = kinds.split(',').map(str::trim);
            items.push(CheckItem {
                code: code.clone(),
                title: title.clone(),
                points,
                kinds: kinds.filter(|k| !k.is_empty()).map(str::to_owned).collect(),
            });
        }
        items
    }

    fn options(&mut self) -> Vec<SurveyOption> {
        let mut options: Vec<SurveyOption> = Vec::new();
        for parts in self.lines() {
            let found = match &parts[..] {
                [code, title, weight] if !code.is_empty() => {
                    let is_new = options.iter().all(|option| option.code != *code);
                    let hundred = super::exact::HUNDRED;
                    let weight = parse_percent(weight).filter(|w| is_new && *w <= hundred);
                    weight.map(|weight| SurveyOption {
                        code: code.clone(),
                        title: title.clone(),
                        weight,
                    })
                }
                _ => None,
            };
            match found {
                Some(option) => options.push(option),
                None => self.wrong_line(&parts),
            }
        }
        options
    }
}

/// The rule as the lines of a cell: `tối đa: 1`; the lines of a list begin with a dash.
pub fn to_cell(rule: &Rule, legal: &Say) -> String {
    let mut lines = Vec::new();
    for (field, value) in write(rule) {
        let label = legal.t(&format!("criteria-rule-{field}"));
        match field {
            "way" => lines.push(format!(
                "{label}: {}",
                legal.t(&format!("criteria-way-{value}"))
            )),
            "no_occasion" => {
                let words = legal.t(&format!("criteria-occasion-{value}"));
                lines.push(format!("{label}: {words}"));
            }
            "lines" => lines.extend(value.lines().map(|line| format!("- {line}"))),
            _ if value.is_empty() => {}
            _ => lines.push(format!("{label}: {value}")),
        }
    }
    lines.join("\n")
}

/// Reads the lines of a cell.
///
/// # Refusals
/// As [`read`]; a line that names no field.
pub fn of_cell(cell: &str, legal: &Say) -> Result<Rule, Vec<Problem>> {
    let mut values: Vec<(&str, String)> = Vec::new();
    let (mut list, mut unknown) = (Vec::new(), Vec::new());
    for line in cell.lines().map(clean_line).filter(|line| !line.is_empty()) {
        if let Some(part) = line.strip_prefix('-') {
            list.push(part.trim().to_owned());
            continue;
        }
        let named = line.split_once(':').and_then(|(label, value)| {
            let is_own = |field: &&&str| {
                fold(&legal.t(&format!("criteria-rule-{field}"))) == fold(label.trim())
            };
            let field = FIELDS.iter().find(is_own)?;
            Some((*field, word_of(field, value.trim(), legal)))
        });
        match named {
            Some(pair) => values.push(pair),
            None => unknown.push(Problem::of("criteria-line-wrong").with("line", line)),
        }
    }
    values.push(("lines", list.join("\n")));
    let value = |name: &str| {
        let found = values.iter().find(|(field, _)| *field == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    match (read(value), unknown.is_empty()) {
        (Ok(rule), true) => Ok(rule),
        (Ok(_), false) => Err(unknown),
        (Err(problems), _) => Err(unknown.into_iter().chain(problems).collect()),
    }
}

/// The word of a choice that a cell tells in words.
fn word_of(field: &str, value: &str, legal: &Say) -> String {
    let is = |key: String| fold(&legal.t(&key)) == fold(value);
    let found = match field {
        "way" => WAYS
            .into_iter()
            .find(|word| is(format!("criteria-way-{word}"))),
        "no_occasion" => NoOccasion::ALL
            .into_iter()
            .map(NoOccasion::as_str)
            .find(|word| is(format!("criteria-occasion-{word}"))),
        _ => None,
    };
    found.map_or_else(|| value.to_owned(), str::to_owned)
}

/// Points as a field holds them.
pub fn points_of(points: Decimal) -> String {
    worded(points, Lang::Vi)
}
