use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

/// A store as the database is one: full tiles, and for the edge the leaves or the roots below.
#[derive(Default)]
struct Shelf {
    leaves: Vec<Hash>,
    full: BTreeMap<(u32, u64), Tile>,
    edge: Edge,
}

impl Shelf {
    fn of(leaves: impl IntoIterator<Item = Hash>) -> Self {
        let mut shelf = Self::default();
        for leaf in leaves {
            shelf.leaves.push(leaf);
            for tile in shelf.edge.push(leaf) {
                shelf.full.insert((tile.level, tile.index), tile);
            }
        }
        shelf
    }

    fn numbered(n: u64) -> Self {
        Self::of((0..n).map(|i| leaf_hash(&i.to_be_bytes())))
    }
}

impl HashStore for Shelf {
    fn tile(&self, tile: TileRef) -> Result<Vec<Hash>, Fault> {
        if let Some(full) = self.full.get(&(tile.level, tile.index)) {
            return Ok(full.hashes.clone());
        }
        let first = tile.index * TILE_WIDTH;
        if tile.level == 0 {
            return Ok(self.leaves[first as usize..(first + tile.width) as usize].to_vec());
        }
        Ok((first..first + tile.width)
            .map(|i| self.full[&(tile.level - 1, i)].root())
            .collect())
    }
}

/// RFC 6962 section 2.1, word for word, with no cleverness to share a mistake with.
fn plain_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [one] => *one,
        many => {
            let mut k = 1;
            while k * 2 < many.len() {
                k *= 2;
            }
            node_hash(plain_root(&many[..k]), plain_root(&many[k..]))
        }
    }
}

#[test]
fn the_known_trees_of_certificate_transparency_have_the_known_roots() {
    let leaves = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ];
    let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let hashes: Vec<Hash> = leaves
        .iter()
        .map(|leaf| leaf_hash(&hex::decode(leaf).unwrap()))
        .collect();
    let shelf = Shelf::of(hashes.iter().copied());
    for (n, expected) in roots.iter().enumerate() {
        assert_eq!(root(n as u64, &shelf).unwrap().to_hex(), *expected, "{n}");
        assert_eq!(plain_root(&hashes[..n]).to_hex(), *expected, "{n}");
    }
}

#[test]
fn every_tree_up_to_300_leaves_grows_and_reads_as_the_law_says() {
    let shelf = Shelf::numbered(300);
    let mut edge = Edge::new();
    for n in 0..=300 {
        let expected = plain_root(&shelf.leaves[..n]);
        assert_eq!(edge.root(), expected, "{n}");
        assert_eq!(root(n as u64, &shelf).unwrap(), expected, "{n}");
        assert_eq!(Edge::load(n as u64, &shelf).unwrap().root(), expected);
        if n < 300 {
            edge.push(shelf.leaves[n]);
        }
    }
}

#[test]
fn every_leaf_of_every_tree_up_to_130_leaves_is_proved_and_no_other() {
    let shelf = Shelf::numbered(130);
    for size in 1..=130 {
        let root = root(size, &shelf).unwrap();
        for index in 0..size {
            let proof = Parts::inclusion(index, size)
                .unwrap()
                .resolve(size, &shelf)
                .unwrap();
            let leaf = shelf.leaves[index as usize];
            assert!(verify_inclusion(leaf, index, size, &proof, root));
            assert!(!verify_inclusion(leaf, index ^ 1, size, &proof, root));
            assert!(!verify_inclusion(empty_root(), index, size, &proof, root));
            let longer = [proof.as_slice(), &[leaf]].concat();
            assert!(!verify_inclusion(leaf, index, size, &longer, root));
            if !proof.is_empty() {
                assert!(!verify_inclusion(leaf, index, size, &proof[1..], root));
            }
        }
        assert!(Parts::inclusion(size, size).is_none());
    }
}

#[test]
fn every_two_sizes_up_to_130_are_proved_consistent_and_nothing_else_is() {
    let shelf = Shelf::numbered(130);
    let other = Shelf::of((0..130u64).map(|i| leaf_hash(format!("{i}").as_bytes())));
    for new in 0..=130 {
        let new_root = root(new, &shelf).unwrap();
        for old in 0..=new {
            let old_root = root(old, &shelf).unwrap();
            let proof = Parts::consistency(old, new)
                .unwrap()
                .resolve(new, &shelf)
                .unwrap();
            assert!(verify_consistency((old, old_root), (new, new_root), &proof));
            if old > 0 {
                let foreign = root(old, &other).unwrap();
                assert!(!verify_consistency((old, foreign), (new, new_root), &proof));
                assert!(!verify_consistency((old, old_root), (new, foreign), &proof));
            }
            for i in 0..proof.len() {
                let mut wrong = proof.clone();
                wrong[i] = empty_root();
                assert!(!verify_consistency(
                    (old, old_root),
                    (new, new_root),
                    &wrong
                ));
            }
        }
        assert!(Parts::consistency(new + 1, new).is_none());
    }
}

#[test]
fn a_tree_of_70_000_leaves_has_the_tiles_that_the_tile_standard_counts() {
    let shelf = Shelf::numbered(70_000);
    let full = |level| shelf.full.keys().filter(|(l, _)| *l == level).count();
    assert_eq!((full(0), full(1), full(2)), (273, 1, 0));
    let edge: Vec<_> = Edge::tiles(70_000)
        .iter()
        .map(|t| (t.level, t.index, t.width))
        .collect();
    assert_eq!(edge, [(0, 273, 112), (1, 1, 17), (2, 0, 1)]);
    let proof = Parts::inclusion(66_000, 70_000).unwrap();
    assert!(proof.tiles(70_000).len() <= 6, "{:?}", proof.tiles(70_000));
    let hashes = proof.resolve(70_000, &shelf).unwrap();
    let root = shelf.edge.root();
    assert!(verify_inclusion(
        shelf.leaves[66_000],
        66_000,
        70_000,
        &hashes,
        root
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn proofs_hold_in_trees_of_any_size(size in 1u64..5_000, a in any::<u64>(), b in any::<u64>()) {
        let shelf = Shelf::numbered(size);
        let head = root(size, &shelf).unwrap();
        prop_assert_eq!(head, plain_root(&shelf.leaves));
        let index = a % size;
        let proof = Parts::inclusion(index, size).unwrap().resolve(size, &shelf).unwrap();
        prop_assert!(verify_inclusion(shelf.leaves[index as usize], index, size, &proof, head));
        let old = b % (size + 1);
        let proof = Parts::consistency(old, size).unwrap().resolve(size, &shelf).unwrap();
        prop_assert!(verify_consistency((old, root(old, &shelf).unwrap()), (size, head), &proof));
    }

    #[test]
    fn no_made_up_proof_makes_the_checks_panic(
        index in any::<u64>(), size in any::<u64>(), hashes in proptest::collection::vec(any::<[u8; 32]>(), 0..70)
    ) {
        let proof: Vec<Hash> = hashes.into_iter().map(Hash::from).collect();
        prop_assert!(!verify_inclusion(empty_root(), index, size, &proof, empty_root()));
        verify_consistency((index, empty_root()), (size, empty_root()), &proof);
    }
}
