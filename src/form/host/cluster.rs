//! The key by which a host tells one of its clusters from another: in addresses, attributes and what the browser keeps.

/// The most characters of a key.
const MOST: usize = 40;

/// True for a key: 1 to 40 of `a` to `z`, `0` to `9` and `-`.
pub fn is_cluster_key(text: &str) -> bool {
    let fits = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
    (1..=MOST).contains(&text.len()) && text.bytes().all(fits)
}
