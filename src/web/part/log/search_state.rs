//! What is looked for in the log, and which lines are shown: all, those of a level, or those that match. New lines are searched
//! as they come.

use std::rc::Rc;

use console::{Around, Levels, Search, SectionLog};
use leptos::prelude::*;
use livy::Section;

use crate::web::console::Console;
use crate::web::part::log::expression::{Asking, Expression, Told, Wanted, make, words};
use crate::web::reactive::{Seen, effect, memo};
use crate::web::words::log as say;

/// How much text the browser's expression is asked about at once, in bytes.
const SLICE: usize = 256 * 1024;

/// How a line is recognized.
#[derive(Clone)]
enum Matcher {
    Nothing,
    Text(Search),
    Pattern(Rc<Expression>),
    /// The pattern is invalid, or takes too long.
    Wrong,
}

/// Which lines are shown.
#[derive(Clone, Copy, PartialEq)]
enum Show {
    All,
    /// Those of some levels.
    Levels(Levels),
    /// Those that match: of some levels alone, or of all with the lines around them.
    Matches(Levels),
}

/// The search and the filters, shared with the view of the rows.
#[derive(Clone, Copy)]
pub struct SearchState {
    console: Console,
    /// The section that is shown.
    pub section: Seen<Option<Section>>,
    /// The search term.
    pub query: RwSignal<String>,
    /// Whether upper and lower case differ.
    pub case: RwSignal<bool>,
    /// Whether the term is a regular expression.
    pub regex: RwSignal<bool>,
    /// Whether only matches are shown.
    pub only: RwSignal<bool>,
    /// Which levels are shown alone.
    pub levels: RwSignal<Levels>,
    show: Seen<Show>,
    matcher: StoredValue<Matcher, LocalStorage>,
    /// Answers expressions.
    asking: Asking,
    /// What is wrong with the pattern.
    pub wrong: RwSignal<Option<String>>,
    /// The lines of the section that match, ascending; of the chosen levels alone.
    pub hits: RwSignal<Vec<u64>>,
    /// All lines before this one are searched.
    searched: RwSignal<u64>,
    /// The lines that are shown, where not all are.
    pub around: RwSignal<Around>,
    /// All lines before this one are looked at for their level.
    sorted: StoredValue<u64>,
    /// The match that the reader is at, by its place in `hits`.
    pub at: RwSignal<Option<usize>>,
}

impl SearchState {
    /// In the section that is shown.
    pub fn new(console: Console, section: Seen<Option<Section>>) -> Self {
        let query = RwSignal::new(String::new());
        let (only, levels, wrong) =
            (RwSignal::new(false), RwSignal::new(Levels::default()), RwSignal::new(None::<String>));
        let show = memo(move || {
            let levels = levels.get();
            let has_term = query.with(|it| !it.is_empty()) && wrong.with(Option::is_none);
            match (only.get() && has_term, levels.is_empty()) {
                (true, _) => Show::Matches(levels),
                (false, false) => Show::Levels(levels),
                (false, true) => Show::All,
            }
        });
        let search = Self {
            console,
            section,
            query,
            case: RwSignal::new(false),
            regex: RwSignal::new(false),
            only,
            levels,
            show,
            matcher: StoredValue::new_local(Matcher::Nothing),
            asking: Asking::new(),
            wrong,
            hits: RwSignal::new(Vec::new()),
            searched: RwSignal::new(0),
            around: RwSignal::new(Around::default()),
            sorted: StoredValue::new(0),
            at: RwSignal::new(None),
        };
        effect(move || {
            section.get();
            search.begin();
        });
        let revision = console.see(|model| model.watch().map_or(0, |it| it.log().revision()));
        effect(move || {
            revision.get();
            search.go_on();
            search.sort_on();
        });
        effect(move || {
            show.get();
            section.get();
            search.choose();
        });
        search
    }

    /// True where only some lines are shown.
    pub fn filters(&self) -> bool {
        self.show.get() != Show::All
    }

