//! What a session will take of the cluster: containers, cores and memory, by the rules of Spark 3.5 for the cluster manager.
//!
//! On YARN (cluster mode) and Kubernetes a container gets its heap and some overhead on top, see [`container`]; YARN rounds it up
//! to a step of its own, which only the cluster knows. A standalone cluster counts heaps alone, and as many executors as there are
//! cores for (`StandaloneSchedulerBackend`, `Master.startExecutorsOnWorkers`). In local mode there is one process
//! (`LocalSchedulerBackend`). Where nothing tells the manager, and on Mesos, it is estimated as on YARN.

mod basis;
mod container;

use livy::Kind;

use crate::rule::allocation;
use crate::value::memory;
use crate::{ClusterManager, Draft, Field, Told};
pub use container::Container;
use container::Sizes;

/// Executors where nothing is said (`SchedulerBackendUtils.DEFAULT_NUMBER_EXECUTORS`).
const EXECUTORS: u64 = 2;
/// The most cores of one application on a standalone cluster.
const MOST_CORES: &str = "spark.cores.max";

/// What all containers take together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    /// How many, with the driver's.
    pub containers: u64,
    /// Thousandths of a core, of all. `None` where only the cluster knows.
    pub millicores: Option<u64>,
    /// MiB of all.
    pub memory: u64,
}

/// An estimate: it holds where the server's own defaults are Spark's.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// For which cluster manager it is, and who told of that.
    pub told: Told,
    /// The driver's container.
    pub driver: Container,
    /// Each executor's container. `None` in local mode, which has none.
    pub executor: Option<Container>,
    /// Executors to begin with.
    pub executors: u64,
    /// Where their number changes: the least and, where it is bounded, the most.
    pub bounds: Option<(u64, Option<u64>)>,
    /// True where dynamic allocation changes it, false where the cluster's free cores decide.
    pub is_dynamic: bool,
    /// What it takes for granted, a sentence each.
    pub assumes: Vec<&'static str>,
}

/// The number of executors.
struct Executors {
    start: u64,
    bounds: Option<(u64, Option<u64>)>,
    is_dynamic: bool,
}

impl Estimate {
    /// Of a draft. `None` where a number it rests on cannot be read.
    pub fn of(draft: &Draft, told: Told) -> Option<Self> {
        let manager = told.manager();
        let mut assumes = Vec::new();
        let memory_of = |field: Field| number(draft, field, |it| mebibytes(it, 1));
        let count_of = |field: Field| number(draft, field, count);
        let is_local = manager == Some(ClusterManager::Local);

        let driver_heap = memory_of(Field::DriverMemory)?;
        let executor_heap = memory_of(Field::ExecutorMemory)?;
        if driver_heap.is_none() || executor_heap.is_none() && !is_local {
            assumes.push("1 GiB where no memory is set (Spark's default).");
        }
        let (driver_cores, executor_cores) = (count_of(Field::DriverCores)?, count_of(Field::ExecutorCores)?);
        let is_counted = !matches!(manager, Some(ClusterManager::Standalone | ClusterManager::Local));
        if is_counted && (driver_cores.is_none() || executor_cores.is_none()) {
            assumes.push("1 core where none is set (Spark's default).");
        }
        let sizes = Sizes { draft, manager, kind: Kind::parse(draft.text(Field::Kind)) };
        let driver = sizes.driver(driver_heap, driver_cores)?;
        if is_local {
            let bounds = None;
            return Some(Self {
                told,
                driver,
                executor: None,
                executors: 0,
                bounds,
                is_dynamic: false,
                assumes,
            });
        }
        let executor = sizes.executor(executor_heap, executor_cores)?;
        let Executors { start, bounds, is_dynamic } = executors(draft, manager, executor_cores)?;
        let is_default = count_of(Field::NumExecutors)?.is_none() && bounds.is_none();
        if is_default && manager != Some(ClusterManager::Standalone) {
            assumes.push("2 executors where none are set (Spark's default).");
        }
        Some(Self { told, driver, executor: Some(executor), executors: start, bounds, is_dynamic, assumes })
    }

