//! What answers of Livy, of gateways and of others are read as.

use super::*;

fn answer(status: u16, content_type: &str, body: &str) -> Answer {
    Answer { status, content_type: Some(content_type.into()), body: body.into(), ..Answer::default() }
}

#[test]
fn the_four_shapes_of_an_error() {
    let json = "application/json;charset=utf-8";
    let cases = [
        (404, json, r#"{"msg":"Session '0' not found."}"#, "Session '0' not found."),
        (400, json, r#""Invalid kind: PYSPARK""#, "Invalid kind: PYSPARK"),
        (
            400,
            "application/json",
            r#"{"servlet":"x","message":"Missing header","url":"/","status":"400"}"#,
            "Missing header",
        ),
        (403, json, "", ""),
        (500, "text/plain", " java.lang.Error ", "java.lang.Error"),
        (500, json, r#"{"other":1}"#, "other: 1"),
        (400, "text/plain", r#"Bad Request: {"message":"queue"}"#, "Bad Request: queue"),
        (400, json, r#"{"message":"queue etl does not ex"#, "queue etl does not ex"),
    ];
    for (status, content_type, body, message) in cases {
        let expected = CallError::Refused { status, message: message.into(), retry_after: None };
        assert_eq!(answer(status, content_type, body).session(), Err(expected));
    }
}

#[test]
fn a_page_for_people_is_not_livy() {
    let page = "<!doctype html><HTML><head><Title lang=en>\n 502 Bad &amp; Gateway </Title>";
    for status in [200, 400, 502] {
        let (title, page_kind) = ("502 Bad & Gateway".into(), Page::Other);
        let expected = CallError::NotLivy { status, title, page: page_kind, retry_after: None };
        assert_eq!(answer(status, "text/html", page).session(), Err(expected.clone()));
        assert_eq!(answer(status, "text/html", page).deleted(), Err(expected));
    }
    let untitled = answer(200, "text/html", "<p>Sign in</p><title").session();
    assert_eq!(
        untitled,
        Err(CallError::NotLivy { status: 200, title: String::new(), page: Page::Other, retry_after: None })
    );
}

#[test]
fn created_is_200_or_201() {
    for status in [200, 201, 202] {
        let session = answer(status, "application/json", r#"{"id":0,"state":"starting"}"#).session();
        assert!(session.is_ok_and(|it| it.id.as_str() == "0"));
    }
    let unreadable = answer(201, "application/json", r#"{"state":"starting"}"#).session().unwrap_err();
    assert!(unreadable.leaves_doubt());
}

#[test]
fn a_created_session_may_be_named_by_its_location_alone() {
    let created = |location: Option<&str>, content_type: &str, body: &str| {
        let location = location.map(str::to_owned);
        Answer { location, ..answer(202, content_type, body) }.created().map(|it| it.id.to_string())
    };
    let json = "application/json";
    for location in ["/sessions/7", "https://gw/livy/sessions/7?x=1", "/livy/sessions/7/", "sessions/7"] {
        for body in ["", "{}", r#"{"state":"starting"}"#, r#"{"msg":"accepted"}"#, "accepted"] {
            assert_eq!(created(Some(location), json, body).as_deref(), Ok("7"), "{location} {body}");
        }
    }
    assert_eq!(created(Some("/sessions/7"), json, r#"{"id":8}"#).as_deref(), Ok("8"), "the body goes first");
    for location in [None, Some("/login"), Some("/sessions/"), Some("/sessions/..")] {
        assert!(created(location, json, "{}").is_err_and(|it| it.leaves_doubt()), "{location:?}");
    }
    assert!(created(Some("/sessions/7"), "text/html", "<title>Sign in</title>").is_err());
}

#[test]
fn a_stop_without_words_is_a_confirmation() {
    assert_eq!(answer(200, "application/json", r#"{"msg":"deleted"}"#).deleted(), Ok(()));
    assert_eq!(answer(204, "", "").deleted(), Ok(()));
}

#[test]
fn which_failures_leave_a_create_in_doubt() {
    let refused = |status| CallError::Refused { status, message: "x".into(), retry_after: None };
    let page =
        |status| CallError::NotLivy { status, title: String::new(), page: Page::Other, retry_after: None };
    let nowhere = CallError::NoRoute { by: Answerer::Unknown, words: String::new() };
    for certain in [refused(400), refused(403), refused(500), page(401), nowhere] {
        assert!(!certain.leaves_doubt(), "{certain}");
    }
    let down = CallError::Refused { status: 500, message: "Gateway timeout".into(), retry_after: None };
    for doubtful in
        [CallError::Unreachable, CallError::TimedOut, refused(502), refused(504), page(200), page(503), down]
    {
        assert!(doubtful.leaves_doubt(), "{doubtful}");
    }
}

#[test]
fn gone_is_said_by_livy_alone() {
    let gone =
        |body: &str, content_type: &str| answer(404, content_type, body).session().unwrap_err().is_gone();
    assert!(gone(r#"{"msg":"Session '0' not found."}"#, "application/json"));
    assert!(gone(r#""Session not found""#, "application/json"));
    assert!(!gone("", "application/json"));
    assert!(!gone("<html><title>404</title>", "text/html"));
}

/// Livy's own are recorded from 0.9.0, the others from the servers' sources and manuals.
#[test]
fn whose_404_it_is() {
    use Answerer::{Another, Livy, Unknown};
    let (html, json, none) = ("text/html;charset=utf-8", "application/json;charset=utf-8", "");
    let nginx = "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body><hr><center>nginx</center></body></html>";
    let jetty = r#"{"servlet":"org.apache.livy.server.X","message":"Not Found","url":"/x","status":"404"}"#;
    let knox = r#"{"servlet":"default","message":"Not Found","url":"/x","status":"404"}"#;
    let rows = [
        // Livy at a path it does not have, as behind a proxy that hands its prefix on; and an unknown part of /sessions.
        (html, "", Some((Livy, ""))),
        (json, "", Some((Livy, ""))),
        (json, jetty, Some((Livy, "Not Found"))),
        (json, r#"{"msg":"Session '0' not found."}"#, None),
        (json, r#""Session not found.""#, None),
        ("text/html", nginx, Some((Another, "404 Not Found"))),
        // Traefik and ingress-nginx in plain text, Kong and Knox in JSON.
        ("text/plain; charset=utf-8", "404 page not found\n", Some((Another, "404 page not found"))),
        ("text/plain; charset=utf-8", "default backend - 404", Some((Another, "default backend - 404"))),
        (
            json,
            r#"{"message":"no Route matched with those values"}"#,
            Some((Another, "no Route matched with those values")),
        ),
        (json, knox, Some((Another, "Not Found"))),
        // Others in Livy's shapes: a portal of its own sign-in, an application, a gateway.
        (json, r#"{"msg":"Session not found"}"#, Some((Another, "Session not found"))),
        (json, r#"{"msg":"Your session was not found"}"#, Some((Another, "Your session was not found"))),
        (json, r#"{"msg":"no such route"}"#, Some((Another, "no such route"))),
        (json, r#""Not Found""#, Some((Another, "Not Found"))),
        (json, r#""404 page not found""#, Some((Another, "404 page not found"))),
        (json, r#"{"msg":"Session 7 already stopped."}"#, None),
        (json, r#"{"msg":null}"#, Some((Another, ""))),
        (json, r#""""#, Some((Another, ""))),
        // Envoy and Caddy.
        (none, "", Some((Unknown, ""))),
        ("text/html", "", Some((Unknown, ""))),
    ];
    for (content_type, body, expected) in rows {
        let error = answer(404, content_type, body).session().unwrap_err();
        assert_eq!(error.is_gone(), expected.is_none(), "{body}");
        assert_eq!(error.status(), Some(404));
        if let Some((by, words)) = expected {
            assert_eq!(error, CallError::NoRoute { by, words: words.to_owned() }, "{body}");
        }
    }
}

#[test]
fn a_sign_in_page_is_told_by_its_parts() {
    let rows = [
        (false, "<form><input name=p type=\"password\">", Page::SignIn),
        (false, "<FORM><INPUT TYPE='PASSWORD'>", Page::SignIn),
        (false, "<form method=post><input type=hidden name=\"SAMLRequest\" value=x>", Page::SignIn),
        (true, "<title>One moment</title>", Page::SignIn),
        (false, "<title>Sign in with your password</title>", Page::Other),
        (false, "<!doctype html><div id=\"livy-console\" class=\"lc\"></div>", Page::Console),
        (false, "<!doctype html><livy-console page><p>Loading</p></livy-console>", Page::Console),
        (false, "<!doctype html><title>livy-console</title>", Page::Other),
    ];
    for (redirected, body, expected) in rows {
        let error = Answer { redirected, ..answer(200, "text/html", body) }.session();
        assert!(
            matches!(&error, Err(CallError::NotLivy { status: 200, page, .. }) if *page == expected),
            "{body}: {error:?}"
        );
    }
}

#[test]
fn long_words_are_cut() {
    let body = serde_json::to_string(&"é".repeat(5_000)).unwrap();
    let Err(CallError::Refused { message, .. }) = answer(500, "application/json", &body).session() else {
        panic!("a refusal was expected")
    };
    assert_eq!(message.chars().count(), MESSAGE_LIMIT);
}
