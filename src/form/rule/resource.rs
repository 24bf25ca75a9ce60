//! What tasks and executors ask for beside memory and cores: `spark.task.resource.gpu.amount` and the like.

use crate::problem::{Finding, Problem};
use crate::value::number::real;
use crate::{Draft, Field};

const TASK: &str = "spark.task.resource.";
const EXECUTOR: &str = "spark.executor.resource.";
const AMOUNT: &str = ".amount";

/// What there is to say of them (`ResourceUtils`, `ResourceProfile`, Spark 3.5).
pub(crate) fn problems(draft: &Draft) -> Vec<Problem> {
    let mut found = Vec::new();
    for (row, (key, value)) in draft.conf().iter().enumerate() {
        let name = key.trim().strip_prefix(TASK).and_then(|it| it.strip_suffix(AMOUNT));
        let (Some(name), Some(amount)) = (name, real(value.trim())) else { continue };
        if let Some(finding) = finding(draft, name, amount) {
            found.push(finding.at(Field::Conf, Some(row)));
        }
    }
    found
}

fn finding(draft: &Draft, name: &str, amount: f64) -> Option<Finding> {
    if amount > 0.5 && amount.fract() != 0.0 {
        let words = "Enter 0.5 or less, or a whole number.";
        return Some(Finding::error(words));
    }
    let key = format!("{EXECUTOR}{name}{AMOUNT}");
    let Some(of_executor) = draft.conf_value(&key) else {
        let words = format!("Add {key}. Without it, here or on the server, the session dies.");
        return (amount > 0.0).then(|| Finding::warning(words));
    };
    let is_more = real(of_executor).is_some_and(|it| amount > it);
    is_more.then(|| Finding::error(format!("Enter {of_executor} or less. An executor has no more.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_takes_a_share_or_whole_ones() {
        for (task, executor, expected) in [
            ("0.5", Some("1"), None),
            ("0.75", Some("1"), Some(true)),
            ("1.5", None, Some(true)),
            ("2", Some("1"), Some(true)),
            ("1", Some("1"), None),
            ("1", None, Some(false)),
            ("0", None, None),
            ("one", None, None),
        ] {
            let mut draft = Draft::default();
            let executor =
                executor.map(|it| ("spark.executor.resource.gpu.amount".to_owned(), it.to_owned()));
            let task_row = ("spark.task.resource.gpu.amount".to_owned(), task.to_owned());
            draft.set_conf(executor.clone().into_iter().chain([task_row]).collect());
            let found = problems(&draft);
            assert_eq!(found.first().map(Problem::is_error), expected, "{task} {executor:?}");
        }
    }
}
