//! The fields of the form: Livy's name of each, and the words beside it.

/// A field of `POST /sessions` (`CreateInteractiveRequest.scala` 22-39, 0.9.0) that the form offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// `kind`
    Kind,
    /// `name`
    Name,
    /// `proxyUser`
    ProxyUser,
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
}

/// A group of fields under one heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// What it is and whose.
    Session,
    /// The process that runs the interpreter.
    Driver,
    /// The processes that do the work.
    Executors,
    /// What is shipped to them.
    Files,
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
    /// A whole number.
    Count,
    /// Paths, a row each.
    Paths,
}

impl Group {
    /// In the order of the page.
    pub const ALL: [Self; 4] = [Self::Session, Self::Driver, Self::Executors, Self::Files];

    /// The heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Session => "Session",
            Self::Driver => "Driver",
            Self::Executors => "Executors",
            Self::Files => "Files and dependencies",
        }
    }

    /// Its fields in the order of the page.
    pub fn fields(self) -> impl Iterator<Item = Field> {
        Field::ALL.into_iter().filter(move |it| it.group() == self)
    }
}

impl Field {
    /// In the order of the page.
    pub const ALL: [Self; 12] = [
        Self::Kind,
        Self::Name,
        Self::ProxyUser,
        Self::DriverMemory,
        Self::DriverCores,
        Self::ExecutorMemory,
        Self::ExecutorCores,
        Self::NumExecutors,
        Self::Jars,
        Self::PyFiles,
        Self::Files,
        Self::Archives,
    ];

    /// Livy's name, which is also the control's.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Name => "name",
            Self::ProxyUser => "proxyUser",
            Self::DriverMemory => "driverMemory",
            Self::DriverCores => "driverCores",
            Self::ExecutorMemory => "executorMemory",
            Self::ExecutorCores => "executorCores",
            Self::NumExecutors => "numExecutors",
            Self::Jars => "jars",
            Self::PyFiles => "pyFiles",
            Self::Files => "files",
            Self::Archives => "archives",
        }
    }

    /// The field of that name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// The visible label.
    pub fn label(self) -> &'static str {
        match self {
            Self::Kind => "Kind",
            Self::Name => "Name",
            Self::ProxyUser => "Proxy user",
            Self::DriverMemory => "Driver memory",
            Self::DriverCores => "Driver cores",
            Self::ExecutorMemory => "Executor memory",
            Self::ExecutorCores => "Executor cores",
            Self::NumExecutors => "Executors",
            Self::Jars => "Jars",
            Self::PyFiles => "Python files",
            Self::Files => "Files",
            Self::Archives => "Archives",
        }
    }

    /// What it is for, in a sentence or two. A rule's own words are with the rule.
    pub fn help(self) -> &'static str {
        match self {
            Self::Kind => "The language of the session. Statements may also name another one.",
            Self::Name => "How you will find it. No two sessions of a server share a name.",
            Self::ProxyUser => "Run as this user. Servers without impersonation ignore it.",
            Self::DriverMemory => "A whole number and k, m, g or t: 512m, 2g.",
            Self::DriverCores => "At least 1.",
            Self::ExecutorMemory => "For each executor, with its unit: 1000m, 4g. At least 450m.",
            Self::ExecutorCores => "For each executor, at least 1.",
            Self::NumExecutors => "How many to start.",
            Self::Jars => "Put on the Java class path of driver and executors.",
            Self::PyFiles => "Put on the PYTHONPATH: .py, .zip or .egg.",
            Self::Files => "Placed in the working directory of each executor.",
            Self::Archives => "Unpacked in the working directory of each executor. YARN only.",
        }
    }

    /// What it holds.
    pub fn shape(self) -> Shape {
        match self {
            Self::Kind => Shape::Choice,
            Self::Name | Self::ProxyUser => Shape::Text,
            Self::DriverMemory | Self::ExecutorMemory => Shape::Memory,
            Self::DriverCores | Self::ExecutorCores | Self::NumExecutors => Shape::Count,
            Self::Jars | Self::PyFiles | Self::Files | Self::Archives => Shape::Paths,
        }
    }

    /// Under which heading it stands.
    pub fn group(self) -> Group {
        match self {
            Self::Kind | Self::Name | Self::ProxyUser => Group::Session,
            Self::DriverMemory | Self::DriverCores => Group::Driver,
            Self::ExecutorMemory | Self::ExecutorCores | Self::NumExecutors => Group::Executors,
            Self::Jars | Self::PyFiles | Self::Files | Self::Archives => Group::Files,
        }
    }

    /// True for a list, edited as rows.
    pub fn is_list(self) -> bool {
        self.shape() == Shape::Paths
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_told_apart_and_explained() {
        for field in Field::ALL {
            assert_eq!(Field::by_name(field.name()), Some(field));
            assert!(field.help().ends_with('.'), "{field:?}");
            assert_eq!(Field::ALL.iter().filter(|it| it.label() == field.label()).count(), 1);
        }
        assert_eq!(Group::ALL.into_iter().flat_map(Group::fields).collect::<Vec<_>>(), Field::ALL);
        assert_eq!(Field::by_name("foo"), None);
    }
}
