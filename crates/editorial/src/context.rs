//! What the editorial features stand on: the house and the search index.

use std::ops::Deref;
use std::sync::Arc;

use base::Error;
use db::Conn;
use house::House;
use house::people::agency_store;
use web::{Frame, Public};

/// The house and the search index. Cheap to clone.
#[derive(Clone)]
pub struct Editorial {
    /// The house.
    pub house: House,
    /// The search index of this node.
    pub search: Arc<search::Index>,
    /// Views that wait to be written.
    pub views: Arc<crate::newsroom::Views>,
}

impl Editorial {
    /// The frame of a public page of the portal's agency, with its menu; the agency's id too.
    ///
    /// # Faults
    /// The database does not answer.
    pub async fn portal(&self, public: &Public, title: &str) -> Result<Portal, Error> {
        let mut read = self.db.read().await?;
        self.portal_on(&mut read, public, title).await
    }

    /// The same on a connection that is at hand: within an act, a page sees the act's own rows.
    ///
    /// # Faults
    /// The database does not answer.
    pub async fn portal_on(
        &self,
        conn: &mut Conn,
        public: &Public,
        title: &str,
    ) -> Result<Portal, Error> {
        let agency = agency_store::of_host(conn, "").await?;
        let names = agency_store::find(conn, agency, self.today()).await?.names;
        let mut frame = Frame::portal(&self.site, public, names.card(), title);
        frame.menu = crate::newsroom::portal_menu(conn, agency, frame.say).await?;
        Ok(Portal { frame, agency })
    }
}

/// The frame of a public page and whose it is.
pub struct Portal {
    /// The frame.
    pub frame: Frame,
    /// The agency.
    pub agency: base::id::AgencyId,
}

impl Deref for Editorial {
    type Target = House;
    fn deref(&self) -> &House {
        &self.house
    }
}
