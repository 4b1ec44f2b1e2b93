// The Rust side of the driver protocol: one JSON object a line.

use futures::FutureExt;
use serde_json::{json, Map, Value};
use std::error::Error;
use std::future::Future;
use std::io::{BufRead, Write};
use std::panic::AssertUnwindSafe;
use std::sync::{LazyLock, Mutex};

/// What a scenario tells, or what the client gave for an error.
pub type Outcome = Result<Value, Box<dyn Error>>;

/// What the product asks.
pub struct Question {
    pub scenario: String,
    pub base_url: String,
    pub model: String,
}

pub struct Client {
    /// That of the folder, and of the crate.
    pub name: &'static str,
    pub package: &'static str,
    /// Other crates that decide what the client does.
    pub depends: &'static [&'static str],
    pub scenarios: &'static [&'static str],
    /// The HTTP status of a refusal.
    pub status_of: fn(&(dyn Error + 'static)) -> Option<u16>,
}

/// Texts, tool, schema and picture.
static TASKS: LazyLock<Value> = LazyLock::new(|| {
    let read = std::fs::read_to_string(env("CLIENT_SCENARIOS")).map_err(|error| error.to_string());
    let parsed = read.and_then(|text| serde_json::from_str(&text).map_err(|error| error.to_string()));
    parsed.unwrap_or_else(|problem| {
        eprintln!("CLIENT_SCENARIOS: {problem}");
        std::process::exit(1)
    })
});

/// Where the last panic was.
static PANICKED: Mutex<Option<String>> = Mutex::new(None);

const MOST_MESSAGE: usize = 500;
pub const MOST_TURNS: usize = 4;

pub fn env(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

/// A member of the tasks by its JSON pointer, such as `/texts/secret`.
pub fn task(pointer: &str) -> Value {
    TASKS.pointer(pointer).cloned().unwrap_or_default()
}

pub fn text(name: &str) -> String {
    task(&format!("/texts/{name}")).as_str().unwrap_or_default().to_string()
}

/// The tool.
pub fn run_tool(city: &str) -> String {
    task("/tool/result").as_str().unwrap_or_default().replace("{city}", city)
}

/// The object of a structured answer, which must have the word.
pub fn read_answer(text: &str) -> Outcome {
    let answer: Value = serde_json::from_str(text)?;
    let word = answer["word"].as_str().ok_or("the answer has no word")?;
    Ok(json!({ "object": { "word": word } }))
}

/// Answers until its input ends.
pub async fn serve<F, Told>(client: Client, perform: F)
where
    F: Fn(Question) -> Told,
    Told: Future<Output = Outcome>,
{
    std::panic::set_hook(Box::new(|panic| {
        eprintln!("{panic}");
        let place = panic.location().map(|at| format!("{}:{}", short(at.file()), at.line()));
        *PANICKED.lock().unwrap() = place;
    }));
    LazyLock::force(&TASKS);
    say(json!({ "hello": hello(&client) }));
    for line in std::io::stdin().lock().lines() {
        let Ok(message) = serde_json::from_str::<Value>(&line.unwrap_or_default()) else {
            std::process::exit(1)
        };
        if message["end"] == json!(true) {
            return;
        }
        say(answer(&client, &message, &perform).await);
    }
}

async fn answer<F, Told>(client: &Client, message: &Value, perform: &F) -> Value
where
    F: Fn(Question) -> Told,
    Told: Future<Output = Outcome>,
{
    let word = |key: &str| message[key].as_str().unwrap_or_default().to_string();
    let id = &message["id"];
    let scenario = word("scenario");
    if !client.scenarios.contains(&scenario.as_str()) {
        return json!({ "id": id, "skipped": format!("there is no scenario {scenario}") });
    }
    let question = Question { scenario, base_url: word("base_url"), model: word("model") };
    match AssertUnwindSafe(perform(question)).catch_unwind().await {
        Ok(Ok(value)) => json!({ "id": id, "value": value }),
        Ok(Err(error)) => json!({ "id": id, "error": tell(client, error.as_ref()) }),
        Err(panic) => {
            let said = panic.downcast_ref::<String>().cloned();
            let said = said.or_else(|| panic.downcast_ref::<&str>().map(|text| text.to_string()));
            let mut told = json!({ "name": "panic", "message": cut(&said.unwrap_or_default()) });
            if let Some(place) = PANICKED.lock().unwrap().take() {
                told["where"] = json!(place);
            }
            json!({ "id": id, "error": told })
        }
    }
}

/// Errors of Rust know no line. Their name is the variant's, as it is written for debugging.
fn tell(client: &Client, error: &(dyn Error + 'static)) -> Value {
    let shown = format!("{error:?}");
    let name: String = shown.chars().take_while(|letter| letter.is_alphanumeric()).collect();
    let name = if name.is_empty() { "Error".to_string() } else { name };
    let mut told = json!({ "name": name, "message": cut(&error.to_string()) });
    let mut chain = vec![];
    let mut cause = error.source();
    while let Some(one) = cause.filter(|_| chain.len() < 4) {
        chain.push(cut(&one.to_string()));
        cause = one.source();
    }
    if !chain.is_empty() {
        told["chain"] = json!(chain);
    }
    if let Some(status) = (client.status_of)(error).filter(|status| *status >= 400) {
        told["status"] = json!(status);
    }
    told
}

fn hello(client: &Client) -> Value {
    let version_of = |name: &str| {
        env!("LOCKED_VERSIONS")
            .split(';')
            .filter_map(|pair| pair.split_once('='))
            .find(|(crate_name, _)| *crate_name == name)
            .map(|(_, version)| version)
    };
    let depends: Map<String, Value> =
        client.depends.iter().map(|name| (name.to_string(), json!(version_of(name)))).collect();
    json!({
        "protocol": 1, "client": client.name, "package": format!("cargo:{}", client.package),
        "version": version_of(client.package), "language": "rust",
        "runtime": concat!("rustc ", env!("RUSTC_VERSION")), "depends": depends,
        "scenarios": client.scenarios, "slowness": 1,
    })
}

/// The path of a source file from its crate on.
fn short(file: &str) -> &str {
    file.split_once("/registry/src/")
        .and_then(|(_, rest)| rest.split_once('/'))
        .map_or(file, |(_, rest)| rest)
}

fn cut(text: &str) -> String {
    text.chars().take(MOST_MESSAGE).collect()
}

fn say(message: Value) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{message}").and_then(|()| out.flush());
}
