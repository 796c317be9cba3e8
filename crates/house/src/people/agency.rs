//! An agency and its units, with the names they bore on a day (domain 6: names change within the
//! life of a plan, and a plan of 2023 keeps the names of 2023).

use base::Refusal;
use base::calendar::date_short;
use base::id::{AgencyId, UnitId};
use base::limits::LINE_CHARS_MAX;
use jiff::civil::Date;
use web::{AgencyCard, Form};

/// An agency as it was called on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agency {
    /// Its id.
    pub id: AgencyId,
    /// What it was called.
    pub names: AgencyNames,
}

/// What an agency is called and how it is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgencyNames {
    /// Full name: `Sở Tư pháp tỉnh Bình Định`.
    pub name: String,
    /// Short name: `Sở Tư pháp`.
    pub short_name: String,
    /// Symbol in document numbers: `STP`.
    pub symbol: String,
    /// The agency above it: `Ủy ban nhân dân tỉnh Bình Định`.
    pub superior: String,
    /// Place of the date line: `Bình Định`.
    pub place: String,
    /// Postal address.
    pub address: String,
    /// Who answers for the portal's content.
    pub responsible: String,
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
}

impl AgencyNames {
    /// Reads the agency form.
    ///
    /// # Refusals
    /// A missing name, short name, symbol or place.
    pub fn of(form: &Form) -> Result<Self, Refusal> {
        let mut check = form.check();
        let names = Self {
            name: check.required_line("name", LINE_CHARS_MAX),
            short_name: check.required_line("short_name", 120),
            symbol: check.required_line("symbol", 30),
            superior: check.line("superior"),
            place: check.required_line("place", 120),
            address: check.line("address"),
            responsible: check.line("responsible"),
            phone: check.line_of("phone", 60),
            email: check.line_of("email", 200),
        };
        check.done()?;
        Ok(names)
    }

    /// What the footer of public pages shows.
    pub fn card(&self) -> AgencyCard {
        AgencyCard {
            name: self.name.clone(),
            superior: self.superior.clone(),
            address: self.address.clone(),
            responsible: self.responsible.clone(),
            phone: self.phone.clone(),
            email: self.email.clone(),
        }
    }
}

/// A name and the day from which it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatedName {
    /// First day.
    pub from: Date,
    /// Full name.
    pub name: String,
}

impl DatedName {
    /// The first day in figures.
    pub fn day(&self) -> String {
        date_short(self.from)
    }
}

/// A unit as it was called on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// Its name: `Văn phòng Sở`.
    pub name: String,
    /// Its short name: `Văn phòng`.
    pub short_name: String,
    /// Its symbol: `VP`.
    pub symbol: String,
    /// Its place in lists.
    pub position: i64,
    /// Its first day.
    pub opened_on: Date,
    /// The first day on which it is no more, if it has ended.
    pub closed_on: Option<Date>,
}

impl Unit {
    /// Whether the unit has not ended by this day, so that people and work may be given to it.
    pub fn is_open(&self, on: Date) -> bool {
        self.closed_on.is_none_or(|day| on < day)
    }
}

/// What a unit is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitNames {
    /// Full name.
    pub name: String,
    /// Short name.
    pub short_name: String,
    /// Symbol.
    pub symbol: String,
}

impl UnitNames {
    /// Reads the unit form.
    ///
    /// # Refusals
    /// A missing name.
    pub fn of(form: &Form) -> Result<Self, Refusal> {
        let mut check = form.check();
        let name = check.required_line("name", LINE_CHARS_MAX);
        let short_name = check.line_of("short_name", 120);
        let symbol = check.line_of("symbol", 30);
        check.done()?;
        let short_name = if short_name.is_empty() {
            name.clone()
        } else {
            short_name
        };
        Ok(Self {
            name,
            short_name,
            symbol,
        })
    }
}
