// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ISgxQuoteVerifier} from "./interfaces/ISgxQuoteVerifier.sol";

/// @title A reader of PCK certificates
/// @notice Walks an X.509 certificate in DER and takes out what registering a platform needs. It takes Intel's form only:
/// version 3, ECDSA with SHA-256, a P-256 key, the SGX extension (1.2.840.113741.1.13.1) with its fields in Intel's order.
/// @dev Every element is entered through its tag and its minimal definite length and must end where its parent does, so
/// that no caller can point at other bytes. Errors name the offset.
library PckCertificate {
    struct Pck {
        bytes32 tbsHash; // SHA-256 of what the CA signed
        bytes32 r;
        bytes32 s;
        bytes32 x;
        bytes32 y;
        bytes32 machine; // SHA-256 of the PPID
        bytes6 fmspc;
        bytes16 componentSvns;
        uint16 pceSvn;
        uint40 notBefore;
        uint40 notAfter;
    }

    uint8 private constant BOOLEAN = 0x01;
    uint8 private constant INTEGER = 0x02;
    uint8 private constant BIT_STRING = 0x03;
    uint8 private constant OCTET_STRING = 0x04;
    uint8 private constant OID = 0x06;
    uint8 private constant UTC_TIME = 0x17;
    uint8 private constant GENERALIZED_TIME = 0x18;
    uint8 private constant SEQUENCE = 0x30;
    uint8 private constant EXTENSIONS = 0xa3;

    /// @dev SEQUENCE { OID ecdsa-with-SHA256 }
    bytes12 private constant ECDSA_SHA256 = 0x300a06082a8648ce3d040302;
    /// @dev [0] { INTEGER 2 }
    bytes5 private constant VERSION_3 = 0xa003020102;
    /// @dev SubjectPublicKeyInfo of a P-256 key up to the uncompressed point.
    bytes27 private constant P256_KEY = 0x3059301306072a8648ce3d020106082a8648ce3d03010703420004;
    /// @dev Contents of the OID 1.2.840.113741.1.13.1; fields below it add one or two bytes.
    bytes9 private constant SGX = 0x2a864886f84d010d01;
    /// @dev Tag, length and contents of the OID SGX.2.0.
    uint256 private constant TCB_OID = 0x060b2a864886f84d010d010200;

    /// @notice Reads a certificate. Reverts with BadCertificate where it is not of the form.
    function parse(bytes calldata der) internal pure returns (Pck memory p) {
        (uint256 pos, uint256 end) = _enter(der, 0, der.length, SEQUENCE);
        if (end != der.length) revert ISgxQuoteVerifier.BadCertificate(end);
        (uint256 tbs, uint256 tbsEnd) = _enter(der, pos, end, SEQUENCE);
        p.tbsHash = sha256(der[pos:tbsEnd]);
        pos = _expect(der, tbsEnd, end, abi.encodePacked(ECDSA_SHA256));
        _signature(der, pos, end, p);
        _tbs(der, tbs, tbsEnd, p);
    }

    function _signature(bytes calldata der, uint256 pos, uint256 end, Pck memory p) private pure {
        (uint256 bits, uint256 bitsEnd) = _enter(der, pos, end, BIT_STRING);
        if (bitsEnd != end || bits == bitsEnd || der[bits] != 0) revert ISgxQuoteVerifier.BadCertificate(bits);
        (uint256 seq, uint256 seqEnd) = _enter(der, bits + 1, bitsEnd, SEQUENCE);
        uint256 value;
        (value, seq) = _integer(der, seq, seqEnd);
        p.r = bytes32(value);
        (value, seq) = _integer(der, seq, seqEnd);
        p.s = bytes32(value);
        if (seq != seqEnd || seqEnd != bitsEnd) revert ISgxQuoteVerifier.BadCertificate(seq);
    }

    function _tbs(bytes calldata der, uint256 pos, uint256 end, Pck memory p) private pure {
        pos = _expect(der, pos, end, abi.encodePacked(VERSION_3));
        (, pos) = _enter(der, pos, end, INTEGER); // serial number
        pos = _expect(der, pos, end, abi.encodePacked(ECDSA_SHA256));
        (, pos) = _enter(der, pos, end, SEQUENCE); // issuer: the signature tells which
        (uint256 times, uint256 timesEnd) = _enter(der, pos, end, SEQUENCE);
        (p.notBefore, times) = _time(der, times, timesEnd);
        (p.notAfter, times) = _time(der, times, timesEnd);
        if (times != timesEnd) revert ISgxQuoteVerifier.BadCertificate(times);
        (, pos) = _enter(der, timesEnd, end, SEQUENCE); // subject
        pos = _expect(der, pos, end, abi.encodePacked(P256_KEY));
        if (pos + 64 > end) revert ISgxQuoteVerifier.BadCertificate(pos);
        p.x = bytes32(der[pos:pos + 32]);
        p.y = bytes32(der[pos + 32:pos + 64]);
        (uint256 extensions, uint256 extensionsEnd) = _enter(der, pos + 64, end, EXTENSIONS);
        if (extensionsEnd != end) revert ISgxQuoteVerifier.BadCertificate(extensionsEnd);
        (extensions, extensionsEnd) = _enter(der, extensions, end, SEQUENCE);
        if (extensionsEnd != end) revert ISgxQuoteVerifier.BadCertificate(extensionsEnd);
        bool found;
        while (extensions < end) {
            (uint256 field, uint256 fieldEnd) = _enter(der, extensions, end, SEQUENCE);
            extensions = fieldEnd;
            (uint256 oid, uint256 oidEnd) = _enter(der, field, fieldEnd, OID);
            if (oidEnd - oid != 9 || _word(der, oid) >> 184 != uint72(SGX)) continue;
            if (found) revert ISgxQuoteVerifier.BadCertificate(oid);
            found = true;
            if (oidEnd < fieldEnd && uint8(der[oidEnd]) == BOOLEAN) {
                (, oidEnd) = _enter(der, oidEnd, fieldEnd, BOOLEAN);
            }
            (uint256 value, uint256 valueEnd) = _enter(der, oidEnd, fieldEnd, OCTET_STRING);
            if (valueEnd != fieldEnd) revert ISgxQuoteVerifier.BadCertificate(valueEnd);
            _sgx(der, value, valueEnd, p);
        }
        if (!found) revert ISgxQuoteVerifier.BadCertificate(end);
    }

    /// @dev The SGX extension: PPID, TCB, PCE id, FMSPC, and what else follows.
    function _sgx(bytes calldata der, uint256 pos, uint256 end, Pck memory p) private pure {
        uint256 value;
        uint256 valueEnd;
        uint256 last;
        (pos, last) = _enter(der, pos, end, SEQUENCE);
        if (last != end) revert ISgxQuoteVerifier.BadCertificate(last);
        (value, valueEnd, pos) = _field(der, pos, end, 1, OCTET_STRING);
        if (valueEnd - value != 16) revert ISgxQuoteVerifier.BadCertificate(value);
        p.machine = sha256(der[value:valueEnd]);
        (value, valueEnd, pos) = _field(der, pos, end, 2, SEQUENCE);
        _tcb(der, value, valueEnd, p);
        (,, pos) = _field(der, pos, end, 3, OCTET_STRING);
        (value, valueEnd,) = _field(der, pos, end, 4, OCTET_STRING);
        if (valueEnd - value != 6) revert ISgxQuoteVerifier.BadCertificate(value);
        p.fmspc = bytes6(der[value:valueEnd]);
    }

    /// @dev 16 component SVNs and the PCE SVN, each SEQUENCE { OID SGX.2.i, INTEGER }, then the CPUSVN.
    function _tcb(bytes calldata der, uint256 pos, uint256 end, Pck memory p) private pure {
        unchecked {
            uint256 svns;
            for (uint256 i = 1; i <= 17; ++i) {
                (uint256 field, uint256 fieldEnd) = _enter(der, pos, end, SEQUENCE);
                // 06 0b, nine bytes of SGX, 02, i
                uint256 want = TCB_OID | i;
                if (field + 13 > fieldEnd || _word(der, field) >> 152 != want) {
                    revert ISgxQuoteVerifier.BadCertificate(field);
                }
                (uint256 svn, uint256 svnEnd) = _integer(der, field + 13, fieldEnd);
                if (svnEnd != fieldEnd || svn > (i <= 16 ? type(uint8).max : type(uint16).max)) {
                    revert ISgxQuoteVerifier.BadCertificate(field);
                }
                if (i <= 16) svns = (svns << 8) | svn;
                // forge-lint: disable-next-line(unsafe-typecast): held to 16 bits above
                else p.pceSvn = uint16(svn);
                pos = fieldEnd;
            }
            // forge-lint: disable-next-line(unsafe-typecast): 16 bytes were shifted in
            p.componentSvns = bytes16(uint128(svns));
        }
    }

    /// @dev SEQUENCE { OID SGX.n, value }.
    function _field(bytes calldata der, uint256 pos, uint256 end, uint8 n, uint8 tag)
        private
        pure
        returns (uint256 value, uint256 valueEnd, uint256 next)
    {
        (pos, next) = _enter(der, pos, end, SEQUENCE);
        (uint256 oid, uint256 oidEnd) = _enter(der, pos, next, OID);
        if (oidEnd - oid != 10 || _word(der, oid) >> 176 != (uint256(uint72(SGX)) << 8 | n)) {
            revert ISgxQuoteVerifier.BadCertificate(oid);
        }
        (value, valueEnd) = _enter(der, oidEnd, next, tag);
        if (valueEnd != next) revert ISgxQuoteVerifier.BadCertificate(valueEnd);
    }

    /// @dev Contents of the element at `pos`, which must have the tag and end at or before `limit`. All positions lie below
    /// 2^17 (two bytes of length), so that nothing overflows.
    function _enter(bytes calldata der, uint256 pos, uint256 limit, uint8 tag)
        private
        pure
        returns (uint256 body, uint256 end)
    {
        unchecked {
            uint256 head = _word(der, pos);
            if (pos + 2 > limit || head >> 248 != tag) revert ISgxQuoteVerifier.BadCertificate(pos);
            uint256 length = (head >> 240) & 0xff;
            body = pos + 2;
            if (length >= 0x80) {
                if (length == 0x81) {
                    length = (head >> 232) & 0xff;
                    body = pos + 3;
                    if (length < 0x80) revert ISgxQuoteVerifier.BadCertificate(pos);
                } else if (length == 0x82) {
                    length = (head >> 224) & 0xffff;
                    body = pos + 4;
                    if (length < 0x100) revert ISgxQuoteVerifier.BadCertificate(pos);
                } else {
                    revert ISgxQuoteVerifier.BadCertificate(pos);
                }
            }
            end = body + length;
            if (end > limit) revert ISgxQuoteVerifier.BadCertificate(pos);
        }
    }

    /// @dev The 32 bytes at `pos`. Those beyond the certificate are whatever follows in the calldata: callers hold what
    /// they use against their limit, which is at most the certificate's length.
    function _word(bytes calldata der, uint256 pos) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := calldataload(add(der.offset, pos))
        }
    }

    /// @dev A whole number of at most 256 bits, in its shortest form.
    function _integer(bytes calldata der, uint256 pos, uint256 limit)
        private
        pure
        returns (uint256 value, uint256 end)
    {
        unchecked {
            uint256 body;
            (body, end) = _enter(der, pos, limit, INTEGER);
            uint256 n = end - body;
            uint256 head = _word(der, body);
            if (n == 0 || head >> 255 == 1) revert ISgxQuoteVerifier.BadCertificate(pos);
            if (n > 1 && head >> 248 == 0) {
                if ((head >> 247) & 1 == 0) revert ISgxQuoteVerifier.BadCertificate(pos);
                head = _word(der, body + 1);
                --n;
            }
            if (n > 32) revert ISgxQuoteVerifier.BadCertificate(pos);
            value = head >> (8 * (32 - n));
        }
    }

    /// @dev Exactly these bytes.
    function _expect(bytes calldata der, uint256 pos, uint256 limit, bytes memory want)
        private
        pure
        returns (uint256 end)
    {
        end = pos + want.length;
        if (end > limit || keccak256(der[pos:end]) != keccak256(want)) revert ISgxQuoteVerifier.BadCertificate(pos);
    }

    /// @dev UTCTime YYMMDDHHMMSSZ or GeneralizedTime YYYYMMDDHHMMSSZ, as RFC 5280 section 4.1.2.5 has them.
    function _time(bytes calldata der, uint256 pos, uint256 limit) private pure returns (uint40 unix, uint256 end) {
        uint8 tag = pos < limit ? uint8(der[pos]) : 0;
        if (tag != UTC_TIME && tag != GENERALIZED_TIME) revert ISgxQuoteVerifier.BadCertificate(pos);
        uint256 body;
        (body, end) = _enter(der, pos, limit, tag);
        if (end - body != (tag == UTC_TIME ? 13 : 15) || der[end - 1] != "Z") {
            revert ISgxQuoteVerifier.BadCertificate(pos);
        }
        uint256 year = _digits(der, body);
        if (tag == UTC_TIME) {
            year += year < 50 ? 2000 : 1900;
            body += 2;
        } else {
            year = year * 100 + _digits(der, body + 2);
            body += 4;
        }
        uint256 month = _digits(der, body);
        uint256 day = _digits(der, body + 2);
        if (year < 1970 || month == 0 || month > 12 || day == 0 || day > 31) {
            revert ISgxQuoteVerifier.BadCertificate(pos);
        }
        // Days since 1970-01-01 of a date of the Gregorian calendar, the year beginning in March.
        uint256 y = month > 2 ? year : year - 1;
        uint256 m = month > 2 ? month - 3 : month + 9;
        uint256 since = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719_468;
        since = since * 1 days + _digits(der, body + 4) * 1 hours + _digits(der, body + 6) * 1 minutes
            + _digits(der, body + 8);
        // forge-lint: disable-next-line(unsafe-typecast): the year 9999 takes 38 bits
        unix = uint40(since);
    }

    function _digits(bytes calldata der, uint256 pos) private pure returns (uint256) {
        uint256 tens = uint8(der[pos]);
        uint256 ones = uint8(der[pos + 1]);
        if (tens < 48 || tens > 57 || ones < 48 || ones > 57) revert ISgxQuoteVerifier.BadCertificate(pos);
        return (tens - 48) * 10 + (ones - 48);
    }
}
