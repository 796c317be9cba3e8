//! How each way finds its points. Every function answers `None` for an input of another kind.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::exact::{HUNDRED, is_at_least, percent, share_of};
use super::input::{AnswerCount, Input};
use super::rule::{CheckItem, Rung, SurveyOption, Way};
use super::scored::{Scored, Shown, Step};

/// The points of an input by a way, not yet rounded nor kept within the range.
pub(super) fn score(way: &Way, input: &Input) -> Option<Scored> {
    match (way, input) {
        (Way::Steps { rungs, otherwise }, Input::Figures { part, whole }) => {
            Some(steps((rungs, *otherwise), (*part, *whole)))
        }
        (Way::Proportion { max, floor, cap }, Input::Figures { part, whole }) => {
            Some(proportion((*max, *floor, *cap), (*part, *whole)))
        }
        (
            Way::Ratio {
                max,
                zero_at,
                full_at,
                ..
            },
            Input::Figures { part, whole },
        ) => Some(ratio((*max, *zero_at, *full_at), (*part, *whole))),
        (Way::Checklist { items, .. }, Input::Checked { codes }) => Some(checklist(items, codes)),
        (Way::YesNo { yes, no }, Input::Answered { yes: is_yes }) => {
            Some(yes_no((*yes, *no), *is_yes))
        }
        (
            Way::OnTime {
                full,
                late,
                late_days,
            },
            Input::Sent { due, sent },
        ) => Some(on_time((*full, *late, *late_days), (*due, *sent))),
        (Way::Survey { max, options }, Input::Answers { counts }) => {
            Some(survey((*max, options), counts))
        }
        (Way::Bonus { each, .. }, Input::Times { n }) => Some(times(*each, *n)),
        (Way::Penalty { each, .. }, Input::Times { n }) => Some(times(-*each, *n)),
        _ => None,
    }
}

/// The line that tells a share; none when there is nothing to divide by.
fn share_step(part: Decimal, whole: Decimal) -> Result<(Decimal, Step), Scored> {
    let figures = vec![
        ("part", Shown::Number(part)),
        ("whole", Shown::Number(whole)),
    ];
    let bad = part.is_sign_negative() || whole.is_sign_negative() || whole.is_zero();
    match percent(part, whole).filter(|_| !bad) {
        None => Err(Scored::of(
            Decimal::ZERO,
            vec![Step::of("criteria-work-no-whole", figures)],
        )),
        Some(share) => {
            let mut values = figures;
            values.push(("share", Shown::Percent(share)));
            Ok((share, Step::of("criteria-work-share", values)))
        }
    }
}

fn steps((rungs, otherwise): (&[Rung], Decimal), (part, whole): (Decimal, Decimal)) -> Scored {
    let (share, first) = match share_step(part, whole) {
        Ok(found) => found,
        Err(nothing) => return nothing,
    };
    let reached = rungs
        .iter()
        .filter(|rung| is_at_least(part, whole, rung.at_least))
        .max_by_key(|rung| rung.at_least);
    let share = ("share", Shown::Percent(share));
    let (points, last) = match reached {
        Some(rung) => {
            let values = vec![
                share,
                ("at", Shown::Percent(rung.at_least)),
                ("points", Shown::Number(rung.points)),
            ];
            (rung.points, Step::of("criteria-work-rung", values))
        }
        None => {
            let values = vec![share, ("points", Shown::Number(otherwise))];
            (otherwise, Step::of("criteria-work-below-rungs", values))
        }
    };
    Scored::of(points, vec![first, last])
}

fn proportion(
    (max, floor, cap): (Decimal, Option<Decimal>, Decimal),
    (part, whole): (Decimal, Decimal),
) -> Scored {
    let (share, first) = match share_step(part, whole) {
        Ok(found) => found,
        Err(nothing) => return nothing,
    };
    let share = ("share", Shown::Percent(share));
    if is_at_least(part, whole, cap) {
        let values = vec![
            share,
            ("at", Shown::Percent(cap)),
            ("points", Shown::Number(max)),
        ];
        return Scored::of(max, vec![first, Step::of("criteria-work-cap", values)]);
    }
    if let Some(floor) = floor.filter(|floor| !is_at_least(part, whole, *floor)) {
        let values = vec![share, ("at", Shown::Percent(floor))];
        let last = Step::of("criteria-work-floor", values);
        return Scored::of(Decimal::ZERO, vec![first, last]);
    }
    // max × (part ÷ whole) ÷ (cap ÷ 100), multiplied out so that there is one division.
    let points =
        share_of(max.saturating_mul(HUNDRED), part, whole.saturating_mul(cap)).unwrap_or(max);
    let mut values = vec![
        ("part", Shown::Number(part)),
        ("whole", Shown::Number(whole)),
        ("max", Shown::Number(max)),
        ("points", Shown::Number(points)),
    ];
    let key = match cap == HUNDRED {
        true => "criteria-work-pro-rata",
        false => {
            values.push(("cap", Shown::Percent(cap)));
            "criteria-work-pro-rata-cap"
        }
    };
    Scored::of(points, vec![first, Step::of(key, values)])
}

