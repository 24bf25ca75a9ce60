//! The built `index.html`: which files it names, and the same page naming other ones.

/// The files that a page loads, by their names in the folder of the page.
#[derive(Debug, PartialEq)]
pub struct Parts {
    /// The script that starts the console.
    pub boot: String,
    /// The JavaScript half of the program.
    pub glue: String,
    /// The program.
    pub wasm: String,
    /// The styles, in the order in which they apply.
    pub styles: Vec<String>,
}

/// Reads which files a page from Trunk loads; `None` if one of them is missing.
pub fn parts(html: &str) -> Option<Parts> {
    let script = tags(html, "script").find_map(|tag| Some((attribute(tag, "src")?, tag)))?;
    let styles: Vec<String> = stylesheets(html).filter_map(|tag| attribute(tag, "href")).map(own).collect();
    (!styles.is_empty()).then_some(())?;
    Some(Parts {
        boot: own(script.0),
        glue: own(attribute(script.1, "data-js")?),
        wasm: own(attribute(script.1, "data-wasm")?),
        styles,
    })
}

/// The page with these files instead of its own, all of them preloaded.
pub fn rewrite(html: &str, parts: &Parts) -> String {
    let mut page = html.to_owned();
    let named = tags(html, "link")
        .filter(|tag| matches!(attribute(tag, "rel"), Some("stylesheet" | "modulepreload" | "preload")));
    for tag in named.chain(tags(html, "script")) {
        page = page.replace(&format!("{tag}</script>"), "").replace(tag, "");
    }
    let Parts { boot, glue, wasm, .. } = parts;
    let styles: String =
        parts.styles.iter().map(|style| format!("<link rel=\"stylesheet\" href=\"./{style}\">\n")).collect();
    let head = format!(
        "{styles}<link rel=\"preload\" href=\"./{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin>\n\
         <link rel=\"modulepreload\" href=\"./{glue}\">\n\
         <script type=\"module\" src=\"./{boot}\" data-js=\"{glue}\" data-wasm=\"{wasm}\"></script>\n</head>"
    );
    let page = page.replacen("</head>", &head, 1);
    let lines = page.lines().map(str::trim_end).filter(|line| !line.is_empty());
    lines.map(|line| format!("{line}\n")).collect()
}

fn stylesheets(html: &str) -> impl Iterator<Item = &str> {
    tags(html, "link").filter(|tag| attribute(tag, "rel") == Some("stylesheet"))
}

/// The opening tags of one element, complete. Attributes of our page contain no `>`.
fn tags<'a>(html: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let opening = format!("<{name} ");
    html.match_indices(&opening)
        .map(|(from, _)| from)
        .collect::<Vec<_>>()
        .into_iter()
        .filter_map(|from| html[from..].find('>').map(|to| &html[from..=from + to]))
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[from..].split('"').next()
}

fn own(address: &str) -> String {
    address.trim_start_matches("./").to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Parts, parts, rewrite};

    const BUILT: &str = "<!doctype html>\n<html lang=\"en\"><head>\n<link rel=\"icon\" href=\"data:,\">\n\
        <link rel=\"stylesheet\" href=\"./tokens-1.css\"/>\n<link rel=\"stylesheet\" href=\"./base-2.css\"/>\n\
        <script type=\"module\" src=\"./boot.js\" data-js=\"a-3.js\" data-wasm=\"a-3_bg.wasm\"></script>\n\
        <link rel=\"modulepreload\" href=\"./a-3.js\"><link rel=\"preload\" href=\"./a-3_bg.wasm\" as=\"fetch\">\n\
        </head>\n<body><p>Loading</p></body></html>\n";

    #[test]
    fn the_files_are_read_from_what_trunk_writes() {
        let expected = Parts {
            boot: "boot.js".into(),
            glue: "a-3.js".into(),
            wasm: "a-3_bg.wasm".into(),
            styles: vec!["tokens-1.css".into(), "base-2.css".into()],
        };
        assert_eq!(parts(BUILT), Some(expected));
        assert_eq!(parts("<html></html>"), None);
    }

    #[test]
    fn the_page_names_only_the_new_files_and_keeps_the_rest() {
        let new = Parts {
            boot: "b-9.js".into(),
            glue: "g-9.js".into(),
            wasm: "w-9.wasm".into(),
            styles: vec!["s-9.css".into()],
        };
        let page = rewrite(BUILT, &new);
        for old in ["tokens-1", "base-2", "a-3", "./boot.js"] {
            assert!(!page.contains(old), "{old} in {page}");
        }
        assert!(page.contains("rel=\"icon\"") && page.contains("<p>Loading</p>"), "{page}");
        assert_eq!(page.matches("</script>").count(), 1);
        assert_eq!(parts(&page), Some(new));
    }
}
