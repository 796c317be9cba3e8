//! A set as JSON: the interchange form, which carries everything but ids and the state of its life.

use base::{Fault, Problem, Refusal};
use serde::{Deserialize, Serialize};

use super::set::{Area, SetDetails};

/// What the text says it is.
pub const FORMAT: &str = "loa-criteria-set/1";

/// A set as it stands in a file: what it says of itself, and its areas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetFile {
    /// [`FORMAT`].
    pub format: String,
    /// What it says of itself.
    #[serde(flatten)]
    pub details: SetDetails,
    /// Its areas.
    pub areas: Vec<Area>,
}

impl SetFile {
    /// A file of these.
    pub fn of(details: SetDetails, areas: Vec<Area>) -> Self {
        Self {
            format: FORMAT.to_owned(),
            details,
            areas,
        }
    }

    /// Every component.
    pub fn components(&self) -> impl Iterator<Item = &super::set::Component> {
        let criteria = self.areas.iter().flat_map(|area| &area.criteria);
        criteria.flat_map(|criterion| &criterion.components)
    }
}

/// The set as text.
///
/// # Faults
/// Never with a set that was made here.
pub fn write(file: &SetFile) -> Result<String, Fault> {
    let text = serde_json::to_string_pretty(file);
    let text = text.map_err(|error| Fault::from_source("a criteria set", error))?;
    Ok(text + "\n")
}

/// Reads a set from text.
///
/// # Refusals
/// `criteria-json`: it is no set, with the place that is wrong.
pub fn read(text: &str) -> Result<SetFile, Refusal> {
    let wrong =
        |why: String| Refusal::Invalid(vec![Problem::at("file", "criteria-json").with("why", why)]);
    let file: SetFile = serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
    match file.format == FORMAT {
        true => Ok(file),
        false => Err(wrong(format!("format {:?}", file.format))),
    }
}
