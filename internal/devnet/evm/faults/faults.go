// Package faults is a JSON-RPC proxy in front of a chain that fails as nodes of public chains do: it drops transactions,
// forgets them, shows an older head, or breaks off. It is for tests; what it passes on is the real chain's.
package faults

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// A Call is one request of a client. A batch comes as its calls.
type Call struct {
	Method string
	Params []json.RawMessage
}

// An Answer is the result for a call, or an error as a node words it.
type Answer struct {
	Result json.RawMessage
	Error  json.RawMessage
}

// Refusal is an answer with an error of that text.
func Refusal(text string) *Answer {
	raw, _ := json.Marshal(map[string]any{"code": -32000, "message": text})
	return &Answer{Error: raw}
}

// Proxy stands in front of a chain. Without faults it passes everything on.
type Proxy struct {
	URL string

	t     testing.TB
	chain string

	mu      sync.Mutex
	calls   int
	methods map[string]int
	cutAt   int               // calls after which no answer comes; 0: never
	cutSide bool              // the call at which it is cut reaches the chain
	at      uint64            // the head that is shown; 0: the chain's
	tags    map[string]string // block tags that are replaced; an empty one is unknown
	meddle  func(Call, func() Answer) *Answer
}

// New is a proxy in front of the chain at url until the test ends.
func New(t testing.TB, url string) *Proxy {
	p := &Proxy{t: t, chain: url, methods: map[string]int{}, tags: map[string]string{}}
	server := httptest.NewServer(p)
	p.URL = server.URL
	t.Cleanup(server.Close)
	return p
}

// Meddle has each call go through f first: its answer, if it is not nil, goes to the client. forward asks the chain.
func (p *Proxy) Meddle(f func(c Call, forward func() Answer) *Answer) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.meddle = f
}

// Meddler is what Meddle was given last.
func (p *Proxy) Meddler() func(c Call, forward func() Answer) *Answer {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.meddle
}

// DropTransactions acknowledges the next n transactions and forgets them.
func (p *Proxy) DropTransactions(n int) {
	p.Meddle(func(c Call, _ func() Answer) *Answer {
		p.mu.Lock()
		defer p.mu.Unlock()
		if c.Method != "eth_sendRawTransaction" || n == 0 {
			return nil
		}
		n--
		return &Answer{Result: json.RawMessage(`"0x` + strings.Repeat("11", 32) + `"`)}
	})
}

// CutAfter breaks off the connection at the call after the next n, and at all that follow. With reached, the first of
// these still gets to the chain: only its answer is lost.
func (p *Proxy) CutAfter(n int, reached bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cutAt, p.cutSide = p.calls+n+1, reached
}

// ShowHead shows the chain as it was at a block, as a node that lags behind does; 0 shows it as it is. Transactions still
// reach the chain.
func (p *Proxy) ShowHead(block uint64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.at = block
}

// SetTag has a tag such as "safe" stand for a block.
func (p *Proxy) SetTag(tag string, block uint64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tags[tag] = "0x" + strconv.FormatUint(block, 16)
}

// UnknownTag has the node know nothing of a tag.
func (p *Proxy) UnknownTag(tag string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tags[tag] = ""
}

// Calls is how many calls there were, and how many of a method.
func (p *Proxy) Calls(method string) (all, of int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.calls, p.methods[method]
}

type message struct {
	Version string            `json:"jsonrpc"`
	ID      json.RawMessage   `json:"id"`
	Method  string            `json:"method,omitempty"`
	Params  []json.RawMessage `json:"params,omitempty"`
	Result  json.RawMessage   `json:"result,omitempty"`
	Error   json.RawMessage   `json:"error,omitempty"`
}

func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the client is gone
	}
	w.Header().Set("Content-Type", "application/json")
	var batch []message
	if json.Unmarshal(body, &batch) == nil {
		answers := make([]message, len(batch))
		for i, m := range batch {
			answers[i] = p.answer(m)
		}
		_ = json.NewEncoder(w).Encode(answers)
		return
	}
	var one message
	if err := json.Unmarshal(body, &one); err != nil {
		p.t.Errorf("faults: a request does not decode: %v", err)
		return
	}
	_ = json.NewEncoder(w).Encode(p.answer(one))
}

func (p *Proxy) answer(m message) message {
	p.mu.Lock()
	p.calls++
	p.methods[m.Method]++
	cut := p.cutAt > 0 && p.calls >= p.cutAt
	reach := p.calls == p.cutAt && p.cutSide
	meddle, at := p.meddle, p.at
	p.replaceTags(&m)
	p.mu.Unlock()
	if cut {
		if reach {
			p.forward(m)
		}
		panic(http.ErrAbortHandler)
	}
	c := Call{m.Method, m.Params}
	var answer *Answer
	if meddle != nil {
		answer = meddle(c, func() Answer { return p.forward(m) })
	}
	if answer == nil && unknownTag(m) {
		answer = Refusal("block not found")
	}
	if answer == nil {
		forwarded := p.forward(m)
		answer = &forwarded
	}
	if at > 0 {
		answer = hideAbove(at, m.Method, answer)
	}
	if answer.Error == nil && answer.Result == nil {
		answer.Result = json.RawMessage("null")
	}
	return message{Version: "2.0", ID: m.ID, Result: answer.Result, Error: answer.Error}
}

// replaceTags changes the block that a call is about. p.mu is held.
func (p *Proxy) replaceTags(m *message) {
	tags := map[string]string{}
	for tag, block := range p.tags {
		tags[tag] = block
	}
	if p.at > 0 {
		tags["latest"] = "0x" + strconv.FormatUint(p.at, 16)
		if m.Method == "eth_blockNumber" {
			m.Method, m.Params = "eth_getBlockByNumber", []json.RawMessage{json.RawMessage(`"latest"`), json.RawMessage("false")}
		}
	}
	for i, param := range m.Params {
		for tag, block := range tags {
			if string(param) == strconv.Quote(tag) {
				m.Params[i] = json.RawMessage(strconv.Quote(block))
			}
		}
	}
}

func unknownTag(m message) bool {
	return m.Method == "eth_getBlockByNumber" && len(m.Params) > 0 && string(m.Params[0]) == `""`
}

// hideAbove hides receipts and transactions of blocks above the head that is shown.
func hideAbove(at uint64, method string, a *Answer) *Answer {
	if method != "eth_getTransactionReceipt" && method != "eth_getTransactionByHash" && method != "eth_getBlockByNumber" {
		return a
	}
	var in *struct {
		Block  string `json:"blockNumber"`
		Number string `json:"number"`
	}
	if json.Unmarshal(a.Result, &in) != nil || in == nil {
		return a
	}
	n, err := strconv.ParseUint(strings.TrimPrefix(in.Block+in.Number, "0x"), 16, 64)
	if err == nil && n > at {
		return &Answer{Result: json.RawMessage("null")}
	}
	return a
}

// forward asks the chain.
func (p *Proxy) forward(m message) Answer {
	body, err := json.Marshal(m)
	if err != nil {
		p.t.Errorf("faults: %v", err)
		return Answer{}
	}
	response, err := http.Post(p.chain, "application/json", bytes.NewReader(body))
	if err != nil {
		panic(http.ErrAbortHandler) // the chain is gone
	}
	defer response.Body.Close()
	var answer message
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		panic(http.ErrAbortHandler)
	}
	return Answer{Result: answer.Result, Error: answer.Error}
}
