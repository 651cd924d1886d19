// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAttestationPolicy} from "../src/interfaces/IAttestationPolicy.sol";
import {ISgxQuoteVerifier} from "../src/interfaces/ISgxQuoteVerifier.sol";
import {SgxFixture} from "./SgxFixture.sol";
import {vm} from "./Vm.sol";

/// @dev Quotes, by the vectors: which are genuine, and what refuses each of the others.
contract SgxQuoteTest is SgxFixture {
    function test_aGoodQuoteIsReadAsItIs() public view {
        ISgxQuoteVerifier.Report memory r = verifier.checkQuote(good, x, y);
        vm.assertEq(r.mrenclave, mrenclave);
        vm.assertEq(r.mrsigner, vm.parseJsonBytes32(json, ".enclave.mrsigner"));
        vm.assertEq(r.isvProdId, 7);
        vm.assertEq(r.isvSvn, 3);
        vm.assertEq(r.flags, 5);
        vm.assertEq(r.xfrm, 0xe7);
        vm.assertEq(r.miscSelect, 0);
        bytes memory data = vm.parseJsonBytes(json, ".enclave.reportData");
        vm.assertEq(abi.encodePacked(r.reportDataLow, r.reportDataHigh), data);
    }

    function test_everyVector() public {
        allow();
        (bytes32 px, bytes32 py) = (x, y);
        string[] memory names = vm.parseJsonStringArray(json, ".quoteNames");
        vm.assertGt(names.length, 40, "vectors");
        for (uint256 i = 0; i < names.length; ++i) {
            string memory refused = vm.parseJsonString(json, string.concat(".quotes.", names[i], ".refused"));
            (x, y) = keccak256(bytes(names[i])) == keccak256("processor") ? pckKey("processor") : (px, py);
            bytes memory quote = quoteNamed(names[i]);
            bytes4 want = wanted(refused);
            bool byPolicy = starts(refused, "policy:");
            vm.assertEq(bytes32(checking(quote)), byPolicy ? bytes32(0) : bytes32(want), names[i]);
            if (byPolicy) vm.assertEq(bytes32(verifying(quote)), bytes32(want), names[i]);
        }
    }

    function wanted(string memory refused) private pure returns (bytes4) {
        bytes32 h = keccak256(bytes(refused));
        if (bytes(refused).length == 0) return 0;
        if (h == keccak256("dcap:quote-format")) return ISgxQuoteVerifier.BadQuote.selector;
        if (h == keccak256("policy:debug")) return ISgxQuoteVerifier.DebugEnclave.selector;
        if (h == keccak256("policy:measurement")) return ISgxQuoteVerifier.MeasurementNotActive.selector;
        if (h == keccak256("policy:enclave-attributes")) return ISgxQuoteVerifier.BadAttributes.selector;
        if (
            h == keccak256("dcap:qe-report-signature") || h == keccak256("dcap:quote-signature")
                || h == keccak256("dcap:attestation-key")
        ) return ISgxQuoteVerifier.BadSignature.selector;
        return ISgxQuoteVerifier.BadQuotingEnclave.selector;
    }

    function starts(string memory text, bytes memory with) private pure returns (bool) {
        bytes memory b = bytes(text);
        if (b.length < with.length) return false;
        for (uint256 i = 0; i < with.length; ++i) {
            if (b[i] != with[i]) return false;
        }
        return true;
    }

    /// @dev A flipped bit in any signed or bound region. Only the length of the authentication data is nobody's.
    function test_flippedBitsInEverySignedRegion() public {
        string[] memory names = vm.parseJsonStringArray(json, ".regions.names");
        uint256[] memory offsets = vm.parseJsonUintArray(json, ".regions.offsets");
        uint256[] memory lengths = vm.parseJsonUintArray(json, ".regions.lengths");
        vm.assertGt(names.length, 30, "regions");
        for (uint256 i = 0; i < names.length; ++i) {
            for (uint256 k = 0; k < 3; ++k) {
                uint256 at_ = offsets[i] + [0, lengths[i] / 2, lengths[i] - 1][k];
                good[at_] ^= 0x01;
                vm.assertTrue(checking(good) != 0, names[i]);
                good[at_] ^= 0x01;
            }
        }
        vm.assertEq(bytes32(checking(good)), 0);
    }

    function testFuzz_anyFlippedBit(uint256 seed) public {
        uint256 bit = seed % (good.length * 8);
        if (bit / 8 >= 432 && bit / 8 < 436) return; // length of the authentication data
        good[bit / 8] ^= bytes1(uint8(1 << (bit % 8)));
        vm.assertTrue(checking(good) != 0);
    }

    function testFuzz_anyOtherLength(uint256 seed, bool longer) public {
        uint256 n = seed % good.length;
        bytes memory other = longer ? bytes.concat(good, new bytes(n + 1)) : slice(good, 0, n);
        vm.assertEq(bytes32(checking(other)), bytes32(ISgxQuoteVerifier.BadQuote.selector));
    }

    function test_anotherKeyDoesNotCertifyIt() public {
        (x, y) = pckKey("processor");
        vm.assertEq(bytes32(checking(good)), bytes32(ISgxQuoteVerifier.BadSignature.selector));
        (x, y) = (bytes32(uint256(1)), bytes32(uint256(1))); // not on the curve
        vm.assertEq(bytes32(checking(good)), bytes32(ISgxQuoteVerifier.BadSignature.selector));
    }

    /// @dev Where the precompile is missing, Solidity comes to the same verdicts.
    function test_withoutThePrecompile() public {
        bytes memory bad = bytes.concat(good);
        bad[100] ^= 0x01;
        vm.etch(address(0x100), hex"");
        vm.assertEq(bytes32(checking(good)), 0);
        vm.assertTrue(checking(bad) != 0);
    }

    /// @dev A quoting enclave floor that governance raises.
    function test_qeFloor() public {
        vm.prank(GUARDIAN);
        verifier.setQeFloor(9);
        vm.assertEq(bytes32(checking(good)), bytes32(ISgxQuoteVerifier.BadQuotingEnclave.selector));
    }

    /// forge-config: default.evm_version = "osaka"
    function test_gasOfAQuote() public {
        verifier.checkQuote(good, x, y);
        vm.assertLe(vm.snapshotGasLastCall("attestation", "checkQuote"), 60_000, "checkQuote");
        allow();
        verifier.verifyQuote(good, x, y);
        vm.snapshotGasLastCall("attestation", "verifyQuote");
    }
}
