//! What an estimate rests on, in sentences: the cluster manager, who told of it, and its rules.

use super::Estimate;
use crate::{ClusterManager, Told};

impl Estimate {
    /// For which cluster manager it is, in a few words.
    pub fn manager_in_words(&self) -> &'static str {
        match self.told.manager() {
            None | Some(ClusterManager::Yarn) => "YARN, cluster mode",
            Some(ClusterManager::Kubernetes) => "Kubernetes, cluster mode",
            Some(ClusterManager::Standalone) => "standalone cluster",
            Some(ClusterManager::Mesos) => "Mesos, as on YARN",
            Some(ClusterManager::Local) => "local mode",
        }
    }

    /// What bounds it where nothing does, as a remedy.
    pub fn unbounded(&self) -> &'static str {
        if self.is_dynamic {
            "no limit: set spark.dynamicAllocation.maxExecutors"
        } else {
            "all free cores: set spark.cores.max and executor cores"
        }
    }

    /// How it was calculated, a sentence each.
    pub fn basis(&self) -> Vec<String> {
        let mut said = vec![self.who()];
        said.extend(self.rules().iter().map(|it| (*it).to_owned()));
        if self.spare() > 0 {
            said.push(JAVA.to_owned());
        }
        if self.is_dynamic {
            said.push(DYNAMIC.to_owned());
        }
        said.extend(self.assumes.iter().map(|it| (*it).to_owned()));
        said.push(self.left_out().to_owned());
        said
    }

    fn who(&self) -> String {
        match self.told {
            Told::Nothing => UNKNOWN.to_owned(),
            Told::ByHost(it) => format!("This site's configuration says that sessions run {}.", it.place()),
            Told::ByServer(it) => format!("Sessions on this server run {}.", it.place()),
        }
    }

    fn rules(&self) -> &'static [&'static str] {
        match self.told.manager() {
            None | Some(ClusterManager::Yarn | ClusterManager::Mesos) => {
                &["Each container gets its heap plus overhead: 10 % of the heap, at least 384 MiB, or what \
                 spark.executor.memoryOverhead and spark.driver.memoryOverhead set. Executors also get off-heap memory and \
                 spark.executor.pyspark.memory."]
            }
            Some(ClusterManager::Kubernetes) => &[
                "Each pod gets its heap plus overhead: 10 % of the heap, 40 % for pyspark and sparkr, at least 384 MiB. \
                 spark.executor.memoryOverhead, spark.driver.memoryOverhead and their factors replace it. Executors also get \
                 off-heap memory and, for pyspark, spark.executor.pyspark.memory.",
                "Cores are what the pods request: spark.kubernetes.driver.request.cores and \
                 spark.kubernetes.executor.request.cores replace the fields.",
            ],
            Some(ClusterManager::Standalone) => &[
                "A standalone cluster reserves the heap alone, without overhead.",
                "The cluster starts executors until spark.cores.max is used up; without it, on all free cores.",
            ],
            Some(ClusterManager::Local) => {
                &["Everything runs in the driver, on the server's host. There are no executors."]
            }
        }
    }

    fn left_out(&self) -> &'static str {
        match self.told.manager() {
            Some(ClusterManager::Kubernetes) => {
                "Defaults set on the server, pod templates and sidecars are not included."
            }
            Some(ClusterManager::Standalone | ClusterManager::Local) => {
                "Defaults set on the server are not included."
            }
            _ => "Defaults set on the server and YARN's rounding are not included.",
        }
    }
}

const UNKNOWN: &str = "The cluster manager is not known, so this assumes YARN. Sessions of the server may show it, or this site's \
     configuration can name it.";
const JAVA: &str = "Apache Livy starts Python and R sessions from Java, which gets 10 %: their pods may be smaller than shown.";
const DYNAMIC: &str =
    "With dynamic allocation, the start is the largest of initialExecutors, minExecutors and Executors.";
