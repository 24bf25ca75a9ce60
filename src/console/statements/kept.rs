//! What the server still has: it keeps the last statements, a hundred unless `livy.rsc.retained-statements` says otherwise, and one that
//! is gone is denied like one that is still to come.

/// How many Livy keeps unless it is set up otherwise (RSCConf.java, 0.9.0).
const USUAL: u64 = 100;
/// Where it is not known how many are kept, the oldest is asked for after each new one up to so many, and then ever more rarely.
const FEW: u64 = 12;

/// How many the server keeps, as far as it is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    /// So many, of this session.
    pub most: Option<u64>,
    /// It was seen to have so many at once.
    seen: u64,
    /// How many there were when the oldest was asked for last.
    asked: u64,
    /// The number that would be the first, where the one before it is gone, and the newest then.
    edge: Option<(u64, u64)>,
    /// How many a server tells that has ids of its own.
    pub told: Option<u64>,
}

impl Kept {
    /// This one was told of, with that one the newest.
    pub fn has(&mut self, number: u64, newest: u64) {
        let count = (newest + 1).saturating_sub(number);
        self.seen = self.seen.max(count);
        if self.edge == Some((number, newest)) {
            self.most = Some(count);
        }
        self.most = self.most.map(|it| it.max(self.seen));
    }

    /// This one is gone, with that one the newest.
    pub fn lacks(&mut self, number: u64, newest: u64) {
        self.edge = Some((number + 1, newest));
        if newest.checked_sub(number) == Some(self.seen) && self.most.is_none() {
            self.most = Some(self.seen);
        }
    }

    /// This one is asked for, with that one the newest.
    pub fn asks(&mut self, number: u64, newest: u64) {
        self.asked = self.asked.max((newest + 1).saturating_sub(number));
    }

    /// True where it is worth asking whether so many are still there.
    pub fn is_worth(&self, count: u64) -> bool {
        let next = if self.asked < FEW { self.asked + 1 } else { self.asked + self.asked / 2 };
        let next = if self.asked <= USUAL { next.min(USUAL + 1) } else { next };
        // Once one is known to be gone, the first that is not tells it all.
        self.most.is_none() && count > self.seen && (count >= next || self.edge.is_some())
    }

    /// So many at most, as far as it is known.
    pub fn most(&self) -> u64 {
        self.most.unwrap_or(USUAL.max(self.seen))
    }
}
