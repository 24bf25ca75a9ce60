//! The fields of the form: Livy's name of each, and the words beside it.

mod definition;

use crate::ClusterManager;
use definition::DEFINITIONS;
pub use definition::Field;

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
struct Definition {
    /// Livy's name, which is also the control's.
    name: &'static str,
    label: &'static str,
    help: &'static str,
    shape: Shape,
    group: Group,
    /// The second number of the first Livy 0.x that takes it (docs/protocol.md §1.1).
    since: u32,
    /// What one row is called, for a field with rows: "jar".
    row_noun: &'static str,
    /// The key of Spark's configuration that Livy sets from it.
    spark_key: Option<&'static str>,
    /// The key of Spark's configuration with which Livy merges a list.
    merged_key: Option<&'static str>,
    /// A session repeats it among its facts (`InteractiveSessionServlet.clientSessionView`, 0.9.0) as what was asked for. The kind and
    /// the name are the session's own, and other than asked for where Livy chose them.
    echoed: bool,
}

/// What most fields have in common.
const PLAIN: Definition = Definition {
    name: "",
    label: "",
    help: "",
    shape: Shape::Text,
    group: Group::Session,
    since: 1,
    row_noun: "",
    spark_key: None,
    merged_key: None,
    echoed: true,
};

impl Field {
    fn definition(self) -> &'static Definition {
        &DEFINITIONS[self as usize]
    }

    /// Livy's name, which is also the control's.
    pub fn name(self) -> &'static str {
        self.definition().name
    }

    /// The field of that name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// The visible label.
    pub fn label(self) -> &'static str {
        self.definition().label
    }

    /// What it is for, in a sentence or two. A rule's own words are with the rule.
    pub fn help(self) -> &'static str {
        self.definition().help
    }

    /// The same where the cluster manager is known: a queue and archives are for YARN (`InteractiveSession.scala`,
    /// `LivyConf.SPARK_ARCHIVES`, 0.9.0).
    pub(crate) fn help_on(self, manager: Option<ClusterManager>) -> &'static str {
        match (self, manager) {
            (Self::Queue, Some(it)) if it != ClusterManager::Yarn => "For YARN only.",
            (Self::Archives, Some(ClusterManager::Yarn)) => {
                "Unpacked in the working directory of each executor."
            }
            (Self::Archives, Some(_)) => {
                "For YARN only. Elsewhere, set spark.archives in the Spark configuration."
            }
            _ => self.help(),
        }
    }

    /// What one row of it is called, as the button names it that adds one: "jar". Empty for a field without rows.
    pub fn row_noun(self) -> &'static str {
        self.definition().row_noun
    }

    /// What it holds.
    pub fn shape(self) -> Shape {
        self.definition().shape
    }

    /// Under which heading it is.
    pub fn group(self) -> Group {
        self.definition().group
    }

    /// The second number of the first Livy 0.x that takes it (docs/protocol.md §1.1); an older one answers 400.
    pub fn since(self) -> u32 {
        self.definition().since
    }

    /// True for a list of texts, edited as rows.
    pub fn is_list(self) -> bool {
        self.shape() == Shape::Paths
    }

    /// True for what is edited as rows: a list, or the configuration.
    pub fn has_rows(self) -> bool {
        matches!(self.shape(), Shape::Paths | Shape::Conf)
    }

    /// True where a session repeats it as what was asked for: [`livy::Session::request`].
    pub fn is_echoed(self) -> bool {
        self.definition().echoed
    }

    /// The key of Spark's configuration that Livy sets from it, where it replaces the same key of `conf`
    /// (`InteractiveSession.scala` 103-115, 0.9.0).
    pub(crate) fn spark_key(self) -> Option<&'static str> {
        self.definition().spark_key
    }

    /// The field that replaces a key of Spark's configuration.
    pub fn by_spark_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.spark_key() == Some(key))
    }

    /// The key of Spark's configuration with which Livy merges a list (`Session.scala` 76-97, 0.9.0).
    pub(crate) fn merged_key(self) -> Option<&'static str> {
        self.definition().merged_key
    }

    /// The list with which Livy merges a key of Spark's configuration.
    pub fn by_merged_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.merged_key() == Some(key))
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

    /// The wire cannot know this package, so it keeps a list of its own.
    #[test]
    fn the_wire_tells_the_fields_that_a_session_echoes() {
        let echoed = Field::ALL.into_iter().filter(|it| it.is_echoed());
        assert_eq!(echoed.clone().count(), livy::Session::ECHOED.len());
        for field in echoed {
            assert!(livy::Session::ECHOED.contains(&field.name()), "{field:?}");
        }
    }
}
