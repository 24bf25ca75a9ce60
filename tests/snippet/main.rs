//! Requests as other people and programs wrote them (`tests/snippet/foreign.json`, each with the address of its source), and what the form's
//! own copies mean to the real bash and the real Python.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it finds something else")]

mod curl;
mod fetch;
mod hand_over;
mod powershell;
mod python;
mod texts;

use std::path::Path;
use std::process::{Command, Stdio};
use std::{fs, io::Write};

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use snippet::{Format, recognise, write};

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/snippet"))
}

fn table(name: &str) -> Vec<Value> {
    serde_json::from_str(&fs::read_to_string(folder().join(name)).unwrap()).unwrap()
}

/// What is not read as a table says.
fn wrong(table: &[Value]) -> Vec<String> {
    let mut wrong = Vec::new();
    for case in table {
        let name = case["name"].as_str().unwrap();
        let text = fs::read_to_string(folder().join("foreign").join(name).with_extension("txt")).unwrap();
        for text in [text.clone(), text.replace('\n', "\r\n")] {
            match recognise(&text) {
                Ok(snippet) => {
                    let body: Value = serde_json::from_str(&snippet.body.to_line()).unwrap();
                    let note = case["note"].as_str().unwrap_or_default();
                    let read_as = case["read_as"].as_str().unwrap_or("nothing");
                    let mut expected = case["body"].clone();
                    if snippet.source == "JSON" {
                        expected = serde_json::from_str(&text).unwrap();
                    }
                    if snippet.source != read_as || body != expected || !snippet.notes.concat().contains(note)
                    {
                        wrong.push(format!("{name}: {snippet:?}"));
                    }
                }
                Err(error) => {
                    if !case["error"].as_str().is_some_and(|it| error.contains(it)) {
                        wrong.push(format!("{name}: {error}"));
                    }
                }
            }
        }
    }
    wrong
}

#[test]
fn what_others_wrote_fills_the_form_or_says_why_not() {
    let signed = table("foreign.json");
    assert!(signed.len() >= 20, "{}", signed.len());
    for case in &signed {
        let source = case["source"].as_str().unwrap();
        assert!(source.starts_with("https://"), "{}: no address of its source", case["name"]);
    }
    // Whose these are can no longer be told: they do not count, but their ways of writing are read too.
    let all = [signed, table("unsigned.json")].concat();
    assert_eq!(wrong(&all), Vec::<String>::new());
}

/// Any text, and the texts that quoting gets wrong.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        r#"[ '"\\$`!{}%#\[\]();&|<>*?~^,:=@a\n\r\t-]{0,12}"#.prop_map(|it| it),
        Just("'".to_owned()),
        Just("'\\''\u{2028}\u{0}\u{7f}\u{1f600}EOF\n$(id) `id` ${x} %x% \\u0041 \\".to_owned()),
    ]
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof!["spark\\.[a-z]{1,8}", text().prop_filter("a key", |it| !it.is_empty())]
}

/// The fields of a request, as the form writes them.
fn request() -> impl Strategy<Value = Value> {
    let kind = prop::sample::select(vec!["spark", "pyspark", "sparkr", "sql", "shared"]);
    let texts = prop::sample::subsequence(
        vec!["proxyUser", "driverMemory", "executorMemory", "queue", "name", "ttl", "idleTimeout"],
        0..=7,
    );
    let numbers = prop::sample::subsequence(
        vec!["driverCores", "executorCores", "numExecutors", "heartbeatTimeoutInSecond"],
        0..=4,
    );
    let lists = prop::sample::subsequence(vec!["jars", "pyFiles", "files", "archives"], 0..=4);
    let values = prop::collection::vec((text(), any::<i32>(), prop::collection::vec(text(), 1..4)), 7);
    let conf = prop::collection::btree_map(name(), text(), 0..4);
    (kind, texts, numbers, lists, values, conf).prop_map(|(kind, texts, numbers, lists, values, conf)| {
        let mut body = Map::new();
        body.insert("kind".to_owned(), kind.into());
        for (field, value) in texts.into_iter().zip(&values) {
            body.insert(field.to_owned(), value.0.clone().into());
        }
        for (field, value) in numbers.into_iter().zip(&values) {
            body.insert(field.to_owned(), value.1.into());
        }
        for (field, value) in lists.into_iter().zip(&values) {
            body.insert(field.to_owned(), value.2.clone().into());
        }
        if !conf.is_empty() {
            body.insert("conf".to_owned(), json!(conf));
        }
        Value::Object(body)
    })
}

