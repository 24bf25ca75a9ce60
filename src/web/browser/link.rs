//! Links to the routes of the present console.

use console::Route;

use crate::web::browser::router::Router;
use crate::web::browser::surroundings::Surroundings;

/// The `href` of a link to a route of the present console.
pub fn href(route: &Route) -> String {
    let place = route.href();
    Surroundings::here().and_then(Surroundings::router).map_or_else(|| place.clone(), |it| it.href(&place))
}

/// The route of a link, beside its `href`, which leads elsewhere: only where the address is the host's.
pub fn data_route(route: &Route) -> Option<String> {
    let router = Surroundings::here().and_then(Surroundings::router)?;
    matches!(router, Router::Element { .. }).then(|| route.href())
}

/// The whole address of a place of the present console; `None` where its host has not said how its addresses are made.
pub fn address_of(place: &str) -> Option<String> {
    Surroundings::here()?.router()?.address(place)
}

/// True where a link of the present console can be handed to somebody else.
pub fn has_addresses() -> bool {
    address_of("#/").is_some()
}
