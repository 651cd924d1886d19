package client

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/protocol"
)

func testRoutes(t *testing.T, relay string, now func() time.Time) *routes {
	t.Helper()
	key, err := protocol.KeyFromBytes(append(make([]byte, 31), 7))
	if err != nil {
		t.Fatal(err)
	}
	return newRoutes(&Config{Owner: key, Relay: relay, Now: now, Log: slog.New(slog.DiscardHandler)})
}

func relaysOf(operators ...byte) map[protocol.Address]string {
	all := map[protocol.Address]string{}
	for _, o := range operators {
		all[protocol.Address{o}] = fmt.Sprintf("https://relay-%d.example/", o)
	}
	return all
}

func podOf(operator byte) protocol.PodRecord {
	return protocol.PodRecord{ID: protocol.Address{0xd0}, Operator: protocol.Address{operator}, URL: "https://pod.example"}
}

func names(t *testing.T, r *routes, pod protocol.PodRecord, relays map[protocol.Address]string) (all []string) {
	t.Helper()
	hops, err := r.hops(pod, relays)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range hops {
		all = append(all, h.relay)
	}
	return all
}

func TestTheChoiceOfARelayLastsForADay(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	r := testRoutes(t, RelayAuto, func() time.Time { return now })
	relays := relaysOf(1, 2, 3, 4, 5, 6, 7, 8)
	order := names(t, r, podOf(1), relays)
	if len(order) != 7 || slices.Contains(order, protocol.Address{1}.String()) {
		t.Fatalf("hops %v, want those of the seven other operators", order)
	}
	if again := names(t, testRoutes(t, RelayRequire, r.cfg.Now), podOf(1), relays); !slices.Equal(again, order) {
		t.Errorf("after a restart %v, before %v", again, order)
	}
	// All pods are reached by the same relay, but for those of its operator.
	if other := names(t, r, podOf(9), relays); !slices.Equal(slices.DeleteFunc(other, func(s string) bool { return s == protocol.Address{1}.String() }), order) {
		t.Errorf("to another pod %v, want %v", other, order)
	}
	// Relays that come and go do not change the order of the others.
	for _, gone := range order[1:] {
		left := relaysOf(1, 2, 3, 4, 5, 6, 7, 8, 20)
		for operator := range left {
			if operator.String() == gone {
				delete(left, operator)
			}
		}
		got := slices.DeleteFunc(names(t, r, podOf(1), left), func(s string) bool { return s == protocol.Address{20}.String() })
		if want := slices.DeleteFunc(slices.Clone(order), func(s string) bool { return s == gone }); !slices.Equal(got, want) {
			t.Errorf("without %s: %v, want %v", gone, got, want)
		}
	}
	// In a month of days the order changes once a day, at the same hour, and every relay gets its days.
	changes, first := 0, map[string]bool{}
	at := map[int64]bool{}
	for range 30 * 24 {
		now = now.Add(time.Hour)
		next := names(t, r, podOf(1), relays)
		if !slices.Equal(next, order) {
			changes++
			at[now.Unix()/3600%24] = true
		}
		order = next
		first[order[0]] = true
	}
	if changes != 30 || len(at) != 1 || len(first) < 5 {
		t.Errorf("%d changes at the hours %v, %d relays came first", changes, at, len(first))
	}
}

// Nobody who knows all of the chain can tell which relay a client takes.
func TestTheChoiceOfARelayHangsOnTheKey(t *testing.T) {
	first := map[string]int{}
	for i := range 64 {
		key, err := protocol.KeyFromBytes(append(make([]byte, 31), byte(i+1)))
		if err != nil {
			t.Fatal(err)
		}
		r := newRoutes(&Config{Delegate: &Delegation{Key: key}, Relay: RelayAuto, Now: func() time.Time { return time.Unix(1_800_000_000, 0) }})
		first[names(t, r, podOf(1), relaysOf(2, 3, 4, 5))[0]]++
	}
	if len(first) != 4 {
		t.Errorf("64 keys take %v", first)
	}
}

