//! The Rust side of the driver protocol: one JSON object a line.

use serde_json::{Value, json};
use std::any::Any;
use std::cell::RefCell;
use std::env;
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, Write, stdin, stdout};
use std::os::fd::AsFd;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::process::exit;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::thread;

pub type Thrown = Box<dyn Error>;
pub type Told = Result<Value, Thrown>;

/// What the product asks.
#[derive(Clone)]
pub struct Question {
    pub scenario: String,
    pub base_url: String,
    pub model: String,
}

/// What is driven. `lock` is the text of Cargo.lock, which says what was built.
pub struct Client {
    pub name: &'static str,
    pub package: &'static str,
    pub depends: &'static [&'static str],
    pub lock: &'static str,
    pub scenarios: &'static [&'static str],
    /// The HTTP status of a refusal.
    pub status_of: fn(&(dyn Error + 'static)) -> Option<u16>,
}

/// The texts, the tool, the schema and the picture that every client sends.
pub static TASKS: LazyLock<Value> = LazyLock::new(|| {
    let file = env::var("CLIENT_SCENARIOS").unwrap_or_default();
    let text = std::fs::read_to_string(&file).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_else(|error| {
        eprintln!("CLIENT_SCENARIOS: {file}: {error}");
        exit(1)
    })
});

pub fn text(name: &str) -> &'static str {
    TASKS["texts"][name].as_str().unwrap_or_default()
}

/// What a structured scenario asks.
pub fn secret_question() -> String {
    format!("{} {}", text("secret"), text("question"))
}

/// Runs the tool on the arguments of a call, and adds them to what is told.
pub fn run_tool(arguments: &Value, calls: &mut Vec<Value>) -> Result<String, Thrown> {
    let city = arguments["city"].as_str().ok_or("the call has no city")?;
    calls.push(json!({ "city": city }));
    let result = TASKS["tool"]["result"].as_str().unwrap_or_default();
    Ok(result.replace("{city}", city))
}

/// The object of a structured answer.
pub fn parse_object(text: &str) -> Told {
    Ok(json!({ "object": serde_json::from_str::<Value>(text)? }))
}

pub fn key() -> String {
    env::var("CLIENT_API_KEY").unwrap_or_default()
}

thread_local!(static PLACE: RefCell<String> = const { RefCell::new(String::new()) });

unsafe extern "C" {
    fn dup2(from: i32, to: i32) -> i32;
}

/// Answers until its input ends.
pub fn serve<F: Future<Output = Told>>(client: Client, perform: impl Fn(Question) -> F) {
    // What libraries print goes to stderr.
    let mut out = File::from(stdout().as_fd().try_clone_to_owned().expect("a standard output"));
    unsafe { dup2(2, 1) };
    let mut say = move |message: Value| {
        let _ = out.write_all(format!("{message}\n").as_bytes());
    };
    set_hook(Box::new(|panic| {
        eprintln!("{panic}");
        let place = panic.location().map(|at| format!("{}:{}", short(at.file()), at.line()));
        PLACE.with(|known| *known.borrow_mut() = place.unwrap_or_default());
    }));
    let Some(hello) = client.hello() else {
        eprintln!("{} is not in Cargo.lock", client.package);
        exit(3)
    };
    say(hello);

    let (send, messages) = channel::<Value>();
    static WORKING: AtomicBool = AtomicBool::new(false);
    thread::spawn(move || {
        for line in stdin().lock().lines().map_while(Result::ok) {
            let Ok(message) = serde_json::from_str::<Value>(&line) else { exit(1) };
            if message["end"] == true || send.send(message).is_err() {
                break;
            }
        }
        // Whoever started this is gone, or has no more questions.
        if WORKING.load(Ordering::SeqCst) {
            exit(1)
        }
    });
    for message in messages {
        WORKING.store(true, Ordering::SeqCst);
        say(client.answer(&message, &perform));
        WORKING.store(false, Ordering::SeqCst);
    }
}

impl Client {
    fn hello(&self) -> Option<Value> {
        let depends: serde_json::Map<_, _> = self
            .depends
            .iter()
            .map(|name| (name.to_string(), json!(self.version_of(name))))
            .collect();
        Some(json!({ "hello": {
            "protocol": 1, "client": self.name, "package": format!("cargo:{}", self.package),
            "version": self.version_of(self.package)?, "language": "rust", "runtime": "native",
            "depends": depends, "scenarios": self.scenarios, "slowness": 1,
        } }))
    }

    fn version_of(&self, package: &str) -> Option<&'static str> {
        let named = format!("name = \"{package}\"\nversion = \"");
        self.lock.split_once(&named)?.1.split('"').next()
    }

    fn answer<F: Future<Output = Told>>(
        &self,
        message: &Value,
        perform: impl Fn(Question) -> F,
    ) -> Value {
        let word = |key: &str| message[key].as_str().unwrap_or_default().to_owned();
        let (id, scenario) = (&message["id"], word("scenario"));
        if !self.scenarios.contains(&scenario.as_str()) {
            return json!({ "id": id, "skipped": format!("there is no scenario {scenario}") });
        }
        let question = Question { scenario, base_url: word("base_url"), model: word("model") };
        // A connection that one scenario left open is none of the next one's.
        let told = catch_unwind(AssertUnwindSafe(|| {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime")
                .block_on(perform(question))
        }));
        match told {
            Ok(Ok(value)) => json!({ "id": id, "value": value }),
            Ok(Err(error)) => json!({ "id": id, "error": self.tell(&*error) }),
            Err(thrown) => json!({ "id": id, "error": tell_panic(&*thrown) }),
        }
    }

    fn tell(&self, error: &(dyn Error + 'static)) -> Value {
        let mut chain = vec![];
        let mut cause = error.source();
        while let Some(inner) = cause.filter(|_| chain.len() < 4) {
            chain.push(cut(inner.to_string()));
            cause = inner.source();
        }
        // An error of Rust has no place, and no name but that of its kind.
        let shown = format!("{error:?}");
        let name = shown.split(|c: char| !c.is_alphanumeric()).next().filter(|word| !word.is_empty());
        let mut told =
            json!({ "name": name.unwrap_or("Error"), "message": cut(error.to_string()), "chain": chain });
        if let Some(status) = (self.status_of)(error) {
            told["status"] = json!(status);
        }
        told
    }
}

fn tell_panic(thrown: &(dyn Any + Send)) -> Value {
    let text = thrown.downcast_ref::<String>().cloned();
    let message = text.or_else(|| thrown.downcast_ref::<&str>().map(ToString::to_string));
    let place = PLACE.with(|known| known.borrow().clone());
    json!({ "name": "panic", "message": cut(message.unwrap_or_default()), "where": place })
}

/// `…/src/<registry>/async-openai-0.43.0/src/client.rs` → `async-openai-0.43.0/src/client.rs`
fn short(file: &str) -> &str {
    let inside = file.split_once("/registry/src/").and_then(|(_, rest)| rest.split_once('/'));
    inside.map_or(file, |(_, rest)| rest)
}

fn cut(text: String) -> String {
    text.chars().take(500).collect()
}
