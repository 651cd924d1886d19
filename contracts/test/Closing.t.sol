// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IEscrow} from "../src/interfaces/IEscrow.sol";
import {IPodRegistry} from "../src/interfaces/IPodRegistry.sol";
import {TypedData} from "../src/TypedData.sol";
import {Fixture} from "./Fixture.sol";
import {vm} from "./Vm.sol";

/// @dev Getting money without an enclave, and getting out: settleAcked, closeNow, and orders that others carry.
contract ClosingTest is Fixture {
    TestPod private pod;
    TestPod private otherPod;
    bytes32 private id;

    function setUp() public override {
        super.setUp();
        pod = newPod("pod");
        otherPod = newPod("other pod");
        id = openSession(pod.id, 0, 500);
    }

    function acked(address to, uint64 salt, uint96 ceiling, uint96 amount) private view returns (Row memory w) {
        w = row(to, salt, 0, ceiling);
        w.acked = amount;
        signVoucher(signer, to, w);
    }

    function encodeAcked(Row memory w) private pure returns (bytes memory) {
        return abi.encodePacked(w.owner, w.signer, w.salt, w.ceiling, w.acked, w.requestHash, w.r, w.vs);
    }

    function settleAcked(Row memory w) private returns (uint96) {
        uint96 before = escrow.claimable(pod.id);
        escrow.settleAcked(pod.id, encodeAcked(w));
        return escrow.claimable(pod.id) - before;
    }

    function expectAckedSkip(Row memory w, IEscrow.RowSkip reason) private {
        bytes32 session = escrow.sessionIdOf(w.owner, w.signer, pod.id, w.salt);
        vm.expectEmit();
        emit IEscrow.RowSkipped(pod.id, 0, session, 0, reason);
        vm.expectEmit();
        emit IEscrow.SettledAcked(pod.id, 1, 0);
        vm.assertEq(settleAcked(w), 0);
    }

    // settleAcked

    function test_whatAUserAcknowledgedNeedsNoEnclave() public {
        vm.expectEmit();
        emit IEscrow.SettledAcked(pod.id, 1, 80);
        vm.assertEq(settleAcked(acked(pod.id, 0, 300, 80)), 80);
        vm.assertEq(claimedOf(id), 80);
        vm.assertEq(escrow.lastSeq(pod.id), 0); // batches are counted by themselves
        // The pod's enclave goes on from there.
        vm.assertEq(settle(pod, row(pod.id, 0, 100, 300)), 20);
        vm.assertEq(settleAcked(acked(pod.id, 0, 300, 100)), 0);
        vm.assertEq(settleAcked(acked(pod.id, 0, 300, 120)), 20);
        vm.prank(operator);
        vm.assertEq(escrow.payout(only(pod.id), operator), 120);
    }

    function test_ackedCannotPassCeilingOrCap() public {
        expectAckedSkip(acked(pod.id, 0, 99, 100), IEscrow.RowSkip.AboveCeiling);
        expectAckedSkip(acked(pod.id, 0, 1000, 501), IEscrow.RowSkip.AboveCap);
        expectAckedSkip(acked(pod.id, 0, 500, 0), IEscrow.RowSkip.NotAboveClaimed);
        expectAckedSkip(acked(pod.id, 7, 500, 1), IEscrow.RowSkip.NoSession);
        Row memory w = acked(pod.id, 0, 300, 80);
        signVoucher(pod.identity, pod.id, w); // an enclave acknowledges nothing
        expectAckedSkip(w, IEscrow.RowSkip.Signature);
        w = acked(pod.id, 0, 300, 80);
        w.acked = 81;
        expectAckedSkip(w, IEscrow.RowSkip.Signature);
        w = acked(pod.id, 0, 300, 80);
        vm.warp(expiryOf(id) + 1);
        expectAckedSkip(w, IEscrow.RowSkip.Expired);
    }

    function test_acknowledgedMovesOnce() public {
        Row memory w = acked(pod.id, 0, 300, 80);
        vm.assertEq(settleAcked(w), 80);
        expectAckedSkip(w, IEscrow.RowSkip.NotAboveClaimed);
        bytes memory twice =
            bytes.concat(encodeAcked(acked(pod.id, 0, 300, 90)), encodeAcked(acked(pod.id, 0, 300, 90)));
        escrow.settleAcked(pod.id, twice);
        vm.assertEq(claimedOf(id), 90);
        vm.assertEq(escrow.claimable(pod.id), 90);
    }

    function test_anAcknowledgementIsBoundToItsPod() public {
        bytes memory w = encodeAcked(acked(pod.id, 0, 300, 80));
        escrow.settleAcked(otherPod.id, w);
        vm.assertEq(escrow.claimable(otherPod.id), 0);
        vm.assertEq(claimedOf(id), 0);
    }

    /// @dev A dead pod: no identity is left that could sign, and its operator gets what was acknowledged all the same.
    function test_settleAckedWorksWhenNoIdentityIsLeft() public {
        vm.prank(alice.addr);
        open(pod.id, order(alice, pod.id, 1, 1, 100, START + 60 days));
        vm.warp(START + 30 days);
        vm.prank(operator);
        registry.retire(pod.id);
        vm.assertEq(settleAcked(acked(pod.id, 1, 300, 80)), 80);
        vm.prank(operator);
        vm.assertEq(escrow.payout(only(pod.id), operator), 80);
    }

    function testFuzz_rowsOfAckedAreWhole(uint16 length) public {
        bytes memory rows = new bytes(length);
        if (length == 0 || length % 168 != 0) {
            vm.expectRevert(abi.encodeWithSelector(IEscrow.BadRows.selector, length));
        }
        escrow.settleAcked(pod.id, rows);
        vm.assertEq(escrow.claimable(pod.id), 0);
    }

    /// @dev Rows of the one kind are no rows of the other.
    function test_rowsOfOneKindAreNoneOfTheOther() public {
        Row memory w = acked(pod.id, 0, 300, 80);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.BadRows.selector, 180));
        escrow.settleAcked(pod.id, encode(w));
        bytes memory rows = encodeAcked(w);
        (bytes32 r, bytes32 vs) = signBatch(pod.identity, pod.id, 1, rows);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.BadRows.selector, 168));
        escrow.settle(pod.id, 1, ROOT, CONFIG, rows, r, vs);
    }

    function testFuzz_aChangedAckedRowMovesNoMoreThanAcked(uint16 bit) public {
        bytes memory rows = encodeAcked(acked(pod.id, 0, 300, 80));
        rows[bit / 8 % 168] ^= bytes1(uint8(1 << (bit % 8)));
        escrow.settleAcked(pod.id, rows);
        vm.assertEq(escrow.claimable(pod.id), 0);
    }

    // closeNow

    function close(TestPod memory p, Row memory w, uint40 deadline) private {
        (bytes32 r, bytes32 vs) = signClose(p.identity, w, deadline);
        escrow.closeNow(pod.id, encode(w), deadline, r, vs);
    }

    function signClose(Key memory by, Row memory w, uint40 deadline) private view returns (bytes32 r, bytes32 vs) {
        bytes32 session = escrow.sessionIdOf(w.owner, w.signer, pod.id, w.salt);
        return sign(by, TypedData.closeSession(session, w.charged, deadline));
    }

    function soon() private view returns (uint40) {
        return uint40(block.timestamp + 10 minutes);
    }

    function test_closeNowFreesTheRestAtOnce() public {
        settle(pod, row(pod.id, 0, 100, 300));
        Row memory w = row(pod.id, 0, 120, 300);
        (bytes32 r, bytes32 vs) = signClose(pod.identity, w, soon());
        vm.expectEmit();
        emit IEscrow.Closed(id, alice.addr, 120, 380);
        vm.prank(bob.addr); // anyone may carry it
        escrow.closeNow(pod.id, encode(w), soon(), r, vs);
        vm.assertEq(avail(alice.addr), FUNDS - 120);
        vm.assertEq(escrow.claimable(pod.id), 120);
        vm.assertEq(capOf(id), 0);
        vm.assertEq(escrow.lastSeq(pod.id), 1);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.BadRow.selector, IEscrow.RowSkip.NoSession));
        escrow.closeNow(pod.id, encode(w), soon(), r, vs);
        vm.assertEq(settle(pod, row(pod.id, 0, 200, 300)), 0); // its vouchers are dead
    }

    function test_closeNowOfWhatIsPaidNeedsNoVoucher() public {
        Row memory w;
        (w.owner, w.signer) = (alice.addr, signer.addr);
        close(pod, w, soon()); // nothing was ever charged
        vm.assertEq(avail(alice.addr), FUNDS);
        id = openSession(pod.id, 1, 500);
        settle(pod, row(pod.id, 1, 100, 300));
        (w.salt, w.charged) = (1, 100);
        close(pod, w, soon());
        vm.assertEq(avail(alice.addr), FUNDS - 100);
        vm.assertEq(escrow.claimable(pod.id), 100);
    }

    function test_closeNowTakesNoMoreThanAVoucherAllows() public {
        settle(pod, row(pod.id, 0, 100, 300));
        expectBadClose(row(pod.id, 0, 301, 300), IEscrow.RowSkip.AboveCeiling);
        expectBadClose(row(pod.id, 0, 501, 600), IEscrow.RowSkip.AboveCap);
        expectBadClose(row(pod.id, 0, 99, 300), IEscrow.RowSkip.NotAboveClaimed);
        expectBadClose(row(pod.id, 9, 10, 300), IEscrow.RowSkip.NoSession);
        Row memory w = row(pod.id, 0, 150, 300);
        signVoucher(pod.identity, pod.id, w);
        expectBadClose(w, IEscrow.RowSkip.Signature);
        w = row(pod.id, 0, 150, 300);
        vm.warp(expiryOf(id) + 1);
        expectBadClose(w, IEscrow.RowSkip.Expired);
        vm.assertEq(capOf(id), 500);
        vm.assertEq(claimedOf(id), 100);
    }

    function expectBadClose(Row memory w, IEscrow.RowSkip reason) private {
        (bytes32 r, bytes32 vs) = signClose(pod.identity, w, soon());
        vm.expectRevert(abi.encodeWithSelector(IEscrow.BadRow.selector, reason));
        escrow.closeNow(pod.id, encode(w), soon(), r, vs);
    }

    /// @dev A CloseSession that was held back while its session went on.
    function test_aHeldCloseSessionDiesAtItsDeadlineOrWithTheNextSettlement() public {
        uint40 deadline = soon();
        Row memory w = row(pod.id, 0, 50, 300);
        (bytes32 r, bytes32 vs) = signClose(pod.identity, w, deadline);
        settle(pod, row(pod.id, 0, 100, 300));
        vm.expectRevert(abi.encodeWithSelector(IEscrow.BadRow.selector, IEscrow.RowSkip.NotAboveClaimed));
        escrow.closeNow(pod.id, encode(w), deadline, r, vs);
        w = row(pod.id, 0, 120, 300);
        (r, vs) = signClose(pod.identity, w, deadline);
        vm.warp(deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.Late.selector, deadline));
        escrow.closeNow(pod.id, encode(w), deadline, r, vs);
        vm.expectRevert(IEscrow.BadCloseSignature.selector);
        escrow.closeNow(pod.id, encode(w), deadline + 2, r, vs);
        vm.assertEq(capOf(id), 500);
    }

    function test_onlyAnIdentityOfThePodCloses() public {
        Row memory w = row(pod.id, 0, 120, 300);
        Key[4] memory others = [otherPod.identity, signer, alice, bob];
        for (uint256 i = 0; i < others.length; ++i) {
            (bytes32 r, bytes32 vs) = signClose(others[i], w, soon());
            vm.expectRevert(IEscrow.BadCloseSignature.selector);
            escrow.closeNow(pod.id, encode(w), soon(), r, vs);
        }
        (bytes32 good, bytes32 half) = signClose(pod.identity, w, soon());
        w.charged = 119; // what was signed is what is closed with
        vm.expectRevert(IEscrow.BadCloseSignature.selector);
        escrow.closeNow(pod.id, encode(w), soon(), good, half);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.UnknownPod.selector, address(7)));
        escrow.closeNow(address(7), encode(w), soon(), good, half);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.BadRows.selector, 360));
        escrow.closeNow(pod.id, bytes.concat(encode(w), encode(w)), soon(), good, half);
        vm.warp(START + 7 days + 1);
        w = row(pod.id, 0, 120, 300);
        (good, half) = signClose(pod.identity, w, soon());
        vm.expectRevert(abi.encodeWithSelector(IEscrow.IdentityExpired.selector, pod.id, START + 7 days));
        escrow.closeNow(pod.id, encode(w), soon(), good, half);
    }

    // Orders that others carry

    function test_aSignedCloseMayBeCarriedByAnyone() public {
        uint40 deadline = soon();
        bytes32 order_ = TypedData.requestClose(id, deadline);
        Key[2] memory parties = [alice, signer];
        for (uint256 i = 0; i < parties.length; ++i) {
            vm.prank(bob.addr);
            escrow.requestCloseFor(alice.addr, signer.addr, pod.id, 0, deadline, sign65(parties[i], order_));
            vm.assertEq(expiryOf(id), START + 1 hours);
        }
        // Brought again it prolongs nothing.
        vm.warp(deadline);
        escrow.requestCloseFor(alice.addr, signer.addr, pod.id, 0, deadline, sign65(alice, order_));
        vm.assertEq(expiryOf(id), START + 1 hours);
        vm.warp(deadline + 1);
        bytes memory late = sign65(alice, order_);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.Late.selector, deadline));
        escrow.requestCloseFor(alice.addr, signer.addr, pod.id, 0, deadline, late);
    }

    function test_aCloseIsSignedByAParty() public {
        uint40 deadline = soon();
        bytes memory notBadEnough = sign65(bob, TypedData.requestClose(id, deadline));
        vm.expectRevert(abi.encodeWithSelector(IEscrow.BadSignature.selector, alice.addr));
        escrow.requestCloseFor(alice.addr, signer.addr, pod.id, 0, deadline, notBadEnough);
        bytes32 another = openSession(pod.id, 1, 100);
        bytes memory ofAnother = sign65(alice, TypedData.requestClose(another, deadline));
        vm.expectRevert(abi.encodeWithSelector(IEscrow.BadSignature.selector, alice.addr));
        escrow.requestCloseFor(alice.addr, signer.addr, pod.id, 0, deadline, ofAnother);
        bytes32 none = sessionId(alice.addr, pod.id, 5);
        bytes memory ofNone = sign65(alice, TypedData.requestClose(none, deadline));
        vm.expectRevert(abi.encodeWithSelector(IEscrow.NoSession.selector, none));
        escrow.requestCloseFor(alice.addr, signer.addr, pod.id, 5, deadline, ofNone);
        vm.assertEq(expiryOf(id), START + 1 days);
    }

    function test_aSignedWithdrawalPaysWhoCarriesIt() public {
        uint40 deadline = soon();
        bytes memory s = sign65(alice, TypedData.withdraw(alice.addr, address(0xd00d), 300, 20, 1, deadline));
        vm.expectEmit();
        emit IEscrow.Withdrawn(alice.addr, address(0xd00d), 300, 20);
        vm.prank(bob.addr);
        escrow.withdrawFor(alice.addr, address(0xd00d), 300, 20, 1, deadline, s);
        vm.assertEq(token.balanceOf(address(0xd00d)), 300);
        vm.assertEq(token.balanceOf(bob.addr), 20);
        vm.assertEq(avail(alice.addr), FUNDS - 500 - 320);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.BadNonce.selector, 1));
        escrow.withdrawFor(alice.addr, address(0xd00d), 300, 20, 1, deadline, s);
        // Without a fee it is carried for nothing.
        s = sign65(alice, TypedData.withdraw(alice.addr, alice.addr, 180, 0, 2, deadline));
        escrow.withdrawFor(alice.addr, alice.addr, 180, 0, 2, deadline, s);
        vm.assertEq(avail(alice.addr), 0);
    }

    function test_aSignedWithdrawalIsTakenAsSigned() public {
        uint40 deadline = soon();
        bytes memory s = sign65(alice, TypedData.withdraw(alice.addr, bob.addr, 300, 20, 1, deadline));
        bytes memory refused = abi.encodeWithSelector(IEscrow.BadSignature.selector, alice.addr);
        vm.expectRevert(refused);
        escrow.withdrawFor(alice.addr, address(this), 300, 20, 1, deadline, s);
        vm.expectRevert(refused);
        escrow.withdrawFor(alice.addr, bob.addr, 301, 20, 1, deadline, s);
        vm.expectRevert(refused);
        escrow.withdrawFor(alice.addr, bob.addr, 300, 21, 1, deadline, s);
        vm.expectRevert(refused);
        escrow.withdrawFor(alice.addr, bob.addr, 300, 20, 2, deadline, s);
        vm.expectRevert(refused);
        escrow.withdrawFor(alice.addr, bob.addr, 300, 20, 1, deadline + 1, s);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.BadSignature.selector, bob.addr));
        escrow.withdrawFor(bob.addr, bob.addr, 300, 20, 1, deadline, s);
        s = sign65(alice, TypedData.withdraw(alice.addr, bob.addr, 480, 21, 1, deadline));
        vm.expectRevert(abi.encodeWithSelector(IEscrow.InsufficientBalance.selector, 20, 21));
        escrow.withdrawFor(alice.addr, bob.addr, 480, 21, 1, deadline, s);
        s = sign65(alice, TypedData.withdraw(alice.addr, bob.addr, 0, 21, 1, deadline));
        vm.expectRevert(IEscrow.ZeroAmount.selector);
        escrow.withdrawFor(alice.addr, bob.addr, 0, 21, 1, deadline, s);
        vm.assertEq(avail(alice.addr), FUNDS - 500);
        vm.warp(deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.Late.selector, deadline));
        escrow.withdrawFor(alice.addr, bob.addr, 300, 20, 1, deadline, s);
    }

    /// @dev Orders of another chain or escrow are orders of nobody's here.
    function test_ordersOfAWrongDomainAreRefused() public {
        uint40 deadline = soon();
        IEscrow here = escrow;
        (, escrow) = deploy(address(token));
        bytes memory withdrawal = sign65(alice, TypedData.withdraw(alice.addr, bob.addr, 300, 0, 1, deadline));
        bytes memory closing = sign65(alice, TypedData.requestClose(id, deadline));
        escrow = here;
        bytes memory refused = abi.encodeWithSelector(IEscrow.BadSignature.selector, alice.addr);
        vm.expectRevert(refused);
        escrow.withdrawFor(alice.addr, bob.addr, 300, 0, 1, deadline, withdrawal);
        vm.expectRevert(refused);
        escrow.requestCloseFor(alice.addr, signer.addr, pod.id, 0, deadline, closing);
    }

    /// @dev The twin of a signature (high s) is none.
    function test_malleableOrdersAreRefused() public {
        uint40 deadline = soon();
        bytes32 hash = digest(TypedData.withdraw(alice.addr, bob.addr, 300, 0, 1, deadline));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(alice.secret, hash);
        uint256 order_ = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
        bytes memory twin = abi.encodePacked(r, bytes32(order_ - uint256(s)), v == 27 ? uint8(28) : uint8(27));
        vm.expectRevert(abi.encodeWithSelector(IEscrow.BadSignature.selector, alice.addr));
        escrow.withdrawFor(alice.addr, bob.addr, 300, 0, 1, deadline, twin);
    }

    /// @dev Invariant 7 without gas: nobody but the user and whoever carries its orders takes part.
    function test_aUserWithoutGasLeavesADeadPod() public {
        uint40 deadline = soon();
        bytes memory closing = sign65(alice, TypedData.requestClose(id, deadline));
        vm.prank(bob.addr);
        escrow.requestCloseFor(alice.addr, signer.addr, pod.id, 0, deadline, closing);
        vm.warp(block.timestamp + 1 hours + 1);
        vm.prank(bob.addr);
        escrow.release(alice.addr, signer.addr, pod.id, 0);
        deadline = soon();
        bytes memory leaving = sign65(alice, TypedData.withdraw(alice.addr, alice.addr, FUNDS - 5, 5, 1, deadline));
        vm.prank(bob.addr);
        escrow.withdrawFor(alice.addr, alice.addr, FUNDS - 5, 5, 1, deadline, leaving);
        vm.assertEq(token.balanceOf(alice.addr), FUNDS - 5);
        vm.assertEq(token.balanceOf(bob.addr), 5);
        vm.assertEq(token.balanceOf(address(escrow)), 0);
    }

    // Payouts

    function test_payoutOfSeveralPods() public {
        openSession(otherPod.id, 1, 100);
        settle(pod, row(pod.id, 0, 100, 300));
        settle(otherPod, row(otherPod.id, 1, 30, 30));
        address[] memory both = new address[](2);
        (both[0], both[1]) = (pod.id, otherPod.id);
        vm.prank(operator);
        vm.assertEq(escrow.payout(both, bob.addr), 130);
        vm.assertEq(token.balanceOf(bob.addr), 130);
        both[1] = pod.id; // one of them twice
        settle(pod, row(pod.id, 0, 110, 300));
        vm.prank(operator);
        vm.assertEq(escrow.payout(both, bob.addr), 10);
        both[1] = address(7); // nobody's
        vm.expectRevert(abi.encodeWithSelector(IEscrow.NotOperator.selector, address(7), operator));
        vm.prank(operator);
        escrow.payout(both, bob.addr);
    }

    /// @dev Only an identity that the registry admitted for this pod may stand behind a batch, and the pod's number that
    /// the escrow remembers is of no use to another.
    function test_numbersOfPodsAreNotMixedUp() public {
        settle(pod, row(pod.id, 0, 10, 300));
        settle(otherPod, new bytes(180)); // skipped, and its number is known from here on
        bytes memory rows = encode(row(pod.id, 0, 20, 300));
        (bytes32 r, bytes32 vs) = signBatch(otherPod.identity, pod.id, 2, rows);
        vm.expectRevert(IEscrow.BadBatchSignature.selector);
        escrow.settle(pod.id, 2, ROOT, CONFIG, rows, r, vs);
        IPodRegistry.Standing standing;
        (,, standing) = registry.settlementKey(address(0));
        vm.assertEq(uint8(standing), uint8(IPodRegistry.Standing.NONE));
    }
}
