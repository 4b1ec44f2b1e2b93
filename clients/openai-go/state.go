// What a server keeps: conversations, stored and background responses, and counting before asking.
package main

import (
	"context"
	"time"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/conversations"
	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/responses"

	"responses-conformance/driver"
)

func conversation(q driver.Question) (driver.Value, error) {
	ctx, client := context.Background(), open(q)
	made, err := client.Conversations.New(ctx, conversations.ConversationNewParams{})
	if err != nil {
		return nil, err
	}
	within := responses.ResponseNewParamsConversationUnion{OfString: openai.String(made.ID)}
	body := responses.ResponseNewParams{Model: q.Model, Input: text(tasks.Texts.Secret), Conversation: within}
	if _, err := client.Responses.New(ctx, body); err != nil {
		return nil, err
	}
	value, err := structured(q, once, responses.ResponseNewParams{
		Input: text(tasks.Texts.Question), Conversation: within,
	})
	if err != nil {
		return nil, err
	}
	page, err := client.Conversations.Items.List(ctx, made.ID, conversations.ItemListParams{
		Limit: openai.Int(2), Order: conversations.ItemListParamsOrderAsc,
	})
	if err != nil {
		return nil, err
	}
	types := []string{}
	for _, item := range page.Data {
		types = append(types, item.Type)
	}
	value["items"] = types
	_, err = client.Conversations.Delete(ctx, made.ID)
	return value, err
}

func kept(q driver.Question) (driver.Value, error) {
	ctx, client, items := context.Background(), open(q), []responses.ResponseInputItemUnionParam{}
	for _, number := range tasks.Texts.Numbers {
		items = append(items, user(number))
	}
	first, err := client.Responses.New(ctx, responses.ResponseNewParams{Model: q.Model, Input: list(items...)})
	if err != nil {
		return nil, err
	}
	again, err := client.Responses.Get(ctx, first.ID, responses.ResponseGetParams{})
	if err != nil {
		return nil, err
	}
	texts := []string{}
	pages := client.Responses.InputItems.ListAutoPaging(ctx, first.ID, responses.InputItemListParams{
		Limit: openai.Int(1), Order: responses.InputItemListParamsOrderAsc,
	})
	for pages.Next() {
		message := pages.Current().AsMessage()
		if len(message.Content) > 0 {
			texts = append(texts, message.Content[0].Text)
		}
	}
	if err := pages.Err(); err != nil {
		return nil, err
	}
	if err := client.Responses.Delete(ctx, first.ID); err != nil {
		return nil, err
	}
	_, err = client.Responses.Get(ctx, first.ID, responses.ResponseGetParams{})
	return driver.Value{
		"same": again.OutputText() == first.OutputText(), "items": texts, "gone": statusOf(err),
	}, nil
}

func background(q driver.Question) (driver.Value, error) {
	ctx, client := context.Background(), open(q)
	begun, err := client.Responses.New(ctx, inBackground(q, tasks.Texts.Sentence))
	if err != nil {
		return nil, err
	}
	polled := begun
	for polled.Status == responses.ResponseStatusQueued || polled.Status == responses.ResponseStatusInProgress {
		time.Sleep(50 * time.Millisecond)
		if polled, err = client.Responses.Get(ctx, begun.ID, responses.ResponseGetParams{}); err != nil {
			return nil, err
		}
	}
	return driver.Value{"begun": begun.Status, "ended": polled.Status, "text": polled.OutputText()}, nil
}

func inBackground(q driver.Question, input string) responses.ResponseNewParams {
	return responses.ResponseNewParams{Model: q.Model, Input: text(input), Background: openai.Bool(true)}
}

func cancel(q driver.Question) (driver.Value, error) {
	ctx, client := context.Background(), open(q)
	begun, err := client.Responses.New(ctx, inBackground(q, tasks.Texts.Count))
	if err != nil {
		return nil, err
	}
	cancelled, err := client.Responses.Cancel(ctx, begun.ID)
	if err != nil {
		return nil, err
	}
	return driver.Value{"status": cancelled.Status}, nil
}

func resume(q driver.Question) (driver.Value, error) {
	ctx, client := context.Background(), open(q)
	stream := client.Responses.NewStreaming(ctx, inBackground(q, tasks.Texts.Sentence))
	id, last, seen := "", int64(-1), ""
	for seen == "" && stream.Next() {
		event := stream.Current()
		switch variant := event.AsAny().(type) {
		case responses.ResponseCreatedEvent:
			id = variant.Response.ID
		case responses.ResponseTextDeltaEvent:
			seen += variant.Delta
		}
		last = event.SequenceNumber
	}
	stream.Close()
	if err := stream.Err(); err != nil {
		return nil, err
	}
	final, err := finish(again(client, id, responses.ResponseGetParams{StartingAfter: openai.Int(last)}), &seen)
	if err != nil {
		return nil, err
	}
	return driver.Value{"text": seen, "ended": final.Status}, nil
}

func replay(q driver.Question) (driver.Value, error) {
	client, live := open(q), ""
	begun, err := streamed(client, inBackground(q, tasks.Texts.Sentence), &live)
	if err != nil {
		return nil, err
	}
	final, err := finish(again(client, begun.ID, responses.ResponseGetParams{}), &live)
	if err != nil {
		return nil, err
	}
	return driver.Value{"text": final.OutputText(), "status": final.Status}, nil
}

// again streams a response that is kept. The client puts `stream` into a body of the GET, where no server looks for it.
func again(client openai.Client, id string, params responses.ResponseGetParams) *events {
	return client.Responses.GetStreaming(context.Background(), id, params, option.WithQuery("stream", "true"))
}

func count(q driver.Question) (driver.Value, error) {
	client := open(q)
	counted, err := client.Responses.InputTokens.Count(context.Background(), responses.InputTokenCountParams{
		Model: openai.String(q.Model),
		Input: responses.InputTokenCountParamsInputUnion{OfString: openai.String(tasks.Texts.Sentence)},
	})
	if err != nil {
		return nil, err
	}
	return driver.Value{"counted": counted.InputTokens > 0}, nil
}
