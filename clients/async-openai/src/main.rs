// Drives async-openai. Its type for requests is read from JSON, so that only its answers are on trial.

#[path = "../../common/rust/driver.rs"]
mod driver;

use async_openai::config::OpenAIConfig;
use async_openai::error::OpenAIError;
use async_openai::traits::RequestOptionsBuilder;
use async_openai::types::responses::{
    CreateResponse, OutputItem, Response, ResponseStream, ResponseStreamEvent, Status,
};
use async_openai::Client;
use driver::{env, read_answer, run_tool, task, text, Outcome, Question, MOST_TURNS};
use futures::StreamExt;
use serde_json::{json, Value};
use std::error::Error;
use std::time::Duration;

struct Api {
    client: Client<OpenAIConfig>,
    model: String,
}

impl Api {
    fn open(question: &Question) -> Api {
        let config = OpenAIConfig::new().with_api_base(&question.base_url).with_api_key(env("CLIENT_API_KEY"));
        Api { client: Client::with_config(config), model: question.model.clone() }
    }

    fn request(&self, mut body: Value) -> Result<CreateResponse, Box<dyn Error>> {
        body["model"] = json!(self.model);
        Ok(serde_json::from_value(body)?)
    }

    async fn create(&self, body: Value) -> Result<Response, Box<dyn Error>> {
        Ok(self.client.responses().create(self.request(body)?).await?)
    }

    async fn stream(&self, body: Value) -> Result<ResponseStream, Box<dyn Error>> {
        Ok(self.client.responses().create_stream(self.request(body)?).await?)
    }

    /// Sends one request, gives the whole response, and collects what a person sees meanwhile.
    async fn ask(&self, streamed: bool, body: Value, live: &mut String) -> Result<Response, Box<dyn Error>> {
        if streamed {
            finish(self.stream(body).await?, live).await
        } else {
            self.create(body).await
        }
    }

    async fn structured(&self, streamed: bool, mut body: Value) -> Outcome {
        body["text"] = json!({ "format": {
            "type": "json_schema", "name": task("/answer/name"), "schema": task("/answer/schema"), "strict": true,
        } });
        let response = self.ask(streamed, body, &mut String::new()).await?;
        read_answer(&response.output_text().ok_or("the answer has no text")?)
    }
}

async fn finish(mut events: ResponseStream, live: &mut String) -> Result<Response, Box<dyn Error>> {
    let mut last = None;
    while let Some(event) = events.next().await {
        match event? {
            ResponseStreamEvent::ResponseOutputTextDelta(delta) => live.push_str(&delta.delta),
            ResponseStreamEvent::ResponseCompleted(end) => last = Some(end.response),
            ResponseStreamEvent::ResponseIncomplete(end) => last = Some(end.response),
            ResponseStreamEvent::ResponseFailed(end) => {
                return Err(format!("response.failed: {:?}", end.response.error).into())
            }
            ResponseStreamEvent::ResponseError(error) => return Err(format!("error: {}", error.message).into()),
            _ => {}
        }
    }
    last.ok_or_else(|| "the stream had no terminal event".into())
}

/// What a bill would be made from.
fn is_metered(response: &Response) -> bool {
    response.usage.as_ref().is_some_and(|usage| usage.input_tokens > 0 && usage.output_tokens > 0)
}

async fn tell(api: &Api, streamed: bool) -> Outcome {
    let mut live = String::new();
    let response = api.ask(streamed, json!({ "input": text("sentence") }), &mut live).await?;
    let mut value = json!({
        "text": response.output_text(), "status": response.status, "usage": is_metered(&response),
    });
    if streamed {
        value["live"] = json!(live);
    }
    Ok(value)
}

async fn iterate(api: &Api) -> Outcome {
    let mut events = api.stream(json!({ "input": text("sentence") })).await?;
    let mut value = json!({ "ended": null });
    let mut seen = String::new();
    while let Some(event) = events.next().await {
        match event? {
            ResponseStreamEvent::ResponseOutputTextDelta(delta) => seen.push_str(&delta.delta),
            ResponseStreamEvent::ResponseCompleted(end) => {
                value["ended"] = json!(end.response.status);
                value["usage"] = json!(is_metered(&end.response));
            }
            _ => {}
        }
    }
    value["text"] = json!(seen);
    Ok(value)
}

async fn tools(api: &Api, streamed: bool) -> Outcome {
    let tool = json!({
        "type": "function", "name": task("/tool/name"), "description": task("/tool/description"),
        "parameters": task("/tool/parameters"), "strict": true,
    });
    let mut input = vec![user(text("weather"))];
    let mut calls = vec![];
    for _ in 0..MOST_TURNS {
        let body = json!({ "input": input, "tools": [tool] });
        let response = api.ask(streamed, body, &mut String::new()).await?;
        let before = calls.len();
        input.extend(sendable(&response)?);
        for item in &response.output {
            let OutputItem::FunctionCall(call) = item else { continue };
            let arguments: Value = serde_json::from_str(&call.arguments)?;
            let city = arguments["city"].as_str().ok_or("the call has no city")?;
            calls.push(json!({ "city": city }));
            input.push(json!({ "type": "function_call_output", "call_id": call.call_id, "output": run_tool(city) }));
        }
        if calls.len() == before {
            return Ok(json!({ "calls": calls, "text": response.output_text(), "usage": is_metered(&response) }));
        }
    }
    Err("the model did not stop calling tools".into())
}

