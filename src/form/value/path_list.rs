//! Paths out of a pasted text: a path in each line, or the lists that command lines and programs write. Nothing here judges a
//! path.

/// The paths of a text: one in each line, or several where a line joins them with commas, as `--jars hdfs:///a.jar,hdfs:///b.jar`
/// and `["/a.jar", "/b.jar"]` do. A line is parted only where every piece begins like a path, for a comma may belong to a name.
pub fn path_list(text: &str) -> Vec<String> {
    text.lines().flat_map(of_line).collect()
}

fn of_line(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = match line.split_once([' ', '=']) {
        Some((option, rest)) if option.starts_with("--") => rest.trim_start(),
        _ => line,
    };
    let inner = line.trim_matches(|it: char| matches!(it, '[' | ']' | ',') || it.is_whitespace());
    if inner.is_empty() {
        return Vec::new();
    }
    let pieces: Vec<&str> = inner.split(',').map(unquoted).collect();
    if pieces.iter().all(|it| begins_like_a_path(it)) {
        return pieces.into_iter().map(str::to_owned).collect();
    }
    vec![line.to_owned()]
}

fn unquoted(piece: &str) -> &str {
    let piece = piece.trim();
    let inner = |quote: char| piece.strip_prefix(quote)?.strip_suffix(quote);
    inner('"').or_else(|| inner('\'')).unwrap_or(piece)
}

/// A root or a scheme (RFC 3986 §3.1).
fn begins_like_a_path(piece: &str) -> bool {
    let scheme = piece.split_once(':').map_or("", |(scheme, _)| scheme);
    let has_scheme = scheme.starts_with(|it: char| it.is_ascii_alphabetic())
        && scheme.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '+' | '-' | '.'));
    piece.starts_with('/') || has_scheme
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_lists_are_parted_and_names_with_commas_are_not() {
        let rows: [(&str, &[&str]); 9] = [
            ("hdfs:///a.jar\n\n  /b.jar \r\n", &["hdfs:///a.jar", "/b.jar"]),
            ("--jars hdfs:///a.jar,s3a://b/c.jar", &["hdfs:///a.jar", "s3a://b/c.jar"]),
            ("--py-files=/a.py, /b.py", &["/a.py", "/b.py"]),
            ("[\"/a.jar\", '/b.jar']", &["/a.jar", "/b.jar"]),
            ("[\n  \"/a.jar\",\n  \"/b.jar\"\n]", &["/a.jar", "/b.jar"]),
            ("hdfs:///a,b.jar", &["hdfs:///a,b.jar"]),
            ("lib/a.jar", &["lib/a.jar"]),
            ("", &[]),
            ("  \n ", &[]),
        ];
        for (text, expected) in rows {
            assert_eq!(path_list(text), expected, "{text:?}");
        }
    }
}
