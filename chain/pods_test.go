package chain

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/phallama/phallama/protocol"
)

func addressOf(a protocol.Address) common.Address { return common.Address(a) }

func recordOf(operator *Transactor, e enclave, r protocol.Registration, url string, block uint64) protocol.PodRecord {
	return protocol.PodRecord{
		ID: e.pod, Operator: operator.Address(), URL: url, Identity: r.Identity, ValidUntil: r.ValidUntil,
		Standing: protocol.StandingGood, Kind: r.Kind, Evidence: r.Evidence, KeyConfig: r.KeyConfig, Offers: r.Offers, Block: block,
	}
}

func TestRegistry(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	operator := transactor(t)
	salt := protocol.Keccak256([]byte("registry test"))
	pod := enclave{newKey(t), operator.Domain(), protocol.PodID(operator.Registry(), operator.Address(), salt)}
	if _, err := operator.Pod(ctx, pod.pod); !errors.Is(err, ErrNotFound) {
		t.Fatalf("before registration: %v", err)
	}
	registration := pod.registration()
	done, id, err := operator.Register(ctx, salt, registration, proof(t, operator.Client, registration), "https://pod.example:8443")
	if err != nil || id != pod.pod {
		t.Fatalf("register: %v, %v", id, err)
	}
	t.Logf("gas: %d for a registration", done.GasUsed)
	want := recordOf(operator, pod, registration, "https://pod.example:8443", done.Block)
	if got, err := operator.Pod(ctx, id); err != nil || diff(want, got) != "" {
		t.Fatalf("record: %s, %v", diff(want, got), err)
	}
	if got := find(t, operator, id); got == nil || diff(want, *got) != "" {
		t.Fatalf("listed: %s", diff(&want, got))
	}

	if _, _, err := operator.Register(ctx, salt, registration, proof(t, operator.Client, registration), "https://pod.example"); !IsRevert(err, "PodExists") {
		t.Errorf("registered twice: %v", err)
	}
	next := pod.keyConfig(2)
	rotated, err := operator.PublishKeyConfig(ctx, id, next)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("gas: %d for a key config", rotated.GasUsed)
	for _, published := range []struct {
		pod   protocol.Address
		hash  protocol.Hash
		block uint64 // 0: none
	}{
		{id, registration.KeyConfig.HashStruct(), done.Block},
		{id, next.HashStruct(), rotated.Block},
		{id, pod.keyConfig(3).HashStruct(), 0},
		{protocol.Address{1}, next.HashStruct(), 0},
	} {
		block, err := operator.PublishedKeyConfig(ctx, published.pod, published.hash)
		if block != published.block || (err != nil) != (block == 0) || err != nil && !errors.Is(err, ErrNotFound) {
			t.Errorf("key config %s of pod %s: block %d, %v, want %d", published.hash, published.pod, block, err, published.block)
		}
	}
	want.KeyConfig = next
	if got, err := operator.Pod(ctx, id); err != nil || diff(want, got) != "" {
		t.Errorf("after rotation: %s, %v", diff(want, got), err)
	}
	if _, err := operator.PublishKeyConfig(ctx, id, next); !IsRevert(err, "StaleEpoch") {
		t.Errorf("rotated to the same key: %v", err)
	}

	// A restarted enclave has another identity.
	restarted := enclave{newKey(t), pod.domain, pod.pod}
	registration = restarted.registration()
	done, err = operator.Update(ctx, id, registration, proof(t, operator.Client, registration), "https://other.example")
	if err != nil {
		t.Fatal(err)
	}
	want = recordOf(operator, restarted, registration, "https://other.example", done.Block)
	if got, err := operator.Pod(ctx, id); err != nil || diff(want, got) != "" {
		t.Errorf("after update: %s, %v", diff(want, got), err)
	}
	if err := want.KeyConfig.Verify(pod.domain, want.Identity, uint64(time.Now().Unix())); err != nil {
		t.Error(err)
	}

	stranger := transactor(t)
	if _, err := stranger.Retire(ctx, id); !IsRevert(err, "NotOperator") {
		t.Errorf("retired by a stranger: %v", err)
	}
	if _, err := operator.Retire(ctx, id); err != nil {
		t.Fatal(err)
	}
	if find(t, operator, id) != nil {
		t.Error("a retired pod is listed")
	}
	if got, err := operator.Pod(ctx, id); err != nil || !got.Retired {
		t.Errorf("a retired pod's record: %+v, %v", got, err)
	}
}

