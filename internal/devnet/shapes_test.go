package devnet

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/protocol"
)

// segment is what came over a connection at once.
type segment struct {
	at   time.Duration // since the connection was made
	data []byte
}

// observer is on the way between a client and pods: each connection goes through a TCP proxy of its own, which writes
// down what pods send and when. Each exchange has a connection of its own.
type observer struct {
	t     *testing.T
	front net.Listener

	mu    sync.Mutex
	trace [][]segment // of the connections that have ended
	open  sync.WaitGroup
}

func newObserver(t *testing.T) *observer {
	t.Helper()
	front, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o := &observer{t: t, front: front}
	t.Cleanup(func() { _ = front.Close() })
	return o
}

func (o *observer) transport() http.RoundTripper {
	var one sync.Mutex // dials: whoever connects next is whoever dials
	return &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		one.Lock()
		defer one.Unlock()
		pod, err := new(net.Dialer).DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		conn, err := net.Dial("tcp", o.front.Addr().String())
		if err != nil {
			return nil, err
		}
		user, err := o.front.Accept()
		if err != nil {
			return nil, err
		}
		o.open.Add(1)
		go o.watch(user, pod)
		return conn, nil
	}}
}

func (o *observer) watch(user, pod net.Conn) {
	defer o.open.Done()
	start := time.Now()
	go func() {
		_, _ = io.Copy(pod, user)
		_ = pod.Close()
	}()
	var all []segment
	for buf := make([]byte, 256<<10); ; {
		n, err := pod.Read(buf)
		if n > 0 {
			all = append(all, segment{time.Since(start), bytes.Clone(buf[:n])})
			_, _ = user.Write(buf[:n])
		}
		if err != nil {
			break
		}
	}
	_ = user.Close()
	o.mu.Lock()
	defer o.mu.Unlock()
	o.trace = append(o.trace, all)
}

// seen returns what was seen of exchanges since the last call.
func (o *observer) seen() [][]segment {
	o.open.Wait()
	o.mu.Lock()
	defer o.mu.Unlock()
	all := o.trace
	o.trace = nil
	return all
}

// frames are the sizes of a sealed response's frames, which anybody can tell from their lengths.
func frames(t *testing.T, trace []segment) (sizes []int) {
	t.Helper()
	var wire []byte
	for _, s := range trace {
		wire = append(wire, s.data...)
	}
	res, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(wire)), nil)
	if err != nil {
		t.Fatalf("an answer of %d bytes: %v", len(wire), err)
	}
	defer res.Body.Close()
	if got := res.Header.Get("Content-Type"); got != envelope.MediaTypeResponse {
		t.Fatalf("%s %s, want a sealed response", res.Status, got)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	at, head := 0, 32 // the nonce, with the first frame
	for at+head < len(body) {
		rest := body[at+head:]
		length, size := int(rest[0]&0x3f), 1<<(rest[0]>>6)
		for _, b := range rest[1:size] {
			length = length<<8 | int(b)
		}
		frame := head + size + length
		if length == 0 { // the final chunk, to the end
			frame = len(body) - at
		}
		sizes, at, head = append(sizes, frame), at+frame, 0
	}
	if at != len(body) {
		t.Fatalf("frames of %v bytes in a body of %d", sizes, len(body))
	}
	return sizes
}

// as opens the user's client anew, with a shape, through an observer.
func (o *observer) as(n *Network, shape envelope.Shape) *http.Client {
	o.t.Helper()
	if err := n.Client.Close(); err != nil {
		o.t.Fatal(err)
	}
	c, err := Open(n.config.Dir, n.Profile, n.Chain, client.Config{Owner: n.keys.user, Transport: o.transport(), Shape: shape})
	if err != nil {
		o.t.Fatal(err)
	}
	n.Client = c
	o.t.Cleanup(func() { _ = c.Close() })
	return &http.Client{Transport: c}
}

// question is what the tiny model is asked, and how many tokens of an answer are wanted.
type question struct {
	text   string
	tokens int
}

// answered asks and reads the answer to its end, and returns status, body, and how long its first byte took.
func answered(t *testing.T, c *http.Client, q question, stream bool) (status int, body []byte, first time.Duration) {
	t.Helper()
	raw, err := json.Marshal(map[string]any{
		"model": "wisp", "stream": stream, "messages": []message{user(q.text)}, "options": map[string]any{"num_predict": q.tokens},
	})
	if err != nil {
		t.Fatal(err)
	}
	return asked(t, c, raw)
}

