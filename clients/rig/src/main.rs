// Drives rig-core's model for Responses.

#[path = "../../common/rust/driver.rs"]
mod driver;

use driver::{env, read_answer, run_tool, task, text, Outcome, Question, MOST_TURNS};
use futures::StreamExt;
use rig_core::completion::message::{ImageMediaType, ToolResultContent, UserContent};
use rig_core::completion::{CompletionRequest, CompletionResponse, Message, ToolDefinition};
use rig_core::error::ProviderError;
use rig_core::providers::openai::OpenAIConfig;
use rig_core::streaming::{Item, StreamEvent};
use serde_json::{json, Value};
use std::error::Error;

/// Sends one request, gives the whole response, and collects what a person sees meanwhile.
async fn ask(
    question: &Question,
    streamed: bool,
    request: CompletionRequest,
    live: &mut String,
) -> Result<CompletionResponse, Box<dyn Error>> {
    let mut config = OpenAIConfig::new(env("CLIENT_API_KEY"));
    config.base_url = question.base_url.clone();
    let model = config.client().completion(question.model.as_str());
    if !streamed {
        return Ok(model.call(request).await?.into());
    }
    let mut stream = model.stream(request)?;
    while let Some(item) = stream.next().await {
        if let Item::Event(StreamEvent::Text { text, .. }) = item? {
            live.push_str(&text);
        }
    }
    Ok(stream.finish().await?.into())
}

fn is_metered(response: &CompletionResponse) -> bool {
    let counted = [response.usage.input_tokens, response.usage.output_tokens];
    counted.iter().all(|number| number.is_some_and(|tokens| tokens > 0))
}

fn finish_of(response: &CompletionResponse) -> Option<String> {
    response.finish_reason().map(|reason| format!("{reason:?}"))
}

async fn tell(question: &Question, streamed: bool) -> Outcome {
    let mut live = String::new();
    let response = ask(question, streamed, CompletionRequest::new(text("sentence")), &mut live).await?;
    let mut value = json!({
        "text": response.text(), "finish": finish_of(&response), "usage": is_metered(&response),
    });
    if streamed {
        value["live"] = json!(live);
    }
    Ok(value)
}

async fn tools(question: &Question, streamed: bool) -> Outcome {
    let word = |pointer: &str| task(pointer).as_str().unwrap_or_default().to_string();
    let tool = ToolDefinition::new(
        word("/tool/name").as_str().try_into()?,
        word("/tool/description"),
        task("/tool/parameters"),
    );
    let mut history = vec![];
    let mut next = Message::user(text("weather"));
    let mut calls: Vec<Value> = vec![];
    for _ in 0..MOST_TURNS {
        let request = CompletionRequest::new(next.clone()).messages(history.clone()).tool(tool.clone());
        let response = ask(question, streamed, request, &mut String::new()).await?;
        let wanted: Vec<_> = response.tool_calls().cloned().collect();
        if wanted.is_empty() {
            return Ok(json!({
                "calls": calls, "text": response.text(), "finish": finish_of(&response),
                "usage": is_metered(&response),
            }));
        }
        history.push(next);
        history.push(response.message().ok_or("the answer has no message")?);
        let mut results = vec![];
        for call in wanted {
            let city = call.function.arguments["city"].as_str().ok_or("the call has no city")?.to_string();
            calls.push(json!({ "city": city }));
            results.push(call.result(vec![ToolResultContent::text(run_tool(&city))]));
        }
        next = Message::tool_results(results);
    }
    Err("the model did not stop calling tools".into())
}

async fn structured(question: &Question, streamed: bool, request: CompletionRequest) -> Outcome {
    let mut schema = task("/answer/schema");
    schema["title"] = task("/answer/name");
    let schema: schemars::Schema = serde_json::from_value(schema)?;
    let response = ask(question, streamed, request.output_schema(schema), &mut String::new()).await?;
    read_answer(&response.text())
}

fn told() -> CompletionRequest {
    CompletionRequest::new(format!("{} {}", text("secret"), text("question")))
}

async fn tell_secret(question: &Question) -> Result<CompletionResponse, Box<dyn Error>> {
    ask(question, false, CompletionRequest::new(text("secret")), &mut String::new()).await
}

async fn multi_turn(question: &Question) -> Outcome {
    let first = tell_secret(question).await?;
    let history = vec![Message::user(text("secret")), first.message().ok_or("the answer has no message")?];
    structured(question, false, CompletionRequest::new(text("question")).messages(history)).await
}

async fn chained(question: &Question) -> Outcome {
    let first = tell_secret(question).await?;
    let id = first.origin.response_id.clone().ok_or("the answer has no id")?.to_string();
    let more = json!({ "previous_response_id": id });
    structured(question, false, CompletionRequest::new(text("question")).additional_params(more)).await
}

async fn image(question: &Question) -> Outcome {
    let picture = task("/picture").as_str().unwrap_or_default().to_string();
    let bytes = picture.split_once(',').map_or("", |(_, bytes)| bytes);
    let content = vec![
        UserContent::text(text("picture_question")),
        UserContent::image_base64(bytes, Some(ImageMediaType::PNG), None),
    ];
    let request = CompletionRequest::new(Message::from(content));
    let response = ask(question, false, request, &mut String::new()).await?;
    Ok(json!({ "text": response.text() }))
}

async fn perform(question: Question) -> Outcome {
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
    error.downcast_ref::<ProviderError>()?.provider_response_status().map(|status| status.as_u16())
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let client = driver::Client {
        name: "rig",
        package: "rig-core",
        depends: &["rig-http", "rig-reqwest", "reqwest", "serde", "serde_json"],
        scenarios: &[
            "text", "stream", "tools", "stream-tools", "structured", "stream-structured", "multi-turn", "chained",
            "image",
        ],
        status_of,
    };
    driver::serve(client, perform).await;
}
