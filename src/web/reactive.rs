//! Closures behind one type each. Leptos generates its machinery again for each type of closure, some kilobytes a time; a
//! boxed one shares it, and a session page has a hundred of them.

use std::ops::Deref;
use std::sync::Arc;

use leptos::prelude::{AnyView, Effect, IntoAny, Memo, Signal};
use web_sys::MouseEvent;

/// Text that follows its sources.
pub fn text(source: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(source)
}

/// An attribute that is there or not.
pub fn maybe(source: impl Fn() -> Option<String> + Send + Sync + 'static) -> Signal<Option<String>> {
    Signal::derive(source)
}

/// A yes or no that follows its sources.
pub fn flag(source: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    Signal::derive(source)
}

/// A value that tells of itself only when it has changed.
pub fn memo<T: PartialEq + Send + Sync + 'static>(source: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    fn shared<T: PartialEq + Send + Sync + 'static>(source: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
        Memo::new(move |_| source())
    }
    shared(Box::new(source))
}

/// A large value that the machine shares. Two of them are equal only if they are the same allocation: comparing costs nothing.
pub struct Same<T>(Arc<T>);

impl<T> Same<T> {
    /// Of a value that is replaced, never changed in place.
    pub fn of(shared: &Arc<T>) -> Self {
        Self(Arc::clone(shared))
    }
}

impl<T> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self::of(&self.0)
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Same<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// A part of the page that is redrawn when its sources change.
pub fn dynamic(source: impl Fn() -> Option<AnyView> + Send + 'static) -> AnyView {
    fn shared(source: Box<dyn Fn() -> Option<AnyView> + Send>) -> AnyView {
        (move || source()).into_any()
    }
    shared(Box::new(source))
}

/// A part of the page that is there while something holds.
pub fn shown(when: Memo<bool>, part: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    use leptos::prelude::Get;
    dynamic(move || when.get().then(&part))
}

/// Something that is done whenever its sources change.
pub fn effect(action: impl Fn() + 'static) {
    fn shared(action: Box<dyn Fn()>) {
        Effect::new(move |_| action());
    }
    shared(Box::new(action));
}

/// What a press does.
pub fn press(action: impl Fn() + 'static) -> Box<dyn FnMut(MouseEvent)> {
    Box::new(move |_| action())
}

/// What a press on a link does instead of following it.
pub fn press_instead(action: impl Fn() + 'static) -> Box<dyn FnMut(MouseEvent)> {
    Box::new(move |event| {
        event.prevent_default();
        action();
    })
}
