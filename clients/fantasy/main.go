// Drives Fantasy, an agent framework, over its provider for Responses.
package main

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"

	"charm.land/fantasy"
	"charm.land/fantasy/object"
	"charm.land/fantasy/providers/openai"

	"responses-conformance/driver"
)

var tasks = driver.ReadTasks()

const mostTurns = 4

// perform is a scenario with a model that is ready.
type perform func(context.Context, fantasy.LanguageModel) (driver.Value, error)

func with(perform perform) driver.Scenario {
	return func(q driver.Question) (driver.Value, error) {
		ctx, stop := context.WithTimeout(context.Background(), 15*time.Second)
		defer stop()
		provider, err := openai.New(
			openai.WithBaseURL(q.BaseURL),
			openai.WithAPIKey(driver.Key()),
			openai.WithUseResponsesAPI(),
			// It speaks Responses only with models that it knows.
			openai.WithResponsesAPIFunc(func(string) bool { return true }),
		)
		if err != nil {
			return nil, err
		}
		model, err := provider.LanguageModel(ctx, q.Model)
		if err != nil {
			return nil, err
		}
		return perform(ctx, model)
	}
}

func agentOf(model fantasy.LanguageModel, options ...fantasy.AgentOption) fantasy.Agent {
	options = append(options, fantasy.WithMaxRetries(0), fantasy.WithStopConditions(fantasy.StepCountIs(mostTurns)))
	return fantasy.NewAgent(model, options...)
}

func tell(result *fantasy.AgentResult, err error) (driver.Value, error) {
	if err != nil {
		return nil, err
	}
	usage := result.TotalUsage
	return driver.Value{
		"text":   result.Response.Content.Text(),
		"finish": result.Response.FinishReason,
		"usage":  usage.InputTokens > 0 && usage.OutputTokens > 0,
	}, nil
}

func generate(ctx context.Context, agent fantasy.Agent, prompt string) (driver.Value, error) {
	return tell(agent.Generate(ctx, fantasy.AgentCall{Prompt: prompt}))
}

func stream(ctx context.Context, agent fantasy.Agent, prompt string) (driver.Value, error) {
	live := ""
	value, err := tell(agent.Stream(ctx, fantasy.AgentStreamCall{
		Prompt:      prompt,
		OnTextDelta: func(_, delta string) error { live += delta; return nil },
	}))
	if err == nil {
		value["live"] = live
	}
	return value, err
}

type ask func(context.Context, fantasy.Agent, string) (driver.Value, error)

func text(by ask) perform {
	return func(ctx context.Context, model fantasy.LanguageModel) (driver.Value, error) {
		return by(ctx, agentOf(model), tasks.Texts.Sentence)
	}
}

func tools(by ask) perform {
	return func(ctx context.Context, model fantasy.LanguageModel) (driver.Value, error) {
		calls := []driver.Value{}
		run := func(_ context.Context, city driver.City, _ fantasy.ToolCall) (fantasy.ToolResponse, error) {
			calls = append(calls, city.Told())
			return fantasy.NewTextResponse(tasks.Run(city)), nil
		}
		tool := fantasy.NewAgentTool(tasks.Tool.Name, tasks.Tool.Description, run)
		value, err := by(ctx, agentOf(model, fantasy.WithTools(tool)), tasks.Texts.Weather)
		if err == nil {
			value["calls"] = calls
		}
		return value, err
	}
}

func told(result *fantasy.ObjectResult[driver.Answer], err error) (driver.Value, error) {
	if err != nil {
		return nil, err
	}
	return driver.Value{"object": result.Object}, nil
}

func secretAndQuestion() fantasy.ObjectCall {
	prompt := tasks.Texts.Secret + " " + tasks.Texts.Question
	return fantasy.ObjectCall{Prompt: fantasy.Prompt{fantasy.NewUserMessage(prompt)}}
}

func structured(ctx context.Context, model fantasy.LanguageModel) (driver.Value, error) {
	return told(object.Generate[driver.Answer](ctx, model, secretAndQuestion()))
}

func streamStructured(ctx context.Context, model fantasy.LanguageModel) (driver.Value, error) {
	stream, err := object.Stream[driver.Answer](ctx, model, secretAndQuestion())
	if err != nil {
		return nil, err
	}
	return told(stream.Object())
}

func multiTurn(ctx context.Context, model fantasy.LanguageModel) (driver.Value, error) {
	first, err := agentOf(model).Generate(ctx, fantasy.AgentCall{Prompt: tasks.Texts.Secret})
	if err != nil {
		return nil, err
	}
	prompt := fantasy.Prompt{fantasy.NewUserMessage(tasks.Texts.Secret)}
	for _, step := range first.Steps {
		prompt = append(prompt, step.Messages...)
	}
	prompt = append(prompt, fantasy.NewUserMessage(tasks.Texts.Question))
	return told(object.Generate[driver.Answer](ctx, model, fantasy.ObjectCall{Prompt: prompt}))
}

func chained(ctx context.Context, model fantasy.LanguageModel) (driver.Value, error) {
	kept := true
	first, err := model.Generate(ctx, fantasy.Call{
		Prompt:          fantasy.Prompt{fantasy.NewUserMessage(tasks.Texts.Secret)},
		ProviderOptions: openai.NewResponsesProviderOptions(&openai.ResponsesProviderOptions{Store: &kept}),
	})
	if err != nil {
		return nil, err
	}
	metadata, ok := first.ProviderMetadata[openai.Name].(*openai.ResponsesProviderMetadata)
	if !ok {
		return nil, fmt.Errorf("the answer has no id: %T", first.ProviderMetadata[openai.Name])
	}
	return told(object.Generate[driver.Answer](ctx, model, fantasy.ObjectCall{
		Prompt: fantasy.Prompt{fantasy.NewUserMessage(tasks.Texts.Question)},
		ProviderOptions: openai.NewResponsesProviderOptions(&openai.ResponsesProviderOptions{
			Store: &kept, PreviousResponseID: &metadata.ResponseID,
		}),
	}))
}

func image(ctx context.Context, model fantasy.LanguageModel) (driver.Value, error) {
	_, encoded, _ := strings.Cut(tasks.Picture, ",")
	bytes, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return nil, err
	}
	file := fantasy.FilePart{Filename: "word.png", Data: bytes, MediaType: "image/png"}
	value, err := tell(agentOf(model).Generate(ctx, fantasy.AgentCall{
		Prompt: tasks.Texts.PictureQuestion, Files: []fantasy.FilePart{file},
	}))
	if err != nil {
		return nil, err
	}
	return driver.Value{"text": value["text"]}, nil
}

func statusOf(err error) int {
	var refused *fantasy.ProviderError
	if errors.As(err, &refused) {
		return refused.StatusCode
	}
	return 0
}

func main() {
	driver.Serve(driver.Client{
		Name:     "fantasy",
		Module:   "charm.land/fantasy",
		Depends:  []string{"github.com/openai/openai-go/v3", "github.com/kaptinlin/jsonschema"},
		StatusOf: statusOf,
		Scenarios: map[string]driver.Scenario{
			"text":              with(text(generate)),
			"stream":            with(text(stream)),
			"tools":             with(tools(generate)),
			"stream-tools":      with(tools(stream)),
			"structured":        with(structured),
			"stream-structured": with(streamStructured),
			"multi-turn":        with(multiTurn),
			"chained":           with(chained),
			"image":             with(image),
		},
	})
}
