//! Guides that come with Loa, as sets to begin from.

use base::Refusal;

use super::set_json::{self, SetFile};

/// A guide that comes with Loa.
#[derive(Clone, Copy, Debug)]
pub struct Guide {
    /// Its word in addresses and commands.
    pub name: &'static str,
    text: &'static str,
}

/// The guides.
///
/// Source: the scoring guide of the commune index of Xuân Lộc (Đồng Nai) of 08/2022, criterion 4, in
/// our own words. It has two defects that are kept as they are: its worked example is scored 0 by its
/// own rule, and the line of traditional forms is worth 0,5 while its words say "(1đ)".
pub const GUIDES: [Guide; 1] = [Guide {
    name: "xuan-loc-2022",
    text: include_str!("guides/xuan-loc-2022.json"),
}];

impl Guide {
    /// The guide of a name.
    pub fn named(name: &str) -> Option<Self> {
        GUIDES.into_iter().find(|guide| guide.name == name)
    }

    /// The guide as a set.
    ///
    /// # Refusals
    /// Never: a test reads every guide.
    pub fn read(self) -> Result<SetFile, Refusal> {
        set_json::read(self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criteria::arithmetic::findings;
    use crate::criteria::exact::dec;
    use crate::criteria::{Component, Input, Shown};

    fn component(file: &SetFile, no: &str) -> Component {
        let found = file.components().find(|component| component.no == no);
        found.cloned().unwrap()
    }

    #[test]
    fn the_example_of_xuan_loc_is_0_by_its_rule_and_0_8_by_its_example_and_both_are_shown() {
        let file = Guide::named("xuan-loc-2022").unwrap().read().unwrap();
        let degree = component(&file, "4.1");
        let four_of_five = Input::Figures {
            part: dec("4"),
            whole: dec("5"),
        };
        let both = degree.score(&four_of_five);
        assert_eq!(both.first.points, dec("0"));
        assert_eq!(
            both.first.working.last().map(|step| step.key),
            Some("criteria-work-floor")
        );
        assert_eq!(both.second.as_ref().map(|s| s.points), Some(dec("0.8")));
        assert!(both.differs());
        assert!(degree.second.unwrap().reason.contains("0,8"));
        let found = findings(&file.details, &file.areas);
        let example = found.iter().find(|found| found.code == "example-second");
        let values = &example.unwrap().values;
        assert_eq!(values[0], ("told", Shown::Number(dec("0.8"))));
        assert_eq!(values[1], ("rule", Shown::Number(dec("0"))));
    }

    #[test]
    fn the_1_beside_0_5_of_xuan_loc_is_a_finding_and_not_repaired() {
        let file = Guide::named("xuan-loc-2022").unwrap().read().unwrap();
        let found = findings(&file.details, &file.areas);
        let codes: Vec<&str> = found.iter().map(|found| found.code).collect();
        assert_eq!(codes, ["example-second", "told-points"]);
        let told = &found[1];
        assert_eq!((told.no.as_str(), told.kept.as_ref()), ("4.2", None));
        assert_eq!(told.values[0], ("told", Shown::Number(dec("1"))));
        assert_eq!(told.values[1], ("stated", Shown::Number(dec("0.5"))));
    }

    #[test]
    fn the_forms_of_xuan_loc_add_up_to_one() {
        let file = Guide::named("xuan-loc-2022").unwrap().read().unwrap();
        let forms = component(&file, "4.2");
        let score = |codes: &[&str]| {
            let codes = codes.iter().map(|code| (*code).to_owned()).collect();
            forms.score(&Input::Checked { codes }).first.points
        };
        assert_eq!(score(&["a", "b", "c"]), dec("1"));
        assert_eq!(score(&["b", "c"]), dec("0.75"));
        assert_eq!(score(&[]), dec("0"));
    }
}