/// What of a request a format carries.
fn carried(format: Format, request: &Value) -> Value {
    let lost: &[&str] = match format {
        Format::Pylivy => &["ttl", "idleTimeout"],
        Format::Sparkmagic => &["kind", "heartbeatTimeoutInSecond"],
        _ => &[],
    };
    let mut kept = request.clone();
    kept.as_object_mut().unwrap().retain(|key, _| !lost.contains(&key.as_str()));
    kept
}

/// Addresses as a person may configure them, and such as quoting gets wrong.
const URLS: [&str; 4] = [
    "http://livy.example:8998/sessions",
    "http://livy.example:8998/it's/sessions",
    "https://h/a b/\"c\"/$(id)/`id`/\\/!x/sessions",
    "https://h/caf\u{e9}/\u{1f600}/sessions",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_copied_is_read_back(request in request(), url in prop::sample::select(URLS.to_vec())) {
        for format in Format::ALL {
            let written = write(format, &(&request).into(), url);
            let read = recognise(&written.text).map_err(|error| format!("{format:?} {error}\n{}", written.text)).unwrap();
            let back: Value = serde_json::from_str(&read.body.to_line()).unwrap();
            prop_assert_eq!(back, carried(format, &request), "{:?}\n{}", format, written.text);
            let lost = carried(format, &request) != request;
            prop_assert!(!lost || !written.notes.is_empty(), "{:?} says nothing of what it lost", format);
        }
    }

    #[test]
    fn nothing_pasted_makes_it_panic(start in prop::sample::select(vec![
        "", "{", "curl ", "curl ^\"", "curl -d $'", "curl -d \"$", "%%configure -f {", "requests.post(", "LivySession.create(", "x.create_session(",
        "Invoke-RestMethod -Body ", "Invoke-RestMethod -Body @{", "a = {", "fetch('x', {body: ", "curl -d @- <<E\n", "cat <<-E | curl -d @- x\n", "curl -d \"$(cat <<E\n",
        "def f(a, b=", "p = {}\np[", "p = {}\nif x: p.update(", "$p = @{}\n$p.", "irm x -Body ([Text.Encoding]::UTF8.GetBytes(\"$([char]", "function f { param([int]$a = ", "$b = \"$(", "$b = @'\n",
        "axios.post(u, {a, ...", "axios.post(`", "axios({data: JSON.parse('", "p = {} | dict(", "requests.post(u, json=json.loads('", "$ curl -d '\n> ", "{\"id\":0,\"state\":\"", "{\"sessions\":[", "spark-submit --conf a=", "\u{3000}spark-submit --conf a=\"", "x=\"spark-shell -", "spark-submit $A --jars '", "SparkConf().set(\"a\", ", "SparkSession.builder.config(", "spark.a ", "wget --post-data ", "[{\"a\":{\"kind\":",
    ]), middle in text(), end in text()) {
        let text = format!("{start}{middle}{end}");
        if let Err(error) = recognise(&text) {
            prop_assert!(error.ends_with('.'), "{}", error);
        }
    }
}

/// Runs a program on a text, and gives what it prints.
fn run(program: &str, arguments: &[&str], input: &str) -> String {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{program} is needed for this test: {error}"));
    let mut stdin = child.stdin.take().unwrap();
    // It may print before it has read all: a full pipe in both directions would wait for ever.
    let output = std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input.as_bytes()).unwrap());
        child.wait_with_output().unwrap()
    });
    assert!(output.status.success(), "{program} failed on\n{input}");
    String::from_utf8(output.stdout).unwrap()
}

/// So many requests go to a program at once: starting it is what takes time.
const BATCH: usize = 400;

/// Other requests in each run, each with an address. A failure is repeated with the seed that was printed, as SNIPPET_SEED.
fn requests() -> Vec<(Value, &'static str)> {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
    let now = || std::time::UNIX_EPOCH.elapsed().map_or(0, |it| u64::try_from(it.as_nanos()).unwrap_or(0));
    let seed = std::env::var("SNIPPET_SEED").map_or_else(|_| now(), |it| it.parse().unwrap());
    println!("SNIPPET_SEED={seed}");
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let request = |at: usize| (request().new_tree(&mut runner).unwrap().current(), URLS[at % URLS.len()]);
    (0..BATCH).map(request).collect()
}

#[test]
fn bash_hands_curl_exactly_the_request() {
    let requests = requests();
    // A function in curl's place prints its arguments, each ended by a NUL, which no argument holds.
    let mut script = "curl() { printf '%s\\0' \"$#\" \"$@\"; }\n".to_owned();
    for (request, url) in &requests {
        script.push_str(&write(Format::Curl, &request.into(), url).text);
    }
    let printed = run("bash", &["-s"], &script);
    let mut words = printed.split('\0');
    for (request, url) in requests {
        let count: usize = words.next().unwrap().parse().unwrap();
        let arguments: Vec<&str> = words.by_ref().take(count).collect();
        assert_eq!(arguments[..3], ["-X", "POST", url]);
        assert!(arguments.contains(&"X-Requested-By: livy-console"));
        let data = arguments.iter().position(|it| *it == "--data-raw").unwrap() + 1;
        assert_eq!(serde_json::from_str::<Value>(arguments[data]).unwrap(), request);
    }
}

