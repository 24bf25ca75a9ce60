//! The headers of the page's files, as a production host should send them.

use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};

/// Only own files, no inline script or style, no form that leaves, and only own pages may frame it: all that the console needs
/// and no more. `deploy/nginx.conf` and `deploy/Caddyfile` repeat it; `cargo xtask hosts` compares them.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
     img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

const HASHED: &str = "max-age=31536000, immutable";
const UNHASHED: &str = "no-cache";

/// Headers that tests can change, to see how the page reports a wrong one.
#[derive(Debug, Clone)]
pub struct Headers {
    /// Content-Security-Policy; empty for none.
    pub csp: HeaderValue,
    /// The Content-Type of `.wasm` files instead of `application/wasm`.
    pub wasm_type: Option<HeaderValue>,
    /// Whether pages of other origins may load the files. They hold no secrets.
    pub is_open: bool,
}

impl Default for Headers {
    fn default() -> Self {
        Self { csp: HeaderValue::from_static(POLICY), wasm_type: None, is_open: false }
    }
}

impl Headers {
    /// Sets the headers of the answer for the file at `path`.
    pub fn set(&self, path: &str, status: StatusCode, headers: &mut HeaderMap) {
        if !self.csp.is_empty() {
            headers.insert(CONTENT_SECURITY_POLICY, self.csp.clone());
        }
        headers
            .insert(HeaderName::from_static("x-content-type-options"), HeaderValue::from_static("nosniff"));
        headers.insert(HeaderName::from_static("referrer-policy"), HeaderValue::from_static("no-referrer"));
        if self.is_open {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        }
        // The same address has three encodings.
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        // A file that is missing now may exist after the next deployment.
        let kept = (status.is_success() || status == StatusCode::NOT_MODIFIED) && is_hashed(path);
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(if kept { HASHED } else { UNHASHED }));
        if path.ends_with(".wasm")
            && status.is_success()
            && let Some(wasm_type) = &self.wasm_type
        {
            headers.insert(CONTENT_TYPE, wasm_type.clone());
        }
    }
}

/// Whether a name contains a hash of the file's content, that is at least twelve hexadecimal digits. Such a file never changes.
pub fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split(['-', '_', '.'])
        .any(|part| part.len() >= 12 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::{Headers, POLICY, is_hashed};
    use axum::http::{HeaderMap, StatusCode};

    fn headers_of(path: &str, status: StatusCode) -> HeaderMap {
        let mut headers = HeaderMap::new();
        Headers::default().set(path, status, &mut headers);
        headers
    }

    #[test]
    fn names_with_a_hash_are_recognised() {
        assert!(is_hashed("/a/livy-console-0123456789abcdef.wasm"));
        assert!(is_hashed("livy-console-0123456789abcdef_bg.wasm"));
        assert!(!is_hashed("/index.html"));
        assert!(!is_hashed("/0123456789abcdef/index.html"));
        assert!(!is_hashed("livy-console.js"));
        assert!(!is_hashed("decade-facade.css"));
    }

    #[test]
    fn hashed_files_are_cached_and_the_page_is_always_checked() {
        assert_eq!(
            headers_of("/x-0123456789abcdef.js", StatusCode::OK)["cache-control"],
            "max-age=31536000, immutable"
        );
        assert_eq!(headers_of("/x-0123456789abcdef.js", StatusCode::NOT_FOUND)["cache-control"], "no-cache");
        // The page, and the module that names all other files of its version.
        for file in ["/", "/livy-console.js"] {
            assert_eq!(headers_of(file, StatusCode::OK)["cache-control"], "no-cache", "{file}");
        }
    }

    #[test]
    fn pages_of_other_origins_get_the_files_where_that_is_wanted() {
        let mut headers = HeaderMap::new();
        Headers { is_open: true, ..Headers::default() }.set("/livy-console.js", StatusCode::OK, &mut headers);
        assert_eq!(headers["access-control-allow-origin"], "*");
        assert_eq!(headers_of("/livy-console.js", StatusCode::OK).get("access-control-allow-origin"), None);
    }

    #[test]
    fn every_file_has_the_policy() {
        let headers = headers_of("/livy-console.js", StatusCode::OK);
        assert_eq!(headers["content-security-policy"], POLICY);
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["referrer-policy"], "no-referrer");
        assert!(!POLICY.contains("  "));
    }

    #[test]
    fn the_files_and_the_guide_for_hosts_have_the_same_policy() {
        for (file, text) in [
            ("deploy/nginx.conf", include_str!("../../../deploy/nginx.conf")),
            ("deploy/Caddyfile", include_str!("../../../deploy/Caddyfile")),
            ("docs/hosting.md", include_str!("../../../docs/hosting.md")),
        ] {
            assert!(text.contains(POLICY), "{file} has another policy than this server");
        }
    }

    #[test]
    fn who_may_frame_the_page_is_said_once_and_beside_it_who_may_talk_to_it() {
        assert!(POLICY.ends_with("; frame-ancestors 'self'"), "by default no other origin is on either list");
        for (file, text) in [
            ("deploy/nginx.conf", include_str!("../../../deploy/nginx.conf")),
            ("deploy/Caddyfile", include_str!("../../../deploy/Caddyfile")),
        ] {
            assert_eq!(text.matches("frame-ancestors '").count(), 1, "{file}");
            assert!(text.contains("frame-ancestors here and in frame.origins of config.json"), "{file}");
        }
        let guide = include_str!("../../../docs/embedding.md");
        let after = |mark: &str| guide.split_once(mark).unwrap().1.lines().next().unwrap().trim();
        let listed = after("{ \"frame\": { \"origins\": [").trim_end_matches("] } }").replace('"', "");
        let listed: Vec<&str> = listed.split(',').map(str::trim).collect();
        let ancestors: Vec<&str> = after("\nframe-ancestors 'self' ").split(' ').collect();
        assert_eq!(
            listed, ancestors,
            "docs/embedding.md lists other origins in the configuration than in the policy"
        );
        let hosting = include_str!("../../../docs/hosting.md");
        assert!(hosting.contains(&format!("\"frame\": {{ \"origins\": [\"{}\"] }}", ancestors[0])));
    }

    #[test]
    fn the_examples_and_their_guide_have_the_same_policy() {
        let server = include_str!("../../../examples/serve.mjs");
        let policy = server.split_once("POLICY = \"").unwrap().1.split('"').next().unwrap();
        assert!(include_str!("../../../docs/embedding.md").contains(policy), "{policy}");
    }
}
