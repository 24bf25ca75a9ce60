//! The field of the form that a line of evidence concerns: a path stands in one of the request's lists, and a class that the
//! configuration names is missing because of that. It finds no causes.

use form::Field;
use livy::Session;
use serde_json::Value;

use super::Cause;

/// The lists of paths in a request.
const LISTS: [Field; 4] = [Field::Jars, Field::PyFiles, Field::Files, Field::Archives];

/// The field that `line` concerns, which shows `cause`; the `usual` one of the cause where the request does not say more.
pub(super) fn of(cause: Cause, usual: Option<Field>, line: &str, session: &Session) -> Option<Field> {
    let told = match cause {
        _ if usual == Some(Field::Files) => list_of(line, session),
        Cause::ClassMissing => conf(session).any(|it| names_class(line, it)).then_some(Field::Conf),
        // The application master of a session on YARN is its driver.
        Cause::ContainerMemory if line.contains("AM Container for ") => Some(Field::DriverMemory),
        Cause::ContainerTooLarge if line.contains("Required AM memory (") => Some(Field::DriverMemory),
        _ => None,
    };
    told.or(usual)
}

/// The list in which the path or the place of the line stands, or the configuration.
fn list_of(line: &str, session: &Session) -> Option<Field> {
    let holds = |field: &Field| {
        let items = session.field(field.name()).and_then(Value::as_array);
        items.into_iter().flatten().filter_map(Value::as_str).any(|it| speaks_of(line, it))
    };
    let in_conf = || {
        conf(session).any(|it| it.contains(['/', ':']) && it.split(',').any(|it| speaks_of(line, it.trim())))
    };
    LISTS.into_iter().find(holds).or_else(|| in_conf().then_some(Field::Conf))
}

/// True where the line names the path, the path within its host, as Spark does, or the scheme or host that nobody knows.
fn speaks_of(line: &str, path: &str) -> bool {
    // What follows a # is the name that an archive or file has in the container.
    let bare = path.split('#').next().unwrap_or(path);
    if names(line, bare) {
        return true;
    }
    let Some((scheme, rest)) = bare.split_once(':') else { return false };
    let rest = rest.trim_start_matches('/');
    let (host, within) = rest.split_once('/').unwrap_or((rest, ""));
    names(line, rest)
        || names(line, within)
        || line.contains("No FileSystem for scheme") && line.contains(&format!("\"{scheme}\""))
        || line.contains("UnknownHostException") && names(line, host.split(':').next().unwrap_or(host))
}

/// A text of a few letters may stand anywhere.
fn names(line: &str, text: &str) -> bool {
    text.len() > 3 && line.contains(text)
}

/// True where the value names the class that the line speaks of.
fn names_class(line: &str, value: &str) -> bool {
    value.split(',').map(str::trim).any(|it| it.contains('.') && !it.contains('/') && names(line, it))
}

fn conf(session: &Session) -> impl Iterator<Item = &str> {
    let entries = session.field(Field::Conf.name()).and_then(Value::as_object);
    entries.into_iter().flatten().filter_map(|it| it.1.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cause::book::cause_table;
    use serde_json::json;

    #[test]
    fn what_is_missing_belongs_to_the_list_that_asked_for_it() {
        let session = Session::from_json(json!({
            "id": 1, "jars": ["hdfs://nn:8020/lib/a.jar"], "pyFiles": ["local:///opt/b.py"], "files": [],
            "archives": ["s3a://bucket/env.tgz#env"],
            "conf": {"spark.files": "nosuch://x/y.txt", "spark.serializer": "no.such.Serializer"},
        }))
        .unwrap();
        let rows = [
            (Cause::FileMissing, "File does not exist: hdfs://nn:8020/lib/a.jar", Field::Jars),
            (Cause::FileMissing, "java.io.FileNotFoundException: /opt/b.py", Field::PyFiles),
            (Cause::FileMissing, "File s3a://bucket/env.tgz does not exist", Field::Archives),
            (Cause::FileMissing, "File /elsewhere does not exist", Field::Files),
            (Cause::PlaceUnknown, "java.net.UnknownHostException: bucket", Field::Archives),
            (Cause::PlaceUnknown, "java.net.UnknownHostException: nn", Field::Files),
            (
                Cause::PlaceUnknown,
                "UnsupportedFileSystemException: No FileSystem for scheme \"nosuch\"",
                Field::Conf,
            ),
            (Cause::ClassMissing, "java.lang.ClassNotFoundException: no.such.Serializer", Field::Conf),
            (Cause::ClassMissing, "java.lang.ClassNotFoundException: com.example.Job", Field::Jars),
            (Cause::QueueUnknown, "queue", Field::Queue),
            (
                Cause::ContainerMemory,
                "AM Container for appattempt_1 exited with exitCode: 137",
                Field::DriverMemory,
            ),
            (
                Cause::ContainerMemory,
                "Container is running beyond physical memory limits",
                Field::ExecutorMemory,
            ),
            (
                Cause::ContainerTooLarge,
                "Required AM memory (9216 MB) is above the max threshold (8192 MB)",
                Field::DriverMemory,
            ),
        ];
        for (cause, line, field) in rows {
            let usual = cause_table().find(|it| it.0 == cause).and_then(|it| it.1.field);
            assert_eq!(of(cause, usual, line, &session), Some(field), "{line}");
        }
    }
}
