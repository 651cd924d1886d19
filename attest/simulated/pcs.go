package simulated

import (
	"bytes"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/phallama/phallama/attest/dcap"
)

// Headers in which the service sends the chain of who signed the body: PEM,
// percent-encoded.
const (
	headerTCBInfoChain    = "TCB-Info-Issuer-Chain"
	headerQEIdentityChain = "SGX-Enclave-Identity-Issuer-Chain"
	headerPCKCRLChain     = "SGX-PCK-CRL-Issuer-Chain"
)

// ServePCS serves what Intel's Provisioning Certification Service (API version 4)
// serves without a subscription, for the platform's model, issued anew at each
// request. The root's revocation list is beside it, at the path that it has at
// certificates.trustedservices.intel.com. PCK certificates and the list of
// evaluation numbers are not served: quotes carry the former, and of the latter
// there is one.
func (p *Platform) ServePCS() http.Handler {
	mux := http.NewServeMux()
	const base = "/certification/v4/"
	for _, tee := range []dcap.TEE{dcap.TEESGX, dcap.TEETDX} {
		mux.HandleFunc("GET /"+string(tee)+base+"tcb", func(w http.ResponseWriter, r *http.Request) { p.serveTCB(w, r, tee) })
		mux.HandleFunc("GET /"+string(tee)+base+"qe/identity", func(w http.ResponseWriter, r *http.Request) { p.serveQEIdentity(w, r, tee) })
	}
	mux.HandleFunc("GET /sgx"+base+"pckcrl", p.servePCKCRL)
	mux.HandleFunc("GET /IntelSGXRootCA.der", func(w http.ResponseWriter, _ *http.Request) {
		c, err := p.Collateral(dcap.TEESGX)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/pkix-crl")
		_, _ = w.Write(c.RootCRL) // the peer is gone if it fails
	})
	return mux
}

func (p *Platform) serveTCB(w http.ResponseWriter, r *http.Request, tee dcap.TEE) {
	model, err := hex.DecodeString(r.URL.Query().Get("fmspc"))
	switch {
	case err != nil || len(model) != len(fmspc):
		http.Error(w, "SIMULATED PCS: fmspc must be 12 hexadecimal digits", http.StatusBadRequest)
		return
	case !currentOnly(w, r):
		return
	case !bytes.Equal(model, fmspc[:]):
		http.Error(w, fmt.Sprintf("SIMULATED PCS: no TCB info for %x: there is one model, %x", model, fmspc), http.StatusNotFound)
		return
	}
	c, err := p.Collateral(tee)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	serveDocument(w, headerTCBInfoChain, c.TCBInfoIssuerChain, "tcbInfo", c.TCBInfo, c.TCBInfoSignature)
}

func (p *Platform) serveQEIdentity(w http.ResponseWriter, r *http.Request, tee dcap.TEE) {
	if !currentOnly(w, r) {
		return
	}
	c, err := p.Collateral(tee)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	serveDocument(w, headerQEIdentityChain, c.QEIdentityIssuerChain, "enclaveIdentity", c.QEIdentity, c.QEIdentitySignature)
}

// currentOnly judges the parameters that choose among issues of a document. There
// is one: it is the early and the standard one.
func currentOnly(w http.ResponseWriter, r *http.Request) bool {
	query := r.URL.Query()
	update, number := query.Get("update"), query.Get("tcbEvaluationDataNumber")
	switch {
	case update != "" && number != "":
		http.Error(w, "SIMULATED PCS: update and tcbEvaluationDataNumber exclude each other", http.StatusBadRequest)
	case update != "" && update != "early" && update != "standard":
		http.Error(w, "SIMULATED PCS: update must be early or standard", http.StatusBadRequest)
	case number != "" && number != fmt.Sprint(evaluationNumber):
		http.Error(w, fmt.Sprintf("SIMULATED PCS: the one tcbEvaluationDataNumber is %d", evaluationNumber), http.StatusNotFound)
	default:
		return true
	}
	return false
}

// serveDocument answers {"name":document,"signature":"hex"}, with the document's
// bytes as they were signed.
func serveDocument(w http.ResponseWriter, header string, chain []byte, name string, document, signature []byte) {
	w.Header().Set(header, escape(chain))
	w.Header().Set("Content-Type", "application/json")
	_, _ = fmt.Fprintf(w, `{%q:%s,"signature":"%x"}`, name, document, signature) // the peer is gone if it fails
}

func (p *Platform) servePCKCRL(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	encoding := query.Get("encoding")
	if encoding != "" && encoding != "pem" && encoding != "der" {
		http.Error(w, "SIMULATED PCS: encoding must be pem or der", http.StatusBadRequest)
		return
	}
	s, err := p.statement(dcap.TEESGX, dcap.PCKCA(query.Get("ca")))
	if err != nil {
		http.Error(w, "SIMULATED PCS: ca must be processor or platform", http.StatusBadRequest)
		return
	}
	list, err := s.pckCRL.sign()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set(headerPCKCRLChain, escape(encodePEM(s.pckCRLChain...)))
	if encoding == "der" {
		w.Header().Set("Content-Type", "application/pkix-crl")
	} else {
		w.Header().Set("Content-Type", "application/x-pem-file")
		list = pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: list})
	}
	_, _ = w.Write(list) // the peer is gone if it fails
}

// escape percent-encodes a PEM chain as Intel does: blanks as %20, not +.
func escape(chain []byte) string {
	return strings.ReplaceAll(url.QueryEscape(string(chain)), "+", "%20")
}
