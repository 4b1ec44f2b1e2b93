// Build script: the versions that cargo chose, `name=version;…`, for the driver's hello.

use std::fs;

fn main() {
    let lock = fs::read_to_string("Cargo.lock").expect("cargo has locked the versions");
    let mut versions = String::new();
    let mut name = "";
    for line in lock.lines() {
        if let Some(rest) = line.strip_prefix("name = \"") {
            name = rest.trim_end_matches('"');
        } else if let Some(rest) = line.strip_prefix("version = \"") {
            versions += &format!("{name}={};", rest.trim_end_matches('"'));
        }
    }
    println!("cargo::rerun-if-changed=Cargo.lock");
    println!("cargo::rustc-env=LOCKED_VERSIONS={versions}");
    let rustc = std::process::Command::new(std::env::var("RUSTC").unwrap()).arg("--version").output();
    let words = String::from_utf8(rustc.unwrap().stdout).unwrap();
    println!("cargo::rustc-env=RUSTC_VERSION={}", words.split(' ').nth(1).unwrap_or(""));
}
