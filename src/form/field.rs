//! The fields of the form: Livy's name of each, and the words beside it.

/// A field of `POST /sessions` (`CreateInteractiveRequest.scala` 22-39, 0.9.0): all 17 of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// `kind`
    Kind,
    /// `name`
    Name,
    /// `proxyUser`
    ProxyUser,
    /// `queue`
    Queue,
    /// `driverMemory`
    DriverMemory,
    /// `driverCores`
    DriverCores,
    /// `executorMemory`
    ExecutorMemory,
    /// `executorCores`
    ExecutorCores,
    /// `numExecutors`
    NumExecutors,
    /// `jars`
    Jars,
    /// `pyFiles`
    PyFiles,
    /// `files`
    Files,
    /// `archives`
    Archives,
    /// `idleTimeout`
    IdleTimeout,
    /// `ttl`
    Ttl,
    /// `heartbeatTimeoutInSecond`
    Heartbeat,
    /// `conf`
    Conf,
}

/// A group of fields under one heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// The session itself: language, name, owner.
    Session,
    /// The process that runs the interpreter.
    Driver,
    /// The processes that do the work.
    Executors,
    /// What is shipped to them.
    Files,
    /// When Livy ends it by itself.
    Lifetime,
    /// Everything else that Spark lets be set.
    Conf,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One of Livy's kinds.
    Choice,
    /// Free text.
    Text,
    /// An amount of memory with its unit.
    Memory,
    /// A length of time with its unit.
    Duration,
    /// A whole number.
    Count,
    /// Paths, a row each.
    Paths,
    /// Keys and values, a row each.
    Conf,
}

impl Group {
    /// In the order of the page.
    pub const ALL: [Self; 6] =
        [Self::Session, Self::Driver, Self::Executors, Self::Files, Self::Lifetime, Self::Conf];

    /// The heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Session => "Session",
            Self::Driver => "Driver",
            Self::Executors => "Executors",
            Self::Files => "Files and dependencies",
            Self::Lifetime => "Lifetime",
            Self::Conf => "Spark configuration",
        }
    }

    /// Its fields in the order of the page.
    pub fn fields(self) -> impl Iterator<Item = Field> {
        Field::ALL.into_iter().filter(move |it| it.group() == self)
    }
}

/// What is known of a field.
struct Entry {
    name: &'static str,
    label: &'static str,
    help: &'static str,
    shape: Shape,
    group: Group,
    /// The second number of the first Livy 0.x that takes it.
    since: u32,
}

/// In the order of [`Field::ALL`].
const ENTRIES: [Entry; 17] = [
    Entry {
        name: "kind",
        label: "Kind",
        help: "The default language of the session's statements.",
        shape: Shape::Choice,
        group: Group::Session,
        since: 1,
    },
    Entry {
        name: "name",
        label: "Name",
        help: "Must be unique on this server.",
        shape: Shape::Text,
        group: Group::Session,
        since: 2,
    },
    Entry {
        name: "proxyUser",
        label: "Proxy user",
        help: "Run the session as this user, if the server allows it.",
        shape: Shape::Text,
        group: Group::Session,
        since: 1,
    },
    Entry {
        name: "queue",
        label: "Queue",
        help: "YARN queue, for example default.",
        shape: Shape::Text,
        group: Group::Session,
        since: 2,
    },
    Entry {
        name: "driverMemory",
        label: "Driver memory",
        help: "For example 512m or 2g.",
        shape: Shape::Memory,
        group: Group::Driver,
        since: 1,
    },
    Entry {
        name: "driverCores",
        label: "Driver cores",
        help: "CPU cores of the driver, at least 1.",
        shape: Shape::Count,
        group: Group::Driver,
        since: 1,
    },
    Entry {
        name: "executorMemory",
        label: "Executor memory",
        help: "Per executor, for example 4g. Minimum 450m.",
        shape: Shape::Memory,
        group: Group::Executors,
        since: 1,
    },
    Entry {
        name: "executorCores",
        label: "Executor cores",
        help: "Per executor, at least 1.",
        shape: Shape::Count,
        group: Group::Executors,
        since: 1,
    },
    Entry {
        name: "numExecutors",
        label: "Executors",
        help: "Number of executors.",
        shape: Shape::Count,
        group: Group::Executors,
        since: 1,
    },
    Entry {
        name: "jars",
        label: "Jars",
        help: "Added to the class path of the driver and the executors.",
        shape: Shape::Paths,
        group: Group::Files,
        since: 1,
    },
    Entry {
        name: "pyFiles",
        label: "Python files",
        help: "Added to PYTHONPATH: .py, .zip or .egg.",
        shape: Shape::Paths,
        group: Group::Files,
        since: 1,
    },
    Entry {
        name: "files",
        label: "Files",
        help: "Copied to the working directory of each executor.",
        shape: Shape::Paths,
        group: Group::Files,
        since: 1,
    },
    Entry {
        name: "archives",
        label: "Archives",
        help: "Unpacked in the working directory of each executor (YARN only).",
        shape: Shape::Paths,
        group: Group::Files,
        since: 1,
    },
    Entry {
        name: "idleTimeout",
        label: "Idle timeout",
        help: "Ends the session after this time without a statement. Viewing it here doesn't count. Empty: server default.",
        shape: Shape::Duration,
        group: Group::Lifetime,
        since: 9,
    },
    Entry {
        name: "ttl",
        label: "Time to live",
        help: "Ends the session this long after it starts, even if it is busy.",
        shape: Shape::Duration,
        group: Group::Lifetime,
        since: 8,
    },
    Entry {
        name: "heartbeatTimeoutInSecond",
        label: "Heartbeat timeout, seconds",
        help: "Ends the session when no client has checked on it for this long, for example after you close this page. 0 = off.",
        shape: Shape::Count,
        group: Group::Lifetime,
        since: 3,
    },
    Entry {
        name: "conf",
        label: "Spark configuration",
        help: "Other Spark settings, for example spark.sql.shuffle.partitions.",
        shape: Shape::Conf,
        group: Group::Conf,
        since: 2,
    },
];

