//! Addresses of any kind: what is written is read back, and what is read is written so that it is read the same.

use console::{Place, Route};
use form::is_cluster_key;
use livy::Address;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

fn key() -> impl Strategy<Value = Option<String>> {
    option::of("[a-z0-9-]{1,40}")
}

fn address() -> impl Strategy<Value = Address> {
    "[^/\\\\]{1,20}".prop_filter_map("a name that can be addressed", |it| Address::parse(&it))
}

fn route() -> impl Strategy<Value = Route> {
    let remembered =
        (address(), 0..u64::MAX).prop_map(|(it, at)| Route::Remembered(it, console::Moment::from_millis(at)));
    prop_oneof![Just(Route::Sessions), Just(Route::New), address().prop_map(Route::Session), remembered]
}

proptest! {
    #[test]
    fn a_place_is_read_back_with_its_cluster_and_its_query(
        cluster in key(),
        route in route(),
        query in vec((".{1,8}", ".{0,8}"), 0..4),
    ) {
        prop_assume!(query.iter().all(|it| it.0 != "remembered"));
        let place = Place { cluster, route, query };
        prop_assert_eq!(Place::parse(&place.href()), place.clone());
        // The host writes the same without the `#`.
        prop_assert_eq!(Place::parse(&place.href()[1..]), place.clone());
        prop_assert_eq!(Place::parse(&place.route.text()).route, place.route);
    }

    #[test]
    fn whatever_somebody_types_is_a_place_that_stays_the_same(
        hash in "#?(/?@[a-zA-Z0-9./?-]{0,4})?/?(new|sessions/)?[@a-z0-9/?&=%+#\\\\.]{0,12}|.{0,20}",
    ) {
        let place = Place::parse(&hash);
        prop_assert!(place.cluster.as_deref().is_none_or(is_cluster_key));
        let again = Place::parse(&place.route.href_in(place.cluster.as_deref()));
        prop_assert_eq!((again.cluster, again.route), (place.cluster, place.route));
    }
}
