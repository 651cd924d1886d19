package dcap

import (
	"encoding/binary"
	"fmt"
)

// qeIdentity is Intel's QE identity, version 2: what the quoting enclave must be.
type qeIdentity struct {
	window           window
	evaluationNumber uint32
	miscSelect       uint32
	miscMask         uint32
	attributes, mask [16]byte
	mrsigner         [32]byte
	isvProdID        uint16
	levels           []svnLevel // highest first
}

func parseQEIdentity(raw []byte, tee TEE) (*qeIdentity, error) {
	id := map[TEE]string{TEESGX: "QE", TEETDX: "TD_QE"}[tee]
	var err error
	d := parseSigned("enclaveIdentity", raw, &err)
	if got := d.text("id"); err == nil && got != id {
		d.fail("id", "expected %q, got %s", id, shown(got))
	}
	if got := d.number("version", 1<<16); err == nil && got != 2 {
		d.fail("version", "expected 2, got %d", got)
	}
	q := &qeIdentity{
		window:           window{"the QE identity", d.instant("issueDate"), d.instant("nextUpdate")},
		evaluationNumber: d.number("tcbEvaluationDataNumber", 1<<31),
		isvProdID:        uint16(d.number("isvprodid", 1<<16-1)),
	}
	var misc, mask [4]byte
	d.bytes("miscselect", misc[:])
	d.bytes("miscselectMask", mask[:])
	q.miscSelect, q.miscMask = binary.LittleEndian.Uint32(misc[:]), binary.LittleEndian.Uint32(mask[:])
	d.bytes("attributes", q.attributes[:])
	d.bytes("attributesMask", q.mask[:])
	d.bytes("mrsigner", q.mrsigner[:])
	q.levels = d.svnLevels()
	if err != nil {
		return nil, err
	}
	return q, nil
}

// matches holds a quoting enclave's report against the identity.
func (q *qeIdentity) matches(qe *Report) error {
	var attributes [16]byte
	binary.LittleEndian.PutUint64(attributes[:], qe.Flags)
	binary.LittleEndian.PutUint64(attributes[8:], qe.XFRM)
	for i := range attributes {
		attributes[i] &= q.mask[i]
	}
	switch {
	case qe.MRSIGNER != q.mrsigner:
		return CheckQEIdentity.failed(fmt.Sprintf("MRSIGNER %x", q.mrsigner), fmt.Sprintf("%x", qe.MRSIGNER), hintUntrusted)
	case qe.ISVProdID != q.isvProdID:
		return CheckQEIdentity.failed(fmt.Sprintf("product id %d", q.isvProdID), fmt.Sprintf("%d", qe.ISVProdID), hintUntrusted)
	case qe.MiscSelect&q.miscMask != q.miscSelect:
		return CheckQEIdentity.failed(fmt.Sprintf("MISCSELECT %#x under mask %#x", q.miscSelect, q.miscMask), fmt.Sprintf("%#x", qe.MiscSelect), hintUntrusted)
	case attributes != q.attributes:
		return CheckQEIdentity.failed(fmt.Sprintf("attributes %x under mask %x", q.attributes, q.mask), fmt.Sprintf("%x", attributes), hintUntrusted)
	}
	return nil
}
