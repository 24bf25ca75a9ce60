//! What is beside and below the search: filters, how far the list is read, and the ways to hand rows over.

use leptos::prelude::*;

use crate::web::console::Console;
use crate::web::part::fleet::filters::filters;
use crate::web::part::fleet::goal::goal_line;
use crate::web::part::fleet::hand_over::hand_over;
use crate::web::part::fleet::scan_line::scan_line;

/// All of it.
pub fn tools() -> AnyView {
    let console = Console::here();
    view! {
        {filters(console)}
        <div class="lc-tools-line">
            {scan_line(console)}
            {hand_over(console)}
        </div>
        {goal_line(console)}
    }
    .into_any()
}
