//! The half of the machine that the form needs: from a submitted form to a session, or to why there is no session; and whether
//! the name in the form is free.
//!
//! Its code is a part of the program of its own. [`crate::Model`] asks for it with [`Effect::Need`] when the form is opened, or
//! when the browser remembers a create whose end it did not see, and is lent it ([`crate::Lent`]).

use form::{CreateSession, SessionName};
use livy::{Address, Answer, Call, CallError, Session, SessionId, SessionPage};

use crate::create::{Create, Stage};
use crate::desk::{Desk, Made, taken};
use crate::flight::{Flight, Purpose};
use crate::{Announcement, Effect, Event, Moment, NameCheck, Route};

/// What the main half asks of it.
pub(crate) trait CreateMachine {
    /// What became of the last create.
    fn create(&self) -> Option<&Create>;

    /// What is known of the name that stands in the form.
    fn name_check(&self) -> Option<&NameCheck>;

    /// The session that came of the last create.
    fn session(&self) -> Option<&SessionId>;

    /// True while a create is under way, or its end is not known.
    fn is_open(&self) -> bool;

    /// What was said of the creation of a session is not true any more.
    fn forget(&mut self);

    /// When it wants to be asked again.
    fn next_due(&self) -> Option<Moment>;

    /// The look for a session whose creation was not answered, if it is due.
    fn take_due(&mut self, now: Moment) -> Option<(Purpose, Call)>;

    /// The question for a name, if it is due.
    fn take_name(&mut self, now: Moment) -> Option<(Purpose, Call)>;

    /// A page was opened, `before` it another one.
    fn opened(&mut self, before: &Route, desk: &Desk);

    /// Something has happened that is for this half alone.
    fn hear(&mut self, event: Event, desk: &mut Desk);

    /// One of its calls was answered.
    fn answered(&mut self, flight: &Flight, result: Result<Answer, CallError>, desk: &mut Desk);

    /// A call was given up: it is sent again.
    fn resend(&mut self, purpose: Purpose, now: Moment);

    /// A session whose creation was not answered is looked for at once.
    fn hurry(&mut self, desk: &Desk);
}

/// The half, for [`crate::Model`] alone.
pub struct CreateHalf(pub(crate) Box<dyn CreateMachine>);

/// Makes the half. `intent` is what the browser remembers of a create whose end it did not see.
pub type LendCreate = fn(intent: Option<String>, now: Moment) -> CreateHalf;

/// The form's half as it is. See [`LendCreate`].
pub fn create_machine(intent: Option<String>, now: Moment) -> CreateHalf {
    let create = intent.and_then(|it| Create::from_storage(&it, now));
    CreateHalf(Box::new(Creating { create, name_check: None }))
}

/// The one [`CreateMachine`].
struct Creating {
    create: Option<Create>,
    name_check: Option<NameCheck>,
}

impl Creating {
    fn submitted(&mut self, request: CreateSession, token: u64, desk: &mut Desk) {
        if self.is_open() {
            return;
        }
        // A name that was sent before may have arrived after all, even one that this page made up.
        let free = request.name_is_made_up()
            && self.create.as_ref().is_none_or(|it| it.intent.name != request.name().as_str());
        let address = request.name().address();
        // What is still on its way about the last create says nothing about this one.
        desk.abandon(Purpose::LookUp);
        let mut create = Create::new(request, token, desk.now);
        if let Some(last) = &self.create {
            create.follows(last);
        }
        self.create = Some(create);
        match address {
            Some(address) if !free => {
                desk.start(Purpose::Check, Call::Session(address));
            }
            _ => self.post(desk),
        }
    }

    fn check_answered(&mut self, answer: Result<Session, CallError>, desk: &mut Desk) {
        let Some(create) = self.create.as_mut().filter(|it| it.stage == Stage::Checking) else { return };
        match answer {
            Ok(session) if session.name() == Some(&create.intent.name) => {
                create.stage = Stage::Taken(session.id);
                return;
            }
            Err(error) => create.name_is_ours = error.is_gone(),
            Ok(_) => {}
        }
        self.post(desk);
    }

