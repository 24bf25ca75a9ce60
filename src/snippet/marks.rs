//! The marks that notebooks and web pages put before each line of a text.

/// Takes away `# MAGIC ` and `> ` where every line has it, and bash's `> ` where it goes on with a command after its prompt:
/// notebooks saved as source, and pages that number or quote what they show, put a mark before each line.
pub(super) fn unmarked(text: &str) -> String {
    let prompted = |line: &str| {
        line.split_once("curl ").is_some_and(|it| it.0.trim_end_matches(' ').ends_with(['$', '#', '%']))
    };
    let prompted = text.lines().any(prompted);
    for mark in ["# MAGIC", ">"] {
        let marked = |it: &str| it.starts_with(mark) && !it.starts_with(">>> ") && !it.starts_with("... ");
        if prompted && mark == ">" || text.lines().all(|it| it.trim().is_empty() || marked(it)) {
            let bare = |it: &str| {
                // Python's prompt is its reader's to take away.
                let own = it.strip_prefix(mark).filter(|it| !it.starts_with(">> "));
                own.map_or(it, |it| it.strip_prefix(' ').unwrap_or(it)).to_owned()
            };
            return text.lines().map(bare).collect::<Vec<_>>().join("\n");
        }
    }
    text.to_owned()
}
