//! Time cells and times in sentences: when something is done, or how often.

use jiff::civil::Date;

use super::flat::{Flat, folded};
use super::imported::{Recurrence, Window};
use super::moment::{last_year, month_at, pairs, quarter_at, whole_year};

/// Words that open a window in a sentence.
const STARTS: [&str; 26] = [
    "hoan thanh truoc",
    "xong truoc",
    "truoc ngay",
    "truoc thang",
    "cham nhat",
    "truoc",
    "den het",
    "tu ngay",
    "tu thang",
    "tu quy",
    "trong quy",
    "trong thang",
    "quy",
    "thang",
    "hang thang",
    "hang quy",
    "hang tuan",
    "hang ngay",
    "moi thang",
    "moi quy",
    "moi tuan",
    "6 thang dau nam",
    "6 thang cuoi nam",
    "dinh ky",
    "thoi gian thuc hien",
    "thoi gian hoan thanh",
];

/// How far into a sentence a window is looked for, in characters.
const SENTENCE_CHARS_MAX: usize = 4_000;
/// How far into a time cell, in characters.
const CELL_CHARS_MAX: usize = 300;

/// The window that a time cell tells; the year is the plan's, for days written without one.
///
/// Always a window: what cannot be dated ("theo kế hoạch") keeps its text alone. "Trước" and "chậm
/// nhất" give a last day only; the day named counts as the last.
pub fn cell(text: &str, year: Option<i16>) -> Option<Window> {
    let text = base::text::clean_line(text);
    if text.is_empty() || text.chars().all(|c| !c.is_alphanumeric()) {
        return None;
    }
    let whole = Flat::of(&text);
    let flat = Flat::of(whole.cut(0, CELL_CHARS_MAX));
    let reader = Reader::of(&flat, year);
    let mut window = reader.read();
    window.text = text.clone();
    Some(window)
}

/// The first window told inside a sentence, if any. A plain date is none: it takes a word such as
/// "trước", "từ", "trong quý", "tháng" or "hằng tháng".
pub fn in_sentence(flat: &Flat<'_>, year: Option<i16>) -> Option<Window> {
    // A sentence that is longer than any sentence is not searched to its end again and again.
    let short;
    let flat = if flat.len() > SENTENCE_CHARS_MAX {
        short = Flat::of(flat.cut(0, SENTENCE_CHARS_MAX));
        &short
    } else {
        flat
    };
    let view = flat.flat();
    let mut at = 0;
    while at < view.len() {
        let (start, words) = STARTS
            .iter()
            .filter_map(|words| flat.find_from(words, at).map(|n| (n, *words)))
            .min_by_key(|(n, words)| (*n, usize::MAX - words.len()))?;
        at = start + words.len();
        // "ngày 03 tháng 03 năm 2023" is a day of something else, not a month to do something in.
        let before = view
            .get(start.saturating_sub(4)..start)
            .unwrap_or_default()
            .trim_end();
        if words.starts_with("thang") && before.ends_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let stop = view[start..]
            .find([';', '(', ')'])
            .map_or(view.len(), |n| start + n);
        // A clause of a hundred characters holds any window; a longer one is not read further.
        let (from, to) = flat.trim(start, stop.min(start + 100));
        let piece = Flat::of(flat.cut(from, to));
        let piece = Flat::of(piece.cut(0, sentence_end(piece.flat())));
        let reader = Reader::of(&piece, year);
        let window = reader.read();
        let recurring = ["hang", "moi", "dinh ky", "thoi gian"]
            .iter()
            .any(|w| words.starts_with(w));
        let is_dated = !reader.stretches(window.recurs.is_some()).is_empty();
        if is_dated || (recurring && window.recurs.is_some()) {
            let end = piece
                .flat()
                .find(", ")
                .filter(|n| *n > 4)
                .unwrap_or(piece.len());
            let (from, to) = piece.core(0, end);
            return Some(Window {
                text: base::text::clean_line(piece.cut(from, to)),
                ..window
            });
        }
    }
    None
}

/// The end of the first sentence: a stop that no digit follows.
fn sentence_end(view: &str) -> usize {
    view.match_indices('.')
        .find(|(at, _)| !view[at + 1..].starts_with(|c: char| c.is_ascii_digit()))
        .map_or(view.len(), |(at, _)| at)
}

/// A place in a time cell that names days.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    at: usize,
    from: Date,
    to: Date,
}

struct Reader<'f, 't> {
    flat: &'f Flat<'t>,
    year: Option<i16>,
}

impl<'f, 't> Reader<'f, 't> {
    fn of(flat: &'f Flat<'t>, year: Option<i16>) -> Self {
        Self {
            flat,
            year: last_year(flat.flat()).or(year),
        }
    }

