//! The size of one container: its heap, what comes on top, and its cores.
//!
//! YARN and Kubernetes: the overhead is `spark.driver.memoryOverhead` or `spark.executor.memoryOverhead`, else a share of the heap,
//! and at least 384 MiB (`ResourceProfile.calculateOverHeadMemory`, `Client.scala`, `BasicDriverFeatureStep`, Spark 3.5). The share is
//! `memoryOverheadFactor`, else 10 %; on Kubernetes else `spark.kubernetes.memoryOverheadFactor`, else 40 % for applications of Python
//! and R (`Constants.NON_JVM_MEMORY_OVERHEAD_FACTOR`). An executor also gets its off-heap memory and
//! `spark.executor.pyspark.memory` (`ResourceProfile.getResourcesForClusterManager`). A standalone worker gives the heap alone.

use livy::Kind;

use crate::value::number::real;
use crate::{ClusterManager, Draft};

use super::mebibytes;

/// Spark's default of a heap, in MiB.
const HEAP: u64 = 1024;
/// The least overhead of a container, in MiB.
const OVERHEAD: u64 = 384;
/// The share of the heap that comes on top of it.
const FACTOR: f64 = 0.1;
/// The same for Python and R on Kubernetes.
const FACTOR_OF_OTHERS: f64 = 0.4;
/// A share for driver and executors, which Kubernetes alone reads.
const FACTOR_OF_BOTH: &str = "spark.kubernetes.memoryOverheadFactor";
const OFF_HEAP: &str = "spark.memory.offHeap.enabled";
const OFF_HEAP_SIZE: &str = "spark.memory.offHeap.size";
const PYTHON: &str = "spark.executor.pyspark.memory";

/// One container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Container {
    /// What the JVM's heap gets, in MiB.
    pub heap: u64,
    /// What comes on top, in MiB.
    pub overhead: u64,
    /// MiB of the overhead that a server may not take: on Kubernetes Spark gives Python and R more, but Apache Livy starts their
    /// sessions from a Java class, which Spark gives no more than any other (`ContextLauncher.java` with
    /// `SparkLauncher.NO_RESOURCE`, 0.9.0; `SparkSubmit.prepareSubmitEnvironment`, Spark 3.5). Lighter starts a Python file.
    pub spare: u64,
    /// Thousandths of a core. `None` where only the cluster knows.
    pub millicores: Option<u64>,
}

impl Container {
    /// Heap and overhead, in MiB.
    pub fn memory(&self) -> u64 {
        self.heap.saturating_add(self.overhead)
    }
}

/// What the sizes of a draft's containers depend on.
pub(super) struct Sizes<'a> {
    pub(super) draft: &'a Draft,
    pub(super) manager: Option<ClusterManager>,
    /// `None` where none is chosen.
    pub(super) kind: Option<Kind>,
}

impl Sizes<'_> {
    /// The driver's container; `None` where a number it rests on cannot be read.
    pub(super) fn driver(&self, heap: Option<u64>, cores: Option<u64>) -> Option<Container> {
        let heap = heap.unwrap_or(HEAP);
        let (overhead, least) = (self.overhead(heap, "driver", true)?, self.overhead(heap, "driver", false)?);
        let millicores = match self.manager {
            Some(ClusterManager::Local) => None,
            _ => Some(self.millicores("driver", cores)?),
        };
        Some(Container { heap, overhead, spare: overhead.saturating_sub(least), millicores })
    }

    /// Each executor's container; `None` where a number it rests on cannot be read.
    pub(super) fn executor(&self, heap: Option<u64>, cores: Option<u64>) -> Option<Container> {
        let heap = heap.unwrap_or(HEAP);
        let (mut overhead, mut least) =
            (self.overhead(heap, "executor", true)?, self.overhead(heap, "executor", false)?);
        let python = self.size(PYTHON, 1 << 20)?.unwrap_or(0);
        let off_heap = match self.draft.spark_flag(OFF_HEAP) {
            Some(true) => self.size(OFF_HEAP_SIZE, 1)?.unwrap_or(0),
            _ => 0,
        };
        match self.manager {
            Some(ClusterManager::Standalone | ClusterManager::Local) => {}
            // Spark adds it for applications of Python (`BasicExecutorFeatureStep`).
            Some(ClusterManager::Kubernetes) => {
                let python = if self.kind == Some(Kind::PySpark) { python } else { 0 };
                overhead = overhead.saturating_add(off_heap).saturating_add(python);
                least = least.saturating_add(off_heap);
            }
            // And so on YARN, where Livy makes one of every session (`spark.yarn.isPython`, InteractiveSession.scala, 0.9.0).
            _ => {
                overhead = overhead.saturating_add(off_heap).saturating_add(python);
                least = overhead;
            }
        }
        // Without a number a standalone executor takes all the cores that its worker has left.
        let millicores = match (self.manager, cores) {
            (Some(ClusterManager::Standalone), None) => None,
            _ => Some(self.millicores("executor", cores)?),
        };
        Some(Container { heap, overhead, spare: overhead.saturating_sub(least), millicores })
    }

    /// What comes on top of the heap. `by_kind` is false for a server that starts Python and R from Java.
    fn overhead(&self, heap: u64, who: &str, by_kind: bool) -> Option<u64> {
        if matches!(self.manager, Some(ClusterManager::Standalone | ClusterManager::Local)) {
            return Some(0);
        }
        if let Some(set) = self.size(&format!("spark.{who}.memoryOverhead"), 1 << 20)? {
            return Some(set);
        }
        let is_kubernetes = self.manager == Some(ClusterManager::Kubernetes);
        let factor = |key: &str| match self.draft.spark_value(key) {
            Some(text) => real(text).filter(|it| it.is_finite() && *it >= 0.0).map(Some),
            None => Some(None),
        };
        let of_both = if is_kubernetes { factor(FACTOR_OF_BOTH)? } else { None };
        let is_other = is_kubernetes && by_kind && matches!(self.kind, Some(Kind::PySpark | Kind::SparkR));
        let default = if is_other { FACTOR_OF_OTHERS } else { FACTOR };
        let factor = factor(&format!("spark.{who}.memoryOverheadFactor"))?.or(of_both).unwrap_or(default);
        Some(((heap as f64 * factor) as u64).max(OVERHEAD))
    }

    /// What a container asks for. On Kubernetes that may be less or more than Spark makes of it
    /// (`BasicDriverFeatureStep`, `BasicExecutorFeatureStep`).
    fn millicores(&self, who: &str, cores: Option<u64>) -> Option<u64> {
        let asked = (self.manager == Some(ClusterManager::Kubernetes))
            .then(|| self.draft.spark_value(&format!("spark.kubernetes.{who}.request.cores")))
            .flatten();
        asked.map_or(Some(cores.unwrap_or(1).saturating_mul(1000)), quantity)
    }

    fn size(&self, key: &str, bare: u128) -> Option<Option<u64>> {
        self.draft.spark_value(key).map_or(Some(None), |it| mebibytes(it, bare).map(Some))
    }
}

/// Thousandths of a core of a Kubernetes quantity, rounded up as Kubernetes does: `500m`, `0.5`, `2`. `None` for its other ways to
/// write one.
fn quantity(text: &str) -> Option<u64> {
    let (digits, scale) = text.strip_suffix('m').map_or((text, 1000.0), |it| (it, 1.0));
    let is_plain = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit() || it == b'.');
    let amount = real(digits).filter(|_| is_plain)?;
    Some((amount * scale).ceil() as u64)
}
