package gateway

import (
	"encoding/hex"
	"encoding/json"
	"net/http"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// ServerName is the Server field of the answer at the root, which tells a gateway from Ollama itself.
const ServerName = "phallama"

// running is what Ollama says at its root; tools look for these very words.
func running(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Server", ServerName)
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("Ollama is running"))
}

func version(w http.ResponseWriter, _ *http.Request) {
	answer(w, struct {
		Version string `json:"version"`
	}{OllamaVersion})
}

// tag is one model of /api/tags. Size and details are the pod's affair and not known here.
type tag struct {
	Name       string    `json:"name"`
	Model      string    `json:"model"`
	ModifiedAt time.Time `json:"modified_at"`
	Size       int64     `json:"size"`
	Digest     string    `json:"digest"`
	Details    details   `json:"details"`
}

type details struct {
	ParentModel       string   `json:"parent_model"`
	Format            string   `json:"format"`
	Family            string   `json:"family"`
	Families          []string `json:"families"`
	ParameterSize     string   `json:"parameter_size"`
	QuantizationLevel string   `json:"quantization_level"`
}

func (g *gateway) tags(w http.ResponseWriter, r *http.Request) {
	offered, err := g.offered(r)
	if err != nil {
		fail(w, r, err)
		return
	}
	list := struct {
		Models []tag `json:"models"`
	}{Models: []tag{}}
	for _, m := range offered {
		list.Models = append(list.Models, tag{
			Name: m.Name, Model: m.Name, ModifiedAt: m.Since, Digest: hex.EncodeToString(m.Offer.ModelDigest[:]),
			Details: details{Format: "gguf", Families: []string{}},
		})
	}
	answer(w, list)
}

// openAIModel is one model of /v1/models.
type openAIModel struct {
	ID      string `json:"id"`
	Object  string `json:"object"`
	Created int64  `json:"created"`
	OwnedBy string `json:"owned_by"`
}

func toOpenAI(m client.Model) openAIModel {
	return openAIModel{ID: m.Name, Object: "model", Created: m.Since.Unix(), OwnedBy: "phallama"}
}

func (g *gateway) models(w http.ResponseWriter, r *http.Request) {
	offered, err := g.offered(r)
	if err != nil {
		fail(w, r, err)
		return
	}
	list := struct {
		Object string        `json:"object"`
		Data   []openAIModel `json:"data"`
	}{Object: "list", Data: []openAIModel{}}
	for _, m := range offered {
		list.Data = append(list.Data, toOpenAI(m))
	}
	answer(w, list)
}

func (g *gateway) model(w http.ResponseWriter, r *http.Request, name string) {
	if err := allows(r.Context(), name); err != nil {
		fail(w, r, err)
		return
	}
	asked, err := protocol.ParseModelName(name)
	if err != nil {
		fail(w, r, &client.RequestError{Status: http.StatusBadRequest, Reason: "model: " + err.Error()})
		return
	}
	all, err := g.client.Models(r.Context())
	if err != nil {
		fail(w, r, err)
		return
	}
	var known, digests []string
	for _, m := range all {
		full := m.Offer.Name()
		if m.Offer.For(name) {
			m.Name = protocol.ModelName{Name: full.Name, Digest: asked.Digest}.String()
			answer(w, toOpenAI(m))
			return
		}
		known = append(known, full.Name)
		if asked.Digest != nil && asked.Same(full.Name) {
			digests = append(digests, protocol.DigestText(*full.Digest))
		}
	}
	fail(w, r, client.NewUnknownModelError(name, known, digests))
}

// offered are the models of verified pods that a request's key is for, each name once: its cheapest offer.
func (g *gateway) offered(r *http.Request) ([]client.Model, error) {
	all, err := g.client.Models(r.Context())
	if err != nil {
		return nil, err
	}
	key, seen := keyFrom(r.Context()), map[string]bool{}
	var models []client.Model
	for _, m := range all {
		var may bool
		if m.Name, may = key.may(m.Offer.Name()); may && !seen[m.Name] {
			seen[m.Name] = true
			models = append(models, m)
		}
	}
	return models, nil
}

func answer(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(body) // the application is gone: nobody to tell
}
