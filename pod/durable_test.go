package pod

import (
	"crypto/sha256"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
)

// Not a byte leaves where the voucher does not get to the disk.
func TestNothingLeavesWithoutTheVoucher(t *testing.T) {
	full, gone := errors.New("disk full"), false
	w := httptest.NewRecorder()
	c := &clientSide{
		w: w, hash: sha256.New(), controller: http.NewResponseController(w),
		leave: func() { gone = true }, durable: func() error { return full },
	}
	for range 2 {
		if n, err := c.Write([]byte("word")); n != 0 || !errors.Is(err, full) {
			t.Error(n, err)
		}
	}
	if w.Body.Len() != 0 || w.Flushed || c.begun || !errors.Is(c.lost, full) || !gone {
		t.Errorf("%q left, %+v", w.Body, c)
	}
}
