//! Whether a document goes on where the last one of its tab has stopped, or is a copy beside it.
//!
//! A duplicated tab, or a page that another one opened, begins with a copy of the tab's storage. It must not send under the name
//! that the first one made up, nor look for, claim or repeat its create, while a reload of the first one must. So every
//! document has a token. The tab's storage says whose it was last, and whether that document has left; and while it lives, a
//! document holds a lock of the browser on its token, where the browser has locks (only in secure contexts).

/// What the tab's storage says of its last document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lineage {
    /// The document's token.
    pub document: String,
    /// True once it has left. A document that the browser may bring back as it was has not.
    pub has_left: bool,
}

/// How the lock on a token was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// This document has it now.
    Got,
    /// Another one has it, which lives.
    Taken,
    /// This browser, or this page, has no locks.
    Unknown,
}

/// What follows the token of a document that has left.
const LEFT: &str = " left";

impl Lineage {
    /// From the tab's storage; `None` for anything else.
    pub fn from_storage(text: &str) -> Option<Self> {
        let has_left = text.ends_with(LEFT);
        let document = text.strip_suffix(LEFT).unwrap_or(text);
        let is_token = !document.is_empty() && document.bytes().all(|it| it.is_ascii_hexdigit());
        is_token.then(|| Self { document: document.to_owned(), has_left })
    }

    /// For the tab's storage.
    pub fn to_storage(&self) -> String {
        format!("{}{}", self.document, if self.has_left { LEFT } else { "" })
    }

    /// The name of the lock on its token.
    pub fn lock(&self) -> String {
        format!("livy-console:document#{}", self.document)
    }

    /// True where the present document goes on with it. One that has not left, or cannot be shown to have, may still send.
    pub fn is_continued(&self, hold: Hold) -> bool {
        match hold {
            // It has left, or was ended with its process before it could say so.
            Hold::Got => true,
            Hold::Taken => false,
            Hold::Unknown => self.has_left,
        }
    }
}

/// A token for a document that continues no other, of random bits.
pub fn fresh_document(random: [u64; 2]) -> String {
    format!("{:016x}{:016x}", random[0], random[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reload_goes_on_and_a_copy_does_not() {
        let token = fresh_document([7, u64::MAX]);
        let at = |has_left| Lineage { document: token.clone(), has_left };
        for (has_left, hold, goes_on) in [
            (true, Hold::Got, true),
            (true, Hold::Unknown, true),
            // The process ended: nothing was left behind, and the lock is free.
            (false, Hold::Got, true),
            // Duplicated while the other one lives.
            (false, Hold::Taken, false),
            (false, Hold::Unknown, false),
            // Duplicated between a document and its reload: the other one was quicker.
            (true, Hold::Taken, false),
        ] {
            assert_eq!(at(has_left).is_continued(hold), goes_on, "{has_left} {hold:?}");
        }
    }

    #[test]
    fn storage_gives_back_what_it_got() {
        for has_left in [false, true] {
            let lineage = Lineage { document: fresh_document([1, 2]), has_left };
            assert_eq!(Lineage::from_storage(&lineage.to_storage()), Some(lineage));
        }
        for text in ["", " left", "link", "{\"a\":1}", "12 gone"] {
            assert_eq!(Lineage::from_storage(text), None, "{text:?}");
        }
    }
}
