//! The wire: what Livy says and accepts.
