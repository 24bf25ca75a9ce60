//! The kept sessions of one cluster, in IndexedDB. A browser may forbid it or have no room: then a sentence says so, and nothing else
//! fails.

use std::future::Future;
use std::pin::Pin;

use console::{Effect, Event, Record};
use js_sys::Reflect;
use leptos::prelude::{GetUntracked, GetValue, Set, UpdateValue, WithValue};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbTransactionMode};

use super::RecordStore;
use super::statements::{beside, without_statements};
use super::transaction::{Done, FACTS, LOGS, begin, databases, done, factory, finished, open_if_any, texts};
use crate::web::words::memory as words;

/// Performs an effect about what is kept; tells what was read, or that it is gone.
pub fn perform(store: RecordStore, effect: Effect) -> Pin<Box<dyn Future<Output = Option<Event>>>> {
    Box::pin(async move {
        match effect {
            Effect::Recall => {
                let facts = store.facts().await;
                return Some(Event::Recalled { facts, with_statements: store.wants_statements() });
            }
            Effect::RecallLog(key) => {
                let text = store.text(&key.as_str().into()).await.unwrap_or_default();
                return Some(Event::LogRecalled { key, text });
            }
            Effect::RecallStatements(key) => {
                // Where they cannot be read they are awaited on: nothing is kept in their place.
                let text = store.text(&beside(&key)).await?;
                return Some(Event::StatementsRecalled { key, text });
            }
            Effect::Keep(record) => store.keep(record).await,
            Effect::ForgetStatements => {
                let end = store.forget_statements().await;
                store.heard(end);
            }
            Effect::ForgetKept => return store.clear().await.then_some(Event::KeptForgotten),
            _ => {}
        }
        None
    })
}

impl RecordStore {
    /// The person's word against keeping is for all clusters: what was kept of the others goes too.
    async fn forget_other_clusters(self) -> Done<()> {
        let (factory, here) = (factory()?, self.database.get_value());
        let mut end = Ok(());
        for name in databases().await?.into_iter().filter(|it| *it != here) {
            end = end.and(factory.delete_database(&name).map(|_| ()));
        }
        end
    }

    /// The facts of all that is kept, the oldest first; none where they cannot be read. Code and results that nobody wants, or may
    /// want, any more go first.
    async fn facts(self) -> Vec<String> {
        let read = async {
            let database = self.open().await?;
            if !self.wants_statements() {
                without_statements(&database).await?;
            }
            let facts = begin(&database, IdbTransactionMode::Readonly)?.object_store(FACTS)?;
            let all = done(&facts.get_all()?).await;
            database.close();
            all
        };
        let all = self.heard(read.await).unwrap_or_default();
        texts(all)
    }

    /// The kept log with this key, or the statements; empty if it is gone, `None` where it cannot be read.
    async fn text(self, key: &JsValue) -> Option<String> {
        let read = async {
            let database = self.open().await?;
            let logs = begin(&database, IdbTransactionMode::Readonly)?.object_store(LOGS)?;
            let text = done(&logs.get(key)?).await;
            database.close();
            text
        };
        self.heard(read.await).map(|it| it.as_string().unwrap_or_default())
    }

    /// Keeps a session, and as many of the latest others as there is room for.
    async fn keep(self, mut record: Record) {
        if !self.is_wanted(self.on.get_untracked()) {
            self.on.set(false);
            return;
        }
        if !self.wants_statements() && record.statements.take().is_some() {
            record.facts = Record::without_statements(&record.facts).unwrap_or(record.facts);
        }
        let write = async {
            let database = self.open().await?;
            let change = begin(&database, IdbTransactionMode::Readwrite)?;
            let (facts, logs) = (change.object_store(FACTS)?, change.object_store(LOGS)?);
            let keys = texts(done(&facts.get_all_keys()?).await?);
            let kept: Vec<_> = keys.into_iter().zip(texts(done(&facts.get_all()?).await?)).collect();
            let cap = usize::try_from(self.megabytes << 20).unwrap_or(usize::MAX);
            for key in record.displaces(&kept, cap) {
                facts.delete(&key.as_str().into())?;
                logs.delete(&beside(&key))?;
                logs.delete(&key.into())?;
            }
            match record.statements {
                Some(text) => drop(logs.put_with_key(&text.into(), &beside(&record.key))?),
                None => drop(logs.delete(&beside(&record.key))?),
            }
            let key = record.key.into();
            let before = done(&logs.get(&key)?).await?.as_string();
            facts.put_with_key(&record.facts.into(), &key)?;
            // A page that was reloaded, or came later, has only the end of it: a longer log of the same session stays.
            if before.is_none_or(|it| it.len() <= record.log.len()) {
                logs.put_with_key(&record.log.into(), &key)?;
            }
            let end = finished(&change).await;
            database.close();
            end
        };
        self.heard(write.await);
    }