impl Field {
    /// In the order of the page.
    pub const ALL: [Self; 17] = [
        Self::Kind,
        Self::Name,
        Self::ProxyUser,
        Self::Queue,
        Self::DriverMemory,
        Self::DriverCores,
        Self::ExecutorMemory,
        Self::ExecutorCores,
        Self::NumExecutors,
        Self::Jars,
        Self::PyFiles,
        Self::Files,
        Self::Archives,
        Self::IdleTimeout,
        Self::Ttl,
        Self::Heartbeat,
        Self::Conf,
    ];

    fn entry(self) -> &'static Entry {
        &ENTRIES[self as usize]
    }

    /// Livy's name, which is also the control's.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// The field of that name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// The visible label.
    pub fn label(self) -> &'static str {
        self.entry().label
    }

    /// What it is for, in a sentence or two. A rule's own words are with the rule.
    pub fn help(self) -> &'static str {
        self.entry().help
    }

    /// What one row of it is called, as the button names it that adds one: "jar". Empty for a field without rows.
    pub fn row_noun(self) -> &'static str {
        match self {
            Self::Jars => "jar",
            Self::PyFiles => "Python file",
            Self::Files => "file",
            Self::Archives => "archive",
            Self::Conf => "setting",
            _ => "",
        }
    }

    /// What it holds.
    pub fn shape(self) -> Shape {
        self.entry().shape
    }

    /// Under which heading it stands.
    pub fn group(self) -> Group {
        self.entry().group
    }

    /// The second number of the first Livy 0.x that takes it (docs/protocol.md §1.1); an older one answers 400.
    pub fn since(self) -> u32 {
        self.entry().since
    }

    /// True for a list of texts, edited as rows.
    pub fn is_list(self) -> bool {
        self.shape() == Shape::Paths
    }

    /// True for what is edited as rows: a list, or the configuration.
    pub fn has_rows(self) -> bool {
        matches!(self.shape(), Shape::Paths | Shape::Conf)
    }

    /// The key of Spark's configuration that Livy sets from it, where it replaces the same key of `conf`
    /// (`InteractiveSession.scala` 103-115, 0.9.0).
    pub fn spark_key(self) -> Option<&'static str> {
        Some(match self {
            Self::DriverMemory => "spark.driver.memory",
            Self::DriverCores => "spark.driver.cores",
            Self::ExecutorMemory => "spark.executor.memory",
            Self::ExecutorCores => "spark.executor.cores",
            Self::NumExecutors => "spark.executor.instances",
            Self::Queue => "spark.yarn.queue",
            _ => return None,
        })
    }

    /// The field that replaces a key of Spark's configuration.
    pub fn by_spark_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.spark_key() == Some(key))
    }

    /// The key of Spark's configuration with which Livy merges a list (`Session.scala` 76-97, 0.9.0).
    pub fn merged_key(self) -> Option<&'static str> {
        Some(match self {
            Self::Jars => "spark.jars",
            Self::PyFiles => "spark.submit.pyFiles",
            Self::Files => "spark.files",
            Self::Archives => "spark.yarn.dist.archives",
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_told_apart_and_explained() {
        for (at, field) in Field::ALL.into_iter().enumerate() {
            assert_eq!((field as usize, Field::by_name(field.name())), (at, Some(field)));
            assert!(field.help().ends_with('.'), "{field:?}");
            assert_eq!(field.row_noun().is_empty(), !field.has_rows());
            assert_eq!(Field::ALL.iter().filter(|it| it.label() == field.label()).count(), 1);
        }
        assert_eq!(Group::ALL.into_iter().flat_map(Group::fields).collect::<Vec<_>>(), Field::ALL);
        assert_eq!(Field::by_name("foo"), None);
    }
}