    fn read(&self) -> Window {
        let recurs = self.recurrence();
        let whole = self.year.and_then(whole_year);
        let mut stretches = self.stretches(recurs.is_some());
        stretches.sort_by_key(|s| s.at);
        let (from, to) = match (stretches.first(), recurs) {
            (Some(first), _) => {
                let from = stretches.iter().map(|s| s.from).min().unwrap_or(first.from);
                let to = stretches.iter().map(|s| s.to).max().unwrap_or(first.to);
                if self.is_deadline(first.at) {
                    (None, Some(to))
                } else if self.begins_open() {
                    (Some(from), whole.map(|(_, last)| last))
                } else {
                    (Some(from), Some(to))
                }
            }
            (None, Some(_)) => (whole.map(|w| w.0), whole.map(|w| w.1)),
            (None, None) if self.names_the_year() => (whole.map(|w| w.0), whole.map(|w| w.1)),
            (None, None) => (None, None),
        };
        Window {
            text: String::new(),
            from,
            to,
            recurs,
        }
    }

    fn recurrence(&self) -> Option<Recurrence> {
        const WORDS: [(&str, Recurrence); 27] = [
            ("thuong xuyen", Recurrence::Continuous),
            ("lien tuc", Recurrence::Continuous),
            ("hang ngay", Recurrence::Daily),
            ("moi ngay", Recurrence::Daily),
            ("hang tuan", Recurrence::Weekly),
            ("moi tuan", Recurrence::Weekly),
            ("/tuan", Recurrence::Weekly),
            ("hang thang", Recurrence::Monthly),
            ("moi thang", Recurrence::Monthly),
            ("tung thang", Recurrence::Monthly),
            ("/thang", Recurrence::Monthly),
            ("thang mot lan", Recurrence::Monthly),
            ("hang quy", Recurrence::Quarterly),
            ("moi quy", Recurrence::Quarterly),
            ("tung quy", Recurrence::Quarterly),
            ("/quy", Recurrence::Quarterly),
            ("cac quy", Recurrence::Quarterly),
            ("03 thang/lan", Recurrence::Quarterly),
            ("3 thang/lan", Recurrence::Quarterly),
            ("6 thang/lan", Recurrence::HalfYearly),
            ("06 thang/lan", Recurrence::HalfYearly),
            ("6 thang mot lan", Recurrence::HalfYearly),
            ("06 thang mot lan", Recurrence::HalfYearly),
            ("dinh ky 6 thang", Recurrence::HalfYearly),
            ("dinh ky 06 thang", Recurrence::HalfYearly),
            ("hang nam", Recurrence::Yearly),
            ("moi nam", Recurrence::Yearly),
        ];
        WORDS
            .into_iter()
            .find(|(words, _)| self.flat.has(words))
            .map(|(_, recurs)| recurs)
    }

    fn names_the_year(&self) -> bool {
        let view = self.flat.flat().trim();
        self.flat
            .has_any(&["ca nam", "trong nam", "suot nam", "nam"])
            && self.year.is_some()
            && !self.flat.has_any(&["theo ke hoach", "khi co"])
            && view.len() <= 40
    }

    fn is_deadline(&self, first: usize) -> bool {
        let before = self.flat.view(0, first);
        let since = before.rfind("tu ngay").or_else(|| before.rfind("tu thang"));
        since.is_none()
            && [
                "truoc",
                "cham nhat",
                "den het",
                "den ngay",
                "khong qua",
                "khong muon",
                "han cuoi",
                "xong",
            ]
            .iter()
            .any(|w| before.contains(w))
    }

    /// "Từ tháng 3" without an end runs to the end of the year.
    fn begins_open(&self) -> bool {
        let view = self.flat.flat();
        view.trim_start().starts_with("tu ") && !view.contains(" den ") && !view.contains('-')
            || view.contains("tro di")
    }

    fn stretches(&self, recurs: bool) -> Vec<Stretch> {
        let mut found = self.quarters();
        found.extend(self.halves());
        found.extend(self.days(recurs));
        if found.is_empty() || self.flat.has("thang") {
            let days = found.clone();
            found.extend(self.months(&days));
        }
        found
    }

