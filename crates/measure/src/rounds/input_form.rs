//! The form in which a component is answered, from the kind of its rule; and back from a form: pure.

use base::calendar::date_short;
use base::{Problem, Refusal};
use web::{Check, Form, Lang};

use crate::criteria::exact;
use crate::criteria::input::Input;
use crate::criteria::rule::{NoOccasion, Way};
use crate::criteria::set::Component;

/// What a component is answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A part and its whole; named when the rule names them.
    Figures {
        /// What stands above the line; empty: what was reached.
        part: String,
        /// What stands below it; empty: what was set.
        whole: String,
    },
    /// Lines of a checklist: code and title.
    Checked(Vec<(String, String)>),
    /// Yes or no.
    YesNo,
    /// By when it was due, and when it was sent.
    Sent,
    /// How often.
    Times,
    /// Nothing: the survey answers.
    Survey,
}

/// What a component is answered with.
pub fn asked(component: &Component) -> Asked {
    match &component.rule.way {
        Way::Steps { .. } | Way::Proportion { .. } => Asked::Figures {
            part: String::new(),
            whole: String::new(),
        },
        Way::Ratio { part, whole, .. } => Asked::Figures {
            part: part.clone(),
            whole: whole.clone(),
        },
        Way::Checklist { items, .. } => Asked::Checked(
            items
                .iter()
                .map(|item| (item.code.clone(), item.title.clone()))
                .collect(),
        ),
        Way::YesNo { .. } => Asked::YesNo,
        Way::OnTime { .. } => Asked::Sent,
        Way::Bonus { .. } | Way::Penalty { .. } => Asked::Times,
        Way::Survey { .. } => Asked::Survey,
    }
}

/// Whether it may be said of a component that no occasion arose.
pub fn may_be_absent(component: &Component) -> bool {
    component.rule.no_occasion != NoOccasion::NotTaken
}

/// The input as the fields of its form.
pub fn fields(input: &Input) -> Vec<(&'static str, String)> {
    match input {
        Input::Nothing | Input::Answers { .. } => Vec::new(),
        Input::NoOccasion => vec![("absent", "1".to_owned())],
        Input::Figures { part, whole } => vec![
            ("part", exact::worded(*part, Lang::Vi)),
            ("whole", exact::worded(*whole, Lang::Vi)),
        ],
        Input::Checked { codes } if codes.is_empty() => vec![("none_met", "1".to_owned())],
        Input::Checked { codes } => codes.iter().map(|code| ("codes", code.clone())).collect(),
        Input::Answered { yes } => vec![("yes", i32::from(*yes).to_string())],
        Input::Sent { due, sent } => vec![
            ("due", date_short(*due)),
            ("sent", sent.map(date_short).unwrap_or_default()),
        ],
        Input::Times { n } => vec![("times", n.to_string())],
    }
}

/// Reads the answer of a form; an empty one is [`Input::Nothing`], so that work can be left and come
/// back to.
///
/// # Refusals
/// A figure, a day or a number that is none; a day of sending without the day it was due.
pub fn read(component: &Component, form: &Form) -> Result<Input, Refusal> {
    if form.has("absent", "1") && may_be_absent(component) {
        return Ok(Input::NoOccasion);
    }
    let mut check = form.check();
    let input = match asked(component) {
        Asked::Figures { .. } => figures(form, &mut check),
        Asked::Checked(items) => checked(form, &items),
        Asked::YesNo => match form.value("yes") {
            "1" => Input::Answered { yes: true },
            "0" => Input::Answered { yes: false },
            _ => Input::Nothing,
        },
        Asked::Sent => sent(&mut check),
        Asked::Times => match check.number("times", 0, 100_000) {
            None => Input::Nothing,
            Some(n) => Input::Times {
                n: u32::try_from(n).unwrap_or(0),
            },
        },
        Asked::Survey => Input::Nothing,
    };
    check.done()?;
    Ok(input)
}

