// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ISgxQuoteVerifier} from "../src/interfaces/ISgxQuoteVerifier.sol";
import {PckMaker} from "./PckMaker.sol";
import {SgxFixture} from "./SgxFixture.sol";
import {vm} from "./Vm.sol";

/// @dev Certificates that the verifier's own CA signed, so that nothing but the reader can refuse what is wrong in them.
contract PckCertificateTest is SgxFixture {
    using PckMaker for PckMaker.Pck;

    bytes16 private constant PPID = "SIMULATED PPID 1";
    uint256 private constant KEY = 0x5ec1;
    uint256 private constant MOST = 64; // platforms of a machine

    function setUp() public override {
        super.setUp();
        (uint256 caX, uint256 caY) = vm.publicKeyP256(PckMaker.CA);
        bytes32[2] memory ca = [bytes32(caX), bytes32(caY)];
        verifier = newVerifier(ca, ca, address(timelock), GUARDIAN);
    }

    function fresh() private pure returns (PckMaker.Pck memory) {
        return PckMaker.make(PPID, KEY);
    }

    function idOf(uint256 secret) private pure returns (bytes32) {
        (uint256 px, uint256 py) = vm.publicKeyP256(secret);
        return keccak256(abi.encode(px, py));
    }

    function why(bytes memory der) private returns (bytes memory) {
        return reason(address(verifier), abi.encodeCall(ISgxQuoteVerifier.registerPlatform, (der)));
    }

    function taken(PckMaker.Pck memory p, string memory what) private {
        vm.assertEq(why(p.sign()), "", what);
    }

    /// @dev Refused for its form, although the CA signed it.
    function malformed(PckMaker.Pck memory p, string memory what) private {
        malformed(p.sign(), what);
    }

    function malformed(bytes memory der, string memory what) private {
        vm.assertEq(bytes32(bytes4(why(der))), bytes32(ISgxQuoteVerifier.BadCertificate.selector), what);
    }

    // Well formed

    function test_whatACertificateSays() public {
        vm.assertEq(verifier.registerPlatform(fresh().sign()), idOf(KEY));
        ISgxQuoteVerifier.Platform memory p = verifier.platform(idOf(KEY));
        vm.assertEq(p.machine, sha256(abi.encodePacked(PPID)));
        vm.assertEq(bytes32(p.fmspc), bytes32("SIMTST"));
        vm.assertEq(bytes32(p.componentSvns), bytes32(bytes16(0x0102030405060708090a0b0c0d0e0f10)));
        vm.assertEq(p.pceSvn, 300);
        vm.assertEq(p.notAfter, 1_956_528_000); // 2032-01-01
    }

    function test_otherFormsOfTheSame() public {
        PckMaker.Pck memory p = fresh();
        p.before = "";
        p.behind = "";
        taken(p, "no other extensions");
        p = fresh();
        p.key = PckMaker.keyOf(2);
        p.sgx = PckMaker.extension(
            PckMaker.SGX, hex"0101ff", PckMaker.tlv(0x30, PckMaker.fields(PPID, PckMaker.tcb(), "SIMTST"))
        );
        taken(p, "a critical extension");
        p = fresh();
        p.key = PckMaker.keyOf(3);
        p.sgx = PckMaker.sgxExtension(
            bytes.concat(PckMaker.fields(PPID, PckMaker.tcb(), "SIMTST"), PckMaker.field(5, hex"0a0100"))
        );
        taken(p, "more fields, as Platform CA certificates have");
    }

    function test_highS() public {
        PckMaker.Pck memory p = fresh();
        (bytes32 r, bytes32 s) = p.signature();
        if (uint256(s) <= P256_N / 2) s = bytes32(P256_N - uint256(s));
        vm.assertEq(why(p.assemble(bytes.concat(PckMaker.integer(r), PckMaker.integer(s)))), "");
    }

    // Times

    function test_times() public {
        ends(PckMaker.utc("700101000000Z"), 0);
        ends(PckMaker.generalized("19700101000000Z"), 0);
        ends(PckMaker.utc("991231235959Z"), 946_684_799);
        ends(PckMaker.generalized("20000229235959Z"), 951_868_799);
        ends(PckMaker.utc("000301000000Z"), 951_868_800);
        ends(PckMaker.utc("240229000000Z"), 1_709_164_800);
        ends(PckMaker.utc("491231235959Z"), 2_524_607_999);
        ends(PckMaker.generalized("20500101000000Z"), 2_524_608_000);
        ends(PckMaker.generalized("21000228235959Z"), 4_107_542_399);
        ends(PckMaker.generalized("21000301000000Z"), 4_107_542_400);
    }

    /// @dev The error names the end of a certificate that is over.
    function ends(bytes memory time, uint256 unix) private {
        PckMaker.Pck memory p = fresh();
        p.validity = bytes.concat(PckMaker.utc("700101000000Z"), time);
        vm.warp(unix + 1);
        bytes memory over = abi.encodeWithSelector(ISgxQuoteVerifier.CertificateExpired.selector, unix);
        vm.assertEq(why(p.sign()), over, string(time));
    }

    function test_notBefore() public {
        PckMaker.Pck memory p = fresh();
        vm.warp(1_735_689_599); // a second before 2025-01-01
        bytes memory early = abi.encodeWithSelector(ISgxQuoteVerifier.CertificateExpired.selector, 1_956_528_000);
        vm.assertEq(why(p.sign()), early);
        vm.warp(1_735_689_600);
        taken(p, "its first second");
    }

    function test_malformedTimes() public {
        bytes memory good_ = PckMaker.utc("250101000000Z");
        bytes[14] memory bad = [
            PckMaker.utc("320101000000"), // not in UTC
            PckMaker.utc("3201010000Z"), // without seconds
            PckMaker.utc("320101000000+0000"),
            PckMaker.utc("320101000000z"),
            PckMaker.utc("321301000000Z"),
            PckMaker.utc("320001000000Z"),
            PckMaker.utc("320100000000Z"),
            PckMaker.utc("320132000000Z"),
            PckMaker.utc("32010100000:Z"),
            PckMaker.utc("-20101000000Z"),
            PckMaker.utc("500101000000Z"), // 1950
            PckMaker.generalized("320101000000Z"),
            PckMaker.generalized("20320101000000.5Z"),
            PckMaker.tlv(0x16, "320101000000Z") // IA5String
        ];
        PckMaker.Pck memory p = fresh();
        for (uint256 i = 0; i < bad.length; ++i) {
            p.validity = bytes.concat(good_, bad[i]);
            malformed(p, string(bad[i]));
            p.validity = bytes.concat(bad[i], PckMaker.utc("320101000000Z"));
            malformed(p, string(bad[i]));
        }
        p.validity = good_;
        malformed(p, "one time");
        p.validity = bytes.concat(good_, good_, good_);
        malformed(p, "three times");
    }

    // Malformed

    function test_malformedFrame() public {
        PckMaker.Pck memory p = fresh();
        p.version = hex"a003020101";
        malformed(p, "version 2");
        p.version = "";
        malformed(p, "version 1");
        p = fresh();
        p.serial = "";
        malformed(p, "no serial number");
        p = fresh();
        p.algorithm = hex"300a06082a8648ce3d040303";
        malformed(p, "ECDSA with SHA-384, inside");
        p = fresh();
        p.outerAlgorithm = hex"300a06082a8648ce3d040303";
        malformed(p, "ECDSA with SHA-384, outside");
        p = fresh();
        p.issuer = hex"3100";
        malformed(p, "the issuer is no SEQUENCE");
        p = fresh();
        p.subject = hex"3100";
        malformed(p, "the subject is no SEQUENCE");
        p = fresh();
        p.afterExtensions = hex"0500";
        malformed(p, "something after the extensions");
        malformed(bytes.concat(fresh().sign(), hex"00"), "something after the certificate");
    }

    function test_malformedKeys() public {
        PckMaker.Pck memory p = fresh();
        p.key[22] = 0x01; // prime192v1
        malformed(p, "another curve");
        p = fresh();
        p.key[26] = 0x02;
        malformed(p, "a compressed point");
        p = fresh();
        p.key = slice(p.key, 0, p.key.length - 1);
        malformed(p, "a point too short");
    }

    function test_malformedExtensions() public {
        PckMaker.Pck memory p = fresh();
        bytes memory sgx = p.sgx;
        p.sgx = "";
        malformed(p, "no SGX extension");
        p.sgx = bytes.concat(sgx, sgx);
        malformed(p, "two SGX extensions");
        p.sgx = sgx;
        p.behind = bytes.concat(p.behind, sgx);
        malformed(p, "two SGX extensions, one further behind");
        p = fresh();
        p.before = hex"0500";
        malformed(p, "an extension that is no SEQUENCE");
        bytes memory inside = PckMaker.tlv(0x30, PckMaker.fields(PPID, PckMaker.tcb(), "SIMTST"));
        p = fresh();
        p.sgx = PckMaker.extension(hex"2a864886f84d010d02", "", inside);
        malformed(p, "another arc than SGX's");
        p.sgx = PckMaker.extension(PckMaker.SGX, "", bytes.concat(inside, hex"00"));
        malformed(p, "something after the SGX fields");
        p.sgx =
            PckMaker.tlv(0x30, bytes.concat(PckMaker.tlv(0x06, PckMaker.SGX), PckMaker.tlv(0x04, inside), hex"0500"));
        malformed(p, "something after the SGX value");
        p.sgx = PckMaker.tlv(0x30, bytes.concat(PckMaker.tlv(0x06, PckMaker.SGX), PckMaker.tlv(0x03, inside)));
        malformed(p, "a value that is no OCTET STRING");
    }

    function test_malformedSgxFields() public {
        bytes memory ppid = abi.encodePacked(PPID);
        malformedFields(PckMaker.fields(slice(ppid, 0, 15), PckMaker.tcb(), "SIMTST"), "a PPID of 15 bytes");
        malformedFields(PckMaker.fields(bytes.concat(ppid, hex"00"), PckMaker.tcb(), "SIMTST"), "a PPID of 17 bytes");
        malformedFields(PckMaker.fields(PPID, PckMaker.tcb(), "SIMTS"), "an FMSPC of 5 bytes");
        malformedFields(PckMaker.fields(PPID, PckMaker.tcb(), "SIMTST0"), "an FMSPC of 7 bytes");
        bytes memory one = PckMaker.field(1, PckMaker.tlv(0x04, ppid));
        bytes memory two = PckMaker.field(2, PckMaker.tlv(0x30, PckMaker.tcb()));
        bytes memory three = PckMaker.field(3, PckMaker.tlv(0x04, hex"0000"));
        bytes memory four = PckMaker.field(4, PckMaker.tlv(0x04, "SIMTST"));
        malformedFields("", "no fields");
        malformedFields(bytes.concat(one, two, three), "no FMSPC");
        malformedFields(bytes.concat(two, three, four), "no PPID");
        malformedFields(bytes.concat(two, one, three, four), "another order");
        malformedFields(bytes.concat(one, one, two, three, four), "two PPIDs");
        four = PckMaker.field(4, PckMaker.tlv(0x0c, "SIMTST"));
        malformedFields(bytes.concat(one, two, three, four), "an FMSPC in text");
        four = PckMaker.field(4, bytes.concat(PckMaker.tlv(0x04, "SIMTST"), hex"0500"));
        malformedFields(bytes.concat(one, two, three, four), "something after the FMSPC in its field");
    }

    function malformedFields(bytes memory inside, string memory what) private {
        PckMaker.Pck memory p = fresh();
        p.sgx = PckMaker.sgxExtension(inside);
        malformed(p, what);
    }

    function test_malformedTcb() public {
        malformedComponent(1, hex"02020100", "an SVN of 256");
        malformedComponent(16, hex"02020100", "the last SVN of 256");
        malformedComponent(17, hex"0203010000", "a PCE SVN of 65536");
        malformedComponent(3, hex"020180", "a negative SVN");
        malformedComponent(3, hex"02020001", "an SVN with a zero before it");
        malformedComponent(3, hex"0200", "an SVN of no bytes");
        malformedComponent(3, hex"040101", "an SVN that is no INTEGER");
        malformedComponent(3, hex"0201010500", "something after an SVN");
        malformedComponent(17, PckMaker.integer(bytes32(uint256(2 ** 255))), "a PCE SVN of 256 bits");
        malformedComponent(17, bytes.concat(hex"022101", new bytes(32)), "a PCE SVN of 257 bits");
        malformedFields(PckMaker.fields(PPID, "", "SIMTST"), "no TCB");
        bytes memory all = PckMaker.tcb();
        malformedFields(PckMaker.fields(PPID, slice(all, 18, all.length), "SIMTST"), "no first component");
        bytes memory swapped = bytes.concat(slice(all, 18, 36), slice(all, 0, 18), slice(all, 36, all.length));
        malformedFields(PckMaker.fields(PPID, swapped, "SIMTST"), "components in another order");
    }

    /// @dev A TCB with another value at one of its places.
    function malformedComponent(uint8 place, bytes memory value, string memory what) private {
        bytes memory all;
        for (uint8 i = 1; i <= 17; ++i) {
            all = bytes.concat(all, PckMaker.component(i, i == place ? value : bytes(hex"020105")));
        }
        malformedFields(PckMaker.fields(PPID, all, "SIMTST"), what);
    }

    function test_malformedLengths() public {
        PckMaker.Pck memory p = fresh();
        p.subject = hex"308100";
        malformed(p, "a length in two bytes that fits one");
        p.subject = hex"30820000";
        malformed(p, "a length in three bytes that fits one");
        p.subject = abi.encodePacked(hex"308200ff", new bytes(255));
        malformed(p, "a length in three bytes that fits two");
        p.subject = hex"30800000";
        malformed(p, "an indefinite length");
        p.subject = hex"3083000000";
        malformed(p, "a length in four bytes");
        p.subject = abi.encodePacked(hex"30820fff", new bytes(10));
        malformed(p, "longer than the certificate");
    }

    function test_malformedSignatures() public {
        PckMaker.Pck memory p = fresh();
        (bytes32 r, bytes32 s) = p.signature();
        bytes memory both = bytes.concat(PckMaker.integer(r), PckMaker.integer(s));
        malformed(p.assemble(bytes.concat(both, hex"020101")), "three numbers");
        malformed(p.assemble(PckMaker.integer(r)), "one number");
        malformed(p.assemble(bytes.concat(PckMaker.integer(r), hex"0500")), "s is no INTEGER");
        malformed(p.assemble(bytes.concat(hex"020180", PckMaker.integer(s))), "r below zero");
        malformed(p.assemble(bytes.concat(hex"02020001", PckMaker.integer(s))), "r with a zero before it");
        malformed(p.close(PckMaker.tlv(0x03, bytes.concat(hex"01", PckMaker.tlv(0x30, both)))), "unused bits");
        malformed(p.close(PckMaker.tlv(0x04, bytes.concat(hex"00", PckMaker.tlv(0x30, both)))), "no BIT STRING");
        malformed(p.close(PckMaker.tlv(0x03, "")), "an empty BIT STRING");
        bytes memory more = bytes.concat(hex"00", PckMaker.tlv(0x30, both), hex"00");
        malformed(p.close(PckMaker.tlv(0x03, more)), "something after the signature");
    }

    function test_badSignatures() public {
        PckMaker.Pck memory p = fresh();
        (bytes32 r, bytes32 s) = p.signature();
        unsigned(p, 0, s);
        unsigned(p, r, 0);
        unsigned(p, bytes32(P256_N), s);
        unsigned(p, r, bytes32(P256_N));
        unsigned(p, s, r);
        (r, s) = vm.signP256(KEY, sha256(p.tbs()));
        unsigned(p, r, s); // by itself
        (r, s) = vm.signP256(PckMaker.CA, sha256(fresh().sign()));
        unsigned(p, r, s); // something else
    }

    function unsigned(PckMaker.Pck memory p, bytes32 r, bytes32 s) private {
        bytes memory der = p.assemble(bytes.concat(PckMaker.integer(r), PckMaker.integer(s)));
        vm.assertEq(why(der), abi.encodeWithSelector(ISgxQuoteVerifier.BadCertificateSignature.selector));
    }

    /// @dev Each byte of a certificate, for good.
    /// forge-config: default.evm_version = "osaka"
    function test_everyChangedByteIsRefused() public {
        bytes memory der = fresh().sign();
        for (uint256 i = 0; i < der.length; ++i) {
            bytes1 was = der[i];
            for (uint256 k = 0; k < 3; ++k) {
                der[i] = was ^ [bytes1(0x01), bytes1(0x80), bytes1(0xff)][k];
                vm.assertTrue(why(der).length != 0, vm.toString(i));
            }
            der[i] = was;
        }
        vm.assertEq(why(der), "");
    }

    // Machines

    function test_aMachineHasSeveralKeys() public {
        for (uint256 i = 1; i <= MOST; ++i) {
            vm.assertEq(verifier.registerPlatform(PckMaker.make(PPID, i).sign()), idOf(i));
            vm.assertEq(verifier.machineOf(uint32(i)), machineOf(PPID));
        }
        bytes memory full = abi.encodeWithSelector(ISgxQuoteVerifier.TooManyPlatforms.selector, machineOf(PPID));
        vm.assertEq(why(PckMaker.make(PPID, MOST + 1).sign()), full);
        taken(PckMaker.make(PPID, MOST), "the last once more");
        taken(PckMaker.make("another machine!", MOST + 1), "another machine's");
    }

    function test_aRevokedMachineIsRevokedWithAllItsKeys() public {
        for (uint256 i = 1; i <= MOST; ++i) {
            if (i != 5) verifier.registerPlatform(PckMaker.make(PPID, i).sign());
            else verifier.registerPlatform(PckMaker.make("another machine!", i).sign());
        }
        bytes32 machine = machineOf(PPID);
        vm.prank(GUARDIAN);
        vm.expectEmit();
        emit ISgxQuoteVerifier.PlatformRevoked(1, machine);
        verifier.revokeMachine(machine);
        for (uint256 i = 1; i <= MOST; ++i) {
            vm.assertTrue(verifier.platform(idOf(i)).revoked == (i != 5), vm.toString(i));
            (, bool revoked) = verifier.standing(0, uint32(i));
            vm.assertTrue(revoked == (i != 5), vm.toString(i));
        }
        // Nor does Intel's next certificate bring it back.
        bytes memory gone = abi.encodeWithSelector(ISgxQuoteVerifier.MachineIsRevoked.selector, machine);
        vm.assertEq(why(PckMaker.make(PPID, MOST + 1).sign()), gone);
        vm.assertEq(verifier.platform(idOf(MOST + 1)).index, 0);
    }

    function machineOf(bytes16 ppid) private pure returns (bytes32) {
        return sha256(abi.encodePacked(ppid));
    }
}
