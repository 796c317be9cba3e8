//! An activity: what is promised, by whom, by when.

use base::id::{AccountId, ActivityId, PlanId, ProgrammeId, TaskId, UnitId};
use base::limits::TEXT_CHARS_MAX;
use base::{Problem, Refusal};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use web::Form;

use super::import::{Recurrence, window_of_cell};
use super::plan::shown;
use super::target::{self, Target};

/// The most points that an activity weighs.
pub const WEIGHT_MAX: i64 = 1_000;

/// Longest words of one field, in characters: cells of annex tables are long.
pub const WORDS_CHARS_MAX: usize = 2_000;

/// Every recurrence with the word that tables and forms use.
pub const RECURRENCES: [(Recurrence, &str); 7] = [
    (Recurrence::Continuous, "continuous"),
    (Recurrence::Daily, "daily"),
    (Recurrence::Weekly, "weekly"),
    (Recurrence::Monthly, "monthly"),
    (Recurrence::Quarterly, "quarterly"),
    (Recurrence::HalfYearly, "half_yearly"),
    (Recurrence::Yearly, "yearly"),
];

/// The word of a recurrence.
pub fn recurrence_word(recurs: Recurrence) -> &'static str {
    RECURRENCES
        .iter()
        .find(|(found, _)| *found == recurs)
        .map_or("", |(_, word)| word)
}

/// The recurrence of a word, if there is one.
pub fn recurrence_of(word: &str) -> Option<Recurrence> {
    RECURRENCES
        .iter()
        .find(|(_, found)| *found == word)
        .map(|(recurs, _)| *recurs)
}

/// Of whom a target is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PerUnit {
    /// Of all together: whoever does it, it counts for the one number.
    #[default]
    Together,
    /// Of the leading and of each supporting unit: each has the whole number for itself.
    Involved,
    /// Of every unit of the agency (*mỗi phòng 1 tin/tháng*).
    Every,
}

impl PerUnit {
    /// All of them, in the order of the form.
    pub const ALL: [PerUnit; 3] = [PerUnit::Together, PerUnit::Involved, PerUnit::Every];

    /// The word that tables and forms use; the words for people have the key `plan-per-{word}`.
    pub fn as_str(self) -> &'static str {
        match self {
            PerUnit::Together => "together",
            PerUnit::Involved => "involved",
            PerUnit::Every => "every",
        }
    }

    /// What a word means, if it means anything.
    pub fn parse(word: &str) -> Option<PerUnit> {
        PerUnit::ALL
            .into_iter()
            .find(|found| found.as_str() == word)
    }
}

/// When an activity is done, as the plan writes it and as days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct When {
    /// As written: `Quý II/2023`, `Trước 15/6`.
    pub text: String,
    /// First day, if told.
    pub from: Option<Date>,
    /// Last day, if told.
    pub to: Option<Date>,
    /// How often, if it recurs.
    pub recurs: Option<Recurrence>,
}

impl When {
    /// Whether it says nothing that can be counted.
    pub fn is_open(&self) -> bool {
        self.from.is_none() && self.to.is_none() && self.recurs.is_none()
    }
}

/// What a person writes about an activity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ActivityDetails {
    /// What is done.
    pub title: String,
    /// In which form.
    pub form: String,
    /// What comes out, in words.
    pub output: String,
    /// How many of what come out, in the plan's order; for each slot when the activity recurs.
    pub targets: Vec<Target>,
    /// Of whom the targets are asked.
    pub per_unit: PerUnit,
    /// How much it weighs among the activities of its plan, in points; one point if nobody says.
    pub weight: Option<i64>,
    /// The unit that leads.
    pub lead_unit: Option<UnitId>,
    /// Who leads, in the plan's words, when it is no unit of ours.
    pub lead_unit_text: String,
    /// The units that support.
    pub supporting_units: Vec<UnitId>,
    /// Who else supports, in the plan's words.
    pub supporting_units_text: String,
    /// The person who answers for it.
    pub accountable: Option<AccountId>,
    /// When.
    pub when: When,
    /// The programmes that it belongs to, in their order.
    pub programmes: Vec<ProgrammeId>,
    /// What else is to be said.
    pub note: String,
}

/// An activity (*hoạt động*) of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// Its id.
    pub id: ActivityId,
    /// Its plan.
    pub plan: PlanId,
    /// Its task, if it belongs to one.
    pub task: Option<TaskId>,
    /// Its place among the activities of its task.
    pub position: i64,
    /// What a person writes about it.
    pub details: ActivityDetails,
    /// Counts its saves, so that two people do not overwrite each other.
    pub version: i64,
}

/// Who may be named in an activity: checked, so that no id of another agency gets in.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Our units.
    pub units: Vec<UnitId>,
    /// Our people.
    pub accounts: Vec<AccountId>,
    /// The plan's tasks.
    pub tasks: Vec<TaskId>,
    /// Our programmes.
    pub programmes: Vec<ProgrammeId>,
    /// The plan's year, for days written without one.
    pub year: i16,
}

