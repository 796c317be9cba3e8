//! What two sequences have in common, in order: patience first (what stands once on both sides is
//! an anchor), then the exact longest common subsequence where little is left.

use std::collections::HashMap;
use std::hash::Hash;

/// Largest product of lengths for which the exact answer is worked out.
const EXACT_MAX: usize = 250_000;
/// Total work of one comparison, in elements looked at.
const BUDGET: usize = 4_000_000;

/// Places of equal elements, growing on both sides.
pub(super) fn common<T: Eq + Hash>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let mut finder = Finder {
        old,
        new,
        found: Vec::new(),
        budget: BUDGET,
    };
    let mut todo = vec![(Span::of(0, old.len()), Span::of(0, new.len()))];
    while let Some((a, b)) = todo.pop() {
        finder.compare(a, b, &mut todo);
    }
    finder.found.sort_unstable();
    finder.found
}

#[derive(Clone, Copy)]
struct Span {
    from: usize,
    to: usize,
}

impl Span {
    fn of(from: usize, to: usize) -> Self {
        Self { from, to }
    }

    fn len(self) -> usize {
        self.to - self.from
    }
}

struct Finder<'a, T> {
    old: &'a [T],
    new: &'a [T],
    found: Vec<(usize, usize)>,
    budget: usize,
}

impl<T: Eq + Hash> Finder<'_, T> {
    fn is_same(&self, a: usize, b: usize) -> bool {
        matches!((self.old.get(a), self.new.get(b)), (Some(x), Some(y)) if x == y)
    }

    fn compare(&mut self, mut a: Span, mut b: Span, todo: &mut Vec<(Span, Span)>) {
        while a.len() > 0 && b.len() > 0 && self.is_same(a.from, b.from) {
            self.found.push((a.from, b.from));
            (a.from, b.from) = (a.from + 1, b.from + 1);
        }
        while a.len() > 0 && b.len() > 0 && self.is_same(a.to - 1, b.to - 1) {
            (a.to, b.to) = (a.to - 1, b.to - 1);
            self.found.push((a.to, b.to));
        }
        if a.len() == 0 || b.len() == 0 {
            return;
        }
        let cost = a.len().saturating_mul(b.len());
        if cost <= EXACT_MAX && cost <= self.budget {
            self.budget -= cost;
            self.exact(a, b);
            return;
        }
        let Some(left) = self.budget.checked_sub(a.len() + b.len()) else {
            return;
        };
        self.budget = left;
        let anchors = self.anchors(a, b);
        if anchors.is_empty() {
            return;
        }
        let (mut from_a, mut from_b) = (a.from, b.from);
        for (at_a, at_b) in anchors {
            self.found.push((at_a, at_b));
            todo.push((Span::of(from_a, at_a), Span::of(from_b, at_b)));
            (from_a, from_b) = (at_a + 1, at_b + 1);
        }
        todo.push((Span::of(from_a, a.to), Span::of(from_b, b.to)));
    }

    /// The longest common subsequence by table.
    fn exact(&mut self, a: Span, b: Span) {
        let width = b.len() + 1;
        let mut table = vec![0_u32; (a.len() + 1) * width];
        let cell = |table: &[u32], i: usize, j: usize| {
            table.get(i * width + j).copied().unwrap_or_default()
        };
        for i in (0..a.len()).rev() {
            for j in (0..b.len()).rev() {
                let best = if self.is_same(a.from + i, b.from + j) {
                    cell(&table, i + 1, j + 1) + 1
                } else {
                    cell(&table, i + 1, j).max(cell(&table, i, j + 1))
                };
                if let Some(slot) = table.get_mut(i * width + j) {
                    *slot = best;
                }
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < a.len() && j < b.len() {
            if self.is_same(a.from + i, b.from + j) {
                self.found.push((a.from + i, b.from + j));
                (i, j) = (i + 1, j + 1);
            } else if cell(&table, i + 1, j) >= cell(&table, i, j + 1) {
                i += 1;
            } else {
                j += 1;
            }
        }
    }

    /// Elements that stand exactly once on both sides, as many as keep the same order.
    fn anchors(&self, a: Span, b: Span) -> Vec<(usize, usize)> {
        let once_in_old = once(self.old, a);
        let once_in_new = once(self.new, b);
        let mut pairs: Vec<(usize, usize)> = once_in_old
            .into_iter()
            .filter_map(|(element, at)| Some((at, *once_in_new.get(element)?)))
            .collect();
        pairs.sort_unstable();
        growing(&pairs)
    }
}

/// Where the elements stand that are in the span exactly once.
fn once<T: Eq + Hash>(all: &[T], span: Span) -> HashMap<&T, usize> {
    let mut seen: HashMap<&T, Option<usize>> = HashMap::new();
    for (at, element) in all.iter().enumerate().take(span.to).skip(span.from) {
        seen.entry(element)
            .and_modify(|place| *place = None)
            .or_insert(Some(at));
    }
    seen.into_iter()
        .filter_map(|(element, at)| Some((element, at?)))
        .collect()
}

/// The longest part of the pairs whose second places grow too.
fn growing(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // Smallest last pair of a run of each length, and for every pair the one before it.
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let second = |at: usize| pairs.get(at).map_or(0, |pair| pair.1);
    for (at, pair) in pairs.iter().enumerate() {
        let place = tails.partition_point(|tail| second(*tail) < pair.1);
        before.push(place.checked_sub(1).and_then(|p| tails.get(p).copied()));
        match tails.get_mut(place) {
            Some(tail) => *tail = at,
            None => tails.push(at),
        }
    }
    let mut run = Vec::with_capacity(tails.len());
    let mut next = tails.last().copied();
    while let Some(at) = next {
        run.extend(pairs.get(at).copied());
        next = before.get(at).copied().flatten();
    }
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_parts_are_equal_and_grow() {
        let old: Vec<u32> = (0..5_000).map(|n| n * 7 % 1_000).collect();
        let mut new = old.clone();
        new.drain(100..300);
        new.splice(2_000..2_000, [9_999, 9_998]);
        let pairs = common(&old, &new);
        assert!(pairs.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 < w[1].1));
        assert!(pairs.iter().all(|(a, b)| old[*a] == new[*b]));
        assert_eq!(common(&[1, 2, 3, 4], &[2, 4, 5]), [(1, 0), (3, 1)]);
    }

    #[test]
    fn moved_anchors_keep_the_longest_order() {
        let pairs = [(0, 5), (1, 0), (2, 1), (3, 9), (4, 2)];
        assert_eq!(growing(&pairs), [(1, 0), (2, 1), (4, 2)]);
    }

    #[test]
    fn large_unlike_sequences_are_given_up_at_once() {
        let old = vec![1_u8; 40_000];
        let mut new = vec![2_u8; 40_000];
        assert!(common(&old, &new).is_empty());
        new[0] = 1;
        assert_eq!(common(&old, &new), [(0, 0)]);
    }
}
