//! The administrative calendar (*lịch làm việc*): which days the agency works, as dated data.
//!
//! It serves the administrator who enters what the Government decides each year, and everybody who
//! asks by when something is due. Its words: *ngày nghỉ* (day off), *nghỉ lễ* (holiday), *hoán đổi
//! ngày làm việc* (swapped days), *làm bù* (worked in exchange). Its law: Labour Code
//! 45/2019/QH14, art. 111(3) (a day in lieu) and 112 (holidays); Civil Code 91/2015/QH13, art. 148
//! (5) (`base::calendar::working`).
//!
//! Nothing that depends on it is stored: a deadline is asked for, [`of`] answers with what is
//! known now and [`as_of`] with what was known then; the difference explains what moved.
//!
//! What is not here: the deadlines themselves (editorial's plan owns them).

mod calendar_store;
pub mod day_off;
mod desk;
pub mod month;

use base::calendar::working::WorkCalendar;
use base::id::AgencyId;
use base::{Actor, Error, Fault, Role, Roles, Subject, SubjectKind};
use db::{Act, Conn};
use serde_json::json;
use web::{NavItem, Policy, Route, WordFile, get, post};

use crate::House;
use crate::audit::entry::Doer;
use crate::people::agency_store;
use day_off::{Change, NewDays};

/// The words of this feature.
pub const WORDS: WordFile = WordFile {
    name: "calendar",
    vi: include_str!("calendar.vi.ftl"),
    en: include_str!("calendar.en.ftl"),
};

/// Where it is found.
pub const NAV: [NavItem; 1] = [NavItem {
    key: "nav-calendar",
    path: "/desk/calendar",
    icon: "calendar",
    roles: Roles::of(&[Role::Administrator, Role::Officer]),
}];

const ADMINISTRATORS: Policy = Policy::roles(&[Role::Administrator]);

/// Every route of this feature.
pub fn routes() -> Vec<Route<House>> {
    use desk::{calendar_show, day_add, day_remove, week_edit};
    vec![
        get("/desk/calendar", Policy::SignedIn, calendar_show::show),
        post("/desk/calendar/days", ADMINISTRATORS, day_add::save).act("calendar.add"),
        get(
            "/desk/calendar/days/{id}/remove",
            ADMINISTRATORS,
            day_remove::show,
        ),
        post(
            "/desk/calendar/days/{id}/remove",
            ADMINISTRATORS,
            day_remove::save,
        )
        .act("calendar.remove"),
        post("/desk/calendar/week", ADMINISTRATORS, week_edit::save).act("calendar.week"),
    ]
}

/// The agency's calendar as it is known now.
///
/// # Faults
/// The database does not answer.
pub async fn of(conn: &mut Conn, agency: AgencyId) -> Result<WorkCalendar, Fault> {
    as_of(conn, agency, i64::MAX).await
}

/// The agency's calendar as it was known at a moment (milliseconds since 1970), days added later
/// left out and days removed later still in it.
///
/// # Faults
/// The database does not answer.
pub async fn as_of(conn: &mut Conn, agency: AgencyId, at_ms: i64) -> Result<WorkCalendar, Fault> {
    calendar_store::calendar(conn, agency, at_ms, None).await
}

/// The calendar as it is and as a change would make it, so that what moves can be seen before.
///
/// # Refusals
/// The day to be removed is not there.
///
/// # Faults
/// The database does not answer.
pub async fn before_and_after(
    conn: &mut Conn,
    agency: AgencyId,
    change: &Change,
) -> Result<(WorkCalendar, WorkCalendar), Error> {
    let old = of(conn, agency).await?;
    let new = match change {
        Change::Add(days) => old.with(days.marks.iter().cloned()),
        Change::Saturdays(is_worked) => old.with_saturdays(*is_worked),
        Change::Remove { id, .. } => {
            calendar_store::find(conn, agency, *id).await?;
            calendar_store::calendar(conn, agency, i64::MAX, Some(*id)).await?
        }
    };
    Ok((old, new))
}

/// Adds days to the agency's own calendar, as the desk does.
///
/// # Refusals
/// `calendar-day-taken` for a day that the agency has already.
///
/// # Faults
/// The database refuses.
pub async fn add(house: &House, actor: &Actor, days: &NewDays) -> Result<(), Error> {
    let mut act = house.db.act().await?;
    // Two administrators who paste the same list: the second is told, not stopped by the index.
    agency_store::hold(&mut act, actor.agency).await?;
    calendar_store::refuse_taken(&mut act, Some(actor.agency), days).await?;
    let when = (house.clock.now_ms(), Some(actor.account));
    for mark in &days.marks {
        let row = (house.ids.next(&house.clock), Some(actor.agency));
        calendar_store::add(&mut act, row, mark, &days.decision, when).await?;
    }
    let decided_on = days.decision.on.map(|day| day.to_string());
    let data = json!({
        "days": days.log(), "decision": days.decision.number, "decided_on": decided_on,
    });
    let subject = Subject::new(SubjectKind::Agency, actor.agency);
    house
        .record(&mut act, actor, "calendar.add", subject, data)
        .await?;
    // Public plans show by when things are due.
    act.touch("plans");
    act.commit().await.map_err(Error::from)
}

/// Adds days that hold for every agency of the installation; whoever runs the machine decides on
/// them, so they come from no desk page.
///
/// # Refusals
/// `calendar-day-taken` for a day that the installation has already.
///
/// # Faults
/// The database refuses.
pub async fn add_everywhere(
    house: &House,
    act: &mut Act,
    first_agency: AgencyId,
    days: &NewDays,
) -> Result<(), Error> {
    calendar_store::refuse_taken(act, None, days).await?;
    let now = house.clock.now_ms();
    for mark in &days.marks {
        let id = house.ids.next(&house.clock);
        calendar_store::add(act, (id, None), mark, &days.decision, (now, None)).await?;
    }
    let subject = Subject::new(SubjectKind::Agency, first_agency);
    let data = json!({ "days": days.log(), "decision": days.decision.number, "everywhere": true });
    house
        .record_of(
            act,
            first_agency,
            Doer::System,
            ("calendar.add", subject, data),
        )
        .await?;
    Ok(())
}
