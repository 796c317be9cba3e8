//! The input of a rule as the fields of a form: which fields it asks, and what was typed.

use base::Problem;
use base::calendar::parse_date;
use base::text::clean_line;
use web::Form;

use super::exact::parse_figure;
use super::input::{AnswerCount, Input};
use super::rule::{NoOccasion, Rule, Way};

/// Reads what was typed for a rule. Fields: `part`, `whole`, `met`, `yes`, `due`, `sent`, `times`,
/// `answers-{code}`; `no_occasion` with `1` stands for all.
///
/// # Refusals
/// A figure that is none, a day that is none; an answer that is missing.
pub fn read(rule: &Rule, form: &Form) -> Result<Input, Vec<Problem>> {
    if form.has("no_occasion", "1") && rule.no_occasion != NoOccasion::NotTaken {
        return Ok(Input::NoOccasion);
    }
    let mut reader = Reader {
        form,
        problems: Vec::new(),
    };
    let input = reader.input(&rule.way);
    match reader.problems.is_empty() {
        true => Ok(input),
        false => Err(reader.problems),
    }
}

struct Reader<'a> {
    form: &'a Form,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn input(&mut self, way: &Way) -> Input {
        match way {
            Way::Steps { .. } | Way::Proportion { .. } | Way::Ratio { .. } => Input::Figures {
                part: self.figure("part"),
                whole: self.figure("whole"),
            },
            Way::Checklist { items, .. } => {
                let met = items.iter().filter(|item| self.form.has("met", &item.code));
                Input::Checked {
                    codes: met.map(|item| item.code.clone()).collect(),
                }
            }
            Way::YesNo { .. } => match self.form.value("yes") {
                "yes" => Input::Answered { yes: true },
                "no" => Input::Answered { yes: false },
                _ => {
                    self.problems.push(Problem::at("yes", "field-required"));
                    Input::Nothing
                }
            },
            Way::OnTime { .. } => {
                let due = self.day("due");
                let sent = match self.form.value("sent").trim().is_empty() {
                    true => None,
                    false => self.day("sent"),
                };
                match due {
                    Some(due) => Input::Sent { due, sent },
                    None => Input::Nothing,
                }
            }
            Way::Survey { options, .. } => Input::Answers {
                counts: options
                    .iter()
                    .map(|option| AnswerCount {
                        option: option.code.clone(),
                        n: self.count(&format!("answers-{}", option.code)),
                    })
                    .collect(),
            },
            Way::Bonus { .. } | Way::Penalty { .. } => Input::Times {
                n: self.count("times"),
            },
        }
    }

    fn figure(&mut self, name: &'static str) -> rust_decimal::Decimal {
        let text = clean_line(self.form.value(name));
        let found = parse_figure(&text);
        if found.is_none() {
            let problem = Problem::at(name, "criteria-figure-wrong");
            self.problems.push(problem.with("value", text));
        }
        found.unwrap_or_default()
    }

    fn count(&mut self, name: &str) -> u32 {
        let text = clean_line(self.form.value(name));
        let bare = text.replace('.', "");
        match bare.parse::<u32>() {
            Ok(n) if n <= 100_000_000 => n,
            _ if bare.is_empty() => 0,
            _ => {
                let problem = Problem::of("criteria-figure-wrong");
                self.problems.push(problem.with("value", text));
                0
            }
        }
    }

    fn day(&mut self, name: &'static str) -> Option<jiff::civil::Date> {
        let text = clean_line(self.form.value(name));
        let found = parse_date(&text);
        if found.is_none() {
            self.problems
                .push(Problem::at(name, "field-date").with("value", &text));
        }
        found
    }
}
