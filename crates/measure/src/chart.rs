//! Bars over years as a picture: a group for each line, a bar for each year, the longest as wide as
//! there is room. Pages draw it with `chart.html`, with the table behind it: heights in CSS pixels and
//! widths in parts of the room, so that its words are as large on a phone as on a desk.

/// Height of a bar.
pub const BAR: i64 = 16;
const HEAD: i64 = 26;
const GAP: i64 = 14;

/// The picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// Its height.
    pub height: i64,
    /// Its groups, from above.
    pub groups: Vec<Group>,
}

/// The bars of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Where its name stands.
    pub y: i64,
    /// Its bars, from above.
    pub bars: Vec<Bar>,
}

/// One bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What stands before it: the year.
    pub label: String,
    /// What stands behind it: the amount, as people read it.
    pub text: String,
    /// Its upper edge.
    pub y: i64,
    /// How long it is, in tenths of a percent of the room.
    pub permille: i64,
}

/// What a bar shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// What stands before it: the year.
    pub label: String,
    /// The amount, in any unit that all share.
    pub amount: i64,
    /// The amount as people read it.
    pub text: String,
}

/// The picture of lines, each a name with its amounts; the room is that of `most`.
pub fn bars(lines: &[(String, Vec<Amount>)], most: i64) -> Chart {
    let most = most.max(1);
    let mut y = 0;
    let mut groups = Vec::with_capacity(lines.len());
    for (name, amounts) in lines {
        let top = y + HEAD;
        let bars: Vec<Bar> = amounts
            .iter()
            .zip(0..)
            .map(|(one, place)| {
                let y = top + place * (BAR + 2);
                Bar {
                    label: one.label.clone(),
                    text: one.text.clone(),
                    y,
                    permille: one.amount.clamp(0, most).saturating_mul(1_000) / most,
                }
            })
            .collect();
        y = top + i64::try_from(bars.len()).unwrap_or(0) * (BAR + 2) + GAP;
        groups.push(Group {
            name: name.clone(),
            y: top - 8,
            bars,
        });
    }
    Chart {
        height: y.max(1),
        groups,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_keep_their_proportion_and_stay_in_the_picture() {
        let line = |name: &str, amounts: &[i64]| {
            let amounts = amounts.iter().zip(2022..).map(|(amount, year)| Amount {
                label: year.to_string(),
                amount: *amount,
                text: amount.to_string(),
            });
            (name.to_owned(), amounts.collect())
        };
        let made = bars(&[line("a", &[10, 5]), line("b", &[0, 20])], 20);
        let widths: Vec<i64> = made
            .groups
            .iter()
            .flat_map(|group| group.bars.iter().map(|bar| bar.permille))
            .collect();
        assert_eq!(widths, [500, 250, 0, 1_000]);
        let all = made.groups.iter().flat_map(|group| &group.bars);
        assert!(all.clone().all(|bar| bar.y + BAR <= made.height));
        let mut tops: Vec<i64> = all.map(|bar| bar.y).collect();
        tops.dedup();
        assert!(tops.windows(2).all(|pair| pair[0] + BAR < pair[1]));
        assert_eq!(bars(&[], 0).groups.len(), 0);
    }
}
