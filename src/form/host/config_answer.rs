//! Whether a host has a `config.json`, from what it answers to the question for it.
//!
//! Behind a sign-in the answer may be anything but the file. A policy must not disappear with a sign-in that has ended, so only what
//! tells that there is no such file counts as none.

/// True if the answer is the file, false if there is no file.
///
/// None is 404 or 410; 403 with the XML of an object store, which answers so for a file that is missing to whoever may not list
/// its bucket (Amazon S3, `GetObject`; Google Cloud Storage, "HTTP status and error codes for XML"); or the very page that asks, of a
/// host that answers every path with it, with 200 or, as S3 does with an error document, with 403.
///
/// # Errors
/// Why the file is not known, and what helps: sentences.
pub fn is_config(status: u16, body: &str) -> Result<bool, String> {
    let body = body.trim_start();
    let none = "If there is no config.json, add one that contains {}";
    match status {
        200..300 if !body.starts_with('<') => Ok(true),
        200..300 | 403 if is_this_page(body) => Ok(false),
        200..300 => Err(format!(
            "The host sent a web page instead, perhaps a sign-in. Sign in and reload the page. {none}."
        )),
        404 | 410 => Ok(false),
        401 => Err(format!("The host asks for a sign-in. Sign in and reload the page. {none}.")),
        403 if is_of_store(body) => Ok(false),
        403 => Err(format!(
            "The host answered 403, so its rules are unknown. Sign in again and reload the page. {none}."
        )),
        _ => Err(format!(
            "The host answered {status}, so its rules are unknown. Reload the page to try again."
        )),
    }
}

/// XML that says that access is denied, or the page that S3's website endpoint makes of it. Other codes, such as `MissingKey` of
/// CloudFront, are about who asks.
fn is_of_store(body: &str) -> bool {
    let is_xml = body.starts_with("<?xml") || body.starts_with("<Error");
    is_xml && body.contains("<Code>AccessDenied</Code>") || body.contains("<li>Code: AccessDenied</li>")
}

/// A page that holds the console: its element, or what that was before it had a name of its own. A sign-in page may well name its
/// address.
fn is_this_page(body: &str) -> bool {
    let bare = body.replace(['"', '\''], "").replace('<', " <");
    bare.split_whitespace().any(|word| {
        let rest = word.strip_prefix("<livy-console").or_else(|| word.strip_prefix("id=livy-console"));
        rest.is_some_and(|it| it.is_empty() || it.starts_with(['>', '/']))
    })
}
