//! Links to the places of the present console.

use console::{Place, Route};
use leptos::prelude::{provide_context, use_context};

use crate::web::browser::router::Router;
use crate::web::browser::surroundings::Surroundings;

/// The key of the cluster that the present part of the console is about, where there are several.
#[derive(Clone)]
struct OfCluster(Option<String>);

/// From here on, in the present owner, links are about the cluster with this key.
pub fn are_about(cluster: Option<String>) {
    provide_context(OfCluster(cluster));
}

/// The key of the present cluster, where there are several.
pub fn cluster() -> Option<String> {
    use_context::<OfCluster>()?.0
}

/// The place of a route, on the present cluster, with its `#`.
pub fn place_of(route: &Route) -> String {
    route.href_in(cluster().as_deref())
}

/// The place of a form that is filled in, on the present cluster.
pub fn place_of_form(pairs: &[(String, String)]) -> String {
    Place { cluster: cluster(), route: Route::New, query: pairs.to_vec() }.href()
}

fn router() -> Option<Router> {
    Surroundings::here()?.router()
}

/// The `href` of a link to a route.
pub fn href(route: &Route) -> String {
    href_of(&place_of(route))
}

/// The `href` of a link to a place.
pub fn href_of(place: &str) -> String {
    router().map_or_else(|| place.to_owned(), |it| it.href(place))
}

/// The place of a link, beside its `href`, which leads elsewhere: only where the address is the host's.
pub fn data_route(route: &Route) -> Option<String> {
    data_of(&place_of(route))
}

/// As [`data_route`], of a place.
pub fn data_of(place: &str) -> Option<String> {
    router().filter(|it| !it.is_of_page()).map(|_| place.to_owned())
}

/// Goes to a place.
pub fn go(place: &str) {
    if let Some(router) = router() {
        router.go(place);
    }
}

/// The whole address of a place; `None` where its host has not said how its addresses are made.
pub fn address_of(place: &str) -> Option<String> {
    router()?.address(place)
}

/// True where a link can be handed to somebody else.
pub fn has_addresses() -> bool {
    address_of("#/").is_some()
}
