package envelope

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func newInner(t testing.TB, method, url, body string) *http.Request {
	t.Helper()
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return req
}

func TestRequestMessage(t *testing.T) {
	req := newInner(t, "POST", "https://pod.invalid:8443/api/chat?x=%2F&y", `{"model":"wisp"}`)
	req.Header = http.Header{
		"Content-Type": {"application/json"}, "Phallama-Pay": {" v=1, owner=0x1 "},
		"Accept": {"a/b", "c/d"}, "Cookie": {"a=1", "b=2"}, "Content-Length": {"999"},
		"Connection": {"X-Hop, keep-alive"}, "X-Hop": {"1"}, "Transfer-Encoding": {"chunked"}, "Te": {"trailers"},
	}
	b, err := encodeRequest(req, []byte(`{"model":"wisp"}`))
	if err != nil {
		t.Fatal(err)
	}
	if len(b) != 2048 {
		t.Errorf("padded to %d bytes, expected 2048", len(b))
	}
	got, err := decodeRequest(b)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	want := http.Header{
		"Content-Type": {"application/json"}, "Phallama-Pay": {"v=1, owner=0x1"},
		"Accept": {"a/b, c/d"}, "Cookie": {"a=1; b=2"},
	}
	if diff := cmp.Diff(want, got.Header); diff != "" {
		t.Error(diff)
	}
	if got.Method != "POST" || got.Host != "pod.invalid:8443" || got.URL.String() != "/api/chat?x=%2F&y" || string(body) != `{"model":"wisp"}` || got.ContentLength != 16 {
		t.Errorf("%s %s %s %q %d", got.Method, got.Host, got.URL, body, got.ContentLength)
	}
}

func TestPaddedSize(t *testing.T) {
	for n, want := range map[int]int{0: 2048, 1: 2048, 2048: 2048, 2049: 4096, 5000: 8192, 1 << 20: 1 << 20} {
		if got := PaddedSize(n); got != want {
			t.Errorf("PaddedSize(%d) = %d, expected %d", n, got, want)
		}
	}
}

// message builds a known-length request from its parts.
func message(control []string, lines []string, rest string) []byte {
	b := []byte{framingRequest}
	for _, s := range control {
		b = appendString(b, s)
	}
	var section []byte
	for _, s := range lines {
		section = appendString(section, s)
	}
	return append(appendString(b, string(section)), rest...)
}

