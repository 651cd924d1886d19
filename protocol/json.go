package protocol

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// decodeStrictly reads one JSON value of at most so many bytes, without fields that it does not know, and nothing after it.
func decodeStrictly(raw []byte, most int, into any) error {
	if len(raw) > most {
		return fmt.Errorf("want at most %d bytes, got %d", most, len(raw))
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if _, more := decoder.Token(); !errors.Is(more, io.EOF) {
		return errors.New("something follows the JSON value")
	}
	return nil
}
