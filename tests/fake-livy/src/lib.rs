//! A pretend Apache Livy.
