//! From a submitted form to a session, or to why there is no session.

use livy::{Call, CallError, Session};

use super::{Effect, Model};
use crate::create::{Create, Stage};
use crate::flight::Purpose;
use crate::{Moment, Route, Watch};
use form::CreateSession;

impl Model {
    pub(super) fn submitted(
        &mut self,
        request: CreateSession,
        token: u64,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        if self.create.as_ref().is_some_and(Create::is_open) {
            return;
        }
        // A name that was sent before may have arrived after all, even one that this page made up.
        let free = request.name_is_made_up()
            && self.create.as_ref().is_none_or(|it| it.intent.name != request.name().as_str());
        let address = request.name().address();
        // What is still on its way about the last create says nothing about this one.
        effects.extend(self.flights.abandon(Purpose::LookUp).map(Effect::Abandon));
        self.create = Some(Create::new(request, token, now));
        match address {
            Some(address) if !free => self.start(Purpose::Check, Call::Session(address), now, effects),
            _ => self.post(now, effects),
        }
    }

    pub(super) fn check_answered(
        &mut self,
        answer: Result<Session, CallError>,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let Some(create) = self.create.as_mut().filter(|it| it.stage == Stage::Checking) else { return };
        match answer {
            Ok(session) if session.name() == Some(&create.intent.name) => {
                create.stage = Stage::Taken(session.id);
                return;
            }
            Err(error) => create.name_is_ours = error.is_gone(),
            Ok(_) => {}
        }
        self.post(now, effects);
    }

    pub(super) fn post(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        let Some(create) = self.create.as_mut() else { return };
        let Some(call) = create.request.as_ref().map(CreateSession::call) else { return };
        create.stage = Stage::Sent;
        create.intent.sent = now;
        // Remembered first: the page may be gone before the answer comes.
        effects.push(Effect::Remember(Some(create.intent.clone())));
        self.start(Purpose::Create, call, now, effects);
    }

    pub(super) fn create_answered(
        &mut self,
        answer: Result<Session, CallError>,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let Some(create) = self.create.as_mut() else { return };
        let mut made = None;
        match answer {
            Ok(session) => {
                create.stage = Stage::Created(session.id.clone());
                // Whoever has opened another page meanwhile stays there.
                if self.route == Route::New {
                    let sent = create.request.as_ref().map(CreateSession::call);
                    let body = sent.as_ref().and_then(Call::body).unwrap_or_default();
                    let mut watch = Watch::new(session.id.address().clone(), now).asked_for(body);
                    watch.arrived(session.clone(), self.visible, now);
                    self.put_aside(effects);
                    self.watch = Some(watch);
                }
                made = Some(session);
            }
            Err(error) => create.failed(error, now),
        }
        self.settle(made.as_ref(), now, effects);
    }

    pub(super) fn look_answered(
        &mut self,
        answer: Result<Session, CallError>,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let jitter = self.jitter();
        let Some(create) = self.create.as_mut() else { return };
        let mut found = None;
        match answer {
            Ok(session) => {
                // Another tab has sent a create under the same name, and has had the answer.
                let is_anothers =
                    self.own.iter().any(|it| it.is(&session) && it.is_newer_than(create.intent.sent));
                create.looked(Ok(&session), is_anothers, now, jitter);
                found = Some(session);
            }
            Err(error) => create.looked(Err(error), false, now, jitter),
        }
        self.settle(found.as_ref(), now, effects);
    }

    /// Once a create's end is known, the browser may forget it; a session that came of it is opened, unless the person has
    /// gone elsewhere meanwhile. `told` is what the server answered last.
    pub(super) fn settle(&mut self, told: Option<&Session>, now: Moment, effects: &mut Vec<Effect>) {
        let Some(create) = &self.create else { return };
        if let Some(id) = create.session() {
            let go = (self.route == Route::New).then(|| Effect::Go(Route::of(id)));
            effects.extend([Effect::Remember(None), Effect::Settled(create.token)]);
            if let Some(session) = told.filter(|it| it.id == *id) {
                self.own_created(session, now, effects);
            }
            effects.extend(go);
        } else if matches!(create.stage, Stage::Refused(_) | Stage::Taken(_)) {
            effects.push(Effect::Remember(None));
        }
    }
}
