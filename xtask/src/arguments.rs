//! Reads the command line into an order.

use crate::bench::Subject;
use crate::demo::Demo;
use crate::failure::{Failure, Outcome};
use crate::livy::{Livy, Task};
use crate::place::Place;
use crate::serve::{Cluster, Headers, Settings};
use crate::spark_conf::SparkConf;
use crate::test::Test;
use axum::http::HeaderValue;
use fake_livy::Options;
use lexopt::prelude::*;
use std::ffi::OsString;
use std::path::PathBuf;

/// What `cargo xtask help` prints.
pub const HELP: &str = "\
Commands of livy-console. Run them as cargo xtask COMMAND:

  demo [--port N] [--livy URL] [--from DIR]
      Build the console and serve it on 127.0.0.1 (port 8080) with a pretend cluster behind /livy, or with the Livy at
      URL. Needs Rust from rustup and a C linker. Ctrl-C stops everything. --from serves a bundle that is already built,
      for example dist.

  test [--skip-browser]
      Check formatting and lints, run the native tests, compare the form's rules with Livy's recorded answers, build the
      bundle, try the demo with it, check the files in deploy/, and run the journeys in Chromium, Firefox and WebKit.
      Needs Node, Python 3 and the browsers: as root on Debian it installs the browsers with apt. CHROMIUM, FIREFOX,
      WEBKIT_DRIVER and MINIBROWSER choose others.

  bench form|log|list|statements|load|embed
      Measure the form, or a log of a million lines, natively and in a browser with the bundle in dist/; a list of 40,000
      sessions in a browser; or how long the form takes to arrive on a slow line. Prints numbers and never fails because of
      them. Needs Node.

  dist
      Write the bundle for hosting to dist/ and print its sizes. Needs Node.

  hosts
      Run deploy/nginx.conf and deploy/Caddyfile with nginx and Caddy and check types, compression, caching, policy and
      the way to Livy. Leaves out a server that is not installed.

  licences
      Write the licence notices of the program's crates to src/licences.txt, after a change of dependencies. Builds
      cargo-about on the first run, which takes some minutes.

  livy [--dist PATH] [--port N] [--conf KEY=VALUE]... [--detach]
      Run a real Apache Livy 0.9.0 with Spark 3.5 in local mode on 127.0.0.1 (port 8998) until Ctrl-C. With --detach,
      return when it answers. PATH is Livy's binary distribution, a zip or a folder; you can also set LIVY_DIST.
      Needs Java 17 and Python 3.
  livy --stop [--port N]
      Stop a Livy that was started with --detach.

  serve [--dir DIR] [--port N] [--prefix /PATH/] [--livy URL|fake|fake:N] [--csp TEXT] [--mime-wasm TYPE] [--cors]
      Serve a built bundle (dist/) with production headers on 127.0.0.1 (port 8080; 0 picks a free one), optionally
      under a path. fake:N is a pretend cluster with N sessions. --csp and --mime-wasm replace a header, to see how the page reports it. --cors lets pages of other
      origins load the files.

  accept [--dist PATH]
      Give hundreds of requests that the form allows to Livy's own request mapper. Needs the same as livy.

  spark-conf [--check] [--dist PATH]
      Write the files of Spark's configuration keys and types from Spark's own jars. With --check, compare them instead.
      Needs the same as livy.

  help
      Print this text.
";

const PORT: u16 = 8080;
const LIVY_PORT: u16 = 8998;

/// One command with its options.
#[derive(Debug)]
pub enum Order {
    /// Print the help.
    Help,
    /// Ask Livy's mapper; with the distribution, if one was named.
    Accept(Option<PathBuf>),
    /// Measure.
    Bench(Subject),
    /// Build and serve.
    Demo(Demo),
    /// Write the bundle.
    Dist,
    /// Try the files of `deploy/`.
    Hosts,
    /// Write the licence notices.
    Licences,
    /// Serve a bundle.
    Serve(Settings),
    /// Run or stop a real Livy.
    Livy(Livy),
    /// Write or check the files of Spark's keys.
    SparkConf(SparkConf),
    /// Run all tests.
    Test(Test),
}

/// Reads the command line, without the program's own name.
///
/// # Errors
/// A word is unknown or does not fit. The message names the word and the help command.
pub fn parse(words: impl IntoIterator<Item = OsString>) -> Outcome<Order> {
    read(&mut lexopt::Parser::from_args(words))
        .map_err(|error| Failure::new(format!("{error}. Run cargo xtask help for a list of commands.")))
}

