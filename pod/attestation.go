package pod

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"github.com/phallama/phallama/protocol"
)

// controlServe takes what the pod serves about itself. The pod does not look into it: all of it is public and signed by
// others, Intel and endorsers, and clients verify every signature. A host that brings something else has its pod refused.
func (p *Pod) controlServe(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, protocol.MaxAttestation))
	if err != nil {
		http.Error(w, fmt.Sprintf("control: expected at most %d bytes to serve: %v", protocol.MaxAttestation, err), http.StatusRequestEntityTooLarge)
		return
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(body, &object); err != nil || object == nil {
		http.Error(w, "control: expected a JSON object to serve", http.StatusBadRequest)
		return
	}
	p.mu.Lock()
	p.served = body
	p.mu.Unlock()
	w.WriteHeader(http.StatusNoContent)
}

func (p *Pod) serveAttestation(w http.ResponseWriter, _ *http.Request) {
	p.mu.Lock()
	served := p.served
	p.mu.Unlock()
	if served == nil {
		http.Error(w, "the pod's operator has not brought its collateral yet: ask Intel's service or a PCCS", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "max-age=3600")
	_, _ = w.Write(served)
}
