//! The calendar of a Vietnamese agency: one zone, its ways to write a date, its reporting year.

mod find;
mod format;
pub mod period;
mod time;
pub mod working;
mod zero;

use jiff::civil::DateTime;
use jiff::{Timestamp, tz::Offset};

pub(crate) use find::date_at;
pub use find::{FoundDate, find_dates, parse_date, parse_date_time};
pub use format::{
    date_line, date_line_en, date_long, date_long_en, date_short, weekday_en, weekday_vi,
};
pub use zero::date_zero_faults;

/// The zone Asia/Ho_Chi_Minh: UTC+7 all year; there has been no summer time since 1975.
pub const ZONE: Offset = Offset::constant(7);

/// What the clock on the agency's wall shows at this moment.
pub fn local(at: Timestamp) -> DateTime {
    ZONE.to_datetime(at)
}

/// The moment at which the agency's clock shows this. At the two ends of the calendar, where the
/// moment cannot be told, the nearest that can.
pub fn at_local(at: DateTime) -> Timestamp {
    ZONE.to_timestamp(at).unwrap_or(if at.year() < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn the_wall_clock_is_seven_hours_ahead() {
        let at: Timestamp = "2023-03-06T09:41:00Z".parse().unwrap();
        assert_eq!(local(at), date(2023, 3, 6).at(16, 41, 0, 0));
        assert_eq!(at_local(date(2023, 3, 6).at(16, 41, 0, 0)), at);
        assert_eq!(at_local(DateTime::MIN), Timestamp::MIN);
        assert_eq!(at_local(local(Timestamp::MAX)), Timestamp::MAX);
    }

    proptest! {
        #[test]
        fn moments_come_back_from_the_wall_clock(ms in -60_000_000_000_000i64..200_000_000_000_000) {
            let at = Timestamp::from_millisecond(ms).unwrap();
            prop_assert_eq!(at_local(local(at)), at);
        }
    }
}
