//! A request written for other tools, so that they read back exactly the form's values.

use super::python::PYLIVY;
use form::json::{JSON, Value, quoted};

/// What a request is copied as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The body alone.
    Json,
    /// A command for bash.
    Curl,
    /// Python with requests.
    Python,
    /// Python with pylivy 0.8.0.
    Pylivy,
    /// A `%%configure` cell.
    Sparkmagic,
}

impl Format {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 5] = [Self::Json, Self::Curl, Self::Python, Self::Pylivy, Self::Sparkmagic];

    /// The name a person reads.
    pub fn label(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Curl => "curl",
            Self::Python => "Python (requests)",
            Self::Pylivy => "pylivy",
            Self::Sparkmagic => "sparkmagic",
        }
    }
}

/// A request as text for another tool.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// To be pasted there.
    pub text: String,
    /// What this tool cannot carry, or needs besides, a sentence each.
    pub notes: Vec<String>,
}

/// Livy refuses a POST without it where its cross-site guard is on (`CsrfFilter.scala`, 0.9.0).
pub(crate) const GUARD: &str = "X-Requested-By";
pub(crate) const NAME: &str = "livy-console";

/// Python's words for JSON's null, true and false.
pub(crate) const PYTHON: [&str; 3] = ["None", "True", "False"];

/// Writes a request. `url` is the address of `/sessions`.
pub fn write(format: Format, request: &Value, url: &str) -> Written {
    let mut notes = Vec::new();
    let text = match format {
        Format::Json => request.to_json(),
        Format::Curl => {
            notes.push("For bash and other POSIX shells, not for cmd or PowerShell.".to_owned());
            curl(&request.to_json(), url)
        }
        Format::Python => python(request, url),
        Format::Pylivy => pylivy(request, url, &mut notes),
        Format::Sparkmagic => sparkmagic(request, &mut notes),
    };
    Written { text, notes }
}

/// Single quotes keep everything but themselves (bash's manual, 3.1.2.2).
fn shell(text: &str) -> String {
    ["'", &text.replace('\'', r"'\''"), "'"].concat()
}

pub(crate) fn curl(body: &str, url: &str) -> String {
    let header = |name: &str, value: &str| shell(&[name, ": ", value].concat());
    [
        "curl -X POST ",
        &shell(url),
        " \\\n  -H ",
        &header("Content-Type", "application/json"),
        " \\\n  -H ",
        &header(GUARD, NAME),
        " \\\n  --data-raw ",
        &shell(body),
        "\n",
    ]
    .concat()
}

fn python(value: &Value, url: &str) -> String {
    let mut body = String::new();
    value.print(Some(1), PYTHON, &mut body);
    [
        "import requests\n\nresponse = requests.post(\n  ",
        &quoted(url),
        ",\n  headers={",
        &quoted(GUARD),
        ": ",
        &quoted(NAME),
        "},\n  json=",
        &body,
        ",\n)\nresponse.raise_for_status()\nprint(response.json())\n",
    ]
    .concat()
}

fn pylivy(value: &Value, url: &str, notes: &mut Vec<String>) -> String {
    let base = url.strip_suffix("/sessions").unwrap_or(url);
    let kind = value.get("kind").and_then(Value::text).unwrap_or("spark").to_ascii_uppercase();
    let mut text = [
        "import requests\nfrom livy import SessionKind\nfrom livy.client import LivyClient\n\n",
        "http = requests.Session()\nhttp.headers[",
        &quoted(GUARD),
        "] = ",
        &quoted(NAME),
        "\nclient = LivyClient(",
        &quoted(base),
        ", requests_session=http)\nsession = client.create_session(\n  SessionKind.",
        &kind,
        ",\n",
    ]
    .concat();
    let mut lost = String::new();
    for (key, value) in value.entries().iter().filter(|it| it.0 != "kind") {
        match PYLIVY.iter().find(|it| it.1 == key) {
            Some((parameter, _)) => {
                text.push_str("  ");
                text.push_str(parameter);
                text.push('=');
                value.print(Some(1), PYTHON, &mut text);
                text.push_str(",\n");
            }
            None => {
                lost.push_str(if lost.is_empty() { "" } else { ", " });
                lost.push_str(key);
            }
        }
    }
    if !lost.is_empty() {
        notes.push(format!("Left out: {lost}. pylivy 0.8.0 has no parameter for it."));
    }
    text.push_str(")\nprint(session)\n");
    text
}

fn sparkmagic(value: &Value, notes: &mut Vec<String>) -> String {
    let kind = value.get("kind").and_then(Value::text).unwrap_or_default();
    notes.push(match kind {
        "pyspark" => "Choose the notebook's PySpark kernel: the cell has no kind.".to_owned(),
        "spark" => "Choose the notebook's Spark kernel: the cell has no kind.".to_owned(),
        "sparkr" => "Choose the notebook's SparkR kernel: the cell has no kind.".to_owned(),
        kind => format!("Left out: the kind. sparkmagic has no {kind} kernel."),
    });
    // It sends what its configuration says, and nothing of its own (`reliablehttpclient.py`, `custom_headers`).
    notes.push("Set X-Requested-By in sparkmagic's custom_headers if Livy asks for it.".to_owned());
    // Its session sets the heartbeat from its own settings, or takes it out (`livysession.py`, `LivySession.__init__`).
    if value.get("heartbeatTimeoutInSecond").is_some() {
        notes.push(
            "Left out: heartbeatTimeoutInSecond. Set livy_server_heartbeat_timeout_seconds in sparkmagic instead."
                .to_owned(),
        );
    }
    let kept = |key: &str| key != "kind" && key != "heartbeatTimeoutInSecond";
    let kept = value.entries().iter().filter(|it| kept(&it.0)).cloned().collect();
    let mut text = "%%configure -f\n".to_owned();
    Value::Object(kept).print(Some(0), JSON, &mut text);
    text.push('\n');
    text
}
