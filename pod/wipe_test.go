package pod_test

import (
	"bytes"
	"io"
	"sync"
	"testing"

	"github.com/phallama/phallama/pod"
)

// What the engine was asked is gone once the transport has let go of it, whoever still reads.
func TestWipedBody(t *testing.T) {
	body := bytes.Repeat([]byte(canary), 1000)
	text := bytes.Clone(body)
	w := pod.NewWipedBody(body)
	var wait sync.WaitGroup
	wait.Go(func() {
		if got, err := io.ReadAll(w); err == nil && !bytes.Equal(got, text) || bytes.Contains(got, []byte{0}) {
			t.Errorf("read %d bytes that are not those: %v", len(got), err)
		}
	})
	wait.Go(func() { _ = w.Close() })
	wait.Wait()
	if !bytes.Equal(body, make([]byte, len(body))) {
		t.Error("the body is still there")
	}
	if _, err := w.Read(make([]byte, 1)); err == nil {
		t.Error("a closed body reads")
	}
}
