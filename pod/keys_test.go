package pod

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/protocol"
)

const (
	testLife    = 12 * time.Hour
	testEvery   = testLife - 30*time.Minute
	testOverlap = 10 * time.Minute
)

func testKeys(t *testing.T, adjust func(*Config)) (*keys, protocol.Key, protocol.Domain) {
	t.Helper()
	identity, err := protocol.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	domain := protocol.Domain{ChainID: 1337, Escrow: protocol.Address{0xe5}}
	c := Config{
		KeyLife: testLife, KeyEvery: testEvery, KeyOverlap: testOverlap, KeyRequests: 4, Now: time.Now, Log: slog.New(slog.DiscardHandler),
	}
	if adjust != nil {
		adjust(&c)
	}
	k, err := newKeys(c, identity, domain)
	if err != nil {
		t.Fatal(err)
	}
	return k, identity, domain
}

// opens seals a request to a config and says whether the keys open it.
func opens(t *testing.T, k *keys, signed protocol.SignedKeyConfig) bool {
	t.Helper()
	config, err := envelope.ParseKeyConfig(signed.Config)
	if err != nil {
		t.Fatal(err)
	}
	var sealed bytes.Buffer
	sealer, err := envelope.NewRequestSealer(config, &sealed)
	if err == nil {
		err = sealer.Finish([]byte("x"))
	}
	if err != nil {
		t.Fatal(err)
	}
	k.tend()
	opener, err := k.recipient.OpenRequest(&sealed)
	if err == nil {
		_, err = io.ReadAll(opener)
	}
	var mismatch *envelope.KeyMismatchError
	if err != nil && !errors.As(err, &mismatch) && !errors.Is(err, envelope.ErrKeyExhausted) {
		t.Fatal(err)
	}
	return err == nil
}

func (k *keys) epochs() (epochs []uint64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, h := range k.held {
		epochs = append(epochs, h.epoch)
	}
	return epochs
}

// A key is replaced half an hour before its end, and forgotten ten minutes after it, though nobody ever asks the pod for
// anything.
func TestKeysChangeByThemselves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		k, _, _ := testKeys(t, nil)
		for _, step := range []struct {
			at   time.Duration
			want []uint64
		}{
			{testEvery - time.Second, []uint64{1}},
			{testEvery + time.Second, []uint64{2, 1}},
			{testLife + testOverlap - time.Second, []uint64{2, 1}},
			{testLife + testOverlap + time.Second, []uint64{2}},
			{2*testEvery + time.Second, []uint64{3, 2}},
			{testEvery + testLife + testOverlap + time.Second, []uint64{3}},
		} {
			time.Sleep(step.at - time.Since(start))
			synctest.Wait()
			if got := k.epochs(); !slices.Equal(got, step.want) { // the timer alone: nothing here tends the keys
				t.Errorf("after %s: keys %v, want %v", step.at, got, step.want)
			}
			if got := len(k.recipient.KeyConfigs()); got != len(step.want) {
				t.Errorf("after %s: %d keys open requests", step.at, got)
			}
		}
	})
}

// What an agent was handed the next of opens for the overlap, and is gone then; being handed the same again changes nothing.
func TestKeysAfterAHandOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k, _, _ := testKeys(t, nil)
		if !k.unhanded() {
			t.Error("the first key counts as handed out")
		}
		first := k.hand()
		if k.unhanded() {
			t.Error("the key that was handed out counts as not")
		}
		time.Sleep(testEvery)
		synctest.Wait()
		if !k.unhanded() {
			t.Error("there is no next key to publish")
		}
		time.Sleep(15 * time.Minute)
		second := k.hand()
		if second.Epoch != 2 || k.unhanded() {
			t.Errorf("epoch %d was handed out, unhanded %v", second.Epoch, k.unhanded())
		}
		for range 3 {
			if again := k.hand(); again.ConfigHash != second.ConfigHash {
				t.Error("another key was handed out at once")
			}
			time.Sleep(testOverlap/3 - time.Second)
			if !opens(t, k, first) {
				t.Error("the key before does not open within the overlap")
			}
		}
		time.Sleep(3 * time.Second)
		synctest.Wait()
		if got := k.epochs(); !slices.Equal(got, []uint64{2}) || opens(t, k, first) || !opens(t, k, second) {
			t.Errorf("after the overlap: keys %v", got)
		}
	})
}

// Half of what a key may open brings the next, before its time and without the clock.
func TestKeysChangeByCount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k, _, _ := testKeys(t, nil)
		first := k.hand()
		for n := range 4 {
			if got := k.current().Epoch; got != min(2, uint64(1+n/2)) {
				t.Errorf("after %d requests: epoch %d", n, got)
			}
			if !opens(t, k, first) { // it opens all it may, though the next is there
				t.Errorf("request %d does not open", n)
			}
		}
		if k.current().Epoch != 2 || opens(t, k, first) {
			t.Errorf("epoch %d, and the key that is used up opens", k.current().Epoch)
		}
		// The new key's time counts from its making.
		time.Sleep(testEvery - time.Second)
		if got := k.current().Epoch; got != 2 {
			t.Errorf("epoch %d before the second key's time", got)
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if got := k.epochs(); got[0] != 3 {
			t.Errorf("keys %v after the second key's time", got)
		}
	})
}

