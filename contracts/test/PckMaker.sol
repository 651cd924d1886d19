// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {vm} from "./Vm.sol";

/// @dev Makes PCK certificates in DER, well formed or not, under a CA of its own. SIMULATED: its keys are worth nothing.
library PckMaker {
    uint256 internal constant CA = uint256(keccak256("SIMULATED PCK CA of the contracts' tests"));
    bytes internal constant SGX = hex"2a864886f84d010d01";
    bytes internal constant ECDSA_SHA256 = hex"300a06082a8648ce3d040302";

    /// @dev A certificate, taken apart where tests change it.
    struct Pck {
        bytes version;
        bytes serial;
        bytes algorithm; // what the CA signed says it is
        bytes issuer;
        bytes validity; // contents
        bytes subject;
        bytes key;
        bytes before; // extensions before the SGX one
        bytes sgx; // that one, whole
        bytes behind; // extensions after it
        bytes afterExtensions; // what does not belong there
        bytes outerAlgorithm;
    }

    /// @dev As Intel has them, of machine `ppid` with key `secret`.
    function make(bytes16 ppid, uint256 secret) internal pure returns (Pck memory p) {
        p.version = hex"a003020102";
        p.serial = hex"02020815";
        p.algorithm = ECDSA_SHA256;
        p.issuer = tlv(0x30, "");
        p.validity = bytes.concat(utc("250101000000Z"), utc("320101000000Z"));
        p.subject = tlv(0x30, "");
        p.key = keyOf(secret);
        p.before = extension(hex"551d0f", hex"0101ff", hex"030206c0"); // key usage
        p.sgx = sgxExtension(fields(ppid, tcb(), "SIMTST"));
        p.behind = extension(hex"551d13", hex"0101ff", hex"3000"); // basic constraints
        p.outerAlgorithm = ECDSA_SHA256;
    }

    function tbs(Pck memory p) internal pure returns (bytes memory) {
        bytes memory extensions = tlv(0xa3, tlv(0x30, bytes.concat(p.before, p.sgx, p.behind)));
        bytes memory head = bytes.concat(p.version, p.serial, p.algorithm, p.issuer, tlv(0x30, p.validity), p.subject);
        return tlv(0x30, bytes.concat(head, p.key, extensions, p.afterExtensions));
    }

    function sign(Pck memory p) internal pure returns (bytes memory) {
        (bytes32 r, bytes32 s) = signature(p);
        return assemble(p, bytes.concat(integer(r), integer(s)));
    }

    function signature(Pck memory p) internal pure returns (bytes32 r, bytes32 s) {
        return vm.signP256(CA, sha256(tbs(p)));
    }

    /// @param numbers contents of the signature's SEQUENCE
    function assemble(Pck memory p, bytes memory numbers) internal pure returns (bytes memory) {
        return close(p, tlv(0x03, bytes.concat(hex"00", tlv(0x30, numbers))));
    }

    /// @param bits the signature's BIT STRING
    function close(Pck memory p, bytes memory bits) internal pure returns (bytes memory) {
        return tlv(0x30, bytes.concat(tbs(p), p.outerAlgorithm, bits));
    }

    function keyOf(uint256 secret) internal pure returns (bytes memory) {
        (uint256 x, uint256 y) = vm.publicKeyP256(secret);
        return abi.encodePacked(hex"3059301306072a8648ce3d020106082a8648ce3d03010703420004", x, y);
    }

    function extension(bytes memory oid, bytes memory critical, bytes memory value)
        internal
        pure
        returns (bytes memory)
    {
        return tlv(0x30, bytes.concat(tlv(0x06, oid), critical, tlv(0x04, value)));
    }

    /// @param inside the fields of the SGX extension
    function sgxExtension(bytes memory inside) internal pure returns (bytes memory) {
        return extension(SGX, "", tlv(0x30, inside));
    }

    function fields(bytes memory ppid, bytes memory tcb_, bytes memory fmspc) internal pure returns (bytes memory) {
        return bytes.concat(
            field(1, tlv(0x04, ppid)),
            field(2, tlv(0x30, tcb_)),
            field(3, tlv(0x04, hex"0000")),
            field(4, tlv(0x04, fmspc))
        );
    }

    function fields(bytes16 ppid, bytes memory tcb_, bytes memory fmspc) internal pure returns (bytes memory) {
        return fields(abi.encodePacked(ppid), tcb_, fmspc);
    }

    function field(uint8 n, bytes memory value) internal pure returns (bytes memory) {
        return tlv(0x30, bytes.concat(tlv(0x06, abi.encodePacked(SGX, n)), value));
    }

    /// @dev Component SVNs 1 to 16, PCE SVN 300, and a CPUSVN.
    function tcb() internal pure returns (bytes memory out) {
        for (uint8 i = 1; i <= 16; ++i) {
            out = bytes.concat(out, component(i, abi.encodePacked(hex"0201", i)));
        }
        return bytes.concat(out, component(17, hex"0202012c"), component(18, tlv(0x04, new bytes(16))));
    }

    function component(uint8 i, bytes memory value) internal pure returns (bytes memory) {
        return tlv(0x30, bytes.concat(tlv(0x06, abi.encodePacked(SGX, uint8(2), i)), value));
    }

    function utc(bytes memory text) internal pure returns (bytes memory) {
        return tlv(0x17, text);
    }

    function generalized(bytes memory text) internal pure returns (bytes memory) {
        return tlv(0x18, text);
    }

    /// @dev A positive INTEGER in its shortest form.
    function integer(bytes32 n) internal pure returns (bytes memory) {
        bytes memory body = abi.encodePacked(n);
        while (body.length > 1 && body[0] == 0) {
            body = tail(body);
        }
        if (uint8(body[0]) >= 0x80) body = bytes.concat(hex"00", body);
        return tlv(0x02, body);
    }

    function tail(bytes memory b) internal pure returns (bytes memory out) {
        out = new bytes(b.length - 1);
        for (uint256 i = 0; i < out.length; ++i) {
            out[i] = b[i + 1];
        }
    }

    function tlv(uint8 tag, bytes memory body) internal pure returns (bytes memory) {
        if (body.length < 0x80) return abi.encodePacked(tag, uint8(body.length), body);
        if (body.length < 0x100) return abi.encodePacked(tag, uint8(0x81), uint8(body.length), body);
        return abi.encodePacked(tag, uint8(0x82), uint16(body.length), body);
    }
}