    /// "Quý II", "Quý I, II", "Quý 2 - Quý 4/2023", "Quý I và III".
    fn quarters(&self) -> Vec<Stretch> {
        let view = self.flat.flat();
        let mut numbers: Vec<(usize, i8)> = Vec::new();
        let mut at = 0;
        while let Some(start) = self.flat.find_from("quy", at) {
            at = start + 3;
            let mut rest = at;
            while let Some((n, end)) = quarter_at(view, rest) {
                numbers.push((start, n));
                let gap = view.get(end..).unwrap_or_default();
                let Some(joint) = ["-", " - ", " den ", ", ", ",", " va ", "; ", "+", " + "]
                    .iter()
                    .filter(|j| gap.starts_with(**j))
                    .max_by_key(|j| j.len())
                else {
                    break;
                };
                rest = end + joint.len();
                at = rest;
                if view.get(rest..).is_some_and(|r| r.starts_with("quy")) {
                    rest += 3;
                }
            }
        }
        let Some(year) = self.year else {
            return Vec::new();
        };
        numbers
            .into_iter()
            .filter_map(|(at, n)| {
                let from = Date::new(year, n * 3 - 2, 1).ok()?;
                let to = Date::new(year, n * 3, 1).ok()?.last_of_month();
                Some(Stretch { at, from, to })
            })
            .collect()
    }

    /// "6 tháng đầu năm", "6 tháng cuối năm", "9 tháng đầu năm".
    fn halves(&self) -> Vec<Stretch> {
        let Some(year) = self.year else {
            return Vec::new();
        };
        const HALVES: [(&str, i8, i8); 9] = [
            ("6 thang dau nam", 1, 6),
            ("06 thang dau nam", 1, 6),
            ("sau thang dau nam", 1, 6),
            ("6 thang cuoi nam", 7, 12),
            ("06 thang cuoi nam", 7, 12),
            ("sau thang cuoi nam", 7, 12),
            ("9 thang dau nam", 1, 9),
            ("09 thang dau nam", 1, 9),
            ("cuoi nam", 12, 12),
        ];
        HALVES
            .into_iter()
            .find_map(|(words, first, last)| {
                let at = self.flat.find_from(words, 0)?;
                let from = Date::new(year, first, 1).ok()?;
                let to = Date::new(year, last, 1).ok()?.last_of_month();
                Some(Stretch { at, from, to })
            })
            .into_iter()
            .collect()
    }

    /// "15/6", "30/11/2023", "ngày 15 tháng 6 năm 2023". A day of every month is no day.
    fn days(&self, recurs: bool) -> Vec<Stretch> {
        let view = self.flat.flat();
        let mut found: Vec<Stretch> = Vec::new();
        for full in base::calendar::find_dates(self.flat.text()) {
            found.push(Stretch {
                at: full.span.0,
                from: full.date,
                to: full.date,
            });
        }
        let Some(year) = self.year.filter(|_| !recurs || view.contains('/')) else {
            return found;
        };
        for (at, a, b, end) in pairs(view) {
            let taken = base::calendar::find_dates(self.flat.text())
                .iter()
                .any(|d| d.span.0 <= at && at < d.span.1);
            let goes_on = view.as_bytes().get(end) == Some(&b'/');
            let month_first = view
                .get(..at)
                .is_some_and(|v| v.trim_end().ends_with("thang"));
            if taken || goes_on || month_first {
                continue;
            }
            if let (Ok(month), Ok(day)) = (i8::try_from(b), i8::try_from(a))
                && let Ok(day) = Date::new(year, month, day)
            {
                found.push(Stretch {
                    at,
                    from: day,
                    to: day,
                });
            }
        }
        found.extend(self.worded_days(year));
        found
    }

    /// "ngày 15 tháng 6" without a year.
    fn worded_days(&self, year: i16) -> Vec<Stretch> {
        let view = self.flat.flat();
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(start) = self.flat.find_from("ngay", at) {
            at = start + 4;
            let rest = view.get(at..).unwrap_or_default();
            let mut words = rest.split_whitespace();
            let day = words.next().and_then(|w| w.parse::<i8>().ok());
            let is_month = words.next() == Some("thang");
            let month = words
                .next()
                .map(|w| w.trim_matches(|c: char| !c.is_ascii_digit()))
                .and_then(|w| w.split('/').next())
                .and_then(|w| w.parse::<i8>().ok());
            if let (Some(day), true, Some(month)) = (day, is_month, month)
                && let Ok(day) = Date::new(year, month, day)
            {
                found.push(Stretch {
                    at: start,
                    from: day,
                    to: day,
                });
            }
        }
        found
    }

