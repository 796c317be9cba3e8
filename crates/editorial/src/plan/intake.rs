//! An imported plan as rows to be: ids given, the tree laid flat, leading units found among ours.
//!
//! Nothing is made up: a unit that is not ours keeps its words, a target that cannot be counted by
//! items (a percentage, a fraction) stays in the words of the output.

use base::id::{ActivityId, AgencyId, PlanId, RowId, TaskId, UnitId};
use base::text::{clean_line, fold};
use base::{Clock, Ids};
use house::people::agency::Unit;
use jiff::Timestamp;

use super::activity::{Activity, ActivityDetails, PerUnit, When};
use super::finding::StoredFinding;
use super::import::{
    self, ChannelKind, Finding, ImportedActivity, ImportedPlan, ImportedTask, Span,
};
use super::plan::{LegalBasis, Plan, PlanDetails, PlanSource, PlanState};
use super::target::{TARGET_MAX, TARGETS_MAX, Target, UNIT_CHARS_MAX};
use super::task::{self, Task};

/// Longest quote of a finding, in characters.
const QUOTE_CHARS_MAX: usize = 160;

/// A paragraph of a plan that is no task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// `purpose` or `audience`.
    pub kind: &'static str,
    /// Its words.
    pub text: String,
}

/// A plan ready to be stored.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The plan.
    pub plan: Plan,
    /// What it stands on.
    pub bases: Vec<LegalBasis>,
    /// Its purposes and audiences.
    pub passages: Vec<Passage>,
    /// Its channels: kind and name.
    pub channels: Vec<(String, String)>,
    /// What it fails to say.
    pub findings: Vec<StoredFinding>,
    /// Its tasks, in the order of the tree.
    pub tasks: Vec<Task>,
    /// Its activities.
    pub activities: Vec<Activity>,
}

/// What stands round an imported plan.
pub struct Around<'a> {
    /// Whose plan it becomes.
    pub agency: AgencyId,
    /// What the agency is called, for plans that do not name their issuer.
    pub agency_name: &'a str,
    /// The agency's units.
    pub units: &'a [Unit],
    /// The year, for plans that do not name theirs.
    pub this_year: i16,
    /// The text that spans count in.
    pub text: &'a str,
    /// Where new ids come from.
    pub ids: &'a Ids,
    /// The clock of the ids.
    pub clock: &'a Clock,
}

impl Around<'_> {
    fn id<T: From<base::id::Uuid>>(&self) -> T {
        self.ids.next(self.clock)
    }
}

/// The draft of an imported plan.
pub fn draft(imported: &ImportedPlan, around: &Around<'_>) -> Draft {
    let plan = plan_of(imported, around);
    let mut laid = Vec::new();
    lay(&imported.tasks, None, around, &mut laid);
    let tasks: Vec<Task> = laid.iter().map(|(_, task)| task.clone()).collect();
    let activities = imported
        .activities
        .iter()
        .zip(1i64..)
        .map(|(activity, position)| {
            let no = activity.task_no.as_deref();
            let found = laid.iter().find(|(found, _)| Some(found.as_str()) == no);
            Activity {
                id: around.id::<ActivityId>(),
                plan: plan.id,
                task: found.map(|(_, task)| task.id),
                position,
                details: details_of(activity, around.units),
                version: 1,
            }
        })
        .collect();
    Draft {
        bases: bases_of(imported, around),
        passages: passages_of(imported),
        channels: channels_of(imported),
        findings: imported
            .findings
            .iter()
            .map(|finding| finding_of(finding, around))
            .collect(),
        tasks: task::ordered(&tasks),
        activities,
        plan,
    }
}

fn plan_of(imported: &ImportedPlan, around: &Around<'_>) -> Plan {
    let issuer = imported
        .issuer
        .clone()
        .unwrap_or_else(|| around.agency_name.to_owned());
    let year = imported.year.or(imported.issued_on.map(|day| day.year()));
    let published = imported
        .source
        .published_at
        .as_deref()
        .and_then(|at| at.parse::<Timestamp>().ok());
    Plan {
        id: around.id::<PlanId>(),
        agency: around.agency,
        details: PlanDetails {
            title: imported.title.clone(),
            number: imported.number.clone(),
            issued_on: imported.issued_on,
            issuer,
            year: year.unwrap_or(around.this_year),
            state: PlanState::Draft,
            is_public: false,
        },
        source: PlanSource {
            author: imported.source.author.clone(),
            published_at: published.map(Timestamp::as_millisecond),
            ..PlanSource::default()
        },
        is_amending: false,
        version: 1,
    }
}

