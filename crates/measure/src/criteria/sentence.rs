//! A rule as people read it: a sentence, a formula beside it, and the working of a score.

use base::calendar::date_short;
use rust_decimal::Decimal;
use web::Say;

use super::arithmetic::Finding;
use super::exact::{self, HUNDRED};
use super::input::Input;
use super::rule::{CheckItem, NoOccasion, Rule, Rung, SurveyOption, Way};
use super::scored::{Scored, Shown, Step};
use super::set::Component;
use super::source::Source;

/// Points in the reader's language: `0,8`.
pub fn points(value: Decimal, say: &Say) -> String {
    exact::shown(value, say.lang)
}

fn percent(value: Decimal, say: &Say) -> String {
    exact::percent_shown(value, say.lang)
}

/// The rule as a sentence.
pub fn sentence(rule: &Rule, say: &Say) -> String {
    let p = |value: &Decimal| points(*value, say);
    let told = match &rule.way {
        Way::Steps { rungs, otherwise } => {
            let mut parts: Vec<String> = falling(rungs)
                .map(|(at, given)| rung_words(say, at, given))
                .collect();
            parts.push(say.t1("criteria-say-otherwise", "points", p(otherwise)));
            say.t1("criteria-say-steps", "parts", parts.join("; "))
        }
        Way::Proportion { max, floor, cap } => proportion_words((max, *floor, *cap), say),
        Way::Checklist { items, max } => checklist_words(items, *max, say),
        Way::YesNo { yes, no } => say.t2("criteria-say-yes-no", ("yes", &p(yes)), ("no", &p(no))),
        Way::OnTime {
            full,
            late,
            late_days,
        } => {
            let (full, late) = (p(full), p(late));
            match late_days {
                None => say.t2("criteria-say-on-time", ("full", &full), ("late", &late)),
                Some(days) => say.with(
                    "criteria-say-on-time-days",
                    &[
                        ("full", &full),
                        ("late", &late),
                        ("days", &days.to_string()),
                    ],
                ),
            }
        }
        Way::Ratio { .. } => ratio_words(&rule.way, say),
        Way::Survey { max, options } => survey_words(*max, options, say),
        Way::Bonus { each, max } => {
            say.t2("criteria-say-bonus", ("each", &p(each)), ("max", &p(max)))
        }
        Way::Penalty { each, max } => {
            say.t2("criteria-say-penalty", ("each", &p(each)), ("max", &p(max)))
        }
    };
    match rule.no_occasion {
        NoOccasion::NotTaken => told,
        NoOccasion::FullPoints => format!("{told} {}", say.t("criteria-say-occasion-full")),
        NoOccasion::LeftOut => format!("{told} {}", say.t("criteria-say-occasion-left-out")),
    }
}

fn checklist_words(items: &[CheckItem], max: Decimal, say: &Say) -> String {
    let told = items.iter().map(|item| {
        say.t2(
            "criteria-say-item",
            ("title", &item.title),
            ("points", &points(item.points, say)),
        )
    });
    let parts: Vec<String> = told.collect();
    say.t2(
        "criteria-say-checklist",
        ("parts", &parts.join("; ")),
        ("max", &points(max, say)),
    )
}

fn survey_words(max: Decimal, options: &[SurveyOption], say: &Say) -> String {
    let told = options.iter().map(|option| {
        say.t2(
            "criteria-say-option",
            ("title", &option.title),
            ("weight", &percent(option.weight, say)),
        )
    });
    let parts: Vec<String> = told.collect();
    say.t2(
        "criteria-say-survey",
        ("max", &points(max, say)),
        ("parts", &parts.join("; ")),
    )
}

/// Rungs from the highest down.
fn falling(rungs: &[Rung]) -> impl Iterator<Item = (Decimal, Decimal)> {
    let mut pairs: Vec<(Decimal, Decimal)> = rungs
        .iter()
        .map(|rung| (rung.at_least, rung.points))
        .collect();
    pairs.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    pairs.into_iter()
}

