//! Categories (*chuyên mục*), in rows.

use base::id::{AgencyId, RowId};
use base::{Error, Fault};
use db::{Act, Conn, Row, values};
use web::Lang;

/// A category of articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its id.
    pub id: RowId,
    /// Its slug in public addresses.
    pub slug: String,
    /// Its Vietnamese name.
    pub name_vi: String,
    /// Its English name.
    pub name_en: String,
}

impl Category {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.name_vi,
            Lang::En => &self.name_en,
        }
    }

    /// Its public path, without the language.
    pub fn path(&self) -> String {
        format!("/chuyen-muc/{}", self.slug)
    }
}

/// All categories of an agency, in their order.
pub async fn list(conn: &mut Conn, agency: AgencyId) -> Result<Vec<Category>, Fault> {
    let rows = conn
        .rows(
            "SELECT * FROM category WHERE agency_id = ? ORDER BY position, id",
            &values![agency],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// The category of a slug.
pub async fn find_slug(conn: &mut Conn, agency: AgencyId, slug: &str) -> Result<Category, Error> {
    let row = conn
        .row(
            "SELECT * FROM category WHERE agency_id = ? AND slug = ?",
            &values![agency, slug],
        )
        .await?;
    Ok(read(&row)?)
}

/// The category with this id, in this agency.
pub async fn find(conn: &mut Conn, agency: AgencyId, id: RowId) -> Result<Category, Error> {
    let row = conn
        .row(
            "SELECT * FROM category WHERE id = ? AND agency_id = ?",
            &values![id, agency],
        )
        .await?;
    Ok(read(&row)?)
}

/// Adds a category at the end of the list.
pub async fn add(act: &mut Act, agency: AgencyId, category: &Category) -> Result<(), Fault> {
    act.run(
        "INSERT INTO category (id, agency_id, slug, name_vi, name_en, position)
         SELECT ?, ?, ?, ?, ?, COALESCE(MAX(position), 0) + 1 FROM category WHERE agency_id = ?",
        &values![
            category.id,
            agency,
            &category.slug,
            &category.name_vi,
            &category.name_en,
            agency
        ],
    )
    .await?;
    Ok(())
}

fn read(row: &Row) -> Result<Category, Fault> {
    Ok(Category {
        id: row.parse("id")?,
        slug: row.text("slug")?,
        name_vi: row.text("name_vi")?,
        name_en: row.text("name_en")?,
    })
}
