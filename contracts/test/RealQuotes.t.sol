// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ISgxQuoteVerifier} from "../src/interfaces/ISgxQuoteVerifier.sol";
import {SgxFixture} from "./SgxFixture.sol";
import {vm} from "./Vm.sol";

/// @dev Quotes of real machines under Intel's own keys, on a chain that takes no others. scripts/real-quotes.mjs prepares
/// them; where there are none, the test is skipped and says so.
contract RealQuotesTest is SgxFixture {
    string private constant FILE = "cache/real-quotes.json";

    string private sets;
    string[] private names;

    function setUp() public override {
        super.setUp();
        if (!vm.exists(FILE)) return;
        sets = vm.readFile(FILE);
        if (vm.keyExistsJson(sets, ".names[0]")) names = vm.parseJsonStringArray(sets, ".names");
        address slow = newTimelock(48 hours);
        vm.chainId(2035);
        verifier = newVerifier(intelCa(0), intelCa(1), slow, GUARDIAN);
    }

    function test_realPlatformsAndQuotesVerify() public {
        vm.skip(names.length == 0, "no public quotes of real machines: see scripts/real-quotes.mjs");
        for (uint256 i = 0; i < names.length; ++i) {
            string memory name = string.concat("['", names[i], "']");
            vm.warp(vm.parseJsonUint(sets, string.concat(".sets", name, ".at")));
            x = vm.parseJsonBytes32(sets, string.concat(".sets", name, ".x"));
            y = vm.parseJsonBytes32(sets, string.concat(".sets", name, ".y"));
            bytes memory quote = vm.parseJsonBytes(sets, string.concat(".sets", name, ".quote"));
            bytes32 id =
                verifier.registerPlatform(vm.parseJsonBytes(sets, string.concat(".sets", name, ".certificate")));
            vm.assertEq(id, keccak256(abi.encode(x, y)));
            ISgxQuoteVerifier.Report memory r = verifier.checkQuote(quote, x, y);
            bool debug = vm.parseJsonBool(sets, string.concat(".sets", name, ".debug"));
            vm.assertEq(r.flags & 2, debug ? 2 : 0);

            // With governance's word it would be admitted, but for a DEBUG enclave.
            ISgxQuoteVerifier.Platform memory p = verifier.platform(id);
            address governor = verifier.governor();
            vm.prank(governor);
            verifier.setFloor(p.fmspc, p.componentSvns, p.pceSvn);
            vm.prank(governor);
            verifier.addMeasurement(r.mrenclave, r.isvProdId, r.isvSvn, r.xfrm, r.miscSelect);
            vm.assertEq(
                bytes32(verifying(quote)),
                debug ? bytes32(ISgxQuoteVerifier.DebugEnclave.selector) : bytes32(0),
                names[i]
            );
            for (uint256 k = 0; k < 1014; k += 13) {
                if (k >= 432 && k < 436) continue;
                quote[k] ^= 0x10;
                vm.assertTrue(checking(quote) != 0, names[i]);
                quote[k] ^= 0x10;
            }
        }
    }
}
