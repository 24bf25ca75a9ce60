//! What a session will take of the cluster: containers, cores and memory, by Spark's rules for YARN in cluster mode (3.5).
//!
//! A container gets its heap and, on top, the larger of 10 % and 384 MiB (`spark.executor.memoryOverheadFactor`,
//! `ResourceProfile.calculateOverHeadMemory`), or `memoryOverhead` where that is set; an executor also its off-heap memory
//! and `spark.executor.pyspark.memory`. YARN rounds containers up to a step of its own, which only the cluster knows.

use crate::value::number::real;
use crate::{Draft, Field};

use crate::rule::allocation;

use crate::value::memory;

/// Spark's default of a heap, in MiB.
const HEAP: u64 = 1024;
/// The least overhead of a container, in MiB.
const OVERHEAD: u64 = 384;
/// Executors on YARN where nothing is said.
const EXECUTORS: u64 = 2;

/// One container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Container {
    /// What the JVM's heap gets, in MiB.
    pub heap: u64,
    /// What comes on top, in MiB.
    pub overhead: u64,
    /// Cores.
    pub cores: u64,
}

/// What all containers take together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    /// How many, with the driver's.
    pub containers: u64,
    /// Cores of all.
    pub cores: u64,
    /// MiB of all.
    pub memory: u64,
}

/// An estimate: it holds where the server's own defaults are Spark's.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// The driver's container.
    pub driver: Container,
    /// Each executor's container.
    pub executor: Container,
    /// Executors to begin with.
    pub executors: u64,
    /// With dynamic allocation: the least and, where it is bounded, the most.
    pub bounds: Option<(u64, Option<u64>)>,
    /// What it takes for granted, a sentence each.
    pub assumes: Vec<&'static str>,
}

impl Container {
    /// Heap and overhead, in MiB.
    pub fn memory(&self) -> u64 {
        self.heap.saturating_add(self.overhead)
    }
}

impl Estimate {
    /// Of a draft. `None` where a number it rests on cannot be read.
    pub fn of(draft: &Draft) -> Option<Self> {
        let mut assumes = Vec::new();
        let memory_of = |field: Field| -> Option<Option<u64>> {
            let text = Some(draft.text(field).trim()).filter(|it| !it.is_empty());
            let text = text.or_else(|| draft.spark_value(field.spark_key()?));
            text.map_or(Some(None), |it| mebibytes(it, 1).map(Some))
        };
        let count_of = |field: Field| -> Option<Option<u64>> {
            let text = Some(draft.text(field).trim()).filter(|it| !it.is_empty());
            let text = text.or_else(|| draft.spark_value(field.spark_key()?));
            text.map_or(Some(None), |it| it.parse::<u32>().ok().map(|it| Some(it.into())))
        };
        let size = |key: &str, bare: u128| -> Option<Option<u64>> {
            draft.spark_value(key).map_or(Some(None), |it| mebibytes(it, bare).map(Some))
        };
        let number = |key: &str| -> Option<Option<u64>> {
            draft.spark_value(key).map_or(Some(None), |it| it.parse::<u32>().ok().map(|it| Some(it.into())))
        };
        let flag = |key: &str| draft.spark_flag(key) == Some(true);
        let overhead = |heap: u64, who: &str| -> Option<u64> {
            if let Some(set) = size(&format!("spark.{who}.memoryOverhead"), 1 << 20)? {
                return Some(set);
            }
            let factor = match draft.spark_value(&format!("spark.{who}.memoryOverheadFactor")) {
                Some(text) => real(text).filter(|it| it.is_finite() && *it >= 0.0)?,
                None => 0.1,
            };
            Some(((heap as f64 * factor) as u64).max(OVERHEAD))
        };

        let driver_heap = memory_of(Field::DriverMemory)?;
        let executor_heap = memory_of(Field::ExecutorMemory)?;
        if driver_heap.is_none() || executor_heap.is_none() {
            assumes.push("1 GiB where no memory is set (Spark's default).");
        }
        let (driver_heap, executor_heap) = (driver_heap.unwrap_or(HEAP), executor_heap.unwrap_or(HEAP));
        let (driver_cores, executor_cores) = (count_of(Field::DriverCores)?, count_of(Field::ExecutorCores)?);
        if driver_cores.is_none() || executor_cores.is_none() {
            assumes.push("1 core where none is set (Spark's default).");
        }
        let driver = Container {
            heap: driver_heap,
            overhead: overhead(driver_heap, "driver")?,
            cores: driver_cores.unwrap_or(1),
        };
        let mut on_top = overhead(executor_heap, "executor")?;
        if flag("spark.memory.offHeap.enabled") {
            on_top = on_top.saturating_add(size("spark.memory.offHeap.size", 1)?.unwrap_or(0));
        }
        // Spark adds it for applications of Python, and Livy makes one of every session (`spark.yarn.isPython`,
        // InteractiveSession.scala, 0.9.0).
        on_top = on_top.saturating_add(size("spark.executor.pyspark.memory", 1 << 20)?.unwrap_or(0));
        let executor =
            Container { heap: executor_heap, overhead: on_top, cores: executor_cores.unwrap_or(1) };
        let instances = count_of(Field::NumExecutors)?;
        let dynamic = flag(allocation::ENABLED);
        let most = number(allocation::MOST)?;
        // More than the most Spark refuses.
        let bounded = |it: u64| it.min(most.unwrap_or(it));
        let least = bounded(number(allocation::LEAST)?.unwrap_or(0));
        let initial = number(allocation::INITIAL)?.unwrap_or(least);
        let executors = if dynamic {
            bounded(initial.max(least).max(instances.unwrap_or(0)))
        } else {
            instances.unwrap_or(EXECUTORS)
        };
        if instances.is_none() && !dynamic {
            assumes.push("2 executors where none are set (Spark's default on YARN).");
        }
        Some(Self { driver, executor, executors, bounds: dynamic.then_some((least, most)), assumes })
    }

