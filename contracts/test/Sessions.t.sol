// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IEscrow} from "../src/interfaces/IEscrow.sol";
import {IPodRegistry} from "../src/interfaces/IPodRegistry.sol";
import {Fixture} from "./Fixture.sol";
import {vm} from "./Vm.sol";

/// @dev Accounts, openings and closings.
contract SessionsTest is Fixture {
    uint256 private constant CURVE_ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    address private pod = address(0xb0d);
    address private otherPod = address(0xb0d2);

    // Deployment

    function test_constructorRefusesARegistryOfAnotherEscrow() public {
        IPodRegistry foreign = anotherRegistry(address(escrow));
        vm.expectRevert(abi.encodeWithSelector(IEscrow.WrongRegistry.selector, address(foreign), address(escrow)));
        newEscrow(address(token), foreign);
    }

    function test_constructorRefusesNoToken() public {
        IPodRegistry r = anotherRegistry(vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 3));
        vm.expectRevert(IEscrow.ZeroAddress.selector);
        newEscrow(address(0), r);
    }

    // Accounts

    function test_depositCreditsTheSender() public {
        token.mint(bob.addr, 7);
        vm.prank(bob.addr);
        token.approve(address(escrow), 7);
        vm.expectEmit();
        emit IEscrow.Deposited(bob.addr, bob.addr, 7);
        vm.prank(bob.addr);
        escrow.deposit(7);
        vm.assertEq(avail(bob.addr), 7);
        vm.assertEq(avail(alice.addr), FUNDS);
        vm.assertEq(token.balanceOf(address(escrow)), FUNDS + 7);
    }

    function test_depositOfNothingReverts() public {
        vm.expectRevert(IEscrow.ZeroAmount.selector);
        escrow.deposit(0);
    }

    function test_withdrawPaysUnlockedBalance() public {
        vm.expectEmit();
        emit IEscrow.Withdrawn(alice.addr, bob.addr, 400, 0);
        vm.prank(alice.addr);
        escrow.withdraw(bob.addr, 400);
        vm.assertEq(token.balanceOf(bob.addr), 400);
        vm.assertEq(avail(alice.addr), FUNDS - 400);
    }

    function test_withdrawRefusals() public {
        vm.expectRevert(abi.encodeWithSelector(IEscrow.InsufficientBalance.selector, FUNDS, FUNDS + 1));
        vm.prank(alice.addr);
        escrow.withdraw(alice.addr, FUNDS + 1);
        vm.expectRevert(IEscrow.ZeroAmount.selector);
        vm.prank(alice.addr);
        escrow.withdraw(alice.addr, 0);
        vm.expectRevert(IEscrow.ZeroAddress.selector);
        vm.prank(alice.addr);
        escrow.withdraw(address(0), 1);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.BadRecipient.selector, address(escrow)));
        vm.prank(alice.addr);
        escrow.withdraw(address(escrow), 1);
    }

    function test_withdrawOfLockedFundsReverts() public {
        openSession(pod, 0, 900);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.InsufficientBalance.selector, 100, 101));
        vm.prank(alice.addr);
        escrow.withdraw(alice.addr, 101);
        vm.prank(alice.addr);
        escrow.withdraw(alice.addr, 100);
        vm.assertEq(token.balanceOf(address(escrow)), 900);
    }

    // Openings

    function test_openLocks() public {
        IEscrow.Open memory o = order(alice, pod, 5, 300);
        bytes32 id = sessionId(alice.addr, pod, 5);
        vm.expectEmit();
        emit IEscrow.SessionOpened(id, alice.addr, pod, signer.addr, 5, 300, o.expiry);
        open(pod, o);
        (uint96 cap, uint96 claimed, uint40 expiry, bool closing) = escrow.session(id);
        vm.assertEq(cap, 300);
        vm.assertEq(claimed, 0);
        vm.assertEq(expiry, o.expiry);
        vm.assertTrue(!closing);
        vm.assertEq(avail(alice.addr), FUNDS - 300);
        vm.assertEq(id, keccak256(abi.encode(alice.addr, signer.addr, pod, uint64(5))));
    }

    function test_openTakesSignaturesOf65Bytes() public {
        IEscrow.Open memory o = order(alice, pod, 0, 1);
        o.signature = sign65(alice, this.hashOpen(pod, o));
        open(pod, o);
        vm.assertEq(capOf(sessionId(alice.addr, pod, 0)), 1);
    }

    function test_doubleLockIsSkipped() public {
        openSession(pod, 0, 900);
        expectSkip(otherPod, order(alice, otherPod, 1, 200), IEscrow.OpenSkip.Balance);
        vm.assertEq(avail(alice.addr), 100);
        open(otherPod, order(alice, otherPod, 1, 100));
        vm.assertEq(avail(alice.addr), 0);
    }

    function test_openSkipsWhatIsLate() public {
        IEscrow.Open memory o = order(alice, pod, 0, 1);
        vm.warp(o.deadline + 1);
        expectSkip(pod, o, IEscrow.OpenSkip.Deadline);
        vm.warp(o.deadline);
        open(pod, o);
        vm.assertEq(capOf(sessionId(alice.addr, pod, 0)), 1);
    }

    function test_openSkipsBadExpiries() public {
        expectSkip(pod, order(alice, pod, 0, 0, 1, START - 1), IEscrow.OpenSkip.Expiry);
        uint40 latest = START + 90 days;
        expectSkip(pod, order(alice, pod, 0, 0, 1, latest + 1), IEscrow.OpenSkip.Expiry);
        open(pod, order(alice, pod, 0, 0, 1, latest));
        vm.assertEq(expiryOf(sessionId(alice.addr, pod, 0)), latest);
    }

    function test_openSkipsCapsOfNothing() public {
        expectSkip(pod, order(alice, pod, 0, 0), IEscrow.OpenSkip.Cap);
    }

    function test_openSkipsOrdersOfOthers() public {
        IEscrow.Open memory o = order(alice, pod, 0, 1);
        resign(bob, pod, o);
        expectSkip(pod, o, IEscrow.OpenSkip.Signature);
    }

    function test_openSkipsOrdersForAnotherPod() public {
        expectSkip(otherPod, order(alice, pod, 0, 1), IEscrow.OpenSkip.Signature);
    }

    function test_openSkipsOrdersForAnotherChainOrEscrow() public {
        IEscrow.Open memory o = order(alice, pod, 0, 1);
        (, IEscrow other) = deploy(address(token));
        token.mint(alice.addr, 1);
        vm.prank(alice.addr);
        token.approve(address(other), 1);
        vm.prank(alice.addr);
        other.deposit(1);
        IEscrow.Open[] memory opens = new IEscrow.Open[](1);
        opens[0] = o;
        vm.expectEmit();
        emit IEscrow.OpenSkipped(sessionId(alice.addr, pod, 0), alice.addr, pod, 0, IEscrow.OpenSkip.Signature);
        other.openSessions(pod, opens);

        vm.chainId(block.chainid + 1);
        expectSkip(pod, o, IEscrow.OpenSkip.Signature);
    }

    function test_openSkipsTheTwinOfASignature() public {
        IEscrow.Open memory o = order(alice, pod, 0, 1);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(alice.secret, digest(this.hashOpen(pod, o)));
        o.signature = abi.encodePacked(r, bytes32(CURVE_ORDER - uint256(s)), v == 27 ? uint8(28) : uint8(27));
        expectSkip(pod, o, IEscrow.OpenSkip.Signature);
    }

    function test_openSkipsTheZeroOwner() public {
        // Nobody signed: recovery fails and yields the zero address, which must not pass for the owner's. The owner has
        // money here, which it cannot have in earnest, so that the signature is what stops the order.
        setAccount(address(0), FUNDS, 0);
        IEscrow.Open memory o = order(alice, pod, 0, 1);
        o.owner = address(0);
        o.signature = "";
        expectSkip(pod, o, IEscrow.OpenSkip.Signature);
    }

    function testFuzz_garbageForASignatureIsSkipped(bytes calldata garbage) public {
        IEscrow.Open memory o = order(alice, pod, 0, 1);
        o.signature = garbage;
        expectSkip(pod, o, IEscrow.OpenSkip.Signature);
    }

    function testFuzz_aChangedOrderIsSkipped(uint8 field, uint256 to) public {
        IEscrow.Open memory o = order(alice, pod, 7, 10);
        field = uint8(bound(field, 0, 5));
        if (field == 0) o.signer = address(uint160(bound(to, 1, type(uint152).max)));
        if (field == 1) o.cap = uint96(bound(to, 11, FUNDS));
        if (field == 2) o.expiry = uint40(bound(to, o.expiry + 1, START + 90 days));
        if (field == 3) o.deadline = uint40(bound(to, o.deadline + 1, type(uint40).max));
        if (field == 4) (o.nonce, o.salt) = (8, 8);
        if (field == 5) o.owner = fundedBob();
        expectSkip(pod, o, IEscrow.OpenSkip.Signature);
    }

    function test_aBadOrderDoesNotSpoilItsBatch() public {
        fund(bob.addr, 50);
        IEscrow.Open[] memory opens = new IEscrow.Open[](4);
        opens[0] = order(alice, pod, 0, 10);
        opens[1] = order(alice, pod, 1, FUNDS);
        opens[2] = order(alice, pod, 0, 10); // a replay
        opens[3] = order(bob, pod, 0, 50);
        escrow.openSessions(pod, opens);
        vm.assertEq(avail(alice.addr), FUNDS - 10);
        vm.assertEq(avail(bob.addr), 0);
        vm.assertEq(capOf(sessionId(alice.addr, pod, 1)), 0);
        vm.assertEq(capOf(sessionId(bob.addr, pod, 0)), 50);
    }

    // Top-ups

    function test_topUpAddsToCapAndNeverShortensExpiry() public {
        bytes32 id = openSession(pod, 0, 100);
        uint40 expiry = expiryOf(id);
        open(pod, order(alice, pod, 0, 1, 50, expiry - 1));
        vm.assertEq(capOf(id), 150);
        vm.assertEq(expiryOf(id), expiry);
        open(pod, order(alice, pod, 0, 2, 25, expiry + 1));
        vm.assertEq(capOf(id), 175);
        vm.assertEq(expiryOf(id), expiry + 1);
        vm.assertEq(avail(alice.addr), FUNDS - 175);
    }

    function test_topUpReplayIsSkipped() public {
        bytes32 id = openSession(pod, 0, 100);
        IEscrow.Open memory o = order(alice, pod, 0, 1, 50, START + 1 days);
        open(pod, o);
        expectSkip(pod, o, IEscrow.OpenSkip.Nonce);
        vm.assertEq(capOf(id), 150);
    }

    function test_topUpOfNoSessionIsSkipped() public {
        expectSkip(pod, order(alice, pod, 3, 0, 50, START + 1 days), IEscrow.OpenSkip.Salt);
    }

    function test_topUpOfAClosingSessionIsSkipped() public {
        openSession(pod, 0, 100);
        vm.prank(alice.addr);
        escrow.requestClose(alice.addr, signer.addr, pod, 0);
        expectSkip(pod, order(alice, pod, 0, 1, 50, START + 1 days), IEscrow.OpenSkip.Closing);
    }

    /// @dev A pod that keeps a signed top-up to itself until the session is over gains nothing by it.
    function test_topUpOfAnExpiredSessionIsSkipped() public {
        bytes32 id = openSession(pod, 0, 100);
        uint40 expiry = expiryOf(id);
        IEscrow.Open memory held = order(alice, pod, 0, 1, 50, START + 7 days);
        held.deadline = START + 7 days;
        resign(alice, pod, held);
        vm.warp(expiry + 1);
        expectSkip(pod, held, IEscrow.OpenSkip.Expired);
        escrow.release(alice.addr, signer.addr, pod, 0);
        expectSkip(pod, held, IEscrow.OpenSkip.Salt);
        vm.assertEq(avail(alice.addr), FUNDS);
    }

    function test_topUpInTheLastSecondProlongs() public {
        bytes32 id = openSession(pod, 0, 100);
        vm.warp(expiryOf(id));
        open(pod, order(alice, pod, 0, 1, 50, START + 7 days));
        vm.assertEq(capOf(id), 150);
        vm.assertEq(expiryOf(id), START + 7 days);
    }

    /// @dev A cap counts what was paid out long ago: it may grow past what there is of the token.
    function test_topUpPast96BitsIsSkippedAndSpoilsNoBatch() public {
        TestPod memory p = newPod("pod");
        uint96 most = type(uint96).max - FUNDS;
        fund(bob.addr, most);
        open(p.id, order(bob, p.id, 0, most));
        settle(p, row(bob.addr, p.id, 0, most, most));
        vm.prank(operator);
        escrow.payout(only(p.id), bob.addr);
        vm.prank(bob.addr);
        token.approve(address(escrow), most);
        vm.prank(bob.addr);
        escrow.deposit(most);

        IEscrow.Open[] memory opens = new IEscrow.Open[](2);
        opens[0] = order(bob, p.id, 0, 1, FUNDS + 1, START + 1 days);
        opens[1] = order(alice, p.id, 0, 10);
        bytes32 id = sessionId(bob.addr, p.id, 0);
        vm.expectEmit();
        emit IEscrow.OpenSkipped(id, bob.addr, p.id, 1, IEscrow.OpenSkip.Cap);
        escrow.openSessions(p.id, opens);
        vm.assertEq(capOf(id), most);
        vm.assertEq(capOf(sessionId(alice.addr, p.id, 0)), 10);
        open(p.id, order(bob, p.id, 0, 1, FUNDS, START + 1 days));
        vm.assertEq(capOf(id), type(uint96).max);
    }

    // Nonces

    function test_nonceIsUsedOnce() public {
        openSession(pod, 3, 10);
        expectSkip(pod, order(alice, pod, 3, 10), IEscrow.OpenSkip.Nonce);
        expectSkip(otherPod, order(alice, otherPod, 3, 10), IEscrow.OpenSkip.Nonce);
    }

    function test_noncesNeedNoOrder() public {
        uint8[6] memory nonces = [95, 0, 50, 94, 1, 49];
        for (uint256 i = 0; i < nonces.length; ++i) {
            openSession(pod, nonces[i], 1);
        }
        (, uint64 base, uint96 window) = escrow.account(alice.addr);
        vm.assertEq(base, 0);
        vm.assertEq(window, 1 << 95 | 1 << 94 | 1 << 50 | 1 << 49 | 1 << 1 | 1);
    }

    function test_windowSlidesAndLeavesSkippedNoncesBehind() public {
        openSession(pod, 2, 1);
        openSession(pod, 97, 1); // window is now 2..97
        (, uint64 base, uint96 window) = escrow.account(alice.addr);
        vm.assertEq(base, 2);
        vm.assertEq(window, uint256(1) << 95 | 1);
        expectSkip(pod, order(alice, pod, 1, 1), IEscrow.OpenSkip.Nonce);
        expectSkip(pod, order(alice, pod, 2, 1), IEscrow.OpenSkip.Nonce);
        openSession(pod, 3, 1);
    }

    function test_aSilentPodDoesNotBlockLaterOpenings() public {
        IEscrow.Open memory held = order(alice, pod, 0, 10); // a pod that keeps what it was sent
        for (uint64 nonce = 1; nonce < 95; ++nonce) {
            openSession(otherPod, nonce, 1);
        }
        open(pod, held); // and uses it late
        vm.assertEq(capOf(sessionId(alice.addr, pod, 0)), 10);
        for (uint64 nonce = 96; nonce < 300; ++nonce) {
            openSession(otherPod, nonce, 1);
        }
    }

    function test_nonceJumpIsLimited() public {
        uint64 last = 95 + 4096;
        expectSkip(pod, order(alice, pod, last + 1, 1), IEscrow.OpenSkip.Nonce);
        openSession(pod, last, 1);
        (, uint64 base, uint96 window) = escrow.account(alice.addr);
        vm.assertEq(base, last - 95);
        vm.assertEq(window, uint256(1) << 95);
    }

    function test_noncesOfDelegatesAreRefused() public {
        expectSkip(pod, order(alice, pod, 1 << 63, 1), IEscrow.OpenSkip.Nonce);
        expectSkip(pod, order(alice, pod, type(uint64).max, 1), IEscrow.OpenSkip.Nonce);
        // Nor can the window slide up to them.
        uint64 base = (1 << 63) - 50;
        setAccount(alice.addr, FUNDS, base);
        expectSkip(pod, order(alice, pod, 1 << 63, 1), IEscrow.OpenSkip.Nonce);
        openSession(pod, (1 << 63) - 1, 1);
    }

    /// @dev Against the rule in its plainest form: a list of used nonces and the lowest that may still be used.
    function testFuzz_noncesMatchTheRule(uint64[32] calldata picks) public {
        uint256 base;
        uint64[] memory used = new uint64[](picks.length);
        uint256 n;
        for (uint256 i = 0; i < picks.length; ++i) {
            // Mostly near the window, sometimes at its edges and beyond.
            uint256 span = i % 4 == 0 ? 95 + 4096 + 8 : 110;
            uint64 nonce = uint64((base < 4 ? 0 : base - 4) + picks[i] % span);
            bool want = nonce >= base && nonce <= base + 95 + 4096;
            for (uint256 j = 0; j < n; ++j) {
                if (used[j] == nonce) want = false;
            }
            open(pod, order(alice, pod, nonce, 1));
            if (!want) continue;
            used[n++] = nonce;
            if (nonce > base + 95) base = nonce - 95;
            vm.assertEq(capOf(sessionId(alice.addr, pod, nonce)), 1);
        }
        (, uint64 gotBase, uint96 window) = escrow.account(alice.addr);
        vm.assertEq(gotBase, base);
        vm.assertEq(avail(alice.addr), FUNDS - n);
        uint96 want96;
        for (uint256 j = 0; j < n; ++j) {
            if (used[j] >= base) want96 |= uint96(1) << uint8(used[j] - base);
        }
        vm.assertEq(window, want96);
    }

    // Closings

    function test_ownerAndSignerMayRequestClose() public {
        bytes32 first = openSession(pod, 0, 10);
        bytes32 second = openSession(pod, 1, 10);
        vm.expectEmit();
        emit IEscrow.CloseRequested(first, START + 1 hours);
        vm.prank(alice.addr);
        escrow.requestClose(alice.addr, signer.addr, pod, 0);
        vm.prank(signer.addr);
        escrow.requestClose(alice.addr, signer.addr, pod, 1);
        (,, uint40 expiry, bool closing) = escrow.session(second);
        vm.assertEq(expiry, START + 1 hours);
        vm.assertTrue(closing);
    }

    function test_othersMayNotRequestClose() public {
        bytes32 id = openSession(pod, 0, 10);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.NotParty.selector, id, bob.addr));
        vm.prank(bob.addr);
        escrow.requestClose(alice.addr, signer.addr, pod, 0);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.NoSession.selector, sessionId(alice.addr, pod, 1)));
        vm.prank(alice.addr);
        escrow.requestClose(alice.addr, signer.addr, pod, 1);
    }

    function test_requestCloseNeverProlongs() public {
        open(pod, order(alice, pod, 0, 0, 10, START + 10 minutes));
        bytes32 id = sessionId(alice.addr, pod, 0);
        vm.prank(alice.addr);
        escrow.requestClose(alice.addr, signer.addr, pod, 0);
        vm.assertEq(expiryOf(id), START + 10 minutes);

        id = openSession(pod, 1, 10);
        vm.prank(alice.addr);
        escrow.requestClose(alice.addr, signer.addr, pod, 1);
        vm.warp(START + 30 minutes);
        vm.prank(alice.addr);
        escrow.requestClose(alice.addr, signer.addr, pod, 1);
        vm.assertEq(expiryOf(id), START + 1 hours);
    }

    function test_releaseGivesBackWhatIsLeft() public {
        bytes32 id = openSession(pod, 0, 300);
        uint40 expiry = expiryOf(id);
        vm.warp(expiry);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.NotExpired.selector, id, expiry));
        escrow.release(alice.addr, signer.addr, pod, 0);
        vm.warp(expiry + 1);
        vm.expectEmit();
        emit IEscrow.Released(id, alice.addr, 300);
        vm.prank(bob.addr); // anyone may
        escrow.release(alice.addr, signer.addr, pod, 0);
        vm.assertEq(avail(alice.addr), FUNDS);
        vm.assertEq(expiryOf(id), 0);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.NoSession.selector, id));
        escrow.release(alice.addr, signer.addr, pod, 0);
    }

    function test_aReleasedSessionIdNeverRecurs() public {
        bytes32 id = openSession(pod, 5, 300);
        vm.warp(expiryOf(id) + 1);
        escrow.release(alice.addr, signer.addr, pod, 5);
        expectSkip(pod, order(alice, pod, 5, 300), IEscrow.OpenSkip.Nonce);
        expectSkip(pod, order(alice, pod, 5, 6, 300, uint40(block.timestamp + 1)), IEscrow.OpenSkip.Salt);
        vm.assertEq(capOf(id), 0);
    }

    /// @dev Writes an account's slot: what calls alone would not reach, or not in a lifetime.
    function setAccount(address owner, uint96 funds, uint64 nonceBase) private {
        bytes32 slot = keccak256(abi.encode(owner, uint256(2)));
        vm.store(address(escrow), slot, bytes32(uint256(funds) | uint256(nonceBase) << 96));
        (uint96 gotFunds, uint64 gotBase, uint96 window) = escrow.account(owner);
        vm.assertEq(gotFunds, funds);
        vm.assertEq(gotBase, nonceBase);
        vm.assertEq(window, 0);
    }

    function fundedBob() private returns (address) {
        fund(bob.addr, FUNDS);
        return bob.addr;
    }
}