func asked(t *testing.T, c *http.Client, raw []byte) (status int, body []byte, first time.Duration) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+client.Host+"/api/chat", bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	res, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	one := make([]byte, 1)
	if _, err := io.ReadFull(res.Body, one); err != nil {
		t.Fatal(err)
	}
	first = time.Since(start)
	rest, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, append(one, rest...), first
}

// refused has the pod itself refuse what no client of ours would send.
func (o *observer) refused(n *Network, shape envelope.Shape) {
	o.t.Helper()
	res, err := http.Get(n.Pod().URL() + protocol.PathKeyConfigs)
	if err != nil {
		o.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		o.t.Fatal(err)
	}
	keys, err := envelope.ParseKeyConfigs(raw)
	if err != nil {
		o.t.Fatal(err)
	}
	for path, want := range map[string]int{"/api/chat": http.StatusBadRequest, "/api/pull": http.StatusNotFound, protocol.PathReceipts + "x": http.StatusMethodNotAllowed} {
		inner, err := http.NewRequestWithContext(o.t.Context(), http.MethodPost, "https://pod"+path, strings.NewReader("{}"))
		if err != nil {
			o.t.Fatal(err)
		}
		inner.Header.Set(envelope.HeaderShape, string(shape))
		sealed, err := envelope.Seal(keys[0], inner)
		if err != nil {
			o.t.Fatal(err)
		}
		outer, err := sealed.NewRequest(o.t.Context(), n.Pod().URL()+protocol.PathEnclave)
		if err != nil {
			o.t.Fatal(err)
		}
		answer, err := o.transport().RoundTrip(outer)
		if err != nil {
			o.t.Fatal(err)
		}
		res, err := sealed.Open(answer)
		if err != nil {
			o.t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, res.Body); err != nil || res.StatusCode != want {
			o.t.Errorf("%s: %s: %d, %v, want %d", shape, path, res.StatusCode, err, want)
		}
		_ = res.Body.Close()
	}
}

// TestShapes asks for real answers of many lengths, and for some that are refused, and measures the frames in which they
// come.
func TestShapes(t *testing.T) {
	t.Parallel()
	answers := 20
	if os.Getenv("PHALLAMA_TEST_LONG") != "" {
		answers = 200
	}
	n := start(t, nil)
	o := newObserver(t)
	for _, shape := range []envelope.Shape{envelope.ShapeOff, envelope.ShapeCell, envelope.ShapeCBR} {
		c := o.as(n, shape)
		want := answers
		if shape == envelope.ShapeCBR {
			want = max(4, answers/10) // each takes seconds
		}
		lengths := map[int]bool{} // of the answers
		var firsts []time.Duration
		for i := range want {
			q := question{"Talk forever", 1 + i*i*576/(want*want)}
			if i%4 == 3 {
				q = question{fmt.Sprintf("Repeat after me: falcon-%d", 4000+i), 100}
			}
			stream := i%5 != 4
			status, body, first := answered(t, c, q, stream)
			if stream {
				firsts = append(firsts, first)
			}
			if status != http.StatusOK {
				t.Fatalf("%s: %d %s", shape, status, body)
			}
			lengths[len(body)] = true
		}
		if len(lengths) < want/2 {
			t.Errorf("%s: %d answers have but %d lengths", shape, want, len(lengths))
		}
		if status, body, _ := asked(t, c, []byte(`{"model":"wisp","messages":"x"}`)); status != http.StatusBadRequest {
			t.Errorf("%s: %d %s, want the engine's refusal", shape, status, body)
		}
		o.refused(n, shape)
		histogram := map[int]int{}
		for _, trace := range o.seen() {
			sizes := frames(t, trace)
			for _, size := range sizes {
				histogram[size]++
			}
			if k := len(sizes); shape == envelope.ShapeCBR && k&(k-1) != 0 {
				t.Errorf("cbr: %d frames, want a power of two", k)
			}
		}
		var lines []string
		for _, size := range slices.Sorted(maps.Keys(histogram)) {
			lines = append(lines, fmt.Sprintf("%d×%d", histogram[size], size))
		}
		slices.Sort(firsts)
		t.Logf("%s: %d answers of %d lengths, the median first token after %v, in %s",
			shape, want, len(lengths), firsts[len(firsts)/2].Round(time.Millisecond/10), strings.Join(lines, " "))
		switch {
		case shape == envelope.ShapeOff && len(histogram) < 10:
			t.Errorf("off: frames of %d sizes: this test would not see what it looks for", len(histogram))
		case shape != envelope.ShapeOff && (len(histogram) != 1 || histogram[cellBytes] == 0):
			t.Errorf("%s: want frames of %d bytes and no others", shape, cellBytes)
		}
	}
}
