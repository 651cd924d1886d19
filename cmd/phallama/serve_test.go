package main

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/gateway"
	"github.com/phallama/phallama/protocol"
)

// A request is one line on standard output.
func TestRequestLines(t *testing.T) {
	cost, err := protocol.ParseAmount("5038000000000")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 26, 9, 8, 7, 0, time.Local)
	requests := []gateway.Request{
		{Time: at, Path: "/api/chat", Status: 200, Model: "wisp", Pod: protocol.Address{0xab}, In: 11, Out: 2, Cost: cost, Receipt: protocol.Hash{1}, Took: 1234 * time.Millisecond, Seconds: 1.234},
		{Time: at, Path: "/api/chat", Status: 404, Took: 20 * time.Millisecond, Seconds: 0.02, Err: errors.New("why"), Error: "why"},
		{Time: at, Path: "/api/chat", Status: 200, Model: "wisp", Pod: protocol.Address{0xab}, Took: time.Second, Seconds: 1, Err: errors.New("why"), Error: "why"},
	}
	for name, want := range map[string]string{
		"people": "09:08:07  wisp        0xab000000  11 in  2 out  0.000005038 tokens  1.23s  200\n" +
			"09:08:07  -           -  0 in  0 out  0 tokens  20ms  404\n" +
			"09:08:07  wisp        0xab000000  0 in  0 out  0 tokens  1s  broke off\n",
		"machines": "",
	} {
		file, err := os.Create(t.TempDir() + "/out")
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		a := &app{out: newScreen(file), json: name == "machines"}
		report := a.report()
		for _, r := range requests {
			report(r)
		}
		text, err := os.ReadFile(file.Name())
		if err != nil {
			t.Fatal(err)
		}
		if want != "" && string(text) != want {
			t.Errorf("%s: %s", name, text)
		}
		if want == "" {
			lines := strings.Split(strings.TrimSpace(string(text)), "\n")
			var got struct {
				Model, Cost, Pod string
				In, Out          int
				Seconds          float64
			}
			if err := json.Unmarshal([]byte(lines[0]), &got); err != nil || len(lines) != 3 || got.Model != "wisp" || got.Cost != "5038000000000" || got.In != 11 || got.Out != 2 || got.Seconds != 1.234 || !strings.HasPrefix(got.Pod, "0xab") {
				t.Errorf("%s: %v", text, err)
			}
			if strings.Contains(lines[1], `"pod"`) || !strings.Contains(lines[1], `"error":"why"`) {
				t.Errorf("%s", lines[1])
			}
		}
	}
}
