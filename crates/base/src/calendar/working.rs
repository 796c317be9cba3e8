//! Working days: which days an agency works, and what becomes of a due day that falls on one it
//! does not.
//!
//! Saturdays and Sundays are off, unless the agency works on Saturdays. Everything else is data
//! with a name: holidays, days off that were swapped with a working day, and the days that are
//! worked in their place. No holiday stands in this file: the lunar ones move every year, and the
//! Prime Minister decides yearly on Tết and on the second day of the National Day (Labour Code
//! 45/2019/QH14, art. 112).

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};

/// Why a day is not what its weekday says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayKind {
    /// A public holiday, or the day off in lieu of one that fell on a weekend.
    Holiday,
    /// A working day given off in exchange for another day.
    SwappedOff,
    /// A day off that is worked in exchange.
    SwappedWork,
}

impl DayKind {
    /// The three.
    pub const ALL: [DayKind; 3] = [Self::Holiday, Self::SwappedOff, Self::SwappedWork];

    /// The word that tables and the log use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Holiday => "holiday",
            Self::SwappedOff => "swapped_off",
            Self::SwappedWork => "swapped_work",
        }
    }

    /// The kind of a word, if there is one.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// Whether a day of this kind is worked.
    pub fn is_worked(self) -> bool {
        self == Self::SwappedWork
    }
}

/// A day that is not what its weekday says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedDay {
    /// The day.
    pub day: Date,
    /// Why.
    pub kind: DayKind,
    /// What it is called: `Nghỉ Tết Nguyên đán`.
    pub name: String,
}

/// A due day in both readings, because practice differs and neither may be lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Deadline {
    /// The day as the plan or the guidance writes it.
    pub written: Date,
    /// The last working day up to it: the careful reading.
    pub before: Date,
    /// The first working day from it on: the reading of the law.
    ///
    /// Source: Civil Code 91/2015/QH13, art. 148(5): a period whose last day is a weekend or a
    /// holiday ends with the next working day.
    pub after: Date,
}

impl Deadline {
    /// Whether the written day is off, so that the readings differ from it.
    pub fn is_moved(self) -> bool {
        self.before != self.written || self.after != self.written
    }
}

/// Which days are worked. Days without a mark follow their weekday.
///
/// ```
/// use base::calendar::working::{DayKind, MarkedDay, WorkCalendar};
/// use jiff::civil::date;
///
/// let name = "Quốc tế Lao động".to_owned();
/// let day = date(2023, 5, 1);
/// let calendar = WorkCalendar::new([MarkedDay { day, kind: DayKind::Holiday, name }], false);
/// let due = calendar.deadline(day);
/// assert_eq!((due.before, due.after), (date(2023, 4, 28), date(2023, 5, 2)));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkCalendar {
    marks: BTreeMap<Date, MarkedDay>,
    is_saturday_worked: bool,
}

impl WorkCalendar {
    /// The calendar of these marks; of two for one day, the later in the list holds.
    pub fn new(marks: impl IntoIterator<Item = MarkedDay>, is_saturday_worked: bool) -> Self {
        Self {
            marks: marks.into_iter().map(|mark| (mark.day, mark)).collect(),
            is_saturday_worked,
        }
    }

    /// The same calendar with these marks too; they come before its own.
    #[must_use]
    pub fn with(&self, marks: impl IntoIterator<Item = MarkedDay>) -> Self {
        let mut changed = self.clone();
        changed
            .marks
            .extend(marks.into_iter().map(|mark| (mark.day, mark)));
        changed
    }

    /// The same calendar with Saturdays worked or not.
    #[must_use]
    pub fn with_saturdays(&self, is_saturday_worked: bool) -> Self {
        Self {
            is_saturday_worked,
            ..self.clone()
        }
    }

    /// Whether Saturdays are worked (a Saturday morning counts as a working day).
    pub fn is_saturday_worked(&self) -> bool {
        self.is_saturday_worked
    }

    /// The marks of these days, in order; both ends belong to it.
    pub fn marks(&self, first: Date, last: Date) -> impl Iterator<Item = &MarkedDay> {
        let last = last.max(first);
        self.marks.range(first..=last).map(|(_, mark)| mark)
    }

