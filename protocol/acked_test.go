package protocol

import (
	"bytes"
	"testing"
)

// A row that was acknowledged is a row of a settlement without its charge.
func TestAckedRowBytes(t *testing.T) {
	v := loadTypedDataVectors(t)
	var rows []AckedRow
	var want []byte
	for _, c := range v.Rows {
		session := SessionKey{Owner: c.Owner, Signer: c.Signer, Salt: c.Salt}
		voucher := Voucher{Ceiling: c.Ceiling, Acked: c.Acked, RequestHash: c.RequestHash}
		signature := Signature(append(c.R[:], c.VS[:]...))
		whole := Row{Session: session, Charged: c.Charged, Voucher: voucher, Signature: signature}.Bytes()
		rows = append(rows, AckedRow{Session: session, Voucher: voucher, Signature: signature})
		want = append(append(want, whole[:48]...), whole[60:]...)
	}
	if got := AckedRowBytes(rows); len(rows) == 0 || len(got) != AckedRowSize*len(rows) || !bytes.Equal(got, want) {
		t.Errorf("%d rows are %x, want %x", len(rows), got, want)
	}
}