// The count and the time at once make one key, not two.
func TestKeysChangeByBoth(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k, _, _ := testKeys(t, func(c *Config) { c.KeyRequests = 2 })
		first := k.hand()
		time.Sleep(testEvery - time.Nanosecond)
		if !opens(t, k, first) {
			t.Fatal("the key does not open")
		}
		time.Sleep(time.Nanosecond)
		synctest.Wait()
		if got := k.current().Epoch; got != 2 {
			t.Errorf("epoch %d, want 2", got)
		}
	})
}

// Key ids come round after 256 epochs, whatever is still held by then, and what nobody asks for does not pile up.
func TestKeysRotate300Times(t *testing.T) {
	for name, hand := range map[string]bool{"published": true, "no agent": false} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				k, identity, domain := testKeys(t, func(c *Config) { c.KeyEvery = time.Second })
				var last protocol.SignedKeyConfig
				for n := range uint64(300) {
					now := k.current()
					if now.Epoch != n+1 || now.Config[0] != byte(n+1) {
						t.Fatalf("rotation %d: epoch %d, key id %d", n, now.Epoch, now.Config[0])
					}
					if err := now.Verify(domain, identity.Address(), uint64(time.Now().Unix())); err != nil {
						t.Fatal(err)
					}
					if !opens(t, k, now) || n > 0 && !opens(t, k, last) {
						t.Fatalf("rotation %d: a key does not open", n)
					}
					if hand {
						k.hand()
					}
					last = now
					time.Sleep(time.Second)
					synctest.Wait()
				}
				if got := len(k.epochs()); got > maxHeldKeys {
					t.Errorf("%d keys are held", got)
				}
			})
		})
	}
}

// A clock that is set while the pod runs leaves no key that clients would not seal to, and none that was to be forgotten.
func TestKeysWhenTheClockIsSet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		offset := time.Duration(0)
		k, identity, domain := testKeys(t, func(c *Config) { c.Now = func() time.Time { return time.Now().Add(offset) } })
		for _, set := range []time.Duration{100 * 24 * time.Hour, -100 * 24 * time.Hour} {
			before := k.hand()
			time.Sleep(time.Second)
			offset = set
			if err := k.current().Verify(domain, identity.Address(), uint64(time.Now().Add(offset).Unix())); err != nil {
				t.Errorf("%s: %v", offset, err)
			}
			if opens(t, k, before) {
				t.Errorf("%s: the key of another time opens", offset)
			}
		}
	})
}

// The list holds the newest key and the one before while that is in its time, and may be cached while both open.
func TestKeyList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k, _, _ := testKeys(t, nil)
		list := func() (ids []uint8) {
			w := httptest.NewRecorder()
			k.serveList(w, nil)
			if got := w.Header().Get("Cache-Control"); got != "max-age=600" || w.Header().Get("Content-Type") != envelope.MediaTypeKeys {
				t.Errorf("header %v", w.Header())
			}
			configs, err := envelope.ParseKeyConfigs(w.Body.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range configs {
				ids = append(ids, c.ID)
			}
			return ids
		}
		for _, step := range []struct {
			wait time.Duration
			want []uint8
		}{
			{time.Second, []uint8{1}},
			{testEvery, []uint8{2, 1}},
			{29 * time.Minute, []uint8{2, 1}},
			{time.Minute, []uint8{2}}, // it opens for ten minutes more
		} {
			time.Sleep(step.wait)
			if got := list(); !slices.Equal(got, step.want) {
				t.Errorf("key ids %v, want %v", got, step.want)
			}
		}
		if got := len(k.epochs()); got != 2 {
			t.Errorf("%d keys are held", got)
		}
	})
}

// A refusal carries the newest config, and fits into what clients read of one.
func TestKeyProblem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k, _, _ := testKeys(t, nil)
		h := &envelope.Handler{Recipient: k.recipient, Inner: http.NotFoundHandler(), KeyProblem: k.problem, Log: slog.New(slog.DiscardHandler)}
		config, err := envelope.ParseKeyConfig(k.current().Config)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(testLife + testOverlap)
		inner := httptest.NewRequest(http.MethodGet, "https://pod.invalid/", nil)
		x, err := envelope.Seal(config, inner)
		if err != nil {
			t.Fatal(err)
		}
		outer, err := x.NewRequest(t.Context(), "http://pod.invalid/enc")
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		k.tended(h).ServeHTTP(w, outer)
		var refused *envelope.RefusedError
		if _, err := x.Open(w.Result()); !errors.As(err, &refused) || !refused.KeyMismatch {
			t.Fatal(err)
		}
		var got protocol.SignedKeyConfig
		if err := json.Unmarshal(refused.KeyConfig, &got); err != nil || got.HashStruct() != k.current().HashStruct() || got.Epoch != 2 {
			t.Errorf("config %+v, %v", got.KeyConfig, err)
		}
	})
}
