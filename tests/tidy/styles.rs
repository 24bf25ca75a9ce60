//! Rules of the styles.

use crate::source::{files, name};
use std::fs;

/// The named colours of CSS. `transparent`, `currentcolor` and the system's own colours are none: they follow the theme.
const COLOURS: &str = "aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood \
cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey \
darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen darkslateblue darkslategray darkslategrey \
darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite \
gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon \
lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue \
lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue mediumorchid \
mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin \
navajowhite navy oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff \
peru pink plum powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver \
skyblue slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke yellow \
yellowgreen";

/// The functions that make a colour of numbers. `color-mix` of tokens is none of them.
const MAKERS: [&str; 10] = ["rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color"];

/// A style without its comments.
fn style(path: &std::path::Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let mut parts = text.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once("*/").map_or("", |it| it.1))
}

/// The declarations of each rule of a style, innermost first.
fn rules(style: &str) -> Vec<Vec<(String, String)>> {
    let blocks = style.split('}').filter_map(|it| it.rsplit_once('{')).map(|it| it.1);
    let declaration =
        |it: &str| it.split_once(':').map(|it| (it.0.trim().to_owned(), it.1.trim().to_owned()));
    blocks.map(|it| it.split(';').filter_map(declaration).collect()).collect()
}

/// Whether a value holds a colour of its own. Names of tokens, as in `var(--lc-red)`, are none.
fn is_coloured(value: &str) -> bool {
    let words = value.split(|it: char| !(it.is_alphanumeric() || "#-_(".contains(it)));
    words.flat_map(|it| it.split_inclusive('(')).any(|word| {
        let word = word.to_ascii_lowercase();
        word.strip_prefix('#').is_some_and(|it| !it.is_empty())
            || word.strip_suffix('(').is_some_and(|it| MAKERS.contains(&it))
            || COLOURS.split_whitespace().any(|it| it == word)
    })
}

#[test]
fn a_colour_is_known_in_every_notation() {
    for value in [
        "#fff",
        "1px solid #2f6fb0",
        "rgb(0 0 0 / 20%)",
        "0 1px 2px hsl(0 0% 0%)",
        "1px solid red",
        "light-dark(white, var(--lc-a))",
    ] {
        assert!(is_coloured(value), "{value}");
    }
    for value in [
        "var(--lc-red)",
        "transparent",
        "1px solid currentcolor",
        "Canvas",
        "color-mix(in srgb, var(--lc-a) 20%, transparent)",
        "nowrap",
    ] {
        assert!(!is_coloured(value), "{value}");
    }
}

#[test]
fn colours_live_in_the_tokens() {
    let mut found = Vec::new();
    for path in files("style", &[".css"]).iter().filter(|it| !it.ends_with("tokens.css")) {
        for (property, value) in rules(&style(path)).into_iter().flatten() {
            if is_coloured(&value) {
                found.push(format!("{}: {property}: {value}", name(path)));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// WebKit gives these elements no containing block: what is laid over one of them covers the page.
#[test]
fn nothing_is_laid_over_what_contains_no_block() {
    let bare = ["tr", "td", "th", "thead", "tbody", "table", "summary", "fieldset", "legend"];
    let last = |selector: &str| {
        let word = selector.split_whitespace().last().unwrap_or_default();
        word.split([':', '.', '[']).next().unwrap_or_default().to_owned()
    };
    let mut found = Vec::new();
    for path in files("style", &[".css"]) {
        let style = style(&path);
        for (selectors, rules) in style.split('}').filter_map(|it| it.rsplit_once('{')) {
            let selectors = selectors.rsplit('{').next().unwrap_or_default();
            if rules.contains("position: relative")
                && selectors.split(',').any(|it| bare.contains(&last(it).as_str()))
            {
                found.push(format!("{}: {}", name(&path), selectors.trim()));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn what_some_browsers_do_not_know_stands_beside_what_all_know() {
    let is_new = |name: &str, value: &str| {
        name == "content" && value.contains(" / \"")
            || ["dvh", "svh", "lvh"].iter().any(|it| value.contains(it))
    };
    let mut found = Vec::new();
    for path in files("style", &[".css"]) {
        for rule in rules(&style(&path)) {
            let has = |name: &str, before: usize| rule.iter().take(before).any(|it| it.0 == name);
            for (at, (property, value)) in rule.iter().enumerate() {
                // Safari knows `user-select` by its own name only.
                let lacks_prefix = property == "user-select" && !has("-webkit-user-select", rule.len());
                if lacks_prefix || is_new(property, value) && !has(property, at) {
                    found.push(format!("{}: {property}: {value}", name(&path)));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// The styles that come with a part of the program (`STYLED` in `xtask/src/build.rs`), and the sources that are drawn with them.
const STYLED: [(&str, &[&str]); 3] = [
    ("form.css", &["src/web/part/form", "src/web/page/new.rs", "src/web/part/create_fate.rs"]),
    (
        "session.css log.css",
        &[
            "src/web/part/session",
            "src/web/part/log",
            "src/web/page/session.rs",
            "src/web/part/remembered.rs",
        ],
    ),
    ("statements.css output.css session.css log.css", &["src/web/part/statements", "src/web/part/output"]),
];

/// The classes of the console in a text.
fn classes(text: &str) -> std::collections::BTreeSet<String> {
    let words = text.split(|it: char| !(it.is_ascii_alphanumeric() || it == '-'));
    words.filter(|it| it.starts_with("lc-")).map(str::to_owned).collect()
}

/// It would be drawn without its style where the part has not come.
#[test]
fn what_a_style_of_a_part_is_for_is_drawn_by_that_part_alone() {
    let of = |is_in: &dyn Fn(&str) -> bool| {
        let all = files("style", &[".css"]);
        let styles = all.iter().filter(|it| is_in(it.file_name().unwrap().to_str().unwrap()));
        // Without the names of tokens.
        classes(&styles.map(|it| style(it).replace("--lc-", "")).collect::<String>())
    };
    let everywhere = of(&|it| STYLED.iter().all(|part| !part.0.contains(it)));
    let mut found = Vec::new();
    for path in files("src/web", &[".rs"]) {
        let (source, drawn) = (name(&path), classes(&fs::read_to_string(&path).unwrap()));
        let (own, others): (Vec<_>, Vec<_>) =
            STYLED.iter().partition(|part| part.1.iter().any(|it| source.starts_with(it)));
        let styled = |parts: &[&(&str, &[&str])]| of(&|it| parts.iter().any(|part| part.0.contains(it)));
        let (own, others) = (styled(&own), styled(&others));
        let lacking = drawn.iter().filter(|it| others.contains(*it) && !own.contains(*it));
        found.extend(lacking.filter(|it| !everywhere.contains(*it)).map(|it| format!("{source}: {it}")));
    }
    assert!(found.is_empty(), "{found:#?}");
}
