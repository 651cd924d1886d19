// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IEscrow} from "../src/interfaces/IEscrow.sol";
import {TypedData} from "../src/TypedData.sol";
import {Fixture} from "./Fixture.sol";
import {Vm, vm} from "./Vm.sol";

/// @dev Replays testdata/vectors/billing, which another implementation worked out.
contract BillingTest is Fixture {
    uint64 private constant TOP = 1 << 63;

    string private json;
    string private where; // path of the vector in hand
    TestPod private pod;
    Key private phone = key("phone");

    function setUp() public override {
        super.setUp();
        fund(alice.addr, 1_000_000);
        pod = newPod("pod");
    }

    // Rows

    function test_rows() public {
        json = vm.readFile("../testdata/vectors/billing/rows.json");
        uint64 n;
        for (where = "$.cases[0]"; vm.keyExistsJson(json, where); where = nth("$.cases", ++n)) {
            playRow(2 * n, true);
            playRow(2 * n + 1, false);
        }
        vm.assertEq(n, 19);
    }

    /// @param metered by the enclave, or acknowledged
    function playRow(uint64 salt, bool metered) private {
        uint96 cap = uint96(number(".cap"));
        uint96 claimed = uint96(number(".claimed"));
        bool expired = vm.parseJsonBool(json, string.concat(where, ".expired"));
        bytes32 id = sessionId(alice.addr, pod.id, salt);
        if (cap != 0) {
            uint40 expiry = uint40(block.timestamp + (expired ? 1 : 1 days));
            open(pod.id, order(alice, pod.id, salt, salt, cap, expiry));
        }
        if (claimed != 0) settle(pod, row(pod.id, salt, claimed, claimed));
        if (expired) vm.warp(block.timestamp + 2);

        Row memory w = row(pod.id, salt, uint96(number(".charged")), uint96(number(".ceiling")));
        w.acked = uint96(number(".acked"));
        signVoucher(same(".signedBy", "signer") ? signer : bob, pod.id, w);
        string memory want = metered ? ".settle" : ".settleAcked";
        vm.recordLogs();
        uint96 moved = metered ? settle(pod, w) : settleAcked(w);
        vm.assertEq(moved, number(string.concat(want, ".moved")), where);
        vm.assertEq(claimedOf(id), claimed + moved, where);
        vm.assertEq(skipped(vm.getRecordedLogs()), reason(want), where);
    }

    function settleAcked(Row memory w) private returns (uint96) {
        uint96 before = escrow.claimable(pod.id);
        escrow.settleAcked(
            pod.id, abi.encodePacked(w.owner, w.signer, w.salt, w.ceiling, w.acked, w.requestHash, w.r, w.vs)
        );
        return escrow.claimable(pod.id) - before;
    }

    /// @dev One more than the reason for which a row was skipped; 0 for none.
    function skipped(Vm.Log[] memory logs) private pure returns (uint256 code) {
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].topics[0] != IEscrow.RowSkipped.selector) continue;
            (, uint256 got) = abi.decode(logs[i].data, (uint256, uint256));
            return got + 1;
        }
    }

    function reason(string memory want) private view returns (uint256) {
        string memory path = string.concat(where, want, ".code");
        return vm.keyExistsJson(json, path) ? vm.parseJsonUint(json, path) + 1 : 0;
    }

    // Nonces

    function test_nonces() public {
        json = vm.readFile("../testdata/vectors/billing/nonces.json");
        vm.prank(alice.addr);
        escrow.setDelegate(phone.addr, 1000, uint32(block.timestamp + 30 days));
        for (uint256 i = 0; i < 2; ++i) {
            where = nth("$.cases", i);
            bool delegated = same(".kind", "delegate");
            string memory list = string.concat(where, ".steps");
            uint256 n;
            for (where = nth(list, 0); vm.keyExistsJson(json, where); where = nth(list, ++n)) {
                playNonce(uint64(number(".nonce")), delegated);
            }
            vm.assertGt(n, 15, list);
        }
    }

    function playNonce(uint64 nonce, bool delegated) private {
        IEscrow.Open memory o;
        if (delegated) {
            o = order(alice, pod.id, nonce | TOP, nonce, 1, uint40(block.timestamp + 1 days));
            o.signer = phone.addr;
            resign(phone, pod.id, o);
        } else {
            o = order(alice, pod.id, nonce & ~TOP, nonce, 1, uint40(block.timestamp + 1 days));
        }
        uint96 before = avail(alice.addr);
        open(pod.id, o);
        bool taken = vm.parseJsonBool(json, string.concat(where, ".taken"));
        vm.assertEq(before - avail(alice.addr), taken ? 1 : 0, where);
        (uint256 base, uint256 window) = window_(delegated);
        vm.assertEq(base, number(".base"), where);
        vm.assertEq(window, number(".window"), where);
    }

    function window_(bool delegated) private view returns (uint256 base, uint256 window) {
        if (delegated) (,,, base, window) = escrow.delegate(alice.addr, phone.addr);
        else (, base, window) = escrow.account(alice.addr);
    }

    // Receipts

    function test_receipts() public {
        json = vm.readFile("../testdata/vectors/billing/receipts.json");
        uint256 n;
        for (where = "$.cases[0]"; vm.keyExistsJson(json, where); where = nth("$.cases", ++n)) {
            bytes32 root = vm.parseJsonBytes32(json, string.concat(where, ".root"));
            string memory list = string.concat(where, ".receipts");
            uint256 i;
            for (where = nth(list, 0); vm.keyExistsJson(json, where); where = nth(list, ++i)) {
                bytes32 hash = hashReceipt();
                vm.assertEq(hash, bytes32_(".hashStruct"), where);
                vm.assertEq(rootFrom(hash), root, where);
            }
            vm.assertGt(i, 0, list);
        }
        vm.assertEq(n, 5);
    }

    function hashReceipt() private view returns (bytes32) {
        TypedData.Receipt memory r;
        (r.sessionId, r.requestHash) = (bytes32_(".sessionId"), bytes32_(".requestHash"));
        (r.responseHash, r.modelDigest) = (bytes32_(".responseHash"), bytes32_(".modelDigest"));
        (r.offerHash, r.finish) = (bytes32_(".offerHash"), uint8(number(".finish")));
        (r.inTokens, r.cachedTokens) = (uint32(number(".inTokens")), uint32(number(".cachedTokens")));
        (r.outTokens, r.cost) = (uint32(number(".outTokens")), uint96(number(".cost")));
        (r.charged, r.rseq) = (uint96(number(".charged")), uint64(number(".rseq")));
        r.blind = bytes16(vm.parseJsonBytes(json, string.concat(where, ".blind")));
        return TypedData.receipt(r);
    }

    /// @dev The root that a receipt's path leads to.
    function rootFrom(bytes32 hash) private view returns (bytes32 node) {
        node = keccak256(abi.encodePacked(uint8(0), hash));
        string memory list = string.concat(where, ".path");
        for (uint256 i = 0; vm.keyExistsJson(json, nth(list, i)); ++i) {
            bytes32 sibling = vm.parseJsonBytes32(json, string.concat(nth(list, i), ".hash"));
            bool left = vm.parseJsonBool(json, string.concat(nth(list, i), ".left"));
            node =
                keccak256(left ? abi.encodePacked(uint8(1), sibling, node) : abi.encodePacked(uint8(1), node, sibling));
        }
    }

    function bytes32_(string memory field) private view returns (bytes32) {
        return vm.parseJsonBytes32(json, string.concat(where, field));
    }

    function same(string memory field, string memory text) private view returns (bool) {
        return keccak256(bytes(vm.parseJsonString(json, string.concat(where, field)))) == keccak256(bytes(text));
    }

    function number(string memory field) private view returns (uint256) {
        return vm.parseJsonUint(json, string.concat(where, field));
    }

    function nth(string memory list, uint256 index) private pure returns (string memory) {
        return string.concat(list, "[", vm.toString(index), "]");
    }
}
