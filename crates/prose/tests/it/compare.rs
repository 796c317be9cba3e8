//! Two documents side by side.

use proptest::prelude::*;
use prose::diff::{Change, Piece, compare};
use prose::{Doc, markup};

use crate::made_up::doc;

fn sides(changes: &[Change]) -> (Doc, Doc) {
    let (mut before, mut after) = (Doc::default(), Doc::default());
    for change in changes {
        match change.clone() {
            Change::Same(block) => {
                before.blocks.push(block.clone());
                after.blocks.push(block);
            }
            Change::Added(block) => after.blocks.push(block),
            Change::Removed(block) => before.blocks.push(block),
            Change::Changed {
                before: old,
                after: new,
                ..
            } => {
                before.blocks.push(old);
                after.blocks.push(new);
            }
        }
    }
    (before, after)
}

proptest! {
    #[test]
    fn a_comparison_holds_both_documents_whole(a in doc(), b in doc(), cut in 0..6_usize) {
        let mut mixed = a.clone();
        mixed.blocks.truncate(cut);
        mixed.blocks.extend(b.blocks.clone());
        for (x, y) in [(&a, &b), (&a, &mixed), (&mixed, &b)] {
            let changes = compare(x, y);
            prop_assert_eq!(sides(&changes), (x.clone(), y.clone()));
        }
    }
}

#[test]
fn a_reworked_paragraph_shows_its_words() {
    let before = markup::parse("Mở đầu\n\nTuyên truyền về cải cách năm 2022 tại sở\n\nBỏ đi");
    let after =
        markup::parse("Mở đầu\n\nTuyên truyền về cải cách hành chính năm 2023 tại sở\n\nKết");
    let changes = compare(&before, &after);
    assert!(matches!(changes[0], Change::Same(_)));
    let Change::Changed { pieces, .. } = &changes[1] else {
        panic!("{changes:?}");
    };
    let said: Vec<Piece> = vec![
        Piece::Same("Tuyên truyền về cải cách ".into()),
        Piece::Added("hành chính ".into()),
        Piece::Same("năm ".into()),
        Piece::Removed("2022".into()),
        Piece::Added("2023".into()),
        Piece::Same(" tại sở".into()),
    ];
    assert_eq!(pieces, &said);
    assert!(matches!(changes[2], Change::Removed(_)));
    assert!(matches!(changes[3], Change::Added(_)));
}

#[test]
fn a_new_look_alone_has_no_new_words() {
    let changes = compare(&markup::parse("a b c"), &markup::parse("a **b** c"));
    let Change::Changed { pieces, .. } = &changes[0] else {
        panic!("{changes:?}");
    };
    assert_eq!(pieces, &[Piece::Same("a b c".into())]);
}

#[test]
fn the_longest_documents_are_compared_too() {
    let long = |word: &str| markup::parse(&format!("{word} chữ\n\n").repeat(10_000));
    let changes = compare(&long("một"), &long("hai"));
    assert_eq!(changes.len(), 20_000);
    let one = |word: &str| markup::parse(&word.repeat(100_000));
    assert!(!compare(&one("a b "), &one("b c ")).is_empty());
}
