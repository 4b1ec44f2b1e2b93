//! Drives async-openai.

mod state;

use async_openai::Client;
use async_openai::config::OpenAIConfig;
use async_openai::error::OpenAIError;
use async_openai::middleware::ReqwestService;
use async_openai::types::responses::{CreateResponse, OutputItem, Response, ResponseStream, ResponseStreamEvent};
use driver::{Question, TASKS, Thrown, Told, key, parse_object, run_tool, secret_question, text};
use futures::StreamExt;
use serde_json::{Value, json};
use std::error::Error;

const MOST_TURNS: usize = 4;

pub struct Session {
    pub client: Client<OpenAIConfig>,
    model: String,
}

impl Session {
    fn open(Question { base_url, model, .. }: Question) -> Self {
        let config = OpenAIConfig::new().with_api_base(base_url).with_api_key(key());
        // The client's own service tries again.
        let client = Client::with_config(config).with_http_service(ReqwestService::new(reqwest::Client::new()));
        Session { client, model }
    }

    pub fn body(&self, mut fields: Value) -> Result<CreateResponse, Thrown> {
        fields["model"] = json!(self.model);
        Ok(serde_json::from_value(fields)?)
    }

    pub async fn ask(&self, fields: Value) -> Result<Response, Thrown> {
        Ok(self.client.responses().create(self.body(fields)?).await?)
    }

    pub async fn stream(&self, fields: Value) -> Result<ResponseStream, Thrown> {
        Ok(self.client.responses().create_stream(self.body(fields)?).await?)
    }

    /// The whole answer, and what a person sees meanwhile.
    async fn get(&self, streams: bool, fields: Value) -> Result<(Response, String), Thrown> {
        if streams { finish(self.stream(fields).await?).await } else { Ok((self.ask(fields).await?, String::new())) }
    }
}

pub async fn finish(mut events: ResponseStream) -> Result<(Response, String), Thrown> {
    let (mut last, mut live) = (None, String::new());
    while let Some(event) = events.next().await {
        match event? {
            ResponseStreamEvent::ResponseOutputTextDelta(event) => live.push_str(&event.delta),
            ResponseStreamEvent::ResponseCompleted(event) => last = Some(event.response),
            ResponseStreamEvent::ResponseIncomplete(event) => last = Some(event.response),
            ResponseStreamEvent::ResponseFailed(event) => {
                return Err(format!("response.failed: {:?}", event.response.error).into());
            }
            ResponseStreamEvent::ResponseError(event) => return Err(format!("error: {}", event.message).into()),
            _ => {}
        }
    }
    Ok((last.ok_or("the stream had no terminal event")?, live))
}

fn answer_of(response: &Response) -> String {
    response.output_text().unwrap_or_default()
}

async fn tell(session: &Session, streams: bool) -> Told {
    let (response, live) = session.get(streams, json!({ "input": text("sentence") })).await?;
    let mut value = json!({
        "text": response.output_text(), "status": response.status, "usage": response.usage.is_some(),
    });
    if streams {
        value["live"] = json!(live);
    }
    Ok(value)
}

async fn iterate(session: &Session) -> Told {
    let mut events = session.stream(json!({ "input": text("sentence") })).await?;
    let (mut seen, mut value) = (String::new(), json!({ "ended": null }));
    while let Some(event) = events.next().await {
        match event? {
            ResponseStreamEvent::ResponseOutputTextDelta(event) => seen.push_str(&event.delta),
            ResponseStreamEvent::ResponseCompleted(event) => {
                value["ended"] = json!(event.response.status);
                value["usage"] = json!(event.response.usage.is_some());
            }
            _ => {}
        }
    }
    value["text"] = json!(seen);
    Ok(value)
}

async fn tools(session: &Session, streams: bool) -> Told {
    let tool = &TASKS["tool"];
    let tools = json!([{
        "type": "function", "name": tool["name"], "description": tool["description"],
        "parameters": tool["parameters"], "strict": true,
    }]);
    let mut input = vec![user(text("weather"))];
    let mut calls = vec![];
    for _ in 0..MOST_TURNS {
        let (response, _) = session.get(streams, json!({ "input": input, "tools": tools })).await?;
        let before = calls.len();
        input.extend(echo(&response)?);
        for item in &response.output {
            if let OutputItem::FunctionCall(call) = item {
                let output = run_tool(&serde_json::from_str(&call.arguments)?, &mut calls)?;
                input.push(json!({ "type": "function_call_output", "call_id": call.call_id, "output": output }));
            }
        }
        if calls.len() == before {
            return Ok(json!({ "calls": calls, "text": response.output_text(), "usage": response.usage.is_some() }));
        }
    }
    Err("the model did not stop calling tools".into())
}

pub fn user(content: &str) -> Value {
    json!({ "type": "message", "role": "user", "content": content })
}

fn echo(response: &Response) -> Result<Vec<Value>, Thrown> {
    Ok(response.output.iter().map(serde_json::to_value).collect::<Result<_, _>>()?)
}

pub async fn structured(session: &Session, streams: bool, mut fields: Value) -> Told {
    let answer = &TASKS["answer"];
    fields["text"] = json!({ "format": {
        "type": "json_schema", "name": answer["name"], "strict": true, "schema": answer["schema"],
    } });
    parse_object(&answer_of(&session.get(streams, fields).await?.0))
}

async fn multi_turn(session: &Session) -> Told {
    let mut input = vec![user(text("secret"))];
    input.extend(echo(&session.ask(json!({ "input": input })).await?)?);
    input.push(user(text("question")));
    structured(session, false, json!({ "input": input })).await
}

async fn chained(session: &Session) -> Told {
    let first = session.ask(json!({ "input": text("secret") })).await?;
    let fields = json!({ "input": text("question"), "previous_response_id": first.id });
    structured(session, false, fields).await
}

async fn image(session: &Session) -> Told {
    let content = json!([
        { "type": "input_text", "text": text("picture_question") },
        { "type": "input_image", "detail": "auto", "image_url": TASKS["picture"] },
    ]);
    let input = json!([{ "type": "message", "role": "user", "content": content }]);
    Ok(json!({ "text": session.ask(json!({ "input": input })).await?.output_text() }))
}

async fn perform(question: Question) -> Told {
    let scenario = question.scenario.clone();
    let session = &Session::open(question);
    let told = || json!({ "input": secret_question() });
    match scenario.as_str() {
        "text" => tell(session, false).await,
        "iterate" => iterate(session).await,
        "stream" => tell(session, true).await,
        "tools" => tools(session, false).await,
        "stream-tools" => tools(session, true).await,
        "structured" => structured(session, false, told()).await,
        "stream-structured" => structured(session, true, told()).await,
        "multi-turn" => multi_turn(session).await,
        "chained" => chained(session).await,
        "image" => image(session).await,
        other => state::perform(session, other).await,
    }
}

pub fn status_of(error: &(dyn Error + 'static)) -> Option<u16> {
    match error.downcast_ref::<OpenAIError>()? {
        OpenAIError::ApiError(refused) => Some(refused.status_code.as_u16()),
        _ => None,
    }
}

fn main() {
    let client = driver::Client {
        name: "async-openai",
        package: "async-openai",
        depends: &["reqwest", "serde_json", "eventsource-stream"],
        lock: include_str!("Cargo.lock"),
        scenarios: &[
            "text", "iterate", "stream", "tools", "stream-tools", "structured", "stream-structured", "multi-turn",
            "chained", "image", "conversation", "kept", "background", "cancel", "resume", "replay", "count",
        ],
        status_of,
    };
    driver::serve(client, perform);
}
