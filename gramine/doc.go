// Package gramine computes which enclave a release of podd is: it renders the manifest with which Gramine starts podd,
// holds rules against it, and computes MRENCLAVE, the measurement that a quote proves. It needs neither SGX nor Gramine:
// the measurement is arithmetic over the manifest, in the form Gramine's signer gives it, and over Gramine's libpal.so.
//
// docs/spec/mrenclave.md says what is computed, docs/operate/enclave.md how an operator uses it.
//
// # Sources
//
// Records of ECREATE, EADD and EEXTEND, and the layout of SECINFO and TCS, are those of Intel's Software Developer's
// Manual, volume 3D, chapters "Enclave Access Control and Data Structures" and "Intel SGX Instruction References".
// Which pages there are, in which order, with what in them, is Gramine's: version 1.9, as its signer
// (python/graminelibos/sgx_sign.py) and its loader (pal/src/host/linux-sgx/host_main.c) have it.
package gramine

// Version is the version of Gramine whose enclaves are computed here. Another version may lay them out differently.
const Version = "1.9"
