//! What the counting promises, whatever the order of the rows.

use super::*;
use crate::reports::window::Window;
use base::calendar::period::{PeriodKind, ReportingYear};
use base::id::{ActivityId, Uuid};
use jiff::civil::date;
use proptest::prelude::*;

fn item(n: u128, day: i8) -> SourceItem {
    SourceItem {
        id: ItemId::from(Uuid::from_u128(n)),
        kind: "article".to_owned(),
        title: format!("Tin {n}"),
        author: "V.H".to_owned(),
        unit: "Văn phòng Sở".to_owned(),
        done_on: date(2023, 3, day),
    }
}

fn publication(n: u128, channel: u128, day: i8) -> SourcePublication {
    SourcePublication {
        item: ItemId::from(Uuid::from_u128(n)),
        channel: ChannelId::from(Uuid::from_u128(channel)),
        name: format!("Kênh {channel}"),
        kind: "website".to_owned(),
        published_on: date(2023, 3, day),
        url: format!("https://kenh{channel}.example/{n}"),
    }
}

fn activity(no: &str, to: Date) -> ActivityFigures {
    ActivityFigures {
        id: ActivityId::from(Uuid::from_u128(7)),
        no: no.to_owned(),
        title: "Đăng tin".to_owned(),
        lead_unit: String::new(),
        accountable: String::new(),
        when: String::new(),
        from: date(2023, 1, 1),
        to,
        target: Some(1),
        target_unit: "tin".to_owned(),
        targets: Vec::new(),
        by_hand: Vec::new(),
        done_in_window: 0,
        done_in_total: 0,
        due: 0,
        days_late: 0,
        status: "on_course".to_owned(),
    }
}

#[test]
fn one_item_on_three_channels_is_one_item_and_three_publications() {
    let published = [
        publication(1, 1, 6),
        publication(1, 2, 7),
        publication(1, 3, 8),
    ];
    let counted = count(&[item(1, 6)], &published, &HashMap::new());
    assert_eq!((counted.n_items, counted.n_publications), (1, 3));
    assert_eq!(counted.channels.len(), 3);
    assert!(
        counted
            .channels
            .iter()
            .all(|found| (found.n_items, found.n_publications) == (1, 1))
    );
    assert_eq!(counted.items[0].link, "https://kenh1.example/1");
}

#[test]
fn an_item_of_two_activities_counts_once_and_twice_on_one_channel_is_one_item_there() {
    let rows = [item(1, 6), item(1, 6)];
    let published = [publication(1, 1, 6), publication(1, 1, 9)];
    let fulfils = HashMap::from([(
        rows[0].id,
        BTreeSet::from(["1.10".to_owned(), "1.2".to_owned(), "3".to_owned()]),
    )]);
    let counted = count(&rows, &published, &fulfils);
    assert_eq!((counted.n_items, counted.n_publications), (1, 2));
    assert_eq!(
        (
            counted.channels[0].n_items,
            counted.channels[0].n_publications
        ),
        (1, 2)
    );
    assert_eq!(counted.items[0].activities, ["1.2", "1.10", "3"]);
}

#[test]
fn publications_of_what_is_not_counted_are_left_out() {
    let counted = count(&[item(1, 6)], &[publication(2, 1, 6)], &HashMap::new());
    assert_eq!((counted.n_items, counted.n_publications), (1, 0));
    assert!(counted.channels.is_empty());
}

#[test]
fn an_item_after_the_window_of_its_activity_is_late_by_so_many_days() {
    let fulfils = HashMap::from([(item(1, 1).id, BTreeSet::from(["1".into(), "2".into()]))]);
    let counted = count(&[item(1, 10)], &[], &fulfils);
    let (kept, missed) = (
        activity("1", date(2023, 3, 10)),
        activity("2", date(2023, 3, 8)),
    );
    let late = late_items(&counted.items, &[&kept, &missed]);
    assert_eq!(late.len(), 1);
    assert_eq!((late[0].activity.as_str(), late[0].days_late), ("2", 2));
}

#[test]
fn the_window_after_a_period_begins_the_day_after_and_ends_with_the_next_report() {
    for (kind, next_first, next_last) in [
        (PeriodKind::Q1, date(2023, 3, 15), date(2023, 6, 14)),
        (PeriodKind::H1, date(2023, 6, 15), date(2023, 9, 14)),
        (PeriodKind::Q3, date(2023, 9, 15), date(2023, 12, 14)),
        (PeriodKind::Year, date(2023, 12, 15), date(2024, 3, 14)),
    ] {
        let window = Window::of_period(ReportingYear(2023).period(kind));
        assert_eq!(window.next_first, Some(next_first), "{kind:?}");
        assert_eq!(window.next_last, Some(next_last), "{kind:?}");
    }
    let days = Window::of_days(date(2023, 5, 2), date(2023, 5, 1));
    assert_eq!(
        days.first, days.last,
        "a window that ends before it begins is its first day"
    );
}

prop_compose! {
    fn rows()(
        items in proptest::collection::vec((0u128..9, 1i8..28), 0..12),
        publications in proptest::collection::vec((0u128..12, 0u128..4, 1i8..28), 0..24),
    ) -> (Vec<SourceItem>, Vec<SourcePublication>) {
        let items = items.iter().map(|(n, _)| item(*n, (*n as i8) + 1)).collect();
        let published = publications.iter().map(|(n, c, d)| publication(*n, *c, *d)).collect();
        (items, published)
    }
}

/// The same rows, beginning elsewhere.
fn turn<T>(rows: &mut [T], by: usize) {
    let n = rows.len().max(1);
    rows.rotate_left((by % n).min(rows.len()));
}

proptest! {
    #[test]
    fn any_order_of_the_same_rows_gives_the_same_figures(
        (items, published) in rows(),
        turn_items in 0usize..12,
        turn_published in 0usize..24,
        is_reversed in any::<bool>(),
    ) {
        let (mut other_items, mut other_published) = (items.clone(), published.clone());
        if is_reversed {
            other_items.reverse();
            other_published.reverse();
        }
        turn(&mut other_items, turn_items);
        turn(&mut other_published, turn_published);
        let fulfils = HashMap::new();
        prop_assert_eq!(
            count(&items, &published, &fulfils),
            count(&other_items, &other_published, &fulfils)
        );
    }

    #[test]
    fn items_are_the_different_ones_and_no_channel_has_more_items_than_publications(
        (items, published) in rows(),
    ) {
        let counted = count(&items, &published, &HashMap::new());
        let different: BTreeSet<ItemId> = items.iter().map(|item| item.id).collect();
        prop_assert_eq!(counted.n_items, different.len() as i64);
        let of_counted = published.iter().filter(|found| different.contains(&found.item)).count();
        prop_assert_eq!(counted.n_publications, of_counted as i64);
        let by_channel: i64 = counted.channels.iter().map(|found| found.n_publications).sum();
        prop_assert_eq!(by_channel, counted.n_publications);
        for channel in &counted.channels {
            prop_assert!(channel.n_items <= channel.n_publications);
            prop_assert!(channel.n_items <= counted.n_items);
        }
    }
}