fn read(parser: &mut lexopt::Parser) -> Result<Order, lexopt::Error> {
    let command = match parser.next()? {
        None | Some(Short('h') | Long("help")) => return Ok(Order::Help),
        Some(Value(word)) => word.string()?,
        Some(other) => return Err(other.unexpected()),
    };
    match command.as_str() {
        "help" => Ok(Order::Help),
        "accept" => accept(parser),
        "bench" => bench(parser),
        "demo" => demo(parser),
        "dist" => alone(parser, Order::Dist),
        "hosts" => alone(parser, Order::Hosts),
        "serve" => serve(parser),
        "licences" => alone(parser, Order::Licences),
        "livy" => livy(parser),
        "spark-conf" => spark_conf(parser),
        "test" => test(parser),
        other => Err(format!("Unknown command {other}").into()),
    }
}

fn accept(parser: &mut lexopt::Parser) -> Result<Order, lexopt::Error> {
    match parser.next()? {
        None => Ok(Order::Accept(None)),
        Some(Long("dist")) => {
            let dist = PathBuf::from(parser.value()?);
            alone(parser, Order::Accept(Some(dist)))
        }
        Some(Short('h') | Long("help")) => Ok(Order::Help),
        Some(other) => Err(other.unexpected()),
    }
}

fn spark_conf(parser: &mut lexopt::Parser) -> Result<Order, lexopt::Error> {
    let mut order = SparkConf { check: false, dist: None };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("check") => order.check = true,
            Long("dist") => order.dist = Some(parser.value()?.into()),
            Short('h') | Long("help") => return Ok(Order::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Order::SparkConf(order))
}

fn bench(parser: &mut lexopt::Parser) -> Result<Order, lexopt::Error> {
    match parser.next()? {
        Some(Short('h') | Long("help")) => Ok(Order::Help),
        Some(Value(word)) if word == "form" => alone(parser, Order::Bench(Subject::Form)),
        Some(Value(word)) if word == "log" => alone(parser, Order::Bench(Subject::Log)),
        Some(Value(word)) if word == "list" => alone(parser, Order::Bench(Subject::List)),
        Some(Value(word)) if word == "statements" => alone(parser, Order::Bench(Subject::Statements)),
        Some(Value(word)) if word == "embed" => alone(parser, Order::Bench(Subject::Embed)),
        Some(Value(word)) if word == "load" => alone(parser, Order::Bench(Subject::Load)),
        Some(other) => Err(other.unexpected()),
        None => Err("Say what to measure: bench form, log, list, statements, load or embed".into()),
    }
}

fn alone(parser: &mut lexopt::Parser, order: Order) -> Result<Order, lexopt::Error> {
    match parser.next()? {
        None => Ok(order),
        Some(Short('h') | Long("help")) => Ok(Order::Help),
        Some(other) => Err(other.unexpected()),
    }
}

fn cluster(parser: &mut lexopt::Parser) -> Result<Cluster, lexopt::Error> {
    Cluster::parse(&parser.value()?.string()?).map_err(custom)
}

// lexopt's own messages have no full stop; the caller adds one.
fn custom(failure: Failure) -> lexopt::Error {
    failure.to_string().trim_end_matches('.').to_owned().into()
}

