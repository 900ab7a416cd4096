/**
 * Bugs that the simulation's own models of the disk, the centre's base and the network can be given, to show that the oracle sees them.
 * `coverageByTransaction`: a page says that it contains a command whose document, changed again since, has not come yet.
 * `stalePageAccepted`: a page does not say which question it answers.
 * `coveredByTwin`: a desk takes what the copy of its profile sent for its own.
 * `sentLinesForgotten`: lines of the access log that the centre had before its restore are not sent again.
 * `refusalsForgotten`: a restored centre is not told what was refused, so that a copy of the profile may get it through.
 * `backupRestoredTwice`: the same backup is restored again, so that the counters jump to where they jumped before.
 * `stepOverRunning`: a page out of memory is given although something older is still under way.
 * `requestOutlivesRestore`: a push of before a restore is carried out after it.
 */
export const seededBugs = ['outboxWithoutSync', 'feedByBareSequence', 'rejectedDropped', 'noResendAfterRestore', 'countersRestored', 'noSequenceCheck', 'noCommandIdCheck', 'foreignEpochAccepted', 'coverageByTransaction', 'stalePageAccepted', 'coveredByTwin', 'requestOutlivesRestore', 'sentLinesForgotten', 'refusalsForgotten', 'backupRestoredTwice', 'stepOverRunning'] as const;
export type SeededBug = (typeof seededBugs)[number];
