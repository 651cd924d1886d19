package dcap

import (
	"crypto/x509"
	"encoding/asn1"
	"fmt"
)

// SGXType is the kind of SGX a platform has, from its PCK certificate.
type SGXType uint8

// Values of the SGX type. Only SGXStandard has hardware protection of memory
// against replay.
const (
	SGXStandard          SGXType = 0
	SGXScalable          SGXType = 1
	SGXScalableIntegrity SGXType = 2
)

// String implements fmt.Stringer.
func (t SGXType) String() string {
	switch t {
	case SGXStandard:
		return "standard"
	case SGXScalable:
		return "scalable"
	case SGXScalableIntegrity:
		return "scalable-with-integrity"
	}
	return fmt.Sprintf("unknown(%d)", uint8(t))
}

// PCK holds the facts of the SGX extension of a PCK certificate: which platform
// it is, and at which security versions the certificate was issued.
type PCK struct {
	PPID               [16]byte // identifies the platform
	ComponentSVNs      [16]uint8
	PCESVN             uint16
	CPUSVN             [16]byte
	PCEID              [2]byte
	FMSPC              [6]byte // the platform's model, the key of its TCB info
	SGXType            SGXType
	PlatformInstanceID *[16]byte         // Platform CA only
	Configuration      *PCKConfiguration // Platform CA only
}

// PCKConfiguration is how a multi-package platform is set up.
type PCKConfiguration struct {
	DynamicPlatform bool // packages may be added or replaced
	CachedKeys      bool // Intel's registration service keeps the platform's root keys
	SMTEnabled      bool
}

// oidSGX is id-ce-sGXExtensions; its arc numbers the fields below it.
var oidSGX = asn1.ObjectIdentifier{1, 2, 840, 113741, 1, 13, 1}

// ParsePCK reads the SGX extension of a PCK certificate. Fields that Intel's
// profile does not name, names twice or leaves out are errors.
func ParsePCK(cert *x509.Certificate) (*PCK, error) {
	var ext []byte
	found := 0
	for _, e := range cert.Extensions {
		if e.Id.Equal(oidSGX) {
			ext, found = e.Value, found+1
		}
	}
	if found != 1 {
		return nil, CheckPCKExtension.failed(fmt.Sprintf("one SGX extension (%s)", oidSGX), fmt.Sprintf("%d", found), hintUntrusted)
	}
	pck, err := parseSGXExtension(ext)
	if err != nil {
		return nil, CheckPCKExtension.failed("an SGX extension as in Intel's PCK certificate profile", err.Error(), hintUntrusted)
	}
	return pck, nil
}

func parseSGXExtension(der []byte) (*PCK, error) {
	pck := new(PCK)
	top := parseFields(der, oidSGX, 7)
	top.octets(1, pck.PPID[:])
	tcb := top.sequence(2, 18)
	top.octets(3, pck.PCEID[:])
	top.octets(4, pck.FMSPC[:])
	pck.SGXType = SGXType(top.enum(5, int(SGXScalableIntegrity)))
	if top.has(6) {
		pck.PlatformInstanceID = new([16]byte)
		top.octets(6, pck.PlatformInstanceID[:])
	}
	var config *fields
	if top.has(7) {
		config = top.sequence(7, 3)
		pck.Configuration = &PCKConfiguration{
			DynamicPlatform: config.boolean(1),
			CachedKeys:      config.boolean(2),
			SMTEnabled:      config.boolean(3),
		}
	}
	for i := range pck.ComponentSVNs {
		pck.ComponentSVNs[i] = uint8(tcb.integer(i+1, 1<<8-1))
	}
	pck.PCESVN = uint16(tcb.integer(17, 1<<16-1))
	tcb.octets(18, pck.CPUSVN[:])

	for _, f := range []*fields{top, tcb, config} {
		if f != nil && f.err != nil {
			return nil, f.err
		}
	}
	return pck, nil
}

// fields is a SEQUENCE OF (identifier, value) whose identifiers are oid.N. The
// first error sticks: reads after it return zeros.
type fields struct {
	oid    asn1.ObjectIdentifier
	values map[int]asn1.RawValue
	err    error
}

// parseFields reads such a sequence. Identifiers other than oid.1 to oid.most,
// and identifiers that come twice, are errors; a missing one is an error when it
// is read.
func parseFields(der []byte, oid asn1.ObjectIdentifier, most int) *fields {
	f := &fields{oid: oid, values: make(map[int]asn1.RawValue, most)}
	var list []struct {
		ID    asn1.ObjectIdentifier
		Value asn1.RawValue
	}
	if rest, err := asn1.Unmarshal(der, &list); err != nil {
		f.err = fmt.Errorf("sequence %s: %w", oid, err)
	} else if len(rest) != 0 {
		f.err = fmt.Errorf("sequence %s: %d bytes left over", oid, len(rest))
	}
	for _, item := range list {
		last := len(item.ID) - 1
		if last != len(oid) || !item.ID[:last].Equal(oid) || item.ID[last] < 1 || item.ID[last] > most {
			f.fail("unknown field %s", shown(item.ID.String()))
			return f
		}
		n := item.ID[last]
		if f.has(n) {
			f.fail("field %d twice", n)
		}
		f.values[n] = item.Value
	}
	return f
}

func (f *fields) fail(format string, args ...any) {
	if f.err == nil {
		f.err = fmt.Errorf("sequence %s: %w", f.oid, fmt.Errorf(format, args...))
	}
}

func (f *fields) has(n int) bool {
	_, ok := f.values[n]
	return ok
}

// read decodes field n into dst, whose type decides what the field must be.
func (f *fields) read(n int, dst any) {
	if f.err != nil {
		return
	}
	if !f.has(n) {
		f.fail("no field %s.%d", f.oid, n)
		return
	}
	rest, err := asn1.Unmarshal(f.values[n].FullBytes, dst)
	if err != nil {
		f.fail("field %d: %w", n, err)
	} else if len(rest) != 0 {
		f.fail("field %d: %d bytes left over", n, len(rest))
	}
}

func (f *fields) octets(n int, dst []byte) {
	var b []byte
	f.read(n, &b)
	if f.err == nil && len(b) != len(dst) {
		f.fail("field %d: %d bytes where %d belong", n, len(b), len(dst))
		return
	}
	copy(dst, b)
}

func (f *fields) integer(n, most int) int {
	var v int
	f.read(n, &v)
	return f.bounded(n, v, most)
}

func (f *fields) enum(n, most int) int {
	var v asn1.Enumerated
	f.read(n, &v)
	return f.bounded(n, int(v), most)
}

func (f *fields) bounded(n, v, most int) int {
	if v < 0 || v > most {
		f.fail("field %d: %d is not in 0..%d", n, v, most)
		return 0
	}
	return v
}

func (f *fields) boolean(n int) bool {
	var v bool
	f.read(n, &v)
	return v
}

// sequence reads field n as fields oid.n.1 to oid.n.most.
func (f *fields) sequence(n, most int) *fields {
	var raw asn1.RawValue
	f.read(n, &raw)
	oid := append(append(asn1.ObjectIdentifier{}, f.oid...), n)
	if f.err != nil {
		return &fields{oid: oid, err: f.err}
	}
	return parseFields(raw.FullBytes, oid, most)
}
