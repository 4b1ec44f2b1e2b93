// Package driver is the Go side of the driver protocol: one JSON object a line.
package driver

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"runtime/debug"
	"sort"
	"strings"
)

// Value holds what a scenario tells.
type Value = map[string]any

// Question is what the product asks.
type Question struct {
	ID       int    `json:"id"`
	Scenario string `json:"scenario"`
	BaseURL  string `json:"base_url"`
	Model    string `json:"model"`
	End      bool   `json:"end"`
}

// Scenario performs one scenario with the client.
type Scenario func(Question) (Value, error)

// Client says what is driven.
type Client struct {
	// Name is that of the folder, Module that of the client as Go knows it.
	Name, Module string
	// Depends are other modules that decide what the client does.
	Depends []string
	// StatusOf finds the HTTP status of a refusal; 0 where there is none.
	StatusOf  func(error) int
	Scenarios map[string]Scenario
}

// Tasks are the texts that every client sends.
type Tasks struct {
	Texts struct {
		Sentence        string
		Weather         string
		Secret          string
		Question        string
		PictureQuestion string `json:"picture_question"`
		Count           string
		Numbers         []string
	}
	Tool struct {
		Name        string
		Description string
		Parameters  Value
		Result      string
	}
	Answer struct {
		Name   string
		Schema Value
	}
	Picture string
}

// Answer is the object that structured scenarios ask for.
type Answer struct {
	Word string `json:"word" enum:"walnut,kestrel,ember,unknown"`
}

// City is the input of the tool.
type City struct {
	City string `json:"city"`
}

// Told is how the input of a call is reported.
func (c City) Told() Value { return Value{"city": c.City} }

// Run is the tool.
func (t Tasks) Run(c City) string { return strings.ReplaceAll(t.Tool.Result, "{city}", c.City) }

// ReadTasks reads the file that the environment names.
func ReadTasks() Tasks {
	var tasks Tasks
	content, err := os.ReadFile(os.Getenv("CLIENT_SCENARIOS"))
	if err == nil {
		err = json.Unmarshal(content, &tasks)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "CLIENT_SCENARIOS:", err)
		os.Exit(1)
	}
	return tasks
}

// Key is the key of the endpoint.
func Key() string { return os.Getenv("CLIENT_API_KEY") }

const mostMessage = 500

// Serve answers until its input ends.
func Serve(client Client) {
	// What libraries print goes to stderr.
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	os.Stdout = os.Stderr

	hello, installed := client.hello()
	_ = out.Encode(hello)
	if !installed {
		os.Exit(3)
	}
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		var question Question
		if json.Unmarshal(in.Bytes(), &question) != nil {
			os.Exit(1)
		}
		if question.End {
			return
		}
		_ = out.Encode(client.answer(question))
	}
}

func (c Client) hello() (Value, bool) {
	versions := map[string]string{}
	if built, ok := debug.ReadBuildInfo(); ok {
		for _, module := range built.Deps {
			versions[module.Path] = strings.TrimPrefix(module.Version, "v")
		}
	}
	depends := map[string]string{}
	for _, module := range c.Depends {
		depends[module] = versions[module]
	}
	scenarios := []string{}
	for name := range c.Scenarios {
		scenarios = append(scenarios, name)
	}
	sort.Strings(scenarios)
	version, known := versions[c.Module]
	hello := Value{
		"protocol": 1, "client": c.Name, "package": "golang:" + c.Module, "version": version,
		"language": "go", "runtime": runtime.Version(), "depends": depends,
		"scenarios": scenarios, "slowness": 1,
	}
	if !known {
		hello["version"] = nil
	}
	return Value{"hello": hello}, known
}

func (c Client) answer(question Question) (answer Value) {
	perform, known := c.Scenarios[question.Scenario]
	if !known {
		return Value{"id": question.ID, "skipped": "there is no scenario " + question.Scenario}
	}
	defer func() {
		if thrown := recover(); thrown != nil {
			told := Value{"name": "panic", "message": cut(fmt.Sprint(thrown))}
			if where := c.placeIn(string(debug.Stack())); where != "" {
				told["where"] = where
			}
			answer = Value{"id": question.ID, "error": told}
		}
	}()
	value, err := perform(question)
	if err != nil {
		return Value{"id": question.ID, "error": c.tell(err)}
	}
	return Value{"id": question.ID, "value": value}
}

func (c Client) tell(err error) Value {
	told := Value{"name": fmt.Sprintf("%T", err), "message": cut(err.Error())}
	if status := c.StatusOf(err); status >= 400 {
		told["status"] = status
	}
	chain := []string{}
	for cause := errors.Unwrap(err); cause != nil && len(chain) < 4; cause = errors.Unwrap(cause) {
		chain = append(chain, cut(fmt.Sprintf("%T: %v", cause, cause)))
	}
	if len(chain) > 0 {
		told["chain"] = chain
	}
	return told
}

// placeIn finds the innermost line of the client in a stack: errors of Go carry none, panics do.
func (c Client) placeIn(stack string) string {
	found := regexp.MustCompile(regexp.QuoteMeta(c.Module) + `@[^\s]+:\d+`).FindString(stack)
	return found
}

func cut(text string) string {
	if letters := []rune(text); len(letters) > mostMessage {
		return string(letters[:mostMessage])
	}
	return text
}
