//! Who composes which letter of the outbox.

use house::outbox::{Compose, Composed, Composing, Message};
use house::people::account::Account;
use house::witness;

use crate::{Editorial, newsroom, owed};

/// Composes the letters of these features.
pub struct Composer(pub Editorial);

impl Compose for Composer {
    fn compose<'a>(&'a self, message: &'a Message, reader: &'a Account) -> Composing<'a> {
        Box::pin(async move {
            match message.kind.as_str() {
                owed::KIND => owed::compose(&self.0, message, reader).await,
                newsroom::RELEASE_KIND => newsroom::compose_link(&self.0, message, reader).await,
                witness::ALARM_LETTER => witness::compose(&self.0, message, reader).await,
                _ => Ok(Composed::Nothing("unknown")),
            }
        })
    }
}