fn ratio(
    (max, zero_at, full_at): (Decimal, Decimal, Decimal),
    (part, whole): (Decimal, Decimal),
) -> Scored {
    let (share, first) = match share_step(part, whole) {
        Ok(found) => found,
        Err(nothing) => return nothing,
    };
    let is_rising = full_at >= zero_at;
    let is_full = match is_rising {
        true => share >= full_at,
        false => share <= full_at,
    };
    let is_zero = match is_rising {
        true => share <= zero_at,
        false => share >= zero_at,
    };
    let value = ("share", Shown::Percent(share));
    let (points, last) = if is_full {
        let values = vec![
            value,
            ("at", Shown::Percent(full_at)),
            ("points", Shown::Number(max)),
        ];
        (max, Step::of("criteria-work-ratio-full", values))
    } else if is_zero {
        let values = vec![value, ("at", Shown::Percent(zero_at))];
        (Decimal::ZERO, Step::of("criteria-work-ratio-zero", values))
    } else {
        let points = share_of(max, share - zero_at, full_at - zero_at).unwrap_or_default();
        let values = vec![
            value,
            ("zero", Shown::Percent(zero_at)),
            ("full", Shown::Percent(full_at)),
            ("max", Shown::Number(max)),
            ("points", Shown::Number(points)),
        ];
        (points, Step::of("criteria-work-ratio-between", values))
    };
    Scored::of(points, vec![first, last])
}

fn checklist(items: &[CheckItem], codes: &[String]) -> Scored {
    let mut sum = Decimal::ZERO;
    let mut working = Vec::with_capacity(items.len() + 1);
    for item in items {
        let is_met = codes.contains(&item.code);
        if is_met {
            sum = sum.saturating_add(item.points);
        }
        let key = match is_met {
            true => "criteria-work-met",
            false => "criteria-work-not-met",
        };
        let values = vec![
            ("title", Shown::Words(item.title.clone())),
            ("points", Shown::Number(item.points)),
        ];
        working.push(Step::of(key, values));
    }
    working.push(Step::of(
        "criteria-work-sum",
        vec![("points", Shown::Number(sum))],
    ));
    Scored::of(sum, working)
}

fn yes_no((yes, no): (Decimal, Decimal), is_yes: bool) -> Scored {
    let (points, key) = match is_yes {
        true => (yes, "criteria-work-yes"),
        false => (no, "criteria-work-no"),
    };
    let values = vec![("points", Shown::Number(points))];
    Scored::of(points, vec![Step::of(key, values)])
}

fn on_time(
    (full, late, late_days): (Decimal, Decimal, Option<u32>),
    (due, sent): (Date, Option<Date>),
) -> Scored {
    let due_shown = ("due", Shown::Day(due));
    let Some(sent) = sent else {
        let step = Step::of("criteria-work-never-sent", vec![due_shown]);
        return Scored::of(Decimal::ZERO, vec![step]);
    };
    let sent_shown = ("sent", Shown::Day(sent));
    if sent <= due {
        let points = ("points", Shown::Number(full));
        let step = Step::of("criteria-work-on-time", vec![due_shown, sent_shown, points]);
        return Scored::of(full, vec![step]);
    }
    let days = i64::from((sent - due).get_days());
    let days_shown = ("days", Shown::Number(Decimal::from(days)));
    let values = vec![due_shown, sent_shown, days_shown];
    let first = Step::of("criteria-work-late", values);
    let is_too_late = late_days.is_some_and(|most| days > i64::from(most));
    let (points, key) = match is_too_late {
        true => (Decimal::ZERO, "criteria-work-too-late"),
        false => (late, "criteria-work-late-points"),
    };
    let most = Decimal::from(late_days.unwrap_or_default());
    let values = vec![
        ("points", Shown::Number(points)),
        ("most", Shown::Number(most)),
    ];
    Scored::of(points, vec![first, Step::of(key, values)])
}

fn survey((max, options): (Decimal, &[SurveyOption]), counts: &[AnswerCount]) -> Scored {
    let (mut n_answers, mut weighed) = (Decimal::ZERO, Decimal::ZERO);
    let mut working = Vec::with_capacity(options.len() + 1);
    for option in options {
        let own = counts.iter().filter(|count| count.option == option.code);
        let n = own.fold(Decimal::ZERO, |sum, count| sum + Decimal::from(count.n));
        n_answers += n;
        weighed = weighed.saturating_add(n.saturating_mul(option.weight));
        working.push(Step::of(
            "criteria-work-option",
            vec![
                ("title", Shown::Words(option.title.clone())),
                ("n", Shown::Number(n)),
                ("weight", Shown::Percent(option.weight)),
            ],
        ));
    }
    let Some(points) = share_of(max, weighed, n_answers.saturating_mul(HUNDRED)) else {
        working.push(Step::of("criteria-work-no-answers", Vec::new()));
        return Scored::of(Decimal::ZERO, working);
    };
    let values = vec![
        ("n", Shown::Number(n_answers)),
        ("mean", Shown::Percent(weighed / n_answers)),
        ("max", Shown::Number(max)),
        ("points", Shown::Number(points)),
    ];
    working.push(Step::of("criteria-work-survey", values));
    Scored::of(points, working)
}

fn times(each: Decimal, n: u32) -> Scored {
    let points = each.saturating_mul(Decimal::from(n));
    let values = vec![
        ("n", Shown::Number(Decimal::from(n))),
        ("each", Shown::Number(each)),
        ("points", Shown::Number(points)),
    ];
    Scored::of(points, vec![Step::of("criteria-work-times", values)])
}
