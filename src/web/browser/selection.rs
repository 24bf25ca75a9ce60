//! The text that is selected in the page.

use web_sys::{Node, Range, Selection, window};

/// The browser's selection.
pub fn selection() -> Option<Selection> {
    window()?.get_selection().ok().flatten()
}

/// True where some text is selected that begins or ends below this node.
pub fn touches(node: &Node) -> bool {
    let ends = |it: &Selection| [it.anchor_node(), it.focus_node()];
    selection()
        .is_some_and(|it| !it.is_collapsed() && ends(&it).iter().any(|end| node.contains(end.as_ref())))
}

/// A new range, which selects nothing yet.
pub fn range() -> Option<Range> {
    window()?.document()?.create_range().ok()
}
