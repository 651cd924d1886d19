package attest_test

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/strictjson"
	"github.com/phallama/phallama/protocol"
)

// full is a policy with an entry in every list.
func full() attest.Policy {
	p, _ := wanted()
	p.TCB.DeniedAdvisories = []string{"INTEL-SA-00001"}
	p.Platform.DeniedFMSPCs, p.Platform.DeniedMachines = []attest.FMSPC{{1}}, []attest.Digest{{2}}
	p.Endorsers.Keys = []protocol.Address{{3}}
	p.Measurements.TDX = []attest.TDXMeasurement{{RTMR3: attest.Any, Status: attest.StatusActive, NotBefore: p.ValidFrom, NotAfter: p.Expires}}
	return p
}

func TestParsePolicy(t *testing.T) {
	want := full()
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := attest.ParsePolicy(data)
	if err != nil || !reflect.DeepEqual(got, want) || got.Hash() != want.Hash() {
		t.Fatalf("%s: %+v, %v", data, got, err)
	}
	other := want
	other.Epoch++
	if other.Hash() == want.Hash() {
		t.Error("two policies with one hash")
	}

	// Every member is needed, everywhere, and null is no value.
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	members := 0
	eachMember(tree, func(object map[string]any, name string) {
		members++
		value := object[name]
		for _, change := range []func(){func() { delete(object, name) }, func() { object[name] = nil }, func() { object["x"] = 1 }, func() { object[name] = map[string]any{} }} {
			change()
			text, err := json.Marshal(tree)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := attest.ParsePolicy(text); err == nil {
				t.Errorf("%s spoilt: accepted", name)
			}
			delete(object, "x")
			object[name] = value
		}
	})
	if members < 55 {
		t.Errorf("%d members tried", members)
	}

	good := string(data)
	replaced := func(from, to string) string {
		if !strings.Contains(good, from) {
			t.Fatalf("%s is not in the policy", from)
		}
		return strings.Replace(good, from, to, 1)
	}
	for name, text := range map[string]string{
		"nothing": ``, "null": `null`, "array": `[]`, "empty object": `{}`, "truncated": good[:len(good)-1], "trailing object": good + `{}`,
		"version":           replaced(`"version":1`, `"version":2`),
		"no chain":          replaced(`"chainId":31337`, `"chainId":0`),
		"registry":          replaced(`"registry":"any"`, `"registry":"all"`),
		"unknown tier":      replaced("T0-simulated", "T1"),
		"field twice":       replaced(`{`, `{"version":1,`),
		"other case":        replaced(`"minTier"`, `"MinTier"`),
		"short measurement": replaced(mrenclave.String(), mrenclave.String()[2:]),
		"0x measurement":    replaced(mrenclave.String(), "0x"+mrenclave.String()[2:]),
		"unknown status":    replaced(`"status":"active"`, `"status":"fine"`),
		"revoked accepted":  replaced(`"SWHardeningNeeded"`, `"Revoked"`),
		"negative duration": replaced(`"720h0m0s"`, `"-1h"`),
		"any and more":      replaced(`"fmspcs":["any"]`, `"fmspcs":["any","00606a000000"]`),
		"capitals":          replaced(`"fmspcs":["any"]`, `"fmspcs":["00606A000000"]`),
		"CA":                replaced(`"processor"`, `"root"`),
		"SGX type":          replaced(`"standard"`, `"small"`),
		"threshold":         replaced(`"threshold":1`, `"threshold":0`),
		"it ends first":     replaced(want.Expires.Format(time.RFC3339), "2020-01-01T00:00:00Z"),
		"year 10000":        replaced(want.Expires.Format(time.RFC3339), "9999-12-31T23:59:59-01:00"),
		"year 0":            replaced(want.ValidFrom.Format(time.RFC3339), "0001-01-01T00:00:00+01:00"),
		"misspelt advisory": replaced("INTEL-SA-00001", "INTEL-SA-0001"),
		"advisory, spaced":  replaced("INTEL-SA-00615", "INTEL-SA-00615 "),
		"release":           replaced(`"release":""`, `"release":"a<b"`),
		"long release":      replaced(`"release":""`, `"release":"`+strings.Repeat("a", 65)+`"`),
		"source digest":     replaced(`"sourceDigest":""`, `"sourceDigest":"any"`),
		"too large":         good + strings.Repeat(" ", attest.MaxPolicySize),
	} {
		if _, err := attest.ParsePolicy([]byte(text)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// eachMember visits every member of every object in a JSON tree.
func eachMember(node any, visit func(object map[string]any, name string)) {
	switch node := node.(type) {
	case map[string]any:
		for name, value := range node {
			visit(node, name)
			eachMember(value, visit)
		}
	case []any:
		for _, entry := range node {
			eachMember(entry, visit)
		}
	}
}

// TestPolicyVector holds the hash of a policy in testdata/vectors, which other
// programs can compute as well.
func TestPolicyVector(t *testing.T) {
	const file = "../testdata/vectors/policy.json"
	data, err := os.ReadFile(file)
	if err != nil && os.Getenv("UPDATE") == "" {
		t.Fatal(err)
	}
	if os.Getenv("UPDATE") != "" {
		p := full()
		if data, err = json.MarshalIndent(map[string]any{"policy": p, "hash": p.Hash()}, "", "  "); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, append(data, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var vector struct {
		Policy attest.Policy
		Hash   attest.Digest
	}
	if err := json.Unmarshal(data, &vector); err != nil {
		t.Fatal(err)
	}
	if got := vector.Policy.Hash(); got != vector.Hash {
		t.Errorf("hash %s, the vector says %s", got, vector.Hash)
	}
}

// TestPolicySchema holds docs/spec/policy.schema.json against what is parsed, in
// both directions.
func TestPolicySchema(t *testing.T) {
	data, err := os.ReadFile("../docs/spec/policy.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var schema map[string]any
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	var compare func(path string, schema map[string]any, typ reflect.Type)
	compare = func(path string, schema map[string]any, typ reflect.Type) {
		if typ.Kind() == reflect.Slice {
			items, _ := schema["items"].(map[string]any)
			if schema["type"] != "array" || items == nil {
				t.Errorf("%s: the schema has no list", path)
				return
			}
			compare(path+"[]", items, typ.Elem())
			return
		}
		if typ.Kind() != reflect.Struct || typ == reflect.TypeFor[time.Time]() {
			if schema["type"] == nil && schema["enum"] == nil && schema["const"] == nil {
				t.Errorf("%s: the schema says nothing of its type", path)
			}
			return
		}
		members := strictjson.Members(typ)
		required, _ := schema["required"].([]any)
		properties, _ := schema["properties"].(map[string]any)
		if fmt.Sprint(required...) != fmt.Sprint(toAny(members)...) || len(properties) != len(members) || schema["additionalProperties"] != false {
			t.Errorf("%s: the schema requires %v, allows %d members (more: %v); the code wants %v", path, required, len(properties), schema["additionalProperties"], members)
			return
		}
		for i, name := range members {
			property, _ := properties[name].(map[string]any)
			compare(path+"."+name, property, typ.Field(i).Type)
		}
	}
	compare("policy", schema, reflect.TypeFor[attest.Policy]())
}

func toAny(list []string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}

// TestPolicyForm: how a policy is written, in which order and in which time zone,
// is no part of it.
func TestPolicyForm(t *testing.T) {
	want := full()
	want.Registry = "0x" + strings.Repeat("ab", 20)
	want.Measurements.SGX = append(want.Measurements.SGX, want.Measurements.SGX[0])
	want.Measurements.SGX[1].MRENCLAVE = attest.Digest{0xee}
	other := want
	zone := time.FixedZone("", 3600)
	other.Registry = "0x" + strings.Repeat("AB", 20)
	other.ValidFrom, other.Expires = other.ValidFrom.In(zone), other.Expires.In(zone)
	other.Measurements.SGX = []attest.SGXMeasurement{want.Measurements.SGX[1], want.Measurements.SGX[0], want.Measurements.SGX[1]}
	other.Measurements.SGX[2].NotAfter = other.Measurements.SGX[2].NotAfter.In(zone)
	other.TCB.Statuses = []dcap.TCBStatus{dcap.TCBUpToDate, dcap.TCBSWHardeningNeeded, dcap.TCBUpToDate}
	other.Platform.CAs = []string{"processor", "platform"}
	other.Endorsers.Keys = []protocol.Address{{3}, {3}}
	if other.Hash() != want.Hash() {
		t.Errorf("%s and %s", other.Hash(), want.Hash())
	}
	if changes := attest.Diff(want, other); len(changes) != 0 {
		t.Errorf("it differs: %+v", changes)
	}
	if len(other.Measurements.SGX) != 3 || other.TCB.Statuses[0] != dcap.TCBUpToDate {
		t.Error("hashing changed the policy")
	}
	// Lists that nobody made are empty ones.
	none := attest.Policy{MinTier: attest.TierGenuine}
	if data, err := json.Marshal(none); err != nil || strings.Contains(string(data), "null") {
		t.Errorf("%s, %v", data, err)
	}
}
