package client_test

import (
	"io"
	"strings"
	"testing"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// A model that is pinned to a digest comes from a pod that signed for it, however much dearer, or from none.
func TestPinnedModel(t *testing.T) {
	n := newNet(t)
	cheap := n.pod()
	other := price
	other.ModelDigest, other.OutPerM = protocol.Hash{0xd2}, protocol.Units(9e15)
	dear := n.pod(func(p *testPod) { p.offer(other) })
	// One that lists the digest without the identity's signature gets nothing.
	liar := n.pod(func(p *testPod) { p.record.Offers[0].ModelDigest = other.ModelDigest })
	c := n.client(t.TempDir())
	askFor := func(digest protocol.Hash, path string) error {
		res, err := c.RoundTrip(request(t.Context(), path, strings.Replace(chat, "wisp", "wisp@"+protocol.DigestText(digest), 1)))
		if err != nil {
			return err
		}
		defer res.Body.Close()
		_, err = io.ReadAll(res.Body)
		return err
	}
	for range 3 {
		if err := askFor(other.ModelDigest, "/api/chat"); err != nil {
			t.Fatal(err)
		}
	}
	if cheap.contacted() != 0 || dear.contacted() != 3 || liar.contacted() != 0 {
		t.Errorf("requests: cheap %d, dear %d, liar %d", cheap.contacted(), dear.contacted(), liar.contacted())
	}
	for _, r := range receipts(t, c) {
		if r.Receipt.ModelDigest != other.ModelDigest {
			t.Errorf("receipt for %s", r.Receipt.ModelDigest)
		}
	}
	err := askFor(protocol.Hash{0xd3}, "/v1/chat/completions")
	wantErr(t, err, client.ErrUnknownModel, "wisp@sha256:d3", protocol.DigestText(price.ModelDigest), protocol.DigestText(other.ModelDigest))
	// It is under the name's offers only that a digest counts, and one that is not one is refused before anything else.
	_, err = c.RoundTrip(request(t.Context(), "/api/chat", `{"model":"gone@`+protocol.DigestText(other.ModelDigest)+`"}`))
	wantErr(t, err, client.ErrUnknownModel, "pods list wisp")
	_, err = c.RoundTrip(request(t.Context(), "/api/chat", `{"model":"wisp@sha256:d1"}`))
	wantErr(t, err, client.ErrRequest, "64 lower-case hex digits")
}
