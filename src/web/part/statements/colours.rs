//! Colours of the code of a statement. They are decoration: nothing is said by them alone, and the code stays one plain text.

use console::{CodeToken, TokenKind, code_tokens};
use js_sys::Array;
use leptos::html;
use leptos::prelude::*;
use livy::Kind;
use web_sys::{Element, Node};

use crate::web::browser::highlight::{Marks, fixed_range};
use crate::web::browser::selection::texts;
use crate::web::browser::sight;
use crate::web::browser::surroundings::frame;
use crate::web::reactive::{Seen, effect};

/// The names under which the style knows them.
const NAMES: [(TokenKind, &str); 4] = [
    (TokenKind::Comment, "lc-code-comment"),
    (TokenKind::Text, "lc-code-text"),
    (TokenKind::Number, "lc-code-number"),
    (TokenKind::Keyword, "lc-code-keyword"),
];

/// Below every mark that says something.
const PRIORITY: i32 = -1;

/// Colours the code in an element while it is in sight. Without a language it stays plain.
pub fn keep_coloured(element: NodeRef<html::Pre>, code: Seen<Option<String>>, language: Seen<Option<Kind>>) {
    if !Marks::are_known() {
        return;
    }
    let marks = NAMES.map(|it| (it.0, Marks::new(it.1, PRIORITY)));
    let is_seen = RwSignal::new(false);
    effect(move || {
        if let Some(element) = element.get() {
            sight::of(&element, move |it| {
                // Gone with what was drawn.
                let _ = is_seen.try_set(it);
            });
        }
    });
    effect(move || {
        code.track();
        let language = language.get().filter(|_| is_seen.get());
        // Once it is drawn.
        frame(move || {
            let Some(Some(element)) = element.try_get_untracked() else { return };
            let code = code.try_get_untracked().flatten();
            let tokens = code.zip(language).map_or_else(Vec::new, |(code, it)| code_tokens(&code, it));
            for (kind, marks) in marks {
                marks.mark(ranges(&element, tokens.iter().filter(|it| it.kind == kind)));
            }
        });
    });
}

/// A range for each token.
fn ranges<'a>(element: &Element, tokens: impl Iterator<Item = &'a CodeToken>) -> Array {
    let ranges = Array::new();
    let mut tokens = tokens.peekable();
    if tokens.peek().is_none() {
        return ranges;
    }
    let mut pieces: Vec<(Node, u32)> = Vec::new();
    texts(element, &mut pieces);
    let [(text, length)] = pieces.as_slice() else { return ranges };
    for token in tokens.filter(|it| it.place.end <= *length) {
        if let Some(range) = fixed_range(text, token.place.start, token.place.end) {
            ranges.push(&range);
        }
    }
    ranges
}
