// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {BlockHeader} from "../src/BlockHeader.sol";
import {IEscrow} from "../src/interfaces/IEscrow.sol";
import {IPodRegistry} from "../src/interfaces/IPodRegistry.sol";
import {ISgxQuoteVerifier} from "../src/interfaces/ISgxQuoteVerifier.sol";
import {Header} from "./Header.sol";
import {SgxFixture} from "./SgxFixture.sol";
import {vm} from "./Vm.sol";

/// @dev An operator that asks for its stake again while it is being paid.
contract Greedy {
    IPodRegistry private immutable _registry;
    address private _pod;
    uint256 public asked;

    constructor(IPodRegistry registry) {
        _registry = registry;
    }

    function enter(bytes32 salt, IPodRegistry.Registration calldata g) external {
        _pod = _registry.register{value: address(this).balance}(salt, g);
        _registry.retire(_pod);
    }

    function quit(address pod) public {
        ++asked;
        _registry.withdrawStake(pod, payable(address(this)));
    }

    receive() external payable {
        if (asked < 2) quit(_pod);
    }
}

/// @dev Pods in the vectors' enclave: how they get on the registry, what stops them, what that costs whom.
contract AdmissionTest is SgxFixture {
    address private constant HISTORY = 0x0000F90827F1C53a10cb7A02335B175320002935;
    bytes private constant HISTORY_CODE =
        hex"3373fffffffffffffffffffffffffffffffffffffffe14604657602036036042575f35600143038111604257611fff81430311604257611fff9006545f5260205ff35b5f5ffd5b5f35611fff60014303065500";
    uint256 private constant STAKE = 0.01 ether;

    TestPod private pod;

    function stakeAmount() internal pure override returns (uint256) {
        return STAKE;
    }

    function setUp() public override {
        super.setUp();
        allow();
        vm.deal(operator, 1 ether);
        pod = unlisted("pod");
    }

    function unlisted(string memory label) private view returns (TestPod memory p) {
        p.identity = key(string.concat("identity of ", label));
        p.operator = operator;
        p.salt = keccak256(bytes(label));
        p.id = registry.podId(p.operator, p.salt);
    }

    function entry(TestPod memory p) private returns (IPodRegistry.Registration memory g) {
        g = registration(p);
        g.attestation = enclaved(p);
    }

    function list(TestPod memory p) private {
        IPodRegistry.Registration memory g = entry(p);
        vm.prank(p.operator);
        registry.register{value: STAKE}(p.salt, g);
    }

    function expectRefusal(IPodRegistry.Registration memory g, bytes4 why) private {
        vm.prank(operator);
        (bool ok, bytes memory data) =
            address(registry).call{value: STAKE}(abi.encodeCall(IPodRegistry.register, (pod.salt, g)));
        vm.assertTrue(!ok, "admitted");
        vm.assertEq(bytes32(bytes4(data)), bytes32(why));
    }

    // What the contract itself verifies

    function test_aPodGetsOnTheListByItsQuoteAlone() public {
        IPodRegistry.Registration memory g = entry(pod);
        vm.expectEmit();
        emit IPodRegistry.IdentityAdmitted(
            pod.id, pod.identity.addr, 1, g.attestation.validUntil, 1, g.attestation.quote
        );
        vm.prank(operator);
        registry.register{value: STAKE}(pod.salt, g);
        (IPodRegistry.Pod memory p, IPodRegistry.Identity memory i, IPodRegistry.Standing s) = registry.pod(pod.id);
        vm.assertEq(p.stake, STAKE);
        vm.assertEq(p.platform, 1);
        vm.assertEq(i.measurement, 1);
        vm.assertEq(i.platform, 1);
        vm.assertEq(i.platformAt, block.number);
        vm.assertEq(i.kind, 1);
        vm.assertEq(uint8(s), uint8(IPodRegistry.Standing.GOOD));
        vm.assertEq(registry.livePods(machineNamed("platform")), 1);
    }

    function test_reportDataBindsEverything() public {
        IPodRegistry.Registration memory g = entry(pod);
        TestPod memory other = pod;
        bytes32 hash = keccak256(g.attestation.header);
        bytes4 why = IPodRegistry.BadReportData.selector;

        other.identity = key("somebody");
        g.attestation.quote = quoteOf(boundTo(other), hash);
        expectRefusal(g, why);
        other.identity = pod.identity;
        other.id = address(1);
        g.attestation.quote = quoteOf(boundTo(other), hash);
        expectRefusal(g, why);
        other.id = pod.id;
        other.operator = bob.addr;
        g.attestation.quote = quoteOf(boundTo(other), hash);
        expectRefusal(g, why);
        other.operator = operator;
        vm.chainId(1337);
        g.attestation.quote = quoteOf(boundTo(other), hash);
        vm.chainId(31337);
        expectRefusal(g, why);
        (IPodRegistry r, IEscrow e) = (registry, escrow);
        escrow = IEscrow(address(2));
        g.attestation.quote = quoteOf(boundTo(other), hash);
        (registry, escrow) = (IPodRegistry(address(3)), e);
        bytes memory elsewhere = quoteOf(boundTo(other), hash);
        registry = r;
        expectRefusal(g, why);
        g.attestation.quote = elsewhere;
        expectRefusal(g, why);
        // Another block than the one shown.
        g.attestation.quote = quoteOf(boundTo(pod), keccak256("another block"));
        expectRefusal(g, why);
        // A quote over somebody's nonce, of this very identity, in the form of docs/spec/attestation.md.
        bytes32 fresh = sha256(
            abi.encodePacked("phallama/fresh/v1", keccak256("nonce"), identityFields(pod), keccak256("key config"))
        );
        g.attestation.quote = quoteOf(fresh, 0);
        expectRefusal(g, why);
        // Nor does the right half save one whose other half names no block.
        g.attestation.quote = quoteOf(boundTo(pod), 0);
        expectRefusal(g, why);
        // Nor does anybody else's call serve.
        g.attestation.quote = quoteOf(boundTo(pod), hash);
        vm.deal(bob.addr, 1 ether);
        vm.prank(bob.addr);
        (bool ok,) = address(registry).call{value: STAKE}(abi.encodeCall(IPodRegistry.register, (pod.salt, g)));
        vm.assertTrue(!ok, "somebody else's call");
    }

    function test_whatTheVerifierRefusesIsNotAdmitted() public {
        IPodRegistry.Registration memory g = entry(pod);
        g.attestation.quote[100] ^= 0x01;
        expectRefusal(g, ISgxQuoteVerifier.BadSignature.selector);
        g = entry(pod);
        g.attestation.quote[48 + 48] |= 0x02; // DEBUG
        resign(g.attestation.quote);
        expectRefusal(g, ISgxQuoteVerifier.DebugEnclave.selector);
        g = entry(pod);
        g.attestation.quote = quoteNamed("foreign_qe_signer");
        expectRefusal(g, ISgxQuoteVerifier.BadQuotingEnclave.selector);
        g = entry(pod);
        g.attestation.quote[48 + 64] ^= 0x01; // MRENCLAVE
        resign(g.attestation.quote);
        expectRefusal(g, ISgxQuoteVerifier.MeasurementNotActive.selector);
        g = entry(pod);
        (g.attestation.pckX, g.attestation.pckY) = pckKey("processor");
        expectRefusal(g, ISgxQuoteVerifier.UnknownPlatform.selector);
        vm.prank(GUARDIAN);
        verifier.revokePlatform(keccak256(abi.encode(x, y)));
        g = entry(pod);
        expectRefusal(g, ISgxQuoteVerifier.PlatformIsRevoked.selector);
        g = entry(pod);
        g.attestation.kind = 3;
        expectRefusal(g, IPodRegistry.BadKind.selector);
    }

    // Blocks

    function test_staleBlocks() public {
        IPodRegistry.Registration memory g = entry(pod);
        vm.warp(block.timestamp + 1 hours + 1);
        expectRefusal(g, IPodRegistry.StaleQuote.selector);
        vm.warp(block.timestamp - 1);
        vm.roll(block.number + 300); // beyond BLOCKHASH, and there is no history contract
        expectRefusal(g, BlockHeader.StaleBlock.selector);
        vm.etch(HISTORY, hex"5f5ffd"); // nor does one that reverts help
        expectRefusal(g, BlockHeader.StaleBlock.selector);
    }

    /// @dev By the code of EIP-2935, which keeps the hashes of 8,191 blocks.
    function test_blocksBeyondBlockhash() public {
        vm.roll(20_000);
        IPodRegistry.Registration memory g = entry(pod);
        uint256 number = block.number - 1;
        vm.etch(HISTORY, HISTORY_CODE);
        vm.roll(number + 8191);
        expectRefusal(g, BlockHeader.StaleBlock.selector); // it knows nothing yet
        vm.store(HISTORY, bytes32(number % 8191), keccak256("another block"));
        expectRefusal(g, BlockHeader.StaleBlock.selector);
        vm.store(HISTORY, bytes32(number % 8191), keccak256(g.attestation.header));
        vm.roll(number + 8192);
        expectRefusal(g, BlockHeader.StaleBlock.selector);
        vm.roll(number + 8191);
        vm.prank(operator);
        registry.register{value: STAKE}(pod.salt, g);
    }

    function test_headersAreTheChainsOwn() public {
        IPodRegistry.Registration memory g = entry(pod);
        bytes memory header = g.attestation.header;
        // A header of the operator's own making, with a later time.
        g.attestation.header = Header.encode(block.number - 1, block.timestamp + 1 days);
        g.attestation.quote = quoteOf(boundTo(pod), keccak256(g.attestation.header));
        expectRefusal(g, BlockHeader.StaleBlock.selector);
        g.attestation.header = Header.encode(block.number, block.timestamp);
        expectRefusal(g, BlockHeader.StaleBlock.selector);
        for (uint256 n = 0; n < header.length; n += 7) {
            g.attestation.header = slice(header, 0, n);
            expectRefusal(g, BlockHeader.BadHeader.selector);
        }
        g.attestation.header = new bytes(1025);
        expectRefusal(g, BlockHeader.BadHeader.selector);
    }

    function testFuzz_changedHeaders(uint256 seed, bytes1 by) public {
        if (by == 0) return;
        IPodRegistry.Registration memory g = entry(pod);
        g.attestation.header[seed % g.attestation.header.length] ^= by;
        vm.prank(operator);
        (bool ok,) = address(registry).call{value: STAKE}(abi.encodeCall(IPodRegistry.register, (pod.salt, g)));
        vm.assertTrue(!ok, "another header");
    }

    function test_validityCountsFromTheBlock() public {
        IPodRegistry.Registration memory g = entry(pod);
        uint256 quoted = block.timestamp;
        vm.warp(quoted + 30 minutes);
        g.attestation.validUntil = uint40(quoted + 7 days + 1);
        expectRefusal(g, IPodRegistry.BadLifetime.selector);
        g.attestation.validUntil = uint40(quoted + 7 days);
        vm.prank(operator);
        registry.register{value: STAKE}(pod.salt, g);
        vm.assertEq(registry.identityOf(pod.identity.addr).quotedAt, quoted);
    }

    function test_guestsRegisterOnDevelopmentChainsOnly() public {
        IPodRegistry.Registration memory g = registration(pod);
        vm.chainId(2035);
        expectRefusal(g, IPodRegistry.TdxNotVerified.selector);
    }

    // Revocation

    function test_aRevocationStopsSettlementAndNothingElse() public {
        list(pod);
        uint96 before = escrow.claimable(pod.id);
        bytes32 id = openSession(pod.id, 0, 300);
        vm.assertEq(settle(pod, row(pod.id, 0, 100, 300)), 100);
        vm.prank(GUARDIAN);
        verifier.deprecateMeasurement(mrenclave); // which lets those that are there go on
        vm.assertEq(settle(pod, row(pod.id, 0, 110, 300)), 10);
        vm.prank(GUARDIAN);
        verifier.revokeMeasurement(mrenclave);
        expectNoSettlement(3, IPodRegistry.Standing.MEASUREMENT_REVOKED);
        everybodyLeaves(id, before + 110);
    }

    function test_aRevokedMachineStopsSettlementAndNothingElse() public {
        list(pod);
        bytes32 id = openSession(pod.id, 0, 300);
        bytes32 machine = machineNamed("platform");
        vm.prank(GUARDIAN);
        verifier.revokeMachine(machine);
        expectNoSettlement(1, IPodRegistry.Standing.PLATFORM_REVOKED);
        everybodyLeaves(id, 0);
    }

    function expectNoSettlement(uint64 seq, IPodRegistry.Standing standing) private {
        bytes memory rows = encode(row(pod.id, 0, 200, 300));
        (bytes32 r, bytes32 vs) = signBatch(pod.identity, pod.id, seq, rows);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.IdentityRevoked.selector, pod.id, pod.identity.addr, standing));
        escrow.settle(pod.id, seq, ROOT, CONFIG, rows, r, vs);
    }

    /// @dev What is revoked of others is asked about from then on, and stops nobody else.
    function test_revocationsOfOthersStopNoPod() public {
        list(pod);
        openSession(pod.id, 0, 300);
        vm.assertEq(settle(pod, row(pod.id, 0, 10, 300)), 10);
        bytes32 other = machineNamed("processor");
        vm.prank(GUARDIAN);
        verifier.revokeMachine(other);
        vm.assertEq(settle(pod, row(pod.id, 0, 20, 300)), 10);
        vm.prank(GUARDIAN);
        verifier.revokeMeasurement(keccak256("another enclave"));
        vm.assertEq(settle(pod, row(pod.id, 0, 30, 300)), 10);
        bytes32 own = keccak256(abi.encode(x, y));
        vm.prank(GUARDIAN);
        verifier.revokePlatform(own);
        expectNoSettlement(4, IPodRegistry.Standing.PLATFORM_REVOKED);
    }

    /// @dev Neither by an identity that was admitted before, nor by being admitted again.
    function test_noIdentityOutlivesARevocation() public {
        list(pod);
        openSession(pod.id, 0, 300);
        bytes32 own = keccak256(abi.encode(x, y));
        vm.prank(GUARDIAN);
        verifier.revokePlatform(own);
        expectNoSettlement(1, IPodRegistry.Standing.PLATFORM_REVOKED);
        IPodRegistry.Attestation memory a = enclaved(pod);
        vm.prank(operator);
        vm.expectRevert(abi.encodeWithSelector(ISgxQuoteVerifier.PlatformIsRevoked.selector, own));
        registry.admitIdentity(pod.id, a);
        expectNoSettlement(1, IPodRegistry.Standing.PLATFORM_REVOKED);
    }

    function test_onlyTheVerifierTellsOfRevocations() public {
        vm.expectRevert(abi.encodeWithSelector(IPodRegistry.NotVerifier.selector, address(this)));
        registry.noteRevocation();
        vm.expectRevert(abi.encodeWithSelector(IPodRegistry.NotVerifier.selector, GUARDIAN));
        vm.prank(GUARDIAN);
        registry.noteRevocation();
    }

    /// @dev A registry that its verifier does not tell would let revoked identities settle.
    function test_aRegistryRefusesAVerifierThatTellsAnother() public {
        vm.expectRevert(
            abi.encodeWithSelector(IPodRegistry.WrongVerifier.selector, address(verifier), address(registry))
        );
        newRegistry(address(escrow));
    }

    function everybodyLeaves(bytes32 id, uint96 earned) private {
        open(pod.id, order(alice, pod.id, 1, 10)); // opening is between the user and the escrow
        uint96 free = avail(alice.addr);
        vm.prank(alice.addr);
        escrow.withdraw(alice.addr, free);
        vm.prank(alice.addr);
        escrow.requestClose(alice.addr, signer.addr, pod.id, 0);
        vm.warp(block.timestamp + 1 hours + 1);
        escrow.release(alice.addr, signer.addr, pod.id, 0);
        vm.assertEq(capOf(id), 0);
        if (earned == 0) return;
        vm.prank(operator);
        vm.assertEq(escrow.payout(only(pod.id), operator), earned);
    }

    // Stakes

    function test_stakes() public {
        IPodRegistry.Registration memory g = entry(pod);
        vm.prank(operator);
        vm.expectRevert(abi.encodeWithSelector(IPodRegistry.WrongStake.selector, STAKE - 1, STAKE));
        registry.register{value: STAKE - 1}(pod.salt, g);
        list(pod);
        vm.assertEq(address(registry).balance, STAKE);
        vm.prank(operator);
        vm.expectRevert(abi.encodeWithSelector(IPodRegistry.NotRetired.selector, pod.id));
        registry.withdrawStake(pod.id, payable(operator));

        vm.prank(operator);
        registry.retire(pod.id);
        vm.assertEq(registry.livePods(machineNamed("platform")), 0);
        uint256 free = block.timestamp + 7 days;
        vm.warp(free - 1);
        vm.prank(operator);
        vm.expectRevert(abi.encodeWithSelector(IPodRegistry.StakeLocked.selector, pod.id, free));
        registry.withdrawStake(pod.id, payable(operator));
        vm.warp(free);
        vm.expectRevert(abi.encodeWithSelector(IPodRegistry.NotOperator.selector, pod.id, address(this)));
        registry.withdrawStake(pod.id, payable(address(this)));
        uint256 had = operator.balance;
        vm.prank(operator);
        registry.withdrawStake(pod.id, payable(operator));
        vm.assertEq(operator.balance, had + STAKE);
        vm.assertEq(address(registry).balance, 0);

        // Coming back costs it again.
        g = entry(pod);
        vm.prank(operator);
        vm.expectRevert(abi.encodeWithSelector(IPodRegistry.WrongStake.selector, 0, STAKE));
        registry.update(pod.id, g);
        vm.prank(operator);
        registry.update{value: STAKE}(pod.id, g);
        vm.assertEq(registry.livePods(machineNamed("platform")), 1);
        vm.assertEq(address(registry).balance, STAKE);
    }

    function test_livePodsOfAMachine() public {
        for (uint256 i = 0; i < 8; ++i) {
            list(unlisted(vm.toString(i)));
        }
        IPodRegistry.Registration memory g = entry(pod);
        expectRefusal(g, IPodRegistry.TooManyPods.selector);
        address third = registry.podId(operator, keccak256("3"));
        vm.prank(operator);
        registry.retire(third);
        list(pod);
        vm.assertEq(registry.livePods(machineNamed("platform")), 8);
        vm.assertEq(address(registry).balance, 9 * STAKE); // a retired pod's stake waits
        // A fresh quote on the same machine is not another pod.
        g = entry(pod);
        vm.prank(operator);
        registry.update(pod.id, g);
        vm.assertEq(registry.livePods(machineNamed("platform")), 8);
    }

    /// @dev A pod that goes to another machine counts there, and its identities have each their own standing.
    function test_movingToAnotherMachine() public {
        list(pod);
        openSession(pod.id, 0, 300);
        TestPod memory moved = pod;
        moved.identity = key("identity on the other machine");
        on("processor");
        verifier.registerPlatform(certificate);
        IPodRegistry.Attestation memory a = enclaved(moved);
        vm.prank(operator);
        registry.admitIdentity(pod.id, a);
        vm.assertEq(registry.livePods(machineNamed("platform")), 1); // what is listed has not changed
        vm.assertEq(registry.livePods(machineNamed("processor")), 0);
        vm.assertEq(settle(pod, row(pod.id, 0, 10, 300)), 10);
        vm.assertEq(settle(moved, row(pod.id, 0, 20, 300)), 10);

        IPodRegistry.Registration memory g = entry(moved);
        g.attestation.quote = "";
        vm.prank(operator);
        registry.update(pod.id, g);
        vm.assertEq(registry.livePods(machineNamed("platform")), 0);
        vm.assertEq(registry.livePods(machineNamed("processor")), 1);

        bytes32 gone = machineNamed("platform");
        vm.prank(GUARDIAN);
        verifier.revokeMachine(gone);
        expectNoSettlement(3, IPodRegistry.Standing.PLATFORM_REVOKED);
        vm.assertEq(settle(moved, row(pod.id, 0, 30, 300)), 10);
    }

    /// @dev Or it would settle, by that identity, after its stake was taken back.
    function test_aRetiredPodAdmitsNoIdentity() public {
        list(pod);
        vm.prank(operator);
        registry.retire(pod.id);
        vm.warp(block.timestamp + 6 days);
        IPodRegistry.Attestation memory a = enclaved(pod);
        vm.expectRevert(abi.encodeWithSelector(IPodRegistry.PodIsRetired.selector, pod.id));
        vm.prank(operator);
        registry.admitIdentity(pod.id, a);
        vm.warp(block.timestamp + 1 days);
        vm.prank(operator);
        registry.withdrawStake(pod.id, payable(operator));
        vm.assertLe(registry.identityOf(pod.identity.addr).validUntil, block.timestamp, "it outlives its stake");
    }

    function test_comingBackWithTheStakeStillThere() public {
        list(pod);
        vm.prank(operator);
        registry.retire(pod.id);
        vm.warp(block.timestamp + 30 days);
        IPodRegistry.Registration memory g = entry(pod);
        vm.expectRevert(abi.encodeWithSelector(IPodRegistry.WrongStake.selector, STAKE, 0));
        vm.prank(operator);
        registry.update{value: STAKE}(pod.id, g);
        vm.prank(operator);
        registry.update(pod.id, g);
        // The delay that had passed counts no longer.
        vm.expectRevert(abi.encodeWithSelector(IPodRegistry.NotRetired.selector, pod.id));
        vm.prank(operator);
        registry.withdrawStake(pod.id, payable(operator));
        vm.prank(operator);
        registry.retire(pod.id);
        vm.expectRevert(abi.encodeWithSelector(IPodRegistry.StakeLocked.selector, pod.id, block.timestamp + 7 days));
        vm.prank(operator);
        registry.withdrawStake(pod.id, payable(operator));
    }

    function test_aStakeThatNobodyTakesStays() public {
        list(pod);
        vm.prank(operator);
        registry.retire(pod.id);
        vm.warp(block.timestamp + 7 days);
        vm.expectRevert(abi.encodeWithSelector(IPodRegistry.StakeTransferFailed.selector, address(token)));
        vm.prank(operator);
        registry.withdrawStake(pod.id, payable(address(token)));
        vm.assertEq(address(registry).balance, STAKE);
        vm.prank(operator);
        registry.withdrawStake(pod.id, payable(operator));
        vm.assertEq(address(registry).balance, 0);
    }

    /// @dev An operator that asks again while it is being paid gets nothing more of others' stakes.
    function test_aStakeIsPaidOnce() public {
        list(pod);
        Greedy greedy = new Greedy(registry);
        vm.deal(address(greedy), STAKE);
        TestPod memory p = pod;
        p.operator = address(greedy);
        p.identity = key("identity of the greedy");
        p.id = registry.podId(p.operator, p.salt);
        IPodRegistry.Registration memory g = entry(p);
        greedy.enter(p.salt, g);
        vm.warp(block.timestamp + 7 days);
        greedy.quit(p.id);
        vm.assertEq(greedy.asked(), 2);
        vm.assertEq(address(greedy).balance, STAKE);
        vm.assertEq(address(registry).balance, STAKE);
    }

    /// @dev Whatever operators do, the registry holds the sum of its pods' stakes and nothing else.
    function testFuzz_stakesAddUp(uint256 seed) public {
        TestPod[3] memory all = [pod, unlisted("second"), unlisted("third")];
        for (uint256 i = 0; i < 24; ++i) {
            uint256 dice = uint256(keccak256(abi.encode(seed, i)));
            TestPod memory p = all[dice % 3];
            vm.deal(operator, 1 ether);
            step(p, dice >> 8);
            vm.warp(block.timestamp + (dice >> 64) % 4 days);
            (, IPodRegistry.Pod[] memory page,,) = registry.pods(0, 10);
            uint256 sum;
            for (uint256 k = 0; k < page.length; ++k) {
                sum += page[k].stake;
                vm.assertTrue(page[k].retired || page[k].stake == STAKE, "a place without its stake");
            }
            vm.assertEq(address(registry).balance, sum);
        }
    }

    function step(TestPod memory p, uint256 dice) private {
        bytes memory call;
        if (dice % 4 == 0) call = abi.encodeCall(IPodRegistry.register, (p.salt, registration(p)));
        if (dice % 4 == 1) call = abi.encodeCall(IPodRegistry.update, (p.id, registration(p)));
        if (dice % 4 == 2) call = abi.encodeCall(IPodRegistry.retire, (p.id));
        if (dice % 4 == 3) call = abi.encodeCall(IPodRegistry.withdrawStake, (p.id, payable(operator)));
        uint256 value = dice % 4 < 2 && (dice >> 8) % 2 == 0 ? STAKE : 0;
        vm.prank(operator);
        (bool ok,) = address(registry).call{value: value}(call);
        ok; // what is refused changes nothing, which the sum shows
    }

    /// @dev Whole transactions, with what their data costs.
    /// forge-config: default.evm_version = "osaka"
    /// forge-config: default.isolate = true
    function test_gasOfAnAdmission() public {
        list(pod);
        TestPod memory restarted = pod;
        restarted.identity = key("restarted");
        IPodRegistry.Attestation memory a = enclaved(restarted);
        vm.prank(operator);
        registry.admitIdentity(pod.id, a);
        vm.assertLe(vm.snapshotGasLastCall("admission", "admitIdentity"), 150_000, "admitIdentity");

        restarted.identity = key("restarted once more");
        a = enclaved(restarted);
        vm.etch(HISTORY, HISTORY_CODE);
        vm.store(HISTORY, bytes32((block.number - 1) % 8191), keccak256(a.header));
        vm.roll(block.number + 300);
        vm.prank(operator);
        registry.admitIdentity(pod.id, a);
        vm.assertLe(vm.snapshotGasLastCall("admission", "admitIdentity beyond BLOCKHASH"), 150_000, "EIP-2935");

        on("processor");
        verifier.registerPlatform(certificate);
        vm.assertLe(vm.snapshotGasLastCall("admission", "registerPlatform"), 250_000, "registerPlatform");
    }

    /// @dev An update without a quote takes an identity that is admitted, and of this pod.
    function test_updatesWithoutAQuote() public {
        list(pod);
        IPodRegistry.Registration memory g = entry(pod);
        g.attestation.quote = "";
        vm.prank(operator);
        registry.update(pod.id, g);
        TestPod memory other = unlisted("other");
        list(other);
        g.attestation.identity = other.identity.addr;
        vm.prank(operator);
        vm.expectRevert(abi.encodeWithSelector(IPodRegistry.IdentityNotAdmitted.selector, other.identity.addr, pod.id));
        registry.update(pod.id, g);
        // An old key config of an identity that was replaced does not come back.
        TestPod memory restarted = pod;
        restarted.identity = key("restarted");
        g = entry(restarted);
        vm.prank(operator);
        registry.update(pod.id, g);
        g = entry(pod);
        g.keyConfig = keyConfig(pod, 0);
        vm.prank(operator);
        vm.expectRevert(abi.encodeWithSelector(IPodRegistry.StaleEpoch.selector, 0, 1));
        registry.update(pod.id, g);
    }
}