    /// The mark of a day, if it has one.
    pub fn mark(&self, day: Date) -> Option<&MarkedDay> {
        self.marks.get(&day)
    }

    /// Whether the agency works on this day.
    pub fn is_working(&self, day: Date) -> bool {
        match self.mark(day) {
            Some(mark) => mark.kind.is_worked(),
            None => self.is_usual(day),
        }
    }

    /// Why the day is off: the name of the holiday or of the swap, empty for a weekend, which has
    /// no name beside its weekday; none on a working day.
    pub fn why_off(&self, day: Date) -> Option<&str> {
        match self.mark(day) {
            Some(mark) if mark.kind.is_worked() => None,
            Some(mark) => Some(&mark.name),
            None if self.is_usual(day) => None,
            None => Some(""),
        }
    }

    /// The day itself if it is worked, else the first working day after it. At the end of the
    /// calendar (year 9999), the last day there is.
    pub fn next_working(&self, day: Date) -> Date {
        let mut day = day;
        while !self.is_working(day) {
            match day.tomorrow() {
                Ok(next) => day = next,
                Err(_) => return day,
            }
        }
        day
    }

    /// The day itself if it is worked, else the last working day before it. At the beginning of the
    /// calendar (year -9999), the first day there is.
    pub fn previous_working(&self, day: Date) -> Date {
        let mut day = day;
        while !self.is_working(day) {
            match day.yesterday() {
                Ok(before) => day = before,
                Err(_) => return day,
            }
        }
        day
    }

    /// The working day so many working days after this day, which is not counted itself; with a
    /// number below 0, before it; with 0, the day as it is.
    ///
    /// Source: Civil Code 91/2015/QH13, art. 147(2): the first day of a period is not counted.
    pub fn add_working_days(&self, day: Date, n: i32) -> Date {
        let mut day = day;
        for _ in 0..n.unsigned_abs() {
            let next = if n > 0 {
                day.tomorrow().map(|next| self.next_working(next))
            } else {
                day.yesterday().map(|before| self.previous_working(before))
            };
            match next {
                Ok(next) => day = next,
                Err(_) => return day,
            }
        }
        day
    }

    /// How many working days pass from `a` to `b`: the days after `a`, up to `b` itself, that are
    /// worked. Below 0 when `b` is before `a`.
    pub fn working_days_between(&self, a: Date, b: Date) -> i64 {
        if b < a {
            return -self.working_days_between(b, a);
        }
        let Ok(first) = a.tomorrow() else { return 0 };
        if b < first {
            return 0;
        }
        let corrections: i64 = self
            .marks(first, b)
            .map(|mark| i64::from(mark.kind.is_worked()) - i64::from(self.is_usual(mark.day)))
            .sum();
        self.usual_days(first, b) + corrections
    }

    /// Both readings of a due day.
    pub fn deadline(&self, written: Date) -> Deadline {
        Deadline {
            written,
            before: self.previous_working(written),
            after: self.next_working(written),
        }
    }

    /// Whether the weekday is one on which the agency usually works.
    fn is_usual(&self, day: Date) -> bool {
        match day.weekday() {
            Weekday::Sunday => false,
            Weekday::Saturday => self.is_saturday_worked,
            _ => true,
        }
    }

