// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IEscrow} from "../src/interfaces/IEscrow.sol";
import {TypedData} from "../src/TypedData.sol";
import {Fixture} from "./Fixture.sol";
import {vm} from "./Vm.sol";

/// @dev Keys that owners give a budget to.
contract DelegatesTest is Fixture {
    uint64 private constant TOP = 1 << 63;

    TestPod private pod;
    Key private phone = key("phone");
    uint32 private expiry;

    function setUp() public override {
        super.setUp();
        pod = newPod("pod");
        expiry = uint32(block.timestamp + 30 days);
        allow(500);
    }

    function allow(uint96 cap) private {
        vm.prank(alice.addr);
        escrow.setDelegate(phone.addr, cap, expiry);
    }

    /// @dev An order by the phone for a session of its own.
    function byPhone(uint64 nonce, uint96 cap) private view returns (IEscrow.Open memory) {
        return byPhone(nonce | TOP, nonce, cap);
    }

    function byPhone(uint64 salt, uint64 nonce, uint96 cap) private view returns (IEscrow.Open memory o) {
        o = order(alice, pod.id, salt, nonce, cap, uint40(block.timestamp + 1 days));
        o.signer = phone.addr;
        resign(phone, pod.id, o);
    }

    function idOf(uint64 nonce) private view returns (bytes32) {
        return escrow.sessionIdOf(alice.addr, phone.addr, pod.id, nonce | TOP);
    }

    function used() private view returns (uint96 u) {
        (, u,,,) = escrow.delegate(alice.addr, phone.addr);
    }

    function test_aDelegateOpensFromItsOwnersBalance() public {
        open(pod.id, byPhone(0, 200));
        vm.assertEq(capOf(idOf(0)), 200);
        vm.assertEq(avail(alice.addr), FUNDS - 200);
        (uint96 cap, uint96 u, uint32 until, uint24 base, uint8 window) = escrow.delegate(alice.addr, phone.addr);
        vm.assertEq(cap, 500);
        vm.assertEq(u, 200);
        vm.assertEq(until, expiry);
        vm.assertEq(base, 0);
        vm.assertEq(window, 1);
        // The owner's nonces are not touched.
        (, uint64 nonceBase, uint96 nonceWindow) = escrow.account(alice.addr);
        vm.assertEq(uint256(nonceBase) + nonceWindow, 0);
    }

    /// @dev Invariant 8.
    function test_aDelegateNeverLocksBeyondItsCap() public {
        open(pod.id, byPhone(0, 300));
        expectSkip(pod.id, byPhone(1, 201), IEscrow.OpenSkip.Delegate);
        open(pod.id, byPhone(1, 200));
        expectSkip(pod.id, byPhone(2, 1), IEscrow.OpenSkip.Delegate);
        expectSkip(pod.id, byPhone(0 | TOP, 2, 1), IEscrow.OpenSkip.Delegate); // nor by adding
        vm.assertEq(used(), 500);
    }

    function test_whatADelegateDidNotSpendIsItsAgain() public {
        open(pod.id, byPhone(0, 300));
        Row memory w = row(pod.id, 0 | TOP, 120, 300);
        w.signer = phone.addr;
        signVoucher(phone, pod.id, w);
        vm.assertEq(settle(pod, w), 120);
        vm.prank(phone.addr);
        escrow.requestClose(alice.addr, phone.addr, pod.id, 0 | TOP);
        vm.warp(block.timestamp + 1 hours + 1);
        escrow.release(alice.addr, phone.addr, pod.id, 0 | TOP);
        vm.assertEq(used(), 120);
        vm.assertEq(avail(alice.addr), FUNDS - 120);
        expectSkip(pod.id, byPhone(1, 381), IEscrow.OpenSkip.Delegate);
        open(pod.id, byPhone(1, 380));
    }

    function test_aDelegateOfOneOwnerIsNobodyToOthers() public {
        fund(bob.addr, 100);
        IEscrow.Open memory o = byPhone(0, 10);
        o.owner = bob.addr;
        resign(phone, pod.id, o);
        expectSkip(pod.id, o, IEscrow.OpenSkip.Delegate);
    }

    function test_aDelegateSignsItself() public {
        IEscrow.Open memory o = byPhone(0, 10);
        resign(alice, pod.id, o); // the owner opens with nonces of its own
        expectSkip(pod.id, o, IEscrow.OpenSkip.Signature);
        o.signer = signer.addr; // and the signer is the delegate
        resign(phone, pod.id, o);
        expectSkip(pod.id, o, IEscrow.OpenSkip.Delegate);
    }

    function test_anExpiredDelegateOpensNothing() public {
        IEscrow.Open memory o = byPhone(0, 10);
        o.expiry = expiry + 1;
        resign(phone, pod.id, o);
        expectSkip(pod.id, o, IEscrow.OpenSkip.Expiry); // nor anything that would outlive it
        vm.warp(expiry);
        o = byPhone(0, 10);
        o.expiry = expiry;
        resign(phone, pod.id, o);
        open(pod.id, o);
        vm.warp(expiry + 1);
        expectSkip(pod.id, byPhone(1, 10), IEscrow.OpenSkip.Delegate);
    }

    function test_aRevokedDelegateOpensNothingAndAnyoneClosesItsSessions() public {
        open(pod.id, byPhone(0, 200));
        vm.expectRevert(abi.encodeWithSelector(IEscrow.NotParty.selector, idOf(0), bob.addr));
        vm.prank(bob.addr);
        escrow.requestClose(alice.addr, phone.addr, pod.id, 0 | TOP);

        vm.expectEmit();
        emit IEscrow.DelegateSet(alice.addr, phone.addr, 0, 0);
        vm.prank(alice.addr);
        escrow.setDelegate(phone.addr, 0, 0);
        expectSkip(pod.id, byPhone(1, 1), IEscrow.OpenSkip.Delegate);
        expectSkip(pod.id, byPhone(0 | TOP, 1, 1), IEscrow.OpenSkip.Delegate);
        vm.prank(bob.addr);
        escrow.requestClose(alice.addr, phone.addr, pod.id, 0 | TOP);
        vm.assertEq(expiryOf(idOf(0)), block.timestamp + 1 hours);
        // What it had signed before is settled until then.
        Row memory w = row(pod.id, 0 | TOP, 50, 60);
        w.signer = phone.addr;
        signVoucher(phone, pod.id, w);
        vm.assertEq(settle(pod, w), 50);
    }

    /// @dev The same salt in a session of the owner's own is no delegate's.
    function test_revocationOpensNoOtherSessionsToStrangers() public {
        bytes32 id = openSession(pod.id, 0, 100);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.NotParty.selector, id, bob.addr));
        vm.prank(bob.addr);
        escrow.requestClose(alice.addr, signer.addr, pod.id, 0);
    }

    /// @dev Invariant 4, whatever is revoked and given anew in between.
    function test_noIdOfADelegatesSessionRecurs() public {
        open(pod.id, byPhone(0, 100));
        IEscrow.Open memory again = byPhone(0, 100);
        expectSkip(pod.id, again, IEscrow.OpenSkip.Nonce);
        vm.prank(alice.addr);
        escrow.setDelegate(phone.addr, 0, 0);
        escrow.requestClose(alice.addr, phone.addr, pod.id, 0 | TOP);
        vm.warp(block.timestamp + 1 hours + 1);
        escrow.release(alice.addr, phone.addr, pod.id, 0 | TOP);
        allow(500);
        expectSkip(pod.id, byPhone(0, 100), IEscrow.OpenSkip.Nonce);
        vm.assertEq(capOf(idOf(0)), 0);
    }

    function test_noncesOfADelegateNeedNoOrderInAWindow() public {
        open(pod.id, byPhone(5, 1));
        open(pod.id, byPhone(2, 1));
        expectSkip(pod.id, byPhone(5, 1), IEscrow.OpenSkip.Nonce);
        open(pod.id, byPhone(8, 1)); // slides by one: 1 to 8
        expectSkip(pod.id, byPhone(0, 1), IEscrow.OpenSkip.Nonce);
        open(pod.id, byPhone(1, 1));
        expectSkip(pod.id, byPhone(2, 1), IEscrow.OpenSkip.Nonce);
        expectSkip(pod.id, byPhone(8 + 256, 1), IEscrow.OpenSkip.Nonce); // too far
        open(pod.id, byPhone(8 + 255, 1));
        expectSkip(pod.id, byPhone(8, 1), IEscrow.OpenSkip.Nonce);
        open(pod.id, byPhone(8 + 254, 1));
        expectSkip(pod.id, byPhone(1 << 24, 1), IEscrow.OpenSkip.Nonce);
    }

    /// @dev The contract's window against the rule: used once, not below the base, not too far above.
    function testFuzz_noncesOfDelegatesMatchTheRule(uint16[24] calldata picks) public {
        bool[2048] memory seen;
        uint256 base;
        for (uint256 i = 0; i < picks.length; ++i) {
            uint64 nonce = uint64(picks[i] % 40) + uint64(i) * 5;
            bool may = nonce >= base && !seen[nonce] && nonce <= base + 7 + 255;
            open(pod.id, byPhone(nonce, 1));
            bool did = capOf(idOf(nonce)) == 1 && !seen[nonce];
            vm.assertTrue(did == may, vm.toString(nonce));
            if (may) seen[nonce] = true;
            if (may && nonce > base + 7) base = nonce - 7;
        }
    }

    function test_theOwnersOrderOfADelegateMayBeRelayed() public {
        uint40 deadline = uint40(block.timestamp + 1 hours);
        bytes memory good = sign65(alice, TypedData.delegate(alice.addr, bob.addr, 70, expiry, 3, deadline));
        vm.expectRevert(abi.encodeWithSelector(IEscrow.BadSignature.selector, alice.addr));
        escrow.setDelegateFor(alice.addr, bob.addr, 71, expiry, 3, deadline, good);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.BadSignature.selector, bob.addr));
        escrow.setDelegateFor(bob.addr, bob.addr, 70, expiry, 3, deadline, good);
        escrow.setDelegateFor(alice.addr, bob.addr, 70, expiry, 3, deadline, good);
        (uint96 cap,, uint32 until,,) = escrow.delegate(alice.addr, bob.addr);
        vm.assertEq(cap, 70);
        vm.assertEq(until, expiry);
        // Once: not when the owner has taken it back.
        vm.prank(alice.addr);
        escrow.setDelegate(bob.addr, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.BadNonce.selector, 3));
        escrow.setDelegateFor(alice.addr, bob.addr, 70, expiry, 3, deadline, good);
        // Nor late.
        good = sign65(alice, TypedData.delegate(alice.addr, bob.addr, 70, expiry, 4, deadline));
        vm.warp(deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.Late.selector, deadline));
        escrow.setDelegateFor(alice.addr, bob.addr, 70, expiry, 4, deadline, good);
        vm.expectRevert(IEscrow.ZeroAddress.selector);
        escrow.setDelegate(address(0), 1, expiry);
    }

    /// @dev An order that was signed before the revocation and kept back.
    function test_aDelegatesHeldOrderDiesWithIt() public {
        IEscrow.Open memory held = byPhone(0, 100);
        vm.prank(alice.addr);
        escrow.setDelegate(phone.addr, 0, 0);
        expectSkip(pod.id, held, IEscrow.OpenSkip.Delegate);
    }

    function test_amountsNear2To96OverflowNothing() public {
        allow(type(uint96).max);
        expectSkip(pod.id, byPhone(0, type(uint96).max), IEscrow.OpenSkip.Balance);
        open(pod.id, byPhone(0, FUNDS));
        allow(10); // less than what is locked already
        expectSkip(pod.id, byPhone(1, 1), IEscrow.OpenSkip.Delegate);
        vm.assertEq(used(), FUNDS);
    }
}
