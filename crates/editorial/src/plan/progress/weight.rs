//! Points as parts of a hundred.

/// What each of these points is of all of them, in hundredths of a per cent. They add up to exactly
/// 10,000: what rounding down leaves goes to the largest remainders, of equal ones to the first
/// (the method of the largest remainder). No points at all, or none above 0, weigh nothing.
pub fn normalised(points: &[i64]) -> Vec<i64> {
    const ALL: i128 = super::ALL_DONE as i128;
    let points: Vec<i128> = points.iter().map(|n| i128::from((*n).max(0))).collect();
    let total: i128 = points.iter().sum();
    if total == 0 {
        return vec![0; points.len()];
    }
    let mut parts: Vec<i128> = points.iter().map(|n| n * ALL / total).collect();
    let left = usize::try_from(ALL - parts.iter().sum::<i128>()).unwrap_or(0);
    let mut order: Vec<(usize, i128)> =
        points.iter().map(|n| n * ALL % total).enumerate().collect();
    order.sort_by_key(|(_, remainder)| std::cmp::Reverse(*remainder));
    for (place, _) in order.into_iter().take(left) {
        if let Some(part) = parts.get_mut(place) {
            *part += 1;
        }
    }
    parts
        .into_iter()
        .map(|part| i64::try_from(part).unwrap_or(0))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn thirds_add_up_to_a_hundred() {
        assert_eq!(normalised(&[1, 1, 1]), [3_334, 3_333, 3_333]);
        assert_eq!(
            normalised(&[1, 5, 1]),
            [1_429, 7_143, 1_428],
            "the largest remainder first, of equal ones the first"
        );
        assert_eq!(normalised(&[10, 20, 30, 40]), [1_000, 2_000, 3_000, 4_000]);
        assert_eq!(normalised(&[]), Vec::<i64>::new());
    }

    proptest! {
        #[test]
        fn weights_always_add_up_to_exactly_a_hundred(
            points in proptest::collection::vec(1i64..1_000, 1..600),
        ) {
            let parts = normalised(&points);
            prop_assert_eq!(parts.iter().sum::<i64>(), 10_000);
            let total: i64 = points.iter().sum();
            for (part, n) in parts.iter().zip(&points) {
                let exact = n * 10_000 / total;
                prop_assert!(*part == exact || *part == exact + 1);
            }
        }
    }
}