fn demo(parser: &mut lexopt::Parser) -> Result<Order, lexopt::Error> {
    let mut demo = Demo {
        port: PORT,
        cluster: Cluster::Fake(Options { seeded: true, ..Options::default() }),
        from: None,
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("port") => demo.port = parser.value()?.parse()?,
            Long("livy") => demo.cluster = cluster(parser)?,
            Long("from") => demo.from = Some(parser.value()?.into()),
            Short('h') | Long("help") => return Ok(Order::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Order::Demo(demo))
}

fn serve(parser: &mut lexopt::Parser) -> Result<Order, lexopt::Error> {
    let mut settings = Settings {
        dir: Place::here().at("dist"),
        port: PORT,
        prefix: "/".to_owned(),
        cluster: Cluster::Fake(Options::default()),
        headers: Headers::default(),
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("dir") => settings.dir = parser.value()?.into(),
            Long("port") => settings.port = parser.value()?.parse()?,
            Long("prefix") => settings.prefix = prefix(&parser.value()?.string()?),
            Long("livy") => settings.cluster = cluster(parser)?,
            Long("csp") => settings.headers.csp = header(parser)?,
            Long("mime-wasm") => settings.headers.wasm_type = Some(header(parser)?),
            Long("cors") => settings.headers.is_open = true,
            Short('h') | Long("help") => return Ok(Order::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Order::Serve(settings))
}

fn header(parser: &mut lexopt::Parser) -> Result<HeaderValue, lexopt::Error> {
    let text = parser.value()?.string()?;
    text.parse().map_err(|_| format!("{text:?} is not a valid header value").into())
}

fn prefix(text: &str) -> String {
    let bare = text.trim_matches('/');
    if bare.is_empty() { "/".to_owned() } else { format!("/{bare}/") }
}

fn livy(parser: &mut lexopt::Parser) -> Result<Order, lexopt::Error> {
    let mut livy = Livy { port: LIVY_PORT, dist: None, conf: Vec::new(), task: Task::Foreground };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("dist") => livy.dist = Some(parser.value()?.into()),
            Long("port") => livy.port = parser.value()?.parse()?,
            Long("conf") => livy.conf.push(setting(&parser.value()?.string()?)?),
            Long("detach") => livy.task = Task::Detach,
            Long("stop") => livy.task = Task::Stop,
            Short('h') | Long("help") => return Ok(Order::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Order::Livy(livy))
}

fn setting(text: &str) -> Result<(String, String), lexopt::Error> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => Ok((key.trim().to_owned(), value.trim().to_owned())),
        _ => Err(format!(
            "Write --conf KEY=VALUE, for example livy.server.session.max-creation=5, not {text:?}"
        )
        .into()),
    }
}

fn test(parser: &mut lexopt::Parser) -> Result<Order, lexopt::Error> {
    let mut test = Test { browser: true };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("skip-browser") => test.browser = false,
            Short('h') | Long("help") => return Ok(Order::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Order::Test(test))
}

#[cfg(test)]
mod tests {
    use super::{Cluster, Order, Task, parse};

    fn order(line: &str) -> Result<Order, String> {
        parse(line.split_whitespace().map(Into::into)).map_err(|failure| failure.to_string())
    }

    #[test]
    fn nothing_and_help_print_the_help() {
        for line in ["", "help", "--help", "demo --help", "dist -h"] {
            assert!(matches!(order(line), Ok(Order::Help)), "{line}");
        }
    }

    #[test]
    fn the_demo_has_a_port_and_the_fake_by_default() {
        let Ok(Order::Demo(demo)) = order("demo") else { panic!() };
        assert_eq!(demo.port, 8080);
        assert!(matches!(demo.cluster, Cluster::Fake(it) if it.seeded));
        assert_eq!(demo.from, None);
        let Ok(Order::Demo(demo)) = order("demo --port 9 --livy http://h:8998 --from dist") else { panic!() };
        assert_eq!((demo.port, demo.from), (9, Some("dist".into())));
        assert!(matches!(demo.cluster, Cluster::At(_)));
    }

    #[test]
    fn a_prefix_gets_its_slashes() {
        for line in ["serve --prefix /a/b/", "serve --prefix a/b", "serve --prefix /a/b"] {
            let Ok(Order::Serve(settings)) = order(line) else { panic!("{line}") };
            assert_eq!(settings.prefix, "/a/b/");
        }
        let Ok(Order::Serve(settings)) = order("serve --prefix / --cors") else { panic!() };
        assert_eq!((settings.prefix.as_str(), settings.headers.is_open), ("/", true));
    }

    #[test]
    fn livy_takes_settings_and_one_task() {
        let Ok(Order::Livy(livy)) = order("livy --port 8999 --conf a.b=c=d --detach") else { panic!() };
        assert_eq!((livy.port, livy.task), (8999, Task::Detach));
        assert_eq!(livy.conf, [("a.b".to_owned(), "c=d".to_owned())]);
    }

    #[test]
    fn unknown_words_are_named() {
        for (line, word) in [
            ("dance", "dance"),
            ("demo --prot 1", "--prot"),
            ("demo --port x", "x"),
            ("demo --port 70000", "70000"),
            ("livy --conf nothing", "KEY=VALUE"),
            ("demo --livy localhost", "localhost"),
            ("dist now", "now"),
        ] {
            let failure = order(line).unwrap_err();
            assert!(failure.contains(word) && failure.contains("cargo xtask help"), "{failure}");
        }
    }
}
