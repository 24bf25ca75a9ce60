//! One sort for all types. The standard library's is built anew for each type that is sorted, at some 3 kB each.

/// The places of `count` items in their order: equal ones keep theirs. `is_before` is asked with two places, O(n log n) times.
pub fn sorted(count: usize, is_before: &dyn Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    let mut width = 1;
    while width < count {
        let mut merged = Vec::with_capacity(count);
        for runs in places.chunks(2 * width) {
            let (mut left, mut right) = runs.split_at(width.min(runs.len()));
            while let (Some((one, after_one)), Some((other, after_other))) =
                (left.split_first(), right.split_first())
            {
                if is_before(*other, *one) {
                    merged.push(*other);
                    right = after_other;
                } else {
                    merged.push(*one);
                    left = after_one;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        places = merged;
        width *= 2;
    }
    places
}

/// Sorts items by the sign of a comparison; equal ones keep their order.
pub fn sort<T>(items: &mut Vec<T>, is_before: impl Fn(&T, &T) -> bool) {
    let places = sorted(items.len(), &|one, other| is_before(&items[one], &items[other]));
    let mut taken: Vec<Option<T>> = std::mem::take(items).into_iter().map(Some).collect();
    items.extend(places.into_iter().filter_map(|it| taken[it].take()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_sorts_like_the_standard_library_and_keeps_equals_in_order() {
        for count in 0..70_usize {
            // A cheap shuffle with many equal keys.
            let items: Vec<(usize, usize)> = (0..count).map(|it| (it * 7919 % 13, it)).collect();
            let mut expected = items.clone();
            expected.sort_by_key(|it| it.0);
            let mut found = items;
            sort(&mut found, |one, other| one.0 < other.0);
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn thousands_of_rows_cost_no_square() {
        for rows in [(0..20_000).collect::<Vec<i32>>(), (0..20_000).rev().collect()] {
            let asked = std::cell::Cell::new(0);
            let mut items = rows;
            sort(&mut items, |one, other| {
                asked.set(asked.get() + 1);
                one < other
            });
            assert!(items.is_sorted() && asked.get() < 20_000 * 15, "{}", asked.get());
        }
    }
}
