//! How many rows a session returns of a query.

use livy::Session;

use crate::conf::conf_number;

/// Unless a session says otherwise (`livy.rsc.sql.num-rows`, RSCConf.java, 0.9.0).
const USUAL: usize = 1_000;

/// The most rows that a query of this session returns, by its request where that is known; more are cut without a word.
pub fn row_limit(session: &Session) -> usize {
    let set = conf_number(session, "livy.rsc.sql.num-rows");
    set.and_then(|it| usize::try_from(it).ok()).unwrap_or(USUAL)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a_session_may_say_otherwise() {
        let limit = |conf: Value| {
            let told = json!({"id": 0, "state": "idle", "conf": conf});
            row_limit(&Session::from_json(told).unwrap())
        };
        assert_eq!(limit(json!({"livy.rsc.sql.num-rows": "50"})), 50);
        assert_eq!(limit(json!({"livy.rsc.sql.num-rows": 5_000})), 5_000);
        for other in [json!({}), json!(null), json!({"livy.rsc.sql.num-rows": "many"})] {
            assert_eq!(limit(other), 1_000);
        }
    }
}
