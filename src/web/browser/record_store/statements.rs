//! Whether code and results are kept with the ended sessions: off until the person wants it, since they may hold secrets. Switching
//! the sessions off switches this off with them.

use console::PersonKey;
use wasm_bindgen::JsValue;
use web_sys::{IdbDatabase, IdbTransactionMode};

use super::RecordStore;
use super::transaction::{Done, FACTS, LOGS, begin, done, finished, texts};
use crate::web::browser::storage;

/// The word of the person's decision.
const WORD: &str = "statements";

/// The same where the person had not decided on the sessions themselves: once this is taken back, the host decides on them again.
const WORD_ALONE: &str = "statements alone";

/// Under which key the statements of a session are, beside its log.
pub fn beside(key: &str) -> JsValue {
    format!("{WORD} {key}").into()
}

impl RecordStore {
    /// True when the host lets nobody keep them.
    pub fn forbids_statements(self) -> bool {
        self.keeps_no_statements || self.is_forbidden()
    }

    /// Whether the person wants them to be kept. Another tab may have switched it meanwhile.
    pub fn wants_statements(self) -> bool {
        !self.forbids_statements()
            && storage::read(PersonKey::Memory).is_some_and(|it| it == WORD || it == WORD_ALONE)
    }

    /// The person decides, for all tabs.
    pub fn switch_statements(self, on: bool) {
        let word = match (on, storage::read(PersonKey::Memory).as_deref()) {
            (true, None | Some(WORD_ALONE)) => Some(WORD_ALONE),
            (true, Some(_)) => Some(WORD),
            (false, Some(WORD)) => Some("on"),
            (false, Some(WORD_ALONE)) => None,
            (false, _) => return,
        };
        storage::write(PersonKey::Memory, word);
    }
}

/// Takes them out of a database, and out of the facts that tell of them.
pub(super) async fn without_statements(database: &IdbDatabase) -> Done<()> {
    let change = begin(database, IdbTransactionMode::Readwrite)?;
    let (facts, logs) = (change.object_store(FACTS)?, change.object_store(LOGS)?);
    let mut saved = texts(done(&logs.get_all_keys()?).await?);
    saved.retain(|it| it.starts_with(WORD));
    // Facts tell of them where they are: mostly there are none, and nothing else is read.
    if saved.is_empty() {
        return Ok(());
    }
    for key in saved {
        logs.delete(&key.into())?;
    }
    let keys = texts(done(&facts.get_all_keys()?).await?);
    for (key, text) in keys.into_iter().zip(texts(done(&facts.get_all()?).await?)) {
        if let Some(less) = console::Record::without_statements(&text) {
            facts.put_with_key(&less.into(), &key.into())?;
        }
    }
    finished(&change).await
}
