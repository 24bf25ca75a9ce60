//! Chance.

/// Random bits good enough to tell sessions and tabs apart; they protect nothing.
pub fn random() -> u64 {
    let bits = || (js_sys::Math::random() * f64::from(u32::MAX)) as u64;
    bits() << 32 | bits()
}
