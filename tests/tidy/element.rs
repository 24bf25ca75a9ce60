//! What `<livy-console>` has is told three times: in its code, to TypeScript, and to tools in `custom-elements.json`. All say the same.

use crate::source::root;
use console::Announcement;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// What the platform calls, and pages do not.
const LIFE: [&str; 6] = [
    "constructor",
    "connectedCallback",
    "disconnectedCallback",
    "connectedMoveCallback",
    "adoptedCallback",
    "attributeChangedCallback",
];

/// An element as one of the three describes it.
#[derive(Debug, Default, PartialEq)]
struct Element {
    /// Attributes, each with the property that it is mirrored by.
    attributes: BTreeMap<String, String>,
    /// Properties; true for those that can be set.
    properties: BTreeMap<String, bool>,
    methods: BTreeSet<String>,
    /// Events with the keys of their details; one that may be absent ends with `?`.
    events: BTreeMap<String, BTreeSet<String>>,
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join("src").join(name)).unwrap()
}

/// What stands between two marks.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let text = text.split_once(from).unwrap_or_else(|| panic!("{from:?} is missing")).1;
    text.split_once(to).unwrap_or_else(|| panic!("{to:?} is missing after {from:?}")).0
}

fn events() -> BTreeMap<String, BTreeSet<String>> {
    let keys = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect();
    Announcement::EVENTS.iter().map(|(name, it)| ((*name).to_owned(), keys(it))).collect()
}

/// `src/element.js`: the accessors and methods of its class, and the two tables of `src/attributes.js`. The events are the machine's.
fn code() -> Element {
    let text = read("element.js");
    let mut element = Element { events: events(), ..Element::default() };
    let tables = read("attributes.js");
    for table in ["\nexport const TEXTS = {", "\nexport const FLAGS = {"] {
        for (attribute, property) in
            between(&tables, table, "}").split(',').filter_map(|it| it.split_once(':'))
        {
            let bare = |text: &str| text.trim().trim_matches('"').to_owned();
            element.attributes.insert(bare(attribute), bare(property));
            element.properties.insert(bare(property), true);
        }
    }
    let observed = between(&text, "static observedAttributes = [", "]");
    let observed = observed.split('"').skip(1).step_by(2).map(|it| (it.to_owned(), it.to_owned()));
    element.attributes.extend(observed);
    let class = between(&text, "\nexport class LivyConsole extends HTMLElement {\n", "\n}\n");
    let members = class
        .lines()
        .filter_map(|it| it.strip_prefix("  "))
        .filter(|it| it.ends_with('{') || it.ends_with("{}"));
    for member in members {
        let name = |text: &str| text.split('(').next().unwrap_or_default().to_owned();
        if let Some(member) = member.strip_prefix("get ") {
            element.properties.entry(name(member)).or_insert(false);
        } else if let Some(member) = member.strip_prefix("set ") {
            element.properties.insert(name(member), true);
        } else if member.starts_with(|it: char| it.is_ascii_lowercase()) && !member.starts_with("static ") {
            element.methods.insert(name(member.trim_start_matches("async ")));
        }
    }
    element.methods.retain(|it| !it.starts_with('#') && !LIFE.contains(&it.as_str()));
    element
}

/// `src/livy-console.d.ts`
fn types() -> Element {
    let text = read("livy-console.d.ts");
    let mut element = Element::default();
    let lines = |part: &str| part.lines().map(|it| it.trim().to_owned()).collect::<Vec<_>>();
    for line in lines(between(&text, "\nexport interface LivyConsoleEventDetails {\n", "\n}\n")) {
        let Some((event, detail)) = line.split_once(": {") else { continue };
        let keys = detail.split(';').filter_map(|it| it.split_once(':')).map(|it| it.0.trim().to_owned());
        element.events.insert(event.trim_matches('"').to_owned(), keys.collect());
    }
    let attributes = lines(between(&text, "\nexport interface LivyConsoleAttributes {\n", "\n}\n"));
    let attributes = attributes.iter().filter_map(|it| it.split_once("?:"));
    let attributes: Vec<String> = attributes.map(|it| it.0.trim_matches('"').to_owned()).collect();
    for line in lines(between(&text, "\nexport class LivyConsole extends HTMLElement {\n", "\n}\n")) {
        if line.starts_with("static ") || line.starts_with("/**") || line.is_empty() {
            continue;
        }
        let (is_get, is_set) = (line.starts_with("get "), line.starts_with("set "));
        let is_readonly = line.starts_with("readonly ") || is_get;
        let member =
            ["get ", "set ", "readonly "].iter().fold(line.as_str(), |it, word| it.trim_start_matches(word));
        let name = member.split(['(', ':']).next().unwrap_or_default().to_owned();
        if member[name.len()..].starts_with('(') && !is_get && !is_set {
            element.methods.insert(name);
        } else {
            let can_be_set = element.properties.get(&name).copied().unwrap_or_default() || !is_readonly;
            element.properties.insert(name, can_be_set);
        }
    }
    // TypeScript knows nothing of mirrors: an attribute's name in camel case is its property.
    for attribute in attributes {
        let mut words = attribute.split('-');
        let first = words.next().unwrap_or_default().to_owned();
        let property =
            words.fold(first, |it, word| format!("{it}{}{}", word[..1].to_uppercase(), &word[1..]));
        assert!(element.properties.contains_key(&property), "{attribute} has no property {property}");
        element.attributes.insert(attribute, property);
    }
    element
}

