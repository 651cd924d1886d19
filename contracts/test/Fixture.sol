// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {TypedData} from "../src/TypedData.sol";
import {IEscrow} from "../src/interfaces/IEscrow.sol";
import {IPodRegistry} from "../src/interfaces/IPodRegistry.sol";
import {ISgxQuoteVerifier} from "../src/interfaces/ISgxQuoteVerifier.sol";
import {Header} from "./Header.sol";
import {vm} from "./Vm.sol";

interface IDevToken is IERC20 {
    function minter() external view returns (address);
    function mint(address to, uint256 amount) external;
    function decimals() external view returns (uint8);

    error NotMinter(address caller);
}

/// @dev A deployed escrow and registry, keys with known secrets, and everything that users and enclaves sign.
abstract contract Fixture {
    struct Key {
        uint256 secret;
        address addr;
    }

    /// @dev A registered pod. Its fields are what a test needs to speak for its operator or its enclave.
    struct TestPod {
        address id;
        bytes32 salt;
        address operator;
        Key identity;
    }

    /// @dev One row of a settlement, in the order of its bytes.
    struct Row {
        address owner;
        address signer;
        uint64 salt;
        uint96 charged;
        uint96 ceiling;
        uint96 acked;
        bytes32 requestHash;
        bytes32 r;
        bytes32 vs;
    }

    uint40 internal constant START = 1_800_000_000;
    uint96 internal constant FUNDS = 1000;
    bytes32 internal constant ROOT = keccak256("receipts root");
    bytes32 internal constant CONFIG = keccak256("key config hash");

    bool private _serving; // the next verifier serves the registry that comes after it
    IDevToken internal token;
    ISgxQuoteVerifier internal verifier;
    IPodRegistry internal registry;
    IEscrow internal escrow;

    Key internal alice = key("alice");
    Key internal bob = key("bob");
    Key internal signer = key("signer");
    address internal operator = address(0x0b);

    function setUp() public virtual {
        vm.warp(START);
        vm.roll(1000);
        token = newDevToken();
        (registry, escrow) = deploy(address(token));
        fund(alice.addr, FUNDS);
    }

    function newDevToken() internal returns (IDevToken) {
        return IDevToken(create(vm.getCode("DevToken.sol:DevToken")));
    }

    /// @dev The contracts name each other, so verifier and registry get the addresses that registry and escrow will have.
    function deploy(address token_) internal returns (IPodRegistry r, IEscrow e) {
        _serving = true;
        verifier = newVerifier();
        _serving = false;
        r = newRegistry(vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 1));
        e = newEscrow(token_, r);
    }

    /// @dev A registry beside the others, with a verifier of its own.
    function anotherRegistry(address escrow_) internal returns (IPodRegistry r) {
        ISgxQuoteVerifier was = verifier;
        _serving = true;
        verifier = newVerifier();
        _serving = false;
        r = newRegistry(escrow_);
        verifier = was;
    }

    function newRegistry(address escrow_) internal returns (IPodRegistry) {
        return IPodRegistry(
            create(
                abi.encodePacked(
                    vm.getCode("PodRegistry.sol:PodRegistry"), abi.encode(escrow_, verifier, uint96(stakeAmount()))
                )
            )
        );
    }

    /// @dev What a place on the registry costs. Tests in which it does not matter have places for nothing.
    function stakeAmount() internal pure virtual returns (uint256) {
        return 0;
    }

    /// @dev A verifier for tests in which quotes do not matter: governed by nobody but the test.
    function newVerifier() internal virtual returns (ISgxQuoteVerifier) {
        bytes32[2] memory none;
        return newVerifier(none, none, newTimelock(0), address(this));
    }

    function newVerifier(
        bytes32[2] memory platformCa,
        bytes32[2] memory processorCa,
        address timelock,
        address guardian
    ) internal returns (ISgxQuoteVerifier) {
        address next = _serving ? vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 1) : address(0);
        return ISgxQuoteVerifier(
            create(
                abi.encodePacked(
                    vm.getCode("SgxQuoteVerifier.sol:SgxQuoteVerifier"),
                    abi.encode(platformCa, processorCa, timelock, guardian, uint16(8), next)
                )
            )
        );
    }

    /// @dev OpenZeppelin's TimelockController, of which the test may propose and execute.
    function newTimelock(uint256 delay) internal returns (address) {
        address[] memory self = new address[](1);
        self[0] = address(this);
        return create(
            abi.encodePacked(
                vm.getCode("TimelockController.sol:TimelockController"), abi.encode(delay, self, self, address(0))
            )
        );
    }

    function newEscrow(address token_, IPodRegistry registry_) internal returns (IEscrow) {
        return IEscrow(create(abi.encodePacked(vm.getCode("Escrow.sol:Escrow"), abi.encode(token_, registry_))));
    }

    function create(bytes memory code) private returns (address deployed) {
        assembly {
            deployed := create(0, add(code, 0x20), mload(code))
            if iszero(deployed) {
                returndatacopy(0, 0, returndatasize())
                revert(0, returndatasize())
            }
        }
    }

    function key(string memory label) internal pure returns (Key memory k) {
        k.secret = uint256(keccak256(bytes(label)));
        k.addr = vm.addr(k.secret);
    }

    function fund(address owner, uint96 amount) internal {
        token.mint(owner, amount);
        vm.prank(owner);
        token.approve(address(escrow), amount);
        vm.prank(owner);
        escrow.deposit(amount);
    }

    // Signatures

    function digest(bytes32 structHash) internal view returns (bytes32) {
        return MessageHashUtils.toTypedDataHash(escrow.domainSeparator(), structHash);
    }

    function sign(Key memory k, bytes32 structHash) internal view returns (bytes32 r, bytes32 vs) {
        return vm.signCompact(k.secret, digest(structHash));
    }

    function sign65(Key memory k, bytes32 structHash) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(k.secret, digest(structHash));
        return abi.encodePacked(r, s, v);
    }

    // The library hashes what arrives as calldata: these external functions turn memory into that.

    function hashOpen(address pod, IEscrow.Open calldata o) external pure returns (bytes32) {
        return TypedData.openSession(pod, o);
    }

    function hashOffer(address pod, IPodRegistry.Offer calldata o) external pure returns (bytes32) {
        return TypedData.offer(pod, o);
    }

    // Pods

    function newPod(string memory label) internal returns (TestPod memory p) {
        p.identity = key(string.concat("identity of ", label));
        p.operator = operator;
        p.salt = keccak256(bytes(label));
        p.id = registry.podId(p.operator, p.salt);
        IPodRegistry.Registration memory g = registration(p);
        vm.prank(p.operator);
        registry.register(p.salt, g);
    }

    /// @dev An identity in a TDX guest, whose quote a development chain takes as it is: for tests in which the quote does
    /// not matter.
    function guest(TestPod memory p) internal returns (IPodRegistry.Attestation memory a) {
        a.identity = p.identity.addr;
        a.validUntil = uint40(block.timestamp + 7 days);
        a.kind = 2;
        a.quote = hex"0400020081000000";
        a.header = recentHeader();
    }

    /// @dev The header of the block before this one, which the chain takes for its own.
    function recentHeader() internal returns (bytes memory header) {
        header = Header.encode(block.number - 1, block.timestamp);
        vm.setBlockhash(block.number - 1, keccak256(header));
    }

    function registration(TestPod memory p) internal returns (IPodRegistry.Registration memory g) {
        g.url = "https://pod.example";
        g.attestation = guest(p);
        g.keyConfig = keyConfig(p, 1);
        g.offers = new IPodRegistry.Offer[](2);
        g.offers[0] = offer(p, "wisp:1m");
        g.offers[1] = offer(p, "llama3.2:1b");
    }

    function keyConfig(TestPod memory p, uint64 epoch) internal view returns (IPodRegistry.KeyConfig memory k) {
        k.config = abi.encodePacked("key config ", epoch);
        k.notBefore = uint40(block.timestamp);
        k.notAfter = uint40(block.timestamp + 12 hours);
        k.epoch = epoch;
        resign(p, k);
    }

    function resign(TestPod memory p, IPodRegistry.KeyConfig memory k) internal view {
        (k.r, k.vs) = sign(
            p.identity, TypedData.keyConfig(p.identity.addr, keccak256(k.config), k.notBefore, k.notAfter, k.epoch)
        );
    }

    function offer(TestPod memory p, string memory model) internal view returns (IPodRegistry.Offer memory o) {
        o.model = model;
        o.modelDigest = keccak256(bytes(model));
        (o.inPerM, o.cachedPerM, o.outPerM, o.perRequest) = (100, 10, 400, 1);
        (o.ctx, o.defaultOut, o.maxOut) = (4096, 2048, 4096);
        o.validUntil = uint40(block.timestamp + 1 days);
        resign(p, o);
    }

    function resign(TestPod memory p, IPodRegistry.Offer memory o) internal view {
        (o.r, o.vs) = sign(p.identity, this.hashOffer(p.id, o));
    }

    // Sessions

    /// @dev A signed order for a new session of a day.
    function order(Key memory owner, address pod, uint64 nonce, uint96 cap)
        internal
        view
        returns (IEscrow.Open memory)
    {
        return order(owner, pod, nonce, nonce, cap, uint40(block.timestamp + 1 days));
    }

    function order(Key memory owner, address pod, uint64 salt, uint64 nonce, uint96 cap, uint40 expiry)
        internal
        view
        returns (IEscrow.Open memory o)
    {
        o.owner = owner.addr;
        o.signer = signer.addr;
        o.salt = salt;
        o.cap = cap;
        o.expiry = expiry;
        o.nonce = nonce;
        o.deadline = uint40(block.timestamp + 1 hours);
        resign(owner, pod, o);
    }

    function resign(Key memory owner, address pod, IEscrow.Open memory o) internal view {
        (bytes32 r, bytes32 vs) = sign(owner, this.hashOpen(pod, o));
        o.signature = abi.encodePacked(r, vs);
    }

    function open(address pod, IEscrow.Open memory o) internal {
        IEscrow.Open[] memory opens = new IEscrow.Open[](1);
        opens[0] = o;
        escrow.openSessions(pod, opens);
    }

    /// @dev Opens a session of alice and returns its id.
    function openSession(address pod, uint64 nonce, uint96 cap) internal returns (bytes32 id) {
        open(pod, order(alice, pod, nonce, cap));
        id = sessionId(alice.addr, pod, nonce);
        vm.assertGt(capOf(id), 0, "session did not open");
    }

    function sessionId(address owner, address pod, uint64 salt) internal view returns (bytes32) {
        return escrow.sessionIdOf(owner, signer.addr, pod, salt);
    }

    function avail(address owner) internal view returns (uint96 a) {
        (a,,) = escrow.account(owner);
    }

    function capOf(bytes32 id) internal view returns (uint96 cap) {
        (cap,,,) = escrow.session(id);
    }

    function claimedOf(bytes32 id) internal view returns (uint96 claimed) {
        (, claimed,,) = escrow.session(id);
    }

    function expiryOf(bytes32 id) internal view returns (uint40 expiry) {
        (,, expiry,) = escrow.session(id);
    }

    /// @dev Sends one order and demands that it is skipped for this reason and changes nothing.
    function expectSkip(address to, IEscrow.Open memory o, IEscrow.OpenSkip reason) internal {
        bytes32 id = escrow.sessionIdOf(o.owner, o.signer, to, o.salt);
        bytes32 before = stateOf(o.owner, o.signer, id);
        vm.expectEmit();
        emit IEscrow.OpenSkipped(id, o.owner, to, o.nonce, reason);
        open(to, o);
        vm.assertEq(stateOf(o.owner, o.signer, id), before, "a skipped order changed something");
    }

    function stateOf(address owner, address delegate, bytes32 id) private view returns (bytes32) {
        (uint96 a, uint64 base, uint96 window) = escrow.account(owner);
        bytes32 rest = keccak256(abi.encode(sessionOf(id), budgetOf(owner, delegate)));
        return keccak256(abi.encode(a, base, window, rest));
    }

    function sessionOf(bytes32 id) private view returns (bytes32) {
        (uint96 cap, uint96 claimed, uint40 expiry, bool closing) = escrow.session(id);
        return keccak256(abi.encode(cap, claimed, expiry, closing));
    }

    function budgetOf(address owner, address delegate) private view returns (bytes32) {
        (uint96 cap, uint96 used,, uint24 base, uint8 window) = escrow.delegate(owner, delegate);
        return keccak256(abi.encode(cap, used, base, window));
    }

    // Settlement

    /// @dev A row for a session of alice with the signer's voucher of `ceiling`.
    function row(address pod, uint64 salt, uint96 charged, uint96 ceiling) internal view returns (Row memory w) {
        return row(alice.addr, pod, salt, charged, ceiling);
    }

    function row(address owner, address pod, uint64 salt, uint96 charged, uint96 ceiling)
        internal
        view
        returns (Row memory w)
    {
        w.owner = owner;
        w.signer = signer.addr;
        w.salt = salt;
        w.charged = charged;
        w.ceiling = ceiling;
        w.requestHash = keccak256(abi.encode("request", salt, ceiling));
        signVoucher(signer, pod, w);
    }

    function signVoucher(Key memory by, address pod, Row memory w) internal view {
        bytes32 id = TypedData.sessionId(w.owner, w.signer, pod, w.salt);
        (w.r, w.vs) = sign(by, TypedData.voucher(id, w.ceiling, w.acked, w.requestHash));
    }

    function encode(Row memory w) internal pure returns (bytes memory) {
        return abi.encodePacked(w.owner, w.signer, w.salt, w.charged, w.ceiling, w.acked, w.requestHash, w.r, w.vs);
    }

    function settle(TestPod memory p, Row memory w) internal returns (uint96 moved) {
        return settle(p, encode(w));
    }

    /// @dev Settles the pod's next batch, signed by its identity, and returns what became claimable.
    function settle(TestPod memory p, bytes memory rows) internal returns (uint96 moved) {
        uint64 seq = escrow.lastSeq(p.id) + 1;
        (bytes32 r, bytes32 vs) = signBatch(p.identity, p.id, seq, rows);
        uint96 before = escrow.claimable(p.id);
        escrow.settle(p.id, seq, ROOT, CONFIG, rows, r, vs);
        return escrow.claimable(p.id) - before;
    }

    function signBatch(Key memory by, address pod, uint64 seq, bytes memory rows)
        internal
        view
        returns (bytes32 r, bytes32 vs)
    {
        return sign(by, TypedData.settleBatch(pod, seq, keccak256(rows), ROOT, CONFIG));
    }

    function only(address pod) internal pure returns (address[] memory list) {
        list = new address[](1);
        list[0] = pod;
    }

    function bound(uint256 x, uint256 low, uint256 high) internal pure returns (uint256) {
        return low + x % (high - low + 1);
    }
}
