//! Gathers what an agency owes on a day: from the plans, from the newsroom, and from who answers for
//! what. A number of statements that does not grow with the people.

use std::collections::HashMap;

use base::calendar::working::{Deadline, WorkCalendar};
use base::id::{AccountId, AgencyId, UnitId};
use base::{Error, Fault};
use base::{Role, Roles};
use db::Conn;
use house::calendar;
use house::people::account_store::{self, Holder};
use house::people::{agency_store, setting_store};
use jiff::Timestamp;
use jiff::civil::Date;

use super::numbers::{NAMES, Numbers, SETTINGS};
use super::owed::{Day, Debt, Kind};
use super::owed_store;
use crate::newsroom::{self, Pending, Wait, rules};
use crate::plan::{self, AwaitedOpinion, Owing, SubmittedPlan};

/// Who holds which role where.
struct Staff {
    holders: Vec<Holder>,
    units: HashMap<UnitId, String>,
}

/// Everything that is owed in an agency on a day.
///
/// # Faults
/// The database does not answer.
pub async fn gather(conn: &mut Conn, agency: AgencyId, today: Date) -> Result<Day, Error> {
    let calendar = calendar::of(conn, agency).await?;
    let units = agency_store::units(conn, agency, today).await?;
    let staff = Staff {
        holders: account_store::holders(conn, agency).await?,
        units: units.into_iter().map(|unit| (unit.id, unit.name)).collect(),
    };
    let numbers = numbers(conn, agency).await?;
    let mut debts: Vec<Debt> = plan::owing(conn, agency, today)
        .await?
        .into_iter()
        .map(|owing| of_activity(owing, &staff, &calendar))
        .collect();
    let awaited = plan::awaited(conn, agency).await?;
    for opinion in awaited.opinions {
        debts.push(of_opinion(opinion, &staff, &calendar));
    }
    for plan in awaited.signatures {
        debts.push(of_signature(plan, &staff, &calendar));
    }
    for pending in newsroom::pending(conn, agency).await? {
        debts.push(of_article(pending, &staff, &calendar));
    }
    Ok(Day {
        today,
        calendar,
        numbers,
        debts,
        directors: staff.with(Roles::of(&[Role::Director])),
        choices: owed_store::choices(conn, agency).await?,
    })
}

/// The numbers by which an agency reminds.
///
/// # Faults
/// The database does not answer.
pub async fn numbers(conn: &mut Conn, agency: AgencyId) -> Result<Numbers, Fault> {
    let mut told = HashMap::new();
    for name in NAMES {
        let name = format!("{SETTINGS}{name}");
        let value = setting_store::value(conn, agency, &name).await?;
        told.insert(name, value);
    }
    Ok(Numbers::of_settings(&told))
}

/// Who answers for an activity; the heads of its unit when nobody is named; the officers when it has
/// no unit of ours either.
fn of_activity(owing: Owing, staff: &Staff, calendar: &WorkCalendar) -> Debt {
    let heads = staff.heads(owing.unit);
    let people = match owing.accountable.filter(|person| staff.is_active(*person)) {
        Some(person) => vec![person],
        None if !heads.is_empty() => heads.clone(),
        None => staff.with(Roles::of(&[Role::Officer])),
    };
    Debt {
        kind: Kind::Activity,
        about: match owing.unit.filter(|_| owing.is_part) {
            Some(unit) => format!("activity/{}/{unit}", owing.activity),
            None => format!("activity/{}", owing.activity),
        },
        title: format!("{} · {}", owing.no, owing.title),
        missing: Some((owing.missing, owing.unit_of)),
        path: format!("/desk/plans/{}/activities/{}", owing.plan, owing.activity),
        due: calendar.deadline(owing.due),
        unit: owing.unit,
        unit_name: owing.lead,
        people,
        heads,
        version: owing.version,
    }
}

