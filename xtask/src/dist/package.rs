//! The bundle as a package of npm: `dist/` can be packed and published as it is, and nothing in it runs when it is installed.

use crate::failure::{At, Failure, Outcome};
use crate::place::Place;
use std::fs;
use std::path::Path;

/// Its description, in `src` and in the bundle.
pub const FILE: &str = "package.json";

/// Writes the description with the version of this build.
///
/// # Errors
/// It cannot be read or written, or has no place for the version.
pub fn write(place: &Place, out: &Path) -> Outcome {
    let text = fs::read_to_string(place.at("src").join(FILE)).at("Reading src/package.json")?;
    fs::write(out.join(FILE), versioned(&text)?).at("Writing package.json")
}

fn versioned(text: &str) -> Outcome<String> {
    let from = "\"version\": \"0.0.0\"";
    if text.matches(from).count() != 1 {
        return Err(Failure::new(format!("src/package.json should have {from} once.")));
    }
    Ok(text.replace(from, &format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"))))
}

#[cfg(test)]
mod tests {
    use super::{FILE, versioned};
    use crate::place::Place;
    use serde_json::Value;
    use std::fs;

    #[test]
    fn the_package_names_files_of_the_bundle_and_runs_nothing() {
        let text = fs::read_to_string(Place::here().at("src").join(FILE)).unwrap();
        let package: Value = serde_json::from_str(&versioned(&text).unwrap()).unwrap();
        assert_eq!(package["version"], env!("CARGO_PKG_VERSION"));
        assert_eq!((&package["private"], &package["scripts"]), (&Value::Bool(false), &Value::Null));
        let named = package["exports"].as_object().unwrap().values().flat_map(|it| match it {
            Value::Object(conditions) => conditions.values().cloned().collect(),
            it => vec![it.clone()],
        });
        let named = named.chain([package["types"].clone(), package["customElements"].clone()]);
        for file in named.map(|it| it.as_str().unwrap().trim_start_matches("./").to_owned()) {
            let is_there = super::super::BESIDE.contains(&format!("src/{file}").as_str());
            assert!(
                is_there || ["livy-console.js", "*"].contains(&file.as_str()),
                "{file} is not in the bundle"
            );
        }
        assert!(versioned("{}").is_err());
    }
}
