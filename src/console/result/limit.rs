//! How many rows a session returns of a query.

use form::Field;
use livy::Session;
use serde_json::Value;

/// Unless a session says otherwise (`livy.rsc.sql.num-rows`, RSCConf.java, 0.9.0).
const USUAL: usize = 1_000;

/// The most rows that a query of this session returns, by its request where that is known; more are cut without a word.
pub fn row_limit(session: &Session) -> usize {
    let conf = session.request().into_iter().find(|it| it.0 == Field::Conf.name()).map(|it| it.1);
    let set = conf.and_then(|it| match it.get("livy.rsc.sql.num-rows")? {
        Value::String(text) => text.trim().parse().ok(),
        other => usize::try_from(other.as_u64()?).ok(),
    });
    set.unwrap_or(USUAL)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

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
