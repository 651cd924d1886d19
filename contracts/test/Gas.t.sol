// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {IEscrow} from "../src/interfaces/IEscrow.sol";
import {TypedData} from "../src/TypedData.sol";
import {Fixture} from "./Fixture.sol";
import {vm} from "./Vm.sol";

/// @dev What each operation of the escrow costs, as whole transactions, in contracts/snapshots/escrow.json.
/// chain/bindings/escrow/gas_test.go has those of settlement from receipts of another EVM.
contract GasTest is Fixture {
    bytes32 private constant PERMIT =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");

    TestPod private pod;
    Key private phone = key("phone");

    function setUp() public override {
        super.setUp();
        pod = newPod("pod");
        fund(bob.addr, 100_000);
        token.mint(bob.addr, 100_000);
        token.mint(operator, 1); // a balance that is there already
        vm.prank(bob.addr);
        token.approve(address(escrow), 50_000);
    }

    function note(string memory what) private {
        vm.snapshotGasLastCall("escrow", what);
    }

    function soon() private view returns (uint40) {
        return uint40(block.timestamp + 10 minutes);
    }

    /// forge-config: default.evm_version = "osaka"
    /// forge-config: default.isolate = true
    function test_gasOfDepositsAndWithdrawals() public {
        vm.prank(bob.addr);
        escrow.deposit(10);
        note("deposit");
        vm.prank(bob.addr);
        escrow.depositFor(address(0xace), 10);
        note("depositFor, a new account");

        uint256 deadline = block.timestamp + 1 hours;
        bytes32 hash = keccak256(abi.encode(PERMIT, bob.addr, address(escrow), 70, 0, deadline));
        bytes32 domain = IERC20Permit(address(token)).DOMAIN_SEPARATOR();
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(bob.secret, MessageHashUtils.toTypedDataHash(domain, hash));
        escrow.depositWithPermit(bob.addr, 70, deadline, v, r, s);
        note("depositWithPermit");

        vm.prank(bob.addr);
        escrow.withdraw(operator, 10);
        note("withdraw");
        bytes memory signed = sign65(bob, TypedData.withdraw(bob.addr, operator, 10, 1, 0, soon()));
        vm.prank(operator);
        escrow.withdrawFor(bob.addr, operator, 10, 1, 0, soon(), signed);
        note("withdrawFor, with a fee");
    }

    /// forge-config: default.evm_version = "osaka"
    /// forge-config: default.isolate = true
    function test_gasOfDelegates() public {
        uint32 expiry = uint32(block.timestamp + 30 days);
        vm.prank(bob.addr);
        escrow.setDelegate(phone.addr, 1000, expiry);
        note("setDelegate, new");
        vm.prank(bob.addr);
        escrow.setDelegate(phone.addr, 2000, expiry);
        note("setDelegate, again");
        bytes memory signed = sign65(bob, TypedData.delegate(bob.addr, phone.addr, 3000, expiry, 0, soon()));
        escrow.setDelegateFor(bob.addr, phone.addr, 3000, expiry, 0, soon(), signed);
        note("setDelegateFor");
        IEscrow.Open[] memory opens = new IEscrow.Open[](1);
        opens[0] = order(bob, pod.id, 1 << 63, 0, 100, uint40(block.timestamp + 1 days));
        opens[0].signer = phone.addr;
        resign(phone, pod.id, opens[0]);
        escrow.openSessions(pod.id, opens);
        note("openSessions, 1 by a delegate");
    }

    /// forge-config: default.evm_version = "osaka"
    /// forge-config: default.isolate = true
    function test_gasOfASessionsLife() public {
        IEscrow.Open[] memory opens = new IEscrow.Open[](1);
        opens[0] = order(bob, pod.id, 0, 1000);
        escrow.openSessions(pod.id, opens);
        note("openSessions, 1");
        opens[0] = order(bob, pod.id, 0, 1, 1000, uint40(block.timestamp + 1 days));
        escrow.openSessions(pod.id, opens);
        note("openSessions, 1 that adds");
        opens = new IEscrow.Open[](10);
        for (uint64 i = 0; i < 10; ++i) {
            opens[i] = order(bob, pod.id, 2 + i, 1000);
        }
        escrow.openSessions(pod.id, opens);
        note("openSessions, 10");

        settleNoted("settle, 1 row, first of the pod", 0, 10);
        settleNoted("settle, 1 row", 0, 20);
        Row memory w = row(bob.addr, pod.id, 0, 0, 100);
        w.acked = 30;
        signVoucher(signer, pod.id, w);
        escrow.settleAcked(
            pod.id, abi.encodePacked(w.owner, w.signer, w.salt, w.ceiling, w.acked, w.requestHash, w.r, w.vs)
        );
        note("settleAcked, 1 row");

        w = row(bob.addr, pod.id, 0, 40, 100);
        bytes32 id = escrow.sessionIdOf(bob.addr, signer.addr, pod.id, 0);
        (bytes32 r, bytes32 vs) = sign(pod.identity, TypedData.closeSession(id, 40, soon()));
        escrow.closeNow(pod.id, encode(w), soon(), r, vs);
        note("closeNow");
        vm.prank(bob.addr);
        escrow.requestClose(bob.addr, signer.addr, pod.id, 2);
        note("requestClose");
        id = escrow.sessionIdOf(bob.addr, signer.addr, pod.id, 3);
        bytes memory signed = sign65(bob, TypedData.requestClose(id, soon()));
        escrow.requestCloseFor(bob.addr, signer.addr, pod.id, 3, soon(), signed);
        note("requestCloseFor");
        vm.warp(block.timestamp + 1 hours + 1);
        escrow.release(bob.addr, signer.addr, pod.id, 2);
        note("release");
        vm.prank(operator);
        escrow.payout(only(pod.id), operator);
        note("payout, 1 pod");
    }

    function settleNoted(string memory what, uint64 salt, uint96 charged) private {
        bytes memory rows = encode(row(bob.addr, pod.id, salt, charged, 100));
        uint64 seq = escrow.lastSeq(pod.id) + 1;
        (bytes32 r, bytes32 vs) = signBatch(pod.identity, pod.id, seq, rows);
        escrow.settle(pod.id, seq, ROOT, CONFIG, rows, r, vs);
        note(what);
    }
}
