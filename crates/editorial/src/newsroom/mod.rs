//! The newsroom (being built).
use base::Fault;
use base::id::AgencyId;
use db::Conn;
use web::{Lang, NavItem, Route, WordFile};

use crate::Editorial;

pub const WORDS: WordFile = WordFile {
    name: "newsroom",
    vi: include_str!("newsroom.vi.ftl"),
    en: include_str!("newsroom.en.ftl"),
};
pub const NAV: [NavItem; 0] = [];
pub fn routes() -> Vec<Route<Editorial>> {
    Vec::new()
}
pub async fn portal_menu(
    _: &mut Conn,
    _: AgencyId,
    _: Lang,
) -> Result<Vec<(String, String)>, Fault> {
    Ok(Vec::new())
}
