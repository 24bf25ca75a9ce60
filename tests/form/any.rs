//! Drafts of every sort for property tests: plain text, text that is nearly right, and the traps.

use form::{ConfRow, Draft, Field, Shape};
use proptest::prelude::*;
use proptest::sample::select;

/// Anything, now and then.
fn noise() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), r#"[ \t0-9a-zA-Z./:,#%<>{}"'\\=-]{0,16}"#]
}

/// A number with or without a unit, nearly right.
fn amount() -> impl Strategy<Value = String> {
    let units = vec!["", "k", "m", "g", "t", "gb", "G", " g", "s", "min", "h", "d", "ms", "M", "p", "µs"];
    let number = prop_oneof![(0_u64..5000).prop_map(|it| it.to_string()), "-?[0-9]{1,22}(\\.[0-9]{1,2})?"];
    (number, select(units)).prop_map(|(number, unit)| number + unit)
}

fn path() -> impl Strategy<Value = String> {
    let schemes = [
        "hdfs:///",
        "hdfs://nn:8020/",
        "s3a://b/",
        "file:///",
        "FILE:///",
        "/",
        "",
        "local:/",
        "https://u:p@h/",
        "abfss://c@a/",
    ];
    (
        select(schemes.to_vec()),
        prop_oneof!["[a-z0-9]{1,8}(/[a-z]{1,5}){0,2}\\.(jar|py|zip)(#[a-z]{1,3})?".boxed(), noise().boxed()],
    )
        .prop_map(|(scheme, rest)| [scheme, &rest].concat())
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z][a-z0-9_.-]{0,12}", "[0-9]{1,6}", Just("<name>".to_owned()), Just("..".to_owned())]
}

/// Text for a field: what it asks for, and now and then something else where somebody is careless.
fn text(field: Field, careless: u32) -> BoxedStrategy<String> {
    let right = match field.shape() {
        Shape::Choice => {
            select(vec!["spark", "pyspark", "sparkr", "sql", "shared"]).prop_map(str::to_owned).boxed()
        }
        Shape::Text => "[a-z][a-z0-9_-]{0,12}".boxed(),
        Shape::Memory => (1_u32..64).prop_map(|it| format!("{it}g")).boxed(),
        Shape::Duration => (1_u32..48).prop_map(|it| format!("{it}h")).boxed(),
        Shape::Count => (1_i32..600).prop_map(|it| it.to_string()).boxed(),
        Shape::Paths => {
            "(hdfs|s3a)://[a-z]{1,6}/[a-z0-9]{1,8}(/[a-zé%]{0,1}[a-z]{1,5}){0,2}\\.(jar|py|zip)".boxed()
        }
        Shape::Conf => noise().boxed(),
    };
    if careless == 0 {
        return right;
    }
    prop_oneof![12 => right, careless => amount(), careless => noise(), careless => word(), careless => path()].boxed()
}

/// A row of configuration, secrets among them.
fn row() -> impl Strategy<Value = ConfRow> {
    let keys = vec![
        "spark.driver.memory",
        "spark.master",
        "spark.submit.deployMode",
        "spark.dynamicAllocation.enabled",
        "spark.dynamicAllocation.minExecutors",
        "spark.dynamicAllocation.maxExecutors",
        "spark.executor.instances",
        "spark.executor.memoryOverhead",
        "spark.hadoop.fs.s3a.secret.key",
        "spark.jars",
        "spark.task.cpus",
        "spark.executor.extraJavaOptions",
        "spark.network.timeout",
        "spark.executor.heartbeatInterval",
        "spark.memory.offHeap.enabled",
        "spark.jars.packages",
        "spark.yarn.jars",
        "spark.Speculation",
        "spark.sql.shuffle.partitions",
        "spark.app.name",
    ];
    let key =
        prop_oneof![4 => select(keys).prop_map(str::to_owned), 4 => "spark\\.[a-zA-Z]{1,8}", 1 => noise()];
    let value = prop_oneof![
        "[a-z0-9]{1,6}",
        amount(),
        select(vec!["true", "false", "-Xmx1g"]).prop_map(str::to_owned),
        noise()
    ];
    (key, value)
}

/// A row that Spark can do something with, any characters in its value.
fn careful_row() -> impl Strategy<Value = ConfRow> {
    ("spark\\.[a-zA-Z]{1,8}\\.[a-zA-Z]{1,8}x", any::<String>())
}

fn filled(careless: u32, row: BoxedStrategy<ConfRow>) -> impl Strategy<Value = Draft> {
    let fields: Vec<_> = Field::ALL
        .into_iter()
        .filter(|it| *it != Field::Conf)
        .map(|field| {
            let rows = if field.has_rows() { 0..4_usize } else { 0..2 };
            prop::collection::vec(text(field, careless), rows)
        })
        .collect();
    (fields, prop::collection::vec(row, 0..5)).prop_map(|(fields, conf)| {
        let mut draft = Draft::default();
        for (field, rows) in Field::ALL.into_iter().filter(|it| *it != Field::Conf).zip(fields) {
            draft.set_rows(field, rows);
        }
        draft.set_conf(conf);
        draft
    })
}

/// Any draft: from somebody careful, careless, or a cat on the keys.
pub fn draft() -> impl Strategy<Value = Draft> {
    prop_oneof![
        3 => filled(0, careful_row().boxed()),
        2 => filled(1, row().boxed()),
        1 => filled(12, row().boxed()),
    ]
}
