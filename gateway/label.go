package gateway

import (
	"bytes"
	"encoding/json"
	"net/http"

	"github.com/phallama/phallama/client"
)

// label says in the answer itself what its header and trailer say, for programs that show no such fields. Like
// durations it is put in here, into an answer that is verified: a pod's own word for it cannot come last.
type label struct {
	Pod       string `json:"pod"`
	Tier      string `json:"tier"`
	Cost      string `json:"cost"` // base units
	Receipt   string `json:"receipt"`
	RequestID string `json:"requestId"`
	Simulated bool   `json:"simulated,omitempty"` // no hardware stands behind it
}

// tierSimulated is attest's name for it.
const tierSimulated = "T0-simulated"

// labelled is the last object of an answer with its label. The receipt has to be known.
func labelled(object []byte, res *http.Response) []byte {
	var members map[string]json.RawMessage
	if res.Trailer.Get(client.TrailerReceipt) == "" || json.Unmarshal(object, &members) != nil || len(members) == 0 {
		return object
	}
	tier := res.Header.Get(client.HeaderTier)
	said, err := json.Marshal(label{
		Pod: res.Header.Get(client.HeaderPod), Tier: tier, Cost: res.Trailer.Get(client.TrailerCost), Receipt: res.Trailer.Get(client.TrailerReceipt),
		RequestID: res.Header.Get(client.HeaderRequestID), Simulated: tier == tierSimulated,
	})
	if err != nil {
		panic(err) // strings marshal
	}
	end := bytes.LastIndexByte(object, '}')
	return append(append(append(append(make([]byte, 0, len(object)+len(said)+16), object[:end]...), `,"phallama":`...), said...), object[end:]...)
}

// labels tells whether programs of this API read members that they do not know: its own do.
func (a api) labels() bool { return a == ollama || a == openAI }
