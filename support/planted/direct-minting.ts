/** Faults of minting by a payment to the core vault (DirectMintingFacet, v1.3). */
import type { PlantedFault } from './planted-fault.ts';

const FACET = 'asset-manager/facets/DirectMintingFacet.sol';

interface Fault extends Pick<PlantedFault, 'name' | 'story' | 'check'> {
  readonly find: string;
  readonly replace: string;
}

/** Each is seen in the first direct minting. */
const inFacet = ({ find, replace, ...fault }: Fault): PlantedFault => ({
  ...fault,
  patches: [{ file: FACET, find, replace }],
  steps: 1,
});

const DUE = 'Math.max(receivedUba.bips(settings.directMintingFeeBIPS), minimumUba)';
const TOLD = `            target.recipient,
            msg.sender,
            mintedUba,
            fees.mintingUba,
            fees.executorUba
`;

const inTags = ({ find, replace, ...fault }: Fault & Pick<PlantedFault, 'steps'>): PlantedFault => ({
  ...fault,
  patches: [{ file: 'system/MintingTagManager.sol', find, replace }],
});

export const directMintingFaults: readonly PlantedFault[] = [
  inFacet({
    name: 'direct-minting-fee-on-top',
    story: 'the least fee of a direct minting is taken besides the fee by amount',
    find: DUE,
    replace: 'receivedUba.bips(settings.directMintingFeeBIPS) + minimumUba',
    check: 'balance of fAsset',
  }),
  inFacet({
    name: 'direct-minting-without-least-fee',
    story: 'a direct minting is charged the fee by amount alone, however small that is',
    find: DUE,
    replace: 'receivedUba.bips(settings.directMintingFeeBIPS)',
    check: 'invariant: supply is backed',
  }),
  inFacet({
    name: 'direct-minting-executor-unpaid',
    story: 'the fee of the executor of a direct minting is told, taken from the recipient and minted to nobody',
    find: '_mint(msg.sender, fees.executorUba);',
    replace: '',
    check: 'balance of fAsset',
  }),
  inFacet({
    name: 'direct-minting-executor-paid-twice',
    story: 'the executor of a direct minting is paid twice',
    find: '_mint(msg.sender, fees.executorUba);',
    replace: '_mint(msg.sender, fees.executorUba * 2);',
    check: 'balance of fAsset',
  }),
  inFacet({
    name: 'direct-minting-executor-free',
    story: 'the executor of a direct minting is paid on top, not out of what the recipient gets',
    find: 'uint256 mintedUba = receivedUba - fees.mintingUba - fees.executorUba;',
    replace: 'uint256 mintedUba = receivedUba - fees.mintingUba;',
    check: 'balance of fAsset',
  }),
  inFacet({
    name: 'direct-minting-fee-unminted',
    story: "the protocol's fee of a direct minting is minted to nobody",
    find: '_mint(_settings().directMintingFeeReceiver, fees.mintingUba);',
    replace: '',
    check: 'invariant: supply is backed',
  }),
  inFacet({
    name: 'direct-minting-unbooked',
    story: 'the core vault does not book what was paid to it',
    find: 'CoreVault.manager().confirmPayment(transactionId, paid.receivedAmount);',
    replace: '',
    check: 'invariant: the core vault books what it got',
  }),
  inFacet({
    name: 'direct-minting-told-with-fee',
    story: 'the event of a direct minting tells what is minted with the fee of the executor',
    find: TOLD,
    replace: TOLD.replace('mintedUba,', 'mintedUba + fees.executorUba,'),
    check: 'DirectMintingExecuted mintedAmountUBA',
  }),
  inFacet({
    name: 'direct-minting-told-another-target',
    story: 'the event of a direct minting tells the fee receiver as the recipient',
    find: TOLD,
    replace: TOLD.replace('target.recipient,', '_settings().directMintingFeeReceiver,'),
    check: 'DirectMintingExecuted targetAddress',
  }),
  inFacet({
    name: 'direct-minting-told-another-executor',
    story: 'the event of a direct minting tells no executor',
    find: TOLD,
    replace: TOLD.replace('msg.sender,', 'address(0),'),
    check: 'DirectMintingExecuted executor',
  }),
  inFacet({
    name: 'direct-minting-told-with-more-fee',
    story: 'the event of a direct minting tells a unit more of the fee',
    find: TOLD,
    replace: TOLD.replace('fees.mintingUba,', 'fees.mintingUba + 1,'),
    check: 'DirectMintingExecuted mintingFeeUBA',
  }),
  inFacet({
    name: 'direct-minting-too-small-told-as-executed',
    story: 'a payment of less than the least fee is told with the least fee as what was received',
    find: 'emit IDirectMinting.DirectMintingPaymentTooSmallForFee(transactionId, receivedUba, minimumUba);',
    replace: 'emit IDirectMinting.DirectMintingPaymentTooSmallForFee(transactionId, minimumUba, minimumUba);',
    check: 'DirectMintingPaymentTooSmallForFee receivedAmountUBA',
  }),
  {
    name: 'direct-minting-delayed-at-once',
    story: 'a direct minting counts against limits that are a thousandth of what they must be',
    patches: [
      {
        file: FACET,
        find: 'uint256 hourlyAmg = _settings().directMintingHourlyLimitUba.amg();',
        replace: 'uint256 hourlyAmg = _settings().directMintingHourlyLimitUba.amg() / 1_000_000;',
      },
    ],
    check: 'events of the direct minting',
    steps: 1,
  },
  {
    name: 'memo-wins-over-tag',
    story: 'a direct minting with a tag goes to whom its memo names',
    patches: [
      {
        file: FACET,
        find: 'if (paid.hasDestinationTag) {',
        replace: 'if (paid.hasDestinationTag && !paid.hasMemoData) {',
      },
    ],
    check: ['balance of fAsset', 'DirectMintingExecuted targetAddress'],
    steps: 2,
  },
  inTags({
    name: 'tag-keeps-its-recipient',
    story: 'a tag that is handed on still mints for the owner before',
    find: '_setRecipient(firstTag, to);',
    replace: 'if (tags[firstTag].recipient == address(0)) _setRecipient(firstTag, to);',
    check: 'tag recipient',
    steps: 2,
  }),
  inTags({
    name: 'tag-left-out',
    story: 'every other tag is left out when tags are given out',
    find: 'tag = nextAvailableTag++;',
    replace: 'tag = ++nextAvailableTag;',
    check: 'view reverted with no custom error',
    steps: 1,
  }),
  inTags({
    name: 'tag-fee-told-to-nobody',
    story: 'the event of a reserved tag names no owner',
    find: 'emit MintingTagReserved(tag, msg.sender);',
    replace: 'emit MintingTagReserved(tag, address(0));',
    check: 'events of the minting tag',
    steps: 1,
  }),
  inTags({
    name: 'tag-names-an-executor',
    story: 'whoever reserves a tag is at once its only executor',
    find: '_setExecutor(firstTag, address(0));',
    replace: 'tags[firstTag].executor = to;',
    check: 'tag executor',
    steps: 1,
  }),
  {
    name: 'direct-payment-booked-at-once',
    story: 'the core vault says that it has booked a payment that nobody has executed',
    patches: [
      {
        file: 'system/CoreVaultManager.sol',
        find: 'return confirmed[transactionId];',
        replace: 'return transactionId != 0;',
      },
    ],
    check: 'direct-minting status',
    steps: 1,
  },
  {
    name: 'late-direct-minting-without-executor',
    story: 'whoever executes a direct minting ten minutes after its payment gets no fee for it',
    patches: [
      {
        file: FACET,
        find: 'Fees memory fees = _fees(receivedUba);',
        replace: `Fees memory fees = _fees(receivedUba);
        if (block.timestamp > payment.data.responseBody.blockTimestamp + 10 minutes) fees.executorUba = 0;`,
      },
    ],
    check: 'DirectMintingExecuted mintedAmountUBA',
    steps: 4,
  },
];
