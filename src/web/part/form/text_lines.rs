//! A text of many lines, few of which change at a time. Each is an element of its own, so that a browser lays out only the lines
//! that have changed.

use web_sys::Element;

/// The lines that are in the page, in their order, each with the break that ends it.
#[derive(Default)]
pub struct TextLines {
    lines: Vec<(String, Element)>,
}

impl TextLines {
    /// Draws a text in `parent`, which has no other children and then has exactly this text content. Only lines between the first
    /// and the last one that differ are touched.
    pub fn draw(&mut self, parent: &Element, text: &str) {
        let Some(document) = parent.owner_document() else { return };
        let wanted: Vec<&str> = text.split_inclusive('\n').collect();
        let is_same = |(it, line): &(&(String, Element), &&str)| it.0 == **line;
        let head = self.lines.iter().zip(&wanted).take_while(is_same).count();
        let rest = self.lines.len().min(wanted.len()) - head;
        let tail = self.lines.iter().rev().zip(wanted.iter().rev()).take(rest).take_while(is_same).count();

        let stays = self.lines.split_off(self.lines.len() - tail);
        let mut spare = self.lines.split_off(head).into_iter();
        let next = stays.first().map(|it| it.1.clone());
        for line in wanted.get(head..wanted.len() - tail).unwrap_or_default() {
            let element = match spare.next() {
                Some((_, element)) => element,
                None => {
                    let Ok(element) = document.create_element("span") else { continue };
                    element.set_class_name("lc-text-line");
                    if parent.insert_before(&element, next.as_deref()).is_err() {
                        continue;
                    }
                    element
                }
            };
            element.set_text_content(Some(line));
            self.lines.push(((*line).to_owned(), element));
        }
        spare.for_each(|it| it.1.remove());
        self.lines.extend(stays);
    }
}
