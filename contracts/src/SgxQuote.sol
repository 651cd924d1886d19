// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";
import {ISgxQuoteVerifier} from "./interfaces/ISgxQuoteVerifier.sol";

/// @title A reader of SGX quotes, version 3, without their certificates
/// @dev Offsets are Intel's ("SGX ECDSA Quote Library Reference"). The length of the authentication data at 432 is not
/// signed and counts the certificates that were left away: it is not looked at.
library SgxQuote {
    uint256 private constant REPORT = 48;
    uint256 private constant SIGNED_END = 432;
    uint256 private constant SIGNATURE = 436;
    uint256 private constant KEY = 500;
    uint256 private constant QE_REPORT = 564;
    uint256 private constant QE_SIGNATURE = 948;
    uint256 private constant QE_AUTH = 1014;
    uint256 private constant MAX_QE_AUTH = 1024;

    /// @dev Version 3, key type 2 (ECDSA P-256), reserved 0.
    bytes8 private constant HEADER = 0x0300020000000000;
    bytes16 private constant INTEL_QE_VENDOR = 0x939a7233f79c4ca9940a0db3957f0607;
    /// @dev Intel's quoting enclave, the same since its first release: its signer and product id.
    bytes32 private constant QE_MRSIGNER = 0x8c4f5775d796503e96137f77c68a829a0056ac8ded70140b081b094490c57bff;
    uint16 private constant QE_PRODUCT = 1;

    uint64 internal constant INIT = 1 << 0;
    uint64 internal constant DEBUG = 1 << 1;
    uint64 internal constant MODE64 = 1 << 2;
    uint64 internal constant PROVISION_KEY = 1 << 4;
    uint64 internal constant EINITTOKEN_KEY = 1 << 5;

    uint256 private constant HALF_ORDER = P256.N / 2;

    /// @notice Verifies a quote under the PCK key (x, y). Reverts with what is wrong.
    /// @param minQeSvn lowest ISVSVN of the quoting enclave
    function check(bytes calldata quote, bytes32 x, bytes32 y, uint16 minQeSvn)
        internal
        view
        returns (ISgxQuoteVerifier.Report memory report)
    {
        if (quote.length < QE_AUTH) revert ISgxQuoteVerifier.BadQuote("length");
        uint256 auth = _u16(quote, QE_AUTH - 2);
        if (auth > MAX_QE_AUTH || quote.length != QE_AUTH + auth) revert ISgxQuoteVerifier.BadQuote("length");
        if (bytes8(quote[0:8]) != HEADER) revert ISgxQuoteVerifier.BadQuote("header");
        if (bytes16(quote[12:28]) != INTEL_QE_VENDOR) revert ISgxQuoteVerifier.BadQuote("vendor");

        if (!_verify(sha256(quote[QE_REPORT:QE_SIGNATURE]), quote, QE_SIGNATURE, x, y)) {
            revert ISgxQuoteVerifier.BadSignature("quoting enclave's report");
        }
        _checkQuotingEnclave(quote, minQeSvn);
        if (!_verify(
                sha256(quote[0:SIGNED_END]),
                quote,
                SIGNATURE,
                bytes32(quote[KEY:KEY + 32]),
                bytes32(quote[KEY + 32:KEY + 64])
            )) revert ISgxQuoteVerifier.BadSignature("quote");

        report.mrenclave = bytes32(quote[REPORT + 64:REPORT + 96]);
        report.mrsigner = bytes32(quote[REPORT + 128:REPORT + 160]);
        report.flags = _u64(quote, REPORT + 48);
        report.xfrm = _u64(quote, REPORT + 56);
        report.miscSelect = _u32(quote, REPORT + 16);
        report.isvProdId = _u16(quote, REPORT + 256);
        report.isvSvn = _u16(quote, REPORT + 258);
        report.reportDataLow = bytes32(quote[REPORT + 320:REPORT + 352]);
        report.reportDataHigh = bytes32(quote[REPORT + 352:REPORT + 384]);
    }

    /// @dev A PCK key certifies any enclave that may use the provisioning key. Without these checks a home-made "quoting
    /// enclave" could speak for any measurement.
    function _checkQuotingEnclave(bytes calldata quote, uint16 minQeSvn) private pure {
        if (bytes32(quote[QE_REPORT + 128:QE_REPORT + 160]) != QE_MRSIGNER) {
            revert ISgxQuoteVerifier.BadQuotingEnclave("signer");
        }
        if (_u16(quote, QE_REPORT + 256) != QE_PRODUCT) revert ISgxQuoteVerifier.BadQuotingEnclave("product");
        if (_u64(quote, QE_REPORT + 48) & ~MODE64 != INIT | PROVISION_KEY || _u32(quote, QE_REPORT + 16) != 0) {
            revert ISgxQuoteVerifier.BadQuotingEnclave("attributes");
        }
        if (_u16(quote, QE_REPORT + 258) < minQeSvn) revert ISgxQuoteVerifier.BadQuotingEnclave("security version");
        bytes32 binding = sha256(bytes.concat(quote[KEY:KEY + 64], quote[QE_AUTH:]));
        if (
            bytes32(quote[QE_REPORT + 320:QE_REPORT + 352]) != binding
                || bytes32(quote[QE_REPORT + 352:QE_REPORT + 384]) != 0
        ) revert ISgxQuoteVerifier.BadQuotingEnclave("binding");
    }

    /// @dev Quotes come with either of the two values of s that verify; the library takes the lower one only. It refuses
    /// r and s of zero or not below the order, and keys that are not on the curve.
    function _verify(bytes32 digest, bytes calldata quote, uint256 pos, bytes32 x, bytes32 y)
        private
        view
        returns (bool)
    {
        return verify(digest, bytes32(quote[pos:pos + 32]), bytes32(quote[pos + 32:pos + 64]), x, y);
    }

    /// @notice ECDSA on P-256, with any s below the order.
    function verify(bytes32 digest, bytes32 r, bytes32 s, bytes32 x, bytes32 y) internal view returns (bool) {
        if (uint256(s) >= P256.N) return false;
        if (uint256(s) > HALF_ORDER) s = bytes32(P256.N - uint256(s));
        return P256.verify(digest, r, s, x, y);
    }

    // Little-endian numbers. All offsets are constants below QE_AUTH, which is at most the quote's length.

    function _u16(bytes calldata b, uint256 pos) private pure returns (uint16) {
        uint256 w = _word(b, pos) >> 240;
        return uint16((w << 8) | (w >> 8));
    }

    function _u32(bytes calldata b, uint256 pos) private pure returns (uint32) {
        return uint32(_swap(_word(b, pos) >> 192) & type(uint32).max);
    }

    function _u64(bytes calldata b, uint256 pos) private pure returns (uint64) {
        return uint64(_swap(_word(b, pos) >> 192));
    }

    /// @dev The eight lowest bytes in reverse order.
    function _swap(uint256 v) private pure returns (uint256) {
        v = ((v & 0xff00ff00ff00ff00) >> 8) | ((v & 0x00ff00ff00ff00ff) << 8);
        v = ((v & 0xffff0000ffff0000) >> 16) | ((v & 0x0000ffff0000ffff) << 16);
        return ((v & 0xffffffff00000000) >> 32) | ((v & 0x00000000ffffffff) << 32);
    }

    function _word(bytes calldata b, uint256 pos) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := calldataload(add(b.offset, pos))
        }
    }
}
