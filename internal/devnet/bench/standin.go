package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/phallama/phallama/pod"
)

// promptTokens is what a stand-in counts of any prompt.
const promptTokens = 12

// standIn answers in the engine's place, as far as podd asks it, and never computes: it says tokens at a given pace, each
// the time at which it left, in nanoseconds.
func standIn(socket string, c config) (stop func(), err error) {
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return nil, err
	}
	e := &engine{every: c.every}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /engine/pulse", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"open":0,"silentSeconds":0,"wedged":false}`)
	})
	mux.HandleFunc("GET /api/ps", e.ps)
	mux.HandleFunc("POST /api/generate", e.load)
	mux.HandleFunc("POST /api/chat", e.chat)
	server := &http.Server{Handler: mux}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			panic(err)
		}
	}()
	return func() { _ = server.Close() }, nil
}

type engine struct {
	every time.Duration

	mu     sync.Mutex
	loaded map[string]bool
}

func (e *engine) ps(w http.ResponseWriter, _ *http.Request) {
	type held struct {
		Name string `json:"name"`
	}
	list := struct {
		Models []held `json:"models"`
	}{Models: []held{}}
	e.mu.Lock()
	defer e.mu.Unlock()
	for name := range e.loaded {
		list.Models = append(list.Models, held{name})
	}
	_ = json.NewEncoder(w).Encode(list)
}

func (e *engine) load(w http.ResponseWriter, r *http.Request) {
	var ask struct{ Model string }
	if err := json.NewDecoder(r.Body).Decode(&ask); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.loaded == nil {
		e.loaded = map[string]bool{}
	}
	e.loaded[ask.Model] = true
	_, _ = io.WriteString(w, `{"model":"wisp","created_at":"2026-11-22T21:41:33Z","response":"","done":true,"done_reason":"load"}`)
}

func (e *engine) chat(w http.ResponseWriter, r *http.Request) {
	var ask struct {
		Model   string
		Options struct {
			NumPredict int `json:"num_predict"`
		}
	}
	if err := json.NewDecoder(r.Body).Decode(&ask); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/x-ndjson")
	w.Header().Set(pod.HeaderEnginePrompt, fmt.Sprint(promptTokens))
	flush := http.NewResponseController(w)
	tick := time.NewTicker(max(e.every, time.Microsecond))
	defer tick.Stop()
	for range ask.Options.NumPredict {
		select {
		case <-tick.C:
		case <-r.Context().Done():
			return
		}
		now := time.Now()
		_, err := fmt.Fprintf(w, "{\"model\":%q,\"created_at\":%q,\"message\":{\"role\":\"assistant\",\"content\":\"%d \"},\"done\":false}\n", ask.Model, now.UTC().Format(time.RFC3339Nano), now.UnixNano())
		if err != nil || flush.Flush() != nil {
			return
		}
	}
	_, _ = fmt.Fprintf(w, "{\"model\":%q,\"created_at\":%q,\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":%d,\"eval_count\":%d}\n",
		ask.Model, time.Now().UTC().Format(time.RFC3339Nano), promptTokens, ask.Options.NumPredict)
}
