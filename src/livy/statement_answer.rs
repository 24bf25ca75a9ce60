//! From an HTTP answer about statements to what it means. Results can be many megabytes, so they are walked where they stand.

#[cfg(doc)]
use crate::Call;
use crate::json::Json;
use crate::{Answer, CallError, Statement, StatementId, StatementPage};

impl Answer {
    /// The answer to [`Call::Run`], and to [`Call::CancelStatement`] of the servers that answer it with the statement.
    ///
    /// # Errors
    /// See [`Answer::version`].
    pub fn ran(&self) -> Result<Statement, CallError> {
        self.walked(Statement::parse, "a statement")
    }

    /// The answer to [`Call::Statement`]; `None` where the session has no such statement (any more, or yet). Of one that was cut, what
    /// stands before the cut.
    ///
    /// # Errors
    /// See [`Answer::version`]. [`CallError::is_gone`] means that there is no such session.
    pub fn statement(&self) -> Result<Option<Statement>, CallError> {
        self.statement_of(None)
    }

    /// The same where this id was asked for, which is the statement's where the answer is cut before its own.
    ///
    /// # Errors
    /// See [`Answer::statement`].
    pub fn statement_at(&self, asked: &StatementId) -> Result<Option<Statement>, CallError> {
        self.statement_of(Some(asked))
    }

    fn statement_of(&self, asked: Option<&StatementId>) -> Result<Option<Statement>, CallError> {
        if self.status == 404 && denies_statement(&self.body) {
            return Ok(None);
        }
        let read = |body: &str| match self.cut {
            Some(cut) => Statement::from_head(body, asked, cut),
            None => Statement::parse(body),
        };
        self.walked(read, "a statement").map(Some)
    }

    /// The answer to [`Call::Statements`] and [`Call::NewStatements`].
    ///
    /// # Errors
    /// See [`Answer::version`].
    pub fn statements(&self) -> Result<StatementPage, CallError> {
        let read = |body: &str| match self.cut {
            Some(_) => StatementPage::from_head(body),
            None => StatementPage::from_json(Json::parse(body)?),
        };
        self.walked(read, "a list of statements")
    }

    fn walked<T>(
        &self,
        read: impl FnOnce(&str) -> Option<T>,
        expected: &'static str,
    ) -> Result<T, CallError> {
        if !(200..300).contains(&self.status) || self.body.trim_start().starts_with('<') {
            self.succeeded()?;
        }
        read(&self.body).ok_or_else(|| self.unreadable(expected))
    }
}

