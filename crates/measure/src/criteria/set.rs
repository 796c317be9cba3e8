//! A criteria set (*bộ tiêu chí*): what a body is judged by, as dated data. A set is prepared, put in
//! force, and replaced by its next version; what was judged by it stays judged by it.

use base::id::{AgencyId, ComponentId, CriteriaSetId, RowId, Uuid};
use base::{Problem, Refusal};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::arithmetic::Kept;
use super::input::Input;
use super::rule::Rule;
use super::scored::{Scored, Shown, Step, Total};
use super::source::Source;

/// Areas of a set, criteria of an area, components of a criterion, at most.
pub const CHILDREN_MAX: usize = 100;

/// Where a set is in its life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetState {
    /// It is being prepared, and everything in it may change.
    #[default]
    Draft,
    /// Rounds are opened with it; only how a rule is read may still be made clearer, with a reason.
    InForce,
    /// Another version follows it; nothing changes any more.
    Replaced,
}

impl SetState {
    /// The word that tables use.
    pub fn as_str(self) -> &'static str {
        match self {
            SetState::Draft => "draft",
            SetState::InForce => "in_force",
            SetState::Replaced => "replaced",
        }
    }

    /// The state of a word.
    pub fn parse(word: &str) -> Option<Self> {
        [SetState::Draft, SetState::InForce, SetState::Replaced]
            .into_iter()
            .find(|state| state.as_str() == word)
    }
}

/// What a set says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetDetails {
    /// What it is called.
    pub title: String,
    /// The number of the decision: `876/QĐ-BNV`.
    #[serde(default)]
    pub number: String,
    /// The day of the decision.
    #[serde(default)]
    pub issued_on: Option<Date>,
    /// Who decided.
    #[serde(default)]
    pub issuer: String,
    /// Whom it judges, in words: `cấp xã`. Levels are data, because the tiers change.
    #[serde(default)]
    pub level: String,
    /// The first reporting year that it judges.
    pub year_from: i16,
    /// The last one; none while nobody has said.
    #[serde(default)]
    pub year_to: Option<i16>,
    /// The total that the decision itself states.
    #[serde(default, with = "super::exact::as_text_maybe")]
    pub total: Option<Decimal>,
    /// What should be known about it: where it comes from, what was left out.
    #[serde(default)]
    pub note: String,
    /// Findings about its total that stay as they are.
    #[serde(default)]
    pub kept: Vec<Kept>,
}

/// An area (*lĩnh vực*).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Its row; what is read from a file has none until it is stored.
    #[serde(default = "no_id", skip_serializing)]
    pub id: RowId,
    /// Its number as the table writes it.
    pub no: String,
    /// What it is called.
    pub title: String,
    /// The points that the table states; what its parts add up to may differ.
    #[serde(with = "super::exact::as_text")]
    pub max: Decimal,
    /// Findings that stay as they are.
    #[serde(default)]
    pub kept: Vec<Kept>,
    /// Its criteria.
    pub criteria: Vec<Criterion>,
}

/// A criterion (*tiêu chí*).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// Its row; what is read from a file has none until it is stored.
    #[serde(default = "no_id", skip_serializing)]
    pub id: RowId,
    /// Its number as the table writes it.
    pub no: String,
    /// What it is called.
    pub title: String,
    /// The points that the table states.
    #[serde(with = "super::exact::as_text")]
    pub max: Decimal,
    /// Findings that stay as they are.
    #[serde(default)]
    pub kept: Vec<Kept>,
    /// Its components; one that is scored as a whole has one component of its own number.
    pub components: Vec<Component>,
}

/// Another reading of a rule that is not clear, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The rule as it can also be read.
    pub rule: Rule,
    /// Why it can be read so.
    pub reason: String,
}

/// A worked example of the guide: what it says the points of an input are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// The input.
    pub input: Input,
    /// The points, as the guide says.
    #[serde(with = "super::exact::as_text")]
    pub points: Decimal,
    /// How the guide words it.
    pub words: String,
}

/// A component (*tiêu chí thành phần*): the smallest thing that is scored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// Its id; what is read from a file has none until it is stored.
    #[serde(default = "no_id", skip_serializing)]
    pub id: ComponentId,
    /// Its number as the table writes it.
    pub no: String,
    /// What it is called.
    pub title: String,
    /// The points that the table states.
    #[serde(with = "super::exact::as_text")]
    pub max: Decimal,
    /// How the guide explains it.
    #[serde(default)]
    pub guidance: String,
    /// What proves it (*tài liệu kiểm chứng*).
    #[serde(default)]
    pub evidence: String,
    /// Where its input comes from.
    #[serde(default)]
    pub source: Source,
    /// How it is scored.
    pub rule: Rule,
    /// Which version of the rule this is, from 1.
    #[serde(default = "first_version", skip)]
    pub rule_version: i64,
    /// What the appraiser says of this version of the rule.
    #[serde(default)]
    pub note: String,
    /// How the rule can also be read.
    #[serde(default)]
    pub second: Option<Reading>,
    /// The worked example of the guide.
    #[serde(default)]
    pub example: Option<Example>,
    /// Findings that stay as they are.
    #[serde(default)]
    pub kept: Vec<Kept>,
}

/// The id of what is not stored yet.
pub(super) fn no_id<T: From<Uuid>>() -> T {
    T::from(Uuid::nil())
}

