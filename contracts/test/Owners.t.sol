// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IEscrow} from "../src/interfaces/IEscrow.sol";
import {TypedData} from "../src/TypedData.sol";
import {Fixture} from "./Fixture.sol";
import {vm} from "./Vm.sol";

/// @dev A contract account of one key, in the manners that contracts have of answering.
contract Account {
    enum Manner {
        HONEST,
        BURNS,
        ANSWERS_MUCH,
        ANSWERS_LITTLE,
        ANSWERS_DIRTY,
        REVERTS
    }

    address private immutable _key;
    Manner public manner;

    constructor(address key) {
        _key = key;
    }

    function behave(Manner m) external {
        manner = m;
    }

    function isValidSignature(bytes32 digest, bytes calldata signature) external view returns (bytes4) {
        if (manner == Manner.BURNS) while (gasleft() > 0) {}
        if (manner == Manner.REVERTS) revert("no");
        bool good = signature.length == 64 && bytes32(signature[0:32]) == digest
            && bytes32(signature[32:64]) == keccak256(abi.encode(_key));
        bytes32 answer = good ? bytes32(bytes4(0x1626ba7e)) : bytes32(bytes4(0xffffffff));
        Manner m = manner;
        assembly {
            mstore(0, answer)
            if eq(m, 2) { return(0, 20000) }
            if eq(m, 3) { return(0, 4) }
            if eq(m, 4) {
                mstore(0, or(answer, 1))
                return(0, 32)
            }
        }
        return bytes4(answer);
    }

    function act(address target, bytes calldata data) external {
        (bool ok, bytes memory result) = target.call(data);
        if (!ok) {
            assembly {
                revert(add(result, 0x20), mload(result))
            }
        }
    }
}

/// @dev Owners that are contracts, and accounts that delegate to code.
contract OwnersTest is Fixture {
    TestPod private pod;
    Account private vault;

    function setUp() public override {
        super.setUp();
        pod = newPod("pod");
        vault = new Account(bob.addr);
        token.mint(address(this), 1000);
        token.approve(address(escrow), 1000);
        escrow.depositFor(address(vault), 1000);
    }

    function byVault(uint64 nonce, uint96 cap) private view returns (IEscrow.Open memory o) {
        o = order(alice, pod.id, nonce, cap);
        o.owner = address(vault);
        o.signature = say(this.hashOpen(pod.id, o));
    }

    function say(bytes32 structHash) private view returns (bytes memory) {
        return abi.encodePacked(digest(structHash), keccak256(abi.encode(bob.addr)));
    }

    function test_aContractOpensSessions() public {
        open(pod.id, byVault(0, 300));
        bytes32 id = escrow.sessionIdOf(address(vault), signer.addr, pod.id, 0);
        vm.assertEq(capOf(id), 300);
        vm.assertEq(settle(pod, row(address(vault), pod.id, 0, 100, 200)), 100);
        vault.act(address(escrow), abi.encodeCall(IEscrow.requestClose, (address(vault), signer.addr, pod.id, 0)));
        vm.warp(expiryOf(id) + 1);
        escrow.release(address(vault), signer.addr, pod.id, 0);
        vault.act(address(escrow), abi.encodeCall(IEscrow.withdraw, (bob.addr, 900)));
        vm.assertEq(token.balanceOf(bob.addr), 900);
    }

    function test_aContractLeavesByOrdersThatOthersSend() public {
        open(pod.id, byVault(0, 300));
        uint40 deadline = uint40(block.timestamp + 1 hours);
        bytes32 id = escrow.sessionIdOf(address(vault), signer.addr, pod.id, 0);
        bytes memory signature = say(TypedData.requestClose(id, deadline));
        escrow.requestCloseFor(address(vault), signer.addr, pod.id, 0, deadline, signature);
        vm.assertEq(expiryOf(id), block.timestamp + 1 hours);
        signature = say(TypedData.withdraw(address(vault), bob.addr, 600, 100, 1, deadline));
        vm.prank(alice.addr);
        escrow.withdrawFor(address(vault), bob.addr, 600, 100, 1, deadline, signature);
        vm.assertEq(token.balanceOf(bob.addr), 600);
        vm.assertEq(token.balanceOf(alice.addr), 100);
    }

    function test_aContractThatSaysNoIsBelieved() public {
        IEscrow.Open memory o = byVault(0, 300);
        o.cap = 301;
        expectSkip(pod.id, o, IEscrow.OpenSkip.Signature);
        o = byVault(0, 300);
        vault.behave(Account.Manner.REVERTS);
        expectSkip(pod.id, o, IEscrow.OpenSkip.Signature);
        vault.behave(Account.Manner.ANSWERS_LITTLE);
        expectSkip(pod.id, o, IEscrow.OpenSkip.Signature);
        vault.behave(Account.Manner.ANSWERS_DIRTY);
        expectSkip(pod.id, o, IEscrow.OpenSkip.Signature);
        vault.behave(Account.Manner.ANSWERS_MUCH);
        open(pod.id, o); // which costs the escrow no more than a short answer
    }

    /// @dev A contract that burns gas costs the batch 100,000 and its own opening.
    function test_aGasBurningOwnerSpoilsNoBatch() public {
        vault.behave(Account.Manner.BURNS);
        IEscrow.Open[] memory opens = new IEscrow.Open[](3);
        (opens[0], opens[1], opens[2]) = (byVault(0, 1), byVault(1, 1), order(alice, pod.id, 0, 300));
        uint256 before = gasleft();
        escrow.openSessions(pod.id, opens);
        vm.assertLe(before - gasleft(), 2 * 100_000 + 150_000, "gas");
        vm.assertEq(capOf(sessionId(alice.addr, pod.id, 0)), 300);
        vm.assertEq(capOf(escrow.sessionIdOf(address(vault), signer.addr, pod.id, 0)), 0);
    }

    /// @dev The key of an account goes on signing when the account delegates to code (EIP-7702), and only the key: what
    /// the code says could change what was signed before.
    function test_anAccountThatDelegatesSignsWithItsKey() public {
        vm.etch(alice.addr, abi.encodePacked(hex"ef0100", address(vault)));
        open(pod.id, order(alice, pod.id, 0, 100));
        vm.assertEq(capOf(sessionId(alice.addr, pod.id, 0)), 100);
        IEscrow.Open memory o = order(alice, pod.id, 1, 100);
        o.signature = say(this.hashOpen(pod.id, o));
        expectSkip(pod.id, o, IEscrow.OpenSkip.Signature);
    }

    /// @dev Other code of 23 bytes is a contract's.
    function test_codeOf23BytesIsNotAlwaysADelegation() public {
        // Returns the magic value whatever it is asked: mstore(0, 0x1626ba7e << 224), return(0, 32).
        address yes = address(0x23);
        vm.etch(yes, hex"631626ba7e60e01b60005260206000f300000000000000");
        vm.assertEq(yes.code.length, 23);
        token.mint(address(this), 10);
        token.approve(address(escrow), 10);
        escrow.depositFor(yes, 10);
        IEscrow.Open memory o = order(alice, pod.id, 0, 10);
        (o.owner, o.signature) = (yes, "");
        open(pod.id, o);
        vm.assertEq(capOf(escrow.sessionIdOf(yes, signer.addr, pod.id, 0)), 10);
    }
}
