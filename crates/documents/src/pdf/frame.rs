//! What stands around the content: header cells, title, closing cells, annexes.

use base::Fault;

use super::script::{Script, points, quoted};
use crate::code::{Code, QUIET};
use crate::layout::{self, Element, Length, style};
use crate::lines::{balanced, widest};
use crate::paper::Paper;
use crate::wording::{self, capitals, line, words};

/// The header cells: issuer and number at the left, nation, motto and date at the right.
pub(super) fn head(script: &mut Script, paper: &Paper) {
    let words = words(paper);
    let fonts = script.fonts;
    let even =
        |element, name: &str| balanced(fonts, &capitals(name), &style(element), layout::HEAD_LEFT);
    let issuer = even(Element::Issuer, &paper.issuer);
    let width = widest(fonts, &issuer, &style(Element::Issuer));
    let mut left: Vec<String> = Vec::new();
    if let Some(superior) = &paper.superior {
        left.push(script.element(Element::Superior, &even(Element::Superior, superior)));
    }
    left.push(script.element(Element::Issuer, &issuer));
    left.push(rule(layout::issuer_rule(width)));
    let motto = script.fonts.width(words.motto, &style(Element::Motto));
    let right = [
        script.element(Element::Nation, words.nation),
        script.element(Element::Motto, words.motto),
        rule(motto),
    ];
    let number = wording::number_line(paper).unwrap_or_default();
    let number = script.element(Element::Number, &number);
    let date = script.element(Element::DateLine, &wording::date_line(paper));
    script.call(&format!(
        "cells({}, {}, {{ {} }}, {{ {} }}, lower({number}), lower({date}))",
        points(layout::HEAD_LEFT),
        points(layout::HEAD_RIGHT),
        left.join("; "),
        right.join("; "),
    ));
    script.call(&format!("v({})", points(layout::AFTER_HEAD)));
}

/// Kind, abstract, those addressed, legal bases.
pub(super) fn opening(script: &mut Script, paper: &Paper) {
    if !paper.kind.is_empty() {
        script.put(Element::Kind, &capitals(&paper.kind));
    }
    let set = style(Element::Abstract);
    let about = line(&paper.abstract_);
    let about = balanced(script.fonts, &about, &set, layout::TEXT_WIDTH);
    if !about.is_empty() {
        script.put(Element::Abstract, &about);
        let width = widest(script.fonts, &about, &set);
        script.call(&rule(layout::title_rule(width)));
    }
    addressees(script, paper);
    for basis in wording::closed(&paper.bases) {
        script.put(Element::Basis, &basis);
    }
}

fn addressees(script: &mut Script, paper: &Paper) {
    let label = words(paper).addressee;
    let all = wording::closed(&paper.addressees);
    if let [only] = all.as_slice() {
        script.put(Element::Addressee, &format!("{label} {only}"));
        return;
    }
    let leading = style(Element::Addressee).leading();
    for (at, one) in all.iter().enumerate() {
        if at == 0 {
            let indent = points(layout::ADDRESSEE_INDENT);
            let text = script.letters(label);
            script.call(&format!(
                "put(\"addressee\", {text}, place: left, indent: {indent})"
            ));
        }
        let indent = points(layout::ADDRESSEES_INDENT);
        let above = points(leading);
        let text = script.letters(&format!("- {one}"));
        script.call(&format!(
            "put(\"addressee\", {text}, place: left, indent: {indent}, above: {above})"
        ));
    }
}

/// More recipients than this are allowed to run on to the next page.
const WHOLE_RECIPIENTS_MAX: usize = 30;

