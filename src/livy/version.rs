//! Which Livy answers.

use serde_json::Value;

/// The answer of `GET /version`. Many gateways do not route it, so it may never be known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version(String);

impl Version {
    /// `None` when there is no version text in it.
    pub fn from_json(value: &Value) -> Option<Self> {
        value
            .get("version")
            .and_then(Value::as_str)
            .filter(|it| !it.trim().is_empty())
            .map(|it| Self(it.to_owned()))
    }

    /// As the server wrote it: `0.9.0-incubating`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without what follows the first hyphen: `0.9.0`.
    pub fn short(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }
}
