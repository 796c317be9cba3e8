//! A programme (*chương trình*) of the agency: administrative reform (CCHC), legal education
//! (PBGDPL), and whatever else its work is reported under.
//!
//! Activities and items may belong to several programmes. In each of them an item counts once,
//! whether it belongs there by itself or through however many activities; belonging to two
//! programmes takes nothing from either.

use base::Refusal;
use base::id::{AgencyId, ProgrammeId};
use web::Form;

/// Longest short name of a programme, in characters.
pub const CODE_CHARS_MAX: usize = 20;

/// Longest name, in characters.
pub const NAME_CHARS_MAX: usize = 200;

/// What a person writes about a programme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProgrammeDetails {
    /// Its short name, by which it is known: `CCHC`.
    pub code: String,
    /// Its name in full.
    pub name: String,
}

/// A programme of an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programme {
    /// Its id.
    pub id: ProgrammeId,
    /// Whose.
    pub agency: AgencyId,
    /// What a person writes about it.
    pub details: ProgrammeDetails,
    /// Counts its saves.
    pub version: i64,
}

impl ProgrammeDetails {
    /// Reads the form of a programme.
    ///
    /// # Refusals
    /// What is missing or too long, each at its field.
    pub fn of(form: &Form) -> Result<Self, Refusal> {
        let mut check = form.check();
        let found = Self {
            code: check.required_line("code", CODE_CHARS_MAX),
            name: check.required_line("name", NAME_CHARS_MAX),
        };
        check.done()?;
        Ok(found)
    }

    /// The form that shows it.
    pub fn form(&self) -> Vec<(&'static str, String)> {
        vec![("code", self.code.clone()), ("name", self.name.clone())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_programme_has_a_short_name_and_a_name() {
        let details = ProgrammeDetails {
            code: "CCHC".to_owned(),
            name: "Cải cách hành chính".to_owned(),
        };
        assert_eq!(
            ProgrammeDetails::of(&Form::filled(details.form())),
            Ok(details)
        );
        let Err(Refusal::Invalid(problems)) = ProgrammeDetails::of(&Form::default()) else {
            panic!("accepted")
        };
        let fields: Vec<_> = problems.iter().filter_map(|found| found.field).collect();
        assert_eq!(fields, ["code", "name"]);
    }
}