/// Lays the tree flat, each task before its parts, beside the number by which activities name it.
fn lay(
    tasks: &[ImportedTask],
    parent: Option<TaskId>,
    around: &Around<'_>,
    out: &mut Vec<(String, Task)>,
) {
    for imported in tasks {
        let position = i64::try_from(out.len()).unwrap_or(i64::MAX);
        let id = around.id();
        let task = Task {
            id,
            parent,
            no: imported.no.clone(),
            position,
            title: imported.title.clone(),
        };
        out.push((imported.no.clone(), task));
        lay(&imported.tasks, Some(id), around, out);
    }
}

fn details_of(imported: &ImportedActivity, units: &[Unit]) -> ActivityDetails {
    let window = imported.window.clone().unwrap_or_default();
    let lead_unit = imported
        .lead_unit
        .as_deref()
        .and_then(|name| unit_of(name, units));
    let lead_unit_text = imported.lead_unit.clone().filter(|_| lead_unit.is_none());
    let (mut supporting, mut others) = (Vec::new(), Vec::new());
    for name in &imported.supporting_units {
        match unit_of(name, units) {
            Some(unit) if Some(unit) == lead_unit || supporting.contains(&unit) => {}
            Some(unit) => supporting.push(unit),
            None => others.push(name.clone()),
        }
    }
    let named = match (imported.targets.as_slice(), &imported.target) {
        ([], Some(only)) => std::slice::from_ref(only),
        (all, _) => all,
    };
    let (targets, left) = counted(named);
    let output = imported.output.clone().or(left).unwrap_or_default();
    let per_unit = if imported.per_unit {
        PerUnit::Every
    } else {
        PerUnit::Together
    };
    ActivityDetails {
        title: imported.title.clone(),
        form: imported.form.clone().unwrap_or_default(),
        output,
        targets,
        per_unit,
        weight: None,
        lead_unit,
        lead_unit_text: lead_unit_text.unwrap_or_default(),
        supporting_units: supporting,
        supporting_units_text: others.join("; "),
        accountable: None,
        when: When {
            text: window.text,
            from: window.from,
            to: window.to,
            recurs: window.recurs,
        },
        programmes: Vec::new(),
        note: String::new(),
    }
}

/// Targets as numbers with their units, and what cannot be counted (a percentage, a fraction) in
/// words.
fn counted(targets: &[import::Target]) -> (Vec<Target>, Option<String>) {
    let (mut counted, mut words): (Vec<Target>, Vec<String>) = (Vec::new(), Vec::new());
    for target in targets {
        let number = target.number;
        let is_whole = number.fract() == 0.0 && (1.0..=TARGET_MAX as f64).contains(&number);
        let unit = clean_line(&target.unit);
        let is_plain = !unit.starts_with('%') && unit.chars().count() <= UNIT_CHARS_MAX;
        if is_whole && is_plain && counted.len() < TARGETS_MAX {
            // Whole and at most a million: nothing is cut off.
            counted.push(Target::new(number as i64, unit));
        } else {
            let text = format!("{} {unit}", number.to_string().replace('.', ","));
            words.push(text.trim().to_owned());
        }
    }
    (counted, (!words.is_empty()).then(|| words.join("; ")))
}

/// The unit that a plan names, by its name or short name, whatever the letters' case and marks.
pub fn unit_of(name: &str, units: &[Unit]) -> Option<UnitId> {
    let key =
        |text: &str| -> String { fold(text).chars().filter(|c| c.is_alphanumeric()).collect() };
    let wanted = key(name);
    if wanted.is_empty() {
        return None;
    }
    let names = |unit: &Unit| [key(&unit.name), key(&unit.short_name), key(&unit.symbol)];
    units
        .iter()
        .find(|unit| names(unit).contains(&wanted))
        .map(|unit| unit.id)
}

fn bases_of(imported: &ImportedPlan, around: &Around<'_>) -> Vec<LegalBasis> {
    imported
        .legal_bases
        .iter()
        .map(|basis| LegalBasis {
            id: around.id::<RowId>(),
            number: basis.number.clone(),
            kind: basis.kind.clone(),
            issued_on: basis.issued_on,
            issuer: basis.issuer.clone(),
            title: basis.title.clone().unwrap_or_default(),
        })
        .collect()
}

fn passages_of(imported: &ImportedPlan) -> Vec<Passage> {
    let of = |kind, texts: &[String]| -> Vec<Passage> {
        texts
            .iter()
            .map(|text| Passage {
                kind,
                text: text.clone(),
            })
            .collect()
    };
    [
        of("purpose", &imported.purposes),
        of("audience", &imported.audiences),
    ]
    .concat()
}

