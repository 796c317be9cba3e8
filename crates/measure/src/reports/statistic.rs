//! The statistics that reports of communication work are asked for, and how each is counted: pure.
//!
//! | Asked for | Counted from |
//! |---|---|
//! | tin, bài; chương trình phát thanh, truyền hình; truyền thanh cơ sở; hội nghị, tọa đàm, tập huấn; ấn phẩm; cuộc thi; mạng xã hội; khác | items, each in exactly one of them |
//! | lượt đăng trên mạng xã hội | publications on channels of that kind |
//! | lượt người dự, bản in, lượt thi, lượt xem | typed by a person, with evidence |
//!
//! Every item stands in one class, so the classes add up to the items: an article that is on the
//! portal, on the fan page and on Zalo is one *tin, bài* and three publications.
//!
//! Source: domain practice of periodic reports on administrative reform; glossary "statistic".

use super::figures::{ActivityFigures, Counted, StatisticFigures, StatisticRow};

/// How a statistic is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The items of its class; the kinds of channels by which an item belongs to it.
    Items(&'static [&'static str]),
    /// The publications on channels of a kind.
    Publications(&'static str),
    /// Typed; the words, without marks, by which a figure typed at an activity belongs to it.
    Typed(&'static [&'static str]),
}

/// A statistic.
#[derive(Clone, Copy, Debug)]
pub struct Statistic {
    /// Its code.
    pub code: &'static str,
    /// How it is counted.
    pub way: Way,
}

const fn items(code: &'static str, kinds: &'static [&'static str]) -> Statistic {
    Statistic {
        code,
        way: Way::Items(kinds),
    }
}

const fn typed(code: &'static str, words: &'static [&'static str]) -> Statistic {
    Statistic {
        code,
        way: Way::Typed(words),
    }
}

/// The statistics in the order of a report. An item belongs to the first class that one of its
/// channels fits: a conference that newspapers wrote about is a conference.
pub const STATISTICS: [Statistic; 13] = [
    items(
        "events",
        &["meeting", "conference", "workshop", "talk", "training"],
    ),
    typed("attendances", &["luot nguoi", "nguoi du", "nguoi tham du"]),
    items("contests", &["contest"]),
    typed("entries", &["luot thi", "bai du thi"]),
    items("prints", &["leaflet", "panel"]),
    typed(
        "copies",
        &[
            "to roi", "to gap", "ap phich", "bang ron", "pano", "pa no", "ban in",
        ],
    ),
    items("broadcasts", &["broadcast"]),
    items("loudspeaker", &["loudspeaker"]),
    items("news", &["website", "newspaper", "bulletin", "email"]),
    items("social", &["social"]),
    items("others", &[]),
    Statistic {
        code: "social-posts",
        way: Way::Publications("social"),
    },
    typed("views", &["luot xem"]),
];

/// The class that takes what fits no other.
const REST: &str = "others";
/// The class of what the newsroom publishes, wherever else it appears.
const NEWS: &str = "news";

/// The statistic of a code.
pub fn statistic(code: &str) -> Option<&'static Statistic> {
    STATISTICS.iter().find(|found| found.code == code)
}

/// The class of an item of a kind that these kinds of channels carried.
pub fn class_of<'a>(
    item_kind: &str,
    channels: impl Iterator<Item = &'a str> + Clone,
) -> &'static str {
    if item_kind == "article" {
        return NEWS;
    }
    let fits = |one: &&Statistic| match one.way {
        Way::Items(kinds) => channels.clone().any(|channel| kinds.contains(&channel)),
        Way::Publications(_) | Way::Typed(_) => false,
    };
    STATISTICS
        .iter()
        .find(fits)
        .map_or(REST, |found| found.code)
}

/// The statistics of what was counted, with what people typed at activities and for the report.
pub fn statistics(
    counted: &Counted,
    activities: &[&ActivityFigures],
    typed: Vec<(String, StatisticRow)>,
) -> Vec<StatisticFigures> {
    let mut all: Vec<StatisticFigures> = STATISTICS
        .iter()
        .map(|statistic| {
            let rows = match statistic.way {
                Way::Typed(words) => at_activities(activities, words),
                Way::Items(_) | Way::Publications(_) => Vec::new(),
            };
            StatisticFigures {
                code: statistic.code.to_owned(),
                number: 0,
                rows,
            }
        })
        .collect();
    for (code, row) in typed {
        if let Some(own) = all.iter_mut().find(|own| own.code == code) {
            own.rows.push(row);
        }
    }
    for own in &mut all {
        own.rows
            .sort_by(|a, b| (a.day, &a.title).cmp(&(b.day, &b.title)));
        own.number = number(counted, own);
    }
    all
}

/// The number of a statistic, from the lists that stand behind it.
pub fn number(counted: &Counted, own: &StatisticFigures) -> i64 {
    let whole = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let typed = own
        .rows
        .iter()
        .fold(0i64, |sum, row| sum.saturating_add(row.number));
    match statistic(&own.code).map(|found| found.way) {
        Some(Way::Items(_)) => {
            let of_class = counted.items.iter().filter(|item| item.class == own.code);
            whole(of_class.count())
        }
        Some(Way::Publications(kind)) => {
            let all = counted.items.iter().flat_map(|item| &item.publications);
            whole(all.filter(|publication| publication.kind == kind).count())
        }
        Some(Way::Typed(_)) | None => typed,
    }
}