    /// How many usual days there are from `first` to `last`, both counted: whole weeks by
    /// multiplication, so that a span of centuries costs no more than one of days.
    fn usual_days(&self, first: Date, last: Date) -> i64 {
        let n_days = i64::from((last - first).get_days()) + 1;
        let per_week = if self.is_saturday_worked { 6 } else { 5 };
        let rest = usize::try_from(n_days % 7).unwrap_or(0);
        let begun = first
            .series(jiff::Span::new().days(1))
            .take(rest)
            .filter(|day| self.is_usual(*day))
            .count();
        n_days / 7 * per_week + i64::try_from(begun).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn mark(day: Date, kind: DayKind, name: &str) -> MarkedDay {
        let name = name.to_owned();
        MarkedDay { day, kind, name }
    }

    /// Days off and a swap as an administrator might enter them: data of a test, not the law.
    fn calendar() -> WorkCalendar {
        use DayKind::{Holiday, SwappedOff, SwappedWork};
        let mut marks = vec![
            mark(date(2023, 1, 2), Holiday, "Nghỉ bù Tết Dương lịch"),
            mark(date(2023, 5, 1), Holiday, "Ngày Quốc tế Lao động"),
            mark(date(2023, 5, 2), Holiday, "Nghỉ bù Giỗ Tổ Hùng Vương"),
            mark(date(2023, 5, 3), Holiday, "Nghỉ bù Ngày Chiến thắng"),
            mark(date(2024, 4, 29), SwappedOff, "Nghỉ hoán đổi"),
            mark(date(2024, 4, 30), Holiday, "Ngày Chiến thắng"),
            mark(date(2024, 5, 1), Holiday, "Ngày Quốc tế Lao động"),
            mark(date(2024, 5, 4), SwappedWork, "Làm bù"),
        ];
        marks.extend((20..=26).map(|day| mark(date(2023, 1, day), Holiday, "Tết Nguyên đán")));
        marks.extend((1..=4).map(|day| mark(date(2023, 9, day), Holiday, "Quốc khánh")));
        WorkCalendar::new(marks, false)
    }

    #[test]
    fn a_day_is_worked_or_says_why_not() {
        let calendar = calendar();
        for (day, why) in [
            (date(2023, 1, 19), None),
            (date(2023, 1, 20), Some("Tết Nguyên đán")),
            (date(2023, 1, 21), Some("Tết Nguyên đán")),
            (date(2023, 1, 27), None),
            (date(2023, 1, 28), Some("")),
            (date(2023, 1, 29), Some("")),
            (date(2024, 4, 29), Some("Nghỉ hoán đổi")),
            (date(2024, 5, 4), None),
            (date(2024, 5, 5), Some("")),
        ] {
            assert_eq!(calendar.why_off(day), why, "{day}");
            assert_eq!(calendar.is_working(day), why.is_none(), "{day}");
        }
    }

    #[test]
    fn a_due_day_that_is_off_has_two_readings() {
        let calendar = calendar();
        for (written, before, after) in [
            // A working day stays.
            (date(2023, 3, 20), date(2023, 3, 20), date(2023, 3, 20)),
            // A Sunday.
            (date(2023, 8, 20), date(2023, 8, 18), date(2023, 8, 21)),
            // The middle of Tết.
            (date(2023, 1, 23), date(2023, 1, 19), date(2023, 1, 27)),
            // Weekend, Hùng Kings, Victory, Labour Day and two days in lieu in a row.
            (date(2023, 4, 30), date(2023, 4, 28), date(2023, 5, 4)),
            (date(2023, 9, 2), date(2023, 8, 31), date(2023, 9, 5)),
            // A Monday off by exchange, and the Saturday worked for it.
            (date(2024, 4, 29), date(2024, 4, 26), date(2024, 5, 2)),
            (date(2024, 5, 4), date(2024, 5, 4), date(2024, 5, 4)),
            (date(2024, 5, 5), date(2024, 5, 4), date(2024, 5, 6)),
        ] {
            let found = calendar.deadline(written);
            let expected = Deadline {
                written,
                before,
                after,
            };
            assert_eq!(found, expected);
            assert_eq!(found.is_moved(), !calendar.is_working(written), "{written}");
        }
    }

    #[test]
    fn periods_are_counted_in_working_days() {
        let calendar = calendar();
        let thursday = date(2023, 1, 19);
        assert_eq!(calendar.add_working_days(thursday, 1), date(2023, 1, 27));
        assert_eq!(calendar.add_working_days(thursday, 2), date(2023, 1, 30));
        assert_eq!(calendar.add_working_days(date(2023, 1, 27), -1), thursday);
        assert_eq!(
            calendar.add_working_days(date(2023, 1, 22), 0),
            date(2023, 1, 22)
        );
        assert_eq!(
            calendar.working_days_between(thursday, date(2023, 1, 30)),
            2
        );
        assert_eq!(
            calendar.working_days_between(date(2023, 1, 30), thursday),
            -2
        );
        assert_eq!(
            calendar.working_days_between(date(2024, 4, 26), date(2024, 5, 6)),
            4
        );
    }

    #[test]
    fn an_agency_may_work_on_saturdays() {
        let marks = [mark(date(2023, 9, 2), DayKind::Holiday, "Quốc khánh")];
        let calendar = WorkCalendar::new(marks, true);
        assert!(calendar.is_working(date(2023, 3, 4)));
        assert!(!calendar.is_working(date(2023, 3, 5)));
        assert!(!calendar.is_working(date(2023, 9, 2)));
        assert_eq!(
            calendar.working_days_between(date(2023, 3, 5), date(2023, 3, 12)),
            6
        );
    }

    #[test]
    fn the_ends_of_the_calendar_are_limits_not_failures() {
        let calendar = WorkCalendar::new([mark(Date::MAX, DayKind::Holiday, "x")], false);
        assert_eq!(calendar.next_working(Date::MAX), Date::MAX);
        assert_eq!(calendar.add_working_days(Date::MAX, i32::MAX), Date::MAX);
        assert_eq!(calendar.add_working_days(Date::MIN, -3), Date::MIN);
        assert!(calendar.working_days_between(Date::MIN, Date::MAX) > 5_000_000);
    }

    #[test]
    fn kinds_come_back_from_their_words() {
        for kind in DayKind::ALL {
            assert_eq!(DayKind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(DayKind::parse("weekend"), None);
    }

    /// Made-up calendars: any marks in two years, with or without Saturdays.
    fn any_calendar() -> impl Strategy<Value = WorkCalendar> {
        let marks = proptest::collection::vec((0i32..731, 0usize..3), 0..60);
        (marks, any::<bool>()).prop_map(|(marks, is_saturday_worked)| {
            let marks = marks
                .into_iter()
                .map(|(n, kind)| mark(day(n), DayKind::ALL[kind], "Dữ liệu thử"));
            WorkCalendar::new(marks, is_saturday_worked)
        })
    }

    fn day(n: i32) -> Date {
        date(2023, 1, 1).saturating_add(jiff::Span::new().days(n))
    }

    proptest! {
        #[test]
        fn the_readings_stand_around_the_written_day(calendar in any_calendar(), n in 0i32..731) {
            let due = calendar.deadline(day(n));
            prop_assert!(due.before <= due.written && due.written <= due.after);
            prop_assert!(calendar.is_working(due.before) && calendar.is_working(due.after));
            prop_assert_eq!(due.is_moved(), !calendar.is_working(due.written));
            prop_assert_eq!(calendar.deadline(due.after).after, due.after);
            for off in due.before.tomorrow().unwrap().series(jiff::Span::new().days(1)) {
                if off >= due.after { break; }
                prop_assert!(!calendar.is_working(off) || off == due.written);
            }
        }

        #[test]
        fn counting_and_adding_agree(calendar in any_calendar(), n in 0i32..731, ahead in 0i32..400) {
            let from = day(n);
            let to = calendar.add_working_days(from, ahead);
            prop_assert_eq!(calendar.working_days_between(from, to), i64::from(ahead));
            if ahead > 0 {
                prop_assert!(calendar.is_working(to));
            }
        }

        #[test]
        fn counting_by_weeks_is_counting_by_days(calendar in any_calendar(), a in 0i32..731, n in 0i32..500) {
            let one_by_one = (a + 1..=a + n).filter(|d| calendar.is_working(day(*d))).count();
            let counted = calendar.working_days_between(day(a), day(a + n));
            prop_assert_eq!(counted, i64::try_from(one_by_one).unwrap());
            prop_assert_eq!(calendar.working_days_between(day(a + n), day(a)), -counted);
        }

        #[test]
        fn a_new_mark_moves_only_the_deadlines_that_touch_it(
            calendar in any_calendar(), at in 0i32..731, due in 0i32..731
        ) {
            let added = mark(day(at), DayKind::Holiday, "Dữ liệu thử");
            let changed = calendar.with([added]);
            let (old, new) = (calendar.deadline(day(due)), changed.deadline(day(due)));
            let touches = old.before == day(at) || old.after == day(at);
            prop_assert_eq!(old != new, touches && calendar.is_working(day(at)));
        }
    }
}
