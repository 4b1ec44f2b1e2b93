//! Drives rig, an agent framework with a client of its own.

use driver::{Question, TASKS, Thrown, Told, key, parse_object, run_tool, secret_question, text};
use futures::StreamExt;
use rig_core::completion::message::{ImageMediaType, ToolResultContent, UserContent};
use rig_core::completion::{CompletionRequest, CompletionResponse, Message, ToolDefinition};
use rig_core::error::ProviderError;
use rig_core::providers::openai::OpenAIConfig;
use rig_core::streaming::{Item, StreamEvent};
use serde_json::json;
use std::error::Error;

const MOST_TURNS: usize = 4;

/// The whole answer, and what a person sees meanwhile.
async fn ask(question: &Question, streams: bool, request: CompletionRequest) -> Result<(CompletionResponse, String), Thrown> {
    let mut config = OpenAIConfig::new(key());
    config.base_url = question.base_url.clone();
    let model = config.client().completion(question.model.clone());
    if !streams {
        return Ok((model.call(request).await?.into(), String::new()));
    }
    let (mut stream, mut live) = (model.stream(request)?, String::new());
    while let Some(item) = stream.next().await {
        if let Item::Event(StreamEvent::Text { text, .. }) = item? {
            live.push_str(&text);
        }
    }
    Ok((stream.finish().await?.into(), live))
}

fn is_metered(response: &CompletionResponse) -> bool {
    response.usage.input_tokens.is_some() && response.usage.output_tokens.is_some()
}

async fn tell(question: &Question, streams: bool) -> Told {
    let (response, live) = ask(question, streams, CompletionRequest::new(text("sentence"))).await?;
    let finish = response.finish_reason().map(|reason| format!("{reason:?}"));
    let mut value = json!({ "text": response.text(), "finish": finish, "usage": is_metered(&response) });
    if streams {
        value["live"] = json!(live);
    }
    Ok(value)
}

async fn tools(question: &Question, streams: bool) -> Told {
    let tool = &TASKS["tool"];
    let word = |name: &str| tool[name].as_str().unwrap_or_default().to_owned();
    let tool = ToolDefinition::new(word("name").as_str().try_into()?, word("description"), tool["parameters"].clone());
    let mut history = vec![Message::user(text("weather"))];
    let mut calls = vec![];
    for _ in 0..MOST_TURNS {
        let (last, before) = history.split_last().ok_or("no message")?;
        let request = CompletionRequest::new(last.clone()).tool(tool.clone()).messages(before.to_vec());
        let (response, _) = ask(question, streams, request).await?;
        let mut results = vec![];
        for call in response.tool_calls() {
            let output = run_tool(&call.function.arguments_value(), &mut calls)?;
            results.push(call.result(vec![ToolResultContent::text(output)]));
        }
        if results.is_empty() {
            return Ok(json!({ "calls": calls, "text": response.text(), "usage": is_metered(&response) }));
        }
        history.push(response.message().ok_or("an answer that is no message")?);
        history.push(Message::tool_results(results));
    }
    Err("the model did not stop calling tools".into())
}

async fn structured(question: &Question, streams: bool, request: CompletionRequest) -> Told {
    let answer = &TASKS["answer"];
    let mut schema = answer["schema"].clone();
    schema["title"] = answer["name"].clone();
    let request = request.output_schema(serde_json::from_value::<schemars::Schema>(schema)?);
    parse_object(&ask(question, streams, request).await?.0.text())
}

async fn multi_turn(question: &Question) -> Told {
    let first = Message::user(text("secret"));
    let (response, _) = ask(question, false, CompletionRequest::new(first.clone())).await?;
    let before = [first, response.message().ok_or("an answer that is no message")?];
    structured(question, false, CompletionRequest::new(text("question")).messages(before)).await
}

async fn chained(question: &Question) -> Told {
    let (response, _) = ask(question, false, CompletionRequest::new(text("secret"))).await?;
    let id = response.response_id().ok_or("the answer has no id")?;
    let request = CompletionRequest::new(text("question")).additional_params(json!({ "previous_response_id": id }));
    structured(question, false, request).await
}

async fn image(question: &Question) -> Told {
    let picture = TASKS["picture"].as_str().and_then(|url| url.split(',').nth(1)).ok_or("no picture")?;
    let content = vec![
        UserContent::text(text("picture_question")),
        UserContent::image_base64(picture, Some(ImageMediaType::PNG), None),
    ];
    let (response, _) = ask(question, false, CompletionRequest::new(Message::User { content })).await?;
    Ok(json!({ "text": response.text() }))
}

async fn perform(question: Question) -> Told {
    let told = || CompletionRequest::new(secret_question());
    match question.scenario.as_str() {
        "text" => tell(&question, false).await,
        "stream" => tell(&question, true).await,
        "tools" => tools(&question, false).await,
        "stream-tools" => tools(&question, true).await,
        "structured" => structured(&question, false, told()).await,
        "stream-structured" => structured(&question, true, told()).await,
        "multi-turn" => multi_turn(&question).await,
        "chained" => chained(&question).await,
        _ => image(&question).await,
    }
}

fn status_of(error: &(dyn Error + 'static)) -> Option<u16> {
    Some(error.downcast_ref::<ProviderError>()?.provider_response_status()?.as_u16())
}

fn main() {
    let client = driver::Client {
        name: "rig",
        package: "rig-core",
        depends: &["rig-http", "rig-reqwest", "reqwest", "serde_json"],
        lock: include_str!("Cargo.lock"),
        scenarios: &[
            "text", "stream", "tools", "stream-tools", "structured", "stream-structured", "multi-turn", "chained", "image",
        ],
        status_of,
    };
    driver::serve(client, perform);
}
