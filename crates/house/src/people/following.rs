//! What belongs to a unit and goes on with its heirs. The features above hold such work (open
//! activities, open articles); each gives the house a [`Follower`], so that one act moves all of
//! it in one transaction without the house knowing them.

use std::pin::Pin;

use base::id::{AccountId, AgencyId, UnitId};
use base::{Error, SubjectKind};
use db::{Act, Conn};
use jiff::civil::Date;

/// What a follower will answer.
pub type Answering<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// The features that hold work of units.
pub type Followers = &'static [&'static dyn Follower];

/// Units that end or give something away on a day.
#[derive(Clone, Debug)]
pub struct Leaving {
    /// Their agency.
    pub agency: AgencyId,
    /// The units.
    pub units: Vec<UnitId>,
    /// The first day of the new order.
    pub day: Date,
    /// Today.
    pub today: Date,
}

/// A person or a piece of open work of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Belonging {
    /// What kind of thing.
    pub kind: SubjectKind,
    /// Its id, as text.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The unit that it belongs to.
    pub unit: UnitId,
}

/// A belonging on its way to a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handover {
    /// What goes.
    pub what: Belonging,
    /// Where.
    pub to: UnitId,
    /// Who answers for it from now on; none when whoever does goes on doing so.
    pub accountable: Option<AccountId>,
}

/// A feature that holds open work of units.
pub trait Follower: Send + Sync {
    /// The open work of units that leave: only what is not done and not closed, because what is
    /// done was done by them.
    ///
    /// # Faults
    /// The database does not answer.
    fn open_work<'a>(
        &'a self,
        conn: &'a mut Conn,
        leaving: &'a Leaving,
    ) -> Answering<'a, Vec<Belonging>>;

    /// Takes over what is this feature's among the handovers, within the act, and touches the
    /// pages that show it.
    ///
    /// # Faults
    /// The database refuses.
    fn hand_over<'a>(
        &'a self,
        act: &'a mut Act,
        handovers: &'a [Handover],
        now: i64,
    ) -> Answering<'a, ()>;
}
