//! Whether this browser keeps ended sessions beyond the tab: off until the person or the host wants it, since logs may hold secrets.
//! What is kept is in [`database`], which is in the part of the program that watches sessions.

pub mod database;
pub mod statements;
mod transaction;

use console::{Cluster, PersonKey};
use leptos::prelude::{GetUntracked, GetValue, RwSignal, Set, StoredValue, WithValue};
use livy::BaseUrl;

use crate::web::browser::storage;
use transaction::factory;

/// How many megabytes are kept where the host has not said.
const USUAL_MEGABYTES: u64 = 20;

/// One console's memory.
#[derive(Clone, Copy)]
pub struct RecordStore {
    /// The cluster's own: ids of two clusters have nothing to do with each other.
    database: StoredValue<String>,
    /// The name that it had in earlier versions, until what is left there has been carried over.
    former: StoredValue<Option<String>>,
    megabytes: u64,
    /// True when the host lets nobody keep code and results.
    keeps_no_statements: bool,
    /// Whether it is kept.
    pub on: RwSignal<bool>,
    /// What went wrong with it last; empty for nothing.
    pub said: RwSignal<String>,
}

impl RecordStore {
    /// As the person decided last in this browser, else as the host wants it.
    pub fn new(base: &BaseUrl, cluster: &Cluster, host: Option<u64>, keeps_no_statements: bool) -> Self {
        let memory = Self {
            database: StoredValue::new(cluster.database()),
            former: StoredValue::new(cluster.former_database(base)),
            megabytes: host.unwrap_or(USUAL_MEGABYTES),
            keeps_no_statements,
            on: RwSignal::new(false),
            said: RwSignal::new(String::new()),
        };
        memory.on.set(memory.is_wanted(host.is_some()));
        if memory.is_forbidden() || storage::read(PersonKey::Memory).is_some_and(|it| it == "off") {
            // What was kept before the host forbade it, or before the person switched it off on the page of another cluster. A
            // browser without such a database does nothing.
            if let Ok(factory) = factory() {
                let _ = memory.database.with_value(|it| factory.delete_database(it));
                if let Some(former) = memory.former.get_value() {
                    let _ = factory.delete_database(&former);
                }
            }
        }
        memory
    }

    /// True when the host does not let anybody keep anything.
    pub fn is_forbidden(self) -> bool {
        self.megabytes == 0
    }

    /// The most that is kept, in megabytes.
    pub fn megabytes(self) -> u64 {
        self.megabytes
    }

    /// How many bytes are kept at most, while any are.
    pub fn cap(self) -> Option<usize> {
        self.on.get_untracked().then(|| usize::try_from(self.megabytes << 20).unwrap_or(usize::MAX))
    }

    /// Another tab may have switched it meanwhile.
    fn is_wanted(self, otherwise: bool) -> bool {
        let kept = storage::read(PersonKey::Memory);
        !self.is_forbidden() && kept.map_or(otherwise, |it| it != "off")
    }

    /// The person decides, for all tabs.
    pub fn switch(self, on: bool) {
        storage::write(PersonKey::Memory, Some(if on { "on" } else { "off" }));
        self.said.set(String::new());
        self.on.set(on);
    }
}