    fn total(&self, executors: u64) -> Total {
        Total {
            containers: executors.saturating_add(1),
            cores: self.executor.cores.saturating_mul(executors).saturating_add(self.driver.cores),
            memory: self.executor.memory().saturating_mul(executors).saturating_add(self.driver.memory()),
        }
    }

    /// To begin with.
    pub fn start(&self) -> Total {
        self.total(self.executors)
    }

    /// What it takes at its smallest.
    pub fn least(&self) -> Total {
        self.total(self.bounds.map_or(self.executors, |(least, _)| least))
    }

    /// What it may grow to. `None` where nothing bounds it.
    pub fn most(&self) -> Option<Total> {
        match self.bounds {
            None => Some(self.start()),
            Some((_, most)) => most.map(|it| self.total(it)),
        }
    }
}

/// An amount of memory in whole MiB, rounded up; a bare number counts in `bare` bytes.
pub(crate) fn mebibytes(text: &str, bare: u128) -> Option<u64> {
    u64::try_from(memory::bytes(text, bare)?.div_ceil(1 << 20)).ok()
}

/// MiB for a person: `1.4 GiB`, `896 MiB`. Rounded up to a tenth: who asks for a share should not hear of less.
pub fn gib(mebibytes: u64) -> String {
    if mebibytes < 1024 {
        return format!("{mebibytes} MiB");
    }
    let tenths = mebibytes.saturating_mul(10).div_ceil(1024);
    if tenths.is_multiple_of(10) || tenths >= 1000 {
        format!("{} GiB", tenths / 10)
    } else {
        format!("{}.{} GiB", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(fields: &[(Field, &str)], conf: &[(&str, &str)]) -> Draft {
        let mut draft = Draft::default();
        for (field, text) in fields {
            draft.set_text(*field, *text);
        }
        draft.set_conf(conf.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect());
        draft
    }

    #[test]
    fn an_empty_form_takes_sparks_defaults() {
        let it = Estimate::of(&Draft::default()).unwrap();
        let container = Container { heap: 1024, overhead: 384, cores: 1 };
        assert_eq!((it.driver, it.executor, it.executors, it.assumes.len()), (container, container, 2, 3));
        assert_eq!(it.start(), Total { containers: 3, cores: 3, memory: 3 * 1408 });
        assert_eq!(it.most(), Some(it.start()));
    }

    #[test]
    fn ten_per_cent_or_what_is_set_and_python_on_top() {
        let fields = [
            (Field::Kind, "pyspark"),
            (Field::ExecutorMemory, "8g"),
            (Field::ExecutorCores, "4"),
            (Field::NumExecutors, "10"),
        ];
        let it = Estimate::of(&draft(&fields, &[])).unwrap();
        assert_eq!((it.executor.overhead, it.start().cores), (819, 41));
        let conf = [
            ("spark.executor.memoryOverhead", "2g"),
            ("spark.executor.pyspark.memory", "512"),
            ("spark.memory.offHeap.enabled", "true"),
            ("spark.memory.offHeap.size", "1073741824"),
            ("spark.driver.memory", "4096m"),
        ];
        let it = Estimate::of(&draft(&fields, &conf)).unwrap();
        assert_eq!(
            (it.executor.overhead, it.driver.heap, it.driver.overhead),
            (2048 + 512 + 1024, 4096, 409)
        );
        let scala = Estimate::of(&draft(&fields[1..], &conf)).unwrap();
        assert_eq!(scala.executor.overhead, it.executor.overhead, "for Spark every session is one of Python");
    }

    #[test]
    fn dynamic_allocation_has_bounds() {
        let conf =
            [("spark.dynamicAllocation.enabled", "true"), ("spark.dynamicAllocation.minExecutors", "1")];
        let open = Estimate::of(&draft(&[(Field::NumExecutors, "4")], &conf)).unwrap();
        assert_eq!((open.executors, open.least().containers, open.most()), (4, 2, None));
        let conf = [conf[0], conf[1], ("spark.dynamicAllocation.maxExecutors", "20")];
        let bounded = Estimate::of(&draft(&[], &conf)).unwrap();
        assert_eq!((bounded.executors, bounded.most().map(|it| it.containers)), (1, Some(21)));
        let many = Estimate::of(&draft(&[(Field::NumExecutors, "40")], &conf)).unwrap();
        assert_eq!((many.executors, many.most().map(|it| it.containers)), (20, Some(21)));
        let crossed = Estimate::of(&draft(&[], &[conf[0], conf[2], (conf[1].0, "30")])).unwrap();
        assert_eq!((crossed.bounds, crossed.executors), (Some((20, Some(20))), 20));
    }

    #[test]
    fn overhead_counts_by_its_older_name_and_has_one_least() {
        let conf = [
            ("spark.yarn.executor.memoryOverhead", "2048"),
            ("spark.yarn.driver.memoryOverhead", "700"),
            ("spark.executor.minMemoryOverhead", "9000"),
        ];
        let of = |conf| Estimate::of(&draft(&[], conf)).map(|it| (it.executor.overhead, it.driver.overhead));
        assert_eq!(of(&conf), Some((2048, 700)));
        assert_eq!(of(&conf[2..]), Some((384, 384)), "Spark 3.5 has no such key");
    }

    #[test]
    fn what_cannot_be_read_is_not_estimated() {
        for (field, text) in
            [(Field::DriverMemory, "1.5g"), (Field::NumExecutors, "many"), (Field::ExecutorCores, "-1")]
        {
            assert_eq!(Estimate::of(&draft(&[(field, text)], &[])), None);
        }
        let huge = [
            (Field::NumExecutors, "4294967295"),
            (Field::ExecutorMemory, "8191p"),
            (Field::ExecutorCores, "4294967295"),
        ];
        assert!(Estimate::of(&draft(&huge, &[])).is_some());
        assert_eq!(
            (gib(896), gib(1408), gib(2048), gib(1_048_576)),
            ("896 MiB".into(), "1.4 GiB".into(), "2 GiB".into(), "1024 GiB".into())
        );
    }
}
