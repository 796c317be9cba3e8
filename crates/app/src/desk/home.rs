//! What a person owes today: late activities, articles that wait, articles begun.

use askama::Template;
use axum::extract::State;
use base::{Actor, Error};
use editorial::newsroom::{self, Line, Shelf, rules};
use editorial::{Editorial, owed, plan};
use measure::rounds::{self, RiskRow};
use web::{By, Frame, Page, render};

/// Lines of each list.
const LINES: i64 = 8;

/// Components with points at risk that the page names.
const RISKS: usize = 3;

#[derive(Template)]
#[template(path = "desk/home.html")]
struct HomePage {
    frame: Frame,
    late: Vec<Late>,
    n_late: usize,
    waiting: Vec<Row>,
    n_waiting: i64,
    mine: Vec<Row>,
    n_mine: i64,
    shows_newsroom: bool,
    shows_owed: bool,
    owed: Vec<owed::Row>,
    risk: Option<Risk>,
}

/// Points that are at risk this year.
struct Risk {
    total: String,
    rows: Vec<RiskRow>,
}

struct Late {
    title: String,
    href: String,
    unit: String,
    days: String,
}

struct Row {
    title: String,
    href: String,
    author: String,
    tag: String,
    state: String,
}

/// The page.
pub async fn show(State(editorial): State<Editorial>, by: By) -> Page {
    let actor = by.actor();
    let frame = editorial.desk(&by, "nav-home").await?;
    let frame = frame.at("/desk");
    let shows_newsroom = actor.roles.meets(rules::STAFF);
    let mut read = editorial.db.read().await?;
    let standing = plan::status(&mut read, actor.agency, None, editorial.today()).await?;
    let mine = Shelf::Mine(actor.account);
    let row = |line: Line| Row {
        title: if line.title.is_empty() {
            frame.t("article-untitled")
        } else {
            line.title
        },
        href: format!("/desk/newsroom/articles/{}", line.id),
        author: line.author,
        state: frame.t(&format!("article-state-{}", line.tag)),
        tag: line.tag,
    };
    let (mut waiting, mut own, mut n_waiting, mut n_mine) = (Vec::new(), Vec::new(), 0, 0);
    if shows_newsroom {
        let window = (LINES, 0);
        n_waiting = newsroom::count_shelf(&mut read, actor.agency, Shelf::Waiting).await?;
        n_mine = newsroom::count_shelf(&mut read, actor.agency, mine).await?;
        let lines = newsroom::list_shelf(&mut read, actor.agency, Shelf::Waiting, window).await?;
        waiting = lines.into_iter().map(row).collect();
        let lines = newsroom::list_shelf(&mut read, actor.agency, mine, window).await?;
        own = lines.into_iter().map(row).collect();
    }
    let due = due(&editorial, &mut read, actor, &frame).await?;
    let risk = risk(&editorial, &mut read, actor, &frame).await?;
    drop(read);
    let late: Vec<Late> = standing
        .plans
        .iter()
        .flat_map(|plan| plan.late.iter().map(move |late| (plan, late)))
        .map(|(plan, late)| Late {
            title: late.title.clone(),
            href: format!("/desk/plans/{}", plan.plan),
            unit: late.lead_unit.clone(),
            days: frame
                .say
                .t1("home-late-days", "days", late.progress.days_late),
        })
        .collect();
    let n_late = late.len();
    let late = late
        .into_iter()
        .take(usize::try_from(LINES).unwrap_or(8))
        .collect();
    render(&HomePage {
        frame,
        late,
        n_late,
        waiting,
        n_waiting,
        mine: own,
        n_mine,
        shows_newsroom,
        shows_owed: actor.roles.meets(owed::STAFF),
        owed: due,
        risk,
    })
}

/// What the person owes this week.
async fn due(
    editorial: &Editorial,
    conn: &mut db::Conn,
    actor: &Actor,
    frame: &Frame,
) -> Result<Vec<owed::Row>, Error> {
    if !actor.roles.meets(owed::STAFF) {
        return Ok(Vec::new());
    }
    let day = owed::gather(conn, actor.agency, editorial.today()).await?;
    let mut due = owed::list_of(&day, actor, &frame.say);
    due.truncate(usize::try_from(LINES).unwrap_or(8));
    Ok(due)
}

/// What would be lost today of this year's score, for those who can still mend it.
async fn risk(
    editorial: &Editorial,
    conn: &mut db::Conn,
    actor: &Actor,
    frame: &Frame,
) -> Result<Option<Risk>, Error> {
    if !actor.roles.meets(rounds::RISK_READERS) {
        return Ok(None);
    }
    let found = rounds::risk_rows(editorial, conn, actor, (RISKS, &frame.say)).await?;
    Ok(found.map(|(total, rows)| Risk { total, rows }))
}
