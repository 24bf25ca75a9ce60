//! How the newest statement is found without a list.
//!
//! A list makes the server read every output that it has kept, over a channel that carries 50 MB at most. Over that the call never
//! ends, the channel is closed, and the session takes nothing any more, though it says that it is idle (docs/statements.md). So
//! statements are asked for by their numbers, which are given one after the other.

/// Where the search stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Search {
    /// This one was there, and is asked for again: the server may have let it go since.
    At(u64),
    /// None is known yet: this step of the ladder is next.
    Ladder(usize),
    /// This one is there, and so much further on is next.
    Up { known: u64, step: u64 },
    /// The newest is this one or after it, and before that one.
    Between { known: u64, absent: u64 },
    /// Nothing was found where statements would be: a list tells whether there are any.
    List,
    /// It is known which one is the newest, or that there is none.
    Done,
}

/// The last hundred are kept (`livy.rsc.retained-statements`), so that one of these is there unless there were two hundred or more; of a
/// session that is new it is the first. A session in which nothing has run costs these calls and a list, which is light there; more
/// steps would spare a list to those alone that have run more than two hundred.
const LADDER: [u64; 2] = [0, 99];

impl Default for Search {
    fn default() -> Self {
        Self::Ladder(0)
    }
}

impl Search {
    /// From one that was there.
    pub fn from(known: u64) -> Self {
        Self::Up { known, step: 1 }
    }

    /// The number to ask for.
    pub fn number(self) -> Option<u64> {
        match self {
            Self::At(known) => Some(known),
            Self::Ladder(step) => LADDER.get(step).copied(),
            Self::Up { known, step } => Some(known + step),
            Self::Between { known, absent } => Some(known + (absent - known) / 2),
            Self::List | Self::Done => None,
        }
    }

    /// After the answer for that number: where it goes on, and the newest one once it is found.
    pub fn next(self, is_there: bool) -> (Self, Option<u64>) {
        let next = match (self, is_there) {
            (Self::At(known), true) => Self::from(known),
            (Self::At(_), false) => Self::default(),
            (Self::Ladder(step), true) => LADDER.get(step).map_or(Self::List, |it| Self::from(*it)),
            (Self::Ladder(step), false) if step + 1 < LADDER.len() => Self::Ladder(step + 1),
            (Self::Ladder(_), false) => Self::List,
            (Self::Up { known, step }, true) => {
                Self::Up { known: known + step, step: step.saturating_mul(2) }
            }
            (Self::Up { known, step }, false) => Self::Between { known, absent: known + step },
            (Self::Between { known, absent }, true) => {
                Self::Between { known: known + (absent - known) / 2, absent }
            }
            (Self::Between { known, absent }, false) => {
                Self::Between { known, absent: known + (absent - known) / 2 }
            }
            (other, _) => other,
        };
        match next {
            Self::Between { known, absent } if absent <= known + 1 => (Self::Done, Some(known)),
            next => (next, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found where so many were sent and the last hundred are kept, and with how many questions.
    fn found(sent: u64) -> (Search, Option<u64>, usize) {
        let (mut search, mut asked) = (Search::Ladder(0), 0);
        while let Some(number) = search.number() {
            asked += 1;
            let (next, newest) = search.next(number < sent && number + 100 >= sent);
            if newest.is_some() {
                return (next, newest, asked);
            }
            search = next;
        }
        (search, None, asked)
    }

    #[test]
    fn the_newest_is_found_with_a_few_questions() {
        for sent in 1..200 {
            let (search, newest, asked) = found(sent);
            assert_eq!((search, newest), (Search::Done, Some(sent - 1)), "{sent}");
            assert!(asked <= 18, "{asked} for {sent}");
        }
        assert_eq!(found(0), (Search::List, None, 2));
        assert_eq!(found(5_000), (Search::List, None, 2));
        assert_eq!(found(1).2, 2);
    }
}
