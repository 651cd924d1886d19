package attest

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/phallama/phallama/attest/strictjson"
	"github.com/phallama/phallama/protocol"
)

// MaxEndorsementSize bounds an endorsement in bytes of JSON, MaxEndorsements how
// many are looked at for one machine.
const (
	MaxEndorsementSize = 4 << 10
	MaxEndorsements    = 64
)

// ParseEndorsement reads one signed endorsement from JSON. Whose it is, and whether
// that counts, is for a policy.
func ParseEndorsement(data []byte) (protocol.SignedEndorsement, error) {
	if len(data) > MaxEndorsementSize {
		return protocol.SignedEndorsement{}, fmt.Errorf("endorsement: expected at most %d bytes of JSON, got %d", MaxEndorsementSize, len(data))
	}
	var flat struct {
		Machine   protocol.Hash      `json:"machine"`
		Facility  string             `json:"facility"`
		Method    string             `json:"method"`
		NotBefore uint64             `json:"notBefore"`
		NotAfter  uint64             `json:"notAfter"`
		Signature protocol.Signature `json:"signature"`
	}
	if err := strictjson.Decode(data, &flat); err != nil {
		return protocol.SignedEndorsement{}, fmt.Errorf("endorsement: %w", err)
	}
	e := protocol.SignedEndorsement{
		Endorsement: protocol.Endorsement{Machine: flat.Machine, Facility: flat.Facility, Method: flat.Method, NotBefore: flat.NotBefore, NotAfter: flat.NotAfter},
		Signature:   flat.Signature,
	}
	if err := e.Check(); err != nil {
		return protocol.SignedEndorsement{}, err
	}
	if _, err := e.Endorser(); err != nil {
		return protocol.SignedEndorsement{}, fmt.Errorf("endorsement: %w", err)
	}
	return e, nil
}

// endorsed counts the policy's endorsers whose word about the machine is good at
// the instant, each once, and tells until when there are as many as the policy
// needs. Other endorsements do no harm.
func (p *Policy) endorsed(machine Digest, list []protocol.SignedEndorsement, now time.Time) (n int, until time.Time) {
	ends := make(map[protocol.Address]uint64)
	unix := uint64(now.Unix())
	for _, e := range list[:min(len(list), MaxEndorsements)] {
		by, err := e.Endorser()
		if err != nil || !slices.Contains(p.Endorsers.Keys, by) || Digest(e.Machine) != machine || unix < e.NotBefore || unix > e.NotAfter || e.Check() != nil {
			continue
		}
		ends[by] = max(ends[by], e.NotAfter)
	}
	last := slices.Sorted(maps.Values(ends))
	if n = len(last); n >= p.Endorsers.Threshold {
		until = time.Unix(int64(last[n-p.Endorsers.Threshold]), 0).UTC()
	}
	return n, until
}
