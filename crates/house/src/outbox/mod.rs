//! Mail that leaves (*thư gửi đi*): written in the act that causes it, sent afterwards, never twice.
//!
//! It serves the features that have something to tell a person, and the administrator who sees what
//! did not arrive. Its words: *thư gửi đi* (outbox), *thư* (message, letter), *máy chủ thư* (mail
//! server). Its rule: an act writes a row for each receiver in its own transaction ([`post`]); a job
//! sends the rows ([`deliver`]); what a row says is composed when it leaves ([`Compose`]).
//!
//! What is not here: mail to the public, incoming mail, bounces that come back later as mail.

mod carrier;
mod deliver;
mod desk;
mod folder;
mod letter;
pub mod message;
pub mod outbox_store;
mod retry;
mod smtp;

use base::{Fault, Role};
use db::Act;
use web::{NavItem, Policy, Route, WordFile, get, post as post_route};

use crate::House;

pub use carrier::{Mail, MailSettings, Server, ServerOptions, Tls, Way};
pub use deliver::{Compose, Composed, Composing, TEST, deliver};
pub use letter::{Letter, Line, Part, text_of};
pub use message::{Message, NewMessage};

/// The words of this feature.
pub const WORDS: WordFile = WordFile {
    name: "outbox",
    vi: include_str!("outbox.vi.ftl"),
    en: include_str!("outbox.en.ftl"),
};

const ADMINISTRATORS: Policy = Policy::roles(&[Role::Administrator]);

/// Where administrators find it.
pub const NAV: [NavItem; 1] = [NavItem {
    key: "nav-mail",
    path: "/desk/mail",
    icon: "send",
    roles: base::Roles::of(&[Role::Administrator]),
}];

/// Every route of this feature.
pub fn routes() -> Vec<Route<House>> {
    use desk::{mail_list, mail_show};
    vec![
        get("/desk/mail", ADMINISTRATORS, mail_list::show),
        post_route("/desk/mail/test", ADMINISTRATORS, mail_list::test).act("mail.test"),
        get("/desk/mail/{id}", ADMINISTRATORS, mail_show::show),
        post_route("/desk/mail/{id}/resend", ADMINISTRATORS, mail_show::resend).act("mail.resend"),
        post_route("/desk/mail/{id}/settle", ADMINISTRATORS, mail_show::settle).act("mail.settle"),
    ]
}

/// Writes a message in the act that causes it; false when the same was written before. It is kept
/// also while no mail leaves, and leaves when it can.
///
/// # Faults
/// The database refuses it.
pub async fn post(house: &House, act: &mut Act, new: &NewMessage) -> Result<bool, Fault> {
    outbox_store::add(act, new, house.clock.now_ms()).await
}
