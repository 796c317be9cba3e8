//! What a plan promised when it was issued, and how its amendments changed it, for public pages
//! and programs. Both come from the baselines, which nobody can change.

use base::Error;
use base::calendar::date_short;
use db::Conn;
use serde_json::{Value, json};
use web::Say;

use crate::plan::life::amendment::{Amendment, AmendmentState};
use crate::plan::life::amendment_store;
use crate::plan::life::difference::{Difference, Field, differences, sayings};
use crate::plan::life::difference_words::{DifferenceLine, lines, words};
use crate::plan::life::issue::{Scan, Signed};
use crate::plan::life::life_store::{self, Baseline};
use crate::plan::life::tree::{Tree, TreeActivity};
use crate::plan::plan::Plan;

/// What was promised and what changed.
pub(super) struct Promised {
    signed: Signed,
    first: Option<Baseline>,
    changes: Vec<Change>,
}

/// An amendment in force.
struct Change {
    amendment: Amendment,
    sha256: String,
    differences: Vec<Difference>,
}

/// An activity as it was promised.
pub(super) struct PromisedLine {
    pub no: String,
    pub title: String,
    pub target: String,
    pub lead: String,
    pub when: String,
}

/// An amendment as a page tells it.
pub(super) struct ChangeLine {
    pub name: String,
    pub reason: String,
    pub scan: Option<(String, String)>,
    pub differences: Vec<DifferenceLine>,
}

impl Promised {
    /// Loads it.
    ///
    /// # Faults
    /// A baseline is damaged.
    pub async fn load(conn: &mut Conn, plan: &Plan) -> Result<Self, Error> {
        let known = (plan.details.number.clone(), plan.details.issued_on);
        let signed = life_store::signed(conn, plan.id, known).await?;
        let all = life_store::baselines(conn, plan.id).await?;
        let at = |no: i64| all.iter().find(|found| found.no == no);
        let mut changes = Vec::new();
        for amendment in amendment_store::list(conn, plan.id).await? {
            let no = amendment.baseline_no.unwrap_or_default();
            if amendment.state == AmendmentState::InForce
                && let (Some(before), Some(after)) = (at(no - 1), at(no))
            {
                changes.push(Change {
                    differences: differences(&before.tree, &after.tree),
                    sha256: after.sha256.clone(),
                    amendment,
                });
            }
        }
        Ok(Self {
            signed,
            first: all.into_iter().next(),
            changes,
        })
    }

    /// SHA-256 of the plan as issued; empty when it was never kept.
    pub fn sha256(&self) -> String {
        let first = self.first.as_ref();
        first.map(|first| first.sha256.clone()).unwrap_or_default()
    }

    /// The signed scan: name and public address.
    pub fn scan(&self) -> Option<(String, String)> {
        self.signed.scan.as_ref().map(public_link)
    }

    /// Who signed.
    pub fn signer(&self) -> &str {
        &self.signed.signer
    }

    /// The activities as they were promised.
    pub fn lines(&self, say: &Say) -> Vec<PromisedLine> {
        let Some(first) = &self.first else {
            return Vec::new();
        };
        let all = first.tree.activities.iter();
        all.map(|activity| {
            let said = |field| {
                let found = sayings(&first.tree, Some(activity));
                let found = found.into_iter().find(|(own, _)| *own == field);
                found.map(|(_, said)| words(&said, say)).unwrap_or_default()
            };
            PromisedLine {
                no: activity.no.clone(),
                title: activity.details.title.clone(),
                target: said(Field::Target),
                lead: said(Field::LeadUnit),
                when: said(Field::Window),
            }
        })
        .collect()
    }

    /// The amendments in words, the first first.
    pub fn changes(&self, say: &Say) -> Vec<ChangeLine> {
        let each = self.changes.iter();
        each.map(|change| {
            let signed = &change.amendment.signed;
            let day = signed.day.map(date_short).unwrap_or_default();
            let name = [("number", signed.number.as_str()), ("day", &day)];
            ChangeLine {
                name: say.with("life-amendment-by", &name),
                reason: change.amendment.reason.clone(),
                scan: signed.scan.as_ref().map(public_link),
                differences: lines(&change.differences, say),
            }
        })
        .collect()
    }

    /// The same for programs: `promised` and `amendments`.
    pub fn json(&self) -> (Value, Value) {
        let promised = self.first.as_ref().map(|first| {
            let all = first.tree.activities.iter();
            json!({
                "sha256": first.sha256,
                "signer": self.signed.signer,
                "scan_sha256": self.signed.scan.as_ref().map(|scan| &scan.sha256),
                "activities": all.map(|found| activity(&first.tree, found)).collect::<Vec<_>>(),
            })
        });
        let each = self.changes.iter().map(|change| {
            let signed = &change.amendment.signed;
            json!({
                "number": signed.number,
                "decided_on": signed.day,
                "signer": signed.signer,
                "reason": change.amendment.reason,
                "scan_sha256": signed.scan.as_ref().map(|scan| &scan.sha256),
                "sha256": change.sha256,
                "differences": change.differences,
            })
        });
        (json!(promised), each.collect())
    }
}

fn activity(tree: &Tree, found: &TreeActivity) -> Value {
    let mut value = json!({"id": found.id, "no": found.no});
    for (field, said) in sayings(tree, Some(found)) {
        if let (Ok(Value::String(name)), false) = (serde_json::to_value(field), said.is_empty()) {
            value[name] = json!(said);
        }
    }
    value
}

fn public_link(scan: &Scan) -> (String, String) {
    (scan.name.clone(), format!("/tep/{}", scan.sha256))
}
