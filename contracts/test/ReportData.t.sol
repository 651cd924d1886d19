// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {vm} from "./Vm.sol";

/// @dev Both forms of report data against testdata/vectors/report-data.json. What the registry does with them is in
/// Admission.t.sol.
contract ReportDataTest {
    function test_vectors() public view {
        string memory v = vm.readFile("../testdata/vectors/report-data.json");
        for (uint256 i = 0; i < 4; ++i) {
            string memory at_ = string.concat(".cases[", vm.toString(i), "].");
            bytes memory fields = bytes.concat(
                bytes32(vm.parseJsonUint(v, string.concat(at_, "identity.chainId"))),
                vm.parseJsonBytes(v, string.concat(at_, "identity.registry")),
                vm.parseJsonBytes(v, string.concat(at_, "identity.escrow")),
                vm.parseJsonBytes(v, string.concat(at_, "identity.pod")),
                vm.parseJsonBytes(v, string.concat(at_, "identity.operator")),
                vm.parseJsonBytes(v, string.concat(at_, "identity.enclave"))
            );
            bytes32 block_ = vm.parseJsonBytes32(v, string.concat(at_, "block"));
            vm.assertEq(
                bytes.concat(sha256(bytes.concat("phallama/pod-identity/v1", fields)), block_),
                vm.parseJsonBytes(v, string.concat(at_, "registration"))
            );
            bytes32 nonce = vm.parseJsonBytes32(v, string.concat(at_, "nonce"));
            bytes32 config = vm.parseJsonBytes32(v, string.concat(at_, "configHash"));
            vm.assertEq(
                bytes.concat(sha256(bytes.concat("phallama/fresh/v1", nonce, fields, config)), bytes32(0)),
                vm.parseJsonBytes(v, string.concat(at_, "fresh"))
            );
        }
    }
}