    /// Takes away all that is kept; tells whether it is gone.
    async fn clear(self) -> bool {
        let write = async {
            let database = self.open().await?;
            let change = begin(&database, IdbTransactionMode::Readwrite)?;
            change.object_store(FACTS)?.clear()?;
            change.object_store(LOGS)?.clear()?;
            let end = finished(&change).await;
            database.close();
            end
        };
        let is_gone = self.heard(write.await).is_some();
        if !self.on.get_untracked() {
            // Where the browser doesn't list them, each goes when its cluster is opened next.
            let _ = self.forget_other_clusters().await;
        }
        is_gone
    }

    /// Takes away the code and the results of all sessions that are kept, of every cluster; what went wrong first, once all were tried.
    async fn forget_statements(self) -> Done<()> {
        let mut end = match self.open().await {
            Ok(database) => relieved(database).await,
            Err(error) => Err(error),
        };
        // Where the browser doesn't list them, each goes when its cluster is opened next.
        for name in databases().await.unwrap_or_default() {
            end = end.and(match open_if_any(&name).await {
                Ok(Some(other)) => relieved(other).await,
                Ok(None) => Ok(()),
                Err(error) => Err(error),
            });
        }
        end
    }

    /// Says what went wrong.
    fn heard<T>(self, result: Done<T>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                let name = Reflect::get(&error, &"name".into()).ok().and_then(|it| it.as_string());
                let is_full = name.as_deref() == Some("QuotaExceededError");
                let sentence = if is_full {
                    words::NO_ROOM
                } else {
                    // Tried again whenever a session ends, in case it was a passing trouble.
                    let _ = self.on.try_set(false);
                    words::NOT_ALLOWED
                };
                let _ = self.said.try_set(sentence.to_owned());
                None
            }
        }
    }

    async fn open(self) -> Done<IdbDatabase> {
        if let Some(former) = self.former.try_update_value(Option::take).flatten() {
            // What cannot be carried over now stays where it is until the next page.
            let _ = self.carry_over(&former).await;
        }
        self.open_present().await
    }

    /// Moves what an earlier version has kept under another name. Records that are here already are newer.
    async fn carry_over(self, former: &str) -> Done<()> {
        let Some(old) = open_if_any(former).await? else { return Ok(()) };
        let look = begin(&old, IdbTransactionMode::Readonly)?;
        let (facts, logs) = (look.object_store(FACTS)?, look.object_store(LOGS)?);
        let keys = texts(done(&facts.get_all_keys()?).await?);
        let facts = texts(done(&facts.get_all()?).await?);
        let mut kept = Vec::new();
        for (key, facts) in keys.into_iter().zip(facts) {
            let log = done(&logs.get(&key.as_str().into())?).await?;
            kept.push((key, facts, log));
        }
        old.close();
        let new = self.open_present().await?;
        let change = begin(&new, IdbTransactionMode::Readwrite)?;
        let (facts, logs) = (change.object_store(FACTS)?, change.object_store(LOGS)?);
        let here = texts(done(&facts.get_all_keys()?).await?);
        for (key, old_facts, log) in kept.into_iter().filter(|it| !here.contains(&it.0)) {
            let key = key.into();
            facts.put_with_key(&old_facts.into(), &key)?;
            logs.put_with_key(&log, &key)?;
        }
        let end = finished(&change).await;
        new.close();
        end?;
        factory()?.delete_database(former).map(|_| ())
    }

    async fn open_present(self) -> Done<IdbDatabase> {
        let request = self.database.with_value(|it| factory()?.open_with_u32(it, 1))?;
        let made = request.clone();
        // Not called where the database is there already; the browser then collects it.
        let make = Closure::once(move || {
            let database = made.result().ok().and_then(|it| it.dyn_into::<IdbDatabase>().ok());
            for store in [FACTS, LOGS] {
                // Without it the transaction that follows fails, and says so.
                let _ = database.as_ref().map(|it| it.create_object_store(store));
            }
        });
        request.set_onupgradeneeded(Some(make.into_js_value().unchecked_ref()));
        done(&request).await?.dyn_into()
    }
}

/// Takes the code and the results out of a database, and closes it.
async fn relieved(database: IdbDatabase) -> Done<()> {
    let end = without_statements(&database).await;
    database.close();
    end
}