fn rung_words(say: &Say, at: Decimal, given: Decimal) -> String {
    say.t2(
        "criteria-say-rung",
        ("at", &percent(at, say)),
        ("points", &points(given, say)),
    )
}

fn proportion_words((max, floor, cap): (&Decimal, Option<Decimal>, Decimal), say: &Say) -> String {
    let (max, cap) = (points(*max, say), percent(cap, say));
    match floor.filter(|floor| !floor.is_zero()) {
        None => say.t2("criteria-say-proportion", ("max", &max), ("cap", &cap)),
        Some(floor) => say.with(
            "criteria-say-proportion-floor",
            &[
                ("max", &max),
                ("cap", &cap),
                ("floor", &percent(floor, say)),
            ],
        ),
    }
}

fn ratio_words(way: &Way, say: &Say) -> String {
    let Way::Ratio {
        max,
        part,
        whole,
        zero_at,
        full_at,
    } = way
    else {
        return String::new();
    };
    let key = match full_at >= zero_at {
        true => "criteria-say-ratio",
        false => "criteria-say-ratio-falling",
    };
    say.with(
        key,
        &[
            ("max", &points(*max, say)),
            ("part", part),
            ("whole", whole),
            ("zero", &percent(*zero_at, say)),
            ("full", &percent(*full_at, say)),
        ],
    )
}

/// The rule as a formula, its lines.
pub fn formula(rule: &Rule, say: &Say) -> Vec<String> {
    let p = |value: &Decimal| points(*value, say);
    let c = |value: &Decimal| percent(*value, say);
    match &rule.way {
        Way::Steps { rungs, otherwise } => steps_formula(rungs, *otherwise, say),
        Way::Proportion { max, floor, cap } => {
            let scaled = match *cap == HUNDRED {
                true => format!("t × {}", p(max)),
                false => format!("t ÷ {} × {}", c(cap), p(max)),
            };
            let mut lines = vec![say.t("criteria-formula-share")];
            lines.push(format!("t ≥ {} → {}", c(cap), p(max)));
            match floor.filter(|floor| !floor.is_zero()) {
                Some(floor) => {
                    lines.push(format!("{} ≤ t < {} → {scaled}", c(&floor), c(cap)));
                    lines.push(format!("t < {} → 0", c(&floor)));
                }
                None => lines.push(format!("t < {} → {scaled}", c(cap))),
            }
            lines
        }
        Way::Checklist { items, max } => {
            let sum: Vec<String> = items.iter().map(|item| p(&item.points)).collect();
            vec![format!("min({}; {})", sum.join(" + "), p(max))]
        }
        Way::YesNo { yes, no } => {
            vec![say.t2("criteria-formula-yes-no", ("yes", &p(yes)), ("no", &p(no)))]
        }
        Way::OnTime { full, late, .. } => vec![
            say.t1("criteria-formula-on-time", "points", p(full)),
            say.t1("criteria-formula-late", "points", p(late)),
            say.t("criteria-formula-never"),
        ],
        Way::Ratio {
            max,
            part,
            whole,
            zero_at,
            full_at,
        } => vec![
            format!("r = {part} ÷ {whole}"),
            format!(
                "(r − {}) ÷ ({} − {}) × {}",
                c(zero_at),
                c(full_at),
                c(zero_at),
                p(max)
            ),
            format!("min = 0; max = {}", p(max)),
        ],
        Way::Survey { max, options } => {
            let terms = options.iter();
            let terms: Vec<String> = terms
                .map(|option| format!("n({}) × {}", option.code, c(&option.weight)))
                .collect();
            vec![format!("({}) ÷ n × {}", terms.join(" + "), p(max))]
        }
        Way::Bonus { each, max } => vec![format!("min(n × {}; {})", p(each), p(max))],
        Way::Penalty { each, max } => vec![format!("−min(n × {}; {})", p(each), p(max))],
    }
}

fn steps_formula(rungs: &[Rung], otherwise: Decimal, say: &Say) -> Vec<String> {
    let mut lines = vec![say.t("criteria-formula-share")];
    let mut below: Option<String> = None;
    for (at, given) in falling(rungs) {
        let (at, given) = (percent(at, say), points(given, say));
        lines.push(between(&at, below.as_deref(), &given));
        below = Some(at);
    }
    let otherwise = points(otherwise, say);
    lines.push(match below {
        Some(at) => format!("t < {at} → {otherwise}"),
        None => otherwise,
    });
    lines
}