/// The heads of the unit that was asked; the officers, who enter what came on paper, when it has none.
fn of_opinion(opinion: AwaitedOpinion, staff: &Staff, calendar: &WorkCalendar) -> Debt {
    let heads = staff.heads(Some(opinion.unit));
    let people = match heads.is_empty() {
        true => staff.with(Roles::of(&[Role::Officer])),
        false => heads.clone(),
    };
    Debt {
        kind: Kind::Opinion,
        about: format!("opinion/{}/{}", opinion.plan, opinion.unit),
        title: opinion.title,
        missing: None,
        path: format!("/desk/plans/{}/opinions/{}", opinion.plan, opinion.unit),
        due: calendar.deadline(opinion.deadline),
        unit: Some(opinion.unit),
        unit_name: staff.unit_name(Some(opinion.unit)),
        people,
        heads,
        version: opinion.round,
    }
}

fn of_signature(plan: SubmittedPlan, staff: &Staff, calendar: &WorkCalendar) -> Debt {
    Debt {
        kind: Kind::Signature,
        about: format!("signature/{}", plan.plan),
        title: plan.title,
        missing: None,
        path: format!("/desk/plans/{}/life", plan.plan),
        due: waiting_since(plan.since, calendar),
        unit: None,
        unit_name: String::new(),
        people: staff.with(Roles::of(&[Role::Director])),
        heads: Vec::new(),
        version: plan.since / 1000,
    }
}

/// The day since which something waits, whether or not that was a working day.
fn waiting_since(since: i64, calendar: &WorkCalendar) -> Deadline {
    let since = Timestamp::from_millisecond(since).unwrap_or(Timestamp::UNIX_EPOCH);
    let day = base::calendar::local(since).date();
    let mut due = calendar.deadline(day);
    due.before = day;
    due.after = day;
    due
}

fn of_article(pending: Pending, staff: &Staff, calendar: &WorkCalendar) -> Debt {
    let (kind, people) = match pending.wait {
        Wait::Rewriting => (Kind::Rewriting, vec![pending.writer]),
        Wait::Release => (Kind::Release, staff.releasers(&pending.own)),
        Wait::Confirmation => (Kind::Confirmation, staff.releasers(&pending.own)),
    };
    Debt {
        kind,
        about: format!("{}/{}", kind.as_str(), pending.article),
        title: pending.title,
        missing: None,
        path: format!("/desk/newsroom/articles/{}", pending.article),
        due: waiting_since(pending.since, calendar),
        unit: pending.unit,
        unit_name: staff.unit_name(pending.unit),
        people,
        heads: Vec::new(),
        version: pending.since / 1000,
    }
}

impl Staff {
    fn with(&self, roles: Roles) -> Vec<AccountId> {
        let holders = self.holders.iter().filter(|holder| roles.has(holder.role));
        let mut people: Vec<AccountId> = holders.map(|holder| holder.account).collect();
        people.sort_unstable();
        people.dedup();
        people
    }

    fn heads(&self, unit: Option<UnitId>) -> Vec<AccountId> {
        let is_head =
            |holder: &&Holder| holder.role == Role::Head && unit.is_some() && holder.unit == unit;
        let heads = self.holders.iter().filter(is_head);
        heads.map(|holder| holder.account).collect()
    }

    /// Who may release what others wrote: editors and approvers; the directors when there are none.
    fn releasers(&self, own: &[AccountId]) -> Vec<AccountId> {
        let others = |roles: Roles| {
            let mut people = self.with(roles);
            people.retain(|person| !own.contains(person));
            people
        };
        let usual = others(Roles::of(&[Role::Editor, Role::Approver]));
        if usual.is_empty() {
            others(rules::RELEASERS)
        } else {
            usual
        }
    }

    fn is_active(&self, person: AccountId) -> bool {
        self.holders.iter().any(|holder| holder.account == person)
    }

    fn unit_name(&self, unit: Option<UnitId>) -> String {
        unit.and_then(|unit| self.units.get(&unit).cloned())
            .unwrap_or_default()
    }
}
