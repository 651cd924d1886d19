package protocol

import (
	"encoding/hex"
	"fmt"
	"strings"
)

// digestMark stands between a model's name and the digest that it is pinned to.
const digestMark = "@sha256:"

// ModelName is a model as a user asks for it: "wisp", "wisp:latest", or, where it is to be this model and no other,
// "wisp@sha256:" and the model digest in hex.
type ModelName struct {
	Name   string
	Digest *Hash // nil: whatever goes by the name
}

// ParseModelName reads a name as a request holds it. The name itself may be anything without an "@".
func ParseModelName(text string) (ModelName, error) {
	name, _, pinned := strings.Cut(text, "@")
	if !pinned {
		return ModelName{Name: text}, nil
	}
	digits := strings.TrimPrefix(text[len(name):], digestMark)
	raw, err := hex.DecodeString(digits)
	if name == "" || digits == text[len(name):] || err != nil || len(raw) != len(Hash{}) || strings.ToLower(digits) != digits {
		return ModelName{}, fmt.Errorf("want NAME or NAME%s and 64 lower-case hex digits", digestMark)
	}
	digest := Hash(raw)
	return ModelName{Name: name, Digest: &digest}, nil
}

func (m ModelName) String() string {
	if m.Digest == nil {
		return m.Name
	}
	return m.Name + "@" + DigestText(*m.Digest)
}

// DigestText is a model digest as names have it: "sha256:" and 64 hex digits.
func DigestText(digest Hash) string { return digestMark[1:] + hex.EncodeToString(digest[:]) }

// Same tells whether the two go by the same name: as with Ollama, one without a tag means ":latest".
func (m ModelName) Same(name string) bool { return withTag(m.Name) == withTag(name) }

// withTag is a name as Ollama lists it.
func withTag(name string) string {
	if strings.Contains(name[strings.LastIndex(name, "/")+1:], ":") {
		return name
	}
	return name + ":latest"
}

// Name is the offered model's name in full, with its tag and pinned to its digest.
func (o Offer) Name() ModelName { return ModelName{Name: withTag(o.Model), Digest: &o.ModelDigest} }

// For tells whether the offer is for the model that a request asks for: its name, and its digest where the request
// names one.
func (o Offer) For(model string) bool {
	asked, err := ParseModelName(model)
	return err == nil && asked.Same(o.Model) && (asked.Digest == nil || *asked.Digest == o.ModelDigest)
}
