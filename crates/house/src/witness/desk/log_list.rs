//! The log as staff read it: how it stands, and the acts, filtered by person, thing and day.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use base::calendar::at_local;
use base::limits::PAGE_ROWS;
use base::text::number::whole;
use base::{Fault, SubjectKind};
use db::Conn;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use web::{By, Choice, Form, Frame, Page, Pager, Problems, Say, encode_query, render};

use super::{act_words, moment, who};
use crate::House;
use crate::audit::entry_store::{self, EntryFilter, Listed};
use crate::audit::person_store::{self, PersonKeys};
use crate::audit::{Checkpoint, checkpoint_note};
use crate::people::account_store;
use crate::witness::alarm_store;
use crate::witness::witness_store;
use crate::witness::witnesses::State as Standing;

/// Most people in the list of the filter.
const PEOPLE_MAX: i64 = 2_000;

#[derive(Template)]
#[template(path = "witness/desk/log_list.html")]
struct LogPage {
    frame: Frame,
    standing: Vec<(String, String)>,
    alarms: Vec<AlarmRow>,
    form: Form,
    problems: Problems,
    people: Vec<Choice>,
    kinds: Vec<Choice>,
    rows: Vec<ActRow>,
    total: String,
    pager: Pager,
}

struct AlarmRow {
    href: String,
    words: String,
    found: String,
    state: String,
    tag: &'static str,
}

struct ActRow {
    href: String,
    when: String,
    who: String,
    what: String,
    thing: String,
    leaf: String,
}

/// Which acts.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    person: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    day: String,
    page: Option<i64>,
}

/// The page.
pub async fn show(State(house): State<House>, by: By, Query(asked): Query<Asked>) -> Page {
    let frame = house.desk(&by, "nav-log").await?;
    let frame = frame.at("/desk/log");
    let say = frame.say;
    let form = Form::filled([
        ("person", asked.person.clone()),
        ("kind", asked.kind.clone()),
        ("subject", asked.subject.clone()),
        ("day", asked.day.clone()),
    ]);
    let mut check = form.check();
    let day = check.date("day");
    let refusal = check.done().err();
    let filter = filter(by.actor().agency, &asked, day);
    let mut read = house.db.read().await?;
    let total = entry_store::count(&mut read, &filter).await?;
    let pager = Pager::new(asked.page.unwrap_or(1), total, PAGE_ROWS, address(&asked));
    let window = (PAGE_ROWS, (pager.page - 1) * PAGE_ROWS);
    let found = entry_store::list(&mut read, &filter, window).await?;
    let rows = rows(&mut read, &found, &say).await?;
    let people = people(&mut read, by.actor().agency, &say).await?;
    let standing = standing(&house, &mut read, &say).await?;
    let alarms = alarms(&mut read, &say).await?;
    drop(read);
    render(&LogPage {
        standing,
        alarms,
        problems: refusal
            .as_ref()
            .map_or_else(Problems::none, |refusal| Problems::of(refusal, &say)),
        form,
        people,
        kinds: kinds(&say),
        rows,
        total: whole(total),
        pager,
        frame,
    })
}

fn filter(agency: base::id::AgencyId, asked: &Asked, day: Option<Date>) -> EntryFilter {
    let start = |day: Date| at_local(day.at(0, 0, 0, 0)).as_millisecond();
    let next = day.and_then(|day| day.checked_add(1.day()).ok());
    EntryFilter {
        agency,
        person: asked.person.clone(),
        kind: asked.kind.clone(),
        subject: asked.subject.clone(),
        from_ms: day.map_or(0, start),
        to_ms: next.map_or(i64::MAX, start),
    }
}

fn address(asked: &Asked) -> String {
    let pairs = [
        ("person", &asked.person),
        ("kind", &asked.kind),
        ("subject", &asked.subject),
        ("day", &asked.day),
    ];
    let query: Vec<String> = pairs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encode_query(value)))
        .collect();
    match query.is_empty() {
        true => "/desk/log".to_owned(),
        false => format!("/desk/log?{}", query.join("&")),
    }
}

