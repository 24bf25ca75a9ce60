//! Spark's own configuration keys, to complete a key that is being typed. Their data is a file of its own, which `cargo xtask
//! spark-conf` makes from Spark's definitions; nothing here judges a key or a value.

use crate::json::Value;

/// What Spark says of one key.
#[derive(Clone, Debug, PartialEq)]
pub struct SparkKey {
    /// The key. One that ends in a dot is a family: what follows it is the person's own, as in `spark.executorEnv.PATH`.
    pub key: String,
    /// Its default as Spark prints it; empty where there is none or Spark works it out.
    pub default: String,
    /// The version of Spark that brought it; empty for Livy's own keys and for deprecated ones.
    pub since: String,
    /// What it means, in one sentence.
    pub meaning: String,
}

/// All keys of one version of Spark (3.5: `src/spark-conf-3.5.json`), in alphabetical order.
#[derive(Clone, Debug)]
pub struct SparkConf {
    keys: Vec<SparkKey>,
}

impl SparkConf {
    /// Reads the file. `None`: it is not one.
    pub fn from_json(text: &str) -> Option<Self> {
        let file = Value::parse(text).ok()?;
        let Value::List(rows) = file.get("keys")? else { return None };
        let key = |row: &Value| match row.items() {
            [Value::Text(key), Value::Text(default), Value::Text(since), Value::Text(meaning)] => {
                Some(SparkKey {
                    key: key.clone(),
                    default: default.clone(),
                    since: since.clone(),
                    meaning: meaning.clone(),
                })
            }
            _ => None,
        };
        Some(Self { keys: rows.iter().map(key).collect::<Option<_>>()? })
    }

    /// What a key that is being typed may become, at most `limit` keys: those that begin with it, then those of which a part
    /// between dots does, then those that hold each of its words. Upper and lower case are the same.
    pub fn complete(&self, typed: &str, limit: usize) -> Vec<&SparkKey> {
        let typed = typed.trim().to_ascii_lowercase();
        let words: Vec<&str> = typed.split_whitespace().collect();
        let Some(first) = words.first() else { return Vec::new() };
        let mut ranks: [Vec<&SparkKey>; 4] = Default::default();
        for it in &self.keys {
            let key = it.key.to_ascii_lowercase();
            let rank = if key.starts_with(&typed) {
                0
            } else if key.ends_with('.') && typed.starts_with(&key) {
                1
            } else if words.iter().all(|word| key.contains(word)) {
                if key.match_indices(first).any(|(at, _)| key[..at].ends_with('.')) { 2 } else { 3 }
            } else {
                continue;
            };
            // No rank can give more than all that are wanted.
            if ranks[rank].len() < limit {
                ranks[rank].push(it);
            }
        }
        ranks.into_iter().flatten().take(limit).collect()
    }

    /// What is known of a key, or of the family it belongs to.
    pub fn key(&self, key: &str) -> Option<&SparkKey> {
        let own = self.keys.iter().find(|it| it.key == key);
        own.or_else(|| {
            self.keys.iter().rev().find(|it| it.key.ends_with('.') && key.starts_with(it.key.as_str()))
        })
    }

    /// The key that was probably meant: one that differs from this one, which is none, in a letter or two at one place.
    /// `None` for a key that is known, or of a family. Costs O(keys).
    pub fn near(&self, key: &str) -> Option<&SparkKey> {
        // Short keys are near to many, and other people's keys need not be like Spark's.
        if key.len() < 12 || self.key(key).is_some() {
            return None;
        }
        self.keys.iter().find(|it| !it.key.ends_with('.') && is_slip(it.key.as_bytes(), key.as_bytes()))
    }
}

/// True where two texts differ in at most two neighbouring bytes: one left out, doubled or mistaken, or two exchanged.
fn is_slip(one: &[u8], other: &[u8]) -> bool {
    if one.len().abs_diff(other.len()) > 2 {
        return false;
    }
    let head = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let rest = one.len().min(other.len()) - head;
    let tail = one.iter().rev().zip(other.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    one.len().max(other.len()) - head - tail <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conf() -> SparkConf {
        SparkConf::from_json(include_str!("../spark-conf-3.5.json")).unwrap()
    }

    fn completed(typed: &str) -> Vec<String> {
        conf().complete(typed, 12).iter().map(|it| it.key.clone()).collect()
    }

    #[test]
    fn a_slip_of_the_pen_is_told_from_a_key_of_ones_own() {
        let conf = conf();
        let near = |key: &str| conf.near(key).map(|it| it.key.as_str());
        for (slip, meant) in [
            ("spark.sql.shufle.partitions", "spark.sql.shuffle.partitions"),
            ("spark.sql.shuffle.partition", "spark.sql.shuffle.partitions"),
            ("spark.dynamicAllocation.enabeld", "spark.dynamicAllocation.enabled"),
            ("spark.executor.memoryOverhaed", "spark.executor.memoryOverhead"),
        ] {
            assert_eq!(near(slip), Some(meant), "{slip}");
        }
        for own in [
            "spark.sql.shuffle.partitions",
            "spark.hadoop.fs.s3a.endpoint",
            "spark.executorEnv.PATH",
            "spark.sql.catalog.lake",
            "spark.acme.tenant",
            "spark.databricks.delta.schema.autoMerge.enabled",
            "spark.ü",
            "",
        ] {
            assert_eq!(near(own), None, "{own}");
        }
    }

    #[test]
    fn the_file_is_whole() {
        let keys = conf().keys;
        assert!(keys.len() > 600, "{}", keys.len());
        assert!(keys.is_sorted_by(|a, b| a.key < b.key), "in order, each once");
        for it in &keys {
            assert!(it.key.starts_with("spark.") || it.key.starts_with("livy."), "{}", it.key);
            assert!(it.meaning.ends_with(['.', '…']), "{}: {}", it.key, it.meaning);
        }
        let conf = conf();
        let memory = conf.key("spark.executor.memory").unwrap();
        assert_eq!((memory.default.as_str(), memory.since.as_str()), ("1g", "0.7.0"));
    }

    #[test]
    fn what_is_typed_finds_its_key() {
        assert_eq!(completed("spark.executor.mem")[0], "spark.executor.memory");
        assert_eq!(completed("SHUFFLE.PART")[0], "spark.sql.shuffle.partitions");
        assert_eq!(completed("dynamicAllocation.max")[0], "spark.dynamicAllocation.maxExecutors");
        assert!(completed("adaptive enabled").contains(&"spark.sql.adaptive.enabled".to_owned()));
        assert_eq!(completed("spark.executorEnv.PA")[0], "spark.executorEnv.");
        assert_eq!(completed("no such key at all"), [""; 0]);
        assert_eq!(completed("  "), [""; 0]);
        assert_eq!(completed("spark").len(), 12);
    }

    #[test]
    fn a_family_explains_its_members() {
        let conf = conf();
        assert_eq!(conf.key("spark.executorEnv.PATH").unwrap().key, "spark.executorEnv.");
        assert!(conf.key("spark.nothing").is_none());
        assert!(SparkConf::from_json("{}").is_none() && SparkConf::from_json("[").is_none());
    }
}
