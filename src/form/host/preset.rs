//! Requests with a name, of the host or of the person.

use crate::host::object::{Checked, Object, wrong};
use crate::json::Value;
use crate::{Draft, Field, ReadContext, SessionName, read};

/// A request with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Preset {
    /// Its name: "Small".
    pub name: String,
    /// What it is for, in a sentence; may be empty.
    pub about: String,
    /// What it fills in.
    pub draft: Draft,
}

impl Preset {
    pub(crate) fn read(
        value: &Value,
        path: &str,
        request: fn(&Value, &str) -> Checked<Draft>,
    ) -> Checked<Self> {
        let mut preset = Object::of(value, path)?;
        let name = preset.text("name")?;
        let about = preset.text("about")?.unwrap_or_default();
        let draft = match preset.take("request") {
            Some(value) => request(value, &format!("{path}.request"))?,
            None => {
                return wrong(
                    &format!("{path}.request"),
                    "Add a request, for example {\"driverMemory\": \"2g\"}.",
                );
            }
        };
        preset.end()?;
        match name.filter(|it| !it.trim().is_empty()) {
            Some(name) => Ok(Self { name, about, draft }),
            None => wrong(&format!("{path}.name"), "Add a name."),
        }
    }

    /// A person's own presets from their text, as [`Preset::list_to_json`] writes it. What is wrong in a request is the form's to
    /// say once it is filled in: one preset that is not finished must not cost the others.
    ///
    /// # Errors
    /// The first part that is no preset.
    pub fn list_from_json(text: &str) -> Checked<Vec<Self>> {
        let Ok(value) = Value::parse(text) else { return wrong("", "Not valid JSON.") };
        let mut root = Object::of(&value, "")?;
        let Some(Value::List(items)) = root.take("presets") else {
            return wrong("presets", "Enter a list of presets.");
        };
        root.end()?;
        items
            .iter()
            .enumerate()
            .map(|(at, it)| Self::read(it, &format!("presets[{at}]"), any_request))
            .collect()
    }

    /// The text of presets, without secrets.
    pub fn list_to_json(presets: &[Self]) -> String {
        let one = |preset: &Self| {
            let mut entries = vec![("name".to_owned(), Value::from(preset.name.as_str()))];
            if !preset.about.is_empty() {
                entries.push(("about".to_owned(), preset.about.as_str().into()));
            }
            entries.push(("request".to_owned(), preset.draft.with_secrets_masked().to_value(false)));
            Value::Object(entries)
        };
        let list = Value::List(presets.iter().map(one).collect());
        Value::Object(vec![("presets".to_owned(), list)]).to_json()
    }
}

/// A request as somebody has left it.
fn any_request(value: &Value, path: &str) -> Checked<Draft> {
    let open = value.get(Field::Kind.name()).is_none_or(|it| *it == Value::Null);
    match Draft::from_value(value.clone(), &Draft::default()) {
        Ok(mut draft) => {
            if open {
                draft.set_rows(Field::Kind, Vec::new());
            }
            Ok(draft)
        }
        Err(_) => wrong(path, "Enter a request: an object with Livy's fields."),
    }
}

/// A request inside the configuration: every value has to pass the form's own rules. One without a kind leaves it open.
pub(crate) fn request(value: &Value, path: &str) -> Checked<Draft> {
    let draft = any_request(value, path)?;
    if let Some((key, _)) = draft.unknown_fields().first() {
        return wrong(&format!("{path}.{key}"), "Livy has no such field, or it takes another type.");
    }
    let draft = draft.respelt().into_owned();
    // One that leaves the kind to the policy is judged with the form's own.
    let mut whole = draft.clone();
    if whole.text(Field::Kind).is_empty() {
        whole.clear(Field::Kind);
    }
    let reading = read(&whole, &ReadContext::new(SessionName::made_up(0)));
    match reading.problems().iter().find(|it| it.is_error()) {
        Some(problem) => wrong(&format!("{path}.{}", problem.field.name()), problem.message.clone()),
        None => Ok(draft),
    }
}
