// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Number and time of a block, proven by its hash
/// @dev A block's hash is the keccak256 of its header in RLP, of which field 8 is the number and field 11 the time.
library BlockHeader {
    uint256 private constant NUMBER = 8;
    uint256 private constant TIME = 11;
    uint256 private constant MAX_BYTES = 1024;
    /// @dev EIP-2935: hashes of the last 8,191 blocks.
    address private constant HISTORY = 0x0000F90827F1C53a10cb7A02335B175320002935;

    error BadHeader(uint256 offset);
    error StaleBlock(uint256 number);

    /// @notice Time of the block whose header it is, which must be one of this chain's last ones.
    /// @return hash of the block
    /// @return time of the block, Unix seconds
    function open(bytes calldata header) internal view returns (bytes32 hash, uint256 time) {
        if (header.length > MAX_BYTES) revert BadHeader(MAX_BYTES);
        hash = keccak256(header);
        uint256 number;
        (number, time) = _parse(header);
        if (hash != _hashOf(number)) revert StaleBlock(number);
    }

    function _hashOf(uint256 number) private view returns (bytes32) {
        bytes32 known = blockhash(number);
        if (known != 0 || number >= block.number) return known;
        (bool ok, bytes memory answer) = HISTORY.staticcall(abi.encode(number));
        // Where the contract is not there, the call succeeds with nothing.
        return ok && answer.length == 32 ? abi.decode(answer, (bytes32)) : bytes32(0);
    }

    /// @dev Items of a header are strings of at most 256 bytes and some, so that every length takes one or two bytes and
    /// nothing overflows. Words that reach beyond the header are cut to the item, which must lie within it.
    function _parse(bytes calldata h) private pure returns (uint256 number, uint256 time) {
        unchecked {
            // A list of more than 255 bytes: 0xf9 and two bytes of length.
            uint256 head = _word(h, 0);
            if (h.length < 3 || head >> 248 != 0xf9 || (head >> 232) & 0xffff != h.length - 3) revert BadHeader(0);
            uint256 pos = 3;
            for (uint256 i = 0; i <= TIME; ++i) {
                head = _word(h, pos);
                uint256 tag = head >> 248;
                uint256 size = 1;
                if (tag >= 0x80) {
                    if (tag <= 0xb7) {
                        (pos, size) = (pos + 1, tag - 0x80);
                    } else if (tag == 0xb8) {
                        (pos, size) = (pos + 2, (head >> 240) & 0xff);
                    } else if (tag == 0xb9) {
                        (pos, size) = (pos + 3, (head >> 232) & 0xffff);
                    } else {
                        revert BadHeader(pos);
                    }
                }
                if (pos + size > h.length) revert BadHeader(pos);
                if (i == NUMBER || i == TIME) {
                    if (size > 8) revert BadHeader(pos);
                    uint256 value = size == 0 ? 0 : _word(h, pos) >> (256 - 8 * size);
                    if (i == NUMBER) number = value;
                    else time = value;
                }
                pos += size;
            }
        }
    }

    function _word(bytes calldata b, uint256 pos) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := calldataload(add(b.offset, pos))
        }
    }
}
