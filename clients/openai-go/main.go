// Drives openai-go, the official SDK.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/packages/ssestream"
	"github.com/openai/openai-go/v3/responses"

	"responses-conformance/driver"
)

var tasks = driver.ReadTasks()

const mostTurns = 4

func open(q driver.Question) openai.Client {
	return openai.NewClient(
		option.WithBaseURL(q.BaseURL),
		option.WithAPIKey(driver.Key()),
		option.WithMaxRetries(0),
		option.WithRequestTimeout(15*time.Second),
	)
}

func text(input string) responses.ResponseNewParamsInputUnion {
	return responses.ResponseNewParamsInputUnion{OfString: openai.String(input)}
}

func list(items ...responses.ResponseInputItemUnionParam) responses.ResponseNewParamsInputUnion {
	return responses.ResponseNewParamsInputUnion{OfInputItemList: items}
}

func user(content string) responses.ResponseInputItemUnionParam {
	return responses.ResponseInputItemParamOfMessage(content, responses.EasyInputMessageRoleUser)
}

// ask sends one request and gives the whole response; it also collects what a person sees meanwhile.
type ask func(openai.Client, responses.ResponseNewParams, *string) (*responses.Response, error)

func once(c openai.Client, body responses.ResponseNewParams, _ *string) (*responses.Response, error) {
	return c.Responses.New(context.Background(), body)
}

func streamed(c openai.Client, body responses.ResponseNewParams, live *string) (*responses.Response, error) {
	return finish(c.Responses.NewStreaming(context.Background(), body), live)
}

type events = ssestream.Stream[responses.ResponseStreamEventUnion]

func finish(stream *events, live *string) (*responses.Response, error) {
	defer stream.Close()
	var final *responses.Response
	for stream.Next() {
		switch event := stream.Current().AsAny().(type) {
		case responses.ResponseTextDeltaEvent:
			*live += event.Delta
		case responses.ResponseCompletedEvent:
			final = &event.Response
		case responses.ResponseIncompleteEvent:
			final = &event.Response
		case responses.ResponseFailedEvent:
			return nil, fmt.Errorf("response.failed: %s", event.Response.Error.Message)
		case responses.ResponseErrorEvent:
			return nil, fmt.Errorf("error: %s", event.Message)
		}
	}
	if err := stream.Err(); err != nil {
		return nil, err
	}
	if final == nil {
		return nil, errors.New("the stream had no terminal event")
	}
	return final, nil
}

// meter: what a bill would be made from. A number that is absent is 0 in Go.
func meter(r *responses.Response) bool {
	return r.Usage.InputTokens > 0 && r.Usage.OutputTokens > 0 && r.Usage.TotalTokens > 0
}

func tell(q driver.Question, by ask, isStream bool) (driver.Value, error) {
	live := ""
	r, err := by(open(q), responses.ResponseNewParams{Model: q.Model, Input: text(tasks.Texts.Sentence)}, &live)
	if err != nil {
		return nil, err
	}
	value := driver.Value{"text": r.OutputText(), "status": r.Status, "usage": meter(r)}
	if isStream {
		value["live"] = live
	}
	return value, nil
}

func iterate(q driver.Question) (driver.Value, error) {
	client := open(q)
	stream := client.Responses.NewStreaming(context.Background(), responses.ResponseNewParams{
		Model: q.Model, Input: text(tasks.Texts.Sentence),
	})
	defer stream.Close()
	seen, value := "", driver.Value{"ended": nil}
	for stream.Next() {
		switch event := stream.Current().AsAny().(type) {
		case responses.ResponseTextDeltaEvent:
			seen += event.Delta
		case responses.ResponseCompletedEvent:
			value["ended"] = event.Response.Status
			value["usage"] = meter(&event.Response)
		}
	}
	value["text"] = seen
	return value, stream.Err()
}

func tools(q driver.Question, by ask) (driver.Value, error) {
	client, live, calls := open(q), "", []driver.Value{}
	tool := responses.FunctionToolParam{
		Name:        tasks.Tool.Name,
		Description: openai.String(tasks.Tool.Description),
		Parameters:  tasks.Tool.Parameters,
		Strict:      openai.Bool(true),
	}
	items := responses.ResponseInputParam{user(tasks.Texts.Weather)}
	for range mostTurns {
		r, err := by(client, responses.ResponseNewParams{
			Model: q.Model,
			Input: list(items...),
			Tools: []responses.ToolUnionParam{{OfFunction: &tool}},
		}, &live)
		if err != nil {
			return nil, err
		}
		items = append(items, sendable(r)...)
		called := false
		for _, item := range r.Output {
			call, ok := item.AsAny().(responses.ResponseFunctionToolCall)
			if !ok {
				continue
			}
			called = true
			var city driver.City
			if err := json.Unmarshal([]byte(call.Arguments), &city); err != nil {
				return nil, err
			}
			calls = append(calls, city.Told())
			output := responses.ResponseInputItemParamOfFunctionCallOutput(tasks.Run(city))
			output.OfFunctionCallOutput.CallID = openai.String(call.CallID)
			items = append(items, output)
		}
		if !called {
			return driver.Value{"calls": calls, "text": r.OutputText(), "usage": meter(r)}, nil
		}
	}
	return nil, errors.New("the model did not stop calling tools")
}

