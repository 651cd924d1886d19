// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAttestationPolicy} from "../src/interfaces/IAttestationPolicy.sol";
import {ISgxQuoteVerifier} from "../src/interfaces/ISgxQuoteVerifier.sol";
import {SgxFixture} from "./SgxFixture.sol";
import {vm} from "./Vm.sol";

/// @dev Platforms: how they register, what their quotes need besides, and how they are revoked.
contract PlatformTest is SgxFixture {
    bytes32 private constant NOBODY = bytes32(uint256(1));

    function id() private view returns (bytes32) {
        return keccak256(abi.encode(x, y));
    }

    // Registration

    function test_aPlatformRegistersItself() public {
        vm.expectEmit();
        emit ISgxQuoteVerifier.PlatformRegistered(1, id(), machineNamed("platform"), certificate);
        vm.prank(bob.addr); // anybody may
        vm.assertEq(verifier.registerPlatform(certificate), id());

        ISgxQuoteVerifier.Platform memory p = verifier.platform(id());
        vm.assertEq(p.index, 1);
        vm.assertEq(p.machine, machineNamed("platform"));
        vm.assertEq(bytes32(p.fmspc), bytes32(platformFmspc()));
        vm.assertEq(
            bytes32(p.componentSvns), bytes32(bytes16(vm.parseJsonBytes(json, ".platforms.platform.componentSvns")))
        );
        vm.assertEq(p.pceSvn, vm.parseJsonUint(json, ".platforms.platform.pceSvn"));
        vm.assertEq(p.notAfter, vm.parseJsonUint(json, ".platforms.platform.notAfter"));
        vm.assertEq(p.registeredAt, block.number);
        vm.assertTrue(!p.revoked);

        // Again it changes nothing.
        vm.roll(block.number + 1);
        vm.assertEq(verifier.registerPlatform(certificate), id());
        vm.assertEq(verifier.platform(id()).registeredAt, block.number - 1);
    }

    function test_theProcessorCaHasItsOwn() public {
        bytes memory other = vm.parseJsonBytes(json, ".platforms.processor.pckCertificate");
        verifier.registerPlatform(certificate);
        (x, y) = pckKey("processor");
        vm.assertEq(verifier.registerPlatform(other), id());
        vm.assertEq(verifier.platform(id()).index, 2);
        vm.assertEq(verifier.machineOf(2), machineNamed("processor"));
    }

    function test_certificatesInTheirTimeOnly() public {
        uint256 end = vm.parseJsonUint(json, ".platforms.platform.notAfter");
        vm.warp(end + 1);
        vm.expectRevert(abi.encodeWithSelector(ISgxQuoteVerifier.CertificateExpired.selector, end));
        verifier.registerPlatform(certificate);
        vm.warp(1);
        vm.expectRevert(abi.encodeWithSelector(ISgxQuoteVerifier.CertificateExpired.selector, end));
        verifier.registerPlatform(certificate);
        vm.warp(end);
        allow();
        verifier.verifyQuote(good, x, y);
        vm.warp(end + 1);
        vm.assertEq(bytes32(verifying(good)), bytes32(ISgxQuoteVerifier.CertificateExpired.selector));
    }

    function test_anotherCasCertificateIsRefused() public {
        bytes32[2] memory none = [NOBODY, NOBODY];
        ISgxQuoteVerifier other = newVerifier(none, none, address(timelock), GUARDIAN);
        vm.expectRevert(ISgxQuoteVerifier.BadCertificateSignature.selector);
        other.registerPlatform(certificate);
        other = newVerifier(none, caKey("platform"), address(timelock), GUARDIAN); // either of the two will do
        other.registerPlatform(certificate);
    }

    function test_everyTruncationIsRefused() public {
        for (uint256 n = 0; n < certificate.length; ++n) {
            vm.assertTrue(registering(slice(certificate, 0, n)) != 0, "truncated");
        }
        vm.assertTrue(registering(bytes.concat(certificate, hex"00")) != 0, "longer");
    }

    /// @dev Whatever is changed in a certificate, it is refused, or it says the same (a signature has two forms).
    function testFuzz_changedCertificates(uint256 seed, bytes1 by) public {
        if (by == 0) return;
        certificate[seed % certificate.length] ^= by;
        (bool ok, bytes memory data) =
            address(verifier).call(abi.encodeCall(ISgxQuoteVerifier.registerPlatform, (certificate)));
        if (ok) {
            vm.assertEq(abi.decode(data, (bytes32)), id());
            vm.assertEq(verifier.platform(id()).machine, machineNamed("platform"));
        }
    }

    function testFuzz_garbageIsRefused(bytes calldata garbage) public {
        vm.assertTrue(registering(garbage) != 0);
    }

    function registering(bytes memory der) private returns (bytes4) {
        return refusal(address(verifier), abi.encodeCall(ISgxQuoteVerifier.registerPlatform, (der)));
    }

    // What a quote needs besides being genuine

    function test_unknownPlatformsMeasurementsAndModels() public {
        vm.assertEq(bytes32(verifying(good)), bytes32(ISgxQuoteVerifier.UnknownPlatform.selector));
        verifier.registerPlatform(certificate);
        vm.assertEq(bytes32(verifying(good)), bytes32(ISgxQuoteVerifier.BelowFloor.selector));
        govern(abi.encodeCall(IAttestationPolicy.setFloor, (platformFmspc(), bytes16(0), 0)));
        vm.assertEq(bytes32(verifying(good)), bytes32(ISgxQuoteVerifier.MeasurementNotActive.selector));
        govern(abi.encodeCall(IAttestationPolicy.addMeasurement, (mrenclave, 7, 3, 0xe7, 0)));
        ISgxQuoteVerifier.Verified memory v = verifier.verifyQuote(good, x, y);
        vm.assertEq(v.platform, 1);
        vm.assertEq(v.measurement, 1);
        vm.assertEq(v.registeredAt, block.number);
    }

    function test_floors() public {
        allow();
        bytes16 has = bytes16(vm.parseJsonBytes(json, ".platforms.platform.componentSvns"));
        uint16 pce = uint16(vm.parseJsonUint(json, ".platforms.platform.pceSvn"));
        raise(has, pce);
        vm.assertEq(bytes32(verifying(good)), 0);
        for (uint256 i = 0; i < 16; ++i) {
            if (uint8(has[i]) == 255) continue;
            govern(
                abi.encodeCall(
                    IAttestationPolicy.setFloor,
                    (platformFmspc(), bytes16(uint128(has) + uint128(1 << (8 * (15 - i)))), pce)
                )
            );
            vm.assertEq(bytes32(verifying(good)), bytes32(ISgxQuoteVerifier.BelowFloor.selector));
        }
        govern(abi.encodeCall(IAttestationPolicy.setFloor, (platformFmspc(), has, pce + 1)));
        vm.assertEq(bytes32(verifying(good)), bytes32(ISgxQuoteVerifier.BelowFloor.selector));
    }

    function raise(bytes16 svns, uint16 pce) private {
        vm.prank(GUARDIAN);
        verifier.setFloor(platformFmspc(), svns, pce);
    }

    function test_productAndFeatures() public {
        allow();
        govern(abi.encodeCall(IAttestationPolicy.addMeasurement, (mrenclave, 8, 3, 0xe7, 0)));
        vm.assertEq(bytes32(verifying(good)), bytes32(ISgxQuoteVerifier.WrongProduct.selector));
        govern(abi.encodeCall(IAttestationPolicy.addMeasurement, (mrenclave, 7, 4, 0xe7, 0)));
        vm.assertEq(bytes32(verifying(good)), bytes32(ISgxQuoteVerifier.WrongProduct.selector));
        govern(abi.encodeCall(IAttestationPolicy.addMeasurement, (mrenclave, 7, 3, 0x07, 0)));
        vm.assertEq(bytes32(verifying(good)), bytes32(ISgxQuoteVerifier.BadAttributes.selector));
        govern(abi.encodeCall(IAttestationPolicy.addMeasurement, (mrenclave, 7, 2, 0xff, 1)));
        vm.assertEq(bytes32(verifying(good)), 0);
    }

    // Revocation

    function test_revokedPlatform() public {
        allow();
        vm.prank(bob.addr);
        vm.expectRevert(abi.encodeWithSelector(IAttestationPolicy.NotGovernance.selector, bob.addr));
        verifier.revokePlatform(keccak256("x"));
        vm.prank(GUARDIAN);
        vm.expectRevert(abi.encodeWithSelector(ISgxQuoteVerifier.UnknownPlatform.selector, NOBODY));
        verifier.revokePlatform(NOBODY);
        bytes32 platform = id();
        vm.prank(GUARDIAN);
        verifier.revokePlatform(platform);
        vm.assertEq(bytes32(verifying(good)), bytes32(ISgxQuoteVerifier.PlatformIsRevoked.selector));
        verifier.registerPlatform(certificate); // which does not bring it back
        vm.assertEq(bytes32(verifying(good)), bytes32(ISgxQuoteVerifier.PlatformIsRevoked.selector));
    }

    function test_revokedMachine() public {
        allow();
        bytes32 machine = machineNamed("platform");
        vm.prank(GUARDIAN);
        verifier.revokeMachine(machine);
        vm.assertTrue(verifier.machineRevoked(machine));
        vm.assertEq(bytes32(verifying(good)), bytes32(ISgxQuoteVerifier.PlatformIsRevoked.selector));
        // Nor do its certificates register that are not known yet.
        bytes32 other = machineNamed("processor");
        vm.prank(GUARDIAN);
        verifier.revokeMachine(other);
        bytes memory der = vm.parseJsonBytes(json, ".platforms.processor.pckCertificate");
        vm.expectRevert(abi.encodeWithSelector(ISgxQuoteVerifier.MachineIsRevoked.selector, other));
        verifier.registerPlatform(der);
    }

    function test_lifeOfAMeasurement() public {
        allow();
        vm.prank(GUARDIAN);
        verifier.deprecateMeasurement(mrenclave);
        vm.assertEq(bytes32(verifying(good)), bytes32(ISgxQuoteVerifier.MeasurementNotActive.selector));
        govern(abi.encodeCall(IAttestationPolicy.addMeasurement, (mrenclave, 7, 3, 0xe7, 0)));
        vm.assertEq(bytes32(verifying(good)), 0);
        vm.prank(GUARDIAN);
        verifier.revokeMeasurement(mrenclave);
        vm.assertEq(bytes32(verifying(good)), bytes32(ISgxQuoteVerifier.MeasurementNotActive.selector));
        // For ever, even for the governor.
        vm.prank(address(timelock));
        vm.expectRevert(
            abi.encodeWithSelector(
                IAttestationPolicy.WrongStatus.selector, mrenclave, IAttestationPolicy.Status.REVOKED
            )
        );
        verifier.addMeasurement(mrenclave, 7, 3, 0xe7, 0);
        // What is known to be bad can be revoked before anybody adds it.
        vm.prank(GUARDIAN);
        verifier.revokeMeasurement(NOBODY);
        vm.assertEq(uint8(verifier.measurement(NOBODY).status), uint8(IAttestationPolicy.Status.REVOKED));
        vm.assertEq(verifier.measurementCount(), 2);
    }
}
