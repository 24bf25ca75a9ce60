//! What is read of whole texts.

use form::{Draft, Field};
use snippet::{Snippet, recognise};

/// The request and the notes of a text that is read.
pub fn snippet(text: &str) -> (serde_json::Value, String) {
    let Snippet { body, notes, .. } = recognise(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    (serde_json::from_str(&body.to_line()).unwrap(), notes.join(" "))
}

fn body(text: &str) -> serde_json::Value {
    snippet(text).0
}

#[test]
fn json_is_taken_in_many_hands() {
    let wanted = serde_json::json!({"kind": "spark", "driverCores": 2});
    for text in [
        r#"{"kind":"spark","driverCores":2}"#,
        "{'kind': 'spark', 'driverCores': 2}",
        "{\"kind\": \"spark\", // why not\n \"driverCores\": 2,}",
        "POST /sessions HTTP/1.1\nHost: x\n\n{\"kind\":\"spark\",\"driverCores\":2}",
        "> {\"kind\":\"spark\",\n> \"driverCores\":2}",
        "# MAGIC %%configure -f\n# MAGIC {\"kind\":\"spark\",\n# MAGIC \"driverCores\":2}",
    ] {
        assert_eq!(body(text), wanted, "{text}");
    }
}

#[test]
fn without_a_kind_it_is_what_livy_makes_of_it() {
    let mut form = Draft::default();
    form.set_text(Field::Kind, "sql");
    let kind = |text: &str| {
        let snippet = recognise(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let notes = snippet.notes.concat();
        let draft = snippet.fill(&form, &form).unwrap();
        (draft.text(Field::Kind).to_owned(), notes)
    };
    for text in [
        "{\"name\":\"x\"}",
        "curl -d {} http://x/sessions",
        "{'name': 'x'}",
        "curl -d '{\"name\":\"x\"}' http://x/sessions",
        "requests.post(url, json={'name': 'x'})",
        "irm x -Body '{\"name\":\"x\"}'",
    ] {
        let (kind, notes) = kind(text);
        assert!(kind == "shared" && notes.contains("shared is chosen"), "{text}: {kind} {notes}");
    }
    // A notebook's kernel has a kind, and so has what only running the code would tell.
    for (text, note) in [
        ("%%configure -f\n{\"name\":\"x\"}", "The kind stays"),
        ("requests.post(url, json={'kind': kind_of(), 'name': 'x'})", "Left out: kind"),
        ("p = {'name': 'x'}\np.update(more)\nrequests.post(url, json=p)", "p.update(more)"),
    ] {
        let (kind, notes) = kind(text);
        assert!(kind == "sql" && notes.contains(note) && !notes.contains("shared"), "{text}: {kind} {notes}");
    }
    assert_eq!(kind("%%configure -f\n{\"kind\":\"spark\"}"), ("spark".to_owned(), String::new()));
}

#[test]
fn words_in_prose_are_no_commands() {
    for text in [
        "With curl or PowerShell you would say\n{\"kind\":\"sql\"}",
        "# like curl, but in Python\nrequests.post(url, json={'kind': 'sql'})",
        "# curl -X POST is the same\nrequests.post(url, json={'kind': 'sql'})",
        "# fetch( and Invoke-RestMethod do it too\nLivySession.create(url, kind=SessionKind.SQL)",
    ] {
        assert_eq!(body(text), serde_json::json!({"kind": "sql"}), "{text}");
    }
}

#[test]
fn a_fault_names_its_place() {
    let error = recognise("{\"kind\": \"spark\"\n \"name\": \"x\"}").unwrap_err();
    assert_eq!(error, "Line 2, column 2: a comma is missing.");
    for text in [
        "{'name': 'a\\u12'}",
        "{'name': 'a\\x1'}",
        "",
        "hello",
        "[1]",
        "POST /batches\n{}",
        "%%configure -f",
        "curl http://x/sessions",
        "{{",
    ] {
        assert!(recognise(text).unwrap_err().ends_with('.'), "{text}");
    }
}

#[test]
fn a_session_is_read_as_the_request_that_made_it() {
    let text = r#"{"id":13,"name":"lab-1","appId":null,"owner":null,"proxyUser":null,"state":"starting","kind":"pyspark",
 "appInfo":{"driverLogUrl":null,"sparkUiUrl":null,"executorLogUrls":null},"log":["stdout: ","\nstderr: "],
 "ttl":"2h","idleTimeout":null,"driverMemory":"","driverCores":1,"executorMemory":null,"executorCores":0,
 "conf":{"spark.ui.enabled":"false"},"archives":[],"files":[],"heartbeatTimeoutInSecond":0,"jars":[],
 "numExecutors":0,"pyFiles":[],"queue":null}"#;
    let wanted = serde_json::json!({"kind": "pyspark", "ttl": "2h", "driverCores": 1, "conf": {"spark.ui.enabled": "false"}});
    for text in [
        text.to_owned(),
        ["HTTP/1.1 201 Created\n\n", text].concat(),
        text.replace("null", "None").replace('"', "'"),
    ] {
        let read = recognise(&text).unwrap();
        assert_eq!(
            (read.source, serde_json::from_str::<serde_json::Value>(&read.body.to_line()).unwrap()),
            ("a session", wanted.clone())
        );
        assert!(read.notes.concat().contains("its name"), "{:?}", read.notes);
    }
    let list = r#"{"from":0,"total":1,"sessions":[{"id":0,"state":"idle","kind":"spark"}]}"#;
    assert!(recognise(list).unwrap_err().contains("list of sessions"));
}

#[test]
fn marks_before_a_text_are_no_part_of_it() {
    for text in [
        "\u{feff}{\"kind\":\"sql\"}",
        "\u{feff}curl -d '{\"kind\":\"sql\"}' http://x/sessions",
        "$ curl -X POST http://livy/sessions \\\n> -d '{\"kind\":\"sql\"}'",
        "me@host:~$ curl -X POST http://livy/sessions -d '{\n>   \"kind\":\n> \"sql\"}'\n{\"id\":1}",
        "# curl http://livy/sessions -d @- <<EOF\n> {\"kind\":\"sql\"}\n> EOF",
    ] {
        assert_eq!(body(text), serde_json::json!({"kind": "sql"}), "{text}");
    }
    let kept = recognise("{\"name\":\"\u{feff}a\"}").unwrap();
    assert!(kept.body.to_line().contains('\u{feff}'));
}

#[test]
fn a_second_object_is_named() {
    for text in [
        "{\"kind\":\"sql\"}\n{\"kind\":\"spark\"}",
        "{\"kind\":\"sql\"}, {\"kind\":\"spark\"}",
        "{\"kind\":\"sql\"}{\"kind\":\"spark\"}",
        "{'kind': 'sql'}\n\n{'kind': 'spark'}",
        "POST /sessions\n\n{\"kind\":\"sql\"}\n\nor\n{\"kind\":\"spark\"}",
    ] {
        let (body, notes) = snippet(text);
        assert!(body == serde_json::json!({"kind": "sql"}) && notes.contains("another object"), "{text}");
    }
}

#[test]
fn nothing_is_rounded_and_nothing_is_guessed() {
    let snippet = recognise("{'conf': {'a': 12345678901234567890, 'b': 1.50}, 'name': None,}").unwrap();
    let body = snippet.body.to_line();
    assert!(body.contains("12345678901234567890") && body.contains("1.50"), "{body}");
    assert!(snippet.notes.iter().any(|it| it.contains("name")), "{:?}", snippet.notes);
    let json =
        r#"{"kind":"spark","conf":{"spark.a":123456789012345678901234567890,"spark.b":1.10},"x":[1.10]}"#;
    let draft = Draft::from_request(json, &Draft::default()).unwrap();
    assert_eq!(recognise(json).unwrap().fill(&draft, &draft), Ok(draft));
    let snippet = recognise("requests.post(url, json={'kind': kind_of(), 'queue': 'q'})").unwrap();
    assert_eq!(snippet.body.to_line(), r#"{"queue":"q"}"#);
    assert!(snippet.notes[0].contains("kind_of()"), "{:?}", snippet.notes);
}

#[test]
fn an_object_without_a_field_is_no_request() {
    for text in [
        "{}",
        r#"{"a":{"a":1},"b":[]}"#,
        "{'title': 'rag'}",
        "curl -d '{\"user\":\"x\"}' http://x/login",
        "%%configure\n{\"vCores\": 2}",
    ] {
        assert!(recognise(text).unwrap_err().contains("No field of a session"), "{text}");
    }
    for text in ["{\"name\":\"x\"}", "curl -d '{}' http://x/sessions", "%%configure\n{}"] {
        assert!(recognise(text).is_ok(), "{text}");
    }
}

#[test]
fn the_request_is_found_within_an_object() {
    let wanted = serde_json::json!({"kind": "sql", "queue": "q"});
    for text in [
        r#"{"session":{"kind":"sql","queue":"q"}}"#,
        r#"{"name":"mine","request":{"kind":"sql","queue":"q"}}"#,
        r#"{"presets":[{"name":"mine","request":{"kind":"sql","queue":"q"}}],"cluster":"x"}"#,
        r#"{"a":{"kind":"spark"},"b":{"kind":"sql","queue":"q"}}"#,
        "{'a': {'kind': 'sql', 'queue': 'q'}}",
        "requests.post(url, json={'a': {'kind': 'sql', 'queue': 'q'}})",
    ] {
        let (body, notes) = snippet(text);
        assert!(body == wanted && notes.contains(" is read"), "{text}: {body} {notes}");
    }
}

#[test]
fn what_a_session_cannot_take_is_named_without_its_value() {
    let text = "spark-submit --verbose --status x --master k8s://https://u:p@h --conf spark.master=yarn \\\n  --driver-memory 1g --conf bare app.jar --password hush";
    let (body, notes) = snippet(text);
    assert_eq!(body, serde_json::json!({"kind": "spark", "driverMemory": "1g"}));
    for name in ["--status", "--master", "spark.master", "--conf without =", "the application"] {
        assert!(notes.contains(name), "{name}: {notes}");
    }
    assert!(!notes.contains("hush") && !notes.contains("u:p"), "{notes}");
    let secret = recognise("spark.hadoop.fs.s3a.secret.key hush\nspark.driver.memory 1g").unwrap();
    let draft = secret.fill(&Draft::default(), &Draft::default()).unwrap();
    assert!(draft.has_secrets() && !draft.to_request_text(true).contains("hush"));
}

#[test]
fn the_kind_that_is_chosen_stays_where_settings_say_none() {
    let mut form = Draft::default();
    form.set_text(Field::Kind, "sql");
    for (text, kind) in [
        ("spark.driver.memory 1g", "sql"),
        ("spark-submit --driver-memory 1g", "sql"),
        ("spark-submit --driver-memory 1g a.py", "pyspark"),
        ("spark-shell --driver-memory 1g", "spark"),
        ("bash_command=\"spark-submit --driver-memory 1g a.py\"", "pyspark"),
        ("run('''/opt/bin/spark-submit --driver-memory 1g''')", "sql"),
        ("\"$SPARK_HOME/bin/spark-submit\" --driver-memory \"1g\" a.jar", "spark"),
        ("SparkSession.builder.config('spark.a', '1')", "sql"),
        (r#"{"session_configs":{"driverCores":1}}"#, "sql"),
    ] {
        let draft = recognise(text).unwrap().fill(&form, &form).unwrap();
        assert_eq!(draft.text(Field::Kind), kind, "{text}");
    }
}

#[test]
fn scala_writes_values_in_its_own_way() {
    let (body, notes) = snippet("SparkSession.builder.appName(s\"etl-$env\").config(\"spark.a\", 200L)");
    assert_eq!(body, serde_json::json!({"conf": {"spark.a": "200"}}));
    assert!(notes.contains("Left out: name"), "{notes}");
}

#[test]
fn words_about_programs_are_no_commands_of_spark() {
    for text in [
        "Use spark-submit with --conf as usual",
        "spark-submit app.py",
        "pyspark is a library",
        "SparkSession is built once",
        "spark.read.parquet('x')\nspark.stop()",
    ] {
        assert!(recognise(text).is_err(), "{text}");
    }
}