func TestRequestMessageRefusals(t *testing.T) {
	control := []string{"POST", "https", "pod", "/api/chat"}
	with := func(i int, s string) []string {
		c := append([]string(nil), control...)
		c[i] = s
		return c
	}
	for _, ok := range [][]byte{
		message(control, nil, ""),
		message(control, nil, "\x02hi"),
		message(control, []string{"content-length", "2"}, "\x02hi\x00\x00\x00"),
		message(control, []string{"x", ""}, "\x00"),
		message(control, []string{"host", "pod"}, ""),
		message(with(2, ""), []string{"host", "pod"}, ""),
	} {
		if _, err := decodeRequest(ok); err != nil {
			t.Errorf("%q: %v", ok, err)
		}
	}
	many := []string{}
	for i := range maxFields + 1 {
		many = append(many, "x"+strings.Repeat("y", i), "")
	}
	for name, b := range map[string][]byte{
		"empty":                       {},
		"a response":                  {1},
		"an indeterminate request":    {2},
		"framing in a longer form":    append([]byte{0x40}, message(control, nil, "")...),
		"no header section":           message(control, nil, "")[:len(message(control, nil, ""))-1],
		"control data cut":            message(control, nil, "")[:9],
		"length beyond the message":   message(control, nil, "\x3fhi"),
		"trailers":                    message(control, nil, "\x00\x04\x01a\x01b"),
		"padding not zero":            message(control, nil, "\x00\x00\x00\x01"),
		"empty method":                message(with(0, ""), nil, ""),
		"method not a token":          message(with(0, "GE T"), nil, ""),
		"CONNECT":                     message(with(0, "CONNECT"), nil, ""),
		"long method":                 message(with(0, strings.Repeat("A", maxMethodBytes+1)), nil, ""),
		"http":                        message(with(1, "http"), nil, ""),
		"no authority":                message(with(2, ""), nil, ""),
		"userinfo":                    message(with(2, "a@pod"), nil, ""),
		"authority with a path":       message(with(2, "pod/x"), nil, ""),
		"long authority":              message(with(2, strings.Repeat("a", maxAuthority+1)), nil, ""),
		"relative path":               message(with(3, "api"), nil, ""),
		"asterisk":                    message(with(3, "*"), nil, ""),
		"path with a line break":      message(with(3, "/a\r\nx: y"), nil, ""),
		"path with a space":           message(with(3, "/a b"), nil, ""),
		"path with a fragment":        message(with(3, "/a#b"), nil, ""),
		"path with a broken escape":   message(with(3, "/%zz"), nil, ""),
		"long path":                   message(with(3, "/"+strings.Repeat("a", maxPathBytes)), nil, ""),
		"pseudo-field":                message(control, []string{":path", "/"}, ""),
		"upper-case name":             message(control, []string{"Accept", "x"}, ""),
		"empty name":                  message(control, []string{"", "x"}, ""),
		"name with a space":           message(control, []string{"a b", "x"}, ""),
		"duplicate name":              message(control, []string{"a", "x", "a", "x"}, ""),
		"line break in a value":       message(control, []string{"a", "x\r\nb: y"}, ""),
		"NUL in a value":              message(control, []string{"a", "x\x00"}, ""),
		"space before a value":        message(control, []string{"a", " x"}, ""),
		"name without a value":        message(control, []string{"a"}, ""),
		"connection":                  message(control, []string{"connection", "close"}, ""),
		"transfer-encoding":           message(control, []string{"transfer-encoding", "chunked"}, ""),
		"another host":                message(control, []string{"host", "other"}, ""),
		"bad host":                    message(with(2, ""), []string{"host", "a@b"}, ""),
		"content-length that is off":  message(control, []string{"content-length", "3"}, "\x02hi"),
		"content-length with a plus":  message(control, []string{"content-length", "+2"}, "\x02hi"),
		"too many fields":             message(control, many, ""),
		"too many bytes in the field": message(control, []string{"a", strings.Repeat("x", maxFieldBytes)}, ""),
	} {
		req, err := decodeRequest(b)
		var malformed messageError
		if !errors.As(err, &malformed) {
			t.Errorf("%s: %v, %v", name, req, err)
		}
	}
}

