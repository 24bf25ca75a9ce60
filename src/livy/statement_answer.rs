//! From an HTTP answer about statements to what it means. Results can be many megabytes, so they are walked where they stand.

#[cfg(doc)]
use crate::Call;
use crate::json::Json;
use crate::{Answer, CallError, Statement, StatementPage};

impl Answer {
    /// The answer to [`Call::Run`], and to [`Call::CancelStatement`] of the servers that answer it with the statement.
    ///
    /// # Errors
    /// See [`Answer::version`].
    pub fn ran(&self) -> Result<Statement, CallError> {
        self.walked(Statement::from_json, "a statement")
    }

    /// The answer to [`Call::Statement`]; `None` where the session has no such statement (any more, or yet).
    ///
    /// # Errors
    /// See [`Answer::version`]. [`CallError::is_gone`] means that there is no such session.
    pub fn statement(&self) -> Result<Option<Statement>, CallError> {
        if self.status == 404 && denies_statement(&self.body) {
            return Ok(None);
        }
        self.walked(Statement::from_json, "a statement").map(Some)
    }

    /// The answer to [`Call::Statements`].
    ///
    /// # Errors
    /// See [`Answer::version`].
    pub fn statements(&self) -> Result<StatementPage, CallError> {
        self.walked(StatementPage::from_json, "a list of statements")
    }

    fn walked<T>(
        &self,
        read: impl FnOnce(Json<'_>) -> Option<T>,
        expected: &'static str,
    ) -> Result<T, CallError> {
        if !(200..300).contains(&self.status) || self.body.trim_start().starts_with('<') {
            self.succeeded()?;
        }
        Json::parse(&self.body).and_then(read).ok_or_else(|| self.unreadable(expected))
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
