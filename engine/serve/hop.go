package serve

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os/exec"
	"time"
)

// Hop is how Ollama's server and the runners that hold its models come together.
type Hop struct {
	// Env is what runners are told in their environment.
	Env map[string]string
	// Transport reaches them at http://127.0.0.1:NUMBER, and nobody else.
	Transport http.RoundTripper
	// Start starts the runner that a command describes, Wait returns once it has ended.
	Start, Wait func(*exec.Cmd) error
	// Keep says that a model's memory never comes back once it is loaded.
	Keep bool
}

// errTogether is why a process computes one request at a time where it has several models.
var errTogether = errors.New("several models in one process compute one request at a time: set slots to 1, or offer one model, and the others by pods of their own")

// CheckTogether says whether one process can hold so many models with so many slots. Models of Ollama's Go runner share a
// backend of ggml there, which computes for one of them at a time: one that waited for another would be taken for stuck.
func CheckTogether(models, slots int) error {
	if models > 1 && slots > 1 {
		return fmt.Errorf("offers and slots: got %d models and %d slots: %w", models, slots, errTogether)
	}
	return nil
}

// Answering waits for the first answer of a server that is being started, over a transport to its listener.
func Answering(ctx context.Context, t http.RoundTripper) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://localhost/api/version", http.NoBody)
	if err != nil {
		return err
	}
	resp, err := t.RoundTrip(req)
	if err != nil {
		return fmt.Errorf("not answering: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("not answering: GET /api/version gave %s", resp.Status)
	}
	return nil
}
