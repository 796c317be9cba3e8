//! How far many activities are together.

use serde::Serialize;

use super::{Progress, Status};

/// How far many activities are together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Activities.
    pub n_activities: i64,
    /// Activities that have a target: those that are counted.
    pub n_with_target: i64,
    /// Activities whose targets are reached.
    pub n_done: i64,
    /// Activities that are late.
    pub n_late: i64,
    /// Activities that are at risk.
    pub n_at_risk: i64,
    /// Activities that have begun and are on course.
    pub n_on_course: i64,
    /// Activities of which nothing is due yet.
    pub n_not_started: i64,
    /// Done, in whole per cent, every activity with a target weighing its points.
    pub percent: i64,
    /// What should be done by today, in whole per cent.
    pub percent_due: i64,
}

impl Summary {
    /// The roll-up of these activities: each with a target weighs its points, the others nothing.
    pub fn of<'a>(all: impl IntoIterator<Item = &'a Progress>) -> Self {
        let mut sum = Self::default();
        let (mut done, mut due, mut points) = (0i128, 0i128, 0i128);
        for progress in all {
            sum.n_activities += 1;
            match progress.status {
                Status::NoTarget => continue,
                Status::Late => sum.n_late += 1,
                Status::AtRisk => sum.n_at_risk += 1,
                Status::OnCourse => sum.n_on_course += 1,
                Status::NotStarted => sum.n_not_started += 1,
                Status::DoneLate | Status::Done => sum.n_done += 1,
            }
            sum.n_with_target += 1;
            let weight = i128::from(progress.points);
            points += weight;
            done += weight * i128::from(progress.share);
            due += weight * i128::from(progress.share_due);
        }
        if points > 0 {
            let percent = |part: i128| i64::try_from(part / points / 100).unwrap_or(100);
            sum.percent = percent(done);
            sum.percent_due = percent(due);
        }
        sum
    }

    /// The worst of the activities, in a word.
    pub fn status(&self) -> Status {
        match self {
            Self {
                n_with_target: 0, ..
            } => Status::NoTarget,
            Self { n_late: 1.., .. } => Status::Late,
            Self { n_at_risk: 1.., .. } => Status::AtRisk,
            _ if self.n_done == self.n_with_target => Status::Done,
            _ if self.n_not_started == self.n_with_target => Status::NotStarted,
            _ => Status::OnCourse,
        }
    }
}