async fn rows(conn: &mut Conn, found: &[Listed], say: &Say) -> Result<Vec<ActRow>, Fault> {
    let mut keys: PersonKeys = BTreeMap::new();
    for listed in found {
        keys.extend(person_store::of_entry(conn, &listed.entry).await?);
    }
    Ok(found
        .iter()
        .map(|listed| {
            let entry = &listed.entry;
            ActRow {
                href: format!("/desk/log/entries/{}", entry.id),
                when: moment(Some(entry.at_ms), say),
                who: who(entry, &keys, say),
                what: act_words(&entry.act, say),
                thing: title(&entry.data),
                leaf: listed
                    .leaf
                    .map_or_else(|| say.t("log-waiting"), |leaf| leaf.to_string()),
            }
        })
        .collect())
}

/// What the thing is called, if the act told it.
fn title(data: &str) -> String {
    let data: serde_json::Value = serde_json::from_str(data).unwrap_or_default();
    let told = [
        data.get("title"),
        data.get("name"),
        data.pointer("/capture/title"),
    ];
    let text = told.into_iter().flatten().find_map(|value| value.as_str());
    text.unwrap_or_default().chars().take(120).collect()
}

async fn people(
    conn: &mut Conn,
    agency: base::id::AgencyId,
    say: &Say,
) -> Result<Vec<Choice>, Fault> {
    let accounts = account_store::list(conn, agency, PEOPLE_MAX, 0).await?;
    let mut choices = vec![Choice::new("", say.t("log-everybody"))];
    choices.extend(
        accounts
            .into_iter()
            .map(|account| Choice::new(account.id, account.name)),
    );
    Ok(choices)
}

fn kinds(say: &Say) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", say.t("log-everything"))];
    choices.extend(SubjectKind::ALL.into_iter().map(|kind| {
        let key = format!("log-thing-{}", kind.as_str());
        let words = match say.knows(&key) {
            true => say.t(&key),
            false => kind.as_str().to_owned(),
        };
        Choice::new(kind.as_str(), words)
    }));
    choices
}

/// How the log stands: its newest checkpoint, the last look, the witnesses.
async fn standing(
    house: &House,
    conn: &mut Conn,
    say: &Say,
) -> Result<Vec<(String, String)>, Fault> {
    let note = checkpoint_note(conn).await?;
    let head = note.and_then(|note| Checkpoint::peek(&note).ok());
    let mut lines = vec![(
        say.t("log-newest"),
        match head {
            Some(head) => say.t2(
                "log-newest-words",
                (
                    "count",
                    &whole(i64::try_from(head.size).unwrap_or(i64::MAX)),
                ),
                ("root", &head.root.to_base64()),
            ),
            None => say.t("log-newest-none"),
        },
    )];
    let look = house.log.last_look();
    if look.at_ms > 0 {
        let from: Vec<String> = look
            .sources
            .iter()
            .map(|source| say.t(&format!("log-source-{source}")))
            .collect();
        lines.push((
            say.t("log-look"),
            say.t2(
                "log-look-words",
                ("when", &moment(Some(look.at_ms), say)),
                ("from", &from.join(", ")),
            ),
        ));
    }
    if let Some(trouble) = look.file_trouble {
        lines.push((say.t("log-file-trouble"), trouble));
    }
    let witnesses = witness_store::list(conn).await?;
    let good = witnesses
        .iter()
        .filter(|witness| witness.state == Standing::Cosigned)
        .count();
    lines.push((
        say.t("log-witnesses"),
        match witnesses.is_empty() {
            true => say.t("log-witnesses-none"),
            false => say.t2(
                "log-witnesses-words",
                ("good", &good),
                ("all", &witnesses.len()),
            ),
        },
    ));
    Ok(lines)
}

async fn alarms(conn: &mut Conn, say: &Say) -> Result<Vec<AlarmRow>, Fault> {
    let alarms = alarm_store::list(conn, 10).await?;
    Ok(alarms
        .into_iter()
        .map(|alarm| AlarmRow {
            href: format!("/desk/log/alarms/{}", alarm.id),
            words: say.t(&format!("log-alarm-{}", alarm.kind.as_str())),
            found: moment(Some(alarm.found_at), say),
            tag: if alarm.settled.is_some() {
                "done"
            } else {
                "late"
            },
            state: match &alarm.settled {
                Some(settled) => say.t1("log-alarm-settled-by", "name", &settled.by),
                None => say.t("log-alarm-open"),
            },
        })
        .collect())
}
