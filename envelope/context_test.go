package envelope

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"reflect"
	"testing"
)

// A handler learns which of two keys a request was opened with, and nothing a request says changes that.
func TestKeyOf(t *testing.T) {
	first, second := mustKey(t, 1), mustKey(t, 2)
	r, err := NewRecipient(Config{}, second, first)
	if err != nil {
		t.Fatal(err)
	}
	var got []KeyConfig
	h := &Handler{Recipient: r, Inner: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		config, ok := KeyOf(r.Context())
		if !ok {
			t.Error("no key")
		}
		got = append(got, config)
	})}
	for i, key := range []*PrivateKey{first, second, first} {
		inner, err := http.NewRequest(http.MethodPost, "https://pod.invalid/x", bytes.NewReader([]byte("x")))
		if err != nil {
			t.Fatal(err)
		}
		inner.Header.Set("Key-Config", "2")
		x, err := Seal(key.Config(), inner)
		if err != nil {
			t.Fatal(err)
		}
		outer, err := x.NewRequest(t.Context(), "http://pod.invalid/enc")
		if err != nil {
			t.Fatal(err)
		}
		h.ServeHTTP(httptest.NewRecorder(), outer)
		if len(got) != i+1 || !reflect.DeepEqual(got[i], key.Config()) {
			t.Fatalf("request %d: %+v, want the key config %d", i, got, key.Config().ID)
		}
	}
	if _, ok := KeyOf(t.Context()); ok {
		t.Error("a key without an envelope")
	}
}
