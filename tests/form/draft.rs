//! Any draft at all: it becomes a request, or an error names a field; it never panics, and a secret stays where it is.

use crate::any::draft;
use form::{Config, Draft, Field, Preset, ReadContext, SessionName, is_secret_row, parse, read};
use proptest::prelude::*;
use serde_json::Value;

fn terms() -> ReadContext {
    ReadContext::new(SessionName::made_up(1)).with_server("0.9.0-incubating")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_draft_is_a_request_or_an_error_at_a_field(draft in draft()) {
        let reading = read(&draft, &terms());
        let preview: Value = serde_json::from_str(&reading.preview()).unwrap();
        for (key, value) in preview.as_object().unwrap() {
            prop_assert!(Field::by_name(key).is_some() && !value.is_null(), "{key}: {value}");
        }
        for problem in reading.problems() {
            prop_assert!(problem.message.ends_with(['.', '?']) && problem.message.len() > 8, "{problem:?}");
            let rows = if problem.field == Field::Conf { draft.conf().len() } else { draft.rows(problem.field).len() };
            prop_assert!(problem.row.is_none_or(|it| it < rows.max(1)), "{problem:?}");
        }
        match parse(&draft, &terms()) {
            Ok(request) => {
                prop_assert_eq!(reading.error_count(), 0);
                let sent: Value = serde_json::from_str(request.call().body().unwrap()).unwrap();
                prop_assert_eq!(&sent, &preview, "what is shown is what is sent");
                // Its own text fills the form with the same request.
                let again = Draft::from_request(&reading.preview(), &Draft::default()).unwrap();
                prop_assert_eq!(read(&again, &terms()).preview(), reading.preview());
            }
            Err(problems) => prop_assert!(problems.iter().any(form::Problem::is_error)),
        }
    }

    #[test]
    fn a_secret_leaves_the_page_only_in_the_request(key in "spark\\.[a-z]{1,8}\\.(password|secret|token)", value in "[a-z]{12,20}", mut draft in draft()) {
        prop_assert!(is_secret_row(&key, &value));
        let mut conf = draft.conf().to_vec();
        conf.retain(|it| it.0 != key);
        conf.push((key, value.clone()));
        draft.set_conf(conf);
        let reading = read(&draft, &terms());
        prop_assert!(!reading.masked_preview().contains(&value));
        prop_assert!(!draft.to_storage().contains(&value));
        let pairs = format!("{:?}", draft.to_pairs());
        prop_assert!(!pairs.contains(&value) && !pairs.contains("proxyUser"), "{pairs}");
        // What is masked is put back from what the form holds.
        let back = Draft::from_request(&reading.masked_preview(), &draft).unwrap();
        let kept = |it: &Draft| it.conf().iter().filter(|it| it.1 == value).count();
        prop_assert_eq!(kept(&back), kept(&Draft::from_request(&reading.preview(), &Draft::default()).unwrap()));
    }

    #[test]
    fn the_text_of_a_form_brings_all_of_it_back(draft in draft()) {
        let back = Draft::from_request(&draft.to_request_text(false), &Draft::default()).unwrap();
        for field in Field::ALL {
            let said: Vec<_> = draft.rows(field).iter().filter(|it| !it.is_empty()).collect();
            let kept: Vec<_> = back.rows(field).iter().filter(|it| !it.is_empty()).collect();
            // Of no kind at all the form keeps its own, and of a kind's other name (`r`) the first.
            let kind = |rows: &[&String]| rows.first().and_then(|it| livy::Kind::parse(it));
            let same = said == kept || field == Field::Kind && (said.is_empty() || kind(&said).is_some() && kind(&said) == kind(&kept));
            prop_assert!(same, "{field:?}: {said:?}, {kept:?}");
        }
        let said: Vec<_> = draft.conf().iter().filter(|it| **it != Default::default()).collect();
        prop_assert_eq!(said, back.conf().iter().collect::<Vec<_>>());
        prop_assert_eq!(draft.unknown_fields(), back.unknown_fields());
    }

    #[test]
    fn what_is_kept_aside_keeps_its_secrets_in_memory(key in "[a-z]{1,6}(password|Token|_secret)", value in "[a-z]{12,20}") {
        for body in [format!(r#"{{"{key}":"{value}"}}"#), format!(r#"{{"more":{{"{key}":["{value}"]}}}}"#), format!(r#"{{"conf":{{"spark.a":{{"{key}":"{value}"}}}}}}"#)] {
            let draft = Draft::from_request(&body, &Draft::default()).unwrap();
            prop_assert_eq!(draft.unknown_fields().len(), 1);
            prop_assert!(!draft.to_storage().contains(&value), "{}", body);
        }
    }

    #[test]
    fn nothing_read_makes_it_panic(text in any::<String>(), pairs in prop::collection::vec((any::<String>(), any::<String>()), 0..4), start in prop::sample::select(vec!["", "{\"conf\":{\"", "{\"name\":", "[{\"name\":\"", "{\"policy\":{", "{\"presets\":[", "{\"defaults\":{\"jars\":["])) {
        let text = format!("{start}{text}");
        let _ = Draft::from_request(&text, &Draft::default());
        let _ = Config::parse(&text);
        let _ = Preset::list_from_json(&text);
        let _ = form::conf_line(&text);
        let kept = Draft::from_storage(&text);
        let _ = read(&kept, &terms().with_server(&text));
        let mut draft = Draft::default();
        let _ = draft.fill(&pairs);
        let _ = read(&draft, &terms());
    }
}