impl ActivityDetails {
    /// Reads the activity form. A time in words alone is read as the import reads a time cell.
    ///
    /// # Refusals
    /// A missing title; a target without its unit or the other way round, or with the unit of
    /// another; a window that ends before it begins; a leading unit that also supports; what is not
    /// in the lists.
    pub fn of(form: &Form, known: &Known) -> Result<Self, Refusal> {
        let mut check = form.check();
        let mut found = Self {
            title: check.required_line("title", WORDS_CHARS_MAX),
            form: check.line_of("form", WORDS_CHARS_MAX),
            output: check.line_of("output", WORDS_CHARS_MAX),
            targets: target::read(form, &mut check),
            per_unit: PerUnit::parse(form.value("per_unit")).unwrap_or_default(),
            weight: check.number("weight", 1, WEIGHT_MAX),
            lead_unit: check.parse("lead_unit"),
            lead_unit_text: check.line_of("lead_unit_text", WORDS_CHARS_MAX),
            supporting_units: Vec::new(),
            supporting_units_text: check.line_of("supporting_units_text", WORDS_CHARS_MAX),
            accountable: check.parse("accountable"),
            when: When {
                text: check.line_of("window_text", WORDS_CHARS_MAX),
                from: check.date("window_from"),
                to: check.date("window_to"),
                recurs: None,
            },
            programmes: Vec::new(),
            note: check.text("note", TEXT_CHARS_MAX),
        };
        let mut problems = found.problems(form, known);
        problems.retain(|problem| problem.field != Some("title"));
        for problem in problems {
            check.add(problem);
        }
        check.done()?;
        found.read_time(known.year);
        Ok(found)
    }

