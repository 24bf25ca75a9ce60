//! A bulk delete as the tab keeps it for its next page.

use livy::{CallError, SessionId};
use serde_json::{Value, json};

use super::{EndItem, EndStage, Ends, Halt, Outcome};

impl Ends {
    /// For the tab's storage: those that were to be deleted, and what became of them.
    pub(super) fn to_storage(&self) -> String {
        let items: Vec<Value> = self.ticked().map(EndItem::to_json).collect();
        json!({"v": 1, "items": items}).to_string()
    }

    /// What the last page of the tab has left. It has stopped: nothing is deleted without a press.
    pub(super) fn from_storage(text: &str) -> Option<Self> {
        let kept: Value = serde_json::from_str(text).ok()?;
        if kept["v"] != 1 {
            return None;
        }
        let items: Vec<EndItem> = kept["items"].as_array()?.iter().filter_map(EndItem::from_json).collect();
        let is_done = items.iter().all(|it| {
            it.outcome.is_good() || it.outcome.is_left_alone() || matches!(it.outcome, Outcome::Failed(_))
        });
        let stage = if is_done { EndStage::Done } else { EndStage::Stopped(Halt::Reload) };
        (!items.is_empty()).then_some(Self { items, stage })
    }
}

impl EndItem {
    fn to_json(&self) -> Value {
        let outcome = match &self.outcome {
            // What was under way is read first, and so found to be gone where it is.
            Outcome::Waiting | Outcome::Looking | Outcome::Deleting => "",
            Outcome::Deleted => "deleted",
            Outcome::Gone => "gone",
            Outcome::Another => "another",
            Outcome::Busy => "busy",
            Outcome::Unsure => "unsure",
            Outcome::Failed(_) => "failed",
        };
        let (status, words) = match &self.outcome {
            Outcome::Failed(error) => (error.status(), error.words().unwrap_or_default()),
            _ => (None, ""),
        };
        json!([
            self.id.as_str(),
            self.name,
            self.owner,
            self.app,
            self.state,
            self.is_busy,
            outcome,
            status,
            words
        ])
    }

    fn from_json(kept: &Value) -> Option<Self> {
        let text = |at: usize| kept[at].as_str().map(str::to_owned);
        let outcome = match kept[6].as_str()? {
            "deleted" => Outcome::Deleted,
            "gone" => Outcome::Gone,
            "another" => Outcome::Another,
            "busy" => Outcome::Busy,
            "unsure" => Outcome::Unsure,
            "failed" => Outcome::Failed(match kept[7].as_u64().and_then(|it| u16::try_from(it).ok()) {
                Some(status) => {
                    CallError::Refused { status, message: text(8).unwrap_or_default(), retry_after: None }
                }
                None => CallError::Unreachable,
            }),
            _ => Outcome::Waiting,
        };
        Some(Self {
            id: SessionId::from_json(&kept[0])?,
            name: text(1),
            owner: text(2),
            app: text(3),
            state: text(4)?,
            is_busy: kept[5].as_bool()?,
            is_ticked: true,
            outcome,
        })
    }
}
