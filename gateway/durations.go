package gateway

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"
)

// withDurations puts the durations that programs know from Ollama into the last object of an answer of its API. Pods do
// not tell their own, so these are measured here: first is how long the answer's first piece took, total its whole. Of
// an answer in one piece they are the same, and nothing in it took longer.
//
// The receipt is over what the pod sent, and the client has hashed that by now.
func withDurations(object []byte, first, total time.Duration) []byte {
	var last struct {
		Done       bool            `json:"done"`
		Total      json.RawMessage `json:"total_duration"`
		Load       json.RawMessage `json:"load_duration"`
		PromptEval json.RawMessage `json:"prompt_eval_duration"`
		Eval       json.RawMessage `json:"eval_duration"`
	}
	if json.Unmarshal(object, &last) != nil || !last.Done || len(last.Total)+len(last.Load)+len(last.PromptEval)+len(last.Eval) > 0 {
		return object
	}
	eval := total - first
	if eval <= 0 {
		eval = total
	}
	end := bytes.LastIndexByte(object, '}') // there, and not the object's first byte: it has a member
	said := fmt.Appendf(nil, `,"total_duration":%d,"load_duration":0,"prompt_eval_duration":%d,"eval_duration":%d`, total, first, eval)
	return append(append(append(make([]byte, 0, len(object)+len(said)), object[:end]...), said...), object[end:]...)
}
