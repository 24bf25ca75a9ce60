//! tmp
#![allow(missing_docs)]
pub struct SparkKey {
    pub key: String,
    pub default: String,
    pub since: String,
    pub meaning: String,
}
pub struct SparkConf {
    keys: Vec<SparkKey>,
}
impl SparkConf {
    pub fn from_json(_t: &str) -> Option<Self> {
        Some(Self { keys: Vec::new() })
    }
    pub fn complete(&self, _t: &str, l: usize) -> Vec<&SparkKey> {
        self.keys.iter().take(l).collect()
    }
    pub fn key(&self, k: &str) -> Option<&SparkKey> {
        self.keys.iter().find(|it| it.key == k)
    }
}
