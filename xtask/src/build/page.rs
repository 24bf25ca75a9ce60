//! The page that starts the console, and what the element's module is told: `index.html` and `src/load.js` with the files of a build.
//!
//! `index.html` names its files in the way that Trunk reads (`data-trunk`), so that `trunk serve` and the commands here are told by one
//! list.

use crate::failure::{Failure, Outcome};

/// What `index.html` asks for, by paths from the root of the checkout.
#[derive(Debug, PartialEq)]
pub struct Source {
    /// The styles of all pages, then those of parts of the program, in the order in which they apply.
    pub styles: Vec<(&'static str, Vec<String>)>,
    /// Other files that are copied beside the page.
    pub files: Vec<String>,
}

impl Source {
    /// Reads the page's own list.
    pub fn of(html: &str) -> Self {
        let links = html.lines().filter(|line| attribute(line, "data-trunk rel") == Some("copy-file"));
        let all = links.filter_map(|line| attribute(line, "href")).map(str::to_owned);
        let (styles, files): (Vec<_>, _) = all.partition(|it| it.ends_with(".css"));
        let part_of = |style: &String| {
            let of = super::STYLED.iter().find(|it| it.1.contains(&super::name(style).as_str()));
            of.map_or(super::FIRST, |it| it.0)
        };
        let names = [super::FIRST].into_iter().chain(super::STYLED.map(|it| it.0));
        let of = |part| (part, styles.iter().filter(|it| part_of(it) == part).cloned().collect());
        Self { styles: names.map(of).collect(), files }
    }
}

/// The files of the console, by their names in the folder of the build.
#[derive(Debug, PartialEq)]
pub struct Names {
    /// The JavaScript half of the program.
    pub glue: String,
    /// The program.
    pub wasm: String,
    /// The styles of all pages, then those of parts of the program, in the order in which they apply.
    pub styles: Vec<(&'static str, Vec<String>)>,
    /// The files of the program's parts that a page needs at once: `new` is the form's, `session` a session's. They are asked for beside
    /// the program.
    pub ahead: Vec<(&'static str, Vec<String>)>,
    /// Modules of the element that are fetched when they are used: what `src/load.js` calls them, and their files.
    pub later: Vec<(&'static str, String)>,
}

/// How the line of `src/load.js` begins that names the files.
const LINE: &str = "export const FILES = ";

impl Names {
    /// The page that loads these files, all of them asked for while the page itself is still read.
    pub fn page(&self, html: &str) -> String {
        let head = format!("{}\n{}\n</head>", self.preload(), script(super::MODULE));
        let kept = html.lines().filter(|line| !line.contains("data-trunk"));
        let page: String = kept.map(|line| format!("{}\n", line.trim_end())).collect();
        page.replacen("</head>", &head, 1)
    }

    /// `src/load.js` with these names instead of those of `trunk serve`.
    ///
    /// # Errors
    /// The line with the names is not there.
    pub fn module(&self, source: &str) -> Outcome<String> {
        let lost = || Failure::new(format!("src/load.js has no line that begins with {LINE:?}."));
        let line = source.lines().find(|it| it.starts_with(LINE)).ok_or_else(lost)?;
        let list =
            |files: &[String]| files.iter().map(|it| format!("\"{it}\"")).collect::<Vec<_>>().join(", ");
        let lists = |all: &[(&str, Vec<String>)]| {
            all.iter().map(|(of, files)| format!("{of}: [{}]", list(files))).collect::<Vec<_>>().join(", ")
        };
        let later: String = self.later.iter().map(|(name, file)| format!(", {name}: \"{file}\"")).collect();
        let names = format!(
            "{LINE}{{ version: \"{}\", glue: \"{}\", wasm: \"{}\", styles: {{ {} }}, ahead: {{ {} }}{later} }};",
            env!("CARGO_PKG_VERSION"),
            self.glue,
            self.wasm,
            lists(&self.styles),
            lists(&self.ahead)
        );
        Ok(source.replace(line, &names))
    }

    fn preload(&self) -> String {
        let styles = self.styles.iter().filter(|it| it.0 == super::FIRST).flat_map(|it| &it.1);
        let styles = styles.map(|it| fetched(it, "text/css"));
        format!(
            "<link rel=\"modulepreload\" href=\"./{}\">{}{}",
            self.glue,
            fetched(&self.wasm, "application/wasm"),
            styles.collect::<String>()
        )
    }
}

fn script(module: &str) -> String {
    format!("<script type=\"module\" src=\"./{module}\"></script>")
}

fn fetched(file: &str, kind: &str) -> String {
    format!("<link rel=\"preload\" href=\"./{file}\" as=\"fetch\" type=\"{kind}\" crossorigin=\"anonymous\">")
}

/// The value of an attribute in a tag of `index.html`, which holds one tag a line.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[from..].split('"').next()
}

#[cfg(test)]
mod tests {
    use super::{Names, Source, script};
    use crate::place::Place;
    use std::fs;

    fn names() -> Names {
        let own = |name: &str| name.to_owned();
        Names {
            glue: own("g.js"),
            wasm: own("w.wasm"),
            styles: vec![("first", vec![own("s.css")]), ("form", vec![own("f.css")])],
            ahead: Vec::new(),
            later: vec![("signIn", own("i.js"))],
        }
    }

    fn html() -> String {
        fs::read_to_string(Place::here().at("index.html")).unwrap()
    }

    #[test]
    fn every_file_that_the_page_asks_for_is_there() {
        let place = Place::here();
        let source = Source::of(&html());
        assert!(source.styles.len() > 2 && source.files.contains(&"src/element.js".to_owned()), "{source:?}");
        assert!(source.styles.iter().all(|it| !it.1.is_empty()), "{source:?}");
        for file in source.styles.iter().flat_map(|it| &it.1).chain(&source.files) {
            assert!(place.at(file).is_file(), "{file}");
        }
    }

    #[test]
    fn the_page_names_what_is_loaded_and_nothing_of_trunk() {
        let page = names().page(&html());
        assert!(!page.contains("data-trunk") && !page.contains("rel=\"stylesheet\""), "{page}");
        assert_eq!(page.matches("</script>").count(), 1, "{page}");
        assert!(!page.contains("f.css"), "it comes with its part: {page}");
        for kept in [
            "rel=\"icon\"",
            "<noscript>",
            "<livy-console page",
            "href=\"./s.css\"",
            "src=\"./livy-console.js\"",
        ] {
            assert!(page.contains(kept), "{kept} in {page}");
        }
    }

    #[test]
    fn the_module_knows_its_files_and_what_a_page_needs_at_once() {
        let source = fs::read_to_string(Place::here().at("src/load.js")).unwrap();
        let ahead = vec![("new", vec!["a.wasm".to_owned(), "b.wasm".to_owned()]), ("session", Vec::new())];
        let module = Names { ahead, ..names() }.module(&source).unwrap();
        let files = "glue: \"g.js\", wasm: \"w.wasm\", styles: { first: [\"s.css\"], form: [\"f.css\"] }, ahead: { new: [\"a.wasm\", \"b.wasm\"], session: [] }, signIn: \"i.js\" };\n";
        assert!(module.contains(files), "{module}");
        assert!(!module.contains("livy-console_bg.wasm"), "{module}");
        assert!(names().module("nothing").is_err());
    }

    #[test]
    fn trunk_writes_a_start_of_the_same_shape_and_the_names_that_the_module_asks_for() {
        let settings = fs::read_to_string(Place::here().at("Trunk.toml")).unwrap();
        let pattern = |name: &str| {
            let line = settings.lines().find(|line| line.starts_with(name)).unwrap();
            let text = line.split_once('\'').unwrap().1.trim_end_matches('\'');
            text.replace("{base}", "./").replace("{js}", "g.js").replace("{wasm}", "w.wasm")
        };
        assert_eq!(script("element.js"), pattern("pattern_script"));
        assert_eq!(Names { styles: Vec::new(), ..names() }.preload(), pattern("pattern_preload"));
        assert!(settings.contains("\nfilehash = false\n"), "the names would have hashes");
        let source = fs::read_to_string(Place::here().at("src/load.js")).unwrap();
        let named = |files: &[String]| {
            files.iter().map(|it| format!("\"{}\"", super::super::name(it))).collect::<Vec<_>>().join(", ")
        };
        let all = Source::of(&html()).styles;
        let styles: Vec<String> = all.iter().map(|(of, files)| format!("{of}: [{}]", named(files))).collect();
        assert!(source.contains(&format!("styles: {{ {} }}", styles.join(", "))), "{styles:?}");
    }
}