fn first_version() -> i64 {
    1
}

/// What a component gives for an input by its rule, and by its second reading if it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BothScored {
    /// By the rule.
    pub first: Scored,
    /// By the second reading.
    pub second: Option<Scored>,
}

impl BothScored {
    /// Whether the two readings give different points.
    pub fn differs(&self) -> bool {
        let second = self.second.as_ref();
        second.is_some_and(|second| second.points != self.first.points)
    }
}

impl Component {
    /// A component that nobody has described yet: yes or no for all its points.
    pub fn new(no: &str, title: &str, max: Decimal) -> Self {
        use super::rule::Way;
        Self {
            id: no_id(),
            no: no.to_owned(),
            title: title.to_owned(),
            max,
            guidance: String::new(),
            evidence: String::new(),
            source: Source::ByHand,
            rule: Rule::of(Way::YesNo {
                yes: max,
                no: Decimal::ZERO,
            }),
            rule_version: 1,
            note: String::new(),
            second: None,
            example: None,
            kept: Vec::new(),
        }
    }

    /// The points of an input by the rule and by its second reading: both are always computed.
    ///
    /// Points never pass what the table states for the component, whatever the rule says.
    pub fn score(&self, input: &Input) -> BothScored {
        let second = self.second.as_ref();
        BothScored {
            first: self.by(&self.rule, input),
            second: second.map(|reading| self.by(&reading.rule, input)),
        }
    }

    fn by(&self, rule: &Rule, input: &Input) -> Scored {
        let mut scored = rule.score(input);
        if !rule.is_extra() && !scored.max.is_zero() {
            scored.max = self.max;
            if scored.points > self.max {
                scored.working.push(Step::of(
                    "criteria-work-stated-max",
                    vec![
                        ("points", Shown::Number(scored.points)),
                        ("max", Shown::Number(self.max)),
                    ],
                ));
                scored.points = self.max;
            }
        }
        scored
    }
}

/// A criteria set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriteriaSet {
    /// Its id.
    pub id: CriteriaSetId,
    /// Whose.
    pub agency: AgencyId,
    /// What it says of itself.
    pub details: SetDetails,
    /// Where it is in its life.
    pub state: SetState,
    /// The version before it, if it was made from one.
    pub follows: Option<CriteriaSetId>,
    /// Its areas.
    pub areas: Vec<Area>,
    /// Counts the savings, so that two people do not overwrite each other.
    pub version: i64,
}

impl CriteriaSet {
    /// Every component, in the order of the table.
    pub fn components(&self) -> impl Iterator<Item = &Component> {
        let criteria = self.areas.iter().flat_map(|area| &area.criteria);
        criteria.flat_map(|criterion| &criterion.components)
    }

    /// A component.
    ///
    /// # Refusals
    /// It is not of this set.
    pub fn component(&self, id: ComponentId) -> Result<&Component, Refusal> {
        self.components()
            .find(|component| component.id == id)
            .ok_or(Refusal::NotFound)
    }

    /// Whether it judges a reporting year.
    pub fn judges(&self, year: i16) -> bool {
        let details = &self.details;
        year >= details.year_from && details.year_to.is_none_or(|last| year <= last)
    }

    /// What its components add up to, bonus and penalty left out.
    pub fn max(&self) -> Decimal {
        sum_of(self.components())
    }

    /// Its points for these inputs, by the rules; what is not among them is not answered.
    pub fn total<'a>(&self, input_of: impl Fn(ComponentId) -> Option<&'a Input>) -> Total {
        let scored: Vec<Scored> = self
            .components()
            .map(|component| {
                let input = input_of(component.id).unwrap_or(&Input::Nothing);
                component.score(input).first
            })
            .collect();
        Total::of(&scored)
    }

    /// Refuses a change of the set in this state.
    ///
    /// # Refusals
    /// `criteria-not-draft`.
    pub fn still_draft(&self) -> Result<(), Refusal> {
        match self.state {
            SetState::Draft => Ok(()),
            SetState::InForce | SetState::Replaced => Err(Refusal::because("criteria-not-draft")),
        }
    }

    /// The same set in force.
    ///
    /// # Refusals
    /// It is no draft; it has no decision, no day, no components; a finding about its sums has
    /// neither been mended nor kept with a note.
    pub fn put_in_force(&self) -> Result<SetState, Refusal> {
        self.still_draft()?;
        let mut problems = Vec::new();
        if self.details.number.is_empty() || self.details.issued_on.is_none() {
            problems.push(Problem::of("criteria-no-decision"));
        }
        if self.components().next().is_none() {
            problems.push(Problem::of("criteria-empty"));
        }
        let open = super::arithmetic::findings(&self.details, &self.areas);
        let open = open.iter().filter(|finding| finding.kept.is_none()).count();
        if open > 0 {
            problems.push(Problem::of("criteria-findings-open").with("n", open));
        }
        match problems.is_empty() {
            true => Ok(SetState::InForce),
            false => Err(Refusal::Invalid(problems)),
        }
    }
}

/// What components add up to, bonus and penalty left out.
pub(super) fn sum_of<'a>(components: impl IntoIterator<Item = &'a Component>) -> Decimal {
    let counted = components.into_iter().filter(|one| !one.rule.is_extra());
    counted.fold(Decimal::ZERO, |sum, one| sum.saturating_add(one.max))
}
