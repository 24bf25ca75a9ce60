//! The kinds of a session.

/// Livy's own word for a kind (core `Kind.scala` 40-47).
pub(crate) fn canonical_kind(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "spark" | "scala" => "spark",
        "pyspark" | "python" => "pyspark",
        "sparkr" | "r" => "sparkr",
        "sql" => "sql",
        "shared" => "shared",
        _ => return None,
    })
}
