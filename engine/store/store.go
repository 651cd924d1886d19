// Package store writes a model store in Ollama's layout without Ollama, so
// that the same model gives the same bytes every time.
//
// `ollama create` records the path a model was made from, and so gives another
// manifest on every machine. Offers and receipts sign a model's digest
// (docs/spec/model-digest.md), hence a store made by hand.
package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
)

// Model is what a store holds of one model.
type Model struct {
	Name     string         // as users type it, without a tag: "wisp"
	GGUF     []byte         // the weights
	Template string         // Go template that renders a chat
	Params   map[string]any // default options, such as num_thread

	Family        string // general.architecture of the weights: "llama"
	ParameterSize string // shown to users: "841K"
	Quantization  string // shown to users: "Q8_0"
}

type descriptor struct {
	MediaType string `json:"mediaType"`
	Digest    string `json:"digest"`
	Size      int    `json:"size"`
}

type rootFS struct {
	Type    string   `json:"type"`
	DiffIDs []string `json:"diff_ids"`
}

type config struct {
	ModelFormat   string   `json:"model_format"`
	ModelFamily   string   `json:"model_family"`
	ModelFamilies []string `json:"model_families"`
	ModelType     string   `json:"model_type"`
	FileType      string   `json:"file_type"`
	Architecture  string   `json:"architecture"`
	OS            string   `json:"os"`
	RootFS        rootFS   `json:"rootfs"`
}

type manifest struct {
	SchemaVersion int          `json:"schemaVersion"`
	MediaType     string       `json:"mediaType"`
	Config        descriptor   `json:"config"`
	Layers        []descriptor `json:"layers"`
}

var validName = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`)

// Write makes dir a store that holds m under the tag "latest", replacing what
// dir held.
func Write(dir string, m Model) error {
	if !validName.MatchString(m.Name) {
		return fmt.Errorf("model name %q: expected 1 to 64 of a-z, 0-9, '.', '_', '-'", m.Name)
	}
	params, err := json.Marshal(m.Params) // map keys come out sorted
	if err != nil {
		return fmt.Errorf("model parameters: %w", err)
	}

	tmp := dir + ".tmp"
	if err := os.RemoveAll(tmp); err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	blobs := filepath.Join(tmp, "blobs")
	manifests := filepath.Join(tmp, "manifests", "registry.ollama.ai", "library", m.Name)
	for _, d := range []string{blobs, manifests} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			return err
		}
	}
	blob := func(mediaType string, data []byte) (descriptor, error) {
		sum := sha256.Sum256(data)
		h := hex.EncodeToString(sum[:])
		return descriptor{mediaType, "sha256:" + h, len(data)},
			os.WriteFile(filepath.Join(blobs, "sha256-"+h), data, 0o644)
	}

	var layers []descriptor
	var ids []string
	for _, l := range []struct {
		kind string
		data []byte
	}{
		{"model", m.GGUF},
		{"template", []byte(m.Template)},
		{"params", params},
	} {
		d, err := blob("application/vnd.ollama.image."+l.kind, l.data)
		if err != nil {
			return err
		}
		layers = append(layers, d)
		ids = append(ids, d.Digest)
	}
	cfg, err := json.Marshal(config{
		ModelFormat: "gguf", ModelFamily: m.Family, ModelFamilies: []string{m.Family},
		ModelType: m.ParameterSize, FileType: m.Quantization,
		Architecture: "amd64", OS: "linux",
		RootFS: rootFS{"layers", ids},
	})
	if err != nil {
		return err
	}
	c, err := blob("application/vnd.docker.container.image.v1+json", cfg)
	if err != nil {
		return err
	}
	mf, err := json.Marshal(manifest{2, "application/vnd.docker.distribution.manifest.v2+json", c, layers})
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(manifests, "latest"), mf, 0o644); err != nil {
		return err
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	return os.Rename(tmp, dir)
}