    fn post(&mut self, desk: &mut Desk) {
        let Some(create) = self.create.as_mut() else { return };
        let Some(call) = create.request.as_ref().map(CreateSession::call) else { return };
        create.stage = Stage::Sent;
        create.intent.sent = desk.now;
        // Remembered first: the page may be gone before the answer comes.
        desk.perform(Effect::Remember(Some(create.to_storage())));
        desk.herald.tell(Announcement::create(&create.intent.name, &create.intent.kind));
        desk.start(Purpose::Create, call);
    }

    fn create_answered(&mut self, body: &str, answer: Result<Session, CallError>, desk: &mut Desk) {
        let Some(create) = self.create.as_mut() else { return };
        let mut made = None;
        match answer {
            Ok(session) => {
                create.stage = Stage::Created(session.id.clone());
                // Whoever has opened another page meanwhile stays there.
                if desk.route == Route::New {
                    let (session, body) = (session.clone(), body.to_owned());
                    desk.made = Some(Made { session, body, at: desk.now });
                }
                made = Some(session);
            }
            Err(error) => create.failed(error, desk.now),
        }
        self.settle(made.as_ref(), desk);
    }

    /// A page of the list was read in place of a look by name.
    fn list_answered(&mut self, answer: Result<SessionPage, CallError>, desk: &mut Desk) {
        let jitter = desk.jitter();
        let Some(create) = self.create.as_mut() else { return };
        let sent = create.intent.sent;
        let is_anothers =
            |session: &Session| desk.own.iter().any(|it| it.is(session) && it.is_newer_than(sent));
        let page = answer.as_ref().map_err(Clone::clone);
        create.listed(page, is_anothers, desk.now, jitter);
        let found = create.session().cloned();
        let told =
            answer.ok().and_then(|page| page.sessions.into_iter().find(|it| Some(&it.id) == found.as_ref()));
        self.settle(told.as_ref(), desk);
    }

    /// A person gives up what became of the last create: the form is free, and nothing is looked for any more.
    fn dismiss(&mut self, desk: &mut Desk) {
        if self.create.as_ref().is_some_and(|it| matches!(it.stage, Stage::Unknown { .. }) && !it.is_open()) {
            desk.abandon(Purpose::LookUp);
            desk.perform(Effect::Remember(None));
            self.create = None;
        }
    }

    /// A person sends the lost create again, knowing what is known of it.
    fn repeat(&mut self, desk: &mut Desk) {
        if self.create.as_mut().is_some_and(Create::begin_again) {
            desk.abandon(Purpose::LookUp);
            self.post(desk);
        }
    }

    fn look_answered(&mut self, answer: Result<Session, CallError>, desk: &mut Desk) {
        let jitter = desk.jitter();
        let Some(create) = self.create.as_mut() else { return };
        let mut found = None;
        match answer {
            Ok(session) => {
                // Another tab has sent a create under the same name, and has had the answer.
                let is_anothers =
                    desk.own.iter().any(|it| it.is(&session) && it.is_newer_than(create.intent.sent));
                create.looked(Ok(&session), is_anothers, desk.now, jitter);
                found = Some(session);
            }
            Err(error) => create.looked(Err(error), false, desk.now, jitter),
        }
        self.settle(found.as_ref(), desk);
    }

    /// Once a create's end is known, the browser may forget it; a session that came of it is opened, unless the person has
    /// gone elsewhere meanwhile. `told` is what the server answered last.
    fn settle(&mut self, told: Option<&Session>, desk: &mut Desk) {
        let Some(create) = &mut self.create else { return };
        if let Some(fate) = create.take_fate() {
            desk.herald.tell(fate);
        }
        if let Some(id) = create.session() {
            desk.perform(Effect::Remember(None));
            desk.perform(Effect::Settled(create.token));
            if let Some(session) = told.filter(|it| it.id == *id) {
                desk.own_created(session);
                desk.herald.saw(session, desk.now, desk.now);
            }
            if desk.route == Route::New {
                desk.go(Route::of(id));
            }
        } else if matches!(create.stage, Stage::Refused(_) | Stage::Taken(_)) {
            desk.perform(Effect::Remember(None));
        }
    }

