// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TypedData} from "../src/TypedData.sol";
import {IPodRegistry} from "../src/interfaces/IPodRegistry.sol";
import {Fixture} from "./Fixture.sol";
import {vm} from "./Vm.sol";

contract PodRegistryTest is Fixture {
    TestPod private pod;

    function setUp() public override {
        super.setUp();
        vm.roll(1000);
        pod = newPod("pod");
        vm.roll(2000);
    }

    // Registering

    function test_registerStoresAndEmitsTheRecord() public {
        TestPod memory p = unregistered();
        IPodRegistry.Registration memory g = registration(p);
        bytes32 configHash = configHashOf(p, g.keyConfig);
        bytes32 offersHash = offersHashOf(p, g.offers);

        vm.expectEmit();
        emit IPodRegistry.PodUpdated(p.id, operator, p.identity.addr, g.url);
        vm.expectEmit();
        emit IPodRegistry.KeyConfigPublished(p.id, configHash, g.keyConfig);
        vm.expectEmit();
        emit IPodRegistry.OffersPublished(p.id, offersHash, g.offers);
        vm.prank(operator);
        vm.assertEq(registry.register(p.salt, g), p.id);

        (IPodRegistry.Pod memory got, IPodRegistry.Identity memory id, IPodRegistry.Standing standing) =
            registry.pod(p.id);
        vm.assertEq(got.operator, operator);
        vm.assertEq(got.identity, p.identity.addr);
        vm.assertEq(id.validUntil, g.attestation.validUntil);
        vm.assertEq(id.pod, p.id);
        vm.assertEq(id.admittedAt, 2000);
        vm.assertEq(id.quotedAt, START);
        vm.assertEq(uint8(standing), uint8(IPodRegistry.Standing.GOOD));
        vm.assertEq(got.recordBlock, 2000);
        vm.assertEq(got.keyConfigBlock, 2000);
        vm.assertEq(got.offersBlock, 2000);
        vm.assertTrue(!got.retired);
        vm.assertEq(got.keyConfigHash, configHash);
        vm.assertEq(got.offersHash, offersHash);
        vm.assertEq(bytes(got.url), bytes(g.url));
        vm.assertEq(registry.epoch(p.identity.addr), 1);

        (uint32 number, uint40 validUntil,) = registry.settlementKey(p.identity.addr);
        vm.assertEq(validUntil, g.attestation.validUntil);
        vm.assertEq(number, registry.numberOf(p.id));
        vm.assertEq(registry.operatorOf(p.id), operator);
    }

    function test_aPodIsRegisteredOnce() public {
        IPodRegistry.Registration memory g = registration(pod);
        vm.expectRevert(abi.encodeWithSelector(IPodRegistry.PodExists.selector, pod.id));
        vm.prank(operator);
        registry.register(pod.salt, g);
    }

    function test_thePodIdNamesRegistryOperatorAndSalt() public view {
        address want = address(uint160(uint256(keccak256(abi.encode(registry, operator, pod.salt)))));
        vm.assertEq(registry.podId(operator, pod.salt), want);
        vm.assertTrue(registry.podId(bob.addr, pod.salt) != want);
    }

    function test_anotherOperatorCannotTakeOverWhatAPodPublished() public {
        // An identity speaks for one pod, for ever.
        IPodRegistry.Registration memory g = registration(pod);
        vm.expectRevert(abi.encodeWithSelector(IPodRegistry.IdentityTaken.selector, pod.identity.addr, pod.id));
        vm.prank(bob.addr);
        registry.register(pod.salt, g);
        // Offers name their pod, so they are of no use in another one.
        TestPod memory copy = pod;
        copy.identity = key("identity of bob's");
        g.attestation = guest(copy);
        g.keyConfig = keyConfig(copy, 1);
        vm.expectRevert(abi.encodeWithSelector(IPodRegistry.BadSignature.selector, "offer"));
        vm.prank(bob.addr);
        registry.register(pod.salt, g);
    }

    function test_lifetimes() public {
        IPodRegistry.Registration memory g = registration(pod);
        uint40 latest = START + 7 days;
        g.attestation.validUntil = latest + 1;
        expectUpdateReverts(g, abi.encodeWithSelector(IPodRegistry.BadLifetime.selector, latest + 1, latest));
        g.attestation.validUntil = START - 1;
        expectUpdateReverts(g, abi.encodeWithSelector(IPodRegistry.BadLifetime.selector, START - 1, latest));
        g.attestation.validUntil = START;
        update(g);

        g.keyConfig.notAfter = START - 1;
        resign(pod, g.keyConfig);
        bytes memory ended =
            abi.encodeWithSelector(IPodRegistry.BadLifetime.selector, START - 1, uint256(type(uint40).max));
        expectUpdateReverts(g, ended);
        g.keyConfig = keyConfig(pod, 1);
        g.offers[1].validUntil = START - 1;
        resign(pod, g.offers[1]);
        expectUpdateReverts(g, ended);
    }

    function test_limits() public {
        IPodRegistry.Registration memory g = registration(pod);
        g.url = string(new bytes(256));
        g.attestation.quote = new bytes(16_384);
        g.keyConfig.config = new bytes(2048);
        resign(pod, g.keyConfig);
        g.offers = new IPodRegistry.Offer[](64);
        for (uint256 i = 0; i < 64; ++i) {
            g.offers[i] = offer(pod, string(new bytes(128)));
        }
        update(g);

        g.url = string(new bytes(257));
        expectUpdateReverts(g, tooLong("url", 257, 256));
        g.url = "";
        g.attestation.quote = new bytes(16_385);
        expectUpdateReverts(g, tooLong("quote", 16_385, 16_384));
        g.attestation.quote = "";
        g.keyConfig.config = new bytes(2049);
        resign(pod, g.keyConfig);
        expectUpdateReverts(g, tooLong("config", 2049, 2048));
        g.keyConfig = keyConfig(pod, 1);
        g.offers[63] = offer(pod, string(new bytes(129)));
        expectUpdateReverts(g, tooLong("model", 129, 128));
        g.offers = new IPodRegistry.Offer[](65);
        expectUpdateReverts(g, tooLong("offers", 65, 64));
        g.offers = new IPodRegistry.Offer[](0);
        expectUpdateReverts(g, abi.encodeWithSelector(IPodRegistry.NoOffers.selector));
    }

    // Signatures

    function test_theIdentityIsNeverZero() public {
        IPodRegistry.Registration memory g = registration(pod);
        g.attestation.identity = address(0);
        expectUpdateReverts(g, abi.encodeWithSelector(IPodRegistry.BadIdentity.selector));
    }

    function test_recordsAreSignedByTheIdentity() public {
        TestPod memory other = pod;
        other.identity = bob;
        IPodRegistry.Registration memory g = registration(pod);
        g.offers[1] = offer(other, "wisp:1m");
        expectUpdateReverts(g, badSignature("offer"));
        g = registration(pod);
        g.keyConfig = keyConfig(other, 1);
        expectUpdateReverts(g, badSignature("keyConfig"));
        g = registration(pod);
        g.attestation.identity = bob.addr;
        expectUpdateReverts(g, badSignature("keyConfig"));
        g = registration(pod);
        (g.keyConfig.r, g.keyConfig.vs) = (0, 0);
        expectUpdateReverts(g, badSignature("keyConfig"));
    }

    function test_recordsAreBoundToTheEscrowAndChain() public {
        IPodRegistry.Registration memory g = registration(pod);
        vm.chainId(1337);
        expectUpdateReverts(g, badSignature("keyConfig"));
    }

    function testFuzz_aChangedOfferIsRefused(uint8 field, uint96 to) public {
        IPodRegistry.Offer[] memory offers = new IPodRegistry.Offer[](1);
        IPodRegistry.Offer memory o = offer(pod, "wisp:1m");
        offers[0] = o;
        bytes32 before = this.hashOffer(pod.id, o);
        field = uint8(bound(field, 0, 9));
        if (field == 0) o.model = string(abi.encodePacked(o.model, "!"));
        if (field == 1) o.modelDigest = keccak256(abi.encode(to));
        if (field == 2) o.inPerM = to;
        if (field == 3) o.cachedPerM = to;
        if (field == 4) o.outPerM = to;
        if (field == 5) o.perRequest = to;
        if (field == 6) o.ctx = uint32(to);
        if (field == 7) o.defaultOut = uint32(to);
        if (field == 8) o.maxOut = uint32(to);
        if (field == 9) o.validUntil = uint40(bound(to, START, type(uint40).max));
        vm.assume(this.hashOffer(pod.id, o) != before);
        vm.expectRevert(badSignature("offer"));
        vm.prank(operator);
        registry.publishOffers(pod.id, offers);
    }

    function testFuzz_aChangedKeyConfigIsRefused(uint8 field, uint40 to) public {
        IPodRegistry.KeyConfig memory k = keyConfig(pod, 2);
        field = uint8(bound(field, 0, 3));
        if (field == 0) k.config = abi.encodePacked(k.config, to);
        if (field == 1) k.notBefore = to == k.notBefore ? to + 1 : to;
        if (field == 2) k.notAfter = uint40(bound(to, k.notAfter + 1, type(uint40).max));
        if (field == 3) k.epoch = uint64(bound(to, 3, type(uint64).max));
        vm.expectRevert(badSignature("keyConfig"));
        vm.prank(operator);
        registry.publishKeyConfig(pod.id, k);
    }

    // Changing what is published

    function test_publishKeyConfig() public {
        IPodRegistry.KeyConfig memory k = keyConfig(pod, 2);
        bytes32 hash = configHashOf(pod, k);
        vm.expectEmit();
        emit IPodRegistry.KeyConfigPublished(pod.id, hash, k);
        vm.prank(operator);
        registry.publishKeyConfig(pod.id, k);
        (IPodRegistry.Pod memory got,,) = registry.pod(pod.id);
        vm.assertEq(got.keyConfigHash, hash);
        vm.assertEq(got.keyConfigBlock, 2000);
        vm.assertEq(got.recordBlock, 1000);
        vm.assertEq(got.offersBlock, 1000);
        vm.assertEq(registry.epoch(pod.identity.addr), 2);
    }

    function test_epochsGrow() public {
        IPodRegistry.KeyConfig memory k = keyConfig(pod, 5);
        vm.prank(operator);
        registry.publishKeyConfig(pod.id, k);
        for (uint64 epoch = 4; epoch <= 5; ++epoch) {
            k = keyConfig(pod, epoch);
            vm.expectRevert(abi.encodeWithSelector(IPodRegistry.StaleEpoch.selector, epoch, 5));
            vm.prank(operator);
            registry.publishKeyConfig(pod.id, k);
        }
        // An update may show the current one again, no older one.
        IPodRegistry.Registration memory g = registration(pod);
        g.keyConfig = keyConfig(pod, 5);
        update(g);
        g.keyConfig = keyConfig(pod, 4);
        expectUpdateReverts(g, abi.encodeWithSelector(IPodRegistry.StaleEpoch.selector, 4, 5));
        // A new identity starts anew.
        pod.identity = key("identity after a restart");
        g = registration(pod);
        update(g);
        vm.assertEq(registry.epoch(pod.identity.addr), 1);
    }

    function test_publishOffers() public {
        IPodRegistry.Offer[] memory offers = new IPodRegistry.Offer[](1);
        offers[0] = offer(pod, "gemma3:4b");
        bytes32 hash = offersHashOf(pod, offers);
        vm.expectEmit();
        emit IPodRegistry.OffersPublished(pod.id, hash, offers);
        vm.prank(operator);
        registry.publishOffers(pod.id, offers);
        (IPodRegistry.Pod memory got,,) = registry.pod(pod.id);
        vm.assertEq(got.offersHash, hash);
        vm.assertEq(got.offersBlock, 2000);
        vm.assertEq(got.keyConfigBlock, 1000);
    }

    function test_updateReplacesEverything() public {
        vm.warp(START + 6 days);
        pod.identity = key("identity after a restart");
        IPodRegistry.Registration memory g = registration(pod);
        g.url = "https://elsewhere.example";
        update(g);
        (IPodRegistry.Pod memory got, IPodRegistry.Identity memory id,) = registry.pod(pod.id);
        vm.assertEq(got.identity, pod.identity.addr);
        vm.assertEq(id.validUntil, START + 13 days);
        vm.assertEq(got.recordBlock, 2000);
        vm.assertEq(bytes(got.url), bytes("https://elsewhere.example"));
        vm.assertEq(registry.podCount(), 1);
    }

    function test_onlyTheOperatorPublishes() public {
        bytes memory refused = abi.encodeWithSelector(IPodRegistry.NotOperator.selector, pod.id, address(this));
        IPodRegistry.Registration memory g = registration(pod);
        IPodRegistry.KeyConfig memory k = keyConfig(pod, 2);
        vm.expectRevert(refused);
        registry.update(pod.id, g);
        vm.expectRevert(refused);
        registry.publishKeyConfig(pod.id, k);
        vm.expectRevert(refused);
        registry.publishOffers(pod.id, g.offers);
        vm.expectRevert(refused);
        registry.retire(pod.id);
    }

    function test_unknownPods() public {
        address nobody = unregistered().id;
        bytes memory unknown = abi.encodeWithSelector(IPodRegistry.UnknownPod.selector, nobody);
        IPodRegistry.Registration memory g = registration(pod);
        vm.expectRevert(unknown);
        registry.update(nobody, g);
        vm.expectRevert(unknown);
        registry.publishKeyConfig(nobody, g.keyConfig);
        vm.expectRevert(unknown);
        registry.publishOffers(nobody, g.offers);
        vm.expectRevert(unknown);
        registry.retire(nobody);
        vm.expectRevert(unknown);
        registry.pod(nobody);
        (uint32 number, uint40 validUntil, IPodRegistry.Standing standing) = registry.settlementKey(nobody);
        vm.assertEq(validUntil, 0);
        vm.assertEq(number, 0);
        vm.assertEq(registry.numberOf(nobody), 0);
        vm.assertEq(registry.operatorOf(nobody), address(0));
        vm.assertEq(uint8(standing), uint8(IPodRegistry.Standing.NONE));
    }

    function test_retireAndReturn() public {
        vm.expectEmit();
        emit IPodRegistry.PodRetired(pod.id, uint40(block.timestamp + 7 days));
        vm.prank(operator);
        registry.retire(pod.id);
        (IPodRegistry.Pod memory got,,) = registry.pod(pod.id);
        vm.assertTrue(got.retired);
        vm.assertEq(registry.podCount(), 1);
        update(registration(pod));
        (got,,) = registry.pod(pod.id);
        vm.assertTrue(!got.retired);
    }

    // Relays

    function test_anOperatorPublishesItsOwnRelay() public {
        string memory url = "https://relay.example";
        vm.expectEmit();
        emit IPodRegistry.RelayPublished(operator, url);
        vm.prank(operator);
        registry.publishRelay(url);
        vm.assertLe(vm.snapshotGasLastCall("registry", "publishRelay"), 70_000, "publishRelay");
        vm.assertEq(bytes(registry.relayUrlOf(operator)), bytes(url));
        vm.assertEq(bytes(registry.relayUrlOf(bob.addr)), bytes(""));

        vm.prank(bob.addr);
        registry.publishRelay("https://bob.example");
        vm.assertEq(bytes(registry.relayUrlOf(operator)), bytes(url));

        vm.expectEmit();
        emit IPodRegistry.RelayPublished(operator, "");
        vm.prank(operator);
        registry.publishRelay("");
        vm.assertEq(bytes(registry.relayUrlOf(operator)), bytes(""));
        vm.assertEq(bytes(registry.relayUrlOf(bob.addr)), bytes("https://bob.example"));
    }

    function test_limitOfARelaysUrl() public {
        string memory longest = string(new bytes(256));
        vm.prank(operator);
        registry.publishRelay(longest);
        vm.assertEq(bytes(registry.relayUrlOf(operator)), bytes(longest));

        vm.expectRevert(tooLong("url", 257, 256));
        vm.prank(operator);
        registry.publishRelay(string(new bytes(257)));
        vm.assertEq(bytes(registry.relayUrlOf(operator)), bytes(longest));
    }

    function test_aRelayIsNoPartOfAPod() public {
        (IPodRegistry.Pod memory before,,) = registry.pod(pod.id);
        vm.prank(operator);
        registry.publishRelay("https://relay.example");
        (IPodRegistry.Pod memory got,,) = registry.pod(pod.id);
        vm.assertEq(abi.encode(got), abi.encode(before));
        vm.assertEq(registry.podCount(), 1);
    }

    function test_pages() public {
        TestPod memory second = newPod("second");
        TestPod memory third = newPod("third");
        (address[] memory ids, IPodRegistry.Pod[] memory page,,) = registry.pods(0, type(uint256).max);
        vm.assertEq(ids.length, 3);
        vm.assertEq(ids[0], pod.id);
        vm.assertEq(ids[2], third.id);
        (ids, page,,) = registry.pods(1, 1);
        vm.assertEq(ids.length, 1);
        vm.assertEq(ids[0], second.id);
        vm.assertEq(page.length, 1);
        vm.assertEq(page[0].identity, second.identity.addr);
        (ids, page,,) = registry.pods(3, 10);
        vm.assertEq(ids.length + page.length, 0);
        (ids, page,,) = registry.pods(type(uint256).max, type(uint256).max);
        vm.assertEq(ids.length + page.length, 0);
    }

    function update(IPodRegistry.Registration memory g) private {
        vm.prank(operator);
        registry.update(pod.id, g);
    }

    function expectUpdateReverts(IPodRegistry.Registration memory g, bytes memory reason) private {
        vm.expectRevert(reason);
        update(g);
    }

    function tooLong(string memory field, uint256 length, uint256 limit) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IPodRegistry.TooLong.selector, field, length, limit);
    }

    function badSignature(string memory record) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IPodRegistry.BadSignature.selector, record);
    }

    function unregistered() private view returns (TestPod memory p) {
        p.identity = key("identity of nobody");
        p.operator = operator;
        p.salt = keccak256("nobody");
        p.id = registry.podId(operator, p.salt);
    }

    function configHashOf(TestPod memory p, IPodRegistry.KeyConfig memory k) private pure returns (bytes32) {
        return TypedData.keyConfig(p.identity.addr, keccak256(k.config), k.notBefore, k.notAfter, k.epoch);
    }

    function offersHashOf(TestPod memory p, IPodRegistry.Offer[] memory offers) private view returns (bytes32) {
        bytes memory hashes;
        for (uint256 i = 0; i < offers.length; ++i) {
            hashes = abi.encodePacked(hashes, this.hashOffer(p.id, offers[i]));
        }
        return keccak256(hashes);
    }
}
