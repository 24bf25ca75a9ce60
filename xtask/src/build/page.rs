//! The page that starts the console: `index.html` with the files that it asks for.
//!
//! `index.html` names its styles and files in the way that Trunk reads (`data-trunk`), so that `trunk serve` and the commands here
//! are told by one list.

/// What `index.html` asks for, by paths from the root of the checkout.
#[derive(Debug, PartialEq)]
pub struct Source {
    /// The styles, in the order in which they apply.
    pub styles: Vec<String>,
    /// Files that are copied beside the page.
    pub files: Vec<String>,
}

impl Source {
    /// Reads the page's own list.
    pub fn of(html: &str) -> Self {
        let asked = |kind: &str| {
            let links = html.lines().filter(|line| attribute(line, "data-trunk rel") == Some(kind));
            links.filter_map(|line| attribute(line, "href")).map(str::to_owned).collect()
        };
        Self { styles: asked("css"), files: asked("copy-file") }
    }
}

/// The files that a page loads, by their names in its folder.
#[derive(Debug, PartialEq)]
pub struct Names {
    /// The script that starts the console.
    pub boot: String,
    /// The JavaScript half of the program.
    pub glue: String,
    /// The program.
    pub wasm: String,
    /// The styles, in the order in which they apply.
    pub styles: Vec<String>,
    /// The files of the program's parts that a page needs at once: `new` is the form's, `session` a session's. The script that
    /// starts the console asks for them beside the program.
    pub ahead: Vec<(&'static str, Vec<String>)>,
}

impl Names {
    /// The page that loads these files, all of them asked for while the page itself is still read.
    pub fn page(&self, html: &str) -> String {
        let styles = self.styles.iter().map(|it| format!("<link rel=\"stylesheet\" href=\"./{it}\">\n"));
        let head = format!("{}{}\n{}\n</head>", styles.collect::<String>(), self.preload(), self.script());
        let kept = html.lines().filter(|line| !line.contains("data-trunk"));
        let page: String = kept.map(|line| format!("{}\n", line.trim_end())).collect();
        page.replacen("</head>", &head, 1)
    }

    fn script(&self) -> String {
        let ahead = self.ahead.iter().map(|(page, files)| format!(" data-{page}=\"{}\"", files.join(" ")));
        format!(
            "<script type=\"module\" src=\"./{}\" data-js=\"{}\" data-wasm=\"{}\"{}></script>",
            self.boot,
            self.glue,
            self.wasm,
            ahead.collect::<String>()
        )
    }

    fn preload(&self) -> String {
        format!(
            "<link rel=\"modulepreload\" href=\"./{}\"><link rel=\"preload\" href=\"./{}\" as=\"fetch\" type=\"application/wasm\" crossorigin=\"anonymous\">",
            self.glue, self.wasm
        )
    }
}

/// The value of an attribute in a tag of `index.html`, which holds one tag a line.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[from..].split('"').next()
}

#[cfg(test)]
mod tests {
    use super::{Names, Source};
    use crate::place::Place;
    use std::fs;

    fn names() -> Names {
        let own = |name: &str| name.to_owned();
        Names {
            boot: own("boot.js"),
            glue: own("g.js"),
            wasm: own("w.wasm"),
            styles: vec![own("s.css")],
            ahead: Vec::new(),
        }
    }

    #[test]
    fn every_file_that_the_page_asks_for_is_there() {
        let place = Place::here();
        let source = Source::of(&fs::read_to_string(place.at("index.html")).unwrap());
        assert!(source.styles.len() > 2 && source.files.contains(&"src/boot.js".to_owned()), "{source:?}");
        for file in source.styles.iter().chain(&source.files) {
            assert!(place.at(file).is_file(), "{file}");
        }
    }

    #[test]
    fn the_page_names_what_is_loaded_and_nothing_of_trunk() {
        let html = fs::read_to_string(Place::here().at("index.html")).unwrap();
        let page = names().page(&html);
        assert!(!page.contains("data-trunk"), "{page}");
        assert_eq!(
            (page.matches("</script>").count(), page.matches("rel=\"stylesheet\"").count()),
            (1, 1),
            "{page}"
        );
        for kept in ["rel=\"icon\"", "<noscript>", "id=\"livy-console\"", "href=\"./s.css\""] {
            assert!(page.contains(kept), "{kept} in {page}");
        }
    }

    #[test]
    fn the_script_knows_what_a_page_needs_at_once() {
        let ahead = vec![("new", vec!["a.wasm".to_owned(), "b.wasm".to_owned()]), ("session", Vec::new())];
        let script = Names { ahead, ..names() }.script();
        assert!(script.contains(" data-new=\"a.wasm b.wasm\" data-session=\"\">"), "{script}");
    }

    #[test]
    fn trunk_writes_the_same_start_into_the_page() {
        let settings = fs::read_to_string(Place::here().at("Trunk.toml")).unwrap();
        let pattern = |name: &str| {
            let line = settings.lines().find(|line| line.starts_with(name)).unwrap();
            let text = line.split_once('\'').unwrap().1.trim_end_matches('\'');
            text.replace("{base}", "./").replace("{js}", "g.js").replace("{wasm}", "w.wasm")
        };
        assert_eq!(names().script(), pattern("pattern_script"));
        assert_eq!(names().preload(), pattern("pattern_preload"));
    }
}
