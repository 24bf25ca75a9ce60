//! Every field of `POST /sessions` in the order of the page (`CreateInteractiveRequest.scala` 22-39, 0.9.0): whatever is known of one
//! is in one place. What its text has to be is for `request.rs` to say, where the compiler asks for a new one.
//!
//! The other half of [`Field`], what is asked of it, is in `field.rs`.

use super::{Definition, Group, PLAIN, Shape};

/// Makes the enum, its list and the table of its definitions.
macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident { $($key:ident: $value:expr,)* })*) => {
        /// A field of `POST /sessions`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Field {
            $($(#[$doc])* $name,)*
        }

        impl Field {
            /// In the order of the page.
            pub const ALL: [Self; DEFINITIONS.len()] = [$(Self::$name,)*];
        }

        /// In the order of [`Field::ALL`].
        pub(super) const DEFINITIONS: &[Definition] = &[$(Definition { $($key: $value,)* ..PLAIN },)*];
    };
}

fields! {
    /// `kind`
    Kind {
        name: "kind",
        label: "Kind",
        help: "The default language of the session's statements.",
        shape: Shape::Choice,
        group: Group::Session,
        echoed: false,
    }
    /// `name`
    Name {
        name: "name",
        label: "Name",
        help: "Must be unique on this server.",
        shape: Shape::Text,
        group: Group::Session,
        since: 2,
        echoed: false,
    }
    /// `proxyUser`
    ProxyUser {
        name: "proxyUser",
        label: "Proxy user",
        help: "Run the session as this user, if the server allows it.",
        shape: Shape::Text,
        group: Group::Session,
    }
    /// `queue`
    Queue {
        name: "queue",
        label: "Queue",
        help: "YARN queue, for example default.",
        shape: Shape::Text,
        group: Group::Session,
        since: 2,
        spark_key: Some("spark.yarn.queue"),
    }
    /// `driverMemory`
    DriverMemory {
        name: "driverMemory",
        label: "Driver memory",
        help: "For example 512m or 2g.",
        shape: Shape::Memory,
        group: Group::Driver,
        spark_key: Some("spark.driver.memory"),
    }
    /// `driverCores`
    DriverCores {
        name: "driverCores",
        label: "Driver cores",
        help: "CPU cores of the driver, at least 1.",
        shape: Shape::Count,
        group: Group::Driver,
        spark_key: Some("spark.driver.cores"),
    }
    /// `executorMemory`
    ExecutorMemory {
        name: "executorMemory",
        label: "Executor memory",
        help: "Per executor, for example 4g. Minimum 450m.",
        shape: Shape::Memory,
        group: Group::Executors,
        spark_key: Some("spark.executor.memory"),
    }
    /// `executorCores`
    ExecutorCores {
        name: "executorCores",
        label: "Executor cores",
        help: "Per executor, at least 1.",
        shape: Shape::Count,
        group: Group::Executors,
        spark_key: Some("spark.executor.cores"),
    }
    /// `numExecutors`
    NumExecutors {
        name: "numExecutors",
        label: "Executors",
        help: "Number of executors.",
        shape: Shape::Count,
        group: Group::Executors,
        spark_key: Some("spark.executor.instances"),
    }
    /// `jars`
    Jars {
        name: "jars",
        label: "Jars",
        help: "Added to the class path of the driver and the executors.",
        shape: Shape::Paths,
        group: Group::Files,
        row_noun: "jar",
        merged_key: Some("spark.jars"),
    }
    /// `pyFiles`
    PyFiles {
        name: "pyFiles",
        label: "Python files",
        help: "Added to PYTHONPATH: .py, .zip or .egg.",
        shape: Shape::Paths,
        group: Group::Files,
        row_noun: "Python file",
        merged_key: Some("spark.submit.pyFiles"),
    }
    /// `files`
    Files {
        name: "files",
        label: "Files",
        help: "Copied to the working directory of each executor.",
        shape: Shape::Paths,
        group: Group::Files,
        row_noun: "file",
        merged_key: Some("spark.files"),
    }
    /// `archives`
    Archives {
        name: "archives",
        label: "Archives",
        help: "Unpacked in the working directory of each executor (YARN only).",
        shape: Shape::Paths,
        group: Group::Files,
        row_noun: "archive",
        merged_key: Some("spark.yarn.dist.archives"),
    }
    /// `idleTimeout`
    IdleTimeout {
        name: "idleTimeout",
        label: "Idle timeout",
        help: "Ends the session after this time without a statement. Viewing it here doesn't count. Empty: server default.",
        shape: Shape::Duration,
        group: Group::Lifetime,
        since: 9,
    }
    /// `ttl`
    Ttl {
        name: "ttl",
        label: "Time to live",
        help: "Ends the session this long after it starts, even if it is busy.",
        shape: Shape::Duration,
        group: Group::Lifetime,
        since: 8,
    }
    /// `heartbeatTimeoutInSecond`
    Heartbeat {
        name: "heartbeatTimeoutInSecond",
        label: "Heartbeat timeout, seconds",
        help: "Ends the session when no client has checked on it for this long, for example after you close this page. 0 = off.",
        shape: Shape::Count,
        group: Group::Lifetime,
        since: 3,
    }
    /// `conf`
    Conf {
        name: "conf",
        label: "Spark configuration",
        help: "Other Spark settings, for example spark.sql.shuffle.partitions.",
        shape: Shape::Conf,
        group: Group::Conf,
        since: 2,
        row_noun: "setting",
    }
}