/// What was typed at activities in a unit that one of these words names.
fn at_activities(activities: &[&ActivityFigures], words: &[&str]) -> Vec<StatisticRow> {
    let figures = activities.iter().flat_map(|activity| &activity.by_hand);
    figures
        .filter(|figure| {
            let unit = base::text::fold(&figure.unit);
            words.iter().any(|word| unit.contains(word))
        })
        .map(|figure| StatisticRow {
            title: figure.title.clone(),
            number: figure.number,
            day: figure.day,
            item: Some(figure.item),
            sha256: String::new(),
            file: String::new(),
            link: String::new(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::figures::{HandFigure, ItemFigures, PublicationFigures};
    use base::id::{ActivityId, ItemId, Uuid};
    use jiff::civil::date;
    use proptest::prelude::*;

    fn item(n: u128, kind: &str, channels: &[&str]) -> ItemFigures {
        ItemFigures {
            id: ItemId::from(Uuid::from_u128(n)),
            kind: kind.to_owned(),
            title: format!("Sản phẩm {n}"),
            author: String::new(),
            unit: String::new(),
            done_on: date(2023, 3, 1),
            activities: Vec::new(),
            publications: channels
                .iter()
                .map(|kind| PublicationFigures {
                    published_on: date(2023, 3, 1),
                    channel: (*kind).to_owned(),
                    url: String::new(),
                    kind: (*kind).to_owned(),
                })
                .collect(),
            link: String::new(),
            class: class_of(kind, channels.iter().copied()).to_owned(),
        }
    }

    fn of(items: Vec<ItemFigures>) -> Counted {
        Counted {
            n_items: items.len() as i64,
            n_publications: items.iter().map(|i| i.publications.len() as i64).sum(),
            channels: Vec::new(),
            items,
        }
    }

    fn shown(all: &[StatisticFigures], code: &str) -> i64 {
        all.iter().find(|own| own.code == code).unwrap().number
    }

    #[test]
    fn one_article_on_three_channels_is_one_item_and_its_posts_are_counted_apart() {
        let counted = of(vec![
            item(1, "article", &["website", "social", "social"]),
            item(2, "external", &["newspaper", "conference"]),
            item(3, "external", &["social"]),
            item(4, "external", &["legal_aid"]),
        ]);
        let all = statistics(&counted, &[], Vec::new());
        let numbers = [
            "news",
            "events",
            "social",
            "others",
            "social-posts",
            "prints",
        ];
        assert_eq!(numbers.map(|code| shown(&all, code)), [1, 1, 1, 1, 3, 0]);
    }

    #[test]
    fn what_people_typed_adds_up_and_comes_from_activities_by_its_unit() {
        let figure = |number, unit: &str| HandFigure {
            item: ItemId::from(Uuid::nil()),
            title: "Hội nghị quý I".to_owned(),
            number,
            unit: unit.to_owned(),
            day: date(2023, 2, 1),
        };
        let activity = ActivityFigures {
            id: ActivityId::from(Uuid::nil()),
            no: "1".to_owned(),
            title: String::new(),
            lead_unit: String::new(),
            accountable: String::new(),
            when: String::new(),
            from: date(2023, 1, 1),
            to: date(2023, 1, 1),
            target: None,
            target_unit: String::new(),
            targets: Vec::new(),
            by_hand: vec![figure(115, "lượt người dự"), figure(3, "cuộc")],
            done_in_window: 0,
            done_in_total: 0,
            due: 0,
            days_late: 0,
            status: String::new(),
        };
        let typed = StatisticRow {
            title: "Tọa đàm".to_owned(),
            number: 40,
            day: date(2023, 1, 5),
            item: None,
            sha256: "ab".to_owned(),
            file: "danh-sach.pdf".to_owned(),
            link: String::new(),
        };
        let all = statistics(
            &of(Vec::new()),
            &[&activity],
            vec![("attendances".to_owned(), typed)],
        );
        assert_eq!(shown(&all, "attendances"), 155);
        let own = all.iter().find(|own| own.code == "attendances").unwrap();
        assert_eq!(own.rows[0].title, "Tọa đàm", "by day");
    }

    proptest! {
        #[test]
        fn the_classes_of_items_add_up_to_the_items(
            found in proptest::collection::vec(
                (any::<bool>(), proptest::collection::vec(0usize..editorial::items::item::CHANNEL_KINDS.len(), 0..4)),
                0..40,
            )
        ) {
            let items = found.iter().zip(1u128..).map(|((is_article, kinds), n)| {
                let kinds: Vec<&str> = kinds.iter().map(|k| editorial::items::item::CHANNEL_KINDS[*k]).collect();
                item(n, if *is_article { "article" } else { "external" }, &kinds)
            });
            let counted = of(items.collect());
            let all = statistics(&counted, &[], Vec::new());
            let sum: i64 = all
                .iter()
                .filter(|own| matches!(statistic(&own.code).unwrap().way, Way::Items(_)))
                .map(|own| own.number)
                .sum();
            prop_assert_eq!(sum, counted.n_items);
        }
    }
}
