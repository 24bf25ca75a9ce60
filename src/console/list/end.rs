//! Where the server's list ends: Livy lists the oldest first, so that the newest sessions are known only once the end is.
//!
//! Livy says how many sessions there are. Some servers give fewer in a page than were asked for, and some say of each page only how many
//! sessions it has: there the end is looked for.

/// What is known of the end.
#[derive(Clone, Debug)]
pub(super) struct End {
    /// How many sessions a page has at most, by what came.
    step: usize,
    /// Whether the total is one of the whole list; `None` while nothing tells.
    is_whole: Option<bool>,
    /// There are at least so many.
    low: usize,
    /// There are at most so many, where that is known.
    high: Option<usize>,
    /// How far to leap next.
    leap: usize,
    /// True where the page that came can be shown before it is known whether it has all there is.
    can_wait: bool,
}

impl End {
    pub(super) fn new(step: usize) -> Self {
        Self { step, is_whole: None, low: 0, high: None, leap: 0, can_wait: false }
    }

    /// How many sessions a page has at most.
    pub(super) fn step(&self) -> usize {
        self.step
    }

    /// A page had so many, and there are more behind it.
    pub(super) fn is_limited_to(&mut self, count: usize) {
        self.step = count.max(1);
    }

    /// True where the last page can be shown at once: that there is more behind it is unlikely, and asked with the next call.
    pub(super) fn can_wait(&self) -> bool {
        self.can_wait
    }

    /// How many sessions there are, as far as is known.
    pub(super) fn total(&self) -> usize {
        self.low
    }

    /// True where the server says of a page only how many sessions it has.
    pub(super) fn is_looked_for(&self) -> bool {
        self.is_whole == Some(false)
    }

    /// A page had all there is.
    pub(super) fn is_all_of(&mut self, came: usize) {
        (self.is_whole, self.low, self.high) = (Some(true), came, Some(came));
    }

    /// A page from elsewhere says how many there are.
    pub(super) fn hear(&mut self, said: usize) {
        if self.is_whole == Some(true) {
            (self.low, self.high) = (said, Some(said));
        }
    }

    /// Learns from a page, and says where the newest one begins, or where to look next.
    pub(super) fn learn(&mut self, from: usize, came: usize, asked: usize, said: usize) -> usize {
        self.can_wait = false;
        let end = from + came;
        let was_whole = self.is_whole != Some(false);
        // The page behind a first one that was short.
        let is_behind_short = self.is_whole.is_none() && from > 0 && from < self.step;
        match came {
            0 if said > from => self.is_whole = Some(false),
            0 if said > 0 => self.is_whole = Some(true),
            0 if from > 0 && self.is_whole.is_none() => self.is_whole = Some(false),
            0 => {}
            _ if said > end || said == end && is_behind_short => self.is_whole = Some(true),
            _ if said < end => self.is_whole = Some(false),
            _ => {}
        }
        let is_short = came < asked && came > 0;
        let has_more = said > end && (from == 0 || looks_like_a_limit(came));
        let may_have_more = said < asked && from == 0 && self.is_whole.is_none() && looks_like_a_limit(came);
        if is_short && (has_more || may_have_more) {
            self.step = came;
        }
        if is_behind_short && came > 0 && self.is_whole == Some(false) {
            self.step = from;
        }
        if self.is_whole == Some(false) {
            if was_whole {
                (self.low, self.high) = (0, None);
            }
            return self.look(from, came);
        }
        self.low = said;
        self.high = Some(said);
        let may_be_of_page = self.is_whole.is_none() && from == 0 && came > 0;
        self.can_wait = may_be_of_page && came < asked && !looks_like_a_limit(came);
        if may_be_of_page { end } else { said.saturating_sub(self.step) }
    }

    /// Looks for the end: first farther and farther on, then between what is there and what is not.
    fn look(&mut self, from: usize, came: usize) -> usize {
        let end = from + came;
        if came == 0 {
            self.high = Some(from);
            self.low = if from < self.low { 0 } else { self.low };
        } else if came < self.step {
            (self.low, self.high) = (end, Some(end));
        } else {
            self.low = self.low.max(end);
            self.high = self.high.filter(|it| *it >= self.low && *it > end);
        }
        match self.high {
            Some(high) if high <= self.low => {
                self.leap = 0;
                // One fewer than a page: a full one would not tell whether it is the last.
                self.low.saturating_sub(self.step.saturating_sub(1).max(1))
            }
            Some(high) => self.low.midpoint(high),
            None => {
                let next = self.low + self.leap;
                self.leap = (self.leap * 2).max(self.step);
                next
            }
        }
    }
}

/// Most servers limit their pages to round numbers: those are asked for what is behind such a page before it is shown.
fn looks_like_a_limit(came: usize) -> bool {
    came >= 10 && came.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many calls it takes until the newest page is read, of a server with so many sessions.
    fn calls(sessions: usize, limit: usize, is_honest: bool) -> (usize, usize) {
        let mut end = End::new(100);
        let mut from = 0;
        for call in 1..60 {
            let came = sessions.saturating_sub(from).min(limit).min(100);
            let said = if is_honest { sessions } else { came };
            let next = end.learn(from, came, 100, said);
            let is_shown = next == from || end.can_wait() || is_honest && from + came == sessions && call > 1;
            // Without a total the next call tells whether what is shown is all.
            if is_shown && (is_honest || !end.can_wait()) {
                assert_eq!(end.total(), sessions, "{sessions} {limit} {is_honest}");
                return (call, from + came);
            }
            from = next;
        }
        panic!("no end: {sessions} {limit} {is_honest}");
    }

    #[test]
    fn livy_is_asked_twice_for_the_newest() {
        for sessions in [101, 216, 40_000] {
            assert_eq!(calls(sessions, 100, true), (2, sessions));
        }
        for limit in [7, 20, 25, 64] {
            assert_eq!(calls(3_000, limit, true), (2, 3_000), "{limit}");
        }
        assert_eq!(calls(7, 100, true), (1, 7));
    }

    #[test]
    fn the_end_is_found_where_the_total_is_of_the_page() {
        for limit in [7, 20, 25, 64, 100] {
            for sessions in [1, 19, 20, 21, 99, 100, 101, 120, 200, 3_000, 40_000] {
                let (count, last) = calls(sessions, limit, false);
                assert_eq!(last, sessions, "{limit}");
                assert!(count <= 34, "{sessions} {limit}: {count}");
            }
        }
    }
}
