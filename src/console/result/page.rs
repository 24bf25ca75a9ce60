//! Markup of a statement as a page of its own, for a frame that has no rights.

/// What a page out of an output may fetch: nothing, but pictures that stand in it. The frame inherits the policy of the console's page,
/// whose own origin it must not reach; a policy in a page can only narrow that (Content Security Policy 3, 4.2.3 and 3.3).
const NARROWED: &str = "<!doctype html><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:\">";

/// The page for `srcdoc` of a frame with an empty `sandbox`, where it can run nothing: its policy stands before all of it.
pub fn sandboxed_page(markup: &str) -> String {
    format!("{NARROWED}{markup}")
}

#[cfg(test)]
mod tests {
    use super::sandboxed_page;

    #[test]
    fn the_policy_stands_before_the_markup() {
        let page = sandboxed_page("<script>x</script>");
        let (policy, markup) = page.split_once('>').map(|it| it.1.split_once('>').unwrap()).unwrap();
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe") && !policy.contains("'self'")
        );
        assert_eq!(markup, "<script>x</script>");
    }
}