/// `src/custom-elements.json`
fn manifest() -> Element {
    let manifest: Value = serde_json::from_str(&read("custom-elements.json")).unwrap();
    assert_eq!(manifest["schemaVersion"], "2.1.0");
    let class = &manifest["modules"][0]["declarations"][0];
    let list = |name: &str| class[name].as_array().unwrap().clone();
    let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned();
    let mut element = Element::default();
    for attribute in list("attributes") {
        element.attributes.insert(text(&attribute["name"]), text(&attribute["fieldName"]));
    }
    for member in list("members").iter().filter(|it| it["static"] != true) {
        let name = text(&member["name"]);
        if member["kind"] == "method" {
            element.methods.insert(name);
        } else {
            if let Some(attribute) = member["attribute"].as_str() {
                assert_eq!(element.attributes.get(attribute), Some(&name));
            }
            element.properties.insert(name, member["readonly"] != true);
        }
    }
    for event in list("events") {
        let description = text(&event["description"]);
        let detail = between(&description, "`detail`: `{", "}`");
        let keys = detail.split(';').filter_map(|it| it.split_once(':')).map(|it| it.0.trim().to_owned());
        element.events.insert(text(&event["name"]), keys.collect());
    }
    element
}

#[test]
fn the_element_its_types_and_its_manifest_are_one_contract() {
    let code = code();
    assert!(code.attributes.len() > 9 && code.methods.contains("prefill"), "{code:#?}");
    assert_eq!(types(), code, "src/livy-console.d.ts (left) and src/element.js");
    assert_eq!(manifest(), code, "src/custom-elements.json (left) and src/element.js");
}

#[test]
fn the_manifest_names_parts_and_tokens_that_exist() {
    let manifest: Value = serde_json::from_str(&read("custom-elements.json")).unwrap();
    let class = &manifest["modules"][0]["declarations"][0];
    let names = |list: &str| -> Vec<String> {
        class[list].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap().to_owned()).collect()
    };
    let shell: String = crate::source::sources(&["src/web"]).iter().map(|it| it.code.as_str()).collect();
    for part in names("cssParts") {
        assert!(shell.contains(&format!("part=\"{part}\"")), "nothing is the part {part}");
    }
    let tokens = fs::read_to_string(root().join("style/tokens.css")).unwrap();
    for token in names("cssProperties") {
        assert!(tokens.contains(&format!("  {token}: ")), "style/tokens.css does not set {token}");
    }
}

/// The texts in a list of JavaScript.
fn list(file: &str, name: &str) -> BTreeSet<String> {
    let text = read(file);
    let list = between(&text, &format!("\nconst {name} = ["), "]");
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn both_ends_of_a_frame_know_the_same_and_no_more_than_the_element() {
    let code = code();
    assert_eq!(list("inside.js", "EVENTS"), events().into_keys().collect());
    for name in ["SET", "METHODS"] {
        assert_eq!(list("inside.js", name), list("frame.js", name), "{name}");
    }
    // The version is the class's.
    let read_there: BTreeSet<String> =
        list("frame.js", "READ").into_iter().filter(|it| it != "version").collect();
    assert_eq!(list("inside.js", "READ"), read_there);
    assert!(read_there.iter().all(|it| code.properties.contains_key(it)), "{read_there:?}");
    assert!(list("frame.js", "SET").iter().all(|it| code.properties[it]));
    assert_eq!(list("frame.js", "METHODS"), code.methods);
    let types = read("frame.d.ts");
    let class = between(&types, "\nexport class FramedConsole extends EventTarget {\n", "\n}\n");
    for name in list("frame.js", "READ") {
        assert!(
            class.contains(&format!("{name}: Promise<"))
                || class.contains(&format!("get {name}(): Promise<")),
            "{name}"
        );
    }
    for name in list("frame.js", "SET") {
        assert!(class.contains(&format!("set {name}(value")), "{name}");
        let settings = between(&types, "\nexport interface FramedConsoleSettings {\n", "\n}\n");
        assert!(settings.contains(&format!("  {name}?: ")), "{name}");
    }
    for name in list("frame.js", "METHODS") {
        assert!(class.contains(&format!("  {name}(")), "{name}");
    }
}
