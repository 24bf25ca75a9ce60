//! What a page for people says: its title.

/// The text of the `<title>` element, or of `<Message>` in the XML of a cloud's gateway, with its entities resolved. Only
/// ever shown as text.
pub(crate) fn title(page: &str) -> String {
    // ASCII lower case keeps every byte offset.
    let lower = page.to_ascii_lowercase();
    let inner = ["title", "message"].into_iter().find_map(|tag| {
        let at = lower.find(&format!("<{tag}"))?;
        let start = at + lower[at..].find('>')? + 1;
        Some(&page[start..start + lower[start..].find(&format!("</{tag}"))?])
    });
    let text = inner.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    // Some write them twice: of what is wrong, and once more for the page.
    resolved(&resolved(&text)).chars().take(200).collect()
}

/// A text with the five entities of XML and characters by number as what they stand for; everything else stays.
pub(crate) fn resolved(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    let mut parts = text.split('&');
    all.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let entity = part.split_once(';').and_then(|(name, rest)| Some((character(name)?, rest)));
        match entity {
            Some((character, rest)) => {
                all.push(character);
                all.push_str(rest);
            }
            None => {
                all.push('&');
                all.push_str(part);
            }
        }
    }
    all
}

fn character(name: &str) -> Option<char> {
    match (name, name.strip_prefix('#')) {
        ("lt", _) => Some('<'),
        ("gt", _) => Some('>'),
        ("quot", _) => Some('"'),
        ("apos", _) => Some('\''),
        ("amp", _) => Some('&'),
        (_, Some(number)) => {
            let number = match number.strip_prefix(['x', 'X']) {
                Some(number) => u32::from_str_radix(number, 16),
                None => number.parse(),
            };
            char::from_u32(number.ok()?)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_what_they_stand_for() {
        let rows = [
            ("a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#x27; &apos;", "a <b> & \"c\" 'd' '"),
            ("&amp;quot;", "&quot;"),
            ("a & b; &nosuch; &#xD800; &;", "a & b; &nosuch; &#xD800; &;"),
            ("größe &", "größe &"),
        ];
        for (text, expected) in rows {
            assert_eq!(resolved(text), expected, "{text}");
        }
        assert_eq!(
            title("<TITLE>Error 500\n x[&amp;quot;output&amp;quot;]</TITLE>"),
            "Error 500 x[\"output\"]"
        );
        assert_eq!(title("<title>Bad &amp; broken</title>"), "Bad & broken");
    }
}
