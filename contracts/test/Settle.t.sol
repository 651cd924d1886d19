// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IEscrow} from "../src/interfaces/IEscrow.sol";
import {IPodRegistry} from "../src/interfaces/IPodRegistry.sol";
import {TypedData} from "../src/TypedData.sol";
import {Fixture} from "./Fixture.sol";
import {vm} from "./Vm.sol";

/// @dev Settlements: who can move what, and who cannot.
contract SettleTest is Fixture {
    TestPod private pod;
    TestPod private otherPod;
    bytes32 private id; // alice's session with pod, salt 0, cap 500

    function setUp() public override {
        super.setUp();
        pod = newPod("pod");
        otherPod = newPod("other pod");
        id = openSession(pod.id, 0, 500);
    }

    function test_settlePaysTheOperator() public {
        Row memory w = row(pod.id, 0, 120, 300);
        (bytes32 r, bytes32 vs) = signBatch(pod.identity, pod.id, 1, encode(w));
        vm.expectEmit();
        emit IEscrow.Settled(pod.id, 1, ROOT, CONFIG, 1, 120);
        vm.prank(bob.addr); // anyone may carry a batch
        escrow.settle(pod.id, 1, ROOT, CONFIG, encode(w), r, vs);
        vm.assertEq(claimedOf(id), 120);
        vm.assertEq(escrow.claimable(pod.id), 120);
        vm.assertEq(escrow.lastSeq(pod.id), 1);

        vm.expectEmit();
        emit IEscrow.PaidOut(pod.id, bob.addr, 120);
        vm.prank(operator);
        vm.assertEq(escrow.payout(only(pod.id), bob.addr), 120);
        vm.assertEq(token.balanceOf(bob.addr), 120);
        vm.assertEq(escrow.claimable(pod.id), 0);
    }

    function test_goodRowsMakeNoEventsOfTheirOwn() public {
        vm.recordLogs();
        settle(pod, row(pod.id, 0, 120, 300));
        vm.assertEq(vm.getRecordedLogs().length, 1);
    }

    function test_chargesAreCumulative() public {
        vm.assertEq(settle(pod, row(pod.id, 0, 120, 300)), 120);
        vm.assertEq(settle(pod, row(pod.id, 0, 300, 300)), 180);
        vm.assertEq(settle(pod, row(pod.id, 0, 500, 500)), 200);
        vm.assertEq(claimedOf(id), 500);
        vm.warp(expiryOf(id) + 1);
        escrow.release(alice.addr, signer.addr, pod.id, 0);
        vm.assertEq(avail(alice.addr), FUNDS - 500);
    }

    function test_releaseAfterSettlingGivesBackTheRest() public {
        settle(pod, row(pod.id, 0, 120, 300));
        vm.warp(expiryOf(id) + 1);
        escrow.release(alice.addr, signer.addr, pod.id, 0);
        vm.assertEq(avail(alice.addr), FUNDS - 120);
    }

    function test_payoutRefusals() public {
        vm.expectRevert(IEscrow.ZeroAmount.selector);
        vm.prank(operator);
        escrow.payout(only(pod.id), operator);
        settle(pod, row(pod.id, 0, 120, 300));
        vm.expectRevert(IEscrow.ZeroAddress.selector);
        vm.prank(operator);
        escrow.payout(only(pod.id), address(0));
        vm.expectRevert(abi.encodeWithSelector(IEscrow.BadRecipient.selector, address(escrow)));
        vm.prank(operator);
        escrow.payout(only(pod.id), address(escrow));
        vm.assertEq(escrow.claimable(pod.id), 120);
    }

    // Replays

    function test_doubleSettlementOfABatchFails() public {
        bytes memory rows = encode(row(pod.id, 0, 120, 300));
        (bytes32 r, bytes32 vs) = signBatch(pod.identity, pod.id, 1, rows);
        escrow.settle(pod.id, 1, ROOT, CONFIG, rows, r, vs);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.BadSequence.selector, 1, 2));
        escrow.settle(pod.id, 1, ROOT, CONFIG, rows, r, vs);
        // Nor as the next batch: the sequence number is signed.
        vm.expectRevert(IEscrow.BadBatchSignature.selector);
        escrow.settle(pod.id, 2, ROOT, CONFIG, rows, r, vs);
        vm.assertEq(claimedOf(id), 120);
        vm.assertEq(escrow.claimable(pod.id), 120);
        vm.assertEq(escrow.lastSeq(pod.id), 1);
    }

    /// @dev A new identity goes on counting where the old one stopped: what the old one signed cannot come again.
    function test_sequenceNumbersOutliveIdentities() public {
        bytes memory rows = encode(row(pod.id, 0, 120, 300));
        Key memory old = pod.identity;
        settle(pod, rows);
        pod.identity = key("identity after a restart");
        IPodRegistry.Registration memory g = registration(pod);
        vm.prank(operator);
        registry.update(pod.id, g);
        vm.assertEq(escrow.lastSeq(pod.id), 1);
        vm.assertEq(settle(pod, row(pod.id, 0, 150, 300)), 30);
        pod.identity = old; // even if its operator brings it back
        g = registration(pod);
        vm.prank(operator);
        registry.update(pod.id, g);
        (bytes32 r, bytes32 vs) = signBatch(old, pod.id, 1, rows);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.BadSequence.selector, 1, 3));
        escrow.settle(pod.id, 1, ROOT, CONFIG, rows, r, vs);
        vm.assertEq(claimedOf(id), 150);
    }

    function test_rowReplayMovesNothing() public {
        Row memory w = row(pod.id, 0, 120, 300);
        settle(pod, w);
        expectRowSkip(w, IEscrow.RowSkip.NotAboveClaimed);
        vm.assertEq(claimedOf(id), 120);
    }

    function test_aRowTwiceInABatchMovesOnce() public {
        bytes memory w = encode(row(pod.id, 0, 120, 300));
        vm.assertEq(settle(pod, bytes.concat(w, w, w)), 120);
        vm.assertEq(claimedOf(id), 120);
    }

    function test_aLowerChargeMovesNothing() public {
        settle(pod, row(pod.id, 0, 120, 300));
        expectRowSkip(row(pod.id, 0, 119, 300), IEscrow.RowSkip.NotAboveClaimed);
    }

    function test_sequenceNumbersHaveNoGaps() public {
        bytes memory rows = encode(row(pod.id, 0, 120, 300));
        (bytes32 r, bytes32 vs) = signBatch(pod.identity, pod.id, 2, rows);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.BadSequence.selector, 2, 1));
        escrow.settle(pod.id, 2, ROOT, CONFIG, rows, r, vs);
    }

    // The enclave without the user

    function test_aBrokenEnclaveIsBoundedByTheCeiling() public {
        expectRowSkip(row(pod.id, 0, 301, 300), IEscrow.RowSkip.AboveCeiling);
        vm.assertEq(settle(pod, row(pod.id, 0, 300, 300)), 300);
    }

    function test_chargesAreBoundedByTheCap() public {
        expectRowSkip(row(pod.id, 0, 501, 600), IEscrow.RowSkip.AboveCap);
        vm.assertEq(settle(pod, row(pod.id, 0, 500, 600)), 500);
    }

    function test_anEnclaveCannotForgeAVoucher() public {
        Row memory w = row(pod.id, 0, 120, 300);
        signVoucher(pod.identity, pod.id, w);
        expectRowSkip(w, IEscrow.RowSkip.Signature);
    }

    function test_anEnclaveCannotNameItsOwnSigner() public {
        // A voucher that verifies, of a session that the owner never opened.
        Row memory w = row(pod.id, 0, 120, 300);
        w.signer = pod.identity.addr;
        signVoucher(pod.identity, pod.id, w);
        expectRowSkip(w, IEscrow.RowSkip.NoSession);
    }

    function test_theOwnerItselfIsNoSigner() public {
        Row memory w = row(pod.id, 0, 120, 300);
        signVoucher(alice, pod.id, w);
        expectRowSkip(w, IEscrow.RowSkip.Signature);
    }

    function test_aSessionOfTheZeroSignerPaysNobody() public {
        IEscrow.Open memory o = order(alice, pod.id, 1, 100);
        o.signer = address(0);
        resign(alice, pod.id, o);
        open(pod.id, o);
        Row memory w = row(pod.id, 1, 50, 100);
        w.signer = address(0);
        (w.r, w.vs) = (0, 0); // recovery fails and yields the zero address
        expectRowSkip(w, IEscrow.RowSkip.Signature);
    }

    function test_aVoucherIsBoundToItsPod() public {
        // The same parties and salt with another pod are another session, and there is none.
        Row memory w = row(pod.id, 0, 120, 300);
        vm.expectEmit();
        emit IEscrow.RowSkipped(otherPod.id, 1, sessionId(alice.addr, otherPod.id, 0), 0, IEscrow.RowSkip.NoSession);
        vm.assertEq(settle(otherPod, w), 0);
        // Where there is one, the voucher does not fit.
        openSession(otherPod.id, 1, 500);
        w = row(pod.id, 1, 120, 300);
        vm.expectEmit();
        emit IEscrow.RowSkipped(otherPod.id, 2, sessionId(alice.addr, otherPod.id, 1), 0, IEscrow.RowSkip.Signature);
        vm.assertEq(settle(otherPod, w), 0);
    }

    function test_aVoucherIsBoundToItsSession() public {
        openSession(pod.id, 1, 500);
        Row memory w = row(pod.id, 0, 120, 300);
        w.salt = 1;
        expectRowSkip(w, IEscrow.RowSkip.Signature);
    }

    function test_aVoucherIsBoundToItsEscrowAndChain() public {
        Row memory w = row(pod.id, 0, 120, 300);
        vm.chainId(block.chainid + 1);
        expectRowSkip(w, IEscrow.RowSkip.Signature);
    }

    function test_theTwinOfAVoucherIsRefused() public {
        Row memory w = row(pod.id, 0, 120, 300);
        uint256 n = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
        uint256 s = uint256(w.vs) & (type(uint256).max >> 1);
        uint256 parity = uint256(w.vs) >> 255;
        // Halves of the order above 2^255 do not fit the form at all; those that fit are high and refused.
        vm.assertGt(n - s, n / 2, "the twin is not high");
        w.vs = bytes32(((1 - parity) << 255) | ((n - s) & (type(uint256).max >> 1)));
        expectRowSkip(w, IEscrow.RowSkip.Signature);
    }

    /// @dev The enclave signs whatever batch it likes: with any one bit of a good row changed, only the charge may
    /// differ, and never past the ceiling.
    function testFuzz_aChangedRowMovesNoMoreThanTheCeiling(uint16 bit) public {
        bit = uint16(bound(bit, 0, 180 * 8 - 1));
        bytes memory w = encode(row(pod.id, 0, 120, 300));
        w[bit / 8] = bytes1(uint8(w[bit / 8]) ^ uint8(1 << (7 - bit % 8)));
        uint96 moved = settle(pod, w);
        if (bit / 8 >= 48 && bit / 8 < 60) {
            uint256 charged = 120 ^ (uint256(1) << (95 - (bit - 48 * 8)));
            vm.assertEq(moved, charged <= 300 ? charged : 0);
        } else {
            vm.assertEq(moved, 0);
        }
        vm.assertEq(claimedOf(id), moved);
    }

    function testFuzz_anyRowsMoveNothing(bytes32 seed, uint8 n) public {
        bytes memory rows = new bytes(180 * bound(n, 1, 20));
        for (uint256 i = 0; i < rows.length; ++i) {
            rows[i] = keccak256(abi.encode(seed, i))[0];
        }
        vm.assertEq(settle(pod, rows), 0);
        vm.assertEq(escrow.lastSeq(pod.id), 1);
    }

    /// @dev Were evidence broken, an operator could have its own key for an identity. Operator and
    /// identity together, in every part that they can play, move nothing that no user signed away.
    function test_operatorAndIdentityMoveNothingWithoutAVoucher() public {
        Key memory host = key("operator's own key");
        pod.identity = host;
        IPodRegistry.Registration memory g = registration(pod);
        vm.prank(operator);
        registry.update(pod.id, g);

        Row memory forged = row(pod.id, 0, 300, 300);
        signVoucher(host, pod.id, forged);
        expectRowSkip(forged, IEscrow.RowSkip.Signature);
        Row memory unsigned = row(pod.id, 0, 300, 300);
        (unsigned.r, unsigned.vs) = (0, 0);
        expectRowSkip(unsigned, IEscrow.RowSkip.Signature);
        Row memory ownSigner = row(pod.id, 0, 300, 300);
        ownSigner.signer = host.addr;
        signVoucher(host, pod.id, ownSigner);
        expectRowSkip(ownSigner, IEscrow.RowSkip.NoSession);

        // Nor does it get itself a session of alice's money: by her word or by its own, a new one or more in this one.
        IEscrow.Open memory o = order(alice, pod.id, 1, 100);
        o.signer = host.addr;
        resign(host, pod.id, o);
        open(pod.id, o);
        o = order(alice, pod.id, 0, 1, 100, START + 7 days);
        resign(host, pod.id, o);
        open(pod.id, o);
        open(pod.id, order(host, pod.id, 0, 100));

        address[2] memory parties = [operator, host.addr];
        for (uint256 i = 0; i < parties.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IEscrow.InsufficientBalance.selector, 0, 1));
            vm.prank(parties[i]);
            escrow.withdraw(parties[i], 1);
            vm.expectRevert(
                i == 0
                    ? abi.encodeWithSelector(IEscrow.ZeroAmount.selector)
                    : abi.encodeWithSelector(IEscrow.NotOperator.selector, pod.id, parties[i])
            );
            vm.prank(parties[i]);
            escrow.payout(only(pod.id), parties[i]);
            vm.expectRevert(abi.encodeWithSelector(IEscrow.NotParty.selector, id, parties[i]));
            vm.prank(parties[i]);
            escrow.requestClose(alice.addr, signer.addr, pod.id, 0);
            vm.expectRevert(abi.encodeWithSelector(IEscrow.NotExpired.selector, id, START + 1 days));
            vm.prank(parties[i]);
            escrow.release(alice.addr, signer.addr, pod.id, 0);
        }
        vm.assertEq(capOf(id), 500);
        vm.assertEq(claimedOf(id), 0);
        vm.assertEq(avail(alice.addr), FUNDS - 500);
        vm.assertEq(token.balanceOf(address(escrow)), FUNDS);
    }

    /// @dev An identity speaks for one pod: another pod's operator cannot have it settle there.
    function test_anIdentitySettlesForItsOwnPodOnly() public {
        Key memory theirs = otherPod.identity;
        otherPod.identity = pod.identity;
        IPodRegistry.Registration memory g = registration(otherPod);
        vm.expectRevert(abi.encodeWithSelector(IPodRegistry.IdentityTaken.selector, pod.identity.addr, pod.id));
        vm.prank(operator);
        registry.update(otherPod.id, g);
        otherPod.identity = theirs;
        bytes memory rows = encode(row(pod.id, 0, 120, 300));
        (bytes32 r, bytes32 vs) = signBatch(pod.identity, pod.id, 1, rows);
        vm.expectRevert(IEscrow.BadBatchSignature.selector);
        escrow.settle(otherPod.id, 1, ROOT, CONFIG, rows, r, vs);
        vm.assertEq(settle(otherPod, rows), 0);
        vm.assertEq(settle(pod, rows), 120);
    }

    // The operator without the enclave

    function test_anOperatorAloneCannotClaim() public {
        Key memory host = key("operator's own key");
        bytes memory rows = encode(row(pod.id, 0, 300, 300)); // it holds the user's voucher
        (bytes32 r, bytes32 vs) = signBatch(host, pod.id, 1, rows);
        vm.expectRevert(IEscrow.BadBatchSignature.selector);
        vm.prank(operator);
        escrow.settle(pod.id, 1, ROOT, CONFIG, rows, r, vs);
        vm.expectRevert(IEscrow.BadBatchSignature.selector);
        vm.prank(operator);
        escrow.settle(pod.id, 1, ROOT, CONFIG, rows, 0, 0);
    }

    function test_aBatchIsSignedWhole() public {
        bytes memory rows = encode(row(pod.id, 0, 120, 300));
        bytes memory more = encode(row(pod.id, 0, 121, 300));
        (bytes32 r, bytes32 vs) = signBatch(pod.identity, pod.id, 1, rows);
        vm.expectRevert(IEscrow.BadBatchSignature.selector);
        escrow.settle(pod.id, 1, ROOT, CONFIG, more, r, vs);
        vm.expectRevert(IEscrow.BadBatchSignature.selector);
        escrow.settle(pod.id, 1, bytes32(0), CONFIG, rows, r, vs);
        vm.expectRevert(IEscrow.BadBatchSignature.selector);
        escrow.settle(pod.id, 1, ROOT, bytes32(0), rows, r, vs);
        vm.expectRevert(IEscrow.BadBatchSignature.selector);
        escrow.settle(otherPod.id, 1, ROOT, CONFIG, rows, r, vs);
    }

    function test_anExpiredIdentityCannotSettle() public {
        bytes memory rows = encode(row(pod.id, 0, 120, 300));
        (bytes32 r, bytes32 vs) = signBatch(pod.identity, pod.id, 1, rows);
        open(pod.id, order(alice, pod.id, 0, 1, 1, START + 8 days));
        vm.warp(START + 7 days + 1);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.IdentityExpired.selector, pod.id, START + 7 days));
        escrow.settle(pod.id, 1, ROOT, CONFIG, rows, r, vs);
        vm.warp(START + 7 days);
        escrow.settle(pod.id, 1, ROOT, CONFIG, rows, r, vs);
        vm.assertEq(claimedOf(id), 120);
    }

    /// @dev Identities overlap, so that what one has charged is not lost when another takes its place; each ends in its
    /// own time.
    function test_identitiesOverlap() public {
        Key memory old = pod.identity;
        vm.warp(START + 1 days);
        pod.identity = key("identity after a restart");
        IPodRegistry.Attestation memory a = guest(pod);
        vm.prank(operator);
        registry.admitIdentity(pod.id, a);
        vm.assertEq(settle(pod, row(pod.id, 0, 120, 300)), 120);
        Key memory fresh = pod.identity;
        pod.identity = old;
        vm.assertEq(settle(pod, row(pod.id, 0, 150, 300)), 30);

        vm.warp(START + 7 days + 1);
        bytes memory rows = encode(row(pod.id, 0, 160, 300));
        (bytes32 r, bytes32 vs) = signBatch(old, pod.id, 3, rows);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.IdentityExpired.selector, pod.id, START + 7 days));
        escrow.settle(pod.id, 3, ROOT, CONFIG, rows, r, vs);
        (r, vs) = signBatch(fresh, pod.id, 3, rows);
        escrow.settle(pod.id, 3, ROOT, CONFIG, rows, r, vs);
    }

    function test_aRetiredPodStillSettles() public {
        vm.prank(operator);
        registry.retire(pod.id);
        vm.assertEq(settle(pod, row(pod.id, 0, 120, 300)), 120);
    }

    function test_unknownPodsCannotSettle() public {
        bytes memory rows = encode(row(pod.id, 0, 120, 300));
        vm.expectRevert(abi.encodeWithSelector(IEscrow.UnknownPod.selector, address(1)));
        escrow.settle(address(1), 1, ROOT, CONFIG, rows, 0, 0);
    }

    function testFuzz_rowsAreWhole(uint16 length) public {
        if (length % 180 == 0 && length != 0) length++;
        bytes memory rows = new bytes(length);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.BadRows.selector, length));
        escrow.settle(pod.id, 1, ROOT, CONFIG, rows, 0, 0);
    }

    // Closing

    function test_aClosingSessionStillSettles() public {
        vm.prank(alice.addr);
        escrow.requestClose(alice.addr, signer.addr, pod.id, 0);
        vm.warp(expiryOf(id));
        vm.assertEq(settle(pod, row(pod.id, 0, 120, 300)), 120);
    }

    function test_lateSettleAfterCloseMovesNothing() public {
        vm.warp(expiryOf(id) + 1);
        expectRowSkip(row(pod.id, 0, 120, 300), IEscrow.RowSkip.Expired);
        escrow.release(alice.addr, signer.addr, pod.id, 0);
        expectRowSkip(row(pod.id, 0, 120, 300), IEscrow.RowSkip.NoSession);
        vm.assertEq(avail(alice.addr), FUNDS);
    }

    /// @dev Nor with a top-up that the operator held back until then.
    function test_aTopUpDoesNotReviveTheVouchersOfAnExpiredSession() public {
        IEscrow.Open memory held = order(alice, pod.id, 0, 1, 50, START + 6 days);
        held.deadline = START + 6 days;
        resign(alice, pod.id, held);
        vm.warp(expiryOf(id) + 1);
        expectRowSkip(row(pod.id, 0, 120, 300), IEscrow.RowSkip.Expired);
        open(pod.id, held);
        expectRowSkip(row(pod.id, 0, 120, 300), IEscrow.RowSkip.Expired);
        escrow.release(alice.addr, signer.addr, pod.id, 0);
        vm.assertEq(avail(alice.addr), FUNDS);
    }

    // Batches

    function test_aBadRowDoesNotSpoilItsBatch() public {
        fund(bob.addr, 80);
        open(pod.id, order(bob, pod.id, 0, 80));
        Row memory forged = row(pod.id, 0, 500, 500);
        signVoucher(bob, pod.id, forged);
        bytes memory rows = bytes.concat(
            encode(row(pod.id, 9, 1, 1)),
            encode(row(pod.id, 0, 120, 300)),
            encode(forged),
            encode(row(bob.addr, pod.id, 0, 80, 80))
        );
        vm.expectEmit();
        emit IEscrow.RowSkipped(pod.id, 1, sessionId(alice.addr, pod.id, 9), 0, IEscrow.RowSkip.NoSession);
        vm.expectEmit();
        emit IEscrow.RowSkipped(pod.id, 1, id, 2, IEscrow.RowSkip.Signature);
        vm.expectEmit();
        emit IEscrow.Settled(pod.id, 1, ROOT, CONFIG, 4, 200);
        vm.assertEq(settle(pod, rows), 200);
    }

    function testFuzz_theSmallestBoundHolds(uint96 charged, uint96 ceiling, uint96 cap, uint96 claimed) public {
        cap = uint96(bound(cap, 1, FUNDS - 500));
        claimed = uint96(bound(claimed, 0, cap));
        ceiling = uint96(bound(ceiling, 0, 2 * FUNDS));
        charged = uint96(bound(charged, 0, 2 * FUNDS));
        bytes32 session = openSession(pod.id, 1, cap);
        if (claimed != 0) settle(pod, row(pod.id, 1, claimed, claimed));
        uint96 moved = settle(pod, row(pod.id, 1, charged, ceiling));
        bool good = charged > claimed && charged <= ceiling && charged <= cap;
        vm.assertEq(moved, good ? charged - claimed : 0);
        vm.assertEq(claimedOf(session), good ? charged : claimed);
    }

    /// @dev Settles one row for a session with the pod and demands that it is skipped for this reason.
    function expectRowSkip(Row memory w, IEscrow.RowSkip reason) private {
        bytes32 session = TypedData.sessionId(w.owner, w.signer, pod.id, w.salt);
        uint96 before = claimedOf(session);
        uint64 seq = escrow.lastSeq(pod.id) + 1;
        (bytes32 r, bytes32 vs) = signBatch(pod.identity, pod.id, seq, encode(w));
        uint96 claimable = escrow.claimable(pod.id);
        vm.expectEmit();
        emit IEscrow.RowSkipped(pod.id, seq, session, 0, reason);
        vm.expectEmit();
        emit IEscrow.Settled(pod.id, seq, ROOT, CONFIG, 1, 0);
        escrow.settle(pod.id, seq, ROOT, CONFIG, encode(w), r, vs);
        vm.assertEq(escrow.claimable(pod.id), claimable);
        vm.assertEq(claimedOf(session), before);
    }
}