    /// Words for the case that the filters leave no line.
    pub fn nothing_shown(&self) -> Option<String> {
        let section = self.section.get()?;
        let is_empty = self.around.with(|it| it.lines().is_empty()) && self.searched.get() > 0;
        match self.show.get() {
            Show::Matches(levels) if is_empty && self.progress().is_none() => {
                Some(say::nothing_shown(levels, true, section))
            }
            Show::Levels(levels) if is_empty => Some(say::nothing_shown(levels, false, section)),
            _ => None,
        }
    }

    /// Switches the filters off where they hide this line.
    pub fn let_in(&self, section: Section, number: u64) {
        let is_here = self.section.get_untracked() == Some(section);
        if self.filters() && !(is_here && self.around.with_untracked(|it| it.has(number))) {
            self.only.set(false);
            self.levels.set(Levels::default());
        }
    }

    /// Begins the list of shown lines again.
    fn choose(&self) {
        self.sorted.set_value(0);
        match self.show.get_untracked() {
            Show::Matches(levels) => {
                self.around.set(if levels.is_empty() { Around::matches() } else { Around::alone() });
                self.hits.with_untracked(|it| self.surround(it));
            }
            Show::Levels(_) => {
                self.around.set(Around::alone());
                self.sort_on();
            }
            Show::All => self.around.set(Around::alone()),
        }
    }

    /// Shows these matches too, where only matches are shown.
    fn surround(&self, hits: &[u64]) {
        let kept = || self.console.log(self.section.get_untracked()?, |log| log.dropped()..log.count());
        if matches!(self.show.get_untracked(), Show::Matches(_))
            && let Some(kept) = kept()
        {
            self.around.maybe_update(|it| it.take(hits, kept));
        }
    }

    /// Shows new lines of the chosen levels, where only those are shown. Costs O(new lines).
    fn sort_on(&self) {
        let Some(Show::Levels(levels)) = self.show.try_get_untracked() else { return };
        let from = self.sorted.get_value();
        let look = |log: &SectionLog| (log.lines_of(levels, from), log.dropped()..log.count());
        if let Some((lines, kept)) =
            self.section.get_untracked().and_then(|section| self.console.log(section, look))
        {
            self.sorted.set_value(kept.end);
            self.around.maybe_update(|it| it.take(&lines, kept));
        }
    }

    /// True where there is a term that can be found. Notifies when that changes.
    pub fn looks(&self) -> bool {
        self.hits.track();
        self.wrong.track();
        self.matcher.with_value(|it| matches!(it, Matcher::Text(_) | Matcher::Pattern(_)))
    }

    /// Finds all words in these lines: for each the place of its line, and where it begins and ends there in UTF-16 units.
    pub fn words(&self, lines: &[String], found: Box<dyn FnOnce(Vec<u32>)>) {
        let (search, query) = (*self, self.query.get_untracked());
        match self.matcher.try_get_value() {
            Some(Matcher::Text(_)) => {
                let flags = if self.case.get_untracked() { "gu" } else { "giu" };
                let Ok(expression) = make(&literal(&query), flags) else { return found(Vec::new()) };
                let mut all = Vec::new();
                for (at, line) in (0..).zip(lines) {
                    words(&expression, line, |start, end| all.extend([at, start, end]));
                }
                found(all);
            }
            Some(Matcher::Pattern(expression)) => {
                let mut text = String::new();
                for line in lines {
                    text.push_str(&line.replace('\n', " "));
                    text.push('\n');
                }
                let told: Told = Box::new(move |all| match all {
                    Some(all) => found(all),
                    None => search.give_up(),
                });
                self.asking.ask(Wanted::Words, expression, text, told);
            }
            _ => found(Vec::new()),
        }
    }

