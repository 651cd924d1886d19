// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {FullHandler} from "./FullHandler.sol";
import {vm} from "./Vm.sol";

contract InvariantTest {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    FullHandler private handler;

    function setUp() public {
        handler = new FullHandler();
        handler.setUp();
    }

    /// @dev forge asks these two what to call.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0].addr = address(handler);
        targets[0].selectors = actions();
    }

    function invariant_books() external view {
        handler.check();
    }

    function afterInvariant() external {
        handler.everybodyLeaves();
    }

    /// @dev The campaign would prove nothing if its actions all came to nothing.
    function test_theHandlerReachesEverything() external {
        bytes4[] memory selectors = actions();
        for (uint256 i = 0; i < 1200; ++i) {
            bytes32 h = keccak256(abi.encode("walk", i));
            bytes memory arguments = abi.encode(
                keccak256(abi.encode(h, 1)),
                uint256(keccak256(abi.encode(h, 2))) >> 160,
                uint256(keccak256(abi.encode(h, 3))) >> 160,
                keccak256(abi.encode(h, 4)),
                keccak256(abi.encode(h, 5))
            );
            bytes4 selector = selectors[uint256(h) % selectors.length];
            (bool ok, bytes memory reason) = address(handler).call(abi.encodePacked(selector, arguments));
            if (!ok) {
                assembly {
                    revert(add(reason, 0x20), mload(reason))
                }
            }
        }
        handler.check();
        string[33] memory names = [
            "deposit",
            "withdraw",
            "withdraw refused",
            "open",
            "open refused",
            "top-up",
            "top-up refused",
            "order replayed",
            "settle",
            "settle without effect",
            "batch replayed",
            "rows replayed",
            "close",
            "close refused",
            "release",
            "release refused",
            "payout",
            "payout refused",
            "delegate set",
            "delegate revoked",
            "open by delegate",
            "open by delegate refused",
            "acked",
            "acked without effect",
            "closed at once",
            "closed at once and paid",
            "closing at once refused",
            "close carried",
            "close carried refused",
            "withdrawal carried",
            "withdrawal carried refused",
            "sponsored",
            "paused"
        ];
        for (uint256 i = 0; i < names.length; ++i) {
            vm.assertGt(handler.did(names[i]), 0, names[i]);
        }
        handler.everybodyLeaves();
    }

    function actions() private view returns (bytes4[] memory s) {
        s = new bytes4[](20);
        s[0] = handler.deposit.selector;
        s[1] = handler.withdraw.selector;
        s[2] = handler.open.selector;
        s[3] = handler.topUp.selector;
        s[4] = handler.replayOrder.selector;
        s[5] = handler.settleBatch.selector;
        s[6] = handler.replayBatch.selector;
        s[7] = handler.replayRows.selector;
        s[8] = handler.requestClose.selector;
        s[9] = handler.release.selector;
        s[10] = handler.payout.selector;
        s[11] = handler.sleep.selector;
        s[12] = handler.setDelegate.selector;
        s[13] = handler.openByDelegate.selector;
        s[14] = handler.settleAcked.selector;
        s[15] = handler.closeNow.selector;
        s[16] = handler.requestCloseFor.selector;
        s[17] = handler.withdrawFor.selector;
        s[18] = handler.depositFor.selector;
        s[19] = handler.pause.selector;
    }
}
