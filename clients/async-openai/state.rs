//! What a server keeps: conversations, stored and background responses, and counting before asking.

use crate::{Session, finish, status_of, structured, user};
use async_openai::traits::RequestOptionsBuilder;
use async_openai::types::responses::{ResponseStream, ResponseStreamEvent, Status};
use driver::{TASKS, Thrown, Told, text};
use futures::StreamExt;
use serde_json::{Value, json};
use std::time::Duration;

pub async fn perform(session: &Session, scenario: &str) -> Told {
    match scenario {
        "conversation" => conversation(session).await,
        "kept" => kept(session).await,
        "background" => background(session).await,
        "cancel" => cancel(session).await,
        "resume" => resume(session).await,
        "replay" => replay(session).await,
        _ => count(session).await,
    }
}

async fn conversation(session: &Session) -> Told {
    let conversations = session.client.conversations();
    let made = conversations.create(serde_json::from_value(json!({}))?).await?;
    session.ask(json!({ "input": text("secret"), "conversation": made.id })).await?;
    let fields = json!({ "input": text("question"), "conversation": made.id });
    let mut value = structured(session, false, fields).await?;
    let query = [("limit", "2"), ("order", "asc")];
    let page = conversations.items(&made.id).query(&query)?.list().await?;
    let items = page.data.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>()?;
    value["items"] = items.iter().map(|item| item["type"].clone()).collect();
    conversations.delete(&made.id).await?;
    Ok(value)
}

async fn kept(session: &Session) -> Told {
    let responses = || session.client.responses();
    let numbers = TASKS["texts"]["numbers"].as_array().ok_or("no numbers")?;
    let input: Vec<Value> = numbers.iter().filter_map(Value::as_str).map(user).collect();
    let first = session.ask(json!({ "input": input })).await?;
    let again = responses().retrieve(&first.id).await?;
    let (mut texts, mut after) = (vec![], None);
    loop {
        let mut query = vec![("limit", "1".to_owned()), ("order", "asc".to_owned())];
        query.extend(after.map(|id| ("after", id)));
        let page = responses().query(&query)?.list_input_items(&first.id).await?;
        for item in &page.data {
            texts.push(serde_json::to_value(item)?["content"][0]["text"].clone());
        }
        after = page.last_id;
        if !page.has_more {
            break;
        }
    }
    responses().delete(&first.id).await?;
    let gone = responses().retrieve(&first.id).await.err();
    Ok(json!({
        "same": again.output_text() == first.output_text(),
        "items": texts,
        "gone": gone.and_then(|error| status_of(&error)),
    }))
}

async fn background(session: &Session) -> Told {
    let begun = session.ask(json!({ "input": text("sentence"), "background": true })).await?;
    let mut polled = begun.clone();
    while matches!(polled.status, Status::Queued | Status::InProgress) {
        tokio::time::sleep(Duration::from_millis(50)).await;
        polled = session.client.responses().retrieve(&begun.id).await?;
    }
    Ok(json!({ "begun": begun.status, "ended": polled.status, "text": polled.output_text() }))
}

async fn cancel(session: &Session) -> Told {
    let begun = session.ask(json!({ "input": text("count"), "background": true })).await?;
    Ok(json!({ "status": session.client.responses().cancel(&begun.id).await?.status }))
}

async fn stream(session: &Session) -> Result<ResponseStream, Thrown> {
    session.stream(json!({ "input": text("sentence"), "background": true })).await
}

async fn resume(session: &Session) -> Told {
    let mut events = stream(session).await?;
    let (mut id, mut last, mut seen) = (String::new(), String::new(), String::new());
    while seen.is_empty() {
        let Some(event) = events.next().await else { break };
        match event? {
            ResponseStreamEvent::ResponseCreated(event) => id = event.response.id,
            ResponseStreamEvent::ResponseOutputTextDelta(event) => {
                last = event.sequence_number.to_string();
                seen.push_str(&event.delta);
            }
            _ => {}
        }
    }
    drop(events);
    let responses = session.client.responses().query(&[("starting_after", last)])?;
    let (response, rest) = finish(responses.retrieve_stream(&id).await?).await?;
    Ok(json!({ "text": seen + &rest, "ended": response.status }))
}

async fn replay(session: &Session) -> Told {
    let (begun, _) = finish(stream(session).await?).await?;
    let (response, _) = finish(session.client.responses().retrieve_stream(&begun.id).await?).await?;
    Ok(json!({ "text": response.output_text(), "status": response.status }))
}

async fn count(session: &Session) -> Told {
    let (model, input) = (session.body(json!({ "input": "" }))?.model, text("sentence"));
    let body = serde_json::from_value(json!({ "model": model, "input": input }))?;
    let counted = session.client.responses().get_input_token_counts(body).await?;
    Ok(json!({ "counted": counted.input_tokens > 0 }))
}
