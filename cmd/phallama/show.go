package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// about is what a gateway says of a model: Ollama's /api/show.
type about struct {
	Details struct {
		Family            string `json:"family"`
		ParameterSize     string `json:"parameter_size"`
		QuantizationLevel string `json:"quantization_level"`
	} `json:"details"`
	Capabilities []string       `json:"capabilities"`
	ModelInfo    map[string]any `json:"model_info"`
}

func show(ctx context.Context, gateway, model string) (about, error) {
	body, err := json.Marshal(map[string]string{"model": model})
	if err != nil {
		return about{}, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, gateway+"/api/show", bytes.NewReader(body))
	if err != nil {
		return about{}, err
	}
	resp, err := gatewayDo(req)
	if err != nil {
		return about{}, err
	}
	defer resp.Body.Close()
	var said about
	if err := json.NewDecoder(resp.Body).Decode(&said); err != nil {
		return about{}, fmt.Errorf("what the gateway says of %s: %w", model, err)
	}
	return said, nil
}

// summary is one line of it.
func (s about) summary() string {
	said := []string{}
	for _, part := range []string{s.Details.Family, s.Details.ParameterSize, s.Details.QuantizationLevel, s.context()} {
		if part != "" {
			said = append(said, part)
		}
	}
	return strings.Join(said, " ")
}

func (s about) context() string {
	for name, value := range s.ModelInfo {
		if tokens, ok := value.(float64); ok && strings.HasSuffix(name, ".context_length") {
			return fmt.Sprintf("context %.0f", tokens)
		}
	}
	return ""
}

func (s about) print(out *screen) {
	out.step("model", "%s", s.summary())
	out.step("can", "%s", strings.Join(s.Capabilities, ", "))
}
