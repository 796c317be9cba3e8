//! `loa demo`: a living office in a folder, filled through the same acts that people use.
#![expect(clippy::print_stdout, reason = "a command speaks to a terminal")]

mod articles;
mod calendar;
mod content;
mod elsewhere;
mod measures;
mod people;
mod plan;
mod plan_life;
mod rounds;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use base::{Clock, Error, Fault, Role};
use house::outbox::{Mail, MailSettings};
use house::people::password::Passwords;
use house::witness::LogOptions;
use jiff::civil::{DateTime, date};
use serde_json::json;
use web::{ServeOptions, SiteOptions};

use crate::Office;
use crate::cli::DemoArgs;
use crate::commands::serve;
use crate::jobs;
use crate::office::{Opening, Place, lay_out};
use content::Content;

/// The moment at which the demonstration lives: a Tuesday near the end of the reporting year.
const NOW: DateTime = date(2023, 12, 12).at(8, 30, 0, 0);

/// From whom the demonstration's letters come.
const SENDER: &str = "Loa <loa@stp.example.gov.vn>";

/// Megabytes for ready pages.
const CACHE_BYTES: u64 = 64 << 20;

/// Makes the office, says where to look, and serves it until it is told to end.
pub async fn run(args: DemoArgs) -> Result<ExitCode, Error> {
    let now = args.at.unwrap_or(NOW);
    if now < NOW {
        let since = base::calendar::date_short(NOW.date());
        return Err(Fault::new(format!(
            "the office is lived in until {since}: name a later time"
        ))
        .into());
    }
    let listener = serve::listen(args.listen).await?;
    let address = listener.local_addr()?;
    let base_url = format!("http://{address}");
    let temporary = match &args.dir {
        None => Some(tempfile::Builder::new().prefix("loa-demo-").tempdir()?),
        Some(_) => None,
    };
    let dir: PathBuf = match (&args.dir, &temporary) {
        (Some(dir), _) => dir.clone(),
        (None, Some(temporary)) => temporary.path().to_owned(),
        (None, None) => return Err(Fault::new("no folder for the demonstration").into()),
    };
    let place = Place::in_folder(&dir);
    if !place.exists() {
        fill(&place, &base_url).await?;
    }
    let clock = Clock::living_at(base::calendar::at_local(now));
    let mut opening = opening(clock, &base_url, true)?;
    // There is no mail server in a demonstration: letters lie in a folder, and the desk shows them.
    let letters = dir.join("mail");
    opening.mail = Mail::by(MailSettings::folder(SENDER, letters)?);
    let office = Office::open(&place, opening).await?;
    tell(&base_url, &dir, args.json);
    let ended = serve::serve(
        office,
        listener,
        None,
        ServeOptions::default(),
        serve::stopped(),
    )
    .await;
    if let Some(temporary) = temporary {
        temporary.close()?;
    }
    ended
}

fn opening(clock: Clock, base_url: &str, is_durable: bool) -> Result<Opening, Fault> {
    Ok(Opening {
        clock,
        is_durable,
        site: SiteOptions {
            base_url: base_url.to_owned(),
            cache_bytes_max: CACHE_BYTES,
        },
        // The passwords are printed on the screen; hashing them dearly would only cost time.
        passwords: Passwords::cheap()?,
        keeps_search: is_durable,
        mail: Mail::default(),
        log: LogOptions::default(),
    })
}

/// Fills an office with a year: every act at its own time, through the same functions as the desk.
async fn fill(place: &Place, base_url: &str) -> Result<(), Error> {
    let content = Content::read()?;
    lay_out(place, "loa.log/stp-demo")?;
    let clock = Clock::manual(base::calendar::at_local(date(2022, 12, 1).at(8, 0, 0, 0)));
    let office = Office::open(place, opening(clock, base_url, false)?).await?;
    let staff = people::hire(&office, &content).await?;
    calendar::enter(&office, &staff).await?;
    let promised = plan::bring(&office, &staff, &content).await?;
    articles::write_all(&office, &staff, &promised, &content).await?;
    elsewhere::register_all(&office, &staff, &promised, &content).await?;
    measures::enter(&office, &staff).await?;
    // The officer asks for what each form usually needs, so that the desk shows what is still missing.
    let officer = staff.with(Role::Officer)?;
    measure::evidence::take_offers(&office.editorial, officer, NOW.year()).await?;
    rounds::open(&office, &staff).await?;
    jobs::finish(&office).await?;
    office.editorial.db.close().await;
    Ok(())
}

fn tell(base_url: &str, dir: &Path, as_json: bool) {
    if as_json {
        let accounts: Vec<_> = people::ACCOUNTS
            .iter()
            .map(|person| {
                json!({
                    "role": person.roles[0].as_str(),
                    "email": person.email(),
                    "password": person.password(),
                    "name": person.name,
                })
            })
            .collect();
        let line = json!({
            "portal": format!("{base_url}/"),
            "desk": format!("{base_url}/desk"),
            "dir": dir.display().to_string(),
            "accounts": accounts,
        });
        println!("{line}");
        return;
    }
    println!("Sở Tư pháp tỉnh Bình Định, 12/12/2023 (dữ liệu dựng để xem thử)\n");
    for person in people::ACCOUNTS {
        println!(
            "  {:<16} {:<34} {:<30} {}",
            person.roles[0].as_str(),
            person.email(),
            person.password(),
            person.name
        );
    }
    println!("\n  {}", dir.display());
    println!(
        "  thư gửi đi / outgoing mail: {}",
        dir.join("mail").display()
    );
    println!("  Ctrl-C: dừng / stop\n");
    println!("{base_url}/desk");
    println!("{base_url}/");
}