/// The closing cells: recipients at the left, signature at the right; then the remark.
pub(super) fn closing(script: &mut Script, paper: &Paper) {
    let recipients = wording::recipients(paper);
    if !recipients.is_empty() || paper.signer.is_some() {
        let mut left = Vec::new();
        if !recipients.is_empty() {
            left.push(script.element(Element::RecipientsTitle, words(paper).recipients));
        }
        left.extend(
            recipients
                .iter()
                .map(|one| script.element(Element::Recipient, one)),
        );
        script.call(&format!(
            "cells({}, {}, above: {}, whole: {}, {{ {} }}, {{ {} }})",
            points(layout::CLOSING_LEFT),
            points(layout::CLOSING_RIGHT),
            points(layout::BEFORE_CLOSING),
            recipients.len() <= WHOLE_RECIPIENTS_MAX,
            left.join("; "),
            signature(script, paper).join("; "),
        ));
    }
    if let Some(note) = &paper.note {
        script.put(Element::Note, &line(note));
    }
}

fn signature(script: &Script, paper: &Paper) -> Vec<String> {
    let Some(signer) = &paper.signer else {
        return Vec::new();
    };
    let authority = signer.authority.iter();
    let offices = authority.chain(std::iter::once(&signer.title));
    let mut calls: Vec<String> = offices
        .map(|office| script.element(Element::Office, &capitals(office)))
        .collect();
    calls.push(format!("v({})", points(layout::SIGNATURE_ROOM)));
    calls.push(script.element(Element::SignerName, &line(&signer.name)));
    calls
}

/// The code after the signature: one path of all its dark stretches, and the line beside it.
pub(super) fn mark(script: &mut Script, paper: &Paper) -> Result<(), Fault> {
    let Some(mark) = &paper.mark else {
        return Ok(());
    };
    let code = Code::of(&mark.code)?;
    let modules = u32::try_from(code.width + 2 * QUIET).unwrap_or(u32::MAX);
    let module = layout::CODE_SIDE.in_points() / f64::from(modules);
    let at = |n: usize| format!("{:.4}pt", (n + QUIET) as f64 * module);
    let mut path = String::new();
    for (row, column, length) in code.stretches() {
        let (top, bottom) = (at(row), at(row + 1));
        let (left, right) = (at(column), at(column + length));
        path.push_str(&format!(
            "curve.move(({left}, {top})), curve.line(({right}, {top})), \
             curve.line(({right}, {bottom})), curve.line(({left}, {bottom})), curve.close(), "
        ));
    }
    let line = script.element(Element::Note, &line(&mark.line));
    script.call(&format!(
        "code({}, {}, {}, {{ {line} }}, {path})",
        points(layout::CODE_SIDE),
        points(layout::CODE_GAP),
        quoted(words(paper).code),
    ));
    Ok(())
}

/// The table of contents, on a page of its own between the signature and the annexes: the first
/// page of a paper belongs to the elements of the decree.
pub(super) fn contents(script: &mut Script, paper: &Paper) {
    let title = script.letters(&capitals(words(paper).contents));
    script.call(&format!("contents({title})"));
}

/// An annex on pages of its own.
pub(super) fn annex(script: &mut Script, paper: &Paper, at: usize) {
    let annex = &paper.annexes[at];
    let whole = if annex.landscape {
        layout::TEXT_WIDTH_LANDSCAPE
    } else {
        layout::TEXT_WIDTH
    };
    script.call(&format!("page(flipped: {})[", annex.landscape));
    script.put(Element::AnnexLabel, &wording::annex_label(paper, at));
    let title = capitals(&annex.title);
    let title = balanced(script.fonts, &title, &style(Element::AnnexTitle), whole);
    let title = script.letters(&title);
    script.call(&format!("annex-title({title})"));
    let reference = wording::annex_reference(paper);
    script.put(Element::AnnexReference, &reference);
    let width = script
        .fonts
        .width(&reference, &style(Element::AnnexReference));
    script.call(&rule(layout::title_rule(width)));
    script.body(&annex.body, whole, false);
    script.out.push_str("]\n");
}

fn rule(length: Length) -> String {
    format!("rule({})", points(length))
}
