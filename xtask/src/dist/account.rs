//! Where the bytes of the program are: code by room of ours, and by crate for what is in no room, in every part of the program.
//!
//! Bytes before compression, and code alone: what a room's constants weigh cannot be told from the file.

use crate::failure::{At, Outcome};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use wasmparser::{Parser, Payload, TypeRef};

use super::READING;

/// Our packages, as their functions name them. The app's own rooms are below `web`.
const PACKAGES: [&str; 6] = ["livy", "snippet", "form", "console", "fake_livy", "livy_console"];
/// How the splitter names the function that is marked as the way into a part. Much of the part may be inlined there.
const ENTRY: &str = "__wasm_split_";
/// Rooms of less code, in bytes, share a line.
const SMALL: usize = 2_000;

/// The bytes of code, by room and column.
#[derive(Default)]
pub struct Account {
    columns: Vec<String>,
    rooms: BTreeMap<Room, BTreeMap<String, usize>>,
}

/// What a function was made for. Ours come first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Room {
    /// A module of ours, such as `web::page`.
    Ours(String),
    /// A crate that others share.
    Crate(String),
}

impl Account {
    /// Adds a file of the program. Files of one column are added up. `names` is what wasm-opt's `--symbolmap` writes.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn add(&mut self, column: &str, program: &Path, names: &Path) -> Outcome {
        let program = fs::read(program).at(format!("Reading {}", program.display()))?;
        let names = fs::read_to_string(names).at(format!("Reading {}", names.display()))?;
        let names: BTreeMap<u32, &str> = names
            .lines()
            .filter_map(|line| line.split_once(':'))
            .filter_map(|(at, name)| Some((at.parse().ok()?, name)))
            .collect();
        if !self.columns.iter().any(|it| it == column) {
            self.columns.push(column.to_owned());
        }
        for (index, size) in sizes(&program)? {
            let room = room(names.get(&index).copied().unwrap_or_default());
            *self.rooms.entry(room).or_default().entry(column.to_owned()).or_default() += size;
        }
        Ok(())
    }

    /// A line for each room, ours before what others share, the largest first.
    pub fn table(&self) -> String {
        let mut lines: BTreeMap<Room, BTreeMap<String, usize>> = BTreeMap::new();
        for (room, bytes) in &self.rooms {
            let room = match room {
                _ if bytes.values().sum::<usize>() >= SMALL => room.clone(),
                Room::Ours(_) => Room::Ours("other rooms".to_owned()),
                Room::Crate(_) => Room::Crate("other crates".to_owned()),
            };
            for (column, size) in bytes {
                *lines.entry(room.clone()).or_default().entry(column.clone()).or_default() += size;
            }
        }
        let mut lines: Vec<_> = lines.into_iter().collect();
        lines.sort_by_key(|(room, bytes)| {
            (matches!(room, Room::Crate(_)), std::cmp::Reverse(bytes.values().sum::<usize>()))
        });
        let total = self.columns.iter().map(|column| {
            (column.clone(), self.rooms.values().filter_map(|bytes| bytes.get(column)).sum::<usize>())
        });
        lines.push((Room::Ours("all code".to_owned()), total.collect()));

        let heads = self.columns.iter().map(|it| format!(" {it:>8}"));
        let mut text =
            format!("{:<30}{} {:>8}\n", "code by room (raw bytes)", heads.collect::<String>(), "sum");
        for (room, bytes) in lines {
            let name = match room {
                Room::Ours(name) => name,
                Room::Crate(name) => format!("~ {name}"),
            };
            let cells = self.columns.iter().map(|it| match bytes.get(it) {
                Some(size) => format!(" {size:>8}"),
                None => format!(" {:>8}", "-"),
            });
            text.push_str(&format!(
                "{name:<30}{} {:>8}\n",
                cells.collect::<String>(),
                bytes.values().sum::<usize>()
            ));
        }
        text
    }
}

/// The size of each function that the program brings, by its number.
fn sizes(bytes: &[u8]) -> Outcome<Vec<(u32, usize)>> {
    let mut imported = 0;
    let mut sizes = Vec::new();
    for payload in Parser::new(0).parse_all(bytes) {
        match payload.at(READING)? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += u32::from(matches!(import.at(READING)?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => sizes.push(body.range().len()),
            _ => {}
        }
    }
    Ok((imported..).zip(sizes).collect())
}

/// The room of a function. A function of another crate that was made for a type of ours, such as `Vec<form::Field>::push`, belongs
/// to that type's room.
fn room(name: &str) -> Room {
    if name.starts_with(ENTRY) {
        return Room::Ours("way into a part".to_owned());
    }
    // wasm-opt names what it merges, the splitter what it calls through the table.
    let name = name.trim_start_matches("byn$mgfn-shared$").trim_end_matches(" indirect_call_shim");
    let name = format!("{:#}", rustc_demangle::demangle(name));
    let paths = name
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == ':'))
        .filter(|it| it.contains("::"));
    let mut first = None;
    for path in paths {
        // A method of a built-in type: `<str>::parse`.
        if path.starts_with("::") {
            first = first.or(Some("core"));
            continue;
        }
        let mut words = path.split("::").filter(|it| !it.is_empty());
        let Some(package) = words.next() else { continue };
        if PACKAGES.contains(&package) {
            return Room::Ours(ours(package, words));
        }
        first = first.or(Some(package));
    }
    Room::Crate(first.unwrap_or("glue and built-ins").to_owned())
}

