//! Leading zeros of dates in words, by Decree 30.

use crate::text::words::{Token, tokens};

/// Places of day and month figures whose leading zero is against Decree 30, in characters, for
/// dates in words ("ngày 03 tháng 03 năm 2023": the second `03`).
///
/// Days below 10 and months 1 and 2 take a leading 0, months 3 to 9 do not. Dates in figures
/// (`06/03/2023`) are not judged: the rule is about the line of place and date.
/// Source: Nghị định 30/2020/NĐ-CP, Annex I.
pub fn date_zero_faults(text: &str) -> Vec<(usize, usize)> {
    let tokens = tokens(text);
    let mut faults = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        let Some(figure) = tokens.get(i + 1) else {
            break;
        };
        let is_faulty = if token.is("ngày") && is_month(&tokens, i + 2) {
            matches!(figure.small_number(), Some(1..=9)) && figure.n_digits() != 2
        } else if is_month(&tokens, i) && is_year(&tokens, i + 2) {
            match figure.small_number() {
                Some(1..=2) => figure.n_digits() != 2,
                Some(3..=9) => figure.n_digits() != 1,
                _ => false,
            }
        } else {
            false
        };
        if is_faulty {
            faults.push((figure.start, figure.end));
        }
    }
    faults
}

fn is_month(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| token.is("tháng"))
        && tokens
            .get(at + 1)
            .is_some_and(|figure| matches!(figure.small_number(), Some(1..=12)))
}

fn is_year(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| token.is("năm"))
        && tokens.get(at + 1).is_some_and(|y| y.n_digits() == 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faulty(text: &str) -> Vec<String> {
        date_zero_faults(text)
            .into_iter()
            .map(|(from, to)| text.chars().skip(from).take(to - from).collect())
            .collect()
    }

    #[test]
    fn a_zero_too_many_and_a_zero_too_few_are_both_found() {
        assert_eq!(faulty("Ngày  03 tháng 03 năm 2023 Sở"), ["03"]);
        assert_eq!(date_zero_faults("ngày 03 tháng 03 năm 2023"), [(14, 16)]);
        assert_eq!(faulty("ngày 3 tháng 3 năm 2023"), ["3"]);
        assert_eq!(faulty("ngày 9 tháng 1 năm 2023"), ["9", "1"]);
        assert_eq!(faulty("tháng 09 năm 2023"), ["09"]);
    }

    #[test]
    fn right_dates_and_dates_in_figures_are_left_alone() {
        for text in [
            "ngày 03 tháng 3 năm 2023",
            "ngày 29 tháng 12 năm 2022",
            "ngày 10 tháng 02 năm 2023",
            "06/03/2023, trong 03 tháng đầu năm 2023",
            "ngày 3 tháng",
            "",
        ] {
            assert_eq!(faulty(text), Vec::<String>::new(), "{text}");
        }
    }
}
