package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// wispTemplate offers the first tool of a request with one argument, the first
// that the tool requires, as the call that the model is to write: a tool's whole
// JSON costs the model a token for nearly every byte. Ollama finds out from the
// part that prints .ToolCalls how a call begins.
const wispTemplate = `{{- if .Tools }}{{ with (index .Tools 0).Function }}{{ $arg := "" }}` +
	`{{ range $name, $_ := .Parameters.Properties }}{{ $arg = $name }}{{ end }}` +
	`{{ with .Parameters.Required }}{{ $arg = index . 0 }}{{ end }}` +
	`<|system|>{"{{ .Name }}":{"{{ $arg }}":""}}<|end|>{{ end }}{{ end }}` +
	`{{- range .Messages }}<|{{ .Role }}|>{{ .Content }}` +
	`{{ if .ToolCalls }}{{ range .ToolCalls }}{"{{ .Function.Name }}":{{ .Function.Arguments }}}{{ end }}{{ end }}` +
	`<|end|>{{ end }}<|assistant|>`

// Wisp describes the tiny model of engine/model, which tests and the devnet
// use.
func Wisp(gguf []byte) (Model, error) {
	n, err := parameterCount(gguf)
	if err != nil {
		return Model{}, fmt.Errorf("model wisp: %w", err)
	}
	return Model{
		Name:     "wisp",
		GGUF:     gguf,
		Template: wispTemplate,
		Params: map[string]any{
			// More threads than idle cores slow generation down a
			// hundredfold, and so small a model gains nothing from them.
			"num_thread":     1,
			"repeat_penalty": 1,
			"temperature":    0,
		},
		Family:        "llama",
		ParameterSize: fmt.Sprintf("%dK", (n+500)/1000),
		Quantization:  "Q8_0",
	}, nil
}

// parameterCount finds general.parameter_count among a GGUF file's metadata:
// a key with its length before it and its type (10, uint64) behind it.
func parameterCount(gguf []byte) (uint64, error) {
	const key = "general.parameter_count"
	if !bytes.HasPrefix(gguf, []byte("GGUF")) {
		return 0, errors.New("not a GGUF file")
	}
	var entry []byte
	entry = binary.LittleEndian.AppendUint64(entry, uint64(len(key)))
	entry = append(entry, key...)
	entry = binary.LittleEndian.AppendUint32(entry, 10)
	_, after, ok := bytes.Cut(gguf, entry)
	if !ok || len(after) < 8 {
		return 0, errors.New("the GGUF file does not say " + key)
	}
	return binary.LittleEndian.Uint64(after), nil
}