func TestRelays(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	operator, other := transactor(t), transactor(t)
	salt := protocol.Keccak256([]byte("relay test"))
	var ids []protocol.Address
	for _, who := range []*Transactor{operator, other} {
		pod := enclave{newKey(t), who.Domain(), protocol.PodID(who.Registry(), who.Address(), salt)}
		registration := pod.registration()
		if _, _, err := who.Register(ctx, salt, registration, proof(t, who.Client, registration), "https://pod.example"); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, pod.pod)
	}
	want := func(what string, urls ...string) {
		t.Helper()
		for i, id := range ids {
			if got := find(t, operator, id); got == nil || got.Relay != urls[i] {
				t.Errorf("%s: pod %d is listed with %+v, want relay %q", what, i, got, urls[i])
			}
			if got, err := operator.Pod(ctx, id); err != nil || got.Relay != urls[i] {
				t.Errorf("%s: pod %d has relay %q, want %q (%v)", what, i, got.Relay, urls[i], err)
			}
		}
	}
	set := func(who *Transactor, url string) {
		t.Helper()
		done, err := who.PublishRelay(ctx, url)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("gas: %d to set a relay to %q", done.GasUsed, url)
	}
	want("nothing published", "", "")
	set(operator, "https://relay.example:8443")
	want("one published", "https://relay.example:8443", "")
	set(other, "https://other.example")
	want("both published", "https://relay.example:8443", "https://other.example")
	set(operator, "")
	want("one taken off", "", "https://other.example")

	for _, url := range []string{"relay.example", "ftp://relay.example", "https://u@relay.example", "https://relay.example/path", "https://relay.example?q", "https://" + strings.Repeat("r", 256)} {
		if _, err := other.PublishRelay(ctx, url); err == nil || !strings.Contains(err.Error(), "want the relay's URL") {
			t.Errorf("%q: %v", url, err)
		}
	}
	// Whoever has its own program publishes what it likes. It costs the others nothing.
	if _, err := other.do(ctx, "publish", other.registry, other.registryABI.PackPublishRelay("javascript:alert(1)")); err != nil {
		t.Fatal(err)
	}
	want("nonsense published", "", "")
}

