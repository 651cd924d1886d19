// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ISgxQuoteVerifier} from "./ISgxQuoteVerifier.sol";

/// @title The list of pods
/// @notice Says where each pod is, which enclave identity speaks for it, what evidence that identity showed, which key
/// requests are sealed to, and what it charges. A client finds everything it needs to decide here and contacts nobody
/// before it has decided.
/// @dev An SGX pod is listed only with a quote that the contract itself verified (ISgxQuoteVerifier): anybody may, nobody
/// has to agree. Key configs and offers are signed by the identity that the quote binds. Records are emitted as events;
/// the state names the blocks whose logs hold the newest of each.
///
/// Quotes of TDX guests (kind 2) are not verified on chain yet: such pods are admitted on development chains only.
///
/// The registry holds native coin, the pods' stakes, and nothing else; it never touches a user's balance.
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

    /// @notice An identity and what proves it.
    /// @param identity the enclave's signing address
    /// @param validUntil last second (Unix) at which the identity may settle, at most `MAX_IDENTITY_LIFETIME` after the
    /// block that dates the quote
    /// @param kind evidence kind: 1 = SGX DCAP quote (version 3), 2 = TDX DCAP quote (development chains only)
    /// @param quote SGX: without its certificates, see ISgxQuoteVerifier. TDX: whole, at most `MAX_EVIDENCE_BYTES`
    /// @param pckX x of the PCK key that certifies the quote; 0 for TDX
    /// @param pckY y of it
    /// @param header RLP of the header of the block whose hash is the second half of the quote's report data. It must be
    /// one of the last blocks that the chain knows the hash of (8,191 with EIP-2935, else 256), and at most
    /// `MAX_QUOTE_AGE` old. The first half must be sha256("phallama/pod-identity/v1", chain id (32 bytes), registry,
    /// escrow, pod, operator, identity)
    struct Attestation {
        address identity;
        uint40 validUntil;
        uint8 kind;
        bytes quote;
        bytes32 pckX;
        bytes32 pckY;
        bytes header;
    }

    /// @notice What an operator publishes about its pod each time the enclave has booted.
    /// @param url where the pod takes sealed requests, e.g. "https://pod.example", at most `MAX_URL_BYTES`
    /// @param attestation the identity that signed key config and offers. With an empty quote it must be one that was
    /// admitted for this pod before and is still valid
    struct Registration {
        string url;
        Attestation attestation;
        KeyConfig keyConfig;
        Offer[] offers;
    }

    /// @notice What may be expected of an identity. NONE: it is not one of the pod's. GOOD: it may settle until its time
    /// is over. Otherwise it may not, whatever its time.
    enum Standing {
        NONE,
        GOOD,
        MEASUREMENT_REVOKED,
        PLATFORM_REVOKED
    }

    /// @notice An identity that was admitted.
    /// @param pod the one pod that it speaks for
    /// @param validUntil see Attestation
    /// @param measurement place of its measurement (IAttestationPolicy); 0 for TDX
    /// @param platform place of its platform (ISgxQuoteVerifier); 0 for TDX
    /// @param admittedAt block whose logs hold IdentityAdmitted, with the quote
    /// @param quotedAt Unix seconds of the block that dates the quote
    /// @param platformAt block whose logs hold PlatformRegistered, with the PCK certificate
    /// @param kind see Attestation
    struct Identity {
        address pod;
        uint40 validUntil;
        uint16 measurement;
        uint32 platform;
        uint40 admittedAt;
        uint40 quotedAt;
        uint40 platformAt;
        uint8 kind;
    }

    /// @param operator who registered it, may update it and is paid
    /// @param number its place in the order of registration, from 1
    /// @param keyConfigBlock block of the newest KeyConfigPublished
    /// @param retired the operator has taken it off the list; its identities still settle until their time is over
    /// @param identity whose key config and offers are listed
    /// @param offersBlock block of the newest OffersPublished
    /// @param platform place of the platform that counts the pod among its machine's
    /// @param stake native coin that was paid for the place, wei
    /// @param unstakeAt Unix seconds from which the stake of a retired pod can be taken back
    /// @param recordBlock block of the newest PodUpdated
    /// @param keyConfigHash EIP-712 hashStruct of the KeyConfig
    /// @param offersHash keccak256 over the concatenated EIP-712 hashStructs of the offers
    struct Pod {
        address operator;
        uint32 number;
        uint40 keyConfigBlock;
        bool retired;
        address identity;
        uint40 offersBlock;
        uint32 platform;
        uint96 stake;
        uint40 unstakeAt;
        uint40 recordBlock;
        bytes32 keyConfigHash;
        bytes32 offersHash;
        string url;
    }

    event PodUpdated(address indexed pod, address indexed operator, address indexed identity, string url);
    event IdentityAdmitted(
        address indexed pod,
        address indexed identity,
        uint32 indexed platform,
        uint40 validUntil,
        uint8 kind,
        bytes quote
    );
    event KeyConfigPublished(address indexed pod, bytes32 indexed keyConfigHash, KeyConfig keyConfig);
    event OffersPublished(address indexed pod, bytes32 indexed offersHash, Offer[] offers);
    event PodRetired(address indexed pod, uint40 unstakeAt);
    event StakeWithdrawn(address indexed pod, address to, uint96 amount);
    event RelayPublished(address indexed operator, string url);

    error WrongVerifier(address verifier, address itsRegistry);
    error NotVerifier(address caller);
    error UnknownPod(address pod);
    error PodExists(address pod);
    error NotOperator(address pod, address caller);
    error BadIdentity();
    error IdentityTaken(address identity, address pod);
    error IdentityNotAdmitted(address identity, address pod);
    error BadReportData(bytes32 expected, bytes32 actual);
    error StaleQuote(uint256 quotedAt);
    error TdxNotVerified();
    error BadKind(uint8 kind);
    error WrongStake(uint256 paid, uint256 stake);
    error TooManyPods(bytes32 machine, uint256 limit);
    error NotRetired(address pod);
    error PodIsRetired(address pod);
    error StakeLocked(address pod, uint40 until);
    error StakeTransferFailed(address to);
    error BadLifetime(uint40 validUntil, uint256 latest);
    error BadSignature(string record);
    error TooLong(string field, uint256 length, uint256 limit);
    error NoOffers();
    error StaleEpoch(uint64 epoch, uint64 current);

    /// @notice Lists a new pod, for its stake. Its id is `podId(msg.sender, salt)`; the caller becomes its operator.
    function register(bytes32 salt, Registration calldata registration) external payable returns (address pod);

    /// @notice Admits another identity of a pod: after a restart, for a rotation, or the same one with a fresh quote. It
    /// may settle beside those admitted before, each until its time is over. What is listed does not change. A retired pod
    /// admits none.
    function admitIdentity(address pod, Attestation calldata attestation) external;

    /// @notice Replaces everything published about a pod, and puts a retired one back on the list, for its stake where
    /// that was taken back.
    function update(address pod, Registration calldata registration) external payable;

    /// @notice Publishes the next key config of the current identity; its epoch must grow.
    function publishKeyConfig(address pod, KeyConfig calldata keyConfig) external;

    /// @notice Replaces the pod's offer set.
    function publishOffers(address pod, Offer[] calldata offers) external;

    /// @notice Takes the pod off the list; `update` puts it back. Its stake can be taken back after `UNSTAKE_DELAY`.
    function retire(address pod) external;

    /// @notice Takes back the stake of a retired pod whose delay is over. Operator only.
    function withdrawStake(address pod, address payable to) external;

    /// @notice Publishes where the caller runs its OHTTP relay, which carries sealed requests to pods of other operators;
    /// an empty URL takes it off. Anybody may: clients look only at the relays of operators that have a pod on the list.
    /// @param url e.g. "https://relay.example", at most `MAX_URL_BYTES`
    function publishRelay(string calldata url) external;

    /// @notice Truncated keccak256(abi.encode(registry, operator, salt)): the low 20 bytes.
    function podId(address operator, bytes32 salt) external view returns (address);

    /// @notice A pod, the identity it lists, and what may be expected of that.
    function pod(address id) external view returns (Pod memory, Identity memory, Standing);

    /// @notice Epoch of the identity's newest key config, 0 for one that published none.
    function epoch(address identity) external view returns (uint64);

    function identityOf(address identity) external view returns (Identity memory);

    /// @notice Number of pods on the list whose machine it is.
    function livePods(bytes32 machine) external view returns (uint256);

    /// @notice Number of pods ever registered, retired ones included.
    function podCount() external view returns (uint256);

    /// @notice A page of the list, in order of registration, retired pods included.
    function pods(uint256 offset, uint256 limit)
        external
        view
        returns (address[] memory ids, Pod[] memory page, Identity[] memory identities, Standing[] memory standings);

    /// @notice The number of the pod that an identity speaks for (0 for one that was never admitted), and until when and
    /// whether it may sign the pod's batches. A revocation takes effect here at once.
    function settlementKey(address identity) external view returns (uint32 number, uint40 validUntil, Standing standing);

    /// @notice A pod's place in the order of registration, from 1; 0 for one that is not known.
    function numberOf(address pod) external view returns (uint32);

    /// @notice Who may update a pod and is paid for it; zero for one that is not known. It never changes.
    function operatorOf(address pod) external view returns (address);

    /// @notice Where an operator runs its OHTTP relay; empty if it publishes none.
    function relayUrlOf(address operator) external view returns (string memory url);

    /// @notice The verifier says that it has revoked something.
    function noteRevocation() external;

    /// @notice What a place on the list costs, wei.
    function stakeAmount() external view returns (uint96);

    /// @notice Who verifies quotes, and governance's rules.
    function verifier() external view returns (ISgxQuoteVerifier);

    /// @notice The escrow whose typed-data domain identities sign under.
    function escrow() external view returns (address);
}
