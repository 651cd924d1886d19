package network

import (
	"embed"
	"encoding/json"
	"fmt"
)

//go:embed releases/*.json
var releases embed.FS

// ReleasePolicy is the policy (JSON of attest.Policy) that this release brings for a chain: which enclaves the release
// itself knows, whatever a profile says. Development chains have none; every other chain has one, and where none was
// made yet it is an empty one that accepts nothing.
func ReleasePolicy(chainID uint64) (policy json.RawMessage, ok bool) {
	if IsDev(chainID) {
		return nil, false
	}
	data, err := releases.ReadFile(fmt.Sprintf("releases/%d.json", chainID))
	if err != nil {
		return json.RawMessage(`{}`), true // no policy at all: it parses as none, and nothing is trusted
	}
	return data, true
}
