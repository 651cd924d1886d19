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

    /// @dev With P-256 in Solidity, as chains without the precompile have it.
    function test_everyVector() public {
        vm.assertTrue(!hasPrecompile(), "the precompile is there");
        everyVector();
    }

    /// forge-config: default.evm_version = "osaka"
    function test_everyVectorByThePrecompile() public {
        vm.assertTrue(hasPrecompile(), "the precompile is missing");
        everyVector();
    }

    function everyVector() private {
        allow();
        (bytes32 px, bytes32 py) = (x, y);
        string[] memory names = vm.parseJsonStringArray(json, ".quoteNames");
        vm.assertGt(names.length, 40, "vectors");
        for (uint256 i = 0; i < names.length; ++i) {
            string memory refused = vm.parseJsonString(json, string.concat(".quotes.", names[i], ".refused"));
            (x, y) = same(names[i], "processor") ? pckKey("processor") : (px, py);
            bytes memory quote = quoteNamed(names[i]);
            bytes memory want = wanted(names[i], refused, quote);
            bool byPolicy = starts(refused, "policy:");
            vm.assertEq(whyChecking(quote), byPolicy ? bytes("") : want, names[i]);
            if (byPolicy) vm.assertEq(whyVerifying(quote), want, names[i]);
        }
    }

    /// @dev The precompile says 1 of a good signature and nothing of any other; where there is none, an account without
    /// code says nothing of anything.
    function hasPrecompile() private view returns (bool) {
        (bytes32 r, bytes32 s) = vm.signP256(1, keccak256("precompile"));
        (uint256 px, uint256 py) = vm.publicKeyP256(1);
        (, bytes memory answer) = address(0x100).staticcall(abi.encode(keccak256("precompile"), r, s, px, py));
        return answer.length == 32;
    }

    function whyChecking(bytes memory quote) private returns (bytes memory) {
        return reason(address(verifier), abi.encodeCall(ISgxQuoteVerifier.checkQuote, (quote, x, y)));
    }

    function whyVerifying(bytes memory quote) private returns (bytes memory) {
        return reason(address(verifier), abi.encodeCall(ISgxQuoteVerifier.verifyQuote, (quote, x, y)));
    }

    /// @dev The error that the contract must have for a vector, whole, by the check that the vector names.
    function wanted(string memory name, string memory refused, bytes memory quote) private pure returns (bytes memory) {
        if (same(refused, "")) return "";
        if (same(refused, "dcap:quote-format")) return badQuote(same(name, "other_vendor") ? "vendor" : "header");
        if (same(refused, "dcap:qe-report-signature")) return badSignature("quoting enclave's report");
        if (same(refused, "dcap:quote-signature")) return badSignature("quote");
        if (same(refused, "dcap:attestation-key")) return badSignature("quote");
        if (same(refused, "dcap:qe-signer")) return badQe(same(name, "qe_wrong_prod_id") ? "product" : "signer");
        if (same(refused, "dcap:qe-attributes")) return badQe("attributes");
        if (same(refused, "dcap:qe-report-binding")) return badQe("binding");
        if (same(refused, "floor:qe-svn")) return badQe("security version");
        if (same(refused, "policy:debug")) return abi.encodeWithSelector(ISgxQuoteVerifier.DebugEnclave.selector);
        if (same(refused, "policy:measurement")) {
            return
                abi.encodeWithSelector(
                    ISgxQuoteVerifier.MeasurementNotActive.selector, bytes32(slice(quote, 112, 144)), 0
                );
        }
        if (same(refused, "policy:enclave-attributes")) {
            // Of the flags' bytes only the first differs.
            return abi.encodeWithSelector(ISgxQuoteVerifier.BadAttributes.selector, uint8(quote[96]), 0xe7, 0);
        }
        revert(string.concat("no such check: ", refused));
    }

    function badQuote(string memory field) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ISgxQuoteVerifier.BadQuote.selector, field);
    }

    function badSignature(string memory signed) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ISgxQuoteVerifier.BadSignature.selector, signed);
    }

    function badQe(string memory field) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ISgxQuoteVerifier.BadQuotingEnclave.selector, field);
    }

    function same(string memory a, string memory b) private pure returns (bool) {
        return keccak256(bytes(a)) == keccak256(bytes(b));
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
