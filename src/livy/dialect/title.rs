//! What a page for people says: its title.

/// The text of the `<title>` element, or of `<Message>` in the XML of a cloud's gateway, with the five entities of XML resolved. Only
/// ever shown as text.
pub(crate) fn title(page: &str) -> String {
    // ASCII lower case keeps every byte offset.
    let lower = page.to_ascii_lowercase();
    let inner = ["title", "message"].into_iter().find_map(|tag| {
        let at = lower.find(&format!("<{tag}"))?;
        let start = at + lower[at..].find('>')? + 1;
        Some(&page[start..start + lower[start..].find(&format!("</{tag}"))?])
    });
    let mut text = inner.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    for (entity, character) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
    {
        text = text.replace(entity, character);
    }
    text.chars().take(200).collect()
}
