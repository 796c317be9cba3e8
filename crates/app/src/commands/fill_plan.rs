//! A made-up plan of many activities with the items that fulfil them, for benchmarks: what a large
//! agency has at the end of its year.

use base::calendar::period::ReportingYear;
use base::id::{AccountId, ActivityId, AgencyId, ItemId, UnitId};
use base::{Error, Fault};
use editorial::items::item::{Item, ItemForm, ItemKind};
use editorial::items::item_store;
use editorial::plan::activity::{ActivityDetails, PerUnit, When};
use editorial::plan::import::Recurrence;
use editorial::plan::target::Target;
use editorial::plan::{importing, starting};
use house::audit::Doer;
use house::people::agency_store;
use jiff::ToSpan;
use jiff::civil::Date;

use super::init::add_unit;
use crate::Office;
use crate::cli::FillArgs;

/// Tasks of the plan.
const TASKS: u32 = 25;

/// Of so many activities one is asked of every unit, each month.
const PER_UNIT_EVERY: u32 = 50;

/// Items written in one transaction.
const BATCH: u32 = 1_000;

/// What the tasks are about.
const TOPICS: [&str; 5] = [
    "cải cách thủ tục hành chính",
    "dịch vụ công trực tuyến",
    "kỷ luật, kỷ cương hành chính",
    "chỉ số hài lòng của người dân",
    "tổ chức bộ máy",
];

/// Fills the agency with a plan of this year, its units and what was done up to today.
pub async fn run(
    office: &Office,
    (agency, by): (AgencyId, AccountId),
    args: &FillArgs,
) -> Result<(), Error> {
    let editorial = &office.editorial;
    let year = ReportingYear::of_date(editorial.today());
    let units = units(office, agency, args.units.max(2)).await?;
    let text = plan_text(year.0);
    let bytes = text.into_bytes();
    let name = "ke-hoach-mau.txt";
    let read = importing::read_plan(bytes.clone(), name.to_owned(), "file", "vi").await?;
    let bringing = importing::Bringing {
        agency,
        doer: Doer::System,
        by: None,
        name,
        bytes: &bytes,
    };
    let plan = importing::store(&editorial.house, &read, bringing).await?;
    let promised = (0..args.activities.max(1))
        .map(|n| ((n % TASKS + 1).to_string(), details(n, year, &units)))
        .collect();
    let place = (agency, plan);
    let ids = starting::start(&editorial.house, place, Doer::System, promised).await?;
    let ground = Ground {
        agency,
        by,
        year,
        today: editorial.today(),
        units,
        activities: ids,
    };
    items(office, &ground, args).await
}

async fn units(office: &Office, agency: AgencyId, n: u32) -> Result<Vec<UnitId>, Error> {
    let editorial = &office.editorial;
    let mut act = editorial.db.act().await?;
    let known = agency_store::units(&mut act, agency, editorial.today()).await?;
    let mut units: Vec<UnitId> = known.iter().map(|unit| unit.id).collect();
    for no in units.len() + 1..=n as usize {
        let name = format!("Phòng Mẫu số {no}");
        units.push(add_unit(editorial, &mut act, agency, &name).await?);
    }
    act.commit().await?;
    Ok(units)
}

fn plan_text(year: i16) -> String {
    let mut text = format!(
        "SỞ TƯ PHÁP\n\nKẾ HOẠCH\nTruyền thông công tác cải cách hành chính năm {year} (mẫu)\n\n\
         I. MỤC ĐÍCH\n1. Người dân biết và dùng dịch vụ công trực tuyến.\n\nII. NHIỆM VỤ\n"
    );
    for (no, topic) in (1..=TASKS).zip(TOPICS.iter().cycle()) {
        text.push_str(&format!(
            "{no}. Truyền thông về {topic}, nhóm việc thứ {no}.\n"
        ));
    }
    text
}