    fn name_rested(&mut self, name: Option<SessionName>, desk: &mut Desk) {
        if self.name_check.as_ref().map(NameCheck::name) != name.as_ref() {
            desk.abandon(Purpose::Name);
            self.name_check = name.map(|it| NameCheck::new(it, desk.now));
        }
    }
}

/// A name that was sent is an address; see [`SessionName`].
fn asking(purpose: Purpose, address: Option<Address>) -> Option<(Purpose, Call)> {
    address.map(|it| (purpose, Call::Session(it)))
}

impl CreateMachine for Creating {
    fn create(&self) -> Option<&Create> {
        self.create.as_ref()
    }

    fn name_check(&self) -> Option<&NameCheck> {
        self.name_check.as_ref()
    }

    fn session(&self) -> Option<&SessionId> {
        self.create.as_ref().and_then(Create::session)
    }

    fn is_open(&self) -> bool {
        self.create.as_ref().is_some_and(Create::is_open)
    }

    fn forget(&mut self) {
        self.create = None;
    }

    fn next_due(&self) -> Option<Moment> {
        let look = self.create.as_ref().and_then(|it| it.look_due);
        let decides = self.create.as_ref().and_then(Create::decides_at);
        let name = self.name_check.as_ref().and_then(|it| it.due);
        [look, decides, name].into_iter().flatten().min()
    }

    fn take_due(&mut self, now: Moment) -> Option<(Purpose, Call)> {
        let create = self.create.as_mut()?;
        create.pass(now);
        let look = taken(&mut create.look_due, now).then(|| create.look())?;
        look.map(|it| (Purpose::LookUp, it))
    }

    fn take_name(&mut self, now: Moment) -> Option<(Purpose, Call)> {
        let check = self.name_check.as_mut()?;
        taken(&mut check.due, now).then(|| asking(Purpose::Name, check.address()))?
    }

    fn opened(&mut self, before: &Route, desk: &Desk) {
        let settled = self
            .create
            .as_ref()
            .is_some_and(|it| !matches!(it.stage, Stage::Unknown { .. }) && !it.is_open());
        let stays = self.session().is_some_and(|id| Route::of(id) == desk.route);
        if settled && !stays && desk.route != *before {
            self.create = None;
        }
    }

    fn hear(&mut self, event: Event, desk: &mut Desk) {
        match event {
            Event::Submitted { request, token } => self.submitted(request, token, desk),
            Event::NameRested(name) => self.name_rested(name, desk),
            Event::CreateDismissed => self.dismiss(desk),
            Event::CreateRepeated => self.repeat(desk),
            _ => {}
        }
    }

    fn answered(&mut self, flight: &Flight, result: Result<Answer, CallError>, desk: &mut Desk) {
        if let (Purpose::LookUp, Call::Sessions { .. }) = (flight.purpose, &flight.call) {
            return self.list_answered(result.and_then(|it| it.sessions()), desk);
        }
        if let (Purpose::Create, Call::Create { body }) = (flight.purpose, &flight.call) {
            return self.create_answered(body, result.and_then(|it| it.created()), desk);
        }
        let answer = result.and_then(|it| it.session());
        match (flight.purpose, &flight.call) {
            (Purpose::Check, _) => self.check_answered(answer, desk),
            (Purpose::LookUp, _) => self.look_answered(answer, desk),
            (Purpose::Name, Call::Session(asked)) => {
                if let Some(check) = self.name_check.as_mut() {
                    check.answered(asked, answer);
                }
            }
            _ => {}
        }
    }

    fn resend(&mut self, purpose: Purpose, now: Moment) {
        match (purpose, self.create.as_mut(), self.name_check.as_mut()) {
            (Purpose::LookUp, Some(create), _) => create.look_due = Some(now),
            (Purpose::Name, _, Some(check)) => check.due = Some(now),
            _ => {}
        }
    }

    fn hurry(&mut self, desk: &Desk) {
        let unknown = self.create.as_mut().filter(|it| matches!(it.stage, Stage::Unknown { .. }));
        if let Some(create) = unknown.filter(|_| !desk.flights.is_open(Purpose::LookUp)) {
            create.look_due = Some(desk.now);
        }
    }
}
