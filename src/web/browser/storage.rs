//! The tab's own storage, and the browser's for what outlives it. It may be full, or forbidden in a frame: then nothing is kept,
//! and nothing fails. Which keys there are, and whose they are, is said in [`console::ClusterKey`] and [`console::PersonKey`].

use console::{Area, ClusterKey, Names, PersonKey};
use leptos::prelude::{StoredValue, WithValue};

/// What is kept for one document and the cluster that it shows.
#[derive(Clone, Copy)]
pub struct Storage {
    names: StoredValue<Names>,
}

impl Storage {
    /// With these keys, after taking over what earlier versions have left.
    pub fn new(names: Names) -> Self {
        for area in [Area::Tab, Area::Browser] {
            for (key, value) in names.carried_over(area, |it| get(area, it)) {
                if !set(area, &key, value.as_deref()) {
                    // What could not be written is not removed in its old place: there is more room another time.
                    break;
                }
            }
        }
        if let Some(tab) = place(Area::Tab) {
            let keys: Vec<String> =
                (0..tab.length().unwrap_or(0)).filter_map(|it| tab.key(it).ok().flatten()).collect();
            keys.iter().filter(|it| names.is_left_over(it)).for_each(|it| {
                set(Area::Tab, it, None);
            });
        }
        Self { names: StoredValue::new(names) }
    }

    /// What was kept.
    pub fn read(self, key: ClusterKey) -> Option<String> {
        get(key.area(), &self.name(key)?)
    }

    /// Keeps a text, or forgets it. False where the storage is full or forbidden: it keeps what it had, and the page works without.
    pub fn write(self, key: ClusterKey, text: Option<&str>) -> bool {
        self.name(key).is_some_and(|it| set(key.area(), &it, text))
    }

    /// The key in the browser's storage. `None` for what is not kept, and when the console is gone.
    pub fn name(self, key: ClusterKey) -> Option<String> {
        self.names.try_with_value(|it| it.keeps(key).then(|| it.name(key))).flatten()
    }
}

/// What was kept of the person's.
pub fn read(key: PersonKey) -> Option<String> {
    get(key.area(), &key.name())
}

/// Keeps a text of the person's, or forgets it. False as for [`Storage::write`].
pub fn write(key: PersonKey, text: Option<&str>) -> bool {
    set(key.area(), &key.name(), text)
}

fn place(area: Area) -> Option<web_sys::Storage> {
    let window = web_sys::window()?;
    match area {
        Area::Tab => window.session_storage(),
        Area::Browser => window.local_storage(),
    }
    .ok()
    .flatten()
}

pub(super) fn get(area: Area, key: &str) -> Option<String> {
    place(area)?.get_item(key).ok().flatten()
}

pub(super) fn set(area: Area, key: &str, text: Option<&str>) -> bool {
    let done = place(area).map(|place| match text {
        Some(text) => place.set_item(key, text),
        None => place.remove_item(key),
    });
    matches!(done, Some(Ok(())))
}
