//! A made-up province that judges its bodies: a round of many bodies, components and pieces of
//! evidence, up to its ranking, through the same functions as the desk.

use base::calendar::period::ReportingYear;
use base::id::{AccountId, AgencyId, ComponentId, CriteriaSetId, RoundBodyId, RoundId};
use base::{Actor, Error, Fault, Role, Roles};
use editorial::Editorial;
use editorial::channels::Proof;
use house::people::account::Details;
use house::people::account_store::NewPassword;
use measure::criteria::criteria_store::{self, Writing};
use measure::criteria::input::Input;
use measure::criteria::set::{Area, Component, CriteriaSet, Criterion, SetDetails, SetState};
use measure::rounds::proving::{self, Brought};
use measure::rounds::running::{self, Begun, Wanted};
use measure::rounds::scoring::{self, Typed};
use measure::rounds::submitting;
use measure::rounds::{NewBody, Phase, appraising, outside};
use rust_decimal::Decimal;

use super::init::add_account;
use crate::Office;
use crate::cli::FillArgs;

/// Criteria of one area, components of one criterion.
const PARTS: usize = 4;

/// Fills the agency with a set in force and a round by it that waits for its decision.
pub async fn run(office: &Office, agency: AgencyId, args: &FillArgs) -> Result<(), Error> {
    let editorial = &office.editorial;
    let people = People::hire(editorial, agency).await?;
    let year = ReportingYear::of_date(editorial.today()).0;
    let (set, components) = set(editorial, agency, (year, args.components)).await?;
    let begun = Begun {
        set,
        year,
        title: format!("Chấm điểm mẫu năm {year}"),
    };
    let round = running::begin(editorial, &people.officer, &begun).await?;
    let body = |n: u32| NewBody {
        whose: outside(),
        name: format!("Xã Mẫu số {n}"),
    };
    let wanted = Wanted {
        outside: (1..=args.agencies).map(body).collect(),
        ..Wanted::default()
    };
    running::add_bodies(editorial, &people.officer, round, &wanted).await?;
    running::advance(editorial, &people.officer, round, Phase::Opening).await?;
    let bodies = measure::rounds::bodies_of(editorial, agency, round).await?;
    for (n, body) in bodies.iter().enumerate() {
        score(
            editorial,
            &people,
            ((round, *body), n),
            (&components, args.evidence),
        )
        .await?;
    }
    running::advance(editorial, &people.officer, round, Phase::SelfScore).await?;
    for (n, body) in bodies.iter().enumerate() {
        appraise(editorial, &people, ((round, *body), n), &components).await?;
    }
    for phase in [Phase::Appraisal, Phase::Appeal, Phase::Survey] {
        running::advance(editorial, &people.officer, round, phase).await?;
    }
    Ok(())
}

/// Who runs the round.
struct People {
    officer: Actor,
    director: Actor,
    appraiser: Actor,
}

impl People {
    async fn hire(editorial: &Editorial, agency: AgencyId) -> Result<Self, Error> {
        Ok(Self {
            officer: person(editorial, agency, Role::Officer).await?,
            director: person(editorial, agency, Role::Director).await?,
            appraiser: person(editorial, agency, Role::Appraiser).await?,
        })
    }
}

async fn person(editorial: &Editorial, agency: AgencyId, role: Role) -> Result<Actor, Error> {
    let hash = editorial
        .passwords
        .hash(&house::people::new_secret()?)
        .await?;
    let (word, at) = (role.as_str(), editorial.clock.now_ms());
    let details = Details {
        email: format!("{word}-round-{at}@made-up.example"),
        name: format!("Người Mẫu {word}"),
        pen_name: "N.M".to_owned(),
        job_title: String::new(),
        unit: None,
        roles: Roles::of(&[role]),
    };
    let password = NewPassword {
        hash: &hash,
        must_change: true,
    };
    let mut act = editorial.db.act().await?;
    let account: AccountId = add_account(editorial, &mut act, agency, &details, password).await?;
    act.commit().await?;
    Ok(Actor {
        account,
        agency,
        unit: None,
        name: details.name,
        roles: details.roles,
    })
}

