// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @title Who signed
/// @dev An account signs with its own secp256k1 key, or is a contract that says itself what it signed (ERC-1271). An
/// account whose code is an EIP-7702 delegation has a key, and that is asked, not the code: what its code says changes
/// with a signature, and then orders that were signed before would be good or not by what was delegated since.
library Signatures {
    /// @notice What a contract may burn to answer, so that one cannot stop a batch with others' orders.
    uint256 internal constant ERC1271_GAS = 100_000;

    bytes3 private constant DELEGATION = 0xef0100;
    uint256 private constant DELEGATION_BYTES = 23;

    /// @param signature 65 bytes r, s, v or 64 bytes EIP-2098 with s in the lower half; or what the contract takes
    function signed(address by, bytes32 digest, bytes calldata signature) internal view returns (bool) {
        (uint8 v, bytes32 r, bytes32 s) = ECDSA.parseCalldata(signature);
        (address recovered,,) = ECDSA.tryRecover(digest, v, r, s);
        if (by == address(0)) return false; // what a failed recovery yields
        return recovered == by || _contractSigned(by, digest, signature);
    }

    function _contractSigned(address by, bytes32 digest, bytes calldata signature) private view returns (bool ok) {
        uint256 size = by.code.length;
        if (size == 0) return false;
        if (size == DELEGATION_BYTES && bytes3(by.code) == DELEGATION) return false;
        bytes memory question = abi.encodeCall(IERC1271.isValidSignature, (digest, signature));
        bytes32 answer = bytes32(IERC1271.isValidSignature.selector);
        assembly ("memory-safe") {
            // No more of the answer than one word is looked at, however much it is.
            ok := staticcall(ERC1271_GAS, by, add(question, 0x20), mload(question), 0, 0x20)
            ok := and(ok, and(gt(returndatasize(), 0x1f), eq(mload(0), answer)))
        }
    }
}
