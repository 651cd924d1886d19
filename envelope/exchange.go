package envelope

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"
)

// maxProblemBytes is the longest outer error answer that a client reads.
const maxProblemBytes = 4096

// Exchange is a client's sealed request, and the means to open its response.
// It is for one sending: sealed again, the same request gets new keys.
type Exchange struct {
	inner  *http.Request
	shaped bool
	sealer *RequestSealer
	sealed []byte
}

// Seal seals an inner request to the holder of config's key. The URL must be
// https with a host; both stay inside. The body is read whole and closed, and
// with the fields may not exceed DefaultMaxRequestBytes after padding to
// [PaddedSize]. Its field [HeaderShape], if there is one, must name a [Shape],
// which the answer is held to.
func Seal(config KeyConfig, inner *http.Request) (*Exchange, error) {
	shape, err := shapeOf(inner.Header)
	if err != nil {
		return nil, err
	}
	var body []byte
	if inner.Body != nil {
		body, err = io.ReadAll(io.LimitReader(inner.Body, DefaultMaxRequestBytes+1))
		_ = inner.Body.Close()
		if err != nil {
			return nil, fmt.Errorf("envelope: reading the request body: %w", err)
		}
	}
	if len(body) > DefaultMaxRequestBytes {
		return nil, ErrTooLarge
	}
	message, err := encodeRequest(inner, body)
	if err != nil {
		return nil, err
	}
	if len(message) > DefaultMaxRequestBytes {
		return nil, ErrTooLarge
	}
	var sealed bytes.Buffer
	sealer, err := NewRequestSealer(config, &sealed)
	if err != nil {
		return nil, err
	}
	if err := sealer.Finish(message); err != nil {
		return nil, err
	}
	return &Exchange{inner: inner, shaped: shape != ShapeOff, sealer: sealer, sealed: sealed.Bytes()}, nil
}

// NewRequest returns the outer request, to be sent to a pod or a relay. Its
// header holds nothing that tells one client from another.
func (x *Exchange) NewRequest(ctx context.Context, url string) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(x.sealed))
	if err != nil {
		return nil, fmt.Errorf("envelope: outer request: %w", err)
	}
	req.Header.Set("Content-Type", MediaTypeRequest)
	req.Header.Set("Incremental", "?1")
	req.Header.Set("Accept-Encoding", "identity")
	req.Header["User-Agent"] = []string{""} // net/http sends none
	return req, nil
}

// Open opens the answer to the outer request. It returns once the inner header
// has arrived; the body streams as it is sealed. Its io.EOF means that the
// final chunk was authenticated, and only then is Trailer filled. An answer
// outside the envelope is a *[RefusedError].
//
// Open takes over the outer body: closing the inner body closes it.
func (x *Exchange) Open(outer *http.Response) (*http.Response, error) {
	if outer.StatusCode != http.StatusOK || !hasMediaType(outer.Header, MediaTypeResponse) {
		return nil, refused(outer)
	}
	opener := x.sealer.OpenResponse(outer.Body)
	if x.shaped {
		opener.chunks.cells = new(cellReader)
	}
	res, err := readResponse(opener, outer.Body)
	if err != nil {
		_ = outer.Body.Close()
		return nil, err
	}
	res.Request = x.inner
	return res, nil
}

// RefusedError says that the outer answer was not an encapsulated response.
// Nothing in it is authenticated.
type RefusedError struct {
	Status      int  // of the outer answer
	KeyMismatch bool // the pod asks for a request sealed to its current key
	// RetryAfter is when it says to ask again, in whole seconds of at most a day; 0: it does not say.
	RetryAfter time.Duration
	// KeyConfig is what [Handler].KeyProblem gave, of less than 4 KiB; nil if
	// nothing. It is valid JSON, and as little authenticated as the rest.
	KeyConfig json.RawMessage
}

// problem is a problem document (RFC 9457) with the extension member keyConfig.
type problem struct {
	Type      string          `json:"type"`
	Title     string          `json:"title,omitempty"`
	KeyConfig json.RawMessage `json:"keyConfig,omitempty"`
}

func (e *RefusedError) Error() string {
	if e.KeyMismatch {
		return "envelope: the pod does not hold the key this request was sealed to: fetch its current key config and seal again"
	}
	return fmt.Sprintf("envelope: answered outside the envelope with status %d, expected 200 and %s", e.Status, MediaTypeResponse)
}

func refused(outer *http.Response) *RefusedError {
	defer outer.Body.Close()
	e := &RefusedError{Status: outer.StatusCode}
	if seconds, err := strconv.Atoi(outer.Header.Get("Retry-After")); err == nil && seconds > 0 {
		e.RetryAfter = time.Duration(min(seconds, 24*60*60)) * time.Second
	}
	if outer.StatusCode < 400 || outer.StatusCode > 499 || !hasMediaType(outer.Header, "application/problem+json") {
		return e
	}
	var p problem
	b, err := io.ReadAll(io.LimitReader(outer.Body, maxProblemBytes+1))
	if err == nil && len(b) <= maxProblemBytes && json.Unmarshal(b, &p) == nil && p.Type == KeyProblemType {
		e.KeyMismatch, e.KeyConfig = true, p.KeyConfig
	}
	return e
}

func hasMediaType(header http.Header, want string) bool {
	got, _, err := mime.ParseMediaType(header.Get("Content-Type"))
	return got == want && (err == nil || errors.Is(err, mime.ErrInvalidMediaParameter))
}