/// The n-th activity: one in fifty is asked of every unit each month; the others are monthly,
/// quarterly, once, or continuous, with one to three targets.
fn details(n: u32, year: ReportingYear, units: &[UnitId]) -> ActivityDetails {
    let unit = |at: u32| units.get(at as usize % units.len().max(1)).copied();
    let topic = TOPICS.get(n as usize % TOPICS.len()).copied();
    let (recurs, targets) = match n % 5 {
        _ if n.is_multiple_of(PER_UNIT_EVERY) => {
            (Some(Recurrence::Monthly), vec![Target::new(1, "tin")])
        }
        0 | 1 => (Some(Recurrence::Monthly), vec![Target::new(2, "tin, bài")]),
        2 => (Some(Recurrence::Quarterly), vec![Target::new(1, "bản tin")]),
        3 => (
            None,
            vec![Target::new(2, "hội nghị"), Target::new(2_000, "người")],
        ),
        _ => (
            Some(Recurrence::Continuous),
            vec![
                Target::new(30, "tin, bài"),
                Target::new(4, "bản tin"),
                Target::new(1, "hội nghị"),
            ],
        ),
    };
    let is_every = n.is_multiple_of(PER_UNIT_EVERY);
    ActivityDetails {
        title: format!("Hoạt động mẫu {n} về {}", topic.unwrap_or_default()),
        targets,
        per_unit: if is_every {
            PerUnit::Every
        } else {
            PerUnit::Together
        },
        weight: (n.is_multiple_of(3)).then_some(i64::from(n % 7 + 1)),
        lead_unit: unit(n),
        supporting_units: unit(n + 1).into_iter().collect(),
        when: When {
            text: String::new(),
            from: Some(year.first()),
            to: Some(year.last()),
            recurs,
        },
        ..ActivityDetails::default()
    }
}

/// What the items stand on.
struct Ground {
    agency: AgencyId,
    by: AccountId,
    year: ReportingYear,
    today: Date,
    units: Vec<UnitId>,
    activities: Vec<ActivityId>,
}

impl Ground {
    /// The n-th item and its activity: spread over the year up to today, a third of them for the
    /// activities that are asked of every unit.
    fn item(&self, n: u32, id: ItemId) -> Result<(Item, ActivityId), Fault> {
        let n_activities = self.activities.len().max(1);
        let place = if n.is_multiple_of(3) {
            (n / 3 * PER_UNIT_EVERY) as usize % n_activities
        } else {
            (n as usize * 7 + 1) % n_activities
        };
        let activity = self.activities.get(place).copied();
        let n_days = self
            .year
            .first()
            .until(self.today)
            .map_or(0, |span| span.get_days());
        let day = self
            .year
            .first()
            .checked_add((i64::from(n) * 37 % i64::from(n_days.max(1))).days());
        let day = day.map_err(|error| Fault::from_source("a made-up day", error))?;
        let unit = (n / 3) as usize / (n_activities / PER_UNIT_EVERY as usize).max(1);
        let form = match n % 8 {
            0 => ItemForm::Bulletin,
            1 => ItemForm::Event,
            _ => ItemForm::Piece,
        };
        let item = Item {
            id,
            agency: self.agency,
            kind: ItemKind::External,
            form: if n.is_multiple_of(3) {
                ItemForm::Piece
            } else {
                form
            },
            title: format!("Sản phẩm mẫu {n}"),
            unit: self.units.get(unit % self.units.len().max(1)).copied(),
            author: "N.M".to_owned(),
            done_on: Some(day),
        };
        Ok((
            item,
            activity.ok_or_else(|| Fault::new("a made-up activity"))?,
        ))
    }
}

async fn items(office: &Office, ground: &Ground, args: &FillArgs) -> Result<(), Error> {
    let editorial = &office.editorial;
    let now = editorial.clock.now_ms();
    let mut n = 0;
    while n < args.plan_items {
        let mut act = editorial.db.act().await?;
        let end = args.plan_items.min(n + BATCH);
        for at in n..end {
            let id = editorial.ids.next(&editorial.clock);
            let (item, activity) = ground.item(at, id)?;
            item_store::add(&mut act, &item, now).await?;
            item_store::save_activities(&mut act, &item, &[activity], ground.by, now).await?;
        }
        act.commit().await?;
        n = end;
    }
    println!(
        "{} items for {} activities",
        args.plan_items,
        ground.activities.len()
    );
    Ok(())
}
