//! Settings of Spark as the request of a session: from a `spark-submit` command, a properties file, a program, or an object.

use super::Found;
use super::term::Term;
use form::Field;

/// Keys that a session cannot set: Livy chooses the cluster and the deploy mode itself.
const OF_THE_SERVER: [&str; 3] = ["spark.master", "spark.submit.deployMode", "spark.remote"];

/// The settings in the order in which they count: of a key that is set twice, the last value is taken.
pub(super) type Settings = Vec<(String, Term)>;

/// The field that has the meaning of a key.
fn field_of(key: &str) -> Option<Field> {
    match key {
        "spark.app.name" => Some(Field::Name),
        "spark.submit.proxyUser" => Some(Field::ProxyUser),
        _ => Field::by_name(key).or_else(|| Field::by_spark_key(key)).or_else(|| Field::by_merged_key(key)),
    }
}

/// The request that settings make. A key that has a field goes there, the others to `conf`.
///
/// # Errors
/// A sentence, where a session takes none of them.
pub(super) fn request(settings: Settings, found: &mut Found) -> Result<Term, String> {
    let (mut entries, mut conf) = (Vec::new(), Vec::new());
    for (key, value) in settings {
        if OF_THE_SERVER.contains(&key.as_str()) {
            found.not_used(&key);
            continue;
        }
        match (field_of(&key), value) {
            (Some(list), Term::Text(text)) if list.is_list() => {
                // What a command would print has commas of its own.
                let separator = if text.contains("$(") { '\n' } else { ',' };
                let items = text.split(separator).map(str::trim).filter(|it| !it.is_empty());
                let items = items.map(|it| Term::Text(it.to_owned())).collect();
                set(&mut entries, list.name(), Term::List(items));
            }
            (Some(field), value) => set(&mut entries, field.name(), value),
            (None, value) => set(&mut conf, &key, value),
        }
    }
    let is_read = |it: &(String, Term)| !matches!(it.1, Term::Unknown(_));
    let any = entries.iter().chain(&conf).any(is_read);
    if !conf.is_empty() {
        entries.push((Field::Conf.name().to_owned(), Term::Object(conf)));
    }
    if !any {
        return Err(["No value for a session is written in ", found.source, "."].concat());
    }
    found.keeps_kind = true;
    Ok(Term::Object(entries))
}

/// Sets a key: one that is there already gets the new value in its place.
fn set(entries: &mut Settings, key: &str, value: Term) {
    match entries.iter_mut().find(|it| it.0 == key) {
        Some(entry) => entry.1 = value,
        None => entries.push((key.to_owned(), value)),
    }
}

/// True for an object of Spark's own keys, as programs and notebooks keep them.
pub(super) fn are_settings(value: &Term) -> bool {
    value.entries().iter().any(|it| it.0.starts_with("spark."))
}

/// Settings in the lines of `spark-defaults.conf`, or of another list of keys and values. `None` where most lines are something else.
pub(super) fn of_lines(text: &str, found: &mut Found) -> Option<Result<Term, String>> {
    let (mut settings, mut unread, mut spark) = (Settings::new(), Vec::new(), false);
    let mut lines = text.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        let mut whole = line.to_owned();
        // A line that ends in a backslash goes on in the next one.
        while whole.ends_with('\\')
            && !whole.trim_start().starts_with(['#', '!'])
            && let Some((_, next)) = lines.next()
        {
            whole.pop();
            whole.push_str(next.trim_start());
        }
        let Some((key, value)) = form::conf_line(&whole) else { continue };
        let is_key = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '_' | '-' | '*');
        if key.contains('.') && key.chars().all(is_key) && (!value.is_empty() || whole.contains('=')) {
            spark |= key.starts_with("spark.");
            settings.push((key, Term::Text(value)));
        } else {
            unread.push((at + 1).to_string());
        }
    }
    if !spark || unread.len() > settings.len() {
        return None;
    }
    found.source = "a Spark properties file";
    if !unread.is_empty() {
        found.note(["Lines without a setting, left out: ", &unread.join(", "), "."].concat());
    }
    Some(request(settings, found))
}
