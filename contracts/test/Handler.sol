// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IEscrow} from "../src/interfaces/IEscrow.sol";
import {IPodRegistry} from "../src/interfaces/IPodRegistry.sol";
import {Fixture} from "./Fixture.sol";
import {vm} from "./Vm.sol";

/// @dev Owners, signers, pods and their operators doing anything they can, honest or not. Each action works out from a
/// model what must happen and fails where the contract does otherwise, so that no action is ever silently nothing.
contract Handler is Fixture {
    /// @dev What the model knows of a session.
    struct Model {
        address owner;
        address signer;
        uint256 pod; // index
        uint64 salt;
        uint96 cap;
        uint96 claimed;
        uint96 bestCeiling; // highest that the signer ever signed
        uint40 expiry;
        bool closing;
        bool open;
    }

    /// @dev What a row is about, beside its bytes.
    struct About {
        bytes32 id;
        uint96 charged;
        uint96 ceiling;
        bool signed; // by the session's signer
    }

    /// @dev A batch that was settled, kept to be replayed.
    struct Batch {
        uint256 pod;
        uint64 seq;
        bytes rows;
        bytes about; // abi.encode(About[])
        bytes32 r;
        bytes32 vs;
    }

    uint256 public constant OWNERS = 3;
    uint256 public constant PODS = 2;

    Key[] internal owners;
    TestPod[] internal pods;
    mapping(address => uint96) public avail_;
    mapping(address => uint96) public claimable_;
    mapping(address => uint64) internal nextNonce;
    mapping(bytes32 => bool) internal seen;
    bytes32[] public ids;
    mapping(bytes32 => Model) public models;
    Batch private last;
    IEscrow.Open private lastOrder;
    uint256 private lastOrderPod;

    // How often each action did what it is there for.
    mapping(string => uint256) public did;

    function setUp() public override {
        super.setUp();
        for (uint256 i = 0; i < OWNERS; ++i) {
            owners.push(key(string.concat("owner ", vm.toString(i))));
        }
        for (uint256 i = 0; i < PODS; ++i) {
            operator = address(uint160(0x0b0 + i));
            pods.push(newPod(vm.toString(i)));
        }
        avail_[alice.addr] = FUNDS;
    }

    // Actions

    function deposit(uint256 who, uint96 amount) external {
        address owner = anOwner(who).addr;
        amount = uint96(bound(amount, 1, 1e24));
        fund(owner, amount);
        avail_[owner] += amount;
        did["deposit"]++;
    }

    function withdraw(uint256 who, uint96 amount) external {
        address owner = anOwner(who).addr;
        amount = uint96(bound(amount, 1, uint256(avail_[owner]) + 1e18));
        vm.prank(owner);
        try escrow.withdraw(address(0xfee), amount) {
            avail_[owner] -= amount; // an underflow here is a withdrawal of more than there was
            did["withdraw"]++;
        } catch (bytes memory reason) {
            vm.assertEq(reason, abi.encodeWithSelector(IEscrow.InsufficientBalance.selector, avail_[owner], amount));
            vm.assertGt(amount, avail_[owner], "refused a withdrawal that was covered");
            did["withdraw refused"]++;
        }
    }

    function open(uint256 who, uint256 podSeed, uint96 cap, uint256 lifetime, uint256 skips) external {
        Key memory owner = anOwner(who);
        uint256 pod = podSeed % PODS;
        uint64 nonce = nextNonce[owner.addr] + uint64(skips % 3);
        cap = uint96(bound(cap, 0, uint256(avail_[owner.addr]) + avail_[owner.addr] / 8 + 1));
        uint40 expiry = uint40(block.timestamp + lifetime % 7 days);
        IEscrow.Open memory o = order(owner, pods[pod].id, nonce, nonce, cap, expiry);
        open(pods[pod].id, o);

        bytes32 id = sessionId(owner.addr, pods[pod].id, nonce);
        if (cap == 0 || cap > avail_[owner.addr]) {
            vm.assertEq(capOf(id), 0);
            did["open refused"]++;
            return;
        }
        vm.assertTrue(!seen[id], "invariant 4: a session id recurs");
        seen[id] = true;
        ids.push(id);
        models[id] = Model(owner.addr, signer.addr, pod, nonce, cap, 0, 0, expiry, false, true);
        avail_[owner.addr] -= cap;
        nextNonce[owner.addr] = nonce + 1;
        (lastOrder, lastOrderPod) = (o, pod);
        did["open"]++;
    }

    function topUp(uint256 which, uint96 cap, uint256 lifetime) external {
        if (ids.length == 0) return;
        bytes32 id = ids[which % ids.length];
        Model storage m = models[id];
        if (m.signer != signer.addr) return;
        Key memory owner = ownerOf(m);
        uint64 nonce = nextNonce[m.owner];
        cap = uint96(bound(cap, 1, uint256(avail_[m.owner]) / 4 + 1));
        uint40 expiry = uint40(block.timestamp + lifetime % 7 days);
        open(pods[m.pod].id, order(owner, pods[m.pod].id, m.salt, nonce, cap, expiry));
        if (!m.open || m.closing || block.timestamp > m.expiry || cap > avail_[m.owner]) {
            vm.assertEq(capOf(id), m.open ? m.cap : 0);
            did["top-up refused"]++;
            return;
        }
        nextNonce[m.owner] = nonce + 1;
        avail_[m.owner] -= cap;
        m.cap += cap;
        if (expiry > m.expiry) m.expiry = expiry;
        did["top-up"]++;
    }

    function replayOrder() external {
        if (lastOrder.owner == address(0)) return;
        bytes32 id = sessionId(lastOrder.owner, pods[lastOrderPod].id, lastOrder.salt);
        open(pods[lastOrderPod].id, lastOrder);
        vm.assertEq(capOf(id), models[id].open ? models[id].cap : 0);
        did["order replayed"]++;
    }

    /// @dev A batch with a row for each of up to four sessions; `tricks` says what the enclave tries in each row.
    function settleBatch(uint256 podSeed, uint256 seed, uint256 tricks) external {
        if (ids.length == 0) return;
        Batch memory b;
        b.pod = podSeed % PODS;
        About[] memory about = new About[](1 + seed % 4);
        uint96 want;
        for (uint256 i = 0; i < about.length; ++i) {
            uint256 pick = uint256(keccak256(abi.encode(seed, i)));
            Row memory w;
            (w, about[i]) = aRow(ids[pick % ids.length], pick, uint8(tricks >> (8 * i)));
            b.rows = bytes.concat(b.rows, encode(w));
            want += apply_(b.pod, about[i]);
        }

        b.about = abi.encode(about);
        TestPod memory p = pods[b.pod];
        b.seq = escrow.lastSeq(p.id) + 1;
        (b.r, b.vs) = signBatch(p.identity, p.id, b.seq, b.rows);
        escrow.settle(p.id, b.seq, ROOT, CONFIG, b.rows, b.r, b.vs);
        claimable_[p.id] += want;
        vm.assertEq(escrow.claimable(p.id), claimable_[p.id], "a batch moved something else");
        last = b;
        did[want == 0 ? "settle without effect" : "settle"]++;
    }

    function replayBatch() external {
        if (last.seq == 0) return;
        address pod = pods[last.pod].id;
        uint64 expected = escrow.lastSeq(pod) + 1;
        try escrow.settle(pod, last.seq, ROOT, CONFIG, last.rows, last.r, last.vs) {
            revert("invariant 6: a batch was settled twice");
        } catch (bytes memory reason) {
            vm.assertEq(reason, abi.encodeWithSelector(IEscrow.BadSequence.selector, last.seq, expected));
            did["batch replayed"]++;
        }
    }

    /// @dev The rows of an old batch in a new one. What they moved they cannot move again; one that was skipped for lack
    /// of a cap may come good when its owner has added to the session since.
    function replayRows() external {
        if (last.seq == 0) return;
        About[] memory about = abi.decode(last.about, (About[]));
        uint96 want;
        for (uint256 i = 0; i < about.length; ++i) {
            want += apply_(last.pod, about[i]);
        }
        claimable_[pods[last.pod].id] += want;
        vm.assertEq(settle(pods[last.pod], last.rows), want);
        did["rows replayed"]++;
    }

    function requestClose(uint256 which, uint256 by) external {
        if (ids.length == 0) return;
        bytes32 id = ids[which % ids.length];
        Model storage m = models[id];
        address caller = by % 3 == 0 ? m.owner : by % 3 == 1 ? m.signer : address(0xbad);
        vm.prank(caller);
        try escrow.requestClose(m.owner, m.signer, pods[m.pod].id, m.salt) {
            vm.assertTrue(m.open && (caller != address(0xbad) || orphaned(m)), "closed what it should not");
            uint40 latest = uint40(block.timestamp) + 1 hours;
            if (m.expiry > latest) m.expiry = latest;
            m.closing = true;
            did["close"]++;
        } catch (bytes memory reason) {
            vm.assertEq(
                reason,
                m.open
                    ? abi.encodeWithSelector(IEscrow.NotParty.selector, id, address(0xbad))
                    : abi.encodeWithSelector(IEscrow.NoSession.selector, id)
            );
            did["close refused"]++;
        }
    }

    function release(uint256 which) external {
        if (ids.length == 0) return;
        releaseOne(ids[which % ids.length]);
    }

    function payout(uint256 podSeed) external {
        TestPod memory p = pods[podSeed % PODS];
        vm.prank(p.operator);
        try escrow.payout(only(p.id), p.operator) returns (uint96 amount) {
            vm.assertEq(amount, claimable_[p.id]);
            claimable_[p.id] = 0;
            did["payout"]++;
        } catch (bytes memory reason) {
            vm.assertEq(claimable_[p.id], 0);
            vm.assertEq(reason, abi.encodeWithSelector(IEscrow.ZeroAmount.selector));
            did["payout refused"]++;
        }
    }

    /// @dev Pods renew their registrations meanwhile, so that their identities never expire.
    function sleep(uint256 time) external {
        vm.warp(block.timestamp + time % 2 days);
        for (uint256 i = 0; i < PODS; ++i) {
            IPodRegistry.Registration memory g = registration(pods[i]);
            vm.prank(pods[i].operator);
            registry.update(pods[i].id, g);
        }
        did["sleep"]++;
    }

    /// @dev Invariant 7: whatever happened, everybody gets everything out, with no help from any pod.
    function everybodyLeaves() external {
        for (uint256 i = 0; i < ids.length; ++i) {
            Model storage m = models[ids[i]];
            if (!m.open) continue;
            vm.prank(m.owner);
            escrow.requestClose(m.owner, m.signer, pods[m.pod].id, m.salt);
            m.expiry = 0;
        }
        vm.warp(block.timestamp + 1 hours + 1);
        for (uint256 i = 0; i < ids.length; ++i) {
            if (models[ids[i]].open) releaseOne(ids[i]);
        }
        for (uint256 i = 0; i < OWNERS + 1; ++i) {
            address owner = i < OWNERS ? owners[i].addr : alice.addr;
            if (avail_[owner] == 0) continue;
            vm.prank(owner);
            escrow.withdraw(owner, avail_[owner]);
        }
        for (uint256 i = 0; i < PODS; ++i) {
            if (claimable_[pods[i].id] == 0) continue;
            vm.prank(pods[i].operator);
            escrow.payout(only(pods[i].id), address(0xfee));
        }
        vm.assertEq(token.balanceOf(address(escrow)), 0, "somebody's money stayed behind");
    }

    // Checks

    /// @dev Invariants 1, 2 and 3, from the contract's own state.
    function check() public view virtual {
        uint256 sum = avail(alice.addr);
        vm.assertEq(avail(alice.addr), avail_[alice.addr]);
        for (uint256 i = 0; i < OWNERS; ++i) {
            address owner = owners[i].addr;
            vm.assertEq(avail(owner), avail_[owner], "avail");
            sum += avail(owner);
        }
        for (uint256 i = 0; i < ids.length; ++i) {
            Model memory m = models[ids[i]];
            (uint96 cap, uint96 claimed, uint40 expiry, bool closing) = escrow.session(ids[i]);
            if (!m.open) {
                vm.assertEq(uint256(cap) + claimed + expiry, 0, "a released session has state");
                continue;
            }
            vm.assertEq(cap, m.cap, "cap");
            vm.assertEq(claimed, m.claimed, "invariant 2: claimed is not what rows made it");
            vm.assertEq(expiry, m.expiry, "expiry");
            vm.assertTrue(closing == m.closing, "closing");
            vm.assertLe(claimed, cap, "invariant 3: claimed > cap");
            vm.assertLe(claimed, m.bestCeiling, "invariant 3: claimed > best ceiling");
            sum += cap - claimed;
        }
        for (uint256 i = 0; i < PODS; ++i) {
            vm.assertEq(escrow.claimable(pods[i].id), claimable_[pods[i].id], "claimable");
            sum += escrow.claimable(pods[i].id);
        }
        vm.assertEq(token.balanceOf(address(escrow)), sum, "invariant 1: conservation");
    }

    /// @dev A row for a session, with the signer's voucher or with what an enclave makes up.
    function aRow(bytes32 id, uint256 pick, uint8 trick) internal returns (Row memory w, About memory a) {
        Model storage m = models[id];
        uint96 ceiling = uint96(bound(pick >> 8, 0, uint256(m.cap) + m.cap / 4));
        uint96 charged = uint96(bound(pick >> 32, 0, uint256(ceiling) + ceiling / 8));
        w = row(m.owner, pods[m.pod].id, m.salt, charged, ceiling);
        w.signer = m.signer;
        signVoucher(signerOf(m), pods[m.pod].id, w);
        a = About(id, charged, ceiling, trick % 8 > 1);
        if (trick % 8 == 0) signVoucher(pods[m.pod].identity, pods[m.pod].id, w);
        if (trick % 8 == 1) w.ceiling += 1;
        if (a.signed && ceiling > m.bestCeiling) m.bestCeiling = ceiling;
    }

    /// @dev Settles a row in the model and returns what it must move.
    function apply_(uint256 pod, About memory a) internal returns (uint96 moves) {
        Model storage m = models[a.id];
        // A session with another pod is out of this pod's reach.
        if (!a.signed || m.pod != pod || !m.open || block.timestamp > m.expiry) return 0;
        if (a.charged <= m.claimed || a.charged > a.ceiling || a.charged > m.cap) return 0;
        moves = a.charged - m.claimed;
        m.claimed = a.charged;
    }

    function releaseOne(bytes32 id) private {
        Model storage m = models[id];
        try escrow.release(m.owner, m.signer, pods[m.pod].id, m.salt) {
            vm.assertTrue(m.open && block.timestamp > m.expiry, "released what it should not");
            closed(m);
            did["release"]++;
        } catch (bytes memory reason) {
            vm.assertEq(
                reason,
                m.open
                    ? abi.encodeWithSelector(IEscrow.NotExpired.selector, id, m.expiry)
                    : abi.encodeWithSelector(IEscrow.NoSession.selector, id)
            );
            vm.assertTrue(!m.open || block.timestamp <= m.expiry, "refused to release");
            did["release refused"]++;
        }
    }

    /// @dev What the model does when a session is gone.
    function closed(Model storage m) internal virtual {
        avail_[m.owner] += m.cap - m.claimed;
        m.open = false;
    }

    /// @dev Whether anyone may ask for its close.
    function orphaned(Model storage) internal view virtual returns (bool) {
        return false;
    }

    function signerOf(Model storage) internal view virtual returns (Key memory) {
        return signer;
    }

    function anOwner(uint256 who) internal view returns (Key memory) {
        return owners[who % OWNERS];
    }

    function ownerOf(Model storage m) internal view returns (Key memory) {
        for (uint256 i = 0; i < OWNERS; ++i) {
            if (owners[i].addr == m.owner) return owners[i];
        }
        revert("no such owner");
    }
}
