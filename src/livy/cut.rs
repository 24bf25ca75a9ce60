//! The text of a body, which need not be read to its end.

/// An answer that was not read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// How many bytes the whole answer has, where its head says so.
    pub size: Option<u64>,
}

impl Cut {
    /// The text of a body, as the browser's own `text()` reads it (Encoding Standard, "UTF-8 decode"), and of one that has more bytes than
    /// `limit`, its beginning. Such a body need not be here in full. `size`: of all of it, where that is known; one that can't be right is
    /// not believed.
    pub fn text(mut bytes: Vec<u8>, limit: usize, size: Option<u64>) -> (String, Option<Self>) {
        let size = size.filter(|it| *it > limit as u64);
        let cut = (bytes.len() > limit).then_some(Self { size });
        if cut.is_some() {
            bytes.truncate(limit);
            // A character may begin before the limit and end behind it.
            if let Err(error) = std::str::from_utf8(&bytes)
                && error.error_len().is_none()
            {
                bytes.truncate(error.valid_up_to());
            }
        }
        if bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
            bytes.drain(..3);
        }
        let text = String::from_utf8(bytes);
        (text.unwrap_or_else(|it| String::from_utf8_lossy(it.as_bytes()).into_owned()), cut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_cut_between_two_characters() {
        let read = |bytes: &[u8], limit| Cut::text(bytes.to_vec(), limit, Some(9));
        let cut = Some(Cut { size: Some(9) });
        assert_eq!(read("aö😀b".as_bytes(), 8), ("aö😀b".to_owned(), None), "what fits is whole");
        for (limit, text) in
            [(7, "aö😀"), (6, "aö"), (5, "aö"), (4, "aö"), (3, "aö"), (2, "a"), (1, "a"), (0, "")]
        {
            assert_eq!(read("aö😀b".as_bytes(), limit), (text.to_owned(), cut), "{limit}");
        }
        assert_eq!(read(b"\xef\xbb\xbfab", 9).0, "ab");
        assert_eq!(read(b"\xef\xbb\xbfab", 4).0, "a");
        // What is no UTF-8 is read as the browser reads it.
        assert_eq!(read(b"a\xffb", 9).0, "a\u{fffd}b");
        assert_eq!(read(b"a\xffbc", 3), ("a\u{fffd}b".to_owned(), cut));
        assert_eq!(read(b"a\xc3", 9), ("a\u{fffd}".to_owned(), None));
    }
}
