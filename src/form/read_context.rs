//! What a draft is read against: the server's version, the host's policy, the cluster manager, and the name made up for it.

use livy::Release;

use crate::{ClusterManager, Policy, SessionName, Told};

/// The terms of a reading.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadContext {
    pub(crate) made_up: SessionName,
    pub(crate) server: Option<Release>,
    pub(crate) policy: Policy,
    /// The cluster manager that a session of the server has shown.
    pub(crate) shown: Option<ClusterManager>,
}

impl ReadContext {
    /// A server of unknown version and no policy. `made_up` is the name a draft gets where the person gave none.
    pub fn new(made_up: SessionName) -> Self {
        Self { made_up, server: None, policy: Policy::default(), shown: None }
    }

    /// The name that is sent where the person gives none.
    pub fn made_up(&self) -> &SessionName {
        &self.made_up
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// With the version that the server told, `0.9.0-incubating`; a text that is none leaves it unknown.
    #[must_use]
    pub fn with_server(mut self, version: &str) -> Self {
        self.server = Release::parse(version);
        self
    }

    /// What is known of the cluster manager. The host's word counts more than what is seen.
    pub fn told(&self) -> Told {
        match (self.policy.manager, self.shown) {
            (Some(it), _) => Told::ByHost(it),
            (None, Some(it)) => Told::ByServer(it),
            (None, None) => Told::Nothing,
        }
    }

    /// With the cluster manager that a session of the server has shown.
    #[must_use]
    pub fn with_manager_shown(mut self, manager: ClusterManager) -> Self {
        self.shown = Some(manager);
        self
    }

    /// With the policy of whoever hosts the page.
    #[must_use]
    pub fn with_policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }
}
