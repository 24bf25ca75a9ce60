//! The element that a console is drawn in, as its JavaScript half (`src/element.js`) hands it over: what its host has set, and the way to
//! tell the host something.

use console::Detail;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlElement, Url};

/// What one element says. A value that the host has not set is `None`.
#[derive(Clone)]
pub struct Host(JsValue);

impl Host {
    /// Of the object that the element's JavaScript half makes.
    pub fn new(handed: JsValue) -> Self {
        Self(handed)
    }

    fn get(&self, name: &str) -> JsValue {
        // A plain object of our own has no property that throws.
        Reflect::get(&self.0, &name.into()).unwrap_or(JsValue::UNDEFINED)
    }

    /// A text that the host has set.
    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name).as_string()
    }

    /// A yes or no that the host has set.
    pub fn flag(&self, name: &str) -> bool {
        self.get(name).is_truthy()
    }

    /// A function that the host has given.
    pub fn function(&self, name: &str) -> Option<Function> {
        self.get(name).dyn_into().ok()
    }

    /// Takes a change of what the host has set.
    pub fn set(&self, name: &str, value: &JsValue) {
        // A plain object of our own takes every property.
        let _ = Reflect::set(&self.0, &name.into(), value);
    }

    /// The element in the root that everything is drawn in.
    pub fn mount(&self) -> HtmlElement {
        self.get("mount").unchecked_into()
    }

    /// True where the console is a page of its own: then it may change the title, the address and what is seen of the page.
    pub fn is_page(&self) -> bool {
        self.flag("page")
    }

    /// The address of a file beside the program, wherever the page is.
    pub fn file(&self, name: &str) -> String {
        let base = self.text("files").unwrap_or_default();
        Url::new_with_base(name, &base).map_or_else(|_| name.to_owned(), |it| it.href())
    }

    /// Fetches the style of a part of the program, or finds it there.
    pub fn style(&self, part: &str) -> Option<JsFuture> {
        let asked = self.function("style")?.call1(&JsValue::NULL, &part.into()).ok()?;
        Some(JsFuture::from(asked.dyn_into::<Promise>().ok()?))
    }

    /// Tells the element something. What it does with it, it does when the present code has come to its end.
    pub fn tell(&self, word: &str, detail: &JsValue) {
        if let Some(heard) = self.function("heard") {
            // What a listener of the host throws is caught by the element.
            let _ = heard.call2(&JsValue::NULL, &word.into(), detail);
        }
    }
}

/// A plain object of some facts.
pub fn object(facts: &[(&str, Detail)]) -> JsValue {
    let object = Object::new();
    for (name, value) in facts {
        // A plain object takes every property.
        let _ = Reflect::set(&object, &(*name).into(), &value_of(value));
    }
    object.into()
}

/// A fact as JavaScript has it.
pub fn value_of(detail: &Detail) -> JsValue {
    match detail {
        Detail::None => JsValue::NULL,
        Detail::Flag(it) => JsValue::from_bool(*it),
        Detail::Number(it) => JsValue::from_f64(f64::from(*it)),
        Detail::Text(it) => JsValue::from_str(it),
        Detail::Sessions(all) => {
            let one = |(id, name): &(String, Option<String>)| {
                let name = name.clone().map_or(Detail::None, Detail::Text);
                object(&[("id", Detail::Text(id.clone())), ("name", name)])
            };
            all.iter().map(one).collect::<Array>().into()
        }
    }
}
