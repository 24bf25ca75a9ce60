//! The files of `deploy/` as an operator edits them: the lines marked EDIT, and the steps that their comments describe.

use crate::failure::{Failure, Outcome};
use std::path::Path;

/// Where the page is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// Under `/console/`, as the files are written.
    SubPath,
    /// At the root of the host.
    Root,
}

impl Place {
    /// The path of the page, with a slash at both ends.
    pub fn path(self) -> &'static str {
        match self {
            Self::SubPath => "/console/",
            Self::Root => "/",
        }
    }
}

/// What an operator decides.
#[derive(Clone, Copy, Debug)]
pub struct Wishes<'a> {
    /// Where the page is.
    pub place: Place,
    /// The port on 127.0.0.1.
    pub port: u16,
    /// The port of Livy on 127.0.0.1.
    pub livy: u16,
    /// The folder with the bundle.
    pub bundle: &'a Path,
    /// How long to wait for Livy in place of the ten minutes.
    pub patience: Option<&'static str>,
}

/// The edited text of `deploy/nginx.conf`.
///
/// # Errors
/// A line to edit is not there, or more than once.
pub fn nginx(text: &str, wishes: &Wishes<'_>) -> Outcome<String> {
    let mut edit = Edit::of("deploy/nginx.conf", text);
    edit.replace("listen 80;", &format!("listen 127.0.0.1:{};", wishes.port))?;
    edit.replace("server 127.0.0.1:8998;", &format!("server 127.0.0.1:{};", wishes.livy))?;
    edit.replace("alias /var/www/livy-console/;", &format!("alias {}/;", wishes.bundle.display()))?;
    edit.replace(
        "proxy_read_timeout 10m;",
        &format!("proxy_read_timeout {};", wishes.patience.unwrap_or("10m")),
    )?;
    if wishes.place == Place::Root {
        edit.remove("    location / {\n", "    location /console/ {\n")?;
        edit.replace("    location /console/ {\n", "    location / {\n")?;
    }
    Ok(edit.text)
}

/// The edited text of `deploy/Caddyfile`.
///
/// # Errors
/// A line to edit is not there, or more than once.
pub fn caddy(text: &str, wishes: &Wishes<'_>) -> Outcome<String> {
    let mut edit = Edit::of("deploy/Caddyfile", text);
    edit.replace("\n:80 {\n", &format!("\nhttp://127.0.0.1:{} {{\n", wishes.port))?;
    edit.replace("reverse_proxy 127.0.0.1:8998 {", &format!("reverse_proxy 127.0.0.1:{} {{", wishes.livy))?;
    edit.replace("root * /var/www/livy-console\n", &format!("root * {}\n", wishes.bundle.display()))?;
    edit.replace(
        "response_header_timeout 10m\n",
        &format!("response_header_timeout {}\n", wishes.patience.unwrap_or("10m")),
    )?;
    if wishes.place == Place::Root {
        edit.remove("\thandle /console {\n", "\n\t# An address without a file")?;
        edit.replace("\thandle_path /console/* {\n", "\thandle {\n")?;
    }
    Ok(edit.text)
}

/// Debian's own `nginx.conf`, with our file in place of its sites and everything that it writes in `folder`.
pub fn debian_nginx(text: &str, folder: &Path, is_root: bool) -> String {
    let folder = folder.display();
    let mut lines = String::new();
    for line in text.lines() {
        let directive = line.trim_start();
        let begins = |start: &str| directive.starts_with(start);
        if begins("include /etc/nginx/conf.d/") {
            lines.push_str(&format!("include {folder}/site.conf;\n"));
            for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"] {
                lines.push_str(&format!("{kind}_temp_path {folder}/{kind};\n"));
            }
        } else if begins("user ") {
            // The workers read the checkout, which may belong to root alone.
            lines.push_str(if is_root { "user root;\n" } else { "" });
        } else if begins("pid ") {
            lines.push_str(&format!("pid {folder}/nginx.pid;\n"));
        } else if begins("error_log ") {
            lines.push_str(&format!("error_log {folder}/error.log;\n"));
        } else if begins("access_log ") {
            lines.push_str(&format!("access_log {folder}/access.log;\n"));
        } else if !begins("include /etc/nginx/sites-enabled/") {
            lines.push_str(&format!("{line}\n"));
        }
    }
    lines
}

/// A text that is edited; every edit has to find its place exactly once.
struct Edit {
    file: &'static str,
    text: String,
}

impl Edit {
    fn of(file: &'static str, text: &str) -> Self {
        Self { file, text: text.to_owned() }
    }

    fn replace(&mut self, from: &str, to: &str) -> Outcome {
        match self.text.matches(from).count() {
            1 => {
                self.text = self.text.replace(from, to);
                Ok(())
            }
            found => Err(Failure::new(format!(
                "{} should have the line {:?} once and has it {found} times.",
                self.file,
                from.trim()
            ))),
        }
    }

    /// Removes everything from one mark up to another.
    fn remove(&mut self, from: &str, to: &str) -> Outcome {
        let begin = self.text.find(from);
        let end = begin.and_then(|at| self.text[at..].find(to).map(|length| at + length));
        match (begin, end) {
            (Some(begin), Some(end)) => {
                self.text.replace_range(begin..end, "");
                Ok(())
            }
            _ => Err(Failure::new(format!(
                "{} has no lines from {:?} to {:?}.",
                self.file,
                from.trim(),
                to.trim()
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, Wishes, caddy, debian_nginx, nginx};
    use std::path::Path;

    const NGINX: &str = include_str!("../../../deploy/nginx.conf");
    const CADDY: &str = include_str!("../../../deploy/Caddyfile");

    fn wishes(place: Place) -> Wishes<'static> {
        Wishes { place, port: 81, livy: 82, bundle: Path::new("/b"), patience: None }
    }

    #[test]
    fn the_files_can_be_edited_as_they_say() {
        let both = |place| {
            let wishes = wishes(place);
            [nginx(NGINX, &wishes).unwrap(), caddy(CADDY, &wishes).unwrap()]
        };
        for text in both(Place::SubPath) {
            assert!(
                text.contains("/console") && text.contains("127.0.0.1:81") && text.contains("/b"),
                "{text}"
            );
        }
        for text in both(Place::Root) {
            let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
            assert!(!lines.collect::<String>().contains("/console/"), "{text}");
        }
        assert!(nginx("listen 80; listen 80;", &wishes(Place::Root)).is_err());
    }

    #[test]
    fn nothing_of_debians_nginx_is_written_elsewhere() {
        let own = "user www-data;\npid /run/nginx.pid;\nhttp {\n\taccess_log /var/log/nginx/access.log;\n\tgzip on;\n\tinclude /etc/nginx/conf.d/*.conf;\n\tinclude /etc/nginx/sites-enabled/*;\n}\n";
        let text = debian_nginx(own, Path::new("/f"), false);
        for gone in ["user", "/run", "/var", "conf.d", "sites-enabled"] {
            assert!(!text.contains(gone), "{text}");
        }
        assert!(text.contains("gzip on;") && text.contains("include /f/site.conf;"), "{text}");
    }
}
