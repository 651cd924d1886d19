package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/phallama/phallama/client"
)

// standIn is a gateway whose model says how many messages it got, and the last one; "forever" has it go on until the
// caller leaves.
type standIn struct {
	*httptest.Server
	asked chan question // what came
}

func newStandIn(t *testing.T) *standIn {
	t.Helper()
	g := &standIn{asked: make(chan question, 16)}
	g.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api/show" {
			fmt.Fprint(w, `{"details":{"family":"llama","parameter_size":"845K"},"capabilities":["completion"],"model_info":{"llama.context_length":2048}}`)
			return
		}
		var q question
		if err := json.NewDecoder(r.Body).Decode(&q); err != nil {
			t.Error(err)
		}
		g.asked <- q
		w.Header().Set("Trailer", client.TrailerCost+", "+client.TrailerReceipt)
		w.Header().Set(client.HeaderPod, "0x7a8f294e00000000000000000000000000000000")
		w.Header().Set(client.HeaderTier, "T0-simulated")
		last := q.Messages[len(q.Messages)-1].Content
		for n := 0; n == 0 || last == "forever"; n++ {
			fmt.Fprintf(w, `{"message":{"content":%q}}`+"\n", fmt.Sprintf("%d: %s", len(q.Messages), last))
			w.(http.Flusher).Flush()
			if r.Context().Err() != nil {
				return
			}
		}
		fmt.Fprintln(w, `{"message":{"content":""},"done":true,"prompt_eval_count":20,"eval_count":9}`)
		w.Header().Set(client.TrailerCost, "12000000000000")
		w.Header().Set(client.TrailerReceipt, "0x"+strings.Repeat("ab", 32))
	}))
	t.Cleanup(g.Server.Close)
	return g
}

// talk has a conversation and returns what came on standard output and on standard error.
func talk(t *testing.T, gateway string, in io.Reader, during func(*conversation)) (out, err string) {
	t.Helper()
	dir := t.TempDir()
	var screens []*screen
	for _, name := range []string{"out", "err"} {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		screens = append(screens, newScreen(f))
	}
	a := &app{out: screens[0], err: screens[1]}
	c := a.newConversation(gateway, "wisp", in)
	if during != nil {
		go during(c)
	}
	if err := c.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, name := range []string{"out", "err"} {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(raw))
	}
	return texts[0], texts[1]
}

func TestConversation(t *testing.T) {
	g := newStandIn(t)
	out, said := talk(t, g.URL, strings.NewReader(strings.Join([]string{
		"Hello", "", "and again", "/set parameter num_predict 64", "/set parameter mirostat word", "/set system You are brief.",
		`"""one`, "", `two"""`, `"""/three"""`, "/show", "/clear", "/nonsense", "/set", "alone", "/?", "/bye", "not read",
	}, "\n")), nil)
	var asked []question
	for range 5 {
		asked = append(asked, <-g.asked)
	}
	for i, want := range []string{
		`{"model":"wisp","messages":[{"role":"user","content":"Hello"}]}`,
		`{"model":"wisp","messages":[{"role":"user","content":"Hello"},{"role":"assistant","content":"1: Hello"},{"role":"user","content":"and again"}]}`,
	} {
		if got, _ := json.Marshal(asked[i]); string(got) != want {
			t.Errorf("asked\n%s, want\n%s", got, want)
		}
	}
	if q := asked[2]; string(q.Options["num_predict"]) != "64" || string(q.Options["mirostat"]) != `"word"` || len(q.Messages) != 6 ||
		q.Messages[0] != (message{"system", "You are brief."}) || q.Messages[5].Content != "one\n\ntwo" {
		t.Errorf("%+v", q)
	}
	if q := asked[3]; q.Messages[len(q.Messages)-1].Content != "/three" {
		t.Errorf("%+v", q)
	}
	if q := asked[4]; len(q.Messages) != 2 || q.Messages[1].Content != "alone" {
		t.Errorf("after /clear %+v", q)
	}
	for _, want := range []string{">>> ", "1: Hello", "6: one\n\ntwo", "num_predict", "can         completion", "forgotten", "/set parameter NAME VALUE"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	for _, want := range []string{
		"wisp · llama 845K context 2048 · through " + g.URL, "wisp · 20 tokens in, 9 out · cost 0.000012 · pod 0x7a8f294e (T0-simulated) ·\nreceipt 0xabababab verified",
		"/nonsense is no command", "want /set system [TEXT] or /set parameter NAME VALUE",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in\n%s", want, said)
		}
	}
}

// Ctrl-C stops an answer and not the chat; at the prompt it says how to end.
func TestConversationIsInterrupted(t *testing.T) {
	g := newStandIn(t)
	in, user := io.Pipe()
	out, said := talk(t, g.URL, in, func(c *conversation) {
		fmt.Fprintln(user, "forever")
		<-g.asked
		c.signals <- os.Interrupt
		fmt.Fprintln(user, "Hello")
		<-g.asked
		fmt.Fprintln(user, "")
		fmt.Fprintln(user, "") // the line before was taken: the answer has come
		c.signals <- os.Interrupt
		fmt.Fprintln(user, "")
		c.signals <- syscall.SIGTERM
	})
	_ = user.Close()
	if !strings.Contains(out, "1: Hello") || !strings.Contains(said, "stopped: what had come is billed") || !strings.Contains(said, "/bye or Ctrl-D ends the chat") {
		t.Errorf("%s\n%s", out, said)
	}
}

func TestPromptOf(t *testing.T) {
	for _, tt := range []struct {
		args    []string
		in      string
		want    string
		refused string
	}{
		{[]string{"Hello"}, "not read", "Hello", ""},
		{nil, "from a pipe\n", "from a pipe\n", ""},
		{nil, " \n", "", "the prompt is empty"},
		{[]string{" "}, "x", "", "the prompt is empty"},
		{nil, strings.Repeat("x", maxPrompt+1), "", "more than 1048576 bytes"},
	} {
		got, err := promptOf(tt.args, strings.NewReader(tt.in))
		if got != tt.want || (err != nil) != (tt.refused != "") || err != nil && !strings.Contains(err.Error(), tt.refused) {
			t.Errorf("%q, %.20q: %.20q, %v", tt.args, tt.in, got, err)
		}
	}
}

func TestConversationOfALineTooLong(t *testing.T) {
	g := newStandIn(t)
	a := &app{out: newScreen(os.Stdout), err: newScreen(os.Stderr)}
	err := a.newConversation(g.URL, "wisp", strings.NewReader(strings.Repeat("x", maxPrompt+1))).run(t.Context())
	if err == nil || !strings.Contains(err.Error(), "a line has at most 1048576 bytes") {
		t.Error(err)
	}
}