fn figures(form: &Form, check: &mut Check<'_>) -> Input {
    let mut one = |name: &'static str| {
        let text = form.value(name).trim();
        let figure = exact::parse_figure(text);
        if figure.is_none() && !text.is_empty() {
            check.add(Problem::at(name, "rounds-figure-wrong").with("value", text));
        }
        (figure, text.is_empty())
    };
    let ((part, no_part), (whole, no_whole)) = (one("part"), one("whole"));
    if no_part != no_whole {
        check.missing(if no_part { "part" } else { "whole" });
    }
    match (part, whole) {
        (Some(part), Some(whole)) => Input::Figures { part, whole },
        _ => Input::Nothing,
    }
}

/// Ticked boxes; that none is ticked is an answer only when it is said so.
fn checked(form: &Form, items: &[(String, String)]) -> Input {
    let codes: Vec<String> = items
        .iter()
        .map(|(code, _)| code.clone())
        .filter(|code| form.has("codes", code))
        .collect();
    match codes.is_empty() && !form.has("none_met", "1") {
        true => Input::Nothing,
        false => Input::Checked { codes },
    }
}

fn sent(check: &mut Check<'_>) -> Input {
    let (due, sent) = (check.date("due"), check.date("sent"));
    match (due, sent) {
        (None, Some(_)) => {
            check.missing("due");
            Input::Nothing
        }
        (None, None) => Input::Nothing,
        (Some(due), sent) => Input::Sent { due, sent },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criteria::rule::{CheckItem, Rule};
    use rust_decimal::Decimal;

    fn component(way: Way) -> Component {
        let mut component = Component::new("4.1", "Mức độ thực hiện kế hoạch", Decimal::ONE);
        component.rule = Rule::of(way);
        component
    }

    fn checklist() -> Component {
        let item = |code: &str| CheckItem {
            code: code.to_owned(),
            title: code.to_owned(),
            points: Decimal::ONE,
            kinds: Vec::new(),
        };
        component(Way::Checklist {
            items: vec![item("a"), item("b")],
            max: Decimal::ONE,
        })
    }

    #[test]
    fn what_was_answered_comes_back_from_its_form() {
        let ratio = component(Way::Proportion {
            max: Decimal::ONE,
            floor: None,
            cap: Decimal::ONE_HUNDRED,
        });
        let on_time = component(Way::OnTime {
            full: Decimal::ONE,
            late: Decimal::ZERO,
            late_days: None,
        });
        let yes = component(Way::YesNo {
            yes: Decimal::ONE,
            no: Decimal::ZERO,
        });
        let day = |n| jiff::civil::date(2023, 3, n);
        let given = [
            (
                &ratio,
                Input::Figures {
                    part: Decimal::from(4),
                    whole: Decimal::from(1250),
                },
            ),
            (
                &checklist(),
                Input::Checked {
                    codes: vec!["a".into(), "b".into()],
                },
            ),
            (&yes, Input::Answered { yes: false }),
            (
                &on_time,
                Input::Sent {
                    due: day(20),
                    sent: Some(day(21)),
                },
            ),
            (
                &on_time,
                Input::Sent {
                    due: day(20),
                    sent: None,
                },
            ),
            (&on_time, Input::Nothing),
        ];
        for (component, input) in given {
            let form = Form::filled(fields(&input));
            assert_eq!(read(component, &form).unwrap(), input);
        }
    }

    #[test]
    fn half_an_answer_is_refused_at_its_field() {
        let ratio = component(Way::Proportion {
            max: Decimal::ONE,
            floor: None,
            cap: Decimal::ONE_HUNDRED,
        });
        let form = Form::filled([("part", "bốn".to_owned())]);
        let Err(Refusal::Invalid(problems)) = read(&ratio, &form) else {
            panic!("accepted")
        };
        let found: Vec<_> = problems.iter().map(|one| (one.field, one.key)).collect();
        let expected = [
            (Some("part"), "rounds-figure-wrong"),
            (Some("whole"), "field-required"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn that_nothing_of_a_list_is_met_must_be_said() {
        assert_eq!(
            read(&checklist(), &Form::default()).unwrap(),
            Input::Nothing
        );
        let none = Form::filled([("none_met", "1".to_owned())]);
        assert_eq!(
            read(&checklist(), &none).unwrap(),
            Input::Checked { codes: Vec::new() }
        );
        // What the rule does not allow cannot be said by a form that was made up.
        let absent = Form::filled([("absent", "1".to_owned())]);
        assert_eq!(read(&checklist(), &absent).unwrap(), Input::Nothing);
    }
}