/// Livy says of a statement that it does not have a bare `"Statement not found"` (`InteractiveSessionServlet.scala` 150-156), and
/// of a session `{"msg"}`, until 0.5 `"Session '7' not found."`.
fn denies_statement(body: &str) -> bool {
    let words = Json::parse(body).and_then(Json::text);
    words.is_some_and(|it| it.starts_with("Statement "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Answerer;
    use crate::{Cut, Unread};

    fn answer(status: u16, body: &str) -> Answer {
        let content_type = Some("application/json;charset=utf-8".into());
        Answer { status, content_type, body: body.into(), ..Answer::default() }
    }

    #[test]
    fn a_statement_that_is_not_there_is_no_session_that_is_gone() {
        assert_eq!(answer(404, "\"Statement not found\"").statement(), Ok(None));
        for gone in [r#"{"msg":"Session '7' not found."}"#, "\"Session '7' not found.\""] {
            assert!(answer(404, gone).statement().is_err_and(|it| it.is_gone()), "{gone}");
        }
        let nowhere = CallError::NoRoute { by: Answerer::Livy, words: String::new() };
        assert_eq!(answer(404, "").statement(), Err(nowhere));
        let gateway = answer(404, "\"Not Found\"").statement();
        assert!(matches!(gateway, Err(CallError::NoRoute { by: Answerer::Another, .. })), "{gateway:?}");
    }

    fn cut(body: &str, size: Option<u64>) -> Answer {
        Answer { cut: Some(Cut { size }), ..answer(200, body) }
    }

    #[test]
    fn of_an_answer_that_was_cut_what_stands_before_the_cut() {
        let livy = r#"{"id":7,"code":"big(\"größe\n\")","state":"available","output":{"status":"error","evalue":"xx"#;
        let lighter = r#"{"id":"7f-a","code":"big","output":{"content":{"text/plain":"xx"#;
        let sorted = r#"{"code":"big","completed":9,"id":7,"output":{"data":{"text/plain":"xx"#;
        let nothing = r#"{"output":{"status":"ok","data":{"text/plain":"xx"#;
        let in_the_code = r#"{"id":7,"code":"xx"#;
        let in_an_escape = r#"{"id":7,"code":"xx\u00"#;
        let early = r#"{"id":7,"state":"cancelled","code":"xx"#;
        // Its id, state, code and the status of its output.
        let rows: [(&str, &str, &str, Option<&str>, &str); 7] = [
            (livy, "7", "available", Some("big(\"größe\n\")"), "error"),
            (lighter, "7f-a", "", Some("big"), ""),
            (sorted, "7", "", Some("big"), ""),
            (nothing, "99", "", None, "ok"),
            (in_the_code, "7", "", None, ""),
            (in_an_escape, "7", "", None, ""),
            (early, "7", "cancelled", None, ""),
        ];
        let asked = StatementId::numbered(99).unwrap();
        for (body, id, state, code, status) in rows {
            let it = cut(body, Some(213_000_000)).statement_at(&asked).unwrap().unwrap();
            let unread = Unread { size: Some(213_000_000), status: status.to_owned() };
            assert_eq!((it.id.as_str(), it.state.as_str(), it.code.as_deref()), (id, state, code), "{body}");
            assert_eq!((it.output, it.unread), (None, Some(unread)), "{body}");
        }
        assert!(cut(nothing, None).statement().is_err(), "nobody knows which one it is");
        // What has ended before the cut is all there is.
        let whole = r#"{"id":7,"state":"available","output":{"status":"ok"},"more":"xx"#;
        let it = cut(whole, None).statement().unwrap().unwrap();
        assert_eq!((it.output.map(|it| it.status), it.unread), (Some("ok".to_owned()), None));
        for body in ["", "[", "\"xx", "{", r#"{"id":"..","code":"#] {
            let expected = Err(CallError::Unreadable { status: 200, expected: "a statement" });
            assert_eq!(cut(body, None).statement().map(|_| ()), expected, "{body}");
        }
        let page = cut("<html><title>Sign in</title>", None).statement();
        assert!(matches!(page, Err(CallError::NotLivy { .. })), "{page:?}");
    }

    #[test]
    fn of_a_list_that_was_cut_what_stands_before_the_cut() {
        let list = r#"{"total_statements":9,"statements":[{"id":3,"state":"available","output":null},{"id":4,"state":"available","output":{"data":"xx"#;
        let page = cut(list, Some(213_000_000)).statements().unwrap();
        let read: Vec<_> = page.statements.iter().map(|it| (it.id.as_str(), it.unread.is_some())).collect();
        assert_eq!((page.total, page.is_cut, read), (Some(9), true, vec![("3", false), ("4", true)]));
        assert_eq!(page.statements[1].unread.as_ref().and_then(|it| it.size), None);
        let before_its_id = r#"{"statements":[{"id":3},{"code":"xx"#;
        assert_eq!(cut(before_its_id, None).statements().unwrap().statements.len(), 1);
        for body in [r#"{"statements":["#, r#"{"statements":[{"code":"xx"#, r#"{"total_statements":9"#, "["] {
            assert!(cut(body, None).statements().is_err(), "{body}");
        }
    }

    #[test]
    fn what_is_no_statement_is_unreadable() {
        for body in ["", "{}", "[]", "{\"id\":1", "null"] {
            let expected = Err(CallError::Unreadable { status: 200, expected: "a statement" });
            assert_eq!(answer(200, body).statement().map(|_| ()), expected, "{body}");
        }
        let page = Answer { content_type: Some("text/html".into()), ..answer(200, "<title>Sign in</title>") };
        assert!(matches!(page.ran(), Err(CallError::NotLivy { status: 200, .. })));
        assert!(matches!(answer(500, "\"java.lang.X\"").ran(), Err(CallError::Refused { status: 500, .. })));
    }
}
