//! A picture of an output: checked, and as an address that an `img` takes.

use crate::route::percent_encoded;

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// A `data:` address; what it holds is one of the types that browsers draw, and runs nothing in an `img`.
    pub address: String,
    /// How many bytes the picture has.
    pub bytes: usize,
    /// How its file ends.
    pub ending: &'static str,
}

impl Image {
    /// Of an output's text: base64 (RFC 4648, 4), also in lines, or the markup of a drawing. `None` of anything else.
    pub fn of(mime: &str, text: &str) -> Option<Self> {
        let ending = match mime {
            "image/png" => "png",
            "image/jpeg" => "jpg",
            "image/gif" => "gif",
            "image/webp" => "webp",
            "image/svg+xml" => "svg",
            _ => return None,
        };
        if ending == "svg" && text.trim_start().starts_with('<') {
            let address = format!("data:{mime},{}", percent_encoded(text));
            return Some(Self { address, bytes: text.len(), ending });
        }
        let mut address = format!("data:{mime};base64,");
        let start = address.len();
        address.extend(text.chars().filter(|it| !it.is_ascii_whitespace()));
        let code = address.get(start..)?;
        let digits = code.strip_suffix("==").or_else(|| code.strip_suffix('=')).unwrap_or(code);
        let is_code = |it: u8| it.is_ascii_alphanumeric() || it == b'+' || it == b'/';
        let is_whole = code.len().is_multiple_of(4) && !digits.is_empty() && digits.bytes().all(is_code);
        let bytes = digits.len() * 3 / 4;
        is_whole.then_some(Self { bytes, address, ending })
    }
}

#[cfg(test)]
mod tests {
    use super::Image;

    #[test]
    fn only_pictures_in_base64() {
        let of = |mime, text| Image::of(mime, text).map(|it| (it.address, it.bytes, it.ending));
        assert_eq!(
            of("image/png", "iVBO\nRw==\n"),
            Some(("data:image/png;base64,iVBORw==".into(), 4, "png"))
        );
        assert_eq!(of("image/jpeg", "AAAA").map(|it| it.1), Some(3));
        for wrong in ["", "=", "====", "iVBOR", "iV\"BO", "iV=O", "<svg>", "iVBO,x1="] {
            assert_eq!(of("image/png", wrong), None, "{wrong}");
        }
        assert_eq!(of("text/html", "AAAA"), None);
        let drawn = of("image/svg+xml", " <svg a=\"#\"/>").unwrap();
        assert_eq!(drawn.0, "data:image/svg+xml,%20%3Csvg%20a%3D%22%23%22/%3E");
    }
}
