//! Closures behind one type each. Leptos generates its machinery again for each type of closure, some kilobytes a time; a
//! boxed one shares it, and a session page has a hundred of them.

use std::any::Any;
use std::marker::PhantomData;
use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::{
    AnyView, Effect, GetUntracked, GetValue, IntoAny, LocalStorage, Memo, Notify, SetValue, Signal,
    StoredValue, Track, Trigger, untrack,
};
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

/// A value that follows its sources and tells of itself only when it has changed: a memo of Leptos whose machinery all types share.
pub struct Seen<T> {
    /// Rises when the value changes.
    revision: Memo<u64>,
    value: StoredValue<Option<Value>>,
    of: PhantomData<fn() -> T>,
}

type Value = Arc<dyn Any + Send + Sync>;

/// Where a value is, and how often it has changed.
type Slot = (Memo<u64>, StoredValue<Option<Value>>);

/// The next value; `None` where it is the same as the last one.
type Next = Box<dyn Fn(Option<&Value>) -> Option<Value> + Send + Sync>;

impl<T> Copy for Seen<T> {}

impl<T> Clone for Seen<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: 'static> Seen<T> {
    fn of(next: Next, slot: impl FnOnce(Next) -> Slot) -> Self {
        let (revision, value) = slot(next);
        Self { revision, value, of: PhantomData }
    }

    /// Follows it.
    pub fn track(self) {
        self.revision.track();
    }

    /// Looks at the value, and follows it.
    pub fn with<U>(self, at: impl FnOnce(&T) -> U) -> U {
        self.revision.track();
        self.with_untracked(at)
    }

    /// Looks at the value once.
    #[allow(
        clippy::unreachable,
        reason = "reading the revision makes the value; a place that is gone panics there"
    )]
    pub fn with_untracked<U>(self, at: impl FnOnce(&T) -> U) -> U {
        self.revision.get_untracked();
        match self.look(at) {
            Some(seen) => seen,
            None => unreachable!(),
        }
    }

    /// Looks at the value once; `None` where the place that made it is gone.
    pub fn try_with_untracked<U>(self, at: impl FnOnce(&T) -> U) -> Option<U> {
        self.revision.try_get_untracked()?;
        self.look(at)
    }

    /// A copy of the value as it is now; `None` where the place that made it is gone.
    pub fn try_get_untracked(self) -> Option<T>
    where
        T: Clone,
    {
        self.try_with_untracked(T::clone)
    }

    /// A copy of the value, which is followed.
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// A copy of the value as it is now.
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }

    fn look<U>(self, at: impl FnOnce(&T) -> U) -> Option<U> {
        // Nothing is borrowed while the caller looks.
        let value = self.value.try_get_value().flatten()?;
        value.downcast_ref().map(at)
    }
}

/// A value that lives as long as the owner that it was made in: a stored value of Leptos whose machinery all types share.
pub struct Held<T> {
    value: Holder,
    of: PhantomData<fn() -> T>,
}

type Holder = StoredValue<Rc<dyn Any>, LocalStorage>;

impl<T> Copy for Held<T> {}

impl<T> Clone for Held<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: 'static> Held<T> {
    /// In the present owner.
    pub fn new(value: T) -> Self {
        fn hold(value: Rc<dyn Any>) -> Holder {
            StoredValue::new_local(value)
        }
        Self { value: hold(Rc::new(value)), of: PhantomData }
    }

    /// Looks at the value; `None` where its owner is gone.
    pub fn with<U>(self, at: impl FnOnce(&T) -> U) -> Option<U> {
        fn look(held: Holder) -> Option<Rc<dyn Any>> {
            held.try_get_value()
        }
        look(self.value)?.downcast_ref().map(at)
    }
}

/// A value that tells of itself only when it has changed.
pub fn memo<T: PartialEq + Send + Sync + 'static>(source: impl Fn() -> T + Send + Sync + 'static) -> Seen<T> {
    Seen::of(next(Box::new(source)), slot)
}

/// As [`memo`]. It also follows what calls the look that is handed to `follow`: nothing but the comparison is done where the value is
/// the same.
pub fn memo_following<T: PartialEq + Send + Sync + 'static>(
    source: impl Fn() -> T + Send + Sync + 'static,
    follow: &dyn Fn(Rc<dyn Fn()>),
) -> Seen<T> {
    Seen::of(next(Box::new(source)), |next| following(next, follow))
}

fn following(next: Next, follow: &dyn Fn(Rc<dyn Fn()>)) -> Slot {
    let (differs, next) = (Trigger::new(), Arc::new(next));
    let again = Arc::clone(&next);
    let (revision, value) = slot(Box::new(move |last| {
        differs.track();
        next(last)
    }));
    follow(Rc::new(move || {
        let last = value.try_get_value().flatten();
        if last.is_some() && untrack(|| again(last.as_ref())).is_some() {
            differs.notify();
        }
    }));
    (revision, value)
}

fn next<T: PartialEq + Send + Sync + 'static>(source: Box<dyn Fn() -> T + Send + Sync>) -> Next {
    Box::new(move |last| {
        let new = source();
        let is_same = last.and_then(|it| it.downcast_ref::<T>()).is_some_and(|it| *it == new);
        if is_same { None } else { Some(Arc::new(new)) }
    })
}

fn slot(next: Next) -> Slot {
    let value = StoredValue::new(None);
    let revision = Memo::new(move |last: Option<&u64>| {
        let last = last.copied().unwrap_or_default();
        match next(value.get_value().as_ref()) {
            Some(new) => {
                value.set_value(Some(new));
                last + 1
            }
            None => last,
        }
    });
    (revision, value)
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
pub fn shown(when: Seen<bool>, part: impl Fn() -> AnyView + Send + 'static) -> AnyView {
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