// sendable turns the items of an answer into input.
func sendable(r *responses.Response) (items []responses.ResponseInputItemUnionParam) {
	for _, item := range r.Output {
		switch variant := item.AsAny().(type) {
		case responses.ResponseFunctionToolCall:
			param := variant.ToParam()
			items = append(items, responses.ResponseInputItemUnionParam{OfFunctionCall: &param})
		case responses.ResponseReasoningItem:
			param := variant.ToParam()
			items = append(items, responses.ResponseInputItemUnionParam{OfReasoning: &param})
		case responses.ResponseOutputMessage:
			param := variant.ToParam()
			items = append(items, responses.ResponseInputItemUnionParam{OfOutputMessage: &param})
		}
	}
	return items
}

func structured(q driver.Question, by ask, body responses.ResponseNewParams) (driver.Value, error) {
	format := responses.ResponseFormatTextConfigParamOfJSONSchema(tasks.Answer.Name, tasks.Answer.Schema)
	format.OfJSONSchema.Strict = openai.Bool(true)
	body.Model = q.Model
	body.Text = responses.ResponseTextConfigParam{Format: format}
	live := ""
	r, err := by(open(q), body, &live)
	if err != nil {
		return nil, err
	}
	var answer driver.Answer
	if err := json.Unmarshal([]byte(r.OutputText()), &answer); err != nil {
		return nil, err
	}
	return driver.Value{"object": answer}, nil
}

func told() responses.ResponseNewParams {
	return responses.ResponseNewParams{Input: text(tasks.Texts.Secret + " " + tasks.Texts.Question)}
}

// later asks for the secret after it was told in a turn of its own.
func later(q driver.Question, next func(*responses.Response) responses.ResponseNewParams) (driver.Value, error) {
	live := ""
	first, err := once(open(q), responses.ResponseNewParams{Model: q.Model, Input: list(user(tasks.Texts.Secret))}, &live)
	if err != nil {
		return nil, err
	}
	return structured(q, once, next(first))
}

func withHistory(first *responses.Response) responses.ResponseNewParams {
	items := append([]responses.ResponseInputItemUnionParam{user(tasks.Texts.Secret)}, sendable(first)...)
	return responses.ResponseNewParams{Input: list(append(items, user(tasks.Texts.Question))...)}
}

func chained(first *responses.Response) responses.ResponseNewParams {
	return responses.ResponseNewParams{
		Input: text(tasks.Texts.Question), PreviousResponseID: openai.String(first.ID),
	}
}

func image(q driver.Question) (driver.Value, error) {
	parts := responses.ResponseInputMessageContentListParam{
		responses.ResponseInputContentParamOfInputText(tasks.Texts.PictureQuestion),
		{OfInputImage: &responses.ResponseInputImageParam{Detail: "auto", ImageURL: openai.String(tasks.Picture)}},
	}
	r, err := once(open(q), responses.ResponseNewParams{
		Model: q.Model,
		Input: list(responses.ResponseInputItemParamOfMessage(parts, responses.EasyInputMessageRoleUser)),
	}, nil)
	if err != nil {
		return nil, err
	}
	return driver.Value{"text": r.OutputText()}, nil
}

func statusOf(err error) int {
	var refused *openai.Error
	if errors.As(err, &refused) {
		return refused.StatusCode
	}
	return 0
}

func main() {
	driver.Serve(driver.Client{
		Name:     "openai-go",
		Module:   "github.com/openai/openai-go/v3",
		Depends:  []string{"github.com/tidwall/gjson"},
		StatusOf: statusOf,
		Scenarios: map[string]driver.Scenario{
			"text":         func(q driver.Question) (driver.Value, error) { return tell(q, once, false) },
			"iterate":      iterate,
			"stream":       func(q driver.Question) (driver.Value, error) { return tell(q, streamed, true) },
			"tools":        func(q driver.Question) (driver.Value, error) { return tools(q, once) },
			"stream-tools": func(q driver.Question) (driver.Value, error) { return tools(q, streamed) },
			"structured":   func(q driver.Question) (driver.Value, error) { return structured(q, once, told()) },
			"stream-structured": func(q driver.Question) (driver.Value, error) {
				return structured(q, streamed, told())
			},
			"multi-turn":   func(q driver.Question) (driver.Value, error) { return later(q, withHistory) },
			"chained":      func(q driver.Question) (driver.Value, error) { return later(q, chained) },
			"image":        image,
			"conversation": conversation,
			"kept":         kept,
			"background":   background,
			"cancel":       cancel,
			"resume":       resume,
			"replay":       replay,
			"count":        count,
		},
	})
}
