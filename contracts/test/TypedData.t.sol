// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {TypedData} from "../src/TypedData.sol";
import {IEscrow} from "../src/interfaces/IEscrow.sol";
import {IPodRegistry} from "../src/interfaces/IPodRegistry.sol";
import {Fixture} from "./Fixture.sol";
import {vm} from "./Vm.sol";

/// @dev Replays testdata/vectors/typed-data.json, which another implementation computed.
contract TypedDataTest is Fixture {
    string private json;
    string private where; // path of the vector in hand

    function setUp() public override {
        super.setUp();
        json = vm.readFile("../testdata/vectors/typed-data.json");
    }

    function test_domainSeparator() public view {
        bytes32 separator = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("PhallamaEscrow"),
                keccak256("1"),
                block.chainid,
                address(escrow)
            )
        );
        vm.assertEq(escrow.domainSeparator(), separator);
    }

    function test_domainSeparatorFollowsAChainSplit() public {
        bytes32 before = escrow.domainSeparator();
        vm.chainId(block.chainid + 1);
        vm.assertTrue(escrow.domainSeparator() != before);
    }

    function test_hashStructs() public {
        bytes32 separator = vm.parseJsonBytes32(json, ".domain.separator");
        uint256 n;
        for (where = "$.cases[0]"; vm.keyExistsJson(json, where); where = path("cases", ++n)) {
            bytes32 want = bytes32_("hashStruct");
            string memory kind = text("type");
            where = string.concat(where, ".message");
            bytes32 got = hashOf(kind);
            vm.assertEq(got, want, kind);
            vm.assertEq(
                MessageHashUtils.toTypedDataHash(separator, got),
                vm.parseJsonBytes32(json, string.concat(path("cases", n), ".digest")),
                kind
            );
        }
        vm.assertEq(n, 30);
    }

    function test_signatures() public {
        uint256 n;
        for (where = "$.signatures[0]"; vm.keyExistsJson(json, where); where = path("signatures", ++n)) {
            address want = address_("address");
            (address got,,) = ECDSA.tryRecover(bytes32_("digest"), bytes32_("r"), bytes32_("vs"));
            vm.assertEq(got, want);
            vm.assertEq(vm.addr(uint256(bytes32_("privateKey"))), want);
        }
        vm.assertEq(n, 30);
    }

    function test_sessionIds() public {
        uint256 n;
        for (where = "$.sessionIds[0]"; vm.keyExistsJson(json, where); where = path("sessionIds", ++n)) {
            bytes32 id =
                escrow.sessionIdOf(address_("owner"), address_("signer"), address_("pod"), uint64(uint_("salt")));
            vm.assertEq(id, bytes32_("id"));
        }
        vm.assertEq(n, 4);
    }

    function test_podIds() public {
        uint256 n;
        for (where = "$.podIds[0]"; vm.keyExistsJson(json, where); where = path("podIds", ++n)) {
            // The id depends on where the registry is: run its code at the vector's address.
            address home = address_("registry");
            vm.etch(home, address(registry).code);
            vm.assertEq(IPodRegistry(home).podId(address_("operator"), bytes32_("salt")), address_("id"));
        }
        vm.assertEq(n, 2);
    }

    function test_rows() public {
        bytes memory rows;
        uint256 n;
        for (where = "$.rows[0]"; vm.keyExistsJson(json, where); where = path("rows", ++n)) {
            Row memory w = Row(
                address_("owner"),
                address_("signer"),
                uint64(uint_("salt")),
                uint96(uint_("charged")),
                uint96(uint_("ceiling")),
                uint96(uint_("acked")),
                bytes32_("requestHash"),
                bytes32_("r"),
                bytes32_("vs")
            );
            bytes memory encoded = encode(w);
            vm.assertEq(encoded.length, 180);
            vm.assertEq(encoded, vm.parseJsonBytes(json, string.concat(where, ".encoded")));
            rows = bytes.concat(rows, encoded);
        }
        vm.assertEq(n, 2);
        vm.assertEq(keccak256(rows), vm.parseJsonBytes32(json, ".rowsHash"));
    }

    function test_offersHash() public view {
        bytes32[] memory hashes = vm.parseJsonBytes32Array(json, ".offersHash.hashStructs");
        vm.assertEq(keccak256(abi.encodePacked(hashes)), vm.parseJsonBytes32(json, ".offersHash.hash"));
    }

    /// @dev hashStruct of the message at `where`, by the library.
    function hashOf(string memory kind) private view returns (bytes32) {
        bytes32 k = keccak256(bytes(kind));
        if (k == keccak256("OpenSession")) return openSessionHash();
        if (k == keccak256("Delegate")) {
            return TypedData.delegate(
                address_("owner"),
                address_("delegate"),
                uint96(uint_("cap")),
                uint40(uint_("expiry")),
                uint64(uint_("nonce")),
                uint40(uint_("deadline"))
            );
        }
        if (k == keccak256("RequestClose")) {
            return TypedData.requestClose(bytes32_("sessionId"), uint40(uint_("deadline")));
        }
        if (k == keccak256("Withdraw")) {
            return TypedData.withdraw(
                address_("owner"),
                address_("to"),
                uint96(uint_("amount")),
                uint96(uint_("fee")),
                uint64(uint_("nonce")),
                uint40(uint_("deadline"))
            );
        }
        if (k == keccak256("Voucher")) {
            return TypedData.voucher(
                bytes32_("sessionId"), uint96(uint_("ceiling")), uint96(uint_("acked")), bytes32_("requestHash")
            );
        }
        if (k == keccak256("SettleBatch")) {
            return TypedData.settleBatch(
                address_("pod"),
                uint64(uint_("seq")),
                bytes32_("rowsHash"),
                bytes32_("receiptsRoot"),
                bytes32_("keyConfigHash")
            );
        }
        if (k == keccak256("CloseSession")) {
            return
                TypedData.closeSession(bytes32_("sessionId"), uint96(uint_("finalCharged")), uint40(uint_("deadline")));
        }
        if (k == keccak256("Receipt")) return receiptHash();
        if (k == keccak256("Offer")) return offerHash();
        if (k == keccak256("KeyConfig")) {
            return TypedData.keyConfig(
                address_("enclave"),
                bytes32_("configHash"),
                uint40(uint_("notBefore")),
                uint40(uint_("notAfter")),
                uint64(uint_("epoch"))
            );
        }
        revert(string.concat("no such type: ", kind));
    }

    function openSessionHash() private view returns (bytes32) {
        IEscrow.Open memory o;
        o.owner = address_("owner");
        o.signer = address_("signer");
        o.salt = uint64(uint_("salt"));
        o.cap = uint96(uint_("cap"));
        o.expiry = uint40(uint_("expiry"));
        o.nonce = uint64(uint_("nonce"));
        o.deadline = uint40(uint_("deadline"));
        return this.hashOpen(address_("pod"), o);
    }

    function receiptHash() private view returns (bytes32) {
        TypedData.Receipt memory r;
        r.sessionId = bytes32_("sessionId");
        r.requestHash = bytes32_("requestHash");
        r.responseHash = bytes32_("responseHash");
        r.modelDigest = bytes32_("modelDigest");
        r.offerHash = bytes32_("offerHash");
        r.inTokens = uint32(uint_("inTokens"));
        r.cachedTokens = uint32(uint_("cachedTokens"));
        r.outTokens = uint32(uint_("outTokens"));
        r.finish = uint8(uint_("finish"));
        r.cost = uint96(uint_("cost"));
        r.charged = uint96(uint_("charged"));
        r.rseq = uint64(uint_("rseq"));
        r.blind = bytes16(vm.parseJsonBytes(json, string.concat(where, ".blind")));
        return TypedData.receipt(r);
    }

    function offerHash() private view returns (bytes32) {
        IPodRegistry.Offer memory o;
        o.model = text("model");
        o.modelDigest = bytes32_("modelDigest");
        o.inPerM = uint96(uint_("inPerM"));
        o.cachedPerM = uint96(uint_("cachedPerM"));
        o.outPerM = uint96(uint_("outPerM"));
        o.perRequest = uint96(uint_("perRequest"));
        o.ctx = uint32(uint_("ctx"));
        o.defaultOut = uint32(uint_("defaultOut"));
        o.maxOut = uint32(uint_("maxOut"));
        o.validUntil = uint40(uint_("validUntil"));
        return this.hashOffer(address_("pod"), o);
    }

    function path(string memory list, uint256 i) private pure returns (string memory) {
        return string.concat("$.", list, "[", vm.toString(i), "]");
    }

    function uint_(string memory field) private view returns (uint256) {
        return vm.parseJsonUint(json, string.concat(where, ".", field));
    }

    function address_(string memory field) private view returns (address) {
        return vm.parseJsonAddress(json, string.concat(where, ".", field));
    }

    function bytes32_(string memory field) private view returns (bytes32) {
        return vm.parseJsonBytes32(json, string.concat(where, ".", field));
    }

    function text(string memory field) private view returns (string memory) {
        return vm.parseJsonString(json, string.concat(where, ".", field));
    }
}

