package attest

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/phallama/phallama/attest/strictjson"
)

// ParsePolicy parses a policy from JSON.
func ParsePolicy(data []byte) (Policy, error) {
	var p Policy
	if err := p.UnmarshalJSON(data); err != nil {
		return Policy{}, err
	}
	return p, nil
}

// plainPolicy is a Policy without methods.
type plainPolicy Policy

// UnmarshalJSON implements json.Unmarshaler. It takes exactly the members that
// [Policy] documents, each once, in any order. What it returns is in the form that
// MarshalJSON writes.
func (p *Policy) UnmarshalJSON(data []byte) error {
	if len(data) > MaxPolicySize {
		return fmt.Errorf("attest: policy: expected at most %d bytes of JSON, got %d", MaxPolicySize, len(data))
	}
	var parsed plainPolicy
	if err := strictjson.Decode(data, &parsed); err != nil {
		return fmt.Errorf("attest: policy: %w", err)
	}
	if err := (*Policy)(&parsed).Check(); err != nil {
		return err
	}
	*p = Policy(parsed).canonical()
	return nil
}

// MarshalJSON implements json.Marshaler: members in the order of the schema, lists
// sorted and each entry once, times in UTC, the registry in lower case. So policies
// that say the same have the same JSON.
func (p Policy) MarshalJSON() ([]byte, error) { return json.Marshal(plainPolicy(p.canonical())) }

// Hash names the policy: SHA-256 of its JSON without white space, as MarshalJSON
// writes it. It panics on a policy with members that have no JSON, which
// [Policy.Check] refuses.
func (p Policy) Hash() Digest {
	data, err := json.Marshal(p)
	if err != nil {
		panic(err)
	}
	return sha256.Sum256(data)
}

func (p Policy) canonical() Policy {
	p.Registry = strings.ToLower(p.Registry)
	p.ValidFrom, p.Expires = p.ValidFrom.UTC(), p.Expires.UTC()

	sgx, tdx := slices.Clone(p.Measurements.SGX), slices.Clone(p.Measurements.TDX)
	for i := range sgx {
		sgx[i].NotBefore, sgx[i].NotAfter = sgx[i].NotBefore.UTC(), sgx[i].NotAfter.UTC()
	}
	for i := range tdx {
		tdx[i].NotBefore, tdx[i].NotAfter = tdx[i].NotBefore.UTC(), tdx[i].NotAfter.UTC()
	}
	p.Measurements = Measurements{asSet(sgx), asSet(tdx)}

	p.TCB.Statuses = asSet(p.TCB.Statuses)
	p.TCB.Advisories, p.TCB.DeniedAdvisories = asSet(p.TCB.Advisories), asSet(p.TCB.DeniedAdvisories)
	p.Platform.FMSPCs, p.Platform.DeniedFMSPCs = asSet(p.Platform.FMSPCs), asSet(p.Platform.DeniedFMSPCs)
	p.Platform.CAs, p.Platform.SGXTypes = asSet(p.Platform.CAs), asSet(p.Platform.SGXTypes)
	p.Platform.DeniedMachines = asSet(p.Platform.DeniedMachines)
	p.Endorsers.Keys = asSet(p.Endorsers.Keys)
	p.Models = asSet(p.Models)
	return p
}

// asSet is a copy of a list, in the order of its entries' JSON, each entry once. It
// is never nil, which would be null in JSON.
func asSet[T any](list []T) []T {
	type keyed struct {
		key   []byte
		entry T
	}
	all := make([]keyed, len(list))
	for i, entry := range list {
		key, _ := json.Marshal(entry) // what has no JSON is found when the whole is written
		all[i] = keyed{key, entry}
	}
	slices.SortFunc(all, func(a, b keyed) int { return bytes.Compare(a.key, b.key) })
	all = slices.CompactFunc(all, func(a, b keyed) bool { return bytes.Equal(a.key, b.key) })
	set := make([]T, len(all))
	for i, k := range all {
		set[i] = k.entry
	}
	return set
}
