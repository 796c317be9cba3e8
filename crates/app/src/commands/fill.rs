//! `loa fill`: made-up articles in their thousands and a made-up plan, for benchmarks.
//!
//! Rows are written as publishing would leave them, but without captures and log entries: what is
//! measured later is reading and searching, not the making of these rows.

use std::process::ExitCode;

use base::id::{AccountId, AgencyId, RowId, UnitId};
use base::{Error, Fault, Ids, Role, Roles};
use db::Act;
use editorial::newsroom::article::{Genre, Text};
use editorial::newsroom::{BroughtIn, bring_in, category_store, fill_index};
use house::people::account::Details;
use house::people::account_store::NewPassword;
use house::people::agency::AgencyNames;
use house::people::password::Passwords;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use prose::Doc;

use super::init::{add_account, add_unit, found_agency};
use super::{fill_plan, fill_round};
use crate::Office;
use crate::cli::FillArgs;
use crate::made_up::{Made, MadeArticle};
use crate::office::{Opening, Place, lay_out};

/// The first day of made-up articles.
const FIRST_DAY: Date = date(2019, 1, 1);

/// Articles written in one transaction.
const BATCH: u32 = 1_000;

/// Fills an installation.
pub async fn run(args: FillArgs) -> Result<ExitCode, Error> {
    if args.events > 0 || args.responses > 0 {
        return Err(Fault::new("events and responses are not part of this version").into());
    }
    let place = Place::of(&args.place);
    if !place.exists() {
        lay_out(&place, "loa.log/made-up")?;
    }
    let opening = Opening {
        is_durable: false,
        passwords: Passwords::cheap()?,
        keeps_search: true,
        ..Opening::for_command()?
    };
    let office = Office::open(&place, opening).await?;
    let editorial = &office.editorial;
    let ground = ground(&office).await?;
    let bar = ProgressBar::new(u64::from(args.articles));
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    let mut made = Made::new(args.seed);
    let ids = Ids::counted(args.seed << 40);
    let mut left = args.articles;
    while left > 0 {
        let n = left.min(BATCH);
        let mut act = editorial.db.act().await?;
        for _ in 0..n {
            let brought = ground.article(made.article())?;
            bring_in(&mut act, &ids, &editorial.clock, brought).await?;
        }
        act.commit().await?;
        bar.inc(u64::from(n));
        left -= n;
    }
    bar.finish_and_clear();
    if args.plan_items > 0 {
        fill_plan::run(&office, (ground.agency, ground.writer), &args).await?;
    }
    if args.agencies > 0 {
        fill_round::run(&office, ground.agency, &args).await?;
    }
    fill_index(editorial).await?;
    editorial.search.settle()?;
    editorial.db.close().await;
    println!("{} articles", args.articles);
    println!("{}", place.dir.display());
    Ok(ExitCode::SUCCESS)
}

/// What made-up articles stand on.
struct Ground {
    agency: AgencyId,
    categories: Vec<RowId>,
    unit: UnitId,
    writer: AccountId,
    editor: AccountId,
}

impl Ground {
    /// A made-up article as one that was public before.
    fn article(&self, made: MadeArticle) -> Result<BroughtIn, Fault> {
        let day = FIRST_DAY
            .checked_add(i64::from(made.published_offset_days).days())
            .map_err(|error| Fault::from_source("a made-up day", error))?;
        let text = Text {
            title: made.title,
            lead: made.lead,
            author: made.author,
            body: Doc::from_text(&made.paragraphs.join("\n\n")),
            image: None,
        };
        Ok(BroughtIn {
            agency: self.agency,
            category: *self
                .categories
                .get(made.category_index)
                .ok_or_else(|| Fault::new("a made-up category"))?,
            unit: Some(self.unit),
            by: (self.writer, self.editor),
            text,
            genre: Genre::News,
            published_at: base::calendar::at_local(day.at(9, 0, 0, 0)).as_millisecond(),
        })
    }
}

async fn ground(office: &Office) -> Result<Ground, Error> {
    let editorial = &office.editorial;
    let mut act = editorial.db.act().await?;
    let names = AgencyNames {
        name: "Sở Tư pháp tỉnh Mẫu".to_owned(),
        short_name: "Sở Tư pháp".to_owned(),
        symbol: "STP".to_owned(),
        superior: "Ủy ban nhân dân tỉnh Mẫu".to_owned(),
        place: "Mẫu".to_owned(),
        ..AgencyNames::default()
    };
    let known = house::people::agency_store::of_host(&mut act, "")
        .await
        .ok();
    let agency = match known {
        Some(agency) => agency,
        None => found_agency(editorial, &mut act, &names).await?,
    };
    let unit = add_unit(editorial, &mut act, agency, "Phòng Mẫu").await?;
    let word = editorial.clock.now_ms();
    let writer = person(office, &mut act, (agency, unit), ("writer", word)).await?;
    let editor = person(office, &mut act, (agency, unit), ("editor", word)).await?;
    let mut categories: Vec<RowId> = category_store::list(&mut act, agency)
        .await?
        .iter()
        .map(|c| c.id)
        .collect();
    for n in categories.len()..crate::made_up::N_CATEGORIES {
        let category = category_store::Category {
            id: editorial.ids.next(&editorial.clock),
            slug: format!("chuyen-muc-{n}"),
            name_vi: format!("Chuyên mục {n}"),
            name_en: format!("Category {n}"),
        };
        category_store::add(&mut act, agency, &category).await?;
        categories.push(category.id);
    }
    act.commit().await?;
    Ok(Ground {
        agency,
        categories,
        unit,
        writer,
        editor,
    })
}

async fn person(
    office: &Office,
    act: &mut Act,
    (agency, unit): (AgencyId, UnitId),
    (word, at): (&str, i64),
) -> Result<AccountId, Error> {
    let hash = office
        .editorial
        .passwords
        .hash(&house::people::new_secret()?)
        .await?;
    let details = Details {
        email: format!("{word}-{at}@made-up.example"),
        name: format!("Người Mẫu {word}"),
        pen_name: "N.M".to_owned(),
        job_title: String::new(),
        unit: Some(unit),
        roles: Roles::of(&[Role::Writer]),
    };
    let password = NewPassword {
        hash: &hash,
        must_change: true,
    };
    add_account(&office.editorial, act, agency, &details, password).await
}
