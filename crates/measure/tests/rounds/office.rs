//! The office in which the stories play: a set in force, people, a round.

use std::sync::Arc;

use base::Role;
use base::id::CriteriaSetId;
use db::Backend;
use editorial::Editorial;
use house::testing::{Answer, Browser, Stage};
use http::StatusCode;
use measure::criteria::criteria_store::{self, Writing};
use measure::criteria::guide::Guide;
use measure::criteria::rule::{NoOccasion, Rule, SurveyOption, Way};
use measure::criteria::set::{Component, CriteriaSet, SetState};
use rust_decimal::Decimal;
use web::WordFile;

pub struct Office {
    pub stage: Stage,
    pub set: CriteriaSetId,
    pub components: Vec<String>,
    pub browser: Browser,
}

/// An office at 16:41 on 6 March 2023 with the set of Xuân Lộc in force (4.1 with its two readings,
/// 4.2), one component by hand worth 1 (4.3), and one of the survey worth 2 (8.1).
pub async fn office(backend: Backend) -> Office {
    let mut words: Vec<WordFile> = editorial::WORDS.to_vec();
    words.extend(measure::WORDS);
    let mut stage = Stage::open(backend, &words).await;
    stage.house.followers = &editorial::FOLLOWERS;
    for (word, name, roles, unit) in [
        ("minh", "Trần Thị Minh", &[Role::Officer][..], 0),
        ("binh", "Lê Bình", &[Role::Director], 0),
        ("hoa", "Mai Xuân Hòa", &[Role::Head], 1),
        ("noivu", "Đặng Thẩm", &[Role::Appraiser], 0),
        ("duyen", "Ngô Thị Duyên", &[Role::Clerk], 0),
        ("haivai", "Vũ Hai Vai", &[Role::Officer, Role::Appraiser], 0),
    ] {
        stage.person(word, name, roles, unit).await;
    }
    let editorial = Editorial {
        house: stage.house.clone(),
        search: Arc::new(search::Index::in_memory().unwrap()),
        views: Arc::default(),
    };
    let (set, components) = furnish(&stage).await;
    let mut routes = measure::routes();
    routes.extend(editorial::routes());
    let browser = stage.browser(routes, editorial);
    Office {
        stage,
        set,
        components,
        browser,
    }
}

async fn furnish(stage: &Stage) -> (CriteriaSetId, Vec<String>) {
    let house = &stage.house;
    let file = Guide::named("xuan-loc-2022").unwrap().read().unwrap();
    let mut areas = file.areas;
    let components = &mut areas[0].criteria[0].components;
    let mut by_hand = Component::new("4.3", "Ban hành kế hoạch truyền thông", Decimal::ONE);
    by_hand.rule.no_occasion = NoOccasion::LeftOut;
    components.push(by_hand);
    let mut survey = Component::new("8.1", "Điều tra xã hội học", Decimal::TWO);
    survey.rule = Rule::of(Way::Survey {
        max: Decimal::TWO,
        options: vec![SurveyOption {
            code: "a".to_owned(),
            title: "Hài lòng".to_owned(),
            weight: Decimal::ONE_HUNDRED,
        }],
    });
    components.push(survey);
    let mut rule_ids = Vec::new();
    for area in &mut areas {
        area.id = house.ids.next(&house.clock);
        for criterion in &mut area.criteria {
            criterion.id = house.ids.next(&house.clock);
            for component in &mut criterion.components {
                component.id = house.ids.next(&house.clock);
                rule_ids.push(house.ids.next(&house.clock));
            }
        }
    }
    let set = CriteriaSet {
        id: house.ids.next(&house.clock),
        agency: stage.agency,
        details: file.details,
        state: SetState::InForce,
        follows: None,
        areas,
        version: 1,
    };
    let components = set.components().map(|one| one.id.to_string()).collect();
    let now = house.clock.now_ms();
    let mut act = house.db.act().await.unwrap();
    criteria_store::add(&mut act, &set, &rule_ids, Writing { by: None, now })
        .await
        .unwrap();
    act.commit().await.unwrap();
    (set.id, components)
}

/// A round that is open, with the office itself as the only body.
pub struct Open {
    pub round: String,
    pub body: String,
}

impl Office {
    pub async fn of(&self, word: &str) -> Browser {
        self.browser.of(word).await
    }

    /// Opens a round with the office itself in it and goes on to the self-score.
    pub async fn round(&self) -> Open {
        let mut minh = self.of("minh").await;
        let set = self.set.to_string();
        let fields = [
            ("title", "Chấm điểm năm 2023"),
            ("year", "2023"),
            ("set", &set),
        ];
        let answer = minh.post("/desk/rounds", &fields).await;
        let round = to(&answer);
        let agency = self.stage.agency.to_string();
        let fields = [("agencies", agency.as_str())];
        to(&minh.post(&format!("{round}/bodies"), &fields).await);
        let page = minh.get(&round).await.text();
        let body = link_in(&page, &format!("{round}/bodies/"));
        self.advance(&round, "opening").await;
        Open { round, body }
    }

    pub async fn advance(&self, round: &str, from: &str) {
        let mut minh = self.of("minh").await;
        let answer = minh
            .post(&format!("{round}/phase"), &[("from", from)])
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    }

    /// The address of a component of a body, by its place in the set.
    pub fn component(&self, open: &Open, at: usize) -> String {
        format!("{}/components/{}", open.body, self.components[at])
    }

    /// Scores all three components of the office by hand with an explanation: 4 of 5 targets by the
    /// second reading, all forms, yes: 0.8 + 1 + 1.
    pub async fn score_all(&self, open: &Open) {
        let mut minh = self.of("minh").await;
        let first = [("origin", "hand"), ("part", "4"), ("whole", "5")];
        to(&minh.post(&self.component(open, 0), &first).await);
        self.score_all_from(open).await;
    }

    /// The same when the first component was answered before.
    pub async fn score_all_from(&self, open: &Open) {
        let mut minh = self.of("minh").await;
        let chosen = [
            ("version", "1"),
            ("origin", "hand"),
            ("part", "4"),
            ("whole", "5"),
            ("explanation", "Theo báo cáo."),
            ("reading", "second"),
            ("reading_reason", "Ví dụ của hướng dẫn."),
        ];
        to(&minh.post(&self.component(open, 0), &chosen).await);
        let forms = [
            ("origin", "hand"),
            ("codes", "a"),
            ("codes", "b"),
            ("codes", "c"),
            ("explanation", "Có ảnh."),
        ];
        to(&minh.post(&self.component(open, 1), &forms).await);
        let issued = [("yes", "1"), ("explanation", "Đã ban hành.")];
        to(&minh.post(&self.component(open, 2), &issued).await);
    }

    pub async fn submit(&self, open: &Open) {
        let mut binh = self.of("binh").await;
        to(&binh.post(&format!("{}/submission", open.body), &[]).await);
    }
}

/// Where an act leads, without what was done.
pub fn to(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.location().split('?').next().unwrap().to_owned()
}

fn link_in(page: &str, begins: &str) -> String {
    let at = page.find(&format!("href=\"{begins}")).unwrap() + 6;
    page[at..].split('"').next().unwrap().to_owned()
}
