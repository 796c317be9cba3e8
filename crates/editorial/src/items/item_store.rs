//! Items, their activities, channels and publications, in rows.

use base::id::{AccountId, ActivityId, AgencyId, ChannelId, ItemId, RowId, UnitId};
use base::{Error, Fault};
use db::{Act, Conn, Row, values};
use jiff::civil::Date;

use super::item::{Channel, Item, ItemForm, ItemKind, Publication};
use super::share::Shares;

/// Adds an item.
pub async fn add(act: &mut Act, item: &Item, now: i64) -> Result<(), Fault> {
    act.run(
        "INSERT INTO item (id, agency_id, kind, form, title, unit_id, author, done_on, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &values![
            item.id,
            item.agency,
            item.kind.as_str(),
            item.form.as_str(),
            &item.title,
            item.unit,
            &item.author,
            item.done_on.map(|day| day.to_string()),
            now,
        ],
    )
    .await?;
    Ok(())
}

/// Saves what an item is called, in which form it is, whose, and from which day it counts.
pub async fn save(act: &mut Act, item: &Item) -> Result<(), Fault> {
    act.run(
        "UPDATE item SET form = ?, title = ?, unit_id = ?, author = ?, done_on = ? WHERE id = ?",
        &values![
            item.form.as_str(),
            &item.title,
            item.unit,
            &item.author,
            item.done_on.map(|day| day.to_string()),
            item.id
        ],
    )
    .await?;
    Ok(())
}

/// Gives an item that is not done yet from one unit to another; what is done stays whose it was.
pub async fn give_open(
    act: &mut Act,
    id: ItemId,
    (from, to): (UnitId, UnitId),
) -> Result<(), Fault> {
    act.run(
        "UPDATE item SET unit_id = ? WHERE id = ? AND unit_id = ? AND done_on IS NULL",
        &values![to, id, from],
    )
    .await?;
    Ok(())
}

/// The item with this id, in this agency.
pub async fn find(conn: &mut Conn, agency: AgencyId, id: ItemId) -> Result<Item, Error> {
    let row = conn
        .row(
            "SELECT * FROM item WHERE id = ? AND agency_id = ?",
            &values![id, agency],
        )
        .await?;
    Ok(read(&row)?)
}

/// Makes these the activities that the item fulfils.
///
/// Activities of other agencies are left out.
pub async fn save_activities(
    act: &mut Act,
    item: &Item,
    activities: &[ActivityId],
    by: AccountId,
    now: i64,
) -> Result<(), Fault> {
    // Links that stay are left as they are: each may have its share.
    for activity in self::activities(act, item.id).await? {
        if !activities.contains(&activity) {
            act.run(
                "DELETE FROM activity_item WHERE item_id = ? AND activity_id = ?",
                &values![item.id, activity],
            )
            .await?;
        }
    }
    for activity in activities {
        act.run(
            "INSERT INTO activity_item (activity_id, item_id, linked_at, linked_by)
             SELECT activity.id, ?, CAST(? AS BIGINT), ? FROM activity
             JOIN plan ON plan.id = activity.plan_id
             WHERE activity.id = ? AND plan.agency_id = ?
             ON CONFLICT (activity_id, item_id) DO NOTHING",
            &values![item.id, now, by, *activity, item.agency],
        )
        .await?;
    }
    Ok(())
}

/// The activities that an item fulfils.
pub async fn activities(conn: &mut Conn, item: ItemId) -> Result<Vec<ActivityId>, Fault> {
    let rows = conn
        .rows(
            "SELECT activity_id FROM activity_item WHERE item_id = ? ORDER BY linked_at, activity_id",
            &values![item],
        )
        .await?;
    rows.iter().map(|row| row.parse("activity_id")).collect()
}

/// Whether an item is shared, and the part in per cent that each of its activities has then.
pub async fn shares(
    conn: &mut Conn,
    item: ItemId,
) -> Result<(bool, Vec<(ActivityId, i64)>), Fault> {
    let rows = conn
        .rows(
            "SELECT item.is_shared, activity_item.activity_id, activity_item.share_percent
             FROM item JOIN activity_item ON activity_item.item_id = item.id
             WHERE item.id = ? ORDER BY activity_item.linked_at, activity_item.activity_id",
            &values![item],
        )
        .await?;
    let is_shared = match rows.first() {
        Some(row) => row.flag("is_shared")?,
        None => false,
    };
    let parts: Result<Vec<_>, Fault> = rows
        .iter()
        .map(|row| Ok((row.parse("activity_id")?, row.int("share_percent")?)))
        .collect();
    Ok((is_shared, parts?))
}

