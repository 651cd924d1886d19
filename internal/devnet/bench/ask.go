package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/phallama/phallama/pod"
)

// place is where a question can be asked: the engine's socket or a gateway.
type place struct {
	name   string
	url    string
	client *http.Client
	direct bool
}

func atEngine(socket string, atOnce int) *place {
	dialer := new(net.Dialer)
	return &place{
		name: "direct", url: "http://localhost", direct: true,
		client: &http.Client{Transport: &http.Transport{
			DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
				return dialer.DialContext(ctx, "unix", socket)
			},
			MaxIdleConnsPerHost: atOnce,
		}},
	}
}

func atGateway(url string, atOnce int) *place {
	return &place{name: "gateway", url: url, client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: atOnce}}}
}

// times are an answer's.
type times struct {
	first  time.Duration   // from the question to the first token
	whole  time.Duration   // to the end
	tokens []time.Duration // from when a stand-in said it to its arrival
}

// ask asks a question on /api/chat and reads the whole answer, which has to be complete.
func (p *place) ask(ctx context.Context, text string, tokens int) (t times, err error) {
	body, err := json.Marshal(map[string]any{
		"model": model, "messages": []map[string]string{{"role": "user", "content": text}}, "options": map[string]any{"num_predict": tokens, "temperature": 0},
	})
	if err != nil {
		return t, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.url+"/api/chat", bytes.NewReader(body))
	if err != nil {
		return t, err
	}
	req.Header.Set("Content-Type", "application/json")
	if p.direct {
		req.Header.Set(pod.HeaderEngineAccount, strings.Repeat("b", 64))
	}
	began := time.Now()
	res, err := p.client.Do(req)
	if err != nil {
		return t, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		why, _ := io.ReadAll(io.LimitReader(res.Body, 4096))
		return t, fmt.Errorf("%s: %s: %s", p.name, res.Status, why)
	}
	lines := bufio.NewReader(res.Body)
	for {
		line, err := lines.ReadBytes('\n')
		at := time.Now()
		if errors.Is(err, io.EOF) {
			return t, fmt.Errorf("%s: the answer ended after %d tokens without its last line", p.name, len(t.tokens))
		}
		if err != nil {
			return t, err
		}
		if t.first == 0 {
			t.first = at.Sub(began)
		}
		var said struct {
			Message struct{ Content string }
			Done    bool
			Error   string
		}
		if err := json.Unmarshal(line, &said); err != nil || said.Error != "" {
			return t, fmt.Errorf("%s: %s %w", p.name, said.Error, err)
		}
		if said.Done {
			t.whole = at.Sub(began)
			_, err := io.Copy(io.Discard, res.Body) // for the connection to be used again
			return t, err
		}
		if nanos, err := strconv.ParseInt(strings.TrimSpace(said.Message.Content), 10, 64); err == nil {
			t.tokens = append(t.tokens, at.Sub(time.Unix(0, nanos)))
		}
	}
}

// percentile sorts what it is given; p is 0 to 100.
func percentile(all []time.Duration, p int) time.Duration {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[(len(all)-1)*p/100]
}

func ms(d time.Duration) string { return fmt.Sprintf("%.2f", float64(d.Microseconds())/1000) }
