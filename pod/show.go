package pod

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/phallama/phallama/protocol"
)

const (
	maxShowAsk   = 1 << 10
	maxShown     = 60 << 10 // bytes of what is said of a model
	maxEngineSay = 8 << 20  // and of what the engine says, all its tensors included
	showLimit    = 30 * time.Second
)

// shownMembers are what is passed on of the engine's answer: what the model is, and nothing of where it lies.
var shownMembers = []string{
	"details", "model_info", "capabilities", "parameters", "template", "system", "license", "requires", "modified_at",
}

// shows keeps what the engine said of each model: it does not change while the pod runs.
type shows struct {
	mu sync.Mutex
	of map[string][]byte // by name
}

// serveShow says what a model that the pod offers is and can do, as its engine says it. It is free.
func (p *Pod) serveShow(w http.ResponseWriter, r *http.Request) error {
	if r.Method != http.MethodPost || r.URL.RawQuery != "" {
		return problem(protocol.ProblemNoRoute, http.StatusMethodNotAllowed, protocol.PathShow+" takes POST", "")
	}
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxShowAsk+1))
	if err != nil {
		return err
	}
	var ask struct{ Model, Name string } // the second is the older name of the first
	if len(raw) > maxShowAsk || json.Unmarshal(raw, &ask) != nil || ask.Model+ask.Name == "" {
		return problem(protocol.ProblemBadRequest, http.StatusBadRequest, "malformed request to show a model", `want {"model":"NAME"}`)
	}
	if ask.Model == "" {
		ask.Model = ask.Name
	}
	if err := p.limit(strangers, len(raw)); err != nil {
		return err
	}
	name, ok := p.offered(ask.Model)
	if !ok {
		return problem(protocol.ProblemUnknownModel, http.StatusNotFound, "the pod does not offer this model", "its offers on the registry name those it serves")
	}
	said, err := p.show(r.Context(), name)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	_, err = w.Write(said)
	return err
}

// offered is the name under which the pod offers the model that is asked for.
func (p *Pod) offered(asked string) (name string, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, o := range p.offers {
		if o.For(asked) {
			return o.Name().Name, true
		}
	}
	return "", false
}

// show asks the engine once for each model.
func (p *Pod) show(ctx context.Context, name string) ([]byte, error) {
	p.shows.mu.Lock()
	defer p.shows.mu.Unlock()
	if said, ok := p.shows.of[name]; ok {
		return said, nil
	}
	ctx, cancel := context.WithTimeout(ctx, showLimit)
	defer cancel()
	said, err := p.askShow(ctx, name)
	if err != nil {
		return nil, err
	}
	if p.shows.of == nil {
		p.shows.of = map[string][]byte{}
	}
	p.shows.of[name] = said
	return said, nil
}

func (p *Pod) askShow(ctx context.Context, name string) ([]byte, error) {
	body, err := json.Marshal(map[string]string{"model": name})
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://localhost"+protocol.PathShow, strings.NewReader(string(body)))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := p.config.Engine.RoundTrip(req)
	if err != nil {
		p.config.Log.Error("the engine does not show a model", "err", fault(err))
		return nil, engineFailed()
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(resp.Body, maxEngineSay))
	var all, kept map[string]json.RawMessage
	if err != nil || resp.StatusCode != http.StatusOK || json.Unmarshal(raw, &all) != nil {
		p.config.Log.Error("the engine does not show a model", "status", resp.StatusCode)
		return nil, engineFailed()
	}
	kept = map[string]json.RawMessage{}
	for _, member := range shownMembers {
		if value, ok := all[member]; ok {
			kept[member] = value
		}
	}
	for _, long := range []string{"", "license", "template", "system"} {
		delete(kept, long)
		said, err := json.Marshal(kept)
		if err != nil || len(said) <= maxShown {
			return said, err
		}
	}
	return nil, errors.New("what the engine says of a model is too long")
}
