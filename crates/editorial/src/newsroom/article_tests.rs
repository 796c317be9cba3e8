//! Rule tests of editions: who may do what, in which state.

use base::id::Uuid;
use base::{Role, Roles};

use super::*;

fn id<T: From<Uuid>>(n: u128) -> T {
    T::from(Uuid::from_u128(n))
}

fn person(n: u128, roles: &[Role]) -> Actor {
    Actor {
        account: id(n),
        agency: id(1),
        unit: None,
        name: format!("p{n}"),
        roles: Roles::of(roles),
    }
}

fn draft(by: &Actor) -> Edition {
    Edition {
        id: id(1),
        article: id(1),
        no: 1,
        state: State::Draft,
        genre: Genre::News,
        category: id(1),
        revision: id(1),
        created_by: by.account,
        submitted_by: None,
        published_by: None,
        published_at: None,
        is_forced: false,
        confirmed_by: None,
        change_note: String::new(),
        withdrawal: String::new(),
        version: 1,
        changed_at: 0,
    }
}

fn text() -> Text {
    Text {
        title: "Tiêu đề".to_owned(),
        lead: "Dẫn".to_owned(),
        author: "V.H".to_owned(),
        body: Doc::from_text("Nội dung"),
        image: None,
    }
}

fn revision(by: &Actor) -> Revision {
    Revision {
        id: id(1),
        no: 1,
        text: text(),
        sha256: "seen".to_owned(),
        is_sealed: true,
        saved_by: by.account,
        saved_at: 0,
    }
}

#[test]
fn who_submitted_or_wrote_it_cannot_publish_it() {
    let writer = person(1, &[Role::Writer]);
    let editor = person(2, &[Role::Editor]);
    let both = person(3, &[Role::Writer, Role::Editor]);
    let waiting = draft(&writer).submit(&writer, &text(), 1).unwrap();
    assert!(
        waiting
            .clone()
            .publish(&editor, &revision(&writer), "seen", 2)
            .is_ok()
    );
    let own = draft(&both).submit(&both, &text(), 1).unwrap();
    let code = own
        .publish(&both, &revision(&both), "seen", 2)
        .unwrap_err()
        .code();
    assert_eq!(code, "refusal-four-eyes");
    let code = waiting
        .clone()
        .publish(&both, &revision(&both), "seen", 2)
        .unwrap_err()
        .code();
    assert_eq!(
        code, "refusal-four-eyes",
        "who saved the text last is its writer"
    );
    let code = waiting
        .publish(&writer, &revision(&writer), "seen", 2)
        .unwrap_err()
        .code();
    assert_eq!(code, "refusal-role");
}

#[test]
fn nobody_publishes_a_text_they_have_not_seen() {
    let writer = person(1, &[Role::Writer]);
    let editor = person(2, &[Role::Editor]);
    let waiting = draft(&writer).submit(&writer, &text(), 1).unwrap();
    let refused = waiting.publish(&editor, &revision(&writer), "another", 2);
    assert_eq!(refused.unwrap_err(), Refusal::Stale);
}

#[test]
fn a_forced_release_waits_for_somebody_else() {
    let writer = person(1, &[Role::Writer]);
    let director = person(2, &[Role::Director]);
    let editor = person(3, &[Role::Editor]);
    assert!(draft(&writer).force(&editor, &text(), "gấp", 1).is_err());
    assert!(draft(&writer).force(&director, &text(), "", 1).is_err());
    let forced = draft(&writer)
        .force(&director, &text(), "bão gần bờ", 1)
        .unwrap();
    assert!(forced.awaits_confirmation());
    assert_eq!(
        forced
            .clone()
            .confirm(&director, &revision(&writer), 2)
            .unwrap_err()
            .code(),
        "refusal-four-eyes"
    );
    assert_eq!(
        forced
            .clone()
            .confirm(&editor, &revision(&editor), 2)
            .unwrap_err()
            .code(),
        "refusal-four-eyes",
        "who saved the text last is no second pair of eyes"
    );
    let confirmed = forced.confirm(&editor, &revision(&writer), 2).unwrap();
    assert!(!confirmed.awaits_confirmation());
}

#[test]
fn a_text_is_sent_only_when_it_is_complete_and_all_its_gaps_are_named() {
    let writer = person(1, &[Role::Writer]);
    let bad = Text {
        image: Some(Picture {
            file: FileRef::of([0; 32]),
            alt: "Ảnh minh họa".to_owned(),
            caption: "ảnh minh hoạ".to_owned(),
        }),
        ..Text::default()
    };
    let Err(Refusal::Invalid(problems)) = draft(&writer).submit(&writer, &bad, 1) else {
        panic!("an empty article was sent")
    };
    let fields: Vec<_> = problems.iter().filter_map(|p| p.field).collect();
    assert_eq!(
        fields,
        [
            "title",
            "lead",
            "author",
            "body_text",
            "image_alt",
            "image_caption"
        ]
    );
}

#[test]
fn every_deed_is_refused_in_every_other_state() {
    let writer = person(1, &[Role::Writer]);
    let editor = person(2, &[Role::Editor, Role::Director]);
    for state in State::ALL {
        let mut edition = draft(&writer);
        edition.state = state;
        edition.submitted_by = Some(writer.account);
        let allowed =
            |ok: bool, states: &[State]| assert_eq!(ok, states.contains(&state), "{state:?}");
        let open = [State::Draft, State::Returned];
        allowed(edition.clone().submit(&writer, &text(), 1).is_ok(), &open);
        allowed(
            edition.clone().recall(&writer, 1).is_ok(),
            &[State::Submitted],
        );
        allowed(
            edition.clone().give_back(&editor, "vì", 1).is_ok(),
            &[State::Submitted],
        );
        let published = edition
            .clone()
            .publish(&editor, &revision(&writer), "seen", 1);
        allowed(published.is_ok(), &[State::Submitted]);
        allowed(
            edition.clone().force(&editor, &text(), "gấp", 1).is_ok(),
            &[State::Draft, State::Returned, State::Submitted],
        );
        allowed(
            edition.clone().withdraw(&editor, "vì", 1).is_ok(),
            &[State::Published],
        );
    }
}
