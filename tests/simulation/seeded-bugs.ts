/** Bugs that the simulation's own models of the disk and of the centre's base can be given, to show that the oracle sees them. */
export const seededBugs = ['outboxWithoutSync', 'feedByBareSequence', 'rejectedDropped', 'noResendAfterRestore', 'countersRestored', 'noSequenceCheck', 'noCommandIdCheck', 'foreignEpochAccepted', 'coverageByTransaction'] as const;
export type SeededBug = (typeof seededBugs)[number];
