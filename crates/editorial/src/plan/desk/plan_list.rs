//! The agency's plans, newest year first.

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;
use web::{By, Frame, Page, Pager, render};

use super::address;
use crate::Editorial;
use crate::plan::board::Board;
use crate::plan::lines::{Bar, Lines};
use crate::plan::plan_store;
use crate::plan::rules::{Deed, On, may};

/// Plans on one page: each is counted, so they are few.
const PER_PAGE: usize = 10;

#[derive(Template)]
#[template(path = "plan/desk/plan_list.html")]
struct PlanListPage {
    frame: Frame,
    plans: Vec<Card>,
    pager: Pager,
    can_import: bool,
}

struct Card {
    href: String,
    title: String,
    year: i16,
    state: &'static str,
    state_words: String,
    public_words: String,
    bar: Bar,
    n_late: i64,
}

/// What the address asks for.
#[derive(Deserialize)]
pub struct Asked {
    page: Option<i64>,
}

/// The list.
pub async fn show(State(editorial): State<Editorial>, by: By, Query(asked): Query<Asked>) -> Page {
    may(by.actor(), Deed::See, On::Plans)?;
    let frame = editorial.desk(&by, "nav-plans").await?.at("/desk/plans");
    let mut read = editorial.db.read().await?;
    let all = plan_store::list(&mut read, by.actor().agency).await?;
    let total = i64::try_from(all.len()).unwrap_or(i64::MAX);
    let per_page = i64::try_from(PER_PAGE).unwrap_or(i64::MAX);
    let pager = Pager::new(asked.page.unwrap_or(1), total, per_page, "/desk/plans");
    let skipped = usize::try_from(pager.page - 1).unwrap_or(0) * PER_PAGE;
    let mut plans = Vec::new();
    for plan in all.into_iter().skip(skipped).take(PER_PAGE) {
        let board = Board::load(&mut read, plan, editorial.today()).await?;
        plans.push(card(&board, &frame));
    }
    let can_import = may(by.actor(), Deed::Import, On::Plans).is_ok();
    render(&PlanListPage {
        frame,
        plans,
        pager,
        can_import,
    })
}

fn card(board: &Board, frame: &Frame) -> Card {
    let lines = Lines::new(board, &frame.say);
    let sum = lines.summary();
    let details = &board.plan.details;
    let public = if details.is_public {
        "plan-public"
    } else {
        "plan-internal"
    };
    Card {
        href: address(board.plan.id),
        title: details.title.clone(),
        year: details.year,
        state: board.plan.stage(board.today),
        state_words: frame.t(&format!("plan-state-{}", board.plan.stage(board.today))),
        public_words: frame.t(public),
        bar: lines.bar_of(&sum, &details.title),
        n_late: sum.n_late,
    }
}
