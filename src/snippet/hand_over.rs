//! Ready code that runs a statement in a session that exists, in the words of other tools.

use form::json::{Value, quoted};

use crate::Written;
use crate::writer::{GUARD, NAME, PYTHON, curl};

/// A session, and what to run in it.
#[derive(Clone, Debug)]
pub struct SessionUse<'a> {
    /// The address of `/sessions`.
    pub url: &'a str,
    /// Its id.
    pub id: &'a str,
    /// Its kind in Livy's words.
    pub kind: &'a str,
    /// The code.
    pub code: &'a str,
    /// The language of the code, where that is not the session's own.
    pub language: Option<&'a str>,
}

/// What a session is used with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// A command for bash.
    Curl,
    /// Python with `livy` from PyPI, 0.8.0.
    Pylivy,
    /// A notebook with sparkmagic.
    Sparkmagic,
    /// Python with requests.
    Requests,
}

impl Tool {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Curl, Self::Pylivy, Self::Sparkmagic, Self::Requests];

    /// The name a person reads.
    pub fn name(self) -> &'static str {
        match self {
            Self::Curl => "curl",
            Self::Pylivy => "livy (PyPI)",
            Self::Sparkmagic => "sparkmagic",
            Self::Requests => "Python (requests)",
        }
    }
}

impl SessionUse<'_> {
    fn body(&self) -> Value {
        let code = ("code".to_owned(), Value::from(self.code));
        let kind = self.language.map(|it| ("kind".to_owned(), Value::from(it)));
        Value::Object([code].into_iter().chain(kind).collect())
    }

    fn base(&self) -> &str {
        self.url.strip_suffix("/sessions").unwrap_or(self.url)
    }

    fn statements(&self) -> String {
        [self.url, "/", self.id, "/statements"].concat()
    }

    /// As Python's number, where it is one.
    fn python_id(&self) -> String {
        if self.id.bytes().all(|it| it.is_ascii_digit()) { self.id.to_owned() } else { quoted(self.id) }
    }

    /// The word of clients that know the kinds as constants.
    fn constant(&self) -> String {
        self.language.unwrap_or(self.kind).to_ascii_uppercase()
    }

    /// Ready code for a tool.
    pub fn written(&self, tool: Tool) -> Written {
        let mut notes = Vec::new();
        let text = match tool {
            Tool::Curl => {
                notes.push("For bash and other POSIX shells, not for cmd or PowerShell.".to_owned());
                curl(&self.body().to_json(), &self.statements())
            }
            Tool::Pylivy => {
                if self.language.is_some() {
                    notes.push(
                        "livy 0.8.0 sends no language with a statement: the session's own is used."
                            .to_owned(),
                    );
                }
                self.pylivy()
            }
            Tool::Sparkmagic => {
                notes.push("For the IPython kernel. sparkmagic has no command for a session that exists: this cell uses its controller.".to_owned());
                notes.push(
                    "Set X-Requested-By in sparkmagic's custom_headers if Livy asks for it.".to_owned(),
                );
                self.sparkmagic()
            }
            Tool::Requests => self.requests(),
        };
        Written { text, notes }
    }

    fn guarded(&self) -> String {
        ["http = requests.Session()\nhttp.headers[", &quoted(GUARD), "] = ", &quoted(NAME), "\n"].concat()
    }

    fn pylivy(&self) -> String {
        [
            "import requests\nfrom livy import LivySession, SessionKind\n\n",
            &self.guarded(),
            "session = LivySession(\n  ",
            &quoted(self.base()),
            ",\n  ",
            &self.python_id(),
            ",\n  requests_session=http,\n  kind=SessionKind.",
            &self.constant(),
            ",\n)\nsession.run(",
            &quoted(self.code),
            ")\n",
        ]
        .concat()
    }

    fn sparkmagic(&self) -> String {
        let context = if self.language == Some("sql") || self.kind == "sql" { " -c sql" } else { "" };
        [
            "# The first cell:\n%load_ext sparkmagic.magics\nfrom sparkmagic.livyclientlib.endpoint import Endpoint\n\n",
            "controller = get_ipython().magics_manager.registry[\"RemoteSparkMagics\"].spark_controller\n",
            "sessions = controller.get_all_sessions_endpoint(Endpoint(",
            &quoted(self.base()),
            ", None))\nsession = next(it for it in sessions if it.id == ",
            &self.python_id(),
            ")\ncontroller.session_manager.add_session(",
            &quoted(&["session-", self.id].concat()),
            ", session)\n\n# The next one:\n%%spark -s session-",
            self.id,
            context,
            "\n",
            self.code,
            "\n",
        ]
        .concat()
    }

    fn requests(&self) -> String {
        let mut body = String::new();
        self.body().print(Some(1), PYTHON, &mut body);
        [
            "import time\n\nimport requests\n\n",
            &self.guarded(),
            "statements = ",
            &quoted(&self.statements()),
            "\nresponse = http.post(\n  statements,\n  json=",
            &body,
            ",\n)\nresponse.raise_for_status()\nstatement = response.json()\n",
            "while statement[\"state\"] in (\"waiting\", \"running\", \"cancelling\"):\n  time.sleep(1)\n  ",
            "statement = http.get(f\"{statements}/{statement['id']}\").json()\nprint(statement[\"output\"])\n",
        ]
        .concat()
    }
}
