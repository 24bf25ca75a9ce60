//! Letting outputs go, so that a tab with many of them stays small. What went is read again when somebody wants to see it.

use super::{Entry, Statements};

impl Statements {
    /// Lets so many bytes of outputs go: what nobody asked to see first, the oldest before the others, and then what was wanted
    /// longest ago. The newest and the one that was wanted last go only where it is to be `all`. How many bytes went.
    pub(super) fn let_go(&mut self, bytes: usize, all: bool) -> usize {
        let last = self.entries.len().saturating_sub(1);
        let wanted = self.entries.iter().filter_map(|it| it.wanted_at).max();
        let is_kept =
            |at: usize, it: &Entry| !all && (at == last || wanted.is_some() && it.wanted_at == wanted);
        let entries = self.entries.iter().enumerate();
        let mut going: Vec<usize> = entries
            .filter(|(at, it)| it.weight() > 0 && !it.is_open() && !is_kept(*at, it))
            .map(|it| it.0)
            .collect();
        // A stable sort: of those that nobody wanted the oldest stays the first. What the server has no more goes last.
        going.sort_by_key(|at| (self.entries[*at].is_evicted, self.entries[*at].wanted_at));
        let mut gone = 0;
        for at in going {
            if gone >= bytes {
                break;
            }
            gone += self.entries[at].weight();
            self.entries[at].shed();
        }
        gone
    }
}

#[cfg(test)]
mod tests {
    use livy::{Answer, Session};
    use serde_json::json;

    use super::*;
    use crate::Moment;

    #[test]
    fn what_somebody_wanted_last_and_the_newest_stay() {
        let session = Session::from_json(json!({"id": 0, "state": "idle"})).unwrap();
        let mut statements = Statements::new(1, session);
        for id in 0..6 {
            let output =
                json!({"status": "ok", "execution_count": id, "data": {"text/plain": "x".repeat(1_000)}});
            let told = json!({"id": id, "code": "1", "state": "available", "output": output});
            let answer = Answer { status: 200, body: told.to_string(), ..Answer::default() };
            statements.told(answer.statement().unwrap().unwrap(), Moment::default());
        }
        let has = |it: &Statements| -> Vec<usize> {
            it.entries.iter().enumerate().filter(|it| !it.1.has_shed_output).map(|it| it.0).collect()
        };
        statements.entries[0].wanted_at = Some(Moment::from_millis(9));
        statements.entries[1].wanted_at = Some(Moment::from_millis(5));
        statements.entries[3].is_evicted = true;
        let gone = statements.let_go(1_500, false);
        assert!((2_000..3_000).contains(&gone), "{gone}");
        assert_eq!(has(&statements), [0, 1, 3, 5]);
        statements.let_go(1, false);
        assert_eq!(has(&statements), [0, 3, 5]);
        statements.let_go(9_999, false);
        assert_eq!(has(&statements), [0, 5]);
        statements.let_go(9_999, true);
        assert_eq!((has(&statements), statements.let_go(1, true)), (vec![], 0));
    }
}
