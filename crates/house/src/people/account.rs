//! An account: one person who signs in.

use base::id::{AccountId, AgencyId, UnitId};
use base::limits::LINE_CHARS_MAX;
use base::{Actor, Problem, Refusal, Role, Roles};
use web::{Form, Lang};

/// Whether the person may sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// May sign in.
    Active,
    /// May not, and has no sessions.
    Suspended,
}

impl State {
    /// The word that tables use.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Active => "active",
            State::Suspended => "suspended",
        }
    }

    /// The state of a word, if there is one.
    pub fn parse(word: &str) -> Option<State> {
        [State::Active, State::Suspended]
            .into_iter()
            .find(|state| state.as_str() == word)
    }
}

/// One person who signs in.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The agency.
    pub agency: AgencyId,
    /// The unit, if any.
    pub unit: Option<UnitId>,
    /// The address to sign in with, lower case.
    pub email: String,
    /// The name as colleagues write it.
    pub name: String,
    /// The name under articles, such as `V.H` (domain R63).
    pub pen_name: String,
    /// What the person is in the agency, such as `Giám đốc`.
    pub job_title: String,
    /// Language of the desk.
    pub lang: Lang,
    /// What the person may be.
    pub roles: Roles,
    /// Whether they may sign in.
    pub state: State,
    /// Whether a new password must be chosen at the next sign-in.
    pub must_change_password: bool,
    /// Last sign-in, milliseconds since 1970.
    pub signed_in_at: Option<i64>,
}

impl Account {
    /// The person as rules and the log see them.
    pub fn actor(&self) -> Actor {
        Actor {
            account: self.id,
            agency: self.agency,
            unit: self.unit,
            name: self.name.clone(),
            roles: self.roles,
        }
    }
}

/// What an administrator writes of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    /// The address to sign in with, lower case.
    pub email: String,
    /// The name as colleagues write it.
    pub name: String,
    /// The name under articles.
    pub pen_name: String,
    /// What the person is in the agency.
    pub job_title: String,
    /// The unit, if any.
    pub unit: Option<UnitId>,
    /// What the person may be; at least one.
    pub roles: Roles,
}

impl Details {
    /// Reads the account form; every problem at once.
    ///
    /// # Refusals
    /// A missing name, a wrong address, no role.
    pub fn of(form: &Form) -> Result<Self, Refusal> {
        let mut check = form.check();
        let email = check.required_line("email", 200).to_lowercase();
        if !email.is_empty() && !is_address(&email) {
            check.add(Problem::at("email", "field-email").with("value", &email));
        }
        let name = check.required_line("name", 120);
        let pen_name = check.line_of("pen_name", 60);
        let job_title = check.line_of("job_title", LINE_CHARS_MAX);
        let unit = check.parse("unit");
        let roles: Vec<Role> = form
            .all("roles")
            .iter()
            .filter_map(|w| Role::parse(w))
            .collect();
        if roles.is_empty() {
            check.add(Problem::at("roles", "account-no-role"));
        }
        check.done()?;
        let pen_name = if pen_name.is_empty() {
            initials(&name)
        } else {
            pen_name
        };
        Ok(Self {
            email,
            name,
            pen_name,
            job_title,
            unit,
            roles: Roles::of(&roles),
        })
    }
}

/// The initials of a name, as the seed's page signs: `Võ Hà` → `V.H`.
pub fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter_map(|word| word.chars().next())
        .map(|c| c.to_uppercase().to_string())
        .collect::<Vec<_>>()
        .join(".")
}

fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    !local.is_empty()
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && text
            .chars()
            .all(|c| c.is_ascii_graphic() && c != ',' && c != ';')
        && !domain.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_signed_by_initials_unless_they_choose_a_pen_name() {
        assert_eq!(initials("Võ Hà"), "V.H");
        assert_eq!(initials("đặng  thị ánh"), "Đ.T.Á");
    }

    #[test]
    fn an_account_form_is_answered_with_every_problem() {
        let form = Form::filled([("email", "a@b".to_owned()), ("name", String::new())]);
        let Err(Refusal::Invalid(problems)) = Details::of(&form) else {
            panic!("accepted")
        };
        let fields: Vec<_> = problems.iter().filter_map(|p| p.field).collect();
        assert_eq!(fields, ["email", "name", "roles"]);
    }
}
