// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IEscrow} from "../src/interfaces/IEscrow.sol";
import {TypedData} from "../src/TypedData.sol";
import {Handler} from "./Handler.sol";
import {vm} from "./Vm.sol";

/// @dev What else may happen: delegates, settlements without an enclave, closing at once, orders that others carry.
contract FullHandler is Handler {
    uint64 private constant TOP = 1 << 63;

    Key private phone = key("phone");
    mapping(address owner => uint96) private budget_;
    mapping(address owner => uint96) private used_;
    mapping(address owner => uint64) private nextPhoneNonce;

    // Actions

    function setDelegate(uint256 who, uint96 cap, uint256 how) external {
        Key memory owner = anOwner(who);
        cap = how % 5 == 0 ? 0 : uint96(bound(cap, 1, 1e24));
        uint32 expiry = cap == 0 ? 0 : uint32(block.timestamp + 365 days);
        if (how % 2 == 0) {
            vm.prank(owner.addr);
            escrow.setDelegate(phone.addr, cap, expiry);
        } else {
            uint64 nonce = nextNonce[owner.addr]++;
            uint40 deadline = uint40(block.timestamp);
            bytes memory s = sign65(owner, TypedData.delegate(owner.addr, phone.addr, cap, expiry, nonce, deadline));
            escrow.setDelegateFor(owner.addr, phone.addr, cap, expiry, nonce, deadline, s);
        }
        budget_[owner.addr] = cap;
        did[cap == 0 ? "delegate revoked" : "delegate set"]++;
    }

    function openByDelegate(uint256 who, uint256 podSeed, uint96 cap, uint256 lifetime) external {
        address owner = anOwner(who).addr;
        uint256 pod = podSeed % PODS;
        uint64 nonce = nextPhoneNonce[owner];
        cap = uint96(bound(cap, 1, uint256(budget_[owner]) / 3 + 1));
        IEscrow.Open memory o =
            order(phone, pods[pod].id, nonce | TOP, nonce, cap, uint40(block.timestamp + lifetime % 7 days));
        (o.owner, o.signer) = (owner, phone.addr);
        resign(phone, pods[pod].id, o);
        open(pods[pod].id, o);

        bytes32 id = escrow.sessionIdOf(owner, phone.addr, pods[pod].id, nonce | TOP);
        if (uint256(used_[owner]) + cap > budget_[owner] || cap > avail_[owner]) {
            vm.assertEq(capOf(id), 0, "invariant 8: a delegate locked beyond its cap");
            did["open by delegate refused"]++;
            return;
        }
        vm.assertTrue(!seen[id], "invariant 4: a session id recurs");
        seen[id] = true;
        ids.push(id);
        models[id] = Model(owner, phone.addr, pod, nonce | TOP, cap, 0, 0, o.expiry, false, true);
        avail_[owner] -= cap;
        used_[owner] += cap;
        nextPhoneNonce[owner] = nonce + 1;
        did["open by delegate"]++;
    }

    /// @dev Up to four rows, of which nobody but the signer can make a good one.
    function settleAcked(uint256 podSeed, uint256 seed, uint256 tricks) external {
        if (ids.length == 0) return;
        uint256 pod = podSeed % PODS;
        bytes memory rows;
        uint96 want;
        for (uint256 i = 0; i < 1 + seed % 4; ++i) {
            uint256 pick = uint256(keccak256(abi.encode(seed, i, "acked")));
            bytes32 id = ids[pick % ids.length];
            (Row memory w, About memory a) = aRow(id, pick, 2);
            Model storage m = models[id];
            w.acked = w.charged;
            uint256 trick = (tricks >> (8 * i)) % 6;
            signVoucher(trick == 0 ? pods[m.pod].identity : signerOf(m), pods[m.pod].id, w);
            if (trick == 1) w.acked += 1;
            a.signed = trick > 1;
            rows = bytes.concat(
                rows, abi.encodePacked(w.owner, w.signer, w.salt, w.ceiling, w.acked, w.requestHash, w.r, w.vs)
            );
            want += apply_(pod, a);
        }
        address p = pods[pod].id;
        uint64 seq = escrow.lastSeq(p);
        escrow.settleAcked(p, rows);
        claimable_[p] += want;
        vm.assertEq(escrow.claimable(p), claimable_[p], "acknowledged rows moved something else");
        vm.assertEq(escrow.lastSeq(p), seq);
        did[want == 0 ? "acked without effect" : "acked"]++;
    }

    function closeNow(uint256 which, uint256 pick, uint256 trick) external {
        if (ids.length == 0) return;
        bytes32 id = ids[which % ids.length];
        Model storage m = models[id];
        (Row memory w, About memory a) = aRow(id, pick, uint8(trick % 8));
        if (trick % 3 == 0) (w.charged, a.charged) = (m.claimed, m.claimed);
        TestPod memory p = pods[m.pod];
        uint40 deadline = uint40(block.timestamp);
        (bytes32 r, bytes32 vs) = sign(p.identity, TypedData.closeSession(id, w.charged, deadline));
        bool fits = m.open && w.charged == m.claimed;
        uint96 want = apply_(m.pod, a);
        try escrow.closeNow(p.id, encode(w), deadline, r, vs) {
            vm.assertTrue(want != 0 || fits, "closed what it should not");
            claimable_[p.id] += want;
            closed(m);
            did[want == 0 ? "closed at once" : "closed at once and paid"]++;
        } catch {
            vm.assertTrue(want == 0 && !fits, "refused to close");
            did["closing at once refused"]++;
        }
    }

    function requestCloseFor(uint256 which, uint256 by) external {
        if (ids.length == 0) return;
        bytes32 id = ids[which % ids.length];
        Model storage m = models[id];
        Key memory k = by % 3 == 0 ? ownerOf(m) : by % 3 == 1 ? signerOf(m) : key("stranger");
        uint40 deadline = uint40(block.timestamp);
        bytes memory s = sign65(k, TypedData.requestClose(id, deadline));
        try escrow.requestCloseFor(m.owner, m.signer, pods[m.pod].id, m.salt, deadline, s) {
            vm.assertTrue(m.open && by % 3 != 2, "closed by a stranger");
            uint40 latest = uint40(block.timestamp) + 1 hours;
            if (m.expiry > latest) m.expiry = latest;
            m.closing = true;
            did["close carried"]++;
        } catch {
            vm.assertTrue(!m.open || by % 3 == 2, "refused a party");
            did["close carried refused"]++;
        }
    }

    function withdrawFor(uint256 who, uint96 amount, uint96 fee) external {
        Key memory owner = anOwner(who);
        amount = uint96(bound(amount, 1, uint256(avail_[owner.addr]) + 1e18));
        fee = uint96(bound(fee, 0, 1e18));
        uint64 nonce = nextNonce[owner.addr];
        uint40 deadline = uint40(block.timestamp);
        bytes memory s = sign65(owner, TypedData.withdraw(owner.addr, address(0xfee), amount, fee, nonce, deadline));
        bool covered = uint256(amount) + fee <= avail_[owner.addr];
        vm.prank(address(0xca44));
        try escrow.withdrawFor(owner.addr, address(0xfee), amount, fee, nonce, deadline, s) {
            vm.assertTrue(covered, "withdrew more than there was");
            avail_[owner.addr] -= amount + fee;
            nextNonce[owner.addr] = nonce + 1;
            did["withdrawal carried"]++;
        } catch {
            vm.assertTrue(!covered, "refused a withdrawal that was covered");
            did["withdrawal carried refused"]++;
        }
    }

    function depositFor(uint256 who, uint96 amount) external {
        address owner = anOwner(who).addr;
        amount = uint96(bound(amount, 1, 1e24));
        token.mint(address(this), amount);
        token.approve(address(escrow), amount);
        escrow.depositFor(owner, amount);
        avail_[owner] += amount;
        did["sponsored"]++;
    }

    /// @dev A pause between two actions: it stops what it is for, and changes nothing.
    function pause(uint256 who) external {
        Key memory owner = anOwner(who);
        escrow.setPaused(true);
        IEscrow.Open[] memory opens = new IEscrow.Open[](1);
        opens[0] = order(owner, pods[0].id, nextNonce[owner.addr], 1);
        try escrow.openSessions(pods[0].id, opens) {
            revert("opened during a pause");
        } catch (bytes memory reason) {
            vm.assertEq(reason, abi.encodeWithSelector(IEscrow.IsPaused.selector));
        }
        escrow.setPaused(false);
        did["paused"]++;
    }

    // The model

    function closed(Model storage m) internal override {
        super.closed(m);
        if (m.signer == phone.addr) used_[m.owner] -= m.cap - m.claimed;
    }

    function orphaned(Model storage m) internal view override returns (bool) {
        return m.signer == phone.addr && budget_[m.owner] == 0;
    }

    function signerOf(Model storage m) internal view override returns (Key memory) {
        return m.signer == phone.addr ? phone : signer;
    }

    function check() public view override {
        super.check();
        for (uint256 i = 0; i < OWNERS; ++i) {
            (uint96 cap, uint96 used,,,) = escrow.delegate(owners[i].addr, phone.addr);
            vm.assertEq(cap, budget_[owners[i].addr], "budget");
            vm.assertEq(used, used_[owners[i].addr], "invariant 8: what a delegate used");
        }
    }
}
