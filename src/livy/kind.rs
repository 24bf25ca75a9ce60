//! The interpreters a session can be made for.

/// A session's kind, as Livy 0.5 and later know it (core `Kind.scala` 40-47, 0.9.0). Case-sensitive on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Scala.
    Spark,
    /// Python.
    PySpark,
    /// R.
    SparkR,
    /// SQL alone.
    Sql,
    /// No interpreter is chosen: every statement names its own.
    Shared,
}

impl Kind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Spark, Self::PySpark, Self::SparkR, Self::Sql, Self::Shared];

    /// Livy's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Spark => "spark",
            Self::PySpark => "pyspark",
            Self::SparkR => "sparkr",
            Self::Sql => "sql",
            Self::Shared => "shared",
        }
    }

    /// Reads Livy's word or one of the aliases it takes (`scala`, `python`, `r`). `None` for all else: Livy answers 400.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "scala" => Some(Self::Spark),
            "python" => Some(Self::PySpark),
            "r" => Some(Self::SparkR),
            _ => Self::ALL.into_iter().find(|it| it.as_str() == text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_aliases() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(Kind::parse("scala"), Some(Kind::Spark));
        assert_eq!(Kind::parse("python"), Some(Kind::PySpark));
        assert_eq!(Kind::parse("r"), Some(Kind::SparkR));
        for wrong in ["PYSPARK", "pyspark3", "", " spark"] {
            assert_eq!(Kind::parse(wrong), None, "{wrong:?}");
        }
    }
}