fn between(at: &str, below: Option<&str>, given: &str) -> String {
    match below {
        None => format!("t ≥ {at} → {given}"),
        Some(below) => format!("{at} ≤ t < {below} → {given}"),
    }
}

/// One line in words.
pub fn line(step: &Step, say: &Say) -> String {
    told(step.key, &step.values, say)
}

/// The working of a score, line by line.
pub fn working(scored: &Scored, say: &Say) -> Vec<String> {
    scored.working.iter().map(|step| line(step, say)).collect()
}

/// A finding in words.
pub fn finding(finding: &Finding, say: &Say) -> String {
    let key = format!("criteria-finding-{}", finding.code);
    told(&key, &finding.values, say)
}

fn told(key: &str, values: &[(&'static str, Shown)], say: &Say) -> String {
    let values: Vec<(&str, String)> = values
        .iter()
        .map(|(name, value)| (*name, shown(value, say)))
        .collect();
    let values: Vec<(&str, &str)> = values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    say.with(key, &values)
}

fn shown(value: &Shown, say: &Say) -> String {
    match value {
        Shown::Number(number) => exact::shown(*number, say.lang),
        Shown::Whole(number) => exact::worded(*number, say.lang),
        Shown::Percent(share) => exact::percent_shown(*share, say.lang),
        Shown::Day(day) => date_short(*day),
        Shown::Words(words) => words.clone(),
    }
}

/// An input in words: `4 / 5`, the titles of what is ticked.
pub fn input(input: &Input, component: &Component, say: &Say) -> String {
    match input {
        Input::Nothing => say.t("criteria-input-nothing"),
        Input::NoOccasion => say.t("criteria-input-no-occasion"),
        Input::Figures { part, whole } => {
            let (part, whole) = (
                exact::worded(*part, say.lang),
                exact::worded(*whole, say.lang),
            );
            format!("{part} / {whole}")
        }
        Input::Checked { codes } => {
            let Way::Checklist { items, .. } = &component.rule.way else {
                return codes.join("; ");
            };
            let met = items.iter().filter(|item| codes.contains(&item.code));
            let met: Vec<&str> = met.map(|item| item.title.as_str()).collect();
            match met.is_empty() {
                true => say.t("criteria-input-none-met"),
                false => met.join("; "),
            }
        }
        Input::Answered { yes } => say.t(match yes {
            true => "criteria-yes",
            false => "criteria-no",
        }),
        Input::Sent { due, sent } => match sent {
            Some(sent) => say.t2(
                "criteria-input-sent",
                ("sent", &date_short(*sent)),
                ("due", &date_short(*due)),
            ),
            None => say.t1("criteria-input-not-sent", "due", date_short(*due)),
        },
        Input::Answers { counts } => {
            let told = counts
                .iter()
                .map(|one| format!("{}: {}", one.option, one.n));
            told.collect::<Vec<String>>().join("; ")
        }
        Input::Times { n } => n.to_string(),
    }
}

/// Where the input of a component comes from, in words.
pub fn source(source: &Source, say: &Say) -> String {
    match source {
        Source::ByHand => say.t("criteria-source-by_hand"),
        Source::PlanTargets => say.t("criteria-source-plan_targets"),
        Source::Forms => say.t("criteria-source-forms"),
        Source::Report { period } => {
            let period = say.t(&format!("criteria-period-{period}"));
            say.t1("criteria-source-report-of", "period", period)
        }
        Source::Figures { part, whole } => say.t2(
            "criteria-source-figures-of",
            ("part", part),
            ("whole", whole),
        ),
        Source::Index { index, body } => match body.is_empty() {
            true => say.t1("criteria-source-index-of", "index", index),
            false => say.t2(
                "criteria-source-index-of-body",
                ("index", index),
                ("body", body),
            ),
        },
    }
}