    fn total(&self, executors: u64) -> Total {
        let of_executors = self.executor.map(|it| {
            let millicores = it.millicores.map(|it| it.saturating_mul(executors));
            (millicores, it.memory().saturating_mul(executors))
        });
        let (millicores, memory) = of_executors.unwrap_or((Some(0), 0));
        Total {
            containers: executors.saturating_add(1),
            millicores: self.driver.millicores.zip(millicores).map(|(one, all)| all.saturating_add(one)),
            memory: memory.saturating_add(self.driver.memory()),
        }
    }

    /// To begin with.
    pub fn start(&self) -> Total {
        self.total(self.executors)
    }

    /// MiB of what it begins with that the server may not take; see [`Container::spare`].
    pub fn spare(&self) -> u64 {
        let of_executors = self.executor.map_or(0, |it| it.spare.saturating_mul(self.executors));
        self.driver.spare.saturating_add(of_executors)
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

/// How many executors there are. `executor_cores` are each one's, where that is said.
fn executors(
    draft: &Draft,
    manager: Option<ClusterManager>,
    executor_cores: Option<u64>,
) -> Option<Executors> {
    let of_key = |key: &str| draft.spark_value(key).map_or(Some(None), |it| count(it).map(Some));
    let instances = number(draft, Field::NumExecutors, count)?;
    let is_dynamic = draft.spark_flag(allocation::ENABLED) == Some(true);
    let is_standalone = manager == Some(ClusterManager::Standalone);
    let by_cores = if is_standalone { of_key(MOST_CORES)? } else { None };
    // How many fit into the cores that one application may take.
    let fit = by_cores.zip(executor_cores).and_then(|(all, one)| all.checked_div(one));
    if is_dynamic {
        let most = of_key(allocation::MOST)?;
        let most = most.into_iter().chain(fit).min();
        // More than the most Spark refuses.
        let bounded = |it: u64| it.min(most.unwrap_or(it));
        let least = bounded(of_key(allocation::LEAST)?.unwrap_or(0));
        let initial = of_key(allocation::INITIAL)?.unwrap_or(least);
        let start = bounded(initial.max(least).max(instances.unwrap_or(0)));
        return Some(Executors { start, bounds: Some((least, most)), is_dynamic });
    }
    Some(match (is_standalone, fit) {
        (true, Some(fit)) => Executors { start: fit, bounds: None, is_dynamic },
        (true, None) => Executors { start: 1, bounds: Some((1, None)), is_dynamic },
        (false, _) => Executors { start: instances.unwrap_or(EXECUTORS), bounds: None, is_dynamic },
    })
}

/// What a field or the row of its key amounts to: `Some(None)` where neither is set, `None` where it cannot be read.
fn number(draft: &Draft, field: Field, read: impl Fn(&str) -> Option<u64>) -> Option<Option<u64>> {
    let text = Some(draft.text(field).trim()).filter(|it| !it.is_empty());
    let text = text.or_else(|| draft.spark_value(field.spark_key()?));
    text.map_or(Some(None), |it| read(it).map(Some))
}

fn count(text: &str) -> Option<u64> {
    text.parse::<u32>().ok().map(u64::from)
}

/// An amount of memory in whole MiB, rounded up; a bare number counts in `bare` bytes.
pub(crate) fn mebibytes(text: &str, bare: u128) -> Option<u64> {
    u64::try_from(memory::bytes(text, bare)?.div_ceil(1 << 20)).ok()
}

/// Cores for a person: `4`, `0.5`. An en dash where only the cluster knows.
pub fn cores(millicores: Option<u64>) -> String {
    match millicores {
        None => "–".to_owned(),
        Some(it) if it.is_multiple_of(1000) => (it / 1000).to_string(),
        Some(it) => format!("{}.{:03}", it / 1000, it % 1000).trim_end_matches('0').to_owned(),
    }
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
mod tests;