fn user(content: String) -> Value {
    json!({ "type": "message", "role": "user", "content": content })
}

fn sendable(response: &Response) -> Result<Vec<Value>, serde_json::Error> {
    response.output.iter().map(serde_json::to_value).collect()
}

fn told() -> Value {
    json!({ "input": format!("{} {}", text("secret"), text("question")) })
}

async fn multi_turn(api: &Api) -> Outcome {
    let mut input = vec![user(text("secret"))];
    input.extend(sendable(&api.create(json!({ "input": input })).await?)?);
    input.push(user(text("question")));
    api.structured(false, json!({ "input": input })).await
}

async fn chained(api: &Api) -> Outcome {
    let first = api.create(json!({ "input": text("secret") })).await?;
    api.structured(false, json!({ "input": text("question"), "previous_response_id": first.id })).await
}

async fn image(api: &Api) -> Outcome {
    let content = json!([
        { "type": "input_text", "text": text("picture_question") },
        { "type": "input_image", "detail": "auto", "image_url": task("/picture") },
    ]);
    let response = api.create(json!({ "input": [{ "type": "message", "role": "user", "content": content }] })).await?;
    Ok(json!({ "text": response.output_text() }))
}

async fn background(api: &Api) -> Outcome {
    let begun = api.create(json!({ "input": text("sentence"), "background": true })).await?;
    let mut polled = begun.clone();
    while matches!(polled.status, Status::Queued | Status::InProgress) {
        tokio::time::sleep(Duration::from_millis(50)).await;
        polled = api.client.responses().retrieve(&begun.id).await?;
    }
    Ok(json!({ "begun": begun.status, "ended": polled.status, "text": polled.output_text() }))
}

async fn cancel(api: &Api) -> Outcome {
    let begun = api.create(json!({ "input": text("count"), "background": true })).await?;
    Ok(json!({ "status": api.client.responses().cancel(&begun.id).await?.status }))
}

async fn resume(api: &Api) -> Outcome {
    let mut events = api.stream(json!({ "input": text("sentence"), "background": true })).await?;
    let (mut id, mut last, mut seen) = (String::new(), 0, String::new());
    while let Some(event) = events.next().await {
        match event? {
            ResponseStreamEvent::ResponseCreated(created) => id = created.response.id,
            ResponseStreamEvent::ResponseOutputTextDelta(delta) => {
                seen.push_str(&delta.delta);
                last = delta.sequence_number;
                break;
            }
            _ => {}
        }
    }
    drop(events);
    let rest = api.client.responses().query(&[("starting_after", last)])?.retrieve_stream(&id).await?;
    let response = finish(rest, &mut seen).await?;
    Ok(json!({ "text": seen, "ended": response.status }))
}

async fn replay(api: &Api) -> Outcome {
    let mut live = String::new();
    let body = json!({ "input": text("sentence"), "background": true });
    let begun = api.ask(true, body, &mut live).await?;
    let response = finish(api.client.responses().retrieve_stream(&begun.id).await?, &mut live).await?;
    Ok(json!({ "text": response.output_text(), "status": response.status }))
}

async fn count(api: &Api) -> Outcome {
    let body = json!({ "model": api.model, "input": text("sentence") });
    let counted = api.client.responses().get_input_token_counts(serde_json::from_value(body)?).await?;
    Ok(json!({ "counted": counted.input_tokens > 0 }))
}

async fn perform(question: Question) -> Outcome {
    let api = Api::open(&question);
    match question.scenario.as_str() {
        "text" => tell(&api, false).await,
        "iterate" => iterate(&api).await,
        "stream" => tell(&api, true).await,
        "tools" => tools(&api, false).await,
        "stream-tools" => tools(&api, true).await,
        "structured" => api.structured(false, told()).await,
        "stream-structured" => api.structured(true, told()).await,
        "multi-turn" => multi_turn(&api).await,
        "chained" => chained(&api).await,
        "image" => image(&api).await,
        "background" => background(&api).await,
        "cancel" => cancel(&api).await,
        "resume" => resume(&api).await,
        "replay" => replay(&api).await,
        _ => count(&api).await,
    }
}

fn status_of(error: &(dyn Error + 'static)) -> Option<u16> {
    match error.downcast_ref::<OpenAIError>()? {
        OpenAIError::ApiError(refused) => Some(refused.status_code.as_u16()),
        _ => None,
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let client = driver::Client {
        name: "async-openai",
        package: "async-openai",
        depends: &["eventsource-stream", "reqwest", "serde", "serde_json"],
        scenarios: &[
            "text", "iterate", "stream", "tools", "stream-tools", "structured", "stream-structured", "multi-turn",
            "chained", "image", "background", "cancel", "resume", "replay", "count",
        ],
        status_of,
    };
    driver::serve(client, perform).await;
}
