//! The plan of 2023, imported from its text as an officer would, what it promises, and its life.

use base::id::{ActivityId, PlanId};
use base::{Error, Role};
use editorial::plan::activity::{ActivityDetails, PerUnit, When};
use editorial::plan::import::Recurrence;
use editorial::plan::target::{Counts, Target};
use editorial::plan::{importing, starting};
use house::audit::Doer;
use jiff::civil::date;

use super::content::{Content, DemoActivity, day};
use super::people::Staff;
use super::plan_life;
use crate::Office;

/// What the plan promised: its activities, in the order of the file.
pub struct Promised {
    /// The plan.
    pub plan: PlanId,
    /// The activities.
    pub activities: Vec<(ActivityId, DemoActivity)>,
}

impl Promised {
    /// The activities that something of this task on these channels fulfils.
    pub fn fulfilled(&self, task: &str, title: &str, channels: &[&str]) -> Vec<ActivityId> {
        self.activities
            .iter()
            .filter(|(_, activity)| activity.task == task)
            .filter(|(_, activity)| match activity.form.as_str() {
                "website" | "legal_education" | "legal_aid" => {
                    activity.form == "website" || channels.contains(&activity.form.as_str())
                }
                "bulletin" => title.contains("Bản tin"),
                form => channels.contains(&form),
            })
            .map(|(id, _)| *id)
            .collect()
    }
}

/// Imports the plan and puts the activities under its tasks.
///
/// # Faults
/// The plan's text is no plan, which the tests would show.
pub async fn bring(office: &Office, staff: &Staff, content: &Content) -> Result<Promised, Error> {
    let house = &office.editorial.house;
    let at = date(2023, 2, 13).at(9, 0, 0, 0);
    house.clock.set(base::calendar::at_local(at));
    let bytes = content.plan.clone().into_bytes();
    let name = "ke-hoach-truyen-thong-2023.txt";
    let read = importing::read_plan(bytes.clone(), name.to_owned(), "file", "vi").await?;
    let officer = staff.with(Role::Officer)?;
    let bringing = importing::Bringing {
        agency: staff.agency,
        doer: Doer::from(officer),
        by: Some(officer.account),
        name,
        bytes: &bytes,
    };
    let plan = importing::store(house, &read, bringing).await?;
    let say = office.editorial.say(web::Lang::Vi);
    let mut promised = Vec::new();
    for activity in &content.activities {
        let mut details = details(staff, activity)?;
        details.form = say.t(&format!("channel-kind-{}", activity.form));
        promised.push((activity.task.clone(), details));
    }
    let doer = Doer::from(officer);
    let ids = starting::promise(house, (staff.agency, plan), doer, promised).await?;
    plan_life::live(office, staff, plan).await?;
    let activities = ids
        .into_iter()
        .zip(content.activities.iter().cloned())
        .collect();
    Ok(Promised { plan, activities })
}

fn details(staff: &Staff, activity: &DemoActivity) -> Result<ActivityDetails, Error> {
    let (recurs, slots) = match activity.recurs.as_deref() {
        Some("monthly") => (Some(Recurrence::Monthly), 12),
        Some("quarterly") => (Some(Recurrence::Quarterly), 4),
        Some(_) => (Some(Recurrence::Continuous), 1),
        None => (None, 1),
    };
    // A recurring activity promises so many for each of its slots. Only figures are told from items:
    // what fulfils an activity of the demonstration, its form says.
    let mut target = Target::new(
        (activity.target / slots).max(1),
        activity.target_unit.clone(),
    );
    if target.counts != Counts::Figure {
        target.counts = Counts::Any;
    }
    Ok(ActivityDetails {
        title: activity.title.clone(),
        form: String::new(),
        output: String::new(),
        targets: vec![target],
        per_unit: PerUnit::Together,
        weight: activity.weight,
        lead_unit: staff.unit(&activity.lead_unit),
        lead_unit_text: String::new(),
        supporting_units: activity
            .supporting_units
            .iter()
            .filter_map(|name| staff.unit(name))
            .collect(),
        supporting_units_text: String::new(),
        accountable: staff.titled(&activity.head),
        when: When {
            text: String::new(),
            from: Some(day(&activity.from)?),
            to: Some(day(&activity.to)?),
            recurs,
        },
        programmes: Vec::new(),
        note: String::new(),
    })
}
