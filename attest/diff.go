package attest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Change is a difference between two policies.
type Change struct {
	Path string `json:"path"`
	From string `json:"from"` // empty where the entry is new
	To   string `json:"to"`   // empty where it is gone
	// Effect is "widens", "narrows" or "changes" what is trusted.
	Effect string `json:"effect"`
}

// Effects of a change.
const (
	Widens  = "widens"
	Narrows = "narrows"
	Changes = "changes"
)

// Diff lists what would change from one policy to another, in the order of paths.
// Lists are sets: the order of their entries is no difference.
func Diff(from, to Policy) []Change {
	a, b := flatten(from), flatten(to)
	paths := slices.Collect(maps.Keys(a))
	for path := range b {
		if _, there := a[path]; !there {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	var changes []Change
	for _, path := range paths {
		if x, y := a[path], b[path]; x != y {
			changes = append(changes, Change{path, x, y, effect(path, x, y)})
		}
	}
	return changes
}

// flatten writes a policy as paths and values. Entries of lists are paths of their
// own: "tcb.statuses{UpToDate}", "measurements.sgx{<mrenclave> <release>}.status".
func flatten(p Policy) map[string]string {
	data, err := json.Marshal(p)
	if err != nil {
		panic(err) // see Hash
	}
	var tree map[string]any
	dec := json.NewDecoder(strings.NewReader(string(data)))
	dec.UseNumber()
	if err := dec.Decode(&tree); err != nil {
		panic(err)
	}
	out := map[string]string{}
	walk("", tree, out)
	return out
}

func walk(path string, node any, out map[string]string) {
	switch node := node.(type) {
	case map[string]any:
		for key, value := range node {
			walk(strings.TrimPrefix(path+"."+key, "."), value, out)
		}
	case []any:
		seen := map[string]int{}
		for _, entry := range node {
			if m, ok := entry.(map[string]any); ok {
				name, _ := m["mrenclave"].(string)
				if name == "" {
					name, _ = m["mrtd"].(string)
				}
				name = fmt.Sprintf("%s %v", name, m["release"])
				// Two entries of one name are two entries: none may hide what the other allows.
				if seen[name]++; seen[name] > 1 {
					name = fmt.Sprintf("%s #%d", name, seen[name])
				}
				walk(fmt.Sprintf("%s{%s}", path, name), m, out)
				continue
			}
			out[fmt.Sprintf("%s{%v}", path, entry)] = "listed"
		}
	default:
		out[path] = fmt.Sprint(node)
	}
}

// effect tells what a change of one path does. What is not known to do either is
// called a change.
func effect(path, from, to string) string {
	grows := func(widening bool) string {
		if widening {
			return Widens
		}
		return Narrows
	}
	list, _, isEntry := strings.Cut(path, "{")
	field := path[strings.LastIndex(path, ".")+1:]
	switch {
	case isEntry && strings.HasPrefix(list, "measurements."):
		switch {
		case field != "status":
			return Changes
		case to == StatusRevoked:
			return Narrows
		case from == StatusRevoked, from == "": // what was revoked may be accepted by another entry
			return Widens
		case to == "":
			return Narrows
		}
		return Changes // a deprecated enclave is accepted as well
	case isEntry && strings.Contains(strings.ToLower(list), "denied"):
		return grows(to == "")
	case isEntry:
		return grows(from == "")
	case strings.HasPrefix(field, "max"):
		a, errA := time.ParseDuration(from)
		b, errB := time.ParseDuration(to)
		if errA == nil && errB == nil {
			return grows(b > a)
		}
	case strings.HasPrefix(field, "allow"):
		return grows(to == "true")
	case field == "minTier": // their names are in order
		return grows(to < from)
	case field == "threshold", strings.HasPrefix(field, "min"):
		return grows(len(to) < len(from) || len(to) == len(from) && to < from)
	case field == "expires":
		a, errA := time.Parse(time.RFC3339, from)
		b, errB := time.Parse(time.RFC3339, to)
		if errA == nil && errB == nil && !a.Equal(b) {
			return grows(b.After(a))
		}
	}
	return Changes
}