func find(t *testing.T, c *Transactor, id protocol.Address) *protocol.PodRecord {
	t.Helper()
	pods, err := c.Pods(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pods {
		if p.ID == id {
			return &p
		}
	}
	return nil
}

func TestRegistrationRefused(t *testing.T) {
	t.Parallel()
	operator := transactor(t)
	salt := protocol.Hash{}
	pod := enclave{newKey(t), operator.Domain(), protocol.PodID(operator.Registry(), operator.Address(), salt)}
	for _, test := range []struct {
		name, want, url string
		edit            func(*protocol.Registration)
	}{
		{name: "url", want: "want the pod's URL", url: "javascript:alert(1)"},
		{name: "url with a path", want: "want the pod's URL", url: "https://pod.example/path"},
		{name: "url with a user", want: "want the pod's URL", url: "https://user@pod.example"},
		{name: "kind", want: "evidence of kind", edit: func(r *protocol.Registration) { r.Kind = 3 }},
		{name: "time", want: "40 bits", edit: func(r *protocol.Registration) { r.ValidUntil = 1 << 40 }},
		{name: "lifetime", want: "BadLifetime", edit: func(r *protocol.Registration) { r.ValidUntil += 30 * 24 * 3600 }},
		{name: "offer for another pod", want: "another pod id", edit: func(r *protocol.Registration) { r.Offers[0].Pod = pod.Address() }},
		{name: "changed price", want: "BadSignature: ", edit: func(r *protocol.Registration) { r.Offers[1].OutPerM = protocol.Units(1) }},
		{name: "changed key", want: "BadSignature", edit: func(r *protocol.Registration) { r.KeyConfig.Config = []byte("mine") }},
		{name: "no offers", want: "NoOffers", edit: func(r *protocol.Registration) { r.Offers = nil }},
		{name: "long evidence", want: "TooLong", edit: func(r *protocol.Registration) { r.Evidence = make([]byte, 20_000) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, url := pod.registration(), test.url
			if test.edit != nil {
				test.edit(&r)
			}
			if url == "" {
				url = "https://pod.example"
			}
			if _, _, err := operator.Register(t.Context(), salt, r, proof(t, operator.Client, r), url); err == nil || !strings.Contains(err.Error(), strings.TrimSuffix(test.want, ": ")) {
				t.Errorf("want an error about %q, got %v", test.want, err)
			}
		})
	}
}

// Anybody can put anything on the registry; it must not hide other pods.
func TestPoisonedPods(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	good, evil := transactor(t), transactor(t)
	pod := register(t, good)

	salt := protocol.Hash{6}
	poison := enclave{newKey(t), evil.Domain(), protocol.PodID(evil.Registry(), evil.Address(), salt)}
	registration, err := toRegistration(poison.pod, poison.registration(), proof(t, evil.Client, poison.registration()), "https://pod.example")
	if err != nil {
		t.Fatal(err)
	}
	registration.Url = "file:///etc/passwd\x00\xff"
	stake, err := evil.StakeAmount(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := evil.send(ctx, request{what: "register", to: &evil.registry, data: evil.registryABI.PackRegister(salt, registration), value: stake}); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	c, err := Dial(ctx, profile(t), Options{Logger: slog.New(slog.NewJSONHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	reader := NewTransactor(c, newKey(t))
	if find(t, reader, pod.pod) == nil {
		t.Error("the good pod is hidden")
	}
	if find(t, reader, poison.pod) != nil {
		t.Error("the poisoned pod is listed")
	}
	if !strings.Contains(log.String(), poison.pod.String()) {
		t.Errorf("no warning about the poisoned pod in: %s", log.String())
	}
	if _, err := c.Pod(ctx, poison.pod); err == nil || !strings.Contains(err.Error(), "want the pod's URL") {
		t.Errorf("the poisoned pod by id: %v", err)
	}
}

// Logs that do not match the hashes in the registry's state are no record.
func TestForgedLogs(t *testing.T) {
	t.Parallel()
	operator := transactor(t)
	pod := register(t, operator)
	var edit func([]map[string]any) []map[string]any
	p := meddler(t, func(method string, forward func() json.RawMessage) json.RawMessage {
		result := forward()
		if method != "eth_getLogs" || edit == nil {
			return result
		}
		var logs []map[string]any
		if err := json.Unmarshal(result, &logs); err != nil {
			t.Error(err)
			return result
		}
		out, err := json.Marshal(edit(logs))
		if err != nil {
			t.Error(err)
		}
		return out
	})
	c := transactorOf(t, p, newKey(t))
	if _, err := c.Pod(t.Context(), pod.pod); err != nil {
		t.Fatal(err)
	}
	// replaceIn changes hex digits in one event's data.
	replaceIn := func(event int, old, replacement []byte) func([]map[string]any) []map[string]any {
		return func(logs []map[string]any) []map[string]any {
			data := common.FromHex(logs[event]["data"].(string))
			if !bytes.Contains(data, old) {
				t.Errorf("event %d lacks %q", event, old)
			}
			logs[event]["data"] = "0x" + common.Bytes2Hex(bytes.Replace(data, old, replacement, 1))
			return logs
		}
	}
	for _, test := range []struct {
		name, want string
		edit       func([]map[string]any) []map[string]any
	}{
		{"another identity's", "lack its events", func(logs []map[string]any) []map[string]any {
			logs[0]["topics"].([]any)[2] = common.Hash{31: 1}.Hex()
			return logs
		}},
		{"another lifetime", "differs from the registry's state", func(logs []map[string]any) []map[string]any {
			data := common.FromHex(logs[0]["data"].(string))
			data[31]++
			logs[0]["data"] = "0x" + common.Bytes2Hex(data)
			return logs
		}},
		{"key", "key config in block", replaceIn(1, []byte("key config 1"), []byte("key config 9"))},
		{"model", "offers in block", replaceIn(2, []byte("wisp"), []byte("wasp"))},
		{"missing", "lack its events", func(logs []map[string]any) []map[string]any { return logs[:2] }},
		{"none", "lack its events", func(logs []map[string]any) []map[string]any { return []map[string]any{} }},
		{"garbage", "IdentityAdmitted", func(logs []map[string]any) []map[string]any { logs[0]["data"] = "0x1234"; return logs }},
	} {
		t.Run(test.name, func(t *testing.T) {
			edit = test.edit
			if _, err := c.Pod(t.Context(), pod.pod); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("want an error about %q, got %v", test.want, err)
			}
		})
	}
}
