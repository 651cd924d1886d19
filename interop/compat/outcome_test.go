package compat

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// outcome is what a case came to, by field: a path into what the client returned, and its value.
type outcome map[string]string

// durations are measured anew each time: whether there is one is compared.
var durations = []string{"total_duration", "load_duration", "prompt_eval_duration", "eval_duration"}

// times are when something happened.
var times = []string{"created", "created_at", "completed_at", "modified_at", "expires_at"}

// drawn are names that are drawn anew for each answer: what they begin with is compared.
var drawn = regexp.MustCompile(`^(chatcmpl-|cmpl-|resp_|msg_resp_|msg_|rs_|fc_|call_|rs_resp_)[0-9A-Za-z_-]+$`)

// requestID is in messages of errors.
var requestID = regexp.MustCompile(`req_[0-9a-f]{16,}`)

// toOutcome flattens what a client returned.
func toOutcome(result any) (outcome, error) {
	raw, err := json.Marshal(result)
	if err != nil {
		return nil, err
	}
	for _, base := range []string{direct, gateway} {
		raw = bytes.ReplaceAll(raw, []byte(strings.TrimPrefix(base, "http://")), []byte("BASE"))
	}
	raw = requestID.ReplaceAll(raw, []byte("req_…"))
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		return nil, err
	}
	o := outcome{}
	o.add("", "", v)
	return o, nil
}

func (o outcome) add(path, key string, v any) {
	under := func(key string) string { return strings.TrimPrefix(path+"."+key, ".") }
	switch v := v.(type) {
	case map[string]any:
		if key == "phallama" {
			o[path] = "present"
			return
		}
		if len(v) == 0 {
			o[path] = "{}"
		}
		for key, member := range v {
			o.add(under(key), key, member)
		}
	case []any:
		if key == "tensors" {
			o[path] = "a list"
			return
		}
		if numbers := numbersOf(v); len(numbers) > 3 {
			o[path] = vector(numbers)
			return
		}
		if len(v) == 0 {
			o[path] = "[]"
		}
		for i, member := range v {
			o.add(under(strconv.Itoa(i)), key, member)
		}
	case float64:
		switch {
		case slices.Contains(durations, key):
			o[path] = map[bool]string{true: "some", false: "none"}[v > 0]
		case slices.Contains(times, key):
			o[path] = "a time"
		default:
			o[path] = rounded(v)
		}
	case string:
		switch {
		case slices.Contains(times, key):
			o[path] = "a time"
		case key == "parameters" || key == "modelfile":
			o[path] = strconv.Quote(sorted(v))
		case drawn.MatchString(v):
			o[path] = drawn.FindStringSubmatch(v)[1] + "…"
		default:
			o[path] = strconv.Quote(v)
		}
	default:
		o[path] = fmt.Sprint(v)
	}
}

// blob is where a model's file lies.
var blob = regexp.MustCompile(`FROM \S*/blobs/`)

// sorted is a text whose lines Ollama writes in an order of chance.
func sorted(s string) string {
	lines := strings.Split(blob.ReplaceAllString(s, "FROM …/"), "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func numbersOf(list []any) (numbers []float64) {
	for _, v := range list {
		n, ok := v.(float64)
		if !ok {
			return nil
		}
		numbers = append(numbers, n)
	}
	return numbers
}

// vector is an embedding in short: its length, its norm and where it points, rounded.
func vector(v []float64) string {
	var norm, sum float64
	for i, x := range v {
		norm += x * x
		sum += x * float64(i%7+1)
	}
	return fmt.Sprintf("%d numbers, norm %s, sum %s", len(v), rounded(math.Sqrt(norm)), rounded(sum))
}

func rounded(v float64) string {
	if v == math.Trunc(v) {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return strconv.FormatFloat(v, 'g', 3, 64)
}

// shape is the order of a stream's pieces: the same ones one after another are counted.
type shape []string

func (s *shape) add(piece string) {
	if n := len(*s); n > 0 {
		last, count, _ := strings.Cut((*s)[n-1], " × ")
		if last == piece {
			times, _ := strconv.Atoi(count)
			(*s)[n-1] = fmt.Sprintf("%s × %d", piece, max(times, 1)+1)
			return
		}
	}
	*s = append(*s, piece)
}

// members names the members of an object that are there, in their order by name.
func members(raw []byte) string {
	var object map[string]json.RawMessage
	if json.Unmarshal(raw, &object) != nil {
		return "no object"
	}
	var names []string
	for name := range object {
		if name == "phallama" || slices.Contains(durations, name) {
			continue // seen where the last piece is compared
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}
