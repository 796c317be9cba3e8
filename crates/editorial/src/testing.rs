//! The editorial features on a fresh stage, for story tests of this crate and of those above it.
#![expect(clippy::expect_used, reason = "a test that cannot be set up fails")]

use std::sync::Arc;

use db::Backend;
use house::testing::{Browser, Stage};

use crate::Editorial;

/// A stage of the house with these features on it, and a search index in memory.
pub struct EditorialStage {
    /// The house, its agency, units and people.
    pub stage: Stage,
    /// The features' own state.
    pub editorial: Editorial,
}

impl EditorialStage {
    /// A fresh stage on one of the databases.
    pub async fn open(backend: Backend) -> Self {
        let mut stage = Stage::open(backend, &crate::WORDS).await;
        stage.house.followers = &crate::FOLLOWERS;
        let search = Arc::new(search::Index::in_memory().expect("a search index in memory"));
        let editorial = Editorial {
            house: stage.house.clone(),
            search,
            views: Arc::default(),
        };
        Self { stage, editorial }
    }

    /// A browser that asks the routes of these features and of the house.
    pub fn browser(&self) -> Browser {
        self.stage.browser(crate::routes(), self.editorial.clone())
    }
}
