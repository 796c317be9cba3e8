//! Asking the units what they think of a draft (*lấy ý kiến*), and what becomes of their answers.

use base::id::{PlanId, RowId, UnitId};
use base::limits::TEXT_CHARS_MAX;
use base::{Problem, Refusal};
use jiff::civil::Date;
use web::Form;

/// What a unit says of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It agrees.
    Agree,
    /// It agrees and asks for changes.
    AgreeWithRemarks,
    /// It thinks otherwise.
    Disagree,
}

impl Answer {
    /// Every answer, in the order of the form.
    pub const ALL: [Answer; 3] = [Answer::Agree, Answer::AgreeWithRemarks, Answer::Disagree];

    /// The word that tables and forms use.
    pub fn as_str(self) -> &'static str {
        match self {
            Answer::Agree => "agree",
            Answer::AgreeWithRemarks => "agree_with_remarks",
            Answer::Disagree => "disagree",
        }
    }

    /// The answer of a word, if there is one.
    pub fn parse(word: &str) -> Option<Answer> {
        Answer::ALL.into_iter().find(|found| found.as_str() == word)
    }
}

/// One round of asking every unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Its row.
    pub id: RowId,
    /// Its plan.
    pub plan: PlanId,
    /// Which round of the plan, from 1.
    pub no: i64,
    /// The last day to answer.
    pub deadline: Date,
    /// What the units are told.
    pub note: String,
    /// When they were asked, milliseconds since 1970.
    pub asked_at: i64,
    /// When it was ended.
    pub ended_at: Option<i64>,
}

/// What one unit was asked and said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// Its row.
    pub id: RowId,
    /// The unit.
    pub unit: UnitId,
    /// What it says; nothing until it answers.
    pub answer: Option<Answer>,
    /// Its remarks.
    pub text: String,
    /// Who answered, by name.
    pub answered_by: String,
    /// When, milliseconds since 1970.
    pub answered_at: Option<i64>,
    /// Whether its remarks were taken over, once that is decided.
    pub is_taken: Option<bool>,
    /// What the officer says to them.
    pub reply: String,
}

impl Opinion {
    /// Whether the officer still owes it a word.
    pub fn is_unresolved(&self) -> bool {
        self.is_taken.is_none() && matches!(self.answer, Some(answer) if answer != Answer::Agree)
    }
}

/// What a round asks for: its last day and what the units are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// The last day to answer.
    pub deadline: Date,
    /// What the units are told.
    pub note: String,
}

impl Asking {
    /// Reads the form of a new round.
    ///
    /// # Refusals
    /// No day, or one that is over.
    pub fn of(form: &Form, today: Date) -> Result<Self, Refusal> {
        let mut check = form.check();
        let deadline = check.date("deadline");
        if form.value("deadline").trim().is_empty() {
            check.missing("deadline");
        }
        if deadline.is_some_and(|day| day < today) {
            check.add(Problem::at("deadline", "life-deadline-over"));
        }
        let note = check.text("note", TEXT_CHARS_MAX);
        check.done()?;
        Ok(Self {
            deadline: deadline.ok_or(Refusal::NotFound)?,
            note,
        })
    }
}

/// What a unit answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answering {
    /// What it says.
    pub answer: Answer,
    /// Its remarks; empty when it simply agrees.
    pub text: String,
}

impl Answering {
    /// Reads the form of an answer.
    ///
    /// # Refusals
    /// No answer; remarks without their words.
    pub fn of(form: &Form) -> Result<Self, Refusal> {
        let mut check = form.check();
        let answer = Answer::parse(form.value("answer"));
        if answer.is_none() {
            check.add(Problem::at("answer", "field-choice"));
        }
        let mut text = check.text("text", TEXT_CHARS_MAX);
        match answer {
            Some(Answer::Agree) => text.clear(),
            Some(_) if text.is_empty() => check.add(Problem::at("text", "life-remarks-missing")),
            _ => {}
        }
        check.done()?;
        Ok(Self {
            answer: answer.ok_or(Refusal::NotFound)?,
            text,
        })
    }
}

/// What the officer decides on a unit's remarks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// Whether they are taken over.
    pub is_taken: bool,
    /// Why not, or how.
    pub reply: String,
}

