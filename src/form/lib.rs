//! The form: from text as typed to a request that Livy accepts.