#[test]
fn python_hands_requests_pylivy_and_sparkmagic_exactly_the_request() {
    let requests = requests();
    let formats = [Format::Python, Format::Pylivy, Format::Sparkmagic, Format::Json];
    let texts =
        |(request, url): &(Value, &str)| json!(formats.map(|it| write(it, &request.into(), url).text));
    let texts: Vec<Value> = requests.iter().map(texts).collect();
    let judge = fs::read_to_string(folder().join("judge.py")).unwrap();
    // A Python that has pylivy itself is named where there is one.
    let python = std::env::var("LIVY_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let printed = run(&python, &["-c", &judge], &Value::from(texts).to_string());
    let seen: Vec<Value> = serde_json::from_str(&printed).unwrap();
    assert_eq!(seen.len(), requests.len());
    for (seen, (request, url)) in seen.iter().zip(&requests) {
        for (at, format) in formats.into_iter().enumerate() {
            assert_eq!(seen[at]["json"], carried(format, request), "{format:?}");
        }
        for seen in &seen.as_array().unwrap()[..2] {
            assert_eq!(seen["url"], *url);
            assert_eq!(seen["headers"]["X-Requested-By"], "livy-console");
        }
    }
}

#[test]
fn a_fragment_of_json_is_read_without_the_braces_around_it() {
    let rows = [
        // sparkmagic #958.
        "\"session_configs\": { \"driverMemory\": \"1000M\", \"executorCores\": 2 }",
        "\"session_configs\": {\n \"driverMemory\": \"1000M\",\n \"executorCores\": 2\n },",
        "\"session_configs\" : {\"driverMemory\": \"1000M\", \"executorCores\": 2}, \"use_auto_viz\": true",
        "'session_configs': {'driverMemory': '1000M', 'executorCores': 2}",
        "session_configs: {\"driverMemory\": \"1000M\", \"executorCores\": 2}",
        "In ~/.sparkmagic/config.json:\n  \"session_configs\": {\n \"driverMemory\": \"1000M\", \"executorCores\": 2}\nand restart.",
        "conf.override({\"session_configs\": {\"driverMemory\": \"1000M\", \"executorCores\": 2}})",
        "\"driverMemory\": \"1000M\",\n\"executorCores\": 2",
        "\"driverMemory\": \"1000M\",\n\"executorCores\": 2,\n",
    ];
    for text in rows {
        let snippet = snippet::recognise(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
        let get = |key: &str| snippet.body.get(key).map(|it| format!("{it:?}"));
        assert_eq!(get("driverMemory").as_deref(), Some("Text(\"1000M\")"), "{text}");
        assert!(get("executorCores").is_some_and(|it| it.contains('2')), "{text}");
        assert_eq!(get("session_configs"), None, "{text}");
    }
    let spark = "\"session_configs\": {\n  \"proxyUser\": \"alice\",\n  \"conf\": {\n    \"spark.executor.memory\": \"2g\"\n  }\n}";
    let snippet = snippet::recognise(spark).unwrap();
    assert!(snippet.body.get("proxyUser").is_some() && snippet.body.get("conf").is_some());
    assert!(snippet::recognise("\"elsewhere\": {\"x\": 1}").is_err());
    assert!(snippet::recognise("\"session_configs\": {").is_err());
}

#[test]
fn a_whole_configuration_is_read_by_its_session_configs_and_nothing_else() {
    let around = |configs: &str| {
        format!(
            "{{\"kernel_python_credentials\": {{\"username\": \"\", \"url\": \"http://localhost:8998\"}}, \"files\": [], \"conf\": {{}}, \
             \"logging_config\": {{\"version\": 1, \"loggers\": {{}}}}, \"session_configs\": {configs}, \"all_errors_are_fatal\": false}}"
        )
    };
    let snippet = snippet::recognise(&around("{\"proxyUser\": \"alice\"}")).unwrap();
    assert_eq!(snippet.source, "a sparkmagic configuration");
    assert!(snippet.body.get("proxyUser").is_some() && snippet.body.get("files").is_none());
    assert!(snippet.keeps_kind);
    let empty = snippet::recognise(&around("{}")).unwrap_err();
    assert!(empty.contains("session_configs"), "{empty}");
}