    /// What the fields say together.
    fn problems(&mut self, form: &Form, known: &Known) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut add = |field, key| problems.push(Problem::at(field, key));
        let word = form.value("per_unit");
        if PerUnit::parse(word).is_none() && !word.is_empty() {
            add("per_unit", "field-choice");
        }
        for word in form.all("programmes") {
            match word.parse::<ProgrammeId>() {
                Ok(found) if known.programmes.contains(&found) => self.programmes.push(found),
                _ => add("programmes", "field-choice"),
            }
        }
        if self
            .lead_unit
            .is_some_and(|unit| !known.units.contains(&unit))
        {
            add("lead_unit", "field-choice");
        }
        for word in form.all("supporting_units") {
            match word.parse::<UnitId>() {
                Ok(unit) if known.units.contains(&unit) => self.supporting_units.push(unit),
                _ => add("supporting_units", "field-choice"),
            }
        }
        if self
            .lead_unit
            .is_some_and(|unit| self.supporting_units.contains(&unit))
        {
            add("supporting_units", "plan-lead-supports");
        }
        if self
            .accountable
            .is_some_and(|person| !known.accounts.contains(&person))
        {
            add("accountable", "field-choice");
        }
        if let (Some(from), Some(to)) = (self.when.from, self.when.to)
            && to < from
        {
            add("window_to", "plan-window-ends-before");
        }
        let word = form.value("recurs");
        self.when.recurs = recurrence_of(word);
        if self.when.recurs.is_none() && !word.is_empty() {
            add("recurs", "field-choice");
        }
        if self.lead_unit.is_some() {
            self.lead_unit_text.clear();
        }
        problems
    }

    fn read_time(&mut self, year: i16) {
        if self.when.is_open()
            && let Some(window) = window_of_cell(&self.when.text, Some(year))
        {
            self.when.from = window.from;
            self.when.to = window.to;
            self.when.recurs = window.recurs;
        }
    }

    /// Reads the two fields that the head of the leading unit may write.
    ///
    /// # Refusals
    /// Somebody who is not one of our people; a note that is too long.
    pub fn answered(&self, form: &Form, known: &Known) -> Result<Self, Refusal> {
        let mut check = form.check();
        let accountable: Option<AccountId> = check.parse("accountable");
        if accountable.is_some_and(|person| !known.accounts.contains(&person)) {
            check.add(Problem::at("accountable", "field-choice"));
        }
        let note = check.text("note", TEXT_CHARS_MAX);
        check.done()?;
        Ok(Self {
            accountable,
            note,
            ..self.clone()
        })
    }

    /// The form that shows these details.
    pub fn form(&self) -> Vec<(&'static str, String)> {
        fn text(value: Option<impl ToString>) -> String {
            value.map(|value| value.to_string()).unwrap_or_default()
        }
        let recurs = self.when.recurs.map(recurrence_word).unwrap_or_default();
        let mut values = vec![
            ("title", self.title.clone()),
            ("form", self.form.clone()),
            ("output", self.output.clone()),
            ("per_unit", self.per_unit.as_str().to_owned()),
            ("weight", text(self.weight)),
            ("lead_unit", text(self.lead_unit)),
            ("lead_unit_text", self.lead_unit_text.clone()),
            ("supporting_units_text", self.supporting_units_text.clone()),
            ("accountable", text(self.accountable)),
            ("window_text", self.when.text.clone()),
            ("window_from", shown(self.when.from)),
            ("window_to", shown(self.when.to)),
            ("recurs", recurs.to_owned()),
            ("note", self.note.clone()),
        ];
        values.extend(target::form_of(&self.targets));
        let units = self.supporting_units.iter();
        values.extend(units.map(|unit| ("supporting_units", unit.to_string())));
        let programmes = self.programmes.iter();
        values.extend(programmes.map(|found| ("programmes", found.to_string())));
        values
    }

    /// The target that is named first, by which a single bar or sentence shows the activity.
    pub fn first_target(&self) -> Option<&Target> {
        self.targets.first()
    }

    /// The points that it weighs.
    pub fn points(&self) -> i64 {
        self.weight.unwrap_or(1).clamp(1, WEIGHT_MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::id::Uuid;
    use jiff::civil::date;

    fn known() -> Known {
        Known {
            units: vec![
                UnitId::from(Uuid::from_u128(1)),
                UnitId::from(Uuid::from_u128(2)),
            ],
            accounts: vec![AccountId::from(Uuid::from_u128(3))],
            tasks: Vec::new(),
            programmes: vec![ProgrammeId::from(Uuid::from_u128(4))],
            year: 2023,
        }
    }

    fn form(values: &[(&'static str, &str)]) -> Form {
        Form::filled(
            values
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned())),
        )
    }

    fn fields(refusal: Refusal) -> Vec<&'static str> {
        let Refusal::Invalid(problems) = refusal else {
            panic!("{refusal:?}")
        };
        problems
            .iter()
            .filter_map(|problem| problem.field)
            .collect()
    }

    #[test]
    fn every_wrong_field_of_an_activity_is_named_at_once() {
        let unit = Uuid::from_u128(1).to_string();
        let stranger = Uuid::from_u128(9).to_string();
        let wrong = form(&[
            ("target_number", "nhiều"),
            ("target_unit", ""),
            ("weight", "0"),
            ("per_unit", "some"),
            ("programmes", &stranger),
            ("lead_unit", &unit),
            ("supporting_units", &unit),
            ("accountable", &stranger),
            ("window_from", "15/06/2023"),
            ("window_to", "01/06/2023"),
            ("recurs", "sometimes"),
        ]);
        assert_eq!(
            fields(ActivityDetails::of(&wrong, &known()).unwrap_err()),
            [
                "title",
                "target_number",
                "weight",
                "per_unit",
                "programmes",
                "supporting_units",
                "accountable",
                "window_to",
                "recurs"
            ]
        );
    }

    #[test]
    fn a_target_is_a_number_and_a_unit_or_neither() {
        let number = form(&[("title", "Viết tin"), ("target_number", "12")]);
        assert_eq!(
            fields(ActivityDetails::of(&number, &known()).unwrap_err()),
            ["target_unit"]
        );
        let unit = form(&[("title", "Viết tin"), ("target_unit", "tin, bài")]);
        assert_eq!(
            fields(ActivityDetails::of(&unit, &known()).unwrap_err()),
            ["target_number"]
        );
        assert!(ActivityDetails::of(&form(&[("title", "Viết tin")]), &known()).is_ok());
    }

    #[test]
    fn a_time_in_words_alone_becomes_days() {
        let found = form(&[("title", "Hội nghị"), ("window_text", "Quý II/2023")]);
        let when = ActivityDetails::of(&found, &known()).unwrap().when;
        assert_eq!(
            (when.from, when.to),
            (Some(date(2023, 4, 1)), Some(date(2023, 6, 30)))
        );
    }

    #[test]
    fn details_come_back_from_their_form() {
        let details = ActivityDetails {
            title: "Đăng tin, bài".to_owned(),
            targets: vec![Target::new(12, "tin, bài"), Target::new(1, "hội nghị")],
            per_unit: PerUnit::Involved,
            weight: Some(30),
            programmes: known().programmes,
            lead_unit: known().units.first().copied(),
            supporting_units: known().units.get(1).copied().into_iter().collect(),
            accountable: known().accounts.first().copied(),
            when: When {
                text: "Hằng tháng".to_owned(),
                from: Some(date(2023, 1, 1)),
                to: Some(date(2023, 12, 14)),
                recurs: Some(Recurrence::Monthly),
            },
            note: "Trang chủ".to_owned(),
            ..ActivityDetails::default()
        };
        assert_eq!(
            ActivityDetails::of(&Form::filled(details.form()), &known()),
            Ok(details)
        );
    }

    #[test]
    fn every_recurrence_has_its_own_word() {
        for (recurs, word) in RECURRENCES {
            assert_eq!(recurrence_of(word), Some(recurs));
            assert_eq!(recurrence_word(recurs), word);
        }
    }
}
