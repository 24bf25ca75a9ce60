//! Other servers that speak Livy's protocol, or almost: what the pretend Livy says, said in their way. Shapes and words are from
//! their published sources, named with each.

use serde_json::{Map, Value, json};

use crate::http::{Request, Response};

/// Whose way of speaking it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// Apache Livy 0.9.0.
    #[default]
    Livy,
    /// Livy 0.3 (tag `v0.3.0`, `SessionServlet.scala`): no names, bare strings for errors, no version, no lines for a negative size.
    Old,
    /// Lighter (`exacaster/lighter`, `SessionController.java`, `JdbcApplicationStorage.java`).
    Lighter,
    /// Azure Synapse (`azure-rest-api-specs`, `synapse/.../2019-11-01-preview/sparkJob.json`).
    Synapse,
    /// Microsoft Fabric (`microsoft/fabric-samples`, `Livy-API-swagger/swagger.yaml`).
    Fabric,
}

/// Whoever asks for all.
const ALL: &str = "from=0&size=1000000";
/// "By default it is 20 and that is the maximum" (`sparkJob.json`).
const SYNAPSE_PAGE: usize = 20;

impl Dialect {
    /// By its word on the command line.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "livy" => Self::Livy,
            "old" => Self::Old,
            "lighter" => Self::Lighter,
            "synapse" => Self::Synapse,
            "fabric" => Self::Fabric,
            _ => return None,
        })
    }

    fn has_uuids(self) -> bool {
        matches!(self, Self::Lighter | Self::Fabric)
    }

    /// The id that Livy's own stands for.
    fn id(self, id: &Value) -> Value {
        match id.as_u64().filter(|_| self.has_uuids()) {
            Some(id) => json!(format!("00000000-0000-4000-8000-{id:012}")),
            None => id.clone(),
        }
    }

    /// Livy's own id for the one in a path; `None` for what is no id of this server.
    fn own_id(self, key: &str) -> Option<u64> {
        let digits = if self.has_uuids() { key.strip_prefix("00000000-0000-4000-8000-")? } else { key };
        digits.parse().ok()
    }

    /// Nothing is there.
    fn missing(self, path: &str) -> Response {
        match self {
            Self::Livy => Response::html(404, ""),
            Self::Old => Response::bare(404, "Session not found."),
            // Micronaut's own, through `ApiErrorResponseProcessor.java`.
            Self::Lighter => Response::json(
                404,
                &json!({"message": "Not Found", "path": path, "errors": [{"message": "Page Not Found"}]}),
            ),
            Self::Synapse | Self::Fabric => Response::json(
                404,
                &json!({"errorCode": "NotFound", "message": "The session was not found."}),
            ),
        }
    }

    /// A session in this server's words, of Livy's own with its whole log.
    fn session(self, own: &Value, log: Value) -> Value {
        let state = own["state"].as_str().unwrap_or_default();
        let (id, over) = (self.id(&own["id"]), matches!(state, "dead" | "killed"));
        let pick = |keys: &[&str]| -> Map<String, Value> {
            keys.iter().map(|key| ((*key).to_owned(), own[*key].clone())).collect()
        };
        let mut fields = match self {
            Self::Livy => return own.clone(),
            Self::Old => pick(&["id", "appId", "owner", "proxyUser", "state", "kind", "appInfo", "log"]),
            Self::Lighter => {
                let number = own["id"].as_u64().unwrap_or_default();
                let asked = ["name", "numExecutors", "executorMemory", "driverMemory", "conf"];
                let mut fields = pick(&["appId", "state"]);
                fields.extend([
                    ("kind".to_owned(), json!("pyspark")),
                    ("type".to_owned(), json!("SESSION")),
                    ("log".to_owned(), json!([])),
                    ("submitParams".to_owned(), Value::Object(pick(&asked))),
                    (
                        "createdAt".to_owned(),
                        json!(format!("2026-08-{:02}T{:02}:00:00.1", 1 + number / 24, number % 24)),
                    ),
                ]);
                fields
            }
            Self::Synapse => {
                let mut fields = pick(&["name", "appId", "appInfo", "state"]);
                let why = json!([{"errorCode": "LIVY_JOB_STATE_DEAD", "message": "Livy session has failed.", "source": "User"}]);
                fields.extend([
                    ("log".to_owned(), log),
                    ("result".to_owned(), json!(if over { "Failed" } else { "Uncertain" })),
                    ("errorInfo".to_owned(), if over { why } else { json!([]) }),
                    ("jobType".to_owned(), json!("SparkSession")),
                    ("submitterName".to_owned(), json!("alice@example.com")),
                    ("livyInfo".to_owned(), json!({"currentState": state})),
                ]);
                fields
            }
            Self::Fabric => {
                let (acquiring, failed) = (state == "starting", over);
                let info = match (acquiring, failed) {
                    (true, _) => json!({"state": "acquiringSession"}),
                    (_, true) => {
                        json!({"state": "error", "errorMessage": "The capacity has no room for this session."})
                    }
                    _ => json!({"state": "unknown"}),
                };
                let mut fields = if acquiring { Map::new() } else { pick(&["name", "appId", "state"]) };
                fields.insert("fabricSessionStateInfo".to_owned(), info);
                if acquiring {
                    return Value::Object(fields);
                }
                fields
            }
        };
        fields.insert("id".to_owned(), id);
        Value::Object(fields)
    }
}

