//! Causes in YARN's queues and labels, of the capacity and of the fair scheduler.

use crate::cause::Cause;
use crate::cause::entry::{Entry, reason, said};
use crate::cause::found::{Weight, Whom};
use form::Field;

/// The rows.
pub(super) const ROWS: &[Entry] = &[
    reason(Cause::QueueUnknown, "queue-unknown", "The queue doesn't exist", "Choose another queue.", Whom::You)
        .field(Field::Queue)
        .start()
        .rules(&[
            said("Hadoop 3.3, CapacityScheduler.java", &["submitted by user ", " to unknown queue: "]),
            said("Hadoop 3.3, YarnClientImpl.java", &["Failed to submit application_", "to YARN", "unknown queue"]),
            said("Hadoop 3.4, CapacityScheduler.java", &["Application ", "submitted by user ", "queue ", " does not exist"]),
            said("Hadoop 3.4, QueuePlacementRuleUtils.java", &["Leaf queue ", " does not exist"]),
        ]),
    reason(
        Cause::QueueNotLeaf,
        "queue-not-leaf",
        "The queue only holds other queues",
        "Choose one of the queues below it.",
        Whom::You,
    )
    .field(Field::Queue)
    .start()
    .rules(&[
        said("Hadoop 3.3, CapacityScheduler.java", &["submitted by user ", " to non-leaf queue"]),
        said("Hadoop 3.4, FairScheduler.java", &["queue ", "is not a leaf queue"]),
        said("Hadoop 3.3, ParentQueue.java", &["Cannot submit application to non-leaf queue"]),
    ]),
    reason(
        Cause::QueueNotAssigned,
        "queue-not-assigned",
        "The cluster's rules give this application no queue",
        "Enter a queue, or ask the operator which one this user has.",
        Whom::You,
    )
    .field(Field::Queue)
    .start()
    .rules(&[
        said("Hadoop 3.3, FairScheduler.java", &["Application rejected by queue placement policy"]),
        said("Hadoop 3.3, CapacityScheduler.java", &["Application ", "rejected by ", "placement rule"]),
    ]),
    reason(
        Cause::QueueForbidden,
        "queue-forbidden",
        "This user isn't allowed to use the queue",
        "Choose another queue, or ask for access to this one.",
        Whom::You,
    )
    .field(Field::Queue)
    .start()
    .rules(&[
        said("Hadoop 3.3, FairScheduler.java", &["User ", " cannot submit applications to queue "]),
        said("Hadoop 3.3, RMAppManager.java", &["User ", " does not have permission to submit ", " to queue "]),
        said("Hadoop 3.4, AppPriorityACLsManager.java", &["User ", " does not have permission to submit/update ", "application_"]),
    ]),
    reason(
        Cause::QueueStopped,
        "queue-stopped",
        "The queue is stopped and takes no applications",
        "Choose another queue, or ask the operator when this one opens again.",
        Whom::You,
    )
    .field(Field::Queue)
    .start()
    .rules(&[
        said("Hadoop 3.3, LeafQueue.java", &["Queue ", " is STOPPED. Cannot accept submission of application"]),
        said("Hadoop 3.3, LeafQueue.java", &["Queue ", " is DRAINING. Cannot accept submission of application"]),
    ]),
    reason(
        Cause::LabelUnknown,
        "label-unknown",
        "The cluster has no node with this label",
        "Remove spark.yarn.am.nodeLabelExpression and spark.yarn.executor.nodeLabelExpression, or enter a label that exists.",
        Whom::You,
    )
    .field(Field::Conf)
    .start()
    .rules(&[
        said("Hadoop 3.3, SchedulerUtils.java", &["Invalid label resource request, cluster do not contain "]),
        said("Hadoop 3.3, SchedulerUtils.java", &["Invalid resource request, node label not enabled"]),
    ]),
    reason(
        Cause::LabelForbidden,
        "label-forbidden",
        "The queue isn't allowed to use this node label",
        "Choose a queue that may, or remove spark.yarn.am.nodeLabelExpression and spark.yarn.executor.nodeLabelExpression.",
        Whom::You,
    )
    .field(Field::Queue)
    .start()
    .rules(&[said("Hadoop 3.3, SchedulerUtils.java", &["queue=", "doesn't have permission to access all labels"])]),
    reason(
        Cause::NoNodes,
        "no-nodes",
        "The cluster has no running nodes",
        "Ask the operator to start nodes, or wait where the cluster adds them by itself.",
        Whom::Operator,
    )
    .weighs(Weight::Broad)
    .start()
    .rules(&[
        said("Hadoop 3.3, CSAMContainerLaunchDiagnosticsConstants.java", &["Skipping AM assignment as cluster resource is empty"]),
        said("Hadoop 3.3, FiCaSchedulerApp.java", &["waiting for resources to be assigned for AM", "Partition Resource = <memory:0, vCores:0"]),
    ]),
    reason(
        Cause::QueueFull,
        "queue-full",
        "The queue has no room for another application",
        "Wait, end sessions you don't need, or choose another queue.",
        Whom::You,
    )
    .field(Field::Queue)
    .weighs(Weight::Broad)
    .start()
    .rules(&[
        said("Hadoop 3.3, CSAMContainerLaunchDiagnosticsConstants.java", &["Queue's AM resource limit exceeded"]),
        said("Hadoop 3.3, CSAMContainerLaunchDiagnosticsConstants.java", &["User's AM resource limit exceeded"]),
        said("Hadoop 3.3, LeafQueue.java", &["already has ", " applications", "cannot accept submission of application"]),
        said("Hadoop 3.3, CapacityScheduler.java", &["Maximum system application limit reached"]),
        said("Hadoop 3.3, FSAppAttempt.java", &["exceeds maximum AM resource allowed"]),
        said("Hadoop 3.3, FSAppAttempt.java", &["exceeds current queue or its parents maximum resource allowed"]),
        said("Hadoop 3.3, FSLeafQueue.java", &["Application is added to the scheduler and is not yet activated", "maxRunningApps"]),
    ]),
    reason(
        Cause::NoRoomOnLabel,
        "no-room-on-label",
        "No node with the required label had room for the driver",
        "Wait, end sessions you don't need, or ask for less driver memory. Only nodes of the partition that the log line names count: ask the operator which label drivers get.",
        Whom::You,
    )
    .field(Field::Queue)
    .weighs(Weight::Waiting)
    .start()
    .rules(&[said(
        "Hadoop 3.3, SchedulerApplicationAttempt.java and FiCaSchedulerApp.java",
        &["waiting for resources to be assigned for AM", "AM Partition = "],
    )
    .unless("AM Partition = <DEFAULT_PARTITION>")]),
    reason(
        Cause::NoRoom,
        "no-room",
        "The cluster had no room for the driver yet",
        "Wait, end sessions you don't need, ask for less driver memory, or choose another queue.",
        Whom::You,
    )
    .field(Field::Queue)
    .weighs(Weight::Waiting)
    .start()
    .rules(&[
        said("Hadoop 2.7, RMAppAttemptImpl.java", &["waiting for AM container to be allocated, launched and register with RM"]),
        said("Hadoop 3.3, SchedulerApplicationAttempt.java", &["Application is Activated, waiting for resources to be assigned for AM"])
            .unless("AM Partition = "),
        said(
            "Hadoop 3.3, FiCaSchedulerApp.java",
            &["waiting for resources to be assigned for AM", "AM Partition = <DEFAULT_PARTITION>"],
        ),
        said("Hadoop 3.3, SchedulerApplicationAttempt.java", &["Application is added to the scheduler and is not yet activated"])
            .unless("exceed"),
        said("Hadoop 3.3, CSAMContainerLaunchDiagnosticsConstants.java", &["Skipping assigning to Node in Ignore Exclusivity mode"])
            .unless("AM Partition = "),
        said("Hadoop 3.3, CSAMContainerLaunchDiagnosticsConstants.java", &["Skipped scheduling for this Node as its black listed"])
            .unless("AM Partition = "),
        said("Hadoop 3.3, CSAMContainerLaunchDiagnosticsConstants.java", &["Skipping assigning to Node as request locality is not matching"])
            .unless("AM Partition = "),
    ]),
];
