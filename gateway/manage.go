package gateway

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// maxAsk bounds what is asked about a model.
const maxAsk = 64 << 10

// aboutModel is a request of Ollama's API about one model.
type aboutModel struct {
	Model  string `json:"model"`
	Name   string `json:"name"` // the older name of the same
	Stream *bool  `json:"stream"`
}

func readAbout(w http.ResponseWriter, r *http.Request) (ask aboutModel, err error) {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxAsk))
	if err != nil {
		return ask, err
	}
	if json.Unmarshal(raw, &ask) != nil || ask.Model+ask.Name == "" {
		return ask, &client.RequestError{Status: http.StatusBadRequest, Reason: `want a JSON object with a model's name: {"model":"NAME"}`}
	}
	if ask.Model == "" {
		ask.Model = ask.Name
	}
	return ask, allows(r.Context(), ask.Model)
}

// show is what a pod says of a model that it offers.
func (g *gateway) show(w http.ResponseWriter, r *http.Request) {
	ask, err := readAbout(w, r)
	if err == nil {
		var said json.RawMessage
		if said, err = g.client.Show(r.Context(), ask.Model); err == nil {
			answer(w, said)
			return
		}
	}
	fail(w, r, err)
}

// pull succeeds for a model that a verified pod offers, for programs that insist on pulling what they use. Nothing is
// pulled.
func (g *gateway) pull(w http.ResponseWriter, r *http.Request) {
	ask, err := readAbout(w, r)
	var pods int
	if err == nil {
		pods, err = g.offering(r, ask.Model)
	}
	if err != nil {
		fail(w, r, err)
		return
	}
	steps := []string{
		"pulling manifest", fmt.Sprintf("%s is on %d %s of the network, there is nothing to download", ask.Model, pods, plural(pods, "pod")),
		"success",
	}
	if ask.Stream != nil && !*ask.Stream {
		steps = steps[2:]
	}
	w.Header().Set("Content-Type", "application/x-ndjson")
	if len(steps) == 1 {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
	}
	for _, step := range steps {
		_ = json.NewEncoder(w).Encode(map[string]string{"status": step}) // the application is gone: nobody to tell
	}
}

func plural(n int, noun string) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}

// offering counts the verified pods that offer a model; none is an error.
func (g *gateway) offering(r *http.Request, model string) (int, error) {
	if _, err := protocol.ParseModelName(model); err != nil {
		return 0, &client.RequestError{Status: http.StatusBadRequest, Reason: "model: " + err.Error()}
	}
	all, err := g.client.Models(r.Context())
	if err != nil {
		return 0, err
	}
	var names []string
	pods := map[protocol.Address]bool{}
	for _, m := range all {
		names = append(names, m.Offer.Name().Name)
		if m.Offer.For(model) {
			pods[m.Pod] = true
		}
	}
	if len(pods) == 0 {
		return 0, client.NewUnknownModelError(model, names, nil)
	}
	return len(pods), nil
}

// runningModel is one of /api/ps.
type runningModel struct {
	Name          string    `json:"name"`
	Model         string    `json:"model"`
	Size          int64     `json:"size"`
	Digest        string    `json:"digest"`
	Details       details   `json:"details"`
	ExpiresAt     time.Time `json:"expires_at"`
	SizeVRAM      int64     `json:"size_vram"`
	ContextLength uint32    `json:"context_length"`
}

// forever is how Ollama says that a model stays loaded: pods load theirs before they are ready, and keep them.
const forever = 200 // years

func (g *gateway) ps(w http.ResponseWriter, r *http.Request) {
	offered, err := g.offered(r)
	if err != nil {
		fail(w, r, err)
		return
	}
	list := struct {
		Models []runningModel `json:"models"`
	}{Models: []runningModel{}}
	for _, m := range offered {
		list.Models = append(list.Models, runningModel{
			Name: m.Name, Model: m.Name, Digest: hex.EncodeToString(m.Offer.ModelDigest[:]), Details: details{Format: "gguf", Families: []string{}},
			ExpiresAt: time.Now().UTC().AddDate(forever, 0, 0), ContextLength: m.Offer.Context,
		})
	}
	answer(w, list)
}
