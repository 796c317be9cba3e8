//! Whom a plan speaks to.

use super::flat::Flat;

/// Groups of people as plans name them; longer names first where one begins with another.
const GROUPS: [(&str, &str); 27] = [
    ("can bo", "cán bộ"),
    ("cong chuc", "công chức"),
    ("vien chuc", "viên chức"),
    ("nguoi lao dong", "người lao động"),
    ("nguoi dan", "người dân"),
    ("nhan dan", "nhân dân"),
    ("cong dan", "công dân"),
    ("ca nhan", "cá nhân"),
    ("to chuc", "tổ chức"),
    ("doanh nghiep", "doanh nghiệp"),
    ("hop tac xa", "hợp tác xã"),
    ("ho kinh doanh", "hộ kinh doanh"),
    ("dang vien", "đảng viên"),
    ("doan vien", "đoàn viên"),
    ("hoi vien", "hội viên"),
    ("thanh nien", "thanh niên"),
    ("phu nu", "phụ nữ"),
    ("hoc sinh", "học sinh"),
    ("sinh vien", "sinh viên"),
    ("luc luong vu trang", "lực lượng vũ trang"),
    ("chien si", "chiến sĩ"),
    ("dong bao dan toc thieu so", "đồng bào dân tộc thiểu số"),
    ("nha dau tu", "nhà đầu tư"),
    ("co quan bao chi", "cơ quan báo chí"),
    ("phong vien", "phóng viên"),
    ("bao cao vien", "báo cáo viên"),
    ("tuyen truyen vien", "tuyên truyền viên"),
];

/// Adds the groups a text names to a list that holds none twice, in the order of the text.
pub fn add_from(flat: &Flat<'_>, audiences: &mut Vec<String>) {
    let mut found: Vec<(usize, &str)> = GROUPS
        .iter()
        .filter_map(|(words, name)| first_as_people(flat, words).map(|at| (at, *name)))
        .collect();
    found.sort_unstable();
    for (_, name) in found {
        if !audiences.iter().any(|a| a == name) {
            audiences.push(name.to_owned());
        }
    }
}

/// First place where the words mean people: "tổ chức" is also a verb, "nhân dân" also part of the
/// name of a committee, "cán bộ" and "thanh niên" parts of names of bodies.
fn first_as_people(flat: &Flat<'_>, words: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(start) = flat.find_from(words, at) {
        at = start + words.len();
        let before = flat.view(start.saturating_sub(10), start).trim_end();
        let after = flat.view(at, at + 12).trim_start();
        let is_people = match words {
            "to chuc" => {
                let joined = before.ends_with(',')
                    || before.ends_with("va")
                    || before.ends_with("cac")
                    || before.ends_with("-");
                const NEXT: [&str; 7] = [
                    "va ",
                    "doi ",
                    "doanh",
                    "di ",
                    "chinh tri",
                    "ca nhan",
                    "tren",
                ];
                [", ca nhan", ", doanh ngh", "va ca nhan", "- ca nhan"]
                    .iter()
                    .any(|w| after.starts_with(w))
                    || joined
                        && (after.is_empty()
                            || after.starts_with([',', ';', '.', ')', '-'])
                            || NEXT.iter().any(|w| after.starts_with(w)))
            }
            // "tập thể, cá nhân" are praised, not addressed.
            "ca nhan" => !before.ends_with("tap the,") && !before.ends_with("tap the"),
            "nhan dan" => {
                !before.ends_with("ban") && !before.ends_with("dong") && !before.ends_with("toa an")
            }
            "thanh nien" | "phu nu" => !before.ends_with("doan") && !before.ends_with("hoi"),
            _ => true,
        };
        if is_people {
            return Some(start);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_told_from_verbs_and_committees() {
        let mut audiences = Vec::new();
        add_from(
            &Flat::of(
                "khen thưởng tập thể, cá nhân; tổ chức hội nghị cho công chức, viên chức và người lao động; Ủy ban nhân dân; người dân, tổ chức, doanh nghiệp",
            ),
            &mut audiences,
        );
        assert_eq!(
            audiences,
            [
                "công chức",
                "viên chức",
                "người lao động",
                "người dân",
                "tổ chức",
                "doanh nghiệp"
            ]
        );
    }
}
