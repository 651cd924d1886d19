package pod_test

import (
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/pod"
	"github.com/phallama/phallama/protocol"
)

// A registration hands out the newest key, and makes none. The one before opens for ten minutes from then on, and is
// gone then.
func TestRotation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newQuietRig(t)
		r.fund(10_000)
		first := r.registration
		oldConfig, err := envelope.ParseKeyConfig(first.KeyConfig.Config)
		if err != nil {
			t.Fatal(err)
		}
		late := r.newCall("/api/chat", chatOne)
		time.Sleep(time.Hour)
		if again := r.register(); again.KeyConfig.HashStruct() != first.KeyConfig.HashStruct() {
			t.Errorf("a registration made a new key: %+v", again.KeyConfig.KeyConfig)
		}
		if status, _ := r.status(); status.NextKey {
			t.Error("the next key is announced before there is one")
		}
		time.Sleep(10*time.Hour + 30*time.Minute)
		if status, _ := r.status(); !status.NextKey {
			t.Error("half an hour before the end of the key no next one is announced")
		}
		// A request under the old key and offer, on its way since before the rotation.
		old := func(c call) (*http.Response, error) {
			exchange, outer := r.sealTo(t.Context(), c, oldConfig)
			res, err := r.outer.RoundTrip(outer)
			if err != nil {
				t.Fatal(err)
			}
			return exchange.Open(res)
		}
		second := r.register()
		if second.KeyConfig.Epoch != 2 || second.KeyConfig.ConfigHash == first.KeyConfig.ConfigHash || second.Identity != first.Identity {
			t.Errorf("second key %+v", second.KeyConfig.KeyConfig)
		}
		if err := second.KeyConfig.Verify(domain, second.Identity, uint64(time.Now().Unix())); err != nil {
			t.Error(err)
		}
		if status, _ := r.status(); status.NextKey {
			t.Error("the key that was handed out is announced")
		}
		time.Sleep(10*time.Minute - time.Second)
		res, err := old(late)
		if err != nil {
			t.Fatal(err)
		}
		a := r.read(res)
		if a.status != http.StatusOK || a.receipt == nil {
			t.Fatalf("%d %s", a.status, a.body)
		}
		r.charged = a.receipt.Charged
		time.Sleep(2 * time.Second)
		var refused *envelope.RefusedError
		if _, err := old(r.newCall("/api/chat", chatOne)); !errors.As(err, &refused) || !refused.KeyMismatch || len(refused.KeyConfig) == 0 {
			t.Errorf("the old key opens: %v", err)
		}
		for range 12 { // an agent that registers all the time
			r.register()
		}
		r.paid(r.newCall("/api/chat", chatOne))
	})
}

// A key that has opened half of what it may is replaced before anybody finds it used up: requests that are not paid for use
// it up as well.
func TestNextKey(t *testing.T) {
	r := newRig(t, func(c *pod.Config) { c.KeyRequests = 4 })
	next := func() bool {
		status, _ := r.status()
		return status.NextKey
	}
	for i := range 4 {
		if got, want := next(), i >= 2; got != want {
			t.Errorf("after %d requests: next key %v, want %v", i, got, want)
		}
		r.send(r.newCall("/nowhere", chatOne))
	}
	var refused *envelope.RefusedError
	if _, err := r.open(t.Context(), r.newCall("/nowhere", chatOne)); !errors.As(err, &refused) || !refused.KeyMismatch {
		t.Fatalf("request 5: %v", err)
	}
	r.register()
	if next() {
		t.Error("the next key is asked for again")
	}
	r.fund(10_000)
	r.paid(r.newCall("/api/chat", chatOne))
}

// The batch names the key that is the newest when it is made, published or not.
func TestBatchNamesTheNewestKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newQuietRig(t)
		r.fund(10_000)
		r.paid(r.newCall("/api/chat", chatOne))
		time.Sleep(11*time.Hour + 30*time.Minute)
		var batch protocol.SignedBatch
		r.post(protocol.PathBatch, protocol.BatchRequest{}, &batch)
		if next := r.register(); next.KeyConfig.Epoch != 2 || batch.KeyConfigHash != next.KeyConfig.HashStruct() {
			t.Errorf("the batch names %s, the newest key is %s of epoch %d", batch.KeyConfigHash, next.KeyConfig.HashStruct(), next.KeyConfig.Epoch)
		}
	})
}
