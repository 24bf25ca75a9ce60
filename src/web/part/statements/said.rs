//! What is said of the last press of "Run", below the code.

use console::{CodeProblem, Press};
use leptos::prelude::*;
use livy::Kind;

use crate::web::part::statements::keys::then_code;
use crate::web::part::statements::runner::{Runner, Said};
use crate::web::reactive::{dynamic, press};
use crate::web::words::statements as words;

/// The lines, and what can be done about them.
pub fn said(runner: Runner) -> AnyView {
    let lines = dynamic(move || match runner.said.get() {
        Said::Nothing | Said::Press(Press::Sent) => None,
        Said::Press(Press::SameAgain) => Some(asked_again(runner)),
        Said::Press(Press::Unanswered) => Some(line("lc-warning", words::UNANSWERED)),
        Said::Press(Press::NotReady) => Some(line("lc-warning", words::NOT_READY)),
        Said::Problems(problems) => Some(draw(&problems, runner)),
    });
    view! {
        <div id="lc-code-said" role="status">
            {lines}
        </div>
    }
    .into_any()
}

fn line(class: &'static str, said: &'static str) -> AnyView {
    view! { <p class=class>{said}</p> }.into_any()
}

fn asked_again(runner: Runner) -> AnyView {
    view! {
        <p class="lc-warning">{words::SAME_AGAIN}</p>
        {button(words::RUN_IT_AGAIN.to_owned(), move || runner.run_again())}
    }
    .into_any()
}

/// Beside what is said: it does that with the code that was pressed, which need not be the one in the editor.
pub fn button(name: String, does: impl Fn() + 'static) -> AnyView {
    view! {
        <button type="button" class="lc-button" on:click=press(then_code(does))>
            {name}
        </button>
    }
    .into_any()
}

fn draw(problems: &[CodeProblem], runner: Runner) -> AnyView {
    let lines = problems.iter().map(|it| {
        let class = if it.is_error() { "lc-wrong" } else { "lc-warning" };
        let body = match it {
            CodeProblem::OtherCell(kind) => Some(of_other_cell(*kind, runner)),
            _ => None,
        };
        view! { <p class=class>{words::problem(*it)} " " {body}</p> }.into_any()
    });
    let lines = lines.collect_view();
    let is_warned = !problems.iter().any(|it| it.is_error());
    view! {
        {lines}
        {is_warned.then(|| button(words::ALL_THE_SAME.to_owned(), move || runner.run_all_the_same()))}
    }
    .into_any()
}

/// The body of a cell of another language can run in that language.
fn of_other_cell(kind: Kind, runner: Runner) -> AnyView {
    view! {
        <button type="button" class="lc-link-button" on:click=press(move || runner.run_body(kind))>
            {words::run_body_as(kind.as_str())}
        </button>
    }
    .into_any()
}
