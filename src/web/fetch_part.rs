//! The ways into the parts of the program that the machine asks for.

use std::pin::Pin;

use console::{LendStatements, Lent, Part};
use leptos::prelude::IntoAny;

use crate::web::browser::record_store::database;
use crate::web::page::{lost, new, session};
use crate::web::part::fleet::selection_bar::selection_bar;
use crate::web::part::fleet::tools::tools;
use crate::web::part::{create_fate, notice_box, remembered, statements, unused_query};
use crate::web::parts::{Arrived, Piece};
use crate::web::split::{Missing, part};

part!(form: fn form_part() -> Arrived {
    Arrived { draw: |_| new::New(), lent: None, keep: None }
});
part!(session: fn session_part() -> Arrived {
    Arrived {
        draw: |piece| match piece {
            Piece::Remembered => remembered::remembered_rows(),
            Piece::Forgetting => remembered::forgetting(),
            _ => session::OneSession(),
        },
        lent: Some(Lent::Session(console::session_machine)),
        keep: None,
    }
});
part!(memory: fn memory_part() -> Arrived {
    Arrived { draw: |_| ().into_any(), lent: None, keep: Some(database::perform) }
});
part!(create: fn create_part() -> Arrived {
    Arrived {
        draw: |_| create_fate::CreateFate(),
        lent: Some(Lent::Create(console::create_machine)),
        keep: None,
    }
});
part!(notice: fn notice_part() -> Arrived {
    Arrived {
        draw: |piece| match piece {
            Piece::Trouble(trouble, retry) => notice_box::notice(trouble, retry),
            Piece::Unused => unused_query::unused_query(),
            _ => lost::Lost(),
        },
        lent: Some(Lent::Words(console::words())),
        keep: None,
    }
});
part!(cause: fn cause_part() -> Arrived {
    Arrived { draw: |_| ().into_any(), lent: Some(Lent::Causes(console::cause_book())), keep: None }
});

part!(fleet: fn fleet_part() -> Arrived {
    Arrived {
        draw: |piece| match piece {
            Piece::Selection => selection_bar(),
            _ => tools(),
        },
        lent: Some(Lent::Fleet(console::fleet_machine)),
        keep: None,
    }
});

part!(statements: fn statements_part() -> Arrived {
    Arrived {
        draw: |_| statements::view::StatementsView(),
        // The driver adds what this browser and this tab remember.
        lent: Some(Lent::Statements(LendStatements {
            make: console::statements_machine,
            browser: 0,
            intent: None,
        })),
        keep: None,
    }
});

/// Fetches a part, or finds it there.
pub fn fetch_part(part: Part) -> Pin<Box<dyn Future<Output = Result<Arrived, Missing>>>> {
    match part {
        Part::Form => Box::pin(form_part()),
        Part::Session => Box::pin(session_part()),
        Part::Memory => Box::pin(memory_part()),
        Part::Create => Box::pin(create_part()),
        Part::Notice => Box::pin(notice_part()),
        Part::Fleet => Box::pin(fleet_part()),
        Part::Cause => Box::pin(cause_part()),
        Part::Statements => Box::pin(statements_part()),
    }
}