func TestWaysToAPod(t *testing.T) {
	now := func() time.Time { return time.Unix(1_800_000_000, 0) }
	id := protocol.Address{0xd0}.String()
	direct := []hop{{relay: "none", sealed: "https://pod.example/enc", public: "https://pod.example"}}
	byTwo := []hop{{relay: protocol.Address{2}.String(), sealed: "https://relay-2.example/relay/" + id, public: "https://relay-2.example/relay/" + id}}
	bad := map[protocol.Address]string{{2}: "http://relay.example", {3}: "https://u@relay.example", {4}: "relay.example", {5}: "", {6}: "https://relay.example?q"}
	for _, c := range []struct {
		what, relay string
		operators   map[protocol.Address]string
		want        []hop
	}{
		{"off", RelayOff, relaysOf(2), direct},
		{"one of another operator", RelayAuto, relaysOf(1, 2), byTwo},
		{"none but the pod's operator's", RelayAuto, relaysOf(1), direct},
		{"none", RelayAuto, nil, direct},
		{"none that could be one", RelayAuto, bad, direct},
		{"required", RelayRequire, relaysOf(1, 2), byTwo},
		{"required, none but the pod's operator's", RelayRequire, relaysOf(1), nil},
		{"required, none that could be one", RelayRequire, bad, nil},
		{"a URL for each pod", "https://relay.example/gw/{pod}", relaysOf(2), []hop{{relay: "relay.example", sealed: "https://relay.example/gw/" + id, public: "https://relay.example/gw/" + id}}},
		{"a URL for one pod", "https://relay.example:8443/gw", nil, []hop{{relay: "relay.example:8443", sealed: "https://relay.example:8443/gw"}}},
	} {
		got, err := testRoutes(t, c.relay, now).hops(podOf(1), c.operators)
		if !slices.Equal(got, c.want) || (err == nil) != (c.want != nil) {
			t.Errorf("%s: %+v, %v", c.what, got, err)
		}
		if err != nil && !strings.Contains(err.Error(), "name one's URL") {
			t.Errorf("%s: %v does not say what to do", c.what, err)
		}
	}
}

// Not even if all fail: whoever can make relays fail must not learn who asks.
func TestRelaysThatFailAreAskedLastAndNeverPassedBy(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	r := testRoutes(t, RelayAuto, func() time.Time { return now })
	relays := relaysOf(2, 3, 4)
	order := names(t, r, podOf(1), relays)
	fail := func(relay string) { r.failed(hop{relay: relay}) }
	fail(order[0])
	if got := names(t, r, podOf(1), relays); !slices.Equal(got, []string{order[1], order[2], order[0]}) {
		t.Errorf("after one failed: %v, was %v", got, order)
	}
	fail(order[1])
	fail(order[2])
	if got := names(t, r, podOf(1), relays); !slices.Equal(got, order) {
		t.Errorf("after all failed: %v, was %v", got, order)
	}
	now = now.Add(relayRest)
	hops, err := r.hops(podOf(1), relays)
	if err != nil || hops[0].resting || hops[0].relay != order[0] {
		t.Errorf("after a while: %+v, %v", hops, err)
	}
}

func TestCheckRelay(t *testing.T) {
	for _, c := range []struct {
		relay string
		dev   bool
		ok    bool
	}{
		{"off", false, true},
		{"auto", false, true},
		{"require", false, true},
		{"https://relay.example/{pod}", false, true},
		{"https://{pod}.relay.example/gw", false, true},
		{"http://127.0.0.1:1", true, true},
		{"http://127.0.0.1:1", false, false},
		{"", false, false},
		{"on", false, false},
		{"relay.example", false, false},
		{"ftp://relay.example", true, false},
		{"https://u:p@relay.example", false, false},
		{"https://relay.example/?pod={pod}", false, false},
		{"https://relay.example/" + strings.Repeat("r", maxURL), false, false},
	} {
		if err := CheckRelay(c.relay, c.dev); (err == nil) != c.ok {
			t.Errorf("%q: %v", c.relay, err)
		}
	}
}

func FuzzCheckRelay(f *testing.F) {
	f.Add("https://relay.example/{pod}")
	f.Add("require")
	f.Fuzz(func(t *testing.T, relay string) {
		if CheckRelay(relay, false) != nil {
			return
		}
		r := testRoutes(t, relay, time.Now)
		hops, err := r.hops(podOf(1), relaysOf(2))
		if err != nil || len(hops) == 0 || !strings.HasPrefix(hops[0].sealed, "https://") && !strings.HasPrefix(strings.ToLower(hops[0].sealed), "https://") {
			t.Errorf("%q: %+v, %v", relay, hops, err)
		}
	})
}
