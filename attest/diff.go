package attest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
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
// It is empty exactly if both have the same [Policy.Hash], and takes policies that
// [Policy.Check] accepts.
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
		x, inA := a[path]
		y, inB := b[path]
		if x != y || inA != inB {
			changes = append(changes, Change{path, x, y, effect(path, a, b)})
		}
	}
	return changes
}

const listed = "listed" // the value of an entry of a list of names

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
		namesakes := map[string]int{}
		for _, entry := range node {
			m, ok := entry.(map[string]any)
			if !ok {
				out[fmt.Sprintf("%s{%v}", path, entry)] = listed
				continue
			}
			name, _ := m["mrenclave"].(string)
			if name == "" {
				name, _ = m["mrtd"].(string)
			}
			name = strings.TrimSpace(fmt.Sprintf("%s %v", name, m["release"]))
			// None of several entries of one name may hide another's change.
			if namesakes[name]++; namesakes[name] > 1 {
				name = fmt.Sprintf("%s #%d", name, namesakes[name])
			}
			walk(path+"{"+name+"}", m, out)
		}
	default:
		out[path] = fmt.Sprint(node)
	}
}

// effect tells what a change of one path does. What is not known to do either is
// called a change.
func effect(path string, a, b map[string]string) string {
	from, to := a[path], b[path]
	list, _, isEntry := strings.Cut(path, "{")
	switch {
	case isEntry && strings.HasPrefix(list, "measurements."):
		return measurementEffect(path, a, b)
	case isEntry && strings.Contains(strings.ToLower(list), "denied"):
		return widensIf(to == "")
	case isEntry && (to == "" && b[list+"{any}"] == listed || from == "" && a[list+"{any}"] == listed):
		return Changes // the entry means nothing beside "any"
	case isEntry:
		return widensIf(from == "")
	case strings.HasPrefix(path, "platform.allow"):
		return widensIf(to == "true")
	case path == "minTier": // their names are in order
		return widensIf(to < from)
	}
	return valueEffect(path, from, to)
}

func measurementEffect(path string, a, b map[string]string) string {
	entry := path[:strings.LastIndex(path, ".")]
	was, is := a[entry+".status"], b[entry+".status"]
	good := func(status string) bool { return status == StatusActive || status == StatusDeprecated }
	switch {
	case !strings.HasSuffix(path, ".status"):
		if good(was) && good(is) {
			return valueEffect(path, a[path], b[path])
		}
		return Changes // the line of the status says what becomes of the entry
	case was == StatusRevoked:
		return Widens
	case is == StatusRevoked:
		return Narrows
	case good(was) && good(is):
		return Changes
	}
	return widensIf(good(is))
}

// valueEffect is that of a limit, a mask or a name, by the name of its member.
func valueEffect(path, from, to string) string {
	switch field := path[strings.LastIndex(path, ".")+1:]; field {
	case "registry", "mrsigner", "rtmr3":
		if from == Any || to == Any {
			return widensIf(to == Any)
		}
	case "validFrom", "notBefore", "expires", "notAfter":
		x, errX := time.Parse(time.RFC3339Nano, from)
		y, errY := time.Parse(time.RFC3339Nano, to)
		if errX == nil && errY == nil {
			return widensIf(y.After(x) == (field == "expires" || field == "notAfter"))
		}
	case "maxCollateralAge", "maxQuoteAge", "maxIdentityLife", "maxKeyConfigLife":
		x, errX := time.ParseDuration(from)
		y, errY := time.ParseDuration(to)
		if errX == nil && errY == nil {
			return widensIf(y > x)
		}
	case "xfrmAllowed", "miscAllowed", "minIsvSvn", "minEvaluationNumber", "threshold":
		x, errX := strconv.ParseUint(from, 10, 64)
		y, errY := strconv.ParseUint(to, 10, 64)
		switch mask := strings.HasSuffix(field, "Allowed"); {
		case errX != nil || errY != nil:
		case !mask:
			return widensIf(y < x)
		case x&^y == 0 || y&^x == 0: // one has all bits of the other
			return widensIf(x&^y == 0)
		}
	}
	return Changes
}

func widensIf(b bool) string {
	if b {
		return Widens
	}
	return Narrows
}
