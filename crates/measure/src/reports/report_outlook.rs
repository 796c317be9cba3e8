//! What fell short, as far as the figures know it, and what comes next. The officer adds the reasons
//! in words of their own.

use base::text::number::whole;
use documents::paper::Part;

use super::figures::ActivityFigures;
use super::report_paper::Writer;
use super::report_words as words;

impl Writer<'_> {
    /// What fell short, as far as the figures know it; the officer adds the reasons.
    pub(super) fn shortfalls(&self) -> Vec<Part> {
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
        if bullets.is_empty() {
            return vec![Part::paragraph(self.say.t("report-short-none"))];
        }
        vec![Part::bullets(closed(bullets))]
    }

    fn missed(&self, activity: &ActivityFigures) -> Option<String> {
        let key = match activity.status.as_str() {
            "late" => "report-short-late",
            "at_risk" => "report-short-risk",
            _ => return None,
        };
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

    pub(super) fn next(&self) -> Vec<Part> {
        let due = self.figures.due_next();
        if due.is_empty() {
            return vec![Part::paragraph(self.say.t("report-next-none"))];
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
                    ("n", &whole(rest)),
                    ("unit", &activity.target_unit),
                ));
            }
            if !activity.lead_unit.is_empty() {
                text.push_str(&self.say.t1("report-next-lead", "unit", &activity.lead_unit));
            }
            tidy(&text)
        });
        let intro = Part::paragraph(self.say.t("report-next"));
        vec![intro, Part::bullets(closed(bullets.collect()))]
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
