// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title The list of pods
/// @notice Says where each pod is, which enclave identity speaks for it, what evidence that identity showed, which key
/// requests are sealed to, and what it charges. A client finds everything it needs to decide here and contacts nobody
/// before it has decided.
/// @dev The registry stores hashes and emits the full records as events; `Pod.recordBlock` names the one block whose
/// logs hold the newest of each. This version checks that the operator is the caller and that key config and offers are
/// signed by the identity. It does NOT verify the quote: clients do, from the emitted evidence.
interface IPodRegistry {
    /// @notice An HPKE key configuration and the identity's signature over it (typed data `KeyConfig`, docs/spec/typed-data.md).
    /// @param config RFC 9458 section 3 key configuration, one entry, at most `MAX_CONFIG_BYTES`
    /// @param notBefore first second (Unix) at which requests may be sealed to it
    /// @param notAfter last second (Unix) at which requests may be sealed to it
    /// @param epoch grows by one with each rotation of one identity
    /// @param r ECDSA r
    /// @param vs EIP-2098 compact yParity and s
    struct KeyConfig {
        bytes config;
        uint40 notBefore;
        uint40 notAfter;
        uint64 epoch;
        bytes32 r;
        bytes32 vs;
    }

    /// @notice A price for one model and the identity's signature over it (typed data `Offer`).
    /// @param model name that clients ask for, e.g. "llama3.2:1b", at most `MAX_MODEL_BYTES`
    /// @param modelDigest docs/spec/model-digest.md
    /// @param inPerM token base units for a million prompt tokens
    /// @param cachedPerM token base units for a million prompt tokens that the engine had cached
    /// @param outPerM token base units for a million generated tokens
    /// @param perRequest token base units for a request, whatever its size
    /// @param ctx context length, tokens
    /// @param defaultOut most tokens generated where the request names no limit
    /// @param maxOut most tokens a request may ask for
    /// @param validUntil last second (Unix) at which a request may name this offer
    struct Offer {
        string model;
        bytes32 modelDigest;
        uint96 inPerM;
        uint96 cachedPerM;
        uint96 outPerM;
        uint96 perRequest;
        uint32 ctx;
        uint32 defaultOut;
        uint32 maxOut;
        uint40 validUntil;
        bytes32 r;
        bytes32 vs;
    }

    /// @notice What an operator publishes about its pod each time the enclave has booted.
    /// @param url where the pod takes sealed requests, e.g. "https://pod.example", at most `MAX_URL_BYTES`
    /// @param identity the enclave's signing address
    /// @param validUntil last second (Unix) at which the identity may settle, at most `MAX_IDENTITY_LIFETIME` from now
    /// @param kind evidence kind: 1 = SGX DCAP quote, 2 = TDX DCAP quote
    /// @param evidence the quote, at most `MAX_EVIDENCE_BYTES`
    struct Registration {
        string url;
        address identity;
        uint40 validUntil;
        uint8 kind;
        bytes evidence;
        KeyConfig keyConfig;
        Offer[] offers;
    }

    /// @param operator who registered it, may update it and is paid
    /// @param validUntil see Registration
    /// @param recordBlock block whose logs hold this pod's newest PodUpdated; key config and offers each have their own
    /// @param identity see Registration
    /// @param keyConfigBlock block of the newest KeyConfigPublished
    /// @param offersBlock block of the newest OffersPublished
    /// @param retired the operator has taken it off the list; its identity still settles until validUntil
    /// @param evidenceHash keccak256 of the evidence
    /// @param keyConfigHash EIP-712 hashStruct of the KeyConfig
    /// @param offersHash keccak256 over the concatenated EIP-712 hashStructs of the offers
    struct Pod {
        address operator;
        uint40 validUntil;
        uint40 recordBlock;
        address identity;
        uint40 keyConfigBlock;
        uint40 offersBlock;
        bool retired;
        bytes32 evidenceHash;
        bytes32 keyConfigHash;
        bytes32 offersHash;
        string url;
    }

    event PodUpdated(
        address indexed pod,
        address indexed operator,
        address indexed identity,
        uint40 validUntil,
        uint8 kind,
        string url,
        bytes evidence
    );
    event KeyConfigPublished(address indexed pod, bytes32 indexed keyConfigHash, KeyConfig keyConfig);
    event OffersPublished(address indexed pod, bytes32 indexed offersHash, Offer[] offers);
    event PodRetired(address indexed pod);

    error UnknownPod(address pod);
    error PodExists(address pod);
    error NotOperator(address pod, address caller);
    error BadIdentity();
    error BadLifetime(uint40 validUntil, uint256 latest);
    error BadSignature(string record);
    error TooLong(string field, uint256 length, uint256 limit);
    error NoOffers();
    error StaleEpoch(uint64 epoch, uint64 current);

    /// @notice Lists a new pod. Its id is `podId(msg.sender, salt)`; the caller becomes its operator.
    function register(bytes32 salt, Registration calldata registration) external returns (address pod);

    /// @notice Replaces everything published about a pod: a new identity after a restart, or a fresh quote.
    function update(address pod, Registration calldata registration) external;

    /// @notice Publishes the next key config of the current identity; its epoch must grow.
    function publishKeyConfig(address pod, KeyConfig calldata keyConfig) external;

    /// @notice Replaces the pod's offer set.
    function publishOffers(address pod, Offer[] calldata offers) external;

    /// @notice Takes the pod off the list; `update` puts it back.
    function retire(address pod) external;

    /// @notice Truncated keccak256(abi.encode(registry, operator, salt)): the low 20 bytes.
    function podId(address operator, bytes32 salt) external view returns (address);

    function pod(address id) external view returns (Pod memory);

    /// @notice Epoch of the pod's newest key config, 0 for an unknown pod.
    function epoch(address id) external view returns (uint64);

    /// @notice Number of pods ever registered, retired ones included.
    function podCount() external view returns (uint256);

    /// @notice A page of the list, in order of registration, retired pods included.
    function pods(uint256 offset, uint256 limit) external view returns (address[] memory ids, Pod[] memory page);

    /// @notice Who signs batches for a pod, until when, and who is paid. Zero values for an unknown pod.
    function settlementKey(address id) external view returns (address identity, uint40 validUntil, address operator);

    /// @notice The escrow whose typed-data domain identities sign under.
    function escrow() external view returns (address);
}