    /// Begins a search: the term, an option, the levels or the section have changed.
    fn begin(&self) {
        let query = self.query.get();
        let (case, regex) = (self.case.get(), self.regex.get());
        self.levels.track();
        self.asking.stop();
        let mut wrong = None;
        let matcher = match query.as_str() {
            "" => Matcher::Nothing,
            pattern if regex => match Expression::new(pattern, case) {
                Ok(expression) => Matcher::Pattern(Rc::new(expression)),
                Err(why) => {
                    wrong = Some(say::wrong_expression(&why));
                    Matcher::Wrong
                }
            },
            text => Matcher::Text(Search::new(text, case)),
        };
        self.wrong.set(wrong);
        self.matcher.set_value(matcher);
        self.at.set(None);
        self.searched.set(0);
        self.hits.update(Vec::clear);
        untrack(|| {
            if matches!(self.show.get(), Show::Matches(_)) {
                self.choose();
            }
            self.go_on();
        });
    }

    /// Searches the lines that are not searched yet: all at once, or a slice at a time where the browser's expression is asked.
    fn go_on(&self) {
        let (Some(section), Some(matcher)) =
            (self.section.try_get_untracked().flatten(), self.matcher.try_get_value())
        else {
            return;
        };
        let from = self.searched.get_untracked();
        let look = |log: &SectionLog| match &matcher {
            Matcher::Nothing | Matcher::Wrong => (Ok(Vec::new()), from, log.count()),
            Matcher::Text(search) => (Ok(log.find(search, from)), from, log.count()),
            Matcher::Pattern(_) => {
                let from = from.max(log.dropped());
                let (text, to) =
                    log.shown_from(from, if self.asking.asks(Wanted::Lines) { 0 } else { SLICE });
                (Err(text), from, to)
            }
        };
        match (self.console.log(section, look), matcher) {
            (Some((Ok(hits), _, to)), _) => self.take(hits, to),
            (Some((Err(text), from, to)), Matcher::Pattern(expression)) if to > from => {
                let search = *self;
                let told: Told = Box::new(move |hits| match hits {
                    Some(hits) => {
                        search.take(hits.into_iter().map(|it| from + u64::from(it)).collect(), to);
                        search.go_on();
                    }
                    None => search.give_up(),
                });
                self.asking.ask(Wanted::Lines, expression, text, told);
            }
            _ => {}
        }
    }

    /// Takes the matches before a line. Those whose lines were dropped meanwhile go.
    fn take(&self, mut hits: Vec<u64>, to: u64) {
        if self.searched.get_untracked() != to {
            self.searched.set(to);
        }
        let levels = self.levels.get_untracked();
        let section = self.section.get_untracked();
        if !levels.is_empty() && !hits.is_empty() {
            section.map(|it| self.console.log(it, |log| hits.retain(|it| log.is_of(levels, *it))));
        }
        self.surround(&hits);
        let dropped = section.and_then(|it| self.console.log(it, SectionLog::dropped));
        let gone = self.hits.with_untracked(|it| it.partition_point(|it| Some(*it) < dropped));
        if gone > 0 {
            self.at.update(|it| *it = it.and_then(|it| it.checked_sub(gone)));
        }
        if gone > 0 || !hits.is_empty() {
            self.hits.update(|it| {
                it.drain(..gone);
                it.append(&mut hits);
            });
        }
    }

    /// The expression took too long.
    fn give_up(&self) {
        self.matcher.set_value(Matcher::Wrong);
        self.wrong.set(Some(say::SLOW_EXPRESSION.to_owned()));
    }

    /// How much of the section is searched, in per cent, while that is not all.
    pub fn progress(&self) -> Option<u64> {
        let searched = self.searched.get();
        let count = self.console.log(self.section.get_untracked()?, SectionLog::count)?;
        (searched < count).then(|| searched * 100 / count.max(1))
    }
}

/// The expression that finds a text and nothing else.
fn literal(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for one in text.chars() {
        // ECMA-262, SyntaxCharacter: with the flag u nothing else may be escaped.
        if "^$\\.*+?()[]{}|/".contains(one) {
            pattern.push('\\');
        }
        pattern.push(one);
    }
    pattern
}