fn channels_of(imported: &ImportedPlan) -> Vec<(String, String)> {
    imported
        .channels
        .iter()
        .map(|channel| (channel_word(channel.kind).to_owned(), channel.name.clone()))
        .collect()
}

/// The word of a channel's kind, as tables and the interchange form write it.
pub fn channel_word(kind: ChannelKind) -> &'static str {
    match kind {
        ChannelKind::Meeting => "meeting",
        ChannelKind::Conference => "conference",
        ChannelKind::Workshop => "workshop",
        ChannelKind::Talk => "talk",
        ChannelKind::Training => "training",
        ChannelKind::Bulletin => "bulletin",
        ChannelKind::Newspaper => "newspaper",
        ChannelKind::Broadcast => "broadcast",
        ChannelKind::Loudspeaker => "loudspeaker",
        ChannelKind::Website => "website",
        ChannelKind::Social => "social",
        ChannelKind::Leaflet => "leaflet",
        ChannelKind::Panel => "panel",
        ChannelKind::Contest => "contest",
        ChannelKind::Email => "email",
        ChannelKind::LegalEducation => "legal_education",
        ChannelKind::LegalAid => "legal_aid",
        ChannelKind::Other => "other",
    }
}

fn finding_of(finding: &Finding, around: &Around<'_>) -> StoredFinding {
    let is_about_words = ["style.", "text."]
        .iter()
        .any(|start| finding.code.starts_with(start))
        || finding.code == "plan.count_mismatch";
    let quote = if is_about_words {
        quoted(around.text, finding.span)
    } else {
        String::new()
    };
    let at = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    StoredFinding {
        id: around.id(),
        code: finding.code.clone(),
        severity: finding.severity,
        message: finding.message.clone(),
        quote,
        span: (at(finding.span.0), at(finding.span.1)),
        is_settled: false,
    }
}

/// The words of a span, with three words' room before and after so that a person finds them.
fn quoted(text: &str, (from, to): Span) -> String {
    const ROOM: usize = 24;
    if to <= from {
        return String::new();
    }
    let begin = from.saturating_sub(ROOM);
    let n_chars = (to + ROOM - begin).min(QUOTE_CHARS_MAX);
    let cut: String = text.chars().skip(begin).take(n_chars).collect();
    let line = cut
        .split('\n')
        .max_by_key(|line| line.chars().count())
        .unwrap_or_default();
    clean_line(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::id::Uuid;

    fn units() -> Vec<Unit> {
        let unit = |n: u128, name: &str, short: &str| Unit {
            id: UnitId::from(Uuid::from_u128(n)),
            name: name.to_owned(),
            short_name: short.to_owned(),
            symbol: String::new(),
            position: 1,
            opened_on: jiff::civil::date(2016, 1, 1),
            closed_on: None,
        };
        vec![
            unit(1, "Văn phòng Sở", "Văn phòng"),
            unit(2, "Phòng Phổ biến, giáo dục pháp luật", "Phòng PBGDPL"),
        ]
    }

    #[test]
    fn a_unit_is_found_by_either_name_whatever_the_marks() {
        for (name, n) in [("VĂN PHÒNG SỞ", 1), ("văn phòng", 1), ("Phong PBGDPL", 2)] {
            assert_eq!(
                unit_of(name, &units()),
                Some(UnitId::from(Uuid::from_u128(n))),
                "{name}"
            );
        }
        assert_eq!(unit_of("Phòng Công chứng", &units()), None);
        assert_eq!(unit_of(" – ", &units()), None, "no symbol is no name");
    }

    #[test]
    fn what_items_cannot_count_stays_in_words() {
        let of = |number: f64, unit: &str| {
            let unit = unit.to_owned();
            counted(&[import::Target { number, unit }])
        };
        assert_eq!(
            of(12.0, "tin, bài"),
            (vec![Target::new(12, "tin, bài")], None)
        );
        let percent = (Vec::new(), Some("100 % công chức".to_owned()));
        assert_eq!(of(100.0, "% công chức"), percent);
        assert_eq!(of(1.5, "tỷ đồng").1.as_deref(), Some("1,5 tỷ đồng"));
        assert_eq!(of(0.0, "tin"), (Vec::new(), Some("0 tin".to_owned())));
    }

    #[test]
    fn a_quote_has_a_little_room_round_it_and_stays_in_its_line() {
        let text = "Dòng đầu\nNgày 03 tháng 03 năm 2023 Sở Tư pháp ban hành\nDòng cuối";
        assert_eq!(
            quoted(text, (17, 25)),
            "Ngày 03 tháng 03 năm 2023 Sở Tư pháp ban"
        );
        assert_eq!(quoted(text, (5, 5)), "");
        assert_eq!(quoted(text, (500, 600)), "");
    }
}
