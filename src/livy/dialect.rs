//! The dialects of the servers that speak Livy's protocol, or almost: what each says in its own way, read by what is seen in its
//! answers and never by a setting.
//!
//! - Livy 0.2 to 0.9 (`apache/incubator-livy`, tags): errors are bare strings before 0.6, no name is told or asked by before 0.6, and
//!   before 0.4 a log of `size=-1` is empty.
//! - Lighter (`exacaster/lighter`): ids are UUIDs, `applications` in place of `sessions`, the newest first, a total that is the page's
//!   length, the request in `submitParams`, the log as one text, a 404 in its own words.
//! - Azure Synapse (`azure-rest-api-specs`, `sparkJob.json` 2019-11-01-preview): 20 a page, `errorInfo`, `result`, no `/log`.
//! - Microsoft Fabric (`fabric-samples`, `Livy-API-swagger`): `items` in the list, a session without id, state or name while it is
//!   acquired, `fabricSessionStateInfo`, 202 on a create, 430 where its capacity is used up.
//! - Apache Kyuubi (`apache/kyuubi`, `Batch.java`): `batches` in the list, states and diagnostics of its own; its `/sessions` is a bare
//!   list (`SessionsResource.scala`, `SessionData.java`), whose entries have an `identifier` and no state.
//! - Gateways: Knox, HDInsight, EMR Serverless and clouds refuse in shapes of their own.
//!
//! Start with [`words`] for what an error says, [`meaning`] for what it means, [`session`] for a session.

mod inner_json;
mod log;
mod meaning;
mod reason;
pub(crate) mod session;
pub(crate) mod state;
mod title;
mod words;

pub(crate) use log::{lines, withholds};
pub use meaning::Meaning;
pub use reason::Reason;
pub(crate) use reason::reasons;
pub(crate) use title::title;
pub(crate) use words::{plain_words, words};
