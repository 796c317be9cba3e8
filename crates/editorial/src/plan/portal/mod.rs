//! Public pages of plans: one file per page, its template beside it.

use base::Refusal;

pub mod plan_api;
pub mod plan_newest;
pub mod plan_year;
mod promised;

/// The year of an address. It is written in one way only, so that a page has one address.
fn year_of(text: &str) -> Result<i16, Refusal> {
    let year = text
        .parse()
        .ok()
        .filter(|year: &i16| year.to_string() == text);
    year.ok_or(Refusal::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_has_one_spelling() {
        assert_eq!(year_of("2023"), Ok(2023));
        for other in ["02023", "+2023", "2023 ", "", "99999", "năm"] {
            assert_eq!(year_of(other), Err(Refusal::NotFound), "{other}");
        }
    }
}
