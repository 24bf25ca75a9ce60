//! The commands of this project: `cargo xtask help` lists them.
//!
//! They build, serve and test the console and run a real Livy beside it. They write only to `target/`, `dist/` and
//! `node_modules/`. When something is missing on a machine, one sentence says what, with the command that installs it.

mod accept;
mod arguments;
mod bench;
mod browser;
mod build;
mod demo;
mod dist;
mod exchange;
mod failure;
mod hosts;
mod licences;
mod livy;
mod node;
mod place;
mod serve;
mod signal;
mod spark_conf;
mod step;
mod test;
mod tool;
mod version;

use arguments::Order;
use failure::Outcome;
use place::Place;
use std::process::ExitCode;

fn main() -> ExitCode {
    match arguments::parse(std::env::args_os().skip(1)).and_then(obey) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn obey(order: Order) -> Outcome {
    let place = Place::here();
    match order {
        Order::Help => {
            print!("{}", arguments::HELP);
            Ok(())
        }
        Order::Accept(dist) => accept::run(&place, dist.as_deref()),
        Order::Bench(subject) => bench::run(&place, subject),
        Order::Demo(demo) => demo::run(&place, demo),
        Order::Dist => dist::run(&place),
        Order::Hosts => hosts::run(&place),
        Order::Licences => licences::run(&place),
        Order::Serve(settings) => demo::serve_built(settings),
        Order::Livy(livy) => livy::run(&place, livy),
        Order::SparkConf(order) => spark_conf::run(&place, &order),
        Order::Test(test) => test::run(&place, test),
    }
}