impl Resolution {
    /// Reads the form of a resolution.
    ///
    /// # Refusals
    /// No choice; remarks put aside without a reason.
    pub fn of(form: &Form) -> Result<Self, Refusal> {
        let mut check = form.check();
        let is_taken = match form.value("taken") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        let reply = check.text("reply", TEXT_CHARS_MAX);
        match is_taken {
            None => check.add(Problem::at("taken", "field-choice")),
            Some(false) if reply.is_empty() => {
                check.add(Problem::at("reply", "life-reply-missing"));
            }
            Some(_) => {}
        }
        check.done()?;
        Ok(Self {
            is_taken: is_taken.ok_or(Refusal::NotFound)?,
            reply,
        })
    }
}

/// Whether a draft may go on to the director: every remark of its rounds has found its word.
///
/// # Refusals
/// `life-unresolved` with how many have not.
pub fn all_resolved(opinions: &[Opinion]) -> Result<(), Refusal> {
    let n = opinions
        .iter()
        .filter(|opinion| opinion.is_unresolved())
        .count();
    if n == 0 {
        return Ok(());
    }
    let problem = Problem::of("life-unresolved").with("number", n);
    Err(Refusal::Invalid(vec![problem]))
}

/// An opinion that a unit still owes.
#[derive(Clone, Debug)]
pub struct AwaitedOpinion {
    /// The plan.
    pub plan: PlanId,
    /// Its title.
    pub title: String,
    /// The unit.
    pub unit: UnitId,
    /// The number of the round.
    pub round: i64,
    /// The last day of the round.
    pub deadline: Date,
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::id::Uuid;
    use jiff::civil::date;

    fn form(values: &[(&'static str, &str)]) -> Form {
        let values = values.iter();
        Form::filled(values.map(|(name, value)| (*name, (*value).to_owned())))
    }

    fn field(refusal: Refusal) -> Option<&'static str> {
        let Refusal::Invalid(problems) = refusal else {
            panic!("{refusal:?}")
        };
        assert_eq!(problems.len(), 1, "{problems:?}");
        problems.first().and_then(|problem| problem.field)
    }

    #[test]
    fn a_round_ends_on_a_day_that_is_to_come() {
        let today = date(2023, 2, 1);
        let of = |day: &str| Asking::of(&form(&[("deadline", day)]), today);
        assert_eq!(of("01/02/2023").unwrap().deadline, today);
        for wrong in ["31/01/2023", "", "hôm nọ"] {
            assert_eq!(field(of(wrong).unwrap_err()), Some("deadline"), "{wrong}");
        }
    }

    #[test]
    fn who_does_not_simply_agree_says_what() {
        let of = |answer, text| Answering::of(&form(&[("answer", answer), ("text", text)]));
        assert_eq!(of("agree", "thừa").unwrap().text, "");
        for answer in ["agree_with_remarks", "disagree"] {
            assert_eq!(field(of(answer, " ").unwrap_err()), Some("text"));
            assert_eq!(of(answer, "Bớt một tin").unwrap().text, "Bớt một tin");
        }
        assert_eq!(field(of("maybe", "gì đó").unwrap_err()), Some("answer"));
    }

    #[test]
    fn remarks_are_put_aside_only_with_a_reason() {
        let of = |taken, reply| Resolution::of(&form(&[("taken", taken), ("reply", reply)]));
        assert!(of("yes", "").unwrap().is_taken);
        assert_eq!(field(of("no", "").unwrap_err()), Some("reply"));
        assert!(!of("no", "Trái quy định").unwrap().is_taken);
        assert_eq!(field(of("", "Có").unwrap_err()), Some("taken"));
    }

    #[test]
    fn a_draft_waits_for_every_remark_but_not_for_the_silent() {
        let opinion = |answer, is_taken| Opinion {
            id: RowId::from(Uuid::nil()),
            unit: UnitId::from(Uuid::nil()),
            answer,
            text: String::new(),
            answered_by: String::new(),
            answered_at: None,
            is_taken,
            reply: String::new(),
        };
        let fine = [
            opinion(None, None),
            opinion(Some(Answer::Agree), None),
            opinion(Some(Answer::Disagree), Some(false)),
        ];
        assert_eq!(all_resolved(&fine), Ok(()));
        let owed = [opinion(Some(Answer::AgreeWithRemarks), None)];
        assert_eq!(all_resolved(&owed).unwrap_err().code(), "life-unresolved");
    }
}
