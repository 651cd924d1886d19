// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {IEscrow} from "../src/interfaces/IEscrow.sol";
import {Fixture} from "./Fixture.sol";
import {vm} from "./Vm.sol";

/// @dev A token with EIP-3009's receiveWithAuthorization, as USDC has it.
contract AuthorizedToken is ERC20, EIP712 {
    bytes32 public constant TYPEHASH = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    mapping(address => mapping(bytes32 => bool)) public used;

    error NotPayee();
    error NotNow();
    error Used();
    error BadAuthorization();

    constructor() ERC20("Authorized", "AUT") EIP712("Authorized", "1") {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function digestOf(address from, address to, uint256 value, uint256 validAfter, uint256 validBefore, bytes32 nonce)
        public
        view
        returns (bytes32)
    {
        return _hashTypedDataV4(keccak256(abi.encode(TYPEHASH, from, to, value, validAfter, validBefore, nonce)));
    }

    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external {
        if (msg.sender != to) revert NotPayee();
        if (block.timestamp <= validAfter || block.timestamp >= validBefore) revert NotNow();
        if (used[from][nonce]) revert Used();
        if (ECDSA.recover(digestOf(from, to, value, validAfter, validBefore, nonce), v, r, s) != from) {
            revert BadAuthorization();
        }
        used[from][nonce] = true;
        _transfer(from, to, value);
    }
}

/// @dev Who may put money in, for whom, and what stops it.
contract DepositsTest is Fixture {
    bytes32 private constant PERMIT =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");

    struct Permit {
        uint256 deadline;
        uint8 v;
        bytes32 r;
        bytes32 s;
    }

    IERC20Permit private permits;
    AuthorizedToken private authorized;
    IEscrow private other;

    function setUp() public override {
        super.setUp();
        permits = IERC20Permit(address(token));
        token.mint(bob.addr, 1000);
        authorized = new AuthorizedToken();
        (, other) = deploy(address(authorized));
        authorized.mint(bob.addr, 1000);
    }

    function permit(Key memory by, address holder, uint96 amount, uint256 nonce)
        private
        view
        returns (Permit memory p)
    {
        p.deadline = block.timestamp + 1 hours;
        bytes32 hash = keccak256(abi.encode(PERMIT, holder, address(escrow), amount, nonce, p.deadline));
        (p.v, p.r, p.s) = vm.sign(by.secret, MessageHashUtils.toTypedDataHash(permits.DOMAIN_SEPARATOR(), hash));
    }

    function deposit(address holder, uint96 amount, Permit memory p) private {
        escrow.depositWithPermit(holder, amount, p.deadline, p.v, p.r, p.s);
    }

    function test_aSponsorsDepositIsTheOwners() public {
        vm.prank(bob.addr);
        token.approve(address(escrow), 100);
        vm.expectEmit();
        emit IEscrow.Deposited(alice.addr, bob.addr, 60);
        vm.prank(bob.addr);
        escrow.depositFor(alice.addr, 60);
        vm.assertEq(avail(alice.addr), FUNDS + 60);
        vm.assertEq(avail(bob.addr), 0);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.InsufficientBalance.selector, 0, 1));
        vm.prank(bob.addr);
        escrow.withdraw(bob.addr, 1);
        vm.expectRevert(IEscrow.ZeroAddress.selector);
        vm.prank(bob.addr);
        escrow.depositFor(address(0), 1);
        vm.expectRevert(IEscrow.ZeroAmount.selector);
        vm.prank(bob.addr);
        escrow.depositFor(alice.addr, 0);
    }

    function test_aPermitNeedsNoGasOfItsHolder() public {
        Permit memory p = permit(bob, bob.addr, 70, 0);
        vm.expectEmit();
        emit IEscrow.Deposited(bob.addr, bob.addr, 70);
        vm.prank(alice.addr);
        deposit(bob.addr, 70, p);
        vm.assertEq(avail(bob.addr), 70);
        vm.assertEq(avail(alice.addr), FUNDS);
    }

    function test_aPermitCreditsOnlyWhoSignedIt() public {
        Permit memory p = permit(alice, bob.addr, 70, 0);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.BadSignature.selector, bob.addr));
        deposit(bob.addr, 70, p);
        p = permit(bob, bob.addr, 70, 0);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.BadSignature.selector, alice.addr));
        deposit(alice.addr, 70, p);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.BadSignature.selector, bob.addr));
        deposit(bob.addr, 71, p);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.BadSignature.selector, address(0)));
        deposit(address(0), 70, p);
    }

    /// @dev Somebody brought the permit to the token first: the allowance is there, and the deposit goes through.
    function test_aFrontRunPermitIsGood() public {
        Permit memory p = permit(bob, bob.addr, 70, 0);
        permits.permit(bob.addr, address(escrow), 70, p.deadline, p.v, p.r, p.s);
        deposit(bob.addr, 70, p);
        vm.assertEq(avail(bob.addr), 70);
    }

    /// @dev Invariant 6. Another allowance of the holder's is not for an old permit to move.
    function test_aPermitIsGoodOnce() public {
        Permit memory p = permit(bob, bob.addr, 70, 0);
        deposit(bob.addr, 70, p);
        vm.prank(bob.addr);
        token.approve(address(escrow), 500);
        vm.expectRevert(IEscrow.PermitUsed.selector);
        deposit(bob.addr, 70, p);
        p = permit(bob, bob.addr, 30, 1);
        permits.permit(bob.addr, address(escrow), 30, p.deadline, p.v, p.r, p.s);
        deposit(bob.addr, 30, p);
        vm.prank(bob.addr);
        token.approve(address(escrow), 500);
        vm.expectRevert(IEscrow.PermitUsed.selector);
        deposit(bob.addr, 30, p);
        vm.assertEq(avail(bob.addr), 100);
    }

    function test_aLatePermitIsRefused() public {
        Permit memory p = permit(bob, bob.addr, 70, 0);
        permits.permit(bob.addr, address(escrow), 70, p.deadline, p.v, p.r, p.s);
        vm.warp(p.deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.Late.selector, p.deadline));
        deposit(bob.addr, 70, p);
        vm.assertEq(avail(bob.addr), 0);
    }

    function test_anAuthorizationCreditsWhoSignedIt() public {
        uint256 until = block.timestamp + 1 hours;
        bytes32 nonce = keccak256("nonce");
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(bob.secret, authorized.digestOf(bob.addr, address(other), 80, 0, until, nonce));
        vm.expectRevert(AuthorizedToken.NotPayee.selector);
        authorized.receiveWithAuthorization(bob.addr, address(other), 80, 0, until, nonce, v, r, s);
        vm.expectRevert(AuthorizedToken.BadAuthorization.selector);
        other.depositWithAuthorization(alice.addr, 80, 0, until, nonce, v, r, s);
        vm.expectRevert(AuthorizedToken.BadAuthorization.selector);
        other.depositWithAuthorization(bob.addr, 81, 0, until, nonce, v, r, s);
        vm.prank(alice.addr);
        other.depositWithAuthorization(bob.addr, 80, 0, until, nonce, v, r, s);
        (uint96 got,,) = other.account(bob.addr);
        vm.assertEq(got, 80);
        vm.expectRevert(AuthorizedToken.Used.selector);
        other.depositWithAuthorization(bob.addr, 80, 0, until, nonce, v, r, s);
        vm.expectRevert(IEscrow.ZeroAmount.selector);
        other.depositWithAuthorization(bob.addr, 0, 0, until, nonce, v, r, s);
    }

    // Pause

    function test_pauseStopsDepositsAndOpeningsOnly() public {
        TestPod memory pod = newPod("pod");
        bytes32 id = openSession(pod.id, 0, 300);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.NotGovernance.selector, alice.addr));
        vm.prank(alice.addr);
        escrow.setPaused(true);
        vm.assertTrue(!escrow.paused());
        vm.expectEmit();
        emit IEscrow.PausedSet(true, address(this));
        escrow.setPaused(true); // the guardian
        vm.assertTrue(escrow.paused());

        bytes memory stopped = abi.encodeWithSelector(IEscrow.IsPaused.selector);
        Permit memory p = permit(bob, bob.addr, 70, 0);
        vm.expectRevert(stopped);
        escrow.deposit(1);
        vm.expectRevert(stopped);
        escrow.depositFor(alice.addr, 1);
        vm.expectRevert(stopped);
        deposit(bob.addr, 70, p);
        vm.expectRevert(stopped);
        escrow.depositWithAuthorization(bob.addr, 1, 0, 0, 0, 0, 0, 0);
        IEscrow.Open[] memory opens = new IEscrow.Open[](1);
        opens[0] = order(alice, pod.id, 1, 10);
        vm.expectRevert(stopped);
        escrow.openSessions(pod.id, opens);

        vm.assertEq(settle(pod, row(pod.id, 0, 100, 200)), 100);
        vm.prank(operator);
        vm.assertEq(escrow.payout(only(pod.id), operator), 100);
        vm.prank(alice.addr);
        escrow.withdraw(alice.addr, FUNDS - 300);
        vm.prank(alice.addr);
        escrow.requestClose(alice.addr, signer.addr, pod.id, 0);
        vm.warp(expiryOf(id) + 1);
        escrow.release(alice.addr, signer.addr, pod.id, 0);
        vm.prank(alice.addr);
        escrow.withdraw(alice.addr, 200);
        vm.assertEq(token.balanceOf(address(escrow)), 0);

        escrow.setPaused(false);
        vm.prank(alice.addr);
        token.approve(address(escrow), 5);
        vm.prank(alice.addr);
        escrow.deposit(5);
    }

    function test_theGovernorMayPauseToo() public {
        address governor = verifier.governor();
        vm.prank(governor);
        other.setPaused(true);
        vm.assertTrue(other.paused());
        vm.prank(governor);
        other.setPaused(false);
        vm.assertTrue(!other.paused());
    }
}