    /// "Tháng 3", "Tháng 3/2023", "Tháng 3 - 6/2023", "tháng 3 đến tháng 6", "tháng 3, 6, 9".
    fn months(&self, taken: &[Stretch]) -> Vec<Stretch> {
        let Some(year) = self.year else {
            return Vec::new();
        };
        let view = self.flat.flat();
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(start) = self.flat.find_from("thang", at) {
            at = start + 5;
            let mut rest = at + usize::from(view.as_bytes().get(at) == Some(&b' '));
            let dated = view.get(..start).is_some_and(|v| {
                let word = v.trim_end().rsplit(' ').next().unwrap_or_default();
                word.bytes().any(|b| b.is_ascii_digit())
            });
            if dated || taken.iter().any(|s| s.at == start) {
                continue;
            }
            while let Some((month, end)) = month_at(view, rest) {
                if let Ok(first) = Date::new(year, month, 1) {
                    found.push(Stretch {
                        at: start,
                        from: first,
                        to: first.last_of_month(),
                    });
                }
                let gap = view.get(end..).unwrap_or_default();
                let joint = ["-", " - ", " den ", ", ", ",", " va "]
                    .iter()
                    .filter(|j| gap.starts_with(**j))
                    .max_by_key(|j| j.len());
                let Some(joint) = joint else { break };
                rest = end + joint.len();
            }
        }
        found
    }
}

/// Whether a cell says that the time follows from something else and is no deadline of its own.
pub fn is_vague(text: &str) -> bool {
    let flat = folded(text);
    ["theo ke hoach", "khi co", "dot xuat", "theo yeu cau"]
        .iter()
        .any(|w| flat.contains(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let window = cell(text, Some(2023)).unwrap();
        let day = |d: Option<Date>| d.map_or("-".to_owned(), |d| d.to_string());
        let recurs = window.recurs.map_or(String::new(), |r| {
            format!(" {}", serde_json::to_value(r).unwrap().as_str().unwrap())
        });
        format!("{}..{}{recurs}", day(window.from), day(window.to))
    }

    #[test]
    fn every_usual_time_cell_is_understood() {
        for (text, expected) in [
            ("Thường xuyên", "2023-01-01..2023-12-31 continuous"),
            ("Cả năm", "2023-01-01..2023-12-31"),
            ("Năm 2023", "2023-01-01..2023-12-31"),
            ("Quý II/2023", "2023-04-01..2023-06-30"),
            ("Quý 3 năm 2024", "2024-07-01..2024-09-30"),
            ("Quý I, II", "2023-01-01..2023-06-30"),
            ("Quý I - Quý III/2023", "2023-01-01..2023-09-30"),
            ("Trước 15/6", "-..2023-06-15"),
            ("Trước ngày 15/6/2023", "-..2023-06-15"),
            ("Chậm nhất ngày 30 tháng 9", "-..2023-09-30"),
            ("Trước ngày 05 tháng 12 năm 2023", "-..2023-12-05"),
            ("Tháng 3", "2023-03-01..2023-03-31"),
            ("Tháng 3/2023", "2023-03-01..2023-03-31"),
            ("Tháng 3 - 6/2023", "2023-03-01..2023-06-30"),
            ("Từ tháng 3 đến tháng 11/2023", "2023-03-01..2023-11-30"),
            ("Tháng 02, 5, 8", "2023-02-01..2023-08-31"),
            ("Hằng tháng", "2023-01-01..2023-12-31 monthly"),
            ("Hàng quý", "2023-01-01..2023-12-31 quarterly"),
            ("6 tháng đầu năm", "2023-01-01..2023-06-30"),
            ("6 tháng cuối năm 2023", "2023-07-01..2023-12-31"),
            ("Theo kế hoạch", "-..-"),
            ("Từ ngày 01/3 đến 30/11/2023", "2023-03-01..2023-11-30"),
            ("01/3/2023 - 30/11/2023", "2023-03-01..2023-11-30"),
            ("Trước ngày 20 hàng tháng", "2023-01-01..2023-12-31 monthly"),
            ("Trước tháng 6", "-..2023-06-30"),
            ("Từ tháng 4", "2023-04-01..2023-12-31"),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn a_sentence_tells_a_window_only_with_a_word_for_it() {
        let told = |text| {
            in_sentence(&Flat::of(text), Some(2023))
                .map(|w| (w.to.map(|d| d.to_string()), w.recurs))
        };
        assert_eq!(
            told("Xây dựng chuyên mục, hoàn thành trước ngày 30/4/2023."),
            Some((Some("2023-04-30".to_owned()), None))
        );
        assert_eq!(
            told("Hằng tháng, mỗi phòng viết 01 tin"),
            Some((Some("2023-12-31".to_owned()), Some(Recurrence::Monthly)))
        );
        assert_eq!(
            told("các nội dung trọng tâm, thường xuyên trong công tác"),
            None
        );
        assert_eq!(told("Quyết định ngày 29/12/2022 của Ủy ban nhân dân"), None);
        assert_eq!(told("quý vị đại biểu"), None);
    }
}