func TestRequestMessageEncodeRefusals(t *testing.T) {
	for name, edit := range map[string]func(*http.Request){
		"http":             func(r *http.Request) { r.URL.Scheme = "http" },
		"no host":          func(r *http.Request) { r.Host, r.URL.Host = "", "" },
		"bad method":       func(r *http.Request) { r.Method = "GE T" },
		"line break":       func(r *http.Request) { r.Header.Set("A", "b\r\nc: d") },
		"bad name":         func(r *http.Request) { r.Header["A B"] = []string{"c"} },
		"request trailers": func(r *http.Request) { r.Trailer = http.Header{"A": {"b"}} },
		"two set-cookies":  func(r *http.Request) { r.Header["Set-Cookie"] = []string{"a=1", "b=2"} },
	} {
		req := newInner(t, "POST", "https://pod/api", "")
		edit(req)
		if _, err := encodeRequest(req, nil); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// responseMessage builds an indeterminate-length response from a status and
// what follows it.
func responseMessage(rest string) []byte {
	return append([]byte{framingResponse, 0x40, 200}, rest...)
}

func readAllResponse(b []byte) (*http.Response, string, error) {
	res, err := readResponse(bytes.NewReader(b), io.NopCloser(nil))
	if err != nil {
		return nil, "", err
	}
	body, err := io.ReadAll(res.Body)
	return res, string(body), err
}

func TestResponseMessage(t *testing.T) {
	b, err := appendResponseHead(nil, 429, http.Header{"Retry-After": {"3"}, "Content-Length": {"5"}})
	if err != nil {
		t.Fatal(err)
	}
	head := len(b)
	b = appendContent(b, []byte("slow "))
	b = appendContent(b, []byte("down"))
	content := len(b)
	b, err = appendResponseEnd(b, http.Header{"Phallama-Receipt": {"r"}})
	if err != nil {
		t.Fatal(err)
	}
	res, body, err := readAllResponse(append(b, 0, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != 429 || res.Status != "429 Too Many Requests" || body != "slow down" || res.ContentLength != -1 {
		t.Errorf("%d %q %q %d", res.StatusCode, res.Status, body, res.ContentLength)
	}
	if diff := cmp.Diff(http.Header{"Retry-After": {"3"}}, res.Header); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(http.Header{"Phallama-Receipt": {"r"}}, res.Trailer); diff != "" {
		t.Error(diff)
	}
	// RFC 9292 section 3.8 lets a sender leave out empty content and trailers;
	// a prefix that looks so is legal here, and caught by the final chunk.
	for i := range len(b) {
		if _, body, err := readAllResponse(b[:i]); (err == nil) != (i == head || i == content+1) {
			t.Errorf("%d of %d bytes: %q, %v", i, len(b), body, err)
		}
	}
}

// refusedResponses are inner responses that are malformed.
var refusedResponses = map[string][]byte{
	"empty":                    {},
	"a request":                {0},
	"a known-length response":  {1, 0x40, 200, 0},
	"informational":            {framingResponse, 0x40, 103, 0},
	"status 600":               {framingResponse, 0x42, 0x58, 0},
	"no header terminator":     responseMessage(""),
	"no content terminator":    responseMessage("\x00\x02hi"),
	"content cut":              responseMessage("\x00\x03hi"),
	"trailers cut":             responseMessage("\x00\x00\x01a\x01b"),
	"trailer name cut":         responseMessage("\x00\x00\x03a"),
	"bad trailer":              responseMessage("\x00\x00\x01A\x01b\x00"),
	"bad padding":              responseMessage("\x00\x00\x00\x00\x01"),
	"longer than announced":    responseMessage("\x0econtent-length\x011\x00\x02hi\x00"),
	"shorter than announced":   responseMessage("\x0econtent-length\x013\x00\x02hi\x00"),
	"nothing though promised":  responseMessage("\x0econtent-length\x013\x00"),
	"bad content-length":       responseMessage("\x0econtent-length\x02-1\x00"),
	"connection field":         responseMessage("\x0aconnection\x05close\x00"),
	"huge field":               responseMessage("\x80\x01\x00\x00"),
	"length in longer form":    responseMessage("\x00\x40\x02hi\x00"),
	"a field twice":            responseMessage("\x01a\x01b\x01a\x01b\x00"),
	"a trailer twice":          responseMessage("\x00\x00\x01a\x01b\x01a\x01b\x00"),
	"a pseudo-field":           responseMessage("\x07:status\x03200\x00"),
	"line break in a value":    responseMessage("\x01a\x03b\r\n\x00"),
	"space after a value":      responseMessage("\x01a\x02b \x00"),
	"content-length of a sign": responseMessage("\x0econtent-length\x02+2\x00\x02hi\x00"),
	"status in longer form":    {framingResponse, 0x80, 0, 0, 200, 0},
	"framing in longer form":   {0x40, framingResponse, 0x40, 200, 0},
	"status 0":                 {framingResponse, 0},
	"field name cut":           responseMessage("\x03a"),
	"field value cut":          responseMessage("\x01a\x03b"),
}

func TestResponseMessageTruncatedEmptyParts(t *testing.T) {
	for _, rest := range []string{"\x00", "\x00\x00", "\x00\x00\x00", "\x00\x00\x00\x00\x00"} {
		if _, body, err := readAllResponse(responseMessage(rest)); err != nil || body != "" {
			t.Errorf("%q: %q, %v", rest, body, err)
		}
	}
	if _, body, err := readAllResponse(responseMessage("\x00\x02hi\x00")); err != nil || body != "hi" {
		t.Errorf("%q, %v", body, err)
	}
	for name, b := range refusedResponses {
		if _, body, err := readAllResponse(b); err == nil {
			t.Errorf("%s: accepted with %q", name, body)
		} else if err == ErrOpen || errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%s: %v, expected an error of the inner message", name, err)
		}
	}
}
