//! The text that is selected in a console. Browsers disagree about a selection in a shadow root: the document's own is right in
//! Firefox alone, and the ways to read it that all current ones share came late.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Node, Range, Selection, ShadowRoot, window};

use crate::web::browser::surroundings::Surroundings;

/// A place in the document: a node, and how many of its units or children are before the place.
pub type Point = (Node, u32);

/// Where the selection began, and where it ends, which may be before.
pub fn ends() -> Option<(Point, Point)> {
    let root = Surroundings::here()?.root()?;
    let selection = selection()?;
    composed(&selection, &root).or_else(|| plain(own(&root).as_ref().unwrap_or(&selection)))
}

/// As Chrome 137, Firefox 142 and Safari 17 tell it (Selection API, `getComposedRanges`).
fn composed(selection: &Selection, root: &ShadowRoot) -> Option<(Point, Point)> {
    let ask: Function = property(selection, "getComposedRanges")?.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"shadowRoots".into(), &Array::of1(root)).ok()?;
    let asked = ask.call1(selection, &options).ok()?;
    let range = asked.dyn_into::<Array>().ok()?.get(0);
    let point = |node: &str, offset: &str| -> Option<Point> {
        let node: Node = property(&range, node)?.dyn_into().ok()?;
        Some((node, property(&range, offset)?.as_f64()? as u32))
    };
    let (start, end) = (point("startContainer", "startOffset")?, point("endContainer", "endOffset")?);
    let is_backward = property(selection, "direction").and_then(|it| it.as_string());
    Some(if is_backward.as_deref() == Some("backward") { (end, start) } else { (start, end) })
}

/// The root's own selection, which older versions of Chrome have.
fn own(root: &ShadowRoot) -> Option<Selection> {
    let ask: Function = property(root, "getSelection")?.dyn_into().ok()?;
    ask.call0(root).ok()?.dyn_into().ok()
}

fn plain(selection: &Selection) -> Option<(Point, Point)> {
    let anchor = (selection.anchor_node()?, selection.anchor_offset());
    Some((anchor, (selection.focus_node()?, selection.focus_offset())))
}

fn property(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(|it| !it.is_undefined() && !it.is_null())
}

fn selection() -> Option<Selection> {
    window()?.get_selection().ok().flatten()
}

/// The text nodes below a node with their lengths in units of UTF-16: a coloured line has several.
pub fn texts(node: &Node, pieces: &mut Vec<(Node, u32)>) {
    let units = |text: String| u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
    let mut child = node.first_child();
    while let Some(it) = child {
        if it.node_type() == Node::TEXT_NODE {
            pieces.push((it.clone(), it.node_value().map_or(0, units)));
        } else {
            texts(&it, pieces);
        }
        child = it.next_sibling();
    }
}

/// The place so many units of UTF-16 into the text of a node; `None` where it has less.
pub fn point_in(node: &Node, units: usize) -> Option<Point> {
    let (mut pieces, mut left) = (Vec::new(), u32::try_from(units).ok()?);
    texts(node, &mut pieces);
    for (text, length) in pieces {
        if left <= length {
            return Some((text, left));
        }
        left -= length;
    }
    None
}

/// Where a point is in the lines of a text: by the number that the row around it has in this attribute, and how many units of UTF-16 are
/// before it in the row. `None` outside of such a row.
pub fn place_in((node, offset): &Point, attribute: &str) -> Option<(u64, usize)> {
    let element = node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element())?;
    let row = element.closest(&format!("[{attribute}]")).ok().flatten()?;
    let before = range()?;
    before.select_node_contents(&row).ok()?;
    before.set_end(node, *offset).ok()?;
    let number = row.get_attribute(attribute)?.parse().ok()?;
    Some((number, String::from(before.to_string()).encode_utf16().count()))
}

/// Selects from one place to another.
pub fn select(from: &Point, to: &Point) {
    if let Some(selection) = selection() {
        // A browser that cannot select here leaves the selection as it is.
        let _ = selection.set_base_and_extent(&from.0, from.1, &to.0, to.1);
    }
}

/// Selects all that is in a node.
pub fn select_all(node: &Node) {
    select(&(node.clone(), 0), &(node.clone(), node.child_nodes().length()));
}

/// Selects nothing.
pub fn clear() {
    if let Some(selection) = selection() {
        let _ = selection.remove_all_ranges();
    }
}

/// True where some text is selected that begins or ends below this node.
pub fn touches(node: &Node) -> bool {
    ends()
        .is_some_and(|(start, end)| start != end && [start, end].iter().any(|it| node.contains(Some(&it.0))))
}

/// A new range, which selects nothing yet.
pub fn range() -> Option<Range> {
    window()?.document()?.create_range().ok()
}