/// Saves whether an item is shared, and the part of each activity that it fulfils.
pub async fn save_shares(act: &mut Act, item: ItemId, shares: &Shares) -> Result<(), Fault> {
    act.run(
        "UPDATE item SET is_shared = ? WHERE id = ?",
        &values![shares.is_shared, item],
    )
    .await?;
    for (activity, percent) in &shares.parts {
        act.run(
            "UPDATE activity_item SET share_percent = ? WHERE item_id = ? AND activity_id = ?",
            &values![*percent, item, *activity],
        )
        .await?;
    }
    Ok(())
}

/// One page of the items of an activity, newest first; those not yet done come first.
pub async fn list_of_activity(
    conn: &mut Conn,
    activity: ActivityId,
    limit: i64,
    offset: i64,
) -> Result<Vec<Item>, Fault> {
    let rows = conn
        .rows(
            "SELECT item.* FROM activity_item JOIN item ON item.id = activity_item.item_id
             WHERE activity_item.activity_id = ?
             ORDER BY CASE WHEN item.done_on IS NULL THEN 0 ELSE 1 END, item.done_on DESC, item.id
             LIMIT ? OFFSET ?",
            &values![activity, limit, offset],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Adds a channel at the end of the list.
pub async fn add_channel(act: &mut Act, agency: AgencyId, channel: &Channel) -> Result<(), Fault> {
    act.run(
        "INSERT INTO channel (id, agency_id, kind, name, url, is_own_portal, position)
         SELECT ?, ?, ?, ?, ?, CAST(? AS BIGINT), COALESCE(MAX(position), 0) + 1
         FROM channel WHERE agency_id = ?",
        &values![
            channel.id,
            agency,
            &channel.kind,
            &channel.name,
            &channel.url,
            channel.is_own_portal,
            agency
        ],
    )
    .await?;
    Ok(())
}

/// All channels of an agency, in their order.
pub async fn channels(conn: &mut Conn, agency: AgencyId) -> Result<Vec<Channel>, Fault> {
    let rows = conn
        .rows(
            "SELECT * FROM channel WHERE agency_id = ? ORDER BY position, id",
            &values![agency],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Channel {
                id: row.parse("id")?,
                kind: row.text("kind")?,
                name: row.text("name")?,
                url: row.text("url")?,
                is_own_portal: row.flag("is_own_portal")?,
            })
        })
        .collect()
}

/// Who adds a publication, under which id, when.
#[derive(Clone, Copy, Debug)]
pub struct Adding {
    /// Id of the row.
    pub row: RowId,
    /// Who, if a person did.
    pub by: Option<AccountId>,
    /// When, milliseconds since 1970.
    pub now: i64,
}

/// Adds a publication: this item, on this channel, on this day.
pub async fn add_publication(
    act: &mut Act,
    item: ItemId,
    channel: ChannelId,
    (published_on, url): (Date, &str),
    adding: Adding,
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO publication (id, item_id, channel_id, published_on, url, created_at, created_by)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        &values![
            adding.row,
            item,
            channel,
            published_on.to_string(),
            url,
            adding.now,
            adding.by
        ],
    )
    .await?;
    Ok(())
}

/// The publications of an item, oldest first.
pub async fn publications(conn: &mut Conn, item: ItemId) -> Result<Vec<Publication>, Fault> {
    let rows = conn
        .rows(
            "SELECT publication.*, channel.name AS channel_name
             FROM publication JOIN channel ON channel.id = publication.channel_id
             WHERE publication.item_id = ? ORDER BY published_on, publication.id",
            &values![item],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Publication {
                item: row.parse("item_id")?,
                channel: row.parse("channel_id")?,
                channel_name: row.text("channel_name")?,
                published_on: row.parse("published_on")?,
                url: row.text("url")?,
            })
        })
        .collect()
}

fn read(row: &Row) -> Result<Item, Fault> {
    Ok(Item {
        id: row.parse("id")?,
        agency: row.parse("agency_id")?,
        kind: ItemKind::of(&row.text("kind")?),
        form: ItemForm::of(&row.text("form")?),
        title: row.text("title")?,
        unit: row.maybe_parse("unit_id")?,
        author: row.text("author")?,
        done_on: row.maybe_parse("done_on")?,
    })
}
