//! `loa init`.

use std::process::ExitCode;

use base::id::{AccountId, AgencyId, RowId, UnitId};
use base::{Clock, Error, Fault, Ids, Refusal, Role, Roles, Subject, SubjectKind};
use db::{Act, Target};
use editorial::Editorial;
use editorial::items::item::Channel;
use editorial::items::item_store;
use editorial::newsroom::category_store::{self, Category};
use house::audit::Doer;
use house::people::account::{Details, initials};
use house::people::account_store::{self, NewPassword};
use house::people::agency::{AgencyNames, UnitNames};
use house::people::{agency_store, password};
use jiff::civil::{Date, date};
use serde_json::json;

use crate::Office;
use crate::cli::InitArgs;
use crate::office::{Opening, Place, lay_out};

/// Names hold from the beginning, until somebody dates a change.
const SINCE: Date = date(2000, 1, 1);

/// Makes an installation and says how to go on.
pub async fn run(args: InitArgs) -> Result<ExitCode, Error> {
    let mut place = Place::in_folder(&args.dir);
    if let Some(url) = &args.database_url {
        place.target = Target::Postgres(url.clone());
    }
    let password = match args.password_stdin {
        true => typed_password(&args)?,
        false => made_up_password()?,
    };
    lay_out(&place, &origin(&args.symbol))?;
    let office = Office::open(&place, Opening::for_command()?).await?;
    let names = AgencyNames {
        name: args.agency.clone(),
        short_name: match args.short_name.is_empty() {
            true => args.agency.clone(),
            false => args.short_name.clone(),
        },
        symbol: args.symbol.clone(),
        superior: args.superior.clone(),
        place: args.place.clone(),
        ..AgencyNames::default()
    };
    let hash = office.editorial.passwords.hash(&password).await?;
    let mut act = office.editorial.db.act().await?;
    let agency = found_agency(&office.editorial, &mut act, &names).await?;
    add_first_category(&office.editorial, &mut act, agency).await?;
    let unit = add_unit(&office.editorial, &mut act, agency, "Văn phòng").await?;
    let details = Details {
        email: args.email.to_lowercase(),
        name: args.name.clone(),
        pen_name: initials(&args.name),
        job_title: String::new(),
        unit: Some(unit),
        roles: Roles::of(&[Role::Administrator]),
    };
    let chosen = NewPassword {
        hash: &hash,
        must_change: !args.password_stdin,
    };
    add_account(&office.editorial, &mut act, agency, &details, chosen).await?;
    act.commit().await?;
    crate::jobs::finish(&office).await?;
    office.editorial.db.close().await;
    println!("administrator: {}", details.email);
    if !args.password_stdin {
        println!("password:      {password}   (to be changed at the first sign-in)");
    }
    println!("next:          loa serve --data {}", args.dir.display());
    println!("{}", args.dir.display());
    Ok(ExitCode::SUCCESS)
}

/// The name of the log: a domain-like word that never changes.
fn origin(symbol: &str) -> String {
    format!("loa.log/{}", base::text::slug(symbol))
}

fn typed_password(args: &InitArgs) -> Result<String, Error> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    let password = line.trim_end_matches(['\r', '\n']).to_owned();
    match password::check("password", &password, &[&args.email, &args.name]) {
        Some(problem) => Err(Refusal::Invalid(vec![problem]).into()),
        None => Ok(password),
    }
}

/// Twenty characters that are easy to copy: no `l`, `1`, `o`, `0`.
fn made_up_password() -> Result<String, Fault> {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let secret = house::people::new_secret()?;
    let bytes = secret.as_bytes().chunks(2).filter_map(|pair| {
        let pair = std::str::from_utf8(pair).ok()?;
        u8::from_str_radix(pair, 16).ok()
    });
    let letters: Vec<char> = bytes
        .take(20)
        .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
        .collect();
    Ok(letters
        .chunks(5)
        .map(|part| part.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join("-"))
}

/// Adds an agency with what every agency needs: its own portal as a channel.
///
/// # Faults
/// The database refuses.
pub(crate) async fn found_agency(
    editorial: &Editorial,
    act: &mut Act,
    names: &AgencyNames,
) -> Result<AgencyId, Error> {
    let (ids, clock): (&Ids, &Clock) = (&editorial.ids, &editorial.clock);
    let agency: AgencyId = ids.next(clock);
    let from = agency_store::From {
        row: ids.next::<RowId>(clock),
        day: SINCE,
    };
    agency_store::add(act, agency, names, from, clock.now_ms()).await?;
    let portal = Channel {
        id: ids.next(clock),
        kind: "website".to_owned(),
        name: format!("Cổng thông tin {}", names.short_name),
        url: editorial.options.base_url.clone(),
        is_own_portal: true,
    };
    item_store::add_channel(act, agency, &portal).await?;
    let subject = Subject::new(SubjectKind::Agency, agency);
    let data = json!({"name": names.name});
    editorial
        .record_of(act, agency, Doer::System, ("agency.found", subject, data))
        .await?;
    Ok(agency)
}

/// A category, so that the first article has one.
async fn add_first_category(
    editorial: &Editorial,
    act: &mut Act,
    agency: AgencyId,
) -> Result<(), Error> {
    let category = Category {
        id: editorial.ids.next(&editorial.clock),
        slug: "tin-tuc".to_owned(),
        name_vi: "Tin tức".to_owned(),
        name_en: "News".to_owned(),
    };
    category_store::add(act, agency, &category).await?;
    Ok(())
}

/// Adds a unit by its name.
///
/// # Faults
/// The database refuses.
pub(crate) async fn add_unit(
    editorial: &Editorial,
    act: &mut Act,
    agency: AgencyId,
    name: &str,
) -> Result<UnitId, Error> {
    let (ids, clock) = (&editorial.ids, &editorial.clock);
    let unit: UnitId = ids.next(clock);
    let names = UnitNames {
        name: name.to_owned(),
        short_name: name.to_owned(),
        symbol: String::new(),
    };
    let from = agency_store::From {
        row: ids.next::<RowId>(clock),
        day: SINCE,
    };
    agency_store::add_unit(act, agency, unit, &names, from, clock.now_ms()).await?;
    Ok(unit)
}

/// Adds an account, in the log as the house's own act.
///
/// # Refusals
/// The address is taken.
pub(crate) async fn add_account(
    editorial: &Editorial,
    act: &mut Act,
    agency: AgencyId,
    details: &Details,
    password: NewPassword<'_>,
) -> Result<AccountId, Error> {
    let id: AccountId = editorial.ids.next(&editorial.clock);
    let now = editorial.clock.now_ms();
    account_store::add(act, id, agency, details, password, now).await?;
    let subject = Subject::new(SubjectKind::Account, id);
    let roles: Vec<&str> = details.roles.iter().map(Role::as_str).collect();
    let data = json!({"roles": roles});
    editorial
        .record_of(act, agency, Doer::System, ("account.add", subject, data))
        .await?;
    Ok(id)
}