/// A set of so many components, each of one point for yes.
async fn set(
    editorial: &Editorial,
    agency: AgencyId,
    (year, n_components): (i16, u32),
) -> Result<(CriteriaSetId, Vec<ComponentId>), Error> {
    let n = n_components.max(1) as usize;
    let (ids, clock) = (&editorial.ids, &editorial.clock);
    let all: Vec<Component> = (0..n)
        .map(|at| Component {
            id: ids.next(clock),
            ..Component::new(
                &format!("{}.{}", at / PARTS + 1, at % PARTS + 1),
                &format!("Thành phần mẫu số {}", at + 1),
                Decimal::ONE,
            )
        })
        .collect();
    let components = all.iter().map(|one| one.id).collect();
    let criteria: Vec<Criterion> = all
        .chunks(PARTS)
        .enumerate()
        .map(|(at, own)| Criterion {
            id: ids.next(clock),
            no: (at + 1).to_string(),
            title: format!("Tiêu chí mẫu số {}", at + 1),
            max: Decimal::from(own.len()),
            kept: Vec::new(),
            components: own.to_vec(),
        })
        .collect();
    let areas = criteria.chunks(PARTS).enumerate().map(|(at, own)| Area {
        id: ids.next(clock),
        no: format!("{}", at + 1),
        title: format!("Lĩnh vực mẫu số {}", at + 1),
        max: own.iter().map(|criterion| criterion.max).sum(),
        kept: Vec::new(),
        criteria: own.to_vec(),
    });
    let set = CriteriaSet {
        id: ids.next(clock),
        agency,
        details: SetDetails {
            title: format!("Bộ tiêu chí mẫu năm {year}"),
            level: "cấp xã".to_owned(),
            year_from: year,
            ..SetDetails::default()
        },
        state: SetState::InForce,
        follows: None,
        areas: areas.collect(),
        version: 1,
    };
    let rule_ids: Vec<_> = (0..n).map(|_| ids.next(clock)).collect();
    let writing = Writing {
        by: None,
        now: clock.now_ms(),
    };
    let mut act = editorial.db.act().await?;
    criteria_store::add(&mut act, &set, &rule_ids, writing).await?;
    act.commit().await?;
    Ok((set.id, components))
}

/// Scores every component of a body with its evidence, and submits.
async fn score(
    editorial: &Editorial,
    people: &People,
    (place, n): ((RoundId, RoundBodyId), usize),
    (components, n_evidence): (&[ComponentId], u32),
) -> Result<(), Error> {
    let (round, body) = place;
    for (at, component) in components.iter().enumerate() {
        let typed = Typed {
            input: Input::Answered {
                yes: !(n * 7 + at).is_multiple_of(9),
            },
            is_by_hand: true,
            reading: None,
            reading_reason: String::new(),
            explanation: String::new(),
            version: 0,
        };
        let place = (round, body, *component);
        scoring::save(editorial, &people.officer, place, &typed).await?;
        for piece in 0..n_evidence {
            let brought = evidence((n, at), piece)?;
            proving::bring(editorial, &people.officer, place, &brought).await?;
        }
        if n_evidence == 0 {
            return Err(Fault::new("a round needs evidence").into());
        }
    }
    submitting::submit(editorial, &people.director, place).await
}

/// One piece in three is a file; the others are addresses.
fn evidence((n, at): (usize, usize), piece: u32) -> Result<Brought, Error> {
    let title = format!("Minh chứng mẫu {n}-{at}-{piece}");
    let is_file = piece == 0;
    let bytes = format!("%PDF-1.7 {title}");
    Ok(Brought {
        link: match is_file {
            true => String::new(),
            false => format!("https://mau.example/{n}/{at}/{piece}"),
        },
        proof: match is_file {
            true => Some(Proof::of("minh-chung.pdf", bytes.as_bytes())?),
            false => None,
        },
        title,
    })
}

/// Accepts all components of a body but one, which is reduced.
async fn appraise(
    editorial: &Editorial,
    people: &People,
    (place, n): ((RoundId, RoundBodyId), usize),
    components: &[ComponentId],
) -> Result<(), Error> {
    let reduced = n % components.len().max(1);
    let rest: Vec<ComponentId> = components
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != reduced || (n * 7 + at).is_multiple_of(9))
        .map(|(_, component)| *component)
        .collect();
    appraising::accept(editorial, &people.appraiser, place, &rest).await?;
    if rest.len() < components.len() {
        let component = components.get(reduced).copied();
        let component = component.ok_or_else(|| Fault::new("a component of a made-up set"))?;
        let half = (Decimal::new(5, 1), "Minh chứng chưa đủ.");
        let one = (place.0, place.1, component);
        appraising::reduce(editorial, &people.appraiser, one, half).await?;
    }
    Ok(())
}