/// The pretend Livy itself.
type Reply<'a> = &'a mut dyn FnMut(&Request) -> Response;

impl Dialect {
    /// Answers in these words what Livy itself replies.
    pub(crate) fn answer(self, request: &Request, reply: Reply<'_>) -> Response {
        let path = request.path.split('?').next().unwrap_or_default().to_owned();
        let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
        match (self, parts.as_slice(), request.method.as_str()) {
            (Self::Livy, ..) => reply(request),
            (_, ["sessions"], "GET") => self.list(request, reply),
            (_, ["sessions"], _) => self.create(request, reply),
            // Since Livy 0.5; Lighter has none.
            (Self::Old | Self::Lighter, ["sessions", _, "completion"], _) => self.missing(&path),
            (_, ["sessions", key, rest @ ..], _) => match self.own_id(key) {
                Some(id) => self.of_session(request, reply, (id, rest)),
                None if self == Self::Old => Response::bare(400, &format!("For input string: \"{key}\"")),
                None => self.missing(&path),
            },
            (_, ["version"], _) => self.missing(&path),
            _ => reply(request),
        }
    }
    fn list(self, request: &Request, reply: Reply<'_>) -> Response {
        let mut all =
            own(reply, format!("/sessions?{ALL}"))["sessions"].as_array().cloned().unwrap_or_default();
        let number =
            |name: &str, usual: usize| request.query(name).and_then(|it| it.parse().ok()).unwrap_or(usual);
        let (from, mut size) = (number("from", 0), number("size", 100));
        let total = all.len();
        match self {
            Self::Lighter => all.reverse(),
            Self::Synapse => size = size.min(SYNAPSE_PAGE),
            // It does not know these parameters.
            Self::Fabric => size = total,
            Self::Livy | Self::Old => {}
        }
        let page: Vec<Value> =
            all.iter().skip(from).take(size).map(|it| self.session(it, json!([]))).collect();
        let count = page.len();
        Response::json(
            200,
            &match self {
                Self::Lighter => json!({"from": from, "total": count, "applications": page}),
                Self::Fabric => {
                    json!({"items": page, "totalCountOfMatchedItems": total, "pageSize": count})
                }
                _ => json!({"from": from, "total": total, "sessions": page}),
            },
        )
    }

    fn create(self, request: &Request, reply: Reply<'_>) -> Response {
        let made = reply(request);
        let own: Value = serde_json::from_slice(&made.body).unwrap_or_default();
        let words = own["msg"].as_str().unwrap_or_default();
        let (status, body) = match (self, made.status) {
            (Self::Fabric, 400) if words.contains("too many sessions") => (
                430,
                json!({"errorCode": "TooManyRequestsForCapacity",
                    "message": "This spark job can't be run because you have hit a spark compute or API rate limit."}),
            ),
            (Self::Old, 400..) if !words.is_empty() => (made.status, json!(words)),
            (Self::Fabric, 201) => {
                (202, json!({"id": self.id(&own["id"]), "fabricSessionStateInfo": {"state": "queued"}}))
            }
            (Self::Synapse, 201) => (200, self.session(&own, json!([]))),
            (_, 201) => (201, self.session(&own, json!([]))),
            _ => return made,
        };
        Response { status, body: body.to_string().into_bytes(), ..made }
    }

    fn of_session(self, request: &Request, reply: Reply<'_>, (id, rest): (u64, &[&str])) -> Response {
        let query = request.path.split_once('?').map_or(String::new(), |(_, it)| format!("?{it}"));
        let tail: String = rest.iter().map(|it| format!("/{it}")).collect();
        let path = format!("/sessions/{id}{tail}{query}");
        let answer = reply(&Request { path, ..request.clone() });
        if answer.status == 404 {
            return self.missing(&request.path);
        }
        let is_read = request.method == "GET" && answer.status == 200;
        let own: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let body = match (self, rest) {
            (_, []) if is_read => {
                let log = whole_log(reply, id);
                self.session(&own, log)
            }
            (Self::Synapse | Self::Fabric, ["log"]) => return self.missing(&request.path),
            (Self::Lighter, ["log"]) => {
                // The driver's own, without Livy's markers.
                let is_marker = |it: &&str| *it == "stdout: " || it.starts_with('\n');
                let all = own["log"].as_array().into_iter().flatten().filter_map(Value::as_str);
                let lines: Vec<&str> = all.filter(|it| !is_marker(it)).collect();
                json!({"id": self.id(&json!(id)), "log": lines.join("\n")})
            }
            (Self::Old, ["log"]) if request.int("size", 100).is_ok_and(|it| it < 0) => {
                let total = whole_log(reply, id).as_array().map_or(0, Vec::len);
                json!({"id": id, "from": total + 1, "total": total, "log": []})
            }
            _ => return answer,
        };
        Response { body: body.to_string().into_bytes(), ..answer }
    }
}

fn own(reply: Reply<'_>, path: String) -> Value {
    let request = Request { method: "GET".to_owned(), path, ..Request::default() };
    serde_json::from_slice(&reply(&request).body).unwrap_or_default()
}

fn whole_log(reply: Reply<'_>, id: u64) -> Value {
    own(reply, format!("/sessions/{id}/log?{ALL}"))["log"].clone()
}
