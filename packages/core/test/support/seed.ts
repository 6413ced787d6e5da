import fc from 'fast-check';

// The same cases in each run: a property that fails must fail again. Change the seed to look elsewhere.
fc.configureGlobal({ seed: 20_261_120, numRuns: 200 });
