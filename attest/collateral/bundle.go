package collateral

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/strictjson"
	"github.com/phallama/phallama/durable"
)

// Limits of a bundle.
const (
	MaxBundleSize    = 64 << 20 // bytes of JSON
	MaxBundleEntries = 256
	bundleVersion    = 1
)

// Bundle is collateral in one file, for places without a network. In JSON:
// {"version":1,"created":"<RFC 3339>","collateral":[{"id":"sgx-00606a000000-platform","collateral":{…}}]}.
type Bundle struct {
	Created time.Time
	entries map[dcap.CollateralID]*dcap.Collateral
}

var _ Source = (*Bundle)(nil)

// NewBundle makes an empty bundle.
func NewBundle(created time.Time) *Bundle {
	return &Bundle{Created: created.UTC().Truncate(time.Second), entries: map[dcap.CollateralID]*dcap.Collateral{}}
}

// Add puts collateral into the bundle; it takes the place of what has the same
// name.
func (b *Bundle) Add(id dcap.CollateralID, c *dcap.Collateral) error {
	if err := checkID(id); err != nil {
		return err
	}
	if _, there := b.entries[id]; !there && len(b.entries) == MaxBundleEntries {
		return fmt.Errorf("collateral bundle: expected at most %d entries", MaxBundleEntries)
	}
	b.entries[id] = c
	return nil
}

// IDs are the names of what is in the bundle, sorted.
func (b *Bundle) IDs() []dcap.CollateralID {
	ids := make([]dcap.CollateralID, 0, len(b.entries))
	for id := range b.entries {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b dcap.CollateralID) int { return strings.Compare(a.String(), b.String()) })
	return ids
}

// Collateral implements [Source].
func (b *Bundle) Collateral(_ context.Context, id dcap.CollateralID) (*dcap.Collateral, error) {
	if c, ok := b.entries[id]; ok {
		return c, nil
	}
	return nil, fmt.Errorf("collateral bundle of %s: expected %s, got %v: make a new one where there is a network (phallama collateral bundle)", b.Created.Format(time.DateOnly), id, b.IDs())
}

type bundleEntry struct {
	ID         string           `json:"id"`
	Collateral *dcap.Collateral `json:"collateral"`
}

// MarshalJSON implements json.Marshaler: the same bytes for the same contents.
func (b *Bundle) MarshalJSON() ([]byte, error) {
	list := []bundleEntry{}
	for _, id := range b.IDs() {
		list = append(list, bundleEntry{id.String(), b.entries[id]})
	}
	return json.Marshal(struct {
		Version    int           `json:"version"`
		Created    time.Time     `json:"created"`
		Collateral []bundleEntry `json:"collateral"`
	}{bundleVersion, b.Created, list})
}

// ParseBundle reads a bundle.
func ParseBundle(data []byte) (*Bundle, error) {
	if len(data) > MaxBundleSize {
		return nil, fmt.Errorf("collateral bundle: expected at most %d bytes, got %d", MaxBundleSize, len(data))
	}
	fields, err := strictjson.Exactly(data, "version", "created", "collateral")
	if err != nil {
		return nil, fmt.Errorf("collateral bundle: %w", err)
	}
	var version int
	var created time.Time
	for _, f := range []struct {
		name string
		into any
	}{{"version", &version}, {"created", &created}} {
		if err := json.Unmarshal(fields[f.name], f.into); err != nil {
			return nil, fmt.Errorf("collateral bundle: %s: %w", f.name, err)
		}
	}
	if version != bundleVersion {
		return nil, fmt.Errorf("collateral bundle: expected version %d, got %d: it is of another version of this program", bundleVersion, version)
	}
	b := NewBundle(created)
	if year := b.Created.Year(); year < 0 || year > 9999 { // RFC 3339 has no others, in UTC
		return nil, fmt.Errorf("collateral bundle: created: expected a year of 0 to 9999 in UTC, got %d", year)
	}
	if err := b.parseEntries(fields["collateral"]); err != nil {
		return nil, err
	}
	return b, nil
}

// parseEntries takes a list one entry at a time: a list of millions of small
// things would need many times the memory of its text.
func (b *Bundle) parseEntries(list []byte) error {
	dec := json.NewDecoder(bytes.NewReader(list))
	if tok, err := dec.Token(); err != nil || tok != json.Delim('[') {
		return fmt.Errorf("collateral bundle: collateral: expected a list, got %.40q", list)
	}
	for i := 0; dec.More(); i++ {
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return fmt.Errorf("collateral bundle: entry %d: %w", i, err)
		}
		id, c, err := parseEntry(raw)
		if err != nil {
			return fmt.Errorf("collateral bundle: entry %d: %w", i, err)
		}
		if _, twice := b.entries[id]; twice {
			return fmt.Errorf("collateral bundle: entry %d: %s twice", i, id)
		}
		if err := b.Add(id, c); err != nil { // it counts them
			return err
		}
	}
	return nil
}

func parseEntry(raw []byte) (dcap.CollateralID, *dcap.Collateral, error) {
	fields, err := strictjson.Exactly(raw, "id", "collateral")
	if err != nil {
		return dcap.CollateralID{}, nil, err
	}
	var name string
	if err := json.Unmarshal(fields["id"], &name); err != nil {
		return dcap.CollateralID{}, nil, err
	}
	id, err := ParseID(name)
	if err != nil {
		return dcap.CollateralID{}, nil, err
	}
	c, err := dcap.ParseCollateral(fields["collateral"])
	return id, c, err
}

// ReadBundle reads a bundle's file.
func ReadBundle(path string) (*Bundle, error) {
	data, err := readFile(path, MaxBundleSize)
	if err != nil {
		return nil, err
	}
	b, err := ParseBundle(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return b, nil
}

// Write writes the bundle to a file, whole or not at all.
func (b *Bundle) Write(path string) error {
	data, err := json.Marshal(b)
	if err != nil {
		return err
	}
	if err := durable.Replace(path, append(bytes.TrimSpace(data), '\n')); err != nil {
		return fmt.Errorf("collateral: %w", err)
	}
	return nil
}

// ParseID reads a name as [dcap.CollateralID] prints it.
func ParseID(name string) (dcap.CollateralID, error) {
	bad := fmt.Errorf("collateral: expected a name such as sgx-00606a000000-platform, got %.60q", name)
	parts := strings.Split(name, "-")
	if len(parts) != 3 {
		return dcap.CollateralID{}, bad
	}
	id := dcap.CollateralID{TEE: dcap.TEE(parts[0]), CA: dcap.PCKCA(parts[2])}
	fmspc, err := hex.DecodeString(parts[1])
	if err != nil || len(fmspc) != len(id.FMSPC) || checkID(id) != nil {
		return dcap.CollateralID{}, bad
	}
	id.FMSPC = [6]byte(fmspc)
	if id.String() != name {
		return dcap.CollateralID{}, bad
	}
	return id, nil
}