/// The room in one of our packages: its first module, and one more below `page` and `part`, where every page has rooms of its own.
fn ours<'a>(package: &'a str, words: impl Iterator<Item = &'a str>) -> String {
    let modules = words.take_while(|it| it.starts_with(|c: char| c.is_ascii_lowercase()));
    let mut room = Vec::new();
    let mut wanted = if ["livy", "snippet", "fake_livy"].contains(&package) { 1 } else { 2 };
    if package != "livy_console" {
        room.push(package);
    }
    for module in modules {
        if room.len() >= wanted {
            break;
        }
        if room == ["web"] && ["page", "part"].contains(&module) {
            wanted = 3;
        }
        room.push(module);
    }
    if room.is_empty() { "web".to_owned() } else { room.join("::") }
}

#[cfg(test)]
mod tests {
    use super::{Account, Room, room};
    use std::fs;

    #[test]
    fn a_function_of_ours_is_in_its_room() {
        for (name, expected) in [
            ("livy_console::web::page::session::OneSession", "web::page::session"),
            ("<livy_console::web::driver::Driver>::run::{closure#0}", "web::driver"),
            ("<livy_console::web::part::log::view::View>::draw", "web::part::log"),
            ("livy_console::main", "main"),
            ("<form::value::memory::Memory as core::fmt::Display>::fmt", "form::value"),
            ("form::Draft::new", "form"),
            ("core::ptr::drop_in_place::<alloc::vec::Vec<console::watch::since::Spell>>", "console::watch"),
            ("livy::address::encoded", "livy"),
            ("byn$mgfn-shared$_RNvNtCscdm9qkFFrKj_4form5draft9elsewhere", "form::draft"),
            ("__wasm_split_00form00_export_7b33_new_page", "way into a part"),
            ("_RINvMs_NtCscdm9qkFFrKj_4form5draftNtB5_5Draft8set_textReEB7_", "form::draft"),
            (
                "_RINvNtCsgXGp5Oqx2Ny_4core3ptr13drop_in_placeINtNtB4_6option6OptionNtNtCscdm9qkFFrKj_4form8estimate8EstimateEEB16_",
                "form::estimate",
            ),
        ] {
            assert_eq!(room(name), Room::Ours(expected.to_owned()), "{name}");
        }
    }

    #[test]
    fn other_functions_are_in_the_crate_that_is_named_first() {
        for (name, expected) in [
            ("<&mut tachys::html::X as y::Z>::f", "tachys"),
            ("<T as tachys::view::Render>::build", "tachys"),
            ("<dyn core::any::Any>::type_id", "core"),
            ("web_sys::console::log_1", "web_sys"),
            ("<str>::to_lowercase", "core"),
            ("memcmp indirect_call_shim", "glue and built-ins"),
            ("__wbindgen_malloc", "glue and built-ins"),
        ] {
            assert_eq!(room(name), Room::Crate(expected.to_owned()), "{name}");
        }
    }

    #[test]
    fn what_is_small_shares_a_line() {
        let mut account =
            Account { columns: vec!["main".to_owned(), "form".to_owned()], ..Account::default() };
        for (room, column, size) in
            [("a", "main", 3_000), ("a", "form", 10), ("b", "form", 7), ("c", "form", 8)]
        {
            let room = Room::Ours(room.to_owned());
            account.rooms.entry(room).or_default().insert(column.to_owned(), size);
        }
        let table = account.table();
        let lines: Vec<Vec<&str>> = table.lines().map(|it| it.split_whitespace().collect()).collect();
        assert_eq!(lines[1], ["a", "3000", "10", "3010"]);
        assert_eq!(lines[2], ["other", "rooms", "-", "15", "15"]);
        assert_eq!(lines[3], ["all", "code", "3000", "25", "3025"]);
    }

    #[test]
    fn functions_are_counted_by_their_number() {
        // One function of the type "() -> ()", empty.
        let module = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0\x0a\x04\x01\x02\0\x0b";
        let folder = std::env::temp_dir().join(format!("livy-console-account-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (program, names) = (folder.join("a.wasm"), folder.join("a.names"));
        fs::write(&program, module).unwrap();
        fs::write(&names, "0:form::draft::x\n").unwrap();
        let mut account = Account::default();
        account.add("main", &program, &names).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(account.rooms[&Room::Ours("form::draft".to_owned())]["main"], 2);
    }
}
