//! A letter of what is owed, composed when it leaves: what was done since it was written is not in
//! it, and a letter with nothing left in it does not leave.

use base::calendar::at_local;
use base::{Error, Fault};
use house::outbox::{Composed, Letter, Line, Message, Part};
use house::people::account::Account;
use jiff::ToSpan;
use web::Say;

use super::gather::gather;
use super::owed::{DIRECTOR, Day, Debt, HEAD, Place, Told};
use super::remind::About;
use super::words;
use crate::Editorial;

/// Lines of one part of a letter; the page has the rest.
const LINES_MAX: usize = 30;

/// The letter of a message, as things stand now.
///
/// # Faults
/// The database does not answer; the row is none of ours.
pub async fn compose(
    editorial: &Editorial,
    message: &Message,
    reader: &Account,
) -> Result<Composed, Fault> {
    let about: About = serde_json::from_value(message.about.clone())
        .map_err(|error| Fault::from_source("a letter of what is owed", error))?;
    let today = editorial.today();
    let mut read = editorial.db.read().await?;
    let day = match gather(&mut read, message.agency, today).await {
        Ok(day) => day,
        Err(Error::Fault(fault)) => return Err(fault),
        Err(Error::Refusal(refusal)) => return Err(Fault::from_source("what is owed", refusal)),
    };
    drop(read);
    if about.day != today {
        // Yesterday's letter is joined into the next one, so that nobody gets two on one day.
        let tomorrow = day.calendar.next_working(today.saturating_add(1.day()));
        let until = at_local(tomorrow.to_datetime(day.numbers.hour));
        return Ok(Composed::Later(until.as_millisecond()));
    }
    Ok(letter(editorial, &day, &about, reader))
}

fn letter(editorial: &Editorial, day: &Day, about: &About, reader: &Account) -> Composed {
    let say = editorial.say(reader.lang);
    let base_url = &editorial.options.base_url;
    let mut parts = Vec::new();
    let mut n_told = 0;
    for (key, is_in) in PARTS {
        let told = about.told.iter().filter(|told| is_in(told.urgency));
        let debts: Vec<&Debt> = told.filter_map(|told| still(day, told, reader)).collect();
        n_told += debts.len();
        parts.extend(part(&say, key, &debts, (day, base_url)));
    }
    let list = match about.is_digest {
        true => day.digest_of(reader.id),
        false => Vec::new(),
    };
    parts.extend(part(&say, "owed-letter-list", &list, (day, base_url)));
    if parts.is_empty() {
        return Composed::Nothing("done");
    }
    let n = i64::try_from(n_told.max(list.len())).unwrap_or(i64::MAX);
    let subject = match n_told {
        0 => say.n("owed-letter-digest-subject", n),
        _ => say.n("owed-letter-subject", i64::try_from(n_told).unwrap_or(n)),
    };
    Composed::Letter(Letter {
        subject,
        greeting: say.t1("mail-greeting", "name", &reader.name),
        parts,
        footer: vec![
            say.t1(
                "owed-letter-footer",
                "url",
                format!("{base_url}/desk/owed/settings"),
            ),
            say.t("mail-footer"),
        ],
    })
}

type Part1 = (&'static str, fn(i64) -> bool);

/// The parts of a letter, and which urgencies stand in each.
const PARTS: [Part1; 3] = [
    ("owed-letter-escalated", |urgency| urgency >= HEAD),
    ("owed-letter-now", |urgency| {
        (super::owed::NOW..HEAD).contains(&urgency)
    }),
    ("owed-letter-soon", |urgency| urgency < super::owed::NOW),
];

/// The debt of which a letter tells, if it still stands and still concerns its reader.
fn still<'a>(day: &'a Day, told: &Told, reader: &Account) -> Option<&'a Debt> {
    day.debts.iter().find(|debt| {
        debt.about == told.about
            && debt.due.written == told.due
            && debt.concerns(reader.id, told.urgency, &day.directors)
            && (told.urgency != DIRECTOR || debt.days_late(day.today, &day.calendar) > 0)
    })
}

fn part(say: &Say, key: &str, debts: &[&Debt], (day, base_url): (&Day, &str)) -> Option<Part> {
    if debts.is_empty() {
        return None;
    }
    let mut lines: Vec<Line> = debts
        .iter()
        .take(LINES_MAX)
        .map(|debt| Line {
            text: debt.title.clone(),
            note: note(say, debt, day),
            href: format!("{base_url}{}", debt.path),
        })
        .collect();
    if debts.len() > LINES_MAX {
        let more = i64::try_from(debts.len() - LINES_MAX).unwrap_or(i64::MAX);
        lines.push(Line {
            text: say.n("owed-letter-more", more),
            note: String::new(),
            href: format!("{base_url}/desk/owed"),
        });
    }
    Some(Part {
        heading: say.t(key),
        lines,
    })
}

/// Kind, unit, what is missing, and where it stands in time.
fn note(say: &Say, debt: &Debt, day: &Day) -> String {
    let place: Place = debt.place(day.today, &day.calendar, &day.numbers);
    let mut parts = vec![words::place(say, debt, place)];
    if let Some(missing) = words::missing(say, debt) {
        parts.push(missing);
    }
    if !debt.unit_name.is_empty() {
        parts.push(debt.unit_name.clone());
    }
    parts.join(" · ")
}
